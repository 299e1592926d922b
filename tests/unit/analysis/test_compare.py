"""What compare says, on sheets small enough to work out by hand."""

from fractions import Fraction

import pytest

from allycheck.analysis.compare import compare, course
from allycheck.analysis.robustness import multiplier
from allycheck.errors import AllycheckError
from allycheck.numbers import exact
from tests.alliances import indicator, questionnaire, sheet

SMALL = questionnaire(
    ("trust", [indicator("charter", weight=2), indicator("ledger"), indicator("audit", reverse=True)]),
    ("pace", [indicator("drill"), indicator("fund")]),
    weights={"trust": 3, "pace": 1},
)
FULL = {"charter": 2, "ledger": 1, "audit": 4, "drill": 2, "fund": 0}


def test_a_clear_rise_is_scored_with_the_newer_weights() -> None:
    """Only charter rises, 2 to 4: trust moves by 25*2*2/(2+1+1) = 25, the whole by 3/4 of that = 18.75."""
    result = compare(sheet(SMALL, FULL), sheet(SMALL, FULL | {"charter": 4}))
    assert result.verdict == "clear_rise"
    assert (result.real_change, result.questionnaire_effect, result.linked_coverage) == (18.75, 0.0, 1.0)
    assert [(trend.id, trend.change) for trend in result.trends or []] == [("trust", 25.0), ("pace", 0.0)]
    assert (result.up, result.down, result.rise_share) == (["charter"], [], None)


def test_a_reversed_answer_that_goes_down_is_a_rise() -> None:
    """Audit 4 -> 0 is level 0 -> 4: trust moves by 25*4/4 = 25."""
    result = compare(sheet(SMALL, FULL), sheet(SMALL, FULL | {"audit": 0}))
    assert (result.verdict, result.up, result.real_change) == ("clear_rise", ["audit"], 18.75)


def test_what_is_newly_known_moves_the_headline_and_not_the_real_change() -> None:
    """Before, fund is unknown: pace scores 50, R0 = (3*S + 50)/4 with S = 25*(4+1+0)/4 = 31.25, so 35.9375.
    After, fund is 4: pace scores 75, R1 = (93.75 + 75)/4 = 42.1875. D = 0, so 6.25 is the questionnaire effect.
    The linked coverage is (3*1 + 1*1/2)/4 = 0.875.
    """
    result = compare(sheet(SMALL, FULL | {"fund": "dk"}), sheet(SMALL, FULL | {"fund": 4}))
    assert (result.verdict, result.newly_known, result.linked_coverage) == ("no_change", ["fund"], 0.875)
    assert (result.headline_before, result.headline_after) == (35.9375, 42.1875)
    assert (result.real_change, result.questionnaire_effect) == (0.0, 6.25)


def test_a_mixed_change_says_in_how_many_draws_it_is_a_rise() -> None:
    """Drill climbs 1 and fund falls 1 in a trend of equal weights, so D > 0 in just the draws in which drill is heavier."""
    result = compare(sheet(SMALL, FULL | {"fund": 3}), sheet(SMALL, FULL | {"fund": 2, "drill": 3}))
    heavier = sum(multiplier(draw, "w", "drill") > multiplier(draw, "w", "fund") for draw in range(1, 1001))
    assert (result.verdict, result.real_change) == ("mixed", 0.0)
    assert result.rise_share is not None
    assert exact(result.rise_share) == Fraction(heavier, 1000)


def test_exactly_two_thirds_in_common_is_comparable_and_less_is_not() -> None:
    """Three equal indicators, two known at both times: 2/3. One: 1/3, and then nothing that compares is given."""
    thirds = questionnaire(("trust", [indicator("a"), indicator("b"), indicator("c")]))
    now = sheet(thirds, {"a": 2, "b": 2, "c": 2})
    enough = compare(sheet(thirds, {"a": 1, "b": 1}), now)
    assert (enough.verdict, enough.linked_coverage, enough.real_change) == ("clear_rise", 0.6667, 25.0)
    short = compare(sheet(thirds, {"a": 1}), now)
    assert (short.verdict, short.comparable) == ("not_comparable", False)
    assert (short.real_change, short.questionnaire_effect, short.trends, short.rise_share) == (None, None, None, None)
    assert [move.share for move in short.moves] == [None]


def test_a_trend_is_comparable_alone_from_two_thirds_on() -> None:
    """In common are two of three in trust, one of three in pace and all of calm: (2/3 + 1/3 + 3*1)/5 = 0.8 together."""
    thirds = questionnaire(
        ("trust", [indicator(name) for name in "abc"]), ("pace", [indicator(name) for name in "def"]),
        ("calm", [indicator("g")]), weights={"calm": 3},
    )  # fmt: skip
    result = compare(sheet(thirds, dict.fromkeys("abdg", 1)), sheet(thirds, dict.fromkeys("abcdefg", 2)))
    assert result.linked_coverage == 0.8
    assert [(trend.linked_coverage, trend.comparable) for trend in result.trends or []] == [
        (0.6667, True), (0.3333, False), (1.0, True),
    ]  # fmt: skip


def test_the_same_answers_in_another_form_are_not_the_same_sheet() -> None:
    """The quick sheet answers a; the full one answers it alike and asks b and c, too: 1/3 in common."""
    quick = questionnaire(("trust", [indicator("a", quick=True), indicator("b"), indicator("c")]))
    assert compare(sheet(quick, {"a": 1}, form="quick"), sheet(quick, {"a": 1})).verdict == "not_comparable"


def test_identical_sheets_are_no_change_whatever_the_coverage() -> None:
    nearly_empty = sheet(SMALL, {"fund": 1})
    result = compare(nearly_empty, sheet(SMALL, {"fund": {"answer": 1, "comment": "another note"}}))
    assert (result.verdict, result.comparable, result.real_change) == ("no_change", True, 0.0)
    changed = compare(nearly_empty, sheet(SMALL, {"fund": 1, "drill": "dk"}))
    assert changed.verdict == "not_comparable"


def test_an_unpublished_headline_stays_untold() -> None:
    """The old full sheet knows only the two quick questions (2 of 5 by weight), the new quick one all of its scope."""
    quick = questionnaire(("trust", [indicator("a", quick=True), indicator("b"), indicator("c")]))
    result = compare(sheet(quick, {"a": 1}), sheet(quick, {"a": 2}, form="quick"))
    assert (result.verdict, result.real_change, result.dropped) == ("clear_rise", 25.0, ["b", "c"])
    assert (result.headline_before, result.questionnaire_effect) == (None, None)


NEWER = questionnaire(
    ("trust", [indicator("charter", weight=2, rev=2, rev_since="1.1"), indicator("ledger")]),
    ("pace", [indicator("drill"), indicator("fund"), indicator("relay", since="1.1")]),
    version="1.1",
    retired=[{"id": "audit", "code": "AU1", "until": "1.0"}],
)


def test_without_the_old_version_what_was_reworded_is_left_out_and_no_headline_is_given() -> None:
    """Common: ledger (1 of 3 in trust), drill and fund (2 of 3 in pace); coverage (1/3 + 2/3)/2 = 1/2.
    R1 = (trust 50 + pace 25*(2+2+4)/3)/2 = 58.3333.
    """
    before = sheet(NEWER, {"charter": 2, "ledger": 1, "drill": 1, "fund": 1, "audit": 3}, version="1.0")
    after = sheet(NEWER, {"charter": 2, "ledger": 2, "drill": 2, "fund": 2, "relay": 4}, version="1.1")
    result = compare(before, after)
    assert (result.reworded, result.added, result.dropped) == (["charter"], ["relay"], ["audit"])
    assert (result.newly_known, result.linked_coverage, result.verdict) == ([], 0.5, "not_comparable")
    assert (result.headline_before, result.headline_after) == (None, 58.3333)
    assert result.labels["audit"] == "AU1"


def test_what_was_reworded_after_the_newer_sheet_is_left_out_too() -> None:
    """The later sheet was answered with 1.0, before charter was re-worded; the earlier one with 1.1."""
    before = sheet(NEWER, {"charter": 2, "ledger": 1, "drill": 1, "fund": 1}, version="1.1")
    after = sheet(NEWER, {"charter": 4, "ledger": 1, "drill": 1, "fund": 1}, version="1.0")
    result = compare(before, after)
    assert (result.reworded, result.common) == (["charter"], ["ledger", "drill", "fund"])


def test_with_the_old_version_both_headlines_are_told() -> None:
    """R0 with the old weights: trust 25*(2*2+1+0)/4 = 31.25, pace 25, (3*31.25 + 25)/4 = 29.6875."""
    before = sheet(SMALL, {"charter": 2, "ledger": 1, "audit": 4, "drill": 1, "fund": 1}, version="1.0")
    after = sheet(NEWER, {"charter": 2, "ledger": 2, "drill": 2, "fund": 2, "relay": 4}, version="1.1")
    result = compare(before, after)
    assert (result.reworded, result.added, result.dropped) == (["charter"], ["relay"], ["audit"])
    assert result.headline_before == 29.6875


def test_another_rev_is_another_question_whatever_the_versions_say() -> None:
    other = questionnaire(("trust", [indicator("charter", rev=2), indicator("ledger"), indicator("audit")]))
    result = compare(sheet(SMALL, FULL), sheet(other, {"charter": 2, "ledger": 1, "audit": 0}))
    assert (result.reworded, result.common) == (["charter"], ["ledger", "audit"])


def test_na_that_comes_and_goes_is_told_apart() -> None:
    result = compare(sheet(SMALL, FULL | {"fund": "na"}), sheet(SMALL, FULL | {"drill": "na"}))
    assert (result.newly_applicable, result.no_longer_applicable) == (["fund"], ["drill"])
    assert (result.newly_known, result.newly_unknown) == (["fund"], ["drill"])


def test_moves_stand_in_the_order_of_their_effect() -> None:
    """Of the whole: ledger +3 adds 25*3/4*1/4*3 = 14.0625, drill -1 takes 25*1/4*1/2 = 3.125."""
    result = compare(sheet(SMALL, FULL), sheet(SMALL, FULL | {"ledger": 4, "drill": 1}))
    assert [(move.id, move.share) for move in result.moves] == [("ledger", 14.0625), ("drill", -3.125)]


def test_moves_of_the_same_effect_stand_in_the_order_of_their_size() -> None:
    """Charter weighs 2 and climbs 1, ledger weighs 1 and climbs 2: the same effect, 3/4*25*2/4 = 9.375."""
    result = compare(sheet(SMALL, FULL), sheet(SMALL, FULL | {"charter": 3, "ledger": 3}))
    assert [(move.id, move.share) for move in result.moves] == [("ledger", 9.375), ("charter", 9.375)]


def test_sheets_of_different_questionnaires_are_refused() -> None:
    other = questionnaire(("trust", [indicator("charter")]), id="other")
    with pytest.raises(AllycheckError, match=r"old\.yaml: these answers are for the questionnaire other"):
        compare(sheet(other, {}, "old.yaml"), sheet(SMALL, {}))


def test_the_newer_headline_is_that_of_its_report_whatever_version_it_records() -> None:
    """R1: trust 25, pace 25*(2+1)/2 = 37.5 over what is known, together 31.25."""
    both = [sheet(NEWER, {"ledger": 1, "drill": level, "fund": 1, "charter": 1}, version="1.0") for level in (1, 2)]
    result = compare(*both)
    assert (result.headline_before, result.headline_after) == (None, 31.25)


def test_the_course_shows_each_sheet_and_the_whole_way() -> None:
    """Drill 1, 2, 4 in pace, one of two of equal weight: pace moves by 12.5 and 25, the whole by a quarter of that."""
    result = course([sheet(SMALL, FULL | {"drill": level}) for level in (1, 2, 4)])
    assert [step.real_change for step in result.steps] == [3.125, 6.25]
    assert result.whole.real_change == 9.375
    assert [(trend.id, trend.scores, trend.change) for trend in result.trends][1] == ("pace", [12.5, 25.0, 50.0], 37.5)
    assert [moment.score for moment in result.moments] == [26.5625, 29.6875, 35.9375]


def test_the_course_leaves_out_what_an_older_version_scored() -> None:
    old, new = sheet(NEWER, {"ledger": 1}, version="1.0"), sheet(NEWER, {"ledger": 2}, version="1.1")
    result = course([old, new, new])
    assert [trend.scores[0] for trend in result.trends] == [None, None]
    assert result.moments[0].low is None
