"""Many scored sheets -> how many organisations of each group have which value of each thing that can be said.

A tally is all that is known of a cohort from here on: no single organisation stands in it. Sheets are tallied here;
a table is tallied by the engine that holds it, which gives the same tally.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Literal, NamedTuple

from allycheck.answers import NA
from allycheck.questionnaire import STRONG, TOP, WEAK, Form, Method, Questionnaire
from allycheck.scoring import FULL, OVERALL, Item, Measure, Scores, published

Group = tuple[str, ...]
"""The values of the columns to group by, in their order; empty where nothing is grouped."""
Kind = Literal["asked", "score", "pillar", "exposure", "level", "answer"]
"""Which actor and form was asked; the score of all trends together or of one, of a pillar, of a risk; the demonstrated
level; what an indicator says."""
Subject = tuple[Kind, str]
"""What is counted: its kind, and `overall` or the id of a trend, pillar, risk or indicator."""
State = Literal["weak", "middle", "strong", "unknown", "na", "unasked"]
STATES: tuple[State, ...] = ("weak", "middle", "strong", "unknown", "na", "unasked")
"""Categories of an answer: a level of 0 or 1, of 2, of 3 or 4; not known; not applicable; not in scope."""
NO_LEVEL = TOP + 1
"""The category of those whose score is not published, after the five levels."""
TEN = 10


class Spread(NamedTuple):
    """One subject in one group: how many organisations fall into each of its categories.

    Of scores and exposures the categories are the bins between `edges`, then one of those that have none published;
    `ordered` holds the scores at the ranks of `needed_ranks`, counted from 0 in ascending order. Otherwise it is empty.
    """

    counts: tuple[int, ...]
    ordered: dict[int, Fraction]


class Tally(NamedTuple):
    """A cohort in counts: the organisations of each group, the mean share of what is known, and every subject."""

    questionnaire: Questionnaire
    by: tuple[str, ...]
    sizes: dict[Group, int]
    known: dict[Group, Fraction]
    spreads: dict[Subject, dict[Group, Spread]]
    total: dict[Subject, Spread]
    """The same over all groups, whose scores in order can't be had from those of the groups."""


class Record(NamedTuple):
    """One organisation of a cohort: the group it belongs to, and its scores."""

    group: Group
    scores: Scores


def edges(kind: Kind, method: Method) -> list[Fraction]:
    """The inner limits of the finest bins: every ten points, and the limits of the bands."""
    bands = method.exposure_bands if kind == "exposure" else method.score_bands
    return sorted({Fraction(at) for at in range(TEN, FULL, TEN)} | set(bands))


def needed_ranks(n: int) -> list[int]:
    """The places, from 0, of the values that the quartiles of n values lie between (method 12)."""
    places = [Fraction((n - 1) * part, 4) for part in (1, 2, 3)] if n else []
    return sorted({rank for place in places for rank in (place.__floor__(), place.__ceil__())})


def forms_asked(questionnaire: Questionnaire) -> list[tuple[str, Form]]:
    """Every actor and form that can be asked: the categories of the subject `asked`."""
    forms: tuple[Form, ...] = ("full", "quick") if questionnaire.has_quick_form else ("full",)
    return [(actor, form) for actor in questionnaire.actor_types for form in forms]


def subjects(questionnaire: Questionnaire) -> list[Subject]:
    """Everything that is counted, in catalogue order."""
    trends = [trend.id for trend in questionnaire.trends]
    return [
        ("asked", OVERALL),
        *(("score", name) for name in (OVERALL, *trends)),
        *(("pillar", pillar.id) for pillar in questionnaire.pillars),
        *(("exposure", risk.id) for risk in questionnaire.risks),
        *(("level", name) for name in (OVERALL, *trends)),
        *(("answer", name) for name in questionnaire.indicators),
    ]


def tallied(questionnaire: Questionnaire, by: Sequence[str], records: Iterable[Record]) -> Tally:
    """Count scored sheets, one an organisation."""
    sizes: Counter[Group] = Counter()
    known: dict[Group, list[Fraction]] = {}
    values: dict[Subject, dict[Group, list[Fraction | int | None]]] = {name: {} for name in subjects(questionnaire)}
    for group, scores in records:
        sizes[group] += 1
        known.setdefault(group, []).append(scores.overall.measure.coverage or Fraction(0))
        for subject, value in _values(scores):
            values[subject].setdefault(group, []).append(value)
    return Tally(
        questionnaire,
        tuple(by),
        dict(sorted(sizes.items())),
        {group: sum(shares, Fraction(0)) / len(shares) for group, shares in sorted(known.items())},
        {
            subject: {group: _spread(subject[0], own[group], questionnaire) for group in sorted(own)}
            for subject, own in values.items()
        },
        {
            subject: _spread(subject[0], [value for group in own.values() for value in group], questionnaire)
            for subject, own in values.items()
        },
    )


def _values(scores: Scores) -> Iterator[tuple[Subject, Fraction | int | None]]:
    """Every subject of one organisation: a published score or None, or the number of its category."""
    yield ("asked", OVERALL), forms_asked(scores.questionnaire).index((scores.actor, scores.form))
    yield ("score", OVERALL), published(scores.overall.measure)
    yield ("level", OVERALL), _level(scores.overall.level, scores.overall.measure)
    for trend in scores.trends:
        yield ("score", trend.trend.id), published(trend.measure)
        yield ("level", trend.trend.id), _level(trend.level, trend.measure)
    for pillar in scores.pillars:
        yield ("pillar", pillar.pillar.id), published(pillar.measure)
    for risk in scores.risks:
        yield ("exposure", risk.risk.id), published(risk.measure)
    asked = {item.id: item for item in scores.items}
    for name in scores.questionnaire.indicators:
        yield ("answer", name), STATES.index(_state(asked.get(name)))


def _level(level: int | None, measure: Measure) -> int:
    return level if level is not None and measure.published else NO_LEVEL


def _state(item: Item | None) -> State:
    if item is None:
        return "unasked"
    if item.level is None:
        return "na" if item.answer == NA else "unknown"
    return "weak" if item.level <= WEAK else "strong" if item.level >= STRONG else "middle"


def _spread(kind: Kind, values: Sequence[Fraction | int | None], questionnaire: Questionnaire) -> Spread:
    if kind in {"asked", "level", "answer"}:
        count = Counter(values)
        return Spread(tuple(count[at] for at in range(categories(kind, questionnaire))), {})
    limits = edges(kind, questionnaire.method)
    known = sorted(Fraction(value) for value in values if value is not None)
    bins = Counter(bisect_right(limits, value) for value in known)
    counts = (*(bins[at] for at in range(len(limits) + 1)), len(values) - len(known))
    return Spread(counts, {rank: known[rank] for rank in needed_ranks(len(known))})


def categories(kind: Kind, questionnaire: Questionnaire) -> int:
    """How many categories a subject of this kind has."""
    if kind == "asked":
        return len(forms_asked(questionnaire))
    if kind == "answer":
        return len(STATES)
    return NO_LEVEL + 1 if kind == "level" else len(edges(kind, questionnaire.method)) + 2
