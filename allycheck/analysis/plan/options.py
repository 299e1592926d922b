"""What a plan may change: how far each indicator can be raised, at which cost, and what it takes first (method 14)."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from allycheck.analysis.plan.targets import ANY, Choices
from allycheck.questionnaire import LEVELS, TOP, Questionnaire
from allycheck.questionnaire_rules import prerequisite_groups
from allycheck.scoring import Item, Scores

Levels = Mapping[str, int]
"""A level for every indicator that a plan counts with, by id."""


class Reach(NamedTuple):
    """One indicator in a plan: the level it is planned from, the lowest that a step may aim at, effort by climb.

    `highest` is as far as the choices allow; it is the start where not even the lowest aim can be reached.
    `requires` are those prerequisites that count; `stuck` says that one of them is not known, so it can't be raised.
    """

    item: Item
    start: int
    lowest: int
    highest: int
    must: bool
    efforts: tuple[Fraction, ...]
    requires: tuple[str, ...]
    stuck: bool

    @property
    def id(self) -> str:
        """The indicator's id."""
        return self.item.id

    def cost(self, level: int) -> Fraction:
        """Effort points from the start to a level."""
        return sum(self.efforts[self.start : level], Fraction(0))


class Climb(NamedTuple):
    """One way to raise a group of linked indicators: effort in whole units, how many change, the levels reached.

    `code` is the level vector as a number, so that the smaller vector is the smaller number.
    """

    cost: int
    changed: int
    code: int
    levels: tuple[int, ...]


class Options(NamedTuple):
    """Everything that a plan may change, in groups that are linked by prerequisites, both in catalogue order.

    `unit` turns effort points into whole numbers.
    """

    groups: tuple[tuple[Reach, ...], ...]
    unit: int

    @property
    def reaches(self) -> Iterator[Reach]:
        """Every indicator in the order of the level vector."""
        return (reach for group in self.groups for reach in group)

    def start(self) -> dict[str, int]:
        """The levels that a plan starts from."""
        return {reach.id: reach.start for reach in self.reaches}

    def top(self) -> dict[str, int]:
        """The highest level of every indicator; all of them can be reached together, because raising never blocks."""
        levels = {reach.id: reach.highest for reach in self.reaches}
        limits = [reach for reach in self.reaches if reach.requires or reach.stuck]
        settled = False
        while not settled:
            settled = True
            for reach in limits:
                limit = _limit(reach, levels)
                highest = limit if limit >= reach.lowest else reach.start
                if highest < levels[reach.id]:
                    levels[reach.id], settled = highest, False
        return levels

    def effort(self, levels: Levels) -> Fraction:
        """Effort points of reaching the levels."""
        return sum((reach.cost(levels[reach.id]) for reach in self.reaches), Fraction(0))

    def decoded(self, code: int) -> dict[str, int]:
        """The levels behind the number of a level vector."""
        levels = {}
        for reach in reversed(list(self.reaches)):
            code, levels[reach.id] = divmod(code, LEVELS)
        return levels

    def climbs(self) -> Iterator[list[Climb]]:
        """Every way to raise each group that keeps its prerequisites, one group at a time."""
        rungs = {
            reach.id: self._rungs(reach, LEVELS**place) for place, reach in enumerate(reversed(list(self.reaches)))
        }
        return ([_climb(group, levels, rungs) for levels in _allowed(group)] for group in self.groups)

    def _rungs(self, reach: Reach, place: int) -> list[tuple[int, int, int]]:
        efforts = [effort.numerator * (self.unit // effort.denominator) for effort in reach.efforts]
        return [(sum(efforts[reach.start : level]), int(level > reach.start), level * place) for level in range(LEVELS)]


def options_of(scores: Scores, choices: Choices = ANY, *, unknown: int | None) -> Options:
    """What a plan may change on a sheet; what is not known is planned from `unknown`, or left out if that is None."""
    questionnaire = scores.questionnaire
    items = {item.id: item for item in scores.items if item.applies}
    planned = {name for name, item in items.items() if item.known or unknown is not None}
    groups = (
        tuple(_reach(questionnaire, items, planned, name, choices, unknown) for name in group if name in planned)
        for group in prerequisite_groups(questionnaire)
    )
    kept = tuple(group for group in groups if group)
    efforts = [effort for group in kept for reach in group for effort in reach.efforts]
    return Options(kept, lcm(*(effort.denominator for effort in efforts)))


def _reach(
    questionnaire: Questionnaire,
    items: Mapping[str, Item],
    planned: set[str],
    name: str,
    choices: Choices,
    unknown: int | None,
) -> Reach:
    item = items[name]
    start = item.level if item.level is not None else unknown or 0
    efforts = tuple(questionnaire.effort_points(item.indicator))
    lowest = questionnaire.next_aim(start)
    highest = start if name in choices.leave else _highest(start, efforts, questionnaire, choices)
    requires = [other for other in item.indicator.requires if other in items]
    return Reach(
        item=item,
        start=start,
        lowest=lowest,
        highest=highest if highest >= lowest else start,
        must=name in choices.keep,
        efforts=efforts,
        requires=tuple(other for other in requires if other in planned),
        stuck=any(other not in planned for other in requires),
    )


def _highest(start: int, efforts: Sequence[Fraction], questionnaire: Questionnaire, choices: Choices) -> int:
    """How far an indicator can climb before one climb takes more effort, or leads higher, than the choices allow."""
    highest = TOP if choices.up_to is None else max(start, choices.up_to)
    if choices.by is None:
        return highest
    largest = questionnaire.effort[choices.by]
    return next((level for level in range(start, highest) if efforts[level] > largest), highest)


def _climb(
    group: Sequence[Reach], levels: tuple[int, ...], rungs: Mapping[str, Sequence[tuple[int, int, int]]]
) -> Climb:
    own = [rungs[reach.id][level] for reach, level in zip(group, levels, strict=True)]
    costs, changes, codes = zip(*own, strict=True)
    return Climb(sum(costs), sum(changes), sum(codes), levels)


def _limit(reach: Reach, levels: Levels) -> int:
    return 0 if reach.stuck else min((levels[name] for name in reach.requires), default=TOP)


def _allowed(group: Sequence[Reach]) -> list[tuple[int, ...]]:
    """The level vectors of a group in which nothing raised ends above what it requires, and what must rise does."""
    found: list[tuple[int, ...]] = [()]
    for at, reach in enumerate(group):
        raised = () if reach.stuck else range(reach.lowest, reach.highest + 1)
        own = (*raised,) if reach.must else (reach.start, *raised)
        known = group[: at + 1]
        found = [(*levels, level) for levels in found for level in own if _keeps(known, (*levels, level))]
    return found


def _keeps(group: Sequence[Reach], levels: tuple[int, ...]) -> bool:
    """Whether the last indicator of a part of a group is in order with those before it."""
    *others, (last, level) = zip(group, levels, strict=True)
    return not any(
        (other.id in last.requires and last.start < level > reached)
        or (last.id in other.requires and other.start < reached > level)
        for other, reached in others
    )
