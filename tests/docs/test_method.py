"""The worked example of docs/method.md is what the program computes."""

from pathlib import Path

import pytest

from allycheck.loading import load_sheet
from allycheck.numbers import as_text
from allycheck.priorities import overall_blocker
from allycheck.scoring import score, share_at

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/method.md").read_text(encoding="utf-8")
EXAMPLE = ROOT / "questionnaires/alliance-readiness/examples/northwind-cells.yaml"


@pytest.fixture(scope="module")
def scores():
    sheet = load_sheet(str(EXAMPLE))
    return score(sheet.questionnaire, sheet.answers)


def test_the_table_shows_the_answers_of_the_example(scores) -> None:
    trend = next(trend for trend in scores.trends if trend.trend.id == "rapid-response")
    for item in trend.items:
        product = "not known" if item.level is None else as_text(item.weight * item.level, 0)
        row = f"| {item.indicator.code} | {item.answer} | {as_text(item.weight, 0)} | {product} |"
        assert row in PAGE


def test_the_trend_by_hand_has_the_numbers_that_are_computed(scores) -> None:
    trend = next(trend for trend in scores.trends if trend.trend.id == "rapid-response")
    measure = trend.measure
    assert f"25 x 11 / 12 = **{as_text(measure.score)}**" in PAGE
    assert f"12 of 13 points of weight are known: **{as_text(100 * measure.coverage, 0)}%**" in PAGE
    assert f"25 x 11 / 13 = **{as_text(measure.low)}**" in PAGE
    assert f"25 x (11 + 4) / 13 = **{as_text(measure.high)}**" in PAGE
    pairs = [(item.weight, item.level or 0) for item in trend.applicable]
    assert trend.level == 1
    assert f"9 of 13 ({as_text(100 * share_at(pairs, 1), 0)}%" in PAGE
    assert f"2 of 13 ({as_text(100 * share_at(pairs, 2), 0)}%)" in PAGE


def test_the_overall_numbers_are_those_computed(scores) -> None:
    measure, blocker = scores.overall.measure, overall_blocker(scores)
    text = " ".join(PAGE.split())
    assert (
        f"it is **{as_text(measure.score)}**, with a range from **{as_text(measure.low)}** to **{as_text(measure.high)}**"
        in text
    )
    assert f"The venture is at **Defined** ({blocker.level})" in text
    assert (
        f"it would need {as_text(100 * blocker.needed, 0)}% of the weight at level 3 and has {as_text(100 * blocker.share, 0)}%"
        in text
    )
    assert len(blocker.below_gap) == 3
