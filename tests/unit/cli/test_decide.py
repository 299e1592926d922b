"""plan and stress as commands: what they print, what they refuse and with which exit code."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
EXAMPLE = str(ROOT / "questionnaires/alliance-readiness/examples/northwind-cells.yaml")
STARTER = str(ROOT / "questionnaires/starter.yaml")
BARE = "questionnaire: my-questionnaire\nanswers: {first-indicator: 2}\n"


def allycheck(*arguments: str, given: str = "", cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "allycheck", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, input=given, cwd=cwd)


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
        (["--output", "page.html"], "error: this can't be written as html; use text, markdown or json\n"),
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


def test_plan_prints_the_plan_as_json_for_a_program() -> None:
    done = allycheck("plan", EXAMPLE, "--target", "60", "--format", "json")
    result = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert (result["schema_version"], result["status"], result["basis"]) == (1, "ok", "point")
    assert result["target"]["value"] == 60
    assert sorted(result["order"]) == sorted(step["id"] for step in result["steps"])


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["--target", "1"], "met"),
        (["--target", "100", "--not", "RR1"], "infeasible"),
        (["--target", "100"], "find_out_first"),
        (["--target", "100", "--guaranteed"], "ok"),
        (["--budget", "0"], "ok"),
        (["--budget", "1", "--keep", "RR1"], "infeasible"),
        (["--target", "level=adaptive"], "ok"),
        (["--max-exposure", "exclusion=0", "--by", "weeks"], "infeasible"),
    ],
)
def test_every_status_is_an_answer(arguments: list[str], status: str) -> None:
    done = allycheck("plan", EXAMPLE, *arguments, "--format", "json")
    assert (done.returncode, json.loads(done.stdout)["status"]) == (0, status)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "error: name a target; use one of --target 70, --max-exposure RISK=35 or --budget 40\n"),
        (["--target", "70", "--budget", "40"], "error: one plan has one target"),
        (["--target", "inclusvity=60"], "no trend is called inclusvity; did you mean inclusivity?"),
        (["--target", "170"], "170 is more than 100"),
        (["--max-exposure", "fragmentaton=35"], "did you mean fragmentation?"),
        (["--budget", "much"], "give effort points, such as 40"),
        (["--target", "70", "--by", "decades"], "--by decades: unknown effort; use days, weeks, months or year"),
        (["--target", "70", "--keep", "FC99"], "--keep FC99: unknown indicator"),
        (
            ["--target", "70", "--keep", "FC1", "--not", "coalition-mandate"],
            "--keep and --not both name coalition-mandate",
        ),
        (["--target", "70", "--keep", "FC3", "--keep", "TG4"], "--keep alliance-portfolio: its level is not known"),
        (["--target", "70", "--output", "plan.html"], "this can't be written as html"),
    ],
)
def test_plan_refuses_what_makes_no_sense(arguments: list[str], message: str, tmp_path: Path) -> None:
    done = allycheck("plan", EXAMPLE, *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_everything_that_can_not_be_kept_is_said_at_once() -> None:
    done = allycheck("plan", EXAMPLE, "--target", "70", "--keep", "FC3", "--keep", "TG4")
    assert [line.split(":")[1].strip() for line in done.stderr.splitlines()] == [
        "--keep alliance-portfolio",
        "--keep shared-research",
    ]


def test_plan_works_with_ten_lines_of_questionnaire_and_says_when_there_is_too_little() -> None:
    done = allycheck("plan", "-", "-q", STARTER, "--target", "75", given=BARE)
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 indicator raised for 1 point of effort" in done.stdout
    empty = allycheck("plan", "-", "-q", STARTER, "--target", "75", given="questionnaire: my-questionnaire\n")
    assert empty.returncode == 0
    assert "Find out first: nothing is known yet" in empty.stdout


@pytest.mark.parametrize("command", ["plan", "stress"])
def test_help_shows_examples(command: str) -> None:
    done = allycheck(command, "--help")
    assert done.returncode == 0
    assert f"allycheck {command} answers.yaml" in done.stdout
    assert done.stdout.index("Examples:") < done.stdout.index("Options:")


@pytest.mark.parametrize("arguments", [["plan", "--target", "70"], ["stress"]])
def test_a_hostile_name_can_not_reach_the_terminal(arguments: list[str]) -> None:
    given = 'questionnaire: my-questionnaire\norganisation: "\\e[31mRed\\u202e <b>"\nanswers: {first-indicator: 2}\n'
    for style in ([], ["--plain"], ["--format", "markdown"]):
        done = allycheck(arguments[0], "-", *arguments[1:], "-q", STARTER, *style, given=given)
        assert done.returncode == 0
        assert "\x1b" not in done.stdout
        assert "\u202e" not in done.stdout
    assert "<b>" not in done.stdout
