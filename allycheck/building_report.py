"""Scores -> Report: every number rounded once, and the actor's words chosen by single answers (method 7)."""

from fractions import Fraction

from allycheck.answers import Answers
from allycheck.language import _, pgettext
from allycheck.numbers import Number, as_percent, as_text, as_text_within, exact, number
from allycheck.priorities import (
    Blocker,
    NextStep,
    Unknown,
    best_value,
    build_on,
    contributions,
    find_out,
    level_points,
    next_steps,
    overall_blocker,
    steps_of_trend,
    strengths,
    trend_blocker,
    weaknesses,
)
from allycheck.questionnaire import (
    STRONG,
    Actor,
    ActorRisk,
    ActorTrend,
    Indicator,
    Mitigation,
    Questionnaire,
)
from allycheck.report import (
    BestValue,
    BlockerReport,
    Blockers,
    Contradiction,
    Driver,
    FindOut,
    First,
    GateReport,
    IndicatorReport,
    Level,
    MitigationReport,
    NextStepReport,
    OverallReport,
    PillarReport,
    Priorities,
    Report,
    RiskReport,
    Robustness,
    TrendReport,
    head,
    left_out,
)
from allycheck.scoring import (
    STEP,
    ZERO,
    Item,
    Measure,
    PillarScore,
    RiskScore,
    Scores,
    TrendScore,
    published,
    score_band,
)
from allycheck.text import bracketed, clean, listing

NAMED = 3
"""How many unknowns a headline names."""


def build_report(
    scores: Scores,
    answers: Answers,
    *,
    first: First | None = None,
    consistency: list[Contradiction] | None = None,
    robustness: Robustness | None = None,
    gates: list[GateReport] | None = None,
) -> Report:
    """The whole report of one scored answers file; what was not computed stays None.

    `allycheck.analysis.whole_report` computes what every command shows and calls this.
    """
    return _Builder(scores, answers).report(first, consistency, robustness, gates)


class _Builder:
    """What all parts of one report share: the scores, the actor and its words."""

    def __init__(self, scores: Scores, answers: Answers) -> None:
        self.scores, self.answers = scores, answers
        self.questionnaire: Questionnaire = scores.questionnaire
        self.actor: Actor = self.questionnaire.actor_types[scores.actor]
        self.names = [level.name for level in self.questionnaire.level_names]
        self.items = {item.id: item for item in scores.items}
        points = level_points(scores)
        self.points = contributions(scores, points)
        self.steps = next_steps(scores, points)
        self.strongest = build_on(scores, points)
        self.unknown = find_out(scores)

    def report(
        self,
        first: First | None,
        consistency: list[Contradiction] | None,
        robustness: Robustness | None,
        gates: list[GateReport] | None,
    ) -> Report:
        answers, questionnaire, method = self.answers, self.questionnaire, self.questionnaire.method
        return Report(
            **head(questionnaire),
            organisation=clean(answers.organisation),
            actor=self.actor.id or None,
            form=self.scores.form,
            date=answers.date,
            overall=self.overall(),
            trends=[self.trend(trend) for trend in self.scores.trends],
            pillars=[self.pillar(pillar) for pillar in self.scores.pillars],
            risks=[self.risk(risk) for risk in self.scores.risks],
            priorities=self.priorities(first),
            consistency=consistency,
            robustness=robustness,
            gates=gates,
            actor_title=self.actor.title,
            charge=self.actor.charge,
            alliances=[name for name in map(clean, answers.alliances) if name],
            respondent=clean(answers.respondent),
            respondents=answers.respondents,
            note=clean(answers.note),
            instructions=questionnaire.instructions,
            level_names=self.names,
            score_bands=[Number(limit) for limit in method.score_bands],
            exposure_bands=[Number(limit) for limit in method.exposure_bands],
            coverage_needed=Number(method.coverage),
            benchmark=None,
            out_of_scope=left_out(answers, questionnaire),
        )

    def level(self, value: int | None) -> Level | None:
        return None if value is None else Level(value, self.names[value])

    def overall(self) -> OverallReport:
        overall = self.scores.overall
        measure, counts = overall.measure, overall.counts
        own = self.questionnaire.level_names[overall.level or 0].id
        sentence = self.actor.overall.get(own, "") if measure.published else ""
        return OverallReport(
            score=number(published(measure)),
            low=number(measure.low),
            high=number(measure.high),
            published=measure.published,
            coverage=number(measure.coverage),
            level=self.level(overall.level),
            possible_level=self.level(overall.possible_level),
            answered=counts.answered,
            unknown=counts.unknown,
            unanswered=counts.unanswered,
            not_applicable=counts.not_applicable,
            headline=self.headline(),
            sentence=sentence or None,
        )

    def headline(self) -> str:
        overall, measure, method = self.scores.overall, self.scores.overall.measure, self.questionnaire.method
        if measure.coverage is None or measure.low is None or measure.high is None:
            return _("Nothing applicable, so there is nothing to score.")
        return self._headline(measure, answered=bool(overall.counts.answered)).format(
            names=listing(self._to_find_out()),
            share=as_percent(as_text_within(100 * measure.coverage, [100 * method.coverage, Fraction(100)], 0)),
            needed=as_percent(as_text(100 * method.coverage, 0)),
            extent=pgettext("numbers", "{low} to {high}").format(low=as_text(measure.low), high=as_text(measure.high)),
            level=self.names[overall.level or 0],
            points="" if measure.score is None else as_text_within(measure.score, method.score_bands),
        )

    def _headline(self, measure: Measure, *, answered: bool) -> str:
        """The sentence for what is known, with its places."""
        if not answered:
            return _("Nothing answered yet; find out first: {names}.") if self.unknown else _("Nothing answered yet.")
        if not measure.published or measure.score is None:
            return (
                _(
                    "Too little is known for a score: {share} of what counts is known, {needed} is needed. So far at "
                    "least {level}, range {extent}, self-assessed; find out first: {names}."
                )
                if self.unknown
                else _(
                    "Too little is known for a score: {share} of what counts is known, {needed} is needed. So far at "
                    "least {level}, range {extent}, self-assessed."
                )
            )
        if measure.coverage is not None and measure.coverage < 1:
            return _("{level}: {points} of 100, range {extent}, {share} of what counts is known, self-assessed.")
        return _("{level}: {points} of 100, self-assessed.")

    def _to_find_out(self) -> list[str]:
        items = [self.questionnaire.tailored(entry.item.indicator, self.actor.id) for entry in self.unknown[:NAMED]]
        return [bracketed(item.code, "" if item.name == item.code else item.name) for item in items]

    def trend(self, scored: TrendScore) -> TrendReport:
        trend, measure, counts = scored.trend, scored.measure, scored.counts
        words = self.actor.trends.get(trend.id, ActorTrend())
        return TrendReport(
            id=trend.id,
            title=trend.title,
            score=number(published(measure)),
            low=number(measure.low),
            high=number(measure.high),
            published=measure.published,
            coverage=number(measure.coverage),
            level=self.level(scored.level),
            possible_level=self.level(scored.possible_level),
            band=score_band(measure, self.questionnaire.method),
            weight=Number(scored.weight),
            answered=counts.answered,
            unknown=counts.unknown,
            unanswered=counts.unanswered,
            not_applicable=counts.not_applicable,
            flags=[_("based on a minority")] if scored.minority else [],
            implication=trend.implication,
            stake=words.stake,
            weaknesses=[item.id for item in weaknesses(scored)],
            strengths=[item.id for item in strengths(scored)],
            next=[step.item.id for step in steps_of_trend(self.scores, scored, self.steps)],
            indicators=[self.indicator(item) for item in scored.items],
            subject=trend.subject,
            construct=trend.construct_,
            why=trend.why,
        )

    def indicator(self, item: Item) -> IndicatorReport:
        own: Indicator = self.questionnaire.tailored(item.indicator, self.actor.id)
        answer, points = self.answers.to(item.id), self.points[item.id]
        return IndicatorReport(
            id=item.id,
            code=own.code,
            answer=item.answer,
            level=item.level,
            weight=Number(item.weight),
            lost=number(points.lost),
            gain=number(points.gain),
            name=own.name,
            ask=own.ask,
            levels=own.levels[::-1] if own.reverse else own.levels,
            evidence_wanted=own.evidence,
            requires=own.requires,
            reason=clean(answer.reason),
            evidence=clean(answer.evidence),
            comment=clean(answer.comment),
            meaning=self.questionnaire.meaning(own, self.actor.id, item.level),
            next_step=self.next_step(item.id),
            source=own.source,
        )

    def next_step(self, name: str) -> NextStepReport | None:
        step = self.steps.get(name)
        if step is None:
            return None
        texts = self.questionnaire.step_texts(step.item.indicator, self.actor.id, range(step.from_, step.to))
        return NextStepReport(step.to, texts, Number(step.effort), step.within)

    def pillar(self, scored: PillarScore) -> PillarReport:
        pillar, measure = scored.pillar, scored.measure
        return PillarReport(
            id=pillar.id,
            title=pillar.title,
            score=number(published(measure)),
            low=number(measure.low),
            high=number(measure.high),
            published=measure.published,
            coverage=number(measure.coverage),
            band=score_band(measure, self.questionnaire.method),
            meaning=pillar.meaning,
        )

    def risk(self, scored: RiskScore) -> RiskReport:
        risk, measure = scored.risk, scored.measure
        words = self.actor.risks.get(risk.id, ActorRisk())
        method = self.questionnaire.method
        band = scored.band(method)
        return RiskReport(
            id=risk.id,
            title=risk.title,
            exposure=number(published(measure)),
            low=number(measure.low),
            high=number(measure.high),
            band=band,
            possible_bands=scored.possible_bands(method),
            shows_up=words.shows_up,
            text=getattr(words, band) or None if band else None,
            warning_signs=words.warning_signs,
            holes=[item.id for item in scored.holes],
            possible_holes=[item.id for item in scored.possible_holes],
            mitigations=[MitigationReport(one.do, one.for_) for one in words.mitigations if self.is_missing(one)],
            drivers=_drivers(scored),
            published=measure.published,
            coverage=number(measure.coverage),
            meaning=risk.meaning,
            causes=risk.causes,
            example=risk.example,
        )

    def is_missing(self, mitigation: Mitigation) -> bool:
        """Whether a protection is not in place yet: nothing is said of what is not known or does not apply."""
        if mitigation.for_ is None:
            return True
        item = self.items.get(mitigation.for_)
        return item is not None and item.level is not None and item.level < STRONG

    def priorities(self, first: First | None) -> Priorities:
        scores = self.scores
        return Priorities(
            first=first.steps if first else None,
            next_level=first.next_level if first else None,
            blockers=Blockers(
                _blocker(overall_blocker(scores)), [_blocker(trend_blocker(scores, trend)) for trend in scores.trends]
            ),
            best_value=[_best_value(step) for step in best_value(scores, self.steps)],
            find_out=[_find_out(entry) for entry in self.unknown],
            build_on=[item.id for item in self.strongest],
        )


def _drivers(scored: RiskScore) -> list[Driver]:
    known = [item for item in scored.items if item.known]
    whole = sum((scored.load(item) for item in known), ZERO)
    shares = [(item, STEP * scored.load(item) * (4 - (item.level or 0)) / whole) for item in known]
    return [
        Driver(item.id, item.indicator.code, item.level or 0, Number(scored.load(item)), Number(share))
        for item, share in sorted(shares, key=lambda pair: -pair[1])
    ]


def _blocker(blocker: Blocker | None) -> BlockerReport | None:
    if blocker is None:
        return None
    return BlockerReport(
        blocker.id, blocker.level, blocker.next, Number(blocker.share), Number(blocker.needed),
        list(blocker.below_gap), list(blocker.short), list(blocker.unknown),
    )  # fmt: skip


def _best_value(step: NextStep) -> BestValue:
    return BestValue(
        step.item.id, step.item.indicator.code, step.from_, step.to,
        Number(step.gain), Number(step.effort), Number(step.value),
        {risk: Number(fall) for risk, fall in step.risks.items()}, list(step.blocked_by),
    )  # fmt: skip


def _find_out(entry: Unknown) -> FindOut:
    return FindOut(entry.item.id, entry.item.indicator.code, Number(entry.width))


def weakest_first(trends: list[TrendReport]) -> list[TrendReport]:
    """The published trends by score, then the others by the low end of their range; ties in catalogue order.

    Trends of which nothing applies are left out.
    """
    known = [trend for trend in trends if trend.low is not None]
    return sorted(known, key=lambda trend: (not trend.published, _standing(trend)))


def _standing(trend: TrendReport) -> Fraction:
    return exact((trend.score if trend.published else trend.low) or 0.0)
