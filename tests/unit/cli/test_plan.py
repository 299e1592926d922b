"""plan as a command: what it prints, what it refuses and with which exit code."""

import json
from pathlib import Path

import pytest

from tests.unit.cli.command import BARE, EXAMPLE, STARTER, allycheck


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
        (["--target", "70", "--output", "plan.xml"], "this can't be written as junit"),
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
