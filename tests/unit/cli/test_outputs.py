"""Every result in every format, to every place."""

import json
import re
import sys
from pathlib import Path

import pytest

from allycheck import __version__
from allycheck.cli.outputs import Place, holds_answers, places
from allycheck.cli.schema import NAMES
from allycheck.errors import UsageError
from allycheck.render.formats import BINARY, RESULTS, Format, suffixes
from allycheck.schemas import TITLES
from tests.unit.cli.command import EXAMPLE, STARTER, allycheck
from tests.unit.cli.small import refusal, run, sheet

DOCS = Path(__file__).parents[3] / "docs"
LATER = str(Path(__file__).parents[2] / "cases/several/northwind-2027.yaml")
COMMANDS = {
    "report": ["report", EXAMPLE],
    "plan": ["plan", EXAMPLE, "--target", "60"],
    "stress": ["stress", EXAMPLE],
    "explain": ["explain", EXAMPLE],
    "evidence": ["evidence", EXAMPLE],
    "compare": ["compare", EXAMPLE, LATER],
    "merge": ["merge", EXAMPLE],
    "coalition": ["coalition", EXAMPLE],
    "cohort": ["cohort", EXAMPLE],
    "roll-up": ["cohort", EXAMPLE, "--roll-up"],
}
"""By the kind of result, the command that makes it."""
STARTS = {
    Format.TEXT: r"\S",
    Format.MARKDOWN: "# ",
    Format.HTML: "<!DOCTYPE html>",
    Format.JSON: "{",
    Format.CSV: "\ufeff",
    Format.JUNIT: "<\\?xml",
    Format.XLSX: "PK",
    Format.PDF: "%PDF-1.7",
    Format.DOCX: "PK",
    Format.PARQUET: "PAR1",
}


def test_the_registry_names_every_result() -> None:
    assert list(COMMANDS) == [kind for kind in RESULTS if kind != "brief"]
    assert tuple(TITLES) == NAMES


@pytest.mark.parametrize("kind", COMMANDS)
def test_every_result_comes_in_every_format_to_several_files_at_once(kind: str, tmp_path: Path) -> None:
    forms = RESULTS[kind].formats
    assert {Format.TEXT, Format.MARKDOWN, Format.HTML, Format.JSON} <= set(forms)
    names = [f"result{suffix}" for suffix in suffixes(forms)]
    done = allycheck(*COMMANDS[kind], *(part for name in names for part in ("-o", name)), cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert [line for line in done.stderr.splitlines() if line.startswith("Wrote ")] == [
        f"Wrote {name}" for name in names
    ]
    for form in forms:
        for suffix in form.suffixes:
            text = (tmp_path / f"result{suffix}").read_bytes().decode("latin-1" if form in BINARY else "utf-8")
            assert re.match(STARTS[form], text), (kind, suffix)


@pytest.mark.parametrize("kind", COMMANDS)
def test_every_json_opens_with_what_made_it_and_from_what(kind: str) -> None:
    result = json.loads(allycheck(*COMMANDS[kind], "--format", "json").stdout)
    assert list(result)[:3] == ["schema_version", "tool", "questionnaire"]
    assert (result["schema_version"], result["tool"]) == (1, {"name": "allycheck", "version": __version__})
    assert list(result["questionnaire"]) == ["id", "version", "digest", "title"]


@pytest.mark.parametrize("kind", COMMANDS)
def test_help_and_refusals_name_the_formats_of_the_registry(kind: str) -> None:
    forms = RESULTS[kind].formats
    assert f"[{'|'.join(forms)}]" in "".join(allycheck(COMMANDS[kind][0], "--help").stdout.split())
    refused = allycheck(*COMMANDS[kind], "--format", "pictures")
    listed = f"{', '.join(forms[:-1])} or {forms[-1]}"
    assert (refused.returncode, refused.stderr) == (
        2,
        f"error: --format pictures: this can't be written so; use {listed}\n",
    )
    unknown = allycheck(*COMMANDS[kind], "-o", "result.pictures")
    assert f"end it in {', '.join(suffixes(forms)[:-1])} or {suffixes(forms)[-1]}" in unknown.stderr


@pytest.mark.parametrize("kind", [kind for kind in COMMANDS if kind != "report"])
def test_the_page_of_each_command_names_its_formats(kind: str) -> None:
    page = (DOCS / f"{COMMANDS[kind][0]}.md").read_text(encoding="utf-8")
    names = {"text": "text", "markdown": "Markdown", "html": "HTML", "json": "JSON", "csv": "CSV", "xlsx": "XLSX"}
    names |= {"pdf": "PDF", "docx": "Word", "parquet": "Parquet"}
    assert [form for form in RESULTS[kind].formats if names[form] not in page] == []


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_what_a_terminal_cannot_show_is_not_printed_there(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    with pytest.raises(UsageError, match=f"{form} is no text that a terminal could show; name a file: with -o"):
        places("plan", None, Format(form), [])
    assert places("plan", [f"a.{form}"], None, []) == [Place(f"a.{form}", Format(form))]


def test_quiet_keeps_still_about_files_and_not_about_warnings(tmp_path: Path) -> None:
    given = Path(EXAMPLE).read_text(encoding="utf-8").replace("form: full", "form: quick")
    loud = allycheck("report", "-", "-o", "a.md", given=given, cwd=tmp_path).stderr
    quiet = allycheck("report", "-", "-o", "b.md", "--quiet", given=given, cwd=tmp_path).stderr
    assert loud == quiet + "Wrote a.md\n"
    assert quiet.startswith("warning: ")


def test_a_plan_as_rows_to_fill_in() -> None:
    """The steps stand in the order to do them, with two empty columns for a meeting."""
    plan = json.loads(allycheck("plan", EXAMPLE, "--target", "60", "--format", "json").stdout)
    lines = allycheck("plan", EXAMPLE, "--target", "60", "--format", "csv").stdout.lstrip("\ufeff").splitlines()
    assert lines[0] == "order,code,id,name,trend,from,to,effort,gain,what to do,owner,due"
    steps = {step["id"]: step for step in plan["steps"]}
    assert [line.split(",")[:3] for line in lines[1:]] == [
        [str(at), steps[name]["code"], name] for at, name in enumerate(plan["order"], 1)
    ]
    assert all(line.endswith(",,") for line in lines[1:])


def test_a_plan_without_steps_has_its_header() -> None:
    assert len(allycheck("plan", EXAMPLE, "--target", "1", "--format", "csv").stdout.splitlines()) == 1


def test_a_cell_of_a_plan_is_no_formula(tmp_path: Path) -> None:
    own = Path(STARTER).read_text(encoding="utf-8") + '    steps: {start: "=SUM(A1)"}\n'
    (tmp_path / "own.yaml").write_text(own, encoding="utf-8")
    given = "questionnaire: my-questionnaire\nanswers: {first-indicator: 0}\n"
    done = allycheck("plan", "-", "-q", "own.yaml", "--target", "25", "-f", "csv", given=given, cwd=tmp_path)
    assert ",'=SUM(A1)" in done.stdout


@pytest.mark.parametrize("command", ["plan", "stress"])
def test_help_shows_examples(command: str) -> None:
    done = allycheck(command, "--help")
    assert done.returncode == 0
    assert f"allycheck {command} answers.yaml" in done.stdout
    assert done.stdout.index("Examples:") < done.stdout.index("Options:")


@pytest.mark.parametrize("arguments", [["plan", "--target", "70"], ["stress"]])
def test_a_hostile_name_can_not_reach_the_terminal(arguments: list[str]) -> None:
    given = 'questionnaire: my-questionnaire\norganisation: "\\e[31mRed\\u202e <b>"\nanswers: {first-indicator: 2}\n'
    for style in ([], ["--plain"], ["--format", "markdown"]):
        done = allycheck(arguments[0], "-", *arguments[1:], "-q", STARTER, *style, given=given)
        assert done.returncode == 0
        assert "\x1b" not in done.stdout
        assert "\u202e" not in done.stdout
    assert "<b>" not in done.stdout


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("command", ["compare", "coalition"])
def test_a_page_never_replaces_a_sheet(command: str) -> None:
    files = [sheet("a.yaml", 1, 2), sheet("b.yaml", 3, 2)]
    before = Path("a.yaml").read_bytes()
    assert isinstance(refusal(command, *files, "-o", "a.yaml", "-f", "text"), UsageError)
    assert Path("a.yaml").read_bytes() == before


@pytest.mark.usefixtures("small")
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


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("out", "starts"),
    [("page.md", "# "), ("page.json", "{"), ("page.txt", "Coalition: "), ("page.html", "<!doctype html>")],
)
def test_the_name_of_a_file_says_how_to_write_it(out: str, starts: str) -> None:
    result = run("coalition", sheet("a.yaml", 3, 1), "-o", out)
    assert (result.exit_code, result.stdout) == (0, "")
    assert Path(out).read_text(encoding="utf-8").lower().startswith(starts.lower())


@pytest.mark.usefixtures("small")
def test_a_format_that_a_command_does_not_have_is_refused() -> None:
    one = sheet("a.yaml", 3, 1)
    assert isinstance(refusal("compare", one, one, "-o", "page.csv"), UsageError)
    assert isinstance(refusal("coalition", one, "-o", "page.csv"), UsageError)


@pytest.mark.usefixtures("small")
def test_what_a_user_wrote_reaches_the_terminal_harmless() -> None:
    nasty = sheet("a.yaml", 3, 1, r'organisation: "North\e[31m\u202e"')
    other = sheet("b.yaml", 1, 1, r'organisation: "<b>South</b>|*x*"')
    assert "\x1b" not in run("coalition", nasty, other).stdout
    assert r"\<b\>South\</b\>\|\*x\*" in run("coalition", nasty, other, "-f", "markdown").stdout
    assert "<b>South" not in run("coalition", nasty, other, "-f", "html").stdout


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("questionnaire: small\nactor: state\n", True),
        ("# mine\n\n \t'questionnaire' \n :\n small\nactor: [", True),
        ('{\n\n  "questionnaire"\n:\n"small", "answers": {}}', True),
        ('{"answers": {},  questionnaire: small}', True),
        ("\n" * 60_000, False),
        (" " * 60_000, False),
        ("," * 60_000, False),
        (" \n" * 30_000, False),
        (", " * 30_000, False),
        ("questionnaire" + "\n" * 60_000, False),
        ("questionnaire\n" * 5_000, False),
        ("questionnaire: {" * 5_000, False),
        ("\n" * 60_000 + "questionnaire: small\nanswers: {}\n", True),
        ("a questionnaire: answers: actor:", False),
        ('<!DOCTYPE html>\n<script>{"questionnaire": "small", "actor": 1}\n</script>', False),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_a_file_of_answers_is_known_by_its_keys_however_much_white_space_is_around(
    tmp_path: Path, text: str, expected: bool
) -> None:
    """The key is looked for from the start of each line to the next: blanks are read once, not from every blank on."""
    (tmp_path / "file").write_text(text)
    assert holds_answers(str(tmp_path / "file")) == expected
