"""One organisation at two times or more: what each sheet says, and what really changed between them (method 11)."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, Literal, NamedTuple

from allycheck.analysis.common_set import Link, LinkedTrend, link, read_as_answered, recorded_version, rise_share
from allycheck.errors import Fault
from allycheck.fields import version_key
from allycheck.language import _
from allycheck.numbers import Number, number
from allycheck.questionnaire import Questionnaire
from allycheck.report import QuestionnaireRef, Tool, head
from allycheck.scored import Scored, refuse
from allycheck.scoring import STEP, ZERO, published
from allycheck.text import clean, label

Verdict = Literal["no_change", "clear_rise", "clear_fall", "mixed", "not_comparable"]


class TrendChange(NamedTuple):
    """The real change of one trend in points, null with nothing in common.

    `comparable` says whether enough of this trend alone is in common; `share` is what it adds to the change of the
    whole, and the shares add up to it.
    """

    id: str
    change: float | None
    title: str
    before: float | None
    after: float | None
    linked_coverage: float | None
    comparable: bool
    share: float | None


class Move(NamedTuple):
    """An indicator of the common set that moved: its levels, and what that adds to the real change in points."""

    id: str
    code: str
    name: str
    trend: str
    from_: int
    to: int
    share: float | None


class Time(NamedTuple):
    """What a sheet is: whose, when, and with which version; `as_answered` is false if it was read with another one."""

    file: str
    organisation: str | None
    actor: str | None
    form: str
    date: str | None
    version: str
    as_answered: bool


class Comparison(NamedTuple):
    """Two sheets compared. Lists hold ids in catalogue order; `moves` has the largest effect first.

    Changes are in points; the coverage and `rise_share` are 0 to 1. Headlines are the overall scores as each time's
    own report publishes them. `newly_applicable` and `no_longer_applicable` say whose `na` went or came. `labels` has
    the code and name of every indicator in a list.
    """

    schema_version: Literal[1]
    tool: Tool
    questionnaire: QuestionnaireRef
    common: list[str]
    linked_coverage: float | None
    comparable: bool
    linked_before: float | None
    linked_after: float | None
    real_change: float | None
    questionnaire_effect: float | None
    headline_before: float | None
    headline_after: float | None
    trends: list[TrendChange] | None
    up: list[str]
    down: list[str]
    same: list[str]
    verdict: Verdict
    rise_share: float | None
    added: list[str]
    dropped: list[str]
    reworded: list[str]
    newly_known: list[str]
    newly_unknown: list[str]
    newly_applicable: list[str]
    no_longer_applicable: list[str]
    moves: list[Move]
    coverage_needed: float
    labels: dict[str, str]
    before: Time
    after: Time


def compare(before: Scored, after: Scored) -> Comparison:
    """What really changed from one sheet to another.

    Score `before` with the questionnaire it was answered with where that is at hand, else with the newer one; what was
    re-worded since is then left out. Raises AllycheckError if the two are for different questionnaires.
    """
    refuse(_strangers(before, after))
    linked = link(before, after)
    verdict = _verdict(linked, after.questionnaire, same=_same_answers(before, after))
    return Comparison(
        **head(after.questionnaire),
        **_figures(before, after, linked, verdict),
        **linked.differences._asdict(),
        moves=_moves(linked, verdict),
        coverage_needed=Number(after.questionnaire.method.coverage),
        labels=_labels(before, after, linked),
        before=_time(before),
        after=_time(after),
    )


def _strangers(before: Scored, after: Scored) -> Iterable[Fault]:
    old, new = before.questionnaire.id, after.questionnaire.id
    if old != new:
        yield Fault(
            _("these answers are for the questionnaire {old}, those of {file} for {new}").format(
                old=old, file=after.name, new=new
            ),
            hint=_("compare sheets of one questionnaire"),
            where=before.name,
        )


def _same_answers(before: Scored, after: Scored) -> bool:
    """Whether nothing at all differs in what is scored (method 11)."""
    return _identity(before) == _identity(after)


def _identity(sheet: Scored) -> tuple[object, ...]:
    answers = {name: entry.answer for name, entry in sheet.answers.answers.items() if entry.answer is not None}
    version = version_key(recorded_version(sheet))
    return sheet.questionnaire.id, version, sheet.scores.actor, sheet.scores.form, answers


def _verdict(linked: Link, questionnaire: Questionnaire, *, same: bool) -> Verdict:
    if same:
        return "no_change"
    if linked.coverage is None or linked.coverage < questionnaire.method.coverage or linked.change is None:
        return "not_comparable"
    rises = {pair.rise > 0 for pair in linked.pairs if pair.rise}
    if len(rises) > 1:
        return "mixed"
    return "no_change" if not rises else "clear_rise" if True in rises else "clear_fall"


def _figures(before: Scored, after: Scored, linked: Link, verdict: Verdict) -> dict[str, Any]:
    """The numbers; those that would compare what can't be compared are null."""
    comparable = verdict != "not_comparable"
    change = (linked.change or ZERO) if comparable else None
    first = published(before.scores.overall.measure) if read_as_answered(before) else None
    last = published(after.scores.overall.measure)
    effect = None if first is None or last is None or change is None else last - first - change
    trends = [_trend_change(trend, linked, after.questionnaire) for trend in linked.trends]
    return {
        "common": [pair.id for pair in linked.pairs],
        "linked_coverage": number(linked.coverage),
        "comparable": comparable,
        "linked_before": number(linked.score("before")),
        "linked_after": number(linked.score("after")),
        "real_change": number(change),
        "questionnaire_effect": number(effect),
        "headline_before": number(first),
        "headline_after": number(last),
        "trends": trends if comparable else None,
        "up": [pair.id for pair in linked.pairs if pair.rise > 0],
        "down": [pair.id for pair in linked.pairs if pair.rise < 0],
        "same": [pair.id for pair in linked.pairs if not pair.rise],
        "verdict": verdict,
        "rise_share": Number(rise_share(linked)) if verdict == "mixed" else None,
    }


def _trend_change(trend: LinkedTrend, linked: Link, questionnaire: Questionnaire) -> TrendChange:
    coverage, change = trend.coverage, trend.change
    return TrendChange(
        id=trend.trend.trend.id,
        change=number(change),
        title=trend.trend.trend.title,
        before=number(trend.score("before")),
        after=number(trend.score("after")),
        linked_coverage=number(coverage),
        comparable=change is not None and coverage is not None and coverage >= questionnaire.method.coverage,
        share=None if change is None else Number(linked.share(trend) * change),
    )


def _moves(linked: Link, verdict: Verdict) -> list[Move]:
    """Every indicator that moved, by the size of its effect, then of its move, then catalogue order."""
    moves = [
        (STEP * linked.share(trend) * pair.after.weight / trend.weight * pair.rise, trend, pair)
        for trend in linked.trends
        for pair in trend.pairs
        if pair.rise
    ]
    ranked = sorted(moves, key=lambda move: (-abs(move[0]), -abs(move[2].rise)))
    return [
        Move(
            pair.id, pair.after.indicator.code, pair.after.indicator.name, trend.trend.trend.id,
            pair.before.level or 0, pair.after.level or 0, Number(effect) if verdict != "not_comparable" else None,
        )
        for effect, trend, pair in ranked
    ]  # fmt: skip


def _labels(before: Scored, after: Scored, linked: Link) -> dict[str, str]:
    """Code and name of every indicator that a list names: from the newer questionnaire, else from the older."""
    named = {pair.id for pair in linked.pairs}.union(*linked.differences)
    labels = {entry.id: entry.code or entry.id for entry in after.questionnaire.retired}
    for sheet in (before, after):
        for item in sheet.questionnaire.indicators.values():
            own = sheet.questionnaire.tailored(item, sheet.scores.actor)
            labels[item.id] = label(own)
    return {name: text for name, text in labels.items() if name in named}


def _time(sheet: Scored) -> Time:
    """Whose sheet it is, when it was answered and with which version."""
    return Time(
        sheet.name, sheet.organisation, sheet.scores.actor or None, sheet.scores.form,
        clean(sheet.answers.date), recorded_version(sheet), read_as_answered(sheet),
    )  # fmt: skip


class Moment(NamedTuple):
    """One sheet with the score of its own report; null for an earlier one that records another version."""

    time: Time
    score: float | None
    low: float | None
    high: float | None
    coverage: float | None


class TrendCourse(NamedTuple):
    """One trend over time: the score of each sheet's own report, and the real change from the first to the last."""

    id: str
    title: str
    scores: list[float | None]
    change: float | None


class Course(NamedTuple):
    """Sheets in the order in which they were given, each step between two of them, and the whole way."""

    schema_version: Literal[1]
    tool: Tool
    questionnaire: QuestionnaireRef
    moments: list[Moment]
    trends: list[TrendCourse]
    steps: list[Comparison]
    whole: Comparison


def course(sheets: Sequence[Scored]) -> Course:
    """The course over time of at least two sheets. Raises AllycheckError if they are of different questionnaires."""
    steps = [compare(before, after) for before, after in pairwise(sheets)]
    whole = compare(sheets[0], sheets[-1])
    changes = {trend.id: trend.change for trend in whole.trends or [] if trend.comparable}
    told = [sheet if read_as_answered(sheet) else None for sheet in sheets[:-1]] + [sheets[-1]]
    scores = [_trend_scores(sheet) if sheet else {} for sheet in told]
    trends = [
        TrendCourse(trend.id, trend.title, [own.get(trend.id) for own in scores], changes.get(trend.id))
        for trend in sheets[-1].questionnaire.trends
    ]
    moments = [
        _moment(sheet) if own else Moment(_time(sheet), None, None, None, None)
        for sheet, own in zip(sheets, told, strict=True)
    ]
    return Course(**head(sheets[-1].questionnaire), moments=moments, trends=trends, steps=steps, whole=whole)


def _moment(sheet: Scored) -> Moment:
    measure = sheet.scores.overall.measure
    coverage = number(measure.coverage)
    return Moment(_time(sheet), number(published(measure)), number(measure.low), number(measure.high), coverage)


def _trend_scores(sheet: Scored) -> dict[str, float | None]:
    return {trend.trend.id: number(published(trend.measure)) for trend in sheet.scores.trends}
