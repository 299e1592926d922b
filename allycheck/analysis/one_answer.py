"""What one answer means: what it adds and loses, its effect on the risks, and its place among the priorities."""

from collections.abc import Iterator
from fractions import Fraction

from allycheck.analysis.explanation import Choice, Effect, Explanation, Of, Priority, Sum
from allycheck.analysis.sums import Names, term, total
from allycheck.answers import NA
from allycheck.numbers import Number, as_decimal, as_text
from allycheck.priorities import best_value, find_out, overall_blocker, risk_falls, trend_blocker
from allycheck.questionnaire import TOP, Indicator
from allycheck.report import Report
from allycheck.scoring import FULL, STEP, ZERO, Item, TrendScore
from allycheck.text import listing


def explain_indicator(names: Names, report: Report, name: str) -> Explanation:
    """An indicator of the questionnaire, in scope or not, or a retired one."""
    found = names.questionnaire.indicators.get(name)
    if found is None:
        return _bare(name, name, "Retired: an answer is kept and not scored.")._replace(kind="retired")
    own = names.questionnaire.tailored(found, names.scores.actor)
    title = own.code if own.name == own.code else f"{own.code} {own.name}"
    item = next((item for item in names.scores.items if item.id == name), None)
    if item is None:
        return _bare(name, title, f"Out of scope: {names.why_outside(found)}.")
    return _Answer(names, report, item).explained(title, own)


def _bare(name: str, title: str, statement: str) -> Explanation:
    return Explanation(name, "indicator", title, None, statement, [], None, None, [], [])


class _Answer:
    """One indicator in scope with its answer."""

    def __init__(self, names: Names, report: Report, item: Item) -> None:
        self.names, self.scores, self.report, self.item = names, names.scores, report, item
        self.trend = next(trend for trend in self.scores.trends if trend.trend.id == item.trend.id)

    def explained(self, title: str, own: Indicator) -> Explanation:
        sums = list(self.sums())
        return Explanation(
            id=self.item.id,
            kind="indicator",
            title=title,
            value=sums[-1].value if sums else None,
            statement=self.statement(),
            sums=sums,
            ladder=None,
            chosen=self.anchor(own),
            effects=list(self.effects()),
            priorities=[*self.blocked(), *self.best_value(), *self.find_out()],
        )

    def statement(self) -> str:
        item = self.item
        if item.answer == NA:
            return f"It leaves every sum: {self.names.why_na(item)}."
        if item.level is None:
            return "Not known, so it adds to no score; it widens the range."
        turned = f", which is level {item.level} because the question is reversed" if item.indicator.reverse else ""
        idle = "" if self.trend.weight else " Its trend has no weight for this actor, so it adds nothing."
        return f"Answered {item.answer}{turned}: {self.report.level_names[item.level]}.{idle}"

    def anchor(self, own: Indicator) -> Choice | None:
        answer = self.item.answer
        return Choice(f"chosen by the answer {answer}", own.levels[answer]) if isinstance(answer, int) else None

    def sums(self) -> Iterator[Sum]:
        """What the answer adds to the readiness score and what it still loses, or how far it widens the range."""
        item, trend = self.item, self.trend
        if not item.applies or (item.level is None and not trend.counted):
            return
        if item.level is None:
            share, rule = self.share([*self.scores.counted], [*trend.applicable])
            name = self.names.of(item.indicator)
            rule = f"{FULL} points from the lowest to the highest level, times {rule}"
            yield total("width", [term(name, item.answer, None, (share, Fraction(1)), FULL)], [], rule)
            return
        share, rule = self.share([trend for trend in self.scores.counted if trend.known], [*trend.known])
        rule = f"{STEP} points a level, times {rule}"
        yield self.climbed("adds", share, range(item.level), rule)
        yield self.climbed("lost", share, range(item.level, TOP), rule)

    def share(self, trends: list[TrendScore], items: list[Item]) -> tuple[Fraction, str]:
        """The share that the indicator has in the whole, and how it is made (SCORING 7)."""
        all_trends = sum((trend.weight for trend in trends), ZERO)
        all_items = sum((item.weight for item in items), ZERO)
        outer, inner = self.trend.weight, self.item.weight
        rule = (
            f"{as_decimal(outer)}/{as_decimal(all_trends)} for the weight of the trend, "
            f"times {as_decimal(inner)}/{as_decimal(all_items)} for that of the indicator in it"
        )
        return (outer / all_trends * inner / all_items if all_trends else ZERO), rule

    def climbed(self, of: Of, share: Fraction, levels: range, rule: str) -> Sum:
        """A term for each level climbed or still to climb."""
        item, names = self.item, self.report.level_names
        _, code, _ = self.names.of(item.indicator)
        steps = ((level + 1, f"{names[level]} to {names[level + 1]}") for level in levels)
        weight = (share, Fraction(1))
        terms = [term((item.id, code, title), item.answer, level, weight, STEP) for level, title in steps]
        return total(of, terms, [], rule)

    def effects(self) -> Iterator[Effect]:
        level, falls = self.item.level, risk_falls(self.scores)[self.item.id]
        for risk in self.scores.risks:
            fall = falls.get(risk.risk.id)
            if level is not None and fall is not None:
                load = Number(risk.load(self.item))
                yield Effect(risk.risk.id, risk.risk.title, load, Number(fall * (TOP - level)), Number(fall))

    def blocked(self) -> Iterator[Priority]:
        blocker, name = trend_blocker(self.scores, self.trend), self.item.id
        if blocker is None or name not in {*blocker.below_gap, *blocker.short}:
            return
        whole = overall_blocker(self.scores)
        also = whole is not None and self.trend.trend.id in {*whole.below_gap, *whole.short}
        alone = "so far below that it alone keeps" if name in blocker.below_gap else "below, and helps to keep"
        level = self.report.level_names[blocker.next]
        rule = f"{alone} {self.trend.trend.title} from {level}" + (
            ", which holds back the overall level" if also else ""
        )
        yield Priority("blockers", None, len(blocker.below_gap) + len(blocker.short), None, rule)

    def best_value(self) -> Iterator[Priority]:
        steps = best_value(self.scores)
        for rank, step in enumerate(steps, 1):
            if step.item.id == self.item.id:
                first = f"; {listing(step.blocked_by)} must come first" if step.blocked_by else ""
                rule = f"{as_text(step.gain, 2)} gained for {as_decimal(step.effort)}{first}"
                yield Priority("best_value", rank, len(steps), Number(step.value), rule)

    def find_out(self) -> Iterator[Priority]:
        unknown = find_out(self.scores)
        for rank, entry in enumerate(unknown, 1):
            if entry.item.id == self.item.id:
                rule = "by the points that it adds to the width of the range"
                yield Priority("find_out", rank, len(unknown), Number(entry.width), rule)
