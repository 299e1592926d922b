"""Small worlds for plans: drawn by hypothesis, turned into questionnaires and sheets."""

from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from allycheck.scored import Scored
from tests.alliances import indicator, questionnaire, sheet
from tests.reference.planner import World

RISKS = ("rift", "drain")
ANSWERS = st.sampled_from([0, 0, 1, 1, 2, 2, 3, 3, 4, "na", "dk"])
WEIGHTS = st.sampled_from(["1", "2", "3", "0.5", "1.25"])
EFFORTS = st.sampled_from(["1", "3", "8", "0.5", "2", "0.01"])


@st.composite
def worlds(draw: st.DrawFn, largest: int = 5) -> World:
    """One to three trends with up to `largest` indicators together, linked within and across trends."""
    count = draw(st.integers(1, largest))
    trends = [
        {"id": f"t{n}", "weight": draw(st.sampled_from(["1", "2", "0", "1.5"])), "items": []}
        for n in range(draw(st.integers(1, min(3, count))))
    ]
    ranks = draw(st.permutations(range(count)))
    for at in range(count):
        below = [f"i{other}" for other in range(count) if ranks[other] < ranks[at]]
        item: dict[str, Any] = {
            "id": f"i{at}",
            "weight": draw(WEIGHTS),
            "effort": draw(st.lists(EFFORTS, min_size=4, max_size=4)),
            "requires": draw(st.lists(st.sampled_from(below), unique=True, max_size=2)) if below else [],
            "loads": draw(st.dictionaries(st.sampled_from(RISKS), WEIGHTS)),
            "level": draw(ANSWERS),
            "reverse": draw(st.booleans()),
        }
        trends[at * len(trends) // count]["items"].append(item)
    return trends


@st.composite
def methods(draw: st.DrawFn) -> dict[str, Any]:
    """Constants of the level rules."""
    return {
        "trend_share": draw(st.sampled_from([Fraction(3, 5), Fraction(1, 2), Fraction(1), Fraction(0)])),
        "trend_gap": draw(st.integers(0, 2)),
        "overall_share": draw(st.sampled_from([Fraction(2, 3), Fraction(1, 3), Fraction(1)])),
        "overall_gap": draw(st.integers(0, 2)),
    }


def sheet_of(world: World, method: dict[str, Any] | None = None) -> Scored:
    """The world as a scored sheet."""
    trends = [
        (
            trend["id"],
            [
                indicator(
                    item["id"],
                    weight=item["weight"],
                    effort=item["effort"],
                    requires=item["requires"],
                    risks=item["loads"],
                    reverse=item["reverse"],
                )
                for item in trend["items"]
            ],
        )
        for trend in world
    ]
    questions = questionnaire(
        *trends,
        weights={trend["id"]: trend["weight"] for trend in world},
        risks=[{"id": risk, "title": risk} for risk in RISKS],
        method=method or {},
    )
    answers = {
        item["id"]: 4 - item["level"] if item["reverse"] and isinstance(item["level"], int) else item["level"]
        for trend in world
        for item in trend["items"]
    }
    return sheet(questions, answers)
