"""What PDF and Word share: the language of a page, its date, whether it has contents, what the bars mean."""

from collections.abc import Iterator
from datetime import UTC, datetime

from allycheck.language import SOURCE, _, spoken
from allycheck.render.document.model import Bar, Marked, Page, Part, drawn_parts, halved

OUR_ENGLISH = "en-GB"
FEWEST_SECTIONS = 4
"""With fewer a page needs no contents."""
SOME_DAY = "2026-01-01"
"""Where no date is known: a document has to bear one, and a clock would make other bytes each time."""


def language() -> str:
    """The code of the language that the document is in."""
    code = spoken().code
    return OUR_ENGLISH if code == SOURCE else code


def has_contents(page: Page) -> bool:
    """Whether the page is long enough for a table of contents."""
    return not page.dense and len(page.sections) >= FEWEST_SECTIONS


def made_on(page: Page) -> datetime:
    """The day that the document bears: that of the answers."""
    return datetime.fromisoformat(page.date or SOME_DAY).replace(tzinfo=UTC)


def fitted(page: Page) -> Iterator[tuple[str, list[Part]]]:
    """The sections as they are drawn, with what the two halves of a bar mean below the first that has both."""
    explained = False
    for section in page.sections:
        parts: list[Part] = []
        for part in drawn_parts(section):
            parts.append(part)
            if not explained and (bar := halved(part)):
                parts.append(Marked(_legend(bar), "faint"))
                explained = True
        yield section.title, parts


def _legend(bar: Bar) -> str:
    if bar.spread:
        return _("A full bar ends at the lower quartile, its outline at the upper one.")
    return _("A full bar is certain; an outline is possible, depending on what is not known.")
