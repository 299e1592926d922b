"""How one actor type reads a questionnaire."""

from fractions import Fraction
from typing import Any

import pytest

from allycheck.questionnaire import Questionnaire
from tests.alliances import LADDER, indicator, questionnaire

WORDS = {"a": {"weak": "State is weak.", "strong": "State is strong.", "practise": "State practises."}}


def whole(**item: Any) -> Questionnaire:
    state = {"id": "state", "title": "State", "weights": {"t": 70}, "trends": {"t": {"indicators": WORDS}}}
    actors = [state, {"id": "firm", "title": "Firm"}]
    method = {"lowest_aim": item.pop("lowest_aim", 2)}
    return questionnaire(("t", [indicator("a") | item]), ("u", [indicator("b")]), actors=actors, method=method)


def test_what_is_left_out_has_its_default() -> None:
    item = questionnaire(("t", [indicator("a")])).indicators["a"]
    assert (item.code, item.name, item.rev, item.na, item.quick, item.reverse) == ("a", "a", 1, True, False, False)
    assert (item.aggregation, item.requires, item.risks, item.pillar) == ("summation", [], {}, None)
    assert item.weight_for("anybody") == 1


def test_the_ten_line_questionnaire_has_one_unnamed_actor_type() -> None:
    tiny = questionnaire(("t", [indicator("a")]))
    assert list(tiny.actor_types) == [""]
    assert [item.id for item in tiny.scope("", "full")] == ["a"]
    assert not tiny.has_quick_form
    assert tiny.digest == ""


@pytest.mark.parametrize(
    ("weight", "state", "firm"),
    [
        ("1.5", Fraction(3, 2), Fraction(3, 2)),
        ({"default": "1", "state": "3"}, 3, 1),
        ({"state": "3"}, 3, 1),  # a map without default: who is not named weighs 1
        ({"firm": "0"}, 1, 0),
    ],
)
def test_weights_by_actor(weight: Any, state: Fraction, firm: Fraction) -> None:
    item = whole(weight=weight).indicators["a"]
    assert (item.weight_for("state"), item.weight_for("firm")) == (state, firm)


def test_the_actors_own_weights_win_and_a_trend_missing_there_keeps_its_own() -> None:
    small = whole()
    t, u = small.trends
    assert [small.trend_weight(t, "state"), small.trend_weight(u, "state")] == [70, 1]
    assert [small.trend_weight(t, "firm"), small.trend_weight(u, "firm")] == [1, 1]


@pytest.mark.parametrize(
    ("item", "actor", "form", "serves"),
    [
        ({}, "state", "full", True),
        ({}, "state", "quick", False),
        ({"quick": True}, "state", "quick", True),
        ({"actors": ["firm"]}, "state", "full", False),
        ({"actors": ["firm"]}, "firm", "full", True),
        ({"weight": "0"}, "state", "full", False),
        ({"weight": {"firm": "0"}}, "firm", "full", False),
    ],
)
def test_scope(item: dict[str, Any], actor: str, form: Any, *, serves: bool) -> None:
    assert whole(**item).indicators["a"].serves(actor, form) is serves


def test_everything_in_scope_is_weighed_in_whole_numbers_beside_its_weight() -> None:
    lists = [
        (
            "t",
            [
                indicator("a", weight="1.5", risks={"r": "0.5"}),
                indicator("b", risks={"r": "2"}),
                indicator("c", weight=0),
            ],
        ),
        ("u", [indicator("d", weight="0.25", quick=True)]),
    ]
    state = {"id": "state", "title": "State", "weights": {"t": "2.5"}}
    small = questionnaire(*lists, actors=[state], risks=[{"id": "r", "title": "R"}])
    t, u = small.weighing("state", "full").trends
    assert (t.weight, t.units, u.weight, u.units) == (Fraction(5, 2), 5, 1, 2)  # in halves
    assert [(one.indicator.id, one.weight, one.units) for one in t.indicators] == [
        ("a", Fraction(3, 2), 3),
        ("b", 1, 2),
    ]
    assert [(one.weight, one.units) for one in u.indicators] == [(Fraction(1, 4), 1)]  # a trend has its own unit
    assert small.weighing("state", "full").loads == {"r": {"a": 1, "b": 4}}  # 0.5 and 2, in halves
    quick = small.weighing("state", "quick")
    assert [[one.indicator.id for one in trend.indicators] for trend in quick.trends] == [[], ["d"]]
    assert quick.loads == {"r": {}}


def test_what_is_worked_out_neither_tells_questionnaires_apart_nor_passes_to_a_changed_copy() -> None:
    one, same = whole(), whole()
    assert [*one.indicators] == ["a", "b"]
    assert len(one.weighing("state", "full").trends) == 2
    assert one == same
    shorter = one.model_copy(update={"trends": one.trends[:1]})
    assert [*shorter.indicators] == ["a"]
    assert len(shorter.weighing("state", "full").trends) == 1


def test_reverse_turns_levels_and_answers() -> None:
    turned = whole(reverse=True).indicators["a"]
    assert [turned.maturity(level) for level in range(5)] == [4, 3, 2, 1, 0]
    assert [turned.answer_for(turned.maturity(level)) for level in range(5)] == [0, 1, 2, 3, 4]


def test_effort_in_words_points_or_one_for_each_climb() -> None:
    assert whole(effort="months").effort_points(whole(effort="months").indicators["a"]) == [8, 8, 8, 8]
    assert whole(effort="0.5").effort_points(whole(effort="0.5").indicators["a"]) == [Fraction(1, 2)] * 4
    mixed = whole(effort=["days", "weeks", "2.5", "year"])
    assert mixed.effort_points(mixed.indicators["a"]) == [1, 3, Fraction(5, 2), 20]


def test_overrides_apply_to_their_actor_alone() -> None:
    small = whole(
        name="Name", overrides={"state": {"ask": "Do ministers?", "levels": [f"{rung} of state" for rung in LADDER]}}
    )
    item = small.indicators["a"]
    assert small.tailored(item, "state").ask == "Do ministers?"
    assert small.tailored(item, "state").levels[0] == "nothing of state"
    assert small.tailored(item, "state").name == "Name"
    assert small.tailored(item, "firm").ask == "a?"


@pytest.mark.parametrize(
    ("word", "found"), [("alpha", "alpha"), (" FC1 ", "alpha"), ("fc1", "alpha"), ("BETA", "beta"), ("gamma", None)]
)
def test_an_indicator_is_found_by_its_id_or_its_code(word: str, found: str | None) -> None:
    item = questionnaire(("t", [indicator("alpha", code="FC1"), indicator("beta")])).indicator_named(word)
    assert (item.id if item else None) == found


@pytest.mark.parametrize(
    ("level", "state", "firm"),
    [
        (None, None, None),
        (0, "State is weak.", None),
        (1, "State is weak.", None),
        (2, None, None),
        (3, "State is strong.", None),
        (4, "State is strong.", None),
    ],
)
def test_a_level_earns_its_sentence_or_none(level: int | None, state: str | None, firm: str | None) -> None:
    small = whole()
    item = small.indicators["a"]
    assert (small.meaning(item, "state", level), small.meaning(item, "firm", level)) == (state, firm)


STEPS = {"start": "Start.", "practise": "Practise.", "improve": "Improve."}


@pytest.mark.parametrize(
    ("climb", "state", "firm"),
    [
        (range(2), ["Start."], ["Start."]),
        (range(1, 2), ["Start."], ["Start."]),
        (range(2, 3), ["State practises."], ["Practise."]),
        (range(3, 4), ["Improve."], ["Improve."]),
        (range(1, 3), ["Start.", "State practises."], ["Start.", "Practise."]),
        (range(4), ["Start.", "State practises.", "Improve."], ["Start.", "Practise.", "Improve."]),
        (range(4, 4), [], []),
    ],
)
def test_a_climb_says_the_text_of_each_stage_that_it_passes(climb: range, state: list[str], firm: list[str]) -> None:
    small = whole(steps=STEPS)
    item = small.indicators["a"]
    assert (small.step_texts(item, "state", climb), small.step_texts(item, "firm", climb)) == (state, firm)


@pytest.mark.parametrize(
    ("climb", "texts"),
    [
        (range(1), ["What should then be true: a a little"]),
        (range(2), ["What should then be true: a half"]),
        (range(1, 4), ["What should then be true: a half", "Practise.", "What should then be true: a all"]),
    ],
)
def test_instead_of_a_missing_step_stands_the_anchor_that_it_leads_to(climb: range, texts: list[str]) -> None:
    small = whole(steps={"practise": "Practise."})
    assert small.step_texts(small.indicators["a"], "firm", climb) == texts


def test_the_anchor_of_a_reversed_question_is_the_one_of_the_level() -> None:
    """Its answers stand the other way round: maturity level 2 is the answer 2, level 4 the answer 0."""
    small = whole(reverse=True)
    assert small.step_texts(small.indicators["a"], "firm", range(3, 4)) == ["What should then be true: a nothing"]


@pytest.mark.parametrize(
    ("lowest_aim", "aims"), [(1, [1, 2, 3, 4]), (2, [2, 2, 3, 4]), (3, [3, 3, 3, 4]), (4, [4, 4, 4, 4])]
)
def test_a_step_aims_at_the_lowest_aim_or_above(lowest_aim: int, aims: list[int]) -> None:
    assert [whole(lowest_aim=lowest_aim).next_aim(level) for level in range(4)] == aims


def test_a_mitigation_is_a_text_or_hangs_on_an_indicator() -> None:
    risks = {"r": {"mitigations": ["Always.", {"do": "Sometimes.", "for": "a"}]}}
    actors = [{"id": "state", "title": "S", "risks": risks}]
    made = questionnaire(("t", [indicator("a")]), actors=actors, risks=[{"id": "r", "title": "R"}])
    assert [(one.do, one.for_) for one in made.actors[0].risks["r"].mitigations] == [
        ("Always.", None),
        ("Sometimes.", "a"),
    ]
