"""The result of coalition: the public model that JSON prints and every renderer draws from, alone.

Scores are points 0 to 100, coverage is 0 to 1. Lists of organisations are in the order of the files. What would tell a
member's single answer is null unless details are asked for; names and members' scores are always told.
"""

from typing import Literal, NamedTuple

from allycheck.questionnaire import ExposureBand, ScoreBand
from allycheck.report import QuestionnaireRef, Tool


class MemberReport(NamedTuple):
    """One member: its own score, the score of the coalition without it, and the difference."""

    organisation: str
    actor: str | None
    size: float
    score: float | None
    contribution: float | None
    without: float | None
    actor_title: str
    form: str
    low: float | None
    high: float | None
    coverage: float | None
    date: str | None


class JointScore(NamedTuple):
    """The score of all together with its range."""

    score: float | None
    low: float | None
    high: float | None
    coverage: float | None
    published: bool
    band: ScoreBand | None


class MemberScore(NamedTuple):
    """One member's own score or exposure, null if too little is known of it."""

    organisation: str
    score: float | None


class JointTrend(NamedTuple):
    """One trend of the coalition beside the members' own scores."""

    id: str
    title: str
    score: float | None
    low: float | None
    high: float | None
    published: bool
    coverage: float | None
    band: ScoreBand | None
    weight: float
    members: list[MemberScore]


class JointRisk(NamedTuple):
    """One risk of the coalition; `drivers` are the indicators that feed it, the strongest first.

    `holes` and `possible_holes` are ids of critical safeguards that are, or may be, missing; with a hole no band is
    low.
    """

    id: str
    title: str
    exposure: float | None
    low: float | None
    high: float | None
    band: ExposureBand | None
    possible_bands: list[ExposureBand]
    published: bool
    coverage: float | None
    meaning: str
    holes: list[str]
    possible_holes: list[str]
    drivers: list[str]
    members: list[MemberScore]


class MemberAnswer(NamedTuple):
    """One member's level after reversal, null if it is not known; only with details."""

    organisation: str
    level: int | None


class JointIndicator(NamedTuple):
    """One indicator of the coalition: how it pools, and by name who is at its lowest and highest level.

    `single_provider` is the only member at 3 or above on an indicator that one member can provide for all. `value` is
    the pooled level and `lost` the points that it costs the score, both null without details.
    """

    id: str
    aggregation: str
    value: float | None
    lowest: list[str]
    highest: list[str]
    single_provider: str | None
    code: str
    name: str
    trend: str
    coverage: float
    lost: float | None
    answers: list[MemberAnswer] | None


class Gap(NamedTuple):
    """A trend in which members are weak, and who covers for them."""

    trend: str
    weak: list[str]
    covered_by: list[str]


class Ahead(NamedTuple):
    """A trend in which one member is at least a level above the others: it will carry more than its part."""

    trend: str
    organisation: str
    score: float
    others: float
    ahead: float


class Exposed(NamedTuple):
    """A trend in which a member of less than average size alone holds weakest links."""

    trend: str
    organisation: str
    indicators: list[str]


class Burdens(NamedTuple):
    """Where the burden is not shared evenly."""

    ahead: list[Ahead]
    exposed: list[Exposed]


class ScenarioReadiness(NamedTuple):
    """One scenario: how ready the coalition is for it, and which trends are likely to give way first."""

    id: str
    title: str
    readiness: float | None
    low: float | None
    high: float | None
    first_to_give: list[str]
    story: str
    breaks_first: str
    questions: dict[str, str]


class Agreement(NamedTuple):
    """A step worth writing down together: the next one of the member named first, in the words of its actor type."""

    id: str
    code: str
    name: str
    texts: list[str]
    aggregation: str
    members: list[str]
    lost: float | None
    worded_for: str | None


class Side(NamedTuple):
    """What one of two partners brings, and what it needs of the other: trends at least a level apart."""

    organisation: str
    brings: list[str]
    needs: list[str]


class Diligence(NamedTuple):
    """What to look into before two partners sign: what each brings, and the trends in which both are weak."""

    sides: list[Side]
    neither: list[str]


class Coalition(NamedTuple):
    """Several organisations as one alliance. A coalition has no maturity level (method 13).

    `weakest_links`, `single_points` and `agreements` are ranked by the points they cost or guard, the most first;
    `gaps` has what nobody covers first. Everything else is in catalogue order. `name` is what the alliance is called.
    """

    schema_version: Literal[1]
    tool: Tool
    questionnaire: QuestionnaireRef
    members: list[MemberReport]
    overall: JointScore
    trends: list[JointTrend]
    risks: list[JointRisk]
    if_all_summed: float | None
    pooling_effect: float | None
    indicators: list[JointIndicator]
    weakest_links: list[str]
    single_points: list[str]
    gaps: list[Gap]
    burdens: Burdens
    scenarios: list[ScenarioReadiness]
    agreements: list[Agreement]
    diligence: Diligence | None
    detail: bool
    notes: list[str]
    score_bands: list[float]
    exposure_bands: list[float]
    coverage_needed: float
    name: str | None = None
