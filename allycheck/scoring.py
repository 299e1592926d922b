"""Exact arithmetic from (questionnaire, answers) to scores (method 2 to 6; "method N" is a section of docs/method.md).

Weights are added in whole numbers; a result is one Fraction of sums. Thresholds are compared on exact values; nothing
here rounds.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import lcm
from operator import mul
from typing import NamedTuple, TypeVar

from allycheck.answers import DK, NA, Answers, Value, actor_of, as_counted
from allycheck.numbers import in_units
from allycheck.questionnaire import (
    EXPOSURE_BANDS,
    SCORE_BANDS,
    TOP,
    WEAK,
    ExposureBand,
    Form,
    Indicator,
    Method,
    Pillar,
    Questionnaire,
    Risk,
    ScoreBand,
    Trend,
    WeighedTrend,
)

ZERO = Fraction(0)
STEP = 25
"""Points of one maturity level."""
FULL = STEP * TOP
"""Points of the highest level."""
OVERALL = "overall"
"""What all trends together go by, where a trend, a pillar or a risk goes by its id."""
Weight = int | Fraction
"""Weights matter only against each other, so that whole numbers serve as well."""
BandName = TypeVar("BandName", bound=str)


class Item(NamedTuple):
    """An indicator in scope with its answer. `level` is after reversal, None where it is not known.

    `weight` is w, `units` the same in whole numbers, in one unit for all of a trend.
    """

    indicator: Indicator
    trend: Trend
    answer: Value
    level: int | None
    weight: Fraction
    units: int

    @property
    def id(self) -> str:
        """The indicator's id."""
        return self.indicator.id

    @property
    def applies(self) -> bool:
        """Whether it belongs to A(t): in scope and not `na`."""
        return self.answer != NA

    @property
    def known(self) -> bool:
        """Whether it belongs to K(t): its level is known."""
        return self.level is not None


class Measure(NamedTuple):
    """A weighted average of levels, in points 0 to 100, with the range that unknown levels leave open.

    `score` is None with nothing known; `low`, `high` and `coverage` are None with nothing applicable.
    """

    score: Fraction | None
    low: Fraction | None
    high: Fraction | None
    coverage: Fraction | None
    published: bool


NOTHING_APPLIES = Measure(None, None, None, None, published=False)


class Counts(NamedTuple):
    """How many answers of each of the four states."""

    answered: int
    unknown: int
    unanswered: int
    not_applicable: int

    @property
    def asked(self) -> int:
        """All of them together."""
        return self.answered + self.unknown + self.unanswered + self.not_applicable


class TrendScore(NamedTuple):
    """One trend. `level` and `possible_level` are None where nothing applies.

    `weight` is W, `units` the same in whole numbers, in one unit for all trends.
    """

    trend: Trend
    weight: Fraction
    units: int
    items: tuple[Item, ...]
    measure: Measure
    level: int | None
    possible_level: int | None
    counts: Counts
    minority: bool

    @property
    def applicable(self) -> tuple[Item, ...]:
        """A(t)."""
        return tuple(item for item in self.items if item.applies)

    @property
    def known(self) -> tuple[Item, ...]:
        """K(t)."""
        return tuple(item for item in self.items if item.known)

    @property
    def counted(self) -> bool:
        """Whether the trend belongs to T: it has weight and something applies."""
        return self.units > 0 and self.measure.coverage is not None


class Overall(NamedTuple):
    """All trends together. The levels are None where nothing applies."""

    measure: Measure
    level: int | None
    possible_level: int | None
    counts: Counts


class PillarScore(NamedTuple):
    """One pillar."""

    pillar: Pillar
    measure: Measure


class RiskScore(NamedTuple):
    """One risk. The measure is an exposure: 100 less the average of what feeds it.

    `loads` has v in whole numbers, in one unit for all of the risk, by indicator in scope.
    """

    risk: Risk
    items: tuple[Item, ...]
    loads: Mapping[str, int]
    measure: Measure

    def load(self, item: Item) -> Fraction:
        """v(i, k): how strongly a low indicator feeds this risk."""
        return item.indicator.risks[self.risk.id]

    @property
    def holes(self) -> tuple[Item, ...]:
        """Safeguards known to be missing, which no average may hide (method 6)."""
        return tuple(item for item in self._critical if item.level is not None and item.level <= WEAK)

    @property
    def possible_holes(self) -> tuple[Item, ...]:
        """Safeguards of which the level is not known."""
        return tuple(item for item in self._critical if item.level is None)

    @property
    def _critical(self) -> Iterator[Item]:
        return (item for item in self.items if self.risk.id in item.indicator.critical)

    def band(self, method: Method) -> ExposureBand | None:
        """The band of the exposure, raised where there is a hole; None while too little is known to publish it."""
        return exposure_band(self.measure, method, hole=bool(self.holes))

    def possible_bands(self, method: Method) -> list[ExposureBand]:
        """Every band that the exposure could turn out to have, the lowest first."""
        return possible_exposure_bands(
            self.measure, method, hole=bool(self.holes), possible_hole=bool(self.possible_holes)
        )


class Scores(NamedTuple):
    """Everything that method 2 to 6 derive from one answers file."""

    questionnaire: Questionnaire
    actor: str
    form: Form
    trends: tuple[TrendScore, ...]
    overall: Overall
    pillars: tuple[PillarScore, ...]
    risks: tuple[RiskScore, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """Every indicator in scope, in catalogue order."""
        return tuple(item for trend in self.trends for item in trend.items)

    @property
    def counted(self) -> tuple[TrendScore, ...]:
        """T: the trends that enter the readiness score."""
        return tuple(trend for trend in self.trends if trend.counted)


def score(questionnaire: Questionnaire, answers: Answers) -> Scores:
    """Score one answers file that fits its questionnaire (see `answers.answer_faults`), as it counts."""
    answers = as_counted(answers, questionnaire)
    actor, method = actor_of(answers, questionnaire), questionnaire.method
    weighing = questionnaire.weighing(actor, answers.form)
    trends = tuple(_score_trend(trend, answers, method) for trend in weighing.trends)
    applicable = {item.id: item for trend in trends for item in trend.applicable}
    return Scores(
        questionnaire,
        actor,
        answers.form,
        trends,
        _score_overall(trends, method),
        tuple(_score_pillars(questionnaire.pillars, trends, method)),
        tuple(_score_risk(risk, weighing.loads[risk.id], applicable, method) for risk in questionnaire.risks),
    )


def _score_trend(weighed: WeighedTrend, answers: Answers, method: Method) -> TrendScore:
    items = tuple(
        item_of(indicator, weighed.trend, answers.to(indicator.id).answer, weight, units)
        for indicator, weight, units in weighed.indicators
    )
    applicable = [item for item in items if item.applies]
    share, gap = method.trend_share, method.trend_gap
    return TrendScore(
        trend=weighed.trend,
        weight=weighed.weight,
        units=weighed.units,
        items=items,
        measure=measure(((item.units, item.level) for item in applicable), method.coverage),
        level=level_reached([(item.units, item.level or 0) for item in applicable], share, gap),
        possible_level=level_reached(
            [(item.units, TOP if item.level is None else item.level) for item in applicable], share, gap
        ),
        counts=_counts(items),
        minority=2 * sum(item.units for item in applicable) < sum(item.units for item in items),
    )


def item_of(indicator: Indicator, trend: Trend, answer: Value, weight: Fraction = ZERO, units: int = 0) -> Item:
    """An indicator with its answer and what it weighs: nothing outside the scope."""
    level = indicator.maturity(answer) if isinstance(answer, int) else None
    return Item(indicator, trend, answer, level, weight, units)


def _counts(items: Iterable[Item]) -> Counts:
    answers = [item.answer for item in items]
    known = sum(isinstance(answer, int) for answer in answers)
    return Counts(known, answers.count(DK), answers.count(None), answers.count(NA))


def measure(pairs: Iterable[tuple[Weight, int | None]], threshold: Fraction) -> Measure:
    """The weighted average of (weight, level) pairs in points, with its range and coverage (method 3 and 4)."""
    whole: Weight = 0
    known: Weight = 0
    levels: Weight = 0
    for weight, level in pairs:
        whole += weight
        if level is not None:
            known += weight
            levels += weight * level
    if not whole:
        return NOTHING_APPLIES
    coverage = Fraction(known, whole)
    average = Fraction(STEP * levels, known) if known else None
    low, high = Fraction(STEP * levels, whole), Fraction(STEP * levels + FULL * (whole - known), whole)
    return Measure(average, low, high, coverage, published=coverage >= threshold and known > 0)


def level_reached(pairs: Sequence[tuple[Weight, int]], share: Fraction, gap: int) -> int | None:
    """The highest level that enough weight has reached with nothing too far below (method 5); None if empty."""
    if not pairs:
        return None
    lowest = min(level for _, level in pairs)
    needed: Weight = share.numerator * sum(weight for weight, _ in pairs)
    above: Weight = 0
    for level in range(TOP, 0, -1):
        above += share.denominator * sum(weight for weight, reached in pairs if reached == level)
        if above >= needed and lowest >= level - gap:
            return level
    return 0


def share_at(pairs: Sequence[tuple[Weight, int]], level: int) -> Fraction:
    """The share of all weight at or above a level."""
    return Fraction(sum(weight for weight, reached in pairs if reached >= level), sum(weight for weight, _ in pairs))


def _score_overall(trends: Sequence[TrendScore], method: Method) -> Overall:
    counted = [trend for trend in trends if trend.counted]
    share, gap = method.overall_share, method.overall_gap
    return Overall(
        average([(trend.units, trend.measure) for trend in counted], method.coverage),
        level_reached([(trend.units, trend.level or 0) for trend in counted], share, gap),
        level_reached([(trend.units, trend.possible_level or 0) for trend in counted], share, gap),
        Counts(*(sum(getattr(trend.counts, name) for trend in trends) for name in Counts._fields)),
    )


def average(parts: Sequence[tuple[Weight, Measure]], threshold: Fraction) -> Measure:
    """The weighted average of measures (method 3): unpublished ones count, unknown ones only in the range."""
    coverage = weighted_mean((weight, part.coverage) for weight, part in parts)
    if coverage is None:
        return NOTHING_APPLIES
    known = weighted_mean((weight, part.score) for weight, part in parts)
    return Measure(
        known,
        weighted_mean((weight, part.low) for weight, part in parts),
        weighted_mean((weight, part.high) for weight, part in parts),
        coverage,
        published=coverage >= threshold and known is not None,
    )


def weighted_mean(parts: Iterable[tuple[Weight, Weight | None]]) -> Fraction | None:
    """The mean of (weight, value) pairs whose value is known; None if nothing with weight is."""
    known = [(weight, value) for weight, value in parts if value is not None]
    weights, _ = in_units([weight for weight, _ in known])
    values, unit = in_units([value for _, value in known])
    whole = sum(weights)
    return Fraction(sum(map(mul, weights, values)), whole * unit) if whole else None


def _score_pillars(pillars: Iterable[Pillar], trends: Iterable[TrendScore], method: Method) -> Iterator[PillarScore]:
    """In a pillar an indicator weighs W * w / sum over A of w: what it weighs in the overall score."""
    counted = [(trend, trend.applicable) for trend in trends if trend.counted]
    insides = [sum(item.units for item in items) for _, items in counted]
    unit = lcm(*insides)
    weighed = [
        (trend.units * (unit // inside) * item.units, item)
        for (trend, items), inside in zip(counted, insides, strict=True)
        for item in items
    ]
    for pillar in pillars:
        pairs = ((weight, item.level) for weight, item in weighed if item.indicator.pillar == pillar.id)
        yield PillarScore(pillar, measure(pairs, method.coverage))


def _score_risk(risk: Risk, loads: Mapping[str, int], applicable: Mapping[str, Item], method: Method) -> RiskScore:
    items = tuple(applicable[name] for name in loads if name in applicable)
    protection = measure(((loads[item.id], item.level) for item in items), method.coverage)
    return RiskScore(risk, items, loads, as_exposure(protection))


def as_exposure(protection: Measure) -> Measure:
    """A protection turned into the exposure that it leaves: 100 less its score, its ends changed over (method 6)."""

    def turned(value: Fraction | None) -> Fraction | None:
        return None if value is None else FULL - value

    return Measure(
        turned(protection.score),
        turned(protection.high),
        turned(protection.low),
        protection.coverage,
        protection.published,
    )


def published(measure: Measure) -> Fraction | None:
    """The score, where enough is known to publish it (method 3)."""
    return measure.score if measure.published else None


def score_band(measure: Measure, method: Method) -> ScoreBand | None:
    """The band of a published score; None of an unpublished one."""
    value = published(measure)
    return None if value is None else band_of(value, method.score_bands, SCORE_BANDS)


def exposure_band(measure: Measure, method: Method, *, hole: bool) -> ExposureBand | None:
    """The band of a published exposure, else None; with a hole a low one becomes moderate (method 6)."""
    value = published(measure)
    return None if value is None else _exposure_band(value, method, hole=hole)


def possible_exposure_bands(measure: Measure, method: Method, *, hole: bool, possible_hole: bool) -> list[ExposureBand]:
    """The bands from the low end of an exposure to its high end, where what is not known may be a hole, too."""
    if measure.low is None or measure.high is None:
        return []
    lowest = _exposure_band(measure.low, method, hole=hole)
    highest = _exposure_band(measure.high, method, hole=hole or possible_hole)
    return list(EXPOSURE_BANDS[EXPOSURE_BANDS.index(lowest) : EXPOSURE_BANDS.index(highest) + 1])


def _exposure_band(exposure: Fraction, method: Method, *, hole: bool) -> ExposureBand:
    lowest, raised, _ = EXPOSURE_BANDS
    band = band_of(exposure, method.exposure_bands, EXPOSURE_BANDS)
    return raised if hole and band == lowest else band


def band_of(value: Fraction, limits: Sequence[Fraction], names: Sequence[BandName]) -> BandName:
    """The band of an exact value: a value on a limit belongs to the upper band (method 15)."""
    return names[sum(value >= limit for limit in limits)]
