"""A cohort on a page: who is in it, where its groups stand, what is weak, missing and strong most often."""

from collections.abc import Iterator, Sequence

from allycheck.analysis.cohort.result import Cohort, Distribution, GroupReport, Measured, Often
from allycheck.render.document.model import Bar, Bullets, Cell, Page, Part, Section, Table, Topic
from allycheck.render.words import EXPOSURE_NOTE, extent, percent, points
from allycheck.text import count, label, listing

TITLE = "Cohort"
ALL = "All"
MOST = 10
"""Indicators, and differences, that are listed."""
ACROSS = 5
"""Groups that stand side by side in a table."""
WITHHELD = "withheld"
KINDS = {"trend": "", "pillar": " (pillar)", "risk": " (exposure)"}
"""What stands behind a title: a pillar may be called like a trend."""
TOO_FEW = "Fewer than 5 organisations: whatever was told of them could be traced to one."
HOW = (
    "Nothing is told of fewer than 5 organisations, nor what would give them away by subtraction; such a number is "
    "withheld. A median needs 5 scores, quartiles 10."
)


def page(result: Cohort) -> Page:
    """What stands on the page."""
    subject = f"{result.questionnaire.title} {result.questionnaire.version}"
    if result.whole.standing != "told":
        return Page(TITLE, subject, [TOO_FEW], [])
    rows = [result.whole, *(group for group in result.groups if group.standing == "told")]
    sections = [
        _standing(result, rows),
        *_heat(result, rows),
        *_often(result.whole),
        *_differences(result),
        *_groups(result),
        _distributions(result, rows),
    ]
    return Page(TITLE, subject, list(_opening(result)), sections)


def _opening(result: Cohort) -> Iterator[str]:
    whole = result.whole
    yield f"{count(whole.n or 0, 'organisation')}; of what counts {percent(whole.known or 0.0)} is known on average."
    if result.by:
        told = sum(group.standing == "told" for group in result.groups)
        yield f"By {listing(result.by)}: {count(told + result.untold, 'group')}.{_not_told(result)}"
    if result.set_aside:
        yield f"{count(result.set_aside, 'older sheet')} of organisations that have a newer one set aside."
    if result.left_out:
        yield f"{count(result.left_out, 'sheet or row', 'sheets or rows')} with faults left out."
    yield HOW


def _not_told(result: Cohort) -> str:
    """Which groups nothing is told of, and why."""
    told = ""
    if small := [named(group) for group in result.groups if group.standing == "fewer than 5"]:
        told += f" Nothing is told of {listing(small)}: fewer than 5."
    if kept := [named(group) for group in result.groups if group.standing == "withheld"]:
        told += f" Nor of {listing(kept)}, or one could work out the others by subtraction."
    if result.untold and not told:
        told = f" Nothing is told of {count(result.untold, 'group')}: too small, or those could be worked out."
    return told


def named(group: GroupReport) -> str:
    """A group by its values; the whole is all."""
    return _key(group.key) or ALL


def _standing(result: Cohort, rows: Sequence[GroupReport]) -> Section:
    """Readiness and levels by group."""
    overall = [(group, group.overall) for group in rows if group.overall is not None]
    where = Table(
        ["Group", "Organisations", "Known", "Median", "Quartiles", ""],
        [[named(group), str(group.n), percent(group.known or 0.0), *_spread(one)] for group, one in overall],
        "Lrrrrb",
    )
    return Section("Readiness", [where, *_levels(result, rows)])


def _levels(result: Cohort, rows: Sequence[GroupReport]) -> Iterator[Part]:
    """How many organisations are at each level; groups that tell less precisely than all have a table of their own."""
    told = [(named(group), group.levels) for group in rows if group.levels is not None and len(group.levels) > 1]
    for at, (_, levels) in enumerate(told):
        steps = [(level.lowest, level.highest) for level in levels]
        if at == 0:
            yield "By maturity level, of those whose score is known:"
        if at == 0 or len(levels) != len(told[at - 1][1]):
            alike = [(name, own) for name, own in told if len(own) == len(levels)]
            names = [_level_names(result, *step) for step in steps]
            cells = [[name, *(str(level.n) for level in own)] for name, own in alike]
            yield Table(["Group", *names], cells, f"L{'r' * len(names)}")


def _level_names(result: Cohort, lowest: int, highest: int) -> str:
    names = result.level_names
    return names[lowest] if lowest == highest else f"{names[lowest]} to {names[highest]}"


def _spread(one: Measured) -> list[Cell]:
    """Median, quartiles, and both drawn."""
    told = one.distribution
    ends = (told.median, told.median) if told.q1 is None or told.q3 is None else (told.q1, told.q3)
    return [_median(told), _quartiles(told), Bar(told.median, *ends, spread=True)]


def _median(told: Distribution) -> str:
    return WITHHELD if told.median is None else points(told.median)


def _quartiles(told: Distribution) -> str:
    return WITHHELD if told.q1 is None or told.q3 is None else extent(told.q1, told.q3)


def _heat(result: Cohort, rows: Sequence[GroupReport]) -> Iterator[Section]:
    """The medians of groups by trends, as many groups side by side as there is room for."""
    beside = [rows[at : at + ACROSS] for at in range(0, len(rows), ACROSS)]
    tables = [_medians(groups, trends=True) for groups in beside]
    exposures = [_medians(groups, trends=False) for groups in beside]
    if result.whole.trends:
        yield Section("Trends", ["Median scores:", *tables])
    if result.whole.risks:
        yield Section("Risks", [f"Median exposures. {EXPOSURE_NOTE}", *exposures])


def _medians(groups: Sequence[GroupReport], *, trends: bool) -> Table:
    columns = [group.trends if trends else group.risks for group in groups]
    rows = [[one[0].title, *(_median(own.distribution) for own in one)] for one in zip(*columns, strict=True)]
    return Table(
        ["Trend" if trends else "Risk", *map(named, groups)], rows, f"L{('h' if trends else 'H') * len(groups)}"
    )


def _often(group: GroupReport) -> Iterator[Section]:
    """What is weak, missing and strong most often."""
    for title, found, what in (
        ("Weak most often", group.weak, "at level 0 or 1"),
        ("Holes most often", group.holes, "without this safeguard"),
        ("Strong most often", group.strong, "at level 3 or 4"),
    ):
        if found:
            yield Section(title, [Bullets([_one_often(one, what) for one in found[:MOST]], numbered=True)])


def _one_often(one: Often, what: str) -> str:
    return f"{label(one)}: {percent(one.share)}, {one.n} of {one.asked} {what}"


def _differences(result: Cohort) -> Iterator[Section]:
    if result.differences:
        told = [
            f"{one.title}{KINDS[one.kind]}: {points(one.apart)} points, from "
            f"{_key(one.medians[-1].key)} ({points(one.medians[-1].median)}) to "
            f"{_key(one.medians[0].key)} ({points(one.medians[0].median)})"
            for one in result.differences[:MOST]
        ]
        yield Section("Where the groups differ most", ["By their medians.", Bullets(told, numbered=True)])


def _key(key: dict[str, str]) -> str:
    return ", ".join(value or "not said" for value in key.values())


def _groups(result: Cohort) -> Iterator[Section]:
    """What is weak most often in each group."""
    told = [group for group in result.groups if group.weak]
    if told:
        parts = [part for group in told for part in _group(group)]
        yield Section("Weak most often, by group", parts)


def _group(group: GroupReport) -> Iterator[Part]:
    yield Topic(named(group), count(group.n or 0, "organisation"))
    yield Bullets([_one_often(one, "at level 0 or 1") for one in group.weak[: MOST // 2]])


def _distributions(result: Cohort, rows: Sequence[GroupReport]) -> Section:
    """Every distribution by group: the median and the quartiles."""
    whole = result.whole
    parts: list[Part] = []
    for kind, behind in (("overall", ""), ("trends", ""), ("pillars", KINDS["pillar"]), ("risks", KINDS["risk"])):
        for at, one in enumerate(_measured(whole, kind)):
            parts += _distribution(f"{one.title}{behind}", [(group, _measured(group, kind)[at]) for group in rows])
    return Section("Distributions", parts)


def _measured(group: GroupReport, kind: str) -> list[Measured]:
    found = getattr(group, kind)
    return found if isinstance(found, list) else [found]


def _distribution(title: str, rows: Sequence[tuple[GroupReport, Measured]]) -> Iterator[Part]:
    yield Topic(title)
    yield Table(["Group", "Median", "Quartiles", ""], [[named(group), *_spread(one)] for group, one in rows], "Lrrb")
