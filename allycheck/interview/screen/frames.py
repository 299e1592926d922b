"""What stands on a screen, and how it becomes characters: 16 colours, bold and reverse, no flicker."""

import os
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from allycheck.interview.measure import cells, cut
from allycheck.interview.terminal.posix import Window

OPENING = "\x1b[?1049h\x1b[?2004h\x1b[H\x1b[2J"
"""A screen of our own, with pasted text marked as such."""
CLOSING = "\x1b[0m\x1b[?2004l\x1b[?1049l"
_HOME, _REST_OF_LINE, _REST_OF_SCREEN, _PLAIN = "\x1b[H", "\x1b[K", "\x1b[J", "\x1b[0m"
_CODES = {"": "", "bold": "1", "reverse": "7", "accent": "36", "good": "32", "warning": "33", "strong accent": "1;36"}
_WITHOUT_COLOUR = {"accent": "", "good": "", "warning": "", "strong accent": "1"}
NEW_LINE = "\n"


class Span(NamedTuple):
    """A piece of a line in one style."""

    text: str
    style: str = ""


Line = tuple[Span, ...]


class Frame(NamedTuple):
    """A whole screen, and where the cursor stands in it."""

    lines: list[Line]
    row: int
    column: int


def width_of(line: Line) -> int:
    """How many columns a line fills."""
    return sum(cells(span.text) for span in line)


def text_of(line: Line) -> str:
    """A line without its styles."""
    return "".join(span.text for span in line)


def at_both_ends(left: Sequence[Span], right: Sequence[Span], width: int) -> Line:
    """A line with something at its left and its right edge; the left gives way."""
    room = width - width_of(tuple(right))
    if right and room < 12:
        return fitted(tuple(left), width)
    kept = fitted(tuple(left), room - 1 if right else room)
    return (*kept, Span(" " * (room - width_of(kept))), *right)


def fitted(line: Iterable[Span], width: int) -> Line:
    """The line, cut where it would leave the window."""
    spans: list[Span] = []
    left = width
    for span in line:
        text = cut(span.text, left)
        if text:
            spans.append(Span(text, span.style))
        left -= cells(text)
        if text != span.text:
            break
    return tuple(spans)


def painted(frame: Frame, window: Window, *, colour: bool) -> str:
    """The characters that draw a frame: home, each line, then nothing below it, in one go."""
    rows = [_painted(fitted(line, window.width), window.width, colour=colour) for line in frame.lines[: window.height]]
    row, column = min(frame.row, window.height - 1), min(frame.column, window.width - 1)
    below = f"{NEW_LINE}{_REST_OF_SCREEN}" if len(rows) < window.height else ""
    return f"{_HOME}{NEW_LINE.join(rows)}{below}\x1b[{row + 1};{column + 1}H"


def _painted(line: Line, width: int, *, colour: bool) -> str:
    text = "".join(_styled(span, colour=colour) for span in line)
    # Erasing after the last column would take the character in it away.
    return text if width_of(line) >= width else text + _REST_OF_LINE


def _styled(span: Span, *, colour: bool) -> str:
    code = _CODES[span.style] if colour else _WITHOUT_COLOUR.get(span.style, _CODES[span.style])
    return f"\x1b[{code}m{span.text}{_PLAIN}" if code else span.text


def colour_wanted() -> bool:
    """Whether colours may be used; bold and reverse always may."""
    return not os.environ.get("NO_COLOR")
