"""Tables and bars for text: aligned columns without boxes that fit any width."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from rich.cells import cell_len, chop_cells

from allycheck.numbers import exact, scaled
from allycheck.render.document.model import Bar
from allycheck.render.look import Look
from allycheck.text import commas

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
RULE = "\u2500"


class Span(NamedTuple):
    """A piece of a line in one style."""

    text: str
    style: str = ""


Line = tuple[Span, ...]
Block = list[Line]
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
        return [*unlabelled(label, look, indent, label_style), *paragraph(text, look, indent=indent + 2, style=style)]
    lines = wrapped(text, look.width - hang)
    if not lines:
        return unlabelled(label, look, indent, label_style)
    opening = (Span(" " * indent), Span(label, label_style), Span(lines[0], style))
    return [opening, *((Span(" " * hang), Span(line, style)) for line in lines[1:])]


def unlabelled(text: str, look: Look, indent: int = 0, style: str = "") -> Block:
    """Wrapped text in one style."""
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
    return [(), *ruled(text, look), ()]


def ruled(text: str, look: Look) -> Block:
    """A title with a rule to the right edge."""
    lines = wrapped(text, look.width)
    block: Block = [(Span(line, "title"),) for line in lines]
    space = look.width - cells(lines[-1]) - 1 if lines else 0
    if space >= 3:
        block[-1] = (Span(f"{lines[-1]} ", "title"), Span(RULE * space, "faint"))
    return block


def subheading(text: str, look: Look, aside: str = "") -> Block:
    """The title of a part of a section; `aside` stands at the right edge, or below where there is no room."""
    lines = wrapped(text, look.width)
    block: Block = [(), *((Span(line, "strong"),) for line in lines)]
    space = look.width - cells(lines[-1]) - cells(aside) if lines else 0
    if not aside:
        return block
    if space < 2:
        return [*block, *unlabelled(aside, look)]
    block[-1] = (Span(lines[-1], "strong"), Span(" " * space), Span(aside))
    return block


GAP = 2
"""Cells between two columns."""
NARROWEST = 16
"""Cells that a wrapping column keeps, whatever stands beside it."""
FIGURES = frozenset("rhH")
"""Letters of columns of numbers."""
SHORTEST_BAR, LONGEST_BAR = 10, 30
SOLID, POSSIBLE, REST = "\u2501", "\u254d", "\u2500"


Cell = str | Span | Line | Bar


def bar(drawn: Bar, width: int) -> Line:
    """A bar from 0 to 100: heavy up to the low end, broken up to the high end, light beyond.

    What is heavy is certain, what is broken is possible. Without a range the score is both ends.
    """
    low, high = (drawn.score if end is None else end for end in (drawn.low, drawn.high))
    if low is None or high is None:
        return (Span(" " * width),)
    certain = scaled(exact(low) * width / 100, 0)
    possible = max(scaled(exact(high) * width / 100, 0), certain)
    return (
        Span(SOLID * certain, drawn.style),
        Span(POSSIBLE * (possible - certain), drawn.style),
        Span(REST * (width - possible), "faint"),
    )


def table(
    rows: Sequence[Sequence[Cell]], look: Look, *, align: str, header: Sequence[str] = (), usual: int = 0
) -> list[Block]:
    """Aligned columns without boxes: a block for each row, and the header's before, so that text can stand between.

    `align` has a letter for each column: l or r; h and H are r with a shade that HTML gives them; L for a left one that
    gives way and wraps; b for a `Bar`, which takes
    what room is left. Columns that are empty in every row are left out. Where the look is wider than `usual`, more is
    taken only if the columns don't fit otherwise; where they can't fit side by side at all, each row is written under
    its first cell instead.
    """
    if not rows:
        return []
    kept = [at for at in range(len(align)) if any(_size(row[at]) for row in rows)]
    letters = "".join(align[at] for at in kept)
    titles = [Span(words, "faint") for words in header]
    grid = [[row[at] for at in kept] for row in ([titles, *rows] if titles else rows)]
    widths = _widths(grid, letters, min(look.width, usual or look.width)) or _widths(grid, letters, look.width)
    if widths is None:
        return [_stacked([row[at] for at in kept], titles and [titles[at] for at in kept], look) for row in rows]
    return [_row(row, widths, letters) for row in grid]


def _size(cell: Cell) -> int:
    if isinstance(cell, Bar):
        return 0 if cell.score is cell.low is cell.high is None else SHORTEST_BAR
    return sum(cells(span.text) for span in _line(cell, 0))


def _line(cell: Cell, width: int) -> Line:
    if isinstance(cell, Bar):
        return bar(cell, width)
    if isinstance(cell, str):
        return (Span(cell),)
    return (cell,) if isinstance(cell, Span) else cell


def _widths(grid: Sequence[Sequence[Cell]], letters: str, room: int) -> list[int] | None:
    """A width for each column: bars grow into what is left, wrapping columns give way; None if all don't fit."""
    room -= GAP * (len(letters) - 1)
    widths = [max(map(_size, column)) for column in zip(*grid, strict=True)]
    while sum(widths) > room:
        able = [at for at, letter in enumerate(letters) if letter == "L" and widths[at] > NARROWEST]
        if not able:
            return None
        widths[max(able, key=lambda at: widths[at])] -= 1
    for at in [at for at, letter in enumerate(letters) if letter == "b"]:
        widths[at] += min(room - sum(widths), LONGEST_BAR - widths[at])
    return widths


def _row(row: Sequence[Cell], widths: Sequence[int], letters: str) -> Block:
    columns = [_folded(_line(cell, width), width) for cell, width in zip(row, widths, strict=True)]
    block: Block = []
    for at in range(max(map(len, columns))):
        parts: list[Span] = []
        for column, width, letter in zip(columns, widths, letters, strict=True):
            line = column[at] if at < len(column) else ()
            space = Span(" " * (width - _size(line)))
            parts += [space, *line] if letter in FIGURES else [*line, space]
            parts.append(Span(" " * GAP))
        block.append(tuple(parts))
    return block


def _folded(line: Line, width: int) -> list[Line]:
    if _size(line) <= width:
        return [line]
    return [(Span(text, line[0].style),) for text in wrapped(_joined(line), width)]


def _stacked(row: Sequence[Cell], header: Sequence[Span], look: Look) -> Block:
    """One row for narrow windows: the first cell, then the others behind their titles. Bars are left out."""
    first, *others = [_joined(_line(cell, 0)) for cell in row]
    titles = [title.text for title in header[1:]] or [""] * len(others)
    facts = [f"{title} {text}".strip() for title, text in zip(titles, others, strict=True) if text]
    style = _line(row[0], 0)[0].style
    return unlabelled(first, look, style=style) + paragraph(commas(facts), look, indent=2)


def _joined(line: Line) -> str:
    return "".join(span.text for span in line).strip()
