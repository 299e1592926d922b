"""The workbook as a file: the same bytes for the same questionnaire, actor type and form."""

from typing import TYPE_CHECKING

from allycheck.questionnaire import Form, Questionnaire
from allycheck.render.template.workbook.about import write_about
from allycheck.render.template.workbook.book import HEAD_ROW, Book
from allycheck.render.template.workbook.questions import write_questions
from allycheck.render.template.workbook.scores import SCORES_HEAD_ROW, write_scores
from allycheck.spreadsheets import written

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

A4 = 9


def template(questionnaire: Questionnaire, actor: str, form: Form) -> bytes:
    """The workbook for one actor type and form. Raises AllycheckError where the extra that writes it is missing."""

    def fill(file: "Workbook") -> None:
        book = Book(file, questionnaire, actor, form)
        write_about(book)
        write_questions(book)
        write_scores(book)
        _set_up(book.questions, HEAD_ROW)
        _set_up(book.scores, SCORES_HEAD_ROW)

    return written(fill, "--format workbook")


def _set_up(sheet: "Worksheet", head: int) -> None:
    """Protected without a password but for what is filled in; on paper as wide as a page, with its head on each."""
    sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True})
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head)
    sheet.set_footer("&C&P / &N")
