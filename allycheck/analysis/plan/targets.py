"""What a plan can aim at, and how it is written: 70, TREND=60, level=defined, TREND:level=practised, RISK=35."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Literal, NamedTuple

from allycheck.errors import UsageError
from allycheck.fields import read_decimal
from allycheck.questionnaire import Questionnaire
from allycheck.scoring import FULL, OVERALL
from allycheck.text import choices, hint, listing, printable

Kind = Literal["score", "level", "exposure", "budget"]
LEVEL = "level"
LONGEST = 40


class Target(NamedTuple):
    """What to reach: a score of at least, a level of at least, an exposure of at most, or the most for a budget.

    `id` is "overall", a trend or a risk; `value` is in points, levels 0 to 4, or effort points for a budget.
    """

    kind: Kind
    id: str
    value: Fraction


class Choices(NamedTuple):
    """What a plan must hold to: indicators that it has to raise, those that it has to leave, and the largest climb.

    `by` is a word of the questionnaire's effort scale; climbs of more effort from one level to the next are left out.
    Nothing is raised above the level `up_to`.
    """

    keep: tuple[str, ...] = ()
    leave: tuple[str, ...] = ()
    by: str | None = None
    up_to: int | None = None


ANY = Choices()


def read_target(text: str, questionnaire: Questionnaire) -> Target:
    """A target as it was typed. Raises UsageError with what to write instead."""
    subject, equals, value = text.rpartition("=")
    subject, value = subject.strip(), value.strip()
    trends = [trend.id for trend in questionnaire.trends]
    name, colon, what = subject.partition(":")
    if subject == LEVEL or colon:
        name = OVERALL if subject == LEVEL else _known("trend", name, [*trends, OVERALL], text)
        if colon and what != LEVEL:
            what = f"--target {_shown(text)}: nothing to aim at is called {_shown(what)}"
            raise UsageError(what, hint=f"write {name}:level=defined")
        return Target("level", name, _level(value, questionnaire, text))
    name = _known("trend", subject, [*trends, OVERALL, LEVEL], text) if equals else OVERALL
    return Target("score", name, _points(value, f"--target {_shown(text)}"))


def _level(text: str, questionnaire: Questionnaire, whole: str) -> Fraction:
    from allycheck.analysis.gates import level_of

    try:
        return Fraction(level_of(text, [level.id for level in questionnaire.level_names]))
    except ValueError as error:
        what, _, instead = str(error).partition("; ")
        raise UsageError(f"--target {_shown(whole)}: {what}", hint=instead) from error


def read_exposure(text: str, questionnaire: Questionnaire) -> Target:
    """The most that an exposure may be, as it was typed. Raises UsageError with what to write instead."""
    name, equals, value = text.rpartition("=")
    known = [risk.id for risk in questionnaire.risks]
    option = f"--max-exposure {_shown(text)}"
    if not equals:
        instead = f"such as {known[0]}=35" if known else choices(known)
        raise UsageError(f"{option}: name a risk", hint=instead)
    if name.strip() not in known:
        raise UsageError(f"{option}: no risk is called {_shown(name.strip())}", hint=hint(name.strip(), known))
    return Target("exposure", name.strip(), _points(value.strip(), option))


def read_budget(text: str) -> Target:
    """The effort points that may be spent, as they were typed. Raises UsageError with what to write instead."""
    try:
        return Target("budget", OVERALL, read_decimal(text.strip()))
    except ValueError as error:
        raise UsageError(f"--budget {_shown(text)}: {error}", hint="give effort points, such as 40") from error


def read_choices(
    keep: Iterable[str],
    leave: Iterable[str],
    by: str | None,
    questionnaire: Questionnaire,
    *,
    up_to: str | None = None,
) -> Choices:
    """What was pinned, by id or code. Raises UsageError with the nearest known word."""
    kept = tuple(dict.fromkeys(_indicator("--keep", name, questionnaire) for name in keep))
    left = tuple(dict.fromkeys(_indicator("--not", name, questionnaire) for name in leave))
    if both := [name for name in kept if name in left]:
        raise UsageError(f"--keep and --not both name {listing(both)}", hint="choose one of them")
    if by is not None and by not in questionnaire.effort:
        raise UsageError(f"--by {_shown(by)}: unknown effort", hint=hint(by, questionnaire.effort))
    return Choices(kept, left, by, None if up_to is None else _up_to(up_to, questionnaire))


def _up_to(text: str, questionnaire: Questionnaire) -> int:
    """The highest level that a plan may reach: at least the one that every step aims at."""
    from allycheck.analysis.gates import level_of

    names, lowest = [level.id for level in questionnaire.level_names], questionnaire.method.lowest_aim
    try:
        level = level_of(text.strip(), names)
    except ValueError as error:
        what, _, meant = str(error).partition("; ")
        raise UsageError(f"--up-to: {what}", hint=meant) from error
    if level < lowest:
        what = f"--up-to {_shown(text)}: every step aims at {names[lowest]} or above"
        raise UsageError(what, hint=choices(names[lowest:]))
    return level


def _indicator(option: str, text: str, questionnaire: Questionnaire) -> str:
    found = questionnaire.indicator_named(text)
    if found is None:
        meant = hint(text, [*questionnaire.indicators_by_word], "give its id or its code")
        raise UsageError(f"{option} {_shown(text)}: unknown indicator", hint=meant)
    return found.id


def _points(text: str, option: str) -> Fraction:
    rule = f"a target is in points from 0 to {FULL}"
    try:
        value = read_decimal(text)
    except ValueError as error:
        raise UsageError(f"{option}: {error}", hint=rule) from error
    if value > FULL:
        raise UsageError(f"{option}: {printable(text)} is more than {FULL}", hint=rule)
    return value


def _known(kind: str, name: str, known: list[str], text: str) -> str:
    if name not in known:
        raise UsageError(f"--target {_shown(text)}: no {kind} is called {_shown(name)}", hint=hint(name, known))
    return name


def _shown(text: str) -> str:
    return printable(text)[:LONGEST]
