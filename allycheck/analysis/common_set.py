"""The indicators that two sheets of one questionnaire have in common, and both times scored on them (method 11)."""

from fractions import Fraction
from operator import add
from typing import Literal, NamedTuple

from allycheck.analysis.robustness import DRAWS, multipliers
from allycheck.answers import NA, changed_since
from allycheck.fields import version_key
from allycheck.scored import Scored
from allycheck.scoring import STEP, ZERO, Item, TrendScore, item_of, weighted_mean

When = Literal["before", "after"]


class Pair(NamedTuple):
    """An indicator in scope, asked in the same words, at both times."""

    before: Item
    after: Item

    @property
    def id(self) -> str:
        """The indicator's id."""
        return self.after.id

    @property
    def known(self) -> bool:
        """Whether it belongs to the common set: a level at both times."""
        return self.before.known and self.after.known

    @property
    def rise(self) -> int:
        """Levels climbed, after reversal; negative for a fall."""
        return (self.after.level or 0) - (self.before.level or 0)


class LinkedTrend(NamedTuple):
    """One trend of the newer sheet with its part of the common set."""

    trend: TrendScore
    pairs: list[Pair]

    @property
    def weight(self) -> Fraction:
        """The weight w of the common set."""
        return sum((pair.after.weight for pair in self.pairs), ZERO)

    @property
    def coverage(self) -> Fraction | None:
        """The weight of the common set in all that applies now; None where nothing applies."""
        whole = sum((item.weight for item in self.trend.applicable), ZERO)
        return self.weight / whole if whole else None

    def score(self, when: When) -> Fraction | None:
        """The trend score on the common set with the newer weights; None with nothing in common."""
        level = weighted_mean((pair.after.weight, getattr(pair, when).level) for pair in self.pairs)
        return None if level is None else STEP * level

    @property
    def moved(self) -> bool:
        """Whether any of its pairs rose or fell."""
        return any(pair.rise for pair in self.pairs)

    @property
    def change(self) -> Fraction | None:
        """After less before, in points."""
        rise = weighted_mean((pair.after.weight, pair.rise) for pair in self.pairs)
        return None if rise is None else STEP * rise


class Differences(NamedTuple):
    """Why an indicator is not in the common set, by id in catalogue order."""

    added: list[str]
    dropped: list[str]
    reworded: list[str]
    newly_known: list[str]
    newly_unknown: list[str]
    newly_applicable: list[str]
    no_longer_applicable: list[str]


class Link(NamedTuple):
    """Two sheets linked by their common set. `trends` are all trends of the newer one."""

    trends: list[LinkedTrend]
    differences: Differences

    @property
    def pairs(self) -> list[Pair]:
        """The common set, in catalogue order."""
        return [pair for trend in self.trends for pair in trend.pairs]

    @property
    def coverage(self) -> Fraction | None:
        """How much of what counts now is in the common set; None where nothing applies."""
        return weighted_mean((trend.trend.weight, trend.coverage) for trend in self.trends)

    def score(self, when: When) -> Fraction | None:
        """The overall score on the common set with the newer weights."""
        return weighted_mean((trend.trend.weight, trend.score(when)) for trend in self.trends)

    @property
    def change(self) -> Fraction | None:
        """D: the real change in points."""
        return weighted_mean((trend.trend.weight, trend.change) for trend in self.trends)

    def share(self, trend: LinkedTrend) -> Fraction:
        """The weight of a trend among those with something in common; times its change, what it adds to D."""
        whole = sum((other.trend.weight for other in self.trends if other.pairs), ZERO)
        return trend.trend.weight / whole if whole and trend.pairs else ZERO


def recorded_version(sheet: Scored) -> str:
    """The version that a sheet was answered with: the recorded one, else that of the questionnaire it is read with."""
    return sheet.answers.version or sheet.questionnaire.version


def read_as_answered(sheet: Scored) -> bool:
    """Whether a sheet was read with the very version that it records."""
    return version_key(recorded_version(sheet)) == version_key(sheet.questionnaire.version)


def link(before: Scored, after: Scored) -> Link:
    """The common set of two sheets of one questionnaire, and what is outside it."""
    asked, now = _asked(before), after.items
    then = _answered_besides(before) | asked
    reworded = _reworded(before, after)
    pairs = {name: Pair(then[name], item) for name, item in now.items() if name in then and name not in reworded}
    differences = Differences(
        added=[name for name in now if name not in then],
        dropped=[name for name in asked if name not in now] + _retired(before),
        reworded=[name for name in now if name in then and name in reworded],
        newly_known=[name for name, pair in pairs.items() if pair.after.known and not pair.before.known],
        newly_unknown=[name for name, pair in pairs.items() if pair.before.known and not pair.after.known],
        newly_applicable=[name for name, pair in pairs.items() if pair.before.answer == NA != pair.after.answer],
        no_longer_applicable=[name for name, pair in pairs.items() if pair.before.answer != NA == pair.after.answer],
    )
    common = {name: pair for name, pair in pairs.items() if pair.known}
    trends = [
        LinkedTrend(trend, [common[item.id] for item in trend.items if item.id in common])
        for trend in after.scores.trends
    ]
    return Link(trends, differences)


def _asked(sheet: Scored) -> dict[str, Item]:
    """What a sheet was asked, in scope: without what came after the version that it records."""
    later = changed_since(recorded_version(sheet), sheet.questionnaire, "since")
    return {name: item for name, item in sheet.items.items() if name not in later}


def _answered_besides(sheet: Scored) -> dict[str, Item]:
    """Answers that were kept but not scored then, outside the form or the actor's scope: a level is a level."""
    return {
        name: item_of(indicator, sheet.questionnaire.trend_of[name], answer)
        for name, indicator in sheet.questionnaire.indicators.items()
        if name not in sheet.items and (answer := sheet.answers.to(name).answer) is not None
    }


def _reworded(before: Scored, after: Scored) -> set[str]:
    """Indicators that do not ask the same at both times: another `rev`, or answered before the one they now have."""
    old, new = before.questionnaire.indicators, after.questionnaire.indicators
    changed = {name for name, item in new.items() if name in old and old[name].rev != item.rev}
    for sheet in (before, after):
        changed.update(changed_since(recorded_version(sheet), sheet.questionnaire, "rev_since"))
    return changed


def _retired(sheet: Scored) -> list[str]:
    """Answers to indicators that the questionnaire no longer has, in the order in which it lists them."""
    answered = {name for name, answer in sheet.answers.answers.items() if answer.answer is not None}
    return [entry.id for entry in sheet.questionnaire.retired if entry.id in answered]


def rise_share(linked: Link) -> Fraction:
    """The share of the draws of method 9 in which the real change is above 0: every weight 25% down to 25% up.

    The weights of all trends together only scale D: its sign needs just what moved.
    """
    moved = [trend for trend in linked.trends if trend.trend.units and trend.moved]
    tops, bottoms = [0] * DRAWS, [1] * DRAWS
    for trend in moved:
        weight, name = trend.trend.units, trend.trend.trend.id
        for draw, (rises, whole, drawn) in enumerate(zip(*_drawn(trend), multipliers("W", name), strict=True)):
            tops[draw] = tops[draw] * whole + weight * drawn * rises * bottoms[draw]
            bottoms[draw] *= whole
    return Fraction(sum(top > 0 for top in tops), DRAWS)


def _drawn(trend: LinkedTrend) -> tuple[list[int], list[int]]:
    """In each draw the sum of weight and rise, and of the weights, of a trend, in whole numbers."""
    rises, whole = [0] * DRAWS, [0] * DRAWS
    for pair in trend.pairs:
        drawn = [pair.after.units * each for each in multipliers("w", pair.id)]
        whole = list(map(add, whole, drawn))
        if rise := pair.rise:
            rises = [total + rise * each for total, each in zip(rises, drawn, strict=True)]
    return rises, whole
