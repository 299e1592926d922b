"""A portfolio on a page: every organisation on a line, the heat map of its trends and exposures, and what changed."""

from collections.abc import Iterator, Sequence

from allycheck.analysis.cohort.roll_up import Member, RollUp
from allycheck.render.document.model import Bullets, Page, Part, Section, Spoken, Table
from allycheck.render.words import EXPOSURE_NOTE, change, level, percent, points
from allycheck.text import count, listing

TITLE = "Portfolio"
NOT_KNOWN = "not known"
VERDICTS = {
    "no_change": "no change", "clear_rise": "clear rise", "clear_fall": "clear fall", "mixed": "mixed",
    "not_comparable": "not comparable",
}  # fmt: skip


def page(result: RollUp) -> Page:
    """What stands on the page."""
    subject = f"{result.questionnaire.title} {result.questionnaire.version}"
    sections = [
        Section("Organisations", [_members(result)]),
        *_heat(result),
        *_holes(result),
        *_changes(result),
    ]
    return Page(TITLE, subject, list(_opening(result)), sections)


def _opening(result: RollUp) -> Iterator[str]:
    known = [one for one in result.members if one.score is not None]
    yield f"{count(len(result.members), 'organisation')}, {len(known)} of them with a score. Most holes first."
    if result.set_aside:
        yield f"{count(result.set_aside, 'older sheet')} of organisations that have a newer one set aside."
    if result.left_out:
        yield f"{count(result.left_out, 'sheet')} with faults left out."


def named(member: Member) -> str:
    """An organisation by its name, else by its file."""
    return member.organisation or member.file


def _members(result: RollUp) -> Table:
    rows = [
        [
            named(one), one.actor or "", _score(result, one), level(one.level) if one.score is not None else NOT_KNOWN,
            str(len(one.holes)), percent(one.coverage or 0.0), _change(one),
        ]
        for one in result.members
    ]  # fmt: skip
    return Table(["Organisation", "Actor", "Readiness", "Level", "Holes", "Known", "Change"], rows, "Llrlrrr")


def _score(result: RollUp, member: Member) -> str:
    return NOT_KNOWN if member.score is None else points(member.score, result.score_bands)


def _change(member: Member) -> str:
    if member.change is None:
        return ""
    return "" if member.change.real_change is None else change(member.change.real_change)


def _heat(result: RollUp) -> Iterator[Section]:
    """The scores of every organisation by trend, and its exposures by risk."""
    if result.trends:
        cells = [[_points(own.score, result.score_bands) for own in one.trends] for one in result.members]
        yield Section("Trends", list(_matrix(result, [one.title for one in result.trends], cells, "h")))
    if result.risks:
        cells = [[_points(own.exposure, result.exposure_bands) for own in one.risks] for one in result.members]
        parts = _matrix(result, [one.title for one in result.risks], cells, "H")
        yield Section("Exposures", [EXPOSURE_NOTE, *parts])


def _points(value: float | None, bands: Sequence[float]) -> str:
    return "-" if value is None else points(value, bands)


def _matrix(result: RollUp, titles: Sequence[str], cells: list[list[str]], letter: str) -> Iterator[Part | Spoken]:
    """A row for each organisation; where there is little room the columns are numbered, read out they are named."""
    numbers = [str(at) for at in range(1, len(titles) + 1)]
    legend = Bullets(titles, numbered=True)
    rows = [[named(one), *own] for one, own in zip(result.members, cells, strict=True)]
    drawn = Table(["Organisation", *numbers], rows, f"L{letter * len(titles)}")
    spoken = Table(["Organisation", *titles], rows, f"L{letter * len(titles)}")
    yield Spoken([legend, drawn], [spoken])


def _holes(result: RollUp) -> Iterator[Section]:
    """Whose safeguards are missing, by code."""
    found = [f"{named(one)}: {listing(one.holes)}" for one in result.members if one.holes]
    if found:
        yield Section("Holes: critical safeguards that are missing", [Bullets(found)])


def _changes(result: RollUp) -> Iterator[Section]:
    """What really changed since the earlier sheets, and who is new or gone."""
    if not result.compared:
        return
    told = [(one, one.change) for one in result.members if one.change is not None]
    moved = sorted(told, key=lambda one: one[1].real_change or 0.0)
    rows = [[named(one), own.since or "", VERDICTS[own.verdict], _change(one)] for one, own in moved]
    new = [named(one) for one in result.members if one.change is None]
    parts: list[Part] = [Table(["Organisation", "Since", "Verdict", "Real change"], rows, "Lllr")] if rows else []
    parts += [f"New: {listing(new)}."] if new else []
    parts += [f"No longer there: {listing(result.gone)}."] if result.gone else []
    yield Section("What changed", parts)
