"""A trend that is left out whole, with one reason: what is read, refused, written, counted and said."""

from html import unescape
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from allycheck.analysis.merge import merge
from allycheck.analysis.merged_answers import team_answers
from allycheck.analysis.whole_report import whole_report
from allycheck.answers import NA, Answer, Answers, as_counted
from allycheck.cli.app import build
from allycheck.errors import AllycheckError
from allycheck.loading import load_sheet
from allycheck.render.merge import page
from allycheck.report import LeftOut
from allycheck.scored import Scored
from allycheck.writing import answers_json, answers_text
from tests.alliances import indicator, questionnaire, sheet

SMALL = questionnaire(
    ("trust", [indicator("charter"), indicator("ledger", na=False)]),
    ("pace", [indicator("drill"), indicator("fund")]),
    ("reach", [indicator("map")]),
)
WHY = "No partner abroad"
EXAMPLE = Path(__file__).parents[2] / "questionnaires/alliance-readiness/examples/northwind-cells.yaml"
HEAD = 'questionnaire: small\nversion: "1.0"\nform: full\n'


def read(text: str, folder: Path) -> Answers:
    (folder / "own.yaml").write_text(text, encoding="utf-8")
    return load_sheet(str(folder / "own.yaml"), SMALL).answers


def refused(text: str, folder: Path) -> list[str]:
    with pytest.raises(AllycheckError) as caught:
        read(text, folder)
    return [str(fault).partition("own.yaml:")[2] for fault in caught.value.faults]


def test_every_indicator_counts_as_na_with_the_reason_also_where_na_is_refused() -> None:
    """Trust is left out: of pace drill 4 is known, 100 points, and map 2, 50: the two trends weigh alike, 75."""
    own = sheet(SMALL, {"charter": 1, "drill": 4, "map": 2}, scope={"trust": WHY})
    assert own.answers.to("charter") == Answer(answer=NA, reason=WHY)
    assert own.answers.to("ledger") == Answer(answer=NA, reason=WHY)
    assert own.scores.overall.measure.score == 75
    assert own.scores.overall.counts == (2, 0, 1, 2)
    assert own.scores.trends[0].measure.coverage is None


def test_counting_once_more_changes_nothing_and_without_a_scope_nothing_is_touched() -> None:
    answers = Answers.model_validate({"questionnaire": "small", "answers": {"drill": 1}, "scope": {"trust": WHY}})
    counted = as_counted(answers, SMALL)
    assert as_counted(counted, SMALL) == counted
    bare = answers.model_copy(update={"scope": {}})
    assert as_counted(bare, SMALL) is bare


def test_what_was_answered_stays_in_the_file_as_it_is_written(tmp_path: Path) -> None:
    text = HEAD + f'scope:\n  trust: "{WHY}"\nanswers:\n  charter: {{answer: 3, evidence: "Deed"}}\n'
    answers = read(text, tmp_path)
    assert answers_text(answers) == text
    (tmp_path / "own.json").write_text(answers_json(answers), encoding="utf-8")
    sheet = load_sheet(str(tmp_path / "own.json"), SMALL)
    assert sheet.answers == answers
    assert [warning.partition(": ")[2] for warning in sheet.warnings] == [
        "1 answer in trust, which is left out, kept, not scored: charter"
    ]


@pytest.mark.parametrize("scope", ["scope:\n", "scope: {}\n", ""])
def test_an_empty_scope_leaves_nothing_out(scope: str, tmp_path: Path) -> None:
    answers = read(HEAD + scope + "answers: {}\n", tmp_path)
    assert answers.scope == {}
    assert "scope" not in answers_text(answers)


@pytest.mark.parametrize(
    ("scope", "faults"),
    [
        ("{trsut: x}", ["4:9: scope.trsut: unknown trend; did you mean trust?"]),
        ("{charter: x}", ["4:9: scope.charter: unknown trend; use trust, pace or reach"]),
        (
            '{trust: "", pace: " "}',
            [
                "4:16: scope.trust: no reason is given; say in one line why this trend is left out",
                "4:26: scope.pace: no reason is given; say in one line why this trend is left out",
            ],
        ),
        ("{trust: }", ["4:16: scope.trust: must not be empty"]),
        ("[trust]", ["4:8: scope: must be a map of keys and values"]),
        ("trust", ["4:8: scope: must be a map of keys and values"]),
    ],
)
def test_what_can_not_be_meant_is_refused_with_its_place(scope: str, faults: list[str], tmp_path: Path) -> None:
    assert refused(f"{HEAD}scope: {scope}\nanswers: {{}}\n", tmp_path) == faults


def test_the_report_says_what_is_left_out_and_why() -> None:
    own = sheet(SMALL, {"drill": 2}, scope={"trust": f" {WHY}\n"})
    report = whole_report(own.scores, own.answers)
    assert report.out_of_scope == [LeftOut("trust", "Trust", WHY)]
    assert [item.reason for item in report.trends[0].indicators] == [f" {WHY}\n".strip()] * 2


# Several people


def team(*sheets: tuple[dict[str, Any], dict[str, str]]) -> list[Scored]:
    return [
        sheet(SMALL, answers, f"{n}.yaml", respondent=f"P{n}", scope=scope) for n, (answers, scope) in enumerate(sheets)
    ]


def test_what_everybody_leaves_out_is_left_out_of_the_merged_file_with_all_their_reasons() -> None:
    merged = team_answers(
        team(({"drill": 1}, {"trust": "B"}), ({"charter": 2}, {"trust": "A"}), ({}, {"trust": "A", "reach": "C"}))
    )
    assert merged.scope == {"trust": "A; B"}
    assert list(merged.answers) == ["drill", "map"]


def test_of_two_people_without_names_only_a_reason_that_both_wrote_is_kept() -> None:
    two = team(({}, {"trust": "A", "pace": "C"}), ({}, {"trust": "B", "pace": "C"}))
    assert team_answers(two).scope == {"trust": "Left out by everybody, for different reasons", "pace": "C"}
    assert team_answers(two, names=True).scope["trust"] == "A; B"


def test_what_only_some_leave_out_is_disputed_and_counts_as_their_na() -> None:
    """Two of three leave trust out: charter is na. Ledger takes no na, so the team has no answer to it yet."""
    result = merge(team(({}, {"trust": "A"}), ({}, {"trust": "B"}), ({"charter": 3, "ledger": 2}, {})))
    charter, ledger, *_ = result.indicators
    assert (charter.answer, charter.na, charter.scope_dispute) == ("na", 2, True)
    assert (ledger.answer, ledger.na, ledger.scope_dispute) == (None, 2, True)
    assert result.out_of_scope == []


def test_the_merged_file_can_be_read_again(tmp_path: Path) -> None:
    merged = team_answers(team(({}, {"trust": "A"}), ({}, {"trust": "B"}), ({"charter": 3, "ledger": 2}, {})))
    assert merged.to("charter").reason == "A; B"
    assert read(answers_text(merged), tmp_path) == merged


def test_the_scores_without_each_know_what_everybody_leaves_out() -> None:
    """Trust is out for all. Drill of 1, 2 and 4: 2 of all; without the first 2, without the second or third 1."""
    result = merge(team(*(({"drill": level}, {"trust": "A"}) for level in (1, 2, 4))))
    assert result.overall is None
    own = merge(team(*(({"drill": level, "fund": level, "map": level}, {"trust": "A"}) for level in (1, 2, 4))))
    assert (own.overall, [one.without for one in own.people or []]) == (50.0, [50.0, 25.0, 25.0])


# What pages say


def pages() -> list[tuple[str, list[str]]]:
    looks = [("text", ["--format", "text"]), ("plain", ["--plain"]), ("markdown", ["--format", "markdown"])]
    looks += [("html", ["--format", "html"]), ("junit", ["--format", "junit"]), ("csv", ["--format", "csv"])]
    briefs = [(f"brief {name}", [*options, "--brief"]) for name, options in looks if name not in {"junit", "csv"}]
    return [*looks, *briefs, ("full", ["--full"])]


@pytest.mark.parametrize("options", [options for _, options in pages()], ids=[name for name, _ in pages()])
def test_every_format_says_before_the_score_what_is_left_out_and_why(options: list[str], tmp_path: Path) -> None:
    answers = load_sheet(str(EXAMPLE)).answers.model_copy(
        update={"scope": {"climate-coalitions": 'Not "ours" <b>\x1b'}}
    )
    (tmp_path / "own.yaml").write_text(answers_text(answers), encoding="utf-8")
    arguments = ["report", str(tmp_path / "own.yaml"), *options]
    printed = unescape(CliRunner().invoke(build(arguments), arguments).stdout).replace("\\", "")
    said = " ".join(printed.split())
    assert 'Not "ours" <b>' in said.replace('""', '"')
    assert "\x1b" not in printed
    if "csv" not in options and "junit" not in options:
        assert said.index("Climate coalitions (") < said.index("of what counts is known")


def test_the_page_of_a_team_says_what_everybody_leaves_out() -> None:
    result = merge(team(*(({"drill": level}, {"trust": "A"}) for level in (1, 2, 4))))
    assert 'Everybody leaves out: Trust ("A").' in page(result).opening
