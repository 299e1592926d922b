"""A card laid out in a window: generously where there is room, and never so that header or question scroll away.

What gives way, in this order: empty lines; the list of keys; then every option but the highlighted one shrinks to a
line; then the others keep only their numbers. Nothing here knows a terminal.
"""

from collections.abc import Sequence
from typing import NamedTuple

from allycheck.interview.asking import Option
from allycheck.interview.frames import Frame, Line, Span, at_both_ends, fitted, width_of
from allycheck.interview.measure import cells, cut, pieces, wrap
from allycheck.interview.terminal import Window

WIDEST_TEXT = 96
TALLEST = 30
"""Rows beyond which the keys do not move further down, so that the eye need not travel."""
SIDE_FROM = 110
"""Columns from which the trends stand beside the question."""
_DONE, _TO_DO = "\u2501", "\u2500"
_NARROW = 60
_MARGIN = 1
_ENTRY_ROWS = 3
_LONGEST_TITLE = 32
_MORE_KEYS = (("up, down", "whole"), ("?", "help"), ("q", "quit"))
_FEW_KEYS = (("?", "help and keys"), ("q", "save and quit"))


class Card(NamedTuple):
    """One question, menu or line to type, whatever the window.

    `heading` and `aside` stand at the two ends of the first line. `done` fills the bar below, with `progress` beside
    it. `said` is what was just saved, `notice` what must be seen. `keys` are (key, what it does). `prompt` opens the
    line with the cursor; `typed` stands behind it, None where single keys are read. `side` are the trends: title,
    count, whether it is the one on show.
    """

    heading: str
    question: str
    options: tuple[Option, ...] = ()
    aside: str = ""
    done: tuple[int, int] | None = None
    progress: str = ""
    said: tuple[Span, ...] = ()
    notice: str = ""
    notes: tuple[str, ...] = ()
    keys: tuple[tuple[str, str], ...] = ()
    prompt: str = ""
    typed: str | None = None
    side: tuple[tuple[str, str, bool], ...] = ()
    names_above: bool = False


def laid_out(card: Card, window: Window, highlighted: int | None = None) -> Frame:
    """The card in a window, with one option highlighted or none. Only questions keep their keys at the bottom."""
    if card.side and window.width >= SIDE_FROM:
        side = _side(card)
        main = Window(window.width - width_of(side[0]), window.height)
        return _beside(side, laid_out(card._replace(side=()), main, highlighted))
    for arrangement in (_roomy, _close, _tight, _compact, _small, _smallest, _barest):
        frame = arrangement(card, window, highlighted)
        if len(frame.lines) <= window.height:
            return frame
    return _clipped(frame, window)


# The arrangements, from generous to small


def _roomy(card: Card, window: Window, highlighted: int | None) -> Frame:
    # By the window and not by the question, so that one question looks like the next.
    width = _text_width(window)
    options, at = _options(card, width, highlighted, gap=window.height >= TALLEST or card.names_above)
    top = [*_head(card, window.width), *_told(card, width), (), *_question(card, width), *_notes(card, width), ()]
    return _joined(top, options, at, [(), *_foot(card, window.width)], card, window)


def _close(card: Card, window: Window, highlighted: int | None) -> Frame:
    width = _text_width(window)
    options, at = _options(card, width, highlighted, gap=False)
    top = [*_head(card, window.width), *_told(card, width), *_question(card, width), *_notes(card, width), ()]
    return _joined(top, options, at, [(), *_foot(card, window.width)], card, window)


def _tight(card: Card, window: Window, highlighted: int | None) -> Frame:
    width = window.width - 2 * _MARGIN
    options, at = _options(card, width, highlighted, gap=False)
    told = _told(card, width) if card.said or card.notice else []
    top = [*_head(card, window.width), *told, *_question(card, width), *_notes(card, width)]
    return _joined(top, options, at, _foot(card, window.width), card, window)


def _compact(card: Card, window: Window, highlighted: int | None) -> Frame:
    width = window.width - 2 * _MARGIN
    options, at = _options(card, width, highlighted, gap=False)
    top = [_one_line_head(card, window.width), *_question(card, width)]
    return _joined(top, options, at, [*_few_keys(card, window.width), *_entry(card, window.width)], card, window)


def _small(card: Card, window: Window, highlighted: int | None) -> Frame:
    width = window.width - 2 * _MARGIN
    options: list[Line] = []
    at = None
    for number, option in enumerate(card.options):
        if number == highlighted:
            at = len(options)
            options += _option(option, width, 0, highlighted=True)
        else:
            options.append(_shortened(option, width))
    top = [_one_line_head(card, window.width), *_question(card, width)]
    foot = _entry(card, window.width)
    if len(top) + len(options) + len(foot) < window.height:
        foot = [*_keys(_MORE_KEYS if card.done else card.keys, window.width)[:1], *foot]
    return _joined(top, options, at, foot, card, window)


def _smallest(card: Card, window: Window, highlighted: int | None) -> Frame:
    others = [option.key for number, option in enumerate(card.options) if number != (highlighted or 0)]
    return _barest(card, window, highlighted, [_indented(Span(f"also {'  '.join(others)}"))] if others else [])


def _barest(card: Card, window: Window, highlighted: int | None, below: Sequence[Line] = ()) -> Frame:
    width = window.width - 2 * _MARGIN
    options: list[Line] = []
    if card.options:
        shown = card.options[highlighted or 0]
        whole = highlighted is not None
        options = _option(shown, width, 0, highlighted=True) if whole else [_shortened(shown, width)]
    top = [_one_line_head(card, window.width), *_question(card, width)]
    cursor = None if highlighted is None else 0
    return _joined(top, [*options, *below], cursor, _entry(card, window.width), card, window)


def _clipped(frame: Frame, window: Window) -> Frame:
    """The last resort: the beginning and the line with the cursor."""
    kept = [*frame.lines[: window.height - 1], frame.lines[-1]]
    return Frame(kept, min(frame.row, window.height - 1), frame.column)


def _joined(
    top: list[Line], options: list[Line], at: int | None, foot: list[Line], card: Card, window: Window
) -> Frame:
    rows = min(window.height, TALLEST) if card.done else 0
    space = rows - len(top) - len(options) - len(foot)
    lines = [*top, *options, *[()] * max(0, space), *foot]
    if at is not None and card.typed is None:
        return Frame(lines, len(top) + at, _MARGIN)
    return Frame(lines, len(lines) - 1, width_of(lines[-1]))


# The parts of a card


def _text_width(window: Window) -> int:
    return min(window.width - 2 * _MARGIN, WIDEST_TEXT)


def _head(card: Card, width: int) -> list[Line]:
    inner = min(width, WIDEST_TEXT + 2 * _MARGIN)
    margin = Span(" " * _MARGIN)
    right = (Span(card.aside), margin) if card.aside else ()
    lines = [at_both_ends((margin, Span(card.heading, "bold")), right, inner)]
    if card.done:
        right = (Span(f"  {card.progress}"), margin)
        room = max(0, inner - width_of(right) - _MARGIN)
        lines.append((margin, *_bar(*card.done, room), *right))
    return lines


def _bar(done: int, whole: int, width: int) -> Line:
    # Full only when all is done, begun as soon as anything is.
    filled = width if done == whole else min(width - 1, max(1 if done else 0, done * width // max(whole, 1)))
    return Span(_DONE * filled, "accent"), Span(_TO_DO * (width - filled))


def _one_line_head(card: Card, width: int) -> Line:
    aside = card.aside if not card.said else ""
    left = (Span(card.notice, "warning"),) if card.notice else card.said or (Span(card.heading, "bold"),)
    return at_both_ends((Span(" " * _MARGIN), *left), (Span(aside), Span(" ")) if aside else (), width)


def _told(card: Card, width: int) -> list[Line]:
    """What was saved, and what must be noticed; an empty line holds the place."""
    notice = [_indented(Span(text, "warning")) for text in wrap(card.notice, width)] if card.notice else []
    said = [_indented(*card.said)] if card.said else []
    return [*said, *notice] or [()]


def _question(card: Card, width: int) -> list[Line]:
    return [_indented(Span(text, "bold")) for text in wrap(card.question, width)]


def _notes(card: Card, width: int) -> list[Line]:
    return [_indented(Span(cut(note, width))) for note in card.notes]


def _indented(*spans: Span) -> Line:
    return (Span(" " * _MARGIN), *spans)


def _options(card: Card, width: int, highlighted: int | None, *, gap: bool) -> tuple[list[Line], int | None]:
    names = max((cells(option.title) for option in card.options), default=0)
    column = 0 if card.names_above or width < _NARROW else names
    lines: list[Line] = []
    at = None
    for number, option in enumerate(card.options):
        if number == highlighted:
            at = len(lines)
        lines += _option(option, width, column, highlighted=number == highlighted, above=card.names_above)
        if gap and number < len(card.options) - 1:
            lines.append(())
    return lines, at


def _option(option: Option, width: int, column: int, *, highlighted: bool, above: bool = False) -> list[Line]:
    """One option with its text hanging beside its name, below it, or, with no room for names, alone."""
    mark = ">" if highlighted else "*" if option.chosen else " "
    name_style = "reverse" if highlighted else "bold" if option.chosen else ""
    style = "reverse" if highlighted else "bold" if option.chosen and not above else ""
    opening: Line = (Span(mark, "bold"), Span(option.key, name_style or "strong accent"), Span("  ", name_style))
    hang = width_of(opening)
    if above or not option.text:
        texts = wrap(option.text, width - hang) if option.text else []
        first = (*opening, Span(option.title, name_style or "bold" if above else name_style))
        return [first, *((Span(" " * hang), Span(text)) for text in texts)]
    if column:
        space = Span(" " * (column - cells(option.title) + 2), style if highlighted else "")
        opening = (*opening, Span(option.title, name_style), space)
        hang = width_of(opening)
    first_text, *others = wrap(option.text, width - hang + _MARGIN)
    return [(*opening, Span(first_text, style)), *((Span(" " * hang), Span(text, style)) for text in others)]


def _shortened(option: Option, width: int) -> Line:
    mark = "*" if option.chosen else " "
    text = f"{option.title}: {option.text}" if option.title and not option.text else option.text or option.title
    return (Span(mark, "bold"), Span(option.key, "strong accent"), Span("  "), Span(cut(text, width - 3)))


def _foot(card: Card, width: int) -> list[Line]:
    return [*_keys(card.keys, min(width, WIDEST_TEXT + 2 * _MARGIN)), *_entry(card, width)]


def _few_keys(card: Card, width: int) -> list[Line]:
    return _keys(_FEW_KEYS if card.done and card.typed is None else card.keys, width)[:1]


def _keys(keys: Sequence[tuple[str, str]], width: int) -> list[Line]:
    lines: list[Line] = []
    for key, name in keys:
        entry = (Span(key, "strong accent"), Span(f" {name}"))
        if lines and width_of(lines[-1]) + width_of(entry) + 3 < width:
            lines[-1] = (*lines[-1], Span("   "), *entry)
        else:
            lines.append(_indented(*entry))
    return lines


def _entry(card: Card, width: int) -> list[Line]:
    prompt = f"{card.prompt} "
    if card.typed is None:
        return [_indented(Span(cut(prompt, width - 2 * _MARGIN), "bold"))]
    room = max(1, width - 2 * _MARGIN)
    rows = pieces(prompt + card.typed, room)[-_ENTRY_ROWS:]
    if cells(rows[-1]) >= room:
        rows = [*rows, ""][-_ENTRY_ROWS:]
    if rows[0].startswith(prompt):
        first = _indented(Span(prompt, "bold"), Span(rows[0][len(prompt) :]))
        return [first, *(_indented(Span(row)) for row in rows[1:])]
    return [_indented(Span(row)) for row in rows]


# The trends beside the question


def _side(card: Card) -> list[Line]:
    """The trends with their counts, every line equally wide."""
    titles = min(_LONGEST_TITLE, max(cells(title) for title, _, _ in card.side))
    counts = max(cells(count) for _, count, _ in card.side)
    lines = [_side_line(" ", "Trends", "", titles, counts, "bold"), _side_line(" ", "", "", titles, counts, "")]
    for title, count, here in card.side:
        mark, style = (">", "bold") if here else (" ", "")
        lines.append(_side_line(mark, title, count, titles, counts, style))
    return lines


def _side_line(mark: str, title: str, count: str, titles: int, counts: int, style: str) -> Line:
    text = cut(title, titles)
    space = Span(" " * (titles - cells(text) + counts - cells(count) + 1))
    return (Span(f"{mark} ", "bold"), Span(text, style), space, Span(count, style), Span(" \u2502 "))


def _beside(left: list[Line], main: Frame) -> Frame:
    empty = left[1]
    rows = max(len(left), len(main.lines))
    beginnings = left + [empty] * (rows - len(left))
    rest = main.lines + [()] * (rows - len(main.lines))
    lines = [(*beginning, *line) for beginning, line in zip(beginnings, rest, strict=True)]
    return Frame(lines, main.row, main.column + width_of(empty))


# Pages: more text than one window may hold


def page(heading: str, lines: Sequence[Line], window: Window, top: int, prompt: str) -> tuple[Frame, int]:
    """A part of a long text from line `top` on, and how far it can still be scrolled down."""
    rows = max(1, window.height - 4)
    last = max(0, len(lines) - rows)
    top = min(top, last)
    shown = list(lines[top : top + rows])
    more = "" if last == 0 else f"{top + 1}-{top + len(shown)} of {len(lines)} "
    head = at_both_ends(_indented(Span(heading, "bold")), (Span(more),) if more else (), min(window.width, 98))
    foot = _indented(Span(cut(f"{prompt} ", window.width - 1), "bold"))
    whole = [head, (), *shown, (), foot]
    return Frame(whole, len(whole) - 1, width_of(fitted(foot, window.width))), last
