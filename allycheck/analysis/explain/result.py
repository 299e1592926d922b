"""What `explain --format json` prints: every number as a sum whose terms add up to it, and what it selected.

Field order is the order of the JSON keys. Points are 0 to 100, shares and coverage 0 to 1, levels after reversal.
"""

from typing import Literal, NamedTuple

from allycheck.questionnaire import ExposureBand
from allycheck.report import Level, NextStepReport, QuestionnaireRef, Tool

Kind = Literal["overall", "level", "trend", "pillar", "risk", "indicator", "retired"]
Of = Literal["score", "exposure", "low", "high", "coverage", "adds", "lost", "width"]


class Term(NamedTuple):
    """One term: `share` is its weight in all weight of the sum, `points` is share times value.

    `answer` is what the file says and `level` the level after reversal, both null for a trend. `value` is what is
    averaged: points of a level or of a trend, or 1 for what is known and 0 for what is not.
    """

    id: str
    code: str
    title: str
    answer: int | str | None
    level: int | None
    weight: float
    share: float
    value: float
    points: float


class Excluded(NamedTuple):
    """What does not enter a sum, and why."""

    id: str
    code: str
    title: str
    answer: int | str | None
    weight: float
    why: str


class Sum(NamedTuple):
    """A number and the terms that add up to it, exactly before rounding."""

    of: Of
    value: float
    rule: str
    terms: list[Term]
    excluded: list[Excluded]


class Part(NamedTuple):
    """What a level is decided on: a part with its demonstrated level and its share of the weight."""

    id: str
    code: str
    title: str
    level: int
    known: bool
    share: float


class Rung(NamedTuple):
    """One level on the ladder: the share of the weight at or above it, and what lies too far below."""

    level: Level
    share: float
    too_low: list[str]
    reached: bool


class Ladder(NamedTuple):
    """Why a level is what it is (method 5): `share` of the weight at it and nothing more than `gap` below."""

    level: Level
    possible_level: Level
    share: float
    gap: int
    rungs: list[Rung]
    parts: list[Part]


class Choice(NamedTuple):
    """The sentence that a number selected, and by which rule."""

    rule: str
    text: str


class Effect(NamedTuple):
    """What an answer means for a risk, in points: what it adds to the exposure, and what its next step takes away."""

    id: str
    title: str
    load: float
    adds: float
    fall: float


class Hole(NamedTuple):
    """A critical safeguard that is missing, with its anchor, or, where its level is null, may be."""

    id: str
    code: str
    title: str
    level: int | None
    anchor: str | None = None


class Safeguards(NamedTuple):
    """The holes of a risk and what they do to its band (method 6): `average_band` is that of the exposure alone."""

    holes: list[Hole]
    possible_holes: list[Hole]
    average_band: ExposureBand | None
    band: ExposureBand | None


class Priority(NamedTuple):
    """Where an indicator stands in a list of priorities; `rank` counts from 1, null where the list has no order."""

    list: Literal["blockers", "best_value", "find_out"]
    rank: int | None
    of: int
    value: float | None
    rule: str


class Explanation(NamedTuple):
    """Where one number comes from. `value` is what the report shows, null where it shows none.

    `meaning` and `next_step` are those of an indicator, `safeguards` those of a risk.
    """

    id: str
    kind: Kind
    title: str
    value: float | None
    statement: str
    sums: list[Sum]
    ladder: Ladder | None
    chosen: Choice | None
    effects: list[Effect]
    priorities: list[Priority]
    meaning: str | None = None
    next_step: NextStepReport | None = None
    safeguards: Safeguards | None = None


class Explained(NamedTuple):
    """The explanations that were asked for, and whose numbers they explain."""

    schema_version: Literal[1]
    tool: Tool
    questionnaire: QuestionnaireRef
    organisation: str | None
    actor: str | None
    form: str
    date: str | None
    level_names: list[str]
    explanations: list[Explanation]
