"""Scores worked by hand: the arithmetic stands beside each expected value."""

from fractions import Fraction
from typing import Any

import pytest

from allycheck.questionnaire import Method, Questionnaire
from allycheck.scoring import Measure, RiskScore, Scores, band_of, level_reached, weighted_mean
from tests.alliances import indicator, questionnaire, sheet

F = Fraction


def scored(questions: Questionnaire, answers: dict[str, Any], **more: Any) -> Scores:
    return sheet(questions, answers, **more).scores


def one_trend(*items: dict[str, Any], **more: Any) -> Questionnaire:
    return questionnaire(("t", list(items)), **more)


def measured(score: Any, low: Any, high: Any, coverage: Any, *, published: bool = True) -> Measure:
    return Measure(score, low, high, coverage, published)


def test_a_trend_is_the_weighted_average_of_what_is_known() -> None:
    """Weights 1.5, 1, 0.5: 25 * (1.5*4 + 1*1 + 0.5*2) / 3 = 25 * 8/3 = 66.67."""
    small = one_trend(indicator("a", weight="1.5"), indicator("b"), indicator("c", weight="0.5"))
    assert scored(small, {"a": 4, "b": 1, "c": 2}).overall.measure == measured(F(200, 3), F(200, 3), F(200, 3), 1)


def test_unknown_answers_widen_the_range_and_do_not_score() -> None:
    """a 3 of weight 2, b unknown of weight 1: S = 75, c = 2/3, low = 2/3 * 75 = 50, high = 50 + 100/3 = 83.3."""
    small = one_trend(indicator("a", weight=2), indicator("b"))
    for answer in ("dk", None):
        assert scored(small, {"a": 3, "b": answer}).overall.measure == measured(75, 50, F(250, 3), F(2, 3))


def test_two_thirds_exactly_publish_and_a_hair_less_does_not() -> None:
    """Known 2 of 3 = 2/3; known 1.999 of 2.999 is under it."""
    exactly = one_trend(indicator("a", weight=2), indicator("b"))
    under = one_trend(indicator("a", weight="1.999"), indicator("b"))
    assert scored(exactly, {"a": 3}).trends[0].measure.published
    assert not scored(under, {"a": 3}).trends[0].measure.published
    assert scored(under, {"a": 3}).trends[0].measure.score == 75  # known, and only not shown


def test_not_applicable_leaves_the_sum() -> None:
    """na for b: R = 25 * 3 = 75 with the range closed; the flag rises only over half of the weight."""
    small = one_trend(indicator("a"), indicator("b"))
    scores = scored(small, {"a": 3, "b": "na"})
    assert scores.overall.measure == measured(75, 75, 75, 1)
    assert not scores.trends[0].minority  # exactly half
    assert scored(one_trend(indicator("a"), indicator("b", weight="1.01")), {"a": 3, "b": "na"}).trends[0].minority


def test_reverse_comes_before_anything_else() -> None:
    scores = scored(one_trend(indicator("a", reverse=True)), {"a": 1})
    assert scores.items[0].level == 3
    assert scores.overall.measure.score == 75


def test_trend_weights_and_trends_that_do_not_count() -> None:
    """t 2 * 100, u 1 * 25, over 3: R = 75. v has no weight, w nothing applicable, x nothing known (range only).

    low = (2*100 + 25 + 0) / 4 = 56.25, high = (200 + 25 + 100) / 4 = 81.25, C = 3/4.
    """
    small = questionnaire(
        *((name, [indicator(f"{name}1")]) for name in "tuvwx"), weights={"t": 2, "u": 1, "v": 0, "w": 5, "x": 1}
    )
    scores = scored(small, {"t1": 4, "u1": 1, "v1": 0, "w1": "na"})
    assert scores.overall.measure == measured(75, F("56.25"), F("81.25"), F(3, 4))
    assert scores.trends[2].measure.score == 0
    assert [trend.trend.id for trend in scores.counted] == ["t", "u", "x"]


def test_the_score_uses_trends_that_are_not_published_themselves() -> None:
    """t: 1 of 2 known (coverage 1/2), S = 100. u: S = 0. R = 50, C = (1/2 + 1) / 2 = 3/4.

    Its range: t is 50 to 100 and u is 0, so 25 to 50.
    """
    small = questionnaire(("t", [indicator("a"), indicator("b")]), ("u", [indicator("c")]))
    scores = scored(small, {"a": 4, "c": 0})
    assert not scores.trends[0].measure.published
    assert scores.overall.measure == measured(50, 25, 50, F(3, 4))


def test_nothing_answered_and_nothing_applicable() -> None:
    small = one_trend(indicator("a"), indicator("b"))
    nothing = scored(small, {})
    assert nothing.overall.measure == measured(None, 0, 100, 0, published=False)
    assert (nothing.overall.level, nothing.overall.possible_level) == (0, 4)
    gone = scored(small, {"a": "na", "b": "na"})
    assert gone.overall.measure == measured(None, None, None, None, published=False)
    assert (gone.overall.level, gone.overall.possible_level) == (None, None)


def test_a_coverage_of_zero_asked_for_still_publishes_no_score_of_nothing() -> None:
    small = one_trend(indicator("a"), method={"coverage": "0"})
    assert not scored(small, {}).overall.measure.published


@pytest.mark.parametrize(
    ("levels", "reached"),
    [
        ([], None),
        ([4, 4, 4, 4, 4], 4),
        ([3, 3, 3, 1, 1], 3),  # 3 of 5 is 3/5 exactly, and 1 is no further than two below 3
        ([3, 3, 3, 0, 0], 2),  # 0 lies more than two below 3; at 2 the share is still 3/5
        ([4, 4, 4, 4, 0], 2),
        ([3, 3, 1, 1, 1], 1),
        ([0, 0, 0, 0, 0], 0),
        ([1, 1, 0, 0, 0], 0),
    ],
)
def test_the_level_of_a_trend(levels: list[int], reached: int | None) -> None:
    assert level_reached([(F(1), level) for level in levels], F(3, 5), 2) == reached


def test_demonstrated_and_possible_levels() -> None:
    """a 3, b 3, c unknown, equal weights: with 0 the share at 2 is 2/3 and 0 is two below; with 4 all are at 3."""
    scores = scored(one_trend(indicator("a"), indicator("b"), indicator("c")), {"a": 3, "b": 3, "c": "dk"})
    assert (scores.trends[0].level, scores.trends[0].possible_level) == (2, 3)
    # One trend alone: its level is the overall one.
    assert (scores.overall.level, scores.overall.possible_level) == (2, 3)


def test_overall_two_thirds_of_the_weight_and_none_more_than_one_below() -> None:
    """Levels 3, 3, 1 of equal weight: at 3 the share is 2/3 but 1 is two below; at 2 all holds."""
    small = questionnaire(*((name, [indicator(f"{name}1")]) for name in "tuv"))
    assert scored(small, {"t1": 3, "u1": 3, "v1": 1}).overall.level == 2
    assert scored(small, {"t1": 3, "u1": 3, "v1": 2}).overall.level == 3


def test_exposure_is_what_protection_lacks() -> None:
    """Loads 2 and 1, levels 1 and 4: E = 100 - 25 * (2*1 + 1*4) / 3 = 50. An unknown load of 1 leaves 37.5 to 62.5."""
    small = one_trend(
        indicator("a", risks={"r": 2}),
        indicator("b", risks={"r": 1}),
        indicator("c", risks={"r": 1}),
        indicator("d"),
        risks=[{"id": "r", "title": "R"}, {"id": "s", "title": "S"}],
    )
    scores = scored(small, {"a": 1, "b": 4, "d": 0})
    assert scores.risks[0].measure == measured(50, F("37.5"), F("62.5"), F(3, 4))
    assert scores.risks[1].measure == measured(None, None, None, None, published=False)


def risky(answers: dict[str, Any], **more: Any) -> RiskScore:
    """Safeguard a (load 1) and b (load 9), neither critical for the other risk s."""
    small = one_trend(
        indicator("a", risks={"r": 1, "s": 1}, critical=["r"], **more),
        indicator("b", risks={"r": 9}),
        risks=[{"id": "r", "title": "R"}, {"id": "s", "title": "S"}],
    )
    scores = scored(small, answers)
    assert (scores.risks[1].holes, scores.risks[1].possible_holes) == ((), ())
    return scores.risks[0]


METHOD = Method()


@pytest.mark.parametrize(
    ("answer", "hole", "possible"),
    [(0, True, False), (1, True, False), (2, False, False), (4, False, False), ("dk", False, True), (None, False, True), ("na", False, False)],
)  # fmt: skip
def test_a_safeguard_at_0_or_1_is_a_hole_and_an_unknown_one_may_be(answer: Any, *, hole: bool, possible: bool) -> None:
    risk = risky({"a": answer, "b": 4})
    assert ([item.id for item in risk.holes], [item.id for item in risk.possible_holes]) == (
        ["a"] * hole,
        ["a"] * possible,
    )


def test_a_hole_is_found_after_reversal() -> None:
    assert [item.id for item in risky({"a": 4, "b": 4}, reverse=True).holes] == ["a"]
    assert risky({"a": 0, "b": 4}, reverse=True).holes == ()


def test_a_hole_is_found_in_a_trend_without_weight() -> None:
    small = questionnaire(
        ("t", [indicator("a", risks={"r": 1}, critical=["r"])]),
        ("u", [indicator("b")]),
        weights={"t": 0},
        risks=[{"id": "r", "title": "R"}],
    )
    assert [item.id for item in scored(small, {"a": 1, "b": 4}).risks[0].holes] == ["a"]


def test_an_average_hides_no_hole() -> None:
    """a 1, b 4: E = 100 - 25 * (1 + 36) / 10 = 7.5, low by itself; the hole makes it moderate, not the exposure."""
    risk = risky({"a": 1, "b": 4})
    assert risk.measure.score == F("7.5")
    assert (risk.band(METHOD), risk.possible_bands(METHOD)) == ("moderate", ["moderate"])


def test_a_hole_lifts_no_other_band() -> None:
    """a 1, b 2: E = 100 - 25 * 19/10 = 52.5, moderate. a 0, b 0: 100, high. a 2, b 4: E = 5, low, with no hole."""
    assert risky({"a": 1, "b": 2}).band(METHOD) == "moderate"
    assert risky({"a": 0, "b": 0}).band(METHOD) == "high"
    assert risky({"a": 2, "b": 4}).band(METHOD) == "low"


def test_a_possible_hole_widens_the_possible_bands_only() -> None:
    """a unknown, b 4: E = 0; at worst 100 - 25 * 36/10 = 10, low, but then a would be a hole."""
    risk = risky({"a": "dk", "b": 4})
    assert (risk.band(METHOD), risk.possible_bands(METHOD)) == ("low", ["low", "moderate"])


def test_an_unpublished_exposure_has_no_band_but_holes_and_possible_bands() -> None:
    """a 1 of load 1, b unknown of load 9: at best 100 - 25 * 37/10 = 7.5, lifted to moderate; at worst 97.5."""
    risk = risky({"a": 1})
    assert (risk.measure.low, risk.measure.high, risk.measure.published) == (F("7.5"), F("97.5"), False)
    assert (risk.band(METHOD), risk.possible_bands(METHOD)) == (None, ["moderate", "high"])
    assert [item.id for item in risk.holes] == ["a"]


def test_a_risk_that_nothing_feeds_has_no_band() -> None:
    risk = risky({"a": "na", "b": "na"})
    assert (risk.band(METHOD), risk.possible_bands(METHOD), risk.holes) == (None, [], ())


def test_pillars_weigh_by_the_share_of_the_trend_that_applies() -> None:
    """t (W 3): a and b apply, each 3 * 1/2 = 1.5. u (W 1): c alone, 1. Pillar of a and c: (1.5*100 + 1*0) / 2.5 = 60."""
    small = questionnaire(
        ("t", [indicator("a", pillar="p"), indicator("b"), indicator("x")]),
        ("u", [indicator("c", pillar="p")]),
        ("v", [indicator("d", pillar="q")]),
        weights={"t": 3, "v": 0},
        pillars=[{"id": "p", "title": "P"}, {"id": "q", "title": "Q"}],
    )
    scores = scored(small, {"a": 4, "b": 0, "x": "na", "c": 0, "d": 4})
    assert scores.pillars[0].measure.score == 60
    assert scores.pillars[1].measure == measured(
        None, None, None, None, published=False
    )  # only in a trend without weight


def test_the_quick_form_scores_its_own_questions() -> None:
    small = one_trend(indicator("a", quick=True), indicator("b"))
    assert scored(small, {"a": 4, "b": 0}, form="quick").overall.measure.score == 100
    assert scored(small, {"a": 4, "b": 0}).overall.measure.score == 50


def test_the_four_states_are_counted_apart() -> None:
    small = one_trend(*(indicator(name) for name in "abcd"))
    scores = scored(small, {"a": 1, "b": "dk", "c": "na"})
    assert scores.overall.counts == (1, 1, 1, 1)
    assert scores.overall.counts.asked == 4


@pytest.mark.parametrize(
    ("value", "band"), [(F("39.99999"), "low"), (40, "middle"), (F(209999, 3000), "middle"), (70, "high")]
)
def test_a_value_on_a_limit_belongs_to_the_upper_band(value: Fraction, band: str) -> None:
    """209999/3000 = 69.99967 prints as 70.0 and is below 70."""
    assert band_of(value, [F(40), F(70)], ("low", "middle", "high")) == band


def test_a_weighted_mean_leaves_out_what_is_not_known() -> None:
    """(2*3 + 1*0)/(2 + 1) = 2; a value without weight changes nothing, and alone it has no mean."""
    assert weighted_mean([(F(2), 3), (F(1), 0), (F(5), None), (F(0), 4)]) == 2
    assert weighted_mean([(F(0), 4), (F(5), None)]) is None
