"""The worked example of docs/stress.md is what the program computes."""

import re
from fractions import Fraction
from pathlib import Path

from allycheck.analysis.stress import stress
from allycheck.loading import load_sheet
from allycheck.numbers import as_text, exact
from allycheck.reading import parse
from allycheck.scoring import score

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/stress.md").read_text(encoding="utf-8")
EXAMPLE = ROOT / "questionnaires/alliance-readiness/examples/northwind-cells.yaml"


def pandemic():
    sheet = load_sheet(str(EXAMPLE))
    return stress(score(sheet.questionnaire, sheet.answers), sheet.answers, "pandemic").scenarios[0]


def test_the_table_is_what_is_computed() -> None:
    scenario = pandemic()
    rows = [
        f"| {trend.title} | {trend.demand} | {as_text(exact(trend.weight), 0)} | {as_text(exact(trend.score))} | "
        f"{as_text(exact(trend.weight) * exact(trend.score))} | {as_text(exact(trend.shortfall))} |"
        for trend in scenario.trends
    ]
    whole = sum((exact(trend.weight) for trend in scenario.trends), Fraction(0))
    weighted = sum((exact(trend.weight) * exact(trend.score) for trend in scenario.trends), Fraction(0))
    shortfalls = sum((exact(trend.shortfall) for trend in scenario.trends), Fraction(0))
    rows.append(f"| all | | {as_text(whole, 0)} | | {as_text(weighted)} | {as_text(shortfalls)} |")
    assert [line for line in PAGE.splitlines() if re.match(r"\| (?!trend|---)", line)] == rows


def test_the_sentence_below_it_is_what_is_computed() -> None:
    scenario = pandemic()
    first = next(trend for trend in scenario.trends if trend.id == scenario.first_to_give[0])
    lacks = as_text(100 - exact(first.score))
    text = " ".join(PAGE.split())
    assert f"/ 51 = **{as_text(exact(scenario.readiness))}**" in text
    assert (
        f"*{first.title}* lacks {lacks} points and is decisive here: 9 x {lacks} / 51 = **{as_text(exact(first.shortfall))}**"
        in text
    )


def test_the_scenarios_of_the_page_fit_the_starter_questionnaire(tmp_path) -> None:
    from allycheck.loading import check_questionnaire, starter

    own = re.search(r"```yaml\n(.*?)```", PAGE, re.DOTALL)[1]
    (tmp_path / "own.yaml").write_text(starter() + own, encoding="utf-8")
    questionnaire, warnings = check_questionnaire(str(tmp_path / "own.yaml"), strict=True)
    assert [scenario.id for scenario in questionnaire.scenarios] == ["flood"]
    assert (warnings, parse(own, "").faults) == ([], [])
