"""A page as a Word document: real headings, lists and tables, the same bytes, and the house's own styles."""

import sys
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from allycheck.errors import AllycheckError
from allycheck.render.document.docx import docx as as_docx
from allycheck.render.document.model import Bar, Bullets, Entries, Entry, Led, Page, Section, Table
from allycheck.render.look import House, Look
from tests.papers import COMMANDS, HOSTILE, LETTERS, TITLES, made, sheet, written

docx = pytest.importorskip("docx")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BLANK = Page("Report", "", [], [])


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("docx")
    paths = {name: folder / f"{name}.docx" for name in COMMANDS}
    for name, path in paths.items():
        made(name, path)
    return paths


def opened(content: bytes) -> Any:
    return docx.Document(BytesIO(content))


def styled(document: Any, style: str) -> list[str]:
    return [line.text for line in document.paragraphs if line.style.name == style]


def numbers(document: Any) -> list[tuple[int, int, str]]:
    """Every item of a list: its list, its level, and what it says."""
    return [
        (own.numId.val, own.ilvl.val, line.text)
        for line in document.paragraphs
        for own in line._p.xpath("w:pPr/w:numPr")
    ]


def starts(document: Any) -> dict[int, int]:
    """By numbered list, the number that it begins with."""
    numbering = document.part.numbering_part.element
    return {
        int(one.get(f"{W}numId")): int(start)
        for one in numbering.xpath("w:num")
        for start in one.xpath("w:lvlOverride/w:startOverride/@w:val")
    }


@pytest.mark.parametrize("name", COMMANDS)
def test_title_sections_and_language_are_what_word_takes_them_for(name: str, files: dict[str, Path]) -> None:
    document = docx.Document(str(files[name]))
    assert document.core_properties.title == TITLES[name]
    assert document.core_properties.language == "en-GB"
    assert document.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr/w:lang/@w:val") == ["en-GB"]
    assert styled(document, "Title") == [TITLES[name].rsplit(": ", 1)[-1]]
    assert len(styled(document, "Heading 1")) >= 5
    assert [round(edge.cm, 1) for edge in (document.sections[0].page_width, document.sections[0].page_height)] == [
        21.0,
        29.7,
    ]


@pytest.mark.parametrize("name", COMMANDS)
def test_tables_repeat_their_headers_and_keep_their_rows_whole(name: str, files: dict[str, Path]) -> None:
    tables = docx.Document(str(files[name])).tables
    assert tables
    for table in tables:
        first, *others = table.rows
        assert first._tr.xpath("w:trPr/w:tblHeader")
        assert not any(row._tr.xpath("w:trPr/w:tblHeader") for row in others)
        assert all(row._tr.xpath("w:trPr/w:cantSplit") for row in table.rows)
        assert table._tbl.xpath("w:tblPr/w:tblCaption/@w:val")[0]
        assert table._tbl.xpath("w:tblPr/w:tblLook/@w:firstColumn") == ["1"]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_picture_says_what_it_shows(name: str, files: dict[str, Path]) -> None:
    pictures = docx.Document(str(files[name])).element.xpath("//wp:inline/wp:docPr")
    assert name == "plan" or pictures
    assert all(one.get("descr").startswith(("Bar from 0 to", "Columns from left to right")) for one in pictures)
    assert len({one.get("id") for one in pictures}) == len(pictures)


def test_a_bar_says_its_ends() -> None:
    rows = [["A", Bar(40.0, 30.5, 50.0, "fair")], ["B", Bar(60.0, 60.0, 60.0)], ["C", Bar(None, None, None)]]
    document = opened(as_docx(BLANK._replace(sections=[Section("S", [Table(["", ""], rows, "Lb")])]), Look()))
    assert document.element.xpath("//wp:inline/wp:docPr/@descr") == [
        "Bar from 0 to 100, full to 30.5 and outlined to 50.0",
        "Bar from 0 to 60.0 of 100",
    ]


@pytest.mark.parametrize("name", ["report", "plan", "coalition", "cohort"])
def test_the_contents_lead_to_every_section(name: str, files: dict[str, Path]) -> None:
    document = docx.Document(str(files[name]))
    links = document.element.xpath("//w:hyperlink")
    marks = dict(zip(*(document.element.xpath(f"//w:bookmarkStart/@w:{part}") for part in ("name", "id")), strict=True))
    assert ["".join(link.xpath(".//w:t/text()")) for link in links] == styled(document, "Heading 1")
    assert {link.get(f"{W}anchor") for link in links} == set(marks)
    assert ' TOC \\o "1-1" \\h \\z ' in document.element.xpath("//w:instrText/text()")


def test_lists_are_lists_and_each_numbered_one_begins_where_it_says() -> None:
    entries = Entries(
        [Entry("Mend", ["Soon.", Bullets(["glue", "nails"], lead="With")], "the hull", 4), Entry("Sail", (), "", 5)]
    )
    later = Entries([Entry("Moor", (), "", 7)])
    parts = [Bullets(["a", "b"], numbered=True), Bullets(["c"], numbered=True), Bullets(["d"]), entries, later]
    document = opened(as_docx(BLANK._replace(sections=[Section("S", parts)]), Look()))
    found = numbers(document)
    assert [(level, text) for _own, level, text in found] == [
        (0, "a"), (0, "b"), (0, "c"), (0, "d"), (0, "Mend: the hull"), (1, "glue"), (1, "nails"), (0, "Sail"), (0, "Moor"),
    ]  # fmt: skip
    begins = starts(document)
    assert [begins.get(own) for own, _level, _text in found] == [1, 1, 1, None, 4, None, None, 4, 7]
    assert found[0][0] == found[1][0] != found[2][0]
    assert styled(document, "List Continue") == ["Soon.", "With"]


def test_what_is_said_about_a_row_stands_below_it_beside_columns_to_fill_in() -> None:
    table = Table(
        ["Step", "Takes"], [["Mend", "3"]], "Ll", notes=[[Led("Why", "it leaks"), Bullets(["glue"])]], blank=["Who"]
    )
    [found] = opened(as_docx(BLANK._replace(sections=[Section("S", [table])]), Look())).tables
    assert [[cell.text for cell in row.cells] for row in found.rows] == [
        ["Step", "Takes", "Who"],
        ["Mend", "3", ""],
        ["Why: it leaks\nglue", "Why: it leaks\nglue", ""],
    ]
    assert found.cell(1, 2)._tc is found.cell(2, 2)._tc


def test_shaded_cells_keep_their_figures() -> None:
    table = Table(["", "S", "E"], [["A", "90.0", "90.0"], ["B", "-", "10"]], "LhH")
    [found] = opened(as_docx(BLANK._replace(sections=[Section("S", [table])]), Look())).tables
    fills = [[cell._tc.xpath("w:tcPr/w:shd/@w:fill") for cell in row.cells] for row in found.rows]
    assert fills == [[[], [], []], [[], ["A5CDBD"], ["E0B5A9"]], [[], [], ["A5CDBD"]]]


@pytest.mark.parametrize("name", COMMANDS)
def test_it_has_the_same_bytes_and_knows_no_clock(name: str, files: dict[str, Path], tmp_path: Path) -> None:
    assert made(name, tmp_path / "again.docx") == files[name].read_bytes()
    with zipfile.ZipFile(files[name]) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = docx.Document(str(files[name])).core_properties
    day = "2026-11-09" if name in {"report", "brief", "plan"} else "2026-01-01"
    assert properties.created.date().isoformat() == properties.modified.date().isoformat() == day


@pytest.mark.parametrize(
    ("name", "command"),
    [
        (HOSTILE, ["report"]),
        (HOSTILE, ["plan", "--target", "50"]),
        (HOSTILE, ["coalition"]),
        (LETTERS, ["report"]),
        ("\u4e2d\u6587 \u0627\u0644\u0639\u0631\u0628\u064a\u0629 \U0001f600", ["report"]),
    ],
)
def test_what_a_user_wrote_stays_text(name: str, command: list[str], tmp_path: Path) -> None:
    path = tmp_path / "result.docx"
    done = written(command[0], sheet(tmp_path, name), *command[1:], "-o", str(path))
    assert done.exit_code == 0, done.exception
    document = docx.Document(str(path))
    assert styled(document, "Title") == [name]
    assert name in document.core_properties.title


def test_what_xml_forbids_never_gets_there() -> None:
    words = "a\x00b\x0bc\ufffed\ud800e\x1b[31m"
    page = Page(words, words, [words], [Section(words, [words, Table([words], [[words]], "L"), Bullets([words])])])
    document = opened(as_docx(page, Look()))
    assert styled(document, "Heading 1") == ["a\u2400b\u240bc\ufffdd\ufffde\u241b[31m"]


# A house style


def house(folder: Path, *lacking: str, name: str = "house.docx") -> Path:
    """A house's document with a header, a cover and its own headings, and without some styles."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Our house"
    document.add_paragraph("A cover that goes")
    document.styles["Heading 1"].font.name = "Georgia"
    for style in lacking:
        document.styles.element.remove(document.styles[style].element)
    document.save(str(folder / name))
    return folder / name


def test_a_house_document_lends_its_styles_header_and_paper(tmp_path: Path) -> None:
    said: list[str] = []
    look = Look(warn=said.append, house=House(word=str(house(tmp_path))))
    document = opened(as_docx(Page("Report", "", ["Words"], [Section("Part", ["More"])]), look))
    assert [line.text for line in document.paragraphs] == ["Report", "Words", "Part", "More"]
    assert document.sections[0].header.paragraphs[0].text == "Our house"
    assert document.styles["Heading 1"].font.name == "Georgia"
    assert said == []


def test_styles_that_the_house_lacks_are_ours_and_told(tmp_path: Path) -> None:
    said: list[str] = []
    path = house(tmp_path, "Heading 2", "List Bullet", "Table Grid")
    look = Look(warn=said.append, house=House(word=str(path)))
    table = Table(["A"], [["b"]], "L")
    document = opened(as_docx(Page("Report", "", [], [Section("Part", [Bullets(["item"]), table])]), look))
    assert said == [f"{path} has no style for Heading 2, List Bullet and Table Grid; ours stand in"]
    assert [text for _own, _level, text in numbers(document)] == ["item"]
    assert document.tables[0].style.name == "Table Grid"


def test_a_template_serves_as_a_document_does(tmp_path: Path) -> None:
    """A .dotx differs from a .docx in what it says it is."""
    path = house(tmp_path)
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(tmp_path / "house.dotx", "w") as template:
        for entry in archive.infolist():
            part = archive.read(entry)
            template.writestr(entry, part.replace(b"document.main+xml", b"template.main+xml"))
    as_document, as_template = (
        as_docx(BLANK, Look(house=House(word=str(one)))) for one in (path, tmp_path / "house.dotx")
    )
    assert as_document == as_template


def bare(path: Path, document: str = "<w:document {w}><w:body><w:p/></w:body></w:document>") -> Path:
    """The least that is a Word document: no styles, no lists, no paper."""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}" '
            'Target="word/document.xml"/></Relationships>',
        )
        archive.writestr("word/document.xml", document.format(w=f'xmlns:w="{W[1:-1]}"'))
    return path


def test_a_house_document_with_nothing_in_it_will_do(tmp_path: Path) -> None:
    page = Page("Report", "", [], [Section("Part", [Bullets(["x"], numbered=True), Table(["A"], [["b"]], "L")])])
    document = opened(as_docx(page, Look(house=House(word=str(bare(tmp_path / "bare.docx"))))))
    assert styled(document, "Heading 1") == ["Part"]
    assert [text for _own, _level, text in numbers(document)] == ["x"]


@pytest.mark.parametrize("content", [b"", b"no archive", "<w:oops", "<w:document {w}/>"])
def test_what_is_no_word_document_is_refused(content: bytes | str, tmp_path: Path) -> None:
    path = tmp_path / "house.docx"
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        bare(path, content)
    with pytest.raises(AllycheckError, match=r"not a Word document that can be read; save it as \.docx or \.dotx"):
        as_docx(BLANK, Look(house=House(word=str(path))))


def test_without_its_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(AllycheckError, match="can't be written yet; install the extra docx: pip install python-docx"):
        as_docx(BLANK, Look())
