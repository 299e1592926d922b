"""import as a command: what it writes and prints, what it leaves out, and its exit codes."""

import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from allycheck.errors import OutputError, UsageError
from allycheck.loading import load_questionnaire, load_sheet
from allycheck.text import printable
from tests.unit.cli.command import EXAMPLE, allycheck
from tests.unit.cli.small import refusal, run, sheet
from tests.workbooks import filled

pytestmark = pytest.mark.usefixtures("small")

GOOD = "_id,organisation,respondent,charter,ledger,Colour\n1,Port,Bridge,1,2,red\n2,Port,Engine room,3,dk,\n"


def export(text: str, name: str = "kobo.csv") -> str:
    Path(name).write_text(text, encoding="utf-8")
    return name


def files(folder: str = "sheets") -> list[str]:
    return sorted(path.name for path in Path(folder).iterdir()) if Path(folder).exists() else []


def test_each_row_becomes_a_file_that_only_its_owner_reads_and_every_command_takes() -> None:
    done = run("import", export(GOOD), "-o", "new/sheets")
    assert done.exit_code == 0
    assert done.stdout.splitlines() == ["new/sheets/port-bridge.yaml", "new/sheets/port-engine-room.yaml"]
    assert done.stderr.splitlines() == [
        "warning: kobo.csv: columns that mean nothing here, and are left out: Colour",
        "2 rows: 2 answers files written",
    ]
    assert files("new/sheets") == ["port-bridge.yaml", "port-engine-room.yaml"]
    if sys.platform != "win32":
        assert {stat.S_IMODE(path.stat().st_mode) for path in Path("new/sheets").iterdir()} == {0o600}
    assert Path("new/sheets/port-bridge.yaml").read_text(encoding="utf-8") == (
        '# Response 1 of kobo.csv.\nquestionnaire: small\norganisation: "Port"\nform: full\nrespondent: "Bridge"\n'
        "answers:\n  charter: 1\n  ledger: 2\n"
    )
    merged = run("merge", *done.stdout.split(), "-o", "-")
    assert "respondents: 2" in merged.stdout


def test_good_rows_are_written_where_others_have_faults_and_the_exit_code_is_3() -> None:
    text = GOOD + "3,Port,Deck,9,x,\n4,Port,bridge,4,4,\n5,Port,Cook,,,\n6,Port,Galley,na,1,\n"
    done = run("import", export(text), "-o", "sheets")
    assert done.exit_code == 3
    assert files() == ["port-bridge.yaml", "port-engine-room.yaml", "port-galley.yaml"]
    assert done.stderr.splitlines() == [
        "warning: kobo.csv: columns that mean nothing here, and are left out: Colour",
        "warning: kobo.csv:7: not applicable without a reason: charter",
        (
            "error: kobo.csv:4: charter: '9' is not an answer; use 0, 1, 2, 3, 4, na or dk, or tell with --map what it "
            "means"
        ),
        "error: kobo.csv:4: ledger: 'x' is not an answer; use 0, 1, 2, 3, 4, na or dk, or tell with --map what it means",
        "error: kobo.csv:5: the same organisation and respondent as kobo.csv:2; keep one of the two",
        "6 rows: 3 answers files written, 1 without an answer, 2 left out because of faults",
    ]
    assert load_sheet("sheets/port-bridge.yaml", load_questionnaire("small.yaml")).answers.to("charter").answer == 1


def test_nothing_that_is_there_is_written_over_not_even_a_link_to_nowhere() -> None:
    Path("sheets").mkdir()
    Path("sheets/port-bridge.yaml").write_text("mine", encoding="utf-8")
    Path("sheets/port-bridge-2.yaml").symlink_to("nowhere")
    assert "sheets/port-bridge-3.yaml" in run("import", export(GOOD), "-o", "sheets").stdout
    assert Path("sheets/port-bridge.yaml").read_text(encoding="utf-8") == "mine"
    assert not Path("sheets/nowhere").exists()
    Path("kobo.csv").write_text(GOOD.replace(",1,", ",2,").replace(",3,", ",4,"), encoding="utf-8")
    again = run("import", "kobo.csv", "-o", "sheets")
    assert again.stdout.splitlines() == ["sheets/port-bridge-4.yaml", "sheets/port-engine-room-2.yaml"]


def test_people_without_a_name_get_numbered_files() -> None:
    done = run("import", export("_id,organisation,charter\n1,Port,1\n2,Port,2\n3,,3\n"), "-o", "sheets")
    assert (done.exit_code, done.stdout.split()) == (
        0, ["sheets/port.yaml", "sheets/port-2.yaml", "sheets/answers.yaml"],
    )  # fmt: skip


def test_a_dry_run_says_the_same_and_writes_nothing() -> None:
    tried = run("import", export(GOOD), "-o", "sheets", "--dry-run")
    assert not Path("sheets").exists()
    assert tried.stderr.splitlines()[-1] == "2 rows: 2 answers files to be written"
    assert tried.stdout == run("import", "kobo.csv", "-o", "sheets").stdout
    assert run("import", "kobo.csv", "-o", "sheets", "--dry-run").stdout == ""
    assert len(files()) == 2


def test_two_stems_that_meet_get_names_of_their_own_in_a_dry_run_too() -> None:
    export("_id,organisation,respondent,charter\n1,Port,2,1\n2,Port,,2\n3,Port,,3\n")
    tried = run("import", "kobo.csv", "-o", "sheets", "--dry-run")
    assert tried.stdout == run("import", "kobo.csv", "-o", "sheets").stdout
    assert tried.stdout.split() == ["sheets/port-2.yaml", "sheets/port.yaml", "sheets/port-3.yaml"]


def test_the_same_export_gives_the_same_bytes() -> None:
    export(GOOD)
    for folder in ("a", "b"):
        run("import", "kobo.csv", "-o", folder, "--quiet")
    assert [path.read_bytes() for path in sorted(Path("a").iterdir())] == [
        path.read_bytes() for path in sorted(Path("b").iterdir())
    ]


def test_quiet_says_only_what_is_wrong() -> None:
    done = run("import", export(GOOD.replace(",Colour", ",")), "-o", "sheets", "--quiet")
    assert (done.exit_code, done.stderr) == (0, "")


def test_somebody_answers_once_in_all_exports() -> None:
    export(GOOD, "old.csv")
    export('[{"_id": 9, "organisation": "port", "respondent": "BRIDGE", "charter": 4}]', "new.json")
    done = run("import", "old.csv", "new.json", "-o", "sheets")
    assert done.exit_code == 3
    assert "error: new.json:1:2: the same organisation and respondent as old.csv:2; keep one of the two" in done.stderr
    assert len(files()) == 2


def test_where_an_export_can_not_be_read_nothing_is_written() -> None:
    export(GOOD)
    export("a,b\n1,2\n", "other.csv")
    error = refusal("import", "kobo.csv", "other.csv", "missing.csv", "-o", "sheets")
    assert (error.exit_code, files()) == (3, [])
    assert [str(fault).partition(";")[0] for fault in error.faults] == [
        "other.csv: can't tell where this export comes from by its columns: a and b",
        "missing.csv: no such file or directory",
    ]


def test_an_export_that_is_named_twice_is_refused() -> None:
    export(GOOD)
    Path("link.csv").symlink_to("kobo.csv")
    error = refusal("import", "kobo.csv", "link.csv", "-o", "sheets")
    assert str(error) == "link.csv: the same file as kobo.csv; name each file once"


def test_a_map_that_names_a_column_of_no_export_is_refused() -> None:
    Path("map.yaml").write_text("columns: {Color: ignore}\n", encoding="utf-8")
    error = refusal("import", export(GOOD), "-o", "sheets", "--map", "map.yaml")
    assert str(error) == "map.yaml:1:11: columns.Color: no export has this column; did you mean Colour?"
    assert files() == []


def test_workbooks_and_answers_files_are_taken_as_one_sheet_each() -> None:
    names = [sheet("one.yaml", 1, 2, "organisation: Port"), sheet("two.yaml", 9, 2)]
    done = run("import", *names, "--from", "workbook", "-o", "sheets")
    assert (done.exit_code, files()) == (3, ["port.yaml"])
    assert "error: two.yaml:3:12: answers.charter: 9 is not an answer" in done.stderr
    assert done.stderr.splitlines()[-1] == "2 rows: 1 answers file written, 1 left out because of faults"


def test_a_filled_in_workbook_is_found_by_itself() -> None:
    allycheck("template", "--questionnaire", "small.yaml", "-o", "empty.xlsx", cwd=Path())
    answers = load_sheet(sheet("one.yaml", 1, 2, "organisation: Port"), load_questionnaire("small.yaml")).answers
    Path("one.xlsx").write_bytes(filled(Path("empty.xlsx").read_bytes(), answers))
    done = run("import", "one.xlsx", "-o", "sheets")
    assert (done.exit_code, done.stdout) == (0, "sheets/port.yaml\n")
    assert load_sheet("sheets/port.yaml", load_questionnaire("small.yaml")).answers.answers == answers.answers


def test_what_an_earlier_export_held_is_not_written_again() -> None:
    first = run("import", export(GOOD), "-o", "sheets")
    again = run("import", "kobo.csv", "-o", "sheets")
    assert first.exit_code == again.exit_code == 0
    assert again.stdout == ""
    written = len(first.stdout.splitlines())
    assert again.stderr.splitlines()[-1] == f"{written} rows: 0 answers files written, {written} there already"


def test_wrong_use_is_told() -> None:
    export(GOOD)
    with pytest.raises(UsageError, match=r"--output kobo\.csv: this is no folder; name another one"):
        raise refusal("import", "kobo.csv", "-o", "kobo.csv")
    assert allycheck("import", "kobo.csv").returncode == 2
    assert allycheck("import", "kobo.csv", "-o", "x", "--from", "gforms").returncode == 2
    assert allycheck("import", EXAMPLE, "-o", "x", "--actor", "ownr").returncode in {2, 3}


def test_an_empty_name_is_no_folder() -> None:
    assert str(refusal("import", export(GOOD), "-o", "")) == "--output names no folder; name one"


def test_a_folder_that_can_not_be_made_is_exit_6() -> None:
    for folder in ("kobo.csv/sheets", "x" * 300):
        error = refusal("import", export(GOOD), "-o", folder)
        assert (type(error), error.exit_code) == (OutputError, 6)


def test_standard_input_is_an_export_too() -> None:
    done = run("import", "-", "-o", "sheets", given=GOOD + "3,Port,Deck,9,1,\n")
    assert (done.exit_code, len(files())) == (3, 2)
    assert "error: standard input:4: charter: '9' is not an answer" in done.stderr
    assert Path("sheets/port-bridge.yaml").read_text(encoding="utf-8").startswith("# Response 1 of standard input.")


def test_what_an_export_holds_reaches_no_terminal_and_no_path() -> None:
    text = 'organisation,respondent,charter,"\x1b[31mred"\n"../\x1b[2J\n\u202eevil","=cmd()",1,2\n,"x",\x1b[31m,3\n'
    done = run("import", export(text), "-o", "sheets", "--from", "kobo")
    assert "\x1b" not in done.stderr + done.stdout
    assert files() == ["2j-evil-cmd.yaml"]
    kept = Path("sheets/2j-evil-cmd.yaml").read_text(encoding="utf-8")
    assert printable(kept.replace("\n", "")) == kept.replace("\n", "")
    read = load_sheet("sheets/2j-evil-cmd.yaml", load_questionnaire("small.yaml")).answers
    assert read.organisation == "../\x1b[2J\n\u202eevil"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
def test_every_row_is_written_though_nobody_reads_their_names(tmp_path: Path) -> None:
    Path("e.csv").write_text("_id,charter\n" + "1,2\n" * 50, encoding="utf-8")
    line = f"{sys.executable} -m allycheck import e.csv -o sheets --questionnaire small.yaml | true"
    subprocess.run(["bash", "-c", line], check=True, capture_output=True)
    assert len(files()) == 50


def test_a_full_disk_ends_with_6_and_leaves_nothing_half_written(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: str, content: bytes) -> None:
        raise OutputError("no space left on device", path)

    monkeypatch.setattr("allycheck.writing.write_new", full)
    error = refusal("import", export(GOOD), "-o", "sheets")
    assert (error.exit_code, files()) == (6, [])


def test_the_bundled_questionnaire_is_meant_where_nothing_else_is_said(tmp_path: Path) -> None:
    samples = Path(__file__).parents[1] / "survey_exports"
    shutil.copy(samples / "limesurvey.csv", tmp_path)
    done = allycheck("import", "limesurvey.csv", "-o", "sheets", cwd=tmp_path)
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 2)
    merged = allycheck("merge", *done.stdout.splitlines(), cwd=tmp_path)
    assert merged.returncode == 0
