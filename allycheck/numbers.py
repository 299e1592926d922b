"""Exact numbers in, rounded numbers out (method 1): half up, away from zero, no "-0"."""

import re
from collections.abc import Sequence
from fractions import Fraction
from math import lcm
from typing import Self

from allycheck.language import _, pgettext, spoken

_DECIMAL = re.compile(r"[0-9]+(\.[0-9]+)?")
_LONGEST = 30
_UNGROUPED = 4
"""Digits of the longest number that is not grouped, so that years and the like are not."""


def parse_decimal(text: str) -> Fraction:
    """Read a decimal exactly: "0.1" is one tenth. Raises ValueError for anything but plain digits."""
    if len(text) > _LONGEST:
        raise ValueError(_("longer than {number} digits").format(number=_LONGEST))
    if not _DECIMAL.fullmatch(text):
        raise ValueError(_("not a plain decimal number such as 2 or 0.5"))
    return Fraction(text)


def in_units(values: Sequence[Fraction | int]) -> tuple[list[int], int]:
    """The values in whole numbers, and how many of these units make one: whole numbers cost far less to add."""
    unit = lcm(*(value.denominator for value in values))
    return [value.numerator * (unit // value.denominator) for value in values], unit


def scaled(value: Fraction, places: int) -> int:
    """Round half up, away from zero, and return the digits as a whole number: 66.65, 1 -> 667."""
    twice: int = abs(value.numerator) * 2 * 10**places + value.denominator
    whole = twice // (2 * value.denominator)
    return whole if value.numerator >= 0 else -whole


def as_float(value: Fraction, places: int = 4) -> float:
    """The number as JSON shows it: rounded to 4 decimals, never -0.0."""
    return scaled(value, places) / int(10**places)


def as_digits(value: Fraction, places: int = 1) -> str:
    """The number with exactly `places` decimals, the same in every language."""
    digits = scaled(value, places)
    sign, digits = ("-", -digits) if digits < 0 else ("", digits)
    if not places:
        return f"{sign}{digits}"
    return f"{sign}{digits // 10**places}.{digits % 10**places:0{places}d}"


def localised(digits: str) -> str:
    """A number of `as_digits` as the language spoken writes it: its decimal mark, its digits in groups of three."""
    if spoken().translation is None:
        return digits
    whole, _, decimals = digits.partition(".")
    grouping = pgettext("the mark between groups of three digits", "none")
    if grouping != "none" and len(whole.lstrip("-")) > _UNGROUPED:
        whole = f"{int(whole):,}".replace(",", grouping)
    return whole + pgettext("the decimal mark", ".") + decimals if decimals else whole


def as_text(value: Fraction, places: int = 1) -> str:
    """The number as text shows it, with exactly `places` decimals."""
    return localised(as_digits(value, places))


def whole(value: int) -> str:
    """A whole number as text shows it."""
    return localised(str(value))


def as_decimal(value: Fraction) -> str:
    """A number that came in as a decimal, as it came in: 2, 1.5, 0.25."""
    return localised(decimal_digits(value))


def decimal_digits(value: Fraction) -> str:
    """As `as_decimal`, the same in every language."""
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    return as_digits(value, places)


def trimmed(value: Fraction, places: int) -> str:
    """The number as text shows it, rounded, without decimals that say nothing: 3, 2.5."""
    digits = as_digits(value, places)
    return localised(digits.rstrip("0").rstrip(".") if "." in digits else digits)


def read_back(text: str) -> float | None:
    """The number that a text shows, in the language spoken; None where it shows none."""
    if spoken().translation is not None:
        grouping = pgettext("the mark between groups of three digits", "none")
        text = text.replace(grouping, "").replace(pgettext("the decimal mark", "."), ".")
    try:
        return float(text)
    except ValueError:
        return None


def percents(shares: Sequence[Fraction], places: int = 0) -> list[str]:
    """Shares of a whole, 0 to 1, as percentages that printed side by side add up to what the shares do (method 1).

    With at least `places` decimals, and as many as keep 0% for nothing and 100% for everything.
    """
    parts = list(zip(shares, _apportioned(shares, places), strict=True))
    if any(digits in {0, 100 * 10**places} and share.denominator != 1 for share, digits in parts):
        return percents(shares, places + 1)
    return [as_percent(as_text(Fraction(digits, 10**places), places)) for _, digits in parts]


def as_percent(number: str) -> str:
    """A number as percent."""
    return pgettext("a number as percent", "{number}%").format(number=number)


def _apportioned(shares: Sequence[Fraction], places: int) -> list[int]:
    """The digits of each share, rounded down; what then lacks goes to the largest remainders, the first one first."""
    exactly = [share * 100 * 10**places for share in shares]
    digits = [int(value) for value in exactly]
    lacking = scaled(sum(exactly, Fraction(0)), 0) - sum(digits)
    for at in sorted(range(len(shares)), key=lambda at: digits[at] - exactly[at])[:lacking]:
        digits[at] += 1
    return digits


def as_text_within(value: Fraction, edges: list[Fraction], places: int = 1) -> str:
    """As `as_text`, with as many decimals as keep the number on its own side of every edge.

    An exposure of 59.97 is below 60 and prints as 59.97, not as 60.0.
    """
    while any((value < edge) != (Fraction(as_digits(value, places)) < edge) for edge in edges):
        places += 1
    return as_text(value, places)


class Number(float):
    """A number as JSON prints it, 4 decimals, that still knows its exact value for text and thresholds."""

    __slots__ = ("exact",)
    exact: Fraction

    def __new__(cls, exact: Fraction) -> Self:
        """Round once, keep both."""
        rounded = super().__new__(cls, as_float(exact))
        rounded.exact = exact
        return rounded


def number(value: Fraction | None) -> Number | None:
    """A number for a result, or None."""
    return None if value is None else Number(value)


def exact(value: float) -> Fraction:
    """The exact value behind a number of a result; for one that was read back from JSON, what was printed."""
    return value.exact if isinstance(value, Number) else Fraction(repr(value))
