"""compare as a command: what it prints and refuses."""

import json
from pathlib import Path

import pytest

from allycheck.errors import UsageError
from tests.unit.cli.small import QUESTIONS, refusal, run, sheet

pytestmark = pytest.mark.usefixtures("small")


def test_compare_prints_the_verdict_first() -> None:
    result = run("compare", sheet("old.yaml", 1, 2), sheet("new.yaml", 3, 2), "--plain")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[2].startswith("Clear rise: +25.0 points, 1 indicator rose and none fell.")


def test_compare_a_file_with_itself_is_no_change() -> None:
    one = sheet("one.yaml", 1, "dk")
    result = run("compare", one, one, "--format", "json")
    told = json.loads(result.stdout)
    assert (told["verdict"], told["real_change"], told["linked_coverage"]) == ("no_change", 0.0, 0.5)


def test_compare_prints_no_change_that_is_not_comparable() -> None:
    old, new = sheet("old.yaml", 0, "dk"), sheet("new.yaml", 4, 4)
    assert "Not comparable: only 50% of what counts now" in run("compare", old, new, "--plain").stdout
    told = json.loads(run("compare", old, new, "-f", "json").stdout)
    assert [told[key] for key in ("real_change", "questionnaire_effect", "trends", "rise_share")] == [None] * 4
    assert "+" not in run("compare", old, new).stdout


def test_compare_of_three_is_a_course_with_a_chart() -> None:
    files = [
        sheet(f"{year}.yaml", level, 2, f"date: {year}-05-01") for year, level in ((2024, 0), (2025, 2), (2026, 4))
    ]
    told = run("compare", *files).stdout
    assert "▃▅▇" in told
    assert "25.0, 50.0, 75.0" in told
    assert "▃" not in run("compare", *files, "--plain").stdout
    course = json.loads(run("compare", *files, "-f", "json").stdout)
    assert [step["verdict"] for step in course["steps"]] == ["clear_rise", "clear_rise"]
    assert course["whole"]["real_change"] == 50.0


def test_compare_warns_of_other_organisations_and_dates_that_run_backwards() -> None:
    old = sheet("old.yaml", 1, 2, "organisation: North", "date: 2026-05-01")
    new = sheet("new.yaml", 1, 2, "organisation: South", "date: 2025-05-01")
    said = run("compare", old, new).stderr
    assert "warning: these are different organisations: North and South" in said
    assert "warning: the dates run backwards" in said


def test_compare_with_the_old_version_tells_both_headlines() -> None:
    Path("old-small.yaml").write_text(QUESTIONS.replace("weakest-link", "summation"), encoding="utf-8")
    Path("small.yaml").write_text(QUESTIONS.replace('version: "1.0"', 'version: "1.1"'), encoding="utf-8")
    old, new = sheet("old.yaml", 1, 2, 'version: "1.0"'), sheet("new.yaml", 3, 2, 'version: "1.1"')
    without = json.loads(run("compare", old, new, "-f", "json").stdout)
    assert (without["headline_before"], without["questionnaire_effect"]) == (None, None)
    told = json.loads(run("compare", old, new, "-f", "json", "--old-questionnaire", "old-small.yaml").stdout)
    assert (told["headline_before"], told["headline_after"], told["questionnaire_effect"]) == (37.5, 62.5, 0.0)


def test_compare_needs_two_files() -> None:
    assert isinstance(refusal("compare", sheet("one.yaml", 1, 2)), UsageError)
    three = [sheet(f"{n}.yaml", 1, 2) for n in range(3)]
    assert "goes with two files" in str(refusal("compare", *three, "--old-questionnaire", "small.yaml"))
