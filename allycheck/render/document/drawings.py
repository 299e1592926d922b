"""Bars and small charts as pictures (PNG) for documents that can't draw them, each with what it shows in words."""

import struct
import zlib
from collections.abc import Sequence
from typing import NamedTuple

from allycheck.language import _
from allycheck.numbers import exact, scaled
from allycheck.render.document.model import Bar, heights
from allycheck.render.words import points

Colour = tuple[int, int, int]

GROUND: Colour = (238, 235, 226)
ACCENT: Colour = (13, 82, 96)
TONES: dict[str, Colour] = {"poor": (168, 63, 44), "fair": (140, 102, 19), "good": (31, 108, 84)}
PAPER: Colour = (255, 255, 255)
BAR_SIZE = 300, 20
BORDER = 3
STEP, TALL = 12, 48
"""Pixels of a column of a chart with the gap beside it, and of the highest one."""


class Drawing(NamedTuple):
    """A picture, its size in pixels, and what it shows in words."""

    content: bytes
    width: int
    height: int
    words: str


def bar(drawn: Bar) -> Drawing | None:
    """A bar from 0 to 100: full up to the low end, outlined up to the high end; None where nothing is known."""
    low, high = (drawn.score if end is None else end for end in (drawn.low, drawn.high))
    if low is None or high is None:
        return None
    width, height = BAR_SIZE
    certain, possible = (scaled(exact(end) * width / 100, 0) for end in (low, high))
    tone = TONES.get(drawn.style, ACCENT)
    edge = _span(width, (certain, tone), (possible, tone))
    inner = _span(width, (certain, tone), (max(certain, possible - BORDER), PAPER), (possible, tone))
    rows = [edge if at < BORDER or at >= height - BORDER else inner for at in range(height)]
    said = (
        _("Bar from 0 to 100, full to {low} and outlined to {high}") if low < high else _("Bar from 0 to {low} of 100")
    )
    return Drawing(_png(width, rows), width, height, said.format(low=points(low), high=points(high)))


def _span(width: int, *ends: tuple[int, Colour]) -> list[Colour]:
    """A line of pixels, in each colour up to its end."""
    line: list[Colour] = []
    for end, colour in ends:
        line += [colour] * (end - len(line))
    return line + [GROUND] * (width - len(line))


def chart(cell: str) -> Drawing:
    """A small chart of columns, each from 1 to 8."""
    found = heights(cell)
    tops = [2 if height is None else height * TALL // 8 for height in found]
    rows = [
        [ACCENT if TALL - at <= top and x < STEP - 2 else PAPER for top in tops for x in range(STEP)]
        for at in range(TALL)
    ]
    said = ", ".join(_("none") if height is None else str(height) for height in found)
    words = _("Columns from left to right, each from 1 to 8: {heights}").format(heights=said)
    return Drawing(_png(STEP * len(found), rows), STEP * len(found), TALL, words)


def _png(width: int, rows: Sequence[Sequence[Colour]]) -> bytes:
    lines = b"".join(b"\0" + bytes(part for pixel in row for part in pixel) for row in rows)
    head = struct.pack(">IIBBBBB", width, len(rows), 8, 2, 0, 0, 0)
    chunks = (b"IHDR", head), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
