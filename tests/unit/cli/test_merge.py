"""merge as a command: what it prints, writes and refuses."""

import json
import stat
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from allycheck.cli.app import build
from allycheck.errors import AllycheckError, UsageError
from allycheck.loading import load_sheet
from tests.unit.cli.small import HIDDEN, refusal, run, sheet

pytestmark = pytest.mark.usefixtures("small")


def test_merge_writes_a_sheet_that_others_can_not_read() -> None:
    files = [sheet(f"{n}.yaml", level, 2, f'respondent: "{HIDDEN[0]}"') for n, level in enumerate((1, 2, 4))]
    result = run("merge", *files, "-o", "team.yaml")
    assert result.exit_code == 0
    assert stat.S_IMODE(Path("team.yaml").stat().st_mode) == 0o600
    team = load_sheet("team.yaml", load_sheet(files[0], _small()).questionnaire).answers
    assert (team.respondents, team.to("charter").answer, team.to("ledger").answer) == (3, 2, 2)
    assert team.to("charter").comment == "Answers: 1, 2, 4"
    assert HIDDEN[0] not in result.stdout + result.stderr + Path("team.yaml").read_text(encoding="utf-8")


def test_merge_shows_the_anchors_between_which_people_differ() -> None:
    files = [sheet(f"{n}.yaml", level, 2) for n, level in enumerate((0, 2, 4))]
    told = run("merge", *files).stdout
    assert "charter (1.33 levels from the median)" in told
    assert [line for line in told.splitlines() if line.startswith("- ")] == [
        "- Absent (1 of 3): none",
        "- Defined (1 of 3): drafted",
        "- Adaptive (1 of 3): tested",
    ]


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_merge_of_two_shows_no_single_answer(form: str) -> None:
    first = sheet("a.yaml", "{answer: 0, comment: the secret comment}", 2, f'respondent: "{HIDDEN[0]}"')
    result = run("merge", first, sheet("b.yaml", 4, 2), "-o", "team.yaml", "--format", form)
    told = result.stdout + Path("team.yaml").read_text(encoding="utf-8")
    assert not any(word in told for word in HIDDEN)
    assert "spoken" not in told
    assert "none" not in told.replace("None", "")
    assert "Two people can always infer" in " ".join((result.stdout + result.stderr).split())


def test_merge_names_people_where_that_is_asked_for() -> None:
    first = sheet("a.yaml", 0, 2, f'respondent: "{HIDDEN[0]}"')
    told = run("merge", first, sheet("b.yaml", 4, 2), "--names").stdout
    assert "- Absent (Ada Example): none" in told
    assert "- Adaptive (b.yaml): tested" in told


def test_merge_to_standard_output_is_a_sheet_and_nothing_else() -> None:
    result = run("merge", sheet("a.yaml", 1, 2), sheet("b.yaml", 1, 2), "-o", "-")
    assert result.stdout.splitlines()[-2:] == ["  charter: 1", "  ledger: 2"]
    assert "respondents: 2" in result.stdout
    read = run("coalition", "-", given=result.stdout)
    assert read.exit_code == 0


def test_merge_never_overwrites_what_it_merges() -> None:
    files = [sheet("a.yaml", 1, 2), sheet("b.yaml", 1, 2)]
    Path("link.yaml").symlink_to("b.yaml")
    before = Path("b.yaml").read_bytes()
    for out in ("b.yaml", "./b.yaml", "link.yaml"):
        assert "one of the files to merge" in str(refusal("merge", *files, "-o", out))
    assert Path("b.yaml").read_bytes() == before


def test_merge_replaces_an_earlier_merge_and_nobodys_own_answers() -> None:
    files = [sheet("a.yaml", 1, 2), sheet("b.yaml", 3, 2)]
    own = sheet("c.yaml", 4, 4)
    assert "holds somebody's own answers" in str(refusal("merge", *files, "-o", own))
    assert run("merge", *files, "-o", "team.yaml").exit_code == 0
    assert run("merge", *files, own, "-o", "team.yaml").exit_code == 0
    assert "respondents: 3" in Path("team.yaml").read_text(encoding="utf-8")


def test_merge_refuses_other_organisations_with_the_reason() -> None:
    first, second = sheet("a.yaml", 1, 2, "organisation: North"), sheet("b.yaml", 1, 2, "organisation: South")
    error = refusal("merge", first, second, "-o", "team.yaml")
    assert error.exit_code == 3
    assert "b.yaml: the organisation is South, that of a.yaml is North" in str(error)
    assert not Path("team.yaml").exists()


def _small() -> Any:
    from allycheck.loading import load_questionnaire

    return load_questionnaire("small.yaml")


def test_merge_takes_answers_and_results_in_one_run() -> None:
    """.yaml, .yml and - take the merged answers, every other name the result."""
    files = [sheet(f"{n}.yaml", level, 2) for n, level in enumerate((0, 2, 4))]
    result = run("merge", *files, "-o", "team.YML", "-o", "team.json", "-o", "team.html")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.splitlines() == ["Wrote team.YML", "Wrote team.json", "Wrote team.html"]
    assert "respondents: 3" in Path("team.YML").read_text(encoding="utf-8")
    assert json.loads(Path("team.json").read_text(encoding="utf-8"))["respondents"] == 3
    assert Path("team.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_merge_writes_nothing_where_one_of_several_names_can_not_be_meant() -> None:
    files = [sheet("a.yaml", 1, 2), sheet("b.yaml", 3, 2)]
    for outs, said in (
        (["team.yaml", "team.yaml"], "named twice"),
        (["team.yaml", "team.csv"], "this can't be written as csv"),
        (["team.yaml", "team"], "no format goes with this name"),
        (["team.yaml", ""], "no format goes with this name"),
    ):
        assert said in str(refusal("merge", *files, *(part for out in outs for part in ("-o", out))))
        assert not Path("team.yaml").exists()


def test_merge_of_two_tells_its_notice_beside_json_unless_it_is_to_keep_still() -> None:
    files = [sheet("a.yaml", 1, 2), sheet("b.yaml", 3, 2)]
    assert "Two people can always infer" in run("merge", *files, "-f", "json").stderr
    assert run("merge", *files, "-f", "json", "--quiet").stderr == ""


TWO_ACTORS = """\
id: pair
version: "1.0"
title: Pair
actors: [{id: owner, title: Owner}, {id: venture, title: Venture}]
trends:
  - id: trust
    title: Trust
    indicators:
      - {id: charter, code: TR1, ask: "How firm?", levels: [none, spoken, drafted, signed, tested]}
      - id: ledger
        code: TR2
        ask: "How open?"
        levels: [shut, glimpsed, lent, open, shared]
        overrides: {venture: {ask: "How open is yours?"}}
"""


def _pair(*more: str) -> Result:
    Path("pair.yaml").write_text(TWO_ACTORS, encoding="utf-8")
    for name, actor, levels in (("a", "owner", (4, 4)), ("b", "owner", (4, 4)), ("c", "venture", (1, 0))):
        text = f"questionnaire: pair\nactor: {actor}\nanswers: {{charter: {levels[0]}, ledger: {levels[1]}}}\n"
        Path(f"{name}.yaml").write_text(text, encoding="utf-8")
    typed = ["merge", "a.yaml", "b.yaml", "c.yaml", "-q", "pair.yaml", *more]
    return CliRunner().invoke(build(typed), typed)


def test_sheets_of_several_actors_merge_only_as_one_of_them() -> None:
    refused = _pair()
    assert isinstance(refused.exception, AllycheckError)
    assert "the actor is venture, that of a.yaml is owner" in str(refused.exception)
    unknown = _pair("--actor", "owners")
    assert isinstance(unknown.exception, UsageError)


def test_what_reads_differently_for_another_actor_is_named_and_left_out_of_the_agreement() -> None:
    told = _pair("--actor", "owner", "-o", "team.yaml").stdout
    assert "(owner, full form)" in told
    assert "reads differently for another actor: TR2." in " ".join(told.split())
    assert "TR1 (1.00 levels" in told
    assert "TR2 (" not in told
    assert "actor: owner" in Path("team.yaml").read_text(encoding="utf-8")


def test_a_merged_score_outside_all_own_scores_is_said_with_their_mean() -> None:
    """Each has one question at the top: 50 and 50. The low median of 0 and 4 is 0 on both, so together it is 0."""
    told = " ".join(run("merge", sheet("a.yaml", 4, 0), sheet("b.yaml", 0, 4), "--names").stdout.split())
    assert "Together 0.0 of 100" in told
    assert "That is below every respondent's own score, whose mean is 50.0." in told


def test_a_merged_score_among_the_own_scores_needs_no_word() -> None:
    assert "That is" not in run("merge", *(sheet(f"{level}.yaml", level, level) for level in (1, 2, 3))).stdout


def test_a_folder_stands_for_the_sheets_in_it() -> None:
    Path("answers").mkdir()
    for at, level in enumerate((1, 2, 3)):
        sheet(f"answers/{at}.yaml", level, level)
    assert json.loads(run("merge", "answers", "-f", "json").stdout)["sheets"] == 3


def test_however_an_organisation_is_written_it_is_one() -> None:
    files = [sheet("a.yaml", 1, 1, "organisation: City  hall"), sheet("b.yaml", 3, 3, "organisation: city Hall")]
    assert run("merge", *files).exit_code == 0
    assert 'organisation: "City  hall"' in run("merge", *files, "-o", "-").stdout


def test_whoever_answers_twice_is_named() -> None:
    files = [sheet("a.yaml", 1, 1, "respondent: Finance"), sheet("b.yaml", 3, 3, "respondent: finance")]
    assert (
        "warning: b.yaml: of the same respondent as a.yaml, who counts twice; leave one out"
        in run("merge", *files).stderr
    )
