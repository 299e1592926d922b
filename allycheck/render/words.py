"""What the engine itself says about a report, in words that every format shares: numbers, names, levels, reasons."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from allycheck.building_report import weakest_first
from allycheck.language import _
from allycheck.numbers import as_text, as_text_within, exact, percents
from allycheck.priorities import Within
from allycheck.questionnaire import EXPOSURE_BANDS
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
from allycheck.text import count, label, listing

WITHIN: dict[Within, str] = {"30d": "within 30 days", "90d": "within 90 days", "1y": "within a year"}

DAYS: dict[Within, str] = {"30d": "30 days", "90d": "90 days", "1y": "a year"}


def points(value: float, bands: Sequence[float] = ()) -> str:
    """A score, exposure or change with 1 decimal, or as many as keep it on its own side of every band."""
    return as_text_within(exact(value), [exact(band) for band in bands])


def change(value: float) -> str:
    """A change in points with its sign; with as many decimals as keep a small one from reading as none."""
    number = exact(value)
    words = as_text_within(number, [Fraction(0)])
    places = 1
    while number > 0 and Fraction(words) == 0:
        places += 1
        words = as_text(number, places)
    return f"+{words}" if number > 0 else words


def extent(low: float, high: float) -> str:
    """A range: "53.6 to 57.3"."""
    return f"{points(low)} to {points(high)}"


def short_extent(low: float | None, high: float | None) -> str:
    """A range for a column: "53.6\u201357.3"; empty where both ends are the same or nothing applies."""
    return "" if low is None or high is None or low == high else f"{points(low)}\u2013{points(high)}"


def percent(share: float, *edges: float) -> str:
    """A share of 0 to 1 in whole percent, or with the decimals that keep it on its own side of every edge."""
    return f"{as_text_within(100 * exact(share), [100 * exact(edge) for edge in (*edges, 0.0, 1.0)], 0)}%"


def amount(value: float) -> str:
    """A number without decimals that say nothing: 3, 2.5."""
    return as_text(exact(value), 2).rstrip("0").rstrip(".")


def effort(value: float) -> str:
    """Effort points: "3 points"."""
    text = amount(value)
    return f"{text} {'point' if text == '1' else 'points'}"


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
        words[item.id] = "not known" if item.level is None else report.level_names[item.level]
    return words


def _trend_level(trend: TrendReport) -> str:
    if trend.level is None or not trend.answered:
        return "not known"
    if not has_level(trend):
        return ""
    return trend.level.name if trend.published else f"at least {trend.level.name}"


def with_levels(ids: Iterable[str], named: dict[str, str], reached: dict[str, str]) -> list[str]:
    """Trends or indicators with the levels they are at, where those are printed."""
    return [f"{named[name]} ({reached[name]})" if reached[name] else named[name] for name in ids]


def circumstances(report: Report) -> list[str]:
    """Actor, form, date and questionnaire: what the first lines of a report say."""
    source = report.questionnaire
    name = f"{source.title} {source.version}" if report.organisation else f"version {source.version}"
    form = f"{report.form} form" if report.actor_title else f"{report.form.capitalize()} form"
    return [part for part in (report.actor_title, form, report.date, name) if part]


def background(report: Report) -> list[tuple[str, str]]:
    """What else is known about the answers, each with its heading."""
    people = count(report.respondents, "respondent") if report.respondents else ""
    facts = [
        ("Alliances", ", ".join(report.alliances)),
        ("Answered by", report.respondent or people),
        ("Note", report.note or ""),
        (_("Left out of scope"), left_out(report.out_of_scope)),
        ("Answers", _answered(report)),
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
    others = _not_answered(report.overall)
    text = f"{report.overall.answered} of {count(asked(report.overall), 'question')}"
    return f"{text}; {others}" if others else text


def _not_answered(counted: OverallReport) -> str:
    """What is not a level, in words: "2 don't know, 1 unanswered, 3 not applicable"; empty if nothing."""
    parts = [
        (counted.unknown, "don't know"),
        (counted.unanswered, "unanswered"),
        (counted.not_applicable, "not applicable"),
    ]
    return ", ".join(f"{number} {name}" for number, name in parts if number)


def could_reach(report: Report) -> str:
    """The level that the unknown answers could still bring; empty where they can't."""
    level, possible = report.overall.level, report.overall.possible_level
    if not report.overall.answered or level is None or possible is None or level.value == possible.value:
        return ""
    return f"The level could be as high as {possible.name}, depending on what is not known."


def too_little(report: Report, coverage: float | None) -> str:
    """Why there is no score."""
    needed = percent(report.coverage_needed)
    return (
        f"too little is known ({percent(coverage or 0.0, report.coverage_needed)} of what counts, {needed} is needed)"
    )


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
    return f"The quick form asks {count(asked(report.overall), 'question')}, so its level is indicative."


def level_shown(trend: TrendReport) -> str:
    """The level of a trend for a column of a table; empty where too few of its questions apply."""
    if trend.coverage is None:
        return "not applicable"
    if not trend.published:
        return "not known"
    return level(trend.level) if has_level(trend) else ""


def standing(report: Report, trend: TrendReport) -> str:
    """Where a trend stands, in a word or two: score and level, or what can be said without."""
    if trend.low is None or trend.high is None:
        return "not applicable"
    if trend.score is None:
        return f"range {extent(trend.low, trend.high)}"
    return ", ".join(part for part in (points(trend.score, report.score_bands), level_shown(trend)) if part)


def remarks(trend: TrendReport) -> list[str]:
    """What a reader of a trend's numbers should know."""
    uncounted = [] if trend.weight else ["shown, not counted"]
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
    return f'{label(item)} ("{note}")' if note else label(item)


def sources(trend: TrendReport) -> list[str]:
    """What a trend's questions draw on, each once, in catalogue order."""
    named = [part.strip() for item in trend.indicators for part in item.source.split("; ")]
    return [name for name in dict.fromkeys(named) if name]


def answer_shown(report: Report, item: IndicatorReport) -> str:
    """The answer as it counts: its level by number and name, or why there is none."""
    return no_level(item) if item.level is None else f"{item.level} {report.level_names[item.level]}"


def no_level(item: IndicatorReport) -> str:
    """Why an answer is not a level."""
    return {"na": "not applicable", "dk": "don't know"}.get(str(item.answer), "not answered")


EXPOSURE_NOTE = "An exposure is missing protection, from 0 to 100; it is not a probability."


def exposure_band(risk: RiskReport) -> str:
    """The band in words: "moderate, could be high"; "too little is known" where none is published."""
    if not risk.possible_bands:
        return "not applicable"
    return ", ".join(part for part in (risk.band or "too little is known", _other_bands(risk)) if part)


def _other_bands(risk: RiskReport) -> str:
    """The bands that the unknown answers could turn an exposure into: "could be high"; empty if it could be any."""
    others = [band for band in risk.possible_bands if band != risk.band]
    if risk.band is None and len(others) == len(EXPOSURE_BANDS):
        return ""
    return f"could be {listing(others, 'or')}" if others else ""


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
        parts.append(f"{count(rest, 'other')} {'adds' if rest == 1 else 'add'} the rest")
    return "; ".join(parts)


def holes_counted(risk: RiskReport) -> str:
    """How many critical safeguards are missing, and how many may be: "2 holes, 1 possible"; empty without any."""
    known, possible = len(risk.holes), len(risk.possible_holes)
    if not known:
        return count(possible, "possible hole") if possible else ""
    return f"{count(known, 'hole')}, {possible} possible" if possible else count(known, "hole")


def from_and_to(report: Report, from_: int | None, to: int) -> str:
    """The level now and the one to reach."""
    now = "not known" if from_ is None else report.level_names[from_]
    return f"{now} to {report.level_names[to]}"


def commands(source: Source) -> list[tuple[str, str]]:
    """The commands that lead on from a report, each with what it shows."""
    found = [("plan", "the cheapest steps to a target"), ("explain", "where each number comes from")]
    stress = [("stress", "what gives way first in a crisis")] if source.scenarios else []
    return [(f"allycheck {command} {source.answers}", shows) for command, shows in [*found, *stress]]


TOO_FEW = "under 5"


def benchmark_group(report: Report, found: Benchmark) -> str:
    """Who the others are, and what is told of them."""
    who = f"other organisations of the type {report.actor_title}" if report.actor_title else "other organisations"
    return (
        f"Beside the latest sheets of {who} with version {found.version} of the questionnaire. Nothing is told of "
        "fewer than 5 scores; quartiles need 10, a percentile rank 20. Of risks these are exposures: lower is better."
    )


def benchmark_own(one: Beside) -> str:
    """One's own score; a dash while it is not published."""
    return "-" if one.own is None else points(one.own)


def benchmark_middle(one: Beside) -> str:
    """The median of the others, with the quartiles where they may be told."""
    if one.median is None:
        return ""
    quartiles = f" ({extent(one.q1, one.q3)})" if one.q1 is not None and one.q3 is not None else ""
    return f"{points(one.median)}{quartiles}"


def benchmark_place(one: Beside) -> str:
    """Where one's own score lies among the others: its percentile rank, or how many have a lower one."""
    if one.rank is not None:
        return f"rank {points(one.rank)}"
    if one.below is None or one.equal is None:
        return ""
    return f"{one.below} lower, {one.equal} equal" if one.equal else f"{one.below} lower"


METHOD = (
    "Every answer is a maturity level from 0 to 4, worth 0, 25, 50, 75 or 100 points. A trend score is the weighted "
    "average of its answered, applicable indicators; the readiness score is the weighted average of the trend scores. "
    '"Not applicable" leaves the sum. "Don\'t know" is never guessed: it widens an exact range around the score. '
    "A maturity level is stricter than the score: good trends cannot buy off a bad one."
)
"""How the numbers are made (method, its first paragraph)."""
READINGS = {
    "equal_indicator_weights": "All indicators of a trend weigh the same",
    "equal_trend_weights": "All trends weigh the same",
    "geometric": "Weak trends pull harder (geometric mean)",
    "early": "Early steps count more",
    "late": "Late steps count more",
    "unknown_as_zero": "What is not known counts as zero",
    "na_as_zero": "Not applicable counts as zero",
}


def reading_words(reading: Reading) -> tuple[str, str]:
    """One other reading of the answers: its rule and its score."""
    score = "no score" if reading.score is None else points(reading.score)
    return READINGS.get(reading.id, reading.id), score


def imbalance(robustness: Robustness) -> str:
    """How much the average hides, and where all readings lie."""
    parts = []
    if robustness.smallest is not None and robustness.largest is not None:
        parts.append(f"All readings lie between {points(robustness.smallest)} and {points(robustness.largest)}.")
    if robustness.imbalance is not None:
        parts.append(f"Unevenness between the trends hides {points(robustness.imbalance)} points.")
    return " ".join(parts)


def other_weights(robustness: Robustness, names: list[str]) -> str:
    """What a thousand other weightings say (method 9)."""
    draws = robustness.draws
    if draws.p05 is None or draws.p95 is None:
        return ""
    levels = zip(names, percents([exact(share) for share in draws.level_share]), draws.level_share, strict=True)
    parts = [f"{name} in {share}" for name, share, drawn in levels if drawn]
    return (
        f"With 1,000 other sets of weights, each up to 25% lower or higher, nine out of ten scores lie between "
        f"{points(draws.p05)} and {points(draws.p95)}. The level is {listing(parts)} of them."
    )


def gates_met(gates: list[GateReport]) -> str:
    """How many requirements are met."""
    return f"{sum(gate.passed for gate in gates)} of {count(len(gates), 'requirement')} met."


def gate_line(gate: GateReport) -> str:
    """One requirement and whether it is met."""
    return f"{'passed' if gate.passed else 'FAILED'}: {gate.reason or gate.id}"
