"""Stress scenarios on a page: the matrix at a glance, then each scenario, the least ready first."""

from collections.abc import Iterator
from typing import NamedTuple

from allycheck.analysis.stress import DemandedTrend, Stress, StressedScenario
from allycheck.language import _, ngettext
from allycheck.numbers import exact
from allycheck.render.document.model import Bullets, Cell, Page, Part, Section, Spoken, Table, Topic
from allycheck.render.words import amount, extent, form_named, percent, points, short_extent
from allycheck.text import commas, sentences

MOST = 3
"""Trends that a scenario names as the first to give way."""


def page(result: Stress) -> Page:
    """What stands on the page; read out, the matrix names scenarios in full instead of numbering them."""
    ranked = sorted(result.scenarios, key=_hardest_first)
    opening = _nothing(result) or list(_opening(result, ranked))
    if not result.scenarios or not result.answered:
        return Page(_("Stress scenarios"), result.organisation or "", opening, [])
    single = len(ranked) == 1
    sections = [] if single else [_overview(result, ranked), _matrix(result, ranked)]
    told = [_told(result, one, single=single) for one in ranked]
    return Page(_("Stress scenarios"), result.organisation or "", opening, [*sections, *told])


def _hardest_first(scenario: StressedScenario) -> tuple[bool, bool, object]:
    """Least ready first; where too little is known comes after, and last what nothing is known of."""
    return scenario.readiness is None, not scenario.published, exact(scenario.readiness or 0.0)


def _nothing(result: Stress) -> list[str]:
    """Why there is nothing to show, if so."""
    if not result.scenarios:
        return [_("This questionnaire has no scenarios, so there is nothing to put under stress.")]
    if not result.answered:
        return [_("Nothing answered yet, so there is nothing to put under stress. Answer first, then come back.")]
    return []


def _opening(result: Stress, ranked: list[StressedScenario]) -> Iterator[str]:
    worst = ranked[0]
    source, form = result.questionnaire, form_named(result.form)
    about = [part for part in (f"{source.title} {source.version}", result.actor_title, form, result.date) if part]
    yield ngettext(
        "{number} scenario. {about}, self-assessed.", "{number} scenarios. {about}, self-assessed.", len(ranked)
    ).format(number=len(ranked), about=commas(about))
    if worst.readiness is None or not worst.published:
        yield _("Too little is known to say how ready. Find out the open answers first.")
    else:
        first = _first(worst)
        gives = _("{trend} would give way first.").format(trend=first) if first else ""
        ready = (
            _("Ready: {scenario}, {points} of 100.")
            if len(ranked) == 1
            else _("Least ready: {scenario}, {points} of 100.")
        )
        score = points(worst.readiness, result.score_bands)
        yield sentences([ready.format(scenario=worst.title, points=score), gives])
    yield _meaning(_weights(ranked))


def _meaning(weights: str) -> str:
    """What readiness is, with what each demand weighs."""
    average = (
        _(
            "Readiness is the average of the trend scores, weighted by how hard the scenario leans on each (weights: "
            "{weights})."
        ).format(weights=weights)
        if weights
        else _("Readiness is the average of the trend scores, weighted by how hard the scenario leans on each.")
    )
    reading = _(
        "A trend's shortfall is what it takes away from 100. It is a reading of today's answers, not a forecast."
    )
    return sentences([average, reading])


def _weights(scenarios: list[StressedScenario]) -> str:
    """What each demand that occurs weighs: ": touched weighs 1, leaned on 3, decisive 9"."""
    demanded = sorted({(one.demand, _demand(one), one.weight) for each in scenarios for one in each.trends})
    words = [f"{word} {amount(weight)}" for demand, word, weight in demanded if demand]
    return commas(words)


def _first(scenario: StressedScenario) -> str:
    titles = {trend.id: trend.title for trend in scenario.trends}
    return titles[scenario.first_to_give[0]] if scenario.first_to_give else ""


def _overview(result: Stress, ranked: list[StressedScenario]) -> Section:
    rows: list[list[Cell]] = [
        [f"{at}. {one.title}", _ready(result, one), short_extent(one.low, one.high), _first(one)]
        for at, one in enumerate(ranked, 1)
    ]
    return Section(
        _("Scenarios at a glance"),
        [
            _("The least ready first."),
            Table([_("Scenario"), _("Ready"), _("Range"), _("Gives way first")], rows, "LrlL"),
        ],
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
    why = _("Points that each trend takes away; the trend that costs most over all scenarios first.")
    marks = _("Scenarios are numbered as above. * gives way first, . is not tested, ? is not known.")
    numbered = _shortfalls(result, ranked, names, [str(at) for at in range(1, len(ranked) + 1)], SIGNS)
    named = _shortfalls(result, ranked, names, [one.title for one in ranked], _words())
    return Section(_("Scenario by trend"), [Spoken([sentences([why, marks]), numbered], [why, named])])


class Marks(NamedTuple):
    """How a cell of the matrix says what is not a plain number."""

    untested: str
    unknown: str
    first: str
    other: str


SIGNS = Marks(untested=". ", unknown="? ", first="*", other=" ")


def _words() -> Marks:
    return Marks(untested="", unknown=_("not known"), first=" " + _("(gives way first)"), other="")


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
    return Table([_("Trend"), _("Score"), *titles], rows, "Lr" + "r" * len(ranked))


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
        parts.append(sentences([_("What breaks first in such a case."), scenario.breaks_first]))
    if scenario.question:
        parts.append(_("To ask around the table: {question}").format(question=scenario.question))
    return Section(scenario.title, parts)


def _standing(result: Stress, scenario: StressedScenario) -> str:
    if scenario.coverage is None or scenario.low is None or scenario.high is None:
        return _("Nothing that this scenario leans on applies, so there is nothing to say.")
    reach = extent(scenario.low, scenario.high)
    if scenario.readiness is None or not scenario.published:
        known = percent(scenario.coverage, result.coverage_needed)
        needed = percent(result.coverage_needed)
        return _(
            "Too little is known: {share} of what this scenario leans on, {needed} is needed. The range is {extent}; "
            "find out the open answers first."
        ).format(share=known, needed=needed, extent=reach)
    ready = (
        _("Ready: {points} of 100.") if scenario.low == scenario.high else _("Ready: {points} of 100, range {extent}.")
    )
    return ready.format(points=points(scenario.readiness, result.score_bands), extent=reach)


def _gives_way(result: Stress, scenario: StressedScenario) -> Iterator[Part]:
    """The trends that give way, with the reason why the scenario needs them."""
    if not scenario.first_to_give:
        return
    trends = {trend.id: trend for trend in scenario.trends}
    named = [trends[name] for name in scenario.first_to_give if trends[name].shortfall][:MOST]
    if named:
        yield Topic(_("What gives way first"))
        yield Bullets([_giving(result, trend) for trend in named], numbered=True)


def _giving(result: Stress, trend: DemandedTrend) -> str:
    takes = (
        _("{trend} ({demand}, too little known for a score) takes {points} points.")
        if trend.score is None
        else _("{trend} ({demand}, score {score}) takes {points} points.")
    ).format(trend=trend.title, demand=_demand(trend), score=_score(result, trend), points=_cost(trend))
    return sentences([takes, trend.reason]).rstrip()


def _demand(trend: DemandedTrend) -> str:
    usual = {
        "not tested": _("not tested"),
        "touched": _("touched"),
        "leaned on": _("leaned on"),
        "decisive": _("decisive"),
    }
    return usual.get(trend.word, trend.word) or _("demand {number}").format(number=trend.demand)


def _every_trend(result: Stress, scenario: StressedScenario) -> Iterator[Part]:
    """All trends of the one scenario that was asked for, by what they cost."""
    ranked = sorted(scenario.trends, key=lambda trend: (-exact(trend.shortfall or 0.0), -trend.demand))
    rows: list[list[Cell]] = [
        [trend.title, _demand(trend), amount(trend.weight) if trend.demand else "", _score(result, trend), _cost(trend)]
        for trend in ranked
    ]
    yield Topic(_("Every trend"))
    yield _("By what each takes away from 100, the most first.")
    yield Table([_("Trend"), _("Demand"), _("Weighs"), _("Score"), _("Shortfall")], rows, "Llrrr")


def _cost(trend: DemandedTrend) -> str:
    return "" if trend.shortfall is None else points(trend.shortfall)
