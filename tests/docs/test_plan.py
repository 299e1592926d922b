"""The worked example of docs/plan.md is what the program computes, and its commands exist."""

import re
from fractions import Fraction
from pathlib import Path

import pytest

from allycheck.analysis.plan.plan import plan
from allycheck.analysis.plan.result import Plan
from allycheck.analysis.plan.targets import read_budget, read_exposure, read_target
from allycheck.loading import load_sheet
from allycheck.numbers import as_text, exact
from allycheck.render.plan import ordered
from allycheck.scoring import score

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/plan.md").read_text(encoding="utf-8")
TEXT = " ".join(PAGE.split())
SHEET = load_sheet(str(ROOT / "questionnaires/alliance-readiness/examples/northwind-cells.yaml"))
SCORES = score(SHEET.questionnaire, SHEET.answers)


def planned(target: str) -> Plan:
    assert f"`--target {target}`" in TEXT
    return plan(SCORES, SHEET.answers, read_target(target, SHEET.questionnaire))


def test_the_table_shows_what_the_next_step_is_worth() -> None:
    trend = next(trend for trend in SCORES.trends if trend.trend.id == "rapid-response")
    known = sum(item.weight for item in trend.known)
    rows = []
    for item in trend.items:
        code, weight = item.indicator.code, as_text(item.weight, 0)
        if item.level is None:
            rows.append(f"| {code} | not known | {weight} | | | |")
            continue
        to = SHEET.questionnaire.next_aim(item.level)
        effort = as_text(sum(SHEET.questionnaire.effort_points(item.indicator)[item.level : to]), 0)
        adds = as_text(25 * item.weight * (to - item.level) / known, 2)
        rows.append(f"| {code} | {item.level} | {weight} | {to} | {adds} | {effort} |")
    assert re.findall(r"^\| RR.*$", PAGE, re.MULTILINE) == rows


def test_the_plan_by_hand_is_the_plan() -> None:
    result = planned("rapid-response=40")
    done = {step.code: step for step in result.steps}
    sums = " + ".join(as_text(exact(done[code].adds), 2) for code in ("RR1", "RR3", "RR6"))
    assert f"40 - {as_text(exact(result.start), 2)} = {as_text(40 - exact(result.start), 2)}" in TEXT
    assert (
        f"{sums} = **{as_text(exact(result.reached) - exact(result.start), 2)}**, for 3 + 4 + 1 = "
        f"**{as_text(exact(result.cost), 0)}** points of effort" in TEXT
    )
    assert (
        f"**{', '.join(f'{one.code} from {one.from_} to {one.to}' for one in ordered(result))}**, and the trend stands at **{as_text(exact(result.reached))}**"
        in TEXT
    )


def test_the_level_by_hand_is_the_plan() -> None:
    result = planned("rapid-response:level=defined")
    assert [(step.code, step.to, step.effort) for step in result.steps] == [
        ("RR1", 2, 3.0),
        ("RR3", 2, 4.0),
        ("RR6", 2, 1.0),
    ]
    assert exact(result.reached) == Fraction(10, 15)
    assert (
        f"10 of 15, **{as_text(100 * exact(result.reached), 0)}%**, for **{as_text(exact(result.cost), 0)}** points"
        in TEXT
    )


@pytest.mark.parametrize("line", re.findall(r"^allycheck plan answers.yaml (--\S+ \S+)", PAGE, re.MULTILINE))
def test_the_commands_above_are_understood(line: str) -> None:
    option, value = line.split()
    if option == "--target":
        assert read_target(value, SHEET.questionnaire).value
    elif option == "--max-exposure":
        assert read_exposure(value, SHEET.questionnaire).value
    else:
        assert option == "--budget"
        assert read_budget(value).value == 40
