"""A page for a terminal: sections under rules, tables in columns."""

from collections.abc import Iterator

from allycheck.render.document.layout import (
    BLANK,
    Block,
    bullets,
    heading,
    paragraph,
    subheading,
    table,
    to_text,
    unlabelled,
)
from allycheck.render.document.model import Bullets, Page, Part, Table, Topic, cleaned, drawn_parts, title
from allycheck.render.look import Look


def text(page: Page, look: Look) -> str:
    """The page in columns and rules, or in whole sentences where the look is plain."""
    if look.plain:
        from allycheck.render.document.sentences import sentences

        return sentences(page, look)
    return to_text(_drawn(cleaned(page), look), look)


def _drawn(page: Page, look: Look) -> Iterator[Block]:
    yield unlabelled(title(page), look, style="title")
    for line in page.opening:
        yield BLANK
        yield unlabelled(line, look)
    for section in page.sections:
        yield heading(section.title, look)
        for part in drawn_parts(section):
            yield _block(part, look)


def _block(part: Part, look: Look) -> Block:
    match part:
        case Table():
            return [*table(part.rows, look, align=part.align, header=part.header), *BLANK]
        case Bullets(items, numbered=True):
            lines = [line for at, item in enumerate(items, 1) for line in paragraph(item, look, label=f"{at:>2}. ")]
            return [*lines, *BLANK]
        case Bullets():
            return [*bullets(part.items, look), *BLANK]
        case Topic():
            return subheading(part.title, look)
        case str():
            return [*unlabelled(part, look), *BLANK]
