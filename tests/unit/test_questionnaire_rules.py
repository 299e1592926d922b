"""What a questionnaire must keep beyond its shape; each fault with its file stands in tests/invalid."""

from typing import Any

import pytest

from allycheck.questionnaire import Questionnaire
from allycheck.questionnaire_rules import faults, prerequisite_groups, warnings
from tests.alliances import indicator, questionnaire

LONG = "word " * 100
STEPS = {"start": "x", "practise": "x", "improve": "x"}
OVERALL = dict.fromkeys(("absent", "adhoc", "defined", "practised", "adaptive"), "x")


def told(made: Questionnaire) -> list[str]:
    return [str(fault) for fault in faults(made)]


def warned(*items: dict[str, Any], **more: Any) -> list[str]:
    return [str(fault) for fault in warnings(questionnaire(("t", list(items)), **more))]


def actor(**more: Any) -> dict[str, Any]:
    return {"id": "state", "title": "State", "overall": OVERALL} | more


def words(**own: dict[str, str]) -> dict[str, Any]:
    return {"trends": {"t": {"indicators": own}}}


def test_a_sound_questionnaire_has_neither_faults_nor_warnings() -> None:
    made = questionnaire(("t", [indicator("a", requires=["b"]), indicator("b")]), actors=[actor(weights={"t": 100})])
    assert told(made) == []
    assert list(warnings(made)) == []


@pytest.mark.parametrize(
    ("items", "more", "warning"),
    [
        ([indicator("a", actors=[])], {}, "trends.0.indicators: has no indicator that counts"),
        ([indicator("a", weight={"state": 0})], {"actors": [actor()]}, "trends.0.indicators: has no indicator that counts for state"),
        ([indicator("a")], {"actors": [actor(overall=OVERALL | {"absent": ""})]}, "actors.0.overall: has no overall sentence for absent"),
        ([indicator("a", steps=STEPS)], {"actors": [actor(**words(a={"weak": "x"}))]},
         "actors.0.trends.t.indicators.a: has no strong for a"),
        ([indicator("a", steps=STEPS), indicator("b", steps=STEPS)],
         {"actors": [actor(**words(a={"weak": "x", "strong": "x"}))]},
         "actors.0.trends.t.indicators.b: has no weak or strong for b"),
        ([indicator("a")], {"actors": [actor(**words(a={"weak": "x", "strong": "x", "improve": "x"}))]},
         "actors.0.trends.t.indicators.a: has no start or practise for a"),
        ([indicator("a", steps={"practise": "x"})], {}, "trends.0.indicators.0.steps: has no step to start or improve"),
        ([indicator("a")], {"actors": [actor(risks={"r": {"low": "x"}})], "risks": [{"id": "r", "title": "R"}]},
         "actors.0.risks.r: has no text for moderate and high"),
        ([indicator("a")], {"actors": [actor(weights={"t": "99.9"})]}, "actors.0.weights: weights add up to 99.9, not 100"),
        ([indicator("a", ask=LONG)], {}, "trends.0.indicators.0.levels: takes 12 rows"),
    ],
)  # fmt: skip
def test_warnings_refuse_nothing(items: list[dict[str, Any]], more: dict[str, Any], warning: str) -> None:
    if "takes" in warning:
        items[0]["levels"] = [LONG] * 5
        warning = "takes"
    assert len(found := warned(*items, **more)) == 1
    assert warning in found[0]
    assert told(questionnaire(("t", items), **more)) == []


def test_rows_are_counted_once_for_all_actors_who_are_asked_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    wrapped: list[str] = []

    def noted(text: str, width: int) -> list[str]:
        wrapped.append(text)
        return [text] * (20 if text == "own words" else 1)

    monkeypatch.setattr("textwrap.wrap", noted)
    texts = ["is it counted once?", *(f"once {level}" for level in range(5))]
    asked = indicator("a", ask=texts[0], levels=texts[1:], overrides={"actor-9": {"ask": "own words"}})
    actors = [actor(id=f"actor-{n}") for n in range(10)]
    (told_of,) = warned(asked, actors=actors)
    assert told_of.startswith("trends.0.indicators.0.levels: takes 25 rows for actor-9, more than the 19")
    assert sorted(wrapped) == sorted([*texts, "own words"])


def test_weights_are_summed_only_for_an_actor_that_has_some() -> None:
    assert warned(indicator("a"), actors=[actor()]) == []


def test_groups_of_linked_indicators_in_the_order_of_the_catalogue() -> None:
    made = questionnaire(
        ("t", [indicator("a", requires=["d"]), indicator("b"), indicator("c", requires=["b"])]),
        ("u", [indicator("d"), indicator("e", requires=["a"])]),
    )
    assert prerequisite_groups(made) == [["a", "d", "e"], ["b", "c"]]


def test_every_circle_is_told_once() -> None:
    made = questionnaire(
        ("t", [indicator("a", requires=["b", "b"]), indicator("b", requires=["a"]), indicator("c", requires=["c"])])
    )
    assert told(made) == [
        "trends.0.indicators.0.requires: prerequisites run in a circle: a -> b -> a; remove one of them",
        "trends.0.indicators.2.requires: prerequisites run in a circle: c -> c; remove one of them",
    ]


def test_nothing_unknown_is_told_while_a_name_is_missing() -> None:
    """What `validating` calls ?1 may be the very thing that is referred to."""
    made = questionnaire(("t", [indicator("?1"), indicator("b", requires=["a"])]))
    assert [fault for fault in told(made) if "unknown" in fault] == []


def test_an_actor_needs_no_words_for_what_it_is_not_asked() -> None:
    said = {"weak": "x", "strong": "x"}
    items = [indicator("a", steps=STEPS), indicator("b", actors=[]), indicator("c", weight=0)]
    assert warned(*items, actors=[actor(**words(a=said))]) == []


def test_an_actor_without_any_words_of_this_kind_needs_none() -> None:
    assert warned(indicator("a", steps=STEPS), indicator("b"), actors=[actor(trends={"t": {"stake": "x"}})]) == []


@pytest.mark.parametrize(
    ("method", "told_of"),
    [
        ({"lowest_aim": 1}, []),
        ({"lowest_aim": 4}, []),
        ({"lowest_aim": 0}, ["method.lowest_aim"]),
        ({"lowest_aim": 5}, ["method.lowest_aim"]),
        ({"demand_weights": [0, 0, 0, 1]}, []),
        ({"demand_weights": ["0", "1.5", "1.5", "9"]}, []),
        ({"demand_weights": [0, 1, 3]}, ["method.demand_weights"]),
        ({"demand_weights": [0, 1, 3, 9, 27]}, ["method.demand_weights"]),
        ({"demand_weights": [1, 1, 3, 9]}, ["method.demand_weights"]),
        ({"demand_weights": [0, 3, 1, 9]}, ["method.demand_weights"]),
    ],
)
def test_the_range_of_the_constants(method: dict[str, Any], told_of: list[str]) -> None:
    assert [line.partition(":")[0] for line in told(questionnaire(("t", [indicator("a")]), method=method))] == told_of


def test_a_text_with_braces_that_name_nothing_is_a_text() -> None:
    assert told(questionnaire(("t", [indicator("a", ask="{} {A} { b } {1}?")]))) == []


@pytest.mark.parametrize(
    ("trends", "each", "fault"),
    [
        (100, 10, None),
        (101, 1, "trends: has 101 entries; a questionnaire may have at most 100"),
        (1, 1001, "trends: has 1001 indicators; a questionnaire may have at most 1000"),
    ],
)
def test_a_questionnaire_has_its_limits_and_may_reach_them(trends: int, each: int, fault: str | None) -> None:
    made = questionnaire(*((f"t{t}", [indicator(f"i{t}-{i}") for i in range(each)]) for t in range(trends)))
    assert told(made) == ([fault] if fault else [])


def test_so_many_actors_and_no_more() -> None:
    many = [actor(id=f"actor-{n}") for n in range(51)]
    assert told(questionnaire(("t", [indicator("a")]), actors=many[:50])) == []
    assert told(questionnaire(("t", [indicator("a")]), actors=many)) == [
        "actors: has 51 entries; a questionnaire may have at most 50"
    ]
