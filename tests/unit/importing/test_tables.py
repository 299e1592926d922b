"""An export as a table: what is read, where each cell stands, and what is refused."""

import json

import pytest

from allycheck.errors import AllycheckError
from allycheck.importing.tables import Table, table


def cells(read: Table) -> list[list[str]]:
    return [read.headers, *(list(row.cells) for row in read.rows)]


def refusal(content: bytes | str, name: str = "e.csv") -> str:
    with pytest.raises(AllycheckError) as refused:
        table(content.encode() if isinstance(content, str) else content, name)
    return str(refused.value)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_is_read_whatever_its_delimiter_line_ends_and_unicode(delimiter: str, end: str, coding: str) -> None:
    text = end.join([delimiter.join(row) for row in [("a", "b"), ("é", '"1, 2; 3"'), ('"x""y"', "")]]) + end
    read = table(text.encode(coding), "e.csv")
    assert cells(read) == [["a", "b"], ["é", "1, 2; 3"], ['x"y', ""]]


def test_commas_in_headings_do_not_make_it_comma_separated() -> None:
    read = table(b"When;Who, what, when, where, why?\n1;2\n3;4, 5\n6\n", "e.csv")
    assert read.headers == ["When", "Who, what, when, where, why?"]
    assert [row.fault for row in read.rows] == ["", "", "has 1 cell, but there are 2 columns"]


def test_a_row_stands_on_the_line_where_it_begins() -> None:
    read = table(b'a,b\n1,"two\nlines"\n\n3,4\n', "e.csv")
    assert [read.place(row, 1) for row in range(2)] == ["e.csv:2", "e.csv:5"]


def test_a_ragged_row_is_a_fault_but_empty_cells_behind_the_last_column_are_not() -> None:
    read = table(b"a,b\n1,2,,\n1,2,3\n", "e.csv")
    assert [row.fault for row in read.rows] == ["", "has 3 cells, but there are 2 columns"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "e.csv: the export is empty; export it with its column headings"),
        ("\n\n", "e.csv: the export is empty; export it with its column headings"),
        (b"a,b\n1,\0\n", "e.csv: a binary file, not text; save it as CSV UTF-8, .xlsx or .json"),
        (b"\xd0\xcf\x11\xe0\0\0", "e.csv: a binary file, not text; save it as CSV UTF-8, .xlsx or .json"),
        ("a,b\n1,Zürich\n".encode("cp1252"), "e.csv:2:4: not UTF-8 text; save it as UTF-8"),
        ("a,b".encode("utf-16")[:-1], "e.csv: broken UTF-16 text; save it as CSV UTF-8, .xlsx or .json"),
        ("a\0".encode("utf-16"), "e.csv: a binary file, not text; save it as CSV UTF-8, .xlsx or .json"),
        ('a,b\n1,2\n3,"4\n5,6\n', ("e.csv:3: a quote is opened in this row and never closed; "
         "export it again, or correct the row")),
        ('a,b\n"1"x,2\n', "e.csv:2: a quote inside a cell is not doubled; export it again, or correct the row"),
        ("a,b\n" + "x" * 200_000, "e.csv:2: a cell of more than 131072 characters; export it again, or correct the row"),
        ("," * 1_000_001, "e.csv: more than 1000000 cells; split the export"),
    ],
)  # fmt: skip
def test_a_csv_that_can_not_be_read_says_why(content: bytes | str, said: str) -> None:
    assert refusal(content) == said


def test_json_may_hold_groups_and_lists() -> None:
    text = json.dumps([{"a": {"b": 1, "c": None}, "d": ["x", None, 2]}, {"e": True}])
    read = table(text.encode(), "e.json")
    assert cells(read) == [["a/b", "a/c", "d", "e"], ["1", "", "x\n2", ""], ["", "", "", "true"]]
    found = [read.place(0, None), read.place(0, 0), read.place(1, 3)]
    assert found == [f"e.json:1:{text.index(value) + 1}" for value in ('{"a"', "1", "true")]


def test_one_map_is_one_response() -> None:
    read = table(b'{"FC1": 2, "a": {"FC2": 3}}', "e.json")
    assert (cells(read), read.place(0, 1)) == ([["FC1", "a/FC2"], ["2", "3"]], "e.json:1:25")


@pytest.mark.parametrize("name", ["results", "value", "responses", "Data", "data"])
def test_json_may_have_its_list_inside_a_map(name: str) -> None:
    read = table(json.dumps({"count": 1, name: [{"a": 1}]}, indent=1).encode(), "e.json")
    assert (cells(read), read.place(0, 0)) == ([["a"], ["1"]], "e.json:5:9")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{}", "e.json: the export is empty; export it with its column headings"),
        ("[[]]", "e.json: the export is empty; export it with its column headings"),
        ('[{"a": 1, "a": 2}]', "e.json:1:11: 0.a: this key stands here twice; keep one of them"),
        ("[" * 50 + "]" * 50, "e.json:1:40: nested more than 40 deep"),
    ],
)
def test_a_json_that_can_not_be_read_says_why(text: str, said: str) -> None:
    assert refusal(text, "e.json") == said


def test_an_entry_of_a_json_list_that_is_no_map_is_a_fault_of_that_row() -> None:
    assert [row.fault for row in table(b'[{"a": 1}, 3]', "e.json").rows] == ["", "must be a map of answers"]


def test_json_with_a_column_of_its_own_in_every_entry_is_refused_before_it_fills_the_memory() -> None:
    text = json.dumps([{f"k{n}": 1} for n in range(2000)])
    assert refusal(text, "e.json") == "e.json: more than 1000000 cells; split the export"


def test_of_a_workbook_the_first_sheet_that_holds_anything_is_read(tmp_path) -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    with xlsxwriter.Workbook(tmp_path / "e.xlsx") as book:
        book.add_worksheet("Empty")
        sheet = book.add_worksheet("Answers")
        sheet.write_row(1, 1, ["a", "b"])
        sheet.write_row(2, 1, [2, "2"])
        sheet.write_formula(3, 1, "=1+2", None, 3)
    read = table((tmp_path / "e.xlsx").read_bytes(), "e.xlsx")
    assert [row[-2:] for row in cells(read)] == [["a", "b"], ["2", "2"], ["3", ""]]
    assert read.place(0, len(read.headers) - 1) == "e.xlsx:Answers!C3"


def test_a_file_that_only_begins_like_a_workbook_is_refused() -> None:
    assert "not a workbook that can be read" in refusal(b"PK\x03\x04nothing", "e.xlsx")
