"""The questionnaire model: content as data, and how one actor type reads it.

Field names are the YAML keys. Only ids, asks and levels are required; everything else has a default, so a
ten-line questionnaire scores. References between parts are checked in `allycheck.questionnaire_rules`.
"""

from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import BeforeValidator, Field, PlainValidator, PrivateAttr, WithJsonSchema

from allycheck.fields import Decimal, Flag, Id, Model, Version, Whole, read_decimal

LEVELS = 5
TOP = LEVELS - 1
DEFAULT = "default"
ScoreBand = Literal["low", "middle", "high"]
ExposureBand = Literal["low", "moderate", "high"]
SCORE_BANDS: tuple[ScoreBand, ...] = get_args(ScoreBand)
EXPOSURE_BANDS: tuple[ExposureBand, ...] = get_args(ExposureBand)
Form = Literal["full", "quick"]
Aggregation = Literal["weakest-link", "best-shot", "summation"]
Stage = Literal["start", "practise", "improve"]
STAGES: tuple[Stage, ...] = ("start", "practise", "improve")
WEAK, STRONG = 1, 3
"""The highest level that counts as a weakness, the lowest that counts as a strength (method 7)."""
_OWN_STEPS = "use steps: {start, practise, improve}"
_OWN_WORDS = "say it for each answer, under indicators: {ID: {weak, strong, start, practise, improve}}"


def _read_weights(value: Any) -> dict[str, Fraction]:
    if isinstance(value, dict):
        return {str(actor): read_decimal(weight) for actor, weight in value.items()}
    return {DEFAULT: read_decimal(value)}


def _read_effort(value: Any) -> Any:
    climbs = value if isinstance(value, list | tuple) else [value] * TOP
    return [str(climb) if isinstance(climb, int) else climb for climb in climbs]


def _read_mitigation(value: Any) -> Any:
    return {"do": value} if isinstance(value, str) else value


_NUMBER_OR_TEXT = {"anyOf": [{"type": "string"}, {"type": "number", "exclusiveMinimum": 0}]}
Weights = Annotated[
    dict[str, Fraction],
    PlainValidator(_read_weights),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "minimum": 0},
                {"type": "string", "pattern": r"^[0-9]+(\.[0-9]+)?$"},
                {"type": "object", "additionalProperties": {"type": ["number", "string"]}},
            ]
        }
    ),
]
Efforts = Annotated[
    list[str],
    BeforeValidator(_read_effort),
    WithJsonSchema(
        {
            "anyOf": [
                *_NUMBER_OR_TEXT["anyOf"],
                {"type": "array", "items": _NUMBER_OR_TEXT, "minItems": 4, "maxItems": 4},
            ]
        }
    ),
]
ONE: dict[str, Fraction] = {DEFAULT: Fraction(1)}


class Override(Model):
    """What reads differently for one actor type."""

    replaced: ClassVar[dict[str, str]] = {
        "step": "an actor's own steps stand under its trends: {TREND: {indicators: {ID: {start, practise, improve}}}}"
    }

    name: str | None = None
    ask: str | None = None
    levels: list[str] | None = None
    evidence: str | None = None


class Steps(Model):
    """What to do next: from level 0 or 1, from 2, and from 3."""

    start: str = ""
    practise: str = ""
    improve: str = ""


class Indicator(Model):
    """One question with five anchored levels, worst first (best first with `reverse`)."""

    replaced: ClassVar[dict[str, str]] = {
        "step": _OWN_STEPS,
        "within": "when a step is due follows from its effort",
    }

    id: Id
    ask: str
    levels: list[str] = Field(json_schema_extra={"minItems": LEVELS, "maxItems": LEVELS})
    code: str = ""
    name: str = ""
    overrides: dict[str, Override] = {}
    actors: list[str] | None = None
    quick: Flag = False
    weight: Weights = ONE
    reverse: Flag = False
    na: Flag = True
    rev: Whole = 1
    rev_since: Version | None = None
    since: Version | None = None
    evidence: str = ""
    steps: Steps = Field(default_factory=Steps)
    effort: Efforts = ["1"] * TOP
    requires: list[str] = []
    risks: dict[str, Decimal] = {}
    critical: list[str] = []
    pillar: str | None = None
    aggregation: Aggregation = "summation"
    source: str = ""

    def model_post_init(self, _context: Any) -> None:
        """An absent code is the id; an absent name is the code."""
        for field, fallback in (("code", self.id), ("name", self.code or self.id)):
            if not getattr(self, field):
                object.__setattr__(self, field, fallback)

    def serves(self, actor: str, form: Form) -> bool:
        """Whether the indicator is in scope: for this actor, in this form, with weight (method 2)."""
        for_actor = self.actors is None or actor in self.actors
        return for_actor and (form == "full" or self.quick) and self.weight_for(actor) > 0

    def weight_for(self, actor: str) -> Fraction:
        """w(i, a): the weight inside the trend for this actor; 1 where a map does not name it."""
        return self.weight.get(actor, self.weight.get(DEFAULT, Fraction(1)))

    def maturity(self, answer: int) -> int:
        """u: the level after reversal (method 2)."""
        return TOP - answer if self.reverse else answer

    def answer_for(self, maturity: int) -> int:
        """The level as the file records it; the inverse of `maturity`."""
        return TOP - maturity if self.reverse else maturity


class Trend(Model):
    """A group of indicators that is scored as one."""

    id: Id
    title: str
    subject: str = ""
    construct_: str = Field(default="", alias="construct")
    implication: str = ""
    why: str = ""
    weight: Weights = ONE
    indicators: list[Indicator]


class ActorIndicator(Model):
    """What one answer means for one actor: weak at 0 or 1, strong at 3 or 4, and the actor's own next steps."""

    replaced: ClassVar[dict[str, str]] = {
        "finding": "use weak and strong",
        "step": "use start, practise and improve",
        "steps": "write start, practise and improve without it",
    }

    weak: str = ""
    strong: str = ""
    start: str = ""
    practise: str = ""
    improve: str = ""


class ActorTrend(Model):
    """One trend in the words of one actor."""

    replaced: ClassVar[dict[str, str]] = dict.fromkeys(("low", "middle", "high", "finding", "steps"), _OWN_WORDS)

    stake: str = ""
    indicators: dict[str, ActorIndicator] = {}


class Mitigation(Model):
    """What protects from a risk; with an indicator, only those hear it whose answer to that is known and below 3."""

    do: str
    for_: str | None = Field(default=None, alias="for")


MITIGATION = {
    "anyOf": [
        {"type": "string"},
        {
            "type": "object",
            "properties": {"do": {"type": "string"}, "for": {"type": "string"}},
            "required": ["do"],
            "additionalProperties": False,
        },
    ]
}


class ActorRisk(Model):
    """One risk in the words of one actor."""

    shows_up: str = ""
    low: str = ""
    moderate: str = ""
    high: str = ""
    warning_signs: list[str] = []
    mitigations: list[Annotated[Mitigation, BeforeValidator(_read_mitigation), WithJsonSchema(MITIGATION)]] = []


class Actor(Model):
    """A type of organisation, with its weights and its words."""

    id: Id
    title: str
    who: str = ""
    charge: str = ""
    weights: dict[str, Decimal] = {}
    weights_why: dict[str, str] = {}
    trends: dict[str, ActorTrend] = {}
    risks: dict[str, ActorRisk] = {}
    overall: dict[str, str] = {}


class Risk(Model):
    """A risk that low indicators feed."""

    id: Id
    title: str
    meaning: str = ""
    causes: list[str] = []
    example: str = ""


class Pillar(Model):
    """A second grouping of the indicators, across trends."""

    replaced: ClassVar[dict[str, str]] = dict.fromkeys(
        ("strong", "weak"), "a pillar has a meaning only; what an answer means stands with the actors"
    )

    id: Id
    title: str
    meaning: str = ""


class Scenario(Model):
    """A stress: how hard it leans on each trend, 0 to 3."""

    id: Id
    title: str
    story: str = ""
    demands: dict[str, Whole] = {}
    reasons: dict[str, str] = {}
    breaks_first: str = ""
    questions: dict[str, str] = {}


class Consistency(Model):
    """Two indicators that contradict each other when the first is high and the second low."""

    high: str
    low: str
    text: str


class LevelName(Model):
    """The id and printed name of one maturity level."""

    id: Id
    name: str


class Retired(Model):
    """An indicator that is no longer asked; its id and code are never used again."""

    id: Id
    code: str | None = None
    until: Version | None = None


class Method(Model):
    """The constants of the method (method 3, 5, 6, 7, 14) that a questionnaire may set."""

    coverage: Decimal = Fraction(2, 3)
    trend_share: Decimal = Fraction(3, 5)
    trend_gap: Whole = 2
    overall_share: Decimal = Fraction(2, 3)
    overall_gap: Whole = 1
    score_bands: list[Decimal] = [Fraction(40), Fraction(70)]
    exposure_bands: list[Decimal] = [Fraction(35), Fraction(60)]
    lowest_aim: Whole = 2
    demand_weights: list[Decimal] = [Fraction(0), Fraction(1), Fraction(3), Fraction(9)]


LEVEL_NAMES = ("Absent", "Ad hoc", "Defined", "Practised", "Adaptive")


def _default_levels() -> list[LevelName]:
    return [LevelName(id=name.lower().replace(" ", ""), name=name) for name in LEVEL_NAMES]


DEFAULT_EFFORT = {"days": Fraction(1), "weeks": Fraction(3), "months": Fraction(8), "year": Fraction(20)}
DEFAULT_SCALE = {"0": "not tested", "1": "touched", "2": "leaned on", "3": "decisive"}


class Questionnaire(Model):
    """A whole questionnaire."""

    replaced: ClassVar[dict[str, str]] = {
        "terms": "write out what reads differently for an actor, under overrides or with the actor"
    }

    id: Id
    version: Version
    title: str
    instructions: str = ""
    level_names: list[LevelName] = Field(default_factory=_default_levels)
    effort: dict[str, Decimal] = DEFAULT_EFFORT
    actors: list[Actor] = []
    risks: list[Risk] = []
    pillars: list[Pillar] = []
    scenarios: list[Scenario] = []
    scale: dict[str, str] = DEFAULT_SCALE
    consistency: list[Consistency] = []
    trends: list[Trend]
    retired: list[Retired] = []
    method: Method = Field(default_factory=Method)
    _digest: str = PrivateAttr(default="")

    @property
    def digest(self) -> str:
        """SHA-256 of the content as read, the same for a folder and a single file; empty if built in code."""
        return self._digest

    def with_digest(self, digest: str) -> "Questionnaire":
        """Record the digest of the content that this questionnaire was read from."""
        self._digest = digest
        return self

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """Every indicator by id, in catalogue order."""
        return {item.id: item for trend in self.trends for item in trend.indicators}

    @cached_property
    def indicators_by_word(self) -> dict[str, Indicator]:
        """Every indicator by its id and by its code, both in small letters; an id goes before a code."""
        codes = {item.code.lower(): item for item in self.indicators.values()}
        return codes | {name.lower(): item for name, item in self.indicators.items()}

    def indicator_named(self, word: str) -> Indicator | None:
        """The indicator that somebody means by its id or its code, whose case does not matter."""
        return self.indicators_by_word.get(word.strip().lower())

    @cached_property
    def trend_of(self) -> dict[str, Trend]:
        """The trend of each indicator, by the indicator's id."""
        return {item.id: trend for trend in self.trends for item in trend.indicators}

    @cached_property
    def actor_types(self) -> dict[str, Actor]:
        """The actor types by id; a questionnaire without any has one unnamed type."""
        return {actor.id: actor for actor in self.actors or [Actor(id="", title="")]}

    @property
    def has_quick_form(self) -> bool:
        """Whether any indicator belongs to the quick form."""
        return any(item.quick for item in self.indicators.values())

    def trend_weight(self, trend: Trend, actor: str) -> Fraction:
        """W(t, a): the actor's own weight for a trend wins over the trend's."""
        own = self.actor_types[actor].weights.get(trend.id)
        return trend.weight.get(actor, trend.weight.get(DEFAULT, Fraction(1))) if own is None else own

    def scope(self, actor: str, form: Form) -> list[Indicator]:
        """The indicators in scope, in catalogue order."""
        return [item for item in self.indicators.values() if item.serves(actor, form)]

    def effort_points(self, item: Indicator) -> list[Fraction]:
        """The effort points of the four climbs 0-1, 1-2, 2-3, 3-4, in maturity levels."""
        return [self.effort[word] if word in self.effort else read_decimal(word) for word in item.effort]

    def next_aim(self, level: int) -> int:
        """The lowest level that a step from this one may aim at (method 7)."""
        return max(level + 1, self.method.lowest_aim)

    def tailored(self, item: Indicator, actor: str) -> Indicator:
        """The indicator as this actor reads it."""
        changes = item.overrides.get(actor)
        return item.model_copy(update=changes.model_dump(exclude_none=True)) if changes else item

    def words(self, item: Indicator, actor: str) -> ActorIndicator:
        """What this actor is told of an answer to the indicator; empty texts where it has none of its own."""
        trend = self.actor_types[actor].trends.get(self.trend_of[item.id].id)
        own = trend.indicators.get(item.id) if trend else None
        return own or NO_WORDS

    def meaning(self, item: Indicator, actor: str, level: int | None) -> str | None:
        """The sentence about practice that a level has earned: weak at 0 or 1, strong at 3 or 4, otherwise none."""
        if level is None or WEAK < level < STRONG:
            return None
        own = self.words(item, actor)
        return (own.weak if level <= WEAK else own.strong) or None

    def step_texts(self, item: Indicator, actor: str, climb: range) -> list[str]:
        """What to do on a climb of maturity levels: the text of each stage passed, in this actor's words.

        Where a stage has no text, the anchor of the level that it leads to stands instead.
        """
        ends = {stage_of(level): level + 1 for level in climb}
        return [self._step_text(item, actor, stage, end) for stage, end in ends.items()]

    def _step_text(self, item: Indicator, actor: str, stage: Stage, end: int) -> str:
        own: str = getattr(self.words(item, actor), stage) or getattr(item.steps, stage)
        return own or f"{THEN_TRUE} {self.tailored(item, actor).levels[item.answer_for(end)]}"


NO_WORDS = ActorIndicator()
THEN_TRUE = "What should then be true:"


def stage_of(level: int) -> Stage:
    """The stage that leads up from a maturity level: start from 0 and 1, practise from 2, improve from 3."""
    return STAGES[max(level - WEAK, 0)]
