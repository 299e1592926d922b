"""What moves the score, worked by hand."""

from fractions import Fraction

from allycheck.priorities import best_value, contributions, find_out, overall_blocker, trend_blocker
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


def test_the_effort_of_a_step_is_that_of_the_level_it_starts_from() -> None:
    small = questionnaire(("t", [indicator("a", reverse=True, effort=["days", "weeks", "months", "year"])]))
    assert [step.effort for step in best_value(sheet(small, {"a": 1}).scores)] == [20]  # 1 is level 3 here


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
