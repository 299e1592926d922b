"""The scores of a coalition beside those of its members, rounded once for its result (SCORING 13)."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from allycheck.analysis.alliance import JointRisk, JointScore, JointTrend, MemberReport, MemberScore
from allycheck.analysis.pooling import Member, Pool, PooledItem, PooledRisk, PooledTrend, Weights, pool
from allycheck.analysis.several import clean, number, published
from allycheck.numbers import Number
from allycheck.questionnaire import EXPOSURE_BANDS, SCORE_BANDS, TOP, Questionnaire
from allycheck.report import Band, ExposureBand
from allycheck.scoring import ZERO, Measure, band_of

DRIVERS = 5
"""How many indicators are named as feeding a risk."""


class Joint(NamedTuple):
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
        levels = sorted(stand.level or 0 for stand in item.known)
        return self.points.get(item.id, ZERO) * (levels[-1] - (levels[-2] if len(levels) > 1 else 0))

    def band(self, measure: Measure) -> Band | None:
        """The band of a score, null if it is not published."""
        score = published(measure)
        return None if score is None else band_of(score, self.questionnaire.method.score_bands, SCORE_BANDS)  # type: ignore[return-value]

    def told(self, value: Fraction | None) -> Number | None:
        """A number that would tell a single answer: only with details."""
        return number(value) if self.detail else None


def difference(one: Measure, other: Measure) -> Fraction | None:
    """One score less another; None unless both are published."""
    first, second = published(one), published(other)
    return None if first is None or second is None else first - second


def member_report(joint: Joint, member: Member) -> MemberReport:
    """A member, and the coalition without it: the others pooled with the weights of all (SCORING 13)."""
    own = member.sheet.scores.overall.measure
    alone = len(joint.members) == 1
    others = None if alone else pool(joint.members, joint.weights, left_out=[member.organisation]).overall
    return MemberReport(
        organisation=member.organisation,
        actor=member.sheet.scores.actor or None,
        size=Number(member.size),
        score=number(published(own)),
        contribution=number(difference(joint.pool.overall, others)) if others else None,
        without=number(published(others)) if others else None,
        actor_title=joint.questionnaire.actor_types[member.sheet.scores.actor].title,
        form=member.sheet.scores.form,
        low=number(own.low),
        high=number(own.high),
        coverage=number(own.coverage),
        date=clean(member.sheet.answers.date),
    )


def joint_score(joint: Joint) -> JointScore:
    """The score of all together."""
    measure = joint.pool.overall
    return JointScore(
        number(published(measure)), number(measure.low), number(measure.high), number(measure.coverage),
        measure.published, joint.band(measure),
    )  # fmt: skip


def joint_trend(joint: Joint, scored: PooledTrend) -> JointTrend:
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
        band=joint.band(measure),
        weight=Number(scored.weight),
        members=_own(joint, [member.sheet.scores.trends[at].measure for member in joint.members]),
    )


def _own(joint: Joint, measures: Sequence[Measure]) -> list[MemberScore]:
    pairs = zip(joint.members, measures, strict=True)
    return [MemberScore(member.organisation, number(published(measure))) for member, measure in pairs]


def joint_risk(joint: Joint, scored: PooledRisk) -> JointRisk:
    """One risk of all together beside the members' own exposures."""
    risk, measure = scored.risk, scored.measure
    limits, at = joint.questionnaire.method.exposure_bands, joint.questionnaire.risks.index(scored.risk)
    exposure = published(measure)
    return JointRisk(
        id=risk.id,
        title=risk.title,
        exposure=number(exposure),
        low=number(measure.low),
        high=number(measure.high),
        band=None if exposure is None else _exposure_band(exposure, limits),
        possible_bands=_possible_bands(measure, limits),
        published=measure.published,
        coverage=number(measure.coverage),
        meaning=joint.questionnaire.fill(risk.meaning, joint.actors[0]),
        drivers=_drivers(scored),
        members=_own(joint, [member.sheet.scores.risks[at].measure for member in joint.members]),
    )


def _exposure_band(exposure: Fraction, limits: Sequence[Fraction]) -> ExposureBand:
    return band_of(exposure, limits, EXPOSURE_BANDS)  # type: ignore[return-value]


def _possible_bands(measure: Measure, limits: Sequence[Fraction]) -> list[ExposureBand]:
    if measure.low is None or measure.high is None:
        return []
    lowest, highest = (EXPOSURE_BANDS.index(_exposure_band(end, limits)) for end in (measure.low, measure.high))
    return list(EXPOSURE_BANDS[lowest : highest + 1])  # type: ignore[arg-type]


def _drivers(scored: PooledRisk) -> list[str]:
    """The indicators that feed the risk most: its load times what is missing to the top."""
    known = [(item, item.value) for item in scored.items]
    fed = [
        (item.indicator.risks[scored.risk.id] * (TOP - value), item.id) for item, value in known if value is not None
    ]
    return [name for share, name in sorted(fed, key=lambda pair: -pair[0]) if share][:DRIVERS]
