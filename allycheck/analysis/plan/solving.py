"""The cheapest set of steps to a target, or the best for a budget, and the order to do them in (method 14)."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Literal, NamedTuple

from allycheck.analysis.plan.goals import Goal, additive_goal, overall_points, trend_of
from allycheck.analysis.plan.options import Options, Reach, options_of
from allycheck.analysis.plan.overall_level import OverallLevel
from allycheck.analysis.plan.targets import ANY, Choices, Target
from allycheck.analysis.plan.work import MOST_WORK, Work
from allycheck.errors import Fault, UsageError
from allycheck.language import _
from allycheck.questionnaire import TOP
from allycheck.scoring import ZERO, Measure, Scores
from allycheck.text import listing

Status = Literal["ok", "met", "infeasible", "find_out_first", "too_large"]


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


class Raise(NamedTuple):
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
    begun, work = unsolved(scores, target, choices, guaranteed=guaranteed), Work(most_work)
    goal, options = begun.goal, begun.options
    if goal is None:
        return begun._replace(status=_out_of_reach(scores, target, choices))
    levels: dict[str, int]
    status: Status
    if target.kind == "budget":
        levels, status = _spent(goal, options, target, work)
    elif goal.is_met(begun.top):
        levels = goal.cheapest(options, work)
        status = "met" if levels == options.start() else "ok"
    else:
        levels, status = goal.nearest(options, work), _out_of_reach(scores, target, choices)
    return begun._replace(levels=levels, status=status)


def unsolved(scores: Scores, target: Target, choices: Choices, *, guaranteed: bool) -> Solution:
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
        Fault(f"--keep {name}: {reason}", hint=_("leave it out"))
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
        return _("it is at level {level} already").format(level=TOP)
    if top[name] > reach.start:
        return ""
    if reach.highest == reach.start:
        return _out_of_bounds(scores, choices)
    blocking = [other for other in reach.item.indicator.requires if top.get(other, 0) <= reach.start]
    return _("it requires {indicators}, which can't be raised far enough").format(indicators=listing(blocking))


def _out_of_bounds(scores: Scores, choices: Choices) -> str:
    """Which choices leave no step: one of the climbs to the lowest aim takes too much, or leads too high."""
    level = scores.questionnaire.level_names[choices.up_to].name if choices.up_to else ""
    if choices.by and level:
        words = _("its next step takes more than {effort} of effort or leads above {level}")
    elif level:
        words = _("its next step leads above {level}")
    else:
        words = _("its next step takes more than {effort} of effort")
    return words.format(effort=choices.by, level=level)


def _not_planned(scores: Scores, name: str) -> str:
    item = next((item for item in scores.items if item.id == name), None)
    if item is None:
        return _("it is not asked in this form or of this actor")
    if not item.applies:
        return _("it is answered as not applicable")
    return _("its level is not known; with --guaranteed it can be planned from 0")


def raises_of(scores: Scores, solution: Solution) -> list[Raise]:
    """What the plan raises, in catalogue order."""
    points = overall_points(scores, guaranteed=solution.guaranteed)
    reaches = {reach.id: reach for reach in solution.options.reaches}
    return [
        Raise(reaches[item.id], to, points.get(item.id, ZERO), _adds(solution, reaches[item.id], to))
        for item in scores.items
        if item.id in reaches and (to := solution.levels[item.id]) > reaches[item.id].start
    ]


def _adds(solution: Solution, reach: Reach, to: int) -> Fraction | None:
    if not isinstance(solution.goal, Goal):
        return None
    parts = solution.goal.worth.get(reach.id)
    return parts[to] - parts[reach.start] if parts else ZERO


def in_order(scores: Scores, solution: Solution) -> list[str]:
    """What a plan raises, by id, in the order to do it."""
    return ordered(raises_of(scores, solution))


def ordered(raises: Sequence[Raise]) -> list[str]:
    """Prerequisites first; otherwise what brings most for its effort, ties in catalogue order."""
    left, order = sorted(raises, key=lambda one: one.value, reverse=True), []
    while left:
        waiting = {one.id for one in left}
        best = next(one for one in left if waiting.isdisjoint(one.reach.requires))
        order.append(best.id)
        left.remove(best)
    return order
