"""Workbooks -> tables of text: what Excel, LibreOffice and survey platforms save as .xlsx or .ods."""

from datetime import date, datetime
from io import BytesIO
from pathlib import PurePath
from typing import Any

from allycheck.errors import AllycheckError

SUFFIXES = (".xlsx", ".ods")
EXTRA = "install what reads and writes workbooks: pip install 'allycheck[excel]'"

Table = list[list[str]]
"""The rows of a sheet from its first cell on, each cell as text; an empty one is ""."""


def is_workbook(path: str) -> bool:
    """Whether a file is a workbook by its name."""
    return PurePath(path).suffix.lower() in SUFFIXES


def tables(content: bytes, name: str) -> dict[str, Table]:
    """Every sheet of a workbook by its name. `name` is the file as messages name it.

    Raises AllycheckError where it is no workbook, or where the extra that reads it is missing.
    """
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError as error:
        raise AllycheckError("a workbook, which can't be read yet", name, EXTRA) from error
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        return {
            sheet: _table(book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)) for sheet in book.sheet_names
        }
    except CalamineError as error:
        raise AllycheckError("not a workbook that can be read", name, "save it as .xlsx or .ods") from error


def cell_name(row: int, column: int) -> str:
    """A cell as spreadsheets name it: rows and columns count from 0, so (0, 27) is AB1."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


def _table(rows: list[list[Any]]) -> Table:
    return [[_text(value) for value in row] for row in rows]


def _text(value: Any) -> str:
    """A cell as it was meant: the number 2 and the text "2" are the same."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and not any((value.hour, value.minute, value.second, value.microsecond)):
        return value.date().isoformat()
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)
