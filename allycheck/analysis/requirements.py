"""What a gate may ask for: the model of a gates file, what can be tested, and which limits make sense.

A gate on the command line is the same model, built from its option.
"""

from collections.abc import Collection, Iterator
from fractions import Fraction
from pathlib import PurePath
from typing import Annotated, Literal, get_args

from pydantic import WithJsonSchema

from allycheck.errors import Fault, Loc
from allycheck.fields import Model, read_decimal
from allycheck.questionnaire import TOP, Questionnaire
from allycheck.scoring import FULL
from allycheck.text import listing, nearest, printable

Kind = Literal["fail-under", "fail-over", "min-level", "min-coverage", "no-worse-than"]
OVERALL = "overall"
_LIMIT = {"anyOf": [{"type": "string"}, {"type": "number", "minimum": 0}]}


class Gate(Model):
    """One requirement as it is asked for: on what, and the limit as it was written."""

    kind: Kind
    subject: str = OVERALL
    limit: Annotated[str, WithJsonSchema(_LIMIT)]

    def beside(self, path: str) -> "Gate":
        """The gate of a gates file, with the answers file that it names looked for in the same folder."""
        if self.kind != "no-worse-than":
            return self
        return self.model_copy(update={"limit": str(PurePath(path).parent / self.limit)})


def gate_faults(gate: Gate, questionnaire: Questionnaire) -> Iterator[Fault]:
    """What the questionnaire has no subject for, and limits that could never be meant."""
    known = subjects(gate.kind, questionnaire)
    if gate.subject not in known:
        yield Fault(*_stranger(gate, known, questionnaire))
    try:
        limit_of(gate, questionnaire)
    except ValueError as error:
        what, _, hint = str(error).partition("; ")
        yield Fault(what, ("limit",), hint)


def _stranger(gate: Gate, known: Collection[str], questionnaire: Questionnaire) -> tuple[str, Loc, str]:
    """Why a subject can't be tested, where that stands, and what could be meant."""
    place: Loc = ("subject",)
    if gate.subject == OVERALL:
        return "name a risk", place, _choices(list(known))
    others = [kind for kind in get_args(Kind) if gate.subject in subjects(kind, questionnaire)]
    if others:
        return f"{gate.kind} does not test {gate.subject}", place, f"use {listing(others, 'or')}"
    what = f"nothing to test is called {printable(gate.subject)[:40]}"
    return what, place, nearest(gate.subject, known) or _choices(list(known))


def _choices(known: list[str]) -> str:
    return f"use {listing(known, 'or')}" if known else "this questionnaire has none"


def subjects(kind: Kind, questionnaire: Questionnaire) -> dict[str, str]:
    """The titles of what a kind of gate can test, by id."""
    trends = {trend.id: trend.title for trend in questionnaire.trends}
    pillars = {pillar.id: pillar.title for pillar in questionnaire.pillars}
    risks = {risk.id: risk.title for risk in questionnaire.risks}
    overall = {OVERALL: "Overall"}
    match kind:
        case "fail-under":
            return overall | trends | pillars
        case "fail-over":
            return risks
        case "min-level":
            return overall | trends
        case "min-coverage":
            return overall | trends | pillars | risks
        case "no-worse-than":
            return overall


def limit_of(gate: Gate, questionnaire: Questionnaire) -> Fraction | int | str:
    """The limit as a number, a level or a file. Raises ValueError with what is wrong and what to write."""
    match gate.kind:
        case "fail-under" | "fail-over":
            return _up_to(gate.limit, FULL, "a limit is in points from 0 to 100")
        case "min-coverage":
            return _up_to(gate.limit, 1, "coverage is a share from 0 to 1, such as 0.9")
        case "min-level":
            return level_of(gate.limit, [level.id for level in questionnaire.level_names])
        case "no-worse-than":
            if not gate.limit.strip():
                raise ValueError("no file is named; name an earlier answers file")
            return gate.limit


def _up_to(text: str, most: int, rule: str) -> Fraction:
    try:
        value = read_decimal(text)
    except ValueError as error:
        raise ValueError(f"{error}; {rule}") from error
    if value > most:
        raise ValueError(f"{printable(text)} is more than {most}; {rule}")
    return value


def level_of(text: str, names: list[str]) -> int:
    """A level by its id or its number. Raises ValueError with the nearest one."""
    if text in names:
        return names.index(text)
    if text in {str(level) for level in range(TOP + 1)}:
        return int(text)
    hint = nearest(text, names) or f"use {listing(names, 'or')}, or 0 to {TOP}"
    raise ValueError(f"{printable(text)[:40]} is not a level; {hint}")
