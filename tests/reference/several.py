"""Several people, and several organisations: method 10 and 13, on the sheets of the second implementation."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from tests.reference.scorer import BANDS, STEP, Item, Raw, Sheet, average, half_up


def merged(sheets: list[Sheet]) -> list[Raw]:
    """What each indicator in scope comes to, and how far apart the answers lie."""
    return [agreed([sheet.items[name] for sheet in sheets]) for name in sheets[0].items]


def agreed(items: list[Item]) -> Raw:
    levels = sorted(item.level for item in items if item.level is not None)
    na, dk = sum(item.answer == "na" for item in items), sum(item.answer == "dk" for item in items)
    median = levels[(len(levels) + 1) // 2 - 1] if levels else None
    distance = variance = None
    if len(levels) >= 2:
        mean = Fraction(sum(levels), len(levels))
        distance = Fraction(sum(abs(one - median) for one in levels), len(levels))
        variance = sum((one - mean) ** 2 for one in levels) / (len(levels) - 1)
    level: Any = "na" if na > len(levels) else median if levels else "dk" if dk else None
    reverse = isinstance(level, int) and items[0].raw.get("reverse")
    return {
        "id": items[0].id,
        "answer": 4 - level if reverse else level,
        "n": len(levels),
        "na": na,
        "dk": dk,
        "unanswered": len(items) - len(levels) - na - dk,
        "ad": half_up(distance),
        "r_wg": None if variance is None else half_up(max(Fraction(0), 1 - variance / 2)),
        "disagree": distance is not None and distance > Fraction(5, 6),
        "scope_dispute": bool(na and levels),
    }


class Pooled:
    """One indicator as a coalition has it: the level of those who know, and with 0 and 4 for those who don't."""

    def __init__(self, name: str, members: list[tuple[Sheet, Fraction]]) -> None:
        serving = [(sheet, sheet.items[name], size) for sheet, size in members if name in sheet.items]
        applying = [(item, size) for _, item, size in serving if item.applies]
        known = [(item.level, size) for item, size in applying if item.known]
        raw = next(item.raw for sheet, _ in members for item in sheet.all_items if item.id == name)
        self.id, self.raw = name, raw
        self.weight = sum(
            (size * item.weight / sum(one.weight for one in family(sheet, item)) for sheet, item, size in serving),
            Fraction(),
        )
        self.applies = bool(applying)
        self.coverage = Fraction(len(known), len(applying)) if applying else None
        self.value = self.pool(known)
        self.low = self.pool([(item.level or 0, size) for item, size in applying])
        self.high = self.pool([(4 if item.level is None else item.level, size) for item, size in applying])

    def pool(self, levels: list[tuple[int, Fraction]]) -> Fraction | None:
        if not levels:
            return None
        rule = self.raw.get("aggregation", "summation")
        if rule == "summation":
            return average((size, level) for level, size in levels)
        return Fraction((min if rule == "weakest-link" else max)(level for level, _ in levels))

    def load(self, risk: str) -> Fraction:
        return Fraction(self.raw.get("risks", {}).get(risk, 0))


def family(sheet: Sheet, item: Item) -> list[Item]:
    """All in scope of the same trend."""
    return next(items for _, items in sheet.trends if item in items)


def scored(pooled: list[Pooled], weigh: Callable[[Pooled], Fraction], needed: Fraction) -> Raw:
    """The exact score, its ends and coverage; what nobody knows leaves the score and stays in the range."""
    pairs = [(weigh(one), one) for one in pooled if one.applies and weigh(one) > 0]
    known = [(weight, one) for weight, one in pairs if one.value is not None]
    coverage = average((weight, one.coverage) for weight, one in pairs)
    return {
        "score": average((weight, STEP * one.value) for weight, one in known),
        "low": average((weight, STEP * one.low) for weight, one in pairs),
        "high": average((weight, STEP * one.high) for weight, one in pairs),
        "coverage": coverage,
        "published": bool(known) and coverage >= needed,
    }


def coalition(members: list[tuple[Sheet, Fraction]]) -> Raw:
    first = members[0][0]
    needed = first.method["coverage"]
    trends, weights = [], {}
    for trend, _ in first.trends:
        name = trend["id"]
        pooled = [Pooled(one["id"], members) for one in trend["indicators"]]
        weights[name] = sum(
            (size * sheet.trend_weight[name] / sum(sheet.trend_weight.values()) for sheet, size in members), Fraction()
        )
        trends.append((name, pooled, scored(pooled, lambda one: one.weight, needed)))
    everything = [one for _, pooled, _ in trends for one in pooled]
    counted = [(weights[name], own) for name, _, own in trends if weights[name] and own["low"] is not None]
    known = [(weight, own) for weight, own in counted if own["score"] is not None]
    coverage = average((weight, own["coverage"]) for weight, own in counted)
    overall = {
        "score": average((weight, own["score"]) for weight, own in known),
        "low": average((weight, own["low"]) for weight, own in counted),
        "high": average((weight, own["high"]) for weight, own in counted),
        "coverage": coverage,
        "published": bool(known) and coverage >= needed,
    }
    return {
        "overall": rounded(overall),
        "trends": [{"id": name} | rounded(own) for name, _, own in trends],
        "risks": [pooled_risk(first, risk, everything) for risk in first.risk_ids],
    }


def rounded(own: Raw) -> Raw:
    return {
        "score": half_up(own["score"]) if own["published"] else None,
        "low": half_up(own["low"]),
        "high": half_up(own["high"]),
        "coverage": half_up(own["coverage"]),
        "published": own["published"],
    }


def pooled_risk(sheet: Sheet, risk: str, pooled: list[Pooled]) -> Raw:
    own = scored(pooled, lambda one: one.load(risk), sheet.method["coverage"])
    critical = [one for one in pooled if one.applies and one.load(risk) and risk in one.raw.get("critical", [])]
    holes = [one.id for one in critical if one.high < 2]
    possible = [one.id for one in critical if one.low < 2 <= one.high]
    value, low, high = (None if own[key] is None else 100 - own[key] for key in ("score", "high", "low"))
    best = sheet.exposure_band(low, raised=bool(holes))
    worst = sheet.exposure_band(high, raised=bool(holes or possible))
    return {
        "id": risk,
        "exposure": half_up(value) if own["published"] else None,
        "low": half_up(low),
        "high": half_up(high),
        "coverage": half_up(own["coverage"]),
        "published": own["published"],
        "band": sheet.exposure_band(value, raised=bool(holes)) if own["published"] else None,
        "possible_bands": BANDS[BANDS.index(best) : BANDS.index(worst) + 1] if best and worst else [],
        "holes": holes,
        "possible_holes": possible,
    }
