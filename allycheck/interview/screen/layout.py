"""A card laid out in a window: generously where there is room, and never so that header or question scroll away.

What gives way, in this order: empty lines; the list of keys; then every option but the highlighted one shrinks to a
line; then the others keep only their numbers. Nothing here knows a terminal.
"""

from collections.abc import Sequence

from allycheck.interview.screen import parts
from allycheck.interview.screen.frames import Frame, Line, Span, at_both_ends, width_of
from allycheck.interview.screen.parts import MARGIN, WIDEST_TEXT, Card
from allycheck.interview.terminal.posix import Window

TALLEST = 30
"""Rows beyond which the keys do not move further down, so that the eye need not travel."""
SIDE_FROM = 110
"""Columns from which the trends stand beside the question."""


def laid_out(card: Card, window: Window, highlighted: int | None = None) -> Frame:
    """The card in a window, with one option highlighted or none. Only questions keep their keys at the bottom."""
    if card.side and window.width >= SIDE_FROM:
        side = parts.side(card)
        main = Window(window.width - width_of(side[0]), window.height)
        return parts.beside(side, laid_out(card._replace(side=()), main, highlighted))
    for arrangement in (_roomy, _close, _tight, _compact, _small, _smallest, _barest):
        frame = arrangement(card, window, highlighted)
        if len(frame.lines) <= window.height:
            return frame
    return _clipped(frame, window)


# The arrangements, from generous to small


def _roomy(card: Card, window: Window, highlighted: int | None) -> Frame:
    # By the window and not by the question, so that one question looks like the next.
    gap = window.height >= TALLEST or card.names_above
    return _with_header(card, window, highlighted, [()], gap=gap)


def _close(card: Card, window: Window, highlighted: int | None) -> Frame:
    return _with_header(card, window, highlighted, [], gap=False)


def _with_header(card: Card, window: Window, highlighted: int | None, above: list[Line], *, gap: bool) -> Frame:
    width = min(_inner(window), WIDEST_TEXT)
    lines, at = parts.options(card, width, highlighted, gap=gap)
    question = [*above, *parts.question(card, width), *parts.notes(card, width)]
    top = [*parts.header(card, window.width), *parts.told(card, width), *question, ()]
    return _joined(card, window, top, lines, at, [(), *parts.keys(card, window.width)])


def _tight(card: Card, window: Window, highlighted: int | None) -> Frame:
    width = _inner(window)
    lines, at = parts.options(card, width, highlighted, gap=False)
    told = parts.told(card, width) if card.said or card.notice else []
    question = [*parts.question(card, width), *parts.notes(card, width)]
    top = [*parts.header(card, window.width), *told, *question]
    return _joined(card, window, top, lines, at, parts.keys(card, window.width))


def _compact(card: Card, window: Window, highlighted: int | None) -> Frame:
    lines, at = parts.options(card, _inner(window), highlighted, gap=False)
    return _joined(card, window, _short_top(card, window), lines, at, parts.few_keys(card, window.width))


def _small(card: Card, window: Window, highlighted: int | None) -> Frame:
    width = _inner(window)
    lines: list[Line] = []
    at = None
    for number, option in enumerate(parts.narrowed(card)):
        if number == highlighted:
            at = len(lines)
            lines += parts.option(option, width, highlighted=True)
        else:
            lines.append(parts.shortened(option, width))
    top = _short_top(card, window)
    room = window.height - len(top) - len(parts.entry(card, window.width))
    if card.done is None and len(lines) > room:
        begin = max(0, min((at or 0) - room // 2, len(lines) - room))
        lines, at = lines[begin : begin + room], None if at is None else at - begin
    return _joined(card, window, top, lines, at, parts.small_keys(card, window.width) if room > len(lines) else [])


def _smallest(card: Card, window: Window, highlighted: int | None) -> Frame:
    others = [option.key for number, option in enumerate(card.options) if number != (highlighted or 0)]
    return _barest(card, window, highlighted, [parts.indented(Span(f"also {'  '.join(others)}"))] if others else [])


def _barest(card: Card, window: Window, highlighted: int | None, below: Sequence[Line] = ()) -> Frame:
    width = _inner(window)
    lines: list[Line] = []
    if card.options:
        shown = parts.narrowed(card)[highlighted or 0]
        is_whole = highlighted is not None
        lines = parts.option(shown, width, highlighted=True) if is_whole else [parts.shortened(shown, width)]
    at = None if highlighted is None else 0
    return _joined(card, window, _short_top(card, window), [*lines, *below], at, [])


def _clipped(frame: Frame, window: Window) -> Frame:
    """The last resort: the beginning and the line with the cursor."""
    kept = [*frame.lines[: window.height - 1], frame.lines[-1]]
    return Frame(kept, min(frame.row, window.height - 1), frame.column)


def _inner(window: Window) -> int:
    return window.width - 2 * MARGIN


def _short_top(card: Card, window: Window) -> list[Line]:
    return [parts.short_header(card, window.width), *parts.question(card, _inner(window))]


def _joined(
    card: Card, window: Window, top: list[Line], options: list[Line], at: int | None, keys: list[Line]
) -> Frame:
    """The parts above each other, with the cursor on the highlighted option (`at`) or behind the prompt."""
    foot = [*keys, *parts.entry(card, window.width)]
    rows = min(window.height, TALLEST) if card.done else 0
    space = rows - len(top) - len(options) - len(foot)
    lines = [*top, *options, *[()] * max(0, space), *foot]
    if at is not None and card.typed is None:
        return Frame(lines, len(top) + at, MARGIN)
    return Frame(lines, len(lines) - 1, width_of(lines[-1]))


# Pages: more text than one window may hold


def page(card: Card, lines: Sequence[Line], window: Window, top: int) -> tuple[Frame, int]:
    """A part of a long text from line `top` on, and how far it can still be scrolled down.

    Of the card only heading, keys and the line to type are shown.
    """
    below = [*parts.few_keys(card, window.width), *parts.entry(card, window.width)]
    rows = max(1, window.height - 3 - len(below))
    last = max(0, len(lines) - rows)
    top = min(top, last)
    shown = list(lines[top : top + rows])
    more = (Span(f"{top + 1}-{top + len(shown)} of {len(lines)} "),) if last else ()
    title = parts.indented(Span(card.heading, "bold"))
    head = at_both_ends(title, more, min(window.width, WIDEST_TEXT + 2 * MARGIN))
    whole = [head, (), *shown, (), *below]
    return Frame(whole, len(whole) - 1, width_of(whole[-1])), last
