"""What groups that link trends can give to them, and what is left of it once a trend is settled (method 14)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from allycheck.analysis.plan.work import Work

LOST = -1
"""The weight at the level of a trend that can't reach it any more, or need not."""
GRAINS = 64
"""Into how many parts of what is needed a weight is told at most in bounds; finer ones are rounded to the safe side."""


class Wanted(NamedTuple):
    """A trend: its weight among the trends, and the weight inside that it needs at a level, both in whole units."""

    weight: int
    needed: int


class Part(NamedTuple):
    """What a way gives to a trend: weight at the level, `LOST` if it makes that impossible, and at the lowest level."""

    trend: int
    there: int
    near: int

    def gives(self, *, higher: bool) -> int:
        """Weight at the level, or at the lowest level."""
        return self.there if higher else self.near

    def settled(self, *, higher: bool) -> "Part":
        """The part where the trend has to reach the level, or only the lowest: that alone is then asked of it."""
        return Part(self.trend, LOST, self.gives(higher=higher))


class Way(NamedTuple):
    """One way to raise a group. All ways of a group have parts of the same trends, in the same order."""

    cost: int
    changed: int
    code: int
    parts: tuple[Part, ...]


Offer = tuple[int, int]
"""Weight that a part brings towards what a trend needs, in grains and rounded up, and the number of the part."""


class Cell(NamedTuple):
    """A trend in a group: what the group can offer it for the level and for the lowest level, the most first."""

    group: int
    there: Sequence[Offer]
    near: Sequence[Offer]


class Problem(NamedTuple):
    """The trends, the groups with all their ways, and the weight of trends that has to reach the level.

    `open` are the trends of which it is not settled whether they have to reach the level. `cells` has for every trend
    its groups in order, `numbers` for every group and way the numbers of its parts, `parts` by number group and part.
    """

    trends: Sequence[Wanted]
    groups: Sequence[Sequence[Way]]
    needed: int
    open: frozenset[int]
    cells: Sequence[Sequence[Cell]]
    numbers: Sequence[Sequence[Sequence[int]]]
    parts: Sequence[tuple[int, Part]]

    @property
    def linked(self) -> list[int]:
        """Open trends that more than one group gives to."""
        return [trend for trend in sorted(self.open) if len(self.cells[trend]) > 1]


def problem_of(
    trends: Sequence[Wanted], groups: Sequence[Sequence[Way]], needed: int, undecided: Iterable[int]
) -> Problem:
    """The problem with its parts numbered."""
    cells: list[list[Cell]] = [[] for _ in trends]
    parts: list[tuple[int, Part]] = []
    numbers = []
    for group, ways in enumerate(groups):
        number: dict[Part, int] = {}
        for given in zip(*(way.parts for way in ways), strict=True):
            own = {part: len(parts) + at for at, part in enumerate(sorted(set(given)))}
            parts += [(group, part) for part in own]
            trend = given[0].trend
            cells[trend].append(_cell(group, own, grain_of(trends[trend].needed)))
            number |= own
        numbers.append([tuple(number[part] for part in way.parts) for way in ways])
    return Problem(trends, groups, needed, frozenset(undecided), cells, numbers, parts)


def grain_of(needed: int) -> int:
    """The unit in which bounds tell weights towards what is needed."""
    return -(-needed // GRAINS) or 1


def _cell(group: int, numbers: Mapping[Part, int], grain: int) -> Cell:
    there = [(-(-part.there // grain), number) for part, number in numbers.items() if part.there != LOST]
    near = [(-(-part.near // grain), number) for part, number in numbers.items()]
    return Cell(group, sorted(there, reverse=True), sorted(near, reverse=True))


def settled(problem: Problem, trend: int, work: Work, *, higher: bool) -> Problem | None:
    """What is left where a trend has to reach the level, or only the lowest; None if too few are left to reach it."""
    still_open = problem.open - {trend}
    needed = problem.needed - problem.trends[trend].weight * higher
    if sum(problem.trends[other].weight for other in still_open) < needed:
        return None
    groups = list(problem.groups)
    for cell in problem.cells[trend]:
        groups[cell.group] = unbeaten(_settled_ways(problem.groups[cell.group], trend, higher=higher), work)
    return problem_of(problem.trends, groups, needed, still_open) if all(groups) else None


def _settled_ways(ways: Sequence[Way], trend: int, *, higher: bool) -> Iterable[Way]:
    at = next(at for at, part in enumerate(ways[0].parts) if part.trend == trend)
    for way in ways:
        if not higher or way.parts[at].there != LOST:
            part = way.parts[at].settled(higher=higher)
            yield way._replace(parts=(*way.parts[:at], part, *way.parts[at + 1 :]))


def unbeaten(ways: Iterable[Way], work: Work) -> list[Way]:
    """The ways, best first, that give something which no better one gives.

    For every amount of each quantity, the ways kept that give at least as much are the bits of a number: what all its
    numbers have in common are those that beat a way.
    """
    ways = sorted(ways)
    work.spend(len(ways))
    amounts = [[amount for part in way.parts for amount in (part.there, part.near)] for way in ways]
    givers = [dict.fromkeys(sorted(set(column)), 0) for column in zip(*amounts, strict=True)]
    kept: list[Way] = []
    for way, own in zip(ways, amounts, strict=True):
        beating = (1 << len(kept)) - 1
        for bits, amount in zip(givers, own, strict=True):
            beating &= bits[amount]
        if not beating:
            _enter(givers, own, 1 << len(kept))
            kept.append(way)
    return kept


def _enter(givers: Sequence[dict[int, int]], own: Sequence[int], bit: int) -> None:
    for bits, most in zip(givers, own, strict=True):
        for amount in bits:
            if amount > most:
                break
            bits[amount] |= bit
