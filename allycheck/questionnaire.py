"""The questionnaire model: content as data, and how one actor type reads it.

Field names are the YAML keys. Only ids, asks and levels are required; everything else has a default, so a
ten-line questionnaire scores. References between parts are checked in `allycheck.questionnaire_rules`.
"""

from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, Self, get_args

from pydantic import BeforeValidator, Field, PlainValidator, PrivateAttr, WithJsonSchema

from allycheck.fields import Decimal, Flag, Id, Model, Version, Whole, read_decimal
from allycheck.language import _, later
from allycheck.numbers import in_units

LEVELS = 5
TOP = LEVELS - 1
DEFAULT = "default"
ScoreBand = Literal["low", "middle", "high"]
ExposureBand = Literal["low", "moderate", "high"]
SCORE_BANDS: tuple[ScoreBand, ...] = get_args(ScoreBand)
EXPOSURE_BANDS: tuple[ExposureBand, ...] = get_args(ExposureBand)
Form = Literal["full", "quick"]
Aggregation = Literal["weakest-link", "best-shot", "summation"]
LANGUAGE = "en"
"""The language of a questionnaire that names none."""
Stage = Literal["start", "practise", "improve"]
STAGES: tuple[Stage, ...] = ("start", "practise", "improve")
WEAK, STRONG = 1, 3
"""The highest level that counts as a weakness, the lowest that counts as a strength (method 7)."""
_OWN_STEPS = later("use steps: {start, practise, improve}")
_OWN_WORDS = later("say it for each answer, under indicators: {ID: {weak, strong, start, practise, improve}}")


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
        "step": later(
            "an actor's own steps stand under its trends: {TREND: {indicators: {ID: {start, practise, improve}}}}"
        )
    }

    name: str | None = Field(
        default=None, description="The indicator's name for this actor.", examples=["The board's entry rule"]
    )
    ask: str | None = Field(
        default=None,
        description="The question for this actor.",
        examples=["How does the board decide which alliances to join?"],
    )
    levels: list[str] | None = Field(
        default=None,
        description="The five anchors for this actor, all of them, with the same meaning level by level.",
        examples=[["Nobody.", "Whoever is free.", "A written rule.", "Records show it.", "Results changed it."]],
    )
    evidence: str | None = Field(
        default=None,
        description="What shows that an answer is right, for this actor.",
        examples=["Minutes of the board"],
    )


class Steps(Model):
    """What to do next: from level 0 or 1, from 2, and from 3."""

    start: str = Field(
        default="",
        description="What to do from level 0 or 1: get it written down or agreed.",
        examples=["Write down on one page who decides, by which criteria."],
    )
    practise: str = Field(
        default="",
        description="What to do from level 2: make what is written a routine that leaves dated traces.",
        examples=["Use the criteria at each decision and file the note."],
    )
    improve: str = Field(
        default="",
        description="What to do from level 3: hold the routine against results or partners' views.",
        examples=["Once a year compare past decisions with what came of them."],
    )


class Indicator(Model):
    """One question with five anchored levels, worst first (best first with `reverse`)."""

    replaced: ClassVar[dict[str, str]] = {
        "step": _OWN_STEPS,
        "within": later("when a step is due follows from its effort"),
    }

    id: Id = Field(
        description="Its id, by which answers files name it. Never changed and never used again.",
        examples=["entry-rule"],
    )
    ask: str = Field(description="The question.", examples=["How do you decide whether to join an alliance?"])
    levels: list[str] = Field(
        json_schema_extra={"minItems": LEVELS, "maxItems": LEVELS},
        description="Exactly five anchors for the levels 0 to 4, each a sentence that is true or not, all of one "
        "subject, each presuming those before it. Worst first; with `reverse` best first.",
        examples=[["Nobody.", "Whoever is free.", "A written rule.", "Records show it.", "Results changed it."]],
    )
    code: str = Field(
        default="",
        description="A short name for tables, of letters, digits and hyphens; unique. The id where it is left out.",
        examples=["C1"],
    )
    name: str = Field(
        default="",
        description="A name of two or three words for headings. The code where it is left out.",
        examples=["Entry rule"],
    )
    overrides: dict[str, Override] = Field(
        default={},
        description="By actor: what reads differently for it. The rest stays.",
        examples=[{"board": {"ask": "How does the board decide which alliances to join?"}}],
    )
    actors: list[str] | None = Field(
        default=None,
        description="The actors that are asked. All of them where it is left out.",
        examples=[["board"]],
    )
    quick: Flag = Field(
        default=False, description="Whether it belongs to the quick form, too. The full form has all.", examples=[True]
    )
    weight: Weights = Field(
        default=ONE,
        description="Its weight inside the trend: a number, or a map by actor with `default` for the others. "
        "With 0 it is not asked.",
        examples=[{"default": 2, "board": 3}],
    )
    reverse: Flag = Field(
        default=False,
        description="The anchors run from best to worst: an answer of 0 is level 4.",
        examples=[True],
    )
    na: Flag = Field(default=True, description="Whether `na` (not applicable) may be answered.", examples=[False])
    rev: Whole = Field(
        default=1,
        description="Raised by one when the meaning of the question or an anchor changes; `compare` never mistakes "
        "that for progress.",
        examples=[2],
    )
    rev_since: Version | None = Field(
        default=None, description="The version of the questionnaire in which `rev` was last raised.", examples=["2.0"]
    )
    since: Version | None = Field(
        default=None, description="The version of the questionnaire in which it was added.", examples=["1.1"]
    )
    evidence: str = Field(
        default="",
        description="What shows that an answer is right. Shown in the template and while answering.",
        examples=["Entry rule, decision notes of the last two years"],
    )
    steps: Steps = Field(
        default_factory=Steps,
        description="What to do next, by stage; for every actor that has no step of its own. Give all three or none. "
        "Where a step is missing, the anchor of the level to reach stands instead.",
        examples=[{"start": "Write down who decides.", "practise": "Use the rule.", "improve": "Review the rule."}],
    )
    effort: Efforts = Field(
        default=["1"] * TOP,
        description="What each climb of one level takes: a word of the scale `effort` or a number of points, once for "
        "all four climbs or as a list of four (0-1, 1-2, 2-3, 3-4).",
        examples=[["days", "weeks", "months", "months"]],
    )
    requires: list[str] = Field(
        default=[],
        description="Indicators that must not stand below this one when it is raised: a plan never raises it above "
        "them. No circles; at most six may hang together.",
        examples=[["partner-list"]],
    )
    risks: dict[str, Decimal] = Field(
        default={},
        description="By risk: its load, greater than 0, that is how strongly a low level feeds the risk.",
        examples=[{"lock-in": 3}],
    )
    critical: list[str] = Field(
        default=[],
        description="Risks, also listed under `risks`, whose safeguard this is: at level 0 or 1 it is a hole, and the "
        "exposure is never called low beside it.",
        examples=[["lock-in"]],
    )
    pillar: str | None = Field(default=None, description="The pillar that it belongs to.", examples=["freedom"])
    aggregation: Aggregation = Field(
        default="summation",
        description="How several members of a coalition pool: `weakest-link` (lowest), `best-shot` (highest), "
        "`summation` (mean).",
        examples=["weakest-link"],
    )
    source: str = Field(
        default="", description="Further reading; while answering, and on long pages.", examples=["ISO 44001, 7.2"]
    )

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

    id: Id = Field(description="Its id.", examples=["choosing"])
    title: str = Field(description="Its title.", examples=["Choosing partners"])
    subject: str = Field(
        default="", description="What it is about, in a few words.", examples=["Joining and leaving on purpose"]
    )
    construct_: str = Field(
        default="",
        alias="construct",
        description="What the trend measures, in a sentence.",
        examples=["An organisation is ready when it joins alliances by a rule."],
    )
    implication: str = Field(
        default="",
        description="What it means for everybody. Stands with the trend in a report.",
        examples=["Alliances form faster than they are chosen."],
    )
    why: str = Field(
        default="",
        description="Facts that show why it matters. Shown while answering.",
        examples=["What is joined in a week can take a year to leave."],
    )
    weight: Weights = Field(
        default=ONE,
        description="Its weight in the overall score: a number, or a map by actor with `default`. An actor's own "
        "`weights` win. With 0 it is shown and not counted.",
        examples=[2],
    )
    indicators: list[Indicator] = Field(
        description="Its questions, at least one.",
        examples=[
            [
                {
                    "id": "list",
                    "ask": "Who knows?",
                    "levels": ["Nobody.", "Some.", "A list says.", "The list is kept.", "The list is reviewed."],
                }
            ]
        ],
    )


class ActorIndicator(Model):
    """What one answer means for one actor: weak at 0 or 1, strong at 3 or 4, and the actor's own next steps."""

    replaced: ClassVar[dict[str, str]] = {
        "finding": later("use weak and strong"),
        "step": later("use start, practise and improve"),
        "steps": later("write start, practise and improve without it"),
    }

    weak: str = Field(
        default="",
        description="What follows from an answer at level 0 or 1. It must be true for everybody there.",
        examples=["A good offer can lapse while nobody knows who decides."],
    )
    strong: str = Field(
        default="",
        description="What follows from an answer at level 3 or 4. It must be true for everybody there.",
        examples=["You can answer an offer within days, and say why."],
    )
    start: str = Field(
        default="",
        description="This actor's step from level 0 or 1, in place of the indicator's.",
        examples=["Let the board adopt a one-page entry rule."],
    )
    practise: str = Field(
        default="",
        description="This actor's step from level 2, in place of the indicator's.",
        examples=["Minute each decision against the entry rule."],
    )
    improve: str = Field(
        default="",
        description="This actor's step from level 3, in place of the indicator's.",
        examples=["Once a year let the board compare decisions with results."],
    )


class ActorTrend(Model):
    """One trend in the words of one actor."""

    replaced: ClassVar[dict[str, str]] = dict.fromkeys(("low", "middle", "high", "finding", "steps"), _OWN_WORDS)

    stake: str = Field(
        default="",
        description="What is at stake for this actor in the trend. Above the trend in its report.",
        examples=["Every alliance takes a seat of the board's time."],
    )
    indicators: dict[str, ActorIndicator] = Field(
        default={},
        description="By indicator of this trend: what an answer means for this actor.",
        examples=[{"entry-rule": {"weak": "An offer can lapse.", "strong": "You can answer within days."}}],
    )


class Mitigation(Model):
    """What protects from a risk; with an indicator, only those hear it whose answer to that is known and below 3."""

    do: str = Field(description="What protects.", examples=["Agree a price for leaving while all get on."])
    for_: str | None = Field(
        default=None,
        alias="for",
        description="The indicator that it belongs to. The protection is shown where that is known, applies and is "
        "below level 3; without `for` always.",
        examples=["exit-terms"],
    )


MITIGATION = {
    "anyOf": [
        {"type": "string"},
        {
            "type": "object",
            "properties": {
                field.alias or key: {"type": "string", "description": field.description, "examples": field.examples}
                for key, field in Mitigation.model_fields.items()
            },
            "required": ["do"],
            "additionalProperties": False,
        },
    ]
}


class ActorRisk(Model):
    """One risk in the words of one actor."""

    shows_up: str = Field(
        default="",
        description="How the risk shows up for this actor.",
        examples=["A partner sets the price because you cannot leave."],
    )
    low: str = Field(
        default="",
        description="What a low exposure means for this actor. Say nothing that a single answer could deny.",
        examples=["Most of what protects you is in place."],
    )
    moderate: str = Field(
        default="",
        description="What a moderate exposure means.",
        examples=["Part of what protects you is missing."],
    )
    high: str = Field(
        default="", description="What a high exposure means.", examples=["Much of what protects you is missing."]
    )
    warning_signs: list[str] = Field(
        default=[],
        description="Signs that it is beginning; a short report shows the first two.",
        examples=[["Nobody can name the notice period."]],
    )
    mitigations: list[Annotated[Mitigation, BeforeValidator(_read_mitigation), WithJsonSchema(MITIGATION)]] = Field(
        default=[],
        description="What protects: each a text, shown always, or a map with `do` and `for`.",
        examples=[[{"do": "Agree a price for leaving.", "for": "exit-terms"}]],
    )


class Actor(Model):
    """A type of organisation, with its weights and its words."""

    id: Id = Field(description="Its id, which an answers file names; not `default`.", examples=["board"])
    title: str = Field(description="Its title.", examples=["Board"])
    who: str = Field(
        default="",
        description="Who should choose it. Shown where somebody chooses.",
        examples=["Elected boards that decide for members."],
    )
    charge: str = Field(
        default="",
        description="What it is for, on the first page of its report.",
        examples=["You answer to members for every alliance in their name."],
    )
    weights: dict[str, Decimal] = Field(
        default={},
        description="Weights of the trends for this actor; they win over a trend's `weight`. A warning tells if they "
        "do not add up to 100.",
        examples=[{"choosing": 60, "working": 40}],
    )
    weights_why: dict[str, str] = Field(
        default={},
        description="By trend: why it weighs that much, for whoever reads the file.",
        examples=[{"choosing": "A board decides what is joined."}],
    )
    trends: dict[str, ActorTrend] = Field(
        default={},
        description="By trend: what is at stake, and what each answer means.",
        examples=[{"choosing": {"stake": "Every alliance takes the board's time."}}],
    )
    risks: dict[str, ActorRisk] = Field(
        default={},
        description="By risk: how it shows up, what its exposure means, signs and protections.",
        examples=[{"lock-in": {"shows_up": "A partner sets the price."}}],
    )
    overall: dict[str, str] = Field(
        default={},
        description="By id of the level names: the sentence under the overall result. It speaks of trends, never of "
        "one practice.",
        examples=[{"absent": "In more than a third of the trends much is missing or not known."}],
    )


class Risk(Model):
    """A risk that low indicators feed."""

    id: Id = Field(description="Its id.", examples=["lock-in"])
    title: str = Field(description="Its title.", examples=["Lock-in"])
    meaning: str = Field(
        default="",
        description="What it is. Read where an actor has no `shows_up`.",
        examples=["A tie that is easy to enter and costly to leave."],
    )
    causes: list[str] = Field(
        default=[], description="Where it comes from.", examples=[["Terms of leaving are settled last."]]
    )
    example: str = Field(
        default="", description="A case that happened.", examples=["A case that happened, with its year and place."]
    )


class Pillar(Model):
    """A second grouping of the indicators, across trends."""

    replaced: ClassVar[dict[str, str]] = dict.fromkeys(
        ("strong", "weak"), later("a pillar has a meaning only; what an answer means stands with the actors")
    )

    id: Id = Field(description="Its id.", examples=["freedom"])
    title: str = Field(description="Its title.", examples=["Freedom to act"])
    meaning: str = Field(
        default="", description="What it measures.", examples=["Whether alliances can end without harm."]
    )


class Scenario(Model):
    """A stress: how hard it leans on each trend, 0 to 3."""

    id: Id = Field(description="Its id.", examples=["partner-sold"])
    title: str = Field(description="Its title.", examples=["A partner is sold"])
    story: str = Field(
        default="", description="What happens.", examples=["Your largest partner is sold to a rival on a Friday."]
    )
    demands: dict[str, Whole] = Field(
        default={},
        description="By trend: how hard it leans on it, 0 to 3. A trend that is left out is not tested.",
        examples=[{"choosing": 3, "working": 1}],
    )
    reasons: dict[str, str] = Field(
        default={},
        description="By trend: why it leans on it.",
        examples=[{"choosing": "Whether you may leave is settled on joining."}],
    )
    breaks_first: str = Field(
        default="",
        description="What tends to break first, whoever you are.",
        examples=["The promises that only one person remembers."],
    )
    questions: dict[str, str] = Field(
        default={},
        description="By actor, or `default`: a question to talk through round a table.",
        examples=[{"board": "Who tells the members, and when?"}],
    )


class Consistency(Model):
    """Two indicators that contradict each other when the first is high and the second low."""

    high: str = Field(description="The indicator at level 3 or 4.", examples=["entry-rule"])
    low: str = Field(description="The indicator at level 0 or 1.", examples=["partner-list"])
    text: str = Field(
        description="What is told then: name both answers, then what to ask.",
        examples=["You choose by a rule, but have no list. Ask what is compared."],
    )


class LevelName(Model):
    """The id and printed name of one maturity level."""

    id: Id = Field(description="Its id, which `overall` texts and gates name.", examples=["adhoc"])
    name: str = Field(description="Its printed name.", examples=["Ad hoc"])


class Retired(Model):
    """An indicator that is no longer asked; its id and code are never used again."""

    id: Id = Field(description="The id that it had.", examples=["old-question"])
    code: str | None = Field(default=None, description="The code that it had.", examples=["C9"])
    until: Version | None = Field(
        default=None, description="The last version of the questionnaire that asked it.", examples=["1.0"]
    )


class Method(Model):
    """The constants of the method (method 3, 5, 6, 7, 14) that a questionnaire may set."""

    coverage: Decimal = Field(
        default=Fraction(2, 3),
        description="The share of weight that must be known before a score is published (method 3).",
        examples=["0.75"],
    )
    trend_share: Decimal = Field(
        default=Fraction(3, 5),
        description="The share of a trend's weight that must have reached a level (method 5).",
        examples=["0.6"],
    )
    trend_gap: Whole = Field(
        default=2, description="How many levels below a trend's level an indicator may lie (method 5).", examples=[2]
    )
    overall_share: Decimal = Field(
        default=Fraction(2, 3),
        description="The share of the trends' weight that must have reached the overall level (method 5).",
        examples=["0.7"],
    )
    overall_gap: Whole = Field(
        default=1, description="How many levels below the overall level a trend may lie (method 5).", examples=[1]
    )
    score_bands: list[Decimal] = Field(
        default=[Fraction(40), Fraction(70)],
        description="Where the middle and the high band of a score begin (method 7); they only colour.",
        examples=[[40, 70]],
    )
    exposure_bands: list[Decimal] = Field(
        default=[Fraction(35), Fraction(60)],
        description="Where the moderate and the high band of an exposure begin (method 6).",
        examples=[[35, 60]],
    )
    lowest_aim: Whole = Field(
        default=2, description="The lowest level that a step may lead to, 1 to 4 (method 7).", examples=[2]
    )
    demand_weights: list[Decimal] = Field(
        default=[Fraction(0), Fraction(1), Fraction(3), Fraction(9)],
        description="What the demands 0, 1, 2 and 3 of a scenario weigh (method 16).",
        examples=[[0, 1, 3, 9]],
    )


LEVEL_NAMES = (later("Absent"), later("Ad hoc"), later("Defined"), later("Practised"), later("Adaptive"))


def _default_levels() -> list[LevelName]:
    return [LevelName(id=name.lower().replace(" ", ""), name=_(name)) for name in LEVEL_NAMES]


DEFAULT_EFFORT = {"days": Fraction(1), "weeks": Fraction(3), "months": Fraction(8), "year": Fraction(20)}
DEFAULT_SCALE = {"0": "not tested", "1": "touched", "2": "leaned on", "3": "decisive"}


class WeighedIndicator(NamedTuple):
    """An indicator in scope with w; `units` is w in whole numbers, in the same unit for all of its trend."""

    indicator: Indicator
    weight: Fraction
    units: int


class WeighedTrend(NamedTuple):
    """A trend with W and its indicators in scope; `units` is W in whole numbers, in the same unit for all trends."""

    trend: Trend
    weight: Fraction
    units: int
    indicators: tuple[WeighedIndicator, ...]


class Weighing(NamedTuple):
    """Everything that weighs for one actor in one form (method 2).

    `loads` has by risk and by indicator in scope v in whole numbers, in the same unit for all of the risk.
    """

    trends: tuple[WeighedTrend, ...]
    loads: dict[str, dict[str, int]]


class Questionnaire(Model):
    """A whole questionnaire."""

    replaced: ClassVar[dict[str, str]] = {
        "terms": later("write out what reads differently for an actor, under overrides or with the actor")
    }

    id: Id = Field(description="Its id, which every answers file names. Never changed.", examples=["partner-check"])
    version: Version = Field(
        description="Numbers joined by dots. Answers of an older version are read with a warning, of a newer major "
        "version not at all.",
        examples=["1.0"],
    )
    title: str = Field(description="Its title, on every page.", examples=["Partner check"])
    language: str = Field(
        default=LANGUAGE,
        description="The language that it is written in, such as `en` or `pt-BR`. Translations lie beside it, see "
        "[Translate](translate.md).",
        examples=["fi"],
    )
    instructions: str = Field(
        default="",
        description="What somebody should know before answering.",
        examples=["Choose the highest sentence that is true."],
    )
    level_names: list[LevelName] = Field(
        default_factory=_default_levels,
        description="The five maturity levels, the lowest first.",
        examples=[[{"id": word.lower(), "name": word} for word in ("Nothing", "Loose", "Written", "Lived", "Tested")]],
    )
    effort: dict[str, Decimal] = Field(
        default=DEFAULT_EFFORT,
        description="The effort scale: words and their points, greater than 0. `days`, `weeks`, `months` and `year` "
        "also say when a step is due.",
        examples=[{"days": 1, "weeks": 3, "months": 8, "year": 20}],
    )
    actors: list[Actor] = Field(
        default=[],
        description="The types of organisation that may answer. Without any, no answers file names one.",
        examples=[[{"id": "board", "title": "Board"}]],
    )
    risks: list[Risk] = Field(default=[], description="The risks.", examples=[[{"id": "lock-in", "title": "Lock-in"}]])
    pillars: list[Pillar] = Field(
        default=[],
        description="A second grouping of the indicators.",
        examples=[[{"id": "freedom", "title": "Freedom to act"}]],
    )
    scenarios: list[Scenario] = Field(
        default=[],
        description="Scenarios for `stress`.",
        examples=[[{"id": "partner-sold", "title": "A partner is sold", "demands": {"choosing": 3}}]],
    )
    scale: dict[str, str] = Field(
        default=DEFAULT_SCALE,
        description="The words for the demands 0 to 3 of a scenario.",
        examples=[{"0": "not tested", "1": "touched", "2": "leaned on", "3": "decisive"}],
    )
    consistency: list[Consistency] = Field(
        default=[],
        description="Pairs of answers that contradict each other. They warn and change no score.",
        examples=[[{"high": "entry-rule", "low": "partner-list", "text": "You choose, but have no list."}]],
    )
    trends: list[Trend] = Field(
        description="The trends, in the order in which they are asked; at least one.",
        examples=[
            [
                {
                    "id": "choosing",
                    "title": "Choosing",
                    "indicators": [
                        {
                            "id": "list",
                            "ask": "Who knows?",
                            "levels": [
                                "Nobody.",
                                "Some.",
                                "A list says.",
                                "The list is kept.",
                                "The list is reviewed.",
                            ],
                        }
                    ],
                }
            ]
        ],
    )
    retired: list[Retired] = Field(
        default=[],
        description="Indicators that are no longer asked. Answers to them are kept, named and not scored.",
        examples=[[{"id": "old-question", "code": "C9", "until": "1.0"}]],
    )
    method: Method = Field(
        default_factory=Method,
        description="Constants of the method. Changing one is a new version.",
        examples=[{"coverage": "0.75"}],
    )
    _digest: str = PrivateAttr(default="")

    @property
    def digest(self) -> str:
        """SHA-256 of the content as read, the same for a folder and a single file; empty if built in code."""
        return self._digest

    def with_digest(self, digest: str) -> "Questionnaire":
        """Record the digest of the content that this questionnaire was read from."""
        self._digest = digest
        return self

    def __copy__(self) -> Self:
        """A copy may be changed, so it keeps nothing that was worked out from the original."""
        copied = super().__copy__()
        for name in copied.__dict__.keys() - type(self).model_fields.keys():
            del copied.__dict__[name]
        return copied

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

    @cached_property
    def _weighings(self) -> dict[tuple[str, Form], Weighing]:
        return {}

    def weighing(self, actor: str, form: Form) -> Weighing:
        """What everything in scope weighs; worked out once, however many sheets are scored."""
        if (actor, form) not in self._weighings:
            self._weighings[actor, form] = self._weigh(actor, form)
        return self._weighings[actor, form]

    def _weigh(self, actor: str, form: Form) -> Weighing:
        weights = [self.trend_weight(trend, actor) for trend in self.trends]
        inside = [_weighed(trend, actor, form) for trend in self.trends]
        trends = tuple(map(WeighedTrend, self.trends, weights, in_units(weights)[0], inside))
        scope = self.scope(actor, form)
        return Weighing(trends, {risk.id: _loads(risk, scope) for risk in self.risks})

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
        then_true = _("What should then be true: {anchor}")
        return own or then_true.format(anchor=self.tailored(item, actor).levels[item.answer_for(end)])


def _weighed(trend: Trend, actor: str, form: Form) -> tuple[WeighedIndicator, ...]:
    scope = [item for item in trend.indicators if item.serves(actor, form)]
    weights = [item.weight_for(actor) for item in scope]
    return tuple(map(WeighedIndicator, scope, weights, in_units(weights)[0]))


def _loads(risk: Risk, scope: list[Indicator]) -> dict[str, int]:
    loads = {item.id: item.risks[risk.id] for item in scope if risk.id in item.risks}
    return dict(zip(loads, in_units([*loads.values()])[0], strict=True))


NO_WORDS = ActorIndicator()


def stage_of(level: int) -> Stage:
    """The stage that leads up from a maturity level: start from 0 and 1, practise from 2, improve from 3."""
    return STAGES[max(level - WEAK, 0)]
