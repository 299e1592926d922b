"""The sentences that open the page of a plan: whether the target is within reach, at which price, on which basis."""

from collections.abc import Iterator

from allycheck.analysis.plan.result import Plan
from allycheck.numbers import as_decimal, exact
from allycheck.render.words import effort, percent, points
from allycheck.text import count, listing


def number(value: float) -> str:
    """A number that came in as a decimal, as it came in."""
    return as_decimal(exact(value))


def opening(result: Plan) -> Iterator[str]:
    """What stands above the steps."""
    source, form = result.questionnaire, f"{result.form} form"
    about = [part for part in (f"{source.title} {source.version}", result.actor_title, form, result.date) if part]
    yield f"Target: {aimed(result)}. {', '.join(about)}, self-assessed."
    yield " ".join(_verdict(result))
    if result.start is not None:
        yield _basis(result)
    if result.start is not None and not result.published and result.coverage is not None:
        known, needed = percent(result.coverage, result.coverage_needed), percent(result.coverage_needed)
        yield f"Find out first: only {known} of what counts is known, {needed} is needed for a number to publish."
    if pinned := _pinned(result):
        yield pinned
    if any(anchor.word for step in result.steps for anchor in step.anchors):
        scale = listing(f"{word} {number(value)}" for word, value in result.effort_scale.items())
        yield f"Effort points for climbing one level: {scale}."


def aimed(result: Plan) -> str:
    """The target in words."""
    target = result.target
    whole = target.id == "overall"
    match target.kind:
        case "budget":
            return f"the most for {effort(target.value)} of effort"
        case "exposure":
            return f"exposure to {target.title} of at most {number(target.value)}"
        case "level":
            return f"level {target.level_name} {'overall' if whole else f'in {target.title}'}"
        case _:
            return f"{'overall score' if whole else f'score of {target.title}'} of at least {number(target.value)}"


def _amount(result: Plan, value: float) -> str:
    """A quantity in the target's unit, on its own side of what was asked for."""
    target = result.target
    if target.kind == "level":
        return percent(value, target.needed or 0.0)
    return points(value) if target.kind == "budget" else points(value, [target.value])


def _verdict(result: Plan) -> Iterator[str]:
    match result.status:
        case "met":
            yield f"Already met: {_where(result, result.start or 0.0)}. Nothing has to be done."
        case "ok":
            yield from _found(result)
        case "infeasible":
            yield from _out_of_reach(result)
        case "find_out_first":
            yield from _too_little(result)


def _where(result: Plan, value: float) -> str:
    """Where the target's quantity stands, as the part of a sentence."""
    target, amount, sure = result.target, _amount(result, value), result.basis == "guaranteed"
    if target.kind == "exposure":
        return f"the exposure is {'at most ' if sure else ''}{amount}"
    if target.kind == "level":
        what = "the trends' weight" if target.id == "overall" else "the trend's weight"
        return f"{amount} of {what} is at {target.level_name} or above"
    low = "at least " if sure else ""
    return f"the score is {low}{amount}" if target.id == "overall" else f"{target.title} is at {low}{amount}"


def _found(result: Plan) -> Iterator[str]:
    steps = f"{count(len(result.steps), 'indicator')} raised for {effort(result.cost)} of effort"
    if result.target.kind == "budget":
        yield from _spent(result, steps)
        return
    yield f"Within reach: {steps}. Then {_where(result, result.reached or 0.0)}; {_now(result)}."
    if result.target.kind == "level" and result.target.needed is not None:
        yield f"The level needs {percent(result.target.needed)}, and nothing too far below."
    yield "No plan costs less; of those that cost the same, this one reaches furthest, then touches fewest indicators."


def _now(result: Plan) -> str:
    return f"now it is {_amount(result, result.start or 0.0)}"


def _spent(result: Plan, steps: str) -> Iterator[str]:
    if not result.steps:
        room = result.best != result.start
        yield f"Nothing can be gained for this: {'every step costs more' if room else 'nothing is left to raise'}."
        return
    yield f"The best use: {steps}. Then {_where(result, result.reached or 0.0)}; {_now(result)}."
    yield "No plan gains more; of those that gain the same, this one costs least, then touches fewest indicators."


def _out_of_reach(result: Plan) -> Iterator[str]:
    if result.start is None or result.best is None:
        yield "Nothing applies here, so there is nothing to plan."
        return
    if result.target.kind == "budget":
        yield f"Out of reach: what has to be in the plan costs {effort(result.cost)} already."
        return
    yield f"Out of reach. At best, {_where(result, result.best)}; {_now(result)}."
    if result.target.needed is not None:
        yield f"The level needs {percent(result.target.needed)}, and nothing too far below."
    if result.blocked:
        yield f"In the way: {listing(result.labels[name] for name in result.blocked)} can't rise to the top."
    yield from _nearest(result)


def _nearest(result: Plan) -> Iterator[str]:
    if result.steps:
        yield f"Below is the cheapest plan that comes this near, for {effort(result.cost)} of effort."


def _too_little(result: Plan) -> Iterator[str]:
    if result.start is None:
        yield "Find out first: nothing is known yet of what counts here, so there is nothing to plan from."
        return
    best = _where(result, result.best or 0.0)
    yield f"Find out first: answers that are not known stand in the way. Until then, at best {best}."
    yield from _nearest(result)


def _basis(result: Plan) -> str:
    if result.basis == "guaranteed":
        return "Planned for the worst case: what is not known counts as level 0, so this holds whatever turns out."
    if not result.find_out:
        return "Everything that counts here is known, so there is no range around these numbers."
    stay = (
        "1 answer that is not known stays out"
        if len(result.find_out) == 1
        else f"{len(result.find_out)} answers that are not known stay out"
    )
    return f"Planned from what is known: {stay}. With --guaranteed the plan holds even if they turn out lowest."


def _pinned(result: Plan) -> str:
    pins = result.pins
    parts = [
        f"in the plan whatever it costs: {_labels(result, pins.keep)}" if pins.keep else "",
        f"left as they are: {_labels(result, pins.not_)}" if pins.not_ else "",
        f"no single climb of more effort than {pins.by} ({effort(pins.most or 0.0)})" if pins.by else "",
        f"nothing raised above {pins.up_to.name}" if pins.up_to else "",
    ]
    told = "; ".join(part for part in parts if part)
    return f"Pinned: {told}." if told else ""


def _labels(result: Plan, names: list[str]) -> str:
    return listing(result.labels[name] for name in names)
