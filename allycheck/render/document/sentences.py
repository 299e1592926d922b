"""A page in whole sentences: no boxes, bars or symbols, one thing a line, good through a screen reader."""

import re
from collections.abc import Iterable, Iterator, Sequence

from allycheck.render.document.layout import BLANK, FIGURES, Block, to_text, unlabelled
from allycheck.render.document.model import (
    Bullets,
    Cell,
    Details,
    Entries,
    Entry,
    Ladder,
    Led,
    Marked,
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

PAUSE = ""
"""An empty line."""
_RANGE = re.compile("(?<=[0-9])\u2013(?=[0-9])")


def sentences(page: Page, look: Look) -> str:
    """The page, each sentence from a line of its own."""
    return to_text(_spoken(cleaned(page), look), look)


def _spoken(page: Page, look: Look) -> Iterator[Block]:
    for line in _lines(page):
        yield unlabelled(sentence(line), look) if line else BLANK


def _lines(page: Page) -> Iterator[str]:
    yield title(page)
    yield from _all_said(page.opening)
    for section in page.sections:
        if not page.dense:
            yield PAUSE
        yield section.title
        yield from _all_said(map(_shortened, spoken_parts(section)) if page.dense else spoken_parts(section))
    if page.closing and not page.dense:
        yield PAUSE
    yield from _all_said(page.closing)


def _shortened(part: Part) -> Part:
    """A table of a dense page: the section says what its first number is, and words speak for themselves."""
    if not isinstance(part, Table):
        return part
    part = part._replace(notes=())
    numbers = [at for at, letter in enumerate(part.align) if letter in FIGURES]
    return part._replace(header=[words if at in numbers[1:] else "" for at, words in enumerate(part.header)])


def _all_said(parts: Iterable[Part]) -> Iterator[str]:
    for part in parts:
        yield from _said(part)


def _said(part: Part) -> Iterator[str]:
    match part:
        case str():
            yield part
        case Marked(words):
            yield words
        case Led(lead, words):
            yield f"{lead}: {words}"
        case Bullets():
            yield from _items(part)
        case Entries():
            yield from (line for entry in part.items for line in _entry(entry, part.lead))
        case Ladder(names):
            yield f"The levels, lowest first: {', '.join(names)}"
        case Topic(words, aside):
            yield PAUSE
            yield f"{words}: {aside}" if aside else words
        case Table():
            yield from _rows(part)
        case Details():
            return


def _entry(entry: Entry, lead: str) -> Iterator[str]:
    """What the entry is, what it is called, and what is said about it."""
    title = f"{entry.number}. {entry.title}" if entry.number and not lead else entry.title
    opening = f"{lead}, {entry.number}" if entry.number and lead else lead
    yield ": ".join(part for part in (opening, title, entry.aside) if part)
    yield from _all_said(entry.notes)


def _items(part: Bullets) -> Iterator[str]:
    """Each item on a line: with its number where the order is the point, or with what the list is about."""
    many = len(part.items)
    for at, item in enumerate(part.items, 1):
        if part.numbered:
            yield f"{at}. {item}"
        elif part.lead:
            yield f"{part.lead}, {at} of {many}: {item}" if many > 1 else f"{part.lead}: {item}"
        else:
            yield item


def _rows(part: Table) -> Iterator[str]:
    for at, row in enumerate(part.rows):
        notes = part.notes[at] if part.notes else ()
        if notes:
            yield PAUSE
        yield _row(part.header, row)
        yield from _all_said(notes)


LETTERS = 2
"""A title of so few characters is a name of its own, such as the letter of a member."""


def _row(header: Sequence[str], row: Sequence[Cell]) -> str:
    """A row as a sentence: its first cell, then each other behind its title. What is only drawn is left out."""
    facts = [
        _fact(title, cell)
        for title, cell in zip(header[1:], row[1:], strict=True)
        if isinstance(cell, str) and cell and not is_drawing(cell)
    ]
    return f"{row[0]}: {', '.join(facts)}" if facts else str(row[0])


def _fact(title: str, cell: str) -> str:
    """A cell behind its title, unless it says itself what it is; a range as it is spoken."""
    cell = _RANGE.sub(" to ", cell)
    if {title.lower(), title.lower().removesuffix("s")} & {*cell.lower().split()}:
        return cell
    return f"{title[:1].lower()}{title[1:]} {cell}" if len(title) > LETTERS else f"{title} {cell}".strip()
