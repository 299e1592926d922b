"""The parts of a page as paragraphs, lists and tables of a Word document."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt, RGBColor

from allycheck.language import _
from allycheck.render.document import drawings
from allycheck.render.document.layout import FIGURES
from allycheck.render.document.model import (
    Bar,
    Bullets,
    Cell,
    Details,
    Entries,
    Entry,
    Ladder,
    Led,
    Marked,
    Note,
    Page,
    Part,
    Table,
    Topic,
    filled,
    heat,
    is_drawing,
)
from allycheck.render.document.paper import fitted, has_contents
from allycheck.render.document.word_base import LINE, SOFT, Lists, field_mark, instruction, text_width

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table as WordTable
    from docx.table import _Cell, _Row
    from docx.text.paragraph import Paragraph

SHADES = "E0B5A9", "F0DAD2", "F1E8D3", "D0E3DA", "A5CDBD"
"""From poor to good, pale enough for black figures."""
NARROWEST, WIDEST = 9, 40
"""Letters by which columns of text share the room of a table."""
LETTER, EDGES = Cm(0.19), Cm(0.6)
"""What a letter of a figure takes, and the two sides of its cell."""
FIXED = {"b": Cm(2.8), "_": Cm(2.2)}
FEWEST_WIDE, NARROW = 3, 0.6
"""A table of fewer columns takes only a part of the room, or one would lose the row between them."""
WIDTH_OF_BAR = Cm(2.3)
LONGEST_WHOLE = 14
"""Rows up to which a table stays on one page."""


def write(page: Page, document: "Document", accent: RGBColor | None) -> None:
    """Write the page into an empty document; what stands out does so in the accent, if there is one."""
    _Writer(document, accent).write(page)


class _Writer:
    """What has been written so far: lists, headings to lead to, pictures, and the section that is being written."""

    def __init__(self, document: "Document", accent: RGBColor | None) -> None:
        self._document = document
        self._accent = accent
        self._lists = Lists(document)
        self._bookmarks = 0
        self._pictures = 0
        self._title = ""

    def write(self, page: Page) -> None:
        if page.subject:
            self._paragraph(page.kind, "Subtitle")
        self._paragraph(page.subject or page.kind, "Title")
        for part in page.opening:
            self._opening(part)
        sections = [*fitted(page)]
        for name, parts in sections[: page.front]:
            self._section(name, parts)
        if has_contents(page):
            self._contents([name for name, _parts in sections], new_page=bool(page.front))
        for name, parts in sections[page.front :]:
            self._section(name, parts)
        for part in page.closing:
            self._part(part)

    def _opening(self, part: str | Marked | Led | Ladder) -> None:
        if isinstance(part, Marked) and part.style == "strong":
            run = self._paragraph("").add_run(part.text)
            run.bold, run.font.size, run.font.color.rgb = True, Pt(13), self._accent
        else:
            written = self._part(part)
            if written is not None and isinstance(part, Led):
                written.paragraph_format.space_after = Pt(0)

    def _section(self, name: str, parts: Sequence[Part]) -> None:
        self._title = name
        heading = self._paragraph("", "Heading 1")
        self._bookmarks += 1
        _bookmark(heading, self._bookmarks, name)
        for part, following in zip(parts, [*parts[1:], None], strict=True):
            written = self._part(part)
            if written is not None and isinstance(following, Bullets | Entries | Table | Topic):
                written.paragraph_format.keep_with_next = True

    def _contents(self, names: Sequence[str], *, new_page: bool) -> None:
        """A table of contents that Word can renew, with links until then."""
        styled = "TOC Heading" in {style.name for style in self._document.styles}
        heading = self._paragraph(_("Contents"), "TOC Heading" if styled else "Heading 1")
        heading.paragraph_format.page_break_before = new_page
        for at, name in enumerate(names, 1):
            line = self._paragraph("")
            line.paragraph_format.space_after = Pt(1)
            if at == 1:
                field_mark(line, "begin")
                instruction(line, 'TOC \\o "1-1" \\h \\z')
                field_mark(line, "separate")
            _link(line, at, name)
            if at == len(names):
                field_mark(line, "end")

    # Parts

    def _part(self, part: Part) -> "Paragraph | None":
        """Write a part; a paragraph is returned, so that it can be kept with what follows."""
        match part:
            case Table():
                self._table(part)
            case Details(title, table):
                self._lead(title)
                self._table(table)
            case Topic(title, aside):
                heading = self._paragraph(title, "Heading 2")
                if aside:
                    run = heading.add_run(f": {aside}")
                    run.bold, run.font.color.rgb = False, SOFT
            case Entries(items, lead):
                self._lead(lead)
                self._entries(items)
            case Bullets():
                self._bullets(part)
            case Ladder():
                self._ladder(part)
            case _:
                return self._note(part, self._paragraph(""))
        return None

    def _paragraph(self, text: str, style: str = "Normal") -> "Paragraph":
        return self._document.add_paragraph(text, self._document.styles[style])

    def _lead(self, lead: str) -> None:
        if lead:
            line = self._paragraph("")
            line.add_run(lead).bold = True
            line.paragraph_format.keep_with_next = True

    @staticmethod
    def _note(part: str | Marked | Led, line: "Paragraph") -> "Paragraph":
        match part:
            case Led(lead, text, faint):
                line.add_run(f"{lead}: ").bold = True
                line.add_run(text)
                soft = faint
            case Marked(text, style):
                line.add_run(text).bold = style == "strong" or None
                soft = style == "faint"
            case _:
                line.add_run(part)
                soft = False
        for run in line.runs if soft else []:
            run.font.color.rgb = SOFT
        return line

    def _bullets(self, part: Bullets, level: int = 0) -> None:
        self._lead(part.lead)
        number = self._lists.numbered(1) if part.numbered else self._lists.bullets
        for item in part.items:
            self._item("List Number" if part.numbered else "List Bullet", number, level).add_run(item)

    def _item(self, style: str, number: int, level: int = 0) -> "Paragraph":
        line = self._paragraph("", style if level == 0 else "List Bullet 2")
        properties = line._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001 - python-docx has no lists of its own
        properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = level, number
        return line

    def _entries(self, items: Iterable[Entry]) -> None:
        number, before = self._lists.bullets, None
        for entry in items:
            if entry.number and (before is None or entry.number != before + 1):
                number = self._lists.numbered(entry.number)
            before = entry.number or None
            line = self._item(
                "List Number" if entry.number else "List Bullet", number if entry.number else self._lists.bullets
            )
            line.add_run(f"{entry.title}:" if entry.aside else entry.title).bold = True
            if entry.aside:
                line.add_run(f" {entry.aside}")
            line.paragraph_format.keep_with_next = bool(entry.notes) or None
            for note in entry.notes:
                self._below(note)

    def _below(self, note: Note) -> None:
        """What is said below an entry, under its name."""
        if isinstance(note, Bullets):
            if note.lead:
                self._paragraph("", "List Continue").add_run(note.lead).bold = True
            self._bullets(note._replace(lead="", numbered=False), level=1)
        else:
            self._note(note, self._paragraph("", "List Continue"))

    def _ladder(self, part: Ladder) -> None:
        line = self._paragraph("")
        for at, name in enumerate(part.names):
            if at:
                line.add_run(" \u203a ").font.color.rgb = SOFT
            run = line.add_run(name)
            run.bold = at == part.reached
            run.font.color.rgb = self._accent if at == part.reached else SOFT

    # Tables

    def _table(self, table: Table) -> None:
        kept = filled(table)
        if not table.rows or not kept:
            return
        letters = [*(table.align[at] for at in kept), *("_" for _blank in table.blank)]
        header = [*(table.header[at] for at in kept), *table.blank]
        headed = any(header)
        notes = table.notes or [()] * len(table.rows)
        size = len(table.rows) + sum(map(bool, notes)) + headed
        made = self._document.add_table(size, len(letters), self._document.styles["Table Grid"])
        widths = self._widths(table, kept, letters)
        rows = iter([*made.rows])
        if headed:
            self._header(next(rows), header, letters)
        for row, told in zip(table.rows, notes, strict=True):
            above = next(rows)
            self._row(above, [row[at] for at in kept], letters)
            if told:
                _keep(above)
                self._notes(above, next(rows), len(kept), told)
        _fit(made, widths)
        _describe(made, self._title, headed=headed)
        if len(made.rows) <= LONGEST_WHOLE:
            for own in made.rows[:-1]:
                _keep(own)
        after = self._paragraph("").paragraph_format
        after.line_spacing, after.space_after = Pt(8), Pt(0)

    def _widths(self, table: Table, kept: Sequence[int], letters: Sequence[str]) -> list[int]:
        """Figures, bars and columns to fill in take what they need; texts share what is left by their longest."""
        room = text_width(self._document) * (NARROW if len(letters) < FEWEST_WIDE else 1)
        longest = [_longest(table, at) for at in kept] + [0] * len(table.blank)
        needed = [
            0 if letter == "L" else FIXED.get(letter, LETTER * size + EDGES)
            for letter, size in zip(letters, longest, strict=True)
        ]
        shares = [
            min(max(size, NARROWEST), WIDEST) if letter == "L" else 0
            for letter, size in zip(letters, longest, strict=True)
        ]
        left = max(room - sum(needed), room // 4)
        widths = [need or left * share // sum(shares) for need, share in zip(needed, shares, strict=True)]
        return [int(width * room // sum(widths)) for width in widths]

    @staticmethod
    def _header(row: "_Row", header: Sequence[str], letters: Sequence[str]) -> None:
        for cell, text, letter in zip(row.cells, header, letters, strict=True):
            run = _line(cell, letter).add_run(text)
            run.bold, run.font.size, run.font.color.rgb = True, Pt(9), SOFT
        _flag(row, "w:cantSplit")
        _flag(row, "w:tblHeader")

    def _row(self, row: "_Row", cells: Sequence[Cell], letters: Sequence[str]) -> None:
        _flag(row, "w:cantSplit")
        own = row.cells
        for at, (cell, value) in enumerate(zip(own, cells, strict=False)):
            self._cell(cell, value, letters[at], first=at == 0)
        for cell in own[len(cells) :]:
            _boxed(cell)

    def _notes(self, row: "_Row", below: "_Row", told: int, notes: Sequence[Note]) -> None:
        """What there is to say about a row, in the one below it; columns to fill in reach over both."""
        _flag(below, "w:cantSplit")
        above, own = row.cells, below.cells
        for at in range(told, len(own)):
            _boxed(own[at])
            above[at].merge(own[at])
        place = own[0].merge(own[told - 1])
        for at, note in enumerate(_flat(notes)):
            _small(self._note(note, place.add_paragraph() if at else place.paragraphs[0]))

    def _cell(self, cell: "_Cell", value: Cell, letter: str, *, first: bool) -> None:
        line = _line(cell, letter)
        if isinstance(value, Bar):
            self._picture(line, drawings.bar(value), WIDTH_OF_BAR)
        elif value and is_drawing(value):
            drawn = drawings.chart(value)
            self._picture(line, drawn, Emu(WIDTH_OF_BAR * drawn.width // drawings.BAR_SIZE[0]))
        else:
            run = line.add_run(value)
            run.font.size, run.bold = Pt(9.5), first or None
        shade = heat(value, letter) if letter in "hH" and isinstance(value, str) else None
        if shade is not None:
            _shade(cell, SHADES[shade])

    def _picture(self, line: "Paragraph", drawing: drawings.Drawing | None, width: int) -> None:
        if drawing is None:
            return
        self._pictures += 1
        picture = line.add_run().add_picture(BytesIO(drawing.content), width=width)
        properties = picture._inline.docPr  # noqa: SLF001 - python-docx has no alternative texts
        properties.set("name", f"{self._pictures}")
        properties.set("descr", drawing.words)


def _flat(notes: Iterable[Note]) -> Iterable[str | Marked | Led]:
    """Notes as lines of their own: a cell holds no list."""
    for note in notes:
        if isinstance(note, Bullets):
            yield from ([Marked(note.lead, "strong")] if note.lead else [])
            yield from note.items
        else:
            yield note


def _longest(table: Table, at: int) -> int:
    return max(len(str(cell)) for cell in [table.header[at], *(row[at] for row in table.rows)])


def _line(cell: "_Cell", letter: str) -> "Paragraph":
    """The one line of a cell."""
    line: Paragraph = cell.paragraphs[0]
    line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(1.5)
    if letter in FIGURES:
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    return line


def _small(line: "Paragraph") -> None:
    line.paragraph_format.space_after = Pt(3)
    for run in line.runs:
        run.font.size = Pt(9.5)


def _keep(row: "_Row") -> None:
    """Keep a row on the page of the next one."""
    for cell in row.cells:
        for line in cell.paragraphs:
            line.paragraph_format.keep_with_next = True


def _flag(row: "_Row", name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001 - python-docx knows neither flag


def _shade(cell: "_Cell", colour: str) -> None:
    shading = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", colour)):
        shading.set(qn(name), value)
    cell._tc.get_or_add_tcPr().append(shading)  # noqa: SLF001 - python-docx has no shading


def _boxed(cell: "_Cell") -> None:
    """Lines around a cell to fill in."""
    borders = OxmlElement("w:tcBorders")
    for side in ("top", "left", "bottom", "right"):
        border = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", LINE)):
            border.set(qn(f"w:{name}"), value)
        borders.append(border)
    cell._tc.get_or_add_tcPr().append(borders)  # noqa: SLF001


def _fit(made: "WordTable", widths: Sequence[int]) -> None:
    """Give every column its width: each cell has one, as LibreOffice looks there and Word at the grid."""
    made.autofit = False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Emu(width)
    for row in made.rows:
        for cell, width in zip(row._tr.tc_lst, _spanned(row, widths), strict=True):  # noqa: SLF001 - merged cells once
            cell.width = width


def _spanned(row: "_Row", widths: Sequence[int]) -> list[Emu]:
    found, at = [], 0
    for cell in row._tr.tc_lst:  # noqa: SLF001
        found.append(Emu(sum(widths[at : at + cell.grid_span])))
        at += cell.grid_span
    return found


def _describe(made: "WordTable", caption: str, *, headed: bool) -> None:
    """Which cells are headers, and what the table is called by who can't see it."""
    properties = made._tbl.tblPr  # noqa: SLF001 - python-docx has neither
    for looks in properties.xpath("w:tblLook"):
        looks.getparent().remove(looks)
    look = OxmlElement("w:tblLook")
    for name, value in (("firstRow", headed), ("lastRow", 0), ("firstColumn", 1), ("lastColumn", 0), ("noHBand", 1)):
        look.set(qn(f"w:{name}"), str(int(value)))
    named = OxmlElement("w:tblCaption")
    named.set(qn("w:val"), caption)
    properties.append(look)
    properties.append(named)


def _bookmark(heading: "Paragraph", at: int, name: str) -> None:
    """The text of a heading, between the marks that the contents lead to."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(at))
    start.set(qn("w:name"), _target(at))
    heading._p.append(start)  # noqa: SLF001 - python-docx has no bookmarks
    heading.add_run(name)
    heading._p.append(end)  # noqa: SLF001


def _target(at: int) -> str:
    return f"_Toc{at:08}"


def _link(line: "Paragraph", at: int, name: str) -> None:
    link: Any = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), _target(at))
    line._p.append(link)  # noqa: SLF001 - python-docx has no links inside a document
    link.append(line.add_run(name)._r)  # noqa: SLF001
