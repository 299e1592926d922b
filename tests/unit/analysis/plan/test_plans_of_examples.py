"""Plans for the five sample organisations: against a second exact solver that tabulates every cost, and in time."""

import time
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from allycheck.analysis.plan.goals import Goal
from allycheck.analysis.plan.solving import solved
from allycheck.analysis.plan.targets import Target
from allycheck.loading import load_sheet
from allycheck.scored import Scored, scored
from allycheck.scoring import level_reached

pytestmark = pytest.mark.slow

EXAMPLES = sorted((Path(__file__).parents[4] / "questionnaires/alliance-readiness/examples").glob("*.yaml"))
Row = tuple[Fraction, int, tuple[int, ...]]


@cache
def sheet(path: Path) -> Scored:
    read = load_sheet(str(path))
    return scored(read.questionnaire, read.answers)


def groups(sheet: Scored, *, guaranteed: bool) -> list[list[Any]]:
    """In this questionnaire at most two indicators are linked, both in one trend."""
    items = {item.id: item for item in sheet.scores.items if item.applies and (item.known or guaranteed)}
    partner = {other: name for name, item in items.items() for other in item.indicator.requires if other in items}
    partner |= {name: other for other, name in partner.items()}
    seen: dict[str, list[Any]] = {}
    for name in sheet.questionnaire.indicators:
        if name in items and name not in seen:
            names = [other for other in items if other in {name, partner.get(name)}]
            group = [items[other] for other in names]
            seen |= dict.fromkeys(names, group)
    return list({id(group): group for group in seen.values()}.values())


def ways(sheet: Scored, group: list[Any]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Cost and levels of every way to raise a group; nothing is raised to less than the lowest aim."""
    applies = {item.id: item for item in sheet.scores.items if item.applies}
    starts = [item.level or 0 for item in group]
    aims = [range(sheet.questionnaire.next_aim(start), 5) for start in starts]
    for levels in product(*((start, *aim) for start, aim in zip(starts, aims, strict=True))):
        ends = {item.id: level for item, level in zip(group, levels, strict=True)}
        if all(
            level == start or all(ends.get(other, -1) >= level for other in item.indicator.requires if other in applies)
            for item, start, level in zip(group, starts, levels, strict=True)
        ):
            efforts = [
                sheet.questionnaire.effort_points(item.indicator)[start:level]
                for item, start, level in zip(group, starts, levels, strict=True)
            ]
            yield int(sum(map(sum, efforts))), levels


def table(sheet: Scored, points: dict[str, Fraction], *, guaranteed: bool) -> dict[int, Row]:
    """For each cost the most worth, then the fewest changes, then the smallest vector: nothing is left out."""
    rows: dict[int, Row] = {0: (Fraction(0), 0, ())}
    for group in groups(sheet, guaranteed=guaranteed):
        later: dict[int, Row] = {}
        options = [
            (
                cost,
                -sum(
                    points.get(item.id, Fraction(0)) * (level - (item.level or 0))
                    for item, level in zip(group, levels, strict=True)
                ),
                sum(level > (item.level or 0) for item, level in zip(group, levels, strict=True)),
                levels,
            )
            for cost, levels in ways(sheet, group)
        ]
        for cost, (worth, changed, vector) in rows.items():
            for more, gain, changes, levels in options:
                row = worth + gain, changed + changes, vector + levels
                if cost + more not in later or row < later[cost + more]:
                    later[cost + more] = row
        rows = later
    return rows


def points_of(sheet: Scored, target: Target, *, guaranteed: bool) -> dict[str, Fraction]:
    """By how much the score rises, or the exposure falls, when one indicator climbs one level: taken from the formulas."""
    counted = {item.id for item in sheet.scores.items if item.applies and (item.known or guaranteed)}
    if target.kind == "exposure":
        loads = {
            item.id: item.indicator.risks[target.id]
            for item in sheet.scores.items
            if item.id in counted and target.id in item.indicator.risks
        }
        return {name: 25 * load / sum(loads.values()) for name, load in loads.items()}
    weights = {trend.trend.id: trend.weight for trend in sheet.scores.trends}
    whole = sum(weights.values())
    result = {}
    for trend in sheet.scores.trends:
        own = {item.id: item.weight for item in trend.items if item.id in counted}
        share = (
            Fraction(1)
            if target.id == trend.trend.id
            else weights[trend.trend.id] / whole
            if target.id == "overall"
            else Fraction(0)
        )
        result |= {name: 25 * share * weight / sum(own.values()) for name, weight in own.items()}
    return result


def found(sheet: Scored, target: Target, *, guaranteed: bool) -> tuple[int, tuple[int, ...]]:
    solution = solved(sheet.scores, target, guaranteed=guaranteed)
    vector = tuple(solution.levels[reach.id] for reach in solution.options.reaches)
    return int(solution.options.effort(solution.levels)), vector


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize(
    ("kind", "name", "value"),
    [
        ("score", "overall", 75),
        ("score", "inclusivity", 70),
        ("exposure", "fragmentation", 30),
        ("budget", "overall", 41),
    ],
)
def test_a_second_solver_finds_the_same_plan(path: Path, kind: str, name: str, value: int) -> None:
    own, target = sheet(path), Target(kind, name, Fraction(value))  # type: ignore[arg-type]
    guaranteed = path.stem == "port-city"
    rows = table(own, points_of(own, target, guaranteed=guaranteed), guaranteed=guaranteed)
    solution = solved(own.scores, target, guaranteed=guaranteed)
    assert isinstance(solution.goal, Goal)
    if kind == "budget":
        cost = min((cost for cost in rows if cost <= value), key=lambda cost: (rows[cost][0], cost))
    else:
        needed = solution.goal.needed - solution.goal.quantity(solution.options.start())
        cost = min(cost for cost in rows if -rows[cost][0] >= needed)
    assert found(own, target, guaranteed=guaranteed) == (cost, rows[cost][2])


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("level", [2, 3, 4])
def test_a_second_solver_finds_the_same_overall_level(path: Path, level: int) -> None:
    """Trends are not linked here: the cheapest way to each level of each, then all 1,024 choices of trends."""
    own = sheet(path)
    cheapest = [by_level(own, trend) for trend in own.scores.trends]
    weights = [trend.weight for trend in own.scores.trends]
    best = min(
        (
            sum(part[0] for part in parts),
            -sum(weight for weight, high in zip(weights, chosen, strict=True) if high),
            sum(part[1] for part in parts),
            sum((part[2] for part in parts), ()),
        )
        for chosen in product([False, True], repeat=len(weights))
        if 3 * sum(weight for weight, high in zip(weights, chosen, strict=True) if high) >= 2 * sum(weights)
        for parts in [[ways[level if high else level - 1] for ways, high in zip(cheapest, chosen, strict=True)]]
    )
    assert found(own, Target("level", "overall", Fraction(level)), guaranteed=True) == (best[0], best[3])


def by_level(sheet: Scored, trend: Any) -> dict[int, tuple[int, int, tuple[int, ...]]]:
    """The cheapest way of a trend to each level: cost, changes, vector in the order of groups."""
    own = [group for group in groups(sheet, guaranteed=True) if group[0].trend.id == trend.trend.id]
    pairs = [item for group in own for item in group]
    best: dict[int, tuple[int, int, tuple[int, ...]]] = {}
    for parts in product(*(list(ways(sheet, group)) for group in own)):
        vector = sum((levels for _, levels in parts), ())
        cost = sum(part[0] for part in parts)
        if 0 in best and all(cost > best[goal][0] for goal in best) and len(best) == 5:
            continue
        reached = (
            level_reached([(item.weight, level) for item, level in zip(pairs, vector, strict=True)], Fraction(3, 5), 2)
            or 0
        )
        row = cost, sum(level > (item.level or 0) for item, level in zip(pairs, vector, strict=True)), vector
        for goal in range(reached + 1):
            best[goal] = min(best.get(goal, row), row)
    return best


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_kind_of_target_is_solved_in_under_a_second(path: Path) -> None:
    own = sheet(path)
    targets = [Target("score", "overall", Fraction(value)) for value in (60, 75, 90, 100)]
    targets += [Target("budget", "overall", Fraction(value)) for value in (10, 40, 200)]
    targets += [Target("level", "overall", Fraction(value)) for value in (2, 3, 4)]
    targets += [Target("score", trend.id, Fraction(80)) for trend in own.questionnaire.trends]
    targets += [Target("level", trend.id, Fraction(3)) for trend in own.questionnaire.trends]
    targets += [Target("exposure", risk.id, Fraction(20)) for risk in own.questionnaire.risks]
    for target in targets:
        for guaranteed in (False, True):
            began = time.process_time()
            solved(own.scores, target, guaranteed=guaranteed)
            assert time.process_time() - began < 1
