"""What a question and its notes are called on a survey platform, and so the columns of what is exported from there."""

import re
from itertools import count
from typing import NamedTuple

from allycheck.questionnaire import Questionnaire

IDENTITY = ("questionnaire", "version", "actor", "form")
"""Hidden in every survey: what the answers belong to."""
ABOUT = ("organisation", "respondent", "alliances", "date")
"""Asked first, about the answers as a whole; several alliances are separated by semicolons."""
UNREAD = ("about", "instructions", "notes")
"""Also in a survey, and of no weight in its answers: a group, a text, and whether evidence is noted at all."""
RESERVED = (
    "meta", "formhub", "start", "end",
    "and", "or", "not", "eq", "ne", "lt", "le", "gt", "ge", "true", "false", "null", "empty", "self", "this", "that",
    "time", "sid", "token", "lang", "savedid", "qid", "gid",
    "panel", "row", "item", "choice", "question", "page", "locale", "constructor", "prototype", "valueof", "tostring",
)  # fmt: skip
"""Mean something else on some platform: fields that ODK and Kobo add, words of conditions, what LimeSurvey and SurveyJS
know by these names."""
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

    A question is called after its code. First come the codes that a platform takes as they stand; then the others are
    made legal, and numbered where that name is taken. Capital letters tell no names apart.
    """
    taken = {*IDENTITY, *ABOUT, *UNREAD, *RESERVED}
    codes = {item.id: item.code for trend in questionnaire.trends for item in trend.indicators}
    questions: dict[str, Column] = {}
    for name, code in codes.items():
        column = _column(code, naming.joint)
        if code == _legal(code, naming) and _is_free(column, taken):
            questions[name] = _taken(column, taken)
    for name in [name for name in codes if name not in questions]:
        questions[name] = _taken(_free(codes[name], naming, taken), taken)
    groups = {trend.id: _taken(_free(trend.id, naming, taken), taken).answer for trend in questionnaire.trends}
    return Columns(questions, groups)


def _legal(code: str, naming: Naming) -> str:
    name = re.sub(r"[^A-Za-z0-9]+", naming.joint, code)
    return (name if name[:1].isalpha() else f"q{naming.joint}{name}")[: _room(naming)]


def _room(naming: Naming) -> int:
    """Characters of a name that leave room for what is put behind it."""
    return naming.longest - len(naming.joint) - max(map(len, PARTS))


def _free(code: str, naming: Naming, taken: set[str]) -> Column:
    """The columns of a code, with the first number that makes them free."""
    name = _legal(code, naming)
    column = _column(name, naming.joint)
    for number in count(2):
        if _is_free(column, taken):
            break
        ending = f"{naming.joint}{number}"
        column = _column(name[: _room(naming) - len(ending)] + ending, naming.joint)
    return column


def _column(name: str, joint: str) -> Column:
    reason, evidence, comment = (f"{name}{joint}{part}" for part in PARTS)
    return Column(name, reason, evidence, comment)


def _is_free(column: Column, taken: set[str]) -> bool:
    return taken.isdisjoint(text.lower() for text in column)


def _taken(column: Column, taken: set[str]) -> Column:
    """The same columns, which nothing else gets from now on."""
    taken.update(text.lower() for text in column)
    return column
