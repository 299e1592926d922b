"""What a plan is measured by, where every indicator adds its own part: scores, exposures, the level of one trend.

The worth of a level is what an indicator adds to the quantity; the quantity is the sum (method 14).
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import lcm
from operator import ge, getitem
from typing import NamedTuple

from allycheck.analysis.plan import frontier
from allycheck.analysis.plan.frontier import State
from allycheck.analysis.plan.options import Levels, Options, Reach
from allycheck.analysis.plan.targets import Target
from allycheck.analysis.plan.work import Work
from allycheck.questionnaire import LEVELS
from allycheck.scoring import FULL, STEP, ZERO, Item, RiskScore, Scores, TrendScore

Worth = Mapping[str, tuple[Fraction, ...]]
"""What each level of an indicator adds to a quantity, by id."""


class Goal(NamedTuple):
    """A quantity to raise to `needed`. No indicator may stay below its floor.

    `turned` marks an exposure: it falls as the quantity, the protection, rises.
    """

    worth: Worth
    needed: Fraction
    floors: Mapping[str, int]
    turned: bool = False

    def quantity(self, levels: Levels) -> Fraction:
        """The quantity at these levels."""
        return sum((parts[levels[name]] for name, parts in self.worth.items()), ZERO)

    def shown(self, quantity: Fraction) -> Fraction:
        """The quantity as the target is given: an exposure for a protection."""
        return FULL - quantity if self.turned else quantity

    def is_met(self, levels: Levels) -> bool:
        """Whether the levels reach what is needed."""
        low = any(levels[name] < floor for name, floor in self.floors.items())
        return not low and self.quantity(levels) >= self.needed

    def cheapest(self, options: Options, work: Work) -> dict[str, int]:
        """The levels of the best plan that reaches what is needed; it must be within reach."""
        return self._least(options, self.needed, self.floors, work)

    def nearest(self, options: Options, work: Work) -> dict[str, int]:
        """The levels of the best plan that comes as near as can be, where what is needed is out of reach."""
        return self._least(options, self.quantity(options.top()), {}, work)

    def _least(self, options: Options, needed: Fraction, floors: Mapping[str, int], work: Work) -> dict[str, int]:
        start = self.quantity(options.start())
        unit = self._unit(needed - start)
        state = frontier.cheapest(self._states(options, unit, floors, work), int((needed - start) * unit), work)
        assert state is not None
        return options.decoded(state[-1])

    def most(self, options: Options, budget: Fraction, work: Work) -> dict[str, int] | None:
        """The levels of the plan that gains most for at most the budget; None if what must rise costs more."""
        states = self._states(options, self._unit(ZERO), {}, work)
        state = frontier.most(states, budget.numerator * options.unit // budget.denominator, work)
        return None if state is None else options.decoded(state[-1])

    def _unit(self, needed: Fraction) -> int:
        """What turns every worth into a whole number."""
        return lcm(needed.denominator, *(part.denominator for parts in self.worth.values() for part in parts))

    def _states(self, options: Options, unit: int, floors: Mapping[str, int], work: Work) -> list[list[State]]:
        gains = {reach.id: self._gains(reach, unit) for reach in options.reaches}
        states: list[list[State]] = []
        for group, climbs in zip(options.groups, options.climbs(), strict=True):
            work.spend(len(climbs))
            own, lowest = [gains[reach.id] for reach in group], [floors.get(reach.id, 0) for reach in group]
            states.append(
                frontier.unbeaten(
                    (climb.cost, -sum(map(getitem, own, climb.levels)), climb.changed, climb.code)
                    for climb in climbs
                    if all(map(ge, climb.levels, lowest))
                )
            )
        return states

    def _gains(self, reach: Reach, unit: int) -> list[int]:
        """What each level of an indicator adds to the quantity that a plan starts from."""
        parts = self.worth.get(reach.id, (ZERO,) * LEVELS)
        return [int((part - parts[reach.start]) * unit) for part in parts]


def additive_goal(scores: Scores, target: Target, *, guaranteed: bool) -> Goal | None:
    """The goal for a score, an exposure, a trend's level or a budget; None where nothing counts towards it."""
    match target.kind:
        case "exposure":
            risk = next(risk for risk in scores.risks if risk.risk.id == target.id)
            points = exposure_points(risk, guaranteed=guaranteed)
            return Goal(_by_points(points), FULL - target.value, {}, turned=True) if points else None
        case "level":
            return _level_goal(scores, trend_of(scores, target.id), int(target.value))
        case _:
            points = score_points(scores, target.id, guaranteed=guaranteed)
            return Goal(_by_points(points), target.value, {}) if points else None


def _level_goal(scores: Scores, trend: TrendScore, level: int) -> Goal | None:
    """The share of a trend's weight at a level or above, with nothing too far below (method 5)."""
    whole = sum((item.weight for item in trend.applicable), ZERO)
    if not whole:
        return None
    method = scores.questionnaire.method
    worth = {item.id: _from(level, item.weight / whole) for item in trend.applicable}
    lowest = max(0, level - method.trend_gap)
    return Goal(worth, method.trend_share, {item.id: lowest for item in trend.applicable})


def _from(level: int, share: Fraction) -> tuple[Fraction, ...]:
    return tuple(share if reached >= level else ZERO for reached in range(LEVELS))


def _by_points(points: Mapping[str, Fraction]) -> dict[str, tuple[Fraction, ...]]:
    """The worth of indicators of which each level adds the same points."""
    return {name: tuple(each * level for level in range(LEVELS)) for name, each in points.items()}


def overall_points(scores: Scores, *, guaranteed: bool) -> dict[str, Fraction]:
    """What one level of each indicator adds to the score, or to its low end."""
    parts = [(trend, _counting(trend.items, guaranteed=guaranteed)) for trend in scores.counted]
    whole = sum(trend.units for trend, items in parts if items)
    return {
        name: Fraction(trend.units, whole) * each
        for trend, items in parts
        for name, each in _points({item.id: item.units for item in items}).items()
    }


def score_points(scores: Scores, name: str, *, guaranteed: bool) -> dict[str, Fraction]:
    """What one level of each indicator adds to a trend's score or to the overall one."""
    trends = {trend.trend.id: trend for trend in scores.trends}
    if name not in trends:
        return overall_points(scores, guaranteed=guaranteed)
    items = _counting(trends[name].items, guaranteed=guaranteed)
    return _points({item.id: item.units for item in items})


def exposure_points(risk: RiskScore, *, guaranteed: bool) -> dict[str, Fraction]:
    """What one level of each indicator takes off an exposure, or off its high end."""
    return _points({item.id: risk.loads[item.id] for item in _counting(risk.items, guaranteed=guaranteed)})


def _counting(items: Iterable[Item], *, guaranteed: bool) -> list[Item]:
    """K, or A where the worst case is planned for."""
    return [item for item in items if item.applies and (guaranteed or item.known)]


def _points(weights: Mapping[str, int]) -> dict[str, Fraction]:
    """What one level of each indicator adds to their weighted average."""
    whole = sum(weights.values())
    return {name: Fraction(STEP * weight, whole) for name, weight in weights.items()}


def trend_of(scores: Scores, name: str) -> TrendScore:
    """The scores of a trend."""
    return next(trend for trend in scores.trends if trend.trend.id == name)
