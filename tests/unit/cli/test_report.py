"""The report command: where it writes, what it never overwrites, and the gates with their exit code."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from allycheck.cli.app import run

EXAMPLE = Path(__file__).parents[3] / "questionnaires/alliance-readiness/examples/northwind-cells.yaml"
QUESTIONS = """\
id: small
version: "1.0"
title: Small
risks: [{id: rift, title: Rift}]
trends:
- id: trust
  title: Trust
  indicators:
  - {id: charter, ask: "Charter?", levels: [a, b, c, d, e], risks: {rift: 1}}
  - {id: ledger, ask: "Ledger?", levels: [a, b, c, d, e]}
"""


class Done(NamedTuple):
    """What a run left behind."""

    returncode: int
    stdout: str
    stderr: str


class Command:
    """`allycheck report` in a folder of small files, run in this process."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.capsys, self.monkeypatch = folder, capsys, monkeypatch

    def __call__(self, *arguments: str, file: str = "answers.yaml") -> Done:
        words = ["allycheck", "report", file, "--questionnaire", "small.yaml", *arguments]
        self.monkeypatch.setattr(sys, "argv", words)
        code = run()
        return Done(code, *self.capsys.readouterr())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Answers of 2 and 3: score 62.5, exposure of the rift 50, level Defined."""
    (tmp_path / "small.yaml").write_text(QUESTIONS)
    (tmp_path / "answers.yaml").write_text("questionnaire: small\nanswers: {charter: 2, ledger: 3}\n")
    (tmp_path / "fall.yaml").write_text("questionnaire: small\nanswers: {charter: 2, ledger: 4}\n")
    (tmp_path / "half.yaml").write_text("questionnaire: small\nanswers: {charter: 2, ledger: dk}\n")
    return tmp_path


@pytest.fixture
def report(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    monkeypatch.chdir(folder)
    return Command(folder, capsys, monkeypatch)


def gates(done: Done) -> dict[str, bool]:
    return {gate["id"]: gate["passed"] for gate in json.loads(done.stdout)["gates"]}


def test_every_gate_is_shown_and_one_that_fails_exits_with_4(report: Command) -> None:
    done = report(
        "--format", "json", "--fail-under", "62.5", "--fail-under", "trust=62.6", "--fail-over", "rift=50",
        "--min-level", "defined", "--min-coverage", "1", "--no-worse-than", "fall.yaml",
    )  # fmt: skip
    assert done.returncode == 4
    assert gates(done) == {
        "fail-under:overall": True,
        "fail-under:trust": False,
        "fail-over:rift": True,
        "min-level:overall": True,
        "min-coverage:overall": True,
        "no-worse-than:overall": False,
    }
    assert done.stderr.splitlines() == [
        "gate failed: Trust: score 62.5; at least 62.6 is required",
        "gate failed: Overall: real change -12.5 since fall.yaml; no real fall is allowed",
    ]


def test_gates_that_all_pass_exit_with_0_and_text_shows_them(report: Command) -> None:
    done = report("--fail-under", "60", "--fail-over", "rift=60")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Passed: Overall: score 62.5; at least 60 is required" in done.stdout
    assert "2 of 2 requirements met." in done.stdout


def test_a_failed_gate_is_named_on_standard_error_beside_a_printed_report(report: Command) -> None:
    done = report("--fail-under", "63")
    assert (done.returncode, done.stderr) == (4, "gate failed: Overall: score 62.5; at least 63 is required\n")
    assert "FAILED: Overall: score 62.5; at least 63 is required" in done.stdout


def test_without_gates_there_are_none(report: Command) -> None:
    result = json.loads(report("--format", "json").stdout)
    assert (result["gates"], result["robustness"], result["consistency"]) == (None, None, [])


def test_unpublished_passes_only_with_guaranteed(report: Command) -> None:
    """Half is known: the range is 25 to 75."""
    assert report("--fail-under", "25", file="half.yaml").returncode == 4
    assert report("--fail-under", "25", "--guaranteed", file="half.yaml").returncode == 0
    assert report("--fail-under", "25.1", "--guaranteed", file="half.yaml").returncode == 4


def test_gates_from_a_file_join_those_of_the_options_and_name_files_beside_it(report: Command, folder: Path) -> None:
    (folder / "ci").mkdir()
    (folder / "ci" / "old.yaml").write_text((folder / "answers.yaml").read_text())
    (folder / "ci" / "gates.yaml").write_text(
        "- {kind: fail-under, limit: 60}\n- {kind: fail-over, subject: rift, limit: 49.9}\n"
        "- {kind: min-level, limit: 2}\n- {kind: no-worse-than, limit: old.yaml}\n"
    )
    done = report("--format", "json", "--fail-under", "70", "--gates", "ci/gates.yaml")
    assert done.returncode == 4
    assert gates(done) == {
        "fail-under:overall": False,
        "fail-under:overall:2": True,
        "fail-over:rift": False,
        "min-level:overall": True,
        "no-worse-than:overall": True,
    }


def test_a_gates_file_in_json_reads_the_same(report: Command, folder: Path) -> None:
    (folder / "gates.json").write_text('[{"kind": "fail-under", "subject": "trust", "limit": 62.5}]')
    assert report("--gates", "gates.json").returncode == 0


def test_every_fault_of_a_gates_file_is_told_with_its_place(report: Command, folder: Path) -> None:
    (folder / "gates.yaml").write_text(
        "- {kind: fail-under, limit: 6o}\n- {kind: fail-ovr, subject: rift, limit: 60}\n"
        "- {kind: fail-over, subject: rft, limit: 60, note: x}\n- 7\n"
    )
    done = report("--gates", "gates.yaml")
    assert done.returncode == 3
    kinds = "'fail-under', 'fail-over', 'min-level', 'min-coverage', 'min-evidence', 'max-holes' or 'no-worse-than'"
    assert done.stderr.splitlines() == [
        "error: gates.yaml:1:29: 0.limit: not a plain decimal number such as 2 or 0.5; a limit is in points from 0 to 100",
        f"error: gates.yaml:2:10: 1.kind: fail-ovr is not known here; use {kinds}",
        "error: gates.yaml:3:30: 2.subject: nothing to test is called rft; did you mean rift?",
        "error: gates.yaml:3:46: 2.note: unknown key",
        "error: gates.yaml:4:3: 3: must be a map of keys and values",
    ]


@pytest.mark.parametrize("content", ["", "[]", "# nothing\n"])
def test_a_gates_file_without_gates_is_refused(report: Command, folder: Path, content: str) -> None:
    (folder / "gates.yaml").write_text(content)
    done = report("--gates", "gates.yaml")
    assert (done.returncode, done.stderr.startswith("error: gates.yaml: the file lists no gates")) == (3, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--fail-under", "sixty"], "--fail-under sixty: not a plain decimal number"),
        (["--fail-under", "trst=60"], "--fail-under trst=60: nothing to test is called trst; did you mean trust?"),
        (["--fail-over", "60"], "--fail-over 60: name a risk; use rift"),
        (["--min-level", "defind"], "--min-level defind: defind is not a level; did you mean defined?"),
        (["--guaranteed"], "--guaranteed tightens gates, and there is none"),
        (["--old-questionnaire", "small.yaml"], "--old-questionnaire belongs to earlier answers"),
        (["--rows", "trends"], "--rows says what a row of CSV is"),
        (["--brief", "--format", "json"], "--brief is a page of its own"),
        (["--output", "result.odt"], "--output result.odt: no format goes with this name; add --format"),
        (["--output", "a.json", "--output", "a.json"], "--output a.json: named twice"),
        (["--output", "answers.yaml"], "--output answers.yaml: no format goes with this name"),
        (["--format", "json", "--output", "answers.yaml"], "--output answers.yaml: this file is read in the same run"),
        (["--format", "json", "--output", "./small.yaml"], "--output ./small.yaml: this file is read in the same run"),
        (["--format", "json", "--output", "fall.yaml"], "--output fall.yaml: this is an answers file"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_written(
    report: Command, folder: Path, arguments: list[str], said: str
) -> None:
    before = contents(folder)
    done = report(*arguments)
    assert (done.returncode, done.stdout, contents(folder)) == (2, "", before)
    assert done.stderr.startswith(f"error: {said}")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_several_outputs_each_in_the_format_of_its_name_and_nothing_on_standard_output(
    report: Command, folder: Path
) -> None:
    done = report("--output", "result.json", "--output", "result.txt")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "Wrote result.json\nWrote result.txt\n")
    assert (folder / "result.json").read_text() == report("--format", "json").stdout
    assert (folder / "result.txt").read_text() == report().stdout


def test_a_dash_is_standard_output_beside_files(report: Command, folder: Path) -> None:
    done = report("--output", "-", "--output", "result.json")
    assert done.stdout == report().stdout
    assert json.loads((folder / "result.json").read_text())["schema_version"] == 1


def test_outputs_are_written_before_a_gate_fails(report: Command, folder: Path) -> None:
    done = report("--output", "result.json", "--fail-under", "70")
    assert done.returncode == 4
    assert json.loads((folder / "result.json").read_text())["gates"][0]["passed"] is False
    assert done.stderr == "Wrote result.json\ngate failed: Overall: score 62.5; at least 70 is required\n"


def test_a_result_replaces_a_result_and_keeps_to_the_umask(report: Command, folder: Path) -> None:
    for _ in range(2):
        assert report("--output", "result.json").returncode == 0
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE((folder / "result.json").stat().st_mode) == 0o666 & ~mask
    assert sorted(path.suffix for path in folder.iterdir()) == [".json", ".yaml", ".yaml", ".yaml", ".yaml"]


@pytest.mark.parametrize(
    "text",
    [
        "questionnaire: other\nactor: state\n",
        '{"questionnaire": "small", "answers": {}}',
        "questionnaire: small\nanswers:\n  charter: [3\n",  # broken in the middle of an edit
        '# mine\n"questionnaire": small\nanswers:\n  charter: 9\n',
    ],
)  # fmt: skip
def test_answers_are_never_overwritten_not_even_faulty_ones(report: Command, folder: Path, text: str) -> None:
    (folder / "mine.json").write_text(text)
    done = report("--output", "mine.json")
    assert (done.returncode, (folder / "mine.json").read_text()) == (2, text)
    assert done.stderr == (
        "error: --output mine.json: this is an answers file, which a result never replaces; name another one\n"
    )


def test_what_only_speaks_of_questionnaires_is_overwritten(report: Command, folder: Path) -> None:
    (folder / "result.json").write_text('{"questionnaire": {"id": "small"}, "actor": null, "answers": 1}')
    (folder / "result.txt").write_text("questionnaire: which\nWe chose: one\n")
    assert report("--output", "result.json", "--output", "result.txt").returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_told_with_exit_code_6_and_the_device_stays_a_device(report: Command) -> None:
    done = report("--format", "json", "--output", "/dev/full")
    assert (done.returncode, done.stderr) == (6, "error: /dev/full: no space left on device; name another place\n")
    assert Path("/dev/full").is_char_device()


def test_a_folder_that_is_not_there_is_told_with_exit_code_6(report: Command) -> None:
    done = report("--output", "missing/result.json")
    assert (done.returncode, done.stderr.count("\n")) == (6, 1)
    assert done.stderr.startswith("error: missing/result.json: no such file or directory")


def test_a_pipe_takes_the_text_itself(folder: Path) -> None:
    line = f"{sys.executable} -m allycheck report answers.yaml -q small.yaml -f json -o /dev/stdout | cat"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False, cwd=folder)
    assert json.loads(done.stdout)["overall"]["score"] == 62.5


def test_robustness_is_added_where_it_is_asked_for(report: Command) -> None:
    """Early: (70 + 90)/2; late: (30 + 60)/2."""
    result: dict[str, Any] = json.loads(report("--format", "json", "--robustness").stdout)
    readings = {reading["id"]: reading["score"] for reading in result["robustness"]["readings"]}
    assert (readings["early"], readings["late"], len(readings)) == (80.0, 45.0, 7)
    assert "How firm the score is" in report("--robustness").stdout


def test_the_same_input_gives_the_same_bytes() -> None:
    command = [sys.executable, "-m", "allycheck", "report", str(EXAMPLE), "--robustness", "--format", "json"]
    runs = {
        subprocess.run(command, capture_output=True, check=True, env=os.environ | {"PYTHONHASHSEED": seed}).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1


# Annotations and the badge


def test_annotations_stand_at_the_answers_of_the_file(report: Command) -> None:
    done = report("--fail-under", "70", "--format", "github")
    assert (done.returncode, done.stderr) == (4, "gate failed: Overall: score 62.5; at least 70 is required\n")
    assert [line.split("::")[1] for line in done.stdout.splitlines()] == [
        "notice file=answers.yaml,title=Small",
        "error file=answers.yaml,line=2,col=11,title=Gate failed%3A fail-under%3Aoverall",
        "warning file=answers.yaml,line=2,col=11,title=charter",
        "warning file=answers.yaml,line=2,col=23,title=ledger",
    ]


def test_faults_of_any_file_are_annotated_and_said(report: Command) -> None:
    Path("bad.yaml").write_text("questionnaire: small\nanswers:\n  charter: 7\n  legder: 1\n")
    done = report("--format", "github", file="bad.yaml")
    assert done.returncode == 3
    assert [line.split("::")[1] for line in done.stdout.splitlines()] == [
        "error file=bad.yaml,line=3,col=12,title=answers.charter",
        "error file=bad.yaml,line=4,col=3,title=answers.legder",
    ]
    assert done.stderr.count("error: bad.yaml:") == 2
    Path("gates.yaml").write_text("- {kind: fail-under, limit: many}\n")
    assert report("--format", "github", "--gates", "gates.yaml").stdout.startswith("::error file=gates.yaml,line=1,")
    done = report("--format", "github", "-o", "said.txt", file="bad.yaml")
    assert (done.stdout, Path("said.txt").read_text().count("::error ")) == ("", 2)
    assert report("--format", "json", file="bad.yaml").stdout == ""


def test_a_badge_is_asked_for_by_name_and_takes_no_gate_to_fail(report: Command) -> None:
    assert report("--format", "badge", "-o", "badge.json").stderr == "Wrote badge.json\n"
    assert json.loads(Path("badge.json").read_text()) == {
        "schemaVersion": 1, "label": "Small", "message": "Defined, 62.5 of 100", "color": "yellow",
    }  # fmt: skip
    assert json.loads(report("--format", "badge", file="half.yaml").stdout)["message"] == "not known"


@pytest.mark.parametrize("form", ["github", "badge"])
def test_what_is_no_page_goes_with_neither_brief_nor_full(form: str, report: Command) -> None:
    assert report("--brief", "--format", form).returncode == 2
    assert report("--full", "--format", form).returncode == 2
