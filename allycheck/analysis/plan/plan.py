"""The one best plan for a target or a budget (method 14), with everything told about it."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from allycheck.analysis.plan.effects import effects, overall_title
from allycheck.analysis.plan.goals import Goal, exposure_points, score_points
from allycheck.analysis.plan.result import LevelToReach, Open, Pins, Plan, PlanStep, PlanTarget
from allycheck.analysis.plan.solving import Raise, Solution, ordered, raises_of, solved, unsolved
from allycheck.analysis.plan.targets import ANY, Choices, Target
from allycheck.analysis.plan.work import TooLargeError
from allycheck.answers import Answers
from allycheck.numbers import Number, number
from allycheck.questionnaire import TOP
from allycheck.report import Level, head
from allycheck.scoring import ZERO, Scores
from allycheck.text import clean, label


def plan(scores: Scores, answers: Answers, target: Target, choices: Choices = ANY, *, guaranteed: bool = False) -> Plan:
    """The one best plan for a scored sheet. Level targets are always planned for the worst case.

    Where the weights make an exact plan too large, the status says so and nothing is planned.
    Raises UsageError for an indicator that has to rise and can't.
    """
    try:
        solution = solved(scores, target, choices, guaranteed=guaranteed)
    except TooLargeError:
        solution = unsolved(scores, target, choices, guaranteed=guaranteed)
    questionnaire, goal, levels = scores.questionnaire, solution.goal, solution.levels
    raises = raises_of(scores, solution)
    falls = {risk.risk.id: exposure_points(risk, guaranteed=solution.guaranteed) for risk in scores.risks}
    find_out, blocked = _find_out(scores, solution), _blocked(solution)
    changed = effects(scores, answers, {one.id: one.to for one in raises})
    holes = [name for risk in changed.risks for name in (*risk.holes_before, *risk.holes_after)]
    named = [*holes, *blocked, *choices.keep, *choices.leave, *(name for one in find_out for name in one.blocks)]
    return Plan(
        **head(questionnaire),
        target=_target(scores, target),
        basis="guaranteed" if solution.guaranteed else "point",
        status=solution.status,
        start=number(goal.shown(goal.quantity(solution.options.start()))) if goal else None,
        reached=number(goal.shown(goal.quantity(levels))) if goal else None,
        best=number(goal.shown(goal.quantity(solution.top))) if goal else None,
        cost=Number(solution.options.effort(levels)),
        steps=[_step(scores, one, raises, falls) for one in raises],
        order=ordered(raises),
        effects=changed,
        find_out=find_out,
        pins=_pins(scores, choices),
        blocked=blocked,
        published=solution.guaranteed or solution.measure.published,
        coverage=number(solution.measure.coverage),
        organisation=clean(answers.organisation),
        actor=scores.actor or None,
        actor_title=questionnaire.actor_types[scores.actor].title,
        form=scores.form,
        date=answers.date,
        score_bands=[Number(limit) for limit in questionnaire.method.score_bands],
        exposure_bands=[Number(limit) for limit in questionnaire.method.exposure_bands],
        coverage_needed=Number(questionnaire.method.coverage),
        effort_scale={word: Number(points) for word, points in questionnaire.effort.items()},
        labels=_labels(scores, named),
    )


def _target(scores: Scores, target: Target) -> PlanTarget:
    questionnaire = scores.questionnaire
    titles = {trend.id: trend.title for trend in questionnaire.trends}
    titles |= {risk.id: risk.title for risk in questionnaire.risks}
    overall, is_level = target.id not in titles, target.kind == "level"
    method = questionnaire.method
    return PlanTarget(
        kind=target.kind,
        id=target.id,
        value=int(target.value) if is_level else Number(target.value),
        title=titles.get(target.id) or overall_title(),
        level_name=questionnaire.level_names[int(target.value)].name if is_level else None,
        needed=Number(method.overall_share if overall else method.trend_share) if is_level else None,
    )


def _step(scores: Scores, one: Raise, raises: Sequence[Raise], falls: Mapping[str, Mapping[str, Fraction]]) -> PlanStep:
    """One step; `falls` is by risk what one level of each indicator takes off it."""
    reach, climbed = one.reach, one.to - one.reach.start
    own = scores.questionnaire.tailored(reach.item.indicator, scores.actor)
    return PlanStep(
        id=one.id,
        code=own.code,
        from_=reach.start,
        to=one.to,
        effort=Number(one.effort),
        gain=Number(one.gain),
        adds=number(one.adds),
        name=own.name,
        trend=reach.item.trend.id,
        known=reach.item.known,
        anchors=list(_anchors(scores, one)),
        texts=_texts(scores, one),
        unlocks=[other.id for other in raises if one.id in other.reach.requires and reach.start < other.to],
        risks={risk: Number(fall[one.id] * climbed) for risk, fall in falls.items() if one.id in fall},
    )


def _texts(scores: Scores, one: Raise) -> list[str]:
    """What to do on the way, in the actor's words; where the level is not known there is only something to find out."""
    climb = range(one.reach.start, one.to if one.reach.item.known else one.reach.start)
    return scores.questionnaire.step_texts(one.reach.item.indicator, scores.actor, climb)


def _anchors(scores: Scores, one: Raise) -> Iterator[LevelToReach]:
    """The levels to climb, in the actor's words."""
    own = scores.questionnaire.tailored(one.reach.item.indicator, scores.actor)
    for level in range(one.reach.start + 1, one.to + 1):
        word = own.effort[level - 1]
        known = word if word in scores.questionnaire.effort else ""
        yield LevelToReach(level, own.levels[own.answer_for(level)], Number(one.reach.efforts[level - 1]), known)


def _find_out(scores: Scores, solution: Solution) -> list[Open]:
    """What is not known and matters for the target: the widest first, then what only blocks others."""
    width = _widths(scores, solution.target)
    found = [
        Open(own.id, own.code, own.name, Number(width.get(own.id, ZERO)), blocks)
        for item in scores.items
        if item.applies and not item.known
        for own, blocks in [(scores.questionnaire.tailored(item.indicator, scores.actor), _waiting(solution, item.id))]
        if own.id in width or blocks
    ]
    return sorted(found, key=lambda one: -one.width)


def _widths(scores: Scores, target: Target) -> dict[str, Fraction]:
    """What each indicator can leave open of the score or exposure, in points."""
    if target.kind == "exposure":
        risk = next(risk for risk in scores.risks if risk.risk.id == target.id)
        points = exposure_points(risk, guaranteed=True)
    else:
        points = score_points(scores, target.id, guaranteed=True)
    return {name: TOP * each for name, each in points.items()}


def _waiting(solution: Solution, name: str) -> list[str]:
    """What counts towards the target and can't be raised because this one is not known."""
    counts = solution.goal.worth if isinstance(solution.goal, Goal) else {}
    return [
        reach.id
        for reach in solution.options.reaches
        if reach.stuck and reach.start < TOP and reach.id in counts and name in reach.item.indicator.requires
    ]


def _blocked(solution: Solution) -> list[str]:
    """What counts towards the target and can't be raised to the top."""
    reaches = list(solution.options.reaches)
    counts = solution.goal.worth if isinstance(solution.goal, Goal) else {reach.id: () for reach in reaches}
    return [reach.id for reach in reaches if reach.id in counts and solution.top[reach.id] < TOP]


def _pins(scores: Scores, choices: Choices) -> Pins:
    most = scores.questionnaire.effort[choices.by] if choices.by else None
    up_to = (
        None if choices.up_to is None else Level(choices.up_to, scores.questionnaire.level_names[choices.up_to].name)
    )
    return Pins(list(choices.keep), list(choices.leave), choices.by, number(most), up_to)


def _labels(scores: Scores, names: Sequence[str]) -> dict[str, str]:
    """Code and name of every indicator that a list names."""
    questionnaire, wanted = scores.questionnaire, set(names)
    return {
        item.id: label(questionnaire.tailored(item, scores.actor))
        for item in questionnaire.indicators.values()
        if item.id in wanted
    }
