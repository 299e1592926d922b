"""The report as one HTML page that needs nothing else: no script, no font, no picture, no request to anywhere.

A Content-Security-Policy in the page forbids all of them; the one style sheet is allowed by its hash. Every text is
escaped by the template engine. The pictures are SVG, and each has its table.
"""

from pathlib import Path
from typing import Any

from allycheck.building_report import weakest_first
from allycheck.render import words
from allycheck.render.document.html import drawn
from allycheck.render.document.model import cleaned
from allycheck.render.look import PAGE, Look
from allycheck.render.report_html import charts
from allycheck.report import BestValue, BlockerReport, Report, RiskReport, TrendReport

TEMPLATES = Path(__file__).parent / "templates"
LISTED = 10
"""Next steps that the page shows at once; the others can be opened."""


def render(report: Report, _look: Look = PAGE) -> str:
    """The whole page."""
    return drawn("report.html.j2", _parts(cleaned(report)), TEMPLATES)


def _parts(report: Report) -> dict[str, Any]:
    """What the template draws from."""
    named, blockers = words.labels(report), words.blockers(report)
    return {
        "report": report,
        "named": named,
        "items": words.indicators(report),
        "reached": words.levels_reached(report),
        "listed": LISTED,
        "contents": _contents(report),
        "brief": _brief(report, named),
        "radar": charts.radar(report),
        "scatter": charts.scatter(report.priorities.best_value),
        "trend_pages": [_trend_page(report, trend, blockers[trend.id]) for trend in words.reading_order(report)],
        "blocker": words.overall_blocker(report),
    }


def _contents(report: Report) -> list[tuple[str, str]]:
    """The sections that this report has, by their anchor."""
    lists = report.priorities
    sections = [
        ("trends", "Trends", True),
        ("pillars", "Pillars", report.pillars),
        ("risks", "Risks", report.risks),
        ("priorities", "Priorities", words.overall_blocker(report) or lists.best_value or lists.find_out),
        ("trend-pages", "Trend by trend", True),
        ("contradictions", "Contradictions", report.consistency),
        ("robustness", "Firmness", report.robustness),
        ("requirements", "Requirements", report.gates),
        ("method", "Method", True),
    ]
    return [(anchor, title) for anchor, title, present in sections if present]


def _trend_page(report: Report, trend: TrendReport, blocker: BlockerReport | None) -> dict[str, Any]:
    """One trend and what there is to say about it; what it draws on stands apart, at the end."""
    facts = dict(words.trend_facts(report, trend, blocker))
    draws_on = facts.pop("Draws on", "")
    return {"trend": trend, "facts": list(facts.items()), "draws_on": draws_on}


def _brief(report: Report, named: dict[str, str]) -> list[tuple[str, str, str]]:
    """The result in up to four facts: a heading, what it is, and its number."""
    ranked = [trend for trend in weakest_first(report.trends) if trend.published]
    exposed = [risk for risk in report.risks if risk.exposure is not None]
    facts = []
    if len(ranked) > 1:
        facts.append(("Strongest trend", ranked[-1].title, _standing(report, ranked[-1])))
        facts.append(("Weakest trend", ranked[0].title, _standing(report, ranked[0])))
    if exposed:
        facts.append(_highest(report, max(exposed, key=lambda risk: risk.exposure or 0.0)))
    if report.priorities.best_value:
        facts.append(_first_step(report.priorities.best_value[0], named))
    return facts


def _standing(report: Report, trend: TrendReport) -> str:
    return f"{words.points(trend.score or 0.0, report.score_bands)} of 100, {words.level(trend.level)}"


def _highest(report: Report, risk: RiskReport) -> tuple[str, str, str]:
    exposure = words.points(risk.exposure or 0.0, report.exposure_bands)
    return "Highest exposure", risk.title, f"{exposure} of 100, {words.exposure_band(risk)}"


def _first_step(step: BestValue, named: dict[str, str]) -> tuple[str, str, str]:
    effort = words.effort(step.effort)
    return "Best value for effort", named[step.id], f"{words.change(step.gain)} points for {effort} of effort"
