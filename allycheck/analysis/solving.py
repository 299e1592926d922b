"""The levels of the best plan and whether the target is within reach (SCORING 14; DECISIONS, "Plan")."""

from collections.abc import Mapping
from typing import NamedTuple

from allycheck.analysis.aims import Aim, aim, trend_of
from allycheck.analysis.leeway import Leeway, leeway
from allycheck.analysis.planned import Status
from allycheck.analysis.standing import Standing
from allycheck.analysis.targets import ANY, Choices, Target
from allycheck.errors import Fault, UsageError
from allycheck.questionnaire import TOP
from allycheck.scoring import Measure, Scores
from allycheck.text import listing


class Outcome(NamedTuple):
    """What was found: the aim and what may change, the levels of the plan, and the highest that can be reached.

    `aim` is None where nothing counts towards the target; then the plan is empty.
    """

    target: Target
    guaranteed: bool
    status: Status
    aim: Aim | Standing | None
    leeway: Leeway
    levels: dict[str, int]
    top: dict[str, int]
    measure: Measure


def solved(scores: Scores, target: Target, choices: Choices = ANY, *, guaranteed: bool = False) -> Outcome:
    """The best plan for a target; level targets are always planned for the worst case.

    Raises UsageError for an indicator that has to rise and can't.
    """
    guaranteed = guaranteed or target.kind == "level"
    way = leeway(scores, choices, unknown=0 if guaranteed else None)
    top, goal = way.top(), aim_for(scores, target, guaranteed=guaranteed)
    _refuse_stuck(scores, choices, way, top)
    measure = measure_of(scores, target)
    levels = way.start()
    status: Status = "find_out_first"
    if goal is None:
        status = _without_aim(scores, target, choices)
    elif target.kind == "budget":
        levels, status = _spent(goal, way, target)
    else:
        levels = goal.cheapest(way) if goal.is_met(top) else goal.nearest(way)
        status = "met" if levels == way.start() else "ok"
        if not goal.is_met(top):
            status = _without_aim(scores, target, choices)
    return Outcome(target, guaranteed, status, goal, way, levels, top, measure)


def aim_for(scores: Scores, target: Target, *, guaranteed: bool) -> Aim | Standing | None:
    """What measures a plan for the target; None where nothing counts towards it."""
    if target.kind == "level" and target.id not in {trend.trend.id for trend in scores.trends}:
        return Standing(scores, int(target.value)) if scores.counted else None
    return aim(scores, target, guaranteed=guaranteed)


def measure_of(scores: Scores, target: Target) -> Measure:
    """The score or exposure that the target is about."""
    if target.kind == "exposure":
        return next(risk.measure for risk in scores.risks if risk.risk.id == target.id)
    if target.id in {trend.trend.id for trend in scores.trends}:
        return trend_of(scores, target.id).measure
    return scores.overall.measure


def _spent(goal: Aim | Standing, way: Leeway, target: Target) -> tuple[dict[str, int], Status]:
    """The best for a budget; where what must rise costs more, the cheapest plan with it."""
    assert isinstance(goal, Aim)
    levels = goal.most(way, target.value)
    if levels is None:
        return goal._replace(needed=goal.quantity(way.start())).cheapest(way), "infeasible"
    return levels, "ok"


def _without_aim(scores: Scores, target: Target, choices: Choices) -> Status:
    """Whether a target that is out of reach could be within reach if what is not known turned out at the top."""
    goal = aim_for(scores, target, guaranteed=True)
    if goal is None:
        return "infeasible"
    open_ones = choices._replace(keep=())
    top = leeway(scores, open_ones, unknown=TOP).top()
    return "find_out_first" if target.kind == "budget" or goal.is_met(top) else "infeasible"


def _refuse_stuck(scores: Scores, choices: Choices, way: Leeway, top: Mapping[str, int]) -> None:
    """Refuse to keep what can't be raised, each with its reason."""
    faults = [
        Fault(f"--keep {name}: {reason}", hint="leave it out")
        for name in choices.keep
        if (reason := _stuck(scores, name, choices, way, top))
    ]
    if faults:
        raise UsageError(faults)


def _stuck(scores: Scores, name: str, choices: Choices, way: Leeway, top: Mapping[str, int]) -> str:
    reach = next((reach for reach in way.reaches if reach.id == name), None)
    if reach is None:
        return _not_planned(scores, name)
    if reach.start == TOP:
        return f"it is at level {TOP} already"
    if top[name] > reach.start:
        return ""
    if reach.highest == reach.start:
        return f"its next step takes more than {choices.by} of effort"
    blocking = [other for other in reach.item.indicator.requires if top.get(other, 0) <= reach.start]
    return f"it requires {listing(blocking)}, which can't be raised far enough"


def _not_planned(scores: Scores, name: str) -> str:
    item = next((item for item in scores.items if item.id == name), None)
    if item is None:
        return "it is not asked in this form or of this actor"
    if not item.applies:
        return "it is answered as not applicable"
    return "its level is not known; with --guaranteed it can be planned from 0"
