"""Exact arithmetic from (questionnaire, answers) to scores (method 2 to 6; "method N" is a section of docs/method.md).

Everything is a Fraction; thresholds are compared on exact values; nothing here rounds.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from allycheck.answers import DK, NA, Answers, Value, actor_of
from allycheck.questionnaire import (
    EXPOSURE_BANDS,
    TOP,
    WEAK,
    Form,
    Indicator,
    Method,
    Pillar,
    Questionnaire,
    Risk,
    Trend,
)

ZERO = Fraction(0)
STEP = 25
"""Points of one maturity level."""
FULL = STEP * TOP
"""Points of the highest level."""


class Item(NamedTuple):
    """An indicator in scope with its answer. `level` is after reversal, None where it is not known."""

    indicator: Indicator
    trend: Trend
    answer: Value
    level: int | None
    weight: Fraction

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
    """One trend. `level` and `possible_level` are None where nothing applies."""

    trend: Trend
    weight: Fraction
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
        return self.weight > 0 and self.measure.coverage is not None


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
    """One risk. The measure is an exposure: 100 less the average of what feeds it."""

    risk: Risk
    items: tuple[Item, ...]
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

    def band(self, limits: Sequence[Fraction]) -> str | None:
        """The band of the exposure, raised where there is a hole; None while too little is known to publish it."""
        if not self.measure.published or self.measure.score is None:
            return None
        return exposure_band(self.measure.score, limits, hole=bool(self.holes))

    def possible_bands(self, limits: Sequence[Fraction]) -> list[str]:
        """Every band that the exposure could turn out to have, the lowest first."""
        return possible_exposure_bands(
            self.measure, limits, hole=bool(self.holes), possible_hole=bool(self.possible_holes)
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
    """Score one answers file that fits its questionnaire (see `answers.answer_faults`)."""
    actor, method = actor_of(answers, questionnaire), questionnaire.method
    trends = tuple(_score_trend(questionnaire, trend, answers, actor) for trend in questionnaire.trends)
    return Scores(
        questionnaire,
        actor,
        answers.form,
        trends,
        _score_overall(trends, method),
        tuple(_score_pillar(pillar, trends, method) for pillar in questionnaire.pillars),
        tuple(_score_risk(risk, trends, method) for risk in questionnaire.risks),
    )


def _score_trend(questionnaire: Questionnaire, trend: Trend, answers: Answers, actor: str) -> TrendScore:
    items = tuple(
        item_of(indicator, trend, answers.to(indicator.id).answer, actor)
        for indicator in trend.indicators
        if indicator.serves(actor, answers.form)
    )
    method = questionnaire.method
    applicable = [item for item in items if item.applies]
    share, gap = method.trend_share, method.trend_gap
    excluded = sum((item.weight for item in items if not item.applies), ZERO)
    return TrendScore(
        trend=trend,
        weight=questionnaire.trend_weight(trend, actor),
        items=items,
        measure=measure(((item.weight, item.level) for item in applicable), method.coverage),
        level=level_reached([(item.weight, item.level or 0) for item in applicable], share, gap),
        possible_level=level_reached(
            [(item.weight, TOP if item.level is None else item.level) for item in applicable], share, gap
        ),
        counts=_counts(items),
        minority=2 * excluded > sum((item.weight for item in items), ZERO),
    )


def item_of(indicator: Indicator, trend: Trend, answer: Value, actor: str) -> Item:
    """An indicator with its answer as one actor weighs it."""
    level = indicator.maturity(answer) if isinstance(answer, int) else None
    return Item(indicator, trend, answer, level, indicator.weight_for(actor))


def _counts(items: Iterable[Item]) -> Counts:
    answers = [item.answer for item in items]
    known = sum(isinstance(answer, int) for answer in answers)
    return Counts(known, answers.count(DK), answers.count(None), answers.count(NA))


def measure(pairs: Iterable[tuple[Fraction, int | None]], threshold: Fraction) -> Measure:
    """The weighted average of (weight, level) pairs in points, with its range and coverage (method 3 and 4)."""
    pairs = list(pairs)
    whole = sum((weight for weight, _ in pairs), ZERO)
    if not whole:
        return Measure(None, None, None, None, published=False)
    known = sum((weight for weight, level in pairs if level is not None), ZERO)
    points = STEP * sum((weight * level for weight, level in pairs if level is not None), ZERO)
    coverage = known / whole
    low = points / whole
    average = points / known if known else None
    return Measure(average, low, low + FULL * (1 - coverage), coverage, published=coverage >= threshold and known > 0)


def level_reached(pairs: Sequence[tuple[Fraction, int]], share: Fraction, gap: int) -> int | None:
    """The highest level that enough weight has reached with nothing too far below (method 5); None if empty."""
    if not pairs:
        return None
    lowest = min(level for _, level in pairs)
    needed, above = share * sum((weight for weight, _ in pairs), ZERO), ZERO
    for level in range(TOP, 0, -1):
        above += sum((weight for weight, reached in pairs if reached == level), ZERO)
        if above >= needed and lowest >= level - gap:
            return level
    return 0


def share_at(pairs: Sequence[tuple[Fraction, int]], level: int) -> Fraction:
    """The share of all weight at or above a level."""
    whole = sum((weight for weight, _ in pairs), ZERO)
    return sum((weight for weight, reached in pairs if reached >= level), ZERO) / whole


def _score_overall(trends: Sequence[TrendScore], method: Method) -> Overall:
    counted = [trend for trend in trends if trend.counted]
    share, gap = method.overall_share, method.overall_gap
    return Overall(
        average([(trend.weight, trend.measure) for trend in counted], method.coverage),
        level_reached([(trend.weight, trend.level or 0) for trend in counted], share, gap),
        level_reached([(trend.weight, trend.possible_level or 0) for trend in counted], share, gap),
        Counts(*(sum(getattr(trend.counts, name) for trend in trends) for name in Counts._fields)),
    )


def average(parts: Sequence[tuple[Fraction, Measure]], threshold: Fraction) -> Measure:
    """The weighted average of measures (method 3): unpublished ones count, unknown ones only in the range."""
    whole = sum((weight for weight, _ in parts), ZERO)
    if not whole:
        return Measure(None, None, None, None, published=False)

    def mean(pick: Callable[[Measure], Fraction | None]) -> Fraction | None:
        known = [(weight, value) for weight, part in parts if (value := pick(part)) is not None]
        total = sum((weight for weight, _ in known), ZERO)
        return sum((weight * value for weight, value in known), ZERO) / total if total else None

    coverage = mean(lambda part: part.coverage)
    known = mean(lambda part: part.score)
    assert coverage is not None
    published = coverage >= threshold and known is not None
    return Measure(known, mean(lambda part: part.low), mean(lambda part: part.high), coverage, published)


def _score_pillar(pillar: Pillar, trends: Iterable[TrendScore], method: Method) -> PillarScore:
    pairs = [
        (trend.weight * item.weight / whole, item.level)
        for trend in trends
        if trend.counted and (whole := sum((item.weight for item in trend.applicable), ZERO))
        for item in trend.applicable
        if item.indicator.pillar == pillar.id
    ]
    return PillarScore(pillar, measure(pairs, method.coverage))


def _score_risk(risk: Risk, trends: Iterable[TrendScore], method: Method) -> RiskScore:
    items = tuple(item for trend in trends for item in trend.applicable if risk.id in item.indicator.risks)
    protection = measure(((item.indicator.risks[risk.id], item.level) for item in items), method.coverage)
    return RiskScore(risk, items, _as_exposure(protection))


def _as_exposure(protection: Measure) -> Measure:
    def turned(value: Fraction | None) -> Fraction | None:
        return None if value is None else FULL - value

    return Measure(
        turned(protection.score),
        turned(protection.high),
        turned(protection.low),
        protection.coverage,
        protection.published,
    )


def band_of(value: Fraction, limits: Sequence[Fraction], names: Sequence[str]) -> str:
    """The band of an exact value: a value on a limit belongs to the upper band (method 15)."""
    return names[sum(value >= limit for limit in limits)]


def exposure_band(exposure: Fraction, limits: Sequence[Fraction], *, hole: bool) -> str:
    """The band of an exposure; with a hole a low one becomes moderate (method 6)."""
    lowest, raised, _ = EXPOSURE_BANDS
    band = band_of(exposure, limits, EXPOSURE_BANDS)
    return raised if hole and band == lowest else band


def possible_exposure_bands(
    exposure: Measure, limits: Sequence[Fraction], *, hole: bool, possible_hole: bool
) -> list[str]:
    """The bands from the low end of an exposure to its high end, where what is not known may be a hole, too."""
    if exposure.low is None or exposure.high is None:
        return []
    lowest = exposure_band(exposure.low, limits, hole=hole)
    highest = exposure_band(exposure.high, limits, hole=hole or possible_hole)
    return list(EXPOSURE_BANDS[EXPOSURE_BANDS.index(lowest) : EXPOSURE_BANDS.index(highest) + 1])
