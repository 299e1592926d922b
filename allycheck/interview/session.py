"""The interview as a pure state machine: no clock, no terminal, no file.

A session never changes; every action gives the next one. Undo is therefore exact: it gives back the session from
before the last change of an answer. Moving about is not a change. The position after the last question is the review.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from allycheck.answers import DK, NA, NOTHING, Answer, Answers, Value, actor_of
from allycheck.fields import version_key
from allycheck.language import _, pgettext
from allycheck.questionnaire import Indicator, Questionnaire, Trend
from allycheck.text import commas

_MOST_DIGITS = 9
"""Of a number that somebody types; Python refuses to read one of thousands of digits."""


class Progress(NamedTuple):
    """How many questions have an answer (`dk` and `na` count), of how many that are asked."""

    answered: int
    asked: int

    @property
    def open(self) -> int:
        """How many are still without one."""
        return self.asked - self.answered


@dataclass(frozen=True)
class Session:
    """One moment of an interview: the answers so far, and the question it is at."""

    questionnaire: Questionnaire
    answers: Answers
    asked: tuple[str, ...]
    today: str
    at: int = 0
    before: "Session | None" = field(default=None, compare=False, repr=False)

    # Where we are

    @property
    def in_review(self) -> bool:
        """Whether every question lies behind."""
        return self.at >= len(self.asked)

    @property
    def actor(self) -> str:
        """The actor type that is answering."""
        return actor_of(self.answers, self.questionnaire)

    @cached_property
    def question(self) -> Indicator:
        """The question on show, in this actor's words."""
        return self.questionnaire.tailored(self.indicator, self.actor)

    @property
    def indicator(self) -> Indicator:
        """The indicator on show, as the questionnaire has it."""
        return self.questionnaire.indicators[self.asked[self.at]]

    @property
    def trend(self) -> Trend:
        """The trend of the question on show."""
        return self.questionnaire.trend_of[self.asked[self.at]]

    @property
    def current(self) -> Answer:
        """What is answered and noted so far to the question on show."""
        return self.answers.to(self.asked[self.at])

    # How far we are

    def is_open(self, indicator: str) -> bool:
        """Whether a question still waits for an answer; those of a trend that is left out do not."""
        left_out = self.questionnaire.trend_of[indicator].id in self.answers.scope
        return self.answers.to(indicator).answer is None and not left_out

    @property
    def why_left_out(self) -> str | None:
        """Why the trend of the question on show is left out; None where it is asked."""
        return self.answers.scope.get(self.trend.id)

    @cached_property
    def open(self) -> tuple[str, ...]:
        """The questions without an answer, in catalogue order."""
        return tuple(name for name in self.asked if self.is_open(name))

    @property
    def progress(self) -> Progress:
        """Of everything that is asked."""
        return Progress(len(self.asked) - len(self.open), len(self.asked))

    @cached_property
    def trends(self) -> dict[str, Progress]:
        """Of each trend with a question in scope, by its id, in catalogue order."""
        return {trend: self._progress(names) for trend, names in self.by_trend.items()}

    @cached_property
    def by_trend(self) -> dict[str, list[str]]:
        """The questions of each trend."""
        groups: dict[str, list[str]] = {}
        for name in self.asked:
            groups.setdefault(self.questionnaire.trend_of[name].id, []).append(name)
        return groups

    def _progress(self, names: list[str]) -> Progress:
        return Progress(sum(not self.is_open(name) for name in names), len(names))

    # Answering: each of these can be undone

    def answer(self, value: Value) -> "Session":
        """Answer the question on show and move on to the next open one."""
        return self._noted(self.asked[self.at], answer=value, reason=None).skip()

    def not_applicable(self, reason: str = "") -> "Session":
        """Put the question on show out of scope and move on. Ask `may_be_not_applicable` first."""
        return self._noted(self.asked[self.at], answer=NA, reason=reason or None).skip()

    def comment(self, text: str, beside: str | None = None) -> "Session":
        """Note a comment beside the answer; an empty one takes it away, the same one changes nothing.

        `beside` is the indicator that it belongs to; None for the question on show.
        """
        name = beside or self.asked[self.at]
        same = text == (self.answers.to(name).comment or "")
        return self if same else self._noted(name, comment=text or None)

    def evidence(self, text: str, beside: str | None = None) -> "Session":
        """Note what could be shown for the answer, as `comment` does a comment."""
        name = beside or self.asked[self.at]
        same = text == (self.answers.to(name).evidence or "")
        return self if same else self._noted(name, evidence=text or None)

    def leave_out(self, reason: str) -> "Session":
        """Leave out the whole trend of the question on show and move on; what was answered in it is kept."""
        return self._changed(scope=self.answers.scope | {self.trend.id: reason}).skip()

    def take_in(self) -> "Session":
        """Ask the trend of the question on show after all."""
        return self._changed(scope={name: why for name, why in self.answers.scope.items() if name != self.trend.id})

    @property
    def may_be_not_applicable(self) -> bool:
        """Whether the question on show accepts `na`."""
        return self.indicator.na

    def undo(self) -> "Session":
        """The session from before the last change; this one where nothing was changed."""
        return self.before or self

    def with_answers(self, given: dict[str, Answer]) -> "Session":
        """Record several answers at once, asked or not, and stay where we are; notes stay beside them."""
        if not given:
            return self
        return self._changed(answers=in_order(self.answers.answers | given, self.questionnaire))

    def _changed(self, **update: object) -> "Session":
        recorded = {
            "version": _recorded_version(self.answers, self.questionnaire),
            "date": self.answers.date or self.today,
        }
        return replace(self, answers=self.answers.model_copy(update=recorded | update), before=self)

    def _noted(self, name: str, **changes: Value | str) -> "Session":
        return self.with_answers({name: self.answers.to(name).model_copy(update=changes)})

    # Moving: never changes an answer

    def skip(self) -> "Session":
        """Move on to the next open question and leave this one as it is."""
        later = (at for at in range(self.at + 1, len(self.asked)) if self.is_open(self.asked[at]))
        return self._moved_to(next(later, len(self.asked)))

    def back(self) -> "Session":
        """To the question before this one in the catalogue."""
        return self._moved_to(max(0, self.at - 1))

    def forward(self) -> "Session":
        """To the question after this one, or to the review."""
        return self._moved_to(min(len(self.asked), self.at + 1))

    def jump(self, indicator: str) -> "Session":
        """To a question that is asked."""
        return self._moved_to(self.asked.index(indicator))

    def to_trend(self, trend: str) -> "Session":
        """To the first open question of a trend, or to its first one."""
        names = self.by_trend[trend]
        return self.jump(next(filter(self.is_open, names), names[0]))

    def to_review(self) -> "Session":
        """To the review of all answers."""
        return self._moved_to(len(self.asked))

    def to_open(self) -> "Session":
        """To the first open question, or to the review: the place to start and to resume."""
        return self.jump(self.open[0]) if self.open else self.to_review()

    def find(self, text: str) -> str | None:
        """The question that somebody means by its code, id or number, if it is asked."""
        wanted = text.strip().lower()
        if (place := place_in(self.asked, wanted)) is not None:
            return self.asked[place]
        item = self.questionnaire.indicator_named(wanted)
        return item.id if item and item.id in self.asked else None

    def named(self, text: str) -> list[str]:
        """The questions whose names have a word, or several in a row, that begin like this; in catalogue order."""
        wanted = _as_words(text)
        if not wanted.strip():
            return []
        return [name for name in self.asked if wanted in _as_words(self.questionnaire.indicators[name].name)]

    def _moved_to(self, at: int) -> "Session":
        return replace(self, at=at)


def _as_words(text: str) -> str:
    """The text with a space before each word, so that one in it is found only where a word begins."""
    return f" {' '.join(text.replace('-', ' ').split())}".casefold()


def begin(questionnaire: Questionnaire, answers: Answers, today: str, only: str | None = None) -> Session:
    """The session of an answers file, at its first open question. `only` is the id of the one trend to ask."""
    actor = actor_of(answers, questionnaire)
    scope = questionnaire.scope(actor, answers.form)
    asked = tuple(item.id for item in scope if only in {None, questionnaire.trend_of[item.id].id})
    return Session(questionnaire, answers, asked, today).to_open()


def place_in(shown: Sequence[object], number: str) -> int | None:
    """The index of what somebody means by its number, counted from 1; None where the text is no number of one."""
    if not number.isdecimal() or len(number) > _MOST_DIGITS:
        return None
    return int(number) - 1 if 1 <= int(number) <= len(shown) else None


def in_order(entries: dict[str, Answer], questionnaire: Questionnaire) -> dict[str, Answer]:
    """The answers that say something, in catalogue order; those to retired indicators stay behind them."""
    told = {name: answer for name, answer in entries.items() if answer != NOTHING}
    return {name: told[name] for name in questionnaire.indicators if name in told} | told


def _recorded_version(answers: Answers, questionnaire: Questionnaire) -> str:
    """The version that an answer is given to; a newer minor one that the file already names stays."""
    return max([answers.version or "0", questionnaire.version], key=version_key)


def level_name(questionnaire: Questionnaire, item: Indicator, level: int) -> str:
    """The name of the maturity level that an anchor of an indicator stands for."""
    return questionnaire.level_names[item.maturity(level)].name


def in_words(questionnaire: Questionnaire, item: Indicator, value: Value) -> str:
    """An answer as people say it: "3, Practised", "not applicable", "don't know", "open"."""
    if isinstance(value, int):
        return commas([str(value), level_name(questionnaire, item, value)])
    return {NA: _("not applicable"), DK: _("don't know")}.get(value or "", pgettext("an answer", "open"))


def codes(questionnaire: Questionnaire, names: Iterable[str]) -> list[str]:
    """The short codes of indicators."""
    return [questionnaire.indicators[name].code for name in names]
