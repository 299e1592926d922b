"""What holds for any two sheets."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from allycheck.analysis.compare import compare
from allycheck.numbers import exact
from allycheck.scored import Scored
from tests.alliances import indicator, questionnaire, sheet

QUESTIONS = questionnaire(
    ("trust", [indicator("a", weight="0.5"), indicator("b", reverse=True), indicator("c")]),
    ("pace", [indicator("d"), indicator("e", weight=3)]),
    ("idle", [indicator("f")]),
    weights={"trust": 2, "pace": "1.5", "idle": 0},
)
ANSWERS = st.fixed_dictionaries(
    {}, optional=dict.fromkeys("abcdef", st.sampled_from([0, 1, 2, 3, 4, "na", "dk", None]))
)
SHEETS = ANSWERS.map(lambda answers: sheet(QUESTIONS, answers))
LEVELS = st.fixed_dictionaries(dict.fromkeys("abcdef", st.integers(0, 4))).map(lambda levels: sheet(QUESTIONS, levels))


@given(SHEETS)
def test_a_sheet_compared_with_itself_is_no_change(same: Scored) -> None:
    result = compare(same, same)
    assert (result.verdict, result.real_change, result.moves) == ("no_change", 0.0, [])


@given(SHEETS, SHEETS)
def test_going_back_undoes_the_change_where_the_same_questions_apply(before: Scored, after: Scored) -> None:
    there, back = compare(before, after), compare(after, before)
    assert (there.common, there.up, there.down) == (back.common, back.down, back.up)
    if there.real_change is not None and back.real_change is not None:
        assert there.real_change == -back.real_change


@given(SHEETS, SHEETS)
def test_nothing_is_compared_under_two_thirds(before: Scored, after: Scored) -> None:
    result = compare(before, after)
    if not result.comparable:
        assert result.linked_coverage is None or exact(result.linked_coverage) < Fraction(2, 3)
        assert (result.real_change, result.trends, result.rise_share) == (None, None, None)


@given(LEVELS, LEVELS)
def test_the_parts_add_up_to_the_whole(before: Scored, after: Scored) -> None:
    """With every level known the real change is R1 - R0, and trends and moves are its parts."""
    result = compare(before, after)
    assert result.real_change is not None
    change = exact(result.real_change)
    assert change == sum(exact(trend.share or 0.0) for trend in result.trends or [])
    assert change == sum(exact(move.share or 0.0) for move in result.moves)
    assert result.questionnaire_effect == 0
