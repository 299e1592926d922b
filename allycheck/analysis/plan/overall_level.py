"""The overall level as the goal of a plan: enough trends at the level, and none too far below (method 5 and 14).

Each trend can either reach the level or only its floor. For both, the cheapest way is found; trends that are linked by
prerequisites are solved together; then the best choice of trends is made like any other (see `frontier`).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import lcm
from typing import NamedTuple

from allycheck.analysis.plan import frontier
from allycheck.analysis.plan.frontier import State
from allycheck.analysis.plan.options import Climb, Levels, Options, Reach
from allycheck.scoring import ZERO, Scores, TrendScore, level_reached

Linked = tuple[list[str], list[int]]
"""Trends that share a group of prerequisites, and the positions of their groups."""
Part = tuple[Sequence[Reach], Sequence[Climb]]
"""A group of indicators and every way to raise it."""
Partial = tuple[int, int, int, tuple[int, ...]]
"""Cost, changed, code, and by trend the weight that has reached the level, as far as it is needed."""


class TooLargeError(Exception):
    """A plan takes more work than it was allowed."""


class Work:
    """Counts comparisons; trends that are linked by many prerequisites can take very many."""

    def __init__(self, most: int | None) -> None:
        """At most so many, or as many as it takes."""
        self.left = most

    def spend(self, comparisons: int) -> None:
        """Raise TooLargeError where no more are left."""
        if self.left is not None:
            self.left -= comparisons
            if self.left < 0:
                raise TooLargeError


class OverallLevel(NamedTuple):
    """The overall level to reach. The quantity is the share of the trends' weight at this level or above.

    `most_work` limits the comparisons that finding a plan may take.
    """

    scores: Scores
    level: int
    most_work: int | None = None

    @property
    def needed(self) -> Fraction:
        """The share of weight that has to be at the level."""
        return self.scores.questionnaire.method.overall_share

    @property
    def lowest(self) -> int:
        """The level that no trend may stay below."""
        return max(0, self.level - self.scores.questionnaire.method.overall_gap)

    def quantity(self, levels: Levels) -> Fraction:
        """The share of weight at the level or above."""
        counted = self.scores.counted
        reached = sum((trend.weight for trend in counted if self._level(trend, levels) >= self.level), ZERO)
        return reached / sum((trend.weight for trend in counted), ZERO)

    def shown(self, quantity: Fraction) -> Fraction:
        """The quantity as the target is given."""
        return quantity

    def is_met(self, levels: Levels) -> bool:
        """Whether the levels make the overall level."""
        low = any(self._level(trend, levels) < self.lowest for trend in self.scores.counted)
        return not low and self.quantity(levels) >= self.needed

    def _level(self, trend: TrendScore, levels: Levels) -> int:
        method = self.scores.questionnaire.method
        pairs = [(item.weight, levels[item.id]) for item in trend.applicable]
        return level_reached(pairs, method.trend_share, method.trend_gap) or 0

    def cheapest(self, options: Options) -> dict[str, int]:
        """The levels of the best plan that makes the level; it must be within reach."""
        return self._least(options, self.needed, self.lowest)

    def nearest(self, options: Options) -> dict[str, int]:
        """The levels of the best plan that comes as near as can be, where the level is out of reach."""
        return self._least(options, self.quantity(options.top()), 0)

    def _least(self, options: Options, needed: Fraction, lowest: int) -> dict[str, int]:
        weights = {trend.trend.id: trend.weight for trend in self.scores.counted}
        needed *= sum(weights.values(), ZERO)
        unit = lcm(needed.denominator, *(weight.denominator for weight in weights.values()))
        climbs, work = options.climbs(), Work(self.most_work)
        shares = {name: int(weight * unit) for name, weight in weights.items()}
        states = [
            self._states([(options.groups[at], climbs[at]) for at in linked[1]], linked[0], shares, lowest, work)
            for linked in _linked(options, weights)
        ]
        state = frontier.cheapest(states, int(needed * unit))
        assert state is not None
        return options.decoded(state[-1])

    def _states(
        self, parts: Sequence[Part], names: Sequence[str], weights: Mapping[str, int], lowest: int, work: Work
    ) -> list[State]:
        """The cheapest way for each choice of which of the linked trends reach the level."""
        states = []
        for levels in product((lowest, self.level), repeat=len(names)):
            goals = {name: self._goal(name, level) for name, level in zip(names, levels, strict=True)}
            reached = sum(weights[name] for name, level in zip(names, levels, strict=True) if level == self.level)
            if (best := _cheapest(parts, goals, work)) is not None:
                states.append((best[0], -reached, *best[1:3]))
        return states

    def _goal(self, name: str, level: int) -> "_TrendGoal":
        trend = next(trend for trend in self.scores.counted if trend.trend.id == name)
        method = self.scores.questionnaire.method
        needed = sum((item.weight for item in trend.applicable), ZERO) * method.trend_share
        unit = lcm(needed.denominator, *(item.weight.denominator for item in trend.applicable))
        weights = {item.id: int(item.weight * unit) for item in trend.applicable}
        return _TrendGoal(level, max(0, level - method.trend_gap), weights, int(needed * unit))


class _TrendGoal(NamedTuple):
    """A level for one trend: how much weight must reach it, in whole units, and what nothing may stay below."""

    level: int
    floor: int
    weights: Mapping[str, int]
    needed: int

    def reached(self, group: Sequence[Reach], levels: Sequence[int]) -> int | None:
        """The weight of a group that reaches the level; None if something stays below the floor."""
        pairs = zip(group, levels, strict=True)
        own = [(self.weights[reach.id], level) for reach, level in pairs if reach.id in self.weights]
        if any(level < self.floor for _, level in own):
            return None
        return sum(weight for weight, level in own if level >= self.level)


def _linked(options: Options, names: Collection[str]) -> Iterator[Linked]:
    """The trends in sets that share a group, each with its groups; groups of no counted trend stand alone."""
    counted = set(names)
    sets: list[tuple[set[str], list[int]]] = []
    for at, group in enumerate(options.groups):
        trends, places = {reach.item.trend.id for reach in group} & counted, [at]
        for other in [entry for entry in sets if entry[0] & trends]:
            sets.remove(other)
            trends, places = trends | other[0], other[1] + places
        sets.append((trends, places))
    for trends, places in sets:
        yield [name for name in names if name in trends], sorted(places)


def _cheapest(parts: Sequence[Part], goals: Mapping[str, _TrendGoal], work: Work) -> Partial | None:
    """The cheapest climbs with which every trend makes its goal; ties by fewer changes, then the smaller vector.

    Weight beyond what is needed earns nothing here, so it is cut off.
    """
    wanted = list(goals.values())
    needed = tuple(goal.needed for goal in wanted)
    options = [_undominated(_counted(group, climbs, wanted), needed, work) for group, climbs in parts]
    if not all(options):
        return None
    rests = _rests(options, len(wanted))
    states: list[Partial] = [(0, 0, 0, (0,) * len(wanted))]
    for front, rest in zip(options, rests, strict=True):
        joined = (
            (cost + one[0], changed + one[1], code + one[2], tuple(map(sum, zip(reached, one[3], strict=True))))
            for one in front
            for cost, changed, code, reached in states
        )
        able = (
            state
            for state in joined
            if all(own + more >= goal for own, more, goal in zip(state[3], rest, needed, strict=True))
        )
        states = _undominated(able, needed, work)
    return states[0] if states else None


def _counted(group: Sequence[Reach], climbs: Sequence[Climb], goals: Sequence[_TrendGoal]) -> Iterator[Partial]:
    for climb in climbs:
        reached = [goal.reached(group, climb.levels) for goal in goals]
        if None not in reached:
            yield climb.cost, climb.changed, climb.code, tuple(part or 0 for part in reached)


def _rests(options: Sequence[Sequence[Partial]], count: int) -> list[tuple[int, ...]]:
    """By group, the weight that all later ones can add to each goal at most."""
    rests = [(0,) * count]
    for front in reversed(options[1:]):
        tops = [max(state[3][at] for state in front) for at in range(count)]
        rests.append(tuple(map(sum, zip(rests[-1], tops, strict=True))))
    return rests[::-1]


def _undominated(states: Iterable[Partial], needed: tuple[int, ...], work: Work) -> list[Partial]:
    """The states, best first, that have reached something which no better one has."""
    capped = ((*state[:3], tuple(map(min, state[3], needed))) for state in states)
    kept: list[Partial] = []
    front: list[tuple[int, ...]] = []
    for state in sorted(capped):
        work.spend(1 + len(front))
        reached = state[3]
        if not any(all(map(int.__ge__, other, reached)) for other in front):
            kept.append(state)
            front = [other for other in front if not all(map(int.__le__, other, reached))] + [reached]
    return kept
