"""Above the questions: how to answer, what the answers are about, and the figures of all trends together."""

from allycheck.language import _
from allycheck.render.template.surveys import identity, title
from allycheck.render.template.workbook.book import ABOUT_ROW, HEAD_ROW, LONGEST_TITLE, Book
from allycheck.render.template.workbook.columns import OVERALL, QUESTION, SCORE, SHOWN
from allycheck.render.template.workbook.scores import OVERALL_ROW, blank
from allycheck.spreadsheets import cell_name
from allycheck.workbooks import FIXED, INPUTS, SCORES, labelled

ROW_HEIGHT = 16
"""Points; all of these rows stay in the window, so they are few and low."""


def _hints() -> dict[str, str]:
    return {
        "respondent": _("A name or a role; it can be left out."),
        "alliances": _("One to three names, separated by semicolons."),
        "date": _("The day of the answers, as YYYY-MM-DD."),
    }


def _aside() -> dict[str, str]:
    return {
        "score": _("Score"),
        "low": _("Range from"),
        "high": _("Range to"),
        "coverage": _("Known"),
        "told": _("Answered"),
    }


def write_about(book: Book) -> None:
    """Everything above the table."""
    sheet = book.questions
    book.text(sheet, 0, 0, title(book.questionnaire, book.actor, book.form), "title")
    sheet.set_row(0, 24)
    for row in range(ABOUT_ROW, HEAD_ROW):
        sheet.set_row(row, ROW_HEIGHT)
    sheet.merge_range(ABOUT_ROW, QUESTION["4"], HEAD_ROW - 1, len(SHOWN) - 1, "", book.looks["intro"])
    book.text(sheet, ABOUT_ROW, QUESTION["4"], f"{book.questionnaire.instructions} {_how(book)}", "intro")
    _write_inputs(book)
    _write_fixed(book)
    _write_figures(book)


def _how(book: Book) -> str:
    if any(item.na for item in book.items):
        return _(
            "Fill in the yellow cells. Answer with 0 to 4, dk (don't know), na (not applicable, with a reason); leave "
            "open what is undecided."
        )
    return _("Fill in the yellow cells. Answer with 0 to 4, dk (don't know); leave open what is undecided.")


def _write_inputs(book: Book) -> None:
    hints = _hints()
    for row, (key, label) in enumerate(INPUTS.items(), ABOUT_ROW):
        book.text(book.questions, row, QUESTION["title"], labelled(label), "label")
        book.questions.write_blank(row, QUESTION["ask"], None, book.looks["date" if key == "date" else "about"])
        if key in hints:
            message = {"validate": "any", "input_title": _(label)[:LONGEST_TITLE], "input_message": hints[key]}
            book.questions.data_validation(row, QUESTION["ask"], row, QUESTION["ask"], message)


def _write_fixed(book: Book) -> None:
    values = identity(book.questionnaire, book.actor, book.form)
    for row, (key, value) in enumerate(values.items(), ABOUT_ROW):
        book.text(book.questions, row, QUESTION["0"], labelled(FIXED[key]), "label")
        book.text(book.questions, row, QUESTION["1"], value, "fixed")


def _write_figures(book: Book) -> None:
    for row, (name, label) in enumerate(_aside().items(), ABOUT_ROW):
        book.text(book.questions, row, QUESTION["2"], label, "label")
        figure, what = f"{SCORES}!{cell_name(OVERALL_ROW, SCORE[name])}", OVERALL[name]
        formula = f'=IF({figure}="","",{figure})'
        look = book.looks["told" if name == "told" else what.look]
        book.questions.write_formula(row, QUESTION["3"], formula, look, blank(book, name))
