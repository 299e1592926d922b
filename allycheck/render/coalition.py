"""A coalition on a page: what it can carry, where it breaks and what to write down first.

For two partners the same page reads as due diligence.
"""

from collections.abc import Iterator, Sequence
from string import ascii_uppercase

from allycheck.analysis.coalition.result import (
    Coalition,
    Gap,
    JointIndicator,
    JointRisk,
    JointTrend,
    MemberReport,
    ScenarioReadiness,
)
from allycheck.numbers import exact
from allycheck.render.document.model import Bar, Bullets, Cell, Page, Part, Section, Table, Topic
from allycheck.render.words import EXPOSURE_NOTE, amount, change, extent, percent, points, short_extent
from allycheck.text import count, label, listing

FEW = 3
"""Members that a title names."""
MOST = 10
"""Links and providers that are written out; the others are counted."""
NO_LEVEL = "self-assessed by each member. A coalition has no maturity level."


def page(result: Coalition) -> Page:
    """What stands on the page."""
    names = [member.organisation for member in result.members]
    kind = "Due diligence" if result.diligence else "Coalition"
    subject = result.name or (_together(names) if len(names) <= FEW else f"{len(names)} organisations")
    parts = (
        _members,
        _diligence,
        _trends,
        _gaps,
        _links,
        _providers,
        _burdens,
        _risks,
        _scenarios,
        _agreements,
        _answers,
    )
    made = f"{result.questionnaire.title} {result.questionnaire.version}, {NO_LEVEL}"
    opening = [_headline(result), *_pooling(result), *result.notes, made]
    return Page(kind, subject, opening, [section for part in parts for section in part(result)])


def _headline(result: Coalition) -> str:
    overall = result.overall
    if overall.low is None or overall.high is None or overall.coverage is None:
        return "Nothing applies to any member, so there is nothing to score."
    known = f"{percent(overall.coverage, result.coverage_needed)} of what counts is known"
    if overall.score is None:
        needed = f"{known}, {percent(result.coverage_needed)} is needed"
        return f"Too little is known for a score: {needed}. The range is {extent(overall.low, overall.high)}."
    reach = f", range {extent(overall.low, overall.high)}" if overall.low != overall.high else ""
    return f"Together {points(overall.score, result.score_bands)} of 100{reach}; {known}."


def _pooling(result: Coalition) -> Iterator[str]:
    if not result.pooling_effect or result.if_all_summed is None:
        return
    cost_more = result.pooling_effect < 0
    which = (
        "Weakest links cost more than best shots bring"
        if cost_more
        else "Best shots bring more than weakest links cost"
    )
    yield (
        f"{which}: if every indicator were a mean, the score would be {points(result.if_all_summed)}; how they pool "
        f"makes {change(result.pooling_effect)} points."
    )


def _members(result: Coalition) -> Iterator[Section]:
    """Each member with what it adds."""
    ranked = sorted(result.members, key=lambda member: -exact(member.contribution or 0.0))
    sized, letters = any(member.size != 1 for member in ranked), _key(result)
    rows = [
        [f"{letters[member.organisation]} {member.organisation}", *_member_cells(result, member, sized=sized)]
        for member in ranked
    ]
    table = Table(["Member", "Type", "Size", "Alone", "Without it", "Difference it makes"], rows, "LLrrrr")
    why = (
        "By the difference that each makes, the most first: the score of all less the score of the others with the "
        "same weights. The rows do not sum: what one brings depends on all the others."
    )
    yield Section("Members", [why, table] if len(rows) > 1 else [table])


def _member_cells(result: Coalition, member: MemberReport, *, sized: bool) -> list[str]:
    return [
        member.actor_title,
        amount(member.size) if sized else "",
        _score(member.score, result.score_bands),
        "" if member.without is None else points(member.without, result.score_bands),
        "" if member.contribution is None else change(member.contribution),
    ]


def _diligence(result: Coalition) -> Iterator[Section]:
    """For two partners: what each brings to the other."""
    found = result.diligence
    if found is None:
        return
    titles = {trend.id: trend.title for trend in result.trends}

    def named(names: Sequence[str]) -> str:
        return _together([titles[name] for name in names]) or "nothing that stands out"

    items = [f"{side.organisation} brings {named(side.brings)}; it needs {named(side.needs)}" for side in found.sides]
    items.append(f"Both are weak in {named(found.neither)}" if found.neither else "In no trend are both weak")
    why = "Trends in which one partner stands a level or more above the other, the heaviest first."
    yield Section("What each brings, and what it needs", [why, Bullets([f"{item}." for item in items])])


def _trends(result: Coalition) -> Iterator[Section]:
    """The matrix of members and trends."""
    ranked = sorted(result.trends, key=lambda trend: (trend.score is None, exact(trend.score or 0.0)))
    header = ["Trend", "", "All", "Range", *_key(result).values()]
    table = Table(header, [_trend_row(result, trend) for trend in ranked], "Lbrl" + "r" * len(result.members))
    why = "The weakest first; each member's own score stands beside that of all."
    yield Section("Trends, and who carries them", [why, table])


def _trend_row(result: Coalition, trend: JointTrend) -> list[Cell]:
    bar = Bar(
        trend.score, trend.low, trend.high, {"low": "poor", "middle": "fair", "high": "good"}.get(trend.band or "", "")
    )
    own = [_score(member.score, result.score_bands) for member in trend.members]
    return [trend.title, bar, _score(trend.score, result.score_bands), short_extent(trend.low, trend.high), *own]


def _gaps(result: Coalition) -> Iterator[Section]:
    """Who covers whose gap."""
    if len(result.members) == 1 or not result.gaps:
        return
    titles = {trend.id: trend.title for trend in result.trends}
    items = [f"{titles[gap.trend]}: {_gap(result, gap)}." for gap in result.gaps]
    why = (
        "What nobody covers first, then the heaviest trends. Who can cover stands a level or more above everyone who "
        "is weak."
    )
    yield Section("Who covers whose gap", [why, Bullets(items)])


def _gap(result: Coalition, gap: Gap) -> str:
    weak = f"{_whose(result, gap.weak)} {'is' if len(gap.weak) == 1 else 'are'} weak"
    return f"{weak}; {_together(gap.covered_by)} can cover" if gap.covered_by else f"{weak}; nobody covers"


def _links(result: Coalition) -> Iterator[Section]:
    """The weakest links, with the members who hold them."""
    if len(result.members) == 1 or not result.weakest_links:
        return
    known = _by_id(result)
    held = [known[name] for name in result.weakest_links[:MOST]]
    items = [f"{label(item)}: {_whose(result, item.lowest)}{_cost(item.lost)}{_bound(item)}" for item in held]
    why = (
        "Here the alliance is as strong as its weakest member. By the points that each costs the score of all, the "
        "most first."
    )
    yield Section("Weakest links", [why, Bullets(items, numbered=True), *_more(result.weakest_links)])


def _end(item: JointIndicator) -> str:
    """What a pooled level is while some members' answers are not known: an end of the range, or nothing to add."""
    ends = {"weakest-link": "at most ", "best-shot": "at least "}
    return ends.get(item.aggregation, "") if item.coverage < 1 else ""


def _bound(item: JointIndicator) -> str:
    """The same for a list: the others' answers can only lower, or only raise, where it stands."""
    end = _end(item)
    return f" (not all members know: {end.strip()} this level)" if end else ""


def _more(names: Sequence[str]) -> list[str]:
    return [f"And {count(len(names) - MOST, 'other')}; --format json lists them all."] if len(names) > MOST else []


def _providers(result: Coalition) -> Iterator[Section]:
    """Single points of failure."""
    if len(result.members) == 1 or not result.single_points:
        return
    known = _by_id(result)
    items = [
        f"{label(known[name])}: only {known[name].single_provider}{_bound(known[name])}"
        for name in result.single_points[:MOST]
    ]
    why = (
        "Here one member provides for all, and no other is known to be able to. By the points that hang on it, the "
        "most first."
    )
    yield Section("Single points of failure", [why, Bullets(items, numbered=True), *_more(result.single_points)])


def _burdens(result: Coalition) -> Iterator[Section]:
    """Who carries more than the others, and who is exposed."""
    titles = {trend.id: trend.title for trend in result.trends}
    known, bands = _by_id(result), result.score_bands
    ahead = [
        f"{titles[one.trend]}: {one.organisation} at {points(one.score, bands)}; "
        f"the others' median is {points(one.others, bands)}"
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


def _risks(result: Coalition) -> Iterator[Section]:
    """Exposures of all and of each, and what feeds them."""
    if not result.risks:
        return
    ranked = sorted(result.risks, key=lambda risk: (risk.exposure is None, -exact(risk.exposure or 0.0)))
    header = ["Risk", "All", "Band", "Holes", *_key(result).values()]
    table = Table(header, [_risk_row(result, risk) for risk in ranked], "LrLr" + "r" * len(result.members))
    known = _by_id(result)
    fed = [
        f"{risk.title}: fed most by {'; '.join(label(known[name]) for name in risk.drivers)}"
        for risk in ranked
        if risk.drivers
    ]
    why = f"The highest exposure first. {EXPOSURE_NOTE}"
    yield Section("Risks of the coalition", [why, table, Bullets(fed), *_holes(result, ranked)])


def _holes(result: Coalition, risks: Sequence[JointRisk]) -> Iterator[Part]:
    """Critical safeguards that all together lack, or may lack, each with the risks that it leaves open."""
    known = _by_id(result)
    missing = {name: [risk.title for risk in risks if name in risk.holes] for name in known}
    perhaps = {name: [risk.title for risk in risks if name in risk.possible_holes] for name in known}
    holes = [f"{label(known[name])}: {_together(titles)}" for name, titles in missing.items() if titles]
    maybe = [f"{label(known[name])}: {_together(titles)}" for name, titles in perhaps.items() if titles]
    if holes:
        yield "Holes: safeguards that stand below level 2 however the members pool them. With a hole no band is low."
        yield Bullets(holes)
    if maybe:
        yield "Possible holes: safeguards that may stand below level 2, depending on what is not known."
        yield Bullets(maybe)


def _risk_row(result: Coalition, risk: JointRisk) -> list[Cell]:
    bands = result.exposure_bands
    others = [band for band in risk.possible_bands if band != risk.band]
    could = f", could be {listing(others, 'or')}" if risk.band and others else ""
    own = [_score(member.score, bands) for member in risk.members]
    return [
        risk.title,
        _score(risk.exposure, bands),
        f"{risk.band or 'too little is known'}{could}",
        _hole_count(risk),
        *own,
    ]


def _hole_count(risk: JointRisk) -> str:
    return str(len(risk.holes) or "")


def _scenarios(result: Coalition) -> Iterator[Section]:
    """How ready all together are for each scenario, and the hardest one at length."""
    if not result.scenarios:
        return
    ranked = sorted(result.scenarios, key=lambda one: (one.readiness is None, exact(one.readiness or 0.0)))
    titles = {trend.id: trend.title for trend in result.trends}
    rows: list[list[Cell]] = [
        [one.title, _score(one.readiness, result.score_bands), short_extent(one.low, one.high), _first(one, titles)]
        for one in ranked
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


def _agreements(result: Coalition) -> Iterator[Section]:
    """What to write down first."""
    if not result.agreements:
        return
    items = [
        " ".join([f"{label(one)} ({_whose(result, one.members)}{_cost(one.lost)}):", *one.texts])
        for one in result.agreements
    ]
    why = "By the points that each costs the score of all, the most first; in brackets whose step it is."
    yield Section("Agreements to write down first", [why, Bullets(items, numbered=True)])


def _answers(result: Coalition) -> Iterator[Section]:
    """Every member's level, only where details were asked for."""
    if not result.detail:
        return
    rows: list[list[Cell]] = []
    letters = _key(result)
    for item in _by_id(result).values():
        levels = {one.organisation: "?" if one.level is None else str(one.level) for one in item.answers or []}
        value = "?" if item.value is None else f"{_end(item)}{amount(item.value)}"
        rows.append([label(item), item.aggregation, value, *(levels.get(name, "-") for name in letters)])
    table = Table(["Indicator", "Pools by", "All", *letters.values()], rows, "LLr" + "r" * len(result.members))
    why = "Levels from 0 to 4, in catalogue order; ? is not known, - does not apply."
    yield Section("Answers", [why, table])


def _key(result: Coalition) -> dict[str, str]:
    """A letter for each member, so that a matrix of many fits a screen."""
    return {member.organisation: _letter(at) for at, member in enumerate(result.members)}


def _letter(at: int) -> str:
    """A, B and so on to Z, then AA."""
    above, last = divmod(at, len(ascii_uppercase))
    return (_letter(above - 1) if above else "") + ascii_uppercase[last]


def _together(names: Sequence[str]) -> str:
    """Names in a row; between semicolons where a name has a comma or an "and" of its own."""
    if any("," in name or " and " in name for name in names):
        return "; ".join(names)
    return listing(names)


def _whose(result: Coalition, names: Sequence[str]) -> str:
    """Names in a row, or that it is everybody."""
    return "all members" if len(names) == len(result.members) > 1 else _together(names)


def _score(value: float | None, bands: Sequence[float] = ()) -> str:
    """A score or an exposure; a dash where too little is known of it."""
    return "-" if value is None else points(value, bands)


def _by_id(result: Coalition) -> dict[str, JointIndicator]:
    """Every indicator by its id."""
    return {item.id: item for item in result.indicators}


def _cost(lost: float | None) -> str:
    """The points that something costs, where they are told."""
    return f", {points(lost)} points lost" if lost else ""
