"""What stands in a cell -> what it means: an answer, a day, a text."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Literal, NamedTuple

from allycheck.answers import DK, NA, Answer
from allycheck.language import _
from allycheck.questionnaire import Indicator
from allycheck.text import printable

_NO_WORD = re.compile(r"[\W_]+")
_LED_BY_LEVEL = re.compile(r"([0-4])(?:\s*[.:)\u2013\u2014-]\s*|\s+)(\D.*)", re.DOTALL)
_SECOND_NUMBER = re.compile(r"([^\s\d]+\s+){0,2}\d")
"""As in "3 or 4", "3 out of 5"."""
_DAY = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)", re.ASCII)
_MADE_HARMLESS = re.compile(r"'(?=[=+\-@\t\r])")
"""The apostrophe that keeps a spreadsheet from taking a text for a formula; it is no part of the text."""
_DONT_KNOW = ("dontknow", "idontknow", "donotknow", "idonotknow")
_NOT_APPLICABLE = "notapplicable"
_SHOWN = 60


def key(text: str) -> str:
    """What is left of a text where only its letters and digits count."""
    return _NO_WORD.sub("", unicodedata.normalize("NFKC", text).casefold())


def text_in(cell: str) -> str:
    """A cell's text as somebody wrote it."""
    return _MADE_HARMLESS.sub("", cell.strip(), count=1) if cell.startswith("'") else cell.strip()


def day_in(cell: str) -> str | None:
    """The day of a date or a time that is written year first; None where it is not, or is no day."""
    found = _DAY.match(cell.strip())
    if not found:
        return None
    try:
        return date(*map(int, found.groups())).isoformat()
    except ValueError:
        return None


class Found(NamedTuple):
    """What a cell says, as an answers file would write it; nothing where the question is left open."""

    entry: dict[str, Any]
    is_by_number: bool = False
    """Whether it is a level's number with words that are not the questionnaire's, such as a translation."""


def answer_in(cell: str, item: Indicator, names: list[str], words: Mapping[str, Answer]) -> Found:
    """The answer that a cell holds.

    `item` is worded for the actor, `names` are those of the levels, `words` what else counts as which answer, by `key`.
    Raises ValueError with what is wrong; the hint stands after the last semicolon.
    """
    text = text_in(cell)
    found = key(text)
    if found in words:
        return Found(words[found].model_dump(exclude_none=True))
    if not text:
        return Found({})
    if re.fullmatch("[0-4]", text):
        return Found({"answer": int(text)})
    if led := _LED_BY_LEVEL.fullmatch(text):
        level, rest = int(led[1]), led[2]
        return Found({"answer": level}, is_by_number=not _is_worded_so(level, rest, text, item, names))
    if (alone := _alone(found, item, names)) is not None:
        return Found({"answer": alone})
    raise ValueError(
        _("{text} is not an answer; use 0, 1, 2, 3, 4, na or dk, or tell with --map what it means").format(
            text=_cut(text)
        )
    )


def _is_worded_so(level: int, rest: str, text: str, item: Indicator, names: list[str]) -> bool:
    """Whether the words behind a level's number are its own. Raises ValueError where they belong to another level."""

    def begins_like(number: int) -> bool:
        return any(key(rest).startswith(said) for said in _readings(number, item, names) if said)

    if begins_like(level):
        return True
    others = (number for number in range(len(item.levels)) if begins_like(number))
    if next(others, None) is not None or _SECOND_NUMBER.match(rest):
        raise ValueError(
            _("{text} is not how level {level} reads here; use its number alone, or tell with --map").format(
                text=_cut(text), level=level
            )
        )
    return False


def _alone(found: str, item: Indicator, names: list[str]) -> int | Literal["na", "dk"] | None:
    """What a cell without a number means: a level by how it reads, if only one reads so, dk or na."""
    meant = [level for level in range(len(item.levels)) if found and found in set(_readings_alone(level, item, names))]
    if len(meant) == 1:
        return meant[0]
    if found == DK or found.startswith(_DONT_KNOW):
        return DK
    return NA if found == NA or found.startswith(_NOT_APPLICABLE) else None


def _readings(level: int, item: Indicator, names: list[str]) -> Iterator[str]:
    yield key(names[level])
    yield key(names[item.maturity(level)])
    yield key(item.levels[level])


def _readings_alone(level: int, item: Indicator, names: list[str]) -> Iterator[str]:
    """How a level reads without its number; that of a reversed question never goes by the level's name."""
    anchor = key(item.levels[level])
    yield anchor
    if not item.reverse:
        yield key(names[level])
        yield key(names[level]) + anchor


def _cut(text: str) -> str:
    return repr(printable(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."))
