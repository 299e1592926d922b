"""A page as PDF: tagged and archivable, the same bytes, whatever stands in names, and in a house's own style."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from allycheck.errors import AllycheckError
from allycheck.render.document.model import Bar, Page, Section, Table
from allycheck.render.document.pdf import as_data, pdf
from allycheck.render.look import House, Look
from tests.papers import COMMANDS, HOSTILE, LETTERS, ROOT, TITLES, made, sheet, written

pypdf = pytest.importorskip("pypdf")
pdfua = pytest.importorskip("pdfua")
pytest.importorskip("typst")
NO_DATE = "20260101"
DATES = {"report": "20261109", "brief": "20261109", "plan": "20261109"}
IMPORTING = '#import "@local/allycheck:1.0.0": allycheck, data\n'


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pdf")
    paths = {name: folder / f"{name}.pdf" for name in COMMANDS}
    for name, path in paths.items():
        made(name, path)
    return paths


def elements(node: Any) -> Iterator[Any]:
    """Every element of a structure tree."""
    node = node.get_object()
    if isinstance(node, list):
        for kid in node:
            yield from elements(kid)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node["/K"])


def kinds(path: Path) -> list[str]:
    tree = pypdf.PdfReader(path).trailer["/Root"]["/StructTreeRoot"]
    roles = tree.get("/RoleMap", {})
    return [str(roles.get(one["/S"], one["/S"])) for one in elements(tree["/K"])]


def texts(path: Path) -> list[str]:
    """What each sheet says, on one line."""
    return [" ".join(sheet.extract_text().split()) for sheet in pypdf.PdfReader(path).pages]


def outline(path: Path) -> list[str]:
    """The titles of the sections, as a reader of the file shows them at its side."""
    return [str(one["/Title"]) for one in pypdf.PdfReader(path).outline if not isinstance(one, list)]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_checker_of_pdf_ua_finds_nothing(name: str, files: dict[str, Path]) -> None:
    assert pdfua.validate(str(files[name])).findings == ()


@pytest.mark.parametrize("name", COMMANDS)
def test_it_says_what_it_is_and_in_which_language(name: str, files: dict[str, Path]) -> None:
    reader = pypdf.PdfReader(files[name])
    root = reader.trailer["/Root"]
    metadata = root["/Metadata"].get_object().get_data().decode("utf-8")
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == TITLES[name]
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in metadata


@pytest.mark.parametrize("name", COMMANDS)
def test_headings_lists_and_tables_are_tagged_as_such(name: str, files: dict[str, Path]) -> None:
    found = kinds(files[name])
    assert found.count("/H1") >= len(outline(files[name])) > 0
    assert {"/Table", "/TR", "/TH", "/TD"} <= set(found)
    assert name == "brief" or {"/L", "/LI", "/LBody"} <= set(found)
    assert "/Figure" not in found  # bars are no part of the text: what they show stands beside them in figures


@pytest.mark.parametrize("name", COMMANDS)
def test_the_paper_is_a4_and_every_font_lies_in_the_file(name: str, files: dict[str, Path]) -> None:
    for one in pypdf.PdfReader(files[name]).pages:
        assert [round(float(edge)) for edge in one.mediabox] == [0, 0, 595, 842]
        for font in one["/Resources"]["/Font"].values():
            described = font["/DescendantFonts"][0]["/FontDescriptor"]
            assert {"/FontFile2", "/FontFile3"} & set(described)


def test_the_first_sheet_is_the_page_that_a_board_reads(files: dict[str, Path]) -> None:
    first, second, *_others = texts(files["report"])
    for title in ("What keeps Practised away", "Holes: critical", "Do first", "Answers to recheck", "What to find out"):
        assert title in first
    assert "Where you stand" not in first
    assert second.startswith("Northwind Cells (joint venture) Contents What keeps Practised away")
    assert len(texts(files["brief"])) == 1


@pytest.mark.parametrize("name", COMMANDS)
def test_every_sheet_has_its_number(name: str, files: dict[str, Path]) -> None:
    sheets = texts(files[name])
    assert all(f"Page {at} of {len(sheets)}" in one for at, one in enumerate(sheets, 1))


@pytest.mark.parametrize("name", COMMANDS)
def test_it_bears_the_date_of_the_answers_and_the_same_bytes(name: str, files: dict[str, Path], tmp_path: Path) -> None:
    content = files[name].read_bytes()
    assert made(name, tmp_path / "again.pdf") == content
    assert pypdf.PdfReader(files[name]).metadata["/CreationDate"].startswith(f"D:{DATES.get(name, NO_DATE)}")


def test_neither_time_nor_place_changes_a_byte(files: dict[str, Path], tmp_path: Path) -> None:
    settings = {
        "TZ": "Asia/Tokyo",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "7",
        "SOURCE_DATE_EPOCH": "1",
        "HOME": str(tmp_path),
    }
    command = [sys.executable, "-m", "allycheck", *COMMANDS["report"], "--format", "pdf"]
    done = subprocess.run(command, capture_output=True, check=True, cwd=ROOT, env=os.environ | settings)
    assert done.stdout == files["report"].read_bytes()


@pytest.mark.parametrize("command", [["report"], ["plan", "--target", "50"], ["coalition"]])
def test_what_a_user_wrote_stays_text(command: list[str], tmp_path: Path) -> None:
    path = tmp_path / "result.pdf"
    done = written(command[0], sheet(tmp_path, HOSTILE), *command[1:], "-o", str(path))
    assert (done.exit_code, "warning: no font" in done.output) == (0, False), done.output
    assert HOSTILE in pypdf.PdfReader(path).metadata.title
    whole = "".join("".join(texts(path)).split())
    assert "".join(HOSTILE.split()) in whole
    assert pdfua.validate(str(path)).findings == ()


def page(*words: str) -> Page:
    return Page("Words", "", [], [Section("All", words)])


def test_latin_greek_and_cyrillic_need_no_font_of_the_machine(tmp_path: Path) -> None:
    said: list[str] = []
    (tmp_path / "a.pdf").write_bytes(pdf(page(LETTERS), Look(warn=said.append, house=House(fonts=str(tmp_path)))))
    assert said == []
    assert LETTERS in texts(tmp_path / "a.pdf")[0]


def test_letters_that_no_font_has_are_named_and_marked(tmp_path: Path) -> None:
    """The house's fonts alone count, of which an empty folder has none; each letter is named once."""
    said: list[str] = []
    look = Look(warn=said.append, house=House(fonts=str(tmp_path)))
    (tmp_path / "a.pdf").write_bytes(pdf(page("Port 東京 and 東 once more"), look))
    [warning] = said
    assert warning.startswith("no font has 京 (U+4EAC) and 東 (U+6771), for which the PDF shows \ufffd; name a folder")
    assert "Port \ufffd\ufffd and \ufffd once more" in texts(tmp_path / "a.pdf")[0]
    assert pdfua.validate(str(tmp_path / "a.pdf")).findings == ()


def test_a_word_without_an_end_stays_on_the_paper(tmp_path: Path) -> None:
    """Of 3000 letters a sheet holds a part only: the rest goes on below, where it could run out at the side."""
    table = Table(["What", "How"], [["W" * 3000, "much"]], "Lr")
    (tmp_path / "a.pdf").write_bytes(pdf(Page("Words", "", ["i" * 3000], [Section("All", [table])]), Look()))
    assert sum(one.count("W" * 20) for one in texts(tmp_path / "a.pdf")) > 20


def test_the_template_gets_texts_and_names_of_kinds_alone() -> None:
    bar = Bar(40.0, 30.0, 50.0, "fair")
    table = Table(
        ["", "Share", "Shown", "Empty"], [["*one*", "81.5", bar, ""]], "LhbL", notes=[["#note"]], blank=["Who"]
    )
    data = as_data(Page("Report", "$x$", [], [Section("S", [table])]))
    assert (data["kind"], data["name"], data["date"]) == ("Report", "$x$", [2026, 1, 1])
    found, legend = data["sections"][0]["parts"]
    assert [column["letter"] for column in found["columns"]] == ["L", "h", "b", "_"]
    assert found["rows"] == [
        {
            "cells": [
                {"kind": "text", "text": "*one*", "shade": None},
                {"kind": "text", "text": "81.5", "shade": 4},
                {"kind": "bar", "score": 40.0, "low": 30.0, "high": 50.0, "style": "fair", "spread": False},
            ],
            "notes": [{"kind": "paragraph", "text": "#note"}],
        }
    ]
    assert legend["text"] == "A full bar is certain; an outline is possible, depending on what is not known."


# A house style


def test_a_house_style_draws_the_same_page_with_its_own_looks(files: dict[str, Path], tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 1"/>', encoding="utf-8")
    style = '#allycheck(font: "New Computer Modern", accent: rgb("#7a1f2b"), logo: image("logo.svg", alt: "Our house"))'
    (tmp_path / "house.typ").write_text(IMPORTING + style, encoding="utf-8")
    made("plan", tmp_path / "plan.pdf", "--template", str(tmp_path / "house.typ"))
    assert outline(tmp_path / "plan.pdf") == outline(files["plan"])
    assert kinds(tmp_path / "plan.pdf").count("/Figure") == 1
    assert pdfua.validate(str(tmp_path / "plan.pdf")).findings == ()


def test_a_template_of_its_own_gets_the_page_as_data(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts/end.typ").write_text('#let end = "That was all."', encoding="utf-8")
    (tmp_path / "own.typ").write_text(
        f'{IMPORTING}#import "parts/end.typ": end\n'
        "#set document(title: data.title, date: datetime(year: 2026, month: 1, day: 2))\n"
        '#set text(lang: "en")\n#title()\nOur page on #data.name, #data.sections.len() sections. #end',
        encoding="utf-8",
    )
    made("cohort", tmp_path / "own.pdf", "--template", str(tmp_path / "own.typ"))
    [said] = texts(tmp_path / "own.pdf")
    assert "Our page on Alliance readiness 2.0, 9 sections. That was all." in said


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("#let x = (", "own.typ:1:9: unclosed delimiter"),
        ('\n#panic("no")', "own.typ:2:1: panicked with: no"),
        ('#read("/etc/hostname")', "own.typ:1:6: file not found"),
        (
            '#import "@preview/cetz:0.3.0"',
            "own.typ: a package that would be fetched from the network; copy what it needs",
        ),
        ('#include "other.typ"', "own.typ: a package that would be fetched from the network"),
    ],
)
def test_a_fault_of_a_template_is_told_with_its_place(
    source: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("own.typ").write_text(source, encoding="utf-8")
    Path("other.typ").write_text('#import "@preview/cetz:0.3.0"', encoding="utf-8")
    with pytest.raises(AllycheckError) as refused:
        pdf(page("words"), Look(house=House(typst="own.typ")))
    assert str(refused.value).startswith(said)


def test_without_its_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(
        AllycheckError, match="a PDF, which can't be written yet; install the extra pdf: pip install typst"
    ):
        pdf(page("words"), Look())
