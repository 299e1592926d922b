"""The public Report model: what `report --format json` prints and what every renderer draws from, alone.

`schema_version` 1, additive changes only. Field order is the order of the JSON keys; a trailing underscore (`from_`)
is dropped there. Scores and exposures are points 0 to 100, coverage and shares are 0 to 1, levels are 0 to 4 after
reversal except `answer`, which is what the file says. None (null) means: not known, not published or not applicable.
`allycheck.building_report` builds it. Named tuples, because they are frozen and cost the least to define at a start.
"""

from typing import Any, Literal, NamedTuple

from allycheck import __version__
from allycheck.questionnaire import ExposureBand, Form, Questionnaire, ScoreBand


class Tool(NamedTuple):
    """What made the result."""

    name: str
    version: str


class QuestionnaireRef(NamedTuple):
    """The questionnaire of a result; `digest` changes with any change of its content."""

    id: str
    version: str
    digest: str
    title: str

    @classmethod
    def of(cls, questionnaire: Questionnaire) -> "QuestionnaireRef":
        """The one that a result was made with."""
        return cls(questionnaire.id, questionnaire.version, questionnaire.digest, questionnaire.title)


def head(questionnaire: Questionnaire) -> dict[str, Any]:
    """The first keys of every result: the version of its form, what made it, and from which questionnaire."""
    tool = Tool("allycheck", __version__)
    return {"schema_version": 1, "tool": tool, "questionnaire": QuestionnaireRef.of(questionnaire)}


class Level(NamedTuple):
    """A maturity level, 0 to 4, and its name."""

    value: int
    name: str


class StepReport(NamedTuple):
    """A next step of the actor: what, within which time, and how large (S, M, L)."""

    do: str
    within: Literal["30d", "90d", "1y"]
    effort: Literal["S", "M", "L"]


class IndicatorReport(NamedTuple):
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


class OverallReport(NamedTuple):
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


class TrendReport(NamedTuple):
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
    band: ScoreBand | None
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


class PillarReport(NamedTuple):
    """One pillar; `text` is what is strong, weak or meant, by its band."""

    id: str
    title: str
    score: float | None
    low: float | None
    high: float | None
    published: bool
    coverage: float | None
    band: ScoreBand | None
    text: str | None


class Driver(NamedTuple):
    """What one answer adds to an exposure, in points; the shares add up to the exposure."""

    id: str
    code: str
    level: int
    load: float
    share: float


class RiskReport(NamedTuple):
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


class BlockerReport(NamedTuple):
    """What keeps the next level away; `unknown` names those that count as 0 because they are not known."""

    id: str
    level: int
    next: int
    share: float
    needed: float
    below_gap: list[str]
    short: list[str]
    unknown: list[str]


class Blockers(NamedTuple):
    """For the overall level and for each trend in order; None at the top level or where nothing applies."""

    overall: BlockerReport | None
    trends: list[BlockerReport | None]


class BestValue(NamedTuple):
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


class FindOut(NamedTuple):
    """An answer that is not known, and the width in points that it puts on the range."""

    id: str
    code: str
    width: float


class Priorities(NamedTuple):
    """Three lists that are never mixed into one index."""

    blockers: Blockers
    best_value: list[BestValue]
    find_out: list[FindOut]


class AgendaItem(NamedTuple):
    """A step of one of the weakest trends, for the agenda."""

    within: Literal["30d", "90d", "1y"]
    trend: str
    do: str
    effort: Literal["S", "M", "L"]


class Strength(NamedTuple):
    """A strong trend and the indicators that carry it."""

    id: str
    score: float
    indicators: list[str]


class Contradiction(NamedTuple):
    """Two answers that contradict each other."""

    high: str
    low: str
    text: str


class Reading(NamedTuple):
    """The score under one other rule (method 8)."""

    id: str
    score: float | None


class Draws(NamedTuple):
    """A thousand other weightings (method 9): the middle 90% of scores, and the share at each level."""

    p05: float | None
    p95: float | None
    level_share: list[float]


class Robustness(NamedTuple):
    """How far the score moves when the rules or the weights change."""

    readings: list[Reading]
    smallest: float | None
    largest: float | None
    imbalance: float | None
    draws: Draws


class GateReport(NamedTuple):
    """One requirement and whether it is met. `limit` and `actual` are in the unit of their kind."""

    id: str
    kind: str
    subject: str
    limit: float | str
    actual: float | str | None
    passed: bool
    reason: str


class Report(NamedTuple):
    """One organisation's result, complete: a renderer needs nothing else."""

    schema_version: Literal[1]
    tool: Tool
    questionnaire: QuestionnaireRef
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


def as_plain(result: Any) -> Any:
    """A result model as maps, lists and numbers in field order, ready to be written as JSON."""
    if hasattr(result, "_fields"):
        return {name.rstrip("_"): as_plain(value) for name, value in zip(result._fields, result, strict=True)}
    if isinstance(result, dict):
        return {key: as_plain(value) for key, value in result.items()}
    if isinstance(result, list | tuple):
        return [as_plain(value) for value in result]
    return result
