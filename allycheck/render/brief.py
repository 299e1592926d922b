"""The report on one page: the headline, trends, risks, what blocks, what to do and to find out, the next command."""

from allycheck.language import _
from allycheck.render import priorities, words
from allycheck.render.document.model import Cell, Led, Marked, Note, Page, Section, Table, sentence
from allycheck.render.look import PAGE, Look
from allycheck.render.report import named, risk_table, trend_table
from allycheck.report import Report
from allycheck.text import commas, first_of, full_stop, listing, sentences

SHOWN = 3
"""Entries of each list."""


def page(report: Report, look: Look = PAGE) -> Page:
    """One page: as text at most 40 lines at 80 columns for ten trends and four risks."""
    opening: list[Marked | Led] = [Marked(commas(words.circumstances(report)), "faint")]
    if report.out_of_scope:
        opening.append(Led(_("Left out of scope"), words.left_out(report.out_of_scope), faint=True))
    opening.append(Marked(report.overall.headline, "strong"))
    means = [text for text in (words.indicative(report), report.overall.sentence) if text]
    sections = [
        Section(_("Trends"), [trend_table(report)]),
        *([Section(_("Risks: exposure, band and holes"), [risk_table(report)])] if report.risks else []),
        *_blocked(report),
        *_first(report),
        *_find_out(report),
    ]
    command = f"allycheck report {look.source.answers}"
    closing: list[Marked | Led] = [*_requirements(report), Led(_("Next"), command, faint=True)]
    return Page(named(report), "", [*opening, *means], sections, closing, dense=True)


def _blocked(report: Report) -> list[Section]:
    blocker = priorities.overall_blocker(report)
    if blocker is None:
        return []
    below = words.with_levels(blocker.short, words.labels(report), words.levels_reached(report))
    also = "" if blocker.below_gap or not below else _("Below it: {names}.").format(names=first_of(below, SHOWN))
    title = _("What keeps {level} away").format(level=report.level_names[blocker.next])
    return [Section(title, [sentences([priorities.next_level(report, blocker), also])])]


def _first(report: Report) -> list[Section]:
    """The first actions; pages that are printed have their texts, and room for who does it and by when."""
    steps, title = priorities.actions(report)[:SHOWN], words.labels(report)
    rows: list[list[Cell]] = [
        [
            title[step.id],
            words.from_and_to(report, step.from_, step.to),
            words.days(step.within),
            _("effort {effort}").format(effort=words.amount(step.effort)),
        ]
        for step in steps
    ]
    told: list[list[Note]] = [[sentences(step.texts)] for step in steps]
    header = [_("Action"), _("From"), _("Within"), _("Effort")]
    table = Table(header, rows, "Llll", told, blank=[_("Who"), _("By when")])
    return [Section(_("Do first"), [table])] if rows else []


def _find_out(report: Report) -> list[Section]:
    found = priorities.to_find_out(report)[:SHOWN]
    names = listing(words.labels(report)[name] for name in found)
    return [Section(_("Find out"), [full_stop(names)])] if found else []


def _requirements(report: Report) -> list[Marked]:
    """How many requirements are met, and the first that is not."""
    gates = report.gates or []
    failed = [sentence(gate.reason or gate.id) for gate in gates if not gate.passed]
    return [Marked(sentences([words.gates_met(gates), *failed[:1]]), "strong")] if gates else []
