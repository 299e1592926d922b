"""The Word document that a page is written into: ours, or the house's with its styles, paper, header and footer."""

import re
from collections.abc import Iterator
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from docx import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.parts.numbering import NumberingPart
from docx.shared import Cm, Emu, Length, Pt, RGBColor

from allycheck import __version__
from allycheck.errors import AllycheckError
from allycheck.language import _
from allycheck.render.document.model import Page, title
from allycheck.render.document.paper import language, made_on

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph

STYLES = (
    "Title", "Subtitle", "Heading 1", "Heading 2", "List Bullet", "List Bullet 2", "List Number", "List Continue",
    "Table Grid",
)  # fmt: skip
"""What a page is written in."""
ACCENT, INK, SOFT = RGBColor(0x0D, 0x52, 0x60), RGBColor(0x1B, 0x27, 0x31), RGBColor(0x4A, 0x57, 0x61)
LINE = "CFC9BA"
A4 = Cm(21), Cm(29.7)
MARGIN = Cm(2.54)
"""Of a document that says nothing of it."""
TYPEFACE = "Calibri"
BODY, SMALL = 10, 9.5
"""Points of running text; smaller where much has to stand on the first sheet."""
_TEMPLATE = b"wordprocessingml.template.main+xml"
_DOCUMENT = b"wordprocessingml.document.main+xml"
_PLACES = re.compile(r"(\{page\}|\{pages\})")
_EARLIEST = 1980, 1, 1, 0, 0, 0
"""The time of every entry of the file, so that the same page gives the same bytes."""


def opened(template: str, page: Page) -> "WordDocument":
    """An empty document in the house's style, or in ours. Raises AllycheckError where the house's can't be read."""
    if not template:
        document = Document()
        _own_look(document, SMALL if page.dense or page.front else BODY)
        return document
    try:
        document = Document(BytesIO(_as_document(Path(template).read_bytes())))
        _empty(document)
    except (BadZipFile, KeyError, ValueError, OSError, SyntaxError, AttributeError, TypeError) as error:
        hint = _("save it as .docx or .dotx")
        raise AllycheckError(_("not a Word document that can be read"), template, hint) from error
    return document


def _empty(document: "WordDocument") -> None:
    """Take away what stands in a document, all but its paper, A4 if it has none, and what runs along its edges."""
    body = document.element.body
    for part in [part for part in body if part.tag != qn("w:sectPr")]:
        body.remove(part)
    if not len(body):
        body.append(OxmlElement("w:sectPr"))
    section = document.sections[0]
    if section.page_width is None:
        section.page_width, section.page_height = A4
    for edge in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        if getattr(section, edge) is None:
            setattr(section, edge, MARGIN)


def _as_document(content: bytes) -> bytes:
    """A template (.dotx) as the document that it makes."""
    return _packed((entry, part.replace(_TEMPLATE, _DOCUMENT)) for entry, part in _entries(content))


def _entries(content: bytes) -> Iterator[tuple[str, bytes]]:
    with ZipFile(BytesIO(content)) as archive:
        for entry in archive.infolist():
            yield entry.filename, archive.read(entry)


def _packed(entries: Iterator[tuple[str, bytes]]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, part in entries:
            archive.writestr(ZipInfo(name, _EARLIEST), part, ZIP_DEFLATED)
    return packed.getvalue()


def content(document: "WordDocument") -> bytes:
    """The file: the same bytes for the same document."""
    saved = BytesIO()
    document.save(saved)
    return _packed(_entries(saved.getvalue()))


def lent_styles(document: "WordDocument") -> list[str]:
    """Give the document the styles that it lacks, from ours, and say which."""
    known = {style.name for style in document.styles}
    lacking = [name for name in STYLES if name not in known]
    ours = Document() if lacking else document
    if lacking:
        _own_look(ours)
    for name in lacking:
        style = deepcopy(ours.styles[name].element)
        for link in style.xpath("w:link | w:pPr/w:numPr"):
            link.getparent().remove(link)
        document.styles.element.append(style)
    return lacking


def describe(document: "WordDocument", page: Page) -> None:
    """Title, language and dates of the document, which know no clock."""
    properties = document.core_properties
    properties.title, properties.language = title(page), language()
    properties.author = f"allycheck {__version__}"
    properties.last_modified_by = properties.comments = properties.keywords = properties.subject = ""
    properties.revision = 1
    properties.created = properties.modified = made_on(page).replace(tzinfo=None)
    for told in document.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr/w:lang"):
        told.set(qn("w:val"), language())


# Our own look


def _own_look(document: "WordDocument", body: float = BODY) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = A4
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(1.6)
    section.header_distance = section.footer_distance = Cm(0.9)
    for name, size, colour, before, after in (
        ("Normal", body, INK, 0, 3),
        ("Title", 20, INK, 0, 3),
        ("Subtitle", 11, ACCENT, 0, 2),
        ("Heading 1", 13, ACCENT, 9, 3),
        ("Heading 2", 11.5, INK, 9, 3),
        ("TOC Heading", 13, ACCENT, 12, 4),
        ("List Bullet", body, INK, 0, 2),
        ("List Bullet 2", body, INK, 0, 2),
        ("List Number", body, INK, 0, 1),
        ("List Continue", body, INK, 0, 1),
        ("Header", 8.5, SOFT, 0, 0),
        ("Footer", 8.5, SOFT, 0, 0),
    ):
        _set(document.styles[name], size, colour, before, after)
    for name in ("Title", "Heading 1", "Heading 2", "TOC Heading"):
        document.styles[name].font.bold = True
    _restyle_tables(document.styles["Table Grid"].element)
    for border in document.styles["Title"].element.xpath("w:pPr/w:pBdr"):
        border.getparent().remove(border)
    for stops in document.styles["Footer"].element.xpath("w:pPr/w:tabs"):
        stops.getparent().remove(stops)
    for mode in document.settings.element.xpath('w:compat/w:compatSetting[@w:name="compatibilityMode"]'):
        mode.set(qn("w:val"), "15")


def _set(style: Any, size: float, colour: RGBColor, before: float, after: float) -> None:
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("w:asciiTheme", "w:hAnsiTheme"):
        fonts.attrib.pop(qn(theme), None)
    style.font.name, style.font.size, style.font.color.rgb = TYPEFACE, Pt(size), colour
    style.font.italic = False
    spacing = style.paragraph_format
    spacing.space_before, spacing.space_after, spacing.line_spacing = Pt(before), Pt(after), 1
    for contextual in style.element.xpath("w:pPr/w:contextualSpacing"):
        contextual.getparent().remove(contextual)


def _restyle_tables(style: Any) -> None:
    """Lines between rows alone."""
    for side in style.xpath("w:tblPr/w:tblBorders/*"):
        across = side.tag in {qn("w:bottom"), qn("w:insideH")}
        side.set(qn("w:val"), "single" if across else "nil")
        side.set(qn("w:color"), LINE)


def text_width(document: "WordDocument") -> Length:
    """How wide the text is between the margins of the paper."""
    section = document.sections[0]
    return Emu((section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0))


# Header and footer


def running_titles(document: "WordDocument", page: Page) -> None:
    """The title above every page but the first, and below each what made it and its number."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.header.paragraphs[0].text = title(page)
    for footer in (section.footer, section.first_page_footer):
        line = footer.paragraphs[0]
        line.style = document.styles["Footer"]
        line.paragraph_format.tab_stops.add_tab_stop(text_width(document), WD_TAB_ALIGNMENT.RIGHT)
        line.add_run(_("allycheck {version}, self-assessed").format(version=__version__) + "\t")
        for piece in _PLACES.split(_("Page {page} of {pages}")):
            if piece in {"{page}", "{pages}"}:
                _field(line, "PAGE" if piece == "{page}" else "NUMPAGES")
            else:
                line.add_run(piece)


def _field(line: "Paragraph", code: str) -> None:
    """A field of one number, 1 until Word works it out."""
    field_mark(line, "begin")
    instruction(line, code)
    field_mark(line, "separate")
    line.add_run("1")
    field_mark(line, "end")


def field_mark(line: "Paragraph", kind: str) -> None:
    """Where a field begins, where what it shows begins (separate), or where it ends."""
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    line.add_run()._r.append(mark)  # noqa: SLF001 - python-docx has no fields


def instruction(line: "Paragraph", code: str) -> None:
    """What a field works out."""
    element = OxmlElement("w:instrText")
    element.set(qn("xml:space"), "preserve")
    element.text = f" {code} "
    line.add_run()._r.append(element)  # noqa: SLF001


# Lists

_LEVELS = "".join(
    f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{{kind}}"/><w:lvlText w:val="{{text}}"/>'
    f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{360 * (level + 1)}" w:hanging="360"/></w:pPr></w:lvl>'
    for level in range(2)
)


class Lists:
    """Numbers and bullets of their own, whatever the base document has: each numbered list begins where it says."""

    def __init__(self, document: "WordDocument") -> None:
        self._numbering = _numbering(document)
        self._bullets = self._kind("bullet", "\u2022")
        self._numbers = self._kind("decimal", "%1.")
        self.bullets = self._list(self._bullets)

    def numbered(self, first: int) -> int:
        """A new list that begins with this number."""
        return self._list(self._numbers, first)

    def _kind(self, kind: str, text: str) -> int:
        number = self._next("w:abstractNum/@w:abstractNumId")
        levels = _LEVELS.format(kind=kind, text=text)
        element = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"><w:multiLevelType w:val="hybridMultilevel"/>'
            f"{levels}</w:abstractNum>"
        )
        others = self._numbering.xpath("w:num")
        if others:
            others[0].addprevious(element)
        else:
            self._numbering.append(element)
        return number

    def _list(self, kind: int, first: int | None = None) -> int:
        number = max(self._next("w:num/@w:numId"), 1)
        start = (
            "" if first is None else (f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{first}"/></w:lvlOverride>')
        )
        self._numbering.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{kind}"/>{start}</w:num>')
        )
        return number

    def _next(self, path: str) -> int:
        return max((int(found) for found in self._numbering.xpath(path)), default=-1) + 1


def _numbering(document: "WordDocument") -> Any:
    """The part that numbers lists; a base document without any list has none."""
    part = document.part
    for relation in part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.NUMBERING:
            return relation.target_part.element
    empty = f"<w:numbering {nsdecls('w')}/>".encode()
    made = NumberingPart.load(PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, empty, part.package)
    part.relate_to(made, RELATIONSHIP_TYPE.NUMBERING)
    return made.element
