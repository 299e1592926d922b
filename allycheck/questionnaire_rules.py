"""What a questionnaire must keep beyond its shape: every fault, and warnings that refuse nothing.

`faults` and `warnings` are pure: they name a place in the document by its path; loading turns that into
file, line and column.
"""

import itertools
import re
import textwrap
from collections.abc import Collection, Iterable, Iterator
from fractions import Fraction
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from typing import Literal

from allycheck.catalogues import is_code
from allycheck.errors import Fault, Loc
from allycheck.fields import UNNAMED, Model, is_id, is_version
from allycheck.language import _, ngettext
from allycheck.numbers import as_text, parse_decimal
from allycheck.questionnaire import (
    DEFAULT,
    EXPOSURE_BANDS,
    LEVELS,
    SCORE_BANDS,
    STAGES,
    TOP,
    Actor,
    Indicator,
    Questionnaire,
)
from allycheck.text import first_of, hint, listing

MOST = {"trends": 100, "actors": 50, "risks": 50, "pillars": 50, "scenarios": 50}
"""How many of each a questionnaire may have: with these every command still answers in seconds."""
MOST_INDICATORS = 1000
"""How many indicators all trends may have together."""
RESERVED = {"overall", "level"}
LARGEST_GROUP = 6
LONGEST_CIRCLE = 10
HARDEST_DEMAND = 3
PLACEHOLDER = re.compile(r"\{[a-z_]+\}")
Kind = Literal["actor", "indicator", "level", "pillar", "risk", "trend"]
SCREEN_ROWS = 19
"""Rows of an 80x24 screen that are left for a question and its five anchors."""


def faults(questionnaire: Questionnaire) -> Iterator[Fault]:
    """Everything that makes the questionnaire unusable, in the order of the method's parts.

    Of one that is too large nothing else is told.
    """
    if too_large := list(_sizes(questionnaire)):
        return iter(too_large)
    checks = (
        _ids, _codes, _versions, _language, _levels, _weights, _efforts, _references, _readers, _actor_references,
        _scenarios, _placeholders, _prerequisites, _method,
    )  # fmt: skip
    return (fault for check in checks for fault in check(questionnaire))


def warnings(questionnaire: Questionnaire) -> list[Fault]:
    """What an author should look at: missing texts, weights that don't add up, anchors that don't fit."""
    checks = (_unscorable_trends, _missing_texts, _missing_words, _missing_steps, _weight_sums, _long_questions)
    return [fault for check in checks for fault in check(questionnaire)]


def _sizes(questionnaire: Questionnaire) -> Iterator[Fault]:
    for kind, most in MOST.items():
        if (found := len(getattr(questionnaire, kind))) > most:
            what = ngettext("has {number} entry", "has {number} entries", found).format(number=found)
            yield Fault(what, (kind,), _("a questionnaire may have at most {most}").format(most=most))
    if (found := sum(len(trend.indicators) for trend in questionnaire.trends)) > MOST_INDICATORS:
        what = ngettext("has {number} indicator", "has {number} indicators", found).format(number=found)
        yield Fault(what, ("trends",), _("a questionnaire may have at most {most}").format(most=MOST_INDICATORS))


def _indicators(questionnaire: Questionnaire) -> Iterator[tuple[Loc, Indicator]]:
    for t, trend in enumerate(questionnaire.trends):
        for i, item in enumerate(trend.indicators):
            yield ("trends", t, "indicators", i), item


def _unknown(kind: Kind, word: str, known: Collection[str], loc: Loc, *, at_key: bool = False) -> Iterator[Fault]:
    """A fault if the word is not known; none while a known one still lacks its name, which might be this."""
    if word in known or _unsettled(known):
        return
    few = _("known here: {known}").format(known=listing(known)) if 0 < len(known) <= LEVELS else ""
    yield Fault(_unknown_told(kind).format(word=word), loc, hint(word, known, few), at_key=at_key)


def _unknown_told(kind: Kind) -> str:
    return {
        "actor": _("unknown actor {word}"),
        "indicator": _("unknown indicator {word}"),
        "level": _("unknown level {word}"),
        "pillar": _("unknown pillar {word}"),
        "risk": _("unknown risk {word}"),
        "trend": _("unknown trend {word}"),
    }[kind]


def _unsettled(names: Iterable[str]) -> bool:
    return any(name.startswith(UNNAMED) for name in names)


def _repeats(entries: Iterable[tuple[Loc, str]], told: str) -> Iterator[Fault]:
    seen: set[str] = set()
    for loc, name in entries:
        if name in seen:
            yield Fault(told.format(name=name), loc, _("give each its own"))
        seen.add(name)


def _ids(questionnaire: Questionnaire) -> Iterator[Fault]:
    shared: list[tuple[Loc, str]] = [
        ((kind, n, "id"), entry.id)
        for kind in ("trends", "risks", "pillars")
        for n, entry in enumerate(getattr(questionnaire, kind))
    ]
    shared += [((*loc, "id"), item.id) for loc, item in _indicators(questionnaire)]
    shared += [(("retired", n, "id"), entry.id) for n, entry in enumerate(questionnaire.retired)]
    apart = {
        kind: [((kind, n, "id"), entry.id) for n, entry in enumerate(getattr(questionnaire, kind))]
        for kind in ("actors", "scenarios", "level_names")
    }
    for loc, name in [(("id",), questionnaire.id), *shared, *(pair for pairs in apart.values() for pair in pairs)]:
        if not is_id(name):
            yield Fault(
                _("{name} is not an id").format(name=repr(name)),
                loc,
                _("use lower-case letters and digits joined by single hyphens"),
            )
    for loc, name in shared:
        if name in RESERVED:
            yield Fault(_("the id {name} is reserved").format(name=name), loc, _("choose another"))
    told = _("the id {name} is used more than once")
    yield from _repeats(shared, told)
    for pairs in apart.values():
        yield from _repeats(pairs, told)
    for n, actor in enumerate(questionnaire.actors):
        if actor.id == DEFAULT:
            yield Fault(_("an actor can't be called default"), ("actors", n, "id"), _("choose another id"))


def _codes(questionnaire: Questionnaire) -> Iterator[Fault]:
    own = [(loc, item) for loc, item in _indicators(questionnaire) if item.code != item.id]
    codes: list[tuple[Loc, str]] = [((*loc, "code"), item.code) for loc, item in own]
    codes += [(("retired", n, "code"), entry.code) for n, entry in enumerate(questionnaire.retired) if entry.code]
    yield from _repeats(codes, _("the code {name} is used more than once"))
    for loc, code in codes:
        if code in questionnaire.indicators:
            yield Fault(
                _("the code {code} is the id of another indicator").format(code=code), loc, _("choose another code")
            )
        if not code.replace("-", "").isalnum() or not code.isascii():
            yield Fault(
                _("{code} is not a code").format(code=repr(code)),
                loc,
                _("use letters, digits and hyphens, such as FC1"),
            )


def _versions(questionnaire: Questionnaire) -> Iterator[Fault]:
    named: list[tuple[Loc, str | None]] = [(("version",), questionnaire.version)]
    for loc, item in _indicators(questionnaire):
        named += [((*loc, key), getattr(item, key)) for key in ("since", "rev_since")]
    named += [(("retired", n, "until"), entry.until) for n, entry in enumerate(questionnaire.retired)]
    for loc, version in named:
        if version is not None and not is_version(version):
            yield Fault(
                _("{version} is not a version").format(version=repr(version)),
                loc,
                _("use numbers joined by dots, such as 1.0"),
            )


def _language(questionnaire: Questionnaire) -> Iterator[Fault]:
    if not is_code(questionnaire.language):
        yield Fault(
            _("{language} is no language").format(language=repr(questionnaire.language)),
            ("language",),
            _("use its code, such as en or pt-BR"),
        )


def _levels(questionnaire: Questionnaire) -> Iterator[Fault]:
    if len(questionnaire.level_names) != LEVELS:
        yield Fault(
            _levels_told(len(questionnaire.level_names)),
            ("level_names",),
            _("name exactly {levels}").format(levels=LEVELS),
        )
    for n, trend in enumerate(questionnaire.trends):
        if not trend.indicators:
            yield Fault(_("has no indicators"), ("trends", n, "indicators"), _("give at least one"))
    if not questionnaire.trends:
        yield Fault(_("has no trends"), ("trends",), _("give at least one"))
    for loc, item in _indicators(questionnaire):
        ladders: list[tuple[Loc, list[str]]] = [((*loc, "levels"), item.levels)]
        ladders += [
            ((*loc, "overrides", actor, "levels"), own.levels)
            for actor, own in item.overrides.items()
            if own.levels is not None
        ]
        for place, levels in ladders:
            if len(levels) != LEVELS:
                yield Fault(
                    _levels_told(len(levels)),
                    place,
                    _("give exactly {levels}, from 0 to {top}").format(levels=LEVELS, top=TOP),
                )


def _levels_told(number: int) -> str:
    return ngettext("has {number} level", "has {number} levels", number).format(number=number)


def _weights(questionnaire: Questionnaire) -> Iterator[Fault]:
    for n, trend in enumerate(questionnaire.trends):
        yield from _known_actors(questionnaire, trend.weight, ("trends", n, "weight"))
    for loc, item in _indicators(questionnaire):
        yield from _known_actors(questionnaire, item.weight, (*loc, "weight"))
        if item.rev < 1:
            yield Fault(_("must be at least 1"), (*loc, "rev"))


def _efforts(questionnaire: Questionnaire) -> Iterator[Fault]:
    for word, points in questionnaire.effort.items():
        if points <= 0:
            yield Fault(_("effort must be greater than 0"), ("effort", word))
    for loc, item in _indicators(questionnaire):
        if len(item.effort) != TOP:
            number = len(item.effort)
            what = ngettext("has {number} effort", "has {number} efforts", number).format(number=number)
            yield Fault(what, (*loc, "effort"), _("give one, or {top} for the climbs between levels").format(top=TOP))
        for word in dict.fromkeys(item.effort):
            if (
                word not in questionnaire.effort
                and not _is_positive(word)
                and not _unsettled([word, *questionnaire.effort])
            ):
                yield Fault(
                    _("unknown effort {word}").format(word=word),
                    (*loc, "effort"),
                    _("use {words}, or points greater than 0").format(words=listing(questionnaire.effort, "or")),
                )


def _is_positive(text: str) -> bool:
    try:
        return parse_decimal(text) > 0
    except ValueError:
        return False


def _known_actors(questionnaire: Questionnaire, named: Iterable[str], loc: Loc) -> Iterator[Fault]:
    actors = [actor.id for actor in questionnaire.actors]
    return _unknown_keys("actor", (actor for actor in named if actor != DEFAULT), actors, loc)


def _references(questionnaire: Questionnaire) -> Iterator[Fault]:
    risks = [risk.id for risk in questionnaire.risks]
    pillars = [pillar.id for pillar in questionnaire.pillars]
    known = questionnaire.indicators
    for loc, item in _indicators(questionnaire):
        yield from _unknown_keys("risk", item.risks, risks, (*loc, "risks"))
        for risk, load in item.risks.items():
            if load <= 0:
                yield Fault(_("a load must be greater than 0"), (*loc, "risks", risk), _("leave the risk out instead"))
        yield from _critical(item, risks, loc)
        if item.pillar is not None:
            yield from _unknown("pillar", item.pillar, pillars, (*loc, "pillar"))
        for n, other in enumerate(item.requires):
            yield from _unknown("indicator", other, known, (*loc, "requires", n))
    for n, pair in enumerate(questionnaire.consistency):
        for side, name in (("high", pair.high), ("low", pair.low)):
            yield from _unknown("indicator", name, known, ("consistency", n, side))


def _critical(item: Indicator, risks: Collection[str], loc: Loc) -> Iterator[Fault]:
    """A safeguard can only be critical for a risk that it also feeds (method 6)."""
    for n, risk in enumerate(item.critical):
        if risk in risks and risk not in item.risks:
            yield Fault(
                _("critical for {risk}, which it does not load").format(risk=risk),
                (*loc, "critical", n),
                _("add it under risks"),
            )
        else:
            yield from _unknown("risk", risk, risks, (*loc, "critical", n))


def _readers(questionnaire: Questionnaire) -> Iterator[Fault]:
    actors = [actor.id for actor in questionnaire.actors]
    for loc, item in _indicators(questionnaire):
        for n, actor in enumerate(item.actors or []):
            yield from _unknown("actor", actor, actors, (*loc, "actors", n))
        yield from _unknown_keys("actor", item.overrides, actors, (*loc, "overrides"))


def _unknown_keys(kind: Kind, named: Iterable[str], known: Collection[str], loc: Loc) -> Iterator[Fault]:
    for name in named:
        yield from _unknown(kind, name, known, (*loc, name), at_key=True)


def _actor_references(questionnaire: Questionnaire) -> Iterator[Fault]:
    trends = [trend.id for trend in questionnaire.trends]
    risks = [risk.id for risk in questionnaire.risks]
    levels = [level.id for level in questionnaire.level_names]
    for n, actor in enumerate(questionnaire.actors):
        loc: Loc = ("actors", n)
        kinds: tuple[tuple[str, Kind, list[str]], ...] = (
            ("weights", "trend", trends),
            ("weights_why", "trend", trends),
            ("trends", "trend", trends),
            ("risks", "risk", risks),
            ("overall", "level", levels),
        )
        for key, kind, known in kinds:
            yield from _unknown_keys(kind, getattr(actor, key), known, (*loc, key))
        yield from _words(questionnaire, actor, loc)
        yield from _mitigations(questionnaire, actor, loc)


def _words(questionnaire: Questionnaire, actor: Actor, loc: Loc) -> Iterator[Fault]:
    """An actor's words for an answer stand under the trend of its indicator."""
    for trend in questionnaire.trends:
        own = actor.trends.get(trend.id)
        known = [item.id for item in trend.indicators]
        for name in own.indicators if own else ():
            place = (*loc, "trends", trend.id, "indicators", name)
            if name not in known and name in questionnaire.indicators:
                yield Fault(
                    _("{name} is not of this trend").format(name=name),
                    place,
                    _("move it to {trend}").format(trend=questionnaire.trend_of[name].id),
                    at_key=True,
                )
            else:
                yield from _unknown("indicator", name, known, place, at_key=True)


def _mitigations(questionnaire: Questionnaire, actor: Actor, loc: Loc) -> Iterator[Fault]:
    for risk, own in actor.risks.items():
        for n, mitigation in enumerate(own.mitigations):
            if mitigation.for_ is not None:
                place = (*loc, "risks", risk, "mitigations", n, "for")
                yield from _unknown("indicator", mitigation.for_, questionnaire.indicators, place)


def _scenarios(questionnaire: Questionnaire) -> Iterator[Fault]:
    trends = [trend.id for trend in questionnaire.trends]
    for n, scenario in enumerate(questionnaire.scenarios):
        loc: Loc = ("scenarios", n)
        for key in ("demands", "reasons"):
            yield from _unknown_keys("trend", getattr(scenario, key), trends, (*loc, key))
        for name, demand in scenario.demands.items():
            if demand > HARDEST_DEMAND:
                yield Fault(
                    _("{demand} is not a demand").format(demand=demand), (*loc, "demands", name), _("use 0, 1, 2 or 3")
                )
        yield from _known_actors(questionnaire, scenario.questions, (*loc, "questions"))


def _placeholders(questionnaire: Questionnaire) -> Iterator[Fault]:
    for loc, text in _texts(questionnaire, ()):
        for name in dict.fromkeys(PLACEHOLDER.findall(text)):
            yield Fault(
                _("{name} is no longer filled in").format(name=name),
                loc,
                _("write out what reads differently for an actor"),
            )


def _texts(value: object, loc: Loc) -> Iterator[tuple[Loc, str]]:
    """Every text with a brace in it, with its place."""
    if isinstance(value, str):
        if "{" in value:
            yield loc, value
    elif isinstance(value, Model):
        for name, field in type(value).model_fields.items():
            yield from _texts(getattr(value, name), (*loc, field.alias or name))
    elif isinstance(value, dict):
        for name, entry in value.items():
            yield from _texts(entry, (*loc, name))
    elif isinstance(value, list):
        for n, entry in enumerate(value):
            yield from _texts(entry, (*loc, n))


def _prerequisites(questionnaire: Questionnaire) -> Iterator[Fault]:
    places = {item.id: loc for loc, item in _indicators(questionnaire)}
    for group in prerequisite_groups(questionnaire):
        for circle in _circles(group, questionnaire):
            first = min(circle, key=group.index)
            way = circle if len(circle) <= LONGEST_CIRCLE else [*circle[:LONGEST_CIRCLE], "...", circle[-1]]
            yield Fault(
                _("prerequisites run in a circle: {circle}").format(circle=" -> ".join(way)),
                (*places[first], "requires"),
                _("remove one of them"),
            )
        if len(group) > LARGEST_GROUP:
            number = len(group)
            what = ngettext(
                "{number} indicator is linked by requires", "{number} indicators are linked by requires", number
            )
            yield Fault(
                what.format(number=number),
                (*places[group[0]], "requires"),
                _("link at most {most}: {indicators}").format(
                    most=LARGEST_GROUP, indicators=first_of(group, LARGEST_GROUP + 1)
                ),
            )


def _circles(group: list[str], questionnaire: Questionnaire) -> Iterator[list[str]]:
    """Circles of prerequisites that share no link, one by one."""
    inside = set(group)
    needs = {
        name: [other for other in dict.fromkeys(questionnaire.indicators[name].requires) if other in inside]
        for name in group
    }
    while True:
        try:
            TopologicalSorter(needs).prepare()
        except CycleError as error:
            circle = error.args[1][::-1]
            for name, needed in itertools.pairwise(circle):
                needs[name].remove(needed)
            yield circle
        else:
            return


def prerequisite_groups(questionnaire: Questionnaire) -> list[list[str]]:
    """The indicators in groups linked by `requires`, both in catalogue order."""
    ids = questionnaire.indicators
    group_of = {name: [name] for name in ids}
    for name, item in ids.items():
        for other in item.requires:
            if other in group_of and group_of[other] is not group_of[name]:
                few, many = sorted((group_of[other], group_of[name]), key=len)
                many += few
                group_of.update(dict.fromkeys(few, many))
    groups = {id(group): group for group in group_of.values()}
    order = {name: n for n, name in enumerate(ids)}
    return [sorted(group, key=order.__getitem__) for group in groups.values()]


def _method(questionnaire: Questionnaire) -> Iterator[Fault]:
    method = questionnaire.method
    for key in ("coverage", "trend_share", "overall_share"):
        if getattr(method, key) > 1:
            yield Fault(_("is a share"), ("method", key), _("use a number from 0 to 1"))
    for key in ("score_bands", "exposure_bands"):
        bands = getattr(method, key)
        if len(bands) != len(SCORE_BANDS) - 1 or bands != sorted(bands) or bands[-1] > 100:
            yield Fault(
                _("is not a pair of limits"), ("method", key), _("give two numbers from 0 to 100, the lower first")
            )
    if not 1 <= method.lowest_aim <= TOP:
        yield Fault(_("is not a level to aim at"), ("method", "lowest_aim"), _("use 1 to {top}").format(top=TOP))
    weights = method.demand_weights
    if len(weights) != HARDEST_DEMAND + 1 or weights[0] or weights != sorted(weights):
        hint = _("give {number} numbers for the demands 0 to {hardest}, the first 0 and none falling").format(
            number=HARDEST_DEMAND + 1, hardest=HARDEST_DEMAND
        )
        yield Fault(_("does not weigh the demands"), ("method", "demand_weights"), hint)


def _unscorable_trends(questionnaire: Questionnaire) -> Iterator[Fault]:
    for n, trend in enumerate(questionnaire.trends):
        for actor in questionnaire.actor_types:
            if not any(item.serves(actor, "full") for item in trend.indicators):
                what = _("has no indicator that counts for {actor}") if actor else _("has no indicator that counts")
                yield Fault(what.format(actor=actor), ("trends", n, "indicators"))


def _missing_texts(questionnaire: Questionnaire) -> Iterator[Fault]:
    for n, actor in enumerate(questionnaire.actors):
        loc: Loc = ("actors", n)
        if missing := [level.id for level in questionnaire.level_names if not actor.overall.get(level.id)]:
            yield Fault(_("has no overall sentence for {missing}").format(missing=listing(missing)), (*loc, "overall"))
        for risk in questionnaire.risks:
            own = actor.risks.get(risk.id)
            if missing := [band for band in EXPOSURE_BANDS if not getattr(own, band, "")]:
                yield Fault(_("has no text for {missing}").format(missing=listing(missing)), (*loc, "risks", risk.id))


def _missing_words(questionnaire: Questionnaire) -> Iterator[Fault]:
    """An actor that is told anything of its answers should be told it of each, and have a step from each level."""
    for n, actor in enumerate(questionnaire.actors):
        if not any(own.indicators for own in actor.trends.values()):
            continue
        for item in questionnaire.scope(actor.id, "full"):
            if missing := _lacking(questionnaire, item, actor):
                place = ("actors", n, "trends", questionnaire.trend_of[item.id].id, "indicators", item.id)
                yield Fault(
                    _("has no {missing} for {item}").format(missing=listing(missing, "or"), item=item.id), place
                )


def _lacking(questionnaire: Questionnaire, item: Indicator, actor: Actor) -> list[str]:
    own = questionnaire.words(item, actor.id)
    words = [key for key in ("weak", "strong") if not getattr(own, key)]
    # Where the indicator has some steps, those that it lacks are told once, and not for each actor.
    steps = [] if _some_steps(item) else [stage for stage in STAGES if not getattr(own, stage)]
    return words + steps


def _some_steps(item: Indicator) -> bool:
    return any(getattr(item.steps, stage) for stage in STAGES)


def _missing_steps(questionnaire: Questionnaire) -> Iterator[Fault]:
    for loc, item in _indicators(questionnaire):
        missing = [stage for stage in STAGES if not getattr(item.steps, stage)]
        if _some_steps(item) and missing:
            yield Fault(_("has no step to {missing}").format(missing=listing(missing, "or")), (*loc, "steps"))


def _weight_sums(questionnaire: Questionnaire) -> Iterator[Fault]:
    for n, actor in enumerate(questionnaire.actors):
        total = sum((questionnaire.trend_weight(trend, actor.id) for trend in questionnaire.trends), Fraction(0))
        if actor.weights and total != 100:
            yield Fault(_("weights add up to {total}, not 100").format(total=as_text(total)), ("actors", n, "weights"))


def _long_questions(questionnaire: Questionnaire) -> Iterator[Fault]:
    for loc, item in _indicators(questionnaire):
        for actor in questionnaire.actor_types if item.actors is None else item.actors:
            own = questionnaire.tailored(item, actor)
            rows = _rows(own.ask, 76) + sum(_rows(level, 72) for level in own.levels)
            if rows > SCREEN_ROWS:
                yield Fault(
                    _rows_told(rows, actor).format(rows=rows, actor=actor, most=SCREEN_ROWS),
                    (*loc, "levels"),
                    _("shorten the question or its anchors"),
                )


def _rows_told(rows: int, actor: str) -> str:
    if actor:
        return ngettext(
            "takes {rows} row for {actor}, more than the {most} of an 80x24 screen",
            "takes {rows} rows for {actor}, more than the {most} of an 80x24 screen",
            rows,
        )
    return ngettext(
        "takes {rows} row, more than the {most} of an 80x24 screen",
        "takes {rows} rows, more than the {most} of an 80x24 screen",
        rows,
    )


@lru_cache(maxsize=16)
def _rows(text: str, width: int) -> int:
    """Rows that a text fills. Most actors are asked the same, one after the other."""
    return len(textwrap.wrap(text, width))
