"""What a report says of priorities: what keeps a level away, holes, what to do first and why, what to find out."""

from collections.abc import Sequence

from allycheck.language import _, ngettext
from allycheck.numbers import exact
from allycheck.priorities import Within
from allycheck.render.words import (
    amount,
    from_and_to,
    indicators,
    labels,
    levels_reached,
    percent,
    with_levels,
    within_title,
)
from allycheck.report import BlockerReport, FirstStep, Report
from allycheck.text import bracketed, capitalised, full_stop, listing, semicolons, sentences


def overall_blocker(report: Report) -> BlockerReport | None:
    """What keeps the next overall level away; None before anything is answered, when no level is named."""
    return report.priorities.blockers.overall if report.overall.answered else None


def next_level(report: Report, blocker: BlockerReport) -> str:
    """What keeps the next level away: too little weight at it, something too far below it, or both."""
    far = with_levels(blocker.below_gap, labels(report), levels_reached(report))
    if exact(blocker.share) >= exact(blocker.needed) and far:
        told = ngettext(
            "Enough of the weight is at {level} ({share}, {needed} needed), but {names} lies too far below.",
            "Enough of the weight is at {level} ({share}, {needed} needed), but {names} lie too far below.",
            len(far),
        )
    elif far:
        told = ngettext(
            "Too little of the weight is at {level} or above ({share}, {needed} needed), and {names} lies too far "
            "below.",
            "Too little of the weight is at {level} or above ({share}, {needed} needed), and {names} lie too far "
            "below.",
            len(far),
        )
    else:
        told = _("Too little of the weight is at {level} or above ({share}, {needed} needed).")
    return told.format(
        level=report.level_names[blocker.next],
        share=percent(blocker.share, blocker.needed),
        needed=percent(blocker.needed),
        names=listing(far),
    )


def climb(report: Report, name: str, from_: int | None, to: int) -> str:
    """An indicator to raise: what it is called, the level now and the one to reach."""
    return bracketed(labels(report)[name], from_and_to(report, from_, to))


def time_and_effort(within: Within, points_of_effort: float) -> str:
    """By when a step is due and what it takes: "Within 90 days, effort 8"."""
    return _("{within}, effort {effort}").format(within=within_title(within), effort=amount(points_of_effort))


def first_step_notes(report: Report, step: FirstStep) -> str:
    """What there is to know of an action beside its text: time, effort, why, and what has to come first."""
    named = labels(report)
    parts = [full_stop(time_and_effort(step.within, step.effort)), full_stop(_why(report, step))]
    if step.blocked_by:
        parts.append(_("First: {names}.").format(names=listing(named[name] for name in step.blocked_by)))
    return sentences(parts)


def _why(report: Report, step: FirstStep) -> str:
    """What an action is for: the risks of which it closes a hole, the next level, or another action."""
    exposed = [risk.title for risk in report.risks if step.id in risk.holes]
    level_wanted = report.priorities.next_level.level if report.priorities.next_level else None
    waiting = [labels(report)[other.id] for other in report.priorities.first or [] if step.id in other.blocked_by]
    why = {
        "hole": _("closes a hole: {risks}").format(risks=listing(exposed)),
        "level": (
            _("leads on")
            if level_wanted is None
            else _("leads to {level}").format(level=report.level_names[level_wanted])
        ),
        "required": (_("comes before {names}").format(names=listing(waiting)) if waiting else _("comes before others")),
    }
    return capitalised(semicolons(why[reason] for reason in step.reasons))


def actions(report: Report) -> list[FirstStep]:
    """What can be done first; what is not known is to be found out, and has nothing to do yet."""
    return [step for step in report.priorities.first or [] if step.from_ is not None]


def plan_note(report: Report) -> str:
    """What became of the plan to the next level; empty where there is none to make."""
    plan = report.priorities.next_level
    if plan is None or plan.level is None or not report.overall.answered:
        return ""
    unknown = [labels(report)[step.id] for step in report.priorities.first or [] if step.from_ is None]
    if unknown and not any("level" in step.reasons for step in actions(report)):
        told = ngettext(
            "The way to {level} begins with finding out how {names} stands.",
            "The way to {level} begins with finding out how {names} stand.",
            len(unknown),
        )
    else:
        told = _plan_told(plan.status, len(unknown))
    return told.format(level=report.level_names[plan.level], names=listing(unknown))


def _plan_told(status: str, unknown: int) -> str:
    """What became of a plan that counts on so many answers that nobody knows yet."""
    if unknown and status == "planned":
        return ngettext(
            "Together the actions that lead to {level} are the cheapest that reach it, once it is known how {names} "
            "stands.",
            "Together the actions that lead to {level} are the cheapest that reach it, once it is known how {names} "
            "stand.",
            unknown,
        )
    if unknown and status == "nearest":
        return ngettext(
            "{level} is out of reach for now; the actions that lead to it come as near as can be, once it is known how "
            "{names} stands.",
            "{level} is out of reach for now; the actions that lead to it come as near as can be, once it is known how "
            "{names} stand.",
            unknown,
        )
    return {
        "planned": _("Together the actions that lead to {level} are the cheapest that reach it."),
        "nearest": _("{level} is out of reach for now; the actions that lead to it come as near as can be."),
        "too_large": _("The cheapest way to {level} is too large to be computed exactly."),
        "unpublished": _("More has to be known before a way to {level} can be planned: find that out first."),
    }.get(status, "")


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
