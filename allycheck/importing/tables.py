"""An export as a table of text, each cell of which can say where it stands: CSV, JSON, .xlsx or .ods."""

import codecs
import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import PurePath
from typing import Any, NamedTuple

from allycheck.errors import AllycheckError, Fault, Loc
from allycheck.language import _, later, ngettext
from allycheck.reading import Source, decode, parse_json
from allycheck.spreadsheets import MOST_CELLS, cell_name, tables

_AS_UTF8 = later("save it as CSV UTF-8, .xlsx or .json")
DELIMITERS = ",;\t"
_SAMPLE = 20
"""Rows that say which delimiter it is."""
_LISTS = ("results", "value", "responses", "Data", "data")
"""Where the list of answers stands in a JSON export that is a map: Kobo, ODK Central, LimeSurvey, SurveyJS."""
_ZIP = b"PK\x03\x04"
_JSON = re.compile(r"\s*[\[{]")


class Row(NamedTuple):
    """One response: a cell for each header, "" where it has none, and what is wrong with the row as a whole."""

    cells: Sequence[str]
    fault: str = ""


class Table(NamedTuple):
    """An export. `place` prints where a row (counted from 0) stands, or, with a column, one of its cells."""

    name: str
    headers: list[str]
    rows: list[Row]
    place: Callable[[int, int | None], str]
    is_json: bool = False


def table(content: bytes, name: str) -> Table:
    """The table of an export, whose kind its content tells. `name` is the file as messages name it.

    Raises AllycheckError where it can't be read as one.
    """
    if content.startswith(_ZIP):
        return _of_workbook(content, name)
    text = _text(content, name)
    if _JSON.match(text) and PurePath(name).suffix.lower() not in {".csv", ".tsv", ".txt"}:
        return _of_json(text, name)
    return _of_csv(text, name)


def _text(content: bytes, name: str) -> str:
    """The text; Excel saves "Unicode text" as UTF-16, which its first two bytes tell."""
    if not content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        if b"\0" in content:
            raise AllycheckError(_("a binary file, not text"), name, _(_AS_UTF8))
        return decode(content, name)
    try:
        text = content.decode("utf-16")
    except UnicodeDecodeError as error:
        raise AllycheckError(_("broken UTF-16 text"), name, _(_AS_UTF8)) from error
    if "\0" in text:
        raise AllycheckError(_("a binary file, not text"), name, _(_AS_UTF8))
    return text


def _of_csv(text: str, name: str) -> Table:
    records = list(_records(text, _delimiter(text), name))
    if not records:
        raise _empty(name)
    (_, headers), *body = records
    _limit(sum(len(cells) for _, cells in records), name)
    lines = [line for line, _ in body]
    rows = [_row(cells, len(headers)) for _, cells in body]
    return Table(name, headers, rows, lambda row, _: f"{name}:{lines[row]}")


def _row(cells: list[str], width: int) -> Row:
    if len(cells) == width or (len(cells) > width and not any(cells[width:])):
        return Row(cells[:width])
    what = ngettext(
        "has {number} cell, but there are {columns}", "has {number} cells, but there are {columns}", len(cells)
    )
    columns = ngettext("{number} column", "{number} columns", width).format(number=width)
    return Row([""] * width, what.format(number=len(cells), columns=columns))


def _records(text: str, delimiter: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Each record that is not a blank line, with the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if cells:
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise AllycheckError(
            _in_our_words(str(error)), f"{name}:{line}", _("export it again, or correct the row")
        ) from error


def _in_our_words(message: str) -> str:
    if "end of data" in message:
        return _("a quote is opened in this row and never closed")
    if "field limit" in message:
        return _("a cell of more than {number} characters").format(number=csv.field_size_limit())
    return _("a quote inside a cell is not doubled")


def _delimiter(text: str) -> str:
    """The delimiter with which most of the first rows are as wide as the header; then the widest, then the comma."""

    def fit(delimiter: str) -> tuple[bool, int, int]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        try:
            widths = [len(cells) for cells in islice(reader, _SAMPLE) if cells]
        except csv.Error:
            widths = []
        width = widths[0] if widths else 0
        return width > 1, widths.count(width), width

    return max(DELIMITERS, key=fit)


def _of_workbook(content: bytes, name: str) -> Table:
    """The first sheet that holds anything; its first row that does has the headers."""
    for sheet, rows in tables(content, name).items():
        first = next((n for n, cells in enumerate(rows) if any(cells)), None)
        if first is not None:
            _limit(sum(map(len, rows)), name)
            where = _in_sheet(f"{name}:{sheet}!", first + 1)
            return Table(name, rows[first], [Row(cells) for cells in rows[first + 1 :]], where)
    raise _empty(name)


def _in_sheet(sheet: str, first: int) -> Callable[[int, int | None], str]:
    def place(row: int, column: int | None) -> str:
        return sheet + (str(first + row + 1) if column is None else cell_name(first + row, column))

    return place


def _of_json(text: str, name: str) -> Table:
    source = parse_json(text, name)
    if source.faults:
        raise AllycheckError([source.place(fault) for fault in source.faults])
    entries = _entries(source)
    leaves = [dict(_leaves(entry)) if isinstance(entry, dict) else {} for _, entry in entries]
    paths = list(dict.fromkeys(path for found in leaves for path in found))
    if not paths:
        raise _empty(name)
    _limit(len(paths) * len(leaves), name)
    rows = [
        Row([found.get(path, "") for path in paths], "" if isinstance(entry, dict) else _("must be a map of answers"))
        for (_loc, entry), found in zip(entries, leaves, strict=True)
    ]

    def place(row: int, column: int | None) -> str:
        return source.place(Fault("", (*entries[row][0], *(paths[column] if column is not None else ())))).where

    return Table(name, ["/".join(path) for path in paths], rows, place, is_json=True)


def _entries(source: Source) -> list[tuple[Loc, Any]]:
    """The responses, each with the path to it; a map that holds no list of them is one response."""
    data = source.data
    if isinstance(data, dict):
        above = next((name for name in _LISTS if isinstance(data.get(name), list)), None)
        return [((), data)] if above is None else [((above, n), entry) for n, entry in enumerate(data[above])]
    return [((n,), entry) for n, entry in enumerate(data)]


def _leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every value with the keys that lead to it: groups are maps inside maps."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, (*path, key))
    else:
        yield path, _flat(value)


def _flat(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(entry if isinstance(entry, str) else json.dumps(entry) for entry in value if entry is not None)
    return "" if value is None else str(value)


def _limit(cells: int, name: str) -> None:
    if cells > MOST_CELLS:
        what = ngettext("more than {number} cell", "more than {number} cells", MOST_CELLS).format(number=MOST_CELLS)
        raise AllycheckError(what, name, _("split the export"))


def _empty(name: str) -> AllycheckError:
    return AllycheckError(_("the export is empty"), name, _("export it with its column headings"))
