"""A portfolio on a page: every organisation on a line, the heat map of its trends and exposures, and what changed."""

from collections.abc import Iterator, Sequence

from allycheck.analysis.cohort.roll_up import Member, RollUp
from allycheck.language import _, ngettext
from allycheck.render.document.model import Bullets, Page, Part, Section, Spoken, Table
from allycheck.render.words import change, exposure_note, level, percent, points
from allycheck.text import listing, told


def _verdict(verdict: str) -> str:
    return {
        "no_change": _("no change"),
        "clear_rise": _("clear rise"),
        "clear_fall": _("clear fall"),
        "mixed": _("mixed"),
        "not_comparable": _("not comparable"),
    }[verdict]


def page(result: RollUp) -> Page:
    """What stands on the page."""
    subject = f"{result.questionnaire.title} {result.questionnaire.version}"
    sections = [
        Section(_("Organisations"), [_members(result)]),
        *_heat(result),
        *_holes(result),
        *_changes(result),
    ]
    return Page(_("Portfolio"), subject, list(_opening(result)), sections)


def _opening(result: RollUp) -> Iterator[str]:
    known = [one for one in result.members if one.score is not None]
    yield ngettext(
        "{number} organisation, {known} of them with a score. Most holes first.",
        "{number} organisations, {known} of them with a score. Most holes first.",
        len(result.members),
    ).format(number=len(result.members), known=len(known))
    if result.set_aside:
        yield ngettext(
            "{number} older sheet of organisations that have a newer one set aside.",
            "{number} older sheets of organisations that have a newer one set aside.",
            result.set_aside,
        ).format(number=result.set_aside)
    if result.left_out:
        yield ngettext(
            "{number} sheet with faults left out.", "{number} sheets with faults left out.", result.left_out
        ).format(number=result.left_out)


def named(member: Member) -> str:
    """An organisation by its name, else by its file."""
    return member.organisation or member.file


def _members(result: RollUp) -> Table:
    rows = [
        [
            named(one), one.actor or "", _score(result, one), _level(one),
            str(len(one.holes)), percent(one.coverage or 0.0), _change(one),
        ]
        for one in result.members
    ]  # fmt: skip
    header = [_("Organisation"), _("Actor"), _("Readiness"), _("Level"), _("Holes"), _("Known"), _("Change")]
    return Table(header, rows, "Llrlrrr")


def _level(member: Member) -> str:
    return _("not known") if member.score is None else level(member.level)


def _score(result: RollUp, member: Member) -> str:
    return _("not known") if member.score is None else points(member.score, result.score_bands)


def _change(member: Member) -> str:
    if member.change is None:
        return ""
    return "" if member.change.real_change is None else change(member.change.real_change)


def _heat(result: RollUp) -> Iterator[Section]:
    """The scores of every organisation by trend, and its exposures by risk."""
    if result.trends:
        cells = [[_points(own.score, result.score_bands) for own in one.trends] for one in result.members]
        yield Section(_("Trends"), list(_matrix(result, [one.title for one in result.trends], cells, "h")))
    if result.risks:
        cells = [[_points(own.exposure, result.exposure_bands) for own in one.risks] for one in result.members]
        parts = _matrix(result, [one.title for one in result.risks], cells, "H")
        yield Section(_("Exposures"), [exposure_note(), *parts])


def _points(value: float | None, bands: Sequence[float]) -> str:
    return "-" if value is None else points(value, bands)


def _matrix(result: RollUp, titles: Sequence[str], cells: list[list[str]], letter: str) -> Iterator[Part | Spoken]:
    """A row for each organisation; where there is little room the columns are numbered, read out they are named."""
    numbers = [str(at) for at in range(1, len(titles) + 1)]
    legend = Bullets(titles, numbered=True)
    rows = [[named(one), *own] for one, own in zip(result.members, cells, strict=True)]
    drawn = Table([_("Organisation"), *numbers], rows, f"L{letter * len(titles)}")
    spoken = Table([_("Organisation"), *titles], rows, f"L{letter * len(titles)}")
    yield Spoken([legend, drawn], [spoken])


def _holes(result: RollUp) -> Iterator[Section]:
    """Whose safeguards are missing, by code."""
    found = [told(named(one), listing(one.holes)) for one in result.members if one.holes]
    if found:
        yield Section(_("Holes: critical safeguards that are missing"), [Bullets(found)])


def _changes(result: RollUp) -> Iterator[Section]:
    """What really changed since the earlier sheets, and who is new or gone."""
    if not result.compared:
        return
    known = [(one, one.change) for one in result.members if one.change is not None]
    moved = sorted(known, key=lambda one: one[1].real_change or 0.0)
    rows = [[named(one), own.since or "", _verdict(own.verdict), _change(one)] for one, own in moved]
    new = [named(one) for one in result.members if one.change is None]
    header = [_("Organisation"), _("Since"), _("Verdict"), _("Real change")]
    parts: list[Part] = [Table(header, rows, "Lllr")] if rows else []
    parts += [_("New: {names}.").format(names=listing(new))] if new else []
    parts += [_("No longer there: {names}.").format(names=listing(result.gone))] if result.gone else []
    yield Section(_("What changed"), parts)
