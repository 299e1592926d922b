"""What to do first: method 7, "Do first", put together from holes, what they require, and the plan to the next level."""

from fractions import Fraction

from tests.reference import planner
from tests.reference.scorer import DUE, STEP, Item, Raw, Sheet, half_up

REASONS = ["hole", "level", "required"]
Step = tuple[Item, int, str]


def world(sheet: Sheet) -> planner.World:
    """The sheet as the planner takes it; what is not in scope is, for a plan, as if it did not apply."""

    def level(item: Item) -> int | str:
        return "na" if not item.applies else item.level if item.level is not None else "dk"

    at = iter(sheet.all_items)
    return [
        {
            "id": trend["id"],
            "weight": sheet.trend_weight[trend["id"]],
            "items": [
                {
                    "id": item.id,
                    "weight": item.weight,
                    "effort": sheet.climbs(item, 0, 4),
                    "requires": item.raw.get("requires", []),
                    "loads": item.raw.get("risks", {}),
                    "level": level(item),
                }
                for item in (next(at) for _ in trend["indicators"])
            ],
        }
        for trend, _ in sheet.trends
    ]


def holes(sheet: Sheet) -> list[Item]:
    """Every hole once; what feeds the risks that it is a hole of most first."""
    loads: dict[str, Fraction] = {}
    for risk in sheet.risk_ids:
        for item in sheet.holes(risk):
            loads[item.id] = loads.get(item.id, Fraction()) + item.load(risk)
    found = (sheet.items[name] for name in loads)
    return sorted(found, key=lambda item: (-loads[item.id], -sheet.lost(item), item.place))


def required(sheet: Sheet, item: Item, to: int) -> list[Step]:
    """What has to be raised so that the item may end there, each right after what it requires itself."""
    steps: list[Step] = []
    for name in sheet.blocked(item, to):
        other = sheet.items[name]
        steps += [*required(sheet, other, to), (other, to, "required")]
    return steps


def plan(sheet: Sheet) -> dict[str, int] | None:
    """The levels of the cheapest plan to the next overall level; None where there is nothing to plan."""
    level = sheet.overall_level(0)
    if level is None or level == 4 or not sheet.published():
        return None
    levels = planner.next_level(world(sheet), level + 1, sheet.method)
    return {name: to for name, to in levels.items() if to > (sheet.items[name].level or 0)}


def in_order(sheet: Sheet, levels: dict[str, int]) -> list[Item]:
    """As `plan` prints them: of what needs no other step any more, what adds most to the low end for its effort."""
    weights = sum(sheet.trend_weight[name] for name in sheet.counted)
    waiting = [sheet.items[name] for name in levels]
    placed: list[Item] = []

    def worth(item: Item) -> Fraction:
        trend, start = sheet.home[item.id], item.level or 0
        adds = STEP * sheet.trend_weight[trend] / weights * item.weight / sheet.groups[trend].total
        return adds * (levels[item.id] - start) / sum(sheet.climbs(item, start, levels[item.id]))

    while waiting:
        names = {item.id for item in waiting}
        free = [item for item in waiting if not names & set(item.raw.get("requires", []))]
        best = min(free, key=lambda item: (-worth(item), item.place))
        placed.append(best)
        waiting.remove(best)
    return placed


def do_first(sheet: Sheet, levels: dict[str, int] | None) -> list[Raw]:
    """Holes with what they require, then the steps of the plan; each indicator once, where it first stands."""
    steps: list[Step] = []
    for item in holes(sheet):
        steps += [*required(sheet, item, sheet.aim(item)), (item, sheet.aim(item), "hole")]
    steps += [(item, levels[item.id], "level") for item in in_order(sheet, levels or {})] if levels else []
    targets: dict[str, int] = {}
    reasons: dict[str, set[str]] = {}
    for item, to, reason in steps:
        targets[item.id] = max(to, targets.get(item.id, 0))
        reasons.setdefault(item.id, set()).add(reason)
    entries = [
        {
            "id": name,
            "from": sheet.items[name].level,
            **sheet.climb(sheet.items[name], to),
            "blocked_by": sheet.blocked(sheet.items[name], to),
            "reasons": [reason for reason in REASONS if reason in reasons[name]],
            "risks": {risk: half_up(fall) for risk, fall in sheet.falls(sheet.items[name], to).items()},
        }
        for name, to in targets.items()
    ]
    return earlier(sheet, entries)


def earlier(sheet: Sheet, entries: list[Raw]) -> list[Raw]:
    """What another entry requires is never due later than that."""
    due = {entry["id"]: DUE.index(entry["within"]) for entry in entries}
    for _ in entries:
        for entry in entries:
            for other in set(sheet.items[entry["id"]].raw.get("requires", [])) & due.keys():
                due[other] = min(due[other], due[entry["id"]])
    return [entry | {"within": DUE[due[entry["id"]]]} for entry in entries]
