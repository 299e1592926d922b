"""The best choice of one way from each group where groups link trends, exactly (method 14).

First all is tried at once, by one dynamic programme over the groups. A standing is the weight that trends at the level
must still bring, and for every trend that is not yet whole, how much of its weight still has to reach the level, and
how much the lowest level that no trend may stay below. Of all ways to a standing only the best is kept. Standings from
which a plan costs more than a limit (see `prices`) are dropped, and the limit rises until a choice is found within it.

Where that takes too much, the linked trends are settled one after the other, each as having to reach the level or not
(branch and bound): prices are corrected for what is left, and soon show that most of it costs more than the best choice
found so far. Prices only decide how much is looked at: the choice is exact whatever they are.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from allycheck.analysis.plan.frontier import State
from allycheck.analysis.plan.links import LOST, Problem, Wanted, Way, problem_of, settled
from allycheck.analysis.plan.prices import (
    FINE,
    Bound,
    Finish,
    Prices,
    finishes,
    first_prices,
    passed_on,
    priced,
    reduced,
    selected,
)
from allycheck.analysis.plan.work import TooLargeError, Work

ROUNDS = 150
"""How often prices are corrected at first."""
FURTHER_ROUNDS = 40
"""How often they are corrected once a trend is settled."""
AT_ONCE = 50_000
"""States to look at before trends are settled."""
NARROW = 3
"""Trends begun and not yet whole that make few enough standings to try all at once, whatever it takes."""
TRENDS = 10
"""Trends of which a standing counts as one state to look at; of more, it takes accordingly longer."""
LOOKS = 10
"""Ways that might be looked at in the time in which the bound of a new standing is worked out."""

Best = tuple[int, int, int]
"""Cost, changed, code of the best way to a standing."""
NOTHING: Best = (0, 0, 0)
Lacks = tuple[int, int]
"""Weight that a trend still needs at the level, `LOST` if it can't or need not reach it, and at the lowest level."""
Standing = tuple[int, tuple[Lacks, ...]]
"""Weight of trends that must still reach the level, and what each trend lacks; nothing where it is whole."""
WHOLE: Lacks = (0, 0)


class _Stage(NamedTuple):
    """One group in the search: each way with what it costs beyond its worth at the prices, cheapest first.

    `least` is that of all later groups together; `rest` is by trend what finishing then costs, None where it is whole.
    """

    ways: Sequence[tuple[int, Way]]
    least: int
    rest: Sequence[Finish | None]


class _Branch(NamedTuple):
    """What is left of a problem, and what it costs at least."""

    problem: Problem
    bound: Bound


def cheapest(trends: Sequence[Wanted], groups: Sequence[Sequence[Way]], needed: int, work: Work) -> State:
    """The best of the choices that bring trends of the weight `needed` to the level; there must be one.

    Raises TooLargeError.
    """
    problem = problem_of(trends, sorted(groups, key=_reaches_to), needed, range(len(trends)))
    bound = priced(problem, first_prices(problem), ROUNDS, None, work)
    assert bound is not None
    best = _at_once(_Branch(problem, bound), work) or _settling(_Branch(problem, bound), work)
    return best[0], best[1] - needed, *best[2:]


def _reaches_to(ways: Sequence[Way]) -> tuple[int, int]:
    """Groups in the order of the last trend that they belong to, so that trends are soon whole."""
    trends = [part.trend for part in ways[0].parts]
    return max(trends, default=-1), min(trends, default=-1)


def _at_once(branch: _Branch, work: Work) -> State | None:
    """The best choice if it is found with little work, or, where few trends stand half done at once, with any."""
    if _width(branch.problem) <= NARROW:
        return _finished(branch, None, work)
    some = Work(min(AT_ONCE, work.left))
    try:
        return _finished(branch, None, some)
    except TooLargeError:
        return None
    finally:
        work.spend(min(AT_ONCE, work.left) - max(some.left, 0))


def _width(problem: Problem) -> int:
    """The most trends that one group after the other leaves begun and not yet whole."""
    spans = [(cells[0].group, cells[-1].group) for cells in problem.cells if cells]
    return max(sum(first <= at < last for first, last in spans) for at in range(len(problem.groups)))


def _settling(branch: _Branch, work: Work) -> State:
    """The best choice, by settling one trend after the other; what costs least at least comes first."""
    best: State | None = None
    left = [branch]
    while left:
        branch = left.pop()
        most = best and best[0]
        if most is not None and branch.bound.least > most * FINE:
            continue
        if branch.problem.linked:
            left += sorted(_branches(branch, most, work), key=lambda one: -one.bound.least)
        elif found := _finished(branch, most, work):
            best = min(best or found, found)
    assert best is not None
    return best


def _branches(branch: _Branch, most: int | None, work: Work) -> Iterator[_Branch]:
    """A problem with one trend more settled either way: the one of which it was least clear what to choose."""
    problem, bound = branch
    trend = min(problem.linked, key=lambda one: abs(bound.leaning[one]))
    for higher in (True, False):
        after = settled(problem, trend, work, higher=higher)
        if after is None:
            continue
        prices = passed_on(problem, bound.prices, after, trend, higher=higher)
        further = priced(after, prices, FURTHER_ROUNDS, None if most is None else most * FINE, work)
        if further is not None:
            yield _Branch(after, further._replace(least=max(further.least, bound.least)))


def _finished(branch: _Branch, most: int | None, work: Work) -> State | None:
    """The best choice that costs no more than `most`, as cost, weight that trends still lack, changed and code."""
    problem, bound = branch
    stages = _stages(problem, bound.prices)
    limit, step = -(-bound.least // FINE), 1 + bound.least // FINE // 100
    while most is None or limit <= most:
        found = _search(problem, stages, bound.least, limit * FINE, work)
        if found:
            return min((cost, lack, changed, code) for (lack, _), (cost, changed, code) in found.items())
        limit, step = limit + step, step + 1 + step // 4
    return None


def _stages(problem: Problem, prices: Prices) -> list[_Stage]:
    plans = [finishes(problem, prices, trend) for trend in range(len(problem.trends))]
    places = [[cell.group for cell in cells] for cells in problem.cells]
    ways = [
        sorted(zip(reduced(problem, prices, group), ways, strict=True)) for group, ways in enumerate(problem.groups)
    ]
    return [
        _Stage(
            own,
            sum(later[0][0] for later in ways[at + 1 :]),
            [
                plan[sum(group <= at for group in groups)] if groups and groups[-1] > at else None
                for plan, groups in zip(plans, places, strict=True)
            ],
        )
        for at, own in enumerate(ways)
    ]


def _search(problem: Problem, stages: Sequence[_Stage], bound: int, limit: int, work: Work) -> dict[Standing, Best]:
    """The best way to each last standing that can be reached within the limit; `bound` is what any plan costs at least.

    A way that costs more than another beyond its worth raises the bound by at least that much, so that the ways after
    the first one beyond the limit need no look.
    """
    size = -(-len(problem.trends) // TRENDS)
    start: Standing = (
        problem.needed,
        tuple(
            (wanted.needed if trend in problem.open else LOST, wanted.needed)
            for trend, wanted in enumerate(problem.trends)
        ),
    )
    states: dict[Standing, tuple[Best, int]] = {start: (NOTHING, bound)}
    for stage in stages:
        better: dict[Standing, Best] = {}
        for standing, ((cost, changed, code), bound_so_far) in states.items():
            most = limit - bound_so_far + stage.ways[0][0]
            for beyond, way in stage.ways:
                if beyond > most:
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


def _after(problem: Problem, stage: _Stage, standing: Standing, way: Way) -> Standing:
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


def _least(problem: Problem, stage: _Stage, standing: Standing) -> int | None:
    """What trends still cost at least at the prices; None if one can't come to the lowest level, or too few higher."""
    asked: list[tuple[int | None, int | None]] = []
    for (there, near), finish in zip(standing[1], stage.rest, strict=True):
        if finish is None:
            asked.append((None, None if near else 0))
        else:
            asked.append((finish.cost(there, higher=True), finish.cost(near, higher=False)))
    picked = selected(asked, problem.trends, standing[0])
    return picked and picked[0]
