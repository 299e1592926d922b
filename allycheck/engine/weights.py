"""The weights of a questionnaire as whole numbers, and how sums of them are packed into integers.

An engine adds up each answer once: its weight goes into the fields of one packed integer, so that one addition keeps
what applies, what is known, and how much has reached each level. Fields are wide enough for the largest sum.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import gcd, lcm, prod
from typing import NamedTuple

from allycheck.errors import AllycheckError
from allycheck.language import _
from allycheck.questionnaire import TOP
from allycheck.scoring import STEP

BITS = 52
"""Bits of a packed integer that are used."""
EXACT = 2**53
"""Up to here DOUBLE holds every whole number."""
LARGEST = 2**63 - 1
LARGEST_WIDE = 10**38 - 1
"""The largest number of BIGINT, and of what engines have beyond: DECIMAL(38, 0)."""
MILLIONTHS = 1_000_000
UNKNOWN, NOT_APPLICABLE = TOP + 1, TOP + 2
"""States of an answer beside the levels 0 to 4."""
MOST_SUMS = 4096
"""Beyond so many possible sums of weights their common denominator is not looked for."""


def too_fine() -> AllycheckError:
    """The one refusal of an engine: its whole numbers end where the weights go on."""
    return AllycheckError(
        _("the weights of this questionnaire are too fine for the engine"), hint=_("use weights with fewer digits")
    )


def whole(weights: Sequence[Fraction]) -> list[int]:
    """The weights in proportion, as the smallest whole numbers."""
    scale = lcm(*(weight.denominator for weight in weights))
    found = [int(weight * scale) for weight in weights]
    shared = gcd(*found) or 1
    return [value // shared for value in found]


class Packing(NamedTuple):
    """How seven sums share integers: what applies, what is known, weights times levels, what has reached 1, 2, 3, 4."""

    width: int

    @classmethod
    def of(cls, largest: int) -> "Packing":
        """Fields for sums up to `largest`."""
        width = max(1, (largest * TOP).bit_length())
        if width > BITS:
            raise too_fine()
        return cls(width)

    @property
    def apiece(self) -> int:
        """How many fields one integer holds."""
        return min(FIELDS, BITS // self.width)

    @property
    def integers(self) -> int:
        """How many integers it takes."""
        return -(-FIELDS // self.apiece)

    def code(self, state: int, weight: int, integer: int) -> int:
        """What an answer in a state adds to one of the integers."""
        points = state if state <= TOP else 0
        held = [state <= UNKNOWN, state <= TOP, points, *(level <= state <= TOP for level in range(1, TOP + 1))]
        first = integer * self.apiece
        own = held[first : first + self.apiece]
        return weight * sum(int(one) << (self.width * at) for at, one in enumerate(own))

    def field(self, name: str, field: int) -> str:
        """One of the sums, taken out again, as SQL; `name` is the column of the first integer without its number."""
        integer, place = divmod(field, self.apiece)
        held = f"{name}_{integer}"
        if place:
            held = f"({held} >> {self.width * place})"
        last = place == self.apiece - 1 or field == FIELDS - 1
        return f"CAST({held if last else f'{held} & {2**self.width - 1}'} AS DOUBLE)"


APPLIES, KNOWN, POINTS = 0, 1, 2
FIELDS = 3 + TOP


def reached(level: int) -> int:
    """The field of what has reached a level from 1 to 4."""
    return POINTS + level


def sums(weights: Iterable[int]) -> set[int] | None:
    """Every sum of some of the weights; None where there are very many."""
    found = {0}
    for weight in weights:
        found |= {one + weight for one in found}
        if len(found) > MOST_SUMS:
            return None
    return found


class Denominators(NamedTuple):
    """How trends with different sums of weights are added up exactly.

    Over one number that all of them divide, or over their product, in DOUBLE or wider.
    """

    common: int | None
    wide: bool


def denominators(
    trends: Sequence[Sequence[Sequence[int]]], trend_weights: Sequence[Sequence[int]], threshold: Fraction
) -> Denominators:
    """Choose for the item weights of each trend by actor, and the weights of the trends by actor.

    Raises AllycheckError where the largest number on the way would not fit.
    """
    heaviest = max(sum(weights) for weights in trend_weights)
    compared = heaviest * max(TOP, threshold.numerator, threshold.denominator)
    factor = heaviest * max(STEP * TOP * MILLIONTHS, threshold.numerator, threshold.denominator)
    possible = [sums(weights) for trend in trends for weights in trend]
    if None not in possible:
        common = lcm(*(one for found in possible for one in found or () if one))
        if common * factor <= LARGEST and common * compared <= EXACT:
            return Denominators(common, wide=False)
    product = prod(max(1, *map(sum, trend)) for trend in trends)
    if product * factor > LARGEST_WIDE:
        raise too_fine()
    return Denominators(None, wide=product * factor > LARGEST or product * compared > EXACT)
