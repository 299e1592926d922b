"""How long the rest will take, from the time this person took so far. The clock is the caller's."""

from typing import NamedTuple

ENOUGH = 5
"""Answers before an estimate is worth showing."""
_QUICK_SECONDS, _FULL_SECONDS = 30, 40
"""What one question takes most people, in the quick form and in the full one."""


class Pace(NamedTuple):
    """The seconds that each answer of this sitting took; the median forgives a telephone call."""

    seconds: tuple[float, ...] = ()
    shown: float = 0.0

    def question_shown(self, now: float) -> "Pace":
        """A question came up at this moment."""
        return self._replace(shown=now)

    def answered(self, now: float) -> "Pace":
        """It was answered at this one."""
        return self._replace(seconds=(*self.seconds, now - self.shown))

    def minutes_left(self, open_questions: int) -> int | None:
        """Whole minutes for the open questions, at least one; None while too few were answered to tell."""
        if len(self.seconds) < ENOUGH:
            return None
        usual = sorted(self.seconds)[len(self.seconds) // 2]
        return max(1, round(usual * open_questions / 60)) if open_questions else 0


def usual_minutes(questions: int, *, quick: bool) -> int:
    """What a form of so many questions takes most people, in whole minutes."""
    return max(1, round(questions * (_QUICK_SECONDS if quick else _FULL_SECONDS) / 60))
