"""The report in whole sentences: no boxes, bars or symbols, one thing a line, good through a screen reader.

Same content and order as the full text.
"""

from collections.abc import Iterable, Iterator

from allycheck.building_report import weakest_first
from allycheck.render import words as assurance
from allycheck.render import words as say
from allycheck.render.document.layout import BLANK, Block, to_text, unlabelled
from allycheck.render.look import Look
from allycheck.render.words import asked, change, effort, extent, level, points
from allycheck.report import BestValue, BlockerReport, PillarReport, Report, RiskReport, TrendReport
from allycheck.text import count

SHOWN = 5
Sentences = Iterable[str]


def render(report: Report, look: Look) -> str:
    """The whole report."""
    return page(_sections(report), look)


def page(sections: Iterable[Sentences], look: Look) -> str:
    """Sections with an empty line between them, each sentence from a line of its own."""
    return to_text((block for section in sections for block in _section(section, look)), look)


def _section(section: Sentences, look: Look) -> Iterator[Block]:
    for sentence in section:
        yield unlabelled(sentence, look)
    yield BLANK


def _sections(report: Report) -> Iterator[Sentences]:
    yield opening(report)
    yield from _task(report)
    yield ["Trends.", *(trend_sentence(report, trend) for trend in report.trends)]
    yield from _pillars(report)
    yield from _risks(report)
    yield from _priorities(report)
    yield from _trend_by_trend(report)
    yield from _contradictions(report)
    yield from _robustness(report)
    yield from _method(report)
    yield from _gates(report)


def opening(report: Report) -> Iterator[str]:
    """Who, and the headline."""
    yield ended(report.organisation or report.questionnaire.title)
    yield sentence(", ".join(say.circumstances(report)))
    yield report.overall.headline
    if report.overall.sentence:
        yield report.overall.sentence


def sentence(text: str) -> str:
    """The text with a capital first and a full stop last."""
    return ended(text[:1].upper() + text[1:])


def ended(text: str) -> str:
    """The text with a full stop last, unless it ends as a sentence already."""
    return text if not text or text.endswith((".", "!", "?")) else f"{text}."


def _task(report: Report) -> Iterator[Sentences]:
    background = [sentence(f"{heading}: {text}") for heading, text in say.background(report)]
    yield [say.could_reach(report), *background]
    if report.charge:
        yield [f"Your task: {report.charge}"]


def trend_sentence(report: Report, trend: TrendReport) -> str:
    """One trend: score, range, level, answered of asked, and what to know about them."""
    remarks = "".join(f", {remark}" for remark in say.remarks(trend))
    answered = f"{trend.answered} of {asked(trend)} answered"
    return f"{trend.title}: {standing(report, trend, ' of 100')}, {answered}{remarks}."


def standing(report: Report, trend: TrendReport, unit: str = "") -> str:
    """Where a trend stands: score with its unit, range and level."""
    if trend.low is None or trend.high is None:
        return "not applicable"
    if trend.score is None:
        return f"too little is known, range {extent(trend.low, trend.high)}"
    return f"{points(trend.score, report.score_bands)}{unit}{_range(trend.low, trend.high)}, level {level(trend.level)}"


def _range(low: float | None, high: float | None) -> str:
    span = say.span_of(low, high)
    return f", range {span}" if span else ""


def _pillars(report: Report) -> Iterator[Sentences]:
    if report.pillars:
        yield ["Pillars.", *(_pillar(report, pillar) for pillar in report.pillars)]


def _pillar(report: Report, pillar: PillarReport) -> str:
    if pillar.low is None or pillar.high is None:
        return f"{pillar.title}: not applicable."
    span = _range(pillar.low, pillar.high)
    if pillar.score is None:
        return f"{pillar.title}: {say.too_little(report, pillar.coverage)}{span}."
    return f"{pillar.title}: {points(pillar.score, report.score_bands)} of 100{span}. {pillar.meaning}".strip()


def _risks(report: Report) -> Iterator[Sentences]:
    if report.risks:
        yield ["Risks.", say.EXPOSURE_NOTE]
    named = say.labels(report)
    for risk in report.risks:
        yield _risk(report, risk, named)


def _risk(report: Report, risk: RiskReport, named: dict[str, str]) -> Iterator[str]:
    yield risk_sentence(report, risk)
    yield risk.shows_up or risk.meaning
    if risk.text:
        yield risk.text
    yield from (sentence(f"Warning sign: {sign}") for sign in risk.warning_signs)
    yield from (sentence(f"What helps: {mitigation.do}") for mitigation in risk.mitigations)
    if drivers := say.main_drivers(risk, named):
        yield sentence(f"Driven by: {drivers}")


def risk_sentence(report: Report, risk: RiskReport) -> str:
    """One risk: exposure, range and band."""
    if risk.exposure is None:
        return f"{risk.title}: {say.exposure_band(risk)}{_range(risk.low, risk.high)}."
    exposure = points(risk.exposure, report.exposure_bands)
    return f"{risk.title}: exposure {exposure}{_range(risk.low, risk.high)}, {say.exposure_band(risk)}."


def _priorities(report: Report) -> Iterator[Sentences]:
    lists = report.priorities
    if blocker := say.overall_blocker(report):
        yield _blockers(report, blocker)
    if lists.best_value:
        yield _best_value(report, lists.best_value)
    if lists.find_out:
        named = say.labels(report)
        known = [ended(f"{named[entry.id]}, {points(entry.width)} points of range") for entry in lists.find_out[:SHOWN]]
        yield ["Find out: what makes the range wide.", *known, *_more(len(lists.find_out) - SHOWN)]


def _blockers(report: Report, blocker: BlockerReport) -> Iterator[str]:
    named, reached = say.labels(report), say.levels_reached(report)
    yield f"What keeps {report.level_names[blocker.next]} away."
    yield say.next_level(report, blocker)
    if blocker.below_gap:
        far = say.with_levels(blocker.below_gap, named, reached)
        yield f"So far below that one alone is enough: {far}."
    if blocker.short:
        yield f"Also below it: {say.with_levels(blocker.short, named, reached)}."


def _best_value(report: Report, found: list[BestValue]) -> Iterator[str]:
    named, items = say.labels(report), say.indicators(report)
    yield "Best value: the most points for the effort."
    for step in found[:SHOWN]:
        yield step_sentence(report, step, named)
        yield sentence(say.step_to_take(items[step.id]))
        yield from (sentence(note) for note in (say.effects(report, step), say.prerequisites(step, named)) if note)
    yield from _more(len(found) - SHOWN)


def step_sentence(report: Report, step: BestValue, named: dict[str, str]) -> str:
    """One step: what it raises from where to where, what it brings and what it costs."""
    gained = f"{change(step.gain).lstrip('+')} points for {effort(step.effort)} of effort"
    return f"{named[step.id]}, {say.move(report, step)}: {gained}."


def _more(number: int) -> list[str]:
    return [f"And {count(number, 'other')}."] if number > 0 else []


def _trend_by_trend(report: Report) -> Iterator[Sentences]:
    trends = [*weakest_first(report.trends), *(trend for trend in report.trends if trend.low is None)]
    blockers = dict(zip((trend.id for trend in report.trends), report.priorities.blockers.trends, strict=True))
    yield ["Trend by trend, weakest first."]
    for trend in trends:
        yield _trend(report, trend, blockers[trend.id])


def _trend(report: Report, trend: TrendReport, blocker: BlockerReport | None) -> Iterator[str]:
    yield trend_sentence(report, trend)
    for lead, text in say.trend_facts(report, trend, blocker):
        yield sentence(f"{lead}: {text}")
    for step in say.next_steps(report, trend):
        yield sentence(f"Next step: {step}")


def _contradictions(report: Report) -> Iterator[Sentences]:
    named, reached = say.labels(report), say.levels_reached(report)
    if report.consistency:
        yield ["Answers that contradict each other."]
    for pair in report.consistency or []:
        yield [ended(say.with_levels([pair.high, pair.low], named, reached)), pair.text]


def _robustness(report: Report) -> Iterator[Sentences]:
    found = report.robustness
    if found is None:
        return
    readings = [": ".join(assurance.reading_words(reading)) + "." for reading in found.readings]
    ends = filter(None, [assurance.imbalance(found), assurance.other_weights(found, report.level_names)])
    yield ["How firm the score is.", *readings, *ends]


def _method(report: Report) -> Iterator[Sentences]:
    yield ["How the numbers are made.", assurance.METHOD, assurance.TRACED]
    if report.instructions:
        yield [f"How the questions were to be answered: {report.instructions}"]


def _gates(report: Report) -> Iterator[Sentences]:
    if report.gates:
        lines = (sentence(assurance.gate_line(gate)) for gate in report.gates)
        yield ["Requirements.", *lines, assurance.gates_met(report.gates)]
