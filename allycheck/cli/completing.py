"""What may stand where a word is being typed: the words of each option and argument that takes one of several.

Kept apart from the options themselves, so that no other start pays for it. Ids are looked up in the questionnaire of
the line: the one named, else the one of the answers file, else the default.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from allycheck.bundled import bundled_questionnaires
from allycheck.outline import Entry, entries

if TYPE_CHECKING:
    from typer._click.core import Context, Parameter

Word = tuple[str, str]
"""What may be typed, and what it means. One that ends in an equals sign is typed on."""
Words = Callable[["Context", str], Iterator[Word]]
DEFAULT = "alliance-readiness"
LEVELS = ("absent", "adhoc", "defined", "practised", "adaptive")
ANSWERS = ("0", "1", "2", "3", "4", "na", "dk")
_NAMED = re.compile(r"""^["']?questionnaire["']? *: *["']?([\w-]+)""", re.MULTILINE)
_CHOICES = re.compile(r"\[([a-z-]+(?:\|[a-z-]+)+)\]")
_MOST_READ = 20_000
"""Characters of an answers file in which its questionnaire is looked for."""


def words_for(parameter: "Parameter", ctx: "Context", typed: str) -> list[Word]:
    """The words that go on from what is typed for an option or argument; none where anything may stand there."""
    command = ctx.command.name or ""
    find = WORDS.get(f"{command} {parameter.name}") or WORDS.get(parameter.name or "")
    if find is None:
        choices = _CHOICES.fullmatch(parameter.metavar or "")
        return [(word, "") for word in choices[1].split("|") if word.startswith(typed)] if choices else []
    return [(word, meaning) for word, meaning in find(ctx, typed) if word.startswith(typed)]


def _plain(*words: str) -> Words:
    return lambda _ctx, _typed: ((word, "") for word in words)


def _questionnaires(_ctx: "Context", _typed: str) -> Iterator[Word]:
    return ((name, "") for name in bundled_questionnaires())


def _ids(*kinds: str) -> Words:
    """The ids of entries of these kinds; their codes where capitals are typed."""

    def find(ctx: "Context", typed: str) -> Iterator[Word]:
        for entry in entries(_questionnaire(ctx), *kinds):
            yield _id_or_code(entry, typed)

    return find


def _id_or_code(entry: Entry, typed: str) -> Word:
    if typed[:1].isupper() and entry.code:
        return entry.code, entry.name or entry.id
    return entry.id, f"{entry.code} {entry.name}".strip()


def _levels(ctx: "Context", _typed: str) -> Iterator[Word]:
    found = [(entry.id, entry.name) for entry in entries(_questionnaire(ctx), "level_names")]
    return iter(found or [(name, "") for name in LEVELS])


def _assigned(names: Words, values: Words) -> Words:
    """NAME=VALUE: first the names, each with an equals sign to go on from, then the values."""

    def find(ctx: "Context", typed: str) -> Iterator[Word]:
        name, equals, value = typed.rpartition("=")
        if equals:
            return ((f"{name}={word}", meaning) for word, meaning in values(ctx, value))
        return ((f"{word}=", meaning) for word, meaning in names(ctx, typed))

    return find


def _together(*several: Words) -> Words:
    return lambda ctx, typed: (word for find in several for word in find(ctx, typed))


def _one_more(words: Words) -> Words:
    """A list with commas: the words after the last of them."""

    def find(ctx: "Context", typed: str) -> Iterator[Word]:
        before, comma, last = typed.rpartition(",")
        return ((f"{before}{comma}{word}", meaning) for word, meaning in words(ctx, last))

    return find


_NOTHING = _plain()
_TREND, _RISK = _ids("trends"), _ids("risks")


def _targets(ctx: "Context", typed: str) -> Iterator[Word]:
    """What a plan aims at: a score by its trend, or a level, of all or of a trend."""
    subject, equals, _ = typed.rpartition("=")
    if equals:
        of_level = subject == "level" or subject.endswith(":level")
        yield from ((f"{subject}={word}", meaning) for word, meaning in _levels(ctx, "") if of_level)
        return
    yield "level=", ""
    for trend, title in _TREND(ctx, typed):
        yield (f"{trend}:level=" if ":" in typed else f"{trend}="), title


def _schemas(_ctx: "Context", _typed: str) -> Iterator[Word]:
    from allycheck.cli.schema import NAMES

    return ((name, "") for name in NAMES)


def _commands(ctx: "Context", _typed: str) -> Iterator[Word]:
    """The commands inside those that are named already."""
    assert ctx.parent is not None
    group: Any = ctx.parent.command
    words = ctx.params.get("words") or ()
    for word in words:
        group = getattr(group, "commands", {}).get(word)
    found = getattr(group, "commands", {})
    yield from ((name, command.get_short_help_str(100)) for name, command in found.items())
    if not words:
        yield "environment", ""


def _questionnaire(ctx: "Context") -> str:
    """The questionnaire that the line is about."""
    given = ctx.params
    named = given.get("questionnaire") or (given.get("name") if ctx.command.name in {"show", "check"} else None)
    if isinstance(named, str):
        return named
    files = given.get("file") or given.get("files") or given.get("sheets")
    first = files[0] if isinstance(files, list | tuple) and files else files
    return _named_in(first) if isinstance(first, str) else DEFAULT


def _named_in(path: str) -> str:
    if not Path(path).is_file():
        return DEFAULT
    with Path(path).open(encoding="utf-8", errors="replace") as file:
        named = _NAMED.search(file.read(_MOST_READ))
    return named[1] if named and named[1] in bundled_questionnaires() else DEFAULT


_OF_SCORE = _ids("trends", "pillars")
WORDS: dict[str, Words] = {
    "questionnaire": _questionnaires,
    "old_questionnaire": _questionnaires,
    "show name": _questionnaires,
    "check name": _questionnaires,
    "schema name": _schemas,
    "help words": _commands,
    "explain name": _together(_plain("overall", "level"), _ids("trends", "risks", "pillars", "indicators")),
    "actor": _ids("actors"),
    "only": _TREND,
    "scenario": _ids("scenarios"),
    "keep": _ids("indicators"),
    "leave": _ids("indicators"),
    "sets": _assigned(_ids("indicators"), _plain(*ANSWERS)),
    "up_to": _levels,
    "level": _levels,
    "plan by": _plain("days", "weeks", "months", "year"),
    "cohort by": _one_more(_plain("actor", "form", "version", "year")),
    "fail_under": _assigned(_OF_SCORE, _NOTHING),
    "fail_over": _assigned(_RISK, _NOTHING),
    "max_exposure": _assigned(_RISK, _NOTHING),
    "max_holes": _assigned(_RISK, _NOTHING),
    "min_coverage": _assigned(_ids("trends", "pillars", "risks"), _NOTHING),
    "min_level": _together(_levels, _assigned(_TREND, _levels)),
    "target": _targets,
}
"""By the parameter's name, with the command's before it where the same name means something else elsewhere."""
