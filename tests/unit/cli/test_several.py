"""compare, merge and coalition as commands: what they print, write and refuse."""

import json
import stat
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from allycheck.cli.app import build
from allycheck.errors import AllycheckError, UsageError
from allycheck.loading import load_sheet

QUESTIONS = """\
id: small
version: "1.0"
title: Small
trends:
  - id: trust
    title: Trust
    indicators:
      - {id: charter, ask: "How firm is the charter?", levels: [none, spoken, drafted, signed, tested], aggregation: weakest-link}
      - {id: ledger, ask: "How open is the ledger?", levels: [shut, glimpsed, lent, open, shared], aggregation: best-shot}
"""
HIDDEN = ["Ada Example", "the secret comment"]


@pytest.fixture(autouse=True)
def _at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("small.yaml").write_text(QUESTIONS, encoding="utf-8")


def sheet(name: str, charter: Any, ledger: Any, *more: str) -> str:
    """Write an answers file and return its name."""
    lines = ["questionnaire: small", *more, "answers:", f"  charter: {charter}", f"  ledger: {ledger}"]
    Path(name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return name


def run(command: str, *arguments: str, given: str | None = None) -> Result:
    """Run a command on the small questionnaire."""
    typed = [command, *arguments, "--questionnaire", "small.yaml"]
    return CliRunner().invoke(build(typed), typed, input=given)


def refusal(command: str, *arguments: str) -> AllycheckError:
    """The error that a command ends with."""
    result = run(command, *arguments)
    assert isinstance(result.exception, AllycheckError), result.output
    return result.exception


def test_compare_prints_the_verdict_first() -> None:
    result = run("compare", sheet("old.yaml", 1, 2), sheet("new.yaml", 3, 2), "--plain")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[2].startswith("Clear rise: +25.0 points, 1 indicator rose and none fell.")


def test_compare_a_file_with_itself_is_no_change() -> None:
    one = sheet("one.yaml", 1, "dk")
    result = run("compare", one, one, "--format", "json")
    told = json.loads(result.stdout)
    assert (told["verdict"], told["real_change"], told["linked_coverage"]) == ("no_change", 0.0, 0.5)


def test_compare_prints_no_change_that_is_not_comparable() -> None:
    old, new = sheet("old.yaml", 0, "dk"), sheet("new.yaml", 4, 4)
    assert "Not comparable: only 50% of what counts now" in run("compare", old, new, "--plain").stdout
    told = json.loads(run("compare", old, new, "-f", "json").stdout)
    assert [told[key] for key in ("real_change", "questionnaire_effect", "trends", "rise_share")] == [None] * 4
    assert "+" not in run("compare", old, new).stdout


def test_compare_of_three_is_a_course_with_a_chart() -> None:
    files = [
        sheet(f"{year}.yaml", level, 2, f"date: {year}-05-01") for year, level in ((2024, 0), (2025, 2), (2026, 4))
    ]
    told = run("compare", *files).stdout
    assert "▃▅▇" in told
    assert "25.0, 50.0, 75.0" in told
    assert "▃" not in run("compare", *files, "--plain").stdout
    course = json.loads(run("compare", *files, "-f", "json").stdout)
    assert [step["verdict"] for step in course["steps"]] == ["clear_rise", "clear_rise"]
    assert course["whole"]["real_change"] == 50.0


def test_compare_warns_of_other_organisations_and_dates_that_run_backwards() -> None:
    old = sheet("old.yaml", 1, 2, "organisation: North", "date: 2026-05-01")
    new = sheet("new.yaml", 1, 2, "organisation: South", "date: 2025-05-01")
    said = run("compare", old, new).stderr
    assert "warning: these are different organisations: North and South" in said
    assert "warning: the dates run backwards" in said


def test_compare_with_the_old_version_tells_both_headlines() -> None:
    Path("old-small.yaml").write_text(QUESTIONS.replace("weakest-link", "summation"), encoding="utf-8")
    Path("small.yaml").write_text(QUESTIONS.replace('version: "1.0"', 'version: "1.1"'), encoding="utf-8")
    old, new = sheet("old.yaml", 1, 2, 'version: "1.0"'), sheet("new.yaml", 3, 2, 'version: "1.1"')
    without = json.loads(run("compare", old, new, "-f", "json").stdout)
    assert (without["headline_before"], without["questionnaire_effect"]) == (None, None)
    told = json.loads(run("compare", old, new, "-f", "json", "--old-questionnaire", "old-small.yaml").stdout)
    assert (told["headline_before"], told["headline_after"], told["questionnaire_effect"]) == (37.5, 62.5, 0.0)


def test_compare_needs_two_files() -> None:
    assert isinstance(refusal("compare", sheet("one.yaml", 1, 2)), UsageError)
    three = [sheet(f"{n}.yaml", 1, 2) for n in range(3)]
    assert "goes with two files" in str(refusal("compare", *three, "--old-questionnaire", "small.yaml"))


def test_merge_writes_a_sheet_that_others_can_not_read() -> None:
    files = [sheet(f"{n}.yaml", level, 2, f'respondent: "{HIDDEN[0]}"') for n, level in enumerate((1, 2, 4))]
    result = run("merge", *files, "-o", "team.yaml")
    assert result.exit_code == 0
    assert stat.S_IMODE(Path("team.yaml").stat().st_mode) == 0o600
    team = load_sheet("team.yaml", load_sheet(files[0], _small()).questionnaire).answers
    assert (team.respondents, team.to("charter").answer, team.to("ledger").answer) == (3, 2, 2)
    assert team.to("charter").comment == "Answers: 1, 2, 4"
    assert HIDDEN[0] not in result.stdout + result.stderr + Path("team.yaml").read_text(encoding="utf-8")


def _small() -> Any:
    from allycheck.loading import load_questionnaire

    return load_questionnaire("small.yaml")


def test_merge_shows_the_anchors_between_which_people_differ() -> None:
    files = [sheet(f"{n}.yaml", level, 2) for n, level in enumerate((0, 2, 4))]
    told = run("merge", *files).stdout
    assert "charter (1.33 levels from the median)" in told
    assert [line for line in told.splitlines() if line.startswith("- ")] == [
        "- Absent (1): none",
        "- Defined (1): drafted",
        "- Adaptive (1): tested",
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
        assert "is one of the files to merge" in str(refusal("merge", *files, "-o", out))
    assert Path("b.yaml").read_bytes() == before


def test_merge_replaces_an_earlier_merge_and_nobodys_own_answers() -> None:
    files = [sheet("a.yaml", 1, 2), sheet("b.yaml", 3, 2)]
    own = sheet("c.yaml", 4, 4)
    assert "holds somebody's own answers" in str(refusal("merge", *files, "-o", own))
    assert run("merge", *files, "-o", "team.yaml").exit_code == 0
    assert run("merge", *files, own, "-o", "team.yaml").exit_code == 0
    assert "respondents: 3" in Path("team.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["compare", "coalition"])
def test_a_page_never_replaces_a_sheet(command: str) -> None:
    files = [sheet("a.yaml", 1, 2), sheet("b.yaml", 3, 2)]
    before = Path("a.yaml").read_bytes()
    assert isinstance(refusal(command, *files, "-o", "a.yaml", "-f", "text"), UsageError)
    assert Path("a.yaml").read_bytes() == before


@pytest.mark.parametrize("command", ["merge", "coalition"])
def test_all_faults_of_all_files_are_named_and_nothing_is_written(command: str) -> None:
    good, bad = sheet("good.yaml", 1, 2), sheet("bad.yaml", 7, 2)
    Path("other.yaml").write_text("questionnaire: another\n", encoding="utf-8")
    Path("broken.yaml").write_text("answers: [\n", encoding="utf-8")
    error = refusal(command, good, bad, "missing.yaml", "other.yaml", "broken.yaml", "./good.yaml", "-o", "out.md")
    said = [str(fault) for fault in error.faults]
    assert error.exit_code == 3
    for start in (
        "./good.yaml: the same file as good.yaml",
        "bad.yaml:3:12",
        "missing.yaml: no such file",
        "other.yaml:1",
        "broken.yaml:",
    ):
        assert sum(line.startswith(start) for line in said) == 1, (start, said)
    assert len(said) == 5
    assert not Path("out.md").exists()


def test_merge_refuses_other_organisations_with_the_reason() -> None:
    first, second = sheet("a.yaml", 1, 2, "organisation: North"), sheet("b.yaml", 1, 2, "organisation: South")
    error = refusal("merge", first, second, "-o", "team.yaml")
    assert error.exit_code == 3
    assert "b.yaml: the organisation is South, that of a.yaml is North" in str(error)
    assert not Path("team.yaml").exists()


def test_coalition_of_two_reads_as_due_diligence() -> None:
    result = run(
        "coalition", sheet("a.yaml", 4, 4, "organisation: North"), sheet("b.yaml", 1, 0, "organisation: South")
    )
    assert result.stdout.startswith("Due diligence: North and South\n")
    assert "- North brings Trust; it needs nothing that stands out." in result.stdout


@pytest.mark.parametrize("form", ["text", "markdown", "json", "html"])
def test_coalition_shows_single_answers_only_with_detail(form: str) -> None:
    files = [sheet("a.yaml", 3, 1, "organisation: North"), sheet("b.yaml", 1, 4, "organisation: South")]
    bare, detailed = (run("coalition", *files, "-f", form, *more).stdout for more in ([], ["--detail"]))
    if form == "json":
        assert all(item["value"] is item["lost"] is item["answers"] is None for item in json.loads(bare)["indicators"])
        assert [item["value"] for item in json.loads(detailed)["indicators"]] == [1.0, 4.0]
    else:
        assert "points lost" not in bare
        assert "points lost" in detailed
        assert "weakest-link" not in bare
        assert "weakest-link" in detailed


def test_coalition_sizes_are_named_by_organisation() -> None:
    files = [sheet("a.yaml", 3, 1, "organisation: Port City"), sheet("b.yaml", 1, 4)]
    told = json.loads(run("coalition", *files, "--size", "Port City=3", "--size", "b.yaml=0.5", "-f", "json").stdout)
    assert [(one["organisation"], one["size"]) for one in told["members"]] == [("Port City", 3.0), ("b.yaml", 0.5)]


@pytest.mark.parametrize(
    ("size", "said"),
    [
        ("Port Cty=3", "did you mean Port City?"),
        ("Port City", "NAME=N"),
        ("Port City=many", "NAME=N"),
        ("Port City=0", "greater than 0"),
        ("Port City=-1", "must not be negative"),
    ],
)
def test_coalition_refuses_sizes_that_fit_nobody(size: str, said: str) -> None:
    error = refusal("coalition", sheet("a.yaml", 3, 1, "organisation: Port City"), "--size", size)
    assert error.exit_code == 2
    assert said in str(error)


@pytest.mark.parametrize(
    ("out", "starts"),
    [("page.md", "# "), ("page.json", "{"), ("page.txt", "Coalition: "), ("page.html", "<!doctype html>")],
)
def test_the_name_of_a_file_says_how_to_write_it(out: str, starts: str) -> None:
    result = run("coalition", sheet("a.yaml", 3, 1), "-o", out)
    assert (result.exit_code, result.stdout) == (0, "")
    assert Path(out).read_text(encoding="utf-8").lower().startswith(starts.lower())


def test_a_format_that_a_command_does_not_have_is_refused() -> None:
    one = sheet("a.yaml", 3, 1)
    assert isinstance(refusal("compare", one, one, "-o", "page.html"), UsageError)
    assert isinstance(refusal("coalition", one, "-o", "page.csv"), UsageError)


def test_what_a_user_wrote_reaches_the_terminal_harmless() -> None:
    nasty = sheet("a.yaml", 3, 1, r'organisation: "North\e[31m\u202e"')
    other = sheet("b.yaml", 1, 1, r'organisation: "<b>South</b>|*x*"')
    assert "\x1b" not in run("coalition", nasty, other).stdout
    assert r"\<b\>South\</b\>\|\*x\*" in run("coalition", nasty, other, "-f", "markdown").stdout
    assert "<b>South" not in run("coalition", nasty, other, "-f", "html").stdout
