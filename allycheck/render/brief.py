"""The report on one page: the headline, trends, risks, what to do first, and the commands that lead on."""

from collections.abc import Sequence

from allycheck.render import words
from allycheck.render.document.model import Led, Marked, Page, Section, Table, sentence
from allycheck.render.report import named, risk_table, trend_table
from allycheck.report import BestValue, Report

SHOWN = 3
"""Entries of each list of priorities."""
NEXT = "allycheck plan FILE, allycheck stress FILE, allycheck explain FILE"


def page(report: Report) -> Page:
    """One page: as text at most 40 lines at 80 columns for ten trends and four risks."""
    overall = report.overall
    opening = [Marked(", ".join(words.circumstances(report)), "faint"), Marked(overall.headline, "strong")]
    sections = [
        Section("Trends", [trend_table(report)]),
        *([Section("Risks: exposure", [risk_table(report)])] if report.risks else []),
        *_blocker(report),
        *_best_value(report),
        *_find_out(report),
    ]
    means = [overall.sentence] if overall.sentence else []
    closing: list[Marked | Led] = [*_requirements(report), Led("Next", NEXT, faint=True)]
    return Page(named(report), "", [*opening, *means], sections, closing, dense=True)


def _blocker(report: Report) -> list[Section]:
    blocker = words.overall_blocker(report)
    if blocker is None:
        return []
    there, needed = words.percent(blocker.share, blocker.needed), words.percent(blocker.needed)
    title = f"What keeps {report.level_names[blocker.next]} away: {there} of the weight is there, {needed} is needed"
    trends = [*blocker.below_gap, *blocker.short][:SHOWN]
    return [
        _listed(
            title,
            ["Trend", "Level"],
            [[words.labels(report)[one], words.levels_reached(report)[one]] for one in trends],
        )
    ]


def _best_value(report: Report) -> list[Section]:
    title = words.labels(report)
    rows = [
        [title[step.id], words.move(report, step), words.change(step.gain), f"effort {words.amount(step.effort)}"]
        for step in _open_first(report.priorities.best_value)
    ]
    header = ["Next step", "From", "Points", "Effort"]
    return [_listed("Best value: the most points for the effort", header, rows, "Llrl")] if rows else []


def _open_first(found: list[BestValue]) -> list[BestValue]:
    """The best steps, those that need nothing else before them first."""
    return sorted(found, key=lambda step: bool(step.blocked_by))[:SHOWN]


def _find_out(report: Report) -> list[Section]:
    title = words.labels(report)
    rows = [[title[entry.id], f"{words.points(entry.width)} points"] for entry in report.priorities.find_out[:SHOWN]]
    return [_listed("Find out: what makes the range wide", ["Not known", "Points"], rows, "Lr")] if rows else []


def _listed(title: str, header: list[str], rows: Sequence[list[str]], align: str = "Ll") -> Section:
    return Section(title, [Table(header, rows, align)])


def _requirements(report: Report) -> list[Marked]:
    """How many requirements are met, and the first that is not."""
    gates = report.gates or []
    failed = [sentence(gate.reason or gate.id) for gate in gates if not gate.passed]
    return [Marked(" ".join([words.gates_met(gates), *failed[:1]]), "strong")] if gates else []
