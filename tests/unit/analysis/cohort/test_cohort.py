"""A cohort in small: what is told of whom, by hand."""

from fractions import Fraction
from typing import Any

import pytest

from allycheck.analysis.cohort.benchmark import benchmark
from allycheck.analysis.cohort.cohort import cohort
from allycheck.analysis.cohort.members import latest, records
from allycheck.analysis.cohort.result import Cohort, GroupReport
from allycheck.analysis.cohort.roll_up import roll_up
from allycheck.analysis.cohort.tally import tallied
from allycheck.errors import AllycheckError
from allycheck.questionnaire import Questionnaire
from allycheck.report import Beside
from allycheck.scored import Scored
from tests.alliances import indicator, questionnaire, sheet

QUESTIONS = questionnaire(
    ("trust", [indicator("a", risks={"rift": 1}, critical=["rift"]), indicator("b"), indicator("c")]),
    risks=[{"id": "rift", "title": "Rift"}],
    actors=[{"id": "firm", "title": "Firm"}, {"id": "city", "title": "City"}],
)


def one(name: str, level: Any, actor: str = "firm", **more: Any) -> Scored:
    """A sheet of three equal answers: its score is 25 times the level."""
    return sheet(QUESTIONS, dict.fromkeys("abc", level), f"{name}.yaml", organisation=name, actor=actor, **more)


def together(sheets: list[Scored], *by: str) -> Cohort:
    return cohort(tallied(QUESTIONS, by, records(sheets, by)))


def firms(levels: list[Any]) -> list[Scored]:
    return [one(f"Firm {at}", level) for at, level in enumerate(levels)]


def cities(levels: list[Any]) -> list[Scored]:
    return [one(f"City {at}", level, "city") for at, level in enumerate(levels)]


def standings(result: Cohort) -> dict[str, str]:
    return {group.key["actor"]: group.standing for group in result.groups}


def measured(group: GroupReport) -> tuple[float | None, float | None, float | None]:
    assert group.overall is not None
    return tuple(group.overall.distribution)


def test_of_four_nothing_is_told() -> None:
    whole = together(firms([0, 1, 2, 3])).whole
    assert whole == GroupReport({}, "fewer than 5", None, None, None, None, [], [], [], [], [], [])


def test_of_five_the_median_is_told_and_no_quartile() -> None:
    """Levels 0 1 2 3 4 are 0, 25, 50, 75 and 100 points: the third of five is 50."""
    assert measured(together(firms([0, 1, 2, 3, 4])).whole) == (50.0, None, None)


def test_of_ten_the_quartiles_are_told() -> None:
    """Scores 0 0 0 25 25 50 50 75 100 100: places (10-1)/4 = 2.25 between 0 and 25, 4.5, and 6.75 between 50 and 75.

    0 + 0.25 * 25 = 6.25; (25 + 50) / 2 = 37.5; 50 + 0.75 * 25 = 68.75.
    """
    assert measured(together(firms([0, 0, 0, 1, 1, 2, 2, 3, 4, 4])).whole) == (37.5, 6.25, 68.75)


def test_a_small_group_takes_the_smallest_other_with_it() -> None:
    """Of 11, 3 cities would follow from 11 less 8 firms; so with two groups neither is told."""
    assert standings(together([*firms([2] * 8), *cities([2] * 3)], "actor")) == {
        "city": "fewer than 5",
        "firm": "withheld",
    }


def test_groups_of_five_are_told() -> None:
    assert standings(together([*firms([2] * 5), *cities([2] * 5)], "actor")) == {"city": "told", "firm": "told"}


def test_quartiles_do_not_say_how_many_have_no_score() -> None:
    """Of eleven, one has no score: with quartiles told one would know that ten have one."""
    assert measured(together(firms([2] * 10 + ["dk"])).whole) == (50.0, None, None)
    assert measured(together(firms([2] * 13 + ["dk"])).whole) == (50.0, 50.0, 50.0)


BROAD = questionnaire(*((trend, [indicator(f"{trend}{at}") for at in range(3)]) for trend in "abc"))


def at_levels(levels: list[Any], questions: Questionnaire = BROAD) -> list[tuple[int, int, int]] | None:
    names = list(questions.indicators)
    sheets = [sheet(questions, dict.fromkeys(names, own), organisation=str(at)) for at, own in enumerate(levels)]
    told = cohort(tallied(questions, (), records(sheets, ()))).whole.levels
    return told and [tuple(one) for one in told]


def test_levels_are_put_together_until_each_holds_five() -> None:
    """Three are at level 0 and three at 1, so they are one."""
    assert at_levels([0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 2, 2]) == [(0, 1, 6), (2, 2, 6), (3, 3, 0), (4, 4, 0)]


def test_one_without_a_score_keeps_the_levels_untold() -> None:
    assert at_levels([2] * 9 + ["dk"]) is None


def test_levels_that_hang_on_single_answers_are_not_told() -> None:
    """With three equal questions and one trend, the level of readiness is that of the trend."""
    assert at_levels([2] * 9, questionnaire(("trust", [indicator(name) for name in "abc"]))) is None


def test_what_is_known_is_told_in_whole_percent() -> None:
    """One of 36 answers is not known: 35/36 = 97.2%."""
    sheets = [*firms([2] * 11), sheet(QUESTIONS, {"a": 2, "b": 2, "c": "dk"}, organisation="X", actor="firm")]
    assert together(sheets).whole.known == 0.97


def test_a_share_is_told_with_whom_it_is_a_share_of() -> None:
    """Six of eleven are at level 1: 6/11 = 54.55%. The critical one of them is a hole."""
    whole = together(firms([1] * 6 + [3] * 5)).whole
    assert [(own.id, own.n, own.asked, own.share) for own in whole.weak] == [(name, 6, 11, 0.5455) for name in "abc"]
    assert [own.id for own in whole.holes] == ["a"]
    assert [own.n for own in whole.strong] == [5, 5, 5]


def test_a_share_of_four_is_withheld() -> None:
    assert together(firms([1] * 4 + [3] * 8)).whole.weak == []


def test_the_groups_that_differ_most_come_first() -> None:
    first, *_ = together([*firms([1] * 5), *cities([3] * 5)], "actor").differences
    assert (first.id, first.apart) == ("trust", 50.0)
    assert [(own.key["actor"], own.median) for own in first.medians] == [("city", 75.0), ("firm", 25.0)]


def test_of_each_organisation_the_latest_sheet_counts() -> None:
    old, new, nameless = one("A", 0, date="2025-01-01"), one("A", 4, date="2026-01-01"), sheet(QUESTIONS, {}, "x.yaml")
    assert latest([old, nameless, new], []) == [nameless, new]


def test_two_sheets_of_a_day_are_refused() -> None:
    with pytest.raises(AllycheckError) as raised:
        latest([one("A", 0, date="2026-01-01"), one("A", 4, date="2026-01-01")], [])
    assert [str(fault) for fault in raised.value.faults] == [
        "A.yaml: A.yaml is of A, too, and both are of 2026-01-01; merge them, or leave one out"
    ]


def test_mixed_versions_are_refused_unless_split() -> None:
    mixed = [one("A", 0, version="1.0"), one("B", 0, version="0.9")]
    with pytest.raises(
        AllycheckError, match=r"1 sheet of 0\.9 and 1 sheet of 1\.0; take one, or split them: --by version"
    ):
        latest(mixed, [])
    assert latest(mixed, ["version"]) == mixed


def beside(own: Scored, others: list[Scored]) -> Beside:
    return benchmark(own, others).beside[0]


def test_nothing_is_told_beside_four_others() -> None:
    assert beside(one("A", 2), [one("A", 4), *firms([0, 1, 2, 3])]) == Beside(
        "overall", "overall", 50.0, None, None, None, None, None, None, None
    )


def test_only_others_of_the_same_actor_and_version_are_beside() -> None:
    others = [*firms([0, 1, 2, 3, 4]), *cities([0] * 9), one("Old", 4, version="0.9")]
    assert beside(one("A", 2), others) == Beside("overall", "overall", 50.0, 5, 50.0, None, None, 2, 1, None)


def test_without_a_name_one_is_left_out_by_its_answers() -> None:
    own = sheet(QUESTIONS, dict.fromkeys("abc", 2), actor="firm")
    assert beside(own, [own, *firms([0, 1, 2, 3, 4])]).n == 5


def test_however_it_is_written_an_organisation_is_one() -> None:
    old, new = one("City  Hall", 0, date="2025-01-01"), one("city hall", 4, date="2026-01-01")
    assert latest([old, new], []) == [new]


def test_the_rank_of_twenty() -> None:
    """Ten others at 0, six at 50, four at 100, oneself at 50: 100 * (10 + 6/2) / 20 = 65."""
    told = beside(one("A", 2), firms([0] * 10 + [2] * 6 + [4] * 4))
    assert (told.n, told.below, told.equal, told.rank) == (20, 10, 6, 65.0)


def test_a_portfolio_has_most_holes_first() -> None:
    result = roll_up([one("Good", 3), one("Unknown", "dk"), one("Bad", 1)], [one("Good", 2), one("Gone", 2)])
    assert [(own.organisation, own.score, own.holes) for own in result.members] == [
        ("Bad", 25.0, ["a"]),
        ("Good", 75.0, []),
        ("Unknown", None, []),
    ]
    good = result.members[1].change
    assert good is not None
    assert (good.verdict, good.real_change) == ("clear_rise", 25.0)
    assert result.gone == ["Gone"]


def test_the_mean_of_what_is_known() -> None:
    """Nine know everything, one nothing: 90%."""
    assert together(firms([2] * 9 + ["dk"])).whole.known == float(Fraction(9, 10))
