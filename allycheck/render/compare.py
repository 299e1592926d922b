"""What really changed, on a page: the verdict first, then the table, then what lies outside the comparison."""

from collections.abc import Iterator

from allycheck.analysis.compare import Comparison, Course, Move, Time, TrendChange
from allycheck.numbers import exact
from allycheck.render.document.model import Bullets, Page, Section, Table, chart, total
from allycheck.render.words import change, percent, points, short_extent
from allycheck.text import count, label

MOST_MOVES = 15
SMALL = 0.5
"""Points under which a change is called small, whatever its direction."""
EFFECT = "Other questions, and answers newly known or no longer known"
OUTSIDE = {
    "added": "Asked only now",
    "dropped": "Asked only then",
    "reworded": "Re-worded",
    "newly_known": "Newly known",
    "newly_unknown": "No longer known",
    "newly_applicable": "Applies now and did not",
    "no_longer_applicable": "Does not apply any more",
}


def page(result: Comparison | Course) -> Page:
    """What stands on the page."""
    if isinstance(result, Course):
        return _course_page(result)
    return Page(
        "What really changed",
        result.after.organisation or "",
        [_span(result.before, result.after), verdict(result)],
        [section for section in (_figures(result), _trends(result), _moves(result), _outside(result)) if section],
    )


def _span(first: Time, last: Time) -> str:
    named = first.organisation != last.organisation
    return f"From {_when(first, named=named)} to {_when(last, named=named)}."


def _when(time: Time, *, named: bool) -> str:
    whose = time.organisation if named else None
    about = [part for part in (whose, time.actor, f"{time.form} form", f"version {time.version}") if part]
    return f"{time.date or time.file} ({', '.join(about)})"


def verdict(result: Comparison) -> str:
    """The verdict in a sentence."""
    rose, fell = len(result.up), len(result.down)
    if result.verdict == "not_comparable":
        return _not_comparable(result)
    if result.verdict == "no_change":
        same = f": what both sheets answer is the same ({count(len(result.same), 'answer')})" if result.same else ""
        return f"No change{same}."
    moved = f"{change(result.real_change or 0.0)} points"
    small = abs(result.real_change or 0.0) < SMALL
    if result.verdict == "mixed":
        share, how = percent(result.rise_share or 0.0), ", a small change" if small else ""
        return (
            f"Mixed: {count(rose, 'indicator')} rose and {fell} fell, {moved} together{how}. "
            f"It is a rise in {share} of 1,000 other sets of weights."
        )
    rise = result.verdict == "clear_rise"
    word, number, none = ("rise", rose, "fell") if rise else ("fall", fell, "rose")
    moves = f"{count(number, 'indicator')} {'rose' if rise else 'fell'} and none {none}"
    return f"Clear {'but small ' if small else ''}{word}: {moved}, {moves}."


def _not_comparable(result: Comparison) -> str:
    needed = percent(result.coverage_needed)
    if result.linked_coverage is None:
        return "Not comparable: nothing applies now, so there is nothing to compare."
    share = percent(result.linked_coverage, result.coverage_needed)
    return (
        f"Not comparable: only {share} of what counts now has an answer to the same question at both times, "
        f"{needed} is needed. No change is given."
    )


def _figures(result: Comparison) -> Section | None:
    if not result.comparable:
        return None
    share = percent(result.linked_coverage or 0.0)
    told = [
        ("Real change, on what both have in common", result.linked_before, result.linked_after, result.real_change),
        (EFFECT, None, None, result.questionnaire_effect),
        ("What the two reports say", result.headline_before, result.headline_after, _between(result)),
    ]
    rows = [
        [name, _points(before), _points(after), change(moved) if moved is not None else "not known"]
        for name, before, after, moved in told
    ]
    asked = f"In common: {count(len(result.common), 'answer')}, {share} of what counts now."
    return Section("Overall", [asked, Table(["Overall score", "Before", "After", "Change"], rows, "Lrrr")])


def _between(result: Comparison) -> float | None:
    first, last = result.headline_before, result.headline_after
    if first is None or last is None or result.questionnaire_effect is None or result.real_change is None:
        return None
    return total(result.real_change, result.questionnaire_effect)


def _points(value: float | None) -> str:
    return "" if value is None else points(value)


def _trends(result: Comparison) -> Section | None:
    if result.trends is None or not result.common:
        return None
    ranked = sorted(result.trends, key=lambda trend: -abs(exact(trend.share or 0.0)))
    rows = [_trend_row(trend) for trend in ranked]
    table = Table(["Trend", "Before", "After", "Change", "Adds to the whole"], rows, "Lrrrr")
    return Section("Trends", ["By what each adds to the real change, the largest first.", table])


def _trend_row(trend: TrendChange) -> list[str]:
    if trend.change is None or not trend.comparable:
        adds = change(trend.share) if trend.share is not None else ""
        return [trend.title, "", "", "too little in common", adds]
    return [trend.title, _points(trend.before), _points(trend.after), change(trend.change), change(trend.share or 0.0)]


def _moves(result: Comparison) -> Section | None:
    if not result.moves:
        return None
    by = "what each adds to the real change" if result.comparable else "the size of the move"
    rows = [_move_row(move) for move in result.moves[:MOST_MOVES]]
    table = Table(["Indicator", "From", "To", "Adds"], rows, "Lrrr")
    more = len(result.moves) - MOST_MOVES
    rest = [f"{count(more, 'other')} moved less; --format json lists them all."] if more > 0 else []
    return Section("Answers that moved", [f"By {by}, the largest first.", table, *rest])


def _move_row(move: Move) -> list[str]:
    return [label(move), f"level {move.from_}", f"level {move.to}", "" if move.share is None else change(move.share)]


def _outside(result: Comparison) -> Section | None:
    items = [
        f"{heading}: {', '.join(result.labels.get(name, name) for name in names)}"
        for key, heading in OUTSIDE.items()
        if (names := _names(result, key))
    ]
    return Section("Outside the comparison", [Bullets(items)]) if items else None


def _names(result: Comparison, key: str) -> list[str]:
    """The ids of a list, each in one list only: `na` that came or went is told as such."""
    names: list[str] = getattr(result, key)
    if key in {"newly_known", "newly_unknown"}:
        other = {*result.newly_applicable, *result.no_longer_applicable}
        return [name for name in names if name not in other]
    return names


def _course_page(result: Course) -> Page:
    first, last = result.moments[0].time, result.moments[-1].time
    return Page(
        "The course over time",
        last.organisation or "",
        [f"{_span(first, last)} {count(len(result.moments), 'sheet')}.", verdict(result.whole)],
        list(_course_sections(result)),
    )


def _course_sections(result: Course) -> Iterator[Section]:
    yield Section("Sheets", [Table(["Sheet", "Score", "Range", "Since the one before"], _moment_rows(result), "LrlL")])
    ranked = sorted(result.trends, key=lambda trend: -abs(exact(trend.change or 0.0)))
    rows = [
        [
            trend.title, chart(trend.scores), ", ".join(_points(score) or "-" for score in trend.scores),
            "not comparable" if trend.change is None else change(trend.change),
        ]
        for trend in ranked
    ]  # fmt: skip
    why = "By the real change from the first sheet to the last, the largest first."
    yield Section("Trends", [why, Table(["Trend", "Course", "Scores", "Real change"], rows, "LlLr")])
    for section in (_moves(result.whole), _outside(result.whole)):
        if section:
            yield section._replace(title=f"{section.title}, first to last")


def _moment_rows(result: Course) -> list[list[str]]:
    since = ["", *(verdict(step) for step in result.steps)]
    dates = {moment.time.date for moment in result.moments if moment.time.date}
    dated = len(dates) == len(result.moments)
    return [
        [
            (dated and moment.time.date) or moment.time.file,
            _points(moment.score),
            short_extent(moment.low, moment.high),
            words,
        ]
        for moment, words in zip(result.moments, since, strict=True)
    ]
