"""Plans by trying every level vector: method 14, with nothing shared with the package.

A small world is a list of trends `{id, weight, items}`; an item is `{id, weight, effort: [4], requires, loads, level}`,
its level 0 to 4, "na" or "dk". `plan` is slow on purpose: for at most five or six indicators. `next_level` finds one
kind of plan for more of them, and is itself compared with `plan`.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from math import lcm
from typing import Any, NamedTuple

World = list[dict[str, Any]]
METHOD = {
    "trend_share": Fraction(3, 5),
    "trend_gap": 2,
    "overall_share": Fraction(2, 3),
    "overall_gap": 1,
    "lowest_aim": 2,
}


class Ask(NamedTuple):
    kind: str
    id: str
    value: Fraction
    guaranteed: bool = False
    keep: tuple[str, ...] = ()
    leave: tuple[str, ...] = ()
    largest: Fraction | None = None
    up_to: int = 4


class Found(NamedTuple):
    reachable: bool
    levels: dict[str, int]
    cost: Fraction
    quantity: Fraction


def items(world: World) -> list[dict[str, Any]]:
    return [item for trend in world for item in trend["items"]]


def starts(world: World, unknown: int | None) -> dict[str, int]:
    """Where each indicator is planned from; what is not planned is missing."""
    known = {item["id"]: item["level"] for item in items(world) if isinstance(item["level"], int)}
    if unknown is None:
        return known
    return known | {item["id"]: unknown for item in items(world) if item["level"] == "dk"}


def average(pairs: list[tuple[Any, Any]]) -> Fraction | None:
    whole = sum(Fraction(weight) for weight, _ in pairs)
    return sum((Fraction(weight) * value for weight, value in pairs), Fraction(0)) / whole if whole else None


def level(pairs: list[tuple[Any, int]], share: Fraction, gap: int) -> int:
    whole = sum(Fraction(weight) for weight, _ in pairs)
    for m in (4, 3, 2, 1):
        there = sum((Fraction(weight) for weight, reached in pairs if reached >= m), Fraction(0))
        if there >= share * whole and all(reached >= m - gap for _, reached in pairs):
            return m
    return 0


def quantity(world: World, ask: Ask, levels: dict[str, int], method: dict[str, Any] = METHOD) -> Fraction | None:
    """The higher the better; for an exposure the protection."""
    by_trend = {
        trend["id"]: [(item["weight"], levels[item["id"]]) for item in trend["items"] if item["id"] in levels]
        for trend in world
    }
    counted = [trend for trend in world if Fraction(trend["weight"]) and by_trend[trend["id"]]]
    if ask.kind == "exposure":
        return average(
            [
                (item["loads"][ask.id], 25 * levels[item["id"]])
                for item in items(world)
                if item["id"] in levels and ask.id in item["loads"]
            ]
        )
    if ask.kind == "level" and ask.id != "overall":
        return average([(weight, int(reached >= ask.value)) for weight, reached in by_trend[ask.id]])
    if ask.kind == "level":
        return average(
            [(trend["weight"], int(trend_level(by_trend[trend["id"]], method) >= ask.value)) for trend in counted]
        )
    if ask.id != "overall":
        return average([(weight, 25 * reached) for weight, reached in by_trend[ask.id]])
    return average(
        [
            (trend["weight"], average([(weight, 25 * reached) for weight, reached in by_trend[trend["id"]]]))
            for trend in counted
        ]
    )


def trend_level(pairs: list[tuple[Any, int]], method: dict[str, Any]) -> int:
    return level(pairs, method["trend_share"], method["trend_gap"])


def meets(world: World, ask: Ask, levels: dict[str, int], method: dict[str, Any] = METHOD) -> bool:
    by_trend = {
        trend["id"]: [(item["weight"], levels[item["id"]]) for item in trend["items"] if item["id"] in levels]
        for trend in world
    }
    if ask.kind == "level" and ask.id != "overall":
        return trend_level(by_trend[ask.id], method) >= ask.value
    if ask.kind == "level":
        pairs = [
            (trend["weight"], trend_level(by_trend[trend["id"]], method))
            for trend in world
            if Fraction(trend["weight"]) and by_trend[trend["id"]]
        ]
        return level(pairs, method["overall_share"], method["overall_gap"]) >= ask.value
    got = quantity(world, ask, levels, method)
    return got is not None and got >= (100 - ask.value if ask.kind == "exposure" else ask.value)


def ends(start: int, method: dict[str, Any]) -> list[int]:
    """Where an indicator may end: where it is, or anything from one up, and from the lowest aim, to the top."""
    return [start, *range(max(start + 1, int(method.get("lowest_aim", 2))), 5)]


def vectors(world: World, ask: Ask, unknown: int | None, method: dict[str, Any]) -> Iterator[dict[str, int]]:
    """Every level vector that a plan may end at."""
    start = starts(world, unknown)
    names = [item["id"] for item in items(world) if item["id"] in start]
    for vector in product(*(ends(start[name], method) for name in names)):
        levels = dict(zip(names, vector, strict=True))
        if all(allowed(item, start, levels, world, ask) for item in items(world) if item["id"] in start):
            yield levels


def allowed(item: dict[str, Any], start: dict[str, int], levels: dict[str, int], world: World, ask: Ask) -> bool:
    name = item["id"]
    raised = levels[name] > start[name]
    if (name in ask.keep and not raised) or (name in ask.leave and raised) or (raised and levels[name] > ask.up_to):
        return False
    if ask.largest is not None and any(
        Fraction(item["effort"][step]) > ask.largest for step in range(start[name], levels[name])
    ):
        return False
    return not raised or met(item, levels, world)


def met(item: dict[str, Any], levels: dict[str, int], world: World) -> bool:
    """Whether all that applies of what it requires is at its level at least; what is not planned is not met."""
    applies = {other["id"]: other["level"] != "na" for other in items(world)}
    return all(levels.get(other, -1) >= levels[item["id"]] for other in item["requires"] if applies.get(other))


def effort(world: World, start: dict[str, int], levels: dict[str, int]) -> Fraction:
    by_id = {item["id"]: item for item in items(world)}
    return sum(
        (Fraction(by_id[name]["effort"][step]) for name, end in levels.items() for step in range(start[name], end)),
        Fraction(0),
    )


def groups(world: World) -> list[list[str]]:
    """Groups linked by requires in the order of their first indicator; inside a group catalogue order."""
    names = [item["id"] for item in items(world)]
    links = {name: {name} for name in names}
    for item in items(world):
        for other in item["requires"]:
            links[item["id"]].add(other)
            links[other].add(item["id"])
    found: list[list[str]] = []
    for name in names:
        if not any(name in group for group in found):
            group, edge = {name}, [name]
            while edge:
                more = links[edge.pop()] - group
                group |= more
                edge += more
            found.append([other for other in names if other in group])
    return found


def order(world: World) -> list[str]:
    """In what order a level vector is read."""
    return [name for group in groups(world) for name in group]


def plan(world: World, ask: Ask, method: dict[str, Any] = METHOD) -> Found | None:
    """The one best plan; None where nothing counts or nothing may be done. Out of reach: the best that can be reached."""
    unknown = 0 if ask.guaranteed or ask.kind == "level" else None
    start, places = starts(world, unknown), order(world)
    if not start.keys() >= set(ask.keep):
        return None
    options = []
    for levels in vectors(world, ask, unknown, method):
        got = quantity(world, ask, levels, method)
        if got is None:
            return None
        changed = sum(levels[name] > start[name] for name in levels)
        rest = changed, [levels[name] for name in places if name in levels]
        options.append((effort(world, start, levels), got, rest, levels))
    if ask.kind == "budget":
        able = [option for option in options if option[0] <= ask.value]
        best = min(able, key=lambda option: (-option[1], option[0], option[2]), default=None)
        return Found(True, best[3], best[0], best[1]) if best else None
    able = [option for option in options if meets(world, ask, option[3], method)]
    reachable = bool(able)
    if not able:
        most = max((option[1] for option in options), default=None)
        able = [option for option in options if option[1] == most]
    best = min(able, key=lambda option: (option[0], -option[1], option[2]), default=None)
    return Found(reachable, best[3], best[0], best[1]) if best else None


class Way(NamedTuple):
    """The best way found so far to bring some indicators to some standing; a smaller one is better.

    `vector` is the level vector as one number with a digit for each level: a smaller vector is a smaller number.
    """

    cost: Fraction
    changed: int
    vector: int


Standing = tuple[Any, ...]


class NextLevel:
    """The one cheapest plan, `guaranteed`, to an overall level, where all may be raised.

    One group of linked indicators after the other. Of all ways to the same standing only the best is kept: what is
    still to come costs the same after each of them. A trend stands by its weight at the target, its weight at the
    target less the gap between trends, each no higher than is needed, and its lowest level as far as it matters. Of those
    that are whole only the weight at the target counts: it stands last.
    """

    def __init__(self, world: World, target: int, method: dict[str, Any]) -> None:
        self.world, self.target, self.method = world, target, method
        self.lower = target - method["overall_gap"]
        self.enough = target - method["trend_gap"]
        self.start, self.places = starts(world, 0), order(world)
        self.by_id = {item["id"]: item for item in items(world)}
        self.home = {item["id"]: at for at, trend in enumerate(world) for item in trend["items"]}
        self.planned = [[item for item in trend["items"] if item["id"] in self.start] for trend in world]
        self.weights = [
            Fraction(trend["weight"]) if planned else Fraction(0)
            for trend, planned in zip(world, self.planned, strict=True)
        ]
        shares = [method["trend_share"] * sum(Fraction(item["weight"]) for item in planned) for planned in self.planned]
        # Whole numbers instead of fractions, for each trend in a unit of its own, are several times as fast.
        units = [
            lcm(needed.denominator, *(Fraction(item["weight"]).denominator for item in planned))
            for needed, planned in zip(shares, self.planned, strict=True)
        ]
        self.needed = [int(needed * unit) for needed, unit in zip(shares, units, strict=True)]
        self.weight = {name: int(Fraction(self.by_id[name]["weight"]) * units[self.home[name]]) for name in self.start}

    def levels(self) -> dict[str, int]:
        at_first = [(0, 0, self.enough) for _ in self.weights]
        ways: dict[Standing, Way] = {(*at_first, Fraction(0)): Way(Fraction(0), 0, 0)}
        done: set[str] = set()
        for group in groups(self.world):
            names = [name for name in group if name in self.start]
            done |= set(names)
            ways = self.further(ways, names, done)
        needed = self.method["overall_share"] * sum(self.weights)
        able = [(way.cost, -reached, way) for (*_, reached), way in ways.items() if reached >= needed]
        vector, levels = min(able)[2].vector, {}
        for name in reversed(self.places):
            vector, levels[name] = divmod(vector, 5)
        return {name: levels[name] for name in self.start}

    def further(self, ways: dict[Standing, Way], names: list[str], done: set[str]) -> dict[Standing, Way]:
        """The best ways to every standing with one group more."""
        touched = {at for at in (self.home[name] for name in names) if self.weights[at]}
        whole = {at for at in touched if all(item["id"] in done for item in self.planned[at])}
        digit = {name: 5 ** (len(self.places) - 1 - at) for at, name in enumerate(self.places)}
        better: dict[Standing, Way] = {}
        for levels in self.moves(names):
            cost = effort(self.world, {name: self.start[name] for name in names}, levels)
            changed = sum(level > self.start[name] for name, level in levels.items())
            vector = sum(level * digit[name] for name, level in levels.items())
            adds = {at: self.added(at, levels) for at in touched}
            for standing, way in ways.items():
                after = self.grown(standing, adds, whole)
                found = Way(way.cost + cost, way.changed + changed, way.vector + vector)
                if after and (after not in better or found < better[after]):
                    better[after] = found
        return better

    def moves(self, names: list[str]) -> Iterator[dict[str, int]]:
        for vector in product(*(ends(self.start[name], self.method) for name in names)):
            levels = dict(zip(names, vector, strict=True))
            if all(levels[name] == self.start[name] or met(self.by_id[name], levels, self.world) for name in names):
                yield levels

    def added(self, at: int, levels: dict[str, int]) -> tuple[int, int, int]:
        """What a move adds to a trend's standing."""
        own = [(self.weight[name], level) for name, level in levels.items() if self.home[name] == at]
        there, near = (sum(weight for weight, level in own if level >= m) for m in (self.target, self.lower))
        return there, near, min(level for _, level in own)

    def grown(self, standing: Standing, adds: dict[int, tuple[int, int, int]], whole: set[int]) -> Standing | None:
        """The standing after a move; None if a whole trend lies too far below for any plan."""
        after = list(standing)
        for at, (more, nearer, low) in adds.items():
            there, near, lowest = after[at]
            most = self.needed[at]
            after[at] = min(most, there + more), min(most, near + nearer), min(lowest, low)
            if at in whole:
                there, near, lowest = after[at]
                if near < most or lowest < self.lower - self.method["trend_gap"]:
                    return None
                after[-1] += self.weights[at] * (there >= most and lowest >= self.enough)
                after[at] = ()
        return tuple(after)


def next_level(world: World, target: int, method: dict[str, Any] = METHOD) -> dict[str, int]:
    return NextLevel(world, target, method).levels()
