"""A page as data: titles, paragraphs, lists and tables, for results that are more than one organisation's report.

explain, plan, stress, compare, merge and coalition each say once what stands on their page; here it is drawn as text,
as whole sentences and as Markdown. Texts of users on a page have gone through `text.printable`.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from allycheck.numbers import Number, exact
from allycheck.render import marking
from allycheck.render.cleaning import cleaned
from allycheck.render.document.layout import (
    BLANK,
    Bar,
    Block,
    bullets,
    heading,
    paragraph,
    subheading,
    table,
    to_text,
    unlabelled,
)
from allycheck.render.formats import Look

Cell = str | Bar


class Table(NamedTuple):
    """Rows under a header. `align` has a letter for each column as in `columns.table`; `b` is a column of bars."""

    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    align: str


class Bullets(NamedTuple):
    """A list; numbered where the order is the point."""

    items: Sequence[str]
    numbered: bool = False


class Topic(NamedTuple):
    """The title of a part of a section."""

    title: str


Part = str | Table | Bullets | Topic


class Section(NamedTuple):
    """A part of a page; a text among its parts is a paragraph."""

    title: str
    parts: Sequence[Part]


class Page(NamedTuple):
    """A whole page: of what kind it is and about whom, what comes first, then its sections."""

    kind: str
    subject: str
    opening: Sequence[str]
    sections: Sequence[Section]


def title(page: Page) -> str:
    """What stands above the page."""
    return f"{page.kind}: {page.subject}" if page.subject else page.kind


def text(page: Page, look: Look) -> str:
    """The page for a terminal, or in whole sentences where the look is plain."""
    page = cleaned(page)
    return to_text(_spoken(page, look) if look.plain else _drawn(page, look), look)


def _drawn(page: Page, look: Look) -> Iterator[Block]:
    yield unlabelled(title(page), look, style="title")
    for line in page.opening:
        yield BLANK
        yield unlabelled(line, look)
    for section in page.sections:
        yield heading(section.title, look)
        for part in section.parts:
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


def _spoken(page: Page, look: Look) -> Iterator[Block]:
    for line in (sentence(title(page)), *map(sentence, page.opening)):
        yield unlabelled(line, look)
    for section in page.sections:
        yield BLANK
        yield unlabelled(sentence(section.title), look)
        for part in section.parts:
            for line in _sentences(part):
                yield unlabelled(sentence(line), look)


def sentence(words: str) -> str:
    """The words with a full stop, unless they end as a sentence already."""
    return words if words.endswith((".", "!", "?", ":")) else f"{words}."


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
        if isinstance(cell, str) and cell and not _is_drawing(cell)
    ]
    return f"{row[0]}: {', '.join(facts)}" if facts else str(row[0])


BLOCKS = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588"
GAP = "\u00b7"


def chart(scores: Sequence[float | None]) -> str:
    """Scores over time as a small chart, a column each from 0 to 100; a dot where there is no score."""
    return "".join(
        GAP if score is None else BLOCKS[min(int(score * len(BLOCKS) / 100), len(BLOCKS) - 1)] for score in scores
    )


def _is_drawing(cell: str) -> bool:
    return set(cell) <= {*BLOCKS, GAP}


def markdown(page: Page) -> str:
    """The page as Markdown; whatever a user or a questionnaire wrote stands there as text."""
    page = cleaned(page)
    lines = [f"# {marking.as_text(title(page))}", ""]
    for line in page.opening:
        lines += [marking.as_text(line), ""]
    for section in page.sections:
        lines += [f"## {marking.as_text(section.title)}", ""]
        for part in section.parts:
            lines += [*_marked(part), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _marked(part: Part) -> list[str]:
    match part:
        case Table():
            return _marked_table(part)
        case Bullets():
            return [
                f"{f'{at}.' if part.numbered else '-'} {marking.as_text(item)}" for at, item in enumerate(part.items, 1)
            ]
        case Topic():
            return [f"### {marking.as_text(part.title)}"]
        case str():
            return [marking.as_text(part)]


def _marked_table(part: Table) -> list[str]:
    kept = [at for at, letter in enumerate(part.align) if letter != "b" and any(row[at] for row in part.rows)]
    rules = ["---:" if part.align[at] == "r" else "---" for at in kept]
    rows = [[marking.as_text(str(row[at])) for at in kept] for row in part.rows]
    return [f"| {' | '.join(cells)} |" for cells in ([marking.as_text(part.header[at]) for at in kept], rules, *rows)]


def total(*parts: float) -> Number:
    """The sum of numbers of a result, exact."""
    return Number(sum(map(exact, parts), Fraction(0)))
