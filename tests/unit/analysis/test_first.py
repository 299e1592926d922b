"""What to do first: holes after what they require, then the plan to the next level, each indicator once."""

from fractions import Fraction
from typing import Any

import pytest

from allycheck.analysis.first import do_first
from allycheck.analysis.plan.plan import plan
from allycheck.analysis.plan.targets import Target
from allycheck.questionnaire import Questionnaire
from allycheck.report import First, as_plain
from tests.alliances import indicator, questionnaire, sheet

STEPS = {"start": "Start.", "practise": "Practise.", "improve": "Improve."}
RISKS = [{"id": name, "title": name} for name in ("r", "s")]


def small(*items: dict[str, Any], **more: Any) -> Questionnaire:
    return questionnaire(("t", [item | {"steps": STEPS} for item in items]), risks=RISKS, **more)


def first(questions: Questionnaire, answers: dict[str, Any], **more: Any) -> First:
    return do_first(sheet(questions, answers, **more).scores)


def told(made: First) -> list[tuple[str, int | None, int, list[str]]]:
    return [(step.id, step.from_, step.to, list(step.reasons)) for step in made.steps]


HOLES = [
    indicator("a", risks={"r": 2}, critical=["r"]),
    indicator("b", risks={"r": 2, "s": 3}, critical=["s"]),
    indicator("c", risks={"r": 2, "s": 2}, critical=["r", "s"]),
    indicator("d", risks={"r": 2}, critical=["r"], weight=2),
    indicator("e", risks={"r": 2}, critical=["r"]),
]


def test_holes_come_by_the_loads_of_their_risks_then_by_points_lost_then_in_catalogue_order() -> None:
    """c 2 + 2, b 3 (r is not its hole), then loads of 2: d loses 2 * 3, a and e 4 each, in catalogue order."""
    made = first(small(*HOLES), {"a": 0, "b": 1, "c": 1, "d": 1, "e": 0})
    assert [step.id for step in made.steps if "hole" in step.reasons] == ["c", "b", "d", "a", "e"]


def test_what_is_not_critical_known_and_low_is_no_hole() -> None:
    made = first(small(*HOLES, indicator("f", risks={"r": 9})), {"a": 2, "b": 4, "c": "dk", "d": "na", "e": 4, "f": 0})
    assert [step.id for step in made.steps if "hole" in step.reasons] == []


CHAIN = [
    indicator("a"),
    indicator("b", requires=["a"]),
    indicator("c", requires=["b"], risks={"r": 1}, critical=["r"]),
    indicator("d", weight=20),
]


def test_what_a_hole_requires_comes_right_before_it() -> None:
    """c aims at 2, so that b at 1 must rise to 2, and before it a. d alone is 20/23 of the weight, and at the top."""
    made = first(small(*CHAIN), {"a": 0, "b": 1, "c": 0, "d": 4})
    assert [step[:3] for step in told(made)] == [("a", 0, 2), ("b", 1, 2), ("c", 0, 2)]
    assert [step.reasons[-1] for step in made.steps] == ["required", "required", "level"]
    assert made.steps[-1].reasons[0] == "hole"
    assert {step.id: list(step.blocked_by) for step in made.steps} == {"a": [], "b": ["a"], "c": ["b"]}


def test_a_prerequisite_that_is_not_known_is_something_to_find_out() -> None:
    made = first(small(*CHAIN), {"a": 2, "b": "dk", "c": 1, "d": 4})
    b = next(step for step in made.steps if step.id == "b")
    assert (b.from_, b.to, b.texts, "required" in b.reasons) == (None, 2, [], True)
    assert as_plain(b)["from"] is None


def test_the_steps_of_the_plan_stand_in_its_order() -> None:
    questions = questionnaire(
        ("t", [indicator("a", effort="8"), indicator("b", effort="1"), indicator("c", requires=["b"], effort="1")]),
        ("u", [indicator("d", effort="3", weight=3), indicator("e", effort="1")]),
    )
    answers = {"a": 1, "b": 1, "c": 1, "d": 1, "e": 1}
    scored = sheet(questions, answers)
    planned = plan(scored.scores, scored.answers, Target("level", "overall", Fraction(2)))
    made = do_first(scored.scores)
    assert [step.id for step in made.steps] == planned.order
    assert {step.id: step.to for step in made.steps} == {step.id: step.to for step in planned.steps}
    assert {reason for step in made.steps for reason in step.reasons} == {"level"}
    assert made.next_level == (2, "planned")


def test_an_indicator_stands_once_with_all_its_reasons() -> None:
    """a at 1 is a hole, and with all the weight needed at Defined it is what the level lacks, too."""
    hole = indicator("a", risks={"r": 1}, critical=["r"])
    whole = {"trend_share": "1"}
    made = first(small(hole, indicator("b"), indicator("c"), method=whole), {"a": 1, "b": 3, "c": 3})
    assert (told(made), made.next_level) == ([("a", 1, 2, ["hole", "level"])], (2, "planned"))


def test_an_indicator_stands_once_with_the_higher_target() -> None:
    """Of 5 points of weight, 3 at 2 make Defined; Practised lacks 1.5, and a (2) gets there for less than c (1.5)."""
    made = first(
        small(
            indicator("a", risks={"r": 1}, critical=["r"], weight=2),
            indicator("b", weight="1.5"),
            indicator("c", weight="1.5", effort="20"),
        ),
        {"a": 1, "b": 3, "c": 2},
    )
    assert (told(made), made.next_level) == ([("a", 1, 3, ["hole", "level"])], (3, "planned"))
    assert (made.steps[0].texts, made.steps[0].effort, made.steps[0].risks) == (
        ["Start.", "Practise."],
        2.0,
        {"r": 50.0},
    )


def test_a_step_over_several_stages_says_the_text_of_each() -> None:
    """With 3 as the lowest aim a climbs from 1 to 3: 3 + 8 points, and half of the exposure gone."""
    hole = indicator("a", risks={"r": 1}, critical=["r"], effort=["1", "3", "8", "20"])
    step = first(small(hole, method={"lowest_aim": 3}), {"a": 1}).steps[0]
    assert (step.to, step.texts, step.effort, step.within) == (3, ["Start.", "Practise."], 11.0, "90d")
    assert step.risks == {"r": 50.0}


def test_what_is_required_is_never_due_later_than_what_requires_it() -> None:
    """b takes a year by itself and c a day; c requires b, and b requires a, so that all are due in 30 days."""
    chain = [
        indicator("a", effort="20"),
        indicator("b", requires=["a"], effort="20"),
        indicator("c", requires=["b"], risks={"r": 1}, critical=["r"], effort="1"),
        indicator("d", effort="20", risks={"s": 1}, critical=["s"]),
    ]
    made = first(small(*chain), {"a": 1, "b": 1, "c": 1, "d": 1})
    assert {step.id: step.within for step in made.steps} == {"a": "30d", "b": "30d", "c": "30d", "d": "1y"}


@pytest.mark.parametrize(
    ("answers", "next_level"),
    [
        ({"a": 1, "b": "dk", "c": "dk"}, (1, "unpublished")),
        ({"a": "na", "b": "na", "c": "na"}, (None, "none")),
        ({"a": 4, "b": 4, "c": 4}, (None, "none")),
        ({}, (1, "unpublished")),
    ],
)
def test_without_a_published_score_and_at_the_top_there_is_no_plan_but_holes_remain(
    answers: dict[str, Any], next_level: tuple[int | None, str]
) -> None:
    made = first(small(indicator("a", risks={"r": 1}, critical=["r"]), indicator("b"), indicator("c")), answers)
    assert made.next_level == next_level
    assert told(made) == ([("a", 1, 2, ["hole"])] if answers.get("a") == 1 else [])


def test_a_hole_of_a_trend_without_weight_is_listed() -> None:
    questions = questionnaire(
        ("t", [indicator("a", risks={"r": 1}, critical=["r"])]), ("u", [indicator("b")]), weights={"t": 0}, risks=RISKS
    )
    made = first(questions, {"a": 1, "b": 4})
    assert (told(made), made.next_level) == ([("a", 1, 2, ["hole"])], (None, "none"))


def test_in_a_quick_form_only_what_was_asked_can_be_a_hole() -> None:
    questions = small(indicator("a", risks={"r": 1}, critical=["r"]), indicator("b", quick=True))
    assert told(first(questions, {"a": 0, "b": 4}, form="quick")) == []


def test_what_is_not_known_stands_in_the_plan_as_something_to_find_out() -> None:
    """Three of four known is enough to publish; planned from 0, d must rise for the level, too."""
    questions = small(*(indicator(name) for name in "abcd"), method={"trend_gap": 0})
    made = first(questions, {"a": 2, "b": 2, "c": 2, "d": "dk"})
    assert made.next_level == (1, "planned")
    assert [(step.id, step.from_, step.to, step.texts, step.risks) for step in made.steps] == [("d", None, 2, [], {})]


def test_a_plan_that_is_too_large_says_so_and_leaves_the_holes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("allycheck.analysis.first.MOST_WORK", 1)
    made = first(small(indicator("a", risks={"r": 1}, critical=["r"]), indicator("b")), {"a": 1, "b": 1})
    assert (told(made), made.next_level) == ([("a", 1, 2, ["hole"])], (2, "too_large"))


def test_trends_linked_by_many_prerequisites_are_planned_soon() -> None:
    """Twelve trends, each requiring of its neighbour: one dynamic programme plans all of them together."""
    trends = [
        (f"t{t}", [indicator(f"i{t}-{i}", weight=1 + (t + i) % 3, requires=[f"i{t - 1}-{i}"] if t % 6 else []) for i in range(12)])
        for t in range(12)
    ]  # fmt: skip
    answers = {f"i{t}-{i}": (t * i + i) % 4 for t in range(12) for i in range(12)}
    made = first(questionnaire(*trends, weights={f"t{t}": 1 + t % 3 for t in range(12)}), answers)
    assert made.next_level.status == "planned"
