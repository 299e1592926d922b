"""Workbooks as tables of text, and those that would fill the memory."""

import io
from collections.abc import Callable
from zipfile import ZipFile

import pytest

from allycheck.errors import AllycheckError
from allycheck.spreadsheets import tables

xlsxwriter = pytest.importorskip("xlsxwriter")
MANIFEST = (
    '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
)
NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)


def xlsx(*cells: tuple[int, int]) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        sheet.write_blank(1_048_575, 16_383, None, book.add_format({"bold": True}))
        for row, column in cells:
            sheet.write(row, column, "x")
    return content.getvalue()


def ods(rows: str) -> bytes:
    content = io.BytesIO()
    with ZipFile(content, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0"?><office:document-content {NAMESPACES}><office:body><office:spreadsheet>'
            f'<table:table table:name="S">{rows}</table:table></office:spreadsheet></office:body>'
            "</office:document-content>",
        )
    return content.getvalue()


def row(cells: str, times: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{times}">{cells}</table:table-row>'


def cell(text: str, times: int = 1) -> str:
    held = f' office:value-type="string"><text:p>{text}</text:p></table:table-cell>' if text else "/>"
    return f'<table:table-cell table:number-columns-repeated="{times}"{held}'


def test_what_is_only_formatted_takes_no_room() -> None:
    assert tables(xlsx((0, 0), (1, 1)), "a.xlsx")["Sheet1"][:2] == [["x", ""], ["", "x"]]
    sheet = row(cell("x") + cell("", 16_383)) + row(cell("", 16_384), 1_000_000)
    assert tables(ods(sheet), "a.ods") == {"S": [["x"]]}


def test_a_sheet_begins_anew_below_one_that_is_all_rows() -> None:
    """LibreOffice writes the rows of a sheet to the very last one, which holds nothing."""
    sheet = row(cell("x")) + row(cell("", 16_384), 1_048_575)
    content = ods(f'{sheet}</table:table><table:table table:name="T">{sheet}')
    assert tables(content, "a.ods") == {"S": [["x"]], "T": [["x"]]}


@pytest.mark.parametrize(
    "content",
    [
        xlsx((0, 0), (1_048_575, 16_383)),
        xlsx((200_000, 10), (0, 0)),
        ods(row(cell("x", 16_384), 1_000_000)),
        ods(row(cell("x")) + row(cell(""), 1_000_000) + row(cell("", 10_000) + cell("x"))),
    ],
)
def test_a_workbook_that_would_fill_the_memory_is_refused(content: bytes) -> None:
    with pytest.raises(AllycheckError, match="e: spans more than 1000000 cells; take away what stands far below"):
        tables(content, "e")


def packed_otherwise(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same workbook with one of its parts written otherwise."""
    again = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as archive, ZipFile(again, "w") as other:
        for name in archive.namelist():
            other.writestr(name, change(archive.read(name)) if name == part else archive.read(name))
    return again.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    "content",
    [
        packed_otherwise(xlsx((0, 0), (1_000_000, 1)), SHEET, lambda part: part.replace(b'"', b"'")),
        packed_otherwise(
            ods(row(cell("x", 16_384), 1_000_000)), "content.xml", lambda part: part.replace(b"table:", b"tisch:")
        ),
        packed_otherwise(
            xlsx((0, 0), (1_000_000, 1)), SHEET, lambda part: part.replace(b'r="B1000001"', b'r="b1000001"')
        ),
        packed_otherwise(xlsx((0, 0), (1_000_000, 1)), SHEET, lambda part: part.replace(b'r="', b'r = "')),
        packed_otherwise(xlsx((0, 0), (1_000_000, 1)), SHEET, lambda part: part.replace(b"<c r", b'<c x=">" r')),
    ],
    ids=["single quotes", "another prefix", "small letters", "blanks", "a bracket in an attribute"],
)
def test_other_ways_to_write_the_same_hide_nothing(content: bytes) -> None:
    with pytest.raises(AllycheckError, match="spans more than 1000000 cells"):
        tables(content, "e")


def test_a_sheet_in_utf_16_is_refused() -> None:
    hidden = packed_otherwise(xlsx((0, 0)), SHEET, lambda part: part.decode().encode("utf-16"))
    with pytest.raises(AllycheckError, match="not a workbook that can be read"):
        tables(hidden, "e")


def test_a_workbook_that_unpacks_to_too_much_is_refused() -> None:
    content = io.BytesIO()
    with ZipFile(content, "w", compression=8) as archive:
        archive.writestr("content.xml", b" " * 200_000_001)
    with pytest.raises(AllycheckError, match="e: unpacks to more than 200 MB"):
        tables(content.getvalue(), "e")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", ods("")[:300], b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(AllycheckError, match=r"e: not a workbook that can be read; save it as \.xlsx or \.ods"):
        tables(content, "e")


def test_an_encrypted_workbook_says_that_a_password_hides_it() -> None:
    content = io.BytesIO()
    with ZipFile(content, "w") as archive:
        archive.writestr("content.xml", b"\x93\x01")
        archive.writestr(
            "META-INF/manifest.xml", MANIFEST.replace("/>", "><manifest:encryption-data/></manifest:manifest>")
        )
    with pytest.raises(AllycheckError, match="e: protected with a password, so it can't be read; save it without one"):
        tables(content.getvalue(), "e")
