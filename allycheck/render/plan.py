"""A plan on a page: whether the target is within reach, the steps in their order, and what they change."""

from collections.abc import Iterator
from fractions import Fraction

from allycheck.analysis.plan.result import Plan, PlanStep, RiskEffect, ScoreEffect
from allycheck.numbers import Number, as_decimal, exact
from allycheck.render.document.model import Bullets, Page, Part, Section, Table, Topic
from allycheck.render.words import EXPOSURE_NOTE, change, effort, percent, points
from allycheck.text import count, first_of, label, listing

MOST_OPEN = 5
"""Answers to find out that are written out where they don't stand in the way."""
TOO_LARGE = (
    "Too large: this questionnaire's weights and prerequisites leave too many plans to find the best one exactly, so "
    "none is given. Rounder weights and efforts, or fewer prerequisites between trends, make it possible."
)


def page(result: Plan) -> Page:
    """What stands on the page."""
    parts = [_blocking(result), _overview(result), _detail(result), *_effects(result), _open(result)]
    return Page("Plan", result.organisation or "", list(_opening(result)), [part for part in parts if part])


def ordered(result: Plan) -> list[PlanStep]:
    """The steps in the order to do them."""
    steps = {step.id: step for step in result.steps}
    return [steps[name] for name in result.order]


def _overview(result: Plan) -> Section | None:
    if not result.steps:
        return None
    what = "to the score" if result.steps[0].adds is None else "to the target"
    why = f"What another step needs comes first; otherwise what adds most {what} for its effort."
    rows = [
        [
            f"{at}. {label(step)}",
            _climb(step),
            f"{_decimal(step.effort)} ({words})" if (words := _spelled(step)) else _decimal(step.effort),
            _adds(result, step),
        ]
        for at, step in enumerate(ordered(result), 1)
    ]
    header = ["Step", "Level", "Effort", _adds_title(result)]
    return Section("Steps, in the order to do them", [why, Table(header, rows, "LlLr")])


def _climb(step: PlanStep) -> str:
    """From where to where; what is not known is planned from the lowest level."""
    return f"{step.from_} to {step.to}" if step.known else f"not known to {step.to}"


def _spelled(step: PlanStep) -> str:
    """The effort of a step in the questionnaire's words: "weeks", "2 x weeks", "weeks and months"."""
    words = [anchor.word for anchor in step.anchors]
    if not all(words):
        return ""
    counted = {word: words.count(word) for word in words}
    return listing(word if many == 1 else f"{many} x {word}" for word, many in counted.items())


def _adds_title(result: Plan) -> str:
    if result.target.kind == "exposure":
        return "Takes off"
    return "Brings there" if result.target.kind == "level" and result.steps[0].adds is not None else "Adds"


def _adds(result: Plan, step: PlanStep) -> str:
    if result.target.kind == "exposure":
        return points(step.adds or 0.0)
    if result.target.kind == "level" and step.adds is not None:
        return percent(step.adds)
    return change(step.gain if step.adds is None else step.adds)


def _detail(result: Plan) -> Section | None:
    if not result.steps:
        return None
    parts = [part for at, step in enumerate(ordered(result), 1) for part in _told(result, at, step)]
    return Section("What each step looks like", parts)


def _told(result: Plan, at: int, step: PlanStep) -> Iterator[Part]:
    title = f"level {_climb(step)}" if step.known else f"find out, else raise to level {step.to}"
    yield Topic(f"{at}. {label(step)}: {title}")
    yield " ".join(_reasons(result, step))
    yield Bullets(
        [f"Level {anchor.level} ({anchor.word or effort(anchor.effort)}): {anchor.text}" for anchor in step.anchors]
    )
    yield from _to_do(step)


def _to_do(step: PlanStep) -> Iterator[Part]:
    """What to do, a text for each stage on the way."""
    if len(step.texts) > 1:
        yield "What to do, stage by stage:"
        yield Bullets(step.texts, numbered=True)
    elif step.texts:
        yield f"What to do: {step.texts[0]}"


def _reasons(result: Plan, step: PlanStep) -> Iterator[str]:
    """Why the step is in the plan."""
    if not step.known:
        yield "Not known, so find it out first: planned from level 0, it may be there already."
    yield f"{_reason(result, step)} for {effort(step.effort)} of effort."
    if step.unlocks:
        yield f"It comes before {listing(_named(result, step.unlocks))}, which can't rise above it."
    falls = {risk.id: risk.title for risk in result.effects.risks if risk.id != result.target.id}
    also = [f"{points(step.risks[name])} off {title}" for name, title in falls.items() if step.risks.get(name)]
    if also:
        yield f"Also takes {listing(also)}."


def _reason(result: Plan, step: PlanStep) -> str:
    target = result.target
    if target.kind == "exposure":
        return f"Takes {points(step.adds or 0.0)} points off the exposure" if step.adds else "Takes nothing off itself"
    if target.kind == "level":
        return _level_reason(result, step)
    where = "the overall score" if target.id == "overall" else f"the score of {target.title}"
    return f"Adds {points(step.adds)} points to {where}" if step.adds else "Adds nothing itself"


def _level_reason(result: Plan, step: PlanStep) -> str:
    name = result.target.level_name
    if step.adds is None:
        trend = next(trend.title for trend in result.effects.trends if trend.id == step.trend)
        return f"Brings {trend} to where {name} needs it and adds {points(step.gain)} points to the score"
    if step.adds:
        return f"Brings {percent(step.adds)} of the trend's weight to {name}"
    return f"Lifts what lies too low for {name}"


def _named(result: Plan, names: list[str]) -> list[str]:
    steps = {step.id: label(step) for step in result.steps}
    return [steps.get(name) or result.labels.get(name, name) for name in names]


def _blocking(result: Plan) -> Section | None:
    """What to find out before planning."""
    if result.status != "find_out_first" or not result.find_out:
        return None
    why = "What leaves most open comes first."
    return Section("Find out first", [why, Bullets(_questions(result, len(result.find_out)), numbered=True)])


def _open(result: Plan) -> Section | None:
    if result.status == "find_out_first" or not result.find_out:
        return None
    more = len(result.find_out) - MOST_OPEN
    rest = [f"And {more} more; --format json lists them all."] if more > 0 else []
    why = "These answers are open. What leaves most open comes first."
    return Section("What is not known", [why, Bullets(_questions(result, MOST_OPEN), numbered=True), *rest])


def _questions(result: Plan, most: int) -> list[str]:
    return [f"{label(one)}{_leaves(one.width)}{_waiting(result, one.blocks)}" for one in result.find_out[:most]]


def _leaves(width: float) -> str:
    return f": leaves {points(width)} points open" if exact(width) else ""


def _waiting(result: Plan, blocks: list[str]) -> str:
    return f"; until then {listing(_named(result, blocks))} can't rise" if blocks else ""


def _decimal(value: float) -> str:
    """A number that came in as a decimal, as it came in."""
    return as_decimal(exact(value))


def _opening(result: Plan) -> Iterator[str]:
    """What stands above the steps."""
    source, form = result.questionnaire, f"{result.form} form"
    about = [part for part in (f"{source.title} {source.version}", result.actor_title, form, result.date) if part]
    yield f"Target: {_aimed(result)}. {', '.join(about)}, self-assessed."
    yield " ".join(_verdict(result))
    if result.start is not None:
        yield _basis(result)
    if result.start is not None and not result.published and result.coverage is not None:
        known, needed = percent(result.coverage, result.coverage_needed), percent(result.coverage_needed)
        yield f"Find out first: only {known} of what counts is known, {needed} is needed for a number to publish."
    if pinned := _pinned(result):
        yield pinned
    if any(anchor.word for step in result.steps for anchor in step.anchors):
        scale = listing(f"{word} {_decimal(value)}" for word, value in result.effort_scale.items())
        yield f"Effort points for climbing one level: {scale}."


def _aimed(result: Plan) -> str:
    """The target in words."""
    target = result.target
    whole = target.id == "overall"
    match target.kind:
        case "budget":
            return f"the most for {effort(target.value)} of effort"
        case "exposure":
            return f"exposure to {target.title} of at most {_decimal(target.value)}"
        case "level":
            return f"level {target.level_name} {'overall' if whole else f'in {target.title}'}"
        case _:
            return f"{'overall score' if whole else f'score of {target.title}'} of at least {_decimal(target.value)}"


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
        case "too_large":
            yield TOO_LARGE
            yield f"Today {_where(result, result.start or 0.0)}; at best, {_where(result, result.best or 0.0)}."


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
        names = [result.labels[name] for name in result.blocked]
        yield f"In the way: {first_of(names, MOST_OPEN)} can't rise to the top."
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


def _effects(result: Plan) -> Iterator[Section]:
    """Two tables: scores with levels, and risks. What stays the same is left out."""
    if not result.steps:
        return
    ends = result.basis == "guaranteed"
    trends = [effect for effect in result.effects.trends if _moves(effect, ends=ends)]
    ranked = [result.effects.overall, *sorted(trends, key=lambda effect: -_rise(effect, ends=ends))]
    what = "Low end of the score" if ends else "Score"
    rows = [_score_row(result, effect, ends=ends) for effect in ranked]
    why = "Overall first, then the trends by how much they rise; levels are the demonstrated ones."
    yield Section("What it changes", [why, Table([what, "Now", "Then", "Change", "Level"], rows, "LrrrL")])
    yield from _risks(result, ends=ends)


def _ends(effect: ScoreEffect, *, ends: bool) -> tuple[float | None, float | None]:
    return (effect.low_before, effect.low_after) if ends else (effect.before, effect.after)


def _rise(effect: ScoreEffect, *, ends: bool) -> Fraction:
    before, after = _ends(effect, ends=ends)
    return exact(after or 0.0) - exact(before or 0.0)


def _moves(effect: ScoreEffect, *, ends: bool) -> bool:
    return bool(_rise(effect, ends=ends)) or effect.level_before != effect.level_after


def _score_row(result: Plan, effect: ScoreEffect, *, ends: bool) -> list[str]:
    before, after = _ends(effect, ends=ends)
    moved = "" if before is None or after is None else change(Number(_rise(effect, ends=ends)))
    return [effect.title, _shown(before, result.score_bands), _shown(after, result.score_bands), moved, _level(effect)]


def _level(effect: ScoreEffect) -> str:
    before, after = effect.level_before, effect.level_after
    if before is None or after is None:
        return ""
    return after.name if before == after else f"{before.name} to {after.name}"


def _shown(value: float | None, bands: list[float]) -> str:
    return "-" if value is None else points(value, bands)


def _risks(result: Plan, *, ends: bool) -> Iterator[Section]:
    fallen = [effect for effect in result.effects.risks if _fall(effect, ends=ends) or effect.holes_before]
    if not fallen:
        return
    ranked = sorted(fallen, key=lambda effect: -_fall(effect, ends=ends))
    what = "High end of the exposure" if ends else "Exposure"
    rows = [_risk_row(result, effect, ends=ends) for effect in ranked]
    why = f"By how much they fall. {EXPOSURE_NOTE}"
    table = Table([what, "Now", "Then", "Change", "Band", "Holes"], rows, "LrrrLl")
    yield Section("What it takes off the risks", [why, table, *_holes(result, ranked)])


def _holes(result: Plan, risks: list[RiskEffect]) -> Iterator[Part]:
    """The critical safeguards that the plan puts in place, and those that stay missing."""
    before = {name for risk in risks for name in risk.holes_before}
    after = {name for risk in risks for name in risk.holes_after}
    told = [
        f"{words}: {'; '.join(name for at, name in result.labels.items() if at in ids)}."
        for words, ids in (("Holes that it closes", before - after), ("Holes that stay", after))
        if ids
    ]
    if told:
        yield "A hole is a critical safeguard at level 0 or 1; with one, no band is low."
        yield Bullets(told)


def _high(effect: RiskEffect, *, ends: bool) -> tuple[float | None, float | None]:
    return (effect.high_before, effect.high_after) if ends else (effect.before, effect.after)


def _fall(effect: RiskEffect, *, ends: bool) -> Fraction:
    before, after = _high(effect, ends=ends)
    return exact(before or 0.0) - exact(after or 0.0)


def _risk_row(result: Plan, effect: RiskEffect, *, ends: bool) -> list[str]:
    before, after = _high(effect, ends=ends)
    bands = result.exposure_bands
    moved = change(Number(-_fall(effect, ends=ends)))
    was, then = ("", "") if ends else (effect.band_before or "", effect.band_after or "")
    band = then if was == then or not was else f"{was} to {then}"
    return [effect.title, _shown(before, bands), _shown(after, bands), moved, band, _hole_count(effect)]


def _hole_count(effect: RiskEffect) -> str:
    before, after = len(effect.holes_before), len(effect.holes_after)
    return str(after or "") if before == after else f"{before} to {after}"
