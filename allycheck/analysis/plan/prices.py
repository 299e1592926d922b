"""What a plan across linked trends costs at least: Lagrangian decomposition, improved by subgradients (method 14).

A group chooses a way, a trend chooses what it needs from each of its groups, and prices for every part that a group can
give to a trend bring the two together. Each trend is solved exactly at these prices, and so is the choice of the trends
that reach the level. (Guignard and Kim 1987; Held, Wolfe and Crowder 1974.) Whatever the prices, no plan costs less.
"""

from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from allycheck.analysis.plan.links import GRAINS, LOST, Offer, Part, Problem, Wanted, grain_of
from allycheck.analysis.plan.work import Work

PATIENCE = 6
"""Rounds without a better bound after which prices move less."""
FINE = 1 << 12
"""Parts of a unit of effort in which prices are told, so that everything is compared in whole numbers."""
LOOKS = 50
"""Parts priced in the time in which one state is looked at."""
CELL = 100
"""Parts priced in the time that a trend in a group takes besides."""

Prices = Sequence[int]
"""What each part that a group can give is worth, by its number."""


class Finish(NamedTuple):
    """What bringing a trend to the level and to the lowest level costs at the prices, by what is lacking in grains.

    What lies beyond the end can't be done.
    """

    grain: int
    there: list[int]
    near: list[int]

    def costs(self, *, higher: bool) -> list[int]:
        """By what is lacking, to the level or to the lowest level."""
        return self.there if higher else self.near

    def cost(self, lack: int, *, higher: bool) -> int | None:
        """At least, from what is lacking; None if it can't be done."""
        costs, grains = self.costs(higher=higher), -(-lack // self.grain)
        return costs[grains] if lack != LOST and grains < len(costs) else None


class Bound(NamedTuple):
    """What any plan costs at least, in fine units, and the prices that show it.

    `leaning` has for every open trend how much more often it was chosen to reach the level than not.
    """

    least: int
    prices: Prices
    leaning: dict[int, int]


class _Relaxed(NamedTuple):
    """The least that a plan costs at the prices; parts that trends choose, and groups; the trends at the level."""

    least: int
    chosen: set[int]
    given: set[int]
    higher: set[int]


def first_prices(problem: Problem) -> list[int]:
    """The least that a group pays for each part, split evenly between the trends of the group."""
    prices = [-1] * len(problem.parts)
    for ways, numbers in zip(problem.groups, problem.numbers, strict=True):
        for way, own in zip(ways, numbers, strict=True):
            price = way.cost * FINE // (len(own) or 1)
            for number in own:
                prices[number] = price if prices[number] < 0 else min(prices[number], price)
    return prices


def passed_on(problem: Problem, prices: Prices, after: Problem, trend: int, *, higher: bool) -> list[int]:
    """The prices for what is left of a problem once a trend is settled; of parts that became one, the lowest price."""
    known: dict[tuple[int, Part], int] = {}
    for (group, part), price in zip(problem.parts, prices, strict=True):
        if part.trend == trend and higher and part.there == LOST:
            continue
        name = (group, part.settled(higher=higher) if part.trend == trend else part)
        known[name] = min(price, known.get(name, price))
    return [known[name] for name in after.parts]


def priced(problem: Problem, prices: Prices, rounds: int, most: int | None, work: Work) -> Bound | None:
    """Prices corrected for so many rounds, or until a plan is seen to cost more than `most`; None if there is none."""
    found, stalled, pace = Bound(-1, prices, dict.fromkeys(problem.open, 0)), 0, 1.0
    leaning, states = found.leaning, _round(problem)
    for _ in range(rounds):
        work.spend(states)
        relaxed = _relaxed(problem, prices)
        if relaxed is None:
            return None
        for trend in problem.open:
            leaning[trend] += 1 if trend in relaxed.higher else -1
        stalled = 0 if relaxed.least > found.least else stalled + 1
        if relaxed.least > found.least:
            found = Bound(relaxed.least, prices, leaning)
        dearer, cheaper = relaxed.chosen - relaxed.given, relaxed.given - relaxed.chosen
        if not dearer or (most is not None and found.least > most):
            break
        if stalled > PATIENCE:
            stalled, pace = 0, pace * 0.6
        aim = max(found.least + FINE, found.least + found.least // 50 if most is None else most)
        stride = int(pace * (aim - relaxed.least) / (2 * len(dearer)))
        prices = list(prices)
        for number in dearer:
            prices[number] += stride
        for number in cheaper:
            prices[number] -= stride
    return found


def _round(problem: Problem) -> int:
    """States that might be looked at in the time that one round takes."""
    in_ways = sum(len(ways) * len(ways[0].parts) for ways in problem.groups)
    in_trends = sum(
        CELL + len(cell.near) * min(GRAINS, wanted.needed)
        for wanted, cells in zip(problem.trends, problem.cells, strict=True)
        for cell in cells
    )
    return 1 + (in_ways + in_trends) // LOOKS


def finishes(problem: Problem, prices: Prices, trend: int) -> list[Finish]:
    """What finishing a trend costs before each of its groups, and after the last."""
    needed, undecided = problem.trends[trend].needed, trend in problem.open
    grain = grain_of(needed)
    most = -(-needed // grain)
    found = [Finish(grain, [0] if undecided else [], [0])]
    for cell in reversed(problem.cells[trend]):
        then = found[-1]
        there = _with(cell.there, prices, then.there, most) if undecided else []
        found.append(Finish(grain, there, _with(cell.near, prices, then.near, most)))
    return found[::-1]


def _with(offers: Sequence[Offer], prices: Prices, then: Sequence[int], most: int) -> list[int]:
    """The least cost of what is lacking, up to `most`, with one group more."""
    costs: list[int] = []
    for gain, number in offers if then else ():
        price = prices[number]
        own = [price + then[0]] * min(gain, most + 1) + [price + cost for cost in then[: max(most + 1 - gain, 0)]]
        costs = [*map(min, costs, own), *costs[len(own) :]] if costs else own
    return costs


def selected(
    asked: Sequence[tuple[int | None, int | None]], trends: Sequence[Wanted], lack: int
) -> tuple[int, set[int]] | None:
    """The least that trends cost together where enough of them reach the level, and which do; None if too few can.

    `asked` is what each costs to the level and to the lowest level.
    """
    lack = max(lack, 0)
    grain = grain_of(lack)
    total, best = 0, {-(-lack // grain): (0, 0)}
    for trend, ((there, near), wanted) in enumerate(zip(asked, trends, strict=True)):
        if near is None:
            return None
        total += near
        if there is None:
            continue
        more = dict(best)
        gain = -(-wanted.weight // grain)
        for lacking, (paid, which) in best.items():
            after, found = max(lacking - gain, 0), (paid + there - near, which | 1 << trend)
            if after not in more or found < more[after]:
                more[after] = found
        best = more
    if 0 not in best:
        return None
    paid, which = best[0]
    return total + paid, {trend for trend in range(len(trends)) if which >> trend & 1}


def reduced(problem: Problem, prices: Prices, group: int) -> list[int]:
    """What each way of a group costs beyond what its parts are worth."""
    return [
        way.cost * FINE - sum(map(prices.__getitem__, own))
        for way, own in zip(problem.groups[group], problem.numbers[group], strict=True)
    ]


def _relaxed(problem: Problem, prices: Prices) -> _Relaxed | None:
    """The least cost at these prices where trends and groups choose each for themselves, and what they choose."""
    plans = [finishes(problem, prices, trend) for trend in range(len(problem.trends))]
    asked = [
        (plan[0].cost(wanted.needed, higher=True), plan[0].cost(wanted.needed, higher=False))
        for plan, wanted in zip(plans, problem.trends, strict=True)
    ]
    picked = selected(asked, problem.trends, problem.needed)
    if picked is None:
        return None
    least, higher = picked
    chosen = {
        number
        for trend, plan in enumerate(plans)
        for number in _choice(problem, plan, prices, trend, higher=trend in higher)
    }
    given: set[int] = set()
    for group, numbers in enumerate(problem.numbers):
        beyond, own = min(zip(reduced(problem, prices, group), numbers, strict=True), key=itemgetter(0))
        least += beyond
        given.update(own)
    return _Relaxed(least, chosen, given, higher)


def _choice(problem: Problem, plan: Sequence[Finish], prices: Prices, trend: int, *, higher: bool) -> Iterator[int]:
    """What a trend takes from each of its groups to reach a level as cheaply as can be, by the numbers of parts."""
    left = -(-problem.trends[trend].needed // plan[0].grain)
    for cell, then in zip(problem.cells[trend], plan[1:], strict=True):
        costs = then.costs(higher=higher)
        _, left, best = min(
            (prices[number] + costs[after], after, number)
            for gain, number in (cell.there if higher else cell.near)
            if (after := max(left - gain, 0)) < len(costs)
        )
        yield best
