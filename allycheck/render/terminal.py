"""The shared toolkit of everything that prints text: paragraphs, headings, tables and bars, laid out in cells.

How to use it::

    blocks = [
        heading("Risks", look),
        paragraph("How it shows up here ...", look, indent=2),
        bullets(["one sign", "another"], look, indent=2),
        table([["Fragmentation", bar(46.3, 45.6, 47.1, 20, "fair"), "46.3"]], look, align="Wlr"),
    ]
    return to_text(blocks, look)

A block is a list of lines, a line a tuple of spans (text, style); every block is laid out to `look.width` columns, so
no line is ever wider, in any script. Styles are the names in `STYLES`; without `look.colour` they vanish, so they
never carry a meaning alone. Text is taken as it is: no markup, no emoji codes. What a user wrote must have gone
through `text.printable` (in a Report it has). Words for numbers, levels and ranges stand in `render.wording`.

From rich come the widths of characters and the terminal styles. Its Console is left out on purpose: importing it and
laying out one report with it would cost a quarter of the whole run.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from rich.cells import cell_len, chop_cells

from allycheck.numbers import exact, scaled
from allycheck.render.formats import Look

STYLES = {
    "": "",
    "title": "bold",
    "strong": "bold",
    "faint": "dim",
    "good": "green",
    "fair": "yellow",
    "poor": "red",
    "accent": "cyan",
}
"""Names for what a piece of text is; the 16 standard colours read on light and on dark."""
NARROWEST = 16
"""Cells that a text column keeps, whatever stands beside it."""
SOLID, POSSIBLE, REST = "\u2501", "\u254d", "\u2500"


class Span(NamedTuple):
    """A piece of a line in one style."""

    text: str
    style: str = ""


Line = tuple[Span, ...]
Block = list[Line]
Cell = str | Span | Line
BLANK: Block = [()]


def to_text(blocks: Iterable[Block], look: Look) -> str:
    """All blocks under each other: no trailing spaces, never two empty lines in a row, one newline at the end."""
    lines: list[str] = []
    for block in blocks:
        for line in block:
            text = _printed(line, colour=look.colour)
            if text or (lines and lines[-1]):
                lines.append(text)
    return "\n".join(lines).rstrip("\n") + "\n"


def _printed(line: Line, *, colour: bool) -> str:
    spans = list(line)
    while spans and not spans[-1].text.rstrip():
        spans.pop()
    if not spans:
        return ""
    spans[-1] = Span(spans[-1].text.rstrip(), spans[-1].style)
    return "".join(_coloured(*span) if colour else span.text for span in spans)


def _coloured(text: str, style: str) -> str:
    if not STYLES[style] or not text.strip():
        return text
    before, after = _codes(STYLES[style])
    return f"{before}{text}{after}"


@cache
def _codes(style: str) -> tuple[str, str]:
    from rich.color import ColorSystem
    from rich.style import Style

    before, after = Style.parse(style).render("|", color_system=ColorSystem.STANDARD).split("|")
    return before, after


def cells(text: str) -> int:
    """How many columns a text fills."""
    return len(text) if text.isascii() else cell_len(text)


def wrapped(text: str, width: int, first: int = 0) -> list[str]:
    """The text in lines of at most `width` cells; words longer than a line are cut.

    `first` is how much of the first line is taken already; whoever passes it has made sure that a word fits.
    """
    lines: list[str] = []
    line, used = "", first
    for word in _words(text, width):
        size = cells(word)
        if line and used + 1 + size > width:
            lines.append(line)
            line, used = word, size
        else:
            line, used = (f"{line} {word}", used + 1 + size) if line else (word, used + size)
    return [*lines, line] if line else lines


def _words(text: str, width: int) -> Iterator[str]:
    for word in text.split(" "):
        if len(word) * 2 > width and cells(word) > width:
            yield from chop_cells(word, width)
        elif word:
            yield word


def paragraph(
    text: str, look: Look, *, indent: int = 0, style: str = "", label: str = "", label_style: str = "strong"
) -> Block:
    """Wrapped text; a `label` opens the first line and the others hang under the text behind it."""
    hang = indent + cells(label)
    if hang > look.width // 2:
        return [*_plain_lines(label, look, indent, label_style), *paragraph(text, look, indent=indent + 2, style=style)]
    lines = wrapped(text, look.width - hang)
    if not lines:
        return _plain_lines(label, look, indent, label_style)
    opening = (Span(" " * indent), Span(label, label_style), Span(lines[0], style))
    return [opening, *((Span(" " * hang), Span(line, style)) for line in lines[1:])]


def _plain_lines(text: str, look: Look, indent: int, style: str) -> Block:
    return [(Span(" " * indent), Span(line, style)) for line in wrapped(text, look.width - indent)]


def led(lead: str, text: str, look: Look, *, indent: int = 0, lead_style: str = "strong") -> Block:
    """A paragraph that opens with a few words in another style and runs on: "Warning signs: ..."."""
    lead_lines = wrapped(lead, look.width - indent)
    if not lead_lines:
        return paragraph(text, look, indent=indent)
    *above, last = lead_lines
    width = look.width - indent
    taken = cells(last) + 1
    space = width - taken
    first_word = text.split(" ", 1)[0]
    margin = Span(" " * indent)
    block: Block = [(margin, Span(line, lead_style)) for line in above]
    if cells(first_word) > space:
        return [*block, (margin, Span(last, lead_style)), *paragraph(text, look, indent=indent)]
    first, *others = wrapped(text, width, taken) or [""]
    block.append((margin, Span(last + " ", lead_style), Span(first)))
    return block + [(margin, Span(line)) for line in others]


def bullets(texts: Iterable[str], look: Look, *, indent: int = 0, mark: str = "-", style: str = "") -> Block:
    """One hanging paragraph for each text."""
    return [
        line
        for text in texts
        for line in paragraph(text, look, indent=indent, label=f"{mark} ", label_style="faint", style=style)
    ]


def heading(text: str, look: Look) -> Block:
    """The title of a section, with a rule to the right edge and an empty line on both sides."""
    lines = wrapped(text, look.width)
    block: Block = [(), *((Span(line, "title"),) for line in lines)]
    space = look.width - cells(lines[-1]) - 1 if lines else 0
    if space >= 3:
        block[-1] = (Span(f"{lines[-1]} ", "title"), Span(REST * space, "faint"))
    return [*block, ()]


def subheading(text: str, look: Look, aside: str = "", *, style: str = "") -> Block:
    """The title of a part of a section; `aside` stands at the right edge, or below where there is no room."""
    lines = wrapped(text, look.width)
    block: Block = [(), *((Span(line, "strong"),) for line in lines)]
    space = look.width - cells(lines[-1]) - cells(aside) if lines else 0
    if not aside:
        return block
    if space < 2:
        return [*block, *_plain_lines(aside, look, 0, style)]
    block[-1] = (Span(lines[-1], "strong"), Span(" " * space), Span(aside, style))
    return block


def bar(score: float | None, low: float | None, high: float | None, width: int, style: str = "") -> Line:
    """A bar from 0 to 100: heavy up to the low end, broken up to the high end, light beyond.

    What is heavy is certain, what is broken is possible. Without a range the score is both ends.
    """
    low, high = (score if end is None else end for end in (low, high))
    if low is None or high is None:
        return (Span(" " * width),)
    certain = scaled(exact(low) * width / 100, 0)
    possible = max(scaled(exact(high) * width / 100, 0), certain)
    return (
        Span(SOLID * certain, style),
        Span(POSSIBLE * (possible - certain), style),
        Span(REST * (width - possible), "faint"),
    )


def table(
    rows: Sequence[Sequence[Cell]],
    look: Look,
    *,
    align: str,
    header: Sequence[str] = (),
    indent: int = 0,
    gap: int = 2,
) -> Block:
    """Aligned columns without boxes; columns that are empty in every row are left out.

    `align` has a letter for each column: l or r, and L for a left one that gives way and wraps. Where the columns
    can't fit side by side, each row is written under the first cell instead.
    """
    grid = [[_line(cell) for cell in row] for row in rows]
    kept = [at for at in range(len(align)) if any(_size(row[at]) for row in grid)]
    grid = [[row[at] for at in kept] for row in grid]
    titles = [header[at] for at in kept] if header else []
    letters = "".join(align[at] for at in kept)
    room = look.width - indent - gap * (len(kept) - 1)
    widths = _shrunk(_natural(grid, titles), letters, room)
    if not grid:
        return []
    if sum(widths) > room:
        return _stacked(grid, titles, look, indent)
    top: Block = _row([(Span(title, "faint"),) for title in titles], widths, letters, indent, gap) if titles else []
    return top + [line for row in grid for line in _row(row, widths, letters, indent, gap)]


def _line(cell: Cell) -> Line:
    if isinstance(cell, str):
        return (Span(cell),)
    return (cell,) if isinstance(cell, Span) else cell


def _size(line: Line) -> int:
    return sum(cells(span.text) for span in line)


def _natural(grid: Sequence[Sequence[Line]], titles: Sequence[str]) -> list[int]:
    widths = [max(map(_size, column)) for column in zip(*grid, strict=True)]
    return [max(width, cells(title)) for width, title in zip(widths, titles, strict=True)] if titles else widths


def _shrunk(widths: list[int], letters: str, room: int) -> list[int]:
    """The widths with the columns that may wrap made narrower, the widest first, until all fit or can't."""
    widths = list(widths)
    while sum(widths) > room:
        able = [at for at, letter in enumerate(letters) if letter == "L" and widths[at] > NARROWEST]
        if not able:
            break
        widest = max(able, key=lambda at: widths[at])
        widths[widest] -= 1
    return widths


def _row(row: Sequence[Line], widths: Sequence[int], letters: str, indent: int, gap: int) -> Block:
    columns = [_folded(line, width) for line, width in zip(row, widths, strict=True)]
    height = max(map(len, columns))
    block: Block = []
    for at in range(height):
        parts = [Span(" " * indent)]
        for column, width, letter in zip(columns, widths, letters, strict=True):
            line = column[at] if at < len(column) else ()
            space = Span(" " * (width - _size(line)))
            parts += [space, *line] if letter == "r" else [*line, space]
            parts.append(Span(" " * gap))
        block.append(tuple(parts))
    return block


def _folded(line: Line, width: int) -> list[Line]:
    if _size(line) <= width:
        return [line]
    style = line[0].style
    return [(Span(text, style),) for text in wrapped("".join(span.text for span in line), width)]


def _stacked(grid: Sequence[Sequence[Line]], titles: Sequence[str], look: Look, indent: int) -> Block:
    block: Block = []
    for first, *others in grid:
        block += _plain_lines("".join(span.text for span in first), look, indent, first[0].style if first else "")
        names = titles[1:] or [""] * len(others)
        facts = [f"{name} {_joined(cell)}".strip() for name, cell in zip(names, others, strict=True) if _joined(cell)]
        block += paragraph(", ".join(facts), look, indent=indent + 2)
    return block


def _joined(line: Line) -> str:
    text = "".join(span.text for span in line).strip()
    return "" if set(text) <= {SOLID, POSSIBLE, REST} else text
