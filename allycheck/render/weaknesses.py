"""Where a coalition breaks, as parts of its page: weakest links, single providers, uneven burdens, risks, scenarios."""

from collections.abc import Iterator, Sequence

from allycheck.analysis.coalition.result import Coalition, JointRisk, ScenarioReadiness
from allycheck.numbers import exact
from allycheck.render.document.model import Bullets, Cell, Part, Section, Table, Topic
from allycheck.render.parties import by_id, cost, key, label, score, span, whose
from allycheck.render.words import points
from allycheck.text import count, listing

MOST = 10
"""Links and providers that are written out; the others are counted."""
EXPOSURE = "An exposure is missing protection, from 0 to 100; it is not a probability."


def links(result: Coalition) -> Iterator[Section]:
    """The weakest links, with the members who hold them."""
    if len(result.members) == 1 or not result.weakest_links:
        return
    known = by_id(result)
    held = [known[name] for name in result.weakest_links[:MOST]]
    items = [f"{label(item)}: {whose(result, item.lowest)}{cost(item.lost)}" for item in held]
    why = (
        "Here the alliance is as strong as its weakest member. By the points that each costs the score of all, the "
        "most first."
    )
    yield Section("Weakest links", [why, Bullets(items, numbered=True), *_more(result.weakest_links)])


def _more(names: Sequence[str]) -> list[str]:
    return [f"And {count(len(names) - MOST, 'other')}; --format json lists them all."] if len(names) > MOST else []


def providers(result: Coalition) -> Iterator[Section]:
    """Single points of failure."""
    if len(result.members) == 1 or not result.single_points:
        return
    known = by_id(result)
    items = [f"{label(known[name])}: only {known[name].single_provider}" for name in result.single_points[:MOST]]
    why = (
        "Here one member provides for all, and no other is known to be able to. By the points that hang on it, the "
        "most first."
    )
    yield Section("Single points of failure", [why, Bullets(items, numbered=True), *_more(result.single_points)])


def burdens(result: Coalition) -> Iterator[Section]:
    """Who carries more than the others, and who is exposed."""
    titles = {trend.id: trend.title for trend in result.trends}
    known = by_id(result)
    ahead = [
        f"{titles[one.trend]}: {one.organisation} at {points(one.score)}; the others' median is {points(one.others)}"
        for one in result.burdens.ahead
    ]
    exposed = [
        f"{titles[one.trend]}: {one.organisation} on {'; '.join(label(known[name]) for name in one.indicators)}"
        for one in result.burdens.exposed
    ]
    parts: list[Part] = []
    if ahead:
        parts += ["A level or more ahead of the others, and so likely to carry more; the furthest ahead first."]
        parts += [Bullets(ahead)]
    if exposed:
        parts += ["Smaller than the average member, and alone the weakest link; the most links first."]
        parts += [Bullets(exposed)]
    if parts:
        yield Section("Burdens that are not shared evenly", parts)


def risks(result: Coalition) -> Iterator[Section]:
    """Exposures of all and of each, and what feeds them."""
    if not result.risks:
        return
    ranked = sorted(result.risks, key=lambda risk: (risk.exposure is None, -exact(risk.exposure or 0.0)))
    header = ["Risk", "All", "Band", *key(result).values()]
    table = Table(header, [_risk_row(result, risk) for risk in ranked], "LrL" + "r" * len(result.members))
    known = by_id(result)
    fed = [
        f"{risk.title}: fed most by {'; '.join(label(known[name]) for name in risk.drivers)}"
        for risk in ranked
        if risk.drivers
    ]
    yield Section("Risks of the coalition", [f"The highest exposure first. {EXPOSURE}", table, Bullets(fed)])


def _risk_row(result: Coalition, risk: JointRisk) -> list[Cell]:
    bands = result.exposure_bands
    others = [band for band in risk.possible_bands if band != risk.band]
    could = f", could be {listing(others, 'or')}" if risk.band and others else ""
    own = [score(member.score, bands) for member in risk.members]
    return [risk.title, score(risk.exposure, bands), f"{risk.band or 'too little is known'}{could}", *own]


def scenarios(result: Coalition) -> Iterator[Section]:
    """How ready all together are for each scenario, and the hardest one at length."""
    if not result.scenarios:
        return
    ranked = sorted(result.scenarios, key=lambda one: (one.readiness is None, exact(one.readiness or 0.0)))
    titles = {trend.id: trend.title for trend in result.trends}
    rows: list[list[Cell]] = [
        [one.title, score(one.readiness), span(one.low, one.high), _first(one, titles)] for one in ranked
    ]
    table = Table(["Scenario", "Ready", "Range", "Gives way first"], rows, "LrlL")
    yield Section("Stress scenarios", ["The least ready first.", table, *_hardest(result, ranked[0])])


def _first(strain: ScenarioReadiness, titles: dict[str, str]) -> str:
    return "; ".join(titles[name] for name in strain.first_to_give[:2])


def _hardest(result: Coalition, worst: ScenarioReadiness) -> Iterator[Part]:
    """The scenario that all are least ready for, with the questions to each type of member."""
    types = {member.actor: member.actor_title for member in result.members}
    if not worst.story:
        return
    yield Topic(f"The hardest: {worst.title}")
    yield worst.story
    if worst.breaks_first:
        yield f"What breaks first. {worst.breaks_first}"
    if worst.questions:
        yield Bullets([f"{types[actor]}: {question}" for actor, question in worst.questions.items()])
