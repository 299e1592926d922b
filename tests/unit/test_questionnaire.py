"""How one actor type reads a questionnaire."""

from fractions import Fraction
from typing import Any

import pytest

from allycheck.questionnaire import Questionnaire
from tests.alliances import LADDER, indicator, questionnaire

TERMS = {"you": {"state": "your ministry", "default": "your firm"}, "who": {"state": "ministers"}}


def whole(**item: Any) -> Questionnaire:
    actors = [{"id": "state", "title": "State", "weights": {"t": 70}}, {"id": "firm", "title": "Firm"}]
    return questionnaire(("t", [indicator("a") | item]), ("u", [indicator("b")]), actors=actors, terms=TERMS)


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


def test_reverse_turns_levels_and_answers() -> None:
    turned = whole(reverse=True).indicators["a"]
    assert [turned.maturity(level) for level in range(5)] == [4, 3, 2, 1, 0]
    assert [turned.answer_for(turned.maturity(level)) for level in range(5)] == [0, 1, 2, 3, 4]


def test_effort_in_words_points_or_one_for_each_step() -> None:
    assert whole(effort="months").effort_points(whole(effort="months").indicators["a"]) == [8, 8, 8, 8]
    assert whole(effort="0.5").effort_points(whole(effort="0.5").indicators["a"]) == [Fraction(1, 2)] * 4
    mixed = whole(effort=["days", "weeks", "2.5", "year"])
    assert mixed.effort_points(mixed.indicators["a"]) == [1, 3, Fraction(5, 2), 20]


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("{you} does.", "Your ministry does."),
        ("Ask {you}. {who} reply? {you}! {you}", "Ask your ministry. Ministers reply? Your ministry! Your ministry"),
        ("As {you}, {who}", "As your ministry, ministers"),
        ("{unknown} {You} {", "{unknown} {You} {"),
        ("none", "none"),
    ],
)
def test_terms_are_filled_in_and_capitalised_where_a_sentence_opens(text: str, filled: str) -> None:
    assert whole().fill(text, "state") == filled


def test_a_term_without_words_for_an_actor_takes_its_default() -> None:
    assert whole().fill("{you}", "firm") == "Your firm"


def test_overrides_apply_to_their_actor_alone() -> None:
    small = whole(
        name="Name", overrides={"state": {"ask": "Do {who}?", "levels": [f"{step} {{you}}" for step in LADDER]}}
    )
    item = small.indicators["a"]
    assert small.tailored(item, "state").ask == "Do ministers?"
    assert small.tailored(item, "state").levels[0] == "nothing your ministry"
    assert small.tailored(item, "state").name == "Name"
    assert small.tailored(item, "firm").ask == "a?"


@pytest.mark.parametrize(
    ("word", "found"), [("alpha", "alpha"), (" FC1 ", "alpha"), ("fc1", "alpha"), ("BETA", "beta"), ("gamma", None)]
)
def test_an_indicator_is_found_by_its_id_or_its_code(word: str, found: str | None) -> None:
    item = questionnaire(("t", [indicator("alpha", code="FC1"), indicator("beta")])).indicator_named(word)
    assert (item.id if item else None) == found
