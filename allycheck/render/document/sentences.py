"""A page in whole sentences: no boxes, bars or symbols, one thing a line, good through a screen reader."""

import re
from collections.abc import Iterable, Iterator, Sequence

from allycheck.language import _, pgettext
from allycheck.language import spoken as spoken_now
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
from allycheck.text import commas, told

PAUSE = ""
"""An empty line."""
_RANGE = re.compile("([0-9][0-9.,]*)\u2013([0-9][0-9.,]*)")


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
            yield told(lead, words)
        case Bullets():
            yield from _items(part)
        case Entries():
            yield from (line for entry in part.items for line in _entry(entry, part.lead))
        case Ladder(names):
            yield _("The levels, lowest first: {names}").format(names=commas(names))
        case Topic(words, aside):
            yield PAUSE
            yield told(words, aside) if aside else words
        case Table():
            yield from _rows(part)
        case Details():
            return


def _entry(entry: Entry, lead: str) -> Iterator[str]:
    """What the entry is, what it is called, and what is said about it."""
    title = f"{entry.number}. {entry.title}" if entry.number and not lead else entry.title
    opening = commas([lead, str(entry.number)]) if entry.number and lead else lead
    line = told(title, entry.aside) if entry.aside else title
    yield told(opening, line) if opening else line
    yield from _all_said(entry.notes)


def _items(part: Bullets) -> Iterator[str]:
    """Each item on a line: with its number where the order is the point, or with what the list is about."""
    many = len(part.items)
    for at, item in enumerate(part.items, 1):
        if part.numbered:
            yield f"{at}. {item}"
        elif part.lead:
            yield told(_nth(part.lead, at, many), item)
        else:
            yield item


def _nth(lead: str, at: int, many: int) -> str:
    """What a list is about, with which of its items is meant."""
    return _("{lead}, {at} of {number}").format(lead=lead, at=at, number=many) if many > 1 else lead


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
    return told(str(row[0]), commas(facts)) if facts else str(row[0])


def _fact(title: str, cell: str) -> str:
    """A cell behind its title, unless it says itself what it is; a range as it is spoken."""
    extent = pgettext("numbers", "{low} to {high}")
    cell = _RANGE.sub(lambda ends: extent.format(low=ends[1], high=ends[2]), cell)
    if {title.lower(), title.lower().removesuffix("s")} & {*cell.lower().split()}:
        return cell
    if spoken_now().translation is None and len(title) > LETTERS:
        title = f"{title[:1].lower()}{title[1:]}"  # as English writes a title within a sentence
    return pgettext("a cell behind the title of its column", "{title} {cell}").format(title=title, cell=cell).strip()
