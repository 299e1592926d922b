"""Exact quartiles of values of which only those at certain ranks are known (method 12)."""

from collections.abc import Mapping
from fractions import Fraction
from math import floor

FEWEST_FOR_MEDIAN = 5
FEWEST_FOR_QUARTILES = 10
FEWEST_FOR_RANK = 20


def quartile(n: int, part: int, ordered: Mapping[int, Fraction]) -> Fraction:
    """The first, second (median) or third quartile of `n` values, type 7 of Hyndman and Fan.

    It lies at the place h = (n - 1) * part / 4, counted from 0, between two values in proportion.
    """
    place = Fraction((n - 1) * part, 4)
    below = floor(place)
    low = ordered[below]
    return low + (place - below) * (ordered[below + 1] - low) if place > below else low
