"""Filled-in workbooks read like any answers file, wherever rows were moved to, and name faults by their cells."""

import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from inline_snapshot import snapshot
from openpyxl.worksheet.worksheet import Worksheet

from allycheck.errors import AllycheckError
from allycheck.loading import Sheet, load_questionnaire, load_sheet
from allycheck.questionnaire import Questionnaire
from allycheck.render.template.workbook.book import FIRST_ROW, HEAD_ROW
from allycheck.render.template.workbook.columns import QUESTION
from allycheck.render.template.workbook.writer import template
from allycheck.workbooks import SCORES, SHEET
from allycheck.workbooks import holds_answers as workbook_holds_answers
from tests.reports import BARE
from tests.unit.cli.command import EXAMPLE, ROOT, allycheck
from tests.workbooks import beside, changed, filled, saved

LEVELS = ["none", "some", "written", "done", "improved"]
ITEMS = [{"id": f"item-{n}", "code": f"A{n}", "ask": "How?", "levels": LEVELS, "na": n != 4} for n in range(1, 5)]
SMALL = Questionnaire.model_validate(BARE | {"trends": [{"id": "a", "title": "A", "indicators": ITEMS}]})
BLANK = template(SMALL, "", "full")
"""Its questions stand in rows 8 to 11, its answers in column I."""


def read(content: bytes, folder: Path, name: str = "sheet.xlsx", questionnaire: Questionnaire | None = SMALL) -> Sheet:
    (folder / name).write_bytes(content)
    return load_sheet(str(folder / name), questionnaire)


def refusal(content: bytes, folder: Path, questionnaire: Questionnaire | None = SMALL) -> str:
    """What is said of the file, without the folder that it lies in."""
    with pytest.raises(AllycheckError) as caught:
        read(content, folder, questionnaire=questionnaire)
    return str(caught.value).replace(f"{folder}/", "")


def edited(content: bytes = BLANK) -> tuple[openpyxl.Workbook, Worksheet]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book[SHEET]
    assert isinstance(sheet, Worksheet)
    return book, sheet


def answers(sheet: Sheet) -> dict[str, Any]:
    return {name: entry.answer for name, entry in sheet.answers.answers.items()}


# What is read


@pytest.mark.parametrize("typed", [True, False])
def test_a_filled_in_example_reads_like_its_yaml(typed: bool, tmp_path: Path) -> None:
    known = load_sheet(EXAMPLE)
    content = filled(template(known.questionnaire, "business", "full"), known.answers, typed=typed)
    found = read(content, tmp_path, questionnaire=None)
    assert found.answers == known.answers
    assert found.warnings == known.warnings


def test_a_blank_workbook_is_a_sheet_without_answers(tmp_path: Path) -> None:
    sheet = read(BLANK, tmp_path)
    assert answers(sheet) == dict.fromkeys(["item-1", "item-2", "item-3", "item-4"])
    assert (sheet.answers.form, sheet.answers.organisation, sheet.answers.alliances) == ("full", None, [])


@pytest.mark.parametrize(
    ("value", "answer"),
    [(2, 2), ("2", 2), (2.0, 2), (" 2 ", 2), ("na", "na"), (" DK", "dk"), ("Na ", "na"), ("  ", None), (None, None)],
)
def test_what_people_type_into_an_answer(value: Any, answer: Any, tmp_path: Path) -> None:
    assert answers(read(changed(BLANK, {"I8": value}), tmp_path))["item-1"] == answer


def test_notes_and_what_the_answers_are_about(tmp_path: Path) -> None:
    from datetime import date

    book, sheet = edited()
    for label, value in {
        "Organisation": " Harbour 7 ", "Respondent": 12, "Alliances": "One; Two\nThree;", "Date": date(2026, 11, 22),
        "Note": "Date",
    }.items():  # fmt: skip
        beside(sheet, label).value = value
    sheet["I8"], sheet["J8"], sheet["K8"], sheet["L9"] = "na", "No port", " Register ", "later"
    found = read(saved(book), tmp_path).answers
    assert (found.organisation, found.respondent, found.alliances) == ("Harbour 7", "12", ["One", "Two", "Three"])
    assert (found.date, found.note) == ("2026-11-22", "Date")
    first, second = found.to("item-1"), found.to("item-2")
    assert (first.answer, first.reason, first.evidence, first.comment) == ("na", "No port", "Register", None)
    assert (second.answer, second.comment) == (None, "later")


def test_scores_in_the_file_are_never_read(tmp_path: Path) -> None:
    content = changed(changed(BLANK, {"I8": 1, "Q8": "4", "R8": 4, "O8": 99, "P8": 1}), {"F3": 100}, SCORES)
    assert answers(read(content, tmp_path))["item-1"] == 1


def test_sorted_rows_blank_rows_and_a_renamed_sheet_read_right(tmp_path: Path) -> None:
    book, sheet = edited(changed(BLANK, {"I8": 1, "I9": 2, "I10": 3, "I11": "dk", "C2": "Harbour"}))
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=8, max_row=11)]
    for row, cells in zip((11, 9, 8, 10), rows, strict=True):
        for column, value in enumerate(cells, 1):
            sheet.cell(row, column).value = value
    sheet.insert_rows(10, 2)
    sheet.insert_rows(7)
    sheet.insert_rows(3)
    sheet.title = "Our answers"
    found = read(saved(book), tmp_path)
    assert answers(found) == {"item-1": 1, "item-2": 2, "item-3": 3, "item-4": "dk"}
    assert next(iter(answers(found))) == "item-3"
    assert found.answers.organisation == "Harbour"


def test_a_title_that_is_called_like_a_label_misleads_nobody(tmp_path: Path) -> None:
    odd = SMALL.model_copy(update={"title": "Form"})
    content = template(odd, "", "full")
    assert read(content, tmp_path).answers.form == "full"


def test_an_inserted_column_moves_the_others(tmp_path: Path) -> None:
    book, sheet = edited(changed(BLANK, {"I8": 1, "L8": "noted"}))
    sheet.insert_cols(10)
    sheet["J7"] = "Our own column"
    assert read(saved(book), tmp_path).answers.to("item-1").comment == "noted"


def test_standard_input_takes_a_workbook() -> None:
    content = template(load_questionnaire(), "state", "quick")
    command = [sys.executable, "-m", "allycheck", "report", "-", "--brief"]
    done = subprocess.run(command, input=content, capture_output=True, check=False, cwd=ROOT)
    assert done.returncode == 0
    assert b"othing answered yet" in done.stdout


# Faults


def test_every_fault_is_named_by_its_cell(tmp_path: Path) -> None:
    book, sheet = edited()
    beside(sheet, "Date").value = "22.11.2026"
    beside(sheet, "Alliances").value = "a; b; c; d"
    sheet["I8"], sheet["I9"], sheet["I10"], sheet["I11"] = 5, 2.5, "2 Defined", "na"
    assert refusal(saved(book), tmp_path).splitlines() == snapshot(
        [
            "sheet.xlsx:Questions!C4: alliances: has 4 entries; at most 3",
            "sheet.xlsx:Questions!C5: date: write the date as YYYY-MM-DD",
            "sheet.xlsx:Questions!I8: answers.item-1: 5 is not an answer; use 0, 1, 2, 3, 4, na or dk",
            "sheet.xlsx:Questions!I9: answers.item-2: 2.5 is not an answer; use 0, 1, 2, 3, 4, na or dk",
            "sheet.xlsx:Questions!I10: answers.item-3: 2 Defined is not an answer; use 0, 1, 2, 3, 4, na or dk",
            "sheet.xlsx:Questions!I11: answers.item-4: not applicable is refused here; use a level or dk",
        ]
    )


def test_a_workbook_of_another_questionnaire_names_the_cell_that_says_so(tmp_path: Path) -> None:
    assert refusal(BLANK, tmp_path, load_questionnaire()) == snapshot(
        "sheet.xlsx:Questions!E2: questionnaire: these answers are for the questionnaire tiny, not for alliance-readiness; name the right one with --questionnaire"
    )


def test_rows_that_belong_to_no_question(tmp_path: Path) -> None:
    book, sheet = edited(changed(BLANK, {"I8": 1, "I13": 3, "L14": "by the way", "C15": "Signed by us"}))
    for column in (1, QUESTION["key"] + 1):
        sheet.cell(9, column).value = sheet.cell(8, column).value
    sheet["A10"], sheet["A11"] = "A4", "A3"
    assert refusal(saved(book), tmp_path).splitlines() == snapshot(
        [
            "sheet.xlsx:Questions!A9: A1 stands here twice; keep one of the rows",
            "sheet.xlsx:Questions!A10: this row is A3 in its hidden column Indicator; sort whole rows, hidden columns with them, or copy what was filled in to a new one: allycheck template -o sheet.xlsx",
            "sheet.xlsx:Questions!A11: this row is A4 in its hidden column Indicator; sort whole rows, hidden columns with them, or copy what was filled in to a new one: allycheck template -o sheet.xlsx",
            "sheet.xlsx:Questions!I13: this stands beside no question; move it into the row of its question, or clear it",
            "sheet.xlsx:Questions!L14: this stands beside no question; move it into the row of its question, or clear it",
        ]
    )


def test_unknown_questions_are_refused(tmp_path: Path) -> None:
    content = changed(BLANK, {"A8": "B1", "M8": "B1 item-9"})
    assert refusal(content, tmp_path) == snapshot(
        "sheet.xlsx:Questions!I8: answers.item-9: unknown indicator; did you mean item-4?"
    )


@pytest.mark.parametrize("column", ["A", "I", "M"])
def test_a_deleted_column_is_named(column: str, tmp_path: Path) -> None:
    book, sheet = edited()
    title = sheet[f"{column}{HEAD_ROW + 1}"].value
    sheet.delete_cols(openpyxl.utils.column_index_from_string(column))
    assert refusal(saved(book), tmp_path) == (
        f"sheet.xlsx:Questions!7: the column {title} is gone; undo that, or copy what was filled in to a new one: "
        "allycheck template -o sheet.xlsx"
    )


def test_a_second_column_of_that_name_is_refused(tmp_path: Path) -> None:
    assert refusal(changed(BLANK, {"X7": "Answer"}), tmp_path) == (
        "sheet.xlsx:Questions!X7: another column is called Answer; give it another name"
    )


def test_deleted_labels_are_named(tmp_path: Path) -> None:
    book, sheet = edited()
    sheet.delete_rows(2, 4)
    found = refusal(saved(book), tmp_path)
    assert "sheet.xlsx:Questions: the label Questionnaire is gone; undo that" in found
    assert "sheet.xlsx:Questions: the label Form is gone" in found


def test_a_workbook_without_the_sheet_and_one_with_two(tmp_path: Path) -> None:
    book, sheet = edited()
    book.copy_worksheet(sheet)
    assert refusal(saved(book), tmp_path) == (
        "sheet.xlsx: 2 sheets hold answers: Questions and Questions Copy; keep one in a file"
    )
    for name in ("Questions", "Questions Copy"):
        del book[name]
    assert refusal(saved(book), tmp_path) == (
        "sheet.xlsx: no sheet holds the questions of allycheck template; start one with: allycheck template "
        "-o sheet.xlsx; exports of survey platforms go to: allycheck import"
    )


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "not a workbook that can be read; save it as .xlsx or .ods"),
        (b"a,b\n1,2\n", "not a workbook that can be read; save it as .xlsx or .ods"),
        (BLANK[:4000], "not a workbook that can be read; save it as .xlsx or .ods"),
        (OLD, "a workbook of an old Excel (.xls); save it as .xlsx"),
        (
            OLD + "EncryptedPackage".encode("utf-16-le"),
            "protected with a password, so it can't be read; save it without one",
        ),
    ],
)
def test_files_that_cannot_be_read(content: bytes, message: str, tmp_path: Path) -> None:
    assert refusal(content, tmp_path) == f"sheet.xlsx: {message}"


def test_without_the_extra_the_message_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    assert refusal(BLANK, tmp_path) == (
        "sheet.xlsx: a workbook, which can't be read yet; install the extra excel: pip install xlsxwriter "
        "python-calamine"
    )


# Commands


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What three people answered, as JSON and as workbooks, and the answers of another organisation."""
    from allycheck.writing import answers_json

    known = load_sheet(EXAMPLE)
    blank = template(known.questionnaire, "business", "full")
    for name, who in (("one", "First"), ("two", "Second"), ("three", "Third")):
        mine = known.answers.model_copy(update={"respondent": who})
        (tmp_path / f"{name}.xlsx").write_bytes(filled(blank, mine))
        (tmp_path / f"{name}.json").write_text(answers_json(mine), encoding="utf-8")
    (tmp_path / "other.yaml").write_bytes(Path(EXAMPLE).with_name("manufacturer.yaml").read_bytes())
    return tmp_path


@pytest.mark.parametrize("command", [["report"], ["explain"], ["plan", "--budget", "20"], ["stress"]])
def test_each_command_says_the_same_of_the_workbook(command: list[str], folder: Path) -> None:
    pages = [allycheck(*command, name, "-f", "json", cwd=folder) for name in ("one.xlsx", "one.json")]
    assert pages[0].returncode == 0
    assert [page.stderr for page in pages] == ["", ""]
    assert pages[0].stdout == pages[1].stdout


@pytest.mark.parametrize(
    ("command", "files"),
    [
        (["compare"], ["one.{}", "two.json"]),
        (["merge", "--names"], ["one.{}", "two.json", "three.{}"]),
        (["coalition"], ["one.{}", "other.yaml"]),
    ],
)
def test_files_of_every_kind_go_together(command: list[str], files: list[str], folder: Path) -> None:
    mixed = allycheck(*command, *(name.format("xlsx") for name in files), "-f", "json", cwd=folder)
    plain = allycheck(*command, *(name.format("json") for name in files), "-f", "json", cwd=folder)
    assert mixed.returncode == 0
    assert mixed.stdout.replace(".xlsx", ".json") == plain.stdout


def test_faults_of_several_files_come_together(folder: Path) -> None:
    (folder / "two.xlsx").write_bytes(changed((folder / "two.xlsx").read_bytes(), {"I13": "yes"}))
    (folder / "bad.yaml").write_text("questionnaire: alliance-readiness\nactor: business\nanswers: {a: 1}\n")
    done = allycheck("merge", "one.xlsx", "two.xlsx", "bad.yaml", cwd=folder)
    assert (done.returncode, done.stderr.splitlines()) == snapshot(
        (
            3,
            [
                "error: two.xlsx:Questions!I13: answers.sunset-exit.answer: yes is not an answer; use 0, 1, 2, 3, 4, na or dk",
                "error: bad.yaml:3:11: answers.a: unknown indicator",
            ],
        )
    )


def test_a_gate_takes_an_earlier_workbook(folder: Path) -> None:
    done = allycheck("report", "one.json", "--no-worse-than", "one.xlsx", "--brief", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")


def test_merge_writes_answers_from_workbooks_and_never_over_one(folder: Path) -> None:
    assert allycheck("merge", "one.xlsx", "two.xlsx", "three.xlsx", "-o", "team.yaml", cwd=folder).returncode == 0
    assert load_sheet(str(folder / "team.yaml")).answers.respondents == 3
    before = (folder / "three.xlsx").read_bytes()
    for option in (["-o", "three.xlsx"], ["-o", "three.xlsx", "-f", "json"]):
        assert allycheck("merge", "one.json", "two.json", *option, cwd=folder).returncode == 2
    assert (folder / "three.xlsx").read_bytes() == before


def test_import_takes_workbooks(folder: Path) -> None:
    done = allycheck("import", "one.xlsx", "two.xlsx", "--from", "workbook", "-o", "out", cwd=folder)
    assert done.returncode == 0
    found = [load_sheet(str(folder / name)).answers for name in done.stdout.splitlines()]
    assert found == [load_sheet(str(folder / name)).answers for name in ("one.xlsx", "two.xlsx")]


def test_assess_leaves_workbooks_alone(folder: Path) -> None:
    before = (folder / "one.xlsx").read_bytes()
    (folder / "renamed").write_bytes(before)
    for name in ("one.xlsx", "new.xlsx", "new.ods", "renamed"):
        done = allycheck("assess", name, "--set", "coalition-mandate=3", cwd=folder)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith(f"error: {name}: assess never writes into a workbook; ")
    assert (folder / "one.xlsx").read_bytes() == (folder / "renamed").read_bytes() == before
    assert not (folder / "new.xlsx").exists()


@pytest.mark.parametrize("command", [["report", "one.json", "-f", "html"], ["template", "--actor", "state"]])
def test_nothing_takes_the_place_of_answers_in_a_workbook(command: list[str], folder: Path) -> None:
    before = (folder / "two.xlsx").read_bytes()
    done = allycheck(*command, "-o", "two.xlsx", cwd=folder)
    assert done.returncode == 2
    assert "--output two.xlsx: this is an answers file, which a " in done.stderr
    assert (folder / "two.xlsx").read_bytes() == before


def test_only_workbooks_with_questions_hold_answers() -> None:
    book = openpyxl.Workbook()
    assert workbook_holds_answers(BLANK, "a.xlsx")
    assert not workbook_holds_answers(saved(book), "a.xlsx")
    assert workbook_holds_answers(BLANK[:4000], "a.xlsx")  # cut off: nobody can tell
    assert not workbook_holds_answers(BLANK[:4000], "a.zip")


def test_no_command_imports_what_workbooks_need_before_one_is_there() -> None:
    script = (
        "import sys\nfrom allycheck.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print(*sorted({'xlsxwriter', 'python_calamine', 'allycheck.workbooks', 'allycheck.spreadsheets'} & sys.modules.keys()), file=sys.stderr)"
    )
    command = [sys.executable, "-c", script, "report", EXAMPLE, "--brief"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stderr == "\n"


assert FIRST_ROW == 7  # the cells above are named by it
