"""A questionnaire for its author: listed, checked, and previewed as one actor type reads it or hears it judged."""

import textwrap
from collections.abc import Iterable, Iterator

from allycheck.analysis.whole_report import whole_report
from allycheck.answers import Answers
from allycheck.language import _, ngettext, pgettext
from allycheck.numbers import as_decimal, whole
from allycheck.questionnaire import STRONG, WEAK, Indicator, Questionnaire, Trend
from allycheck.render import words
from allycheck.render.look import Look
from allycheck.report import IndicatorReport, Report, RiskReport
from allycheck.scoring import score
from allycheck.text import listing, semicolons, told

MARGIN = "    "


def listed(questionnaires: Iterable[Questionnaire]) -> str:
    """One line for each questionnaire: id, version, title and size."""
    line = pgettext("a questionnaire in a list", "{id} {version}: {title}, {size}")
    return "".join(
        line.format(id=entry.id, version=entry.version, title=entry.title, size=_size(entry)) + "\n"
        for entry in questionnaires
    )


def verdict(questionnaire: Questionnaire, warnings: int) -> str:
    """What a check found, in one line."""
    line = (
        ngettext("{id} {version}: {number} warning, {size}", "{id} {version}: {number} warnings, {size}", warnings)
        if warnings
        else _("{id} {version}: no faults, {size}")
    )
    about = {"id": questionnaire.id, "version": questionnaire.version, "size": _size(questionnaire)}
    return line.format(number=warnings, **about) + "\n"


def translated(code: str, many: int, missing: int, stale: int) -> str:
    """How complete a translation is, in one line."""
    if not missing and not stale:
        return (
            ngettext(
                "{language}: {number} text, all translated", "{language}: {number} texts, all translated", many
            ).format(language=code, number=whole(many))
            + "\n"
        )
    words = ngettext(
        "{language}: {number} text, {missing} not translated, {stale} changed since",
        "{language}: {number} texts, {missing} not translated, {stale} changed since",
        many,
    )
    return words.format(language=code, number=whole(many), missing=whole(missing), stale=whole(stale)) + "\n"


def _size(entry: Questionnaire) -> str:
    trends, indicators, actors = len(entry.trends), len(entry.indicators), len(entry.actors)
    parts = [
        ngettext("{number} trend", "{number} trends", trends).format(number=trends),
        ngettext("{number} indicator", "{number} indicators", indicators).format(number=indicators),
        ngettext("{number} actor type", "{number} actor types", actors).format(number=actors),
    ]
    quick = sum(item.quick for item in entry.indicators.values())
    in_quick = [_("{number} in the quick form").format(number=quick)] if quick else []
    return semicolons([listing(parts), *in_quick])


def preview(questionnaire: Questionnaire, actor: str, look: Look) -> str:
    """Every question with its anchors, weights and effort, in the words of one actor type."""
    return "\n".join(_lines(questionnaire, actor, look)) + "\n"


def _lines(questionnaire: Questionnaire, actor: str, look: Look) -> Iterator[str]:
    reader = questionnaire.actor_types[actor].title
    name = f"{questionnaire.title} {questionnaire.version}"
    yield _("{questionnaire}, as it reads for: {reader}").format(questionnaire=name, reader=reader) if reader else name
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
    weight = as_decimal(questionnaire.trend_weight(trend, actor))
    return _("{trend} (weight {weight})").format(trend=trend.title, weight=weight)


def _question(questionnaire: Questionnaire, item: Indicator, actor: str, width: int) -> Iterator[str]:
    own = questionnaire.tailored(item, actor)
    yield ""
    yield from _wrapped(f"{own.code}  ", own.ask, width)
    for level, anchor in enumerate(own.levels):
        yield from _wrapped(f"    {level}  ", anchor, width)
    facts = [
        _("id {id}").format(id=own.id),
        _("weight {weight}").format(weight=as_decimal(own.weight_for(actor))),
        _("effort {words}").format(words=listing(map(words.effort_word, dict.fromkeys(own.effort)), "then")),
    ]
    facts += [_("quick form")] * own.quick
    facts += [_("reversed")] * own.reverse
    facts += [_("not applicable refused")] * (not own.na)
    facts += [_("requires {names}").format(names=listing(own.requires))] * bool(own.requires)
    yield from _wrapped("    ", semicolons(facts), width)


def _wrapped(label: str, text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, initial_indent=label, subsequent_indent=" " * len(label))


def preview_at(questionnaire: Questionnaire, actor: str, level: int, look: Look) -> str:
    """What a report says to one actor type if every answer is at one level, in maturity levels."""
    report = _report_at(questionnaire, actor, level)
    lines = [_judged(questionnaire, report, level)]
    for label, text in (
        ("", report.overall.headline),
        ("", report.overall.sentence or ""),
        (_("Your task"), report.charge),
    ):
        lines += ["", *_told(label, text, look.width, margin="")] if text else []
    for trend in report.trends:
        lines += ["", trend.title, *_told(_("At stake"), trend.stake, look.width)]
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
    says = (
        _("{questionnaire}, what a report says to {reader} if every answer is {level} ({number})")
        if report.actor_title
        else _("{questionnaire}, what a report says if every answer is {level} ({number})")
    )
    name = f"{questionnaire.title} {questionnaire.version}"
    return says.format(questionnaire=name, reader=report.actor_title, level=report.level_names[level], number=level)


def _judgement(report: Report, item: IndicatorReport, level: int, width: int) -> Iterator[str]:
    """One answer: its anchor, the sentence that it has earned, and the step from it."""
    yield ""
    yield item.code if item.name == item.code else f"{item.code}  {item.name}"
    yield from _told(report.level_names[level], item.levels[level], width)
    if level <= WEAK or level >= STRONG:
        meaning = item.meaning or _("no sentence: the anchor stands")
        yield from _told(_("Weak") if level <= WEAK else _("Strong"), meaning, width)
    if item.next_step is not None:
        for text in item.next_step.texts:
            to = pgettext("a step", "To {level}").format(level=report.level_names[item.next_step.to])
            yield from _told(to, text, width)


def _at_risk(report: Report, risk: RiskReport, width: int) -> Iterator[str]:
    yield ""
    if risk.exposure is None:
        yield _("{risk}: nothing asked feeds it").format(risk=risk.title)
        return
    exposure, band = words.points(risk.exposure, report.exposure_bands), words.exposure_band(risk)
    yield _("{risk}: exposure {points}, {band}").format(risk=risk.title, points=exposure, band=band)
    named = words.labels(report)
    yield from _told(_("Shows up"), risk.shows_up, width)
    yield from _told(_("Means"), risk.text or _("no sentence for this band"), width)
    yield from _told(_("Holes"), listing(named[name] for name in risk.holes), width)
    for sign in risk.warning_signs:
        yield from _told(_("Sign"), sign, width)
    for protection in risk.mitigations:
        yield from _told(_("Protects"), protection.do, width)


def _told(label: str, text: str, width: int, margin: str = MARGIN) -> list[str]:
    """A text behind its label; nothing where there is no text."""
    return (
        textwrap.wrap(told(label, text) if label else text, width, initial_indent=margin, subsequent_indent=margin)
        if text
        else []
    )
