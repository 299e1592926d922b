"""What to do first (method 7): every hole, then the cheapest plan to the next overall level, as one list."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from allycheck.analysis.plan.solving import in_order, solved
from allycheck.analysis.plan.targets import Target
from allycheck.analysis.plan.work import TooLargeError
from allycheck.numbers import Number
from allycheck.priorities import WITHIN, NextStep, StepsOf, Within
from allycheck.questionnaire import TOP
from allycheck.report import First, FirstStep, NextLevel, Reason
from allycheck.scoring import OVERALL, ZERO, Item, Scores

MOST_WORK = 200_000
"""Comparisons that the plan may take, a fraction of a second; the questionnaires that ship take about a thousand."""
REASONS: tuple[Reason, ...] = ("hole", "level", "required")


class Wanted(NamedTuple):
    """An indicator to raise to a level, and why."""

    item: Item
    to: int
    reasons: frozenset[Reason]


def do_first(scores: Scores) -> First:
    """The holes, each after what it requires, then the steps of the plan that they do not hold already."""
    steps = StepsOf(scores)
    next_level, planned = _to_next_level(scores)
    listed: dict[str, Wanted] = {}
    for wanted in [*_holes(scores, steps), *planned]:
        known = listed.get(wanted.item.id, wanted)
        listed[wanted.item.id] = Wanted(wanted.item, max(known.to, wanted.to), known.reasons | wanted.reasons)
    climbs = {name: steps.climb(wanted.item, wanted.to) for name, wanted in listed.items()}
    due = _due(climbs)
    return First([_entry(scores, wanted, climbs[name], due[name]) for name, wanted in listed.items()], next_level)


def _holes(scores: Scores, steps: StepsOf) -> list[Wanted]:
    """The next step of each hole, right after the prerequisites that it lacks."""
    loads = {item.id: ZERO for item in scores.items}
    for risk in scores.risks:
        for item in risk.holes:
            loads[item.id] += risk.load(item)
    holes = [item for item in scores.items if loads[item.id]]
    lost = {item.id: steps.climb(item, TOP).gain for item in holes}
    wanted: list[Wanted] = []
    for item in sorted(holes, key=lambda item: (-loads[item.id], -lost[item.id])):
        to = scores.questionnaire.next_aim(item.level or 0)
        wanted += [Wanted(other, to, frozenset({"required"})) for other in _required(steps, item, to, set())]
        wanted.append(Wanted(item, to, frozenset({"hole"})))
    return wanted


def _required(steps: StepsOf, item: Item, to: int, seen: set[str]) -> Iterable[Item]:
    """The prerequisites that stand in the way of a level, and theirs before them."""
    for name in steps.blocked_by(item, to):
        if name not in seen:
            seen.add(name)
            yield from _required(steps, steps.items[name], to, seen)
            yield steps.items[name]


def _to_next_level(scores: Scores) -> tuple[NextLevel, list[Wanted]]:
    """The cheapest plan to the next demonstrated overall level, where there is one and enough is known."""
    level = scores.overall.level
    if level is None or level == TOP:
        return NextLevel(None, "none"), []
    if not scores.overall.measure.published:
        return NextLevel(level + 1, "unpublished"), []
    try:
        outcome = solved(scores, Target("level", OVERALL, Fraction(level + 1)), most_work=MOST_WORK)
    except TooLargeError:
        return NextLevel(level + 1, "too_large"), []
    items = {item.id: item for item in scores.items}
    planned = [Wanted(items[name], outcome.levels[name], frozenset({"level"})) for name in in_order(scores, outcome)]
    return NextLevel(level + 1, "planned" if outcome.status == "ok" else "nearest"), planned


def _due(climbs: Mapping[str, NextStep]) -> dict[str, Within]:
    """By when each entry is due: what another one requires is never due later than that."""
    due = {name: climb.within for name, climb in climbs.items()}
    settled = False
    while not settled:
        settled = True
        for name, climb in climbs.items():
            for other in climb.item.indicator.requires:
                if other in due and WITHIN.index(due[other]) > WITHIN.index(due[name]):
                    due[other], settled = due[name], False
    return due


def _entry(scores: Scores, wanted: Wanted, climb: NextStep, within: Within) -> FirstStep:
    item = wanted.item
    texts = scores.questionnaire.step_texts(item.indicator, scores.actor, range(climb.from_, climb.to))
    return FirstStep(
        id=item.id,
        from_=item.level,
        to=climb.to,
        texts=texts if item.known else [],
        effort=Number(climb.effort),
        within=within,
        blocked_by=list(climb.blocked_by),
        reasons=[reason for reason in REASONS if reason in wanted.reasons],
        risks={risk: Number(fall) for risk, fall in climb.risks.items()},
    )
