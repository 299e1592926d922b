"""What really changed, on a page: the verdict first, then the table, then what lies outside the comparison."""

from collections.abc import Iterator

from allycheck.analysis.compare import Comparison, Course, Move, Time, TrendChange
from allycheck.language import _, ngettext, pgettext
from allycheck.numbers import exact
from allycheck.render.document.model import Bullets, Page, Section, Table, chart, total
from allycheck.render.words import change, form_named, percent, points, short_extent
from allycheck.text import bracketed, commas, label, sentences, told

MOST_MOVES = 15
SMALL = 0.5
"""Points under which a change is called small, whatever its direction."""


def _kinds_outside() -> dict[str, str]:
    return {
        "added": _("Asked only now"),
        "dropped": _("Asked only then"),
        "reworded": _("Re-worded"),
        "newly_known": _("Newly known"),
        "newly_unknown": _("No longer known"),
        "newly_applicable": _("Applies now and did not"),
        "no_longer_applicable": _("Does not apply any more"),
    }


def page(result: Comparison | Course) -> Page:
    """What stands on the page."""
    if isinstance(result, Course):
        return _course_page(result)
    return Page(
        _("What really changed"),
        result.after.organisation or "",
        [_span(result.before, result.after), verdict(result)],
        [section for section in _sections(result) if section],
    )


def _sections(result: Comparison) -> Iterator[Section | None]:
    yield _figures(result)
    yield _trends(result)
    yield _moves(result, _("Answers that moved"))
    yield _outside(result, _("Outside the comparison"))


def _span(first: Time, last: Time) -> str:
    named = first.organisation != last.organisation
    return _("From {first} to {last}.").format(first=_when(first, named=named), last=_when(last, named=named))


def _when(time: Time, *, named: bool) -> str:
    whose = time.organisation if named else None
    version = _("version {version}").format(version=time.version)
    about = [part for part in (whose, time.actor, form_named(time.form), version) if part]
    return bracketed(time.date or time.file, commas(about))


def verdict(result: Comparison) -> str:
    """The verdict in a sentence."""
    rose, fell = len(result.up), len(result.down)
    if result.verdict == "not_comparable":
        return _not_comparable(result)
    if result.verdict == "no_change":
        return _no_change(len(result.same))
    small = abs(result.real_change or 0.0) < SMALL
    if result.verdict == "mixed":
        words = _mixed(rose, small=small)
    elif result.verdict == "clear_rise":
        words = _clear_rise(rose, small=small)
    else:
        words = _clear_fall(fell, small=small)
    moved, share = change(result.real_change or 0.0), percent(result.rise_share or 0.0)
    return words.format(change=moved, rose=rose, fell=fell, share=share)


def _no_change(same: int) -> str:
    if not same:
        return _("No change.")
    return ngettext(
        "No change: what both sheets answer is the same ({number} answer).",
        "No change: what both sheets answer is the same ({number} answers).",
        same,
    ).format(number=same)


def _mixed(rose: int, *, small: bool) -> str:
    if small:
        words = ngettext(
            "Mixed: {rose} indicator rose and {fell} fell, {change} points together, a small change.",
            "Mixed: {rose} indicators rose and {fell} fell, {change} points together, a small change.",
            rose,
        )
    else:
        words = ngettext(
            "Mixed: {rose} indicator rose and {fell} fell, {change} points together.",
            "Mixed: {rose} indicators rose and {fell} fell, {change} points together.",
            rose,
        )
    return sentences([words, _("It is a rise in {share} of 1,000 other sets of weights.")])


def _clear_rise(rose: int, *, small: bool) -> str:
    if small:
        return ngettext(
            "Clear but small rise: {change} points, {rose} indicator rose and none fell.",
            "Clear but small rise: {change} points, {rose} indicators rose and none fell.",
            rose,
        )
    return ngettext(
        "Clear rise: {change} points, {rose} indicator rose and none fell.",
        "Clear rise: {change} points, {rose} indicators rose and none fell.",
        rose,
    )


def _clear_fall(fell: int, *, small: bool) -> str:
    if small:
        return ngettext(
            "Clear but small fall: {change} points, {fell} indicator fell and none rose.",
            "Clear but small fall: {change} points, {fell} indicators fell and none rose.",
            fell,
        )
    return ngettext(
        "Clear fall: {change} points, {fell} indicator fell and none rose.",
        "Clear fall: {change} points, {fell} indicators fell and none rose.",
        fell,
    )


def _not_comparable(result: Comparison) -> str:
    needed = percent(result.coverage_needed)
    if result.linked_coverage is None:
        return _("Not comparable: nothing applies now, so there is nothing to compare.")
    share = percent(result.linked_coverage, result.coverage_needed)
    return _(
        "Not comparable: only {share} of what counts now has an answer to the same question at both times, {needed} is "
        "needed. No change is given."
    ).format(share=share, needed=needed)


def _figures(result: Comparison) -> Section | None:
    if not result.comparable:
        return None
    share = percent(result.linked_coverage or 0.0)
    effect = _("Other questions, and answers newly known or no longer known")
    told = [
        (_("Real change, on what both have in common"), result.linked_before, result.linked_after, result.real_change),
        (effect, None, None, result.questionnaire_effect),
        (_("What the two reports say"), result.headline_before, result.headline_after, _between(result)),
    ]
    rows = [
        [name, _points(before), _points(after), change(moved) if moved is not None else _("not known")]
        for name, before, after, moved in told
    ]
    asked = ngettext(
        "In common: {number} answer, {share} of what counts now.",
        "In common: {number} answers, {share} of what counts now.",
        len(result.common),
    ).format(number=len(result.common), share=share)
    header = [_("Overall score"), _("Before"), _("After"), _("Change")]
    return Section(_("Overall"), [asked, Table(header, rows, "Lrrr")])


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
    header = [_("Trend"), _("Before"), _("After"), _("Change"), _("Adds to the whole")]
    why = _("By what each adds to the real change, the largest first.")
    return Section(_("Trends"), [why, Table(header, rows, "Lrrrr")])


def _trend_row(trend: TrendChange) -> list[str]:
    if trend.change is None or not trend.comparable:
        adds = change(trend.share) if trend.share is not None else ""
        return [trend.title, "", "", _("too little in common"), adds]
    return [trend.title, _points(trend.before), _points(trend.after), change(trend.change), change(trend.share or 0.0)]


def _moves(result: Comparison, title: str) -> Section | None:
    if not result.moves:
        return None
    why = (
        _("By what each adds to the real change, the largest first.")
        if result.comparable
        else _("By the size of the move, the largest first.")
    )
    rows = [_move_row(move) for move in result.moves[:MOST_MOVES]]
    table = Table([_("Indicator"), pgettext("a move", "From"), pgettext("a move", "To"), _("Adds")], rows, "Lrrr")
    more = len(result.moves) - MOST_MOVES
    rest = ngettext(
        "{number} other moved less; --format json lists them all.",
        "{number} others moved less; --format json lists them all.",
        more,
    ).format(number=more)
    return Section(title, [why, table, *([rest] if more > 0 else [])])


def _move_row(move: Move) -> list[str]:
    level = _("level {number}")
    from_, to = level.format(number=move.from_), level.format(number=move.to)
    return [label(move), from_, to, "" if move.share is None else change(move.share)]


def _outside(result: Comparison, title: str) -> Section | None:
    items = [
        told(heading, commas(result.labels.get(name, name) for name in names))
        for key, heading in _kinds_outside().items()
        if (names := _names(result, key))
    ]
    return Section(title, [Bullets(items)]) if items else None


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
        _("The course over time"),
        last.organisation or "",
        [sentences([_span(first, last), _sheets(len(result.moments))]), verdict(result.whole)],
        list(_course_sections(result)),
    )


def _sheets(many: int) -> str:
    return ngettext("{number} sheet.", "{number} sheets.", many).format(number=many)


def _course_sections(result: Course) -> Iterator[Section]:
    header = [_("Sheet"), _("Score"), _("Range"), _("Since the one before")]
    yield Section(_("Sheets"), [Table(header, _moment_rows(result), "LrlL")])
    ranked = sorted(result.trends, key=lambda trend: -abs(exact(trend.change or 0.0)))
    rows = [
        [
            trend.title, chart(trend.scores), commas(_points(score) or "-" for score in trend.scores),
            _("not comparable") if trend.change is None else change(trend.change),
        ]
        for trend in ranked
    ]  # fmt: skip
    why = _("By the real change from the first sheet to the last, the largest first.")
    yield Section(_("Trends"), [why, Table([_("Trend"), _("Course"), _("Scores"), _("Real change")], rows, "LlLr")])
    for section in (
        _moves(result.whole, _("Answers that moved, first to last")),
        _outside(result.whole, _("Outside the comparison, first to last")),
    ):
        if section:
            yield section


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
