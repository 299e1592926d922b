"""What every part of the workbook needs while it is being written."""

from typing import TYPE_CHECKING

from allycheck.language import _
from allycheck.questionnaire import Form, Questionnaire
from allycheck.render.template.asked import sections
from allycheck.render.template.workbook.looks import LOOKS
from allycheck.spreadsheets import LONGEST_CELL, cell_name
from allycheck.text import printable
from allycheck.workbooks import INPUTS, SCORES, SHEET

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

ABOUT_ROW = 1
HEAD_ROW = ABOUT_ROW + len(INPUTS)
FIRST_ROW = HEAD_ROW + 1
"""Rows of the questions count from 0: a title, what the answers are about, then the table."""


class Book:
    """The workbook of one actor type and form, with its two sheets."""

    def __init__(self, book: "Workbook", questionnaire: Questionnaire, actor: str, form: Form) -> None:
        self.questionnaire, self.actor, self.form = questionnaire, actor, form
        self.sections = sections(questionnaire, actor, form)
        self.items = [item for section in self.sections for item in section.items]
        self.last_row = FIRST_ROW + max(len(self.items), 1) - 1
        self.looks: dict[str, Format] = {name: book.add_format(look) for name, look in LOOKS.items()}
        self.looks["told"] = book.add_format(LOOKS["number"] | {"num_format": _of(len(self.items))})
        self.questions: Worksheet = book.add_worksheet(SHEET)
        self.scores: Worksheet = book.add_worksheet(SCORES)

    def text(self, sheet: "Worksheet", row: int, column: int, words: str, look: str) -> None:
        """Write words as text, whatever they look like."""
        sheet.write_string(row, column, cell_text(words), self.looks[look])


LONGEST_TITLE = 32
"""Characters of the title of a message beside a cell."""


def _of(many: int) -> str:
    """How a cell shows how many of so many are answered."""
    before, _known, after = _("{known} of {number}").replace("{number}", str(many)).partition("{known}")
    quoted = [f'"{part.strip()}"' if part.strip() else "" for part in (before, after)]
    return f"{quoted[0]} 0 {quoted[1]}".strip()


def cell_text(words: str) -> str:
    """Words of a questionnaire as a cell takes them: on one line, nothing hidden in them, and not too many."""
    return printable(words).strip()[:LONGEST_CELL]


def whole_column(column: int, first: int, last: int) -> str:
    """The cells of a column from one row to another, which stay the same in every formula."""
    letters = cell_name(0, column)[:-1]
    return f"${letters}${first + 1}:${letters}${last + 1}"
