"""The report as a page: what a board reads, where the organisation stands, the weakest trends, the agenda."""

from allycheck.language import _
from allycheck.numbers import whole
from allycheck.render import priorities, words
from allycheck.render.document.model import (
    Bar,
    Bullets,
    Cell,
    Details,
    Entries,
    Entry,
    Ladder,
    Led,
    Marked,
    Page,
    Part,
    Section,
    Table,
    Topic,
)
from allycheck.render.look import PAGE, Look
from allycheck.render.telling import SHORT, WHOLE, Teller, answer_given, others
from allycheck.report import Beside, IndicatorReport, PillarReport, Report, RiskReport, TrendReport
from allycheck.text import bracketed, commas, full_stop, label, listing, semicolons, sentences

FOUND_OUT = 3
"""Entries of what to find out."""
WEAKEST = 3
"""Trends that the page tells one by one, unless all are asked for."""
SCORE_STYLES = {"low": "poor", "middle": "fair", "high": "good", None: ""}


def page(report: Report, look: Look = PAGE) -> Page:
    """The whole report; a look that asks for the full one gets every trend and risk with all there is to say."""
    tell = Teller(report, WHOLE if look.full else SHORT)
    front = board(report, tell)
    sections = [
        *front,
        Section(_("Where you stand"), [*trends(report), *risks(report), *pillars(report)]),
        *_told_trends(report, tell, full=look.full),
        *_told_risks(report, tell, full=look.full),
        Section(_("Agenda"), tell.agenda()),
        Section(_("How firm the score is"), robustness(report)),
        Section(_("Beside others"), benchmark(report)),
        Section(_("Requirements"), _requirements(report)),
        Section(_("Further reading"), further_reading(report) if look.full else []),
        Section(_("How the numbers are made, and where to read on"), closing(report, look)),
    ]
    opening = _opening(report, full=look.full)
    told = [section for section in sections if section.parts]
    return Page(named(report), "", opening, told, front=len(front))


def named(report: Report) -> str:
    """What stands above the page."""
    return report.organisation or report.questionnaire.title


def _opening(report: Report, *, full: bool) -> list[str | Marked | Led | Ladder]:
    """Who, what it is about, the headline and what it means for this actor."""
    overall = report.overall
    parts: list[str | Marked | Led | Ladder] = [Marked(commas(words.circumstances(report)), "faint")]
    parts += [Led(lead, text, faint=True) for lead, text in words.background(report)]
    parts.append(Marked(overall.headline, "strong"))
    if overall.low is not None and overall.answered:
        parts.append(Ladder(report.level_names, overall.level.value if overall.level else None))
    parts += meaning(report)
    return [*parts, *([Led(_("Your task"), report.charge)] if report.charge and full else [])]


def meaning(report: Report) -> list[str]:
    """What the level means for the actor, and how firm it is."""
    return [text for text in (words.indicative(report), words.could_reach(report), report.overall.sentence) if text]


# The page a board reads


def board(report: Report, tell: Teller) -> list[Section]:
    """What keeps the next level away, the holes, what to do first, what to recheck and what to find out."""
    blocker = priorities.overall_blocker(report)
    away = _("What keeps {level} away").format(level=report.level_names[blocker.next]) if blocker else ""
    sections = [
        Section(away, blocked(report)),
        Section(_("Holes: critical safeguards that are missing"), holes(report)),
        Section(_("Do first"), tell.first()),
        Section(_("Answers to recheck"), contradictions(report)),
        Section(_("What to find out"), find_out(report)),
    ]
    return [section for section in sections if section.parts]


def blocked(report: Report) -> list[Part]:
    """What the next overall level lacks, and the trends below it."""
    blocker = priorities.overall_blocker(report)
    if blocker is None:
        return []
    title, reached = words.labels(report), words.levels_reached(report)
    below = words.with_levels(blocker.short, title, reached)
    others = _("Also below it: {names}.") if blocker.below_gap else _("Below it: {names}.")
    more = others.format(names=commas(below)) if below else ""
    return [sentences([priorities.next_level(report, blocker), more])]


def holes(report: Report) -> list[Part]:
    """Each critical safeguard that is missing, with the risks that it leaves open and the answer as it was given."""
    items, known, possible = words.indicators(report), priorities.holes(report), priorities.possible_holes(report)
    entries = [
        Entry(bracketed(label(items[name]), listing(titles)), aside=answer_given(items[name]))
        for name, titles in known.items()
    ]
    unknown = [bracketed(label(items[name]), listing(titles)) for name, titles in possible.items()]
    parts: list[Part] = [Entries(entries)] if entries else []
    if unknown:
        parts.append(Led(_("Not known, so a hole perhaps"), full_stop(commas(unknown))))
    return [*parts, *_of_what_was_asked(report)] if parts else []


def _of_what_was_asked(report: Report) -> list[Marked]:
    quick = report.form == "quick" and any(risk.holes or risk.possible_holes for risk in report.risks)
    return [Marked(_("Holes are those of what was asked; the full form asks more."), "faint")] if quick else []


def contradictions(report: Report) -> list[Part]:
    """Pairs of answers that are worth a second look."""
    title, reached = words.labels(report), words.levels_reached(report)
    return [
        Led(listing(words.with_levels([pair.high, pair.low], title, reached)), pair.text)
        for pair in report.consistency or []
    ]


def find_out(report: Report) -> list[Part]:
    """What is not known, the most important first."""
    found = priorities.to_find_out(report)
    if not found:
        return []
    widths = {entry.id: entry.width for entry in report.priorities.find_out}
    title = words.labels(report)
    shown = [
        _("{name} ({points} points of the range)").format(name=title[name], points=words.points(widths.get(name, 0.0)))
        for name in found[:FOUND_OUT]
    ]
    return [Bullets(shown), *others(found, FOUND_OUT)]


# Where you stand


def trends(report: Report) -> list[Part]:
    """Every trend in a row, and what a reader of the numbers should know."""
    parts: list[Part] = [trend_table(report)]
    if any(trend.coverage is not None and not trend.published for trend in report.trends):
        needed = words.percent(report.coverage_needed)
        note = _("Too little is known for a score under {needed} of what counts.").format(needed=needed)
        parts.append(Marked(note, "faint"))
    remarked = [trend for trend in report.trends if words.remarks(trend)]
    return [*parts, *(Led(trend.title, full_stop(commas(words.remarks(trend))), faint=True) for trend in remarked)]


def trend_table(report: Report) -> Table:
    """Every trend in a row."""
    rows: list[list[Cell]] = [
        [
            trend.title,
            Bar(trend.score, trend.low, trend.high, SCORE_STYLES[trend.band]),
            _points(trend.score, report.score_bands),
            words.short_extent(trend.low, trend.high),
            words.level_shown(trend),
            answered_of(trend),
        ]
        for trend in report.trends
    ]
    return Table([_("Trend"), "", _("Score"), _("Range"), _("Level"), _("Known")], rows, "LbrrLr")


def answered_of(trend: TrendReport) -> str:
    """How many of a trend's questions have a level."""
    return _("{known} of {number}").format(known=trend.answered, number=words.asked(trend))


def _points(value: float | None, bands: list[float]) -> str:
    return "" if value is None else words.points(value, bands)


def risks(report: Report) -> list[Part]:
    """Every risk in a row, and what an exposure is."""
    table = risk_table(report)
    return [table, Marked(words.exposure_note(), "faint"), *_of_what_was_asked(report)] if table.rows else []


def risk_table(report: Report) -> Table:
    """Every risk in a row."""
    rows = [
        [
            risk.title,
            _points(risk.exposure, report.exposure_bands),
            words.exposure_band(risk),
            words.holes_counted(risk),
        ]
        for risk in report.risks
    ]
    return Table([_("Risk"), _("Exposure"), _("Band"), _("Holes")], rows, "LrLL")


def pillars(report: Report) -> list[Part]:
    """Every pillar in a row."""
    rows: list[list[Cell]] = [
        [
            pillar.title,
            Bar(pillar.score, pillar.low, pillar.high, SCORE_STYLES[pillar.band]),
            _points(pillar.score, report.score_bands),
            words.short_extent(pillar.low, pillar.high),
            _pillar_remark(pillar),
        ]
        for pillar in report.pillars
    ]
    return [Table([_("Pillar"), "", _("Score"), _("Range"), _("Remark")], rows, "LbrrL")] if rows else []


def _pillar_remark(pillar: PillarReport) -> str:
    if pillar.coverage is None:
        return _("not applicable")
    return "" if pillar.published else _("too little is known")


# One by one


def _told_trends(report: Report, tell: Teller, *, full: bool) -> list[Section]:
    order = words.reading_order(report)
    chosen = order if full or len(order) <= WEAKEST else order[:WEAKEST]
    title = _trends_title(len(chosen), len(order))
    parts: list[Part] = []
    for trend in chosen:
        own: list[Part] = tell.trend(trend)
        if own or full:
            subject = [Marked(trend.subject, "faint")] if trend.subject and full else []
            parts += [Topic(trend.title, words.standing(report, trend)), *subject, *own]
            parts += [all_answers(report, trend)] if full and trend.indicators else []
    return [Section(title, parts)]


def _trends_title(shown: int, of: int) -> str:
    if shown == of:
        return _("Trend by trend, weakest first") if of > 1 else _("Trend by trend")
    return {1: _("The weakest trend"), 2: _("The two weakest trends"), 3: _("The three weakest trends")}[shown]


def all_answers(report: Report, trend: TrendReport) -> Details:
    """Every answer of a trend as it counts."""
    rows = [[label(item), words.answer_shown(report, item), _noted(item)] for item in trend.indicators]
    return Details(_("The answers behind it"), Table([_("Question"), _("Answer"), _("Noted")], rows, "LLL"))


def _noted(item: IndicatorReport) -> str:
    return semicolons(text for text in (item.reason, item.evidence, item.comment) if text)


def is_open(risk: RiskReport) -> bool:
    """Whether a risk is told one by one: moderate, high, or with a hole that no exposure shows yet."""
    return risk.band in {"moderate", "high"} or bool(risk.holes)


def _told_risks(report: Report, tell: Teller, *, full: bool) -> list[Section]:
    chosen = [risk for risk in report.risks if full or is_open(risk)]
    parts: list[Part] = []
    for risk in chosen:
        parts += [Topic(risk.title, risk_standing(report, risk)), *tell.risk(risk)]
    return [Section(_("Risks, one by one") if full else _("Risks at moderate or high"), parts)]


def risk_standing(report: Report, risk: RiskReport) -> str:
    """Exposure, band and holes of a risk, in a line."""
    exposure = (
        ""
        if risk.exposure is None
        else _("exposure {points}").format(points=words.points(risk.exposure, report.exposure_bands))
    )
    return commas(part for part in (exposure, words.exposure_band(risk), words.holes_counted(risk)) if part)


# The rest


def robustness(report: Report) -> list[Part]:
    """How far the score moves under other rules and other weights."""
    found = report.robustness
    if found is None:
        return []
    rows = [[*words.reading_words(reading)] for reading in found.readings]
    texts = [words.imbalance(found), words.other_weights(found, report.level_names)]
    return [Table([_("Read another way"), _("Score")], rows, "Lr"), *(text for text in texts if text)]


def benchmark(report: Report) -> list[Part]:
    """The organisation's scores beside those of others of its actor type."""
    found = report.benchmark
    if found is None:
        return []
    parts: list[Part] = [words.benchmark_group(report, found)]
    for title, kinds in (
        ("", ("overall", "trend")),
        (_("Pillars"), ("pillar",)),
        (_("Risks"), ("risk",)),
    ):
        if rows := [_beside(report, one) for one in found.beside if one.kind in kinds]:
            parts += [Topic(title)] if title else []
            header = ["", _("Own"), _("Others"), _("Median (quartiles)"), _("Own place")]
            parts.append(Table(header, rows, "Lrrrr"))
    return parts


def _beside(report: Report, one: Beside) -> list[Cell]:
    measured: list[TrendReport | PillarReport | RiskReport] = [*report.trends, *report.pillars, *report.risks]
    title = next((own.title for own in measured if own.id == one.id), _("Readiness"))
    middle, place = words.benchmark_middle(one), words.benchmark_place(one)
    return [title, words.benchmark_own(one), whole(one.n) if one.n else words.too_few(), middle, place]


def _requirements(report: Report) -> list[Part]:
    """Each requirement with its verdict and the reason."""
    if not report.gates:
        return []
    verdicts = [Led(words.gate_verdict(gate), gate.reason or gate.id) for gate in report.gates]
    return [*verdicts, words.gates_met(report.gates)]


def further_reading(report: Report) -> list[Part]:
    """What the questions of each trend draw on."""
    named_sources = [(trend.title, words.sources(trend)) for trend in report.trends]
    return [Led(title, full_stop(semicolons(found))) for title, found in named_sources if found]


def closing(report: Report, look: Look) -> list[Part]:
    """How the numbers are made, with what, and the commands that lead on."""
    made = f"{report.questionnaire.title} {report.questionnaire.version}, {report.tool.name} {report.tool.version}"
    how = [Led(_("How to answer"), report.instructions)] if report.instructions and look.full else []
    return [words.method(), *how, Marked(made, "faint"), Bullets(read_on(report, look))]


def read_on(report: Report, look: Look) -> list[str]:
    """The commands that lead on, each with what it shows."""
    whole = (f"allycheck report {look.source.answers} --full", _("every trend and risk"))
    more = [whole] if report.overall.answered and not look.full else []
    return [
        _("{command}: {shows}").format(command=command, shows=shows)
        for command, shows in [*more, *words.commands(look.source)]
    ]
