"""Plans by trying every level vector: method 14, with nothing shared with the package.

A small world is a list of trends `{id, weight, items}`; an item is `{id, weight, effort: [4], requires, loads, level}`,
its level 0 to 4, "na" or "dk". Slow on purpose: for at most five or six indicators.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Any, NamedTuple

World = list[dict[str, Any]]
METHOD = {"trend_share": Fraction(3, 5), "trend_gap": 2, "overall_share": Fraction(2, 3), "overall_gap": 1}


class Ask(NamedTuple):
    kind: str
    id: str
    value: Fraction
    guaranteed: bool = False
    keep: tuple[str, ...] = ()
    leave: tuple[str, ...] = ()
    largest: Fraction | None = None


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


def vectors(world: World, ask: Ask, unknown: int | None) -> Iterator[dict[str, int]]:
    """Every level vector that a plan may end at."""
    start = starts(world, unknown)
    names = [item["id"] for item in items(world) if item["id"] in start]
    for ends in product(*(range(start[name], 5) for name in names)):
        levels = dict(zip(names, ends, strict=True))
        if all(allowed(item, start, levels, world, ask) for item in items(world) if item["id"] in start):
            yield levels


def allowed(item: dict[str, Any], start: dict[str, int], levels: dict[str, int], world: World, ask: Ask) -> bool:
    name = item["id"]
    raised = levels[name] > start[name]
    if (name in ask.keep and not raised) or (name in ask.leave and raised):
        return False
    if ask.largest is not None and any(
        Fraction(item["effort"][step]) > ask.largest for step in range(start[name], levels[name])
    ):
        return False
    applies = {other["id"]: other["level"] != "na" for other in items(world)}
    return not raised or all(levels.get(other, -1) >= levels[name] for other in item["requires"] if applies.get(other))


def effort(world: World, start: dict[str, int], levels: dict[str, int]) -> Fraction:
    by_id = {item["id"]: item for item in items(world)}
    return sum(
        (Fraction(by_id[name]["effort"][step]) for name, end in levels.items() for step in range(start[name], end)),
        Fraction(0),
    )


def order(world: World) -> list[str]:
    """Groups linked by requires in the order of their first indicator; inside a group catalogue order."""
    names = [item["id"] for item in items(world)]
    links = {name: {name} for name in names}
    for item in items(world):
        for other in item["requires"]:
            links[item["id"]].add(other)
            links[other].add(item["id"])
    seen: list[str] = []
    for name in names:
        if name not in seen:
            group, edge = {name}, [name]
            while edge:
                more = links[edge.pop()] - group
                group |= more
                edge += more
            seen += [other for other in names if other in group]
    return seen


def plan(world: World, ask: Ask, method: dict[str, Any] = METHOD) -> Found | None:
    """The one best plan; None where nothing counts or nothing may be done. Out of reach: the best that can be reached."""
    unknown = 0 if ask.guaranteed or ask.kind == "level" else None
    start, places = starts(world, unknown), order(world)
    if not start.keys() >= set(ask.keep):
        return None
    options = []
    for levels in vectors(world, ask, unknown):
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
