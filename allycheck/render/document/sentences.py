"""A page in whole sentences: no boxes, bars or symbols, one thing a line, good through a screen reader."""

from collections.abc import Iterator, Sequence

from allycheck.render.document.layout import BLANK, Block, to_text, unlabelled
from allycheck.render.document.model import (
    Bullets,
    Cell,
    Page,
    Part,
    Table,
    Topic,
    cleaned,
    is_drawing,
    sentence,
    spoken_parts,
    title,
)
from allycheck.render.look import Look


def sentences(page: Page, look: Look) -> str:
    """The page, each sentence from a line of its own."""
    return to_text(_spoken(cleaned(page), look), look)


def _spoken(page: Page, look: Look) -> Iterator[Block]:
    for line in (sentence(title(page)), *map(sentence, page.opening)):
        yield unlabelled(line, look)
    for section in page.sections:
        yield BLANK
        yield unlabelled(sentence(section.title), look)
        for part in spoken_parts(section):
            for line in _sentences(part):
                yield unlabelled(sentence(line), look)


def _sentences(part: Part) -> list[str]:
    match part:
        case Table():
            return [_row_sentence(part.header, row) for row in part.rows]
        case Bullets(items, numbered=True):
            return [f"{at}. {item}" for at, item in enumerate(items, 1)]
        case Bullets():
            return list(part.items)
        case Topic():
            return [part.title]
        case str():
            return [part]


LETTERS = 2
"""A title of so few characters is a name of its own, such as the letter of a member."""


def _row_sentence(header: Sequence[str], row: Sequence[Cell]) -> str:
    """A row as a sentence: its first cell, then each other behind its title. What is only drawn is left out."""
    facts = [
        f"{title[:1].lower()}{title[1:]} {cell}".strip() if len(title) > LETTERS else f"{title} {cell}"
        for title, cell in zip(header[1:], row[1:], strict=True)
        if isinstance(cell, str) and cell and not is_drawing(cell)
    ]
    return f"{row[0]}: {', '.join(facts)}" if facts else str(row[0])
