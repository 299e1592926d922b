"""The geometry of the pictures in the HTML report: a radar of the trends, and next steps by effort and gain.

Coordinates are text with two decimals, the same on every machine. What a picture shows also stands in a table.
"""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from allycheck.render.words import amount
from allycheck.report import BestValue, Report, TrendReport

RADIUS = 175.0
RINGS = (25, 50, 75, 100)
FEWEST_AXES = 3
MOST_NAMES = 14
"""Axes beyond which names around a radar would touch, so that numbers stand alone."""
NAME_WIDTH, NAME_LINES = 17, 3
LINE_HEIGHT = 17.0
NUDGE = 1e-6
"""Sines may differ in the last digit between machines; a half is rounded up whatever they say."""


class Point(NamedTuple):
    """A place in a picture, as SVG takes it."""

    x: str
    y: str


class Line(NamedTuple):
    """A line of a name, with its own place."""

    at: Point
    text: str


class Axis(NamedTuple):
    """One trend of a radar: its end, its number, and its name in lines around the circle."""

    number: int
    end: Point
    label: Point
    anchor: str
    name: list[Line]
    dot: Point | None


class Radar(NamedTuple):
    """Rings, axes, the certain area, the band that is possible, and the line through the scores."""

    rings: list[str]
    axes: list[Axis]
    named: bool
    certain: str
    possible: str
    line: str


def place(x: float, y: float) -> Point:
    """A place, rounded for SVG."""
    return Point(_text(x), _text(y))


def _text(value: float) -> str:
    hundredths = math.floor(value * 100 + 0.5 + NUDGE)
    return f"{hundredths / 100:.2f}".removesuffix("00").removesuffix(".")


def radar(report: Report) -> Radar | None:
    """The trends around a circle, from the top clockwise; None where fewer than three have a range."""
    trends = report.trends
    if sum(trend.low is not None for trend in trends) < FEWEST_AXES:
        return None
    low = [_on_axis(at, len(trends), trend.low) for at, trend in enumerate(trends) if trend.low is not None]
    high = [_on_axis(at, len(trends), trend.high) for at, trend in enumerate(trends) if trend.high is not None]
    return Radar(
        rings=[_text(RADIUS * ring / 100) for ring in RINGS],
        axes=[_axis(at, len(trends), trend) for at, trend in enumerate(trends)],
        named=len(trends) <= MOST_NAMES,
        certain=_closed(low),
        possible=f"{_closed(high)} {_closed(low)}",
        line=_line(trends),
    )


def _on_axis(at: int, count: int, value: float) -> Point:
    angle = 2 * math.pi * at / count
    reach = RADIUS * value / 100
    return place(reach * math.sin(angle), -reach * math.cos(angle))


def _closed(points: Sequence[Point]) -> str:
    return f"M{' '.join(f'{point.x},{point.y}' for point in points)}Z"


def _line(trends: Sequence[TrendReport]) -> str:
    """Through the published scores of neighbours; nothing is drawn across a trend without one."""
    dots = [_dot(at, len(trends), trend) for at, trend in enumerate(trends)]
    pairs = zip(dots, [*dots[1:], dots[0]], strict=True)
    return " ".join(f"M{a.x},{a.y} {b.x},{b.y}" for a, b in pairs if a and b)


def _dot(at: int, count: int, trend: TrendReport) -> Point | None:
    return None if trend.score is None else _on_axis(at, count, trend.score)


def _axis(at: int, count: int, trend: TrendReport) -> Axis:
    angle = 2 * math.pi * at / count
    across, up = math.sin(angle), math.cos(angle)
    x, y = (RADIUS + 18) * across, -(RADIUS + 18) * up
    lines = list(_wrapped(trend.title))
    # The block of lines hangs below its place at the bottom, stands above it at the top, and is centred at the sides.
    first = y + 4 - LINE_HEIGHT * (len(lines) - 1) * (1 + up) / 2
    return Axis(
        number=at + 1,
        end=_on_axis(at, count, 100.0),
        label=place(x, y + 6),
        anchor="middle" if abs(across) < 0.1 else "start" if across > 0 else "end",
        name=[Line(place(x, first + LINE_HEIGHT * row), line) for row, line in enumerate(lines)],
        dot=_dot(at, count, trend),
    )


def _wrapped(title: str) -> Iterator[str]:
    """The title in at most three short lines; what does not fit ends in an ellipsis."""
    lines = [""]
    for word in title.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > NAME_WIDTH:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    for line in lines[:NAME_LINES]:
        last = line is lines[NAME_LINES - 1] if len(lines) > NAME_LINES else False
        yield f"{line[:NAME_WIDTH]}\u2026" if len(line) > NAME_WIDTH + 1 or last else line


WIDTH, HEIGHT = 460.0, 270.0
SPOT = 10.5
"""Radius of a numbered step; a plain one is smaller."""
PLAIN_SPOT = 3.5
NUMBERED = 10
MOST_TICKS = 6
FEWEST_STEPS = 3


class Spot(NamedTuple):
    """One next step; `number` is its place in the list of best value, where the picture shows it."""

    at: Point
    number: int | None


class Tick(NamedTuple):
    """A mark on an axis and the number that stands there."""

    at: str
    text: str


class Scatter(NamedTuple):
    """Next steps by effort, to the right, and points gained, upwards; `middle` parts little from much, if anything."""

    spots: list[Spot]
    across: list[Tick]
    upward: list[Tick]
    middle: Point | None


def scatter(steps: Sequence[BestValue]) -> Scatter | None:
    """Where each step stands; None for fewer than three. Effort is drawn by its root, so that little ones part."""
    if len(steps) < FEWEST_STEPS:
        return None
    efforts = sorted({step.effort for step in steps})
    # A single effort stands in the middle.
    widest = math.sqrt(efforts[-1]) * (1 if len(efforts) > 1 else 2)
    tallest = _round_up(max(step.gain for step in steps))
    shown = efforts if len(efforts) <= MOST_TICKS else [efforts[0], efforts[-1]]
    return Scatter(
        spots=list(_spots(steps, widest, tallest)),
        across=[Tick(_text(_along(effort, widest)), amount(effort)) for effort in shown],
        upward=[Tick(_text(HEIGHT - HEIGHT * part / 2), amount(tallest * part / 2)) for part in range(3)],
        middle=place(WIDTH / 2, HEIGHT / 2) if len(efforts) > 1 else None,
    )


def _along(effort: float, widest: float) -> float:
    return 0.06 * WIDTH + 0.86 * WIDTH * math.sqrt(effort) / widest


def _round_up(value: float) -> float:
    """The next of 1, 2, 4, 6, 8 times a power of ten: the top of an axis."""
    unit = 1e-4
    while value > 10 * unit:
        unit *= 10
    return next((round(unit * top, 6) for top in (1, 2, 4, 6, 8, 10) if value <= unit * top), value)


MOST_APART = 100
"""Spots that are kept apart; among more, a place without another would be sought for long and not be found."""


def _spots(steps: Sequence[BestValue], widest: float, tallest: float) -> Iterator[Spot]:
    """The first ones numbered; a spot that would cover another moves aside, along its own gain."""
    taken: list[tuple[float, float, float]] = []
    for number, step in enumerate(steps, 1):
        size = SPOT if number <= NUMBERED else PLAIN_SPOT
        x, y = _along(step.effort, widest), HEIGHT - HEIGHT * step.gain / tallest
        if number <= MOST_APART:
            x = next((aside for aside in _asides(x, size) if not _covers(aside, y, size, taken)), x)
        taken.append((x, y, size))
        yield Spot(place(x, y), number if number <= NUMBERED else None)


def _asides(x: float, size: float) -> Iterator[float]:
    """The place itself, then ever further to the right and to the left, inside the picture."""
    yield x
    for far in range(1, 100):
        yield from (aside for aside in (x + far * size / 2, x - far * size / 2) if size < aside < WIDTH - size)


def _covers(x: float, y: float, size: float, taken: Sequence[tuple[float, float, float]]) -> bool:
    return any((x - left) ** 2 + (y - top) ** 2 < (0.95 * (size + other)) ** 2 for left, top, other in taken)
