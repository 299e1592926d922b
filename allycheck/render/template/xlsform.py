"""An XLSForm, the workbook that ODK and KoboToolbox make a form of: a page for each trend, answers by their codes."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from allycheck.columns import UNDERSCORED, Column, columns
from allycheck.questionnaire import Form, Indicator, Questionnaire
from allycheck.render.template.asked import sections
from allycheck.render.template.surveys import (
    about_asked,
    about_title,
    as_text,
    choices,
    comment,
    evidence,
    heading,
    identity,
    language_named,
    notes_asked,
    notes_choices,
    question,
    reason,
    title,
)
from allycheck.spreadsheets import LONGEST_CELL, written

if TYPE_CHECKING:
    from xlsxwriter import Workbook

Row = dict[str, str]


def template(questionnaire: Questionnaire, actor: str, form: Form) -> bytes:
    """The workbook for one actor type and form. Raises AllycheckError where the extra that writes it is missing.

    A translator adds a column for each other language beside those that end in this one.
    """

    def fill(book: "Workbook") -> None:
        _write(book, "survey", list(_survey(questionnaire, actor, form)))
        _write(book, "choices", list(_choices(questionnaire, actor, form)))
        _write(book, "settings", [_settings(questionnaire, actor, form)])

    return written(fill, "--format xlsform")


def _write(book: "Workbook", name: str, rows: list[Row]) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    head = list(dict.fromkeys(key for row in rows for key in row))
    for place, key in enumerate(head):
        sheet.write_string(0, place, key, book.add_format({"bold": True}))
        sheet.set_column(place, place, 60 if "::" in key else 24)
    for number, row in enumerate(rows, 1):
        for key, value in row.items():
            sheet.write_string(number, head.index(key), value[:LONGEST_CELL])


def _row(kind: str, name: str, label: str = "", hint: str = "", **more: str) -> Row:
    language = language_named()
    texts = {f"label::{language}": as_text(label), f"hint::{language}": as_text(hint)}
    return {"type": kind, "name": name} | {key: text for key, text in (texts | more).items() if text}


def _survey(questionnaire: Questionnaire, actor: str, form: Form) -> Iterator[Row]:
    names = columns(questionnaire, UNDERSCORED)
    for name, value in identity(questionnaire, actor, form).items():
        yield _row("calculate", name, calculation=f"'{value}'")
    yield from _about(questionnaire)
    for trend, items in sections(questionnaire, actor, form):
        group = names.groups[trend.id]
        yield _row("begin_group", group, heading(trend), appearance="field-list")
        for item in items:
            yield from _question(item, names.questions[item.id])
        yield {"type": "end_group"}


def _about(questionnaire: Questionnaire) -> Iterator[Row]:
    yield _row("begin_group", "about", about_title(), appearance="field-list")
    if questionnaire.instructions.strip():
        yield _row("note", "instructions", questionnaire.instructions)
    for name, asked in about_asked().items():
        yield _row("date" if name == "date" else "text", name, asked.text, asked.hint)
    yield _row("select_one notes", "notes", *notes_asked())
    yield {"type": "end_group"}


def _question(item: Indicator, names: Column) -> Iterator[Row]:
    yield _row(f"select_one {names.answer}", names.answer, question(item))
    if item.na:
        yield _row("text", names.reason, reason(item), relevant=f"${{{names.answer}}} = 'na'")
    noted = {"relevant": f"${{notes}} = 'yes' and ${{{names.answer}}} != ''", "appearance": "multiline"}
    yield _row("text", names.evidence, *evidence(item), **noted)
    yield _row("text", names.comment, comment(item), **noted)


def _choices(questionnaire: Questionnaire, actor: str, form: Form) -> Iterator[Row]:
    names = columns(questionnaire, UNDERSCORED)
    lists = {
        names.questions[item.id].answer: choices(item)
        for section in sections(questionnaire, actor, form)
        for item in section.items
    }
    for name, entries in ({"notes": notes_choices()} | lists).items():
        for value, text in entries:
            yield {"list_name": name, "name": value, f"label::{language_named()}": as_text(text)}


def _settings(questionnaire: Questionnaire, actor: str, form: Form) -> Row:
    return {
        "form_title": as_text(title(questionnaire, actor, form)),
        "form_id": "-".join(part for part in (questionnaire.id, actor, form) if part),
        "version": questionnaire.version,
        "default_language": language_named(),
        "style": "pages",
    }
