"""The report as one HTML page that needs nothing else: no script, no font, no picture, no request to anywhere.

The first part, which a board reads, is one sheet of paper; all else is folded below it and opens in print. A
Content-Security-Policy in the page forbids all requests; the one style sheet is allowed by its hash. Every text is
escaped by the template engine. The pictures are SVG, and each has its table.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

from allycheck.language import _
from allycheck.render import words
from allycheck.render.document.html import drawn
from allycheck.render.document.model import cleaned
from allycheck.render.look import PAGE, Look
from allycheck.render.report import benchmark, board, is_open, meaning, read_on
from allycheck.render.report_html import charts
from allycheck.render.telling import WHOLE, Teller
from allycheck.report import Report, RiskReport, TrendReport
from allycheck.text import commas, semicolons

TEMPLATES = Path(__file__).parent / "templates"


def render(report: Report, look: Look = PAGE) -> str:
    """The whole page."""
    style = (TEMPLATES / "report.css").read_text("utf-8")
    return drawn("report.html.j2", _parts(cleaned(report), look), TEMPLATES, extra=style)


def _parts(report: Report, look: Look) -> dict[str, Any]:
    """What the template draws from."""
    tell = Teller(report, WHOLE)
    return {
        "report": report,
        "named": words.labels(report),
        "reached": words.levels_reached(report),
        "contents": _contents(report, tell),
        "meaning": meaning(report),
        "board": board(report, tell),
        "actions_title": _("Do first"),
        "level_label": _level_label(report),
        "radar": charts.radar(report),
        "scatter": charts.scatter(report.priorities.best_value),
        "trend_folds": [_trend(tell, trend) for trend in words.reading_order(report)],
        "risk_folds": [_risk(tell, risk) for risk in report.risks],
        "benchmark": benchmark(report),
        "agenda": tell.agenda(),
        "read_on": read_on(report, replace(look, full=True)),
    }


def _level_label(report: Report) -> str:
    """What stands above the level."""
    if report.form == "quick":
        return (
            _("Maturity level, indicative") if report.overall.published else _("Maturity level, at least, indicative")
        )
    return _("Maturity level") if report.overall.published else _("Maturity level, at least")


def _contents(report: Report, tell: Teller) -> list[tuple[str, str]]:
    """The sections that this report has, by their anchor."""
    sections = [
        ("standing", _("Where you stand"), True),
        ("trends", _("Trend by trend"), True),
        ("risks", _("Risks"), report.risks),
        ("agenda", _("Agenda"), tell.actions),
        ("steps", _("All next steps"), report.priorities.best_value),
        ("robustness", _("Firmness"), report.robustness),
        ("benchmark", _("Beside others"), report.benchmark),
        ("requirements", _("Requirements"), report.gates),
        ("method", _("Method"), True),
    ]
    return [(anchor, title) for anchor, title, present in sections if present]


def _trend(tell: Teller, trend: TrendReport) -> dict[str, Any]:
    """One trend: what its closed fold says, and what there is to say about it."""
    known = [
        (len(trend.weaknesses), _("{number} weak")),
        (len(trend.strengths), _("{number} strong")),
        (trend.unknown + trend.unanswered, _("{number} not known")),
    ]
    gist = commas(told.format(number=number) for number, told in known if number)
    return {"trend": trend, "gist": gist, "parts": tell.trend(trend), "draws_on": semicolons(words.sources(trend))}


def _risk(tell: Teller, risk: RiskReport) -> dict[str, Any]:
    """One risk: how exposed, and what there is to say about it."""
    return {"risk": risk, "is_open": is_open(risk), "parts": tell.risk(risk)}
