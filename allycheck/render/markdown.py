"""The report as GitHub-flavoured Markdown, to paste into a wiki, an issue or a word processor. No HTML in it.

Whatever the template shows goes through `as_markdown`, so that no text of a user or a questionnaire is markup.
"""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from allycheck.building_report import weakest_first
from allycheck.render import words as assurance
from allycheck.render import words as sentences
from allycheck.render import words as wording
from allycheck.render.document.markdown import as_markdown
from allycheck.render.document.model import cleaned
from allycheck.report import Report, TrendReport

TEMPLATES = Path(__file__).parent / "report_html" / "templates"
LISTED = 10
"""Next steps that the page shows; the JSON has all of them."""


def render(report: Report) -> str:
    """The whole page."""
    return _environment().get_template("report.md.j2").render(_page(cleaned(report)))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES, encoding="utf-8"),
        autoescape=False,  # noqa: S701 - HTML's escapes are not Markdown's; finalize escapes every value instead
        finalize=_shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        name: getattr(wording, name) for name in ("points", "change", "short_extent", "percent", "amount", "level")
    }
    return environment


def _shown(value: object) -> str:
    """How the template engine prints any value."""
    return as_markdown(str(value))


def _page(report: Report) -> dict[str, Any]:
    """What the template draws from."""
    return {
        "report": report,
        "named": sentences.labels(report),
        "items": sentences.indicators(report),
        "reached": sentences.levels_reached(report),
        "words": sentences,
        "assurance": assurance,
        "asked": wording.asked,
        "within": wording.WITHIN,
        "listed": LISTED,
        "blocker": sentences.overall_blocker(report),
        "blockers": dict(zip((one.id for one in report.trends), report.priorities.blockers.trends, strict=True)),
        "in_order": _reading_order(report),
        "opened": _opened,
    }


def _reading_order(report: Report) -> list[TrendReport]:
    return [*weakest_first(report.trends), *(trend for trend in report.trends if trend.low is None)]


def _opened(text: str) -> str:
    """The text with a capital letter."""
    return text[:1].upper() + text[1:]
