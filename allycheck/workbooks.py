"""A filled-in workbook -> plain values like those of YAML, each with its cell.

Only what people fill in is read, and what the workbook was made for: never the scores in it. Questions are known by
their hidden column and everything else by its label, wherever rows were moved to.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from allycheck.answers import DK, NA
from allycheck.errors import AllycheckError, Fault
from allycheck.fields import Plain
from allycheck.language import _, later, ngettext
from allycheck.reading import Source, is_workbook
from allycheck.spreadsheets import Table, cell_name, tables
from allycheck.text import listing, printable, shown

SHEET, SCORES = "Questions", "Scores"
INPUTS = {
    "organisation": later("Organisation"),
    "respondent": later("Respondent"),
    "alliances": later("Alliances"),
    "date": later("Date"),
    "note": later("Note"),
}
"""What people fill in above the questions, by its key in an answers file; each value stands right of its label."""
FIXED = {
    "questionnaire": later("Questionnaire"),
    "version": later("Version"),
    "actor": later("Actor"),
    "form": later("Form"),
}
"""What the workbook was made for, in the same way."""
ALWAYS = ("questionnaire", "form")
"""Without these labels it can't be said what the answers are to."""
PARTS = {
    "answer": later("Answer"),
    "reason": later("Reason"),
    "evidence": later("Evidence"),
    "comment": later("Comment"),
}
"""The columns that people fill in, by their key in an answers file."""
CODE, KEY = later("Code"), "Indicator"
"""The columns that say which question a row is: the code to read, and hidden the code again with the indicator's id."""
COLUMNS = {"code": CODE, **PARTS, "key": KEY}
_TEMPLATE = "allycheck template -o sheet.xlsx"
ENOUGH = 3
"""Columns that a row must name to be the head of the questions, also where some were deleted."""


BEHIND = " \u00b7 "
"""Between a label that is read back and its translation."""


def labelled(label: str) -> str:
    """A label as it is written: as it is read back, with its translation behind."""
    translated = _(label)
    return label if translated == label else f"{label}{BEHIND}{translated}"


def _label(cell: str) -> str:
    """What a cell says, without the translation behind."""
    return cell.partition(BEHIND)[0].strip()


class Row(NamedTuple):
    """One row of the questions: its place in the sheet, counted from 0, and what stands in the columns by their key."""

    number: int
    cells: dict[str, str]

    @property
    def filled_in(self) -> list[str]:
        """The columns that somebody wrote into."""
        return [part for part in PARTS if self.cells[part]]


class Grid(NamedTuple):
    """The sheet that holds the questions. `name` begins its places, `head` is the row of titles."""

    name: str
    table: Table
    head: int

    def where(self, row: int, column: int) -> str:
        """A cell as messages name it."""
        return f"{self.name}!{cell_name(row, column)}"

    def text(self, row: int, column: int) -> str:
        """What stands in a cell, without blanks around it."""
        cells = self.table[row]
        return cells[column].strip() if column < len(cells) else ""


def read_workbook(content: bytes, name: str) -> Source:
    """The answers of a workbook from `allycheck template`. `name` is the file as messages name it.

    Raises AllycheckError where it is none, where it can't be read, or where columns are gone that say what is what.
    """
    grid = _grid(tables(content, name), name)
    columns = _columns(grid)
    source = Source(name, {}, None)
    _read_about(grid, source)
    _read_answers(grid, columns, source)
    return source


def holds_answers(content: bytes, path: str) -> bool:
    """Whether a workbook has questions to fill in; also where it should be one by its name and can't be read."""
    try:
        return any(_head(table) is not None for table in tables(content, path).values())
    except AllycheckError:
        return is_workbook(path)


def _grid(sheets: dict[str, Table], name: str) -> Grid:
    found = {sheet: head for sheet, table in sheets.items() if (head := _head(table)) is not None}
    if not found:
        hint = _(
            "start one with: allycheck template -o sheet.xlsx; exports of survey platforms go to: allycheck import"
        )
        raise AllycheckError(_("no sheet holds the questions of allycheck template"), name, hint)
    if len(found) > 1:
        what = ngettext("{number} sheet holds answers: {sheets}", "{number} sheets hold answers: {sheets}", len(found))
        what = what.format(number=len(found), sheets=listing(map(printable, found)))
        raise AllycheckError(what, name, _("keep one in a file"))
    [(sheet, head)] = found.items()
    return Grid(f"{name}:{printable(sheet)}", sheets[sheet], head)


def _head(table: Table) -> int | None:
    titles = set(COLUMNS.values())
    rows = enumerate(table)
    return next((row for row, cells in rows if len(titles.intersection(map(_label, cells))) >= ENOUGH), None)


def _columns(grid: Grid) -> dict[str, int]:
    """The place of each column by its key. Raises AllycheckError with those that are gone or there twice."""
    titles = [_label(cell) for cell in grid.table[grid.head]]
    where = f"{grid.name}!{grid.head + 1}"
    gone = [title for title in COLUMNS.values() if title not in titles]
    faults = [Fault(_("the column {title} is gone").format(title=title), hint=_undo(), where=where) for title in gone]
    for title in COLUMNS.values():
        if titles.count(title) > 1:
            again = grid.where(grid.head, len(titles) - 1 - titles[::-1].index(title))
            faults.append(
                Fault(
                    _("another column is called {title}").format(title=title),
                    hint=_("give it another name"),
                    where=again,
                )
            )
    if faults:
        raise AllycheckError(faults)
    return {key: titles.index(title) for key, title in COLUMNS.items()}


def _read_about(grid: Grid, source: Source) -> None:
    """What stands right of the labels. Blank cells are left out."""
    found = _labelled(grid)
    for key, label in (FIXED | INPUTS).items():
        if label not in found:
            if key in ALWAYS:
                source.faults.append(
                    Fault(_("the label {label} is gone").format(label=label), hint=_undo(), where=grid.name)
                )
            continue
        place = found[label]
        source.cells[key,] = grid.where(*place)
        if text := grid.text(*place):
            source.data[key] = _names(text) if key == "alliances" else Plain(text)


def _labelled(grid: Grid) -> dict[str, tuple[int, int]]:
    """The cell right of each label above the questions; the last one counts, since a title may be called like one."""
    labels = {*FIXED.values(), *INPUTS.values()}
    found = {}
    for row, cells in enumerate(grid.table[: grid.head]):
        column = 0
        while column < len(cells):
            if (label := _label(cells[column])) in labels:
                column += 1  # a value is no label, whatever it says
                found[label] = (row, column)
            column += 1
    return found


def _undo() -> str:
    return _("undo that, or copy what was filled in to a new one: {command}").format(command=_TEMPLATE)


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.replace("\n", ";").split(";") if name.strip()]


def _read_answers(grid: Grid, columns: dict[str, int], source: Source) -> None:
    answers: dict[str, Any] = {}
    source.data["answers"] = answers
    for row in _rows(grid, columns):
        code, _, name = row.cells["key"].partition(" ")
        if fault := _fault(row, code, name, answers):
            at = "code" if row.cells["key"] else row.filled_in[0]
            source.faults.append(replace(fault, where=grid.where(row.number, columns[at])))
            continue
        answers[name] = _answer(row)
        source.cells["answers", name] = grid.where(row.number, columns["answer"])
        for part in PARTS:
            source.cells["answers", name, part] = grid.where(row.number, columns[part])


def _rows(grid: Grid, columns: dict[str, int]) -> Iterator[Row]:
    """Every row below the head that is a question, or that somebody wrote into."""
    for number in range(grid.head + 1, len(grid.table)):
        row = Row(number, {key: grid.text(number, column) for key, column in columns.items()})
        if row.cells["key"] or row.filled_in:
            yield row


def _fault(row: Row, code: str, name: str, known: dict[str, Any]) -> Fault | None:
    if not row.cells["key"]:
        return Fault(_("this stands beside no question"), hint=_("move it into the row of its question, or clear it"))
    if not name or row.cells["code"] != code:
        what = _("this row is {code} in its hidden column {key}").format(code=shown(code), key=KEY)
        hint = _(
            "sort whole rows, hidden columns with them, or copy what was filled in to a new one: {command}"
        ).format(command=_TEMPLATE)
        return Fault(what, hint=hint)
    return (
        Fault(_("{code} stands here twice").format(code=shown(code)), hint=_("keep one of the rows"))
        if name in known
        else None
    )


def _answer(row: Row) -> Any:
    """An answer as a file has it: the value alone, or a map where more is noted."""
    said = {part: row.cells[part] for part in row.filled_in}
    if "answer" in said:
        word = said["answer"].lower()
        said["answer"] = Plain(word if word in {NA, DK} else said["answer"])
    return said.get("answer") if said.keys() <= {"answer"} else said
