"""Several organisations as one alliance: what they can carry together and where they break (SCORING 13)."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from allycheck.analysis.alliance import Agreement, Coalition, JointIndicator, MemberAnswer, Strain
from allycheck.analysis.balance import burdens, diligence, gaps
from allycheck.analysis.joint import Joint, difference, joint_risk, joint_score, joint_trend, member_report
from allycheck.analysis.membership import members_of
from allycheck.analysis.pooling import PooledItem, joint_weights, pool
from allycheck.analysis.several import Scored, number, published
from allycheck.analysis.straining import readiness
from allycheck.numbers import Number
from allycheck.questionnaire import DEFAULT, Scenario
from allycheck.text import listing

PROVIDES = 3
"""The level from which on one member can provide for all (SCORING 13)."""
AGREEMENTS = 10
"""How many agreements are worth writing down first."""


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
    joint = Joint(sheets[0].questionnaire, members, weights, whole, whole.points(), detail)
    method = joint.questionnaire.method
    summed = pool(members, weights, all_summed=True).overall
    ranked = sorted((item for item in whole.items if joint.lost(item)), key=lambda item: -joint.lost(item))
    indicators = [_indicator(joint, item) for item in whole.items]
    return Coalition(
        members=[member_report(joint, member) for member in members],
        overall=joint_score(joint),
        trends=[joint_trend(joint, trend) for trend in whole.trends],
        risks=[joint_risk(joint, risk) for risk in whole.risks],
        if_all_summed=number(published(summed)),
        pooling_effect=number(difference(whole.overall, summed)),
        indicators=indicators,
        weakest_links=[item.id for item in ranked if item.aggregation == "weakest-link"],
        single_points=_single_points(joint),
        gaps=gaps(members, whole, method.score_bands[0]),
        burdens=burdens(members, whole),
        scenarios=[_strain(joint, scenario) for scenario in joint.questionnaire.scenarios],
        agreements=[_agreement(joint, item) for item in ranked[:AGREEMENTS]],
        diligence=diligence(members, whole, method.score_bands[0]),
        detail=detail,
        notes=_notes(joint),
        title=joint.questionnaire.title,
        version=joint.questionnaire.version,
        score_bands=[Number(limit) for limit in method.score_bands],
        exposure_bands=[Number(limit) for limit in method.exposure_bands],
        coverage_needed=Number(method.coverage),
    )


def _indicator(joint: Joint, item: PooledItem) -> JointIndicator:
    own = joint.questionnaire.tailored(item.indicator, _wording(joint, item))
    return JointIndicator(
        id=item.id,
        aggregation=item.aggregation,
        value=joint.told(item.value),
        lowest=item.standing(min),
        highest=item.standing(max),
        single_provider=_single_provider(item),
        code=own.code,
        name=own.name,
        trend=item.trend.id,
        coverage=Number(item.coverage),
        lost=joint.told(joint.lost(item)),
        answers=[MemberAnswer(stand.organisation, stand.level) for stand in item.stands] if joint.detail else None,
    )


def _single_provider(item: PooledItem) -> str | None:
    providers = [stand.organisation for stand in item.known if (stand.level or 0) >= PROVIDES]
    return providers[0] if item.aggregation == "best-shot" and len(providers) == 1 else None


def _single_points(joint: Joint) -> list[str]:
    """Where all hangs on one member, by the points that hang on it."""
    alone = [item for item in joint.pool.items if _single_provider(item)]
    return [item.id for item in sorted(alone, key=lambda item: -joint.guarded(item))]


def _wording(joint: Joint, item: PooledItem) -> str:
    """The actor type in whose words an indicator reads: of those who must move, the first that the questionnaire names.

    So the order of the files changes no word.
    """
    movers = item.standing(max if item.aggregation == "best-shot" else min)
    actors = {
        member.sheet.scores.actor
        for member in joint.members
        if member.organisation in (movers or [stand.organisation for stand in item.stands])
    }
    return next(actor for actor in joint.questionnaire.actor_types if actor in actors)


def _agreement(joint: Joint, item: PooledItem) -> Agreement:
    actor = _wording(joint, item)
    own = joint.questionnaire.tailored(item.indicator, actor)
    return Agreement(
        id=item.id,
        code=own.code,
        name=own.name,
        step=own.step,
        aggregation=item.aggregation,
        members=item.standing(max if item.aggregation == "best-shot" else min),
        lost=joint.told(joint.lost(item)),
        worded_for=actor or None,
    )


def _strain(joint: Joint, scenario: Scenario) -> Strain:
    ready = readiness(scenario, {trend.trend.id: trend.measure for trend in joint.pool.trends})
    questions = {
        actor: joint.questionnaire.fill(text, actor)
        for actor in joint.actors
        if (text := scenario.questions.get(actor, scenario.questions.get(DEFAULT, "")))
    }
    return Strain(
        id=scenario.id,
        title=scenario.title,
        readiness=number(ready.score),
        low=number(ready.low),
        high=number(ready.high),
        first_to_give=ready.first_to_give,
        story=joint.questionnaire.fill(scenario.story, joint.actors[0]),
        breaks_first=joint.questionnaire.fill(scenario.breaks_first, joint.actors[0]),
        questions=questions,
    )


def _notes(joint: Joint) -> list[str]:
    """What a reader should know about the sheets."""
    quick = [member.organisation for member in joint.members if member.sheet.scores.form == "quick"]
    if not quick or len(quick) == len(joint.members):
        return []
    return [f"{listing(quick)} answered the quick form: the other indicators pool the rest of the members alone."]
