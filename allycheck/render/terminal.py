"""The shared toolkit of everything that prints text: paragraphs, headings, tables and bars, laid out in cells.

How to use it::

    blocks = [
        heading("Risks", look),
        paragraph("How it shows up here ...", look, indent=2),
        bullets(["one sign", "another"], look, indent=2),
        table([["Fragmentation", Bar(46.3, 45.6, 47.1, "fair"), "46.3"]], look, align="Lbr"),
    ]
    return to_text(blocks, look)

`table` and `Bar` stand in `render.columns`, words for numbers, levels and ranges in `render.wording`.

A block is a list of lines, a line a tuple of spans (text, style); every block is laid out to `look.width` columns, so
no line is ever wider, in any script. Styles are the names in `STYLES`; without `look.colour` they vanish, so they
never carry a meaning alone. Text is taken as it is: no markup, no emoji codes. What a user wrote must have gone
through `text.printable` (in a Report it has).

From rich come the widths of characters and the terminal styles. Its Console is left out on purpose: importing
it and laying out one report with it would cost more than the figures in `benchmarks/start.py` leave.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from rich.cells import cell_len, chop_cells

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


def subheading(text: str, look: Look, aside: str = "", *, style: str = "") -> Block:
    """The title of a part of a section; `aside` stands at the right edge, or below where there is no room."""
    lines = wrapped(text, look.width)
    block: Block = [(), *((Span(line, "strong"),) for line in lines)]
    space = look.width - cells(lines[-1]) - cells(aside) if lines else 0
    if not aside:
        return block
    if space < 2:
        return [*block, *unlabelled(aside, look, 0, style)]
    block[-1] = (Span(lines[-1], "strong"), Span(" " * space), Span(aside, style))
    return block
