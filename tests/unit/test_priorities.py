"""What moves the score, worked by hand."""

from fractions import Fraction
from typing import Any

import pytest

from allycheck.priorities import (
    best_value,
    build_on,
    contributions,
    find_out,
    next_steps,
    overall_blocker,
    steps_of_trend,
    strengths,
    trend_blocker,
    weaknesses,
)
from allycheck.scoring import TrendScore
from tests.alliances import indicator, questionnaire, sheet

F = Fraction
QUESTIONS = questionnaire(
    (
        "t",
        [
            indicator("a", weight=3, effort="months", risks={"r": 2}),
            indicator("b", requires=["a"], risks={"r": 1}),
            indicator("c", effort=["days", "weeks", "months", "year"]),
        ],
    ),
    ("u", [indicator("d", effort="2.5"), indicator("e", requires=["c", "f"]), indicator("f")]),
    ("v", [indicator("g")]),
    weights={"t": 3, "u": 1, "v": 0},
    risks=[{"id": "r", "title": "R"}],
)
SCORES = sheet(QUESTIONS, {"a": 1, "b": 1, "c": "dk", "d": 4, "e": 2, "f": "na", "g": 0}).scores


def test_gains_and_losses() -> None:
    """t weighs 3/4 of what is known, a 3/4 of t: phi = 9/16, one level 25 * 9/16 = 14.0625, three lost 42.1875.

    R = (3*25 + 1*75) / 4 = 37.5, so the losses must sum to 62.5: 42.1875 + 14.0625 + 0 + 6.25.
    """
    points = contributions(SCORES)
    assert points["a"] == (F("14.0625"), F("42.1875"))
    assert points["b"] == (F("4.6875"), F("14.0625"))
    assert points["c"] == (None, None)
    assert points["d"] == (None, 0)
    assert points["e"] == (F("3.125"), F("6.25"))
    assert points["g"] == (0, 0)
    assert sum(point.lost or 0 for point in points.values()) == F("62.5")


def test_best_value_is_gain_for_effort_with_what_stands_in_the_way() -> None:
    """b: 4.6875 for 1 point, but a would have to be above it; e: 3.125 for 1, c unknown blocks, f (na) does not.

    a: 14.0625 for 8. One level of a lowers r by 25 * 2/3, of b by 25 * 1/3. g has no weight and is no step.
    """
    steps = best_value(SCORES)
    assert [(step.item.id, step.to, step.effort, step.value, step.blocked_by) for step in steps] == [
        ("b", 2, 1, F("4.6875"), ("a",)),
        ("e", 3, 1, F("3.125"), ("c",)),
        ("a", 2, 8, F("14.0625") / 8, ()),
    ]
    assert [step.risks for step in steps] == [{"r": F(25, 3)}, {}, {"r": F(50, 3)}]


def test_ties_go_by_points_lost_and_then_by_the_catalogue() -> None:
    small = questionnaire(("t", [indicator("a"), indicator("b"), indicator("c")]))
    steps = best_value(sheet(small, {"a": 2, "b": 1, "c": 2}).scores)
    assert [step.item.id for step in steps] == ["b", "a", "c"]


CLIMBS = ["days", "weeks", "months", "year"]


@pytest.mark.parametrize(
    ("lowest_aim", "level", "to", "effort"),
    [
        (2, 0, 2, 4),  # 1 + 3: both climbs
        (2, 1, 2, 3),
        (2, 2, 3, 8),
        (2, 3, 4, 20),
        (1, 0, 1, 1),
        (3, 0, 3, 12),  # 1 + 3 + 8
        (4, 1, 4, 31),  # 3 + 8 + 20
    ],
)
def test_a_step_aims_at_the_lowest_aim_and_takes_the_effort_of_every_climb(
    lowest_aim: int, level: int, to: int, effort: int
) -> None:
    """One indicator is all of the score: a level is worth 25 points, and lowers the exposure by 25."""
    small = questionnaire(
        ("t", [indicator("a", effort=CLIMBS, risks={"r": 1})]),
        risks=[{"id": "r", "title": "R"}],
        method={"lowest_aim": lowest_aim},
    )
    scores = sheet(small, {"a": level}).scores
    step = next_steps(scores)["a"]
    assert (step.from_, step.to, step.effort) == (level, to, effort)
    assert (step.gain, step.lost) == (25 * (to - level), 25 * (4 - level))
    assert step.risks == {"r": 25 * (to - level)}
    assert contributions(scores)["a"].gain == step.gain


def test_the_effort_of_a_reversed_question_is_that_of_its_maturity_levels() -> None:
    small = questionnaire(("t", [indicator("a", reverse=True, effort=CLIMBS)]))
    assert [step.effort for step in best_value(sheet(small, {"a": 1}).scores)] == [20]  # 1 is level 3 here


def test_a_prerequisite_blocks_below_the_level_that_the_step_aims_at() -> None:
    """From 0 the step aims at 2, so that a prerequisite at 1 is in the way."""
    small = questionnaire(("t", [indicator("a"), indicator("b", requires=["a"])]))
    assert next_steps(sheet(small, {"a": 1, "b": 0}).scores)["b"].blocked_by == ("a",)
    assert next_steps(sheet(small, {"a": 2, "b": 0}).scores)["b"].blocked_by == ()


@pytest.mark.parametrize(
    ("efforts", "level", "within"),
    [
        (["1", "3", "8", "20"], 0, "30d"),  # days and weeks: the largest climb takes weeks
        (["1", "3.01", "8", "20"], 0, "90d"),
        (["1", "3", "8", "20"], 2, "90d"),
        (["1", "3", "8.01", "20"], 2, "1y"),
        (["9", "1", "1", "1"], 0, "1y"),  # 10 points in all, and 9 of them at once
        (["8", "8", "1", "1"], 0, "90d"),  # 16 points in all, but none of the climbs takes more than months
    ],
)
def test_the_largest_climb_says_by_when_a_step_is_due(efforts: list[str], level: int, within: str) -> None:
    small = questionnaire(("t", [indicator("a", effort=efforts)]))
    assert next_steps(sheet(small, {"a": level}).scores)["a"].within == within


def test_where_the_efforts_have_other_names_weeks_are_three_points_and_months_eight() -> None:
    small = questionnaire(("t", [indicator("a", effort=["1", "4", "9", "1"])]), effort={"weeks": 5, "sprint": 2})
    steps = [next_steps(sheet(small, {"a": level}).scores)["a"].within for level in (1, 2)]
    assert steps == ["30d", "1y"]


def of_trend(answers: dict[str, Any], **more: Any) -> TrendScore:
    """Weights a 1, b 3, c 2, d 2."""
    small = questionnaire(
        ("t", [indicator("a"), indicator("b", weight=3), indicator("c", weight=2), indicator("d", weight=2)]), **more
    )
    return sheet(small, answers).scores.trends[0]


def named(items: list[Any]) -> list[str]:
    return [item.id for item in items]


def test_weaknesses_are_at_0_or_1_by_what_they_lose_and_strengths_at_3_or_4_by_what_they_carry() -> None:
    """Lost inside the trend: a 1 * 4, b 3 * 3, c 2 * 4, and d 2 * 4 comes after c, which it equals."""
    assert named(weaknesses(of_trend({"a": 0, "b": 1, "c": 0, "d": 0}))) == ["b", "c", "d", "a"]
    assert named(strengths(of_trend({"a": 4, "b": 3, "c": 4, "d": 4}))) == ["b", "c", "d", "a"]
    middle = of_trend({"a": 2, "b": "dk", "c": "na"})
    assert (weaknesses(middle), strengths(middle)) == ([], [])


def test_they_are_named_of_an_unpublished_trend_and_of_one_without_weight() -> None:
    assert named(weaknesses(of_trend({"a": 0}))) == ["a"]
    assert named(strengths(of_trend({"a": 4}, weights={"t": 0}))) == ["a"]


def next_of(answers: dict[str, Any], **more: Any) -> list[str]:
    small = questionnaire(
        ("t", [indicator("a"), indicator("b", weight=3, effort="months"), indicator("c", weight=2)]), **more
    )
    scores = sheet(small, answers).scores
    return [step.item.id for step in steps_of_trend(scores, scores.trends[0], next_steps(scores))]


def test_the_next_steps_of_a_trend_lead_to_its_next_level() -> None:
    """a 1, b 2, c 2: level 2, so all are below 3. Weight raised for effort: a 1/1, b 3/8, c 2/1."""
    assert next_of({"a": 1, "b": 2, "c": 2}) == ["c", "a", "b"]


def test_what_has_reached_the_next_level_has_no_step_for_it() -> None:
    """a 2, b 3, c 1: 4/6 of the weight is at 2 or above and 3/6 at 3, so the level is 2 and the next one 3."""
    assert next_of({"a": 2, "b": 3, "c": 1}) == ["c", "a"]


def test_the_next_level_of_a_trend_is_never_less_than_the_lowest_aim() -> None:
    """All at 0: level 0, and what matters is below 2. b 0 and c 1 have a step, a at 2 has none."""
    assert next_of({"a": 2, "b": 0, "c": 1}) == ["c", "b"]
    assert next_of({"a": 1, "b": 0, "c": 0}, method={"lowest_aim": 1}) == ["c", "b"]


def test_at_the_top_and_where_nothing_applies_a_trend_has_no_next_steps() -> None:
    assert next_of({"a": 4, "b": 4, "c": 4}) == []
    assert next_of({"a": 3, "b": 4, "c": 4}) == []  # 5/6 at 4 and none too far below: the level is 4
    assert next_of({"a": "na", "b": "na", "c": "na"}) == []


def test_what_to_build_on_carries_most_points() -> None:
    """Of one trend: b 3 * 3, c 2 * 4, d 2 * 4, a 1 * 4; three are named, ties in catalogue order."""
    small = questionnaire(
        ("t", [indicator("a"), indicator("b", weight=3), indicator("c", weight=2), indicator("d", weight=2)])
    )
    assert named(build_on(sheet(small, {"a": 4, "b": 3, "c": 4, "d": 4}).scores)) == ["b", "c", "d"]
    assert named(build_on(sheet(small, {"a": 4, "b": 2, "c": 3, "d": "dk"}).scores)) == ["c", "a"]


def test_what_is_unknown_is_listed_by_the_width_it_gives_the_range() -> None:
    """c: 100 * 3/4 * 1/5 = 15. High - low = 15 too, as nothing else is open."""
    assert [(entry.item.id, entry.width) for entry in find_out(SCORES)] == [("c", 15)]
    measure = SCORES.overall.measure
    assert measure.low is not None
    assert measure.high == measure.low + 15


def test_what_keeps_the_next_level_of_a_trend_away() -> None:
    """a 1, b 1, c unknown counts as 0. Level 1: 4/5 of the weight reach it. At 2 nothing is, and all are within two."""
    blocker = trend_blocker(SCORES, SCORES.trends[0])
    assert blocker is not None
    assert (blocker.level, blocker.next, blocker.share, blocker.needed) == (1, 2, 0, F(3, 5))
    assert (blocker.below_gap, blocker.short, blocker.unknown) == ((), ("a", "b", "c"), ("c",))


def test_what_is_too_far_below_is_named_apart() -> None:
    """3, 3, 3, 0: the share at 3 is 3/4, and only d, three below, blocks; the level is 2."""
    small = questionnaire(("t", [indicator(name) for name in "abcd"]))
    scores = sheet(small, {"a": 3, "b": 3, "c": 3, "d": 0}).scores
    blocker = trend_blocker(scores, scores.trends[0])
    assert blocker is not None
    assert (blocker.level, blocker.share, blocker.below_gap, blocker.short) == (2, F(3, 4), ("d",), ())


def test_overall_blockers_are_trends() -> None:
    """Levels t 1 (3/4 of the weight) and u: d 4, e 2 give 2. At 2 the share is 1/4; t is one below."""
    blocker = overall_blocker(SCORES)
    assert blocker is not None
    assert (blocker.id, blocker.level, blocker.share, blocker.below_gap, blocker.short) == (
        "overall",
        1,
        F(1, 4),
        (),
        ("t",),
    )


def test_nothing_blocks_at_the_top_or_where_nothing_applies() -> None:
    small = questionnaire(("t", [indicator("a")]))
    for answer in (4, "na"):
        scores = sheet(small, {"a": answer}).scores
        assert overall_blocker(scores) is trend_blocker(scores, scores.trends[0]) is None
