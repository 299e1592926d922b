"""Which pairs of answers are worth a second look."""

import pytest

from allycheck.analysis.consistency import contradictions
from tests.alliances import indicator, questionnaire, sheet

PAIRS = questionnaire(
    (
        "trust",
        [indicator("charter", quick=True), indicator("audit", reverse=True, quick=True), indicator("drill", actors=["state"])],
    ),
    actors=[{"id": "state", "title": "State"}, {"id": "firm", "title": "Firm"}],
    consistency=[
        {"high": "charter", "low": "audit", "text": "Somebody signs, nobody checks."},
        {"high": "drill", "low": "charter", "text": "Drilled without a charter."},
    ],
)  # fmt: skip


@pytest.mark.parametrize(
    ("charter", "audit", "found"),
    [
        (3, 3, True),  # audit is reversed: 3 is level 1
        (4, 4, True),
        (2, 4, False),
        (3, 2, False),
        ("dk", 4, False),
        (3, "na", False),
        (3, None, False),
    ],
)
def test_high_at_3_or_4_beside_low_at_0_or_1_is_told(
    charter: int | str, audit: int | str | None, *, found: bool
) -> None:
    scores = sheet(PAIRS, {"charter": charter, "audit": audit}, actor="firm").scores
    expected = [("charter", "audit", "Somebody signs, nobody checks.")] if found else []
    assert contradictions(scores) == expected


def test_an_answer_out_of_scope_contradicts_nothing() -> None:
    answers = {"charter": 0, "audit": 0, "drill": 4}
    assert contradictions(sheet(PAIRS, answers, actor="firm").scores) == []
    assert contradictions(sheet(PAIRS, answers, actor="state", form="quick").scores) == []
    assert len(contradictions(sheet(PAIRS, answers, actor="state").scores)) == 1
