"""A second implementation of the method, to compare the first with: method 2 to 7 and 15.

Written from those pages alone, on the plain maps and lists that a file holds, in the order in which the pages say
it, and with nothing shared with the package. The outcome has the shape of the JSON result.
"""

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

Raw = dict[str, Any]
STEP = 25
EFFORT = {"days": 1, "weeks": 3, "months": 8, "year": 20}
LEVELS = ["absent", "adhoc", "defined", "practised", "adaptive"]
METHOD = {
    "coverage": Fraction(2, 3),
    "trend_share": Fraction(3, 5),
    "trend_gap": 2,
    "overall_share": Fraction(2, 3),
    "overall_gap": 1,
    "score_bands": [40, 70],
    "exposure_bands": [35, 60],
    "lowest_aim": 2,
    "demand_weights": [0, 1, 3, 9],
}
BANDS = ["low", "moderate", "high"]
STAGES = [("start", 2), ("practise", 3), ("improve", 4)]
DUE = ["30d", "90d", "1y"]


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


def average(pairs: Iterable[tuple[Fraction, Any]]) -> Fraction | None:
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
    """One indicator as one sheet answers it. Levels, anchors and steps are meant after reversal."""

    def __init__(self, place: int, raw: Raw, actor: str, form: str, answer: Any) -> None:
        self.place = place
        self.raw = raw
        self.id: str = raw["id"]
        self.answer = answer.get("answer") if isinstance(answer, dict) else answer
        self.weight = for_actor(raw.get("weight", 1), actor)
        known = isinstance(self.answer, int)
        self.level = (4 - self.answer if raw.get("reverse") else self.answer) if known else None
        serves = actor in raw.get("actors", [actor]) and (form == "full" or raw.get("quick", False))
        self.in_scope: bool = serves and self.weight > 0
        self.applies: bool = self.in_scope and self.answer != "na"
        self.known: bool = self.applies and known
        self.words = raw | raw.get("overrides", {}).get(actor, {})
        anchors = self.words["levels"]
        self.anchors: list[str] = anchors[::-1] if raw.get("reverse") else anchors

    def points(self, unknown_level: int = 0) -> Fraction:
        return Fraction(STEP * (unknown_level if self.level is None else self.level))

    def load(self, risk: str) -> Fraction:
        return Fraction(self.raw.get("risks", {}).get(risk, 0))

    def critical(self, risk: str) -> bool:
        return risk in self.raw.get("critical", [])


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
        self.lowest_aim = int(self.method["lowest_aim"])
        self.actor: str = answers.get("actor", "")
        form = answers.get("form", "full")
        given = answers.get("answers", {})
        place = 0
        self.trends: list[tuple[Raw, list[Item]]] = []
        self.all_items: list[Item] = []
        for trend in questionnaire["trends"]:
            items = []
            left_out = trend["id"] in answers.get("scope", {})
            for raw in trend["indicators"]:
                items.append(Item(place, raw, self.actor, form, "na" if left_out else given.get(raw["id"])))
                place += 1
            self.all_items += items
            self.trends.append((trend, [item for item in items if item.in_scope]))
        self.items = {item.id: item for _, items in self.trends for item in items}
        self.home = {item.id: trend["id"] for trend, items in self.trends for item in items}
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
        self.risk_ids = [risk["id"] for risk in questionnaire.get("risks", [])]
        self.risk_groups = {risk: self.loaded(risk) for risk in self.risk_ids}

    def loaded(self, risk: str) -> Group:
        return Group(list(self.items.values()), lambda item: item.load(risk), self.method["coverage"])

    def actor_content(self) -> Raw:
        return next((actor for actor in self.raw.get("actors", []) if actor["id"] == self.actor), {})

    def weight_of(self, trend: Raw) -> Fraction:
        own = self.actor_content().get("weights", {})
        return Fraction(own[trend["id"]]) if trend["id"] in own else for_actor(trend.get("weight", 1), self.actor)

    def phi(self, item: Item) -> Fraction:
        """How much of the readiness score hangs on one known answer (section 7)."""
        trend = self.home[item.id]
        if not self.trend_weight[trend]:
            return Fraction()
        weights = sum(self.trend_weight[name] for name in self.counted_known)
        return self.trend_weight[trend] / weights * item.weight / self.groups[trend].total_known

    def lost(self, item: Item) -> Fraction:
        return STEP * self.phi(item) * (4 - item.level)

    def band(self, value: Fraction | None, key: str, names: list[str]) -> str | None:
        if value is None:
            return None
        lower, upper = self.method[key]
        return names[0] if value < lower else names[1] if value < upper else names[2]

    def score_band(self, group: Group) -> str | None:
        return self.band(group.value, "score_bands", ["low", "middle", "high"]) if group.published else None

    # Sections 3 to 5

    def trend_level(self, trend: str, unknown: int) -> int | None:
        pairs = [(item.weight, unknown if item.level is None else item.level) for item in self.groups[trend].applying]
        return level_reached(pairs, self.method["trend_share"], self.method["trend_gap"]) if pairs else None

    def overall_level(self, unknown: int) -> int | None:
        pairs = [(self.trend_weight[name], self.trend_level(name, unknown)) for name in self.counted]
        return level_reached(pairs, self.method["overall_share"], self.method["overall_gap"]) if pairs else None

    def over(self, names: list[str], value: Callable[[Group], Fraction]) -> Fraction | None:
        return average((self.trend_weight[name], value(self.groups[name])) for name in names)

    def coverage(self) -> Fraction | None:
        return self.over(self.counted, lambda group: group.coverage)

    def published(self) -> bool:
        return bool(self.counted_known) and self.coverage() >= self.method["coverage"]

    def readiness(self) -> Fraction | None:
        return self.over(self.counted_known, lambda group: group.value)

    def overall(self) -> Raw:
        published, level = self.published(), self.overall_level(0)
        names = [name["id"] for name in self.raw.get("level_names", [])] or LEVELS
        sentences = self.actor_content().get("overall", {})
        return {
            "score": half_up(self.readiness()) if published else None,
            "low": half_up(self.over(self.counted, lambda group: group.low)),
            "high": half_up(self.over(self.counted, lambda group: group.high)),
            "published": published,
            "coverage": half_up(self.coverage()),
            "level": level,
            "possible_level": self.overall_level(4),
            "sentence": sentences.get(names[level]) if published else None,
        } | counts(list(self.items.values()))

    def trend(self, trend: Raw, items: list[Item]) -> Raw:
        group = self.groups[trend["id"]]
        gone = sum(item.weight for item in items if not item.applies)
        return (
            {
                "id": trend["id"],
                **measures(group),
                "level": self.trend_level(trend["id"], 0),
                "possible_level": self.trend_level(trend["id"], 4),
                "band": self.score_band(group),
                "weight": half_up(self.trend_weight[trend["id"]]),
                "minority": gone > Fraction(sum(item.weight for item in items), 2),
                "stake": self.actor_content().get("trends", {}).get(trend["id"], {}).get("stake", ""),
                "weaknesses": self.weaknesses(group),
                "strengths": self.strengths(group),
                "next": self.next(trend["id"], group),
            }
            | counts(items)
            | {"indicators": [self.indicator(item) for item in items]}
        )

    def indicator(self, item: Item) -> Raw:
        climbing = item.known and item.level < 4
        return {
            "id": item.id,
            "answer": item.answer,
            "level": item.level,
            "levels": item.anchors,
            "ask": item.words["ask"],
            "weight": half_up(item.weight),
            "lost": half_up(self.lost(item)) if item.known else None,
            "gain": half_up(self.gain(item)) if climbing else None,
            "requires": item.raw.get("requires", []),
            "meaning": self.meaning(item),
            "next_step": self.climb(item, self.aim(item)) if climbing else None,
        }

    def pillar(self, pillar: Raw) -> Raw:
        def weigh(item: Item) -> Fraction:
            trend = self.home[item.id]
            return self.trend_weight[trend] * item.weight / self.groups[trend].total

        items = [item for item in self.items.values() if item.raw.get("pillar") == pillar["id"]]
        group = Group(items, weigh, self.method["coverage"])
        return {
            "id": pillar["id"],
            **measures(group),
            "band": self.score_band(group),
            "meaning": pillar.get("meaning", ""),
        }

    # Section 6

    def holes(self, risk: str) -> list[Item]:
        return [item for item in self.risk_groups[risk].known if item.critical(risk) and item.level <= 1]

    def possible_holes(self, risk: str) -> list[Item]:
        return [item for item in self.risk_groups[risk].applying if item.critical(risk) and not item.known]

    def exposure_band(self, exposure: Fraction | None, *, raised: bool) -> str | None:
        band = self.band(exposure, "exposure_bands", BANDS)
        return "moderate" if band == "low" and raised else band

    def risk(self, risk: Raw) -> Raw:
        name = risk["id"]
        group, holes, possible = self.risk_groups[name], self.holes(name), self.possible_holes(name)
        low, high = (None if end is None else 100 - end for end in (group.high, group.low))
        value = None if group.value is None else 100 - group.value
        band = self.exposure_band(value, raised=bool(holes)) if group.published else None
        best = self.exposure_band(low, raised=bool(holes))
        worst = self.exposure_band(high, raised=bool(holes or possible))
        drivers = [(item, STEP * item.load(name) * (4 - item.level) / group.total_known) for item in group.known]
        words = self.actor_content().get("risks", {}).get(name, {})
        return {
            "id": name,
            "exposure": half_up(value) if group.published else None,
            "low": half_up(low),
            "high": half_up(high),
            "band": band,
            "possible_bands": BANDS[BANDS.index(best) : BANDS.index(worst) + 1] if best and worst else [],
            "published": group.published,
            "coverage": half_up(group.coverage),
            "holes": [item.id for item in holes],
            "possible_holes": [item.id for item in possible],
            "shows_up": words.get("shows_up", ""),
            "text": words.get(band) if band else None,
            "warning_signs": words.get("warning_signs", []),
            "mitigations": self.mitigations(words.get("mitigations", [])),
            "drivers": [
                {"id": item.id, "level": item.level, "load": half_up(item.load(name)), "share": half_up(points)}
                for item, points in sorted(drivers, key=lambda pair: (-pair[1], pair[0].place))
            ],
        }

    def mitigations(self, listed: list[Any]) -> list[Raw]:
        """A plain text always; what is for an indicator only where that is known and below 3."""
        whole = [{"do": entry, "for": None} if isinstance(entry, str) else entry for entry in listed]
        return [{"do": one["do"], "for": one["for"]} for one in whole if one["for"] is None or self.weak(one["for"])]

    def weak(self, name: str) -> bool:
        return name in self.items and self.items[name].known and self.items[name].level < 3

    # Section 7: one step

    def aim(self, item: Item) -> int:
        return max(item.level + 1, self.lowest_aim)

    def gain(self, item: Item) -> Fraction:
        return STEP * self.phi(item) * (self.aim(item) - item.level)

    def climbs(self, item: Item, start: int, end: int) -> list[Fraction]:
        """The effort points of each climb by one level."""
        effort = item.raw.get("effort", 1)
        table = {word: Fraction(points) for word, points in self.raw.get("effort", EFFORT).items()}
        by_level = effort if isinstance(effort, list) else [effort] * 4
        return [table[one] if one in table else Fraction(one) for one in by_level[start:end]]

    def effort(self, item: Item) -> Fraction:
        return sum(self.climbs(item, item.level, self.aim(item)), Fraction())

    def within(self, climbs: list[Fraction]) -> str:
        """By the largest single climb."""
        table = self.raw.get("effort", EFFORT)
        edges = [Fraction(table.get("weeks", 3)), Fraction(table.get("months", 8))]
        return DUE[sum(max(climbs) > edge for edge in edges)]

    def climb(self, item: Item, to: int) -> Raw:
        """A step as it is shown; what is not known is no step but something to find out, planned from 0."""
        climbs = self.climbs(item, item.level or 0, to)
        return {
            "to": to,
            "texts": self.texts(item, item.level, to) if item.known else [],
            "effort": half_up(sum(climbs, Fraction())),
            "within": self.within(climbs),
        }

    def own(self, item: Item) -> Raw:
        """What the actor says of an indicator."""
        trend = self.actor_content().get("trends", {}).get(self.home[item.id], {})
        return trend.get("indicators", {}).get(item.id, {})

    def texts(self, item: Item, start: int, to: int) -> list[str]:
        """The text of each stage that a climb passes: start up to 2, practise up to 3, improve up to 4."""
        said = item.raw.get("steps", {}) | self.own(item)
        texts = []
        for (stage, end), begin in zip(STAGES, (0, 2, 3), strict=True):
            if start < end and to > begin:
                anchor = item.anchors[min(end, to)]
                texts.append(said.get(stage) or f"What should then be true: {anchor}")
        return texts

    def meaning(self, item: Item) -> str | None:
        if not item.known or item.level == 2:
            return None
        return self.own(item).get("weak" if item.level < 2 else "strong")

    def blocked(self, item: Item, to: int) -> list[str]:
        """What has to be raised, or known, before the item may end at that level."""
        required = [self.items[name] for name in item.raw.get("requires", []) if name in self.items]
        return [other.id for other in required if other.applies and (not other.known or other.level < to)]

    # Section 7: lists

    def weaknesses(self, group: Group) -> list[str]:
        weak = [item for item in group.known if item.level <= 1]
        return [item.id for item in sorted(weak, key=lambda item: (-item.weight * (4 - item.level), item.place))]

    def strengths(self, group: Group) -> list[str]:
        strong = [item for item in group.known if item.level >= 3]
        return [item.id for item in sorted(strong, key=lambda item: (-item.weight * item.level, item.place))]

    def next(self, trend: str, group: Group) -> list[str]:
        level = self.trend_level(trend, 0)
        if level in {None, 4}:
            return []
        below = [item for item in group.known if item.level < max(level + 1, self.lowest_aim)]

        def order(item: Item) -> tuple[Fraction, Fraction, int]:
            worth = item.weight * (self.aim(item) - item.level)
            return -worth / self.effort(item), -item.weight * (4 - item.level), item.place

        return [item.id for item in sorted(below, key=order)]

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

    def best_value(self) -> list[Raw]:
        items = [item for name in self.counted_known for item in self.groups[name].known if item.level < 4]
        return [
            {
                "id": item.id,
                "from": item.level,
                "to": self.aim(item),
                "gain": half_up(self.gain(item)),
                "effort": half_up(self.effort(item)),
                "value": half_up(self.gain(item) / self.effort(item)),
                "risks": {risk: half_up(fall) for risk, fall in self.falls(item, self.aim(item)).items()},
                "blocked_by": self.blocked(item, self.aim(item)),
            }
            for item in sorted(
                items, key=lambda item: (-self.gain(item) / self.effort(item), -self.lost(item), item.place)
            )
        ]

    def falls(self, item: Item, to: int) -> dict[str, Fraction]:
        """By how much a step lowers each exposure; nothing where the level is not known."""
        return {
            risk: STEP * (to - item.level) * item.load(risk) / self.risk_groups[risk].total_known
            for risk in (item.raw.get("risks", {}) if item.known else {})
        }

    def widths(self) -> list[tuple[Item, Fraction]]:
        weights = sum(self.trend_weight[name] for name in self.counted)
        widths = [
            (item, 100 * self.trend_weight[name] / weights * item.weight / self.groups[name].total)
            for name in self.counted
            for item in self.groups[name].applying
            if not item.known
        ]
        return sorted(widths, key=lambda pair: (-pair[1], pair[0].place))

    def build_on(self) -> list[str]:
        strong = [item for item in self.items.values() if item.known and item.level >= 3]
        most = sorted(strong, key=lambda item: (-STEP * self.phi(item) * item.level, item.place))
        return [item.id for item in most[:3]]

    def consistency(self) -> list[Raw]:
        """Pairs of answers that contradict each other."""

        def at(name: str, levels: set[int]) -> bool:
            return name in self.items and self.items[name].known and self.items[name].level in levels

        return [
            pair for pair in self.raw.get("consistency", []) if at(pair["high"], {3, 4}) and at(pair["low"], {0, 1})
        ]


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
    """Everything in a result that is counted, measured, ranked or said, but for what to do first (`do_first`)."""
    sheet = Sheet(questionnaire, answers)
    return {
        "overall": sheet.overall(),
        "trends": [sheet.trend(trend, items) for trend, items in sheet.trends],
        "pillars": [sheet.pillar(pillar) for pillar in questionnaire.get("pillars", [])],
        "risks": [sheet.risk(risk) for risk in questionnaire.get("risks", [])],
        "priorities": {
            "blockers": sheet.blockers(),
            "best_value": sheet.best_value(),
            "find_out": [{"id": item.id, "width": half_up(width)} for item, width in sheet.widths()],
            "build_on": sheet.build_on(),
        },
        "consistency": sheet.consistency(),
    }
