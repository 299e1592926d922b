"""The public result of `cohort`: what may be told of many organisations together."""

from typing import Literal, NamedTuple

from allycheck.report import QuestionnaireRef, Tool

Standing = Literal["told", "fewer than 5", "withheld"]
"""Of a group: its numbers are told; it is too small; it is left out because others could be worked out from it."""


class Distribution(NamedTuple):
    """Published scores or exposures in points: the median of at least 5, the quartiles of at least 10, else null."""

    median: float | None
    q1: float | None
    q3: float | None


class LevelCount(NamedTuple):
    """How many organisations are at the levels from `lowest` to `highest`."""

    lowest: int
    highest: int
    n: int


class Measured(NamedTuple):
    """A trend, pillar or risk of a group, or all trends together."""

    id: str
    title: str
    distribution: Distribution


class Often(NamedTuple):
    """An indicator, and how many of those who were asked answered so: a `share` of 0 to 1."""

    id: str
    code: str
    name: str
    trend: str
    n: int
    asked: int
    share: float


class GroupReport(NamedTuple):
    """What may be told of one group, or of all. `known` is the mean share of what counts that is known.

    `levels` are those of readiness of the organisations whose score is published; null where they may not be told.
    `weak` are indicators by the share at level 0 or 1, `holes` those of them that are critical for a risk, `strong`
    by the share at 3 or 4; the most frequent first. `trends` are shown beside `overall` in catalogue order.
    """

    key: dict[str, str]
    standing: Standing
    n: int | None
    known: float | None
    overall: Measured | None
    levels: list[LevelCount] | None
    trends: list[Measured]
    pillars: list[Measured]
    risks: list[Measured]
    weak: list[Often]
    holes: list[Often]
    strong: list[Often]


class GroupMedian(NamedTuple):
    """The median of one group."""

    key: dict[str, str]
    median: float


DifferenceKind = Literal["trend", "pillar", "risk"]


class Difference(NamedTuple):
    """How far apart the medians of the groups are, in points, the highest group first."""

    kind: DifferenceKind
    id: str
    title: str
    apart: float
    medians: list[GroupMedian]


class Cohort(NamedTuple):
    """What may be told of many organisations. `untold` groups are too small, or withheld with those that are.

    Of a table's own columns not even the values of such groups are named. `differences` are trends, pillars, risks by
    how far apart the groups are.

    `set_aside` are older sheets of organisations that have a newer one, `left_out` rows and sheets with faults.
    """

    schema_version: Literal[1]
    tool: Tool
    questionnaire: QuestionnaireRef
    by: list[str]
    whole: GroupReport
    groups: list[GroupReport]
    untold: int
    differences: list[Difference]
    set_aside: int
    left_out: int
    level_names: list[str]
    score_bands: list[float]
    exposure_bands: list[float]
