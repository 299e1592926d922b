"""The overall level as the goal of a plan: enough trends at the level, and none too far below (method 5 and 14).

Each trend can either reach the level or only its floor. For both, the cheapest way is found; then the best choice of
trends is made like any other (see `frontier`). Where prerequisites link trends, all is chosen at once (see
`linked_trends`).
"""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from math import ceil, gcd, lcm
from typing import NamedTuple

from allycheck.analysis.plan import frontier, linked_trends
from allycheck.analysis.plan.links import LOST, Part, Wanted, Way, unbeaten
from allycheck.analysis.plan.options import Climb, Levels, Options
from allycheck.analysis.plan.work import Work
from allycheck.scoring import ZERO, Scores, TrendScore, level_reached

Partial = tuple[int, int, int, int]
"""Cost, changed, code, and the weight that has reached a level, as far as it is needed."""


class OverallLevel(NamedTuple):
    """The overall level to reach. The quantity is the share of the trends' weight at this level or above."""

    scores: Scores
    level: int

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
        reached = sum(trend.units for trend in counted if self._level(trend, levels) >= self.level)
        return Fraction(reached, sum(trend.units for trend in counted))

    def shown(self, quantity: Fraction) -> Fraction:
        """The quantity as the target is given."""
        return quantity

    def is_met(self, levels: Levels) -> bool:
        """Whether the levels make the overall level."""
        low = any(self._level(trend, levels) < self.lowest for trend in self.scores.counted)
        return not low and self.quantity(levels) >= self.needed

    def _level(self, trend: TrendScore, levels: Levels) -> int:
        method = self.scores.questionnaire.method
        pairs = [(item.units, levels[item.id]) for item in trend.applicable]
        return level_reached(pairs, method.trend_share, method.trend_gap) or 0

    def cheapest(self, options: Options, work: Work) -> dict[str, int]:
        """The levels of the best plan that makes the level; it must be within reach."""
        return self._least(options, self.needed, self.lowest, work)

    def nearest(self, options: Options, work: Work) -> dict[str, int]:
        """The levels of the best plan that comes as near as can be, where the level is out of reach."""
        return self._least(options, self.quantity(options.top()), 0, work)

    def _least(self, options: Options, needed: Fraction, lowest: int, work: Work) -> dict[str, int]:
        counted = self.scores.counted
        needed *= sum((trend.weight for trend in counted), ZERO)
        unit = _unit(trend.weight for trend in counted)
        trends = [Wanted(int(trend.weight / unit), ceil(self._needed_inside(trend))) for trend in counted]
        groups = list(self._groups(options, lowest, work))
        sets = [(trends_of, [groups[at] for at in places]) for trends_of, places in _linked(groups)]
        alone = [_alone(own, trends, parts, work) for own, parts in sets if len(own) <= 1]
        together = [ways for own, parts in sets if len(own) > 1 for ways in parts]
        enough = ceil(needed / unit)
        if together:
            state: frontier.State | None = linked_trends.cheapest(trends, [*alone, *together], enough, work)
        else:
            states = [[_state(way, trends) for way in ways] for ways in alone]
            state = frontier.cheapest(states, enough, work)
        assert state is not None
        return options.decoded(state[-1])

    def _needed_inside(self, trend: TrendScore) -> Fraction:
        """How much weight inside a trend must reach a level, in the unit of its weights."""
        weights = [item.weight for item in trend.applicable]
        return sum(weights, ZERO) * self.scores.questionnaire.method.trend_share / _unit(weights)

    def _groups(self, options: Options, lowest: int, work: Work) -> Iterator[list[Way]]:
        """By group, every way to raise it that no other beats."""
        gap = self.scores.questionnaire.method.trend_gap
        aims = _Aims(self.level, lowest, max(0, self.level - gap), max(0, lowest - gap))
        places = {
            item.id: (at, int(item.weight / unit))
            for at, trend in enumerate(self.scores.counted)
            for unit in [_unit(item.weight for item in trend.applicable)]
            for item in trend.applicable
        }
        for group, climbs in zip(options.groups, options.climbs(), strict=True):
            work.spend(len(climbs))
            inside = [(at, *places[reach.id]) for at, reach in enumerate(group) if reach.id in places]
            yield unbeaten((way for climb in climbs if (way := aims.way(inside, climb))), work)


def _unit(weights: Iterable[Fraction]) -> Fraction:
    """The largest unit in which all weights are whole: so what is needed is whole, too, and rounded up."""
    weights = list(weights)
    whole = lcm(*(weight.denominator for weight in weights))
    return Fraction(gcd(*(int(weight * whole) for weight in weights)), whole)


class _Aims(NamedTuple):
    """The level and the lowest that a trend may stay at, each with what nothing in the trend may then stay below."""

    level: int
    lowest: int
    floor: int
    lowest_floor: int

    def way(self, inside: Sequence[tuple[int, int, int]], climb: Climb) -> Way | None:
        """What a climb gives, None if too low; `inside` is place in the group, trend and weight of each indicator."""
        parts: dict[int, Part] = {}
        for place, trend, weight in inside:
            reached = climb.levels[place]
            if reached < self.lowest_floor:
                return None
            _, there, near = parts.get(trend, (trend, 0, 0))
            lost = there == LOST or reached < self.floor
            there = LOST if lost else there + weight * (reached >= self.level)
            parts[trend] = Part(trend, there, near + weight * (reached >= self.lowest))
        return Way(climb.cost, climb.changed, climb.code, tuple(parts.values()))


def _linked(groups: Sequence[Sequence[Way]]) -> list[tuple[set[int], list[int]]]:
    """The trends in sets that share a group, each with the places of its groups; groups of no trend stand alone."""
    sets: list[tuple[set[int], list[int]]] = []
    for at, ways in enumerate(groups):
        trends, places = {part.trend for way in ways for part in way.parts}, [at]
        for other in [entry for entry in sets if entry[0] & trends]:
            sets.remove(other)
            trends, places = trends | other[0], other[1] + places
        sets.append((trends, sorted(places)))
    return sets


def _alone(own: set[int], trends: Sequence[Wanted], groups: Sequence[Sequence[Way]], work: Work) -> list[Way]:
    """The best way to bring a trend to the lowest level, and to the level; where there is none, the best of all."""
    if not own:
        return [min(ways) for ways in groups]
    [trend] = own
    needed = trends[trend].needed
    near = [[(way.cost, way.changed, way.code, way.parts[0].near) for way in ways] for ways in groups]
    there = [
        [(way.cost, way.changed, way.code, way.parts[0].there) for way in ways if way.parts[0].there != LOST]
        for ways in groups
    ]
    found = [(_cheapest(near, needed, work), LOST), (_cheapest(there, needed, work), needed)]
    return [Way(*best[:3], (Part(trend, reached, needed),)) for best, reached in found if best]


def _state(way: Way, trends: Sequence[Wanted]) -> frontier.State:
    """A way as the frontier takes it: worth the weight of the trend that it brings to the level."""
    worth = sum(trends[part.trend].weight for part in way.parts if part.there != LOST)
    return way.cost, -worth, way.changed, way.code


def _cheapest(groups: Sequence[Sequence[Partial]], needed: int, work: Work) -> Partial | None:
    """The cheapest climbs with which a trend reaches a level; ties by fewer changes, then the smaller vector.

    Weight beyond what is needed earns nothing here, so it is cut off.
    """
    fronts = [_furthest(front, needed) for front in groups]
    if not all(fronts):
        return None
    rest = sum(front[-1][3] for front in fronts)
    states: list[Partial] = [(0, 0, 0, 0)]
    for front in fronts:
        work.hold(len(states) * len(front))
        rest -= front[-1][3]
        joined = (
            (cost + one[0], changed + one[1], code + one[2], reached + one[3])
            for one in front
            for cost, changed, code, reached in states
            if reached + one[3] + rest >= needed
        )
        states = _furthest(joined, needed)
    return states[0] if states else None


def _furthest(states: Iterable[Partial], needed: int) -> list[Partial]:
    """The states, best first, that have reached more than every better one."""
    kept: list[Partial] = []
    for cost, changed, code, reached in sorted(states):
        if not kept or min(reached, needed) > kept[-1][3]:
            kept.append((cost, changed, code, min(reached, needed)))
    return kept
