"""Stress scenarios on a page: the matrix at a glance, then each scenario, the least ready first."""

from collections.abc import Iterator
from typing import NamedTuple

from allycheck.analysis.stress import DemandedTrend, Stress, StressedScenario
from allycheck.numbers import exact
from allycheck.render.document.model import Bullets, Cell, Page, Part, Section, Spoken, Table, Topic
from allycheck.render.words import amount, extent, percent, points, short_extent
from allycheck.text import count

TITLE = "Stress scenarios"
MEANING = (
    "Readiness is the average of the trend scores, weighted by how hard the scenario leans on each{weights}. A trend's "
    "shortfall is what it takes away from 100. It is a reading of today's answers, not a forecast."
)
MOST = 3
"""Trends that a scenario names as the first to give way."""


def page(result: Stress) -> Page:
    """What stands on the page; read out, the matrix names scenarios in full instead of numbering them."""
    ranked = sorted(result.scenarios, key=_hardest_first)
    opening = _nothing(result) or list(_opening(result, ranked))
    if not result.scenarios or not result.answered:
        return Page(TITLE, result.organisation or "", opening, [])
    single = len(ranked) == 1
    sections = [] if single else [_overview(result, ranked), _matrix(result, ranked)]
    told = [_told(result, one, single=single) for one in ranked]
    return Page(TITLE, result.organisation or "", opening, [*sections, *told])


def _hardest_first(scenario: StressedScenario) -> tuple[bool, bool, object]:
    """Least ready first; where too little is known comes after, and last what nothing is known of."""
    return scenario.readiness is None, not scenario.published, exact(scenario.readiness or 0.0)


def _nothing(result: Stress) -> list[str]:
    """Why there is nothing to show, if so."""
    if not result.scenarios:
        return ["This questionnaire has no scenarios, so there is nothing to put under stress."]
    if not result.answered:
        return ["Nothing answered yet, so there is nothing to put under stress. Answer first, then come back."]
    return []


def _opening(result: Stress, ranked: list[StressedScenario]) -> Iterator[str]:
    worst = ranked[0]
    source, form = result.questionnaire, f"{result.form} form"
    about = [part for part in (f"{source.title} {source.version}", result.actor_title, form, result.date) if part]
    yield f"{count(len(ranked), 'scenario')}. {', '.join(about)}, self-assessed."
    if worst.readiness is None or not worst.published:
        yield "Too little is known to say how ready. Find out the open answers first."
    else:
        first = _first(worst)
        gives = f" {first} would give way first." if first else ""
        which = "Ready" if len(ranked) == 1 else "Least ready"
        yield f"{which}: {worst.title}, {points(worst.readiness, result.score_bands)} of 100.{gives}"
    yield MEANING.format(weights=_weights(ranked))


def _weights(scenarios: list[StressedScenario]) -> str:
    """What each demand that occurs weighs: ": touched weighs 1, leaned on 3, decisive 9"."""
    demanded = sorted({(one.demand, _demand(one), one.weight) for each in scenarios for one in each.trends})
    words = [f"{word} {amount(weight)}" for demand, word, weight in demanded if demand]
    return f" (weights: {', '.join(words)})" if words else ""


def _first(scenario: StressedScenario) -> str:
    titles = {trend.id: trend.title for trend in scenario.trends}
    return titles[scenario.first_to_give[0]] if scenario.first_to_give else ""


def _overview(result: Stress, ranked: list[StressedScenario]) -> Section:
    rows: list[list[Cell]] = [
        [f"{at}. {one.title}", _ready(result, one), short_extent(one.low, one.high), _first(one)]
        for at, one in enumerate(ranked, 1)
    ]
    return Section(
        "Scenarios at a glance",
        ["The least ready first.", Table(["Scenario", "Ready", "Range", "Gives way first"], rows, "LrlL")],
    )


def _ready(result: Stress, scenario: StressedScenario) -> str:
    if scenario.readiness is None or not scenario.published:
        return "-"
    return points(scenario.readiness, result.score_bands)


def _matrix(result: Stress, ranked: list[StressedScenario]) -> Section:
    """Scenario by trend: the shortfall of each, the trend that costs most over all scenarios first."""
    columns = [{trend.id: trend for trend in one.trends} for one in ranked]
    whole = {name: sum(exact(column[name].shortfall or 0.0) for column in columns) for name in columns[0]}
    names = sorted(whole, key=lambda name: -whole[name])
    why = "Points that each trend takes away; the trend that costs most over all scenarios first."
    marks = "Scenarios are numbered as above. * gives way first, . is not tested, ? is not known."
    numbered = _shortfalls(result, ranked, names, [str(at) for at in range(1, len(ranked) + 1)], SIGNS)
    named = _shortfalls(result, ranked, names, [one.title for one in ranked], WORDS)
    return Section("Scenario by trend", [Spoken([f"{why} {marks}", numbered], [why, named])])


class Marks(NamedTuple):
    """How a cell of the matrix says what is not a plain number."""

    untested: str
    unknown: str
    first: str
    other: str


SIGNS = Marks(untested=". ", unknown="? ", first="*", other=" ")
WORDS = Marks(untested="", unknown="not known", first=" (gives way first)", other="")


def _shortfalls(
    result: Stress, ranked: list[StressedScenario], names: list[str], titles: list[str], marks: Marks
) -> Table:
    trends = [{trend.id: trend for trend in one.trends} for one in ranked]
    rows = [
        [
            trends[0][name].title,
            _score(result, trends[0][name]),
            *(
                _shortfall(column[name], marks, first=one.first_to_give[:1] == [name])
                for one, column in zip(ranked, trends, strict=True)
            ),
        ]
        for name in names
    ]
    return Table(["Trend", "Score", *titles], rows, "Lr" + "r" * len(ranked))


def _shortfall(trend: DemandedTrend, marks: Marks, *, first: bool) -> str:
    if not trend.demand:
        return marks.untested
    if trend.shortfall is None:
        return marks.unknown
    return points(trend.shortfall) + (marks.first if first else marks.other)


def _score(result: Stress, trend: DemandedTrend) -> str:
    return "-" if trend.score is None else points(trend.score, result.score_bands)


def _told(result: Stress, scenario: StressedScenario, *, single: bool) -> Section:
    """One scenario in full."""
    parts: list[Part] = [_standing(result, scenario)]
    if scenario.story:
        parts.append(scenario.story)
    parts += _gives_way(result, scenario)
    if single:
        parts += _every_trend(result, scenario)
    if scenario.breaks_first:
        parts.append(f"What breaks first in such a case. {scenario.breaks_first}")
    if scenario.question:
        parts.append(f"To ask around the table: {scenario.question}")
    return Section(scenario.title, parts)


def _standing(result: Stress, scenario: StressedScenario) -> str:
    if scenario.coverage is None or scenario.low is None or scenario.high is None:
        return "Nothing that this scenario leans on applies, so there is nothing to say."
    reach = extent(scenario.low, scenario.high)
    if scenario.readiness is None or not scenario.published:
        known = percent(scenario.coverage, result.coverage_needed)
        needed = percent(result.coverage_needed)
        return (
            f"Too little is known: {known} of what this scenario leans on, {needed} is needed. The range is {reach}; "
            "find out the open answers first."
        )
    between = f", range {reach}" if scenario.low != scenario.high else ""
    return f"Ready: {points(scenario.readiness, result.score_bands)} of 100{between}."


def _gives_way(result: Stress, scenario: StressedScenario) -> Iterator[Part]:
    """The trends that give way, with the reason why the scenario needs them."""
    if not scenario.first_to_give:
        return
    trends = {trend.id: trend for trend in scenario.trends}
    named = [trends[name] for name in scenario.first_to_give if trends[name].shortfall][:MOST]
    if named:
        yield Topic("What gives way first")
        yield Bullets([_giving(result, trend) for trend in named], numbered=True)


def _giving(result: Stress, trend: DemandedTrend) -> str:
    score = "too little known for a score" if trend.score is None else f"score {_score(result, trend)}"
    return f"{trend.title} ({_demand(trend)}, {score}) takes {_cost(trend)} points. {trend.reason}".rstrip()


def _demand(trend: DemandedTrend) -> str:
    return trend.word or f"demand {trend.demand}"


def _every_trend(result: Stress, scenario: StressedScenario) -> Iterator[Part]:
    """All trends of the one scenario that was asked for, by what they cost."""
    ranked = sorted(scenario.trends, key=lambda trend: (-exact(trend.shortfall or 0.0), -trend.demand))
    rows: list[list[Cell]] = [
        [trend.title, _demand(trend), amount(trend.weight) if trend.demand else "", _score(result, trend), _cost(trend)]
        for trend in ranked
    ]
    yield Topic("Every trend")
    yield "By what each takes away from 100, the most first."
    yield Table(["Trend", "Demand", "Weighs", "Score", "Shortfall"], rows, "Llrrr")


def _cost(trend: DemandedTrend) -> str:
    return "" if trend.shortfall is None else points(trend.shortfall)
