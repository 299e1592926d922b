"""The public Report model: what `report --format json` prints and what every renderer draws from, alone.

`schema_version` 1, additive changes only. Field order is the order of the JSON keys; a trailing underscore (`from_`)
is dropped there. Scores and exposures are points 0 to 100, coverage and shares are 0 to 1, levels are 0 to 4 after
reversal except `answer`, which is what the file says. None (null) means: not known, not published or not applicable.
`allycheck.building_report` builds it. Named tuples, because they are frozen and cost the least to define at a start.
"""

from typing import Any, Literal, NamedTuple

from allycheck import __version__
from allycheck.answers import Answers
from allycheck.priorities import Within
from allycheck.questionnaire import ExposureBand, Form, Questionnaire, ScoreBand
from allycheck.text import clean


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


class NextStepReport(NamedTuple):
    """The next step of an indicator: the level to aim at, what to do for each stage on the way, and effort points.

    `within` is by when it is due. Where a stage has no text, its entry says which anchor should then be true.
    """

    to: int
    texts: list[str]
    effort: float
    within: Within


class IndicatorReport(NamedTuple):
    """An indicator in scope, in the actor's words. `levels` are the five anchors, worst first.

    `meaning` is what the level means for the actor: a weakness at 0 or 1, a strength at 3 or 4, otherwise null.
    `gain` is what `next_step` is worth; that is null at the top and where the level is not known.
    """

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
    requires: list[str]
    reason: str | None
    evidence: str | None
    comment: str | None
    meaning: str | None
    next_step: NextStepReport | None
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
    """One trend with its scores, its words for this actor, and the answers behind it.

    `weaknesses`, `strengths` and `next` are ids of its indicators: what is at 0 or 1, what is at 3 or 4, and whose
    next steps lead to the trend's next level, the weightiest first.
    """

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
    weaknesses: list[str]
    strengths: list[str]
    next: list[str]
    indicators: list[IndicatorReport]
    subject: str
    construct: str
    why: str


class PillarReport(NamedTuple):
    """One pillar and what it is about."""

    id: str
    title: str
    score: float | None
    low: float | None
    high: float | None
    published: bool
    coverage: float | None
    band: ScoreBand | None
    meaning: str


class Driver(NamedTuple):
    """What one answer adds to an exposure, in points; the shares add up to the exposure."""

    id: str
    code: str
    level: int
    load: float
    share: float


class MitigationReport(NamedTuple):
    """What protects from a risk, and the indicator that it would raise, null where it goes with none."""

    do: str
    for_: str | None


class RiskReport(NamedTuple):
    """One risk for this actor. An exposure is missing protection, not a probability.

    `holes` are the ids of critical safeguards known to be missing, `possible_holes` of those that are not known; with
    a hole no band is low. `mitigations` are those that are not in place yet.
    """

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
    holes: list[str]
    possible_holes: list[str]
    mitigations: list[MitigationReport]
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
    """A next step: points gained, effort points, their ratio, and by risk the fall of its exposure.

    `blocked_by` are the prerequisites that must come first.
    """

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


Reason = Literal["hole", "level", "required"]


class FirstStep(NamedTuple):
    """One entry of "do first": what for, with what to do on the way and by when.

    `reasons` are hole (of a risk), level (part of the plan to the next overall level) and required (by another entry).
    Where `from_` is null the level is not known: there is nothing to do but to find out. `risks` maps a risk to the
    fall in exposure.
    """

    id: str
    from_: int | None
    to: int
    texts: list[str]
    effort: float
    within: Within
    blocked_by: list[str]
    reasons: list[Reason]
    risks: dict[str, float]


class NextLevel(NamedTuple):
    """Whether "do first" holds a plan to the next overall level.

    `planned`: its steps reach it. `nearest`: it is out of reach, and they come as near as can be. `too_large`: the
    plan can't be solved exactly. `unpublished`: find out first. `none`: at the top, or nothing applies.
    """

    level: int | None
    status: Literal["planned", "nearest", "too_large", "unpublished", "none"]


class First(NamedTuple):
    """What to do first, made by `allycheck.analysis.first`: the entries, and what became of the plan."""

    steps: list[FirstStep]
    next_level: NextLevel


class Priorities(NamedTuple):
    """Lists that are never mixed into one index; `first` is made of two of them, holes and the plan to a level.

    `build_on` are up to three strong indicators that carry most points. `first` and `next_level` are null where they
    were not computed.
    """

    first: list[FirstStep] | None
    next_level: NextLevel | None
    blockers: Blockers
    best_value: list[BestValue]
    find_out: list[FindOut]
    build_on: list[str]


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


BesideKind = Literal["overall", "trend", "pillar", "risk"]


class Beside(NamedTuple):
    """One score or exposure beside those of others (method 12), in points.

    `n` others have one: under 5 nothing is told, quartiles from 10, the percentile `rank` from 20. `below` and `equal`
    count those whose score is lower than, and the same as, one's own; null where one's own is not published.
    """

    kind: BesideKind
    id: str
    own: float | None
    n: int | None
    median: float | None
    q1: float | None
    q3: float | None
    below: int | None
    equal: int | None
    rank: float | None


class Benchmark(NamedTuple):
    """The organisation beside others of its actor type, with the same version of the questionnaire."""

    actor: str | None
    version: str
    beside: list[Beside]


class LeftOut(NamedTuple):
    """A trend that the organisation leaves out whole: every indicator of it counts as not applicable."""

    id: str
    title: str
    reason: str


def left_out(answers: Answers, questionnaire: Questionnaire) -> list[LeftOut]:
    """The trends that a sheet's scope leaves out, in catalogue order."""
    return [
        LeftOut(trend.id, trend.title, clean(answers.scope[trend.id]) or "")
        for trend in questionnaire.trends
        if trend.id in answers.scope
    ]


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
    benchmark: Benchmark | None
    out_of_scope: list[LeftOut]


def as_plain(result: Any) -> Any:
    """A result model as maps, lists and numbers in field order, ready to be written as JSON."""
    if hasattr(result, "_fields"):
        return {name.rstrip("_"): as_plain(value) for name, value in zip(result._fields, result, strict=True)}
    if isinstance(result, dict):
        return {key: as_plain(value) for key, value in result.items()}
    if isinstance(result, list | tuple):
        return [as_plain(value) for value in result]
    return result
