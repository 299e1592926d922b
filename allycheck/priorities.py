"""What moves the score (method 7): contributions, blockers, next steps, what to find out, what is weak and strong.

All exact; lists that are never mixed into one index.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Literal, NamedTuple

from allycheck.questionnaire import DEFAULT_EFFORT, STRONG, TOP, WEAK, Questionnaire
from allycheck.scoring import FULL, OVERALL, STEP, ZERO, Item, Scores, TrendScore, share_at

Within = Literal["30d", "90d", "1y"]
WITHIN: tuple[Within, ...] = ("30d", "90d", "1y")
BUILD_ON = 3
"""How many strong answers are named as what to build on."""


class Contribution(NamedTuple):
    """What one indicator means for the overall score, in points: `gain` of its next step, `lost` up to the top.

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
    """The next step of an indicator: points gained, effort points, their ratio, and the fall of each exposure.

    `within` is by when it is due: its largest single climb decides.
    """

    item: Item
    from_: int
    to: int
    gain: Fraction
    lost: Fraction
    effort: Fraction
    within: Within
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


def contributions(scores: Scores, points: Mapping[str, Fraction] | None = None) -> dict[str, Contribution]:
    """Gain and loss of every indicator in scope, by id; the losses sum to 100 - R.

    `points` are those of `level_points`, here as elsewhere, where they are at hand.
    """
    points = level_points(scores) if points is None else points
    return {item.id: _contribution(scores.questionnaire, item, points[item.id]) for item in scores.items}


def level_points(scores: Scores) -> dict[str, Fraction]:
    """25 * phi: what one level of each indicator in scope is worth, in points of the overall score, by id."""
    all_units = sum(trend.units for trend in scores.counted if trend.known)
    return {name: points for trend in scores.trends for name, points in _points(trend, all_units).items()}


def _points(trend: TrendScore, all_units: int) -> dict[str, Fraction]:
    """25 * W / sum of W * w / sum over K of w, of every indicator in scope; nothing where nothing is known."""
    whole = all_units * sum(item.units for item in trend.known)
    return {item.id: Fraction(STEP * trend.units * item.units, whole) if whole else ZERO for item in trend.items}


def _contribution(questionnaire: Questionnaire, item: Item, points: Fraction) -> Contribution:
    if item.level is None:
        return Contribution(None, None)
    climbed = questionnaire.next_aim(item.level) - item.level
    return Contribution(points * climbed if item.level < TOP else None, points * (TOP - item.level))


def overall_blocker(scores: Scores) -> Blocker | None:
    """What keeps the next overall level away; None at the top or where nothing applies."""
    method, counted = scores.questionnaire.method, scores.counted
    pairs = [(trend.units, trend.level or 0) for trend in counted]
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
    pairs = [(item.id, (item.units, item.level or 0)) for item in trend.applicable]
    unknown = {item.id for item in trend.applicable if not item.known}
    return _blocker(trend.trend.id, trend.level, pairs, (method.trend_share, method.trend_gap), unknown)


def _blocker(
    name: str,
    level: int | None,
    parts: Sequence[tuple[str, tuple[int, int]]],
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


def best_value(scores: Scores, steps: dict[str, NextStep] | None = None) -> list[NextStep]:
    """Every possible next step in trends that count, best value first; ties by points lost, then catalogue order.

    `steps` are those of `next_steps`, where they are at hand.
    """
    steps = next_steps(scores) if steps is None else steps
    counted = [
        steps[item.id] for trend in scores.trends if trend.units > 0 for item in trend.known if item.level != TOP
    ]
    return sorted(counted, key=lambda step: (-step.value, -step.lost))


def next_steps(scores: Scores, points: Mapping[str, Fraction] | None = None) -> dict[str, NextStep]:
    """The next step of every indicator that is known and below the top, by id, in catalogue order."""
    steps = StepsOf(scores, points)
    return {
        item.id: steps.climb(item, scores.questionnaire.next_aim(item.level))
        for item in scores.items
        if item.level is not None and item.level < TOP
    }


class StepsOf:
    """Steps on one sheet, each with what it is worth and what it takes."""

    def __init__(self, scores: Scores, points: Mapping[str, Fraction] | None = None) -> None:
        """Look up once what all steps share."""
        self.questionnaire = scores.questionnaire
        self.items = {item.id: item for item in scores.items}
        self._points = level_points(scores) if points is None else points
        self._falls = risk_falls(scores)

    def climb(self, item: Item, to: int) -> NextStep:
        """A step from the indicator's level, or from 0 if that is not known, to another."""
        level = item.level or 0
        climbs = self.questionnaire.effort_points(item.indicator)[level:to]
        points = self._points[item.id]
        return NextStep(
            item=item,
            from_=level,
            to=to,
            gain=points * (to - level),
            lost=points * (TOP - level),
            effort=sum(climbs, ZERO),
            within=due(self.questionnaire, climbs),
            risks={risk: fall * (to - level) for risk, fall in self._falls[item.id].items()},
            blocked_by=self.blocked_by(item, to),
        )

    def blocked_by(self, item: Item, to: int) -> tuple[str, ...]:
        """What must come first: prerequisites below the level to reach, or not known (method 14)."""
        return tuple(other for other in item.indicator.requires if _blocks(self.items.get(other), to))


def due(questionnaire: Questionnaire, climbs: Iterable[Fraction]) -> Within:
    """By when a step is due: within 30 days if its largest climb takes weeks at most, 90 if months, else a year."""
    largest = max(climbs)
    limits = [questionnaire.effort.get(word, DEFAULT_EFFORT[word]) for word in ("weeks", "months")]
    return WITHIN[sum(largest > limit for limit in limits)]


def _blocks(required: Item | None, to: int) -> bool:
    """Whether a prerequisite is not met: out of scope or `na` is met, unknown is not (method 14)."""
    return required is not None and required.applies and (required.level is None or required.level < to)


def risk_falls(scores: Scores) -> dict[str, dict[str, Fraction]]:
    """By indicator and risk: how far one level up lowers the exposure, 25 * v / sum over K of v."""
    falls: dict[str, dict[str, Fraction]] = {item.id: {} for item in scores.items}
    for risk in scores.risks:
        known = [item.id for item in risk.items if item.known]
        whole = sum(risk.loads[name] for name in known)
        for name in known:
            falls[name][risk.risk.id] = Fraction(STEP * risk.loads[name], whole)
    return falls


def weaknesses(trend: TrendScore) -> list[Item]:
    """What is known to be at 0 or 1, by the points lost inside the trend, the most first."""
    found = [item for item in trend.known if item.level is not None and item.level <= WEAK]
    return sorted(found, key=lambda item: -item.units * (TOP - (item.level or 0)))


def strengths(trend: TrendScore) -> list[Item]:
    """What is known to be at 3 or 4, by what it carries inside the trend, the most first."""
    found = [item for item in trend.known if item.level is not None and item.level >= STRONG]
    return sorted(found, key=lambda item: -item.units * (item.level or 0))


def steps_of_trend(scores: Scores, trend: TrendScore, steps: dict[str, NextStep]) -> list[NextStep]:
    """The next steps of what is below the trend's next level, by worth for effort inside the trend; none at the top.

    `steps` are those of `next_steps`.
    """
    if trend.level is None or trend.level == TOP:
        return []
    aim = scores.questionnaire.next_aim(trend.level)
    below = [steps[item.id] for item in trend.known if item.level is not None and item.level < aim]
    return sorted(below, key=lambda step: (-_worth(step), -step.item.units * (TOP - step.from_)))


def _worth(step: NextStep) -> Fraction:
    """Weight raised inside the trend for one point of effort."""
    return step.item.units * (step.to - step.from_) / step.effort


def build_on(scores: Scores, points: Mapping[str, Fraction] | None = None) -> list[Item]:
    """What is at 3 or 4 and carries most points of the overall score; ties in catalogue order."""
    points = level_points(scores) if points is None else points
    strong = [item for item in scores.items if item.level is not None and item.level >= STRONG]
    return sorted(strong, key=lambda item: -points[item.id] * (item.level or 0))[:BUILD_ON]


def find_out(scores: Scores) -> list[Unknown]:
    """Every answer that is not known in a trend that counts, widest first; the widths sum to high - low."""
    counted = scores.counted
    all_units = sum(trend.units for trend in counted)
    unknown = [
        Unknown(item, Fraction(FULL * trend.units * item.units, all_units * whole))
        for trend in counted
        for whole in [sum(item.units for item in trend.applicable)]
        for item in trend.applicable
        if not item.known
    ]
    return sorted(unknown, key=lambda entry: -entry.width)
