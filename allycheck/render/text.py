"""The report for a terminal, in the reading order of the design: brief, in plain sentences, or in full."""

from collections.abc import Iterator
from dataclasses import replace

from allycheck.render.actions import contradictions, priorities
from allycheck.render.closing import gates, method, robustness
from allycheck.render.details import risks, trend_by_trend
from allycheck.render.document.layout import (
    BLANK,
    Block,
    Span,
    cells,
    heading,
    led,
    paragraph,
    table,
    table_rows,
    to_text,
    unlabelled,
)
from allycheck.render.look import Look
from allycheck.render.rows import PILLAR_COLUMNS, TREND_COLUMNS, TREND_HEADER, pillar_row, trend_row
from allycheck.render.words import (
    background,
    circumstances,
    could_reach,
    percent,
    remarks,
    span_of,
    too_little,
)
from allycheck.report import PillarReport, Report

WIDEST = 100
"""Columns beyond which running text is hard to read."""


def render(report: Report, look: Look) -> str:
    """The report as text that fits the look: width, colour, plain and brief."""
    if look.brief:
        from allycheck.render import brief

        return brief.render(report, look)
    if look.plain:
        from allycheck.render import plain

        return plain.render(report, look)
    page = replace(look, width=min(look.width, WIDEST))
    return to_text(_sections(report, page), page)


def _sections(report: Report, look: Look) -> Iterator[Block]:
    yield from opening(report, look)
    yield from _trends(report, look)
    yield from _pillars(report, look)
    yield from risks(report, look)
    yield from priorities(report, look)
    yield from trend_by_trend(report, look)
    yield from contradictions(report, look)
    yield from robustness(report, look)
    yield from method(report, look)
    yield from gates(report, look)


def opening(report: Report, look: Look) -> Iterator[Block]:
    """Who, what it is about, the headline and the actor's own sentence."""
    yield title(report, look)
    for name, text in background(report):
        yield led(f"{name}:", text, look, lead_style="faint")
    yield from headline(report, look)
    if report.charge:
        yield BLANK
        yield led("Your task:", report.charge, look)


def title(report: Report, look: Look) -> Block:
    """Who was assessed, as what, and with which questionnaire."""
    name = report.organisation or report.questionnaire.title
    return unlabelled(name, look, style="title") + unlabelled(", ".join(circumstances(report)), look, style="faint")


def headline(report: Report, look: Look) -> Iterator[Block]:
    """The result in one sentence, drawn as a bar and as a ladder of levels, and what it means for this actor."""
    overall = report.overall
    yield BLANK
    yield unlabelled(overall.headline, look, style="title")
    if overall.low is not None and overall.answered:
        yield _ladder(report, look)
    for text in (could_reach(report), overall.sentence or ""):
        yield unlabelled(text, look)


def _ladder(report: Report, look: Look) -> Block:
    """The levels with the demonstrated one in brackets."""
    reached = report.overall.level.value if report.overall.level else None
    spans = [
        Span(f"[{name}]", "strong") if at == reached else Span(name, "faint")
        for at, name in enumerate(report.level_names)
    ]
    line = [part for span in spans for part in (Span(" > ", "faint"), span)][1:]
    whole = "".join(span.text for span in line)
    return [tuple(line)] if cells(whole) <= look.width else unlabelled(whole, look, style="faint")


def _trends(report: Report, look: Look) -> Iterator[Block]:
    yield heading("Trends", look)
    rows = [trend_row(report, trend) for trend in report.trends]
    yield table(rows, look, align=TREND_COLUMNS, header=TREND_HEADER)
    if any(span_of(trend.low, trend.high) for trend in report.trends):
        yield paragraph(
            "Heavy line: certain. Broken line: possible, depending on what is not known.", look, style="faint"
        )
    if any(trend.coverage is not None and not trend.published for trend in report.trends):
        yield paragraph(
            f"Too little is known for a score under {percent(report.coverage_needed)} of what counts.",
            look,
            style="faint",
        )
    for trend in report.trends:
        if remarks(trend):
            yield led(f"{trend.title}:", f"{', '.join(remarks(trend))}.", look, lead_style="faint")


def _pillars(report: Report, look: Look) -> Iterator[Block]:
    if not report.pillars:
        return
    yield heading("Pillars", look)
    rows = table_rows([pillar_row(report, pillar) for pillar in report.pillars], look, align=PILLAR_COLUMNS)
    for pillar, row in zip(report.pillars, rows, strict=True):
        yield row
        yield paragraph(_pillar_text(report, pillar), look, indent=2)
        yield BLANK


def _pillar_text(report: Report, pillar: PillarReport) -> str:
    if pillar.coverage is None:
        return "Not applicable."
    return pillar.meaning if pillar.published else f"No score: {too_little(report, pillar.coverage)}."
