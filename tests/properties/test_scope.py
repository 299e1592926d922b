"""A trend left out is a trend of which everything was answered `na` with that reason: by every command, in every number."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from allycheck.analysis.coalition.coalition import coalition
from allycheck.analysis.cohort.tally import Record, tallied
from allycheck.analysis.compare import compare
from allycheck.analysis.evidence import evidence
from allycheck.analysis.explain.explain import explain
from allycheck.analysis.explain.result import Explained
from allycheck.analysis.merge import merge
from allycheck.analysis.plan.plan import plan
from allycheck.analysis.plan.targets import read_target
from allycheck.analysis.robustness import robustness
from allycheck.analysis.whole_report import whole_report
from allycheck.answers import Answers
from allycheck.cli.app import build
from allycheck.loading import load_questionnaire, load_sheet
from allycheck.report import as_plain
from allycheck.scored import Scored
from allycheck.writing import answers_text
from tests.alliances import indicator, questionnaire, sheet

SMALL = questionnaire(
    (
        "trust",
        [
            indicator("a", weight=2, risks={"harm": 2}, critical=["harm"]),
            indicator("b", reverse=True, risks={"harm": 1}, aggregation="best-shot"),
        ],
    ),
    ("pace", [indicator("c", requires=["a"]), indicator("d", risks={"harm": 3}, aggregation="weakest-link")]),
    ("reach", [indicator("e"), indicator("f")]),
    risks=[{"id": "harm", "title": "Harm"}],
    weights={"reach": "0.5"},
)
NAMES = [trend.id for trend in SMALL.trends]
VALUE = st.sampled_from([0, 1, 2, 3, 4, "na", "dk"])
NOTED = st.fixed_dictionaries({"answer": VALUE}, optional={"evidence": st.just("Deed"), "comment": st.just("Seen")})
ANSWERS = st.fixed_dictionaries({}, optional=dict.fromkeys("abcdef", st.one_of(VALUE, NOTED)))
LEFT_OUT = st.sets(st.sampled_from(NAMES), min_size=1).map(lambda trends: dict.fromkeys(sorted(trends), "No trade"))


def both(answers: dict[str, Any], scope: dict[str, str]) -> tuple[Scored, Scored]:
    """The sheet that leaves trends out, and the one that answers `na` everywhere in them."""
    inside = {item.id: trend.id for trend in SMALL.trends for item in trend.indicators if trend.id in scope}
    by_hand = answers | {name: {"answer": "na", "reason": scope[trend]} for name, trend in inside.items()}
    return sheet(SMALL, answers, scope=scope), sheet(SMALL, by_hand)


def told(result: Any) -> Any:
    """A result without the one thing that differs: that it names what is left out."""
    return {key: value for key, value in as_plain(result).items() if key != "out_of_scope"}


def explained(result: Explained) -> Any:
    """The same, but for the sentence on a trend that is left out, which gives its reason."""
    left_out = "Left out of scope, so there is no number: No trade"
    nothing = "Nothing applicable, so there is no number."
    return json.loads(json.dumps(as_plain(result)).replace(left_out, nothing))


@settings(max_examples=30)
@given(ANSWERS, LEFT_OUT)
def test_every_number_of_one_sheet_is_the_same(answers: dict[str, Any], scope: dict[str, str]) -> None:
    left, by_hand = both(answers, scope)
    assert left.scores == by_hand.scores
    results = []
    for own in (left, by_hand):
        report = whole_report(own.scores, own.answers, robustness=robustness(own.scores))
        names = [None, "level", "a", "harm", *NAMES]
        results.append(
            [
                told(report),
                told(evidence(own.scores, own.answers)),
                [explained(explain(own.scores, own.answers, report, name)) for name in names],
                as_plain(plan(own.scores, own.answers, read_target("70", SMALL))),
                tallied(SMALL, (), [Record((), own.scores)]),
            ]
        )
    assert results[0] == results[1]


@settings(max_examples=40)
@given(ANSWERS, LEFT_OUT, ANSWERS, ANSWERS)
def test_every_number_of_several_sheets_is_the_same(
    answers: dict[str, Any], scope: dict[str, str], second: dict[str, Any], third: dict[str, Any]
) -> None:
    others = [sheet(SMALL, second, "second.yaml"), sheet(SMALL, third, "third.yaml")]
    left, by_hand = (
        [
            told(merge([own, *others])),
            told(merge([own, *others[:1]], names=True)),
            as_plain(compare(own, others[0])),
            as_plain(compare(others[0], own)),
            as_plain(coalition([own, *others])),
        ]
        for own in both(answers, scope)
    )
    assert left == by_hand


def test_leaving_a_trend_out_later_and_answering_na_are_no_change() -> None:
    left, by_hand = both({"a": 1, "c": 2, "d": 3, "e": 4}, {"trust": "No trade"})
    assert compare(by_hand, left).verdict == "no_change"


# The commands, on a questionnaire that is shipped

BUNDLED = load_questionnaire()
EXAMPLE = Path(__file__).parents[2] / "questionnaires/alliance-readiness/examples/northwind-cells.yaml"
OTHER = EXAMPLE.with_name("manufacturer.yaml")
REASON = "No project outside the region"
COMMANDS = [
    ["report", "own.yaml", "--robustness", "--min-evidence", "0.5"],
    ["evidence", "own.yaml"],
    ["explain", "own.yaml", "fragmentation"],
    ["explain", "own.yaml", "CC1"],
    ["plan", "own.yaml", "--target", "60"],
    ["stress", "own.yaml"],
    ["compare", str(EXAMPLE), "own.yaml"],
    ["merge", "own.yaml", str(EXAMPLE)],
    ["coalition", "own.yaml", str(OTHER)],
    ["cohort", "own.yaml", str(OTHER), "--roll-up"],
    ["report", str(EXAMPLE), "--no-worse-than", "own.yaml"],
    ["assess", "own.yaml", "--no-input"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(Path(part).name for part in command))
def test_every_command_prints_the_same(command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    answers = load_sheet(str(EXAMPLE)).answers
    inside = next(trend for trend in BUNDLED.trends if trend.id == "climate-coalitions").indicators
    na = {item.id: {"answer": "na", "reason": REASON} for item in inside}
    kept = answers.model_copy(update={"scope": {"climate-coalitions": REASON}})
    by_hand = Answers.model_validate(answers.model_dump() | {"answers": answers.model_dump()["answers"] | na})
    printed = []
    for own in (kept, by_hand):
        Path("own.yaml").write_text(answers_text(own), encoding="utf-8")
        arguments = [*command, "--format", "json"]
        done = CliRunner().invoke(build(arguments), arguments)
        printed.append((done.exit_code, told_of(json.loads(done.stdout))))
    assert printed[0] == printed[1]


def told_of(result: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in result.items() if key != "out_of_scope"}
