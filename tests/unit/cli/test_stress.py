"""stress as a command: what it prints, what it refuses and with which exit code."""

import json
from pathlib import Path

import pytest

from tests.unit.cli.command import BARE, EXAMPLE, STARTER, allycheck


def test_stress_on_a_questionnaire_without_scenarios_says_so() -> None:
    done = allycheck("stress", "-", "--questionnaire", STARTER, given=BARE)
    assert (done.returncode, done.stderr) == (0, "")
    assert "no scenarios" in done.stdout
    assert json.loads(allycheck("stress", "-", "-q", STARTER, "-f", "json", given=BARE).stdout)["scenarios"] == []


def test_stress_with_nothing_answered_says_so() -> None:
    done = allycheck("stress", "-", given="questionnaire: alliance-readiness\nactor: state\n")
    assert done.returncode == 0
    assert "Nothing answered yet" in done.stdout


def test_stress_works_on_the_quick_form() -> None:
    done = allycheck(
        "stress",
        "-",
        "-f",
        "json",
        given=Path(EXAMPLE).read_text(encoding="utf-8").replace("form: full", "form: quick"),
    )
    assert done.returncode == 0
    assert len(json.loads(done.stdout)["scenarios"]) == 6
    assert "outside" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--scenario", "pandemc"], "error: no scenario is called pandemc; did you mean pandemic?\n"),
        (["--scenario", ""], "error: no scenario is called ; use pandemic, cyber-incident"),
        (
            ["--output", "page.csv"],
            "error: --output page.csv: this can't be written as csv; use text, markdown, html, json, pdf or docx\n",
        ),
        (["--output", EXAMPLE, "--format", "json"], "this file is read in the same run"),
    ],
)
def test_stress_refuses_what_makes_no_sense(arguments: list[str], message: str, tmp_path: Path) -> None:
    done = allycheck("stress", EXAMPLE, *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_stress_writes_a_page_by_the_name_of_the_file(tmp_path: Path) -> None:
    done = allycheck("stress", EXAMPLE, "--output", "page.md", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert (tmp_path / "page.md").read_text(encoding="utf-8").startswith("# Stress scenarios: Northwind Cells")
