"""How ready trends are for a scenario (DECISIONS, "Stress"): for one organisation or a coalition alike."""

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from allycheck.questionnaire import Scenario
from allycheck.scoring import FULL, ZERO, Measure

LEANED_ON = 2
"""The demand from which on a trend can be the first to give way."""


class Readiness(NamedTuple):
    """How ready for one scenario, 0 to 100, with its range, and which trends give way first."""

    score: Fraction | None
    low: Fraction | None
    high: Fraction | None
    shortfalls: dict[str, Fraction]
    first_to_give: list[str]


def readiness(scenario: Scenario, trends: Mapping[str, Measure]) -> Readiness:
    """The average of trend scores by how hard the scenario leans on them; trend weights do not enter."""
    demands = {name: Fraction(scenario.demands.get(name, 0)) for name in trends}
    tested = {name: trends[name] for name, demand in demands.items() if demand}
    scores = {name: measure.score for name, measure in tested.items() if measure.score is not None}
    whole = sum((demands[name] for name in scores), ZERO)
    shortfalls = {name: demands[name] * (FULL - score) / whole for name, score in scores.items()}
    leaned_on = [name for name in shortfalls if demands[name] >= LEANED_ON]
    return Readiness(
        _mean(demands, scores),
        _mean(demands, {name: measure.low for name, measure in tested.items() if measure.low is not None}),
        _mean(demands, {name: measure.high for name, measure in tested.items() if measure.high is not None}),
        shortfalls,
        sorted(leaned_on, key=lambda name: -shortfalls[name]),
    )


def _mean(demands: Mapping[str, Fraction], values: Mapping[str, Fraction]) -> Fraction | None:
    whole = sum((demands[name] for name in values), ZERO)
    return sum((demands[name] * value for name, value in values.items()), ZERO) / whole if whole else None
