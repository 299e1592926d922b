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
from allycheck.language import _, ngettext, pgettext
from allycheck.numbers import Number, as_decimal, as_percent, as_text, as_text_within, exact, scaled
from allycheck.questionnaire import TOP, Questionnaire
from allycheck.report import GateReport
from allycheck.scoring import FULL, OVERALL, Measure, RiskScore, Scores
from allycheck.text import bracketed, choices, first_of, hint, listing, printable

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
        what, _and, instead = str(error).partition("; ")
        yield Fault(what, ("limit",), instead)


def _stranger(gate: Gate, known: Collection[str], questionnaire: Questionnaire) -> tuple[str, Loc, str]:
    """Why a subject can't be tested, where that stands, and what could be meant."""
    place: Loc = ("subject",)
    if gate.subject == OVERALL:
        return _("name a risk"), place, choices(known)
    others = [kind for kind in get_args(Kind) if gate.subject in subjects(kind, questionnaire)]
    if others:
        return _("{gate} does not test {subject}").format(gate=gate.kind, subject=gate.subject), place, choices(others)
    what = _("nothing to test is called {name}").format(name=printable(gate.subject)[:40])
    return what, place, hint(gate.subject, known)


def subjects(kind: Kind, questionnaire: Questionnaire) -> dict[str, str]:
    """The titles of what a kind of gate can test, by id."""
    trends = {trend.id: trend.title for trend in questionnaire.trends}
    pillars = {pillar.id: pillar.title for pillar in questionnaire.pillars}
    risks = {risk.id: risk.title for risk in questionnaire.risks}
    overall = {OVERALL: _("Overall")}
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
            return _up_to(gate.limit, FULL, _("a limit is in points from 0 to 100"))
        case "min-coverage":
            return _up_to(gate.limit, 1, _("coverage is a share from 0 to 1, such as 0.9"))
        case "min-evidence":
            return _up_to(gate.limit, 1, _("what is evidenced is a share from 0 to 1, such as 0.8"))
        case "min-level":
            return level_of(gate.limit, [level.id for level in questionnaire.level_names])
        case "max-holes":
            return _whole(gate.limit)
        case "no-worse-than":
            if not gate.limit.strip():
                raise ValueError(_("no file is named; name an earlier answers file"))
            return gate.limit


def _up_to(text: str, most: int, rule: str) -> Fraction:
    try:
        value = read_decimal(text)
    except ValueError as error:
        raise ValueError(f"{error}; {rule}") from error
    if value > most:
        what = _("{number} is more than {most}; {rule}")
        raise ValueError(what.format(number=printable(text), most=most, rule=rule))
    return value


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_COUNT):
        what = _("{text} is not a number of holes; a limit is a whole number, such as 0")
        raise ValueError(what.format(text=printable(text)[:40]))
    return int(text)


def level_of(text: str, names: list[str]) -> int:
    """A level by its id or its number. Raises ValueError with the nearest one."""
    if text in names:
        return names.index(text)
    if text in {str(level) for level in range(TOP + 1)}:
        return int(text)
    known = _("use {levels}, or 0 to {top}").format(levels=listing(names, "or"), top=TOP)
    what = _("{text} is not a level; {hint}")
    raise ValueError(what.format(text=printable(text)[:40], hint=hint(text, names, known)))


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
        return _("too little is known ({share} of what counts, {needed} is needed)").format(
            share=coverage, needed=_percent(self.needed)
        )

    def reason(self, found: str, needed: str) -> str:
        """What was found of it, and what the gate asks for."""
        return _told(self.title, found, needed)


def _told(title: str, found: str, needed: str) -> str:
    return pgettext("a gate", "{subject}: {found}; {needed}").format(subject=title, found=found, needed=needed)


def _nothing_applies() -> str:
    return _("nothing is applicable")


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
    needed = _("at least {limit} is required").format(limit=as_decimal(limit))
    if value is None or worst is None:
        known = _("{too_little}, the score is at least {score}")
        return _failed(Number(limit), subject.reason(_untested(subject, known, worst, limit), needed))
    found = _("score at worst {score}") if guaranteed else _("score {score}")
    reason = subject.reason(found.format(score=as_text_within(value, [limit])), needed)
    return _Tested(Number(limit), Number(value), value >= limit, reason)


def _exposure(limit: Fraction, subject: _Subject, *, guaranteed: bool) -> _Tested:
    worst = subject.measure.high
    value = worst if guaranteed else subject.measure.score if subject.measure.published else None
    needed = _("at most {limit} is allowed").format(limit=as_decimal(limit))
    if value is None or worst is None:
        known = _("{too_little}, the exposure is at most {score}")
        return _failed(Number(limit), subject.reason(_untested(subject, known, worst, limit), needed))
    found = _("exposure at worst {score}") if guaranteed else _("exposure {score}")
    reason = subject.reason(found.format(score=_as_text_up_to(value, limit)), needed)
    return _Tested(Number(limit), Number(value), value <= limit, reason)


def _as_text_up_to(value: Fraction, limit: Fraction) -> str:
    """With as many decimals as keep the number on its side of a limit that itself is still allowed."""
    places = 1
    while (value > limit) != (Fraction(scaled(value, places), 10**places) > limit):
        places += 1
    return as_text(value, places)


def _untested(subject: _Subject, known: str, worst: Fraction | None, limit: Fraction) -> str:
    """Why there is no number to test; `known` tells the worst that it can be."""
    if worst is None:
        return _nothing_applies()
    return known.format(too_little=subject.too_little, score=as_text_within(worst, [limit]))


def _reached(gate: Gate, subject: _Subject, *, guaranteed: bool) -> _Tested:
    """A demonstrated level counts what is unknown as 0, so it is its own worst case."""
    limit = level_of(gate.limit, subject.level_ids)
    names = subject.level_names
    needed = _("at least {limit} is required").format(limit=names[limit])
    if subject.level is None:
        return _failed(limit, subject.reason(_nothing_applies(), needed))
    level = names[subject.level]
    if not subject.measure.published and not guaranteed:
        found = _("{too_little}, the level is at least {level}").format(too_little=subject.too_little, level=level)
        return _failed(limit, subject.reason(found, needed))
    found = _("level at least {level}") if guaranteed else _("level {level}")
    return _Tested(limit, subject.level, subject.level >= limit, subject.reason(found.format(level=level), needed))


def _coverage(limit: Fraction, subject: _Subject) -> _Tested:
    """How much is known is itself always known, published or not."""
    value = subject.measure.coverage
    needed = _("at least {limit} is required").format(limit=as_percent(as_decimal(100 * limit)))
    if value is None:
        return _failed(Number(limit), subject.reason(_nothing_applies(), needed))
    found = _("{share} of what counts is known").format(share=_percent(value, limit))
    return _Tested(Number(limit), Number(value), value >= limit, subject.reason(found, needed))


def _evidence(gate: Gate, scores: Scores, evidenced: Collection[str]) -> _Tested:
    """What is claimed and known is tested, published or not; where nothing is claimed there is nothing to show."""
    limit, title = read_decimal(gate.limit), subjects(gate.kind, scores.questionnaire)[gate.subject]
    trends = [trend for trend in scores.trends if gate.subject in {OVERALL, trend.trend.id}]
    claims = claimed(item for trend in trends for item in trend.items)
    value = share_of_all(scores, evidenced) if gate.subject == OVERALL else share_of_trend(trends[0], evidenced)
    needed = _("at least {limit} is required").format(limit=as_percent(as_decimal(100 * limit)))
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
    return as_percent(as_text_within(100 * share, [100 * edge for edge in (*edges, Fraction(1))], 0))


def _holes(limit: int, title: str, risks: Sequence[RiskScore], *, guaranteed: bool) -> _Tested:
    """How many critical safeguards are missing, each counted once; at worst, those that are not known are, too."""
    needed = ngettext("at most {number} is allowed", "at most {number} are allowed", limit).format(number=limit)
    if not risks:
        return _failed(limit, _told(title, _nothing_applies(), needed))
    found = [item for risk in risks for item in (*risk.holes, *(risk.possible_holes if guaranteed else ()))]
    codes = list(dict.fromkeys(item.indicator.code for item in found))
    number = len(codes)
    said = bracketed(ngettext("{number} hole", "{number} holes", number).format(number=number), listing(codes))
    unpublished = [risk.risk.title for risk in risks if not risk.measure.published]
    if unpublished and not guaranteed:
        few = _("too little is known of {risks}, at least {holes}").format(risks=listing(unpublished), holes=said)
        return _failed(limit, _told(title, few, needed))
    worst = _("at worst {holes}").format(holes=said) if guaranteed else said
    return _Tested(limit, number, number <= limit, _told(title, worst, needed))


def _change(file: str, subject: _Subject, comparison: "Comparison") -> _Tested:
    """D >= 0; nothing in common is not "no fall" (method 11)."""
    name, needed = printable(file), _("no real fall is allowed")
    if not comparison.comparable or comparison.real_change is None:
        shared = _percent(exact(comparison.linked_coverage or 0.0), exact(comparison.coverage_needed))
        found = _("not comparable with {file}, {share} of what counts is in common and {needed} is needed").format(
            file=name, share=shared, needed=_percent(exact(comparison.coverage_needed))
        )
        return _failed(name, subject.reason(found, needed))
    change = exact(comparison.real_change)
    sign = "+" if change > 0 else ""
    found = _("real change {change} since {file}").format(
        change=f"{sign}{as_text_within(change, [Fraction(0)])}", file=name
    )
    return _Tested(name, Number(change), change >= 0, subject.reason(found, needed))
