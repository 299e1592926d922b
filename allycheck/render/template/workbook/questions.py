"""The table of questions: what is read and filled in, and hidden beside it what it is scored by."""

from itertools import groupby
from typing import Any

from allycheck.language import _
from allycheck.questionnaire import Indicator
from allycheck.render.document.layout import wrapped
from allycheck.render.template.workbook.book import FIRST_ROW, HEAD_ROW, LONGEST_TITLE, Book, cell_text
from allycheck.render.template.workbook.columns import ANCHORS, QUESTION, SAID, SHOWN, whole_numbers
from allycheck.spreadsheets import cell_name
from allycheck.text import commas
from allycheck.workbooks import CODE, KEY, PARTS, labelled

LONGEST_MESSAGE = 255
"""Characters that a message beside a cell may hold."""
WIDTHS = {"code": 6, "title": 14, "ask": 30, **dict.fromkeys(PARTS, 18), **dict.fromkeys(ANCHORS, 18), "answer": 9}
LINE_HEIGHT, TALLEST = 13, 400
"""Points; spreadsheets show no row of more than 409."""


def write_questions(book: Book) -> None:
    """The table with its lists to choose from."""
    sheet = book.questions
    _write_heads(book)
    row = FIRST_ROW
    for number, section in enumerate(book.sections, 1):
        weights = whole_numbers([item.weight_for(book.actor) for item in section.items])
        for item, weight in zip(section.items, weights, strict=True):
            _write_question(book, row, section.trend.title, item)
            _write_hidden(book, row, item, {"trend": number, "weight": weight, "reverse": int(item.reverse)})
            row += 1
    sheet.freeze_panes(FIRST_ROW, QUESTION["title"])
    sheet.autofilter(HEAD_ROW, 0, book.last_row, len(QUESTION) - 1)  # the hidden columns, too: they are sorted with it
    sheet.print_area(0, 0, book.last_row, len(SHOWN) - 1)
    _offer_answers(book)
    _mark_answers(book)


def _write_heads(book: Book) -> None:
    named = {"code": labelled(CODE), "title": _("Trend"), "ask": _("Question"), "key": KEY}
    heads = named | {part: labelled(label) for part, label in PARTS.items()} | _levels(book)
    for name, column in QUESTION.items():
        book.text(book.questions, HEAD_ROW, column, heads.get(name, name), "head")
        book.questions.set_column(column, column, WIDTHS.get(name), None, {"hidden": name not in SHOWN})
    book.questions.set_row(HEAD_ROW, 20)


def _levels(book: Book) -> dict[str, str]:
    """The levels, with their names unless a question has its best anchor first."""
    named = not any(item.reverse for item in book.items)
    levels = zip(ANCHORS, book.questionnaire.level_names, strict=True)
    return {level: f"{level} {entry.name}" if named else level for level, entry in levels}


def _write_question(book: Book, row: int, trend: str, item: Indicator) -> None:
    texts = {"code": item.code, "title": trend, "ask": item.ask, **dict(zip(ANCHORS, item.levels, strict=True))}
    for name, words in texts.items():
        book.text(book.questions, row, QUESTION[name], words, "strong" if name in {"code", "ask"} else "text")
    lines = max(len(wrapped(cell_text(words), WIDTHS[name] + 1)) for name, words in texts.items())
    book.questions.set_row(row, min(LINE_HEIGHT * lines + 4, TALLEST))
    for part in PARTS:
        book.questions.write_blank(row, QUESTION[part], None, book.looks["answer" if part == "answer" else "input"])


def _write_hidden(book: Book, row: int, item: Indicator, numbers: dict[str, float]) -> None:
    book.text(book.questions, row, QUESTION["key"], f"{item.code} {item.id}", "text")
    for name, value in numbers.items():
        book.questions.write_number(row, QUESTION[name], value)
    cells = {name: cell_name(row, column) for name, column in QUESTION.items()}
    for name, what in SAID.items():
        blank = numbers["weight"] if name == "applies" else what.blank
        book.questions.write_formula(row, QUESTION[name], what.formula.format(**cells), None, blank)


def _offer_answers(book: Book) -> None:
    """The list of each cell, with what the levels are called."""
    levels = cell_text(commas(_levels(book).values()))
    for na, group in groupby(enumerate(book.items, FIRST_ROW), key=lambda entry: entry[1].na):
        rows = [row for row, _ in group]
        offered = [*ANCHORS, "dk", *(["na"] if na else [])]
        more = commas(["", _("dk: don't know"), *([_("na: not applicable (say why)")] if na else [])])
        rule = {
            "validate": "list",
            "source": offered,
            "input_title": _("Answer")[:LONGEST_TITLE],
            "input_message": levels[: LONGEST_MESSAGE - len(more)] + more,
            "error_title": _("Not an answer")[:LONGEST_TITLE],
            "error_message": _("Choose one of {answers}, or leave it empty.").format(answers=commas(offered)),
        }
        book.questions.data_validation(rows[0], QUESTION["answer"], rows[-1], QUESTION["answer"], rule)


def _mark_answers(book: Book) -> None:
    """The chosen anchor stands out; what is no answer, or lacks its reason, is red."""
    said, reason = (f"${cell_name(FIRST_ROW, QUESTION[name])}" for name in ("said", "reason"))
    head = cell_name(HEAD_ROW, QUESTION["0"])
    level = f"LEFT({head[0]}${head[1:]},1)"
    known = f'AND(LEN({said})=1,ISNUMBER(FIND({said},"01234")))'
    _mark(book, ("0", "4"), f"={said}={level}", "chosen")
    _mark(book, ("answer", "answer"), f'=NOT(OR({said}="",{said}="dk",{said}="na",{known}))', "wrong")
    _mark(book, ("answer", "reason"), f'=AND({said}="na",LEN(TRIM({reason}))=0)', "wrong")


def _mark(book: Book, columns: tuple[str, str], where: str, look: str) -> None:
    left, right = (QUESTION[name] for name in columns)
    rule: dict[str, Any] = {"type": "formula", "criteria": where, "format": book.looks[look]}
    book.questions.conditional_format(FIRST_ROW, left, book.last_row, right, rule)
