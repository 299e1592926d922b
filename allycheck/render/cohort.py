"""A cohort on a page: who is in it, where its groups stand, what is weak, missing and strong most often."""

from collections.abc import Iterator, Sequence

from allycheck.analysis.cohort.result import Cohort, Distribution, GroupReport, Measured, Often
from allycheck.language import _, ngettext, pgettext
from allycheck.numbers import whole
from allycheck.render.document.model import Bar, Bullets, Cell, Page, Part, Section, Table, Topic
from allycheck.render.words import exposure_note, extent, percent, points
from allycheck.text import bracketed, commas, label, listing, sentences

MOST = 10
"""Indicators, and differences, that are listed."""
ACROSS = 5
"""Groups that stand side by side in a table."""


def _withheld() -> str:
    return _("withheld")


def _titled(kind: str, title: str) -> str:
    """A title with its kind: a pillar may be called like a trend."""
    words = {"pillar": _("{title} (pillar)"), "risk": _("{title} (exposure)")}.get(kind, "{title}")
    return words.format(title=title)


def page(result: Cohort) -> Page:
    """What stands on the page."""
    subject = f"{result.questionnaire.title} {result.questionnaire.version}"
    if result.whole.standing != "told":
        few = _("Fewer than 5 organisations: whatever was told of them could be traced to one.")
        return Page(_("Cohort"), subject, [few], [])
    rows = [result.whole, *(group for group in result.groups if group.standing == "told")]
    sections = [
        _standing(result, rows),
        *_heat(result, rows),
        *_often(result.whole),
        *_differences(result),
        *_groups(result),
        _distributions(result, rows),
    ]
    return Page(_("Cohort"), subject, list(_opening(result)), sections)


def _opening(result: Cohort) -> Iterator[str]:
    many = result.whole.n or 0
    yield ngettext(
        "{number} organisation; of what counts {share} is known on average.",
        "{number} organisations; of what counts {share} is known on average.",
        many,
    ).format(number=whole(many), share=percent(result.whole.known or 0.0))
    if result.by:
        yield sentences([_grouped(result), *_not_told(result)])
    if result.set_aside:
        yield ngettext(
            "{number} older sheet of organisations that have a newer one set aside.",
            "{number} older sheets of organisations that have a newer one set aside.",
            result.set_aside,
        ).format(number=whole(result.set_aside))
    if result.left_out:
        yield ngettext(
            "{number} sheet or row with faults left out.",
            "{number} sheets or rows with faults left out.",
            result.left_out,
        ).format(number=whole(result.left_out))
    yield _(
        "Nothing is told of fewer than 5 organisations, nor what would give them away by subtraction; such a number is "
        "withheld. A median needs 5 scores, quartiles 10."
    )


def _grouped(result: Cohort) -> str:
    groups = sum(group.standing == "told" for group in result.groups) + result.untold
    words = ngettext("By {columns}: {number} group.", "By {columns}: {number} groups.", groups)
    return words.format(columns=listing(result.by), number=whole(groups))


def _not_told(result: Cohort) -> Iterator[str]:
    """Which groups nothing is told of, and why."""
    small = [named(group) for group in result.groups if group.standing == "fewer than 5"]
    kept = [named(group) for group in result.groups if group.standing == "withheld"]
    if small:
        yield _("Nothing is told of {groups}: fewer than 5.").format(groups=listing(small))
    if kept:
        words = _("Nor of {groups}, or one could work out the others by subtraction.")
        yield words.format(groups=listing(kept))
    if result.untold and not small and not kept:
        yield ngettext(
            "Nothing is told of {number} group: too small, or those could be worked out.",
            "Nothing is told of {number} groups: too small, or those could be worked out.",
            result.untold,
        ).format(number=whole(result.untold))


def named(group: GroupReport) -> str:
    """A group by its values; the whole is all."""
    return _key(group.key) or pgettext("all organisations of a cohort", "All")


def _standing(result: Cohort, rows: Sequence[GroupReport]) -> Section:
    """Readiness and levels by group."""
    overall = [(group, group.overall) for group in rows if group.overall is not None]
    where = Table(
        [_("Group"), _("Organisations"), _("Known"), _("Median"), _("Quartiles"), ""],
        [[named(group), _number(group.n), percent(group.known or 0.0), *_spread(one)] for group, one in overall],
        "Lrrrrb",
    )
    return Section(_("Readiness"), [where, *_levels(result, rows)])


def _levels(result: Cohort, rows: Sequence[GroupReport]) -> Iterator[Part]:
    """How many organisations are at each level; groups that tell less precisely than all have a table of their own."""
    found = [(named(group), group.levels) for group in rows if group.levels is not None and len(group.levels) > 1]
    for at, (_name, levels) in enumerate(found):
        steps = [(level.lowest, level.highest) for level in levels]
        if at == 0:
            yield _("By maturity level, of those whose score is known:")
        if at == 0 or len(levels) != len(found[at - 1][1]):
            alike = [(name, own) for name, own in found if len(own) == len(levels)]
            names = [_level_names(result, *step) for step in steps]
            cells = [[name, *(whole(level.n) for level in own)] for name, own in alike]
            yield Table([_("Group"), *names], cells, f"L{'r' * len(names)}")


def _level_names(result: Cohort, lowest: int, highest: int) -> str:
    names = result.level_names
    if lowest == highest:
        return names[lowest]
    return pgettext("levels", "{now} to {then}").format(now=names[lowest], then=names[highest])


def _spread(one: Measured) -> list[Cell]:
    """Median, quartiles, and both drawn."""
    told = one.distribution
    ends = (told.median, told.median) if told.q1 is None or told.q3 is None else (told.q1, told.q3)
    return [_median(told), _quartiles(told), Bar(told.median, *ends, spread=True)]


def _median(told: Distribution) -> str:
    return _withheld() if told.median is None else points(told.median)


def _quartiles(told: Distribution) -> str:
    return _withheld() if told.q1 is None or told.q3 is None else extent(told.q1, told.q3)


def _heat(result: Cohort, rows: Sequence[GroupReport]) -> Iterator[Section]:
    """The medians of groups by trends, as many groups side by side as there is room for."""
    beside = [rows[at : at + ACROSS] for at in range(0, len(rows), ACROSS)]
    tables = [_medians(groups, trends=True) for groups in beside]
    exposures = [_medians(groups, trends=False) for groups in beside]
    if result.whole.trends:
        yield Section(_("Trends"), [_("Median scores:"), *tables])
    if result.whole.risks:
        yield Section(_("Risks"), [sentences([_("Median exposures."), exposure_note()]), *exposures])


def _medians(groups: Sequence[GroupReport], *, trends: bool) -> Table:
    columns = [group.trends if trends else group.risks for group in groups]
    rows = [[one[0].title, *(_median(own.distribution) for own in one)] for one in zip(*columns, strict=True)]
    return Table(
        [_("Trend") if trends else _("Risk"), *map(named, groups)], rows, f"L{('h' if trends else 'H') * len(groups)}"
    )


def _often(group: GroupReport) -> Iterator[Section]:
    """What is weak, missing and strong most often."""
    for title, found, what in (
        (_("Weak most often"), group.weak, _weak()),
        (_("Holes most often"), group.holes, _("{indicator}: {share}, {number} of {asked} without this safeguard")),
        (_("Strong most often"), group.strong, _("{indicator}: {share}, {number} of {asked} at level 3 or 4")),
    ):
        if found:
            yield Section(title, [Bullets([_one_often(one, what) for one in found[:MOST]], numbered=True)])


def _weak() -> str:
    return _("{indicator}: {share}, {number} of {asked} at level 0 or 1")


def _one_often(one: Often, what: str) -> str:
    return what.format(indicator=label(one), share=percent(one.share), number=whole(one.n), asked=whole(one.asked))


def _differences(result: Cohort) -> Iterator[Section]:
    if result.differences:
        words = _("{title}: {points} points, from {lowest} to {highest}")
        found = [
            words.format(
                title=_titled(one.kind, one.title),
                points=points(one.apart),
                lowest=bracketed(_key(one.medians[-1].key), points(one.medians[-1].median)),
                highest=bracketed(_key(one.medians[0].key), points(one.medians[0].median)),
            )
            for one in result.differences[:MOST]
        ]
        yield Section(_("Where the groups differ most"), [_("By their medians."), Bullets(found, numbered=True)])


def _key(key: dict[str, str]) -> str:
    return commas(value or _("not said") for value in key.values())


def _groups(result: Cohort) -> Iterator[Section]:
    """What is weak most often in each group."""
    found = [group for group in result.groups if group.weak]
    if found:
        parts = [part for group in found for part in _group(group)]
        yield Section(_("Weak most often, by group"), parts)


def _group(group: GroupReport) -> Iterator[Part]:
    many = group.n or 0
    organisations = ngettext("{number} organisation", "{number} organisations", many).format(number=whole(many))
    yield Topic(named(group), organisations)
    yield Bullets([_one_often(one, _weak()) for one in group.weak[: MOST // 2]])


def _distributions(result: Cohort, rows: Sequence[GroupReport]) -> Section:
    """Every distribution by group: the median and the quartiles."""
    parts: list[Part] = []
    for kind, behind in (("overall", ""), ("trends", ""), ("pillars", "pillar"), ("risks", "risk")):
        for at, one in enumerate(_measured(result.whole, kind)):
            parts += _distribution(_titled(behind, one.title), [(group, _measured(group, kind)[at]) for group in rows])
    return Section(_("Distributions"), parts)


def _measured(group: GroupReport, kind: str) -> list[Measured]:
    found = getattr(group, kind)
    return found if isinstance(found, list) else [found]


def _distribution(title: str, rows: Sequence[tuple[GroupReport, Measured]]) -> Iterator[Part]:
    yield Topic(title)
    header = [_("Group"), _("Median"), _("Quartiles"), ""]
    yield Table(header, [[named(group), *_spread(one)] for group, one in rows], "Lrrb")


def _number(n: int | None) -> str:
    return _withheld() if n is None else whole(n)
