"""Every kind of gate: on the limit, beside it, published or not, and with the worst end."""

from fractions import Fraction
from typing import Any

import pytest

from allycheck.analysis.compare import compare
from allycheck.analysis.gates import OVERALL, Gate, evaluate, gate_faults
from allycheck.report import GateReport
from tests.alliances import indicator, questionnaire, sheet

THIRDS = questionnaire(
    ("trust", [indicator("a", risks={"rift": 1}, pillar="depth"), indicator("b", risks={"rift": 1}), indicator("c")]),
    ("pace", [indicator("d"), indicator("e", weight=2, risks={"rift": 1})]),
    risks=[{"id": "rift", "title": "Rift"}],
    pillars=[{"id": "depth", "title": "Depth"}],
)
WHOLE: dict[str, Any] = {"a": 2, "b": 2, "c": 3, "d": 2, "e": 3}
"""Trust 25*(2+2+3)/3 = 58.3333, pace 25*(2+6)/3 = 66.6667, overall 62.5; rift 100 - 25*7/3 = 41.6667; depth 50.
Levels: both trends are at 2, because a third of trust and two thirds of pace are at 3, and 3/5 is needed; pace is at 3.
"""
SPARSE: dict[str, Any] = {"a": 2, "d": 2}
"""A third of each trend is known: overall range (16.6667 + 16.6667)/2 = 16.6667 to 83.3333, rift 83.3333 to 16.6667."""


def verdict(answers: dict[str, Any], kind: str, limit: str, subject: str = "overall", **more: Any) -> GateReport:
    gate = Gate.model_validate({"kind": kind, "subject": subject, "limit": limit})
    assert not list(gate_faults(gate, THIRDS))
    return evaluate([gate], sheet(THIRDS, answers).scores, **more)[0]


@pytest.mark.parametrize(
    ("kind", "subject", "limit", "passed", "reason"),
    [
        ("fail-under", "overall", "62.5", True, "Overall: score 62.5; at least 62.5 is required"),
        ("fail-under", "overall", "62.51", False, "Overall: score 62.5; at least 62.51 is required"),
        ("fail-under", "trust", "58.33", True, "Trust: score 58.33; at least 58.33 is required"),
        ("fail-under", "trust", "58.34", False, "Trust: score 58.3; at least 58.34 is required"),
        ("fail-under", "depth", "50", True, "Depth: score 50.0; at least 50 is required"),
        ("fail-over", "rift", "41.67", True, "Rift: exposure 41.67; at most 41.67 is allowed"),
        ("fail-over", "rift", "41.6", False, "Rift: exposure 41.7; at most 41.6 is allowed"),
        ("min-level", "overall", "defined", True, "Overall: level Defined; at least Defined is required"),
        ("min-level", "pace", "3", True, "Pace: level Practised; at least Practised is required"),
        ("min-level", "trust", "practised", False, "Trust: level Defined; at least Practised is required"),
        ("min-coverage", "overall", "1", True, "Overall: 100% of what counts is known; at least 100% is required"),
    ],
)
def test_exactly_on_the_limit_passes_and_the_printed_number_stands_on_its_side(
    kind: str, subject: str, limit: str, *, passed: bool, reason: str
) -> None:
    gate = verdict(WHOLE, kind, limit, subject)
    assert (gate.passed, gate.reason) == (passed, reason)


def test_an_exposure_just_above_the_limit_does_not_print_as_the_limit() -> None:
    """Loads 1 at levels 2, 2, 3: 41.6667 is above 41.66666, 50 is not above 50."""
    gate = verdict(WHOLE, "fail-over", "41.66666", "rift")
    assert (gate.passed, gate.reason) == (False, "Rift: exposure 41.7; at most 41.66666 is allowed")
    on = verdict({"a": 2, "b": 2, "e": 2, "c": 2, "d": 2}, "fail-over", "50", "rift")
    assert (on.passed, on.reason) == (True, "Rift: exposure 50.0; at most 50 is allowed")


@pytest.mark.parametrize(
    ("kind", "subject", "limit", "reason"),
    [
        (
            "fail-under", "overall", "10",
            ("Overall: too little is known (33% of what counts, 67% is needed), the score is at least 16.7; "
            "at least 10 is required"),
        ),
        (
            "fail-over", "rift", "90",
            ("Rift: too little is known (33% of what counts, 67% is needed), the exposure is at most 83.3; "
            "at most 90 is allowed"),
        ),
        (
            "min-level", "overall", "0",
            ("Overall: too little is known (33% of what counts, 67% is needed), the level is at least Absent; "
            "at least Absent is required"),
        ),
    ],
)  # fmt: skip
def test_unpublished_fails_and_says_why_though_its_worst_end_would_pass(
    kind: str, subject: str, limit: str, reason: str
) -> None:
    gate = verdict(SPARSE, kind, limit, subject)
    assert (gate.passed, gate.actual, gate.reason) == (False, None, reason)
    assert verdict(SPARSE, kind, limit, subject, guaranteed=True).passed


@pytest.mark.parametrize(
    ("kind", "subject", "limit", "actual", "passed"),
    [
        ("fail-under", "overall", "16.6666", 16.6667, True),  # 100/6 = 16.6666...
        ("fail-under", "overall", "16.6667", 16.6667, False),
        ("fail-over", "rift", "83.3334", 83.3333, True),
        ("fail-over", "rift", "83.3333", 83.3333, False),
        ("min-level", "trust", "absent", 0, True),
        ("min-level", "trust", "adhoc", 0, False),
    ],
)
def test_guaranteed_tests_the_worst_end_exactly(
    kind: str, subject: str, limit: str, actual: float, *, passed: bool
) -> None:
    gate = verdict(SPARSE, kind, limit, subject, guaranteed=True)
    assert (gate.actual, gate.passed) == (actual, passed)


def test_coverage_is_known_whether_or_not_the_score_is_published() -> None:
    """A third: 1/3 >= 0.33 and < 0.34; --guaranteed changes nothing."""
    assert verdict(SPARSE, "min-coverage", "0.33").passed
    assert verdict(SPARSE, "min-coverage", "0.33", "trust", guaranteed=True).passed
    short = verdict(SPARSE, "min-coverage", "0.34")
    assert (short.passed, short.actual, short.limit) == (False, 0.3333, 0.34)


@pytest.mark.parametrize(
    ("kind", "limit", "subject"),
    [("fail-under", "0", "trust"), ("fail-over", "100", "rift"), ("min-level", "0", "trust"), ("min-coverage", "0", "trust")],
)  # fmt: skip
def test_nothing_applicable_passes_no_gate(kind: str, limit: str, subject: str) -> None:
    answers = dict.fromkeys("abce", "na")
    for guaranteed in (False, True):
        gate = verdict(answers, kind, limit, subject, guaranteed=guaranteed)
        assert (gate.passed, gate.actual) == (False, None)
        assert "nothing is applicable" in gate.reason


@pytest.mark.parametrize(
    ("then", "passed", "reason"),
    [
        ({"a": 1}, True, "Overall: real change +4.2 since old.yaml; no real fall is allowed"),  # 25/3/2
        ({}, True, "Overall: real change 0.0 since old.yaml; no real fall is allowed"),
        ({"a": 3}, False, "Overall: real change -4.2 since old.yaml; no real fall is allowed"),
        (
            {"a": "dk", "b": "dk", "e": "dk"}, False,
            ("Overall: not comparable with old.yaml, 33% of what counts is in common and 67% is needed; "
            "no real fall is allowed"),
        ),
    ],
)  # fmt: skip
def test_no_worse_than_wants_no_real_fall(then: dict[str, Any], *, passed: bool, reason: str) -> None:
    now = sheet(THIRDS, WHOLE)
    changes = {"old.yaml": compare(sheet(THIRDS, WHOLE | then), now)}
    gate = evaluate([Gate(kind="no-worse-than", limit="old.yaml")], now.scores, changes=changes)[0]
    assert (gate.passed, gate.reason, gate.limit) == (passed, reason, "old.yaml")


def test_every_gate_has_an_id_of_its_own_and_stays_in_order() -> None:
    gates = [Gate(kind="fail-under", subject=subject, limit="50") for subject in ("overall", "trust", "overall")]
    reports = evaluate(gates, sheet(THIRDS, WHOLE).scores)
    assert [gate.id for gate in reports] == ["fail-under:overall", "fail-under:trust", "fail-under:overall:2"]


@pytest.mark.parametrize(
    ("kind", "subject", "limit", "said"),
    [
        ("fail-under", "truts", "50", "nothing to test is called truts; did you mean trust?"),
        ("fail-under", "rift", "50", "fail-under does not test rift; use fail-over, min-coverage or max-holes"),
        ("fail-over", "overall", "50", "name a risk; use rift"),
        ("fail-under", "overall", "101", "101 is more than 100; a limit is in points from 0 to 100"),
        ("fail-under", "overall", "-1", "must not be negative; a limit is in points from 0 to 100"),
        ("min-coverage", "overall", "90", "90 is more than 1; coverage is a share from 0 to 1, such as 0.9"),
        ("min-level", "overall", "define", "define is not a level; did you mean defined?"),
        ("min-level", "overall", "5", "5 is not a level; use absent, adhoc, defined, practised or adaptive, or 0 to 4"),
        ("min-level", "depth", "2", "min-level does not test depth; use fail-under or min-coverage"),
        ("no-worse-than", "overall", " ", "no file is named; name an earlier answers file"),
        (
            "no-worse-than",
            "trust",
            "old.yaml",
            "no-worse-than does not test trust; use fail-under, min-level, min-coverage or min-evidence",
        ),
    ],
)
def test_a_gate_that_could_never_be_meant_is_refused(kind: str, subject: str, limit: str, said: str) -> None:
    gate = Gate.model_validate({"kind": kind, "subject": subject, "limit": limit})
    assert [f"{fault.what}; {fault.hint}" for fault in gate_faults(gate, THIRDS)] == [said]


def test_limits_are_exact() -> None:
    """One tenth is one tenth: 0.1 + 0.2 never comes into it."""
    tenths = questionnaire(("trust", [indicator("a", weight="0.1"), indicator("b", weight="0.2")]))
    scores = sheet(tenths, {"a": 4, "b": 1}).scores
    assert scores.overall.measure.score == Fraction(50)
    assert evaluate([Gate(kind="fail-under", limit="50")], scores)[0].passed


GUARDED = questionnaire(
    (
        "t",
        [
            indicator("a", code="A1", risks={"rift": 1, "drain": 1}, critical=["rift", "drain"]),
            indicator("b", code="B1", risks={"rift": 1}, critical=["rift"]),
            indicator("c", risks={"rift": 4, "drain": 2}),
        ],
    ),
    risks=[{"id": "rift", "title": "Rift"}, {"id": "drain", "title": "Drain"}, {"id": "idle", "title": "Idle"}],
)


def holes(answers: dict[str, Any], limit: str, subject: str = OVERALL, *, guaranteed: bool = False) -> GateReport:
    gate = Gate(kind="max-holes", subject=subject, limit=limit)
    assert list(gate_faults(gate, GUARDED)) == []
    return evaluate([gate], sheet(GUARDED, answers).scores, guaranteed=guaranteed)[0]


@pytest.mark.parametrize(
    ("answers", "subject", "limit", "passed", "reason"),
    [
        ({"a": 2, "b": 2, "c": 0}, "overall", "0", True, "Overall: 0 holes; at most 0 are allowed"),
        ({"a": 1, "b": 2, "c": 4}, "overall", "0", False, "Overall: 1 hole (A1); at most 0 are allowed"),
        ({"a": 1, "b": 2, "c": 4}, "overall", "1", True, "Overall: 1 hole (A1); at most 1 is allowed"),
        ({"a": 0, "b": 1, "c": 4}, "rift", "1", False, "Rift: 2 holes (A1 and B1); at most 1 is allowed"),
        ({"a": 0, "b": 1, "c": 4}, "drain", "1", True, "Drain: 1 hole (A1); at most 1 is allowed"),
        ({"a": "na", "b": 2, "c": "na"}, "drain", "0", False, "Drain: nothing is applicable; at most 0 are allowed"),
        (
            {"a": 1, "b": 2}, "overall", "5", False,
            "Overall: too little is known of Rift and Drain, at least 1 hole (A1); at most 5 are allowed",
        ),
    ],
)  # fmt: skip
def test_more_holes_than_allowed_fail_each_counted_once(
    answers: dict[str, Any], subject: str, limit: str, reason: str, *, passed: bool
) -> None:
    gate = holes(answers, limit, subject)
    assert (gate.passed, gate.reason, gate.limit) == (passed, reason, int(limit))


def test_at_worst_what_is_not_known_is_a_hole_and_nothing_need_be_published() -> None:
    unknown = {"a": "dk", "b": 1, "c": 4}
    assert holes(unknown, "1").passed
    gate = holes(unknown, "1", guaranteed=True)
    assert (gate.passed, gate.actual) == (False, 2)
    assert gate.reason == "Overall: at worst 2 holes (B1 and A1); at most 1 is allowed"
    assert holes({"a": 2, "b": 2}, "0", guaranteed=True).passed


@pytest.mark.parametrize("limit", ["-1", "1.5", "", "two", "1234567890", "\u0663"])
def test_a_number_of_holes_is_whole(limit: str) -> None:
    (fault,) = gate_faults(Gate(kind="max-holes", limit=limit), GUARDED)
    assert fault.what.endswith("is not a number of holes")


def test_where_there_are_no_risks_no_holes_can_be_tested() -> None:
    bare = questionnaire(("t", [indicator("a")]))
    (fault,) = gate_faults(Gate(kind="max-holes", limit="0"), bare)
    assert (fault.what, fault.hint) == ("name a risk", "this questionnaire has none")
