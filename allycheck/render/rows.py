"""Trends, pillars and risks in one line each, for the tables of the text report."""

from allycheck.render.document.layout import Cell, Span
from allycheck.render.document.model import Bar
from allycheck.render.words import asked, exposure_band, level, points, short_extent
from allycheck.report import PillarReport, Report, RiskReport, TrendReport

TREND_COLUMNS = "LbrrLr"
TREND_HEADER = ("", "", "score", "range", "level", "known")
PILLAR_COLUMNS = "Lbrr"
RISK_COLUMNS = "LbrrL"
SCORE_STYLES = {"low": "poor", "middle": "fair", "high": "good", None: ""}
EXPOSURE_STYLES = {"low": "good", "moderate": "fair", "high": "poor", None: ""}


def trend_row(report: Report, trend: TrendReport) -> list[Cell]:
    """Title, bar, score, range, level, answered of asked."""
    return [
        trend.title,
        Bar(trend.score, trend.low, trend.high, SCORE_STYLES[trend.band]),
        points(trend.score, report.score_bands) if trend.score is not None else "",
        Span(short_extent(trend.low, trend.high), "faint"),
        _trend_level(trend),
        f"{trend.answered}/{asked(trend)}",
    ]


def _trend_level(trend: TrendReport) -> str:
    if trend.coverage is None:
        return "not applicable"
    return level(trend.level) if trend.published else "not known"


def pillar_row(report: Report, pillar: PillarReport) -> list[Cell]:
    """Title, bar, score, range."""
    return [
        Span(pillar.title, "strong"),
        Bar(pillar.score, pillar.low, pillar.high, SCORE_STYLES[pillar.band]),
        points(pillar.score, report.score_bands) if pillar.score is not None else "",
        Span(short_extent(pillar.low, pillar.high), "faint"),
    ]


def risk_row(report: Report, risk: RiskReport, style: str = "strong") -> list[Cell]:
    """Title, bar, exposure, range, band."""
    return [
        Span(risk.title, style),
        Bar(risk.exposure, risk.low, risk.high, EXPOSURE_STYLES[risk.band]),
        points(risk.exposure, report.exposure_bands) if risk.exposure is not None else "",
        Span(short_extent(risk.low, risk.high), "faint"),
        exposure_band(risk),
    ]
