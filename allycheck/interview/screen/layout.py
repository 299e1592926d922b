"""A card laid out in a window: generously where there is room, and never so that header or question scroll away.

What gives way, in this order: empty lines; the list of keys; then every option but the highlighted one shrinks to a
line; then the others keep only their numbers. Nothing here knows a terminal.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.cells import chop_cells

from allycheck.interview.keymap import Hints
from allycheck.interview.prompts import Option
from allycheck.interview.terminal.terminal import Window
from allycheck.language import _
from allycheck.render.document.layout import Line, Span, cells, wrapped

WIDEST_TEXT = 96
MARGIN = 1
TALLEST = 30
"""Rows beyond which the keys do not move further down, so that the eye need not travel."""
SIDE_FROM = 110
"""Columns from which the trends stand beside the question."""
ELLIPSIS = "\u2026"
_DONE, _TO_DO = "\u2501", "\u2500"
_NARROW = 60
_ENTRY_ROWS = 3
_LONGEST_TITLE = 32


class Card(NamedTuple):
    """One question, menu or line to type, whatever the window.

    `heading` and `aside` stand at the two ends of the first line. `done` fills the bar below, with `progress` beside
    it. `said` is what was just saved, `then` what can be done about it, in more or in fewer words; `notice` is what
    must be seen. `keys` are (key, what it does), `few_keys` those that stand for all where there is no room,
    `small_keys` the same where the options are shortened. `prompt` opens the line with the cursor; `typed` stands
    behind it, None where single keys are read. `side` are the trends: title, count, whether it is the one on show.
    """

    heading: str
    question: str
    options: tuple[Option, ...] = ()
    aside: str = ""
    done: tuple[int, int] | None = None
    progress: str = ""
    said: str = ""
    then: tuple[str, ...] = ("",)
    notice: str = ""
    notes: tuple[str, ...] = ()
    keys: Hints = ()
    few_keys: Hints = ()
    small_keys: Hints = ()
    prompt: str = ""
    typed: str | None = None
    side: tuple[tuple[str, str, bool], ...] = ()
    names_above: bool = False


class Frame(NamedTuple):
    """A whole screen, and where the cursor stands in it."""

    lines: list[Line]
    row: int
    column: int


def laid_out(card: Card, window: Window, highlighted: int | None = None) -> Frame:
    """The card in a window, with one option highlighted or none. Only questions keep their keys at the bottom."""
    if card.side and window.width >= SIDE_FROM:
        side = _side(card)
        main = Window(window.width - width_of(side[0]), window.height)
        return _beside(side, laid_out(card._replace(side=()), main, highlighted))
    for arrangement in (_roomy, _close, _tight, _compact, _small, _smallest, _barest, _headless):
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
    lines, at = _options(card, width, highlighted, gap=gap)
    question = [*above, *_question(card, width), *_notes(card, width)]
    top = [*_header(card, window.width), *_told(card, width), *question, ()]
    return _joined(card, window, top, lines, at, [(), *_keys(card, window.width)])


def _tight(card: Card, window: Window, highlighted: int | None) -> Frame:
    width = _inner(window)
    lines, at = _options(card, width, highlighted, gap=False)
    told = _told(card, width) if card.said or card.notice else []
    question = [*_question(card, width), *_notes(card, width)]
    top = [*_header(card, window.width), *told, *question]
    return _joined(card, window, top, lines, at, _keys(card, window.width))


def _compact(card: Card, window: Window, highlighted: int | None) -> Frame:
    lines, at = _options(card, _inner(window), highlighted, gap=False)
    return _joined(card, window, _short_top(card, window), lines, at, _few_keys(card, window.width))


def _small(card: Card, window: Window, highlighted: int | None) -> Frame:
    width = _inner(window)
    lines: list[Line] = []
    at = None
    for number, option in enumerate(_narrowed(card)):
        if number == highlighted:
            at = len(lines)
            lines += _option(option, width, highlighted=True)
        else:
            lines.append(_shortened(option, width))
    top = _short_top(card, window)
    room = window.height - len(top) - len(_entry(card, window.width))
    if card.done is None and len(lines) > room:
        begin = max(0, min((at or 0) - room // 2, len(lines) - room))
        lines, at = lines[begin : begin + room], None if at is None else at - begin
    return _joined(card, window, top, lines, at, _small_keys(card, window.width) if room > len(lines) else [])


def _smallest(card: Card, window: Window, highlighted: int | None) -> Frame:
    others = [option.key for number, option in enumerate(card.options) if number != (highlighted or 0)]
    also = _("also {keys}").format(keys="  ".join(others))
    return _barest(card, window, highlighted, [_indented(Span(also))] if others else [])


def _barest(card: Card, window: Window, highlighted: int | None, below: Sequence[Line] = ()) -> Frame:
    width = _inner(window)
    lines: list[Line] = []
    if card.options:
        shown = _narrowed(card)[highlighted or 0]
        is_whole = highlighted is not None
        lines = _option(shown, width, highlighted=True) if is_whole else [_shortened(shown, width)]
    at = None if highlighted is None else 0
    return _joined(card, window, _short_top(card, window), [*lines, *below], at, [])


def _headless(card: Card, window: Window, highlighted: int | None) -> Frame:
    """Where even that is a line too long: whoever reads an anchor has seen the heading."""
    _heading, *lines = (frame := _barest(card, window, highlighted)).lines
    return Frame(lines, frame.row - 1, frame.column)


def _clipped(frame: Frame, window: Window) -> Frame:
    """The last resort: the beginning and the line with the cursor."""
    kept = [*frame.lines[: window.height - 1], frame.lines[-1]]
    return Frame(kept, min(frame.row, window.height - 1), frame.column)


def _inner(window: Window) -> int:
    return max(1, window.width - 2 * MARGIN)


def _short_top(card: Card, window: Window) -> list[Line]:
    width = _inner(window)
    head = _short_notice(card, width) if card.notice else [_short_header(card, window.width)]
    return [*head, *_question(card, width)]


def _short_notice(card: Card, width: int) -> list[Line]:
    """What must be noticed, on two lines at most."""
    first, *others = filled(card.notice, width)
    return [_indented(Span(cut(text, width), "warning")) for text in (first, " ".join(others)) if text]


def _joined(
    card: Card, window: Window, top: list[Line], options: list[Line], at: int | None, keys: list[Line]
) -> Frame:
    """The parts above each other, with the cursor on the highlighted option (`at`) or behind the prompt."""
    foot = [*keys, *_entry(card, window.width)]
    rows = min(window.height, TALLEST) if card.done else 0
    space = rows - len(top) - len(options) - len(foot)
    lines = [*top, *options, *[()] * max(0, space), *foot]
    if at is not None and card.typed is None:
        return Frame(lines, len(top) + at, MARGIN)
    return Frame(lines, len(lines) - 1, width_of(lines[-1]))


# Pages: more text than one window may hold


def page(card: Card, lines: Sequence[Line], window: Window, top: int) -> tuple[Frame, int]:
    """A part of a long text from line `top` on, and how far it can still be scrolled down.

    Of the card only heading, notice, keys and the line to type are shown.
    """
    noticed = [_indented(Span(text, "warning")) for text in filled(card.notice, _inner(window))] if card.notice else []
    below = [*noticed, *_few_keys(card, window.width), *_entry(card, window.width)]
    rows = max(1, window.height - 3 - len(below))
    last = max(0, len(lines) - rows)
    top = min(top, last)
    shown = list(lines[top : top + rows])
    place = _("{first}-{last} of {lines}").format(first=top + 1, last=top + len(shown), lines=len(lines))
    more = (Span(f"{place} "),) if last else ()
    title = _indented(Span(card.heading, "bold"))
    head = at_both_ends(title, more, min(window.width, WIDEST_TEXT + 2 * MARGIN))
    whole = [head, (), *shown, (), *below]
    return Frame(whole, len(whole) - 1, width_of(whole[-1])), last


# The parts of a card, each laid out to a width


def _header(card: Card, width: int) -> list[Line]:
    """Where we are, and the bar of answers given."""
    inner = min(width, WIDEST_TEXT + 2 * MARGIN)
    margin = Span(" " * MARGIN)
    right = (Span(card.aside), margin) if card.aside else ()
    lines = [at_both_ends((margin, Span(card.heading, "bold")), right, inner)]
    if card.done:
        right = (Span(f"  {card.progress}"), margin)
        room = max(0, inner - width_of(right) - MARGIN)
        lines.append((margin, *_bar(*card.done, room), *right))
    return lines


def _bar(done: int, whole: int, width: int) -> Line:
    # Full only when all is done, begun as soon as anything is.
    filled = width if done == whole else min(width - 1, max(1 if done else 0, done * width // max(whole, 1)))
    return Span(_DONE * filled, "accent"), Span(_TO_DO * (width - filled))


def _short_header(card: Card, width: int) -> Line:
    """The same on one line, which what was saved takes over."""
    aside = "" if card.said else card.aside
    left = _said(card, width - MARGIN) if card.said else (Span(card.heading, "bold"),)
    return at_both_ends((Span(" " * MARGIN), *left), (Span(aside), Span(" ")) if aside else (), width)


def _told(card: Card, width: int) -> list[Line]:
    """What was saved, and what must be noticed; an empty line holds the place."""
    notice = [_indented(Span(text, "warning")) for text in filled(card.notice, width)] if card.notice else []
    said = [_indented(*_said(card, width))] if card.said else []
    return [*said, *notice] or [()]


def _said(card: Card, width: int) -> Line:
    """What was saved, and as much of what can be done about it as fits beside it."""
    room = width - cells(card.said)
    then = next((words for words in card.then if cells(words) <= room), "")
    return Span(card.said, "good"), Span(then)


def _question(card: Card, width: int) -> list[Line]:
    """The question itself."""
    return [_indented(Span(text, "bold")) for text in filled(card.question, width)]


def _notes(card: Card, width: int) -> list[Line]:
    """What is answered and noted already, each on one line."""
    return [_indented(Span(cut(note, width))) for note in card.notes]


def _indented(*spans: Span) -> Line:
    """A line with the margin in front."""
    return (Span(" " * MARGIN), *spans)


def _options(card: Card, width: int, highlighted: int | None, *, gap: bool) -> tuple[list[Line], int | None]:
    """All options in full, and the line at which the highlighted one begins."""
    shown = _narrowed(card) if width < _NARROW and not card.names_above else card.options
    column = 0 if card.names_above else max((cells(each.title) for each in shown), default=0)
    lines: list[Line] = []
    at = None
    for number, each in enumerate(shown):
        if number == highlighted:
            at = len(lines)
        if card.names_above:
            lines += _option_below_its_name(each, width, highlighted=number == highlighted)
        else:
            lines += _option(each, width, column, highlighted=number == highlighted)
        if gap and number < len(shown) - 1:
            lines.append(())
    return lines, at


def _narrowed(card: Card) -> tuple[Option, ...]:
    """The options where there is no room for names of their own: a question's sentences alone, a menu's run on."""
    if card.done:
        return tuple(option._replace(title="") for option in card.options)
    joined = (": ".join(filter(None, (option.title, option.text))) for option in card.options)
    return tuple(option._replace(title="", text=text) for option, text in zip(card.options, joined, strict=True))


def _option(shown: Option, width: int, column: int = 0, *, highlighted: bool) -> list[Line]:
    """One option, its text hanging beside its name; `column` is the width of the longest name, 0 without names."""
    style = "reverse" if highlighted else "bold" if shown.chosen else ""
    opening = _opening(shown, style)
    if column:
        name = f"{shown.title}{' ' * (column - cells(shown.title) + 2)}"
        opening = (*opening, Span(name, style))
    hang = width_of(opening)
    first, *others = filled(shown.text, width - hang + MARGIN)
    return [(*opening, Span(first, style)), *((Span(" " * hang), Span(text, style)) for text in others)]


def _option_below_its_name(shown: Option, width: int, *, highlighted: bool) -> list[Line]:
    style = "reverse" if highlighted else ""
    opening = _opening(shown, style)
    hang = width_of(opening)
    below = filled(shown.text, width - hang) if shown.text else []
    return [(*opening, Span(shown.title, style or "bold")), *((Span(" " * hang), Span(text)) for text in below)]


def _opening(shown: Option, style: str) -> Line:
    mark = ">" if style == "reverse" else "*" if shown.chosen else " "
    return (Span(mark, "bold"), Span(shown.key, style or "strong accent"), Span("  ", style))


def _shortened(shown: Option, width: int) -> Line:
    """As much of an option as fits on one line."""
    opening = _opening(shown, "")
    return (*opening, Span(cut(shown.text, width - width_of(opening) + MARGIN)))


def _keys(card: Card, width: int) -> list[Line]:
    """All keys with what they do."""
    return _key_lines(card.keys, min(width, WIDEST_TEXT + 2 * MARGIN))


def _few_keys(card: Card, width: int) -> list[Line]:
    """The keys that lead to all others, on one line."""
    return _key_lines(card.few_keys or card.keys, width)[:1]


def _small_keys(card: Card, width: int) -> list[Line]:
    """The same where the options stand shortened."""
    return _key_lines(card.small_keys or card.keys, width)[:1]


def _key_lines(shown: Hints, width: int) -> list[Line]:
    lines: list[Line] = []
    for key, name in shown:
        pair = (Span(key, "strong accent"), Span(f" {name}"))
        if lines and width_of(lines[-1]) + width_of(pair) + 3 < width:
            lines[-1] = (*lines[-1], Span("   "), *pair)
        else:
            lines.append(_indented(*pair))
    return lines


def _entry(card: Card, width: int) -> list[Line]:
    """The prompt with what is typed so far; of a long text its end."""
    prompt = f"{card.prompt} "
    if card.typed is None:
        return [_indented(Span(cut(prompt, width - 2 * MARGIN), "bold"))]
    room = max(1, width - 2 * MARGIN)
    rows = chop_cells(prompt + card.typed, room)[-_ENTRY_ROWS:]
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
    """A frame with something at its left."""
    empty = left[1]
    rows = max(len(left), len(main.lines))
    beginnings = left + [empty] * (rows - len(left))
    rest = main.lines + [()] * (rows - len(main.lines))
    lines = [(*beginning, *line) for beginning, line in zip(beginnings, rest, strict=True)]
    return Frame(lines, main.row, main.column + width_of(empty))


# Lines


def width_of(line: Line) -> int:
    """How many columns a line fills."""
    return sum(cells(span.text) for span in line)


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


def cut(text: str, width: int) -> str:
    """As much of the text as fits, with an ellipsis where something is missing."""
    if cells(text) <= width:
        return text
    kept = chop_cells(text, width - 1)[0] if width > 1 else ""
    return (kept.rstrip() + ELLIPSIS)[: max(width, 0)]


def filled(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells, at least 1, whatever white space is in it. At least one line."""
    return wrapped(" ".join(text.split()), max(1, width)) or [""]
