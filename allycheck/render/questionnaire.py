"""A questionnaire for its author: listed, checked, and previewed as one actor type reads it or hears it judged."""

import textwrap
from collections.abc import Iterable, Iterator

from allycheck.analysis.whole_report import whole_report
from allycheck.answers import Answers
from allycheck.numbers import as_decimal
from allycheck.questionnaire import STRONG, WEAK, Indicator, Questionnaire, Trend
from allycheck.render import words
from allycheck.render.look import Look
from allycheck.report import IndicatorReport, Report, RiskReport
from allycheck.scoring import score
from allycheck.text import count, listing

MARGIN = "    "


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


def preview_at(questionnaire: Questionnaire, actor: str, level: int, look: Look) -> str:
    """What a report says to one actor type if every answer is at one level, in maturity levels."""
    report = _report_at(questionnaire, actor, level)
    lines = [_judged(questionnaire, report, level)]
    for label, text in (
        ("", report.overall.headline),
        ("", report.overall.sentence or ""),
        ("Your task", report.charge),
    ):
        lines += ["", *_told(label, text, look.width, margin="")] if text else []
    for trend in report.trends:
        lines += ["", trend.title, *_told("At stake", trend.stake, look.width)]
        for item in trend.indicators:
            lines += _judgement(report, item, level, look.width)
    for risk in report.risks:
        lines += _at_risk(report, risk, look.width)
    return "\n".join(lines) + "\n"


def _report_at(questionnaire: Questionnaire, actor: str, level: int) -> Report:
    answers = {item.id: item.answer_for(level) for item in questionnaire.scope(actor, "full")}
    sheet = {"questionnaire": questionnaire.id, "actor": actor or None, "answers": answers}
    filled = Answers.model_validate(sheet)
    return whole_report(score(questionnaire, filled), filled)


def _judged(questionnaire: Questionnaire, report: Report, level: int) -> str:
    reader = f" to {report.actor_title}" if report.actor_title else ""
    answers = f"if every answer is {report.level_names[level]} ({level})"
    return f"{questionnaire.title} {questionnaire.version}, what a report says{reader} {answers}"


def _judgement(report: Report, item: IndicatorReport, level: int, width: int) -> Iterator[str]:
    """One answer: its anchor, the sentence that it has earned, and the step from it."""
    yield ""
    yield item.code if item.name == item.code else f"{item.code}  {item.name}"
    yield from _told(report.level_names[level], item.levels[level], width)
    if level <= WEAK or level >= STRONG:
        yield from _told("Weak" if level <= WEAK else "Strong", item.meaning or "no sentence: the anchor stands", width)
    if item.next_step is not None:
        for text in item.next_step.texts:
            yield from _told(f"To {report.level_names[item.next_step.to]}", text, width)


def _at_risk(report: Report, risk: RiskReport, width: int) -> Iterator[str]:
    yield ""
    if risk.exposure is None:
        yield f"{risk.title}: nothing asked feeds it"
        return
    yield f"{risk.title}: exposure {words.points(risk.exposure, report.exposure_bands)}, {risk.band}"
    named = words.labels(report)
    yield from _told("Shows up", risk.shows_up, width)
    yield from _told("Means", risk.text or "no sentence for this band", width)
    yield from _told("Holes", listing(named[name] for name in risk.holes), width)
    for sign in risk.warning_signs:
        yield from _told("Sign", sign, width)
    for protection in risk.mitigations:
        yield from _told("Protects", protection.do, width)


def _told(label: str, text: str, width: int, margin: str = MARGIN) -> list[str]:
    """A text behind its label; nothing where there is no text."""
    return (
        textwrap.wrap(f"{label}: {text}" if label else text, width, initial_indent=margin, subsequent_indent=margin)
        if text
        else []
    )
