"""The best choice of one way from each group where groups link trends: one dynamic programme for all (method 14).

A standing is the weight that trends at the level must still bring, and for every trend that is not yet whole, how much
of its weight still has to reach the level, and how much the lowest level that no trend may stay below. Of all ways to a
standing only the best is kept.

What finishing from a standing costs at least comes from splitting the problem in two (Lagrangian decomposition): a
group chooses a way, a trend chooses what it needs from each of its groups, and prices for every part that a group can
give to a trend bring the two together. Each trend is solved exactly at these prices, and so is the choice of the trends
that reach the level. Standings beyond a limit are dropped, and the limit rises until a choice is found within it. The
prices only decide how much is looked at: the choice is exact whatever they are.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

from allycheck.analysis.plan.frontier import State
from allycheck.analysis.plan.work import Work

LOST = -1
"""The weight at the level of a trend that can't reach it any more."""
ROUNDS = 300
"""How often prices are corrected."""
PATIENCE = 6
"""Rounds without a better bound after which prices move less."""
FINE = 1 << 12
"""Parts of a unit of effort in which prices are told, so that everything is compared in whole numbers."""
GRAINS = 64
"""Into how many parts of what is needed a weight is told at most in bounds; finer ones are rounded to the safe side."""
TRENDS = 10
"""Trends of which a standing counts as one state to look at; of more, it takes accordingly longer."""

MOST_PRICED = 8_000_000
"""Parts to look at for the prices at most, about a second: of large problems they are corrected less often."""
LOOKS = 10
"""Ways that might be looked at in the time in which the bound of a new standing is worked out."""

Best = tuple[int, int, int]
"""Cost, changed, code of the best way to a standing."""
NOTHING: Best = (0, 0, 0)
Lacks = tuple[int, int]
"""Weight that a trend still needs at the level, `LOST` if it can't reach it any more, and at the lowest level."""
Standing = tuple[int, tuple[Lacks, ...]]
"""Weight of trends that must still reach the level, and what each trend lacks; nothing where it is whole."""
WHOLE: Lacks = (0, 0)


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
    """One way to raise a group. All ways of a group have parts of the same trends, in the same order."""

    cost: int
    changed: int
    code: int
    parts: tuple[Part, ...]


Prices = Sequence[Mapping[Part, int]]
"""What each part that a group can give is worth, by group."""


class _Problem(NamedTuple):
    """The trends, the groups with all their ways, and the weight of trends that has to reach the level.

    `cells` has for every trend its groups in order, each with the parts that it can give.
    """

    trends: Sequence[Wanted]
    groups: Sequence[Sequence[Way]]
    needed: int
    cells: Sequence[Sequence[tuple[int, Sequence[Part]]]]


class _Finish(NamedTuple):
    """What bringing a trend to the level and to the lowest level costs at the prices, by what is lacking in grains.

    None where it can't be done.
    """

    grain: int
    there: list[int | None]
    near: list[int | None]

    def costs(self, lacks: Lacks) -> tuple[int | None, int | None]:
        """At least, from what a trend lacks: to the level, to the lowest level."""
        there, near = lacks
        return (
            None if there == LOST else self.there[-(-there // self.grain)],
            self.near[-(-near // self.grain)],
        )


class _Stage(NamedTuple):
    """One group in the search: each way with what it costs beyond its worth at the prices, cheapest first.

    `least` is that of all later groups together; `rest` is by trend what finishing then costs, None where it is whole.
    """

    ways: Sequence[tuple[int, Way]]
    least: int
    rest: Sequence[_Finish | None]


class _Relaxed(NamedTuple):
    """The least that a plan costs at the prices; the parts that trends choose and those that groups give, by group."""

    least: int
    chosen: list[dict[int, Part]]
    given: list[tuple[Part, ...]]


def cheapest(trends: Sequence[Wanted], groups: Sequence[Sequence[Way]], needed: int, work: Work) -> State:
    """The best of the choices that bring trends of the weight `needed` to the level; there must be one.

    Raises TooLargeError.
    """
    problem = _problem(trends, sorted(groups, key=_reaches_to), needed)
    prices, bound = _priced(problem)
    stages = _stages(problem, prices)
    limit, step = -(-bound // FINE), 1 + bound // FINE // 100
    while True:
        found = _search(problem, stages, bound, limit * FINE, work)
        if found:
            return min((cost, lack - needed, changed, code) for (lack, _), (cost, changed, code) in found.items())
        limit, step = limit + step, step + 1 + step // 4


def _reaches_to(ways: Sequence[Way]) -> tuple[int, int]:
    """Groups in the order of the last trend that they belong to, so that trends are soon whole."""
    trends = [part.trend for part in ways[0].parts]
    return max(trends, default=-1), min(trends, default=-1)


def _problem(trends: Sequence[Wanted], groups: Sequence[Sequence[Way]], needed: int) -> _Problem:
    cells: list[list[tuple[int, list[Part]]]] = [[] for _ in trends]
    for at, ways in enumerate(groups):
        for parts in zip(*(way.parts for way in ways), strict=True):
            cells[parts[0].trend].append((at, sorted(set(parts))))
    return _Problem(trends, groups, needed, cells)


def _finishes(wanted: Wanted, cells: Sequence[tuple[int, Sequence[Part]]], prices: Prices) -> list[_Finish]:
    """What finishing a trend costs before each of its groups, and after the last."""
    grain = -(-wanted.needed // GRAINS) or 1
    grains = -(-wanted.needed // grain)
    nothing: list[int | None] = [0, *([None] * grains)]
    finishes = [_Finish(grain, nothing, nothing)]
    for group, parts in reversed(cells):
        then = finishes[-1]
        there = [(prices[group][part], -(-part.there // grain)) for part in parts if part.there != LOST]
        near = [(prices[group][part], -(-part.near // grain)) for part in parts]
        finishes.append(_Finish(grain, _with(there, then.there), _with(near, then.near)))
    return finishes[::-1]


def _with(offers: Sequence[tuple[int, int]], then: Sequence[int | None]) -> list[int | None]:
    """The least cost of what is lacking with one group more, which offers so much for so much."""
    return [
        min(
            (price + after for price, gain in offers if (after := then[max(lack - gain, 0)]) is not None),
            default=None,
        )
        for lack in range(len(then))
    ]


def _selected(extras: Iterable[tuple[int, int]], lack: int) -> tuple[int, int] | None:
    """The least that must be paid for weight enough, from pairs of cost and weight; and which, as bits in their order.

    None if there is not enough.
    """
    grain = -(-lack // GRAINS) or 1
    left = -(-lack // grain)
    best: dict[int, tuple[int, int]] = {left: (0, 0)}
    for at, (cost, weight) in enumerate(extras):
        more = dict(best)
        gain = -(-weight // grain)
        for lacking, (paid, which) in best.items():
            after, found = max(lacking - gain, 0), (paid + cost, which | 1 << at)
            if after not in more or found < more[after]:
                more[after] = found
        best = more
    return best.get(0)


def _stages(problem: _Problem, prices: Prices) -> list[_Stage]:
    finishes = [_finishes(wanted, cells, prices) for wanted, cells in zip(problem.trends, problem.cells, strict=True)]
    places = [[group for group, _ in cells] for cells in problem.cells]
    reduced = [
        sorted((_reduced(way, own), way) for way in ways) for ways, own in zip(problem.groups, prices, strict=True)
    ]
    return [
        _Stage(
            ways,
            sum(later[0][0] for later in reduced[at + 1 :]),
            [
                finish[sum(group <= at for group in own)] if own and own[-1] > at else None
                for finish, own in zip(finishes, places, strict=True)
            ],
        )
        for at, ways in enumerate(reduced)
    ]


def _reduced(way: Way, prices: Mapping[Part, int]) -> int:
    """What a way costs beyond what its parts are worth."""
    return way.cost * FINE - sum(map(prices.__getitem__, way.parts))


def _search(problem: _Problem, stages: Sequence[_Stage], bound: int, limit: int, work: Work) -> dict[Standing, Best]:
    """The best way to each last standing that can be reached within the limit; `bound` is what any plan costs at least.

    A way that costs more than another beyond its worth raises the bound by at least that much, so that the ways after
    the first one beyond the limit need no look.
    """
    size = -(-len(problem.trends) // TRENDS)
    start: Standing = (problem.needed, tuple((wanted.needed, wanted.needed) for wanted in problem.trends))
    states: dict[Standing, tuple[Best, int]] = {start: (NOTHING, bound)}
    for stage in stages:
        better: dict[Standing, Best] = {}
        for standing, ((cost, changed, code), bound_so_far) in states.items():
            most = limit - bound_so_far + stage.ways[0][0]
            for reduced, way in stage.ways:
                if reduced > most:
                    break
                work.spend(size)
                after = _after(problem, stage, standing, way)
                if after not in better:
                    work.spend(LOOKS * size)
                best = (cost + way.cost, changed + way.changed, code + way.code)
                if after not in better or best < better[after]:
                    better[after] = best
        states = {
            standing: (best, least)
            for standing, best in better.items()
            if (rest := _least(problem, stage, standing)) is not None
            and (least := best[0] * FINE + stage.least + rest) <= limit
        }
    return {standing: best for standing, (best, _) in states.items()}


def _after(problem: _Problem, stage: _Stage, standing: Standing, way: Way) -> Standing:
    """The standing with a way taken. A trend that then stays below the lowest level lacks weight for good."""
    lacking, lacks = standing[0], list(standing[1])
    for trend, gained, closer in way.parts:
        there, near = lacks[trend]
        there = LOST if LOST in {there, gained} else max(there - gained, 0)
        lacks[trend] = (there, max(near - closer, 0))
        if stage.rest[trend] is None and lacks[trend][1] == 0:
            lacking -= problem.trends[trend].weight * (there == 0)
            lacks[trend] = WHOLE
    return lacking, tuple(lacks)


def _least(problem: _Problem, stage: _Stage, standing: Standing) -> int | None:
    """What trends still cost at least at the prices; None if one can't come to the lowest level, or too few higher."""
    total, extras = 0, []
    for lacks, finish, wanted in zip(standing[1], stage.rest, problem.trends, strict=True):
        if finish is None:
            if lacks != WHOLE:
                return None
            continue
        there, near = finish.costs(lacks)
        if near is None:
            return None
        total += near
        if there is not None:
            extras.append((there - near, wanted.weight))
    selected = _selected(extras, max(standing[0], 0))
    return None if selected is None else total + selected[0]


def _priced(problem: _Problem) -> tuple[Prices, int]:
    """Prices at which a plan is seen to cost much at least, and that cost (subgradient ascent)."""
    prices = best = _at_first(problem)
    bound, stalled, pace = 0, 0, 1.0
    size = sum(len(way.parts) for ways in problem.groups for way in ways) + GRAINS * sum(map(len, problem.cells))
    for _ in range(min(ROUNDS, MOST_PRICED // size)):
        relaxed = _relaxed(problem, prices)
        stalled = 0 if relaxed.least > bound else stalled + 1
        if relaxed.least > bound:
            bound, best = relaxed.least, prices
        if stalled > PATIENCE:
            stalled, pace = 0, pace * 0.6
        differ = [
            (group, chosen, given)
            for group, (parts, picks) in enumerate(zip(relaxed.given, relaxed.chosen, strict=True))
            for given in parts
            if (chosen := picks[given.trend]) != given
        ]
        if not differ:
            break
        stride = int(pace * (bound / 50 + bound - relaxed.least + FINE) / (2 * len(differ)))
        prices = [dict(own) for own in prices]
        for group, chosen, given in differ:
            prices[group][chosen] += stride
            prices[group][given] -= stride
    return best, bound


def _at_first(problem: _Problem) -> list[dict[Part, int]]:
    """The least that a group pays for each part, split evenly between the trends of the group."""
    prices: list[dict[Part, int]] = []
    for ways in problem.groups:
        own: dict[Part, int] = {}
        for way in ways:
            for part in way.parts:
                own[part] = min(own.get(part, way.cost * FINE), way.cost * FINE)
        count = len(ways[0].parts) or 1
        prices.append({part: price // count for part, price in own.items()})
    return prices


def _relaxed(problem: _Problem, prices: Prices) -> _Relaxed:
    """The least cost at these prices where trends and groups choose each for themselves, and what they choose."""
    chosen: list[dict[int, Part]] = [{} for _ in problem.groups]
    total, extras, plans = 0, [], []
    for wanted, cells in zip(problem.trends, problem.cells, strict=True):
        finishes = _finishes(wanted, cells, prices)
        there, near = finishes[0].costs((wanted.needed, wanted.needed))
        assert near is not None
        total += near
        if there is not None:
            extras.append((there - near, wanted.weight))
        plans.append((finishes, wanted.needed, there is not None))
    selected = _selected(extras, problem.needed)
    assert selected is not None
    total, which = total + selected[0], selected[1]
    for (finishes, needed, able), cells in zip(plans, problem.cells, strict=True):
        higher = able and which & 1
        which >>= able
        for group, part in _choice(finishes, cells, prices, needed, higher=bool(higher)):
            chosen[group][part.trend] = part
    given = []
    for ways, own in zip(problem.groups, prices, strict=True):
        least, way = min(((_reduced(way, own), way) for way in ways), key=itemgetter(0))
        total += least
        given.append(way.parts)
    return _Relaxed(total, chosen, given)


def _choice(
    finishes: Sequence[_Finish],
    cells: Sequence[tuple[int, Sequence[Part]]],
    prices: Prices,
    needed: int,
    *,
    higher: bool,
) -> Iterator[tuple[int, Part]]:
    """What a trend takes from each of its groups to reach the level or the lowest level, as cheaply as can be."""
    grain = finishes[0].grain
    left = -(-needed // grain)
    for (group, parts), then in zip(cells, finishes[1:], strict=True):
        costs = then.there if higher else then.near
        offers = []
        for part in parts:
            gain = part.there if higher else part.near
            after = left if gain == LOST else max(left - -(-gain // grain), 0)
            cost = costs[after]
            if gain != LOST and cost is not None:
                offers.append((prices[group][part] + cost, after, part))
        _, left, best = min(offers)
        yield group, best
