"""The best choice of one option from each group, exactly: dynamic programming over what no other option beats.

Costs and worths are whole numbers. A state is (cost, -worth, changed, code), so that the smaller one is better in the
order of method 14: least cost, most worth, fewest indicators changed, smallest level vector. All four add up over
groups. A state that another one beats in cost and worth can never be part of the best choice, and neither can one
whose best case is worse than a choice already found; both are dropped, so nothing is approximated. Where the
weights have no common measure too many states remain: `Work` then ends it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import accumulate, pairwise
from typing import NamedTuple

from allycheck.analysis.plan.work import Work

State = tuple[int, int, int, int]
NOTHING: State = (0, 0, 0, 0)


def unbeaten(states: Iterable[State]) -> list[State]:
    """The states that no other beats, the cheapest first; each is worth more than all before it."""
    kept: list[State] = []
    for state in sorted(states):
        if not kept or state[1] < kept[-1][1]:
            kept.append(state)
    return kept


def cheapest(groups: Sequence[Sequence[State]], needed: int, work: Work) -> State | None:
    """The best of the choices worth at least `needed`; None if there is none. Raises TooLargeError."""
    fronts = [unbeaten(group) for group in groups]
    states = [NOTHING]
    limit: int | None = None
    for front, outlook in zip(fronts, _outlooks(fronts), strict=True):
        bounds = [
            (bound, state)
            for state in _joined(states, front, work)
            if (bound := outlook.costs(state, needed)) is not None
        ]
        if not bounds:
            return None
        found = min(highest for (_, highest), _ in bounds)
        limit = found if limit is None else min(limit, found)
        states = [state for (least, _), state in bounds if least <= limit]
    return next((state for state in states if -state[1] >= needed), None)


def most(groups: Sequence[Sequence[State]], budget: int, work: Work) -> State | None:
    """The choice worth most for at most `budget`, the cheapest of these; None if nothing is cheap enough.

    Raises TooLargeError.
    """
    fronts = [unbeaten(group) for group in groups]
    states, limit = [NOTHING], 0
    for front, outlook in zip(fronts, _outlooks(fronts), strict=True):
        affordable = (state for state in _joined(states, front, work) if state[0] + outlook.base.cost <= budget)
        bounds = [(outlook.worths(state, budget), state) for state in affordable]
        limit = max([limit, *(least for (least, _), _ in bounds)])
        states = [state for (_, highest), state in bounds if highest >= limit]
    return states[-1] if states and states[-1][0] <= budget else None


def _joined(states: Sequence[State], front: Sequence[State], work: Work) -> list[State]:
    work.hold(len(states) * len(front))
    return unbeaten(
        (cost + one[0], worth + one[1], changed + one[2], code + one[3])
        for one in front
        for cost, worth, changed, code in states
    )


class _Rise(NamedTuple):
    """A step along the hull of a front: what it costs and what it is worth."""

    cost: int
    worth: int


class _Outlook(NamedTuple):
    """What the groups to come can add: at least `base`, then rises in the order of their worth for each cost.

    Taking a part of a rise is a best case; taking whole ones is a choice that exists.
    """

    base: _Rise
    costs_so_far: list[int]
    worths_so_far: list[int]

    def costs(self, state: State, needed: int) -> tuple[int, int] | None:
        """The least that reaching `needed` from a state can cost, and what it costs at most; None if impossible."""
        cost, lacks = state[0] + self.base.cost, needed + state[1] - self.base.worth
        if lacks <= 0:
            return cost, cost
        at = bisect_left(self.worths_so_far, lacks)
        if at == len(self.worths_so_far):
            return None
        before, after = self.costs_so_far[at - 1], self.costs_so_far[at]
        reached, gain = self.worths_so_far[at - 1], self.worths_so_far[at] - self.worths_so_far[at - 1]
        return cost + before - (before - after) * (lacks - reached) // gain, cost + after

    def worths(self, state: State, budget: int) -> tuple[int, int]:
        """What a state can at least come to be worth within the budget, and at most."""
        left, worth = budget - state[0] - self.base.cost, self.base.worth - state[1]
        at = bisect_right(self.costs_so_far, left) - 1
        sure = worth + self.worths_so_far[at]
        if at + 1 == len(self.costs_so_far):
            return sure, sure
        cost = self.costs_so_far[at + 1] - self.costs_so_far[at]
        gain = self.worths_so_far[at + 1] - self.worths_so_far[at]
        return sure, sure + (left - self.costs_so_far[at]) * gain // cost


def _outlooks(fronts: Sequence[Sequence[State]]) -> Iterator[_Outlook]:
    """What is still to come after each group, one at a time."""
    rises = sorted(
        ((Fraction(rise.worth, rise.cost), at, rise) for at, front in enumerate(fronts) for rise in _hull(front)),
        key=lambda entry: -entry[0],
    )
    return (_outlook(fronts[at + 1 :], [rise for _, group, rise in rises if group > at]) for at in range(len(fronts)))


def _outlook(fronts: Sequence[Sequence[State]], rises: Sequence[_Rise]) -> _Outlook:
    base = _Rise(sum(front[0][0] for front in fronts), -sum(front[0][1] for front in fronts))
    costs = list(accumulate((rise.cost for rise in rises), initial=0))
    return _Outlook(base, costs, list(accumulate((rise.worth for rise in rises), initial=0)))


def _hull(front: Sequence[State]) -> list[_Rise]:
    """The rises from the cheapest state on, with falling worth for each cost: no state lies above them."""
    rises: list[_Rise] = []
    for (cost, worth, *_), (dearer, better, *_) in pairwise(front):
        rise = _Rise(dearer - cost, worth - better)
        while rises and rises[-1].worth * rise.cost <= rise.worth * rises[-1].cost:
            last = rises.pop()
            rise = _Rise(last.cost + rise.cost, last.worth + rise.worth)
        rises.append(rise)
    return rises
