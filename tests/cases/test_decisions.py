"""plan, stress, explain and evidence for two organisations, compared to the byte with pages that were read by eye once."""

import pytest

from tests.cases.test_goldens import EXAMPLES, HERE, check, printed, unstyled

ORGANISATIONS = ("northwind-cells", "port-city")
PAGES = {
    "stress.txt": ["stress"],
    "stress.plain.txt": ["stress", "--plain"],
    "stress.md": ["stress", "--format", "markdown"],
    "stress.json": ["stress", "--format", "json"],
    "stress.html": ["stress", "--format", "html"],
    "stress-one.txt": ["stress", "--scenario", "pandemic"],
    "plan.txt": ["plan", "--target", "60"],
    "plan.plain.txt": ["plan", "--target", "60", "--plain"],
    "plan.md": ["plan", "--target", "60", "--format", "markdown"],
    "plan.json": ["plan", "--target", "60", "--format", "json"],
    "plan.html": ["plan", "--target", "60", "--format", "html"],
    "plan.csv": ["plan", "--target", "60", "--format", "csv"],
    "plan-level.txt": ["plan", "--target", "level=practised"],
    "plan-trend.txt": ["plan", "--target", "rapid-response:level=practised", "--by", "months"],
    "plan-risk.txt": ["plan", "--max-exposure", "fragmentation=35", "--guaranteed"],
    "plan-up-to.txt": ["plan", "--target", "level=practised", "--up-to", "practised", "--not", "RR3"],
    "plan-budget.json": ["plan", "--budget", "40", "--keep", "RR6", "--not", "PS4", "--format", "json"],
    "explain.txt": ["explain"],
    "explain.plain.txt": ["explain", "--plain"],
    "explain.md": ["explain", "--format", "markdown"],
    "explain.html": ["explain", "--format", "html"],
    "explain.json": ["explain", "--format", "json"],
    "evidence.txt": ["evidence"],
    "evidence.plain.txt": ["evidence", "--plain"],
    "evidence.md": ["evidence", "--format", "markdown"],
    "evidence.html": ["evidence", "--format", "html"],
    "evidence.json": ["evidence", "--format", "json"],
    "evidence.csv": ["evidence", "--format", "csv"],
    "explain-level.txt": ["explain", "level"],
    "explain-indicator.txt": ["explain", "FC1"],
    "explain-risk.txt": ["explain", "fragmentation"],
}
CASES = [(name, page) for name in ORGANISATIONS for page in PAGES]


@pytest.mark.parametrize(("organisation", "page"), CASES)
def test_decision_is_the_golden_one_to_the_byte(organisation: str, page: str) -> None:
    command, *options = PAGES[page]
    example = EXAMPLES / f"{organisation}.yaml"
    check(HERE / organisation / page, unstyled(printed([command, str(example), *options])))
