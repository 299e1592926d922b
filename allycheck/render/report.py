"""The report as a page: a function for each section, in reading order."""

from collections.abc import Sequence

from allycheck.render import words
from allycheck.render.document.model import (
    Bar,
    Bullets,
    Cell,
    Details,
    Ladder,
    Led,
    Marked,
    Note,
    Page,
    Part,
    Section,
    Table,
    Topic,
)
from allycheck.report import IndicatorReport, PillarReport, Report, RiskReport, TrendReport
from allycheck.text import count, label

SHOWN = 5
"""Entries of a list that a page shows; the JSON has all of them."""
SCORE_STYLES = {"low": "poor", "middle": "fair", "high": "good", None: ""}
EXPOSURE_STYLES = {"low": "good", "moderate": "fair", "high": "poor", None: ""}


def page(report: Report) -> Page:
    """The whole report."""
    sections = [
        Section("Trends", _trends(report)),
        Section("Pillars", _pillars(report)),
        Section("Risks", _risks(report)),
        Section("Priorities", [*_blocker(report), *_best_value(report), *_find_out(report)]),
        Section(f"Trend by trend{', weakest first' if len(report.trends) > 1 else ''}", _trend_by_trend(report)),
        Section("Answers that contradict each other", _contradictions(report)),
        Section("How firm the score is", _robustness(report)),
        Section("How the numbers are made", _method(report)),
        Section("Requirements", _requirements(report)),
    ]
    return Page(named(report), "", _opening(report), [section for section in sections if section.parts])


def named(report: Report) -> str:
    """What stands above the page."""
    return report.organisation or report.questionnaire.title


def _opening(report: Report) -> list[str | Marked | Led | Ladder]:
    """Who, what it is about, the headline and what it means for this actor."""
    overall = report.overall
    parts: list[str | Marked | Led | Ladder] = [Marked(", ".join(words.circumstances(report)), "faint")]
    parts += [Led(lead, text, faint=True) for lead, text in words.background(report)]
    parts.append(Marked(overall.headline, "strong"))
    if overall.low is not None and overall.answered:
        parts.append(Ladder(report.level_names, overall.level.value if overall.level else None))
    parts += [text for text in (words.could_reach(report), overall.sentence) if text]
    if report.charge:
        parts.append(Led("Your task", report.charge))
    return parts


def _trends(report: Report) -> list[Part]:
    parts: list[Part] = [trend_table(report)]
    if any(trend.coverage is not None and not trend.published for trend in report.trends):
        needed = words.percent(report.coverage_needed)
        parts.append(Marked(f"Too little is known for a score under {needed} of what counts.", "faint"))
    remarked = [trend for trend in report.trends if words.remarks(trend)]
    return [*parts, *(Led(trend.title, f"{', '.join(words.remarks(trend))}.", faint=True) for trend in remarked)]


def trend_table(report: Report) -> Table:
    """Every trend in a row."""
    rows: list[list[Cell]] = [
        [
            trend.title,
            Bar(trend.score, trend.low, trend.high, SCORE_STYLES[trend.band]),
            _points(trend.score, report.score_bands),
            words.short_extent(trend.low, trend.high),
            words.level_shown(trend),
            f"{trend.answered} of {words.asked(trend)}",
        ]
        for trend in report.trends
    ]
    return Table(["Trend", "", "Score", "Range", "Level", "Known"], rows, "LbrrLr")


def _points(value: float | None, bands: list[float]) -> str:
    return "" if value is None else words.points(value, bands)


def _pillars(report: Report) -> list[Part]:
    rows: list[list[Cell]] = [
        [
            pillar.title,
            Bar(pillar.score, pillar.low, pillar.high, SCORE_STYLES[pillar.band]),
            _points(pillar.score, report.score_bands),
            words.short_extent(pillar.low, pillar.high),
        ]
        for pillar in report.pillars
    ]
    means = [_texts(_pillar_text(report, pillar)) for pillar in report.pillars]
    return [Table(["Pillar", "", "Score", "Range"], rows, "Lbrr", means)] if rows else []


def _texts(*texts: str) -> list[Note]:
    return [text for text in texts if text]


def _pillar_text(report: Report, pillar: PillarReport) -> str:
    if pillar.coverage is None:
        return "Not applicable."
    return pillar.meaning if pillar.published else f"No score: {words.too_little(report, pillar.coverage)}."


def _risks(report: Report) -> list[Part]:
    table = risk_table(report)
    details = [_risk(report, risk) for risk in report.risks]
    return [words.EXPOSURE_NOTE, table._replace(notes=details)] if details else []


def risk_table(report: Report) -> Table:
    """Every risk in a row."""
    rows: list[list[Cell]] = [
        [
            risk.title,
            Bar(risk.exposure, risk.low, risk.high, EXPOSURE_STYLES[risk.band]),
            _points(risk.exposure, report.exposure_bands),
            words.short_extent(risk.low, risk.high),
            words.exposure_band(risk),
        ]
        for risk in report.risks
    ]
    return Table(["Risk", "", "Exposure", "Range", "Band"], rows, "LbrrL")


def _risk(report: Report, risk: RiskReport) -> list[Note]:
    """How it shows up here, what the band means, signs, what helps, and what drives it."""
    unpublished = risk.coverage is not None and not risk.published
    means = f"No exposure: {words.too_little(report, risk.coverage)}." if unpublished else risk.text or ""
    parts = _texts(risk.shows_up or risk.meaning, means)
    if risk.warning_signs:
        parts.append(Bullets(risk.warning_signs, lead="Warning signs"))
    if [one.do for one in risk.mitigations]:
        parts.append(Bullets([one.do for one in risk.mitigations], lead="What helps"))
    if drivers := words.main_drivers(report, risk):
        parts.append(Led("Driven by", f"{drivers}."))
    return parts


def _blocker(report: Report) -> list[Part]:
    blocker = words.overall_blocker(report)
    if blocker is None:
        return []
    title, reached = words.labels(report), words.levels_reached(report)
    lists = [Led(heading, f"{words.with_levels(ids, title, reached)}.") for heading, ids in words.below(blocker)]
    return [Topic(f"What keeps {report.level_names[blocker.next]} away"), words.next_level(report, blocker), *lists]


def _best_value(report: Report) -> list[Part]:
    found, title, items = report.priorities.best_value, words.labels(report), words.indicators(report)
    rows = [
        [title[step.id], words.move(report, step), words.change(step.gain), words.amount(step.effort)]
        for step in found[:SHOWN]
    ]
    told: list[list[Note]] = [
        [
            words.step_to_take(items[step.id]),
            *(Marked(note, "faint") for note in [words.notes(report, step)] if note),
        ]
        for step in found[:SHOWN]
    ]
    table = Table(["Next step", "From", "Points", "Effort"], rows, "Llrr", told)
    return [Topic("Best value: the most points for the effort"), table, *_more(found)] if found else []


def _find_out(report: Report) -> list[Part]:
    found, title = report.priorities.find_out, words.labels(report)
    rows = [[title[entry.id], words.points(entry.width)] for entry in found[:SHOWN]]
    table = Table(["Not known", "Points of range"], rows, "Lr")
    return [Topic("Find out: what makes the range wide"), table, *_more(found)] if found else []


def _more(found: Sequence[object]) -> list[Part]:
    left = len(found) - SHOWN
    return [Marked(f"And {count(left, 'other')}.", "faint")] if left > 0 else []


def _trend_by_trend(report: Report) -> list[Part]:
    return [part for trend in words.reading_order(report) for part in _trend(report, trend)]


def _trend(report: Report, trend: TrendReport) -> list[Part]:
    parts: list[Part] = [Topic(trend.title, words.standing(report, trend))]
    if trend.subject:
        parts.append(Marked(trend.subject, "faint"))
    parts += [Led(lead, text) for lead, text in words.trend_facts(report, trend, words.blockers(report)[trend.id])]
    if steps := words.next_steps(report, trend):
        parts.append(Bullets(steps, lead="Next steps"))
    rows = [_answer(report, item) for item in trend.indicators]
    answers = Table(["Question", "Answer", "What holds", "Noted"], rows, "LLLL")
    return [*parts, Details("The answers behind it", answers)] if rows else parts


def _answer(report: Report, item: IndicatorReport) -> list[str]:
    holds = "" if item.level is None else item.levels[item.level]
    noted = "; ".join(text for text in (item.reason, item.evidence, item.comment) if text)
    return [label(item), words.answer_shown(report, item), holds, noted]


def _contradictions(report: Report) -> list[Part]:
    """Answers that are worth a second look."""
    title, reached = words.labels(report), words.levels_reached(report)
    return [
        Led(words.with_levels([pair.high, pair.low], title, reached), pair.text) for pair in report.consistency or []
    ]


def _robustness(report: Report) -> list[Part]:
    """How far the score moves under other rules and other weights."""
    found = report.robustness
    if found is None:
        return []
    rows = [[*words.reading_words(reading)] for reading in found.readings]
    texts = [words.imbalance(found), words.other_weights(found, report.level_names)]
    return [Table(["Read another way", "Score"], rows, "Lr"), *(text for text in texts if text)]


def _method(report: Report) -> list[Part]:
    made = f"{report.questionnaire.title} {report.questionnaire.version}, {report.tool.name} {report.tool.version}"
    how = [Led("How to answer", report.instructions)] if report.instructions else []
    return [words.METHOD, words.TRACED, *how, Marked(made, "faint")]


def _requirements(report: Report) -> list[Part]:
    """Each requirement with its verdict and the reason."""
    if not report.gates:
        return []
    verdicts = [Led("Passed" if gate.passed else "FAILED", gate.reason or gate.id) for gate in report.gates]
    return [*verdicts, words.gates_met(report.gates)]
