"""What compare, merge and coalition share: a sheet with its scores, and whether sheets belong together."""

from collections.abc import Iterable
from typing import NamedTuple

from allycheck.answers import Answers, as_counted
from allycheck.errors import AllycheckError, Fault
from allycheck.questionnaire import Questionnaire
from allycheck.scoring import Item, Scores, score
from allycheck.text import clean, folded


class Scored(NamedTuple):
    """An answers file as it counts, with its scores. `name` is the file as messages name it."""

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

    @property
    def who(self) -> str:
        """What tells its organisation from others: the name, however it is written. Empty where there is none."""
        return folded(self.organisation)

    @property
    def day(self) -> str:
        """When it was answered; empty where that is not said."""
        return self.answers.date or ""


def scored(questionnaire: Questionnaire, answers: Answers, name: str = "") -> Scored:
    """Score one checked answers file and keep its name; what its scope leaves out counts as `na` from here on."""
    counted = as_counted(answers, questionnaire)
    return Scored(name, counted, score(questionnaire, counted))


def refuse(faults: Iterable[Fault]) -> None:
    """Raise one error with every fault, if there are any."""
    found = list(faults)
    if found:
        raise AllycheckError(found)
