"""The plan as a result: what `plan --format json` prints and what its pages are drawn from.

Field order is the order of the JSON keys; a trailing underscore (`from_`, `not_`) is dropped there. Levels are maturity
levels 0 to 4, after reversal. None (null) means: not known, not published or not applicable.
"""

from typing import Literal, NamedTuple

from allycheck.analysis.plan.solving import Status
from allycheck.analysis.plan.targets import Kind
from allycheck.questionnaire import ExposureBand, ScoreBand
from allycheck.report import Level, QuestionnaireRef, Tool

Basis = Literal["point", "guaranteed"]


class PlanTarget(NamedTuple):
    """What was asked for: `id` is "overall", a trend or a risk; `value` is in points, levels or effort points."""

    kind: Kind
    id: str
    value: float
    title: str
    level_name: str | None
    needed: float | None


class LevelToReach(NamedTuple):
    """What one of the levels to reach looks like, with the effort of the step that leads to it."""

    level: int
    text: str
    effort: float
    word: str


class PlanStep(NamedTuple):
    """An indicator to raise. `gain` is in points of the overall score, or of its low end if guaranteed.

    `texts` say what to do for each stage on the way, none where the level is not known. `adds` is what the step adds
    to the target's own quantity, in its unit; null for the overall level, where steps only count together. `unlocks`
    names the steps that could not be done without this one; `risks` has by how much each exposure falls.
    """

    id: str
    code: str
    from_: int
    to: int
    effort: float
    gain: float
    adds: float | None
    name: str
    trend: str
    known: bool
    anchors: list[LevelToReach]
    texts: list[str]
    unlocks: list[str]
    risks: dict[str, float]


class ScoreEffect(NamedTuple):
    """What doing the plan makes of a score: as the report publishes it, its low end, and the demonstrated level."""

    id: str
    title: str
    before: float | None
    after: float | None
    low_before: float | None
    low_after: float | None
    level_before: Level | None
    level_after: Level | None
    band_before: ScoreBand | None
    band_after: ScoreBand | None


class RiskEffect(NamedTuple):
    """What doing the plan makes of an exposure: as the report publishes it, its high end, and its holes by id."""

    id: str
    title: str
    before: float | None
    after: float | None
    high_before: float | None
    high_after: float | None
    band_before: ExposureBand | None
    band_after: ExposureBand | None
    holes_before: list[str]
    holes_after: list[str]


class Effects(NamedTuple):
    """What doing the plan makes of the sheet, scored anew."""

    overall: ScoreEffect
    trends: list[ScoreEffect]
    risks: list[RiskEffect]


class Open(NamedTuple):
    """An answer that is not known: the points it leaves open of what the target is about, and what waits for it."""

    id: str
    code: str
    name: str
    width: float
    blocks: list[str]


class Pins(NamedTuple):
    """What was pinned: indicators to raise and to leave, the largest climb with its points, the highest level."""

    keep: list[str]
    not_: list[str]
    by: str | None
    most: float | None
    up_to: Level | None


class Plan(NamedTuple):
    """The best plan for a target. `start`, `reached` and `best` are in the target's unit.

    `steps` stand in catalogue order, `order` in the order to do them. `published` says whether enough is known of what
    the target is about; `best` is what could be reached at any cost.
    """

    schema_version: Literal[1]
    tool: Tool
    questionnaire: QuestionnaireRef
    target: PlanTarget
    basis: Basis
    status: Status
    start: float | None
    reached: float | None
    best: float | None
    cost: float
    steps: list[PlanStep]
    order: list[str]
    effects: Effects
    find_out: list[Open]
    pins: Pins
    blocked: list[str]
    published: bool
    coverage: float | None
    organisation: str | None
    actor: str | None
    actor_title: str
    form: str
    date: str | None
    score_bands: list[float]
    exposure_bands: list[float]
    coverage_needed: float
    effort_scale: dict[str, float]
    labels: dict[str, str]
