"""The sheet of scores: all trends together, then each of them, worked out from what stands beside the questions."""

from collections.abc import Mapping

from allycheck.language import _
from allycheck.render.template.asked import Section
from allycheck.render.template.surveys import title
from allycheck.render.template.workbook.book import FIRST_ROW, Book, whole_column
from allycheck.render.template.workbook.columns import (
    OVERALL,
    QUESTION,
    SCORE,
    TOO_LITTLE,
    TREND,
    Calculated,
    remarks,
    scores_shown,
    whole_numbers,
)
from allycheck.spreadsheets import cell_name
from allycheck.text import told
from allycheck.workbooks import SHEET

SCORES_HEAD_ROW, OVERALL_ROW, FIRST_TREND_ROW = 1, 2, 3
WIDTHS = {"title": 44, "remark": 24}
WIDTH = 12


def write_scores(book: Book) -> None:
    """The whole sheet."""
    _write_heads(book)
    limit = book.questionnaire.method.coverage
    columns = {f"all_{name}": f"{SHEET}!{whole_column(at, FIRST_ROW, book.last_row)}" for name, at in QUESTION.items()}
    given = columns | {"share": str(limit.numerator), "of": str(limit.denominator)}
    last = FIRST_TREND_ROW + max(len(book.sections), 1) - 1
    sums = {f"sum_{name}": f"SUM({whole_column(at, FIRST_TREND_ROW, last)})" for name, at in SCORE.items()}
    _write_overall(book, given | sums)
    for number, section in enumerate(book.sections, 1):
        _write_trend(book, number, section, given)


def blank(book: Book, name: str) -> float | str:
    """What a figure of all trends together is while nothing is answered."""
    counted = any(_weight(book, section) for section in book.sections)
    return _blank(OVERALL[name].blank) if counted or name == "told" else ""


def _blank(value: float | str) -> float | str:
    """What is shown before a program works it out; a remark is a message."""
    return remarks()["too_little"].replace('""', '"') if value == TOO_LITTLE else value


def _weight(book: Book, section: Section) -> float:
    return float(book.questionnaire.trend_weight(section.trend, book.actor))


def _write_heads(book: Book) -> None:
    sheet = book.scores
    book.text(sheet, 0, 0, told(_("Scores"), title(book.questionnaire, book.actor, book.form)), "title")
    sheet.set_row(0, 24)
    titles = scores_shown()
    for name, column in SCORE.items():
        shown = name in titles
        look = "head" if name in WIDTHS else "figure head"
        book.text(sheet, SCORES_HEAD_ROW, column, titles.get(name, name), look)
        sheet.set_column(column, column, WIDTHS.get(name, WIDTH), None, {"hidden": not shown})
    sheet.freeze_panes(OVERALL_ROW, 1)
    sheet.print_area(0, 0, FIRST_TREND_ROW + len(book.sections), len(titles) - 1)


def _write_overall(book: Book, given: Mapping[str, str]) -> None:
    book.text(book.scores, OVERALL_ROW, SCORE["title"], _("All trends together"), "strong")
    book.text(book.scores, OVERALL_ROW, SCORE["weight"], "", "text")
    _write_number(book, OVERALL_ROW, "asked", len(book.items))
    for name, what in OVERALL.items():
        _calculate(book, OVERALL_ROW, name, what._replace(blank=blank(book, name)), given)


def _write_trend(book: Book, number: int, section: Section, given: Mapping[str, str]) -> None:
    row, weight = FIRST_TREND_ROW + number - 1, _weight(book, section)
    applies = sum(whole_numbers([item.weight_for(book.actor) for item in section.items]))
    blanks = {"applies": applies, "in_applies": weight, "in_high": 100 * weight}
    book.text(book.scores, row, SCORE["title"], section.trend.title, "text")
    for name, value in (("weight", weight), ("asked", len(section.items)), ("number", number)):
        _write_number(book, row, name, value)
    for name, what in TREND.items():
        _calculate(book, row, name, what._replace(blank=_blank(blanks.get(name, what.blank))), given)


def _write_number(book: Book, row: int, name: str, value: float) -> None:
    book.scores.write_number(row, SCORE[name], value, book.looks["number"])


def _calculate(book: Book, row: int, name: str, what: Calculated, given: Mapping[str, str]) -> None:
    """A column's formula in one row."""
    cells = {other: cell_name(row, column) for other, column in SCORE.items()}
    formula = what.formula.format(**cells, **given, **remarks())
    book.scores.write_formula(row, SCORE[name], formula, book.looks[what.look], what.blank)
