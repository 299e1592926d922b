"""The cheapest set of steps to a target, or the best for a budget (method 14), and everything told about it."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from allycheck.analysis.plan.effects import OVERALL_TITLE, effects
from allycheck.analysis.plan.goals import (
    Goal,
    additive_goal,
    exposure_points,
    overall_points,
    score_points,
    trend_of,
)
from allycheck.analysis.plan.options import Options, Reach, options_of
from allycheck.analysis.plan.overall_level import OverallLevel
from allycheck.analysis.plan.result import LevelToReach, Open, Pins, Plan, PlanStep, PlanTarget, Status
from allycheck.analysis.plan.targets import ANY, Choices, Target
from allycheck.analysis.plan.work import MOST_WORK, TooLargeError, Work
from allycheck.answers import Answers
from allycheck.errors import Fault, UsageError
from allycheck.numbers import Number, number
from allycheck.questionnaire import TOP
from allycheck.report import Level, head
from allycheck.scoring import ZERO, Measure, Scores
from allycheck.text import clean, label, listing


class Solution(NamedTuple):
    """What was found: the goal and what may change, the levels of the plan, and the highest that can be reached.

    `goal` is None where nothing counts towards the target; then the plan is empty.
    """

    target: Target
    guaranteed: bool
    status: Status
    goal: Goal | OverallLevel | None
    options: Options
    levels: dict[str, int]
    top: dict[str, int]
    measure: Measure


class _Raise(NamedTuple):
    """An indicator of the plan with the level it is raised to, and what one level of it is worth.

    `points` are those of the overall score, `adds` what the whole raise adds to the target's quantity.
    """

    reach: Reach
    to: int
    points: Fraction
    adds: Fraction | None

    @property
    def id(self) -> str:
        """The indicator's id."""
        return self.reach.id

    @property
    def gain(self) -> Fraction:
        """Points of the overall score."""
        return self.points * (self.to - self.reach.start)

    @property
    def effort(self) -> Fraction:
        """Effort points."""
        return self.reach.cost(self.to)

    @property
    def value(self) -> tuple[Fraction, Fraction]:
        """What it brings for each point of effort: to the target, then to the overall score."""
        main = self.gain if self.adds is None else self.adds
        return main / self.effort, self.gain / self.effort


def plan(scores: Scores, answers: Answers, target: Target, choices: Choices = ANY, *, guaranteed: bool = False) -> Plan:
    """The one best plan for a scored sheet. Level targets are always planned for the worst case.

    Where the weights make an exact plan too large, the status says so and nothing is planned.
    Raises UsageError for an indicator that has to rise and can't.
    """
    try:
        solution = solved(scores, target, choices, guaranteed=guaranteed)
    except TooLargeError:
        solution = _unsolved(scores, target, choices, guaranteed=guaranteed)
    questionnaire, goal, levels = scores.questionnaire, solution.goal, solution.levels
    raises = _raises(scores, solution)
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
        order=_order(raises),
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


def solved(
    scores: Scores,
    target: Target,
    choices: Choices = ANY,
    *,
    guaranteed: bool = False,
    most_work: int = MOST_WORK,
) -> Solution:
    """The best plan for a target; level targets are always planned for the worst case.

    Raises UsageError for an indicator that has to rise and can't, and TooLargeError where a plan takes more than
    `most_work`.
    """
    unsolved, work = _unsolved(scores, target, choices, guaranteed=guaranteed), Work(most_work)
    goal, options = unsolved.goal, unsolved.options
    if goal is None:
        return unsolved._replace(status=_out_of_reach(scores, target, choices))
    levels: dict[str, int]
    status: Status
    if target.kind == "budget":
        levels, status = _spent(goal, options, target, work)
    elif goal.is_met(unsolved.top):
        levels = goal.cheapest(options, work)
        status = "met" if levels == options.start() else "ok"
    else:
        levels, status = goal.nearest(options, work), _out_of_reach(scores, target, choices)
    return unsolved._replace(levels=levels, status=status)


def _unsolved(scores: Scores, target: Target, choices: Choices, *, guaranteed: bool) -> Solution:
    """What is known of a plan before anything is chosen: what can be reached, and nothing raised yet."""
    guaranteed = guaranteed or target.kind == "level"
    options = options_of(scores, choices, unknown=0 if guaranteed else None)
    top, goal = options.top(), _goal_for(scores, target, guaranteed=guaranteed)
    _refuse_stuck(scores, choices, options, top)
    return Solution(target, guaranteed, "too_large", goal, options, options.start(), top, _measure_of(scores, target))


def _goal_for(scores: Scores, target: Target, *, guaranteed: bool) -> Goal | OverallLevel | None:
    """What measures a plan for the target; None where nothing counts towards it."""
    if target.kind == "level" and target.id not in {trend.trend.id for trend in scores.trends}:
        return OverallLevel(scores, int(target.value)) if scores.counted else None
    return additive_goal(scores, target, guaranteed=guaranteed)


def _measure_of(scores: Scores, target: Target) -> Measure:
    """The score or exposure that the target is about."""
    if target.kind == "exposure":
        return next(risk.measure for risk in scores.risks if risk.risk.id == target.id)
    if target.id in {trend.trend.id for trend in scores.trends}:
        return trend_of(scores, target.id).measure
    return scores.overall.measure


def _spent(goal: Goal | OverallLevel, options: Options, target: Target, work: Work) -> tuple[dict[str, int], Status]:
    """The best for a budget; where what must rise costs more, the cheapest plan with it."""
    assert isinstance(goal, Goal)
    levels = goal.most(options, target.value, work)
    if levels is None:
        return goal._replace(needed=goal.quantity(options.start())).cheapest(options, work), "infeasible"
    return levels, "ok"


def _out_of_reach(scores: Scores, target: Target, choices: Choices) -> Status:
    """Whether a target that is out of reach could be within reach if what is not known turned out at the top."""
    goal = _goal_for(scores, target, guaranteed=True)
    if goal is None:
        return "infeasible"
    top = options_of(scores, choices, unknown=TOP).top()
    return "find_out_first" if target.kind == "budget" or goal.is_met(top) else "infeasible"


def _refuse_stuck(scores: Scores, choices: Choices, options: Options, top: Mapping[str, int]) -> None:
    """Refuse to keep what can't be raised, each with its reason."""
    faults = [
        Fault(f"--keep {name}: {reason}", hint="leave it out")
        for name in choices.keep
        if (reason := _stuck(scores, name, choices, options, top))
    ]
    if faults:
        raise UsageError(faults)


def _stuck(scores: Scores, name: str, choices: Choices, options: Options, top: Mapping[str, int]) -> str:
    reach = next((reach for reach in options.reaches if reach.id == name), None)
    if reach is None:
        return _not_planned(scores, name)
    if reach.start == TOP:
        return f"it is at level {TOP} already"
    if top[name] > reach.start:
        return ""
    if reach.highest == reach.start:
        return _out_of_bounds(scores, choices)
    blocking = [other for other in reach.item.indicator.requires if top.get(other, 0) <= reach.start]
    return f"it requires {listing(blocking)}, which can't be raised far enough"


def _out_of_bounds(scores: Scores, choices: Choices) -> str:
    """Which choices leave no step: one of the climbs to the lowest aim takes too much, or leads too high."""
    reasons = [f"takes more than {choices.by} of effort"] if choices.by else []
    reasons += [f"leads above {scores.questionnaire.level_names[choices.up_to].name}"] if choices.up_to else []
    return f"its next step {listing(reasons, 'or')}"


def _not_planned(scores: Scores, name: str) -> str:
    item = next((item for item in scores.items if item.id == name), None)
    if item is None:
        return "it is not asked in this form or of this actor"
    if not item.applies:
        return "it is answered as not applicable"
    return "its level is not known; with --guaranteed it can be planned from 0"


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
        title=titles.get(target.id, OVERALL_TITLE),
        level_name=questionnaire.level_names[int(target.value)].name if is_level else None,
        needed=Number(method.overall_share if overall else method.trend_share) if is_level else None,
    )


def _raises(scores: Scores, solution: Solution) -> list[_Raise]:
    """What the plan raises, in catalogue order."""
    points = overall_points(scores, guaranteed=solution.guaranteed)
    reaches = {reach.id: reach for reach in solution.options.reaches}
    return [
        _Raise(reaches[item.id], to, points.get(item.id, ZERO), _adds(solution, reaches[item.id], to))
        for item in scores.items
        if item.id in reaches and (to := solution.levels[item.id]) > reaches[item.id].start
    ]


def _adds(solution: Solution, reach: Reach, to: int) -> Fraction | None:
    if not isinstance(solution.goal, Goal):
        return None
    parts = solution.goal.worth.get(reach.id)
    return parts[to] - parts[reach.start] if parts else ZERO


def _step(
    scores: Scores, one: _Raise, raises: Sequence[_Raise], falls: Mapping[str, Mapping[str, Fraction]]
) -> PlanStep:
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


def _texts(scores: Scores, one: _Raise) -> list[str]:
    """What to do on the way, in the actor's words; where the level is not known there is only something to find out."""
    climb = range(one.reach.start, one.to if one.reach.item.known else one.reach.start)
    return scores.questionnaire.step_texts(one.reach.item.indicator, scores.actor, climb)


def _anchors(scores: Scores, one: _Raise) -> Iterator[LevelToReach]:
    """The levels to climb, in the actor's words."""
    own = scores.questionnaire.tailored(one.reach.item.indicator, scores.actor)
    for level in range(one.reach.start + 1, one.to + 1):
        word = own.effort[level - 1]
        known = word if word in scores.questionnaire.effort else ""
        yield LevelToReach(level, own.levels[own.answer_for(level)], Number(one.reach.efforts[level - 1]), known)


def in_order(scores: Scores, solution: Solution) -> list[str]:
    """What a plan raises, by id, in the order to do it."""
    return _order(_raises(scores, solution))


def _order(raises: Sequence[_Raise]) -> list[str]:
    """Prerequisites first; otherwise what brings most for its effort, ties in catalogue order."""
    left, order = list(raises), []
    while left:
        waiting = {one.id for one in left}
        ready = [one for one in left if waiting.isdisjoint(one.reach.requires)]
        best = max(ready, key=lambda one: one.value)
        order.append(best.id)
        left.remove(best)
    return order


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
