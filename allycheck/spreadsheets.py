"""Workbooks -> tables of text: what Excel, LibreOffice and survey platforms save as .xlsx or .ods."""

import re
import zlib
from collections.abc import Callable, Iterator
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from allycheck.errors import AllycheckError
from allycheck.language import _

if TYPE_CHECKING:
    from xlsxwriter import Workbook

LONGEST_CELL = 16_000
"""Characters that are written; Excel takes 32,767 units of UTF-16."""
_CREATED = datetime(2026, 1, 1)  # noqa: DTZ001 - a workbook knows no time zones
"""Written into every workbook, so that the same content gives the same bytes."""
MOST_CELLS = 1_000_000
_MOST_UNPACKED = 200_000_000
"""Bytes of XML in all; a file of 10 MB that is made to explode unpacks to a thousand times its size."""
_ATTRIBUTES = rb"""((?:[^>"']|"[^"]*"|'[^']*')*)"""
_ROW_OR_CELL = re.compile(rb"<(?:\w+:)?(row|c)\b" + _ATTRIBUTES + rb">")
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,3})([0-9]{1,7})["']""")
_ELEMENT = re.compile(rb"<(?:\w+:)?(table-row|table-cell|covered-table-cell)\b" + _ATTRIBUTES + rb">")
_SHEET_OF_ODS = re.compile(rb"<(?:\w+:)?table[\s>]")
_REPEATED = re.compile(rb"""number-(?:rows|columns)-repeated\s*=\s*["']([0-9]{1,9})["']""")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_XLSX = "EncryptedPackage".encode("utf-16-le")
_ENCRYPTED_ODS = b"<manifest:encryption-data"

Table = list[list[str]]
"""The rows of a sheet from its first cell on, each cell as text; an empty one is ""."""


def tables(content: bytes, name: str) -> dict[str, Table]:
    """Every sheet of a workbook by its name. `name` is the file as messages name it.

    Raises AllycheckError where it is no workbook, or where the extra that reads it is missing.
    """
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError as error:
        raise AllycheckError(_("a workbook, which can't be read yet"), name, _extra()) from error
    _refuse_old(content, name)
    checked = _repacked(content, name)
    try:
        book = CalamineWorkbook.from_filelike(checked)
        return {
            sheet: _table(book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)) for sheet in book.sheet_names
        }
    except CalamineError as error:
        raise AllycheckError(_("not a workbook that can be read"), name, _("save it as .xlsx or .ods")) from error


def written(fill: "Callable[[Workbook], None]", wanted: str) -> bytes:
    """A new workbook with what `fill` puts into it: the same bytes for the same content.

    Raises AllycheckError, naming the option that `wanted` it, where the extra that writes it is missing.
    """
    try:
        from xlsxwriter import Workbook
    except ImportError as error:
        raise AllycheckError(_("a workbook, which can't be written yet"), wanted, _extra()) from error
    content = BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"created": _CREATED})
        fill(book)
    return content.getvalue()


def _extra() -> str:
    return _("install the extra excel: {command}").format(command="pip install xlsxwriter python-calamine")


def cell_name(row: int, column: int) -> str:
    """A cell as spreadsheets name it: rows and columns count from 0, so (0, 27) is AB1."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


def _refuse_old(content: bytes, name: str) -> None:
    """Raise AllycheckError for what Excel wrote before .xlsx, and for the like that holds an encrypted workbook."""
    if content.startswith(_OLD) and _ENCRYPTED_XLSX in content:
        raise AllycheckError(*_protected(name))
    if content.startswith(_OLD):
        raise AllycheckError(_("a workbook of an old Excel (.xls)"), name, _("save it as .xlsx"))


def _protected(name: str) -> tuple[str, str, str]:
    return _("protected with a password, so it can't be read"), name, _("save it without one")


def _repacked(content: bytes, name: str) -> BytesIO:
    """The same workbook, packed by us, so that nothing in it can be larger than what was measured.

    Raises AllycheckError where the sheets would fill the memory, which could not be caught any more: two cells in
    opposite corners are enough for that, or one that is repeated.
    """
    packed, area, encrypted = BytesIO(), 0, False
    try:
        with ZipFile(BytesIO(content)) as archive, ZipFile(packed, "w") as again:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > _MOST_UNPACKED:
                raise AllycheckError(
                    _("unpacks to more than {size} MB").format(size=_MOST_UNPACKED // 1000000),
                    name,
                    _smaller(),
                )
            for entry in entries:
                part = archive.read(entry)
                if part.startswith(_UTF_16):
                    raise AllycheckError(_("not a workbook that can be read"), name, _("save it as .xlsx or .ods"))
                area += max(_area_of_xlsx(part), _area_of_ods(part))
                encrypted = encrypted or _ENCRYPTED_ODS in part
                again.writestr(entry.filename, part)
    except (BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, OSError, EOFError) as error:
        raise AllycheckError(_("not a workbook that can be read"), name, _("save it as .xlsx or .ods")) from error
    if encrypted:
        raise AllycheckError(*_protected(name))
    if area > MOST_CELLS:
        raise AllycheckError(_("spans more than {number} cells").format(number=MOST_CELLS), name, _smaller())
    packed.seek(0)
    return packed


def _smaller() -> str:
    return _("take away what stands far below or far to the right, or split it")


def _area_of_xlsx(part: bytes) -> int:
    """How many cells the sheet spans, from the first one on to the last that holds something."""
    rows, columns, row, column = 0, 0, 0, 0
    for found in _ROW_OR_CELL.finditer(part):
        place = _PLACE.search(found[2])
        if found[1] == b"row":
            row, column = int(place[2]) if place else row + 1, 0
            continue
        column = _column(place[1]) if place else column + 1
        if not found[2].endswith(b"/"):
            rows, columns = max(rows, int(place[2]) if place else row), max(columns, column)
    return rows * columns


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _area_of_ods(part: bytes) -> int:
    """The same of all sheets together, where rows and cells say how often they are repeated."""
    return sum(map(_area_of_ods_sheet, _SHEET_OF_ODS.split(part)))


def _area_of_ods_sheet(part: bytes) -> int:
    rows, columns, passed = 0, 0, 0
    for times, width in _rows_of_ods(part):
        passed += times
        rows, columns = (passed, max(columns, width)) if width else (rows, columns)
    return rows * columns


def _rows_of_ods(part: bytes) -> Iterator[tuple[int, int]]:
    """How often each row is repeated, and its width, up to the last cell that holds something."""
    times, width, passed = 0, 0, 0
    for found in _ELEMENT.finditer(part):
        repeated = _REPEATED.search(found[2])
        number = int(repeated[1]) if repeated else 1
        if found[1] == b"table-row":
            yield times, width
            times, width, passed = number, 0, 0
        else:
            passed += number
            width = width if found[2].endswith(b"/") else passed
    yield times, width


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
