"""The workbook to fill in: what is in its cells, the same bytes, and texts that stay texts."""

import io
import re
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from allycheck.loading import load_questionnaire
from allycheck.questionnaire import Questionnaire
from allycheck.render.template.workbook.book import FIRST_ROW, HEAD_ROW
from allycheck.render.template.workbook.columns import HIDDEN, QUESTION, SAID, whole_numbers
from allycheck.render.template.workbook.writer import template
from allycheck.workbooks import INPUTS, SCORES, SHEET
from tests.reports import BARE
from tests.unit.cli.command import allycheck
from tests.workbooks import at, beside

BUNDLED = load_questionnaire()
BOOK = template(BUNDLED, "business", "full")


def opened(content: bytes = BOOK) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def questions(content: bytes = BOOK) -> Worksheet:
    sheet = opened(content)[SHEET]
    assert isinstance(sheet, Worksheet)
    return sheet


def one_question(**changes: Any) -> Questionnaire:
    item = {"id": "a1", "ask": "How?", "levels": ["none", "some", "written", "done", "improved"]} | changes
    return Questionnaire.model_validate(BARE | {"trends": [{"id": "a", "title": "A", "indicators": [item]}]})


def values(sheet: Worksheet, row: int) -> list[Any]:
    return [cell.value for cell in sheet[row + 1]]


def test_a_row_for_each_question_with_its_anchors() -> None:
    sheet = questions()
    assert values(sheet, HEAD_ROW)[:12] == [
        "Code", "Trend", "Question", "0 Absent", "1 Ad hoc", "2 Defined", "3 Practised", "4 Adaptive", "Answer",
        "Reason", "Evidence", "Comment",
    ]  # fmt: skip
    items = [BUNDLED.tailored(item, "business") for item in BUNDLED.scope("business", "full")]
    for row, item in enumerate(items, FIRST_ROW):
        trend = BUNDLED.trend_of[item.id].title
        assert values(sheet, row)[:12] == [item.code, trend, item.ask, *item.levels, None, None, None, None]
        assert at(sheet, row + 1, "key").value == f"{item.code} {item.id}"
    assert sheet.max_row == FIRST_ROW + len(items)


def test_what_the_workbook_is_for_stands_above() -> None:
    sheet = questions()
    assert sheet["A1"].value == "Alliance readiness: Business"
    assert "na (not applicable, with a reason)" in str(sheet["H2"].value)
    fixed = {label: beside(sheet, label).value for label in ("Questionnaire", "Version", "Actor", "Form")}
    assert fixed == {
        "Questionnaire": "alliance-readiness",
        "Version": BUNDLED.version,
        "Actor": "business",
        "Form": "full",
    }
    assert [beside(sheet, label).value for label in INPUTS.values()] == [None] * 5


def test_only_what_people_fill_in_is_unlocked_and_no_password_is_set() -> None:
    book = opened()
    sheet = book[SHEET]
    unlocked = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    rows = range(FIRST_ROW + 1, sheet.max_row + 1)
    above = {beside(sheet, label).coordinate for label in INPUTS.values()}
    assert unlocked == above | {f"{column}{row}" for row in rows for column in "IJKL"}
    for one in (sheet, book[SCORES]):
        assert one.protection.sheet
        assert one.protection.password is None


@pytest.mark.parametrize("name", SAID)
def test_a_column_has_one_formula(name: str) -> None:
    sheet = questions()
    rows = range(FIRST_ROW + 1, sheet.max_row + 1)
    formulas = {re.sub(rf"(?<=[A-Z]){row}\b", "ROW", str(at(sheet, row, name).value)) for row in rows}
    assert len(formulas) == 1


def test_the_window_and_the_page_keep_their_head_and_hide_what_is_not_for_people() -> None:
    sheet = questions()
    assert sheet.freeze_panes == f"B{FIRST_ROW + 1}"
    assert sheet.print_title_rows == f"${HEAD_ROW + 1}:${HEAD_ROW + 1}"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
        "landscape",
        None,
        0,
    )
    assert sheet.print_area.endswith(f"$L${sheet.max_row}")
    assert sheet.column_dimensions["M"].hidden
    assert QUESTION[HIDDEN[0]] == 12
    assert sheet.auto_filter.ref == f"A{HEAD_ROW + 1}:V{sheet.max_row}"


def test_the_list_offers_not_applicable_only_where_it_is_taken() -> None:
    lists = {
        na: [rule for rule in questions(template(one_question(na=na), "", "full")).data_validations.dataValidation
             if rule.type == "list"]
        for na in (True, False)
    }  # fmt: skip
    assert [rule.formula1 for rule in lists[True]] == ['"0,1,2,3,4,dk,na"']
    assert [rule.formula1 for rule in lists[False]] == ['"0,1,2,3,4,dk"']
    assert lists[True][0].prompt == (
        "0 Absent, 1 Ad hoc, 2 Defined, 3 Practised, 4 Adaptive, dk: don't know, na: not applicable (say why)"
    )


def test_levels_have_no_names_where_a_question_has_its_best_anchor_first() -> None:
    sheet = questions(template(one_question(reverse=True), "", "full"))
    assert values(sheet, HEAD_ROW)[3:8] == ["0", "1", "2", "3", "4"]


def test_the_same_bytes(tmp_path: Path) -> None:
    assert template(BUNDLED, "business", "full") == BOOK
    written = allycheck("template", "--actor", "business", "-o", str(tmp_path / "a.xlsx"))
    assert (written.returncode, written.stdout) == (0, "")
    assert (tmp_path / "a.xlsx").read_bytes() == BOOK


HOSTILE = "=1+1\x1b[2J\u202e\ud800\ufffe" + "w" * 40_000


def test_texts_of_a_questionnaire_stay_texts() -> None:
    nasty = one_question(ask=HOSTILE, levels=[HOSTILE] * 5, code="A1", evidence=HOSTILE)
    nasty = nasty.model_copy(update={"title": HOSTILE, "instructions": "{=1}"})
    names = [entry.model_copy(update={"name": HOSTILE}) for entry in nasty.level_names]
    sheet = questions(template(nasty.model_copy(update={"level_names": names}), "", "full"))
    for cell in (sheet["A1"], at(sheet, FIRST_ROW + 1, "ask"), at(sheet, FIRST_ROW + 1, "4")):
        assert cell.data_type == "s"
        assert str(cell.value).startswith("=1+1\u241b[2J\ufffd\ufffd")
        assert len(str(cell.value)) == 16_000
    assert sheet["H2"].data_type == "s"


def test_a_form_without_questions_is_a_workbook() -> None:
    sheet = questions(template(one_question(weight=0), "", "full"))
    assert sheet.max_row == HEAD_ROW + 1


@pytest.mark.parametrize(
    ("weights", "numbers"),
    [
        (["1", "2"], [1, 2]),
        (["10", "20", "20"], [1, 2, 2]),
        (["0.5", "2.25", "0.1"], [10, 45, 2]),  # over 20
        (["0.3333", "1"], [3333, 10_000]),
        (["0.0000000001", "1"], [1e-10, 1.0]),  # 10 to the 10th would not stay exact
    ],
)
def test_weights_become_whole_numbers(weights: list[str], numbers: list[float]) -> None:
    assert whole_numbers([Fraction(weight) for weight in weights]) == numbers


def test_without_the_extra_the_message_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from allycheck.errors import AllycheckError

    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(AllycheckError, match=r"--format workbook: .* pip install xlsxwriter python-calamine"):
        template(BUNDLED, "business", "full")
