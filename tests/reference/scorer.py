"""A second implementation of the method, to compare the first with: method 2 to 7 and 15.

Written from those pages alone, on the plain maps and lists that a file holds, in the order in which the pages say
it, and with nothing shared with the package. The outcome has the shape of the numeric parts of the JSON result.
"""

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

Raw = dict[str, Any]
STEP = 25
EFFORT = {"days": 1, "weeks": 3, "months": 8, "year": 20}
METHOD = {
    "coverage": Fraction(2, 3),
    "trend_share": Fraction(3, 5),
    "trend_gap": 2,
    "overall_share": Fraction(2, 3),
    "overall_gap": 1,
    "score_bands": [40, 70],
    "exposure_bands": [35, 60],
}
WITHIN = ["30d", "90d", "1y"]


def half_up(value: Fraction | None) -> float | None:
    """Four decimals, halves away from zero (section 1)."""
    if value is None:
        return None
    sign = -1 if value < 0 else 1
    return sign * int(abs(value) * 10**4 + Fraction(1, 2)) / 10**4 + 0.0


def for_actor(weight: Any, actor: str) -> Fraction:
    """A weight is a number for everybody or a map by actor; who is not named and has no default weighs 1."""
    if isinstance(weight, dict):
        weight = weight.get(actor, weight.get("default", 1))
    return Fraction(weight)


def average(pairs: Iterable[tuple[Fraction, Fraction]]) -> Fraction | None:
    """The weighted average of (weight, value) pairs, None without weight."""
    pairs = list(pairs)
    total = sum(weight for weight, _ in pairs)
    return sum((weight * value for weight, value in pairs), Fraction()) / total if total else None


def share(part: Iterable[Fraction], whole: Iterable[Fraction]) -> Fraction | None:
    """Part of the whole, None where there is no whole."""
    total = sum(whole)
    return Fraction(sum(part)) / total if total else None


def level_reached(pairs: list[tuple[Fraction, int]], needed: Fraction, gap: int) -> int:
    """The highest m with enough weight at m or above and nothing below m - gap (section 5)."""
    total = sum(weight for weight, _ in pairs)
    for m in (4, 3, 2, 1):
        reached = sum(weight for weight, level in pairs if level >= m)
        if reached >= needed * total and all(level >= m - gap for _, level in pairs):
            return m
    return 0


class Item:
    """One indicator as one sheet answers it."""

    def __init__(self, place: int, raw: Raw, actor: str, form: str, answer: Any) -> None:
        self.place = place
        self.raw = raw
        self.id: str = raw["id"]
        self.answer = answer["answer"] if isinstance(answer, dict) else answer
        self.weight = for_actor(raw.get("weight", 1), actor)
        known = isinstance(self.answer, int)
        self.level = (4 - self.answer if raw.get("reverse") else self.answer) if known else None
        serves = actor in raw.get("actors", [actor]) and (form == "full" or raw.get("quick", False))
        self.in_scope: bool = serves and self.weight > 0
        self.applies: bool = self.in_scope and self.answer != "na"
        self.known: bool = self.applies and known

    def points(self, unknown_level: int = 0) -> Fraction:
        return Fraction(STEP * (unknown_level if self.level is None else self.level))

    def load(self, risk: str) -> Fraction:
        return Fraction(self.raw.get("risks", {}).get(risk, 0))


class Group:
    """Weighted indicators scored as one: a trend, a pillar, or a risk's loads (sections 3, 4 and 6)."""

    def __init__(self, items: list[Item], weigh: Callable[[Item], Fraction], needed: Fraction) -> None:
        self.applying = [item for item in items if item.applies and weigh(item) > 0]
        self.known = [item for item in self.applying if item.known]
        self.total = sum((weigh(item) for item in self.applying), Fraction())
        self.total_known = sum((weigh(item) for item in self.known), Fraction())
        self.value = average((weigh(item), item.points()) for item in self.known)
        self.low = average((weigh(item), item.points(0)) for item in self.applying)
        self.high = average((weigh(item), item.points(4)) for item in self.applying)
        self.coverage = share(map(weigh, self.known), map(weigh, self.applying))
        self.published = bool(self.known) and self.coverage >= needed


class Sheet:
    """One organisation's answers to one questionnaire, scored."""

    def __init__(self, questionnaire: Raw, answers: Raw) -> None:
        self.raw = questionnaire
        self.method = METHOD | {
            key: [Fraction(edge) for edge in value] if isinstance(value, list) else Fraction(value)
            for key, value in questionnaire.get("method", {}).items()
        }
        self.actor: str = answers.get("actor", "")
        form = answers.get("form", "full")
        given = answers.get("answers", {})
        place = 0
        self.trends: list[tuple[Raw, list[Item]]] = []
        for trend in questionnaire["trends"]:
            items = []
            for raw in trend["indicators"]:
                items.append(Item(place, raw, self.actor, form, given.get(raw["id"])))
                place += 1
            self.trends.append((trend, [item for item in items if item.in_scope]))
        self.items = {item.id: item for _, items in self.trends for item in items}
        self.groups = {
            trend["id"]: Group(items, lambda item: item.weight, self.method["coverage"]) for trend, items in self.trends
        }
        self.trend_weight = {trend["id"]: self.weight_of(trend) for trend, _ in self.trends}
        self.counted = [
            trend["id"]
            for trend, _ in self.trends
            if self.trend_weight[trend["id"]] > 0 and self.groups[trend["id"]].applying
        ]
        self.counted_known = [name for name in self.counted if self.groups[name].known]

    def actor_content(self) -> Raw:
        return next((actor for actor in self.raw.get("actors", []) if actor["id"] == self.actor), {})

    def weight_of(self, trend: Raw) -> Fraction:
        own = self.actor_content().get("weights", {})
        return Fraction(own[trend["id"]]) if trend["id"] in own else for_actor(trend.get("weight", 1), self.actor)

    def phi(self, trend: str, item: Item) -> Fraction:
        """How much of the readiness score hangs on one answer (section 7)."""
        if not self.trend_weight[trend]:
            return Fraction()
        weights = sum(self.trend_weight[name] for name in self.counted_known)
        return self.trend_weight[trend] / weights * item.weight / self.groups[trend].total_known

    def band(self, value: Fraction | None, key: str, names: tuple[str, str, str]) -> str | None:
        if value is None:
            return None
        lower, upper = self.method[key]
        return names[0] if value < lower else names[1] if value < upper else names[2]

    def score_band(self, group: Group) -> str | None:
        return self.band(group.value, "score_bands", ("low", "middle", "high")) if group.published else None

    def exposure_band(self, value: Fraction | None) -> str | None:
        return self.band(value, "exposure_bands", ("low", "moderate", "high"))

    # Sections 3 to 5

    def levels(self, trend: str, unknown: int) -> list[tuple[Fraction, int]]:
        return [(item.weight, unknown if item.level is None else item.level) for item in self.groups[trend].applying]

    def trend_level(self, trend: str, unknown: int) -> int | None:
        pairs = self.levels(trend, unknown)
        return level_reached(pairs, self.method["trend_share"], self.method["trend_gap"]) if pairs else None

    def overall_level(self, unknown: int) -> int | None:
        pairs = [(self.trend_weight[name], self.trend_level(name, unknown)) for name in self.counted]
        return level_reached(pairs, self.method["overall_share"], self.method["overall_gap"]) if pairs else None

    def overall(self) -> Raw:
        def over(names: list[str], value: Callable[[Group], Fraction]) -> Fraction | None:
            return average((self.trend_weight[name], value(self.groups[name])) for name in names)

        coverage = over(self.counted, lambda group: group.coverage)
        published = bool(self.counted_known) and coverage >= self.method["coverage"]
        score = over(self.counted_known, lambda group: group.value)
        return {
            "score": half_up(score) if published else None,
            "low": half_up(over(self.counted, lambda group: group.low)),
            "high": half_up(over(self.counted, lambda group: group.high)),
            "published": published,
            "coverage": half_up(coverage),
            "level": self.overall_level(0),
            "possible_level": self.overall_level(4),
        } | counts(list(self.items.values()))

    def trend(self, trend: Raw, items: list[Item]) -> Raw:
        group = self.groups[trend["id"]]
        gone = sum(item.weight for item in items if not item.applies)
        band = self.score_band(group)
        words = self.actor_content().get("trends", {}).get(trend["id"], {})
        return (
            {
                "id": trend["id"],
                **measures(group),
                "level": self.trend_level(trend["id"], 0),
                "possible_level": self.trend_level(trend["id"], 4),
                "band": band,
                "weight": half_up(self.trend_weight[trend["id"]]),
                "minority": gone > Fraction(sum(item.weight for item in items), 2),
                "finding": words.get(band, {}).get("finding") if band else None,
                "steps": words.get(band, {}).get("steps", []) if band else [],
            }
            | counts(items)
            | {"indicators": [self.indicator(trend["id"], item) for item in items]}
        )

    def indicator(self, trend: str, item: Item) -> Raw:
        phi = self.phi(trend, item) if item.known else None
        return {
            "id": item.id,
            "answer": item.answer,
            "level": item.level,
            "weight": half_up(item.weight),
            "lost": None if phi is None else half_up(STEP * phi * (4 - item.level)),
            "gain": None if phi is None or item.level == 4 else half_up(STEP * phi),
        }

    def pillar(self, pillar: Raw) -> Raw:
        home = {item.id: trend["id"] for trend, items in self.trends for item in items}

        def weigh(item: Item) -> Fraction:
            trend = home[item.id]
            return self.trend_weight[trend] * item.weight / self.groups[trend].total

        group = Group(
            [item for item in self.items.values() if item.raw.get("pillar") == pillar["id"]],
            weigh,
            self.method["coverage"],
        )
        band = self.score_band(group)
        text = {"low": "weak", "middle": "meaning", "high": "strong"}.get(band or "")
        return {"id": pillar["id"], **measures(group), "band": band, "text": pillar[text] if text else None}

    # Section 6

    def risk(self, risk: Raw) -> Raw:
        group = Group(list(self.items.values()), lambda item: item.load(risk["id"]), self.method["coverage"])
        low, high = (None if end is None else 100 - end for end in (group.high, group.low))
        value = None if group.value is None else 100 - group.value
        band = self.exposure_band(value) if group.published else None
        names = ["low", "moderate", "high"]
        reach = [names.index(str(self.exposure_band(end))) for end in (low, high) if end is not None]
        loads = sum(item.load(risk["id"]) for item in group.known)
        drivers = [(item, STEP * item.load(risk["id"]) * (4 - item.level) / loads) for item in group.known]
        return {
            "id": risk["id"],
            "exposure": half_up(value) if group.published else None,
            "low": half_up(low),
            "high": half_up(high),
            "band": band,
            "possible_bands": names[reach[0] : reach[1] + 1] if reach else [],
            "published": group.published,
            "coverage": half_up(group.coverage),
            "text": self.actor_content().get("risks", {}).get(risk["id"], {}).get(band) if band else None,
            "drivers": [
                {"id": item.id, "level": item.level, "load": half_up(item.load(risk["id"])), "share": half_up(points)}
                for item, points in sorted(drivers, key=lambda pair: (-pair[1], pair[0].place))
            ],
        }

    # Section 7

    def blocker(self, name: str, pairs: list[tuple[str, Fraction, int]], needed: Fraction, gap: int) -> Raw | None:
        if not pairs:
            return None
        level = level_reached([(weight, at) for _, weight, at in pairs], needed, gap)
        if level == 4:
            return None
        reached = (weight for _, weight, at in pairs if at > level)
        return {
            "id": name,
            "level": level,
            "next": level + 1,
            "share": half_up(share(reached, [weight for _, weight, _ in pairs])),
            "needed": half_up(needed),
            "below_gap": [key for key, _, at in pairs if at < level + 1 - gap],
            "short": [key for key, _, at in pairs if level + 1 - gap <= at <= level],
        }

    def blockers(self) -> Raw:
        overall = [(name, self.trend_weight[name], self.trend_level(name, 0)) for name in self.counted]
        trends = []
        for trend, _ in self.trends:
            pairs = [(item.id, item.weight, item.level or 0) for item in self.groups[trend["id"]].applying]
            found = self.blocker(trend["id"], pairs, self.method["trend_share"], self.method["trend_gap"])
            if found:
                found["unknown"] = [item.id for item in self.groups[trend["id"]].applying if not item.known]
            trends.append(found)
        needed, gap = self.method["overall_share"], self.method["overall_gap"]
        return {"overall": self.blocker("overall", overall, needed, gap), "trends": trends}

    def effort(self, item: Item) -> Fraction:
        steps = item.raw.get("effort", 1)
        step = steps[item.level] if isinstance(steps, list) else steps
        table = self.raw.get("effort", EFFORT)
        return Fraction(table.get(step, step))

    def blocked(self, item: Item) -> list[str]:
        required = [self.items[name] for name in item.raw.get("requires", []) if name in self.items]
        return [other.id for other in required if other.applies and (not other.known or other.level <= item.level)]

    def best_value(self) -> list[Raw]:
        steps = []
        for name in self.counted_known:
            for item in self.groups[name].known:
                if item.level < 4:
                    gain, effort = STEP * self.phi(name, item), self.effort(item)
                    steps.append((-gain / effort, -gain * (4 - item.level), item.place, item, gain, effort))
        return [
            {
                "id": item.id,
                "from": item.level,
                "to": item.level + 1,
                "gain": half_up(gain),
                "effort": half_up(effort),
                "value": half_up(gain / effort),
                "risks": self.falls(item),
                "blocked_by": self.blocked(item),
            }
            for _, _, _, item, gain, effort in sorted(steps, key=lambda step: step[:3])
        ]

    def falls(self, item: Item) -> dict[str, float | None]:
        """By how much one level up lowers each exposure."""
        return {
            risk: half_up(STEP * item.load(risk) / sum(one.load(risk) for one in self.items.values() if one.known))
            for risk in item.raw.get("risks", {})
        }

    def find_out(self) -> list[Raw]:
        weights = sum(self.trend_weight[name] for name in self.counted)
        widths = [
            (100 * self.trend_weight[name] / weights * item.weight / self.groups[name].total, item)
            for name in self.counted
            for item in self.groups[name].applying
            if not item.known
        ]
        ordered = sorted(widths, key=lambda pair: (-pair[0], pair[1].place))
        return [{"id": item.id, "width": half_up(width)} for width, item in ordered]

    # What the text report picks out

    def strengths(self) -> list[Raw]:
        strong = [
            (-self.groups[trend["id"]].value, place, trend["id"], items)
            for place, (trend, items) in enumerate(self.trends)
            if self.score_band(self.groups[trend["id"]]) == "high"
        ]
        return [
            {"id": name, "score": half_up(-value), "indicators": [item.id for item in items if (item.level or 0) >= 3]}
            for value, _, name, items in sorted(strong, key=lambda one: one[:2])[:3]
        ]

    def agenda(self) -> list[Raw]:
        published = [
            (self.groups[trend["id"]].value, place, trend["id"])
            for place, (trend, _) in enumerate(self.trends)
            if self.groups[trend["id"]].published
        ]
        steps = []
        for _, _, name in sorted(published)[:3]:
            words = self.actor_content().get("trends", {}).get(name, {})
            own = words.get(self.score_band(self.groups[name]), {}).get("steps", [])
            steps += [
                {"within": step["within"], "trend": name, "do": step["do"], "effort": step["effort"]} for step in own
            ]
        return sorted(steps, key=lambda step: WITHIN.index(step["within"]))


def measures(group: Group) -> Raw:
    """Score, range, publication and coverage of a trend or pillar."""
    return {
        "score": half_up(group.value) if group.published else None,
        "low": half_up(group.low),
        "high": half_up(group.high),
        "published": group.published,
        "coverage": half_up(group.coverage),
    }


def counts(items: list[Item]) -> dict[str, int]:
    """The four states that are never merged (section 2)."""
    return {
        "answered": sum(item.known for item in items),
        "unknown": sum(item.answer == "dk" for item in items),
        "unanswered": sum(item.answer is None for item in items),
        "not_applicable": sum(item.answer == "na" for item in items),
    }


def score(questionnaire: Raw, answers: Raw) -> Raw:
    """Everything in a result that is counted, measured or ranked."""
    sheet = Sheet(questionnaire, answers)
    return {
        "overall": sheet.overall(),
        "trends": [sheet.trend(trend, items) for trend, items in sheet.trends],
        "pillars": [sheet.pillar(pillar) for pillar in questionnaire.get("pillars", [])],
        "risks": [sheet.risk(risk) for risk in questionnaire.get("risks", [])],
        "priorities": {
            "blockers": sheet.blockers(),
            "best_value": sheet.best_value(),
            "find_out": sheet.find_out(),
        },
        "strengths": sheet.strengths(),
        "agenda": sheet.agenda(),
    }
