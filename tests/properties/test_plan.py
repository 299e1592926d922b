"""What holds for any plan, and that it is the very one that trying everything finds."""

import time
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from allycheck.analysis.plan import linked_trends
from allycheck.analysis.plan.effects import after
from allycheck.analysis.plan.plan import plan
from allycheck.analysis.plan.result import Plan
from allycheck.analysis.plan.solving import solved
from allycheck.analysis.plan.targets import Choices, Target
from allycheck.errors import UsageError
from allycheck.numbers import exact
from allycheck.scored import Scored
from allycheck.scoring import score
from tests.reference import planner
from tests.reference.planner import Ask, World
from tests.worlds import RISKS, methods, sheet_of, worlds

pytestmark = pytest.mark.slow

POINTS = st.one_of(
    st.integers(0, 100).map(Fraction), st.sampled_from([Fraction(125, 2), Fraction(100, 3), Fraction(175, 4)])
)


@st.composite
def asks(draw: st.DrawFn, world: World) -> Ask:
    kind = draw(st.sampled_from(["score", "level", "exposure", "budget"]))
    trends = ["overall", *(trend["id"] for trend in world)]
    name = draw(st.sampled_from({"exposure": list(RISKS), "budget": ["overall"]}.get(kind, trends)))
    value = draw(
        {"level": st.integers(0, 4).map(Fraction), "budget": st.integers(0, 40).map(lambda n: Fraction(n, 2))}.get(
            kind, POINTS
        )
    )
    names = [item["id"] for item in planner.items(world)]
    keep = tuple(draw(st.lists(st.sampled_from(names), unique=True, max_size=1)) if draw(st.booleans()) else [])
    leave = tuple(name for name in draw(st.lists(st.sampled_from(names), unique=True, max_size=1)) if name not in keep)
    largest = draw(st.sampled_from([None, None, Fraction(1), Fraction(3)]))
    return Ask(kind, name, value, draw(st.booleans()), keep, leave, largest)


@st.composite
def questions(draw: st.DrawFn, largest: int = 5) -> tuple[World, Ask, dict[str, Any]]:
    world = draw(worlds(largest))
    return world, draw(asks(world)), draw(methods())


def choices(ask: Ask) -> Choices:
    return Choices(ask.keep, ask.leave, {None: None, 1: "days", 3: "weeks"}[ask.largest])


def planned(sheet: Scored, ask: Ask) -> Plan:
    target = Target(ask.kind, ask.id, ask.value)  # type: ignore[arg-type]
    return plan(sheet.scores, sheet.answers, target, choices(ask), guaranteed=ask.guaranteed)


@settings(max_examples=150, deadline=None)
@given(questions())
def test_the_plan_is_the_one_that_trying_everything_finds(question: tuple[World, Ask, dict[str, Any]]) -> None:
    """Same levels, so also the same under every tie-break."""
    world, ask, method = question
    sheet = sheet_of(world, method)
    expected = planner.plan(world, ask, method)
    target = Target(ask.kind, ask.id, ask.value)  # type: ignore[arg-type]
    try:
        found = solved(sheet.scores, target, choices(ask), guaranteed=ask.guaranteed)
    except UsageError:
        assert ask.keep
        assert expected is None or ask.kind == "budget"
        return
    if expected is None:
        assert found.goal is None or found.status == "infeasible"
        return
    assert found.goal is not None
    assert found.levels == expected.levels
    assert found.options.effort(found.levels) == expected.cost
    assert found.goal.quantity(found.levels) == expected.quantity
    assert expected.reachable == (ask.kind == "budget" or found.goal.is_met(found.levels))


@settings(max_examples=150, deadline=None)
@given(questions())
def test_a_promise_is_what_scoring_anew_gives(question: tuple[World, Ask, dict[str, Any]]) -> None:
    """The quantity reached is read off the sheet after the plan: the score, the low or high end, or the level."""
    world, ask, method = question
    sheet = sheet_of(world, method)
    result = planned(sheet, ask._replace(keep=()))
    later = score(
        sheet.questionnaire, after(sheet.questionnaire, sheet.answers, {step.id: step.to for step in result.steps})
    )
    if result.reached is None:
        assert result.steps == []
        return
    trends = {trend.trend.id: trend for trend in later.trends}
    if ask.kind == "level":
        level = trends[ask.id].level if ask.id in trends else later.overall.level
        assert (level >= ask.value) == (result.status in {"ok", "met"})
        return
    measures = {name: trend.measure for name, trend in trends.items()} | {
        risk.risk.id: risk.measure for risk in later.risks
    }
    measure = measures.get(ask.id, later.overall.measure)
    worst = measure.high if ask.kind == "exposure" else measure.low
    assert exact(result.reached) == (worst if ask.guaranteed else measure.score)
    effect = result.effects.overall
    assert exact(effect.low_after or 0.0) == (later.overall.measure.low or 0)


@settings(max_examples=150, deadline=None)
@given(questions())
def test_a_plan_keeps_prerequisites_pins_and_what_is_achieved(question: tuple[World, Ask, dict[str, Any]]) -> None:
    world, ask, method = question
    sheet = sheet_of(world, method)
    ask = ask._replace(keep=())
    result = planned(sheet, ask)
    ends = {item.id: item.level for item in sheet.scores.items if item.applies}
    if result.basis == "guaranteed":
        ends = {name: level or 0 for name, level in ends.items()}
    starts = dict(ends)
    ends |= {step.id: step.to for step in result.steps}
    for step in result.steps:
        assert starts[step.id] == step.from_ < step.to <= 4
        assert step.id not in ask.leave
        assert ask.largest is None or all(exact(anchor.effort) <= ask.largest for anchor in step.anchors)
        for other in sheet.questionnaire.indicators[step.id].requires:
            assert other not in ends or (ends[other] is not None and ends[other] >= step.to)
            assert other not in result.order or result.order.index(other) < result.order.index(step.id)
    assert sorted(result.order) == sorted(step.id for step in result.steps)


@settings(max_examples=100, deadline=None)
@given(questions())
def test_the_parts_add_up(question: tuple[World, Ask, dict[str, Any]]) -> None:
    """Efforts to the cost; what the steps add to the way from start to reached; doing nothing costs nothing."""
    world, ask, method = question
    result = planned(sheet_of(world, method), ask._replace(keep=()))
    assert sum((exact(step.effort) for step in result.steps), Fraction(0)) == exact(result.cost)
    assert (exact(result.cost) == 0) == (not result.steps)
    adds = [step.adds for step in result.steps]
    if result.start is not None and result.reached is not None and None not in adds:
        way = abs(exact(result.reached) - exact(result.start))
        assert sum((exact(part) for part in adds if part is not None), Fraction(0)) == way
    if result.status == "met":
        assert (result.steps, result.reached) == ([], result.start)


@settings(max_examples=60, deadline=None)
@given(worlds(8), st.lists(st.integers(0, 60).map(lambda n: Fraction(n, 2)), min_size=2, max_size=4), st.booleans())
def test_a_smaller_budget_gives_no_more(world: World, budgets: list[Fraction], guaranteed: bool) -> None:
    sheet = sheet_of(world)
    results = [planned(sheet, Ask("budget", "overall", budget, guaranteed)) for budget in sorted(budgets)]
    if results[0].start is not None:
        reached = [exact(result.reached) for result in results]
        assert reached == sorted(reached)
        assert exact(results[0].start) <= reached[0]
        assert all(exact(result.cost) <= budget for result, budget in zip(results, sorted(budgets), strict=True))


@settings(max_examples=60, deadline=None)
@given(worlds(8), POINTS, POINTS, st.booleans())
def test_a_lower_target_costs_no_more(world: World, one: Fraction, other: Fraction, guaranteed: bool) -> None:
    sheet = sheet_of(world)
    low, high = (planned(sheet, Ask("score", "overall", value, guaranteed)) for value in sorted([one, other]))
    assume(high.status in {"ok", "met"})
    assert low.status in {"ok", "met"}
    assert exact(low.cost) <= exact(high.cost)


@settings(max_examples=60, deadline=None)
@given(worlds(4), POINTS, st.booleans())
def test_find_out_first_is_said_just_where_the_unknown_could_make_it(
    world: World, value: Fraction, guaranteed: bool
) -> None:
    """Out of reach now, within reach with everything unknown at the top."""
    sheet = sheet_of(world)
    result = planned(sheet, Ask("score", "overall", value, guaranteed))
    known = [
        trend | {"items": [item | {"level": 4} if item["level"] == "dk" else item for item in trend["items"]]}
        for trend in world
    ]
    at_best = planned(sheet_of(known), Ask("score", "overall", value))
    if result.status == "infeasible":
        assert at_best.status == "infeasible"
    if result.status == "find_out_first":
        assert at_best.status in {"ok", "met"}
        assert result.find_out


def test_a_plan_is_the_same_every_time() -> None:
    world: World = [
        {
            "id": "t0",
            "weight": "1",
            "items": [
                {
                    "id": f"i{n}",
                    "weight": "1",
                    "effort": ["1"] * 4,
                    "requires": [],
                    "loads": {},
                    "level": 0,
                    "reverse": False,
                }
                for n in range(8)
            ],
        }
    ]
    results = {repr(planned(sheet_of(world), Ask("score", "overall", Fraction(50)))) for _ in range(3)}
    assert len(results) == 1


def linked(level: int, trends: int = 10) -> tuple[Scored, Target]:
    """Ten trends of six, each requiring of the one before it, and an overall level to reach."""
    world: World = [
        {
            "id": f"t{t}",
            "weight": str(5 + t),
            "items": [item(f"i{t}-{i}", 1 + t * i % 3, (t + i) % 3) for i in range(6)],
        }
        for t in range(trends)
    ]
    for t in range(1, trends):
        world[t]["items"][0]["requires"] = [f"i{t - 1}-1"]
    return sheet_of(world), Target("level", "overall", Fraction(level))


def item(name: str, weight: int, level: int, effort: tuple[str, ...] = ("1", "3", "8", "20")) -> dict[str, Any]:
    return {
        "id": name, "weight": str(weight), "effort": list(effort), "requires": [], "loads": {"rift": "1"},
        "level": level, "reverse": False,
    }  # fmt: skip


@pytest.mark.parametrize(("level", "cost"), [(2, 47), (3, 232)])
def test_a_chain_of_nine_links_across_trends_is_planned_soon(level: int, cost: int) -> None:
    """The costs are those of trying each choice of trends by itself, which took a thousand times the work."""
    sheet, target = linked(level)
    found = solved(sheet.scores, target, most_work=100_000)
    assert (found.status, found.options.effort(found.levels)) == ("ok", cost)


def spread(seed: int, trends: int, size: int, *, even: bool) -> World:
    """Trends of six (or of two, if they are few) whose indicators form groups of `size`, each in as many trends.

    In every other group each requires the one before it; in the others the last requires all.
    """
    dice, scale = Random(seed), ("1", "3", "8", "20")
    world: World = [
        {
            "id": f"t{t}",
            "weight": "1" if even else str(dice.randint(1, 9)),
            "items": [
                item(
                    f"i{t}-{i}",
                    1 if even else dice.randint(1, 4),
                    dice.choice((0, 0, 1, 1, 2, 2, 3)),
                    tuple(dice.choice(scale) for _ in range(4)),
                )
                for i in range(6 if trends > 4 else 2)
            ],
        }
        for t in range(trends)
    ]
    left = [dice.sample(trend["items"], len(trend["items"])) for trend in world]
    for at in range(sum(map(len, left)) // size):
        group = [items.pop() for items in sorted(left, key=lambda items: (-len(items), dice.random()))[:size]]
        dice.shuffle(group)
        for place in range(1, size):
            if at % 2 == 0:
                group[place]["requires"] = [group[place - 1]["id"]]
        if at % 2:
            group[-1]["requires"] = [one["id"] for one in group[:-1]]
    return world


@pytest.mark.parametrize("at_once", [linked_trends.AT_ONCE, 0])
@pytest.mark.parametrize("even", [True, False])
@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_groups_across_trends_are_planned_as_a_second_solver_plans_them(
    level: int, even: bool, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Same levels, so also the same under every tie-break: tried all at once, and settled trend by trend."""
    monkeypatch.setattr(linked_trends, "AT_ONCE", at_once)
    monkeypatch.setattr(linked_trends, "NARROW", 0)
    for seed in range(12):
        world = spread(seed, 4, 4, even=even)
        found = solved(sheet_of(world).scores, Target("level", "overall", Fraction(level)))
        assert found.levels == planner.next_level(world, level)


@pytest.mark.parametrize("at_once", [linked_trends.AT_ONCE, 0])
def test_links_between_trends_are_planned_as_trying_everything_plans_them(
    at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Same levels, so also the same under every tie-break; many plans of two or three alike indicators tie."""
    monkeypatch.setattr(linked_trends, "AT_ONCE", at_once)
    monkeypatch.setattr(linked_trends, "NARROW", 0)
    for seed in range(40):
        dice = Random(seed)
        alike = [item(f"i{at}", dice.randint(1, 2), dice.choice((0, 1, 3)), ("1", "1", "1", "2")) for at in range(5)]
        for at in range(1, 5):
            alike[at]["requires"] = [f"i{at - 1}"] * (at != 3)
        world = [{"id": f"t{at}", "weight": "1", "items": alike[at::3]} for at in range(3)]
        ask = Ask("level", "overall", Fraction(dice.randint(2, 4)), guaranteed=True)
        found = solved(sheet_of(world).scores, Target("level", "overall", ask.value))
        expected = planner.plan(world, ask, planner.METHOD)
        assert expected is not None
        assert found.levels == expected.levels


@pytest.mark.parametrize(
    ("seed", "even", "level", "cost"),
    [
        (0, True, 3, 279),
        (0, False, 3, 256),
        (1, True, 3, 385),
        (1, False, 3, 244),
        (0, False, 4, 561),
        (1, False, 4, 573),
    ],
)
def test_ten_groups_of_six_across_ten_trends_are_planned_in_seconds(
    seed: int, even: bool, level: int, cost: int
) -> None:
    """The costs are those that an integer programming solver (HiGHS) proved to be the least."""
    sheet, began = sheet_of(spread(seed, 10, 6, even=even)), time.process_time()
    found = solved(sheet.scores, Target("level", "overall", Fraction(level)))
    assert (found.status, found.options.effort(found.levels)) == ("ok", cost)
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    "ask",
    [
        Ask("score", "overall", Fraction(60)),
        Ask("score", "t0", Fraction(60)),
        Ask("exposure", "rift", Fraction(40)),
        Ask("budget", "overall", Fraction(2) ** 60),
        Ask("level", "overall", Fraction(3)),
        Ask("level", "t0", Fraction(3)),
    ],
)
def test_weights_that_double_each_time_make_a_plan_too_large_and_that_is_said(ask: Ask) -> None:
    """Each set of steps has a cost and a worth of its own, so that 2 to the power of 64 plans are none better."""
    items = [item(f"i{i}", 2**i, 0, tuple(str(2**i + i) for _ in range(4))) for i in range(64)]
    items = [one | {"loads": {"rift": one["weight"]}} for one in items]
    result = planned(sheet_of([{"id": "t0", "weight": "1", "items": items}]), ask)
    assert (result.status, result.steps, result.cost) == ("too_large", [], 0)
    assert result.start == result.reached != result.best
