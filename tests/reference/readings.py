"""Other readings of the same answers, other weights and scenarios: method 8 and 9, and `stress`."""

from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from fractions import Fraction
from hashlib import sha256
from math import ceil
from typing import Any

from tests.reference.scorer import STEP, Item, Raw, Sheet, average, half_up, level_reached

EARLY, LATE = (0, 40, 70, 90, 100), (0, 10, 30, 60, 100)
EVEN = (0, 25, 50, 75, 100)
Weights = dict[str, Fraction]


def readiness(
    sheet: Sheet,
    points: tuple[int, ...] = EVEN,
    weights: Weights | None = None,
    trend_weights: Weights | None = None,
    zero: tuple[Any, ...] = (),
) -> Fraction | None:
    """The readiness score by other points or weights, with the answers in `zero` (dk and none, or na) at level 0."""
    trends = []
    for trend, items in sheet.trends:
        name = trend["id"]
        mean = average(
            (weights[item.id] if weights else item.weight, points[item.level or 0])
            for item in items
            if item.known or item.answer in zero
        )
        if mean is not None and sheet.trend_weight[name]:
            trends.append(((trend_weights or sheet.trend_weight)[name], mean))
    return average(trends)


def geometric(sheet: Sheet) -> Fraction | None:
    """exp of the mean of ln(1 + 0.99 S), brought back to 0 to 100; to 30 places."""
    if not sheet.counted_known:
        return None
    weights = sum(sheet.trend_weight[name] for name in sheet.counted_known)
    with localcontext(Context(prec=60)):
        mean = sum(
            (
                decimal(sheet.trend_weight[name] / weights)
                * decimal(1 + Fraction(99, 100) * sheet.groups[name].value).ln()
                for name in sheet.counted_known
            ),
            Decimal(0),
        )
        return Fraction(((mean.exp() - 1) / Decimal("0.99")).quantize(Decimal("1e-30"), ROUND_HALF_EVEN))


def decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def robustness(sheet: Sheet) -> Raw:
    ones = dict.fromkeys(sheet.items, Fraction(1))
    flat = dict.fromkeys(sheet.trend_weight, Fraction(1))
    score, mean = sheet.readiness(), geometric(sheet)
    readings = {
        "equal_indicator_weights": readiness(sheet, weights=ones),
        "equal_trend_weights": readiness(sheet, trend_weights=flat),
        "geometric": mean,
        "early": readiness(sheet, EARLY),
        "late": readiness(sheet, LATE),
        "unknown_as_zero": readiness(sheet, zero=("dk", None)),
        "na_as_zero": readiness(sheet, zero=("na",)),
    }
    if not sheet.published():
        score, readings = None, dict.fromkeys(readings)
    values = [value for value in readings.values() if value is not None]
    return {
        "readings": [{"id": name, "score": half_up(value)} for name, value in readings.items()],
        "smallest": half_up(min(values, default=None)),
        "largest": half_up(max(values, default=None)),
        "imbalance": None if score is None or mean is None else half_up(score - mean),
    }


def multiplier(draw: int, kind: str, name: str) -> Fraction:
    """25% down to 25% up, the same on every machine."""
    first = int.from_bytes(sha256(f"allycheck|{draw}|{kind}|{name}".encode()).digest()[:8], "big")
    return Fraction(7500 + first % 5001, 10000)


def draws(sheet: Sheet, number: int = 1000) -> Raw:
    """The 5% and 95% points of a published score, and the share of draws at each level."""
    scores, levels = [], [0] * 5
    for draw in range(1, number + 1):
        weights = {name: item.weight * multiplier(draw, "w", name) for name, item in sheet.items.items()}
        trends = {name: weight * multiplier(draw, "W", name) for name, weight in sheet.trend_weight.items()}
        scores.append(readiness(sheet, weights=weights, trend_weights=trends))
        levels[level(sheet, weights, trends)] += 1
    shares = [half_up(Fraction(n, number)) for n in levels]
    if not sheet.published():
        return {"p05": None, "p95": None} | ({"level_share": shares} if sheet.counted_known else {})
    scores.sort()
    points = [half_up(scores[ceil(Fraction(p, 100) * number) - 1]) for p in (5, 95)]
    return {"p05": points[0], "p95": points[1], "level_share": shares}


def level(sheet: Sheet, weights: Weights, trends: Weights) -> int:
    """The demonstrated overall level by other weights."""

    def of(items: list[Item]) -> int:
        pairs = [(weights[item.id], item.level or 0) for item in items]
        return level_reached(pairs, sheet.method["trend_share"], sheet.method["trend_gap"])

    pairs = [(trends[name], of(sheet.groups[name].applying)) for name in sheet.counted]
    return level_reached(pairs, sheet.method["overall_share"], sheet.method["overall_gap"]) if pairs else 0


def stress(sheet: Sheet, scenario: Raw) -> Raw:
    """Readiness under one scenario: every trend weighs by what is asked of it, and by nothing else."""
    demands = {trend["id"]: scenario["demands"].get(trend["id"], 0) for trend, _ in sheet.trends}
    weights = {name: Fraction(sheet.method["demand_weights"][demand]) for name, demand in demands.items()}
    applying = [name for name in weights if weights[name] and sheet.groups[name].applying]
    known = [name for name in applying if sheet.groups[name].known]
    whole = sum(weights[name] for name in known)

    def shortfall(name: str) -> Fraction | None:
        """The points of readiness that a trend costs."""
        value = sheet.groups[name].value
        return None if value is None or not whole else weights[name] * (4 * STEP - value) / whole

    first = [name for name in known if demands[name] >= 2]
    order = list(weights)
    return {
        "id": scenario["id"],
        "readiness": half_up(average((weights[name], sheet.groups[name].value) for name in known)),
        "low": half_up(average((weights[name], sheet.groups[name].low) for name in applying)),
        "high": half_up(average((weights[name], sheet.groups[name].high) for name in applying)),
        "trends": [{"id": name, "demand": demands[name], "shortfall": half_up(shortfall(name))} for name in order],
        "first_to_give": sorted(first, key=lambda name: (-shortfall(name), order.index(name))),
    }


def max_holes(sheet: Sheet, limit: int, risk: str | None = None, *, guaranteed: bool = False) -> Raw:
    """The gate: how many indicators are holes, and whether that is few enough and enough is known to say so.

    What nothing feeds has no holes and stops no other risk; alone, it fails as every gate on what does not apply.
    Where too little is known the number is not told, as no score is.
    """
    risks = [name for name in ([risk] if risk else sheet.risk_ids) if sheet.risk_groups[name].applying]
    if not risks:
        return {"actual": None, "passed": False}
    found = {item.id for name in risks for item in sheet.holes(name)}
    if guaranteed:
        found |= {item.id for name in risks for item in sheet.possible_holes(name)}
    told = guaranteed or all(sheet.risk_groups[name].published for name in risks)
    return {"actual": len(found) if told else None, "passed": told and len(found) <= limit}
