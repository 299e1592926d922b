"""What holds for any team."""

import statistics
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from allycheck.analysis.merge import merge
from allycheck.analysis.merged_answers import team_answers
from allycheck.numbers import number
from allycheck.report import as_plain
from allycheck.scored import Scored, scored
from allycheck.scoring import published
from tests.alliances import indicator, questionnaire, sheet

QUESTIONS = questionnaire(
    ("trust", [indicator("a"), indicator("b", reverse=True), indicator("c", weight=2)]),
    ("pace", [indicator("d"), indicator("e")]),
)
ANSWER = st.sampled_from([0, 1, 2, 3, 4, "na", "dk", None])
NOTED = st.builds(
    lambda answer, comment: {"answer": answer, "comment": comment}, ANSWER, st.sampled_from([None, "x", "y"])
)
ANSWERS = st.fixed_dictionaries({}, optional=dict.fromkeys("abcde", NOTED))
TEAMS = st.lists(ANSWERS, min_size=1, max_size=6)
NAMES = ["Respondent one", "Respondent two", "Respondent three", "Respondent four", "Respondent five", "Respondent six"]


def team(answers: list[dict[str, Any]]) -> list[Scored]:
    """A sheet of each."""
    named = zip(NAMES, answers, strict=False)
    return [sheet(QUESTIONS, own, f"{name}.yaml", respondent=name) for name, own in named]


@given(ANSWERS, st.integers(1, 5))
def test_a_merge_of_equals_is_the_sheet(answers: dict[str, Any], number: int) -> None:
    one = sheet(QUESTIONS, answers)
    merged = team_answers([one] * number)
    noted = {name: entry for name, entry in one.answers.answers.items() if entry.answer is not None or entry.comment}
    assert {name: merged.answers[name] for name in sorted(merged.answers)} == {
        name: noted[name] for name in sorted(noted)
    }
    result = merge([one] * number)
    assert (result.overall is None) == (not one.scores.overall.measure.published)
    assert not any(own.disagree or own.scope_dispute for own in result.indicators)


@given(TEAMS, st.booleans(), st.randoms(use_true_random=False))
def test_the_order_of_files_changes_nothing(answers: list[dict[str, Any]], names: Any, dice: Any) -> None:
    sheets = team(answers)
    shuffled = dice.sample(sheets, len(sheets))
    assert team_answers(sheets, names=names) == team_answers(shuffled, names=names)
    assert as_plain(merge(sheets, names=names)) == as_plain(merge(shuffled, names=names))


@given(TEAMS)
def test_the_median_is_that_of_the_standard_library(answers: list[dict[str, Any]]) -> None:
    """Recomputed apart: levels after reversal, `statistics.median_low`, `na` by majority over the levels."""
    result = merge(team(answers), names=True)
    for own in result.indicators:
        given_ = [entry.get(own.id, {}).get("answer") for entry in answers]
        levels = [4 - level if own.id == "b" else level for level in given_ if isinstance(level, int)]
        if given_.count("na") > len(levels):
            assert own.answer == "na"
        elif levels:
            assert own.level == statistics.median_low(levels)
        else:
            assert own.answer == ("dk" if "dk" in given_ else None)


@given(TEAMS)
def test_the_score_without_somebody_is_that_of_the_others_merged(answers: list[dict[str, Any]]) -> None:
    """The plain way: everybody else's sheets merged and scored, one after the other."""
    sheets = team(answers)
    people = {one.name: one.without for one in merge(sheets, names=True).people or []}
    for at, own in enumerate(sheets):
        others = [*sheets[:at], *sheets[at + 1 :]]
        alone = published(scored(QUESTIONS, team_answers(others)).scores.overall.measure) if others else None
        assert people[own.answers.respondent] == number(alone)


@given(TEAMS)
def test_no_respondent_is_named_unless_asked_for(answers: list[dict[str, Any]]) -> None:
    sheets = team(answers)
    told = str(as_plain(merge(sheets))) + str(team_answers(sheets))
    assert not any(name in told for name in NAMES)


@given(st.lists(ANSWERS, min_size=1, max_size=2))
def test_two_people_see_no_single_answer(answers: list[dict[str, Any]]) -> None:
    result = merge(team(answers))
    assert (result.scores, result.people, result.without) == (None, None, None)
    assert all((own.levels, own.ad, own.r_wg) == (None, None, None) for own in result.indicators)
    assert all(one.anchors is None and one.ad is None for one in result.discuss)
    entries = team_answers(team(answers)).answers.values()
    assert not any("Answers:" in (entry.comment or "") for entry in entries)
