"""Requirements on a result, decided on exact values before anything is rounded (docs/gates.md).

Without `guaranteed` a gate on something that is not published fails; with it the worst end of the range is tested.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple, get_args

from pydantic import WithJsonSchema

from allycheck.analysis.evidence import claimed, share_of_all, share_of_trend
from allycheck.errors import Fault, Loc
from allycheck.fields import Model, read_decimal
from allycheck.language import _
from allycheck.numbers import Number, as_decimal, as_text, as_text_within, exact
from allycheck.questionnaire import TOP, Questionnaire
from allycheck.report import GateReport
from allycheck.scoring import FULL, OVERALL, Measure, RiskScore, Scores
from allycheck.text import choices, count, first_of, hint, listing, printable

if TYPE_CHECKING:
    # Reports that test no change start without it.
    from allycheck.analysis.compare import Comparison

Kind = Literal["fail-under", "fail-over", "min-level", "min-coverage", "min-evidence", "max-holes", "no-worse-than"]
LONGEST_COUNT = 9
_MOST_NAMED = 5
"""Answers without evidence that a reason names."""
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
        what, _, instead = str(error).partition("; ")
        yield Fault(what, ("limit",), instead)


def _stranger(gate: Gate, known: Collection[str], questionnaire: Questionnaire) -> tuple[str, Loc, str]:
    """Why a subject can't be tested, where that stands, and what could be meant."""
    place: Loc = ("subject",)
    if gate.subject == OVERALL:
        return "name a risk", place, choices(known)
    others = [kind for kind in get_args(Kind) if gate.subject in subjects(kind, questionnaire)]
    if others:
        return f"{gate.kind} does not test {gate.subject}", place, choices(others)
    what = f"nothing to test is called {printable(gate.subject)[:40]}"
    return what, place, hint(gate.subject, known)


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
        case "min-level" | "min-evidence":
            return overall | trends
        case "min-coverage":
            return overall | trends | pillars | risks
        case "max-holes":
            return overall | risks if risks else {}
        case "no-worse-than":
            return overall


def limit_of(gate: Gate, questionnaire: Questionnaire) -> Fraction | int | str:
    """The limit as a number, a level or a file. Raises ValueError with what is wrong and what to write."""
    match gate.kind:
        case "fail-under" | "fail-over":
            return _up_to(gate.limit, FULL, "a limit is in points from 0 to 100")
        case "min-coverage":
            return _up_to(gate.limit, 1, "coverage is a share from 0 to 1, such as 0.9")
        case "min-evidence":
            return _up_to(gate.limit, 1, "what is evidenced is a share from 0 to 1, such as 0.8")
        case "min-level":
            return level_of(gate.limit, [level.id for level in questionnaire.level_names])
        case "max-holes":
            return _whole(gate.limit)
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


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_COUNT):
        raise ValueError(f"{printable(text)[:40]} is not a number of holes; a limit is a whole number, such as 0")
    return int(text)


def level_of(text: str, names: list[str]) -> int:
    """A level by its id or its number. Raises ValueError with the nearest one."""
    if text in names:
        return names.index(text)
    if text in {str(level) for level in range(TOP + 1)}:
        return int(text)
    raise ValueError(f"{printable(text)[:40]} is not a level; {hint(text, names, f'{choices(names)}, or 0 to {TOP}')}")


def evaluate(
    gates: Iterable[Gate],
    scores: Scores,
    *,
    guaranteed: bool = False,
    changes: "Mapping[str, Comparison] | None" = None,
    evidenced: Collection[str] = (),
) -> list[GateReport]:
    """Every gate with its verdict, in the order given.

    The gates fit the questionnaire (see `gate_faults`); `changes` compares the file of each no-worse-than with these
    answers, `evidenced` are the indicators beside whose answers evidence is named.
    """
    repeated: Counter[str] = Counter()
    reports = []
    for gate in gates:
        name = f"{gate.kind}:{gate.subject}"
        repeated[name] += 1
        tested = _test(gate, scores, guaranteed=guaranteed, changes=changes or {}, evidenced=evidenced)
        reports.append(
            GateReport(
                id=f"{name}:{repeated[name]}" if repeated[name] > 1 else name,
                kind=gate.kind,
                subject=gate.subject,
                **tested._asdict(),
            )
        )
    return reports


class _Tested(NamedTuple):
    limit: float | str
    actual: float | None
    passed: bool
    reason: str


def _failed(limit: float | str, reason: str) -> _Tested:
    """What can't be tested is not met."""
    return _Tested(limit, None, passed=False, reason=reason)


class _Subject(NamedTuple):
    """What is tested: its title, its numbers, its level where it has one, and how much must be known to publish."""

    title: str
    measure: Measure
    level: int | None
    needed: Fraction
    level_ids: list[str]
    level_names: list[str]

    @classmethod
    def of(cls, gate: Gate, scores: Scores) -> "_Subject":
        questionnaire = scores.questionnaire
        measured: dict[str, tuple[Measure, int | None]] = {OVERALL: (scores.overall.measure, scores.overall.level)}
        measured |= {trend.trend.id: (trend.measure, trend.level) for trend in scores.trends}
        measured |= {pillar.pillar.id: (pillar.measure, None) for pillar in scores.pillars}
        measured |= {risk.risk.id: (risk.measure, None) for risk in scores.risks}
        title = subjects(gate.kind, questionnaire)[gate.subject]
        ids, names = zip(*((level.id, level.name) for level in questionnaire.level_names), strict=True)
        return cls(title, *measured[gate.subject], questionnaire.method.coverage, list(ids), list(names))

    @property
    def too_little(self) -> str:
        """How much is known and how much would be needed."""
        coverage = _percent(self.measure.coverage or Fraction(0), self.needed)
        return f"too little is known ({coverage} of what counts, {_percent(self.needed)} is needed)"


def _test(
    gate: Gate,
    scores: Scores,
    *,
    guaranteed: bool,
    changes: "Mapping[str, Comparison]",
    evidenced: Collection[str],
) -> _Tested:
    subject = _Subject.of(gate, scores)
    match gate.kind:
        case "fail-under" | "fail-over":
            measured = _score if gate.kind == "fail-under" else _exposure
            return measured(read_decimal(gate.limit), subject, guaranteed=guaranteed)
        case "min-level":
            return _reached(gate, subject, guaranteed=guaranteed)
        case "min-coverage":
            return _coverage(read_decimal(gate.limit), subject)
        case "min-evidence":
            return _evidence(gate, scores, evidenced)
        case "max-holes":
            risks = [risk for risk in scores.risks if gate.subject in {OVERALL, risk.risk.id} and risk.items]
            return _holes(_whole(gate.limit), subject.title, risks, guaranteed=guaranteed)
        case "no-worse-than":
            return _change(gate.limit, subject, changes[gate.limit])


def _score(limit: Fraction, subject: _Subject, *, guaranteed: bool) -> _Tested:
    worst = subject.measure.low
    value = worst if guaranteed else subject.measure.score if subject.measure.published else None
    needed = f"at least {as_decimal(limit)} is required"
    if value is None or worst is None:
        return _failed(Number(limit), _untested(subject, "the score is at least", worst, limit, needed))
    word = "score at worst" if guaranteed else "score"
    reason = f"{subject.title}: {word} {as_text_within(value, [limit])}; {needed}"
    return _Tested(Number(limit), Number(value), value >= limit, reason)


def _exposure(limit: Fraction, subject: _Subject, *, guaranteed: bool) -> _Tested:
    worst = subject.measure.high
    value = worst if guaranteed else subject.measure.score if subject.measure.published else None
    needed = f"at most {as_decimal(limit)} is allowed"
    if value is None or worst is None:
        return _failed(Number(limit), _untested(subject, "the exposure is at most", worst, limit, needed))
    word = "exposure at worst" if guaranteed else "exposure"
    reason = f"{subject.title}: {word} {_as_text_up_to(value, limit)}; {needed}"
    return _Tested(Number(limit), Number(value), value <= limit, reason)


def _as_text_up_to(value: Fraction, limit: Fraction) -> str:
    """With as many decimals as keep the number on its side of a limit that itself is still allowed."""
    places = 1
    while (value > limit) != (Fraction(as_text(value, places)) > limit):
        places += 1
    return as_text(value, places)


def _untested(subject: _Subject, known: str, worst: Fraction | None, limit: Fraction, needed: str) -> str:
    if worst is None:
        return f"{subject.title}: nothing is applicable; {needed}"
    return f"{subject.title}: {subject.too_little}, {known} {as_text_within(worst, [limit])}; {needed}"


def _reached(gate: Gate, subject: _Subject, *, guaranteed: bool) -> _Tested:
    """A demonstrated level counts what is unknown as 0, so it is its own worst case."""
    limit = level_of(gate.limit, subject.level_ids)
    names = subject.level_names
    needed = f"at least {names[limit]} is required"
    if subject.level is None:
        return _failed(limit, f"{subject.title}: nothing is applicable; {needed}")
    if not subject.measure.published and not guaranteed:
        reason = f"{subject.title}: {subject.too_little}, the level is at least {names[subject.level]}; {needed}"
        return _failed(limit, reason)
    word = "level at least" if guaranteed else "level"
    reason = f"{subject.title}: {word} {names[subject.level]}; {needed}"
    return _Tested(limit, subject.level, subject.level >= limit, reason)


def _coverage(limit: Fraction, subject: _Subject) -> _Tested:
    """How much is known is itself always known, published or not."""
    value = subject.measure.coverage
    needed = f"at least {as_decimal(100 * limit)}% is required"
    if value is None:
        return _failed(Number(limit), f"{subject.title}: nothing is applicable; {needed}")
    reason = f"{subject.title}: {_percent(value, limit)} of what counts is known; {needed}"
    return _Tested(Number(limit), Number(value), value >= limit, reason)


def _evidence(gate: Gate, scores: Scores, evidenced: Collection[str]) -> _Tested:
    """What is claimed and known is tested, published or not; where nothing is claimed there is nothing to show."""
    limit, title = read_decimal(gate.limit), subjects(gate.kind, scores.questionnaire)[gate.subject]
    trends = [trend for trend in scores.trends if gate.subject in {OVERALL, trend.trend.id}]
    claims = claimed(item for trend in trends for item in trend.items)
    value = share_of_all(scores, evidenced) if gate.subject == OVERALL else share_of_trend(trends[0], evidenced)
    needed = _("at least {limit}% is required").format(limit=as_decimal(100 * limit))
    if value is None:
        reason = _("{title}: no answer at 3 or 4 that counts, so no evidence is missing; {needed}")
        return _Tested(Number(limit), None, passed=True, reason=reason.format(title=title, needed=needed))
    without = [item.indicator.code for item in claims if item.id not in evidenced]
    reason = (
        _("{title}: {share} of the answers at 3 and 4, by weight, name evidence; {codes} without; {needed}")
        if without
        else _("{title}: {share} of the answers at 3 and 4, by weight, name evidence; {needed}")
    ).format(title=title, share=_percent(value, limit), codes=first_of(without, _MOST_NAMED), needed=needed)
    return _Tested(Number(limit), Number(value), value >= limit, reason)


def _percent(share: Fraction, *edges: Fraction) -> str:
    return f"{as_text_within(100 * share, [100 * edge for edge in (*edges, Fraction(1))], 0)}%"


def _holes(limit: int, title: str, risks: Sequence[RiskScore], *, guaranteed: bool) -> _Tested:
    """How many critical safeguards are missing, each counted once; at worst, those that are not known are, too."""
    needed = f"at most {limit} {'is' if limit == 1 else 'are'} allowed"
    if not risks:
        return _failed(limit, f"{title}: nothing is applicable; {needed}")
    found = [item for risk in risks for item in (*risk.holes, *(risk.possible_holes if guaranteed else ()))]
    codes = list(dict.fromkeys(item.indicator.code for item in found))
    said = count(len(codes), "hole") + (f" ({listing(codes)})" if codes else "")
    unpublished = [risk.risk.title for risk in risks if not risk.measure.published]
    if unpublished and not guaranteed:
        return _failed(limit, f"{title}: too little is known of {listing(unpublished)}, at least {said}; {needed}")
    worst = "at worst " if guaranteed else ""
    return _Tested(limit, len(codes), len(codes) <= limit, f"{title}: {worst}{said}; {needed}")


def _change(file: str, subject: _Subject, comparison: "Comparison") -> _Tested:
    """D >= 0; nothing in common is not "no fall" (method 11)."""
    name = printable(file)
    if not comparison.comparable or comparison.real_change is None:
        shared = _percent(exact(comparison.linked_coverage or 0.0), exact(comparison.coverage_needed))
        needed = _percent(exact(comparison.coverage_needed))
        reason = f"not comparable with {name}, {shared} of what counts is in common and {needed} is needed"
        return _failed(name, f"{subject.title}: {reason}; no real fall is allowed")
    change = exact(comparison.real_change)
    sign = "+" if change > 0 else ""
    reason = f"{subject.title}: real change {sign}{as_text_within(change, [Fraction(0)])} since {name}"
    return _Tested(name, Number(change), change >= 0, f"{reason}; no real fall is allowed")
