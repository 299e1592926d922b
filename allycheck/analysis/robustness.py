"""How far the score moves when the rules or the weights change (method 8 and 9)."""

from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from fractions import Fraction
from functools import cache
from hashlib import sha256
from struct import Struct
from typing import Literal, NamedTuple

from allycheck.answers import NA
from allycheck.numbers import Number, exact, number
from allycheck.questionnaire import LEVELS, TOP
from allycheck.report import Draws, Reading, Robustness
from allycheck.scoring import STEP, ZERO, Item, Scores, TrendScore, weighted_mean

DRAWS = 1000
SMALLEST = 7500
"""A weight 25% down, in ten-thousandths."""
SPREAD = 5001
"""How many multipliers there are, up to 25% up."""
_HEADS = [b"allycheck|%d" % draw for draw in range(1, DRAWS + 1)]
_FIRST_BYTES = Struct(">Q24x").iter_unpack
EARLY = (0, 40, 70, 90, 100)
"""Points of the five levels where early steps count more."""
LATE = (0, 10, 30, 60, 100)
"""Points of the five levels where late steps count more."""
BENT = Fraction(99, 100)
"""How strongly the geometric mean bends: g = 1 + 0.99 * S, so that a score of 0 still has a logarithm."""
_DIGITS = Context(prec=60, rounding=ROUND_HALF_EVEN)
_PLACES = Decimal(1).scaleb(-30)
_LOWEST, _HIGHEST = 5 * DRAWS // 100, 95 * DRAWS // 100
"""Nearest ranks of the 5% and 95% points, counted from 1."""


def robustness(scores: Scores) -> Robustness:
    """The other readings of the same answers, and a thousand other weightings.

    Where too little is known to publish the score its other readings are not published either; the shares of the
    levels are, because a demonstrated level counts what is unknown as 0.
    """
    published = scores.overall.measure.published
    geometric = _geometric(scores) if published else None
    readings = [Reading(name, number(value if published else None)) for name, value in _readings(scores, geometric)]
    values = [reading.score for reading in readings if reading.score is not None]
    return Robustness(
        readings=readings,
        smallest=min(values, default=None, key=exact),
        largest=max(values, default=None, key=exact),
        imbalance=number(_imbalance(scores, geometric)),
        draws=_thousand(scores, published=published),
    )


def _readings(scores: Scores, geometric: Decimal | None) -> Iterable[tuple[str, Fraction | None]]:
    yield "equal_indicator_weights", _reading(scores, weigh=lambda _: Fraction(1))
    yield "equal_trend_weights", _reading(scores, weigh_trend=lambda _: Fraction(1))
    yield "geometric", _settled(geometric)
    yield "early", _reading(scores, lambda item: None if item.level is None else EARLY[item.level])
    yield "late", _reading(scores, lambda item: None if item.level is None else LATE[item.level])
    yield "unknown_as_zero", _reading(scores, lambda item: STEP * (item.level or 0) if item.applies else None)
    yield "na_as_zero", _reading(scores, lambda item: 0 if item.answer == NA else _points(item))


def _points(item: Item) -> int | None:
    return None if item.level is None else STEP * item.level


def _reading(
    scores: Scores,
    points: Callable[[Item], int | None] = _points,
    weigh: Callable[[Item], Fraction] = lambda item: item.weight,
    weigh_trend: Callable[[TrendScore], Fraction] = lambda trend: trend.weight,
) -> Fraction | None:
    """R with one thing changed: the points of an answer, or the weight of an indicator or a trend."""
    return weighted_mean(
        (weigh_trend(trend), weighted_mean((weigh(item), points(item)) for item in trend.items))
        for trend in scores.trends
        if trend.weight > 0
    )


def _geometric(scores: Scores) -> Decimal | None:
    """G = (exp(sum of W * ln g) - 1) / 0.99 over the trends with known answers, to 60 digits."""
    parts = [(trend.weight, trend.measure.score) for trend in scores.counted if trend.measure.score is not None]
    whole = sum((weight for weight, _ in parts), ZERO)
    with localcontext(_DIGITS):
        logarithms = [_decimal(weight / whole) * _decimal(1 + BENT * score).ln() for weight, score in parts]
        return (sum(logarithms, Decimal(0)).exp() - 1) / _decimal(BENT) if parts else None


def _imbalance(scores: Scores, geometric: Decimal | None) -> Fraction | None:
    """R - G."""
    if geometric is None or scores.overall.measure.score is None:
        return None
    with localcontext(_DIGITS):
        return _settled(_decimal(scores.overall.measure.score) - geometric)


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _settled(value: Decimal | None) -> Fraction | None:
    """An irrational result on 30 places, half to even, from where on it is exact."""
    return None if value is None else Fraction(value.quantize(_PLACES, context=_DIGITS))


class _Trend(NamedTuple):
    """A trend of T, ready to be drawn: W and the weights of A as whole numbers, each w with its level."""

    id: str
    weight: int
    items: list[tuple[str, int, int | None]]


class _Rule(NamedTuple):
    """When a level is reached (method 5)."""

    share: Fraction
    gap: int

    def level(self, weights: list[int]) -> int:
        """The level that these weights, by level, reach."""
        lowest = next(level for level, weight in enumerate(weights) if weight)
        needed = self.share.numerator * sum(weights)
        for level in range(min(TOP, lowest + self.gap), 0, -1):
            if self.share.denominator * sum(weights[level:]) >= needed:
                return level
        return 0


def _thousand(scores: Scores, *, published: bool) -> Draws:
    """The nearest-rank 5% and 95% points of R and the share of the draws at each level (method 9)."""
    method, trends = scores.questionnaire.method, _whole_numbers(scores.counted)
    if not trends:
        return Draws(None, None, [0.0] * LEVELS)
    rules = _Rule(method.trend_share, method.trend_gap), _Rule(method.overall_share, method.overall_gap)
    drawn = [_draw(trends, rules, draw) for draw in range(1, DRAWS + 1)]
    levels = [level for _, level in drawn]
    ranked = sorted(score for score, _ in drawn if score is not None) if published else []
    return Draws(
        p05=Number(ranked[_LOWEST - 1]) if ranked else None,
        p95=Number(ranked[_HIGHEST - 1]) if ranked else None,
        level_share=[Number(Fraction(levels.count(level), DRAWS)) for level in range(LEVELS)],
    )


def _whole_numbers(trends: tuple[TrendScore, ...]) -> list[_Trend]:
    """Weights matter only against each other, so that whole numbers serve as well and cost far less."""
    return [
        _Trend(trend.trend.id, trend.units, [(item.id, item.units, item.level) for item in trend.applicable])
        for trend in trends
    ]


def _draw(trends: list[_Trend], rules: tuple[_Rule, _Rule], draw: int) -> tuple[Fraction | None, int]:
    """R and the demonstrated level in one draw; R as one fraction that is built without reducing it on the way."""
    top, bottom, known_weight = 0, 1, 0
    trend_levels = [0] * LEVELS
    for trend in trends:
        weight = trend.weight * multiplier(draw, "W", trend.id)
        weights, known = _weights(trend, draw)
        trend_levels[rules[0].level(weights)] += weight
        if known:
            points = sum(level * part for level, part in enumerate(weights))
            top, bottom = top * known + weight * points * bottom, bottom * known
            known_weight += weight
    score = Fraction(STEP * top, bottom * known_weight) if known_weight else None
    return score, rules[1].level(trend_levels)


def _weights(trend: _Trend, draw: int) -> tuple[list[int], int]:
    """The drawn weights of A by level, what is unknown counted at 0, and how much of them is known."""
    weights, known = [0] * LEVELS, 0
    for name, weight, level in trend.items:
        drawn = weight * multiplier(draw, "w", name)
        weights[level or 0] += drawn
        if level is not None:
            known += drawn
    return weights, known


def multiplier(draw: int, kind: Literal["w", "W"], key: str) -> int:
    """The multiplier of one weight in one draw, in ten-thousandths: 7500 to 12500.

    Draws count from 1; `w` is an indicator's weight, `W` a trend's. Keyed by id, so a new indicator moves no other.
    """
    return multipliers(kind, key)[draw - 1]


@cache
def multipliers(kind: Literal["w", "W"], key: str) -> tuple[int, ...]:
    """The multipliers of one weight in all draws; worked out once in a run, however many sheets are compared."""
    tail = f"|{kind}|{key}".encode()
    digests = b"".join([sha256(head + tail).digest() for head in _HEADS])
    return tuple([SMALLEST + first % SPREAD for (first,) in _FIRST_BYTES(digests)])
