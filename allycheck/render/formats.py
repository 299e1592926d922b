"""The formats of the report: the one list of them, from which the option's choices come too."""

from enum import StrEnum
from pathlib import PurePath
from typing import TYPE_CHECKING

from allycheck.render.look import PAGE, Look

if TYPE_CHECKING:
    from allycheck.report import Report


class Format(StrEnum):
    """How a report can be written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"
    CSV = "csv"
    JUNIT = "junit"


SUFFIXES = {
    ".txt": Format.TEXT,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".json": Format.JSON,
    ".csv": Format.CSV,
    ".xml": Format.JUNIT,
}


def format_of(path: str) -> Format | None:
    """The format that a file name asks for, if any."""
    return SUFFIXES.get(PurePath(path).suffix.lower())


def render(report: "Report", form: Format, look: Look = PAGE) -> str:
    """The report in one format. Each renderer is imported only when it is needed."""
    match form:
        case Format.JSON:
            from allycheck.render import json

            return json.render(report)
        case Format.TEXT:
            from allycheck.render import brief
            from allycheck.render import report as full
            from allycheck.render.document.text import text

            return text(brief.page(report) if look.brief else full.page(report), look)
        case Format.MARKDOWN:
            from allycheck.render import report as full
            from allycheck.render.document.markdown import markdown

            return markdown(full.page(report))
        case Format.HTML:
            from allycheck.render.report_html import html

            return html.render(report)
        case Format.CSV:
            from allycheck.render import csv

            return csv.render(report, look.rows)
        case Format.JUNIT:
            from allycheck.render import junit

            return junit.render(report)
