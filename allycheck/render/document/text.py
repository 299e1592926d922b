"""A page for a terminal: sections under rules, tables in columns."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from allycheck.language import _, direction, spoken
from allycheck.render.document.layout import (
    BLANK,
    Block,
    Span,
    bullets,
    cells,
    heading,
    led,
    paragraph,
    ruled,
    subheading,
    table,
    to_text,
    unlabelled,
)
from allycheck.render.document.layout import Cell as Drawn
from allycheck.render.document.model import (
    Bar,
    Bullets,
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
    drawn_parts,
    halved,
    title,
)
from allycheck.render.look import Look
from allycheck.text import colon

WIDEST = 100
"""Columns beyond which running text is hard to read; a table takes more where it needs them."""
INDENT = 2
"""Cells by which what is said about a row stands in from it."""


def text(page: Page, look: Look) -> str:
    """The page in columns and rules, or in whole sentences where the look is plain.

    Also where the language is written from the right to the left: terminals order no columns of it.
    """
    if look.plain or direction(spoken().code) == "rtl":
        from allycheck.render.document.sentences import sentences

        return sentences(page, look)
    return to_text(_drawn(cleaned(page), look), look)


def _drawn(page: Page, look: Look) -> Iterator[Block]:
    column = replace(look, width=min(look.width, WIDEST))
    named = Marked(title(page), "strong")
    yield from _spaced([named, *page.opening], look, dense=page.dense)
    for name, parts in _fitted(page):
        yield ruled(name, column) if page.dense else heading(name, column)
        yield from _spaced(parts, look)
    yield BLANK
    yield from _spaced(page.closing, look)


def _fitted(page: Page) -> Iterator[tuple[str, list[Part]]]:
    """The sections: on a dense page tables alone, else with what the lines mean below the first broken one."""
    explained = page.dense
    for section in page.sections:
        parts: list[Part] = []
        for part in drawn_parts(section):
            parts.append(part._replace(header=(), notes=()) if page.dense and isinstance(part, Table) else part)
            if not explained and (bar := halved(part)):
                parts.append(Marked(_legend(bar), "faint"))
                explained = True
        yield section.title, parts


def _legend(bar: Bar) -> str:
    """What the lines of a table mean."""
    if bar.spread:
        return _("Heavy line: to the lower quartile. Broken line: from there to the upper one.")
    return _("Heavy line: certain. Broken line: possible, depending on what is not known.")


def _spaced(parts: Iterable[Part], look: Look, *, dense: bool = False) -> Iterator[Block]:
    """The parts with an empty line between those that do not belong together; if dense, none before plain text."""
    before: Part | None = None
    for part in parts:
        if before is not None and not _belongs(part, before) and not (dense and isinstance(part, str)):
            yield BLANK
        yield from _part(part, look)
        before = part


def _belongs(part: Part, before: Part) -> bool:
    """Whether a part stands close below the one before it."""
    if isinstance(before, str | Topic):
        return isinstance(before, Topic)
    match part:
        case Led() | Ladder():
            return True
        case Marked(style=style):
            return style == "faint"
        case Bullets(lead=lead) | Entries(lead=lead):
            return bool(lead)
        case _:
            return False


def _part(part: Part, look: Look, indent: int = 0) -> Iterator[Block]:
    column = replace(look, width=min(look.width, WIDEST))
    match part:
        case str():
            yield unlabelled(part, column, indent)
        case Marked(words, style):
            yield unlabelled(words, column, indent, style)
        case Led(lead, words, faint):
            yield led(colon(lead), words, column, indent=indent, lead_style="faint" if faint else "strong")
        case Bullets() | Entries():
            yield unlabelled(part.lead, column, indent, "strong")
            yield from _items(part, column, indent)
        case Ladder():
            yield _ladder(part, column)
        case Topic(words, aside):
            yield subheading(words, column, aside)
        case Table():
            yield from _table(part, look)
        case Details():
            return


def _items(part: Bullets | Entries, look: Look, indent: int) -> Iterator[Block]:
    if isinstance(part, Bullets):
        yield _bullets(part, look, indent)
    else:
        yield from (block for entry in part.items for block in _entry(entry, look, indent))


def _entry(entry: Entry, look: Look, indent: int) -> Iterator[Block]:
    """Its name with a number or a dash before it, and below, under the name, what is said about it."""
    mark = f"{entry.number:>2}. " if entry.number else "- "
    title = colon(entry.title) if entry.aside else entry.title
    (_, *first), *others = led(title, entry.aside, look, indent=indent + len(mark))
    yield [(Span(" " * indent), Span(mark, "faint"), *first), *others]
    for note in entry.notes:
        yield from _part(note, look, indent + len(mark))


def _bullets(part: Bullets, look: Look, indent: int) -> Block:
    if not part.numbered:
        return bullets(part.items, look, indent=indent)
    labelled = ((f"{at:>2}. ", item) for at, item in enumerate(part.items, 1))
    return [line for label, item in labelled for line in paragraph(item, look, indent=indent, label=label)]


def _ladder(part: Ladder, look: Look) -> Block:
    """The levels with the one that is reached in brackets."""
    rungs = [
        Span(f"[{name}]", "strong") if at == part.reached else Span(name, "faint") for at, name in enumerate(part.names)
    ]
    line = tuple(span for rung in rungs for span in (Span(" > ", "faint"), rung))[1:]
    whole = "".join(span.text for span in line)
    return [line] if cells(whole) <= look.width else unlabelled(whole, look, style="faint")


def _table(part: Table, look: Look) -> Iterator[Block]:
    """The rows, each with its notes below it."""
    rows: list[list[Drawn]] = [[*row] for row in part.rows]
    if part.notes:
        rows = [[Span(str(first), "strong"), *others] for first, *others in part.rows]
    blocks = table(rows, look, align=part.align, header=part.header if any(part.header) else (), usual=WIDEST)
    yield from blocks[: -len(rows)]
    for row, block in enumerate(blocks[-len(rows) :]):
        yield block
        if part.notes and part.notes[row]:
            for note in part.notes[row]:
                yield from _part(note, look, INDENT)
            yield BLANK
