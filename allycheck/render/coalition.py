"""A coalition on a page: what it can carry, where it breaks and what to write down first.

For two partners the same page reads as due diligence.
"""

from collections.abc import Iterator, Sequence

from allycheck.analysis.coalition.result import Coalition, Gap, JointTrend, MemberReport
from allycheck.numbers import exact
from allycheck.render.compare import change
from allycheck.render.document import markdown as marked
from allycheck.render.document import text as drawn
from allycheck.render.document.model import Bar, Bullets, Cell, Page, Section, Table
from allycheck.render.look import Look
from allycheck.render.parties import by_id, cost, key, label, score, span, together, whose
from allycheck.render.weaknesses import burdens, links, providers, risks, scenarios
from allycheck.render.words import amount, extent, percent, points

FEW = 3
"""Members that a title names."""
NO_LEVEL = "self-assessed by each member. A coalition has no maturity level."


def text(result: Coalition, look: Look) -> str:
    """The coalition for a terminal."""
    return drawn.text(page(result), look)


def markdown(result: Coalition) -> str:
    """The coalition as Markdown."""
    return marked.markdown(page(result))


def html(result: Coalition) -> str:
    """The coalition as one self-contained HTML page."""
    from allycheck.render.document import html as webpage

    return webpage.html(page(result))


def page(result: Coalition) -> Page:
    """What stands on the page."""
    names = [member.organisation for member in result.members]
    kind = "Due diligence" if result.diligence else "Coalition"
    subject = together(names) if len(names) <= FEW else f"{len(names)} organisations"
    parts = (members, diligence, trends, gaps, links, providers, burdens, risks, scenarios, agreements, answers)
    made = f"{result.title} {result.version}, {NO_LEVEL}"
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


def members(result: Coalition) -> Iterator[Section]:
    """Each member with what it adds."""
    ranked = sorted(result.members, key=lambda member: -exact(member.contribution or 0.0))
    rows = [_member_row(result, member) for member in ranked]
    table = Table(["Member", "Type", "Size", "Alone", "Without it", "It adds"], rows, "LLrrrr")
    why = "By what each adds, the most first: the score of all less the score of the others with the same weights."
    yield Section("Members", [why, table] if len(rows) > 1 else [table])


def _member_row(result: Coalition, member: MemberReport) -> list[str]:
    sized = any(other.size != 1 for other in result.members)
    return [
        f"{key(result)[member.organisation]} {member.organisation}",
        member.actor_title,
        amount(member.size) if sized else "",
        score(member.score, result.score_bands),
        "" if member.without is None else points(member.without),
        "" if member.contribution is None else change(member.contribution),
    ]


def diligence(result: Coalition) -> Iterator[Section]:
    """For two partners: what each brings to the other."""
    found = result.diligence
    if found is None:
        return
    titles = {trend.id: trend.title for trend in result.trends}

    def named(names: Sequence[str]) -> str:
        return together([titles[name] for name in names]) or "nothing that stands out"

    items = [f"{side.organisation} brings {named(side.brings)}; it needs {named(side.needs)}" for side in found.sides]
    items.append(f"Both are weak in {named(found.neither)}" if found.neither else "In no trend are both weak")
    why = "Trends in which one partner stands a level or more above the other, the heaviest first."
    yield Section("What each brings, and what it needs", [why, Bullets([f"{item}." for item in items])])


def trends(result: Coalition) -> Iterator[Section]:
    """The matrix of members and trends."""
    ranked = sorted(result.trends, key=lambda trend: (trend.score is None, exact(trend.score or 0.0)))
    header = ["Trend", "", "All", "Range", *key(result).values()]
    table = Table(header, [_trend_row(result, trend) for trend in ranked], "Lbrl" + "r" * len(result.members))
    why = "The weakest first; each member's own score stands beside that of all."
    yield Section("Trends, and who carries them", [why, table])


def _trend_row(result: Coalition, trend: JointTrend) -> list[Cell]:
    bar = Bar(
        trend.score, trend.low, trend.high, {"low": "poor", "middle": "fair", "high": "good"}.get(trend.band or "", "")
    )
    own = [score(member.score, result.score_bands) for member in trend.members]
    return [trend.title, bar, score(trend.score, result.score_bands), span(trend.low, trend.high), *own]


def gaps(result: Coalition) -> Iterator[Section]:
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
    weak = f"{whose(result, gap.weak)} {'is' if len(gap.weak) == 1 else 'are'} weak"
    return f"{weak}; {together(gap.covered_by)} can cover" if gap.covered_by else f"{weak}; nobody covers"


def agreements(result: Coalition) -> Iterator[Section]:
    """What to write down first."""
    if not result.agreements:
        return
    items = [
        " ".join([f"{label(one)} ({whose(result, one.members)}{cost(one.lost)}):", *one.texts])
        for one in result.agreements
    ]
    why = "By the points that each costs the score of all, the most first; in brackets whose step it is."
    yield Section("Agreements to write down first", [why, Bullets(items, numbered=True)])


def answers(result: Coalition) -> Iterator[Section]:
    """Every member's level, only where details were asked for."""
    if not result.detail:
        return
    rows: list[list[Cell]] = []
    for item in by_id(result).values():
        levels = {one.organisation: "?" if one.level is None else str(one.level) for one in item.answers or []}
        value = "?" if item.value is None else points(item.value)
        rows.append([label(item), item.aggregation, value, *(levels.get(name, "-") for name in key(result))])
    table = Table(["Indicator", "Pools by", "All", *key(result).values()], rows, "LLr" + "r" * len(result.members))
    why = "Levels from 0 to 4, in catalogue order; ? is not known, - does not apply."
    yield Section("Answers", [why, table])
