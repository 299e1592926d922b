"""A badge for a page of a project: the endpoint of shields.io, which draws it from this JSON.

The text says everything, level and score; the colour only repeats the band of the score.
"""

import json

from allycheck.language import _
from allycheck.numbers import exact
from allycheck.questionnaire import SCORE_BANDS, ScoreBand
from allycheck.render.document.model import cleaned
from allycheck.render.look import PAGE, Look
from allycheck.render.words import level, points
from allycheck.report import Report
from allycheck.scoring import band_of

COLOURS: dict[ScoreBand | None, str] = {"low": "orange", "middle": "yellow", "high": "green", None: "lightgrey"}
"""Names that shields.io knows, by band; grey where nothing is published."""


def render(report: Report, _look: Look = PAGE) -> str:
    """The badge. While too little is known to publish a score it says so, and nothing else."""
    report = cleaned(report)
    overall = report.overall
    band = None
    message = _("not known")
    if overall.score is not None:
        band = band_of(exact(overall.score), [exact(edge) for edge in report.score_bands], SCORE_BANDS)
        message = _message(report)
    badge = {"schemaVersion": 1, "label": report.questionnaire.title, "message": message, "color": COLOURS[band]}
    return json.dumps(badge, indent=2, ensure_ascii=False) + "\n"


def _message(report: Report) -> str:
    assert report.overall.score is not None
    told = {"level": level(report.overall.level), "score": points(report.overall.score, report.score_bands)}
    if report.form == "quick":
        return _("{level}, {score} of 100, indicative").format(**told)
    return _("{level}, {score} of 100").format(**told)
