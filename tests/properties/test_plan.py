"""What holds for any plan, and that it is the very one that trying everything finds."""

from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from allycheck.analysis.plan import plan
from allycheck.analysis.planned import Plan
from allycheck.analysis.several import Scored
from allycheck.analysis.solving import solved
from allycheck.analysis.targets import Choices, Target
from allycheck.errors import UsageError
from tests.reference import planner
from tests.reference.planner import Ask, World
from tests.worlds import RISKS, methods, sheet_of, worlds

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
        assert found.aim is None or found.status == "infeasible"
        return
    assert found.aim is not None
    assert found.levels == expected.levels
    assert found.leeway.effort(found.levels) == expected.cost
    assert found.aim.quantity(found.levels) == expected.quantity
    assert expected.reachable == (ask.kind == "budget" or found.aim.is_met(found.levels))
