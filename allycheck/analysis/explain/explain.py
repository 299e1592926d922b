"""Where every number comes from: its sum, what is left out and why, and the sentence that it selected."""

from collections.abc import Iterator
from fractions import Fraction

from allycheck.analysis.explain.result import (
    Choice,
    Effect,
    Explained,
    Explanation,
    Hole,
    Kind,
    Ladder,
    Of,
    Part,
    Priority,
    Rung,
    Safeguards,
    Sum,
)
from allycheck.analysis.explain.sums import Names, overall_sums, pillar_sums, risk_sums, term, total, trend_sums
from allycheck.answers import NA, Answers
from allycheck.errors import UsageError
from allycheck.language import _, pgettext
from allycheck.numbers import Number, as_decimal, as_percent, as_text, as_text_within, exact
from allycheck.priorities import best_value, find_out, overall_blocker, risk_falls, trend_blocker
from allycheck.questionnaire import LEVELS, TOP, ExposureBand, Indicator
from allycheck.report import Level, OverallReport, PillarReport, Report, RiskReport, TrendReport
from allycheck.scoring import FULL, OVERALL, STEP, ZERO, Item, RiskScore, Scores, TrendScore, exposure_band, share_at
from allycheck.text import hint, label, listing, printable, sentences

LEVEL = "level"


def explain(scores: Scores, answers: Answers, report: Report, name: str | None = None) -> Explained:
    """The number with this id or code, or the overall score with all trends.

    `report` is that of the same scores. Raises UsageError for an unknown id, with the nearest known one.
    """
    explainer = _Explainer(scores, answers, report)
    wanted = [OVERALL, *(trend.id for trend in report.trends)] if name is None else [explainer.known(name)]
    return Explained(
        report.schema_version, report.tool, report.questionnaire,
        report.organisation, report.actor, report.form, report.date, report.level_names,
        [explainer.explained(entry) for entry in wanted],
    )  # fmt: skip


class _Explainer:
    """The scores and the report of one answers file, each part by its id."""

    def __init__(self, scores: Scores, answers: Answers, report: Report) -> None:
        self.scores, self.report = scores, report
        self.names = Names(scores, answers)
        self.trends = {trend.trend.id: (trend, told) for trend, told in zip(scores.trends, report.trends, strict=True)}
        self.pillars = {
            pillar.pillar.id: (pillar, told) for pillar, told in zip(scores.pillars, report.pillars, strict=True)
        }
        self.risks = {risk.risk.id: (risk, told) for risk, told in zip(scores.risks, report.risks, strict=True)}

    def known(self, name: str) -> str:
        """The id that is meant by an id or by a code, whose case does not matter."""
        questionnaire = self.scores.questionnaire
        ids = [
            OVERALL, LEVEL, *self.trends, *self.pillars, *self.risks, *questionnaire.indicators,
            *(entry.id for entry in questionnaire.retired),
        ]  # fmt: skip
        if name in ids:
            return name
        if item := questionnaire.indicator_named(name):
            return item.id
        known = [*ids, *(item.code for item in questionnaire.indicators.values())]
        meant = hint(name, known, _("use overall, level, or the id of a trend, pillar, risk or indicator"))
        what = _("nothing to explain is called {name}")
        raise UsageError(what.format(name=printable(name)[:40]), hint=meant)

    def explained(self, name: str) -> Explanation:
        """The explanation of a known id."""
        if name in {OVERALL, LEVEL}:
            return self.overall(name)
        if name in self.trends:
            return self.trend(*self.trends[name])
        if name in self.pillars:
            pillar, told = self.pillars[name]
            return self.group(told, pillar_sums(self.names, pillar))
        if name in self.risks:
            risk, exposure = self.risks[name]
            explanation = self.group(exposure, risk_sums(self.names, risk))
            safeguards = self.safeguards(risk, exposure)
            return explanation._replace(chosen=self.chosen(exposure, safeguards), safeguards=safeguards)
        return _indicator(self.names, self.report, name)

    def overall(self, name: str) -> Explanation:
        told, scores = self.report.overall, self.scores
        method = scores.questionnaire.method
        parts = [(_trend_part(trend), trend.weight) for trend in scores.counted]
        ladder = self.ladder(told, parts, method.overall_share, method.overall_gap)
        chosen = _("chosen by the demonstrated level {level}")
        return Explanation(
            id=name,
            kind="level" if name == LEVEL else "overall",
            title=_("Overall level") if name == LEVEL else _("Overall score"),
            value=told.score if name == OVERALL else told.level.value if told.level else None,
            statement=told.headline,
            sums=[] if name == LEVEL else overall_sums(self.names),
            ladder=ladder,
            chosen=Choice(chosen.format(level=told.level.name), told.sentence)
            if told.level and told.sentence
            else None,
            effects=[],
            priorities=[],
        )

    def trend(self, trend: TrendScore, told: TrendReport) -> Explanation:
        method = self.scores.questionnaire.method
        parts = [
            (Part(*self.names.of(item.indicator), item.level or 0, item.known, 0.0), item.weight)
            for item in trend.applicable
        ]
        explanation = self.group(told, trend_sums(self.names, trend))
        return explanation._replace(ladder=self.ladder(told, parts, method.trend_share, method.trend_gap))

    def group(self, told: TrendReport | PillarReport | RiskReport, sums: list[Sum]) -> Explanation:
        """A trend, pillar or risk and its sums."""
        value = told.exposure if isinstance(told, RiskReport) else told.score
        kind: Kind = "risk" if isinstance(told, RiskReport) else "trend" if isinstance(told, TrendReport) else "pillar"
        return Explanation(
            id=told.id,
            kind=kind,
            title=told.title,
            value=value,
            statement=self.statement(told, value),
            sums=sums,
            ladder=None,
            chosen=None,
            effects=[],
            priorities=[],
        )

    def safeguards(self, risk: RiskScore, told: RiskReport) -> Safeguards:
        """The holes of a risk, and the band that its exposure would have without them."""
        return Safeguards(
            [self.hole(item) for item in risk.holes],
            [self.hole(item) for item in risk.possible_holes],
            exposure_band(risk.measure, self.scores.questionnaire.method, hole=False),
            told.band,
        )

    def hole(self, item: Item) -> Hole:
        told = next(entry for entry in self.trends[item.trend.id][1].indicators if entry.id == item.id)
        return Hole(*self.names.of(item.indicator), item.level, None if item.level is None else told.levels[item.level])

    def statement(self, told: TrendReport | PillarReport | RiskReport, value: float | None) -> str:
        left_out = {trend.id: trend.reason for trend in self.report.out_of_scope}
        if told.id in left_out:
            return _("Left out of scope, so there is no number: {reason}").format(reason=left_out[told.id])
        if told.coverage is None or told.low is None or told.high is None:
            return _("Nothing applicable, so there is no number.")
        low, high = as_text(exact(told.low)), as_text(exact(told.high))
        needed = exact(self.report.coverage_needed)
        share = as_percent(as_text_within(100 * exact(told.coverage), [100 * needed, Fraction(100)], 0))
        if value is None:
            return _(
                "Too little is known to publish it: {share} of what counts, {needed} is needed; range {low} to {high}."
            ).format(share=share, needed=as_percent(as_text(100 * needed, 0)), low=low, high=high)
        words = _statement(told, complete=exact(told.coverage) == 1)
        return words.format(number=as_text_within(exact(value), self.limits(told)), low=low, high=high, share=share)

    def limits(self, told: TrendReport | PillarReport | RiskReport) -> list[Fraction]:
        limits = self.report.exposure_bands if isinstance(told, RiskReport) else self.report.score_bands
        return [exact(limit) for limit in limits]

    def chosen(self, told: RiskReport, safeguards: Safeguards) -> Choice | None:
        """The text that the band selected, which a hole may have raised."""
        if told.band is None or safeguards.average_band is None or not told.text:
            return None
        low, high = (as_decimal(limit) for limit in self.limits(told))
        if told.band != safeguards.average_band:
            words = _(
                "chosen by the band {band}: {average} by the exposure alone, raised because {missing} must not be "
                "missing"
            )
        else:
            words = {
                "low": _("chosen by the band {band}: under {low}"),
                "moderate": _("chosen by the band {band}: {low} to under {high}"),
                "high": _("chosen by the band {band}: {high} and over"),
            }[told.band]
        reason = words.format(
            band=_band(told.band),
            average=_band(safeguards.average_band),
            missing=listing(hole.code for hole in safeguards.holes),
            low=low,
            high=high,
        )
        return Choice(reason, told.text)

    def ladder(
        self, told: OverallReport | TrendReport, parts: list[tuple[Part, Fraction]], share: Fraction, gap: int
    ) -> Ladder | None:
        if told.level is None or told.possible_level is None:
            return None
        whole = sum((weight for _, weight in parts), ZERO)
        pairs = [(weight, part.level) for part, weight in parts]
        rungs = []
        for level in range(LEVELS):
            too_low = [part.id for part, _ in parts if part.level < level - gap]
            at_or_above = share_at(pairs, level)
            reached = level == 0 or (at_or_above >= share and not too_low)
            rungs.append(Rung(self.level(level), Number(at_or_above), too_low, reached))
        listed = [part._replace(share=Number(weight / whole)) for part, weight in parts]
        return Ladder(told.level, told.possible_level, Number(share), gap, rungs, listed)

    def level(self, value: int) -> Level:
        return Level(value, self.report.level_names[value])


def _statement(told: TrendReport | PillarReport | RiskReport, *, complete: bool) -> str:
    if isinstance(told, RiskReport):
        return (
            _("Exposure {number} of 100.")
            if complete
            else _("Exposure {number} of 100, range {low} to {high}, {share} of what counts is known.")
        )
    return (
        _("Score {number} of 100.")
        if complete
        else _("Score {number} of 100, range {low} to {high}, {share} of what counts is known.")
    )


def _band(band: ExposureBand) -> str:
    return {
        "low": pgettext("exposure", "low"),
        "moderate": pgettext("exposure", "moderate"),
        "high": pgettext("exposure", "high"),
    }[band]


def _trend_part(trend: TrendScore) -> Part:
    name = trend.trend.id
    return Part(name, name, trend.trend.title, trend.level or 0, trend.measure.coverage == 1, 0.0)


def _indicator(names: Names, report: Report, name: str) -> Explanation:
    """An indicator of the questionnaire, in scope or not, or a retired one."""
    found = names.questionnaire.indicators.get(name)
    if found is None:
        return _bare(name, name, _("Retired: an answer is kept and not scored."))._replace(kind="retired")
    own = names.questionnaire.tailored(found, names.scores.actor)
    title = label(own)
    item = next((item for item in names.scores.items if item.id == name), None)
    if item is None:
        return _bare(name, title, _("Out of scope: {why}.").format(why=names.why_outside(found)))
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
        trend = next(trend for trend in self.report.trends if trend.id == self.trend.trend.id)
        told = next(entry for entry in trend.indicators if entry.id == self.item.id)
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
            meaning=told.meaning,
            next_step=told.next_step,
        )

    def statement(self) -> str:
        item = self.item
        if item.answer == NA:
            return _("It leaves every sum: {why}.").format(why=self.names.why_na(item))
        if item.level is None:
            return _("Not known, so it adds to no score; it widens the range.")
        words = (
            _("Answered {answer}, which is level {level} because the question is reversed: {name}.")
            if item.indicator.reverse
            else _("Answered {answer}: {name}.")
        )
        answered = words.format(answer=item.answer, level=item.level, name=self.report.level_names[item.level])
        idle = "" if self.trend.weight else _("Its trend has no weight for this actor, so it adds nothing.")
        return sentences([answered, idle])

    def anchor(self, own: Indicator) -> Choice | None:
        answer = self.item.answer
        reason = _("chosen by the answer {answer}").format(answer=answer)
        return Choice(reason, own.levels[answer]) if isinstance(answer, int) else None

    def sums(self) -> Iterator[Sum]:
        """What the answer adds to the readiness score and what it still loses, or how far it widens the range."""
        item, trend = self.item, self.trend
        if not item.applies or (item.level is None and not trend.counted):
            return
        if item.level is None:
            share, weights = self.share([*self.scores.counted], [*trend.applicable])
            name = self.names.of(item.indicator)
            rule = _("{number} points from the lowest to the highest level, times {share}").format(
                number=FULL, share=weights
            )
            yield total("width", [term(name, item.answer, None, (share, Fraction(1)), FULL)], [], rule)
            return
        share, weights = self.share([trend for trend in self.scores.counted if trend.known], [*trend.known])
        rule = _("{number} points a level, times {share}").format(number=STEP, share=weights)
        yield self.climbed("adds", share, range(item.level), rule)
        yield self.climbed("lost", share, range(item.level, TOP), rule)

    def share(self, trends: list[TrendScore], items: list[Item]) -> tuple[Fraction, str]:
        """The share that the indicator has in the whole, and how it is made (method 7)."""
        all_trends = sum((trend.weight for trend in trends), ZERO)
        all_items = sum((item.weight for item in items), ZERO)
        outer, inner = self.trend.weight, self.item.weight
        rule = _("{trend} for the weight of the trend, times {indicator} for that of the indicator in it").format(
            trend=f"{as_decimal(outer)}/{as_decimal(all_trends)}",
            indicator=f"{as_decimal(inner)}/{as_decimal(all_items)}",
        )
        return (outer / all_trends * inner / all_items if all_trends else ZERO), rule

    def climbed(self, of: Of, share: Fraction, levels: range, rule: str) -> Sum:
        """A term for each level climbed or still to climb."""
        item, names = self.item, self.report.level_names
        code = self.names.of(item.indicator)[1]
        climb = pgettext("levels", "{now} to {then}")
        steps = ((level + 1, climb.format(now=names[level], then=names[level + 1])) for level in levels)
        weight = (share, Fraction(1))
        terms = [term((item.id, code, title), item.answer, level, weight, STEP) for level, title in steps]
        return total(of, terms, [], rule)

    def effects(self) -> Iterator[Effect]:
        level, falls = self.item.level, risk_falls(self.scores)[self.item.id]
        for risk in self.scores.risks:
            fall = falls.get(risk.risk.id)
            if level is not None and fall is not None:
                load, climbed = Number(risk.load(self.item)), self.climbed_next(level)
                yield Effect(risk.risk.id, risk.risk.title, load, Number(fall * (TOP - level)), Number(fall * climbed))

    def climbed_next(self, level: int) -> int:
        """How many levels the next step climbs; none from the top."""
        return self.scores.questionnaire.next_aim(level) - level if level < TOP else 0

    def blocked(self) -> Iterator[Priority]:
        blocker, name = trend_blocker(self.scores, self.trend), self.item.id
        if blocker is None or name not in {*blocker.below_gap, *blocker.short}:
            return
        whole = overall_blocker(self.scores)
        also = whole is not None and self.trend.trend.id in {*whole.below_gap, *whole.short}
        words = _blocks_alone(also=also) if name in blocker.below_gap else _helps_to_block(also=also)
        rule = words.format(trend=self.trend.trend.title, level=self.report.level_names[blocker.next])
        yield Priority("blockers", None, len(blocker.below_gap) + len(blocker.short), None, rule)

    def best_value(self) -> Iterator[Priority]:
        steps = best_value(self.scores)
        for rank, step in enumerate(steps, 1):
            if step.item.id == self.item.id:
                words = (
                    _("{gain} gained for {effort}; {first} must come first")
                    if step.blocked_by
                    else _("{gain} gained for {effort}")
                )
                rule = words.format(
                    gain=as_text(step.gain, 2), effort=as_decimal(step.effort), first=listing(step.blocked_by)
                )
                yield Priority("best_value", rank, len(steps), Number(step.value), rule)

    def find_out(self) -> Iterator[Priority]:
        unknown = find_out(self.scores)
        for rank, entry in enumerate(unknown, 1):
            if entry.item.id == self.item.id:
                rule = _("by the points that it adds to the width of the range")
                yield Priority("find_out", rank, len(unknown), Number(entry.width), rule)


def _blocks_alone(*, also: bool) -> str:
    if also:
        return _("so far below that it alone keeps {trend} from {level}, which holds back the overall level")
    return _("so far below that it alone keeps {trend} from {level}")


def _helps_to_block(*, also: bool) -> str:
    if also:
        return _("below, and helps to keep {trend} from {level}, which holds back the overall level")
    return _("below, and helps to keep {trend} from {level}")
