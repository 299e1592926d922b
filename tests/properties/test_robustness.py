"""What holds of the other readings of any sheet."""

from hypothesis import given
from hypothesis import strategies as st

from allycheck.analysis import robustness as module
from allycheck.numbers import exact
from tests.alliances import indicator, questionnaire, sheet

QUESTIONS = questionnaire(
    ("trust", [indicator("a", weight="0.5"), indicator("b", reverse=True), indicator("c")]),
    ("pace", [indicator("d"), indicator("e", weight=3)]),
    ("idle", [indicator("f")]),
    weights={"trust": 2, "pace": "1.5", "idle": 0},
)
ANSWERS = st.fixed_dictionaries(
    {}, optional=dict.fromkeys("abcdef", st.sampled_from([0, 1, 2, 3, 4, 2, 3, "na", "dk"]))
)


@given(ANSWERS)
def test_the_score_lies_between_its_readings_and_a_mean_of_draws_hides_no_level(answers: dict[str, object]) -> None:
    """Late steps can only lower R, early ones only raise it; the imbalance is never negative (method 8)."""
    scores = sheet(QUESTIONS, answers).scores
    result = module.robustness(scores)
    if result.smallest is not None and result.largest is not None:
        score = scores.overall.measure.score
        assert score is not None
        assert 0 <= exact(result.smallest) <= score <= exact(result.largest) <= 100
        assert exact(result.imbalance or 0.0) >= 0
        assert exact(result.draws.p05 or 0.0) <= exact(result.draws.p95 or 0.0)
    if scores.overall.level is not None:
        assert sum(map(exact, result.draws.level_share)) == 1
