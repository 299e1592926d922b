"""Scores -> Report: every number rounded once, and the actor's words chosen by them (method 7)."""

from fractions import Fraction

from allycheck.answers import Answers
from allycheck.numbers import Number, as_text, as_text_within, exact, number
from allycheck.priorities import (
    Blocker,
    Contribution,
    NextStep,
    Unknown,
    best_value,
    contributions,
    find_out,
    overall_blocker,
    trend_blocker,
)
from allycheck.questionnaire import (
    Actor,
    ActorRisk,
    ActorTrend,
    Indicator,
    Questionnaire,
)
from allycheck.report import (
    AgendaItem,
    BestValue,
    BlockerReport,
    Blockers,
    Contradiction,
    Driver,
    FindOut,
    GateReport,
    IndicatorReport,
    Level,
    OverallReport,
    PillarReport,
    Priorities,
    Report,
    RiskReport,
    Robustness,
    StepReport,
    Strength,
    TrendReport,
    head,
)
from allycheck.scoring import (
    STEP,
    ZERO,
    Item,
    PillarScore,
    RiskScore,
    Scores,
    TrendScore,
    exposure_band,
    possible_exposure_bands,
    published,
    score_band,
)
from allycheck.text import clean, listing

MINORITY = "based on a minority"
WITHIN = ("30d", "90d", "1y")
WEAKEST = 3
STRONGEST = 3
STRONG_LEVEL = 3
NAMED = 3
"""How many unknowns a headline names."""


def build_report(
    scores: Scores,
    answers: Answers,
    *,
    consistency: list[Contradiction] | None = None,
    robustness: Robustness | None = None,
    gates: list[GateReport] | None = None,
) -> Report:
    """The whole report of one scored answers file; what was not computed stays None."""
    return _Builder(scores, answers).report(consistency, robustness, gates)


class _Builder:
    """What all parts of one report share: the scores, the actor and its words."""

    def __init__(self, scores: Scores, answers: Answers) -> None:
        self.scores, self.answers = scores, answers
        self.questionnaire: Questionnaire = scores.questionnaire
        self.actor: Actor = self.questionnaire.actor_types[scores.actor]
        self.names = [level.name for level in self.questionnaire.level_names]
        self.points = contributions(scores)
        self.unknown = find_out(scores)

    def report(
        self,
        consistency: list[Contradiction] | None,
        robustness: Robustness | None,
        gates: list[GateReport] | None,
    ) -> Report:
        answers, questionnaire, method = self.answers, self.questionnaire, self.questionnaire.method
        trends = [self.trend(trend) for trend in self.scores.trends]
        return Report(
            **head(questionnaire),
            organisation=clean(answers.organisation),
            actor=self.actor.id or None,
            form=self.scores.form,
            date=answers.date,
            overall=self.overall(),
            trends=trends,
            pillars=[self.pillar(pillar) for pillar in self.scores.pillars],
            risks=[self.risk(risk) for risk in self.scores.risks],
            priorities=self.priorities(),
            consistency=consistency,
            robustness=robustness,
            gates=gates,
            actor_title=self.actor.title,
            charge=self.say(self.actor.charge),
            alliances=[name for name in map(clean, answers.alliances) if name],
            respondent=clean(answers.respondent),
            respondents=answers.respondents,
            note=clean(answers.note),
            instructions=self.say(questionnaire.instructions),
            level_names=self.names,
            score_bands=[Number(limit) for limit in method.score_bands],
            exposure_bands=[Number(limit) for limit in method.exposure_bands],
            coverage_needed=Number(method.coverage),
            strengths=self.strengths(),
            agenda=_agenda(trends),
        )

    def say(self, text: str) -> str:
        """The text in the actor's words."""
        return self.questionnaire.fill(text, self.actor.id)

    def level(self, value: int | None) -> Level | None:
        return None if value is None else Level(value, self.names[value])

    def overall(self) -> OverallReport:
        overall = self.scores.overall
        measure, counts = overall.measure, overall.counts
        own = self.questionnaire.level_names[overall.level or 0].id
        sentence = self.say(self.actor.overall.get(own, "")) if measure.published else ""
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
        overall, measure = self.scores.overall, self.scores.overall.measure
        if measure.coverage is None or measure.low is None or measure.high is None:
            return "Nothing applicable, so there is nothing to score."
        if not overall.counts.answered:
            return f"Nothing answered yet{self._to_find_out()}."
        share = as_text_within(100 * measure.coverage, [100 * self.questionnaire.method.coverage, Fraction(100)], 0)
        extent = f"range {as_text(measure.low)} to {as_text(measure.high)}"
        level = self.names[overall.level or 0]
        if not measure.published or measure.score is None:
            needed = as_text(100 * self.questionnaire.method.coverage, 0)
            return (
                f"Too little is known for a score: {share}% of what counts is known, {needed}% is needed. "
                f"So far at least {level}, {extent}, self-assessed{self._to_find_out()}."
            )
        score = as_text_within(measure.score, self.questionnaire.method.score_bands)
        known = f", {extent}, {share}% of what counts is known" if measure.coverage < 1 else ""
        return f"{level}: {score} of 100{known}, self-assessed."

    def _to_find_out(self) -> str:
        items = [self.questionnaire.tailored(entry.item.indicator, self.actor.id) for entry in self.unknown[:NAMED]]
        names = [item.code if item.name == item.code else f"{item.code} ({item.name})" for item in items]
        return f"; find out first: {listing(names)}" if names else ""

    def trend(self, scored: TrendScore) -> TrendReport:
        trend, measure, counts = scored.trend, scored.measure, scored.counts
        words = self.actor.trends.get(trend.id, ActorTrend())
        band = score_band(measure, self.questionnaire.method)
        own = getattr(words, band) if band else None
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
            band=band,
            weight=Number(scored.weight),
            answered=counts.answered,
            unknown=counts.unknown,
            unanswered=counts.unanswered,
            not_applicable=counts.not_applicable,
            flags=[MINORITY] if scored.minority else [],
            implication=self.say(trend.implication),
            stake=self.say(words.stake),
            finding=self.say(own.finding) or None if own else None,
            steps=[StepReport(self.say(step.do), step.within, step.effort) for step in own.steps] if own else [],
            indicators=[self.indicator(item) for item in scored.items],
            subject=self.say(trend.subject),
            construct=self.say(trend.construct_),
            why=self.say(trend.why),
        )

    def indicator(self, item: Item) -> IndicatorReport:
        own: Indicator = self.questionnaire.tailored(item.indicator, self.actor.id)
        answer, points = self.answers.to(item.id), self.points.get(item.id, Contribution(None, None))
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
            step=own.step,
            requires=own.requires,
            reason=clean(answer.reason),
            evidence=clean(answer.evidence),
            comment=clean(answer.comment),
            source=own.source,
        )

    def pillar(self, scored: PillarScore) -> PillarReport:
        pillar, measure = scored.pillar, scored.measure
        band = score_band(measure, self.questionnaire.method)
        texts = {"low": pillar.weak, "middle": pillar.meaning, "high": pillar.strong}
        return PillarReport(
            id=pillar.id,
            title=pillar.title,
            score=number(published(measure)),
            low=number(measure.low),
            high=number(measure.high),
            published=measure.published,
            coverage=number(measure.coverage),
            band=band,
            text=self.say(texts[band]) or None if band else None,
        )

    def risk(self, scored: RiskScore) -> RiskReport:
        risk, measure = scored.risk, scored.measure
        words = self.actor.risks.get(risk.id, ActorRisk())
        method = self.questionnaire.method
        band = exposure_band(measure, method)
        return RiskReport(
            id=risk.id,
            title=risk.title,
            exposure=number(published(measure)),
            low=number(measure.low),
            high=number(measure.high),
            band=band,
            possible_bands=possible_exposure_bands(measure, method),
            shows_up=self.say(words.shows_up),
            text=self.say(getattr(words, band)) or None if band else None,
            warning_signs=[self.say(sign) for sign in words.warning_signs],
            mitigations=[self.say(mitigation) for mitigation in words.mitigations],
            drivers=_drivers(scored),
            published=measure.published,
            coverage=number(measure.coverage),
            meaning=self.say(risk.meaning),
            causes=[self.say(cause) for cause in risk.causes],
            example=self.say(risk.example),
        )

    def priorities(self) -> Priorities:
        scores = self.scores
        return Priorities(
            blockers=Blockers(
                _blocker(overall_blocker(scores)), [_blocker(trend_blocker(scores, trend)) for trend in scores.trends]
            ),
            best_value=[_best_value(step) for step in best_value(scores)],
            find_out=[_find_out(entry) for entry in self.unknown],
        )

    def strengths(self) -> list[Strength]:
        method = self.questionnaire.method
        strong = [trend for trend in self.scores.trends if score_band(trend.measure, method) == "high"]
        return [
            Strength(
                trend.trend.id,
                Number(_score_of(trend)),
                [item.id for item in trend.known if item.level is not None and item.level >= STRONG_LEVEL],
            )
            for trend in sorted(strong, key=lambda trend: -_score_of(trend))[:STRONGEST]
        ]


def _score_of(trend: TrendScore) -> Fraction:
    return trend.measure.score or ZERO


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
        step.item.id, step.item.indicator.code, step.to - 1, step.to,
        Number(step.gain), Number(step.effort), Number(step.value),
        {risk: Number(fall) for risk, fall in step.risks.items()}, list(step.blocked_by),
    )  # fmt: skip


def _find_out(entry: Unknown) -> FindOut:
    return FindOut(entry.item.id, entry.item.indicator.code, Number(entry.width))


def _agenda(trends: list[TrendReport]) -> list[AgendaItem]:
    """The steps of the three lowest published trends, by when they are due."""
    weakest = weakest_first(trends)[:WEAKEST]
    steps = [AgendaItem(step.within, trend.id, step.do, step.effort) for trend in weakest for step in trend.steps]
    return sorted(steps, key=lambda step: WITHIN.index(step.within))


def weakest_first(trends: list[TrendReport]) -> list[TrendReport]:
    """The published trends from the lowest exact score up; ties in catalogue order."""
    return sorted((trend for trend in trends if trend.published), key=lambda trend: exact(trend.score or 0.0))
