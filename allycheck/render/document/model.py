"""A page as data: titles, paragraphs, lists and tables. A result says once what stands on its page; writers draw it."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Literal, NamedTuple, TypeVar

from allycheck.language import pgettext
from allycheck.numbers import Number, exact, read_back
from allycheck.text import full_stop, printable

T = TypeVar("T")


class Bar(NamedTuple):
    """A number from 0 to 100 to be drawn, with the range that is left open. What it says also stands in words.

    A `spread` is the median of many, and its range goes from their lower to their upper quartile.
    """

    score: float | None
    low: float | None
    high: float | None
    style: str = ""
    spread: bool = False


Cell = str | Bar


class Marked(NamedTuple):
    """A paragraph that stands out (strong) or stands back (faint)."""

    text: str
    style: Literal["strong", "faint"]


class Led(NamedTuple):
    """A paragraph that opens with what it is about: "At stake: ..."."""

    lead: str
    text: str
    faint: bool = False


class Bullets(NamedTuple):
    """A list; numbered where the order is the point. A `lead` says what its items are."""

    items: Sequence[str]
    numbered: bool = False
    lead: str = ""


Note = str | Marked | Led | Bullets


class Entry(NamedTuple):
    """Something with a name of its own, an answer or an action, what is said beside the name, and what below it.

    A `number` says which one of a longer list it is; 0 is none.
    """

    title: str
    notes: Sequence[Note] = ()
    aside: str = ""
    number: int = 0


class Entries(NamedTuple):
    """A list of entries; a `lead` says what they are."""

    items: Sequence[Entry]
    lead: str = ""


class Ladder(NamedTuple):
    """The levels, lowest first, and which one is reached, if any."""

    names: Sequence[str]
    reached: int | None


class Topic(NamedTuple):
    """The title of a part of a section; what is said in a word or two about it stands aside."""

    title: str
    aside: str = ""


class Table(NamedTuple):
    """Rows under a header.

    `align` has a letter for each column as in `layout.table`; `b` is a column of bars, `h` one of scores to shade by
    how high they are, `H` one of exposures.

    `notes` has, for each row, what there is to say about it. `blank` names empty columns to fill in by hand, which
    text, where nobody can, leaves out.
    """

    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    align: str
    notes: Sequence[Sequence[Note]] = ()
    blank: Sequence[str] = ()


class Details(NamedTuple):
    """What stands behind a part, for who looks it up; text, which can't be folded, leaves it out."""

    title: str
    table: Table


Part = str | Marked | Led | Bullets | Entries | Ladder | Topic | Table | Details


class Spoken(NamedTuple):
    """Parts that are drawn, and what whole sentences say in their place."""

    drawn: Sequence[Part]
    spoken: Sequence[Part]


class Section(NamedTuple):
    """A part of a page; a text among its parts is a paragraph."""

    title: str
    parts: Sequence[Part | Spoken]


class Page(NamedTuple):
    """A whole page: of what kind it is and about whom, what comes first, its sections, and what comes last.

    A dense page has to fit a screen: as text it has no empty lines between its sections, and its tables have no
    headers and no notes. On paper the sections in `front` fill the first sheet, and the contents follow them. `date`
    (YYYY-MM-DD) is that of the answers, where it is known.
    """

    kind: str
    subject: str
    opening: Sequence[str | Marked | Led | Ladder]
    sections: Sequence[Section]
    closing: Sequence[str | Marked | Led] = ()
    dense: bool = False
    front: int = 0
    date: str = ""


def drawn_parts(section: Section) -> list[Part]:
    """The parts of a section as they are drawn."""
    return [own for part in section.parts for own in (part.drawn if isinstance(part, Spoken) else [part])]


def spoken_parts(section: Section) -> list[Part]:
    """The parts of a section as whole sentences say them."""
    return [own for part in section.parts for own in (part.spoken if isinstance(part, Spoken) else [part])]


def title(page: Page) -> str:
    """What stands above the page."""
    if not page.subject:
        return page.kind
    return pgettext("a title with its subject", "{kind}: {subject}").format(kind=page.kind, subject=page.subject)


def filled(table: Table) -> list[int]:
    """The columns that have something in any row."""
    return [at for at in range(len(table.align)) if any(row[at] for row in table.rows)]


def sentence(words: str) -> str:
    """The words with a full stop, unless they end as a sentence already."""
    return words if not words or words.rstrip('")').endswith((".", "!", "?", ":")) else full_stop(words)


BLOCKS = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588"
GAP = "\u00b7"


def chart(scores: Sequence[float | None]) -> str:
    """Scores over time as a small chart, a column each from 0 to 100; a dot where there is no score."""
    return "".join(
        GAP if score is None else BLOCKS[min(int(score * len(BLOCKS) / 100), len(BLOCKS) - 1)] for score in scores
    )


def is_drawing(cell: str) -> bool:
    """Whether a cell is a small chart, which says nothing in words."""
    return set(cell) <= {*BLOCKS, GAP}


def heights(drawing: str) -> list[int | None]:
    """The columns of a small chart, from 1 to 8 each; None where there is a dot."""
    return [None if char == GAP else BLOCKS.index(char) + 1 for char in drawing]


SHADES = 5


def heat(words: str, letter: str) -> int | None:
    """How a number from 0 to 100 is shaded, from 0 (poor) to 4 (good); None where it is none.

    Of an exposure, a column `H`, a high one is poor.
    """
    value = read_back(words)
    if value is None:
        return None
    shade = min(int(value * SHADES / 100), SHADES - 1)
    return SHADES - 1 - shade if letter == "H" else shade


def halved(part: "Part") -> Bar | None:
    """The first bar of a part that has two halves, whose meaning has to be said."""
    cells_of = part.rows if isinstance(part, Table) else []
    bars = (cell for row in cells_of for cell in row if isinstance(cell, Bar))
    return next((bar for bar in bars if bar.low != bar.high), None)


def total(*parts: float) -> Number:
    """The sum of numbers of a result, exact."""
    return Number(sum(map(exact, parts), Fraction(0)))


def cleaned(result: T) -> T:
    """A result model with the texts of users and of the questionnaire on one line each, without control characters."""
    return _cleaned(result)  # type: ignore[no-any-return]


def _cleaned(part: Any) -> Any:
    if isinstance(part, str):
        return printable(part).strip()
    if hasattr(part, "_fields"):
        return type(part)(*map(_cleaned, part))
    if isinstance(part, list | tuple):
        return [_cleaned(item) for item in part]
    return part
