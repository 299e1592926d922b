"""One organisation over more than two times: what each sheet says, and what really changed from each to the next."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from allycheck.analysis.compare import Comparison, Time, compare, time_of
from allycheck.analysis.linking import read_as_answered
from allycheck.analysis.several import Scored, number, published


class Moment(NamedTuple):
    """One sheet with the score of its own report; null for an earlier one that records another version."""

    time: Time
    score: float | None
    low: float | None
    high: float | None
    coverage: float | None


class TrendCourse(NamedTuple):
    """One trend over time: the score of each sheet's own report, and the real change from the first to the last."""

    id: str
    title: str
    scores: list[float | None]
    change: float | None


class Course(NamedTuple):
    """Sheets in the order in which they were given, each step between two of them, and the whole way."""

    moments: list[Moment]
    trends: list[TrendCourse]
    steps: list[Comparison]
    whole: Comparison


def course(sheets: Sequence[Scored]) -> Course:
    """The course over time of at least two sheets. Raises AllycheckError if they are of different questionnaires."""
    steps = [compare(before, after) for before, after in pairwise(sheets)]
    whole = compare(sheets[0], sheets[-1])
    changes = {trend.id: trend.change for trend in whole.trends or [] if trend.comparable}
    told = [sheet if read_as_answered(sheet) else None for sheet in sheets[:-1]] + [sheets[-1]]
    scores = [_trend_scores(sheet) if sheet else {} for sheet in told]
    trends = [
        TrendCourse(trend.id, trend.title, [own.get(trend.id) for own in scores], changes.get(trend.id))
        for trend in sheets[-1].questionnaire.trends
    ]
    moments = [
        _moment(sheet) if own else Moment(time_of(sheet), None, None, None, None)
        for sheet, own in zip(sheets, told, strict=True)
    ]
    return Course(moments, trends, steps, whole)


def _moment(sheet: Scored) -> Moment:
    measure = sheet.scores.overall.measure
    coverage = number(measure.coverage)
    return Moment(time_of(sheet), number(published(measure)), number(measure.low), number(measure.high), coverage)


def _trend_scores(sheet: Scored) -> dict[str, float | None]:
    return {trend.trend.id: number(published(trend.measure)) for trend in sheet.scores.trends}
