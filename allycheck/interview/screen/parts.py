"""The parts of a card, each laid out to a width: header, question, options, keys, the line to type, the trends."""

from collections.abc import Sequence
from typing import NamedTuple

from allycheck.interview.measure import cells, cut, pieces, wrap
from allycheck.interview.prompts import Option
from allycheck.interview.screen.frames import Frame, Line, Span, at_both_ends, width_of

WIDEST_TEXT = 96
MARGIN = 1
_DONE, _TO_DO = "\u2501", "\u2500"
_NARROW = 60
_ENTRY_ROWS = 3
_LONGEST_TITLE = 32
_SMALL_KEYS = (("up, down", "whole"), ("?", "help"), ("q", "quit"))
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


def header(card: Card, width: int) -> list[Line]:
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


def short_header(card: Card, width: int) -> Line:
    """The same on one line, which what was saved or must be noticed takes over."""
    aside = card.aside if not card.said else ""
    left = (Span(card.notice, "warning"),) if card.notice else card.said or (Span(card.heading, "bold"),)
    return at_both_ends((Span(" " * MARGIN), *left), (Span(aside), Span(" ")) if aside else (), width)


def told(card: Card, width: int) -> list[Line]:
    """What was saved, and what must be noticed; an empty line holds the place."""
    notice = [indented(Span(text, "warning")) for text in wrap(card.notice, width)] if card.notice else []
    said = [indented(*card.said)] if card.said else []
    return [*said, *notice] or [()]


def question(card: Card, width: int) -> list[Line]:
    """The question itself."""
    return [indented(Span(text, "bold")) for text in wrap(card.question, width)]


def notes(card: Card, width: int) -> list[Line]:
    """What is answered and noted already, each on one line."""
    return [indented(Span(cut(note, width))) for note in card.notes]


def indented(*spans: Span) -> Line:
    """A line with the margin in front."""
    return (Span(" " * MARGIN), *spans)


def options(card: Card, width: int, highlighted: int | None, *, gap: bool) -> tuple[list[Line], int | None]:
    """All options in full, and the line at which the highlighted one begins."""
    shown = narrowed(card) if width < _NARROW and not card.names_above else card.options
    column = 0 if card.names_above else max((cells(each.title) for each in shown), default=0)
    lines: list[Line] = []
    at = None
    for number, each in enumerate(shown):
        if number == highlighted:
            at = len(lines)
        if card.names_above:
            lines += _option_below_its_name(each, width, highlighted=number == highlighted)
        else:
            lines += option(each, width, column, highlighted=number == highlighted)
        if gap and number < len(shown) - 1:
            lines.append(())
    return lines, at


def narrowed(card: Card) -> tuple[Option, ...]:
    """The options where there is no room for names of their own: a question's sentences alone, a menu's run on."""
    if card.done:
        return tuple(option._replace(title="") for option in card.options)
    joined = (": ".join(filter(None, (option.title, option.text))) for option in card.options)
    return tuple(option._replace(title="", text=text) for option, text in zip(card.options, joined, strict=True))


def option(shown: Option, width: int, column: int = 0, *, highlighted: bool) -> list[Line]:
    """One option, its text hanging beside its name; `column` is the width of the longest name, 0 without names."""
    style = "reverse" if highlighted else "bold" if shown.chosen else ""
    opening = _opening(shown, style)
    if column:
        name = f"{shown.title}{' ' * (column - cells(shown.title) + 2)}"
        opening = (*opening, Span(name, style))
    hang = width_of(opening)
    first, *others = wrap(shown.text, width - hang + MARGIN)
    return [(*opening, Span(first, style)), *((Span(" " * hang), Span(text, style)) for text in others)]


def _option_below_its_name(shown: Option, width: int, *, highlighted: bool) -> list[Line]:
    style = "reverse" if highlighted else ""
    opening = _opening(shown, style)
    hang = width_of(opening)
    below = wrap(shown.text, width - hang) if shown.text else []
    return [(*opening, Span(shown.title, style or "bold")), *((Span(" " * hang), Span(text)) for text in below)]


def _opening(shown: Option, style: str) -> Line:
    mark = ">" if style == "reverse" else "*" if shown.chosen else " "
    return (Span(mark, "bold"), Span(shown.key, style or "strong accent"), Span("  ", style))


def shortened(shown: Option, width: int) -> Line:
    """As much of an option as fits on one line."""
    opening = _opening(shown, "")
    return (*opening, Span(cut(shown.text, width - width_of(opening) + MARGIN)))


def keys(card: Card, width: int) -> list[Line]:
    """All keys with what they do."""
    return _key_lines(card.keys, min(width, WIDEST_TEXT + 2 * MARGIN))


def few_keys(card: Card, width: int) -> list[Line]:
    """The keys that lead to all others, on one line."""
    return _key_lines(_FEW_KEYS if card.done and card.typed is None else card.keys, width)[:1]


def small_keys(card: Card, width: int) -> list[Line]:
    """The same where the options stand shortened."""
    return _key_lines(_SMALL_KEYS if card.done and card.typed is None else card.keys, width)[:1]


def _key_lines(shown: Sequence[tuple[str, str]], width: int) -> list[Line]:
    lines: list[Line] = []
    for key, name in shown:
        pair = (Span(key, "strong accent"), Span(f" {name}"))
        if lines and width_of(lines[-1]) + width_of(pair) + 3 < width:
            lines[-1] = (*lines[-1], Span("   "), *pair)
        else:
            lines.append(indented(*pair))
    return lines


def entry(card: Card, width: int) -> list[Line]:
    """The prompt with what is typed so far; of a long text its end."""
    prompt = f"{card.prompt} "
    if card.typed is None:
        return [indented(Span(cut(prompt, width - 2 * MARGIN), "bold"))]
    room = max(1, width - 2 * MARGIN)
    rows = pieces(prompt + card.typed, room)[-_ENTRY_ROWS:]
    if cells(rows[-1]) >= room:
        rows = [*rows, ""][-_ENTRY_ROWS:]
    if rows[0].startswith(prompt):
        first = indented(Span(prompt, "bold"), Span(rows[0][len(prompt) :]))
        return [first, *(indented(Span(row)) for row in rows[1:])]
    return [indented(Span(row)) for row in rows]


# The trends beside the question


def side(card: Card) -> list[Line]:
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


def beside(left: list[Line], main: Frame) -> Frame:
    """A frame with something at its left."""
    empty = left[1]
    rows = max(len(left), len(main.lines))
    beginnings = left + [empty] * (rows - len(left))
    rest = main.lines + [()] * (rows - len(main.lines))
    lines = [(*beginning, *line) for beginning, line in zip(beginnings, rest, strict=True)]
    return Frame(lines, main.row, main.column + width_of(empty))
