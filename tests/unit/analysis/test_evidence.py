"""What is claimed and what could be shown for it, worked out by hand; and the gate on it."""

from typing import Any

import pytest

from allycheck.analysis.evidence import Evidence, evidence, with_evidence
from allycheck.analysis.gates import Gate, evaluate, gate_faults
from allycheck.report import GateReport
from tests.alliances import indicator, questionnaire, sheet

QUAY = questionnaire(
    ("trust", [indicator("charter", weight=3, evidence="The rule."), indicator("quarrels", reverse=True)]),
    ("pace", [indicator("drill"), indicator("fund")]),
    ("aside", [indicator("hobby")]),
    weights={"aside": "0"},
)
SHOWN = {"answer": 3, "evidence": "Charter of 2025"}


def shown(answers: dict[str, Any]) -> Evidence:
    own = sheet(QUAY, answers)
    return evidence(own.scores, own.answers)


def verdict(answers: dict[str, Any], limit: str, subject: str = "overall") -> GateReport:
    own = sheet(QUAY, answers)
    gate = Gate.model_validate({"kind": "min-evidence", "subject": subject, "limit": limit})
    assert not list(gate_faults(gate, QUAY))
    return evaluate([gate], own.scores, evidenced=with_evidence(own.answers))[0]


def test_a_claim_is_an_answer_at_3_or_4_after_reversal_with_its_anchor() -> None:
    """Quarrels 1 is level 3 after reversal, drill 2 claims nothing, fund is not known."""
    result = shown({"charter": SHOWN, "quarrels": 1, "drill": {"answer": 2, "evidence": "Drill"}, "fund": "dk"})
    assert [(one.id, one.answer, one.level) for one in result.claims] == [("charter", 3, 3), ("quarrels", 1, 3)]
    own = QUAY.indicators["quarrels"]
    assert result.claims[1].statement == own.levels[1]
    assert (result.claims[0].evidence, result.claims[0].evidence_wanted) == ("Charter of 2025", "The rule.")
    assert (result.claims[1].evidence, result.named, result.answered) == (None, 1, 3)


def test_a_reversed_answer_of_4_claims_nothing() -> None:
    assert shown({"quarrels": 4}).claims == []


def test_the_share_goes_by_what_each_answer_weighs_in_the_score() -> None:
    """Two trends weigh alike. In trust charter is 3/4 and quarrels 1/4, in pace drill is known alone: 3/8, 1/8, 4/8.
    Charter and drill name evidence: 7/8. The claims' own parts add up to 1.
    """
    result = shown({"charter": SHOWN, "quarrels": 0, "drill": {"answer": 4, "evidence": "Log"}})
    assert result.share == 0.875
    assert [one.weight for one in result.claims] == [0.375, 0.125, 0.5]
    assert [(one.id, one.claims, one.named, one.share) for one in result.trends] == [
        ("trust", 2, 1, 0.75),
        ("pace", 1, 1, 1.0),
        ("aside", 0, 0, None),
    ]


def test_a_trend_that_is_not_counted_is_listed_and_weighs_nothing() -> None:
    result = shown({"hobby": 4})
    assert ([one.weight for one in result.claims], result.share) == ([None], None)
    result = shown({"hobby": 4, "drill": {"answer": 3, "evidence": "Log"}})
    assert ([one.weight for one in result.claims], result.share) == ([1.0, 0.0], 1.0)


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_blanks_are_no_evidence(text: str) -> None:
    assert shown({"drill": {"answer": 3, "evidence": text}}).named == 0


def test_evidence_beside_what_does_not_apply_counts_for_nothing() -> None:
    result = shown({"charter": {"answer": "na", "evidence": "Deed"}, "drill": 3})
    assert ([one.id for one in result.claims], result.share) == (["drill"], 0.0)


@pytest.mark.parametrize(
    ("limit", "passed", "reason"),
    [
        (
            "0.75",
            True,
            "Overall: 75% of the answers at 3 and 4, by weight, name evidence; quarrels without; at least 75% is required",
        ),
        (
            "0.7501",
            False,
            (
                "Overall: 75% of the answers at 3 and 4, by weight, name evidence; quarrels without; "
                "at least 75.01% is required"
            ),
        ),
        (
            "0",
            True,
            "Overall: 75% of the answers at 3 and 4, by weight, name evidence; quarrels without; at least 0% is required",
        ),
    ],
)
def test_exactly_on_the_limit_passes(limit: str, *, passed: bool, reason: str) -> None:
    """Only trust is answered: charter 3 of 4 with evidence, quarrels 1 of 4 without."""
    gate = verdict({"charter": SHOWN, "quarrels": 1}, limit)
    assert (gate.passed, gate.reason, gate.actual) == (passed, reason, 0.75)


def test_a_third_is_compared_as_a_third() -> None:
    """In pace one of two names evidence, in trust none of charter alone: (1/2 * 1/2) / 1 = 1/4; of trust alone 0."""
    answers = {"charter": 3, "drill": {"answer": 3, "evidence": "Log"}, "fund": 4}
    assert verdict(answers, "0.25").passed
    assert not verdict(answers, "0.250001").passed
    assert verdict(answers, "0.5", "pace").passed
    assert verdict(answers, "0.5", "trust").actual == 0


@pytest.mark.parametrize("answers", [{}, {"charter": 2, "drill": "dk"}, {"hobby": 4}])
def test_where_nothing_that_counts_is_claimed_the_gate_passes(answers: dict[str, Any]) -> None:
    gate = verdict(answers, "1")
    assert (gate.passed, gate.actual) == (True, None)
    assert gate.reason == (
        "Overall: no answer at 3 or 4 that counts, so no evidence is missing; at least 100% is required"
    )


def test_a_share_above_1_is_refused() -> None:
    gate = Gate.model_validate({"kind": "min-evidence", "limit": "80"})
    assert [fault.what for fault in gate_faults(gate, QUAY)] == ["80 is more than 1"]
