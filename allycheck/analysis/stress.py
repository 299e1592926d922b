"""How ready an organisation is for each scenario of its questionnaire, and what gives way first (method 16)."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Literal, NamedTuple

from allycheck.answers import Answers
from allycheck.errors import UsageError
from allycheck.language import _
from allycheck.numbers import Number, number
from allycheck.questionnaire import DEFAULT, Questionnaire, Scenario
from allycheck.report import QuestionnaireRef, Tool, head
from allycheck.scoring import FULL, ZERO, Measure, Scores, TrendScore, published, weighted_mean
from allycheck.text import clean, hint, printable

LEANED_ON = 2
"""The demand from which on a trend can be the first to give way."""


class DemandedTrend(NamedTuple):
    """One trend under one scenario: the demand 0 to 3, the trend's score, and the points it costs the readiness.

    `weight` is what the demand weighs in the readiness. `score` is null where too little is known to publish it; the
    shortfall only where nothing is. The shortfalls of a scenario add up to 100 less its readiness.
    """

    id: str
    demand: int
    score: float | None
    shortfall: float | None
    title: str
    word: str
    weight: float
    low: float | None
    high: float | None
    reason: str


class StressedScenario(NamedTuple):
    """One scenario: readiness 0 to 100 with its range, and in `first_to_give` what gives way, the first one first.

    `coverage` is the known share of what the scenario leans on; `published` says whether that is enough.
    """

    id: str
    title: str
    readiness: float | None
    low: float | None
    high: float | None
    trends: list[DemandedTrend]
    first_to_give: list[str]
    coverage: float | None
    published: bool
    story: str
    breaks_first: str
    question: str


class Stress(NamedTuple):
    """Every scenario of a questionnaire, or the one that was asked for, in catalogue order."""

    schema_version: Literal[1]
    tool: Tool
    questionnaire: QuestionnaireRef
    scenarios: list[StressedScenario]
    organisation: str | None
    actor: str | None
    actor_title: str
    form: str
    date: str | None
    score_bands: list[float]
    coverage_needed: float
    answered: int


class Readiness(NamedTuple):
    """How ready for one scenario, 0 to 100, with its range, and which trends give way first."""

    score: Fraction | None
    low: Fraction | None
    high: Fraction | None
    shortfalls: dict[str, Fraction]
    first_to_give: list[str]


def stress(scores: Scores, answers: Answers, only: str | None = None) -> Stress:
    """Put one scored sheet under stress. Raises UsageError if no scenario has the id `only`."""
    questionnaire = scores.questionnaire
    return Stress(
        **head(questionnaire),
        scenarios=[_stressed(scores, scenario) for scenario in _chosen(questionnaire, only)],
        organisation=clean(answers.organisation),
        actor=scores.actor or None,
        actor_title=questionnaire.actor_types[scores.actor].title,
        form=scores.form,
        date=answers.date,
        score_bands=[Number(limit) for limit in questionnaire.method.score_bands],
        coverage_needed=Number(questionnaire.method.coverage),
        answered=scores.overall.counts.answered,
    )


def _chosen(questionnaire: Questionnaire, only: str | None) -> Sequence[Scenario]:
    known = {scenario.id: scenario for scenario in questionnaire.scenarios}
    if only is None:
        return questionnaire.scenarios
    if only not in known:
        raise UsageError(_("no scenario is called {name}").format(name=printable(only)[:40]), hint=hint(only, known))
    return [known[only]]


def _stressed(scores: Scores, scenario: Scenario) -> StressedScenario:
    questionnaire, actor = scores.questionnaire, scores.actor
    weights = questionnaire.method.demand_weights
    ready = readiness(scenario, {trend.trend.id: trend.measure for trend in scores.trends}, weights)
    coverage = weighted_mean(
        (weights[scenario.demands.get(trend.trend.id, 0)], trend.measure.coverage) for trend in scores.trends
    )
    enough = coverage is not None and coverage >= questionnaire.method.coverage and ready.score is not None
    question = scenario.questions.get(actor, scenario.questions.get(DEFAULT, ""))
    return StressedScenario(
        id=scenario.id,
        title=scenario.title,
        readiness=number(ready.score),
        low=number(ready.low),
        high=number(ready.high),
        trends=[_demanded(scores, scenario, trend, ready) for trend in scores.trends],
        first_to_give=ready.first_to_give,
        coverage=number(coverage),
        published=enough,
        story=scenario.story,
        breaks_first=scenario.breaks_first,
        question=question,
    )


def _demanded(scores: Scores, scenario: Scenario, trend: TrendScore, ready: Readiness) -> DemandedTrend:
    questionnaire, name = scores.questionnaire, trend.trend.id
    demand = scenario.demands.get(name, 0)
    untested = None if ready.score is None or trend.measure.score is None else ZERO
    return DemandedTrend(
        id=name,
        demand=demand,
        score=number(published(trend.measure)),
        shortfall=number(ready.shortfalls.get(name, untested)),
        title=trend.trend.title,
        word=questionnaire.scale.get(str(demand), ""),
        weight=Number(questionnaire.method.demand_weights[demand]),
        low=number(trend.measure.low),
        high=number(trend.measure.high),
        reason=scenario.reasons.get(name, ""),
    )


def readiness(scenario: Scenario, trends: Mapping[str, Measure], weights: Sequence[Fraction]) -> Readiness:
    """The average of trend scores by how hard the scenario leans on them; trend weights do not enter.

    `weights` are those of the demands 0 to 3, so that what is decisive decides.
    """
    demands = {name: weights[scenario.demands.get(name, 0)] for name in trends}
    tested = {name: trends[name] for name, demand in demands.items() if demand}
    scores = {name: measure.score for name, measure in tested.items() if measure.score is not None}
    whole = sum((demands[name] for name in scores), ZERO)
    shortfalls = {name: demands[name] * (FULL - score) / whole for name, score in scores.items()}
    leaned_on = [name for name in shortfalls if scenario.demands.get(name, 0) >= LEANED_ON]
    return Readiness(
        weighted_mean((demands[name], measure.score) for name, measure in tested.items()),
        weighted_mean((demands[name], measure.low) for name, measure in tested.items()),
        weighted_mean((demands[name], measure.high) for name, measure in tested.items()),
        shortfalls,
        sorted(leaned_on, key=lambda name: -shortfalls[name]),
    )
