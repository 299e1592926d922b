"""The report on one page: the headline, trends, risks, what to do first, and the commands that lead on."""

from collections.abc import Iterable, Iterator

from allycheck.render import plain
from allycheck.render import words as say
from allycheck.render.document.layout import BLANK, Block, Cell, Span, ruled, table, to_text, unlabelled
from allycheck.render.look import Look
from allycheck.render.rows import RISK_COLUMNS, TREND_COLUMNS, risk_row, trend_row
from allycheck.render.words import amount, change, gates_met, percent, points
from allycheck.report import BestValue, BlockerReport, GateReport, Report

SHOWN = 3
"""Entries of each list of priorities."""
NEXT = "allycheck plan FILE, allycheck stress FILE, allycheck explain FILE"


def render(report: Report, look: Look) -> str:
    """One page, at most 40 lines at 80 columns for ten trends and four risks."""
    return plain.page(_spoken(report), look) if look.plain else to_text(_drawn(report, look), look)


def _drawn(report: Report, look: Look) -> Iterator[Block]:
    yield unlabelled(report.organisation or report.questionnaire.title, look, style="title")
    yield unlabelled(", ".join(say.circumstances(report)), look, style="faint")
    yield BLANK
    yield unlabelled(report.overall.headline, look, style="strong")
    yield unlabelled(report.overall.sentence or "", look)
    yield ruled("Trends", look)
    yield table([trend_row(report, trend) for trend in report.trends], look, align=TREND_COLUMNS)
    if report.risks:
        yield ruled("Risks", look)
        yield table([risk_row(report, risk, "") for risk in report.risks], look, align=RISK_COLUMNS)
    yield from _priorities(report, look)
    yield from _gates(report, look)
    yield BLANK
    yield unlabelled(f"Next: {NEXT}", look, style="faint")


def _priorities(report: Report, look: Look) -> Iterator[Block]:
    named, reached = say.labels(report), say.levels_reached(report)
    lists = report.priorities
    if blocker := say.overall_blocker(report):
        there, needed = percent(blocker.share, blocker.needed), percent(blocker.needed)
        yield ruled(f"{_away(report, blocker)}: {there} of the weight is there, {needed} is needed", look)
        yield _listed([[named[name], reached[name]] for name in _first(blocker)], "Ll", look)
    if lists.best_value:
        yield ruled("Best value: the most points for the effort", look)
        steps = [
            [named[step.id], say.move(report, step), change(step.gain), f"effort {amount(step.effort)}"]
            for step in _open_first(lists.best_value)
        ]
        yield _listed(steps, "Llrl", look)
    if lists.find_out:
        yield ruled("Find out: what makes the range wide", look)
        yield _listed(
            [[named[entry.id], f"{points(entry.width)} points"] for entry in lists.find_out[:SHOWN]], "Lr", look
        )


def _listed(rows: Iterable[list[str]], align: str, look: Look) -> Block:
    cells: list[list[Cell]] = [[Span(first), *others] for first, *others in rows]
    return table(cells, look, align=align)


def _away(report: Report, blocker: BlockerReport) -> str:
    return f"What keeps {report.level_names[blocker.next]} away"


def _first(blocker: BlockerReport) -> list[str]:
    return [*blocker.below_gap, *blocker.short][:SHOWN]


def _open_first(found: list[BestValue]) -> list[BestValue]:
    """The best steps, those that need nothing else before them first."""
    return sorted(found, key=lambda step: bool(step.blocked_by))[:SHOWN]


def _gates(report: Report, look: Look) -> Iterator[Block]:
    if report.gates:
        yield unlabelled(_verdict(report.gates), look, style="strong")


def _verdict(gates: list[GateReport]) -> str:
    """How many requirements are met, and the first that is not."""
    failed = [plain.ended(gate.reason or gate.id) for gate in gates if not gate.passed]
    return " ".join([gates_met(gates), *failed[:1]])


def _spoken(report: Report) -> Iterator[Iterable[str]]:
    yield plain.opening(report)
    yield ["Trends.", *(f"{trend.title}: {plain.standing(report, trend)}." for trend in report.trends)]
    if report.risks:
        yield ["Risks.", *(plain.risk_sentence(report, risk) for risk in report.risks)]
    yield _spoken_priorities(report)
    yield [*([_verdict(report.gates)] if report.gates else []), f"Next: {NEXT}"]


def _spoken_priorities(report: Report) -> Iterator[str]:
    named, reached = say.labels(report), say.levels_reached(report)
    lists = report.priorities
    if blocker := say.overall_blocker(report):
        yield f"{_away(report, blocker)}: {say.with_levels(_first(blocker), named, reached)}."
    for step in _open_first(lists.best_value):
        level = report.level_names[step.to]
        yield f"Best value: {named[step.id]}, to {level}: {change(step.gain)} for effort {amount(step.effort)}."
    for entry in lists.find_out[:SHOWN]:
        yield f"Find out: {named[entry.id]}, {points(entry.width)} points of range."
