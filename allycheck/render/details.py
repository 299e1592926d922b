"""The long parts of the text report: the risks for this actor, and trend by trend, weakest first."""

from collections.abc import Iterator

from allycheck.building_report import weakest_first
from allycheck.render.document.layout import (
    BLANK,
    Block,
    bullets,
    heading,
    led,
    paragraph,
    subheading,
    table_rows,
    unlabelled,
)
from allycheck.render.look import Look
from allycheck.render.rows import RISK_COLUMNS, risk_row
from allycheck.render.words import (
    EXPOSURE_NOTE,
    extent,
    labels,
    level,
    main_drivers,
    next_steps,
    points,
    too_little,
    trend_facts,
)
from allycheck.report import BlockerReport, Report, RiskReport, TrendReport


def risks(report: Report, look: Look) -> Iterator[Block]:
    """The risks: exposure, how it shows up here, what it means, signs, what helps, and what drives it."""
    if not report.risks:
        return
    yield heading("Risks", look)
    yield paragraph(EXPOSURE_NOTE, look, style="faint")
    named = labels(report)
    rows = table_rows([risk_row(report, risk) for risk in report.risks], look, align=RISK_COLUMNS)
    for risk, row in zip(report.risks, rows, strict=True):
        yield BLANK
        yield row
        yield from _risk(report, risk, named, look)


def _risk(report: Report, risk: RiskReport, named: dict[str, str], look: Look) -> Iterator[Block]:
    unpublished = risk.coverage is not None and not risk.published
    means = f"No exposure: {too_little(report, risk.coverage)}." if unpublished else risk.text or ""
    yield paragraph(f"{risk.shows_up or risk.meaning} {means}", look, indent=2)
    yield from _list("Warning signs", risk.warning_signs, look)
    yield from _list("What helps", [one.do for one in risk.mitigations], look)
    if drivers := main_drivers(risk, named):
        yield led("Driven by:", f"{drivers}.", look, indent=2)


def _list(title: str, texts: list[str], look: Look) -> Iterator[Block]:
    if texts:
        yield paragraph(title, look, indent=2, style="strong")
        yield bullets(texts, look, indent=2)


def trend_by_trend(report: Report, look: Look) -> Iterator[Block]:
    """Every trend in full: the published ones from the weakest up, then those of which too little is known."""
    trends = [*weakest_first(report.trends), *(trend for trend in report.trends if trend.low is None)]
    blockers = dict(zip((trend.id for trend in report.trends), report.priorities.blockers.trends, strict=True))
    yield heading("Trend by trend, weakest first", look)
    for trend in trends:
        yield subheading(trend.title, look, _standing(report, trend))
        yield from _trend(report, trend, blockers[trend.id], look)


def _standing(report: Report, trend: TrendReport) -> str:
    if trend.low is None or trend.high is None:
        return "not applicable"
    if trend.score is None:
        return f"range {extent(trend.low, trend.high)}"
    return f"{points(trend.score, report.score_bands)}, {level(trend.level)}"


def _trend(report: Report, trend: TrendReport, blocker: BlockerReport | None, look: Look) -> Iterator[Block]:
    yield unlabelled(trend.subject, look, style="faint")
    for lead, text in trend_facts(report, trend, blocker):
        yield led(f"{lead}:", text, look)
    yield from _list("Next steps", next_steps(report, trend), look)
