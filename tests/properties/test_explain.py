"""Whatever is answered, the terms of every sum add up to the number that the report shows."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from allycheck.analysis.explain.explain import explain
from allycheck.building_report import build_report
from allycheck.numbers import exact
from allycheck.report import Report
from tests.alliances import indicator, questionnaire, sheet

QUESTIONS = questionnaire(
    ("trust", [indicator("a", weight="0.5", risks={"rift": 2}), indicator("b", reverse=True, pillar="depth"), indicator("c")]),
    ("pace", [indicator("d", pillar="depth", risks={"rift": "1.5"}), indicator("e", weight=3, quick=True, pillar="depth")]),
    ("idle", [indicator("f", pillar="depth", risks={"rift": 1})]),
    weights={"trust": 2, "pace": "1.5", "idle": 0},
    risks=[{"id": "rift", "title": "Rift"}],
    pillars=[{"id": "depth", "title": "Depth"}],
)  # fmt: skip
ANSWERS = st.fixed_dictionaries({}, optional=dict.fromkeys("abcdef", st.sampled_from([0, 1, 2, 3, 4, "na", "dk"])))
NAMES = ["overall", "level", "trust", "pace", "idle", "rift", "depth", *"abcdef"]


@given(ANSWERS, st.sampled_from(["full", "quick"]))
def test_terms_add_up_to_what_the_report_shows(answers: dict[str, Any], form: str) -> None:
    scored = sheet(QUESTIONS, answers, form=form)
    report = build_report(scored.scores, scored.answers)
    shown = numbers(report)
    for name in NAMES:
        for explanation in explain(scored.scores, scored.answers, report, name).explanations:
            for sum_ in explanation.sums:
                assert exact(sum_.value) == sum(exact(term.points) for term in sum_.terms)
                if (name, sum_.of) in shown:
                    assert exact(sum_.value) == shown[name, sum_.of]
                if sum_.of not in {"adds", "lost", "width"}:
                    assert sum(exact(term.share) for term in sum_.terms) == 1
        missing = {of for shown_name, of in shown if shown_name == name}
        assert missing <= {sum_.of for sum_ in explanation.sums}


def numbers(report: Report) -> dict[tuple[str, str], Any]:
    """Every number of a report that a sum explains, exactly."""
    found: dict[tuple[str, str], float | None] = {}
    scored: dict[str, Any] = {"overall": report.overall} | {trend.id: trend for trend in report.trends}
    scored |= {pillar.id: pillar for pillar in report.pillars}
    for name, part in scored.items():
        found |= {(name, of): getattr(part, of) for of in ("score", "low", "high", "coverage")}
    for risk in report.risks:
        found |= {(risk.id, of): getattr(risk, of) for of in ("exposure", "low", "high", "coverage")}
    for trend in report.trends:
        found |= {(item.id, "lost"): item.lost for item in trend.indicators}
    found |= {(entry.id, "width"): entry.width for entry in report.priorities.find_out}
    return {key: exact(value) for key, value in found.items() if value is not None}
