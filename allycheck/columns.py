"""What a question and its notes are called on a survey platform, and so the columns of what is exported from there."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from allycheck.questionnaire import Questionnaire

IDENTITY = ("questionnaire", "version", "actor", "form")
"""Hidden in every survey: what the answers belong to."""
ABOUT = ("organisation", "respondent", "alliances", "date")
"""Asked first, about the answers as a whole; several alliances are separated by semicolons."""
UNREAD = ("about", "instructions", "notes")
"""Also in a survey, and of no weight in its answers: a group, a text, and whether evidence is noted at all."""
PARTS = ("reason", "evidence", "comment")


class Naming(NamedTuple):
    """The names that a platform takes: they begin with a letter and hold letters, digits and the joint."""

    joint: str
    longest: int


UNDERSCORED = Naming("_", 60)
"""XLSForm and SurveyJS: no hyphens, which ODK Central puts between a group and its questions."""
LETTERS = Naming("", 20)
"""LimeSurvey: letters and digits only, at most 20."""


class Column(NamedTuple):
    """The columns of one question."""

    answer: str
    reason: str
    evidence: str
    comment: str


class Columns(NamedTuple):
    """The columns of every question by the id of its indicator, and the names of groups by the id of their trend."""

    questions: dict[str, Column]
    groups: dict[str, str]


def columns(questionnaire: Questionnaire, naming: Naming) -> Columns:
    """The names in every survey of a questionnaire, whatever its actor and form.

    A question is called after its code. A code that a platform takes as it stands keeps it; another is made legal, and
    numbered where that name is taken. Capital letters tell no names apart.
    """
    taken = {*IDENTITY, *ABOUT, *UNREAD}
    codes = {item.id: item.code for trend in questionnaire.trends for item in trend.indicators}
    legal = {name: _legal(code, naming) for name, code in codes.items()}
    questions = {}
    for name in sorted(codes, key=lambda name: legal[name] != codes[name]):
        questions[name] = next(column for column in _candidates(legal[name], naming) if _is_free(column, taken))
        taken |= {text.lower() for text in questions[name]}
    groups = {}
    for trend in questionnaire.trends:
        spare = (column.answer for column in _candidates(_legal(trend.id, naming), naming))
        groups[trend.id] = next(text for text in spare if text.lower() not in taken)
        taken.add(groups[trend.id].lower())
    return Columns(questions, groups)


def _legal(code: str, naming: Naming) -> str:
    name = re.sub(r"[^A-Za-z0-9]+", naming.joint, code)
    room = naming.longest - len(naming.joint) - max(map(len, PARTS))
    return (name if name[:1].isalpha() else f"q{naming.joint}{name}")[:room]


def _candidates(name: str, naming: Naming) -> Iterator[Column]:
    """The columns that a name gives, then those of the name with 2, 3 and so on."""
    yield _column(name, naming.joint)
    room = naming.longest - len(naming.joint) - max(map(len, PARTS))
    for number in range(2, 1_000_000):
        ending = f"{naming.joint}{number}"
        yield _column(name[: room - len(ending)] + ending, naming.joint)


def _column(name: str, joint: str) -> Column:
    reason, evidence, comment = (f"{name}{joint}{part}" for part in PARTS)
    return Column(name, reason, evidence, comment)


def _is_free(column: Column, taken: set[str]) -> bool:
    return taken.isdisjoint(text.lower() for text in column)
