"""A plan on a page: whether the target is within reach, the steps in their order, and what they change."""

from collections.abc import Iterator

from allycheck.analysis.plan.result import Open, Plan, PlanStep
from allycheck.numbers import exact
from allycheck.render.changes import effects
from allycheck.render.compare import change
from allycheck.render.document import markdown as marked
from allycheck.render.document import text as drawn
from allycheck.render.document.model import Bullets, Page, Section, Table, Topic
from allycheck.render.look import Look
from allycheck.render.verdicts import number, opening
from allycheck.render.words import effort, percent, points
from allycheck.text import listing

MOST_OPEN = 5
"""Answers to find out that are written out where they don't stand in the way."""


def text(result: Plan, look: Look) -> str:
    """The plan for a terminal."""
    return drawn.text(page(result), look)


def markdown(result: Plan) -> str:
    """The plan as Markdown."""
    return marked.markdown(page(result))


def page(result: Plan) -> Page:
    """What stands on the page."""
    parts = [_blocking(result), _overview(result), _detail(result), *effects(result), _open(result)]
    return Page("Plan", result.organisation or "", list(opening(result)), [part for part in parts if part])


def _ordered(result: Plan) -> list[PlanStep]:
    steps = {step.id: step for step in result.steps}
    return [steps[name] for name in result.order]


def label(step: PlanStep | Open) -> str:
    """An indicator's code and name; the code alone where it has no other name."""
    return step.code if step.code == step.name else f"{step.code} {step.name}"


def _overview(result: Plan) -> Section | None:
    if not result.steps:
        return None
    what = "to the score" if result.steps[0].adds is None else "to the target"
    why = f"What another step needs comes first; otherwise what adds most {what} for its effort."
    rows = [
        [
            f"{at}. {label(step)}",
            f"{step.from_} to {step.to}",
            f"{number(step.effort)} ({words})" if (words := spelled(step)) else number(step.effort),
            _adds(result, step),
        ]
        for at, step in enumerate(_ordered(result), 1)
    ]
    header = ["Step", "Level", "Effort", _adds_title(result)]
    return Section("Steps, in the order to do them", [why, Table(header, rows, "LlLr")])


def spelled(step: PlanStep) -> str:
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
    parts = [part for at, step in enumerate(_ordered(result), 1) for part in _told(result, at, step)]
    return Section("What each step looks like", parts)


def _told(result: Plan, at: int, step: PlanStep) -> Iterator[str | Bullets | Topic]:
    yield Topic(f"{at}. {label(step)}: level {step.from_} to {step.to}")
    yield " ".join(_reasons(result, step))
    yield Bullets(
        [f"Level {anchor.level} ({anchor.word or effort(anchor.effort)}): {anchor.text}" for anchor in step.anchors]
    )
    if step.texts:
        yield f"What to do: {' '.join(step.texts)}"


def _reasons(result: Plan, step: PlanStep) -> Iterator[str]:
    """Why the step is in the plan."""
    if not step.known:
        yield "Not known, so planned from level 0."
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
