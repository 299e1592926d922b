"""The one registry of results and formats: options, suffixes, help, refusals and docs are made from it.

A new format of every page is one member of `Format`; a format that one result alone has is one entry of its `own`.
"""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Self

from allycheck.render.look import PAGE, Look

if TYPE_CHECKING:
    from allycheck.render.document.model import Page

Kind = Literal[
    "report", "brief", "plan", "stress", "explain", "evidence", "compare", "merge", "coalition", "cohort", "roll-up"
]


class Format(StrEnum):
    """How a result can be written: its name, how file names of it end, and what writes it.

    One that no name ends in is asked for by its own.
    `writer` is `module:function` with `(page, look) -> str | bytes`; empty where a format is of some results alone.
    """

    suffixes: tuple[str, ...]
    writer: str

    def __new__(cls, name: str, suffixes: tuple[str, ...], writer: str = "") -> Self:
        """One entry of the registry."""
        entry = str.__new__(cls, name)
        entry._value_ = name
        entry.suffixes, entry.writer = suffixes, writer
        return entry

    TEXT = "text", (".txt",), "allycheck.render.document.text:text"
    MARKDOWN = "markdown", (".md", ".markdown"), "allycheck.render.document.markdown:markdown"
    HTML = "html", (".html", ".htm"), "allycheck.render.document.html:html"
    JSON = "json", (".json",)
    CSV = "csv", (".csv",)
    JUNIT = "junit", (".xml",)
    XLSX = "xlsx", (".xlsx",)
    PDF = "pdf", (".pdf",), "allycheck.render.document.pdf:pdf"
    DOCX = "docx", (".docx",), "allycheck.render.document.docx:docx"
    GITHUB = "github", ()
    BADGE = "badge", ()
    PARQUET = "parquet", (".parquet",)


class Result(NamedTuple):
    """How a result is drawn: `page` makes its page, `own` has what writes the result itself.

    That is `(result, look) -> str | bytes`. It takes every format of a page, JSON, and those of its own. A page that is
    made `to_look` depends on the look, too: on how much was asked for, or on where the result came from.
    """

    page: str
    own: Mapping[Format, str] = {}
    to_look: bool = False

    @property
    def formats(self) -> list[Format]:
        """Every format that it can be written in."""
        return [form for form in Format if form.writer or form is Format.JSON or form in self.own]


RESULTS: dict[Kind, Result] = {
    "report": Result(
        "allycheck.render.report:page",
        {
            Format.HTML: "allycheck.render.report_html.html:render",
            Format.CSV: "allycheck.render.csv:render",
            Format.JUNIT: "allycheck.render.junit:render",
            Format.GITHUB: "allycheck.render.github:render",
            Format.BADGE: "allycheck.render.badge:render",
        },
        to_look=True,
    ),
    "brief": Result("allycheck.render.brief:page", to_look=True),
    "plan": Result("allycheck.render.plan:page", {Format.CSV: "allycheck.render.csv:plan"}),
    "stress": Result("allycheck.render.stress:page"),
    "explain": Result("allycheck.render.explain:page"),
    "evidence": Result(
        "allycheck.render.evidence:page",
        {Format.CSV: "allycheck.render.csv:evidence", Format.XLSX: "allycheck.render.xlsx:evidence"},
    ),
    "compare": Result("allycheck.render.compare:page"),
    "merge": Result("allycheck.render.merge:page"),
    "coalition": Result("allycheck.render.coalition:page"),
    "cohort": Result(
        "allycheck.render.cohort:page",
        {
            Format.CSV: "allycheck.render.csv:cohort",
            Format.XLSX: "allycheck.render.xlsx:cohort",
            Format.PARQUET: "allycheck.render.parquet:cohort",
        },
    ),
    "roll-up": Result(
        "allycheck.render.roll_up:page",
        {
            Format.CSV: "allycheck.render.csv:roll_up",
            Format.XLSX: "allycheck.render.xlsx:roll_up",
            Format.PARQUET: "allycheck.render.parquet:roll_up",
        },
    ),
}


BINARY = frozenset({Format.XLSX, Format.PDF, Format.DOCX, Format.PARQUET})
"""Formats that a terminal can't show."""


def suffixes(forms: Iterable[Format]) -> list[str]:
    """How file names of these formats can end."""
    return [suffix for form in forms for suffix in form.suffixes]


def format_of(path: str) -> Format | None:
    """The format that a file name asks for, if any."""
    ending = PurePath(path).suffix.lower()
    return next((form for form in Format if ending in form.suffixes), None)


def render(result: Any, form: Format, look: Look = PAGE, kind: Kind = "report") -> str | bytes:
    """A result in one format. Each writer is imported only when it is needed."""
    entry = RESULTS[kind]
    if own := entry.own.get(form):
        written: str | bytes = _named(own)(result, look)
        return written
    if form is Format.JSON:
        return str(_named("allycheck.render.json:render")(result))
    make = _named(entry.page)
    page: Page = make(result, look) if entry.to_look else make(result)
    drawn: str | bytes = _named(form.writer)(page._replace(date=getattr(result, "date", None) or ""), look)
    return drawn


def _named(path: str) -> Callable[..., Any]:
    module, _, name = path.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), name)
    return found
