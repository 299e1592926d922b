"""A questionnaire for its author: listed, checked, and previewed as one actor type reads it."""

import textwrap
from collections.abc import Iterable, Iterator

from allycheck.numbers import as_decimal
from allycheck.questionnaire import Indicator, Questionnaire, Trend
from allycheck.render.look import Look
from allycheck.text import count, listing


def listed(questionnaires: Iterable[Questionnaire]) -> str:
    """One line for each questionnaire: id, version, title and size."""
    return "".join(f"{entry.id} {entry.version}: {entry.title}, {_size(entry)}\n" for entry in questionnaires)


def verdict(questionnaire: Questionnaire, warnings: int) -> str:
    """What a check found, in one line."""
    found = count(warnings, "warning") if warnings else "no faults"
    return f"{questionnaire.id} {questionnaire.version}: {found}, {_size(questionnaire)}\n"


def _size(entry: Questionnaire) -> str:
    parts = [
        count(len(entry.trends), "trend"),
        count(len(entry.indicators), "indicator"),
        count(len(entry.actors), "actor type"),
    ]
    quick = sum(item.quick for item in entry.indicators.values())
    return listing(parts) + (f"; {quick} in the quick form" if quick else "")


def preview(questionnaire: Questionnaire, actor: str, look: Look) -> str:
    """Every question with its anchors, weights and effort, in the words of one actor type."""
    return "\n".join(_lines(questionnaire, actor, look)) + "\n"


def _lines(questionnaire: Questionnaire, actor: str, look: Look) -> Iterator[str]:
    reader = questionnaire.actor_types[actor].title
    yield f"{questionnaire.title} {questionnaire.version}" + (f", as it reads for: {reader}" if reader else "")
    if questionnaire.instructions:
        yield ""
        yield from textwrap.wrap(questionnaire.instructions, look.width)
    for trend in questionnaire.trends:
        yield ""
        yield _heading(questionnaire, trend, actor)
        for item in trend.indicators:
            if item.serves(actor, "full"):
                yield from _question(questionnaire, item, actor, look.width)


def _heading(questionnaire: Questionnaire, trend: Trend, actor: str) -> str:
    return f"{trend.title} (weight {as_decimal(questionnaire.trend_weight(trend, actor))})"


def _question(questionnaire: Questionnaire, item: Indicator, actor: str, width: int) -> Iterator[str]:
    own = questionnaire.tailored(item, actor)
    yield ""
    yield from _wrapped(f"{own.code}  ", own.ask, width)
    for level, anchor in enumerate(own.levels):
        yield from _wrapped(f"    {level}  ", anchor, width)
    facts = [
        f"id {own.id}",
        f"weight {as_decimal(own.weight_for(actor))}",
        f"effort {listing(dict.fromkeys(own.effort), 'then')}",
    ]
    facts += ["quick form"] * own.quick + ["reversed"] * own.reverse + ["not applicable refused"] * (not own.na)
    facts += [f"requires {listing(own.requires)}"] * bool(own.requires)
    yield from _wrapped("    ", "; ".join(facts), width)


def _wrapped(label: str, text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, initial_indent=label, subsequent_indent=" " * len(label))
