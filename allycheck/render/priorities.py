"""What a report says of priorities: what keeps a level away, holes, what to do first and why, what to find out."""

from collections.abc import Sequence

from allycheck.numbers import exact
from allycheck.priorities import Within
from allycheck.render.words import WITHIN, amount, from_and_to, indicators, labels, levels_reached, percent, with_levels
from allycheck.report import BlockerReport, FirstStep, Report
from allycheck.text import capitalised, listing


def overall_blocker(report: Report) -> BlockerReport | None:
    """What keeps the next overall level away; None before anything is answered, when no level is named."""
    return report.priorities.blockers.overall if report.overall.answered else None


def next_level(report: Report, blocker: BlockerReport) -> str:
    """What keeps the next level away: too little weight at it, something too far below it, or both."""
    name, far = report.level_names[blocker.next], too_far_below(report, blocker)
    shares = f"{percent(blocker.share, blocker.needed)}, {percent(blocker.needed)} needed"
    if exact(blocker.share) >= exact(blocker.needed) and far:
        return f"Enough of the weight is at {name} ({shares}), but {far}."
    return f"Too little of the weight is at {name} or above ({shares}){f', and {far}' if far else ''}."


def too_far_below(report: Report, blocker: BlockerReport) -> str:
    """What lies so far below the next level that it alone keeps it away."""
    if not blocker.below_gap:
        return ""
    named = with_levels(blocker.below_gap, labels(report), levels_reached(report))
    return f"{listing(named)} {'lies' if len(named) == 1 else 'lie'} too far below"


def climb(report: Report, name: str, from_: int | None, to: int) -> str:
    """An indicator to raise: what it is called, the level now and the one to reach."""
    return f"{labels(report)[name]} ({from_and_to(report, from_, to)})"


def time_and_effort(within: Within, points_of_effort: float) -> str:
    """By when a step is due and what it takes: "Within 90 days, effort 8"."""
    return f"{capitalised(WITHIN[within])}, effort {amount(points_of_effort)}"


def first_step_notes(report: Report, step: FirstStep) -> str:
    """What there is to know of an action beside its text: time, effort, why, and what has to come first."""
    named = labels(report)
    parts = [f"{time_and_effort(step.within, step.effort)}.", f"{_why(report, step)}."]
    if step.blocked_by:
        parts.append(f"First: {listing(named[name] for name in step.blocked_by)}.")
    return " ".join(parts)


def _why(report: Report, step: FirstStep) -> str:
    """What an action is for: the risks of which it closes a hole, the next level, or another action."""
    exposed = [risk.title for risk in report.risks if step.id in risk.holes]
    level_wanted = report.priorities.next_level.level if report.priorities.next_level else None
    waiting = [labels(report)[other.id] for other in report.priorities.first or [] if step.id in other.blocked_by]
    why = {
        "hole": f"closes a hole: {listing(exposed)}",
        "level": f"leads to {report.level_names[level_wanted]}" if level_wanted is not None else "leads on",
        "required": f"comes before {listing(waiting)}" if waiting else "comes before others",
    }
    return capitalised("; ".join(why[reason] for reason in step.reasons))


def actions(report: Report) -> list[FirstStep]:
    """What can be done first; what is not known is to be found out, and has nothing to do yet."""
    return [step for step in report.priorities.first or [] if step.from_ is not None]


def plan_note(report: Report) -> str:
    """What became of the plan to the next level; empty where there is none to make."""
    plan = report.priorities.next_level
    if plan is None or plan.level is None or not report.overall.answered:
        return ""
    name = report.level_names[plan.level]
    unknown = _unknown_of_plan(report)
    if unknown and not any("level" in step.reasons for step in actions(report)):
        return f"The way to {name} begins with finding out how {unknown}."
    first = f", once it is known how {unknown}" if unknown else ""
    return {
        "planned": f"Together the actions that lead to {name} are the cheapest that reach it{first}.",
        "nearest": f"{name} is out of reach for now; the actions that lead to it come as near as can be{first}.",
        "too_large": f"The cheapest way to {name} is too large to be computed exactly.",
        "unpublished": f"More has to be known before a way to {name} can be planned: find that out first.",
    }.get(plan.status, "")


def _unknown_of_plan(report: Report) -> str:
    """What the plan to the next level counts on and nobody knows yet: "CC4 Climate money stands"."""
    named = [labels(report)[step.id] for step in report.priorities.first or [] if step.from_ is None]
    return f"{listing(named)} {'stands' if len(named) == 1 else 'stand'}" if named else ""


def to_find_out(report: Report) -> list[str]:
    """What is not known: first what stands in the plan to the next level, then by the width it puts on the range."""
    planned = [step.id for step in report.priorities.first or [] if step.from_ is None]
    return list(dict.fromkeys([*planned, *(entry.id for entry in report.priorities.find_out)]))


def holes(report: Report) -> dict[str, list[str]]:
    """Each critical safeguard that is missing, with the titles of the risks that it leaves open."""
    return _by_indicator(report, [risk.holes for risk in report.risks])


def possible_holes(report: Report) -> dict[str, list[str]]:
    """Each critical safeguard that is not known, with the titles of its risks."""
    return _by_indicator(report, [risk.possible_holes for risk in report.risks])


def _by_indicator(report: Report, ids: Sequence[Sequence[str]]) -> dict[str, list[str]]:
    order = [step.id for step in report.priorities.first or []] + list(indicators(report))
    named: dict[str, list[str]] = {name: [] for name in order}
    for risk, own in zip(report.risks, ids, strict=True):
        for name in own:
            named[name].append(risk.title)
    return {name: risks for name, risks in named.items() if risks}
