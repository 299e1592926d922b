"""Text as Markdown that shows as it is, whoever wrote it: no markup, no HTML, no live link, no broken table."""

import re

_MARKUP = re.compile(r"[\\`*_\[\]<>|~#$]|&(?=#?\w+;)|:(?=//)|(?<=\bwww)\.", re.IGNORECASE)
_AT_THE_START = re.compile(r"[-+=](?=[-+=\s]|$)|[0-9]{1,9}(?=[.)](?:\s|$))")
_REFERENCE = re.compile(r"@(?=\w)|#(?=[0-9])")
WORD_JOINER = "\u2060"
"""Invisible. Code hosts look for @names, addresses and #1 in what is shown, where a backslash does not help."""


def as_text(words: str) -> str:
    """The words on one line, to stand anywhere in Markdown: a paragraph, a heading, a list, a cell of a table."""
    line = " ".join(words.split())
    start = _AT_THE_START.match(line)
    apart = _REFERENCE.sub(rf"\g<0>{WORD_JOINER}", line)
    safe = _MARKUP.sub(r"\\\g<0>", apart)
    if start is None:
        return safe
    return f"{start[0]}\\{safe[start.end() :]}" if start[0].isdigit() else f"\\{safe}"
