"""The public Report model: what `report --format json` prints and what every renderer draws from, alone.

`schema_version` 1, additive changes only. Field order is the order of the JSON keys; a trailing underscore (`from_`)
is dropped there. Scores and exposures are points 0 to 100, coverage and shares are 0 to 1, levels are 0 to 4 after
reversal except `answer`, which is what the file says. None (null) means: not known, not published or not applicable.
`allycheck.reporting` builds it.
"""

from dataclasses import dataclass, fields
from typing import Any, Literal

from allycheck.questionnaire import Form

Band = Literal["low", "middle", "high"]
ExposureBand = Literal["low", "moderate", "high"]


@dataclass(frozen=True, slots=True)
class Tool:
    """What made the result."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Source:
    """The questionnaire of a result; `digest` changes with any change of its content."""

    id: str
    version: str
    digest: str
    title: str


@dataclass(frozen=True, slots=True)
class Level:
    """A maturity level, 0 to 4, and its name."""

    value: int
    name: str


@dataclass(frozen=True, slots=True)
class StepReport:
    """A next step of the actor: what, within which time, and how large (S, M, L)."""

    do: str
    within: Literal["30d", "90d", "1y"]
    effort: Literal["S", "M", "L"]


@dataclass(frozen=True, slots=True)
class IndicatorReport:
    """An indicator in scope, in the actor's words. `levels` are the five anchors, worst first."""

    id: str
    code: str
    answer: int | str | None
    level: int | None
    weight: float
    lost: float | None
    gain: float | None
    name: str
    ask: str
    levels: list[str]
    evidence_wanted: str
    step: str
    requires: list[str]
    reason: str | None
    evidence: str | None
    comment: str | None
    source: str


@dataclass(frozen=True, slots=True)
class OverallReport:
    """The whole result in one line of numbers. `sentence` is the actor's own for the level reached."""

    score: float | None
    low: float | None
    high: float | None
    published: bool
    coverage: float | None
    level: Level | None
    possible_level: Level | None
    answered: int
    unknown: int
    unanswered: int
    not_applicable: int
    headline: str
    sentence: str | None


@dataclass(frozen=True, slots=True)
class TrendReport:
    """One trend with its scores, its words for this actor, and the answers behind it."""

    id: str
    title: str
    score: float | None
    low: float | None
    high: float | None
    published: bool
    coverage: float | None
    level: Level | None
    possible_level: Level | None
    band: Band | None
    weight: float
    answered: int
    unknown: int
    unanswered: int
    not_applicable: int
    flags: list[str]
    implication: str
    stake: str
    finding: str | None
    steps: list[StepReport]
    indicators: list[IndicatorReport]
    subject: str
    construct: str
    why: str


@dataclass(frozen=True, slots=True)
class PillarReport:
    """One pillar; `text` is what is strong, weak or meant, by its band."""

    id: str
    title: str
    score: float | None
    low: float | None
    high: float | None
    published: bool
    coverage: float | None
    band: Band | None
    text: str | None


@dataclass(frozen=True, slots=True)
class Driver:
    """What one answer adds to an exposure, in points; the shares add up to the exposure."""

    id: str
    code: str
    level: int
    load: float
    share: float


@dataclass(frozen=True, slots=True)
class RiskReport:
    """One risk for this actor. An exposure is missing protection, not a probability."""

    id: str
    title: str
    exposure: float | None
    low: float | None
    high: float | None
    band: ExposureBand | None
    possible_bands: list[ExposureBand]
    shows_up: str
    text: str | None
    warning_signs: list[str]
    mitigations: list[str]
    drivers: list[Driver]
    published: bool
    coverage: float | None
    meaning: str
    causes: list[str]
    example: str


@dataclass(frozen=True, slots=True)
class BlockerReport:
    """What keeps the next level away; `unknown` names those that count as 0 because they are not known."""

    id: str
    level: int
    next: int
    share: float
    needed: float
    below_gap: list[str]
    short: list[str]
    unknown: list[str]


@dataclass(frozen=True, slots=True)
class Blockers:
    """For the overall level and for each trend in order; None at the top level or where nothing applies."""

    overall: BlockerReport | None
    trends: list[BlockerReport | None]


@dataclass(frozen=True, slots=True)
class BestValue:
    """A next step: points gained, effort points, their ratio, and by risk the fall of its exposure."""

    id: str
    code: str
    from_: int
    to: int
    gain: float
    effort: float
    value: float
    risks: dict[str, float]
    blocked_by: list[str]


@dataclass(frozen=True, slots=True)
class FindOut:
    """An answer that is not known, and the width in points that it puts on the range."""

    id: str
    code: str
    width: float


@dataclass(frozen=True, slots=True)
class Priorities:
    """Three lists that are never mixed into one index."""

    blockers: Blockers
    best_value: list[BestValue]
    find_out: list[FindOut]


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """A step of one of the weakest trends, for the agenda."""

    within: Literal["30d", "90d", "1y"]
    trend: str
    do: str
    effort: Literal["S", "M", "L"]


@dataclass(frozen=True, slots=True)
class Strength:
    """A strong trend and the indicators that carry it."""

    id: str
    score: float
    indicators: list[str]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two answers that contradict each other."""

    high: str
    low: str
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The score under one other rule (SCORING 8)."""

    id: str
    score: float | None


@dataclass(frozen=True, slots=True)
class Draws:
    """A thousand other weightings (SCORING 9): the middle 90% of scores, and the share at each level."""

    p05: float | None
    p95: float | None
    level_share: list[float]


@dataclass(frozen=True, slots=True)
class Robustness:
    """How far the score moves when the rules or the weights change."""

    readings: list[Reading]
    smallest: float | None
    largest: float | None
    imbalance: float | None
    draws: Draws


@dataclass(frozen=True, slots=True)
class GateReport:
    """One requirement and whether it is met. `limit` and `actual` are in the unit of their kind."""

    id: str
    kind: str
    subject: str
    limit: float | str
    actual: float | str | None
    passed: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """One organisation's result, complete: a renderer needs nothing else."""

    schema_version: Literal[1]
    tool: Tool
    questionnaire: Source
    organisation: str | None
    actor: str | None
    form: Form
    date: str | None
    overall: OverallReport
    trends: list[TrendReport]
    pillars: list[PillarReport]
    risks: list[RiskReport]
    priorities: Priorities
    consistency: list[Contradiction] | None
    robustness: Robustness | None
    gates: list[GateReport] | None
    actor_title: str
    charge: str
    alliances: list[str]
    respondent: str | None
    respondents: int | None
    note: str | None
    instructions: str
    level_names: list[str]
    score_bands: list[float]
    exposure_bands: list[float]
    coverage_needed: float
    strengths: list[Strength]
    agenda: list[AgendaItem]


def as_plain(model: Any) -> dict[str, Any]:
    """One model as a map in field order, one layer deep; the hook that lets `json` print any result."""
    return {field.name.rstrip("_"): getattr(model, field.name) for field in fields(model)}
