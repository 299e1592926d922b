"""How long the rest will take, from the time this person took so far. The clock is the caller's."""

from dataclasses import dataclass, replace
from math import ceil
from statistics import median

ENOUGH = 5
"""Answers before an estimate is worth showing."""
_QUICK_SECONDS, _FULL_SECONDS = 30, 40
"""What one question takes most people, in the quick form and in the full one."""


@dataclass(frozen=True, slots=True)
class Pace:
    """The seconds that each answer of this sitting took; the median forgives a telephone call."""

    seconds: tuple[float, ...] = ()
    shown: float = 0.0

    def question_shown(self, now: float) -> "Pace":
        """A question came up at this moment."""
        return replace(self, shown=now)

    def answered(self, now: float) -> "Pace":
        """It was answered at this one."""
        return replace(self, seconds=(*self.seconds, now - self.shown))

    def minutes_left(self, open_questions: int) -> int | None:
        """Whole minutes for the open questions; None while too few were answered to tell."""
        if len(self.seconds) < ENOUGH:
            return None
        return ceil(median(self.seconds) * open_questions / 60)


def usual_minutes(questions: int, *, quick: bool) -> int:
    """What a form of so many questions takes most people, in whole minutes."""
    return max(1, round(questions * (_QUICK_SECONDS if quick else _FULL_SECONDS) / 60))
