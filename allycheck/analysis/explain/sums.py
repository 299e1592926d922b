"""The sums of method 3, 4 and 6, term by term, with what they leave out and why."""

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from allycheck.analysis.explain.result import Excluded, Of, Sum, Term
from allycheck.answers import DK, Answers
from allycheck.language import _, later
from allycheck.numbers import Number, exact
from allycheck.questionnaire import TOP, Indicator, Trend
from allycheck.scoring import FULL, STEP, ZERO, Item, PillarScore, RiskScore, Scores, TrendScore
from allycheck.text import clean

Value = Callable[[Item], Fraction | int]
_RULES: dict[Of, str] = {
    "score": later("the average, by weight, of what is known; each term adds its share times its points"),
    "exposure": later(
        "100 less the points of an answer, averaged by load; each term adds its share times what is left"
    ),
    "low": later("the same average with every unknown answer at the end that makes it lowest"),
    "high": later("the same average with every unknown answer at the end that makes it highest"),
    "coverage": later("the share of the weight that is known, of all that applies"),
}


class Weighed(NamedTuple):
    """An answer in scope with the weight that it has in one sum."""

    item: Item
    weight: Fraction


class Names:
    """What indicators are called for one actor, and why some are left out of a sum."""

    def __init__(self, scores: Scores, answers: Answers) -> None:
        """For the actor and form of these scores."""
        self.scores, self.answers = scores, answers
        self.questionnaire = scores.questionnaire

    def of(self, item: Indicator) -> tuple[str, str, str]:
        """Id, code and name as this actor reads it."""
        own = self.questionnaire.tailored(item, self.scores.actor)
        return own.id, own.code, own.name

    def outside(self, trend: Trend) -> Iterator[Indicator]:
        """The indicators of a trend that are not asked at all."""
        return (item for item in trend.indicators if not item.serves(self.scores.actor, self.scores.form))

    def why_outside(self, item: Indicator) -> str:
        """Why an indicator is not in scope."""
        if item.actors is not None and self.scores.actor not in item.actors:
            return _("not asked of this actor")
        if self.scores.form == "quick" and not item.quick:
            return _("not in the quick form")
        return _("no weight for this actor")

    def left_out(self, item: Indicator, weight: Fraction, why: str) -> Excluded:
        """An indicator that does not enter a sum."""
        return Excluded(*self.of(item), self.answers.to(item.id).answer, Number(weight), why)

    def why_na(self, item: Item) -> str:
        """Not applicable, with the reason that was given."""
        reason = clean(self.answers.to(item.id).reason)
        return _("not applicable: {reason}").format(reason=reason) if reason else _("not applicable, no reason given")


def overall_sums(names: Names) -> list[Sum]:
    """The readiness score, its range and coverage over the trends."""
    scores = names.scores
    counted = scores.counted
    known = [trend for trend in counted if trend.known]
    away = [_trend_away(trend) for trend in scores.trends if not trend.counted]
    unknown = _("nothing is known: it widens the range instead")
    silent = [_excluded(trend, unknown) for trend in counted if not trend.known]
    if not counted:
        return []
    found = (
        [_trend_sum("score", known, lambda trend: trend.measure.score, [*silent, *away])]
        if scores.overall.measure.published
        else []
    )
    return [
        *found,
        _trend_sum("low", counted, lambda trend: trend.measure.low, away),
        _trend_sum("high", counted, lambda trend: trend.measure.high, away),
        _trend_sum("coverage", counted, lambda trend: trend.measure.coverage, away),
    ]


def _trend_sum(
    of: Of, trends: Iterable[TrendScore], value: Callable[[TrendScore], Fraction | None], excluded: list[Excluded]
) -> Sum:
    parts = list(trends)
    whole = sum((trend.weight for trend in parts), ZERO)
    terms = [
        term(
            (trend.trend.id, trend.trend.id, trend.trend.title), None, None, (trend.weight, whole), value(trend) or ZERO
        )
        for trend in parts
    ]
    return total(of, terms, excluded)


def _trend_away(trend: TrendScore) -> Excluded:
    return _excluded(trend, _("no weight for this actor") if not trend.weight else _("nothing in it applies"))


def _excluded(trend: TrendScore, why: str) -> Excluded:
    name = trend.trend.id
    return Excluded(name, name, trend.trend.title, None, Number(trend.weight), why)


def trend_sums(names: Names, trend: TrendScore) -> list[Sum]:
    """A trend's score, range and coverage over its indicators."""
    parts = [Weighed(item, item.weight) for item in trend.items]
    outside = [
        names.left_out(item, item.weight_for(names.scores.actor), names.why_outside(item))
        for item in names.outside(trend.trend)
    ]
    return _answer_sums(names, parts, outside, published=trend.measure.published)


def pillar_sums(names: Names, pillar: PillarScore) -> list[Sum]:
    """A pillar's score, range and coverage; each weight is W * w / (sum of w over A of its trend)."""
    parts: list[Weighed] = []
    outside: list[Excluded] = []
    for trend in names.scores.trends:
        outside += [
            names.left_out(item, ZERO, names.why_outside(item))
            for item in names.outside(trend.trend)
            if item.pillar == pillar.pillar.id
        ]
        whole = sum((item.weight for item in trend.applicable), ZERO)
        for item in trend.items:
            if item.indicator.pillar == pillar.pillar.id and trend.weight:
                parts.append(Weighed(item, trend.weight * item.weight / whole if item.applies else ZERO))
            elif item.indicator.pillar == pillar.pillar.id:
                outside.append(names.left_out(item.indicator, ZERO, _("its trend has no weight for this actor")))
    return _answer_sums(names, parts, outside, published=pillar.measure.published)


def risk_sums(names: Names, risk: RiskScore) -> list[Sum]:
    """An exposure, its range and coverage; weights are loads, and the worst end is the high one."""
    name = risk.risk.id
    outside: list[Excluded] = []
    for trend in names.scores.trends:
        outside += [
            names.left_out(item, item.risks[name], names.why_outside(item))
            for item in names.outside(trend.trend)
            if name in item.risks
        ]
    feeding = (item for item in names.scores.items if name in item.indicator.risks)
    parts = [Weighed(item, item.indicator.risks[name]) for item in feeding]
    return _answer_sums(names, parts, outside, published=risk.measure.published, exposure=True)


def _answer_sums(
    names: Names, parts: list[Weighed], outside: list[Excluded], *, published: bool, exposure: bool = False
) -> list[Sum]:
    """The score if it is published, then both ends and the coverage, over answers."""
    applies = [part for part in parts if part.item.applies]
    known = [part for part in applies if part.item.known]
    away = [
        *(names.left_out(*_indicator(part), names.why_na(part.item)) for part in parts if not part.item.applies),
        *outside,
    ]
    unknown = [names.left_out(*_indicator(part), _why_unknown(part.item)) for part in applies if not part.item.known]
    if not applies:
        return []

    def points(at_unknown: int) -> Value:
        def value(item: Item) -> int:
            reached = STEP * (at_unknown if item.level is None else item.level)
            return FULL - reached if exposure else reached

        return value

    worst, best = (TOP, 0) if exposure else (0, TOP)
    found = [_sum(names, "exposure" if exposure else "score", known, points(0), [*unknown, *away])] if published else []
    return [
        *found,
        _sum(names, "low", applies, points(worst), away),
        _sum(names, "high", applies, points(best), away),
        _sum(names, "coverage", applies, lambda item: int(item.known), away),
    ]


def _indicator(part: Weighed) -> tuple[Indicator, Fraction]:
    return part.item.indicator, part.weight


def _why_unknown(item: Item) -> str:
    if item.answer == DK:
        return _("don't know: it widens the range instead")
    return _("unanswered: it widens the range instead")


def _sum(names: Names, of: Of, parts: list[Weighed], value: Value, excluded: list[Excluded]) -> Sum:
    whole = sum((part.weight for part in parts), ZERO)
    terms = [
        term(names.of(part.item.indicator), part.item.answer, part.item.level, (part.weight, whole), value(part.item))
        for part in parts
    ]
    return total(of, terms, excluded)


def term(
    name: tuple[str, str, str],
    answer: int | str | None,
    level: int | None,
    weight: tuple[Fraction, Fraction],
    value: Fraction | int,
) -> Term:
    """A term of an average: its own weight and the weight of all."""
    share = weight[0] / weight[1]
    return Term(*name, answer, level, Number(weight[0]), Number(share), Number(Fraction(value)), Number(share * value))


def total(of: Of, terms: Iterable[Term], excluded: list[Excluded], rule: str = "") -> Sum:
    """The terms with what they add up to."""
    listed = list(terms)
    value = sum((exact(entry.points) for entry in listed), ZERO)
    return Sum(of, Number(value), rule or _(_RULES[of]), listed, excluded)
