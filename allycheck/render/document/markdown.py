"""A page as GitHub-flavoured Markdown; whoever wrote its texts, they show as they are: no markup, HTML or live link."""

import re

from allycheck.render.document.model import Bullets, Page, Part, Table, Topic, cleaned, drawn_parts, title
from allycheck.render.look import PAGE, Look

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
    lines = [f"# {as_markdown(title(page))}", ""]
    for line in page.opening:
        lines += [as_markdown(line), ""]
    for section in page.sections:
        lines += [f"## {as_markdown(section.title)}", ""]
        for part in drawn_parts(section):
            lines += [*_marked(part), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _marked(part: Part) -> list[str]:
    match part:
        case Table():
            return _marked_table(part)
        case Bullets():
            return [
                f"{f'{at}.' if part.numbered else '-'} {as_markdown(item)}" for at, item in enumerate(part.items, 1)
            ]
        case Topic():
            return [f"### {as_markdown(part.title)}"]
        case str():
            return [as_markdown(part)]


def _marked_table(part: Table) -> list[str]:
    kept = [at for at, letter in enumerate(part.align) if letter != "b" and any(row[at] for row in part.rows)]
    rules = ["---:" if part.align[at] == "r" else "---" for at in kept]
    rows = [[as_markdown(str(row[at])) for at in kept] for row in part.rows]
    return [f"| {' | '.join(cells)} |" for cells in ([as_markdown(part.header[at]) for at in kept], rules, *rows)]
