"""One organisation beside a group of others, worked out from their own sheets (method 12)."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from allycheck.analysis.cohort.members import newest
from allycheck.analysis.cohort.quartiles import (
    FEWEST_FOR_MEDIAN,
    FEWEST_FOR_QUARTILES,
    FEWEST_FOR_RANK,
    quartile,
)
from allycheck.numbers import Number, number
from allycheck.report import Benchmark, Beside, BesideKind
from allycheck.scored import Scored
from allycheck.scoring import OVERALL, Scores, published

Published = dict[tuple[BesideKind, str], Fraction | None]


class _Other(NamedTuple):
    """What is kept of another organisation's sheet: a table may have very many."""

    name: str
    organisation: str | None
    who: str
    day: str
    scores: Published


def benchmark(own: Scored, sheets: Iterable[Scored]) -> Benchmark:
    """The organisation beside the latest sheets of the others of its actor type and questionnaire version.

    It is left out of the group by its name, and without one by its answers. Raises AllycheckError where two sheets of
    one organisation have one date.
    """
    version = own.answers.version or own.questionnaire.version
    alike = [
        _Other(sheet.name, sheet.organisation, sheet.who, sheet.day, dict(_scores(sheet.scores)))
        for sheet in sheets
        if sheet.scores.actor == own.scores.actor
        and (sheet.answers.version or sheet.questionnaire.version) == version
        and not _is_the_same(own, sheet)
    ]
    others = [other.scores for other in newest(alike)]
    beside = [
        _beside(kind, name, score, sorted(found for other in others if (found := other[kind, name]) is not None))
        for (kind, name), score in _scores(own.scores)
    ]
    return Benchmark(own.scores.actor or None, version, beside)


def _is_the_same(own: Scored, other: Scored) -> bool:
    return other.who == own.who if own.who else other.answers == own.answers


def _scores(scores: Scores) -> Iterator[tuple[tuple[BesideKind, str], Fraction | None]]:
    """Everything that is compared, null where it is not published."""
    yield ("overall", OVERALL), published(scores.overall.measure)
    yield from ((("trend", one.trend.id), published(one.measure)) for one in scores.trends)
    yield from ((("pillar", one.pillar.id), published(one.measure)) for one in scores.pillars)
    yield from ((("risk", one.risk.id), published(one.measure)) for one in scores.risks)


def _beside(kind: BesideKind, name: str, own: Fraction | None, others: Sequence[Fraction]) -> Beside:
    n, ordered = len(others), dict(enumerate(others))
    told = n >= FEWEST_FOR_MEDIAN
    below, equal = (
        sum(one < own for one in others) if own is not None else 0,
        others.count(own) if own is not None else 0,
    )
    ranked = own is not None and n >= FEWEST_FOR_RANK
    return Beside(
        kind=kind,
        id=name,
        own=number(own),
        n=n if told else None,
        median=Number(quartile(n, 2, ordered)) if told else None,
        q1=Number(quartile(n, 1, ordered)) if n >= FEWEST_FOR_QUARTILES else None,
        q3=Number(quartile(n, 3, ordered)) if n >= FEWEST_FOR_QUARTILES else None,
        below=below if told and own is not None else None,
        equal=equal if told and own is not None else None,
        rank=Number(100 * (below + Fraction(equal, 2)) / n) if ranked else None,
    )
