"""What the engine itself says about a report, in words that every format shares: numbers, names, levels, reasons."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from allycheck.building_report import weakest_first
from allycheck.language import _, ngettext, pgettext
from allycheck.numbers import as_percent, as_text, as_text_within, exact, percents, scaled, trimmed, whole
from allycheck.priorities import Within
from allycheck.questionnaire import EXPOSURE_BANDS, ExposureBand, Form
from allycheck.render.look import Source
from allycheck.report import (
    Benchmark,
    Beside,
    BlockerReport,
    GateReport,
    IndicatorReport,
    LeftOut,
    Level,
    OverallReport,
    Reading,
    Report,
    RiskReport,
    Robustness,
    TrendReport,
)
from allycheck.text import bracketed, commas, label, listing, semicolons, sentences


def within(due: Within) -> str:
    """By when something is due."""
    return {"30d": _("within 30 days"), "90d": _("within 90 days"), "1y": _("within a year")}[due]


def within_title(due: Within) -> str:
    """As `within`, where nothing stands before it."""
    return {"30d": _("Within 30 days"), "90d": _("Within 90 days"), "1y": _("Within a year")}[due]


def days(due: Within) -> str:
    """How long there is until something is due."""
    return {"30d": _("30 days"), "90d": _("90 days"), "1y": _("a year")}[due]


def form_named(form: str) -> str:
    """The form of a sheet, as one of the facts about it."""
    return _("quick form") if form == "quick" else _("full form")


def effort_word(word: str) -> str:
    """A word of the effort scale; the usual ones are ours, others are the questionnaire's."""
    return {
        "days": pgettext("effort", "days"),
        "weeks": pgettext("effort", "weeks"),
        "months": pgettext("effort", "months"),
        "year": pgettext("effort", "year"),
    }.get(word, word)


def band_named(band: ExposureBand) -> str:
    """The band of an exposure in a word."""
    return {
        "low": pgettext("exposure", "low"),
        "moderate": pgettext("exposure", "moderate"),
        "high": pgettext("exposure", "high"),
    }[band]


def points(value: float, bands: Sequence[float] = ()) -> str:
    """A score, exposure or change with 1 decimal, or as many as keep it on its own side of every band."""
    return as_text_within(exact(value), [exact(band) for band in bands])


def change(value: float) -> str:
    """A change in points with its sign; with as many decimals as keep a small one from reading as none."""
    number = exact(value)
    places = 1
    while number > 0 and scaled(number, places) == 0:
        places += 1
    words = as_text(number, places) if number > 0 else as_text_within(number, [Fraction(0)])
    return f"+{words}" if number > 0 else words


def extent(low: float, high: float) -> str:
    """A range: "53.6 to 57.3"."""
    return pgettext("numbers", "{low} to {high}").format(low=points(low), high=points(high))


def short_extent(low: float | None, high: float | None) -> str:
    """A range for a column: "53.6\u201357.3"; empty where both ends are the same or nothing applies."""
    return "" if low is None or high is None or low == high else f"{points(low)}\u2013{points(high)}"


def percent(share: float, *edges: float) -> str:
    """A share of 0 to 1 in whole percent, or with the decimals that keep it on its own side of every edge."""
    return as_percent(as_text_within(100 * exact(share), [100 * exact(edge) for edge in (*edges, 0.0, 1.0)], 0))


def amount(value: float) -> str:
    """A number without decimals that say nothing: 3, 2.5."""
    return trimmed(exact(value), 2)


def effort(value: float) -> str:
    """Effort points: "3 points"."""
    return counted_points(amount(value), exact(value))


def counted_points(number: str, value: Fraction) -> str:
    """A number of points in words; what is no whole number of them is told as many."""
    one = value == 1
    return ngettext("{number} point", "{number} points", 1 if one else max(2, round(value))).format(number=number)


def level(reached: Level | None) -> str:
    """A level by name; a dash where nothing applies."""
    return reached.name if reached else "-"


def labels(report: Report) -> dict[str, str]:
    """By id, what trends and indicators are called: a title, or a code with its name."""
    return {trend.id: trend.title for trend in report.trends} | {
        item.id: label(item) for trend in report.trends for item in trend.indicators
    }


def indicators(report: Report) -> dict[str, IndicatorReport]:
    """Every indicator in scope by its id."""
    return {item.id: item for trend in report.trends for item in trend.indicators}


def levels_reached(report: Report) -> dict[str, str]:
    """By id, the level that a trend or an indicator has, in words."""
    words = {trend.id: _trend_level(trend) for trend in report.trends}
    for item in indicators(report).values():
        words[item.id] = _("not known") if item.level is None else report.level_names[item.level]
    return words


def _trend_level(trend: TrendReport) -> str:
    if trend.level is None or not trend.answered:
        return _("not known")
    if not has_level(trend):
        return ""
    return trend.level.name if trend.published else _("at least {level}").format(level=trend.level.name)


def with_levels(ids: Iterable[str], named: dict[str, str], reached: dict[str, str]) -> list[str]:
    """Trends or indicators with the levels they are at, where those are printed."""
    return [bracketed(named[name], reached[name]) for name in ids]


def circumstances(report: Report) -> list[str]:
    """Actor, form, date and questionnaire: what the first lines of a report say."""
    source = report.questionnaire
    version = _("version {version}").format(version=source.version)
    name = f"{source.title} {source.version}" if report.organisation else version
    form = form_named(report.form) if report.actor_title else _form_alone(report.form)
    return [part for part in (report.actor_title, form, report.date, name) if part]


def _form_alone(form: Form) -> str:
    return _("Quick form") if form == "quick" else _("Full form")


def background(report: Report) -> list[tuple[str, str]]:
    """What else is known about the answers, each with its heading."""
    people = ngettext("{number} respondent", "{number} respondents", report.respondents or 0)
    facts = [
        (_("Alliances"), commas(report.alliances)),
        (
            _("Answered by"),
            report.respondent or (people.format(number=whole(report.respondents)) if report.respondents else ""),
        ),
        (_("Note"), report.note or ""),
        (_("Left out of scope"), left_out(report.out_of_scope)),
        (_("Answers"), _answered(report)),
    ]
    return [(heading, text) for heading, text in facts if text]


def left_out(trends: Iterable[LeftOut]) -> str:
    """The trends that were left out whole, each with its reason."""
    return "; ".join(_('{trend} ("{reason}")').format(trend=trend.title, reason=trend.reason) for trend in trends)


def asked(counted: OverallReport | TrendReport) -> int:
    """How many questions were asked."""
    return counted.answered + counted.unknown + counted.unanswered + counted.not_applicable


def _answered(report: Report) -> str:
    """How many of the questions have a level, and what the others have."""
    of = asked(report.overall)
    text = ngettext("{known} of {number} question", "{known} of {number} questions", of)
    return semicolons(filter(None, [text.format(known=report.overall.answered, number=of), _not_answered(report)]))


def _not_answered(report: Report) -> str:
    """What is not a level, in words: "2 don't know, 1 unanswered, 3 not applicable"; empty if nothing."""
    counted = report.overall
    parts = [
        (counted.unknown, _("{number} don't know")),
        (counted.unanswered, _("{number} unanswered")),
        (counted.not_applicable, _("{number} not applicable")),
    ]
    return commas(words.format(number=number) for number, words in parts if number)


def could_reach(report: Report) -> str:
    """The level that the unknown answers could still bring; empty where they can't."""
    level, possible = report.overall.level, report.overall.possible_level
    if not report.overall.answered or level is None or possible is None or level.value == possible.value:
        return ""
    return _("The level could be as high as {level}, depending on what is not known.").format(level=possible.name)


def too_little(report: Report, coverage: float | None) -> str:
    """Why there is no score."""
    return _("too little is known ({share} of what counts, {needed} is needed)").format(**_shares(report, coverage))


def too_little_told(report: Report, coverage: float | None) -> str:
    """As `too_little`, as a sentence of its own."""
    return _("Too little is known ({share} of what counts, {needed} is needed).").format(**_shares(report, coverage))


def _shares(report: Report, coverage: float | None) -> dict[str, str]:
    needed = report.coverage_needed
    return {"share": percent(coverage or 0.0, needed), "needed": percent(needed)}


def reading_order(report: Report) -> list[TrendReport]:
    """The trends as they are told one by one: the weakest first, at the end those of which nothing applies."""
    return [*weakest_first(report.trends), *(trend for trend in report.trends if trend.low is None)]


def blockers(report: Report) -> dict[str, BlockerReport | None]:
    """By trend, what keeps its next level away."""
    return dict(zip((trend.id for trend in report.trends), report.priorities.blockers.trends, strict=True))


FEWEST_QUESTIONS = 3
"""With fewer that apply, a trend's level is not printed: one answer more or less would make it another."""


def has_level(trend: TrendReport) -> bool:
    """Whether enough questions of a trend apply for its level to be printed."""
    return trend.answered + trend.unknown + trend.unanswered >= FEWEST_QUESTIONS


def indicative(report: Report) -> str:
    """That a quick form says only about where the level lies; empty for a full one."""
    if report.form != "quick" or not report.overall.answered:
        return ""
    questions = asked(report.overall)
    return ngettext(
        "The quick form asks {number} question, so its level is indicative.",
        "The quick form asks {number} questions, so its level is indicative.",
        questions,
    ).format(number=questions)


def level_shown(trend: TrendReport) -> str:
    """The level of a trend for a column of a table; empty where too few of its questions apply."""
    if trend.coverage is None:
        return _("not applicable")
    if not trend.published:
        return _("not known")
    return level(trend.level) if has_level(trend) else ""


def standing(report: Report, trend: TrendReport) -> str:
    """Where a trend stands, in a word or two: score and level, or what can be said without."""
    if trend.low is None or trend.high is None:
        return _("not applicable")
    if trend.score is None:
        return _("range {extent}").format(extent=extent(trend.low, trend.high))
    return commas(part for part in (points(trend.score, report.score_bands), level_shown(trend)) if part)


def remarks(trend: TrendReport) -> list[str]:
    """What a reader of a trend's numbers should know."""
    uncounted = [] if trend.weight else [_("shown, not counted")]
    return [*uncounted, *trend.flags] if trend.coverage is not None else []


def unknown_items(trend: TrendReport) -> list[str]:
    """The trend's indicators that are not known, with what was noted about them."""
    return [
        _noted(item, item.comment or item.reason)
        for item in trend.indicators
        if item.level is None and item.answer != "na"
    ]


def excluded_items(trend: TrendReport) -> list[str]:
    """The trend's indicators that do not apply, with the reasons given."""
    return [_noted(item, item.reason) for item in trend.indicators if item.answer == "na"]


def _noted(item: IndicatorReport, note: str | None) -> str:
    return bracketed(label(item), quoted(note) if note else "")


def quoted(text: str) -> str:
    """What somebody wrote, as a quotation."""
    return pgettext("a quotation", '"{text}"').format(text=text)


def sources(trend: TrendReport) -> list[str]:
    """What a trend's questions draw on, each once, in catalogue order."""
    named = [part.strip() for item in trend.indicators for part in item.source.split("; ")]
    return [name for name in dict.fromkeys(named) if name]


def answer_shown(report: Report, item: IndicatorReport) -> str:
    """The answer as it counts: its level by number and name, or why there is none."""
    return no_level(item) if item.level is None else f"{item.level} {report.level_names[item.level]}"


def no_level(item: IndicatorReport) -> str:
    """Why an answer is not a level."""
    return {"na": _("not applicable"), "dk": _("don't know")}.get(str(item.answer), _("not answered"))


def no_level_alone(item: IndicatorReport) -> str:
    """As `no_level`, where nothing stands before it."""
    return {"na": _("Not applicable"), "dk": _("Don't know")}.get(str(item.answer), _("Not answered"))


def weight_told(item: IndicatorReport) -> str:
    """The weight of an answer inside its trend, and what it costs and could bring."""
    if item.lost is None:
        return amount(item.weight)
    words = (
        _("{weight}; {points} points lost")
        if item.gain is None
        else _("{weight}; {points} points lost, {gain} for the next step")
    )
    return words.format(weight=amount(item.weight), points=points(item.lost), gain=change(item.gain or 0.0))


def exposure_note() -> str:
    """What an exposure is."""
    return _("An exposure is missing protection, from 0 to 100; it is not a probability.")


def exposure_band(risk: RiskReport) -> str:
    """The band in words: "moderate, could be high"; "too little is known" where none is published."""
    if not risk.possible_bands:
        return _("not applicable")
    band = band_named(risk.band) if risk.band else _("too little is known")
    return commas(part for part in (band, _other_bands(risk)) if part)


def _other_bands(risk: RiskReport) -> str:
    """The bands that the unknown answers could turn an exposure into: "could be high"; empty if it could be any."""
    others = [band for band in risk.possible_bands if band != risk.band]
    if risk.band is None and len(others) == len(EXPOSURE_BANDS):
        return ""
    return could_be(others) if others else ""


def could_be(bands: Iterable[ExposureBand]) -> str:
    """The bands that what is not known could still bring."""
    return _("could be {bands}").format(bands=listing(map(band_named, bands), "or"))


def main_drivers(report: Report, risk: RiskReport, most: int = 5) -> str:
    """The answers that add most to an exposure, with their points, and that the others add the rest."""
    named = labels(report)
    drivers = [driver for driver in risk.drivers if driver.share > 0]
    # The shares add up to the exposure, so an exposure that is not published has none either.
    parts = [
        f"{named[driver.id]} {points(driver.share, report.exposure_bands)}" if risk.published else named[driver.id]
        for driver in drivers[:most]
    ]
    if len(drivers) > most:
        rest = len(drivers) - most
        others = ngettext("{number} other adds the rest", "{number} others add the rest", rest)
        parts.append(others.format(number=rest))
    return semicolons(parts)


def holes_counted(risk: RiskReport) -> str:
    """How many critical safeguards are missing, and how many may be: "2 holes, 1 possible"; empty without any."""
    return holes_in_words(len(risk.holes), len(risk.possible_holes))


def holes_in_words(known: int, possible: int) -> str:
    """How many holes there are, and how many there may be; empty without any."""
    if not known:
        words = ngettext("{number} possible hole", "{number} possible holes", possible)
        return words.format(number=possible) if possible else ""
    holes = ngettext("{number} hole", "{number} holes", known).format(number=known)
    return commas([holes, _("{number} possible").format(number=possible)]) if possible else holes


def from_and_to(report: Report, from_: int | None, to: int) -> str:
    """The level now and the one to reach."""
    now = _("not known") if from_ is None else report.level_names[from_]
    return pgettext("levels", "{now} to {then}").format(now=now, then=report.level_names[to])


def commands(source: Source) -> list[tuple[str, str]]:
    """The commands that lead on from a report, each with what it shows."""
    found = [("plan", _("the cheapest steps to a target")), ("explain", _("where each number comes from"))]
    stress = [("stress", _("what gives way first in a crisis"))] if source.scenarios else []
    return [(f"allycheck {command} {source.answers}", shows) for command, shows in [*found, *stress]]


def too_few() -> str:
    """How many others there are, where that may not be told."""
    return _("under 5")


def benchmark_group(report: Report, found: Benchmark) -> str:
    """Who the others are, and what is told of them."""
    beside = (
        _(
            "Beside the latest sheets of other organisations of the type {actor} with version {version} of the "
            "questionnaire."
        ).format(actor=report.actor_title, version=found.version)
        if report.actor_title
        else _("Beside the latest sheets of other organisations with version {version} of the questionnaire.").format(
            version=found.version
        )
    )
    told = _(
        "Nothing is told of fewer than 5 scores; quartiles need 10, a percentile rank 20. Of risks these are "
        "exposures: lower is better."
    )
    return sentences([beside, told])


def benchmark_own(one: Beside) -> str:
    """One's own score; a dash while it is not published."""
    return "-" if one.own is None else points(one.own)


def benchmark_middle(one: Beside) -> str:
    """The median of the others, with the quartiles where they may be told."""
    if one.median is None:
        return ""
    return bracketed(points(one.median), extent(one.q1, one.q3) if one.q1 is not None and one.q3 is not None else "")


def benchmark_place(one: Beside) -> str:
    """Where one's own score lies among the others: its percentile rank, or how many have a lower one."""
    if one.rank is not None:
        return _("rank {rank}").format(rank=points(one.rank))
    if one.below is None or one.equal is None:
        return ""
    told = _("{below} lower, {equal} equal") if one.equal else _("{below} lower")
    return told.format(below=one.below, equal=one.equal)


def method() -> str:
    """How the numbers are made (method, its first paragraph)."""
    return _(
        "Every answer is a maturity level from 0 to 4, worth 0, 25, 50, 75 or 100 points. A trend score is the "
        "weighted average of its answered, applicable indicators; the readiness score is the weighted average of the "
        'trend scores. "Not applicable" leaves the sum. "Don\'t know" is never guessed: it widens an exact range '
        "around the score. A maturity level is stricter than the score: good trends cannot buy off a bad one."
    )


def _readings() -> dict[str, str]:
    return {
        "equal_indicator_weights": _("All indicators of a trend weigh the same"),
        "equal_trend_weights": _("All trends weigh the same"),
        "geometric": _("Weak trends pull harder (geometric mean)"),
        "early": _("Early steps count more"),
        "late": _("Late steps count more"),
        "unknown_as_zero": _("What is not known counts as zero"),
        "na_as_zero": _("Not applicable counts as zero"),
    }


def reading_words(reading: Reading) -> tuple[str, str]:
    """One other reading of the answers: its rule and its score."""
    score = _("no score") if reading.score is None else points(reading.score)
    return _readings().get(reading.id, reading.id), score


def imbalance(robustness: Robustness) -> str:
    """How much the average hides, and where all readings lie."""
    parts = []
    if robustness.smallest is not None and robustness.largest is not None:
        low, high = points(robustness.smallest), points(robustness.largest)
        parts.append(_("All readings lie between {low} and {high}.").format(low=low, high=high))
    if robustness.imbalance is not None:
        hidden = points(robustness.imbalance)
        parts.append(_("Unevenness between the trends hides {points} points.").format(points=hidden))
    return sentences(parts)


def other_weights(robustness: Robustness, names: list[str]) -> str:
    """What a thousand other weightings say (method 9)."""
    draws = robustness.draws
    if draws.p05 is None or draws.p95 is None:
        return ""
    levels = zip(names, percents([exact(share) for share in draws.level_share]), draws.level_share, strict=True)
    parts = [_("{level} in {share}").format(level=name, share=share) for name, share, drawn in levels if drawn]
    return _(
        "With 1,000 other sets of weights, each up to 25% lower or higher, nine out of ten scores lie between {low} "
        "and {high}. The level is {levels} of them."
    ).format(low=points(draws.p05), high=points(draws.p95), levels=listing(parts))


def gates_met(gates: list[GateReport]) -> str:
    """How many requirements are met."""
    met = ngettext("{met} of {number} requirement met.", "{met} of {number} requirements met.", len(gates))
    return met.format(met=sum(gate.passed for gate in gates), number=len(gates))


def gate_verdict(gate: GateReport) -> str:
    """Whether a requirement is met, in a word."""
    return _("Passed") if gate.passed else _("FAILED")


def gate_line(gate: GateReport) -> str:
    """One requirement and whether it is met."""
    told = _("passed: {reason}") if gate.passed else _("FAILED: {reason}")
    return told.format(reason=gate.reason or gate.id)
