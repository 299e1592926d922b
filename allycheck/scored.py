"""What compare, merge and coalition share: a sheet with its scores, and whether sheets belong together."""

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from allycheck.answers import Answers
from allycheck.errors import AllycheckError, Fault
from allycheck.numbers import Number
from allycheck.questionnaire import Questionnaire
from allycheck.scoring import Item, Measure, Scores, score
from allycheck.text import printable


class Scored(NamedTuple):
    """An answers file with its scores. `name` is the file as messages name it."""

    name: str
    answers: Answers
    scores: Scores

    @property
    def questionnaire(self) -> Questionnaire:
        """The questionnaire that the answers were read with."""
        return self.scores.questionnaire

    @property
    def items(self) -> dict[str, Item]:
        """Every indicator in scope by id, in catalogue order."""
        return {item.id: item for item in self.scores.items}

    @property
    def organisation(self) -> str | None:
        """The organisation's name, safe to print."""
        return clean(self.answers.organisation)


def scored(questionnaire: Questionnaire, answers: Answers, name: str = "") -> Scored:
    """Score one checked answers file and keep its name."""
    return Scored(name, answers, score(questionnaire, answers))


def clean(text: str | None) -> str | None:
    """A text of the user's on one line and safe to print; None if nothing is left."""
    return printable(text).strip() or None if text else None


def number(value: Fraction | None) -> Number | None:
    """A number for a result, or None."""
    return None if value is None else Number(value)


def published(measure: Measure) -> Fraction | None:
    """The score, where enough is known to publish it (method 3)."""
    return measure.score if measure.published else None


def refuse(faults: Iterable[Fault]) -> None:
    """Raise one error with every fault, if there are any."""
    found = list(faults)
    if found:
        raise AllycheckError(found)
