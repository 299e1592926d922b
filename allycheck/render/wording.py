"""Words for the numbers of a result, the same in every text format: scores, ranges, levels, shares, times, sizes."""

from collections.abc import Sequence
from typing import Protocol

from allycheck.numbers import as_text, as_text_within, exact
from allycheck.report import Level

WITHIN = {"30d": "within 30 days", "90d": "within 90 days", "1y": "within a year"}
SIZES = {"S": "small", "M": "medium", "L": "large"}


def points(value: float, bands: Sequence[float] = ()) -> str:
    """A score, exposure or change with 1 decimal, or as many as keep it on its own side of every band."""
    return as_text_within(exact(value), [exact(band) for band in bands])


def change(value: float) -> str:
    """A change in points, with its sign."""
    text = points(value)
    return f"+{text}" if value > 0 else text


def extent(low: float, high: float) -> str:
    """A range: "53.6 to 57.3"."""
    return f"{points(low)} to {points(high)}"


def short_extent(low: float | None, high: float | None) -> str:
    """A range for a column: "53.6\u201357.3"; empty where both ends are the same or nothing applies."""
    return "" if low is None or high is None or low == high else f"{points(low)}\u2013{points(high)}"


def percent(share: float, *edges: float) -> str:
    """A share of 0 to 1 in whole percent, or with the decimals that keep it on its own side of every edge."""
    return f"{as_text_within(100 * exact(share), [100 * exact(edge) for edge in (*edges, 0.0, 1.0)], 0)}%"


def amount(value: float) -> str:
    """A number without decimals that say nothing: 3, 2.5."""
    return as_text(exact(value), 2).rstrip("0").rstrip(".")


def effort(value: float) -> str:
    """Effort points: "3 points"."""
    text = amount(value)
    return f"{text} {'point' if text == '1' else 'points'}"


def level(reached: Level | None) -> str:
    """A level by name; a dash where nothing applies."""
    return reached.name if reached else "-"


class Counted(Protocol):
    """Whatever counts the four states of its answers: a trend, or all of them."""

    @property
    def answered(self) -> int:
        """Answers that are a level."""

    @property
    def unknown(self) -> int:
        """Answers that are "don't know"."""

    @property
    def unanswered(self) -> int:
        """Questions without an answer."""

    @property
    def not_applicable(self) -> int:
        """Answers that are "not applicable"."""


def asked(counted: Counted) -> int:
    """How many questions were asked."""
    return counted.answered + counted.unknown + counted.unanswered + counted.not_applicable


def not_answered(counted: Counted) -> str:
    """What is not a level, in words: "2 don't know, 1 unanswered, 3 not applicable"; empty if nothing."""
    parts = [
        (counted.unknown, "don't know"),
        (counted.unanswered, "unanswered"),
        (counted.not_applicable, "not applicable"),
    ]
    return ", ".join(f"{number} {name}" for number, name in parts if number)
