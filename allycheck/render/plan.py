"""A plan on a page: whether the target is within reach, the steps in their order, and what they change."""

from collections.abc import Iterator
from fractions import Fraction

from allycheck.analysis.plan.result import Plan, PlanStep, RiskEffect, ScoreEffect
from allycheck.language import _, ngettext, pgettext
from allycheck.numbers import Number, as_decimal, exact
from allycheck.questionnaire import ExposureBand
from allycheck.render.document.model import Bullets, Page, Part, Section, Table, Topic
from allycheck.render.words import band_named, change, effort, effort_word, exposure_note, form_named, percent, points
from allycheck.text import bracketed, commas, first_of, full_stop, label, listing, semicolons, sentences, told

MOST_OPEN = 5
"""Answers to find out that are written out where they don't stand in the way."""


def page(result: Plan) -> Page:
    """What stands on the page."""
    parts = [_blocking(result), _overview(result), _detail(result), *_effects(result), _open(result)]
    return Page(_("Plan"), result.organisation or "", list(_opening(result)), [part for part in parts if part])


def ordered(result: Plan) -> list[PlanStep]:
    """The steps in the order to do them."""
    steps = {step.id: step for step in result.steps}
    return [steps[name] for name in result.order]


def _overview(result: Plan) -> Section | None:
    if not result.steps:
        return None
    why = (
        _("What another step needs comes first; otherwise what adds most to the score for its effort.")
        if result.steps[0].adds is None
        else _("What another step needs comes first; otherwise what adds most to the target for its effort.")
    )
    rows = [
        [
            f"{at}. {label(step)}",
            _climb(step),
            bracketed(_decimal(step.effort), _spelled(step)),
            _adds(result, step),
        ]
        for at, step in enumerate(ordered(result), 1)
    ]
    header = [_("Step"), _("Level"), _("Effort"), _adds_title(result)]
    return Section(_("Steps, in the order to do them"), [why, Table(header, rows, "LlLr")])


def _climb(step: PlanStep) -> str:
    """From where to where; what is not known is planned from the lowest level."""
    now = step.from_ if step.known else _("not known")
    return pgettext("levels", "{now} to {then}").format(now=now, then=step.to)


def _spelled(step: PlanStep) -> str:
    """The effort of a step in the questionnaire's words: "weeks", "2 x weeks", "weeks and months"."""
    words = [effort_word(anchor.word or "") for anchor in step.anchors]
    if not all(words):
        return ""
    counted = {word: words.count(word) for word in words}
    times = pgettext("effort", "{number} x {word}")
    return listing(word if many == 1 else times.format(number=many, word=word) for word, many in counted.items())


def _adds_title(result: Plan) -> str:
    if result.target.kind == "exposure":
        return _("Takes off")
    return _("Brings there") if result.target.kind == "level" and result.steps[0].adds is not None else _("Adds")


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
    return Section(_("What each step looks like"), parts)


def _told(result: Plan, at: int, step: PlanStep) -> Iterator[Part]:
    title = (
        _("level {from} to {to}").format(**{"from": step.from_, "to": step.to})
        if step.known
        else _("find out, else raise to level {to}").format(to=step.to)
    )
    yield Topic(told(f"{at}. {label(step)}", title))
    yield sentences(_reasons(result, step))
    anchor_told = _("Level {level} ({effort}): {text}")
    yield Bullets(
        [
            anchor_told.format(
                level=anchor.level, effort=effort_word(anchor.word or "") or effort(anchor.effort), text=anchor.text
            )
            for anchor in step.anchors
        ]
    )
    yield from _to_do(step)


def _to_do(step: PlanStep) -> Iterator[Part]:
    """What to do, a text for each stage on the way."""
    if len(step.texts) > 1:
        yield _("What to do, stage by stage:")
        yield Bullets(step.texts, numbered=True)
    elif step.texts:
        yield _("What to do: {text}").format(text=step.texts[0])


def _reasons(result: Plan, step: PlanStep) -> Iterator[str]:
    """Why the step is in the plan."""
    if not step.known:
        yield _("Not known, so find it out first: planned from level 0, it may be there already.")
    yield _reason(result, step)
    if step.unlocks:
        names = listing(_named(result, step.unlocks))
        yield _("It comes before {names}, which can't rise above it.").format(names=names)
    falls = {risk.id: risk.title for risk in result.effects.risks if risk.id != result.target.id}
    off = _("{points} off {risk}")
    also = [
        off.format(points=points(step.risks[name]), risk=title) for name, title in falls.items() if step.risks.get(name)
    ]
    if also:
        yield _("Also takes {list}.").format(list=listing(also))


def _reason(result: Plan, step: PlanStep) -> str:
    target = result.target
    if target.kind == "level":
        return _level_reason(result, step)
    if target.kind == "exposure":
        words = (
            _("Takes {points} points off the exposure for {effort} of effort.")
            if step.adds
            else _("Takes nothing off itself for {effort} of effort.")
        )
    elif not step.adds:
        words = _("Adds nothing itself for {effort} of effort.")
    elif target.id == "overall":
        words = _("Adds {points} points to the overall score for {effort} of effort.")
    else:
        words = _("Adds {points} points to the score of {trend} for {effort} of effort.")
    return words.format(points=points(step.adds or 0.0), effort=effort(step.effort), trend=target.title)


def _level_reason(result: Plan, step: PlanStep) -> str:
    about = {"level": result.target.level_name, "effort": effort(step.effort)}
    if step.adds is None:
        trend = next(trend.title for trend in result.effects.trends if trend.id == step.trend)
        return _(
            "Brings {trend} to where {level} needs it and adds {points} points to the score for {effort} of effort."
        ).format(trend=trend, points=points(step.gain), **about)
    if step.adds:
        share = percent(step.adds)
        return _("Brings {share} of the trend's weight to {level} for {effort} of effort.").format(share=share, **about)
    return _("Lifts what lies too low for {level} for {effort} of effort.").format(**about)


def _named(result: Plan, names: list[str]) -> list[str]:
    steps = {step.id: label(step) for step in result.steps}
    return [steps.get(name) or result.labels.get(name, name) for name in names]


def _blocking(result: Plan) -> Section | None:
    """What to find out before planning."""
    if result.status != "find_out_first" or not result.find_out:
        return None
    why = _("What leaves most open comes first.")
    return Section(_("Find out first"), [why, Bullets(_questions(result, len(result.find_out)), numbered=True)])


def _open(result: Plan) -> Section | None:
    if result.status == "find_out_first" or not result.find_out:
        return None
    more = len(result.find_out) - MOST_OPEN
    rest = _("And {number} more; --format json lists them all.").format(number=more)
    why = _("These answers are open. What leaves most open comes first.")
    return Section(
        _("What is not known"),
        [why, Bullets(_questions(result, MOST_OPEN), numbered=True), *([rest] if more > 0 else [])],
    )


def _questions(result: Plan, most: int) -> list[str]:
    return [
        semicolons([_open_one(label(one), one.width), *_waiting(result, one.blocks)]) for one in result.find_out[:most]
    ]


def _open_one(name: str, width: float) -> str:
    return _("{name}: leaves {points} points open").format(name=name, points=points(width)) if exact(width) else name


def _waiting(result: Plan, blocks: list[str]) -> list[str]:
    return [_("until then {names} can't rise").format(names=listing(_named(result, blocks)))] if blocks else []


def _decimal(value: float) -> str:
    """A number that came in as a decimal, as it came in."""
    return as_decimal(exact(value))


def _opening(result: Plan) -> Iterator[str]:
    """What stands above the steps."""
    source, form = result.questionnaire, form_named(result.form)
    about = [part for part in (f"{source.title} {source.version}", result.actor_title, form, result.date) if part]
    yield _("Target: {target}. {about}, self-assessed.").format(target=_aimed(result), about=commas(about))
    yield sentences(_verdict(result))
    if result.start is not None:
        yield _basis(result)
    if result.start is not None and not result.published and result.coverage is not None:
        known, needed = percent(result.coverage, result.coverage_needed), percent(result.coverage_needed)
        yield _(
            "Find out first: only {share} of what counts is known, {needed} is needed for a number to publish."
        ).format(share=known, needed=needed)
    if pinned := _pinned(result):
        yield pinned
    if any(anchor.word for step in result.steps for anchor in step.anchors):
        scale = listing(f"{effort_word(word)} {_decimal(value)}" for word, value in result.effort_scale.items())
        yield _("Effort points for climbing one level: {scale}.").format(scale=scale)


def _aimed(result: Plan) -> str:
    """The target in words."""
    target = result.target
    whole = target.id == "overall"
    match target.kind:
        case "budget":
            words = _("the most for {effort} of effort")
        case "exposure":
            words = _("exposure to {title} of at most {value}")
        case "level":
            words = _("level {level} overall") if whole else _("level {level} in {title}")
        case _:
            words = _("overall score of at least {value}") if whole else _("score of {title} of at least {value}")
    return words.format(
        effort=effort(target.value), title=target.title, value=_decimal(target.value), level=target.level_name
    )


def _amount(result: Plan, value: float) -> str:
    """A quantity in the target's unit, on its own side of what was asked for."""
    target = result.target
    if target.kind == "level":
        return percent(value, target.needed or 0.0)
    return points(value) if target.kind == "budget" else points(value, [target.value])


def _verdict(result: Plan) -> Iterator[str]:
    match result.status:
        case "met":
            where = _where(result, result.start or 0.0)
            yield _("Already met: {where}. Nothing has to be done.").format(where=where)
        case "ok":
            yield from _found(result)
        case "infeasible":
            yield from _out_of_reach(result)
        case "find_out_first":
            yield from _too_little(result)
        case "too_large":
            yield _too_large()
            today, best = _where(result, result.start or 0.0), _where(result, result.best or 0.0)
            yield _("Today {where}; at best, {best}.").format(where=today, best=best)


def _too_large() -> str:
    return _(
        "Too large: this questionnaire's weights and prerequisites leave too many plans to find the best one exactly, "
        "so none is given. Rounder weights and efforts, or fewer prerequisites between trends, make it possible."
    )


def _where(result: Plan, value: float) -> str:
    """Where the target's quantity stands, as the part of a sentence."""
    target, amount, sure = result.target, _amount(result, value), result.basis == "guaranteed"
    whole = target.id == "overall"
    if target.kind == "exposure":
        words = _("the exposure is at most {amount}") if sure else _("the exposure is {amount}")
    elif target.kind == "level":
        words = (
            _("{amount} of the trends' weight is at {level} or above")
            if whole
            else _("{amount} of the trend's weight is at {level} or above")
        )
    elif whole:
        words = _("the score is at least {amount}") if sure else _("the score is {amount}")
    else:
        words = _("{title} is at at least {amount}") if sure else _("{title} is at {amount}")
    return words.format(amount=amount, level=target.level_name, title=target.title)


def _found(result: Plan) -> Iterator[str]:
    if result.target.kind == "budget":
        yield from _spent(result)
        return
    yield ngettext(
        "Within reach: {number} indicator raised for {effort} of effort.",
        "Within reach: {number} indicators raised for {effort} of effort.",
        len(result.steps),
    ).format(number=len(result.steps), effort=effort(result.cost))
    yield _then(result)
    if result.target.kind == "level" and result.target.needed is not None:
        yield _level_needs(result.target.needed)
    yield _(
        "No plan costs less; of those that cost the same, this one reaches furthest, then touches fewest indicators."
    )


def _then(result: Plan) -> str:
    """Where the target's quantity stands after the steps, and where it stands now."""
    where, now = _where(result, result.reached or 0.0), _amount(result, result.start or 0.0)
    return _("Then {where}; now it is {amount}.").format(where=where, amount=now)


def _level_needs(needed: float) -> str:
    return _("The level needs {share}, and nothing too far below.").format(share=percent(needed))


def _spent(result: Plan) -> Iterator[str]:
    if not result.steps:
        yield (
            _("Nothing can be gained for this: nothing is left to raise.")
            if result.best == result.start
            else _("Nothing can be gained for this: every step costs more.")
        )
        return
    yield ngettext(
        "The best use: {number} indicator raised for {effort} of effort.",
        "The best use: {number} indicators raised for {effort} of effort.",
        len(result.steps),
    ).format(number=len(result.steps), effort=effort(result.cost))
    yield _then(result)
    yield _("No plan gains more; of those that gain the same, this one costs least, then touches fewest indicators.")


def _out_of_reach(result: Plan) -> Iterator[str]:
    if result.start is None or result.best is None:
        yield _("Nothing applies here, so there is nothing to plan.")
        return
    if result.target.kind == "budget":
        yield _("Out of reach: what has to be in the plan costs {effort} already.").format(effort=effort(result.cost))
        return
    best, now = _where(result, result.best), _amount(result, result.start)
    yield _("Out of reach. At best, {where}; now it is {amount}.").format(where=best, amount=now)
    if result.target.needed is not None:
        yield _level_needs(result.target.needed)
    if result.blocked:
        names = [result.labels[name] for name in result.blocked]
        yield _("In the way: {names} can't rise to the top.").format(names=first_of(names, MOST_OPEN))
    yield from _nearest(result)


def _nearest(result: Plan) -> Iterator[str]:
    if result.steps:
        cost = effort(result.cost)
        yield _("Below is the cheapest plan that comes this near, for {effort} of effort.").format(effort=cost)


def _too_little(result: Plan) -> Iterator[str]:
    if result.start is None:
        yield _("Find out first: nothing is known yet of what counts here, so there is nothing to plan from.")
        return
    best = _where(result, result.best or 0.0)
    yield _("Find out first: answers that are not known stand in the way. Until then, at best {where}.").format(
        where=best
    )
    yield from _nearest(result)


def _basis(result: Plan) -> str:
    if result.basis == "guaranteed":
        return _("Planned for the worst case: what is not known counts as level 0, so this holds whatever turns out.")
    if not result.find_out:
        return _("Everything that counts here is known, so there is no range around these numbers.")
    return ngettext(
        "Planned from what is known: {number} answer that is not known stays out. With --guaranteed the plan holds "
        "even if they turn out lowest.",
        "Planned from what is known: {number} answers that are not known stay out. With --guaranteed the plan holds "
        "even if they turn out lowest.",
        len(result.find_out),
    ).format(number=len(result.find_out))


def _pinned(result: Plan) -> str:
    pins = result.pins
    parts = []
    if pins.keep:
        parts.append(_("in the plan whatever it costs: {names}").format(names=_labels(result, pins.keep)))
    if pins.not_:
        parts.append(_("left as they are: {names}").format(names=_labels(result, pins.not_)))
    if pins.by:
        most = effort(pins.most or 0.0)
        parts.append(
            _("no single climb of more effort than {word} ({effort})").format(word=effort_word(pins.by), effort=most)
        )
    if pins.up_to:
        parts.append(_("nothing raised above {level}").format(level=pins.up_to.name))
    return _("Pinned: {list}.").format(list=semicolons(parts)) if parts else ""


def _labels(result: Plan, names: list[str]) -> str:
    return listing(result.labels[name] for name in names)


def _effects(result: Plan) -> Iterator[Section]:
    """Two tables: scores with levels, and risks. What stays the same is left out."""
    if not result.steps:
        return
    ends = result.basis == "guaranteed"
    trends = [effect for effect in result.effects.trends if _moves(effect, ends=ends)]
    ranked = [result.effects.overall, *sorted(trends, key=lambda effect: -_rise(effect, ends=ends))]
    what = _("Low end of the score") if ends else _("Score")
    rows = [_score_row(result, effect, ends=ends) for effect in ranked]
    why = _("Overall first, then the trends by how much they rise; levels are the demonstrated ones.")
    header = [what, _("Now"), _("Then"), _("Change"), _("Level")]
    yield Section(_("What it changes"), [why, Table(header, rows, "LrrrL")])
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
    return after.name if before == after else _now_then(before.name, after.name)


def _now_then(now: str, then: str) -> str:
    return pgettext("levels", "{now} to {then}").format(now=now, then=then)


def _shown(value: float | None, bands: list[float]) -> str:
    return "-" if value is None else points(value, bands)


def _risks(result: Plan, *, ends: bool) -> Iterator[Section]:
    fallen = [effect for effect in result.effects.risks if _fall(effect, ends=ends) or effect.holes_before]
    if not fallen:
        return
    ranked = sorted(fallen, key=lambda effect: -_fall(effect, ends=ends))
    what = _("High end of the exposure") if ends else _("Exposure")
    rows = [_risk_row(result, effect, ends=ends) for effect in ranked]
    why = sentences([_("By how much they fall."), exposure_note()])
    table = Table([what, _("Now"), _("Then"), _("Change"), _("Band"), _("Holes")], rows, "LrrrLl")
    yield Section(_("What it takes off the risks"), [why, table, *_holes(result, ranked)])


def _holes(result: Plan, risks: list[RiskEffect]) -> Iterator[Part]:
    """The critical safeguards that the plan puts in place, and those that stay missing."""
    before = {name for risk in risks for name in risk.holes_before}
    after = {name for risk in risks for name in risk.holes_after}
    found = [
        full_stop(told(words, semicolons(name for at, name in result.labels.items() if at in ids)))
        for words, ids in ((_("Holes that it closes"), before - after), (_("Holes that stay"), after))
        if ids
    ]
    if found:
        yield _("A hole is a critical safeguard at level 0 or 1; with one, no band is low.")
        yield Bullets(found)


def _high(effect: RiskEffect, *, ends: bool) -> tuple[float | None, float | None]:
    return (effect.high_before, effect.high_after) if ends else (effect.before, effect.after)


def _fall(effect: RiskEffect, *, ends: bool) -> Fraction:
    before, after = _high(effect, ends=ends)
    return exact(before or 0.0) - exact(after or 0.0)


def _risk_row(result: Plan, effect: RiskEffect, *, ends: bool) -> list[str]:
    before, after = _high(effect, ends=ends)
    bands = result.exposure_bands
    moved = change(Number(-_fall(effect, ends=ends)))
    was, then = ("", "") if ends else (_band(effect.band_before), _band(effect.band_after))
    band = then if was == then or not was else _now_then(was, then)
    return [effect.title, _shown(before, bands), _shown(after, bands), moved, band, _hole_count(effect)]


def _hole_count(effect: RiskEffect) -> str:
    before, after = len(effect.holes_before), len(effect.holes_after)
    return str(after or "") if before == after else _now_then(str(before), str(after))


def _band(band: ExposureBand | None) -> str:
    return band_named(band) if band else ""
