"""The other readings of the same answers, worked by hand, and the draws against a plain second calculation."""

import math
import time
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from allycheck.analysis.robustness import DRAWS, multiplier, robustness
from allycheck.loading import load_sheet
from allycheck.numbers import exact
from allycheck.report import Robustness
from allycheck.scored import Scored
from allycheck.scoring import average, level_reached, measure, score
from tests.alliances import indicator, questionnaire, sheet

EXAMPLES = Path(__file__).parents[3] / "questionnaires/alliance-readiness/examples"
SMALL = questionnaire(
    ("trust", [indicator("charter", weight=2), indicator("ledger"), indicator("audit", reverse=True)]),
    ("pace", [indicator("drill"), indicator("fund", weight="0.5")]),
    ("idle", [indicator("relay")]),
    weights={"trust": 3, "pace": 1, "idle": 0},
)
PART = {"charter": 3, "ledger": 1, "audit": 0, "drill": 2, "fund": "na", "relay": 4}
"""Levels: trust 3, 1, 4 after reversal; pace 2, and one that does not apply; idle has no weight."""


def readings(result: Robustness) -> dict[str, float | None]:
    return {reading.id: reading.score for reading in result.readings}


def test_every_reading_changes_one_thing() -> None:
    """R = (3 * 25*(2*3+1+4)/4 + 50)/4 = (3*68.75 + 50)/4 = 64.0625.

    Equal indicator weights: trust 25*(3+1+4)/3 = 66.6667, R = (200 + 50)/4 = 62.5.
    Equal trend weights, the idle trend still 0: (68.75 + 50)/2 = 59.375.
    Geometric: g = 69.0625 and 50.5; (exp(3/4 ln 69.0625 + 1/4 ln 50.5) - 1)/0.99.
    Early: trust (2*90+40+100)/4 = 80, pace 70, (240+70)/4 = 77.5. Late: (2*60+10+100)/4 = 57.5, 30, (172.5+30)/4 = 50.625.
    Nothing is unknown, so unknown as zero is R. `na` as zero: pace 25*2/1.5 = 33.3333, (206.25 + 33.3333)/4 = 59.8958.
    """
    result = robustness(sheet(SMALL, PART).scores)
    geometric = (math.exp(0.75 * math.log(69.0625) + 0.25 * math.log(50.5)) - 1) / 0.99
    assert readings(result) == {
        "equal_indicator_weights": 62.5,
        "equal_trend_weights": 59.375,
        "geometric": pytest.approx(geometric, abs=5e-5),
        "early": 77.5,
        "late": 50.625,
        "unknown_as_zero": 64.0625,
        "na_as_zero": 59.8958,
    }
    assert (result.smallest, result.largest) == (50.625, 77.5)
    assert result.imbalance == pytest.approx(64.0625 - geometric, abs=5e-5)


def test_unknown_as_zero_is_the_low_end_of_the_range() -> None:
    """Ledger unknown: trust 25*(6+0+4)/4 = 62.5 with it as zero, pace 50, (187.5 + 50)/4 = 59.375."""
    scores = sheet(SMALL, PART | {"ledger": "dk"}).scores
    assert readings(robustness(scores))["unknown_as_zero"] == 59.375
    assert scores.overall.measure.low == Fraction("59.375")


def test_a_trend_that_is_all_na_counts_as_zero_when_na_does() -> None:
    """Trust 68.75 and pace 0: 3*68.75/4 = 51.5625."""
    scores = sheet(SMALL, PART | {"drill": "na"}).scores
    assert readings(robustness(scores))["na_as_zero"] == 51.5625


def test_even_trends_hide_nothing() -> None:
    """All trends at 50: the geometric mean is 50 to 30 places, and the imbalance 0, never -0."""
    result = robustness(sheet(SMALL, {"charter": 2, "ledger": 2, "audit": 2, "drill": 2, "fund": 2}).scores)
    geometric = next(reading.score for reading in result.readings if reading.id == "geometric")
    assert exact(geometric or 0.0) == 50
    assert str(result.imbalance) == "0.0"


def test_an_irrational_result_is_settled_on_30_places() -> None:
    result = robustness(sheet(SMALL, PART).scores)
    places = [exact(reading.score or 0.0) for reading in result.readings if reading.id == "geometric"]
    places.append(exact(result.imbalance or 0.0))
    assert all((value * 10**30).denominator == 1 and (value * 10**20).denominator != 1 for value in places)
    assert Decimal(float(places[0])) > 59


def test_too_little_known_publishes_no_reading_but_the_shares_of_levels() -> None:
    result = robustness(sheet(SMALL, {"ledger": 1}).scores)
    assert set(readings(result).values()) == {None}
    assert (result.smallest, result.largest, result.imbalance) == (None, None, None)
    assert result.draws == (None, None, [1.0, 0.0, 0.0, 0.0, 0.0])


def test_nothing_applicable_has_no_level_in_any_draw() -> None:
    result = robustness(sheet(SMALL, dict.fromkeys(("charter", "ledger", "audit", "drill", "fund"), "na")).scores)
    assert result.draws == (None, None, [0.0] * 5)


def test_draws_agree_with_the_scoring_of_reweighted_trends() -> None:
    """Every draw scored anew with method 3 and 5; the 50th and 950th smallest, and the count at each level."""
    scored = sheet(SMALL, PART | {"ledger": "dk", "fund": 4})
    drawn = [redrawn(scored, draw) for draw in range(1, DRAWS + 1)]
    ranked = sorted(value for value, _ in drawn)
    draws = robustness(scored.scores).draws
    assert (exact(draws.p05 or 0.0), exact(draws.p95 or 0.0)) == (ranked[49], ranked[949])
    levels = [level for _, level in drawn]
    assert draws.level_share == [levels.count(level) / DRAWS for level in range(5)]


def redrawn(scored: Scored, draw: int) -> tuple[Fraction, int]:
    trends = []
    for trend in scored.scores.counted:
        pairs = [(item.weight * multiplier(draw, "w", item.id), item.level) for item in trend.applicable]
        level = level_reached([(weight, level or 0) for weight, level in pairs], Fraction(3, 5), 2)
        trends.append((trend.weight * multiplier(draw, "W", trend.trend.id), measure(pairs, Fraction(0)), level or 0))
    overall = average([(weight, part) for weight, part, _ in trends], Fraction(0))
    level = level_reached([(weight, level) for weight, _, level in trends], Fraction(2, 3), 1)
    assert overall.score is not None
    assert level is not None
    return overall.score, level


def test_the_thousand_draws_cost_under_half_a_second() -> None:
    loaded = load_sheet(str(EXAMPLES / "northwind-cells.yaml"))
    scores = score(loaded.questionnaire, loaded.answers)
    start = time.process_time()
    robustness(scores)
    assert time.process_time() - start < 0.5
