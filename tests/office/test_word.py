"""LibreOffice reads what is written for Word: every section, list and table, on A4, with headers that repeat."""

import shutil
from pathlib import Path

import pytest

from tests.papers import COMMANDS, TITLES, made
from tests.workbooks import converted

docx = pytest.importorskip("docx")
pypdf = pytest.importorskip("pypdf")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("lowriter") is None, reason="no lowriter here (apt: libreoffice-writer)"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Each result as Word, and as the PDF and the .docx that LibreOffice makes of it."""
    folder = tmp_path_factory.mktemp("word")
    for name in COMMANDS:
        made(name, folder / f"{name}.docx")
    files = [folder / f"{name}.docx" for name in COMMANDS]
    converted(files, "pdf", folder / "pdf")
    converted(files, "docx", folder / "saved")
    return folder


@pytest.mark.parametrize("name", COMMANDS)
def test_every_section_stands_in_the_pages_that_it_prints(name: str, folder: Path) -> None:
    document = docx.Document(str(folder / f"{name}.docx"))
    reader = pypdf.PdfReader(folder / "pdf" / f"{name}.pdf")
    pages = [" ".join(page.extract_text().split()) for page in reader.pages]
    whole = " ".join(pages)
    sections = [line.text for line in document.paragraphs if line.style.name == "Heading 1"]
    assert [title for title in sections if title not in whole] == []
    assert all(f"Page {at} of {len(pages)}" in page for at, page in enumerate(pages, 1))
    assert reader.metadata.title == TITLES[name]
    assert {tuple(round(float(edge)) for edge in page.mediabox) for page in reader.pages} == {(0, 0, 595, 842)}


@pytest.mark.parametrize("name", COMMANDS)
def test_what_it_saves_has_the_same_headings_lists_and_tables(name: str, folder: Path) -> None:
    given, saved = (docx.Document(str(path)) for path in (folder / f"{name}.docx", folder / "saved" / f"{name}.docx"))
    for style in ("Title", "Heading 1", "Heading 2"):
        titles = [[line.text for line in one.paragraphs if line.style.name == style] for one in (given, saved)]
        assert titles[0] == titles[1]
    for path in ("//w:numPr", "//w:tbl", "//w:tr", "//w:trPr/w:tblHeader", "//wp:docPr[@descr]"):
        assert len(given.element.body.xpath(path)) == len(saved.element.body.xpath(path)), path
