"""What holds for any sheet under any scenario."""

from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from allycheck.analysis.stress import stress
from allycheck.numbers import exact
from tests.alliances import indicator, questionnaire, sheet

NAMES = "abcdef"
DEMANDS = st.fixed_dictionaries({}, optional=dict.fromkeys(("trust", "pace", "idle"), st.integers(0, 3)))
ANSWERS = st.fixed_dictionaries({}, optional=dict.fromkeys(NAMES, st.sampled_from([0, 1, 2, 3, 4, "na", "dk", None])))


def stressed(demands: dict[str, int], answers: dict[str, Any]):
    questions = questionnaire(
        ("trust", [indicator("a", weight="0.5"), indicator("b", reverse=True), indicator("c")]),
        ("pace", [indicator("d"), indicator("e", weight=3)]),
        ("idle", [indicator("f")]),
        weights={"trust": 2, "pace": "1.5", "idle": 0},
        scenarios=[{"id": "flood", "title": "Flood", "demands": demands}],
    )
    scored = sheet(questions, answers)
    return stress(scored.scores, scored.answers).scenarios[0]


@given(DEMANDS, ANSWERS)
def test_readiness_lies_in_its_range_and_the_shortfalls_add_up_to_the_rest(
    demands: dict[str, int], answers: dict[str, Any]
) -> None:
    flood = stressed(demands, answers)
    shortfalls = [exact(trend.shortfall) for trend in flood.trends if trend.shortfall is not None]
    if flood.readiness is None:
        assert (shortfalls, flood.first_to_give) == ([], [])
    else:
        assert 0 <= exact(flood.low) <= exact(flood.readiness) <= exact(flood.high) <= 100
        assert sum(shortfalls, Fraction(0)) == 100 - exact(flood.readiness)


@given(DEMANDS, ANSWERS)
def test_what_gives_way_first_is_leaned_on_and_loses_most(demands: dict[str, int], answers: dict[str, Any]) -> None:
    flood = stressed(demands, answers)
    trends = {trend.id: trend for trend in flood.trends}
    given_way = [(exact(trends[name].shortfall), trends[name].demand) for name in flood.first_to_give]
    assert given_way == sorted(given_way, key=lambda pair: -pair[0])
    assert {name for name in trends if trends[name].demand >= 2 and trends[name].shortfall is not None} == set(
        flood.first_to_give
    )


@given(DEMANDS, ANSWERS, st.sampled_from(NAMES))
def test_a_better_answer_never_makes_less_ready(demands: dict[str, int], answers: dict[str, Any], name: str) -> None:
    if isinstance(answers.get(name), int):
        best = 0 if name == "b" else 4
        before, after = stressed(demands, answers), stressed(demands, answers | {name: best})
        assert (before.readiness is None) == (after.readiness is None)
        assert exact(before.readiness or 0.0) <= exact(after.readiness or 0.0)
