"""What a plan can aim at, and how it is written: 70, TREND=60, level=defined, TREND:level=practised, RISK=35."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Literal, NamedTuple

from allycheck.errors import UsageError
from allycheck.fields import read_decimal
from allycheck.language import _
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
        name = OVERALL if subject == LEVEL else _known(name, [*trends, OVERALL], text)
        if colon and what != LEVEL:
            unknown = _("nothing to aim at is called {name}").format(name=_shown(what))
            instead = _("write {target}").format(target=f"{name}:level=defined")
            raise UsageError(unknown, f"--target {_shown(text)}", instead)
        return Target("level", name, _level(value, questionnaire, text))
    name = _known(subject, [*trends, OVERALL, LEVEL], text) if equals else OVERALL
    return Target("score", name, _points(value, f"--target {_shown(text)}"))


def _level(text: str, questionnaire: Questionnaire, whole: str) -> Fraction:
    from allycheck.analysis.gates import level_of

    try:
        return Fraction(level_of(text, [level.id for level in questionnaire.level_names]))
    except ValueError as error:
        what, _and, instead = str(error).partition("; ")
        raise UsageError(what, f"--target {_shown(whole)}", instead) from error


def read_exposure(text: str, questionnaire: Questionnaire) -> Target:
    """The most that an exposure may be, as it was typed. Raises UsageError with what to write instead."""
    name, equals, value = text.rpartition("=")
    known = [risk.id for risk in questionnaire.risks]
    option = f"--max-exposure {_shown(text)}"
    if not equals:
        instead = _("such as {example}").format(example=f"{known[0]}=35") if known else choices(known)
        raise UsageError(_("name a risk"), option, instead)
    if name.strip() not in known:
        what = _("no risk is called {name}").format(name=_shown(name.strip()))
        raise UsageError(what, option, hint(name.strip(), known))
    return Target("exposure", name.strip(), _points(value.strip(), option))


def read_budget(text: str) -> Target:
    """The effort points that may be spent, as they were typed. Raises UsageError with what to write instead."""
    try:
        return Target("budget", OVERALL, read_decimal(text.strip()))
    except ValueError as error:
        raise UsageError(str(error), f"--budget {_shown(text)}", _("give effort points, such as 40")) from error


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
        what = _("--keep and --not both name {indicators}").format(indicators=listing(both))
        raise UsageError(what, hint=_("choose one of them"))
    if by is not None and by not in questionnaire.effort:
        raise UsageError(_("unknown effort"), f"--by {_shown(by)}", hint(by, questionnaire.effort))
    return Choices(kept, left, by, None if up_to is None else _up_to(up_to, questionnaire))


def _up_to(text: str, questionnaire: Questionnaire) -> int:
    """The highest level that a plan may reach: at least the one that every step aims at."""
    from allycheck.analysis.gates import level_of

    names, lowest = [level.id for level in questionnaire.level_names], questionnaire.method.lowest_aim
    try:
        level = level_of(text.strip(), names)
    except ValueError as error:
        what, _and, meant = str(error).partition("; ")
        raise UsageError(what, "--up-to", meant) from error
    if level < lowest:
        what = _("every step aims at {level} or above").format(level=names[lowest])
        raise UsageError(what, f"--up-to {_shown(text)}", choices(names[lowest:]))
    return level


def _indicator(option: str, text: str, questionnaire: Questionnaire) -> str:
    found = questionnaire.indicator_named(text)
    if found is None:
        meant = hint(text, [*questionnaire.indicators_by_word], _("give its id or its code"))
        raise UsageError(_("unknown indicator"), f"{option} {_shown(text)}", meant)
    return found.id


def _points(text: str, option: str) -> Fraction:
    rule = _("a target is in points from 0 to {most}").format(most=FULL)
    try:
        value = read_decimal(text)
    except ValueError as error:
        raise UsageError(str(error), option, rule) from error
    if value > FULL:
        what = _("{number} is more than {most}").format(number=printable(text), most=FULL)
        raise UsageError(what, option, rule)
    return value


def _known(name: str, known: list[str], text: str) -> str:
    if name not in known:
        what = _("no trend is called {name}").format(name=_shown(name))
        raise UsageError(what, f"--target {_shown(text)}", hint(name, known))
    return name


def _shown(text: str) -> str:
    return printable(text)[:LONGEST]
