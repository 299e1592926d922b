"""One answer out of several, and how far they agree (SCORING 10)."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from allycheck.answers import DK, NA, Value
from allycheck.questionnaire import Indicator
from allycheck.scoring import ZERO

DISAGREEMENT = Fraction(5, 6)
"""An average distance from the median, in levels, above which people are said to disagree."""
SPREAD_AT_RANDOM = 2
"""The variance of five levels chosen blindly, against which r_wg is measured."""


class Voices(NamedTuple):
    """What several people answered to one indicator: levels after reversal, lowest first, and counts of the rest."""

    levels: tuple[int, ...]
    na: int
    dk: int
    unanswered: int

    @property
    def disputes_scope(self) -> bool:
        """Whether some say that it does not apply and others give a level."""
        return bool(self.na and self.levels)

    @property
    def median(self) -> int | None:
        """The low median: the highest level that more than half of those who gave one reached or exceeded."""
        return self.levels[(len(self.levels) + 1) // 2 - 1] if self.levels else None

    @property
    def merged(self) -> Value:
        """The one answer, a level after reversal. `dk` never outvotes an answer; nobody's answer stays unanswered."""
        if self.na > len(self.levels):
            return NA
        if self.levels:
            return self.median
        return DK if self.dk else None

    @property
    def distance(self) -> Fraction | None:
        """AD: the mean distance from the median, in levels; None with fewer than two levels."""
        middle = self.median
        if middle is None or len(self.levels) == 1:
            return None
        return Fraction(sum(abs(level - middle) for level in self.levels), len(self.levels))

    @property
    def within_group(self) -> Fraction | None:
        """The index r_wg: 1 in full agreement, 0 at the spread of blind choice or more; None with fewer than two."""
        number = len(self.levels)
        if number <= 1:
            return None
        mean = Fraction(sum(self.levels), number)
        variance = sum(((level - mean) ** 2 for level in self.levels), ZERO) / (number - 1)
        return max(ZERO, 1 - variance / SPREAD_AT_RANDOM)

    @property
    def disagree(self) -> bool:
        """Whether the levels lie too far apart."""
        return self.distance is not None and self.distance > DISAGREEMENT


def voices(answers: Iterable[Value], indicator: Indicator | None) -> Voices:
    """The answers of several people to one indicator; an indicator that is no more (None) has no reversal."""
    given = list(answers)
    levels = [answer for answer in given if isinstance(answer, int)]
    after = [indicator.maturity(level) if indicator else level for level in levels]
    return Voices(tuple(sorted(after)), given.count(NA), given.count(DK), given.count(None))


def as_answer(value: Value, indicator: Indicator | None) -> Value:
    """A merged answer as a file records it: before reversal."""
    return indicator.answer_for(value) if indicator and isinstance(value, int) else value


def mean(values: Sequence[Fraction]) -> Fraction | None:
    """The plain mean; None of nothing."""
    return sum(values, ZERO) / len(values) if values else None
