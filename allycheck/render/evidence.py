"""What could be shown, on a page: first the answers of 3 or 4 that name no evidence, then those that do."""

from collections.abc import Iterator, Sequence

from allycheck.analysis.evidence import Claim, Evidence
from allycheck.language import _, ngettext
from allycheck.render.document.model import Cell, Entries, Entry, Led, Marked, Note, Page, Part, Section, Table, Topic
from allycheck.render.words import left_out, percent
from allycheck.text import label


def page(result: Evidence) -> Page:
    """What stands on the page."""
    sections = [
        Section(_("Without evidence"), _told(result, [claim for claim in result.claims if claim.evidence is None])),
        Section(_("With evidence"), _told(result, [claim for claim in result.claims if claim.evidence is not None])),
        Section(_("By trend"), [_by_trend(result)] if result.claims else []),
    ]
    shown = [section for section in sections if section.parts]
    return Page(_("Evidence"), result.organisation or "", list(_opening(result)), shown)


def _opening(result: Evidence) -> Iterator[str | Marked | Led]:
    source = result.questionnaire
    form = _("quick form") if result.form == "quick" else _("full form")
    about = (f"{source.title} {source.version}", result.actor_title, form, result.date or "")
    yield Marked(", ".join(part for part in about if part), "faint")
    if result.out_of_scope:
        yield Led(_("Left out of scope"), left_out(result.out_of_scope), faint=True)
    if not result.claims:
        yield _("No answer is at level 3 or 4, so there is nothing to show evidence for.")
        return
    yield Marked(_claimed(result), "strong")
    yield _(
        "An answer counts by its level after reversal, and by what it weighs in the score. What is named here is what "
        "the organisation says; nobody has looked at it yet."
    )


def _claimed(result: Evidence) -> str:
    """How many answers claim strength, and how much of that names evidence."""
    claims = len(result.claims)
    if result.share is None:
        return ngettext(
            "{claims} answer at level 3 or 4, {named} with evidence.",
            "{claims} answers at level 3 or 4, {named} with evidence.",
            claims,
        ).format(claims=claims, named=result.named)
    return ngettext(
        "{claims} answer at level 3 or 4, {named} with evidence ({share} by weight).",
        "{claims} answers at level 3 or 4, {named} with evidence ({share} by weight).",
        claims,
    ).format(claims=claims, named=result.named, share=percent(result.share))


def _told(result: Evidence, claims: Sequence[Claim]) -> list[Part]:
    """The claims one by one, under the titles of their trends."""
    parts: list[Part] = []
    for trend in result.trends:
        own = [claim for claim in claims if claim.trend == trend.id]
        if own:
            parts += [Topic(trend.title), Entries([_entry(result, claim) for claim in own])]
    return parts


def _entry(result: Evidence, claim: Claim) -> Entry:
    level = _("Level {level} ({name})").format(level=claim.level, name=result.level_names[claim.level])
    notes: list[Note] = [Led(_("Claimed"), claim.statement)]
    notes += [Led(_("Evidence"), claim.evidence)] if claim.evidence else []
    notes += [Led(_("Evidence to look for"), claim.evidence_wanted)] if claim.evidence_wanted else []
    notes += [Led(_("Comment"), claim.comment)] if claim.comment else []
    return Entry(label(claim), notes, level)


def _by_trend(result: Evidence) -> Table:
    rows: list[list[Cell]] = [
        [trend.title, str(trend.claims), str(trend.named), "" if trend.share is None else percent(trend.share)]
        for trend in result.trends
        if trend.claims
    ]
    return Table([_("Trend"), _("At 3 or 4"), _("With evidence"), _("By weight")], rows, "Lrrr")
