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
from allycheck.language import _, ngettext, pgettext
from allycheck.numbers import exact
from allycheck.render.document.model import Bar, Bullets, Cell, Page, Part, Section, Table, Topic
from allycheck.render.words import (
    amount,
    band_named,
    change,
    could_be,
    exposure_note,
    extent,
    percent,
    points,
    short_extent,
)
from allycheck.text import bracketed, commas, label, listing, semicolons, sentences, told

FEW = 3
"""Members that a title names."""
MOST = 10
"""Links and providers that are written out; the others are counted."""


def page(result: Coalition) -> Page:
    """What stands on the page."""
    names = [member.organisation for member in result.members]
    kind = _("Due diligence") if result.diligence else _("Coalition")
    many = ngettext("{number} organisation", "{number} organisations", len(names)).format(number=len(names))
    subject = result.name or (_together(names) if len(names) <= FEW else many)
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
    made = _("{questionnaire}, self-assessed by each member. A coalition has no maturity level.").format(
        questionnaire=f"{result.questionnaire.title} {result.questionnaire.version}"
    )
    opening = [_headline(result), *_pooling(result), *result.notes, made]
    return Page(kind, subject, opening, [section for part in parts for section in part(result)])


def _headline(result: Coalition) -> str:
    overall = result.overall
    if overall.low is None or overall.high is None or overall.coverage is None:
        return _("Nothing applies to any member, so there is nothing to score.")
    if overall.score is None:
        words = _(
            "Too little is known for a score: {share} of what counts is known, {needed} is needed. The range is "
            "{extent}."
        )
    elif overall.low == overall.high:
        words = _("Together {points} of 100; {share} of what counts is known.")
    else:
        words = _("Together {points} of 100, range {extent}; {share} of what counts is known.")
    return words.format(
        points=points(overall.score or 0.0, result.score_bands),
        extent=extent(overall.low, overall.high),
        share=percent(overall.coverage, result.coverage_needed),
        needed=percent(result.coverage_needed),
    )


def _pooling(result: Coalition) -> Iterator[str]:
    if not result.pooling_effect or result.if_all_summed is None:
        return
    words = (
        _(
            "Weakest links cost more than best shots bring: if every indicator were a mean, the score would be "
            "{points}; how they pool makes {change} points."
        )
        if result.pooling_effect < 0
        else _(
            "Best shots bring more than weakest links cost: if every indicator were a mean, the score would be "
            "{points}; how they pool makes {change} points."
        )
    )
    yield words.format(points=points(result.if_all_summed), change=change(result.pooling_effect))


def _members(result: Coalition) -> Iterator[Section]:
    """Each member with what it adds."""
    ranked = sorted(result.members, key=lambda member: -exact(member.contribution or 0.0))
    sized, letters = any(member.size != 1 for member in ranked), _key(result)
    rows = [
        [f"{letters[member.organisation]} {member.organisation}", *_member_cells(result, member, sized=sized)]
        for member in ranked
    ]
    header = [_("Member"), _("Type"), _("Size"), _("Alone"), _("Without it"), _("Difference it makes")]
    table = Table(header, rows, "LLrrrr")
    why = _(
        "By the difference that each makes, the most first: the score of all less the score of the others with the "
        "same weights. The rows do not sum: what one brings depends on all the others."
    )
    yield Section(_("Members"), [why, table] if len(rows) > 1 else [table])


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
        return _together([titles[name] for name in names]) or _("nothing that stands out")

    side_told = _("{organisation} brings {brings}; it needs {needs}.")
    items = [
        side_told.format(organisation=side.organisation, brings=named(side.brings), needs=named(side.needs))
        for side in found.sides
    ]
    items.append(
        _("Both are weak in {trends}.").format(trends=named(found.neither))
        if found.neither
        else _("In no trend are both weak.")
    )
    why = _("Trends in which one partner stands a level or more above the other, the heaviest first.")
    yield Section(_("What each brings, and what it needs"), [why, Bullets(items)])


def _trends(result: Coalition) -> Iterator[Section]:
    """The matrix of members and trends."""
    ranked = sorted(result.trends, key=lambda trend: (trend.score is None, exact(trend.score or 0.0)))
    header = [_("Trend"), "", _("All"), _("Range"), *_key(result).values()]
    table = Table(header, [_trend_row(result, trend) for trend in ranked], "Lbrl" + "r" * len(result.members))
    why = _("The weakest first; each member's own score stands beside that of all.")
    yield Section(_("Trends, and who carries them"), [why, table])


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
    items = [told(titles[gap.trend], _gap(result, gap)) for gap in result.gaps]
    why = _(
        "What nobody covers first, then the heaviest trends. Who can cover stands a level or more above everyone who "
        "is weak."
    )
    yield Section(_("Who covers whose gap"), [why, Bullets(items)])


def _gap(result: Coalition, gap: Gap) -> str:
    if gap.covered_by:
        words = ngettext("{weak} is weak; {strong} can cover.", "{weak} are weak; {strong} can cover.", len(gap.weak))
    else:
        words = ngettext("{weak} is weak; nobody covers.", "{weak} are weak; nobody covers.", len(gap.weak))
    return words.format(weak=_whose(result, gap.weak), strong=_together(gap.covered_by))


def _links(result: Coalition) -> Iterator[Section]:
    """The weakest links, with the members who hold them."""
    if len(result.members) == 1 or not result.weakest_links:
        return
    known = _by_id(result)
    held = [known[name] for name in result.weakest_links[:MOST]]
    items = [
        told(label(item), bracketed(_with_cost(_whose(result, item.lowest), item.lost), _bound(item))) for item in held
    ]
    why = _(
        "Here the alliance is as strong as its weakest member. By the points that each costs the score of all, the "
        "most first."
    )
    yield Section(_("Weakest links"), [why, Bullets(items, numbered=True), *_more(result.weakest_links)])


def _pooled_level(item: JointIndicator, value: float) -> str:
    """A pooled level; while some members' answers are not known, an end of the range."""
    ends = {"weakest-link": _("at most {level}"), "best-shot": _("at least {level}")}
    return ends.get(item.aggregation if item.coverage < 1 else "", "{level}").format(level=amount(value))


def _bound(item: JointIndicator) -> str:
    """The same for a list: the others' answers can only lower, or only raise, where it stands."""
    ends = {
        "weakest-link": _("not all members know: at most this level"),
        "best-shot": _("not all members know: at least this level"),
    }
    return ends.get(item.aggregation, "") if item.coverage < 1 else ""


def _more(names: Sequence[str]) -> list[str]:
    more = len(names) - MOST
    words = ngettext(
        "And {number} other; --format json lists them all.", "And {number} others; --format json lists them all.", more
    )
    return [words.format(number=more)] if more > 0 else []


def _providers(result: Coalition) -> Iterator[Section]:
    """Single points of failure."""
    if len(result.members) == 1 or not result.single_points:
        return
    known = _by_id(result)
    only = _("{indicator}: only {organisation}")
    items = [
        bracketed(
            only.format(indicator=label(known[name]), organisation=known[name].single_provider), _bound(known[name])
        )
        for name in result.single_points[:MOST]
    ]
    why = _(
        "Here one member provides for all, and no other is known to be able to. By the points that hang on it, the "
        "most first."
    )
    yield Section(_("Single points of failure"), [why, Bullets(items, numbered=True), *_more(result.single_points)])


def _burdens(result: Coalition) -> Iterator[Section]:
    """Who carries more than the others, and who is exposed."""
    titles = {trend.id: trend.title for trend in result.trends}
    known, bands = _by_id(result), result.score_bands
    at, on = (
        _("{trend}: {organisation} at {points}; the others' median is {others}"),
        _("{trend}: {organisation} on {indicators}"),
    )
    ahead = [
        at.format(
            trend=titles[one.trend],
            organisation=one.organisation,
            points=points(one.score, bands),
            others=points(one.others, bands),
        )
        for one in result.burdens.ahead
    ]
    exposed = [
        on.format(
            trend=titles[one.trend],
            organisation=one.organisation,
            indicators=semicolons(label(known[name]) for name in one.indicators),
        )
        for one in result.burdens.exposed
    ]
    parts: list[Part] = []
    if ahead:
        parts += [_("A level or more ahead of the others, and so likely to carry more; the furthest ahead first.")]
        parts += [Bullets(ahead)]
    if exposed:
        parts += [_("Smaller than the average member, and alone the weakest link; the most links first.")]
        parts += [Bullets(exposed)]
    if parts:
        yield Section(_("Burdens that are not shared evenly"), parts)


def _risks(result: Coalition) -> Iterator[Section]:
    """Exposures of all and of each, and what feeds them."""
    if not result.risks:
        return
    ranked = sorted(result.risks, key=lambda risk: (risk.exposure is None, -exact(risk.exposure or 0.0)))
    header = [_("Risk"), _("All"), _("Band"), _("Holes"), *_key(result).values()]
    table = Table(header, [_risk_row(result, risk) for risk in ranked], "LrLr" + "r" * len(result.members))
    known = _by_id(result)
    fed_by = _("{risk}: fed most by {indicators}")
    fed = [
        fed_by.format(risk=risk.title, indicators=semicolons(label(known[name]) for name in risk.drivers))
        for risk in ranked
        if risk.drivers
    ]
    why = sentences([_("The highest exposure first."), exposure_note()])
    yield Section(_("Risks of the coalition"), [why, table, Bullets(fed), *_holes(result, ranked)])


def _holes(result: Coalition, risks: Sequence[JointRisk]) -> Iterator[Part]:
    """Critical safeguards that all together lack, or may lack, each with the risks that it leaves open."""
    known = _by_id(result)
    missing = {name: [risk.title for risk in risks if name in risk.holes] for name in known}
    perhaps = {name: [risk.title for risk in risks if name in risk.possible_holes] for name in known}
    holes = [told(label(known[name]), _together(titles)) for name, titles in missing.items() if titles]
    maybe = [told(label(known[name]), _together(titles)) for name, titles in perhaps.items() if titles]
    if holes:
        yield _("Holes: safeguards that stand below level 2 however the members pool them. With a hole no band is low.")
        yield Bullets(holes)
    if maybe:
        yield _("Possible holes: safeguards that may stand below level 2, depending on what is not known.")
        yield Bullets(maybe)


def _risk_row(result: Coalition, risk: JointRisk) -> list[Cell]:
    bands = result.exposure_bands
    others = [band for band in risk.possible_bands if band != risk.band]
    band = band_named(risk.band) if risk.band else _("too little is known")
    could = [could_be(others)] if risk.band and others else []
    own = [_score(member.score, bands) for member in risk.members]
    return [
        risk.title,
        _score(risk.exposure, bands),
        commas([band, *could]),
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
    table = Table([_("Scenario"), _("Ready"), _("Range"), _("Gives way first")], rows, "LrlL")
    yield Section(_("Stress scenarios"), [_("The least ready first."), table, *_hardest(result, ranked[0])])


def _first(strain: ScenarioReadiness, titles: dict[str, str]) -> str:
    return semicolons(titles[name] for name in strain.first_to_give[:2])


def _hardest(result: Coalition, worst: ScenarioReadiness) -> Iterator[Part]:
    """The scenario that all are least ready for, with the questions to each type of member."""
    types = {member.actor: member.actor_title for member in result.members}
    if not worst.story:
        return
    yield Topic(_("The hardest: {scenario}").format(scenario=worst.title))
    yield worst.story
    if worst.breaks_first:
        yield sentences([_("What breaks first."), worst.breaks_first])
    if worst.questions:
        yield Bullets([told(types[actor], question) for actor, question in worst.questions.items()])


def _agreements(result: Coalition) -> Iterator[Section]:
    """What to write down first."""
    if not result.agreements:
        return
    items = [
        told(bracketed(label(one), _with_cost(_whose(result, one.members), one.lost)), sentences(one.texts))
        for one in result.agreements
    ]
    why = _("By the points that each costs the score of all, the most first; in brackets whose step it is.")
    yield Section(_("Agreements to write down first"), [why, Bullets(items, numbered=True)])


def _answers(result: Coalition) -> Iterator[Section]:
    """Every member's level, only where details were asked for."""
    if not result.detail:
        return
    rows: list[list[Cell]] = []
    letters = _key(result)
    pools = {
        "weakest-link": pgettext("how members pool", "weakest-link"),
        "best-shot": pgettext("how members pool", "best-shot"),
        "summation": pgettext("how members pool", "summation"),
    }
    for item in _by_id(result).values():
        levels = {one.organisation: "?" if one.level is None else str(one.level) for one in item.answers or []}
        value = "?" if item.value is None else _pooled_level(item, item.value)
        rows.append([label(item), pools[item.aggregation], value, *(levels.get(name, "-") for name in letters)])
    header = [_("Indicator"), _("Pools by"), _("All"), *letters.values()]
    table = Table(header, rows, "LLr" + "r" * len(result.members))
    why = _("Levels from 0 to 4, in catalogue order; ? is not known, - does not apply.")
    yield Section(_("Answers"), [why, table])


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
        return semicolons(names)
    return listing(names)


def _whose(result: Coalition, names: Sequence[str]) -> str:
    """Names in a row, or that it is everybody."""
    return _("all members") if len(names) == len(result.members) > 1 else _together(names)


def _score(value: float | None, bands: Sequence[float] = ()) -> str:
    """A score or an exposure; a dash where too little is known of it."""
    return "-" if value is None else points(value, bands)


def _by_id(result: Coalition) -> dict[str, JointIndicator]:
    """Every indicator by its id."""
    return {item.id: item for item in result.indicators}


def _with_cost(whose: str, lost: float | None) -> str:
    """Whose it is, with the points that it costs, where they are told."""
    return _("{names}, {points} points lost").format(names=whose, points=points(lost)) if lost else whose
