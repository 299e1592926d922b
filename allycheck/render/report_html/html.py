"""The report as one HTML page that needs nothing else: no script, no font, no picture, no request to anywhere.

A Content-Security-Policy in the page forbids all of them; the one style sheet is allowed by its hash. Every text is
escaped by the template engine. The pictures are SVG, and each has its table.
"""

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from allycheck.building_report import weakest_first
from allycheck.render import words as assurance
from allycheck.render import words as sentences
from allycheck.render import words as wording
from allycheck.render.cleaning import cleaned
from allycheck.render.report_html import charts
from allycheck.report import BestValue, Report, RiskReport, TrendReport

TEMPLATES = Path(__file__).parent / "templates"
LISTED = 10
"""Next steps that the page shows at once; the others can be opened."""


def render(report: Report) -> str:
    """The whole page."""
    style = (TEMPLATES / "report.css").read_text("utf-8")
    return environment().get_template("report.html.j2").render(_page(cleaned(report)) | styled(style))


@cache
def environment() -> Environment:
    """Where the templates of every HTML page stand, with the words that they use."""
    found = Environment(
        loader=FileSystemLoader(TEMPLATES, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    found.filters |= {
        name: getattr(wording, name)
        for name in ("points", "change", "extent", "short_extent", "percent", "amount", "level")
    }
    found.filters |= {"along": along, "opened": opened}
    found.globals |= {"asked": wording.asked, "not_answered": wording.not_answered}
    return found


def along(value: float) -> str:
    """A number of points as a length in a bar of 100."""
    return charts.place(value, 0.0).x


def opened(text: str) -> str:
    """The text with a capital letter."""
    return text[:1].upper() + text[1:]


def styled(style: str) -> dict[str, str]:
    """The style sheet as it stands in the page, and the hash that allows it."""
    digest = hashlib.sha256(style.encode("utf-8")).digest()
    return {"style": style, "style_hash": f"sha256-{base64.b64encode(digest).decode('ascii')}"}


def _page(report: Report) -> dict[str, Any]:
    """What the template draws from."""
    named = sentences.labels(report)
    return {
        "report": report,
        "named": named,
        "items": sentences.indicators(report),
        "reached": sentences.levels_reached(report),
        "words": sentences,
        "assurance": assurance,
        "within": wording.WITHIN,
        "sizes": wording.SIZES,
        "listed": LISTED,
        "contents": _contents(report),
        "brief": _brief(report, named),
        "radar": charts.radar(report),
        "scatter": charts.scatter(report.priorities.best_value),
        "trend_pages": [_trend_page(report, trend) for trend in _reading_order(report)],
        "blocker": sentences.overall_blocker(report),
    }


def _contents(report: Report) -> list[tuple[str, str]]:
    """The sections that this report has, by their anchor."""
    lists = report.priorities
    sections = [
        ("trends", "Trends", True),
        ("pillars", "Pillars", report.pillars),
        ("risks", "Risks", report.risks),
        ("priorities", "Priorities", sentences.overall_blocker(report) or lists.best_value or lists.find_out),
        ("agenda", "Agenda", report.agenda),
        ("trend-pages", "Trend by trend", True),
        ("strengths", "Strengths", report.strengths),
        ("contradictions", "Contradictions", report.consistency),
        ("robustness", "Firmness", report.robustness),
        ("requirements", "Requirements", report.gates),
        ("method", "Method", True),
    ]
    return [(anchor, title) for anchor, title, present in sections if present]


def _reading_order(report: Report) -> list[TrendReport]:
    return [*weakest_first(report.trends), *(trend for trend in report.trends if not trend.published)]


def _trend_page(report: Report, trend: TrendReport) -> dict[str, Any]:
    """One trend and what there is to say about it; what it draws on stands apart, at the end."""
    blockers = dict(zip((one.id for one in report.trends), report.priorities.blockers.trends, strict=True))
    facts = sentences.trend_facts(report, trend, blockers[trend.id])
    return {
        "trend": trend,
        "facts": [(heading, text) for heading, text in facts if heading != "Draws on"],
        "draws_on": dict(facts).get("Draws on", ""),
    }


def _brief(report: Report, named: dict[str, str]) -> list[tuple[str, str, str]]:
    """The result in up to four facts: a heading, what it is, and its number."""
    ranked = weakest_first(report.trends)
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
    return f"{wording.points(trend.score or 0.0, report.score_bands)} of 100, {wording.level(trend.level)}"


def _highest(report: Report, risk: RiskReport) -> tuple[str, str, str]:
    exposure = wording.points(risk.exposure or 0.0, report.exposure_bands)
    return "Highest exposure", risk.title, f"{exposure} of 100, {sentences.exposure_band(risk)}"


def _first_step(step: BestValue, named: dict[str, str]) -> tuple[str, str, str]:
    effort = wording.effort(step.effort)
    return "Best value for effort", named[step.id], f"{wording.change(step.gain)} points for {effort} of effort"
