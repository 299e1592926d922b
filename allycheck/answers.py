"""The answers model: what people and programs write, and whether it fits a questionnaire.

Four states are never merged (method 2): a level, `na`, `dk`, and unanswered (None).
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, field_validator

from allycheck.errors import Fault, UsageError
from allycheck.fields import DATE_PATTERN, Id, Model, Plain, Version, Whole, is_id, is_version, version_key
from allycheck.language import _, ngettext
from allycheck.questionnaire import TOP, Form, Indicator, Questionnaire
from allycheck.text import choices, clean, hint, listing, nearest, printable, semicolons, shown

NA: Literal["na"] = "na"
DK: Literal["dk"] = "dk"
Value = int | Literal["na", "dk"] | None
MOST_ALLIANCES = 3
MOST_NAMED = 4
"""Indicators that a warning names; of more it tells how many."""


def _read_value(value: Any) -> Value:
    if value is None:
        return None
    if isinstance(value, str) and value in {NA, DK}:
        return str(value)  # type: ignore[return-value]
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= TOP:
        return value
    if isinstance(value, str) and re.fullmatch("[0-4]", value):
        if isinstance(value, Plain):
            return int(value)
        raise ValueError(_("a level is written without quotes: use 0, 1, 2, 3, 4, na or dk"))
    shown = (
        f"{printable(value)[:40]!r}"
        if isinstance(value, str) and not isinstance(value, Plain)
        else printable(str(value))[:40]
    )
    raise ValueError(_("{word} is not an answer; use 0, 1, 2, 3, 4, na or dk").format(word=shown))


def _as_map(value: Any) -> Any:
    return value if isinstance(value, dict | Answer) else {"answer": value}


_VALUE_SCHEMA = {"enum": [0, 1, 2, 3, 4, "na", "dk", None]}


class Answer(Model):
    """One answer with what was noted beside it. `answer` is the level as the file says, before reversal."""

    answer: Annotated[Value, BeforeValidator(_read_value), WithJsonSchema(_VALUE_SCHEMA)] = Field(
        default=None, description="0 to 4, na (not applicable) or dk (don't know); empty is unanswered."
    )
    reason: str | None = Field(default=None, description="Why it is not applicable.")
    evidence: str | None = Field(default=None, description="What shows that the answer is right.")
    comment: str | None = Field(default=None, description="A note beside the answer.")

    @property
    def is_bare(self) -> bool:
        """Whether nothing but the value is noted."""
        return self.reason is None and self.evidence is None and self.comment is None


NOTHING = Answer()
AnswerEntry = Annotated[Answer, BeforeValidator(_as_map)]


def _some_reason(value: str) -> str:
    if clean(value) is None:
        raise ValueError(_("no reason is given; say in one line why this trend is left out"))
    return value


WhyLeftOut = Annotated[str, AfterValidator(_some_reason), WithJsonSchema({"type": "string", "minLength": 1})]


class Answers(Model):
    """One answers file. Keys and their order are those of the file."""

    questionnaire: Id = Field(description="The id of the questionnaire that these answers are for.")
    version: Version | None = Field(default=None, description="The version of the questionnaire when it was answered.")
    organisation: str | None = Field(default=None, description="Who answers.")
    actor: str | None = Field(
        default=None,
        description="The actor type, such as state or business; required where the questionnaire names any.",
    )
    form: Form = Field(default="full", description="quick or full; full if left out.")
    respondent: str | None = Field(default=None, description="The person or office that answers.")
    respondents: Whole | None = Field(default=None, description="How many people's answers were merged into this file.")
    alliances: list[str] = Field(
        default=[],
        max_length=MOST_ALLIANCES,
        description="The one to three alliances that the answers are about.",
    )
    date: Annotated[str | None, WithJsonSchema({"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]})] = (
        Field(default=None, description="When it was answered, YYYY-MM-DD.")
    )
    note: str | None = Field(default=None, description="Anything a reader should know.")
    scope: dict[str, WhyLeftOut] = Field(
        default={},
        description="Trends that are left out whole, by id, each with the reason: all of it counts as not applicable.",
    )
    answers: dict[str, AnswerEntry] = Field(
        default={},
        description="By indicator id: 0 to 4, na (not applicable), dk (don't know), or a map; leave out what is "
        "unanswered.",
    )

    @field_validator("form", mode="before")
    @classmethod
    def _form_or_default(cls, value: Any) -> Any:
        return "full" if value is None else value

    @field_validator("alliances", "scope", "answers", mode="before")
    @classmethod
    def _empty_if_left_out(cls, value: Any, info: Any) -> Any:
        if value is None:
            return [] if info.field_name == "alliances" else {}
        if isinstance(value, list):
            return [entry for entry in value if entry is not None]
        return value

    @field_validator("date")
    @classmethod
    def _real_date(cls, value: str | None) -> str | None:
        if value is not None:
            if not re.fullmatch(DATE_PATTERN, value) or not value.isascii():
                raise ValueError(_("write the date as YYYY-MM-DD"))
            try:
                date.fromisoformat(value)
            except ValueError as error:
                raise ValueError(_("not a day of the calendar; write the date as YYYY-MM-DD")) from error
        return value

    @field_validator("version")
    @classmethod
    def _version_of_numbers(cls, value: str | None) -> str | None:
        if value is not None and not is_version(value):
            raise ValueError(_("a version is numbers joined by dots, such as 1.0"))
        return value

    @field_validator("questionnaire")
    @classmethod
    def _id_not_path(cls, value: str) -> str:
        if not is_id(value):
            raise ValueError(_("this is the id of a questionnaire, never a path; name a path with --questionnaire"))
        return value

    def to(self, indicator: str) -> Answer:
        """The answer to an indicator; an empty one where there is none."""
        return self.answers.get(indicator, NOTHING)


def as_counted(answers: Answers, questionnaire: Questionnaire) -> Answers:
    """The answers as everything but the interview takes them (method 2).

    Every indicator of a trend that is left out is `na` with its one reason, whatever was answered and whether or not
    the indicator accepts `na`. The file keeps what was answered. Counting once more changes nothing.
    """
    if not answers.scope:
        return answers
    left_out = {
        item.id: Answer(answer=NA, reason=answers.scope[trend.id])
        for trend in questionnaire.trends
        if trend.id in answers.scope
        for item in trend.indicators
    }
    return answers.model_copy(update={"answers": answers.answers | left_out})


def actor_of(answers: Answers, questionnaire: Questionnaire) -> str:
    """The actor type of a checked answers file; the unnamed one where a questionnaire names none."""
    return answers.actor or next(iter(questionnaire.actor_types)) if questionnaire.actors else ""


def known_actor(name: str, questionnaire: Questionnaire) -> str:
    """The actor type that was asked for. Raises UsageError with the legal ones."""
    if name not in questionnaire.actor_types:
        known = [actor for actor in questionnaire.actor_types if actor]
        what = hint(name, known) if known else _("this questionnaire names no actors")
        raise UsageError(_("unknown actor {word}").format(word=shown(name)), hint=what)
    return name


def answer_faults(answers: Answers, questionnaire: Questionnaire) -> Iterator[Fault]:
    """Everything in the answers that the questionnaire refuses."""
    if answers.questionnaire != questionnaire.id:
        yield Fault(
            _("these answers are for the questionnaire {named}, not for {questionnaire}").format(
                named=shown(answers.questionnaire), questionnaire=questionnaire.id
            ),
            ("questionnaire",),
            _("name the right one with --questionnaire"),
        )
        return
    if answers.version and version_key(answers.version)[:1] > version_key(questionnaire.version)[:1]:
        yield Fault(
            _("recorded with version {answered}, but this questionnaire is {version}").format(
                answered=answers.version, version=questionnaire.version
            ),
            ("version",),
            _("use a newer questionnaire or a newer allycheck"),
        )
        return
    yield from _actor_faults(answers, questionnaire)
    if answers.form == "quick" and not questionnaire.has_quick_form:
        yield Fault(_("this questionnaire has no quick form"), ("form",), _("use full"))
    trends = [trend.id for trend in questionnaire.trends]
    for name in answers.scope:
        if name not in trends:
            yield Fault(_("unknown trend"), ("scope", name), hint(name, trends), at_key=True)
    retired = {entry.id for entry in questionnaire.retired}
    for name, answer in answers.answers.items():
        item = questionnaire.indicators.get(name)
        if item is None and name not in retired:
            meant = questionnaire.indicator_named(name)
            what = (
                _("did you mean {word}?").format(word=meant.id)
                if meant
                else nearest(name, [*questionnaire.indicators, *retired])
            )
            yield Fault(_("unknown indicator"), ("answers", name), what, at_key=True)
        elif item is not None and answer.answer == NA and not item.na:
            yield Fault(_("not applicable is refused here"), ("answers", name), _("use a level or dk"))


def _actor_faults(answers: Answers, questionnaire: Questionnaire) -> Iterator[Fault]:
    known = [actor.id for actor in questionnaire.actors]
    if known and answers.actor is None:
        yield Fault(_("is missing"), ("actor",), choices(known))
    elif known and answers.actor not in known:
        name = answers.actor or ""
        yield Fault(_("unknown actor {word}").format(word=shown(name)), ("actor",), hint(name, known))
    elif not known and answers.actor:
        yield Fault(_("this questionnaire names no actors"), ("actor",), _("leave it out"))


def answer_warnings(answers: Answers, questionnaire: Questionnaire) -> Iterator[str]:
    """What a reader should know: other versions, answers that are kept but not scored, missing reasons."""
    yield from _version_warnings(answers, questionnaire)
    actor = actor_of(answers, questionnaire)
    retired = [name for name in answers.answers if name not in questionnaire.indicators]
    if retired:
        yield ngettext(
            "{number} answer to retired indicators kept, not scored: {indicators}",
            "{number} answers to retired indicators kept, not scored: {indicators}",
            len(retired),
        ).format(number=len(retired), indicators=listing(retired))
    left_out = _answered_and_left_out(answers, questionnaire)
    for trend, names in left_out.items():
        yield ngettext(
            "{count} answer in {trend}, which is left out, kept, not scored: {names}",
            "{count} answers in {trend}, which is left out, kept, not scored: {names}",
            len(names),
        ).format(count=len(names), trend=trend, names=listing(names))
    outside = [
        name
        for name, answer in answers.answers.items()
        if answer.answer is not None
        and not any(name in names for names in left_out.values())
        and (item := questionnaire.indicators.get(name)) is not None
        and not item.serves(actor, answers.form)
    ]
    if outside:
        yield _outside_told(len(outside), actor).format(
            number=len(outside), actor=actor, form=answers.form, indicators=listing(outside)
        )


def _outside_told(number: int, actor: str) -> str:
    if actor:
        return ngettext(
            "{number} answer outside the actor {actor} and the {form} form kept, not scored: {indicators}",
            "{number} answers outside the actor {actor} and the {form} form kept, not scored: {indicators}",
            number,
        )
    return ngettext(
        "{number} answer outside the {form} form kept, not scored: {indicators}",
        "{number} answers outside the {form} form kept, not scored: {indicators}",
        number,
    )


def _answered_and_left_out(answers: Answers, questionnaire: Questionnaire) -> dict[str, list[str]]:
    """By trend that is left out, what was answered in it all the same."""
    answered = {
        trend.id: [item.id for item in trend.indicators if answers.to(item.id).answer is not None]
        for trend in questionnaire.trends
        if trend.id in answers.scope
    }
    return {trend: names for trend, names in answered.items() if names}


def _version_warnings(answers: Answers, questionnaire: Questionnaire) -> Iterator[str]:
    if not answers.version or version_key(answers.version) == version_key(questionnaire.version):
        return
    if version_key(answers.version) > version_key(questionnaire.version):
        yield _("recorded with version {answered}, newer than this questionnaire's {version}").format(
            answered=answers.version, version=questionnaire.version
        )
        return
    reworded = changed_since(answers.version, questionnaire, "rev_since")
    happened: tuple[tuple[Literal["new", "re-worded", "retired"], list[str]], ...] = (
        ("new", changed_since(answers.version, questionnaire, "since")),
        ("re-worded", reworded),
        ("retired", _retired_since(answers.version, questionnaire)),
    )
    changes = [_change_told(kind, names) for kind, names in happened if names]
    if len(reworded) > MOST_NAMED:
        changes.append(_("compare leaves out what was re-worded"))
    yield _("recorded with version {answered}, read with {read}: {changes}").format(
        answered=answers.version,
        read=questionnaire.version,
        changes=semicolons(changes) or _("no indicator was added, re-worded or retired"),
    )


def _change_told(kind: Literal["new", "re-worded", "retired"], names: list[str]) -> str:
    """What happened to indicators since a version, those by name where they are few."""
    number = len(names)
    if number <= MOST_NAMED:
        said = {
            "new": _("new {indicators}"),
            "re-worded": _("re-worded {indicators}"),
            "retired": _("retired {indicators}"),
        }
        return said[kind].format(indicators=listing(names))
    counted = {
        "new": ngettext("{number} indicator new", "{number} indicators new", number),
        "re-worded": ngettext("{number} indicator re-worded", "{number} indicators re-worded", number),
        "retired": ngettext("{number} indicator retired", "{number} indicators retired", number),
    }
    return counted[kind].format(number=number)


def changed_since(version: str, questionnaire: Questionnaire, key: Literal["since", "rev_since"]) -> list[str]:
    """The indicators added (`since`) or re-worded (`rev_since`) after a version, in catalogue order."""

    def mark(item: Indicator) -> str | None:
        return item.since if key == "since" else item.rev_since

    return [
        item.id
        for item in questionnaire.indicators.values()
        if (marked := mark(item)) is not None and version_key(marked) > version_key(version)
    ]


def _retired_since(version: str, questionnaire: Questionnaire) -> list[str]:
    return [
        entry.id
        for entry in questionnaire.retired
        if entry.until is None or version_key(entry.until) >= version_key(version)
    ]
