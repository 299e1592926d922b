"""What moves the score (method 7): contributions, blockers, best value, what to find out.

All exact; three lists that are never mixed into one index.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from allycheck.questionnaire import TOP
from allycheck.scoring import FULL, OVERALL, STEP, ZERO, Item, Scores, TrendScore, share_at


class Contribution(NamedTuple):
    """What one indicator means for the overall score, in points: `gain` for one level up, `lost` up to the top.

    Both are None where the level is not known; `gain` also at the top level.
    """

    gain: Fraction | None
    lost: Fraction | None


class Blocker(NamedTuple):
    """What keeps the next level away: the share now at it, and by id everything below it (method 5).

    `below_gap` lies so far below that it alone blocks; `short` is everything else below the next level;
    `unknown` names those of both that count as 0 only because they are not known.
    """

    id: str
    level: int
    next: int
    share: Fraction
    needed: Fraction
    below_gap: tuple[str, ...]
    short: tuple[str, ...]
    unknown: tuple[str, ...]


class NextStep(NamedTuple):
    """One level up on one indicator: points gained, effort points, their ratio, and the fall of each exposure."""

    item: Item
    to: int
    gain: Fraction
    lost: Fraction
    effort: Fraction
    risks: dict[str, Fraction]
    blocked_by: tuple[str, ...]

    @property
    def value(self) -> Fraction:
        """Points of the overall score for one point of effort."""
        return self.gain / self.effort


class Unknown(NamedTuple):
    """An answer that is not known, and the width it puts on the range."""

    item: Item
    width: Fraction


def contributions(scores: Scores) -> dict[str, Contribution]:
    """Gain and loss of every indicator in scope, by id; the losses sum to 100 - R."""
    all_weight = sum((trend.weight for trend in scores.counted if trend.known), ZERO)
    return {
        item.id: _contribution(item, phi)
        for trend in scores.trends
        for item, phi in zip(trend.items, _phis(trend, all_weight), strict=True)
    }


def _phis(trend: TrendScore, all_weight: Fraction) -> list[Fraction]:
    known = sum((item.weight for item in trend.known), ZERO)
    if not known or not all_weight:
        return [ZERO for _ in trend.items]
    share = trend.weight / all_weight / known
    return [share * item.weight for item in trend.items]


def _contribution(item: Item, phi: Fraction) -> Contribution:
    if item.level is None:
        return Contribution(None, None)
    gain = STEP * phi
    return Contribution(gain if item.level < TOP else None, gain * (TOP - item.level))


def overall_blocker(scores: Scores) -> Blocker | None:
    """What keeps the next overall level away; None at the top or where nothing applies."""
    method, counted = scores.questionnaire.method, scores.counted
    pairs = [(trend.weight, trend.level or 0) for trend in counted]
    ids = [trend.trend.id for trend in counted]
    unknown = {trend.trend.id for trend in counted if not trend.known}
    return _blocker(
        OVERALL,
        scores.overall.level,
        list(zip(ids, pairs, strict=True)),
        (method.overall_share, method.overall_gap),
        unknown,
    )


def trend_blocker(scores: Scores, trend: TrendScore) -> Blocker | None:
    """What keeps a trend's next level away; None at the top or where nothing applies."""
    method = scores.questionnaire.method
    pairs = [(item.id, (item.weight, item.level or 0)) for item in trend.applicable]
    unknown = {item.id for item in trend.applicable if not item.known}
    return _blocker(trend.trend.id, trend.level, pairs, (method.trend_share, method.trend_gap), unknown)


def _blocker(
    name: str,
    level: int | None,
    parts: Sequence[tuple[str, tuple[Fraction, int]]],
    rule: tuple[Fraction, int],
    unknown: set[str],
) -> Blocker | None:
    if level is None or level == TOP:
        return None
    (needed, gap), target = rule, level + 1
    below = [(part, reached) for part, (_, reached) in parts if reached < target]
    return Blocker(
        id=name,
        level=level,
        next=target,
        share=share_at([pair for _, pair in parts], target),
        needed=needed,
        below_gap=tuple(part for part, reached in below if reached < target - gap),
        short=tuple(part for part, reached in below if reached >= target - gap),
        unknown=tuple(part for part, _ in below if part in unknown),
    )


def best_value(scores: Scores) -> list[NextStep]:
    """Every possible next step, best value first; ties by points lost, then catalogue order."""
    falls = risk_falls(scores)
    known = {item.id: item for item in scores.items}
    points = contributions(scores)
    steps = [
        _next_step(scores, item, points[item.id], falls[item.id], known)
        for trend in scores.trends
        if trend.weight > 0
        for item in trend.known
        if item.level != TOP
    ]
    return sorted(steps, key=lambda step: (-step.value, -step.lost))


def _next_step(
    scores: Scores, item: Item, points: Contribution, falls: dict[str, Fraction], known: dict[str, Item]
) -> NextStep:
    assert item.level is not None
    assert points.gain is not None
    assert points.lost is not None
    effort = scores.questionnaire.effort_points(item.indicator)[item.level]
    to = item.level + 1
    blocked_by = tuple(other for other in item.indicator.requires if _blocks(known.get(other), to))
    return NextStep(item, to, points.gain, points.lost, effort, falls, blocked_by)


def _blocks(required: Item | None, to: int) -> bool:
    """Whether a prerequisite is not met: out of scope or `na` is met, unknown is not (method 14)."""
    return required is not None and required.applies and (required.level is None or required.level < to)


def risk_falls(scores: Scores) -> dict[str, dict[str, Fraction]]:
    """By indicator and risk: how far one level up lowers the exposure, 25 * v / sum over K of v."""
    falls: dict[str, dict[str, Fraction]] = {item.id: {} for item in scores.items}
    for risk in scores.risks:
        whole = sum((risk.load(item) for item in risk.items if item.known), ZERO)
        for item in risk.items:
            if item.known:
                falls[item.id][risk.risk.id] = STEP * risk.load(item) / whole
    return falls


def find_out(scores: Scores) -> list[Unknown]:
    """Every answer that is not known in a trend that counts, widest first; the widths sum to high - low."""
    all_weight = sum((trend.weight for trend in scores.counted), ZERO)
    unknown = [
        Unknown(item, FULL * trend.weight / all_weight * item.weight / whole)
        for trend in scores.counted
        if (whole := sum((item.weight for item in trend.applicable), ZERO))
        for item in trend.applicable
        if not item.known
    ]
    return sorted(unknown, key=lambda entry: -entry.width)
