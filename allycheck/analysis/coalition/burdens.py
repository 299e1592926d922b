"""How evenly a coalition's strengths and burdens are shared (method 13)."""

from bisect import bisect_left
from collections.abc import Sequence
from fractions import Fraction

from allycheck.analysis.coalition.pooling import Member, Pool, PooledTrend
from allycheck.analysis.coalition.result import Ahead, Burdens, Diligence, Exposed, Gap, Side
from allycheck.numbers import Number
from allycheck.scoring import STEP, ZERO, published

TWO = 2
"""Partners, for whom there is a diligence list."""


def gaps(members: Sequence[Member], pool: Pool, weak_below: Fraction) -> list[Gap]:
    """Trends in which members are weak, and who stands at least a level above them: what nobody covers comes first."""
    scores = _own_scores(members)
    found = [_gap(trend, scores.get(trend.trend.id, {}), weak_below) for trend in _heaviest(pool)]
    return sorted((gap for gap in found if gap.weak), key=lambda gap: bool(gap.covered_by))


def _gap(trend: PooledTrend, own: dict[str, Fraction], weak_below: Fraction) -> Gap:
    weak = {name: score for name, score in own.items() if score < weak_below}
    enough = max(weak.values(), default=ZERO) + STEP
    covering = [name for name, score in own.items() if score >= weak_below and score >= enough]
    return Gap(trend.trend.id, list(weak), covering)


def burdens(members: Sequence[Member], pool: Pool) -> Burdens:
    """Who is a level or more ahead of the others, and which small member alone holds weakest links."""
    scores = _own_scores(members)
    ahead = [one for trend in pool.trends for one in _ahead(trend.trend.id, scores.get(trend.trend.id, {}))]
    exposed = [one for trend in pool.trends for one in _exposed(trend, members)]
    return Burdens(sorted(ahead, key=lambda one: -one.ahead), sorted(exposed, key=lambda one: -len(one.indicators)))


def _ahead(trend: str, own: dict[str, Fraction]) -> list[Ahead]:
    found, ranked = [], sorted(own.values())
    for name, score in own.items():
        middle = _median_without(ranked, score)
        if middle is not None and score - middle >= STEP:
            found.append(Ahead(trend, name, Number(score), Number(middle), Number(score - middle)))
    return found


def _median_without(ranked: Sequence[Fraction], one: Fraction) -> Fraction | None:
    """The median of the others, read off the order of all; None if there are none."""
    place, others = bisect_left(ranked, one), len(ranked) - 1
    if not others:
        return None
    low, high = ((middle if middle < place else middle + 1) for middle in ((others - 1) // 2, others // 2))
    return (ranked[low] + ranked[high]) / 2


def _exposed(trend: PooledTrend, members: Sequence[Member]) -> list[Exposed]:
    """Members under 1/n of the total size that alone are lowest on weakest-link indicators."""
    total = sum((member.size for member in members), ZERO)
    small = [member.organisation for member in members if member.size * len(members) < total]
    lowest = [
        (item.id, item.members_at(min))
        for item in trend.items
        if item.aggregation == "weakest-link" and len(item.known) > 1
    ]
    held = {name: [item for item, holders in lowest if holders == [name]] for name in small}
    return [Exposed(trend.trend.id, name, items) for name, items in held.items() if items]


def diligence(members: Sequence[Member], pool: Pool, weak_below: Fraction) -> Diligence | None:
    """For two partners: trends in which one is at least a level above the other, and those in which both are weak."""
    if len(members) != TWO:
        return None
    scores = _own_scores(members)
    pairs = [(trend.trend.id, scores.get(trend.trend.id, {})) for trend in _heaviest(pool)]
    both = [(name, own) for name, own in pairs if len(own) == TWO]
    names = [member.organisation for member in members]

    def stronger(one: str, other: str) -> list[str]:
        return [name for name, own in both if own[one] - own[other] >= STEP]

    sides = [Side(one, stronger(one, other), stronger(other, one)) for one, other in (names, names[::-1])]
    return Diligence(sides, [name for name, own in both if max(own.values()) < weak_below])


def _own_scores(members: Sequence[Member]) -> dict[str, dict[str, Fraction]]:
    """By trend, each member's own score where it is published."""
    scores: dict[str, dict[str, Fraction]] = {}
    for member in members:
        for trend in member.sheet.scores.trends:
            if (score := published(trend.measure)) is not None:
                scores.setdefault(trend.trend.id, {})[member.organisation] = score
    return scores


def _heaviest(pool: Pool) -> list[PooledTrend]:
    return sorted(pool.trends, key=lambda trend: -trend.weight)
