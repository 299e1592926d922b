"""Tables and bars for text: aligned columns without boxes that fit any width."""

from collections.abc import Sequence
from typing import NamedTuple

from allycheck.numbers import exact, scaled
from allycheck.render.formats import Look
from allycheck.render.terminal import Block, Line, Span, cells, paragraph, unlabelled, wrapped

GAP = 2
"""Cells between two columns."""
NARROWEST = 16
"""Cells that a wrapping column keeps, whatever stands beside it."""
SHORTEST_BAR, LONGEST_BAR = 10, 30
SOLID, POSSIBLE, REST = "\u2501", "\u254d", "\u2500"


class Bar(NamedTuple):
    """A number from 0 to 100 to be drawn, with the range that is left open."""

    score: float | None
    low: float | None
    high: float | None
    style: str = ""


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
    rows: Sequence[Sequence[Cell]], look: Look, *, align: str, header: Sequence[str] = (), indent: int = 0
) -> Block:
    """Aligned columns without boxes; columns that are empty in every row are left out.

    `align` has a letter for each column: l or r; L for a left one that gives way and wraps; b for a `Bar`, which takes
    what room is left. Where the columns can't fit side by side, each row is written under its first cell instead.
    """
    titles = [(Span(title, "faint"),) for title in header]
    return [line for block in table_rows(rows, look, align=align, header=titles, indent=indent) for line in block]


def table_rows(
    rows: Sequence[Sequence[Cell]], look: Look, *, align: str, header: Sequence[Cell] = (), indent: int = 0
) -> list[Block]:
    """As `table`, with a block for each row (and the header's before), so that text can stand between the rows."""
    if not rows:
        return []
    kept = [at for at in range(len(align)) if any(_size(row[at]) for row in rows)]
    letters = "".join(align[at] for at in kept)
    grid = [[row[at] for at in kept] for row in ([header, *rows] if header else rows)]
    widths = _widths(grid, letters, look.width - indent)
    if widths is None:
        return [
            _stacked([row[at] for at in kept], header and [header[at] for at in kept], look, indent) for row in rows
        ]
    return [_row(row, widths, letters, indent) for row in grid]


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


def _row(row: Sequence[Cell], widths: Sequence[int], letters: str, indent: int) -> Block:
    columns = [_folded(_line(cell, width), width) for cell, width in zip(row, widths, strict=True)]
    block: Block = []
    for at in range(max(map(len, columns))):
        parts = [Span(" " * indent)]
        for column, width, letter in zip(columns, widths, letters, strict=True):
            line = column[at] if at < len(column) else ()
            space = Span(" " * (width - _size(line)))
            parts += [space, *line] if letter == "r" else [*line, space]
            parts.append(Span(" " * GAP))
        block.append(tuple(parts))
    return block


def _folded(line: Line, width: int) -> list[Line]:
    if _size(line) <= width:
        return [line]
    return [(Span(text, line[0].style),) for text in wrapped(_joined(line), width)]


def _stacked(row: Sequence[Cell], header: Sequence[Cell], look: Look, indent: int) -> Block:
    """One row for narrow windows: the first cell, then the others behind their titles. Bars are left out."""
    first, *others = [_joined(_line(cell, 0)) for cell in row]
    titles = [_joined(_line(title, 0)) for title in header][1:] or [""] * len(others)
    facts = [f"{title} {text}".strip() for title, text in zip(titles, others, strict=True) if text]
    style = _line(row[0], 0)[0].style
    return unlabelled(first, look, indent, style) + paragraph(", ".join(facts), look, indent=indent + 2)


def _joined(line: Line) -> str:
    return "".join(span.text for span in line).strip()
