"""The best choice of one way from each group where groups link trends: one dynamic programme for all (method 14).

A standing is the weight of the trends that are whole, and for every trend that is not yet, how much of its weight
reaches the level and how much the lowest level that no trend may stay below. Of all ways to a standing only the best
is kept.

Prices for what is still lacking (Lagrangian relaxation) give the least that finishing from a standing can cost.
Standings beyond a limit are dropped, and the limit rises until a choice is found within it. The prices only decide how
much is looked at: the choice is exact whatever they are.
"""

from collections.abc import Sequence
from math import ceil
from operator import itemgetter
from typing import NamedTuple

from allycheck.analysis.plan.frontier import State
from allycheck.analysis.plan.work import Work

LOST = -1
"""The weight at the level of a trend that can't reach it any more."""
ROUNDS = 150
"""How often prices are corrected."""
PATIENCE = 6
"""Rounds without a better bound after which prices move less."""
TRENDS = 10
"""Trends of which a standing counts as one state to look at; of more, it takes accordingly longer."""
DIGITS = 12
"""How finely prices are told, in binary digits."""

Best = tuple[int, int, int]
"""Cost, changed, code of the best way to a standing."""


class Wanted(NamedTuple):
    """A trend: its weight among the trends, and the weight inside that it needs at a level, both in whole units."""

    weight: int
    needed: int


class Part(NamedTuple):
    """What a way gives to a trend: weight at the level, `LOST` if it makes that impossible, and at the lowest level."""

    trend: int
    there: int
    near: int


class Way(NamedTuple):
    """One way to raise a group. `worth` is the weight of trends that it brings to the level by itself."""

    cost: int
    changed: int
    code: int
    worth: int
    parts: tuple[Part, ...]


class Standing(NamedTuple):
    """What is reached so far; the weights are cut off at what is needed, and 0 for trends that are whole."""

    worth: int
    there: tuple[int, ...]
    near: tuple[int, ...]


class _Problem(NamedTuple):
    """The trends, the groups with all their ways, and the weight of trends that has to reach the level."""

    trends: Sequence[Wanted]
    groups: Sequence[Sequence[Way]]
    needed: int

    @property
    def fine(self) -> int:
        """Parts of a unit of effort in which prices are told, so that everything is compared in whole numbers."""
        return max(1, self.needed, *(trend.needed for trend in self.trends)) << DIGITS


class _Prices(NamedTuple):
    """What a unit of lacking weight costs: by trend at the level and at the lowest level, and of the trends' weight."""

    there: list[int]
    near: list[int]
    worth: int


class _Stage(NamedTuple):
    """One group in the search: what later groups can add, what they cost at least at the prices, and who is whole then.

    Everything is by trend; `open` are the trends to which later groups still belong.
    """

    ways: Sequence[Way]
    more_there: list[int]
    more_near: list[int]
    least: int
    closing: list[int]
    open: list[int]


def cheapest(trends: Sequence[Wanted], groups: Sequence[Sequence[Way]], needed: int, work: Work) -> State:
    """The best of the choices that bring trends of the weight `needed` to the level; there must be one.

    Raises TooLargeError.
    """
    problem = _Problem(trends, sorted(groups, key=_reaches_to), needed)
    prices, bound = _priced(problem, work)
    stages = _stages(problem, prices)
    step = max(problem.fine, bound // 50)
    limit = bound + step
    while True:
        found = _search(problem, stages, prices, limit, work)
        able = [
            (cost, -standing.worth, changed, code)
            for standing, (cost, changed, code) in found.items()
            if standing.worth >= needed
        ]
        if able:
            return min(able)
        step *= 2
        limit += step


def _reaches_to(ways: Sequence[Way]) -> tuple[int, int]:
    """Groups in the order of the last trend that they belong to, so that trends are soon whole."""
    trends = [part.trend for way in ways for part in way.parts]
    return max(trends, default=-1), min(trends, default=-1)


def _stages(problem: _Problem, prices: _Prices) -> list[_Stage]:
    count = len(problem.trends)
    there, near, least = [0] * count, [0] * count, 0
    later: set[int] = set()
    stages: list[_Stage] = []
    for ways in reversed(problem.groups):
        own = {part.trend for way in ways for part in way.parts}
        stages.append(_Stage(ways, there, near, least, sorted(own - later), sorted(later)))
        later |= own
        there, near = _with_most(there, ways, "there"), _with_most(near, ways, "near")
        least += min(way.cost * problem.fine - _value(way, prices) for way in ways)
    return stages[::-1]


def _with_most(weights: Sequence[int], ways: Sequence[Way], which: str) -> list[int]:
    """The weights with the most that a group can add to each."""
    most = [0] * len(weights)
    for way in ways:
        for part in way.parts:
            most[part.trend] = max(most[part.trend], getattr(part, which))
    return [weight + more for weight, more in zip(weights, most, strict=True)]


def _value(way: Way, prices: _Prices) -> int:
    """What a way is worth at the prices."""
    return prices.worth * way.worth + sum(
        prices.there[trend] * max(there, 0) + prices.near[trend] * near for trend, there, near in way.parts
    )


def _search(
    problem: _Problem, stages: Sequence[_Stage], prices: _Prices, limit: int, work: Work
) -> dict[Standing, Best]:
    """The best way to each last standing that can be reached within the limit."""
    fine, nothing = problem.fine, (0,) * len(problem.trends)
    states: dict[Standing, Best] = {Standing(0, nothing, nothing): (0, 0, 0)}
    for stage in stages:
        work.spend(len(states) * len(stage.ways) * ceil(len(problem.trends) / TRENDS))
        better: dict[Standing, Best] = {}
        for way in stage.ways:
            for standing, (cost, changed, code) in states.items():
                after = _after(problem, stage, standing, way)
                if after is None:
                    continue
                spent = cost + way.cost
                if spent * fine + stage.least + _lacking(problem, stage, prices, after) > limit:
                    continue
                best = (spent, changed + way.changed, code + way.code)
                if best < better.get(after, (spent + 1, 0, 0)):
                    better[after] = best
        work.hold(len(better))
        states = better
    return states


def _after(problem: _Problem, stage: _Stage, standing: Standing, way: Way) -> Standing | None:
    """The standing with a way taken; None if a trend then stays below the lowest level."""
    there, near, worth = list(standing.there), list(standing.near), standing.worth + way.worth
    for trend, more, closer in way.parts:
        needed = problem.trends[trend].needed
        near[trend] = min(near[trend] + closer, needed)
        if near[trend] + stage.more_near[trend] < needed:
            return None
        if there[trend] != LOST:
            reached = LOST if more == LOST else min(there[trend] + more, needed)
            there[trend] = reached if reached + stage.more_there[trend] >= needed else LOST
    for trend in stage.closing:
        if there[trend] != LOST:
            worth += problem.trends[trend].weight
        there[trend] = near[trend] = 0
    return Standing(worth, tuple(there), tuple(near))


def _lacking(problem: _Problem, stage: _Stage, prices: _Prices, standing: Standing) -> int:
    """What is still lacking, at the prices: the trend's choice to reach the level or not is taken as well as can be."""
    total = prices.worth * max(problem.needed - standing.worth, 0)
    for trend in stage.open:
        weight, needed = problem.trends[trend]
        total += prices.near[trend] * (needed - standing.near[trend])
        there, price = standing.there[trend], prices.there[trend]
        if there != LOST:
            total += min(0, price * needed - prices.worth * weight) - price * there
    return total


def _priced(problem: _Problem, work: Work) -> tuple[_Prices, int]:
    """Prices at which a plan is seen to cost much at least, and that cost (subgradient ascent)."""
    prices = best = _Prices([0] * len(problem.trends), [0] * len(problem.trends), 0)
    bound, stalled, pace = 0, 0, 1.0
    for _ in range(ROUNDS):
        work.spend(sum(map(len, problem.groups)))
        least, lacks = _relaxed(problem, prices)
        stalled = 0 if least > bound else stalled + 1
        if least > bound:
            bound, best = least, prices
        if stalled > PATIENCE:
            stalled, pace = 0, pace / 2
        prices = _corrected(problem, prices, lacks, pace * (bound / 10 + bound - least + problem.fine))
    return best, bound


def _relaxed(problem: _Problem, prices: _Prices) -> tuple[int, _Prices]:
    """The least cost where lacking weight is paid for at these prices, and how much of each kind is then lacking."""
    total, worth = prices.worth * problem.needed, problem.needed
    there, near = [0] * len(problem.trends), [trend.needed for trend in problem.trends]
    for at, (weight, needed) in enumerate(problem.trends):
        total += prices.near[at] * needed
        if prices.there[at] * needed < prices.worth * weight:
            total += prices.there[at] * needed - prices.worth * weight
            there[at], worth = needed, worth - weight
    for ways in problem.groups:
        least, way = min(((way.cost * problem.fine - _value(way, prices), way) for way in ways), key=itemgetter(0))
        total, worth = total + least, worth - way.worth
        for part in way.parts:
            there[part.trend] -= max(part.there, 0)
            near[part.trend] -= part.near
    return total, _Prices(there, near, worth)


def _corrected(problem: _Problem, prices: _Prices, lacks: _Prices, stride: float) -> _Prices:
    """Dearer what is lacking, cheaper what there is too much of, each measured by what is needed of it."""
    needed = [trend.needed or 1 for trend in problem.trends]
    whole = problem.needed or 1
    norm = (lacks.worth / whole) ** 2 + sum(
        (lack / need) ** 2 for lack, need in zip(lacks.there + lacks.near, needed * 2, strict=True)
    )
    pace = stride / (norm or 1)

    def moved(price: int, lack: int, need: int) -> int:
        return max(0, price + int(pace * lack / need**2))

    return _Prices(
        list(map(moved, prices.there, lacks.there, needed)),
        list(map(moved, prices.near, lacks.near, needed)),
        moved(prices.worth, lacks.worth, whole),
    )
