"""The members of a coalition, with their sizes and weights, scored as one (method 13)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import PurePath
from typing import Literal, NamedTuple

from allycheck.errors import Fault, UsageError
from allycheck.language import _
from allycheck.questionnaire import LEVELS, TOP, WEAK, Aggregation, Indicator, Questionnaire, Risk, Trend
from allycheck.scored import Scored, refuse
from allycheck.scoring import NOTHING_APPLIES, STEP, ZERO, Item, Measure, as_exposure, average, weighted_mean
from allycheck.text import hint, listing, printable

ONE = Fraction(1)
"""The size of a member whose size is not given."""
HOLE_BELOW = WEAK + 1
"""A critical safeguard whose pooled level is lower than this is a hole."""


class Member(NamedTuple):
    """One organisation of a coalition; its size weighs only means and weights."""

    organisation: str
    size: Fraction
    sheet: Scored


def members_of(sheets: Sequence[Scored], sizes: Mapping[str, Fraction]) -> list[Member]:
    """The members in the order of their sheets; a sheet that names no organisation goes by its file's name.

    Raises AllycheckError for other questionnaires and repeated organisations, UsageError for sizes that fit nobody.
    """
    named = [(_name_of(sheet), sheet) for sheet in sheets]
    refuse([*_strangers(sheets), *_repeated(named)])
    names = [name for name, _ in named]
    for name, size in sizes.items():
        if name not in names:
            meant = hint(name, names, _("the members are {names}").format(names=listing(names)))
            raise UsageError(_("no member is called {name}").format(name=printable(name)), "--size", meant)
        if size <= 0:
            raise UsageError(_("the size of {name} must be greater than 0").format(name=name), "--size")
    return [Member(name, sizes.get(name, ONE), sheet) for name, sheet in named]


def _name_of(sheet: Scored) -> str:
    return sheet.organisation or PurePath(sheet.name).name or sheet.name


def _strangers(sheets: Sequence[Scored]) -> Iterable[Fault]:
    first = sheets[0]
    for sheet in sheets[1:]:
        if sheet.questionnaire.id != first.questionnaire.id:
            what = _("the questionnaire is {own}, that of {file} is {other}").format(
                own=sheet.questionnaire.id, file=first.name, other=first.questionnaire.id
            )
            yield Fault(what, (), _("a coalition answers one questionnaire"), where=sheet.name)


def _repeated(named: Sequence[tuple[str, Scored]]) -> Iterable[Fault]:
    first: dict[str, Scored] = {}
    for name, sheet in named:
        if name in first:
            what = _("{organisation} is also the organisation of {file}").format(
                organisation=name, file=first[name].name
            )
            yield Fault(what, (), _("merge the sheets of one organisation first: allycheck merge"), where=sheet.name)
        first.setdefault(name, sheet)


class Weights(NamedTuple):
    """W by trend and w by indicator, of all members together."""

    trends: Mapping[str, Fraction]
    indicators: Mapping[str, Fraction]


def joint_weights(members: Sequence[Member]) -> Weights:
    """Each member's weights, normalised and weighed by its size, added up."""
    questionnaire = members[0].sheet.questionnaire
    shares = [(member.size, _trend_shares(member, questionnaire), _inner_shares(member)) for member in members]
    return Weights(
        {
            trend.id: sum((size * trends[trend.id] for size, trends, _ in shares), ZERO)
            for trend in questionnaire.trends
        },
        {
            name: sum((size * inner.get(name, ZERO) for size, _, inner in shares), ZERO)
            for name in questionnaire.indicators
        },
    )


def _trend_shares(member: Member, questionnaire: Questionnaire) -> dict[str, Fraction]:
    own = {trend.id: questionnaire.trend_weight(trend, member.sheet.scores.actor) for trend in questionnaire.trends}
    whole = sum(own.values(), ZERO)
    return {name: weight / whole if whole else ZERO for name, weight in own.items()}


def _inner_shares(member: Member) -> dict[str, Fraction]:
    """The weight of each indicator in scope within its trend; a trend with nothing in scope adds nothing."""
    shares = {}
    for trend in member.sheet.scores.trends:
        whole = sum((item.weight for item in trend.items), ZERO)
        shares.update({item.id: item.weight / whole for item in trend.items})
    return shares


class MemberLevel(NamedTuple):
    """One member's level on an indicator that applies to it; None if it is not known."""

    organisation: str
    size: Fraction
    level: int | None


class Tally(NamedTuple):
    """What pooling takes of the members to whom an indicator applies: sums, and how many stand at each level.

    A member's leaving changes it by what that member brought; `size` is that of all, `known` and `levels` (size x
    level) are those of the members whose level is known.
    """

    heads: int = 0
    at: tuple[int, ...] = (0,) * LEVELS
    size: Fraction = ZERO
    known: Fraction = ZERO
    levels: Fraction = ZERO

    def changed(self, member: "MemberLevel", by: Literal[1, -1]) -> "Tally":
        """With a member more, or less."""
        size, level = by * member.size, member.level
        if level is None:
            return self._replace(heads=self.heads + by, size=self.size + size)
        at = (*self.at[:level], self.at[level] + by, *self.at[level + 1 :])
        return Tally(self.heads + by, at, self.size + size, self.known + size, self.levels + size * level)

    def pooled(self, aggregation: Aggregation, unknown: int | None = None) -> Fraction | None:
        """The pooled level of those that are known, the others standing at `unknown` if that is given; None if none."""
        here = [level for level, heads in enumerate(self.at) if heads]
        if unknown is not None and sum(self.at) < self.heads:
            here.append(unknown)
        if not here:
            return None
        if aggregation == "weakest-link":
            return Fraction(min(here))
        if aggregation == "best-shot":
            return Fraction(max(here))
        if unknown is None:
            return self.levels / self.known
        return (self.levels + unknown * (self.size - self.known)) / self.size


class PooledItem(NamedTuple):
    """One indicator of the coalition. `weight` is w; `members` are those to whom it applies."""

    indicator: Indicator
    trend: Trend
    weight: Fraction
    aggregation: Aggregation
    members: tuple[MemberLevel, ...]
    tally: Tally

    @property
    def id(self) -> str:
        """The indicator's id."""
        return self.indicator.id

    @property
    def known(self) -> list[MemberLevel]:
        """The members whose level is known."""
        return [member for member in self.members if member.level is not None]

    @property
    def value(self) -> Fraction | None:
        """The pooled level over the known; None if nobody's is."""
        return self.tally.pooled(self.aggregation)

    def end(self, unknown: int) -> Fraction:
        """The pooled level with one level for all that is not known: 0 for the low end, 4 for the high one."""
        return self.tally.pooled(self.aggregation, unknown) or ZERO

    @property
    def coverage(self) -> Fraction:
        """Members who know, of those to whom it applies, by head."""
        return Fraction(sum(self.tally.at), self.tally.heads)

    def members_at(self, pick: Callable[[Iterable[int]], int]) -> list[str]:
        """The members at the lowest (`min`) or highest (`max`) known level."""
        levels = [member.level for member in self.members if member.level is not None]
        return [member.organisation for member in self.members if levels and member.level == pick(levels)]


class PooledTrend(NamedTuple):
    """One trend of the coalition. `weight` is W; `items` are those that apply to at least one member."""

    trend: Trend
    weight: Fraction
    items: tuple[PooledItem, ...]
    measure: Measure

    @property
    def counted(self) -> bool:
        """Whether it enters the overall score."""
        return self.weight > 0 and self.measure.coverage is not None


class PooledRisk(NamedTuple):
    """One risk of the coalition; the measure is an exposure."""

    risk: Risk
    items: tuple[PooledItem, ...]
    measure: Measure

    @property
    def holes(self) -> tuple[PooledItem, ...]:
        """Critical safeguards that lie at 0 or 1 whatever is not known (method 6, pooled)."""
        return tuple(item for item in self._critical if item.end(TOP) < HOLE_BELOW)

    @property
    def possible_holes(self) -> tuple[PooledItem, ...]:
        """Critical safeguards that may lie at 0 or 1."""
        return tuple(item for item in self._critical if item.end(0) < HOLE_BELOW <= item.end(TOP))

    @property
    def _critical(self) -> Iterator[PooledItem]:
        return (item for item in self.items if self.risk.id in item.indicator.critical)


class Pool(NamedTuple):
    """A coalition scored as one."""

    trends: tuple[PooledTrend, ...]
    overall: Measure
    risks: tuple[PooledRisk, ...]

    @property
    def items(self) -> tuple[PooledItem, ...]:
        """Every indicator that applies to anybody, in catalogue order."""
        return tuple(item for trend in self.trends for item in trend.items)

    def points(self) -> dict[str, Fraction]:
        """What one level is worth in points, by indicator, for those known in trends that count (method 7)."""
        known = [trend for trend in self.trends if trend.counted and trend.measure.score is not None]
        whole = sum((trend.weight for trend in known), ZERO)
        points = {}
        for trend in known:
            items = [item for item in trend.items if item.known]
            inside = sum((item.weight for item in items), ZERO)
            points.update({item.id: STEP * trend.weight / whole * item.weight / inside for item in items})
        return points


def pool(members: Sequence[Member], weights: Weights, *, all_summed: bool = False) -> Pool:
    """Score members as one with the given weights; or as if every indicator were a mean."""
    questionnaire = members[0].sheet.questionnaire
    present = [(member, member.sheet.items) for member in members]
    threshold = questionnaire.method.coverage

    def pooled(trend: Trend) -> PooledTrend:
        asked = [(indicator, _levels(present, indicator)) for indicator in trend.indicators]
        items = tuple(
            PooledItem(
                indicator, trend, weights.indicators[indicator.id],
                "summation" if all_summed else indicator.aggregation, levels, tally_of(levels),
            )
            for indicator, levels in asked
            if levels
        )  # fmt: skip
        measure = _measure([(item.weight, item) for item in items], threshold)
        return PooledTrend(trend, weights.trends[trend.id], items, measure)

    trends = tuple(pooled(trend) for trend in questionnaire.trends)
    risks = tuple(_risk(risk, trends, threshold) for risk in questionnaire.risks)
    return Pool(trends, _overall(trends, threshold), risks)


def overall_without(whole: Pool, member: Member) -> Measure:
    """The score of the others pooled, the weights unchanged (method 13): only what the member brought goes."""
    threshold, own = member.sheet.questionnaire.method.coverage, member.sheet.items
    return _overall([_trend_without(trend, member, own, threshold) for trend in whole.trends], threshold)


def _trend_without(trend: PooledTrend, member: Member, own: Mapping[str, Item], threshold: Fraction) -> PooledTrend:
    others = [
        item._replace(tally=item.tally.changed(MemberLevel(member.organisation, member.size, mine.level), -1))
        if (mine := own.get(item.id)) is not None and mine.applies
        else item
        for item in trend.items
    ]
    measure = _measure([(item.weight, item) for item in others if item.tally.heads], threshold)
    return trend._replace(measure=measure)


def _overall(trends: Sequence[PooledTrend], threshold: Fraction) -> Measure:
    return average([(trend.weight, trend.measure) for trend in trends if trend.counted], threshold)


def tally_of(levels: Iterable[MemberLevel]) -> Tally:
    """The tally of members with their levels."""
    tally = Tally()
    for member in levels:
        tally = tally.changed(member, 1)
    return tally


def _levels(present: Iterable[tuple[Member, Mapping[str, Item]]], indicator: Indicator) -> tuple[MemberLevel, ...]:
    return tuple(
        MemberLevel(member.organisation, member.size, item.level)
        for member, own in present
        if (item := own.get(indicator.id)) is not None and item.applies
    )


def _measure(parts: Sequence[tuple[Fraction, PooledItem]], threshold: Fraction) -> Measure:
    """The weighted average of pooled levels in points, with its range (method 3 and 4, pooled)."""
    coverage = weighted_mean((weight, item.coverage) for weight, item in parts)
    if coverage is None:
        return NOTHING_APPLIES
    score = _points((weight, item.value) for weight, item in parts)
    return Measure(
        score,
        _points((weight, item.end(0)) for weight, item in parts),
        _points((weight, item.end(TOP)) for weight, item in parts),
        coverage,
        published=coverage >= threshold and score is not None,
    )


def _points(levels: Iterable[tuple[Fraction, Fraction | None]]) -> Fraction | None:
    level = weighted_mean(levels)
    return None if level is None else STEP * level


def _risk(risk: Risk, trends: Sequence[PooledTrend], threshold: Fraction) -> PooledRisk:
    items = tuple(item for trend in trends for item in trend.items if risk.id in item.indicator.risks)
    protection = _measure([(item.indicator.risks[risk.id], item) for item in items], threshold)
    return PooledRisk(risk, items, as_exposure(protection))
