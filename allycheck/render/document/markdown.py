"""A page as GitHub-flavoured Markdown; whoever wrote its texts, they show as they are: no markup, HTML or live link."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from allycheck.render.document.layout import FIGURES
from allycheck.render.document.model import (
    Bullets,
    Details,
    Entries,
    Entry,
    Ladder,
    Led,
    Marked,
    Note,
    Page,
    Part,
    Table,
    Topic,
    cleaned,
    drawn_parts,
    filled,
    title,
)
from allycheck.render.look import PAGE, Look
from allycheck.text import colon, told

_MARKUP = re.compile(r"[\\`*_\[\]<>|~#$]|&(?=#?\w+;)|:(?=//)|(?<=\bwww)\.", re.IGNORECASE)
_AT_THE_START = re.compile(r"[-+=](?=[-+=\s]|$)|[0-9]{1,9}(?=[.)](?:\s|$))")
_REFERENCE = re.compile(r"@(?=\w)|#(?=[0-9])")
WORD_JOINER = "\u2060"
"""Invisible. Code hosts look for @names, addresses and #1 in what is shown, where a backslash does not help."""


def as_markdown(words: str) -> str:
    """The words on one line, to stand anywhere in Markdown: a paragraph, a heading, a list, a cell of a table."""
    line = " ".join(words.split())
    start = _AT_THE_START.match(line)
    apart = _REFERENCE.sub(rf"\g<0>{WORD_JOINER}", line)
    safe = _MARKUP.sub(r"\\\g<0>", apart)
    if start is None:
        return safe
    return f"{start[0]}\\{safe[start.end() :]}" if start[0].isdigit() else f"\\{safe}"


def markdown(page: Page, _look: Look = PAGE) -> str:
    """The page as Markdown; whatever a user or a questionnaire wrote stands there as text."""
    page = cleaned(page)
    lines = [f"# {as_markdown(title(page))}", "", *_spaced(page.opening)]
    for section in page.sections:
        lines += [f"## {as_markdown(section.title)}", "", *_spaced(drawn_parts(section))]
    lines += _spaced(page.closing)
    return "\n".join(lines).rstrip("\n") + "\n"


def _spaced(parts: Iterable[Part]) -> Iterator[str]:
    """The parts with an empty line after each; several paragraphs with a lead make a list."""
    for with_lead, run in groupby(parts, lambda part: isinstance(part, Led)):
        found = list(run)
        if with_lead and len(found) > 1:
            yield from (*(f"- {line}" for part in found for line in _marked(part)), "")
        else:
            yield from (line for part in found for line in (*_marked(part), ""))


def _marked(part: Part) -> Iterator[str]:
    match part:
        case str():
            yield as_markdown(part)
        case Marked(words, style):
            yield _bold(words) if style == "strong" else as_markdown(words)
        case Led():
            yield _led(part)
        case Bullets():
            yield from _bullets(part)
        case Entries():
            yield from ([_bold(part.lead), ""] if part.lead else [])
            yield from (line for entry in part.items for line in _entry(entry))
        case Ladder(names, reached):
            yield " \\> ".join(_bold(name) if at == reached else as_markdown(name) for at, name in enumerate(names))
        case Topic(words, aside):
            yield f"### {as_markdown(told(words, aside) if aside else words)}"
        case Table():
            yield from _table(part)
            yield from _notes(part)
        case Details(words, table):
            yield from (_bold(words), "", *_table(table))


def _entry(entry: Entry) -> Iterator[str]:
    """An item of a list, with what is said about it as a list of its own; numbers stand in the text, as they are."""
    named = _bold(f"{entry.number}. {entry.title}" if entry.number else entry.title)
    yield f"- {colon(named)} {as_markdown(entry.aside)}" if entry.aside else f"- {named}"
    yield from (line for note in entry.notes for line in _note(note))


def _bullets(part: Bullets) -> Iterator[str]:
    if part.lead:
        yield from (_bold(part.lead), "")
    for at, item in enumerate(part.items, 1):
        yield f"{f'{at}.' if part.numbered else '-'} {as_markdown(item)}"


def _bold(words: str) -> str:
    return f"**{as_markdown(words)}**"


def _led(part: Led) -> str:
    return f"{_bold(colon(part.lead))} {as_markdown(part.text)}"


def _table(part: Table) -> list[str]:
    kept = [at for at in filled(part) if part.align[at] != "b"]
    rules = ["---:" if part.align[at] in FIGURES else "---" for at in kept]
    header = [as_markdown(part.header[at]) for at in kept]
    rows = [[as_markdown(str(row[at])) for at in kept] + [""] * len(part.blank) for row in part.rows]
    grid = [[*header, *map(as_markdown, part.blank)], [*rules, *("---" for _ in part.blank)], *rows]
    return [f"| {' | '.join(cells)} |" for cells in grid]


def _notes(part: Table) -> Iterator[str]:
    """What there is to say about the rows, as a list below the table, an item for each row."""
    if any(part.notes):
        yield ""
    for row, notes in zip(part.rows, part.notes, strict=False):
        if not notes:
            continue
        first, *others = notes
        if isinstance(first, str):
            yield f"- {_led(Led(str(row[0]), first))}"
        else:
            yield from (f"- {_bold(str(row[0]))}", *_note(first))
        yield from (line for note in others for line in _note(note))


def _note(note: Note) -> list[str]:
    match note:
        case Led():
            return [f"  - {_led(note)}"]
        case Bullets(items, _, lead):
            return [f"  - {_bold(lead)}", *(f"    - {as_markdown(item)}" for item in items)]
        case Marked(words) | str(words):
            return [f"  - {as_markdown(words)}"]
