"""Several organisations as one alliance: what they can carry together and where they break (method 13)."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from allycheck.analysis.coalition.burdens import burdens, diligence, gaps
from allycheck.analysis.coalition.pooling import (
    Member,
    Pool,
    PooledItem,
    PooledRisk,
    PooledTrend,
    Weights,
    joint_weights,
    members_of,
    overall_without,
    pool,
)
from allycheck.analysis.coalition.result import (
    Agreement,
    Coalition,
    JointIndicator,
    JointRisk,
    JointScore,
    JointTrend,
    MemberAnswer,
    MemberReport,
    MemberScore,
    ScenarioReadiness,
)
from allycheck.analysis.stress import readiness
from allycheck.language import _
from allycheck.numbers import Number, number
from allycheck.questionnaire import DEFAULT, TOP, Questionnaire, Scenario
from allycheck.report import head
from allycheck.scored import Scored
from allycheck.scoring import ZERO, Measure, exposure_band, possible_exposure_bands, published, score_band
from allycheck.text import clean, listing

DRIVERS = 5
"""How many indicators are named as feeding a risk."""
PROVIDES = 3
"""The level from which on one member can provide for all (method 13)."""
AGREEMENTS = 10
"""How many agreements are worth writing down first."""


class _Joint(NamedTuple):
    """What all parts of a coalition's result are told from. `points` is what one level of an indicator is worth."""

    questionnaire: Questionnaire
    members: list[Member]
    weights: Weights
    pool: Pool
    points: dict[str, Fraction]
    detail: bool

    @property
    def actors(self) -> list[str]:
        """The actor types among the members, in the order of the questionnaire: no order of files changes a word."""
        among = {member.sheet.scores.actor for member in self.members}
        return [actor for actor in self.questionnaire.actor_types if actor in among]

    def lost(self, item: PooledItem) -> Fraction:
        """The points that an indicator costs the coalition's score."""
        value = item.value
        return ZERO if value is None else self.points.get(item.id, ZERO) * (TOP - value)

    def guarded(self, item: PooledItem) -> Fraction:
        """The points that would go if its one provider's answer fell away."""
        levels = sorted(member.level or 0 for member in item.known)
        return self.points.get(item.id, ZERO) * (levels[-1] - (levels[-2] if len(levels) > 1 else 0))

    def told(self, value: Fraction | None) -> Number | None:
        """A number that would tell a single answer: only with details."""
        return number(value) if self.detail else None


def coalition(
    sheets: Sequence[Scored], *, sizes: Mapping[str, Fraction] | None = None, detail: bool = False
) -> Coalition:
    """One alliance of several organisations; `sizes` by organisation, 1 where none is given.

    Raises AllycheckError for sheets of other questionnaires and for an organisation that stands there twice, and
    UsageError for sizes that fit nobody.
    """
    members = members_of(sheets, sizes or {})
    weights = joint_weights(members)
    whole = pool(members, weights)
    joint = _Joint(sheets[0].questionnaire, members, weights, whole, whole.points(), detail)
    method = joint.questionnaire.method
    summed = pool(members, weights, all_summed=True).overall
    ranked = sorted((item for item in whole.items if joint.lost(item)), key=lambda item: -joint.lost(item))
    indicators = [_indicator(joint, item) for item in whole.items]
    return Coalition(
        **head(joint.questionnaire),
        members=[_member(joint, member) for member in members],
        overall=_overall(joint),
        trends=[_trend(joint, trend) for trend in whole.trends],
        risks=[_risk(joint, risk) for risk in whole.risks],
        if_all_summed=number(published(summed)),
        pooling_effect=number(_difference(whole.overall, summed)),
        indicators=indicators,
        weakest_links=[item.id for item in ranked if item.aggregation == "weakest-link"],
        single_points=_single_points(joint),
        gaps=gaps(members, whole, method.score_bands[0]),
        burdens=burdens(members, whole),
        scenarios=[_readiness(joint, scenario) for scenario in joint.questionnaire.scenarios],
        agreements=[_agreement(joint, item) for item in ranked[:AGREEMENTS]],
        diligence=diligence(members, whole, method.score_bands[0]),
        detail=detail,
        notes=_notes(joint),
        score_bands=[Number(limit) for limit in method.score_bands],
        exposure_bands=[Number(limit) for limit in method.exposure_bands],
        coverage_needed=Number(method.coverage),
    )


def _member(joint: _Joint, member: Member) -> MemberReport:
    """A member, and the coalition without it: the others pooled with the weights of all (method 13)."""
    own = member.sheet.scores.overall.measure
    alone = len(joint.members) == 1
    others = None if alone else overall_without(joint.pool, member)
    return MemberReport(
        organisation=member.organisation,
        actor=member.sheet.scores.actor or None,
        size=Number(member.size),
        score=number(published(own)),
        contribution=number(_difference(joint.pool.overall, others)) if others else None,
        without=number(published(others)) if others else None,
        actor_title=joint.questionnaire.actor_types[member.sheet.scores.actor].title,
        form=member.sheet.scores.form,
        low=number(own.low),
        high=number(own.high),
        coverage=number(own.coverage),
        date=clean(member.sheet.answers.date),
    )


def _overall(joint: _Joint) -> JointScore:
    """The score of all together."""
    measure = joint.pool.overall
    return JointScore(
        number(published(measure)), number(measure.low), number(measure.high), number(measure.coverage),
        measure.published, score_band(measure, joint.questionnaire.method),
    )  # fmt: skip


def _difference(one: Measure, other: Measure) -> Fraction | None:
    """One score less another; None unless both are published."""
    first, second = published(one), published(other)
    return None if first is None or second is None else first - second


def _trend(joint: _Joint, scored: PooledTrend) -> JointTrend:
    """One trend of all together beside the members' own."""
    measure, at = scored.measure, joint.questionnaire.trends.index(scored.trend)
    return JointTrend(
        id=scored.trend.id,
        title=scored.trend.title,
        score=number(published(measure)),
        low=number(measure.low),
        high=number(measure.high),
        published=measure.published,
        coverage=number(measure.coverage),
        band=score_band(measure, joint.questionnaire.method),
        weight=Number(scored.weight),
        members=_own(joint, [member.sheet.scores.trends[at].measure for member in joint.members]),
    )


def _own(joint: _Joint, measures: Sequence[Measure]) -> list[MemberScore]:
    pairs = zip(joint.members, measures, strict=True)
    return [MemberScore(member.organisation, number(published(measure))) for member, measure in pairs]


def _risk(joint: _Joint, scored: PooledRisk) -> JointRisk:
    """One risk of all together beside the members' own exposures."""
    risk, measure = scored.risk, scored.measure
    method, at = joint.questionnaire.method, joint.questionnaire.risks.index(scored.risk)
    hole = bool(scored.holes)
    return JointRisk(
        id=risk.id,
        title=risk.title,
        exposure=number(published(measure)),
        low=number(measure.low),
        high=number(measure.high),
        band=exposure_band(measure, method, hole=hole),
        possible_bands=possible_exposure_bands(measure, method, hole=hole, possible_hole=bool(scored.possible_holes)),
        published=measure.published,
        coverage=number(measure.coverage),
        meaning=risk.meaning,
        holes=[item.id for item in scored.holes],
        possible_holes=[item.id for item in scored.possible_holes],
        drivers=_drivers(scored),
        members=_own(joint, [member.sheet.scores.risks[at].measure for member in joint.members]),
    )


def _drivers(scored: PooledRisk) -> list[str]:
    """The indicators that feed the risk most: its load times what is missing to the top."""
    known = [(item, item.value) for item in scored.items]
    fed = [
        (item.indicator.risks[scored.risk.id] * (TOP - value), item.id) for item, value in known if value is not None
    ]
    return [name for share, name in sorted(fed, key=lambda pair: -pair[0]) if share][:DRIVERS]


def _indicator(joint: _Joint, item: PooledItem) -> JointIndicator:
    own = joint.questionnaire.tailored(item.indicator, _wording(joint, item))
    return JointIndicator(
        id=item.id,
        aggregation=item.aggregation,
        value=joint.told(item.value),
        lowest=item.members_at(min),
        highest=item.members_at(max),
        single_provider=_single_provider(item),
        code=own.code,
        name=own.name,
        trend=item.trend.id,
        coverage=Number(item.coverage),
        lost=joint.told(joint.lost(item)),
        answers=[MemberAnswer(member.organisation, member.level) for member in item.members] if joint.detail else None,
    )


def _single_provider(item: PooledItem) -> str | None:
    providers = [member.organisation for member in item.known if (member.level or 0) >= PROVIDES]
    return providers[0] if item.aggregation == "best-shot" and len(providers) == 1 else None


def _single_points(joint: _Joint) -> list[str]:
    """Where all hangs on one member, by the points that hang on it."""
    alone = [item for item in joint.pool.items if _single_provider(item)]
    return [item.id for item in sorted(alone, key=lambda item: -joint.guarded(item))]


def _readiness(joint: _Joint, scenario: Scenario) -> ScenarioReadiness:
    weights = joint.questionnaire.method.demand_weights
    ready = readiness(scenario, {trend.trend.id: trend.measure for trend in joint.pool.trends}, weights)
    questions = {
        actor: text
        for actor in joint.actors
        if (text := scenario.questions.get(actor, scenario.questions.get(DEFAULT, "")))
    }
    return ScenarioReadiness(
        id=scenario.id,
        title=scenario.title,
        readiness=number(ready.score),
        low=number(ready.low),
        high=number(ready.high),
        first_to_give=ready.first_to_give,
        story=scenario.story,
        breaks_first=scenario.breaks_first,
        questions=questions,
    )


def _agreement(joint: _Joint, item: PooledItem) -> Agreement:
    """The next step of those who stand where the others wait for them, in the words of the one named first.

    They stand at one level, and are named in the order of their actor types, so that the order of files changes no
    word.
    """
    standing = set(item.members_at(max if item.aggregation == "best-shot" else min))
    movers = [member for member in joint.members if member.organisation in standing]
    first, *others = sorted(movers, key=lambda member: joint.actors.index(member.sheet.scores.actor))
    actor, level = first.sheet.scores.actor, first.sheet.items[item.id].level or 0
    own = joint.questionnaire.tailored(item.indicator, actor)
    return Agreement(
        id=item.id,
        code=own.code,
        name=own.name,
        texts=joint.questionnaire.step_texts(item.indicator, actor, range(level, joint.questionnaire.next_aim(level))),
        aggregation=item.aggregation,
        members=[member.organisation for member in (first, *others)],
        lost=joint.told(joint.lost(item)),
        worded_for=actor or None,
    )


def _wording(joint: _Joint, item: PooledItem) -> str:
    """The actor type in whose words an indicator reads: of those who must move, the first that the questionnaire names.

    So the order of the files changes no word.
    """
    movers = item.members_at(max if item.aggregation == "best-shot" else min)
    among = set(movers or [member.organisation for member in item.members])
    actors = {member.sheet.scores.actor for member in joint.members if member.organisation in among}
    return next(actor for actor in joint.questionnaire.actor_types if actor in actors)


def _notes(joint: _Joint) -> list[str]:
    """What a reader should know about the sheets."""
    quick = [member.organisation for member in joint.members if member.sheet.scores.form == "quick"]
    if not quick or len(quick) == len(joint.members):
        return []
    note = _("{members} answered the quick form: the other indicators pool the rest of the members alone.")
    return [note.format(members=listing(quick))]
