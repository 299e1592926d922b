"""One person at one questionnaire: the session, the file it is kept in, and the pace. Both faces act through it."""

import time
from collections.abc import Callable
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from allycheck.answers import Value
from allycheck.interview.saving import AnswersFile
from allycheck.interview.session import Session

if TYPE_CHECKING:
    from allycheck.questionnaire import Indicator, Trend


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


class Ending(Enum):
    """How an interview ended."""

    FINISHED = auto()
    LEFT = auto()


class Sitting:
    """A session whose every change is on disk before anything says so.

    Whatever changes an answer may raise OutputError. The session has then moved on all the same, so that nothing
    is lost: `keep` tries again, `keep_in` tries elsewhere. `changed` is what the last change was about, `only_noted`
    whether that was a note, and `given` the answer just given; `moved_trend` is the trend that was just left out or
    taken in again; all until somebody moves on or undoes.
    """

    def __init__(self, session: Session, file: AnswersFile, clock: Callable[[], float] = time.monotonic) -> None:
        self.session = session
        self.file = file
        self.notice = ""
        self.notices: list[str] = []
        self.changed: Indicator | None = None
        self.given: Indicator | None = None
        self.moved_trend: Trend | None = None
        self.only_noted = False
        self._clock = clock
        self._pace = Pace().question_shown(clock())

    @property
    def minutes_left(self) -> int | None:
        """From this person's own pace; None while too few questions were answered."""
        return self._pace.minutes_left(self.session.progress.open)

    def answer(self, value: Value) -> None:
        """Answer the question on show with a level or `dk`."""
        self._answer(self.session.answer(value))

    def not_applicable(self, reason: str) -> None:
        """Put the question on show out of scope."""
        self._answer(self.session.not_applicable(reason))

    def comment(self, item: "Indicator", text: str) -> None:
        """Note a comment beside an answer."""
        self._change(self.session.comment(text, item.id), item, only_noted=True)

    def evidence(self, item: "Indicator", text: str) -> None:
        """Note what could be shown for an answer."""
        self._change(self.session.evidence(text, item.id), item, only_noted=True)

    def leave_out(self, reason: str) -> None:
        """Leave out the trend of the question on show."""
        self._move_trend(self.session.leave_out(reason))

    def take_in(self) -> None:
        """Ask the trend of the question on show after all."""
        self._move_trend(self.session.take_in())

    def undo(self) -> bool:
        """Take the last change back; False where there is none."""
        if self.session.before is None:
            return False
        self.session = self.session.undo()
        self._forget()
        self.keep()
        return True

    def move(self, session: Session) -> None:
        """Go to another question, or to the review."""
        self.session, self.notice = session, ""
        self._forget()
        self._pace = self._pace.question_shown(self._clock())

    def keep(self) -> None:
        """Write the answers. `notice` is then what the person should be told about it, mostly nothing."""
        self.notice = self.file.save(self.session.answers)
        if self.notice:
            self.notices.append(self.notice)

    def keep_in(self, path: str) -> None:
        """Write the answers to another, new file from now on."""
        self.file.move_to(path)
        self.keep()

    def _answer(self, after: Session) -> None:
        self._pace = self._pace.answered(self._clock())
        self.given = self.session.indicator
        self._change(after, self.given, only_noted=False)
        self._pace = self._pace.question_shown(self._clock())

    def _move_trend(self, after: Session) -> None:
        moved = self.session.trend
        self.session = after
        self._forget()
        self.moved_trend = moved
        self.keep()
        self._pace = self._pace.question_shown(self._clock())

    def _forget(self) -> None:
        self.changed = self.given = self.moved_trend = None

    def _change(self, after: Session, item: "Indicator", *, only_noted: bool) -> None:
        if after is not self.session:
            self.session, self.changed, self.only_noted, self.moved_trend = after, item, only_noted, None
        self.keep()
