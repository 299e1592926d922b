"""Every surrounding it may be started in: what it says, how it ends, how many escape bytes it sends, and no hang."""

import json
import os
import pty
import subprocess
from pathlib import Path

import pytest

from allycheck.loading import load_questionnaire
from tests.terminal.real import COMMAND, Interview, answered, environment, resumable, run

pytestmark = pytest.mark.slow

ALL_BUT_ONE = {item.id: 2 for item in load_questionnaire().scope("business", "quick")[1:]}
WAYS = ("terminal", "pipe", "null")


@pytest.mark.parametrize("term", ["xterm", "dumb"])
@pytest.mark.parametrize("no_color", ["", "1"])
@pytest.mark.parametrize("way", WAYS)
def test_exit_code_and_escape_bytes(tmp_path: Path, term: str, no_color: str, way: str) -> None:
    resumable(tmp_path)
    variables = {"TERM": term, "NO_COLOR": no_color}
    if way == "terminal":
        here = Interview(tmp_path, **variables).press("3\nq\n" if term == "dumb" else "3q")
        assert here.end() == 0
        assert ("\x1b" in here.written) == (term == "xterm")
        assert ("\x1b[36m" in here.written or "\x1b[1;36m" in here.written) == (term == "xterm" and not no_color)
        assert answered(tmp_path / "answers.yaml")["coalition-mandate"] == "3"
        return
    given = {"stdin": subprocess.DEVNULL} if way == "null" else {"stdin": None, "input": "3\n3\n"}
    if way == "pipe":
        given.pop("stdin")
        done = subprocess.run(
            [*COMMAND, "assess"], cwd=tmp_path, env=environment(**variables), input="3\n3\n",
            capture_output=True, text=True, check=False, timeout=30,
        )  # fmt: skip
    else:
        done = run(tmp_path, env=environment(**variables))
    assert (done.returncode, done.stdout) == (5, "")
    assert "\x1b" not in done.stderr
    assert done.stderr.count("is not answered") == 63


@pytest.mark.parametrize("closed", [0, 2])
def test_one_terminal_of_the_two_is_not_enough(tmp_path: Path, closed: int) -> None:
    """Standard input and standard error must both be terminals, or nothing is asked."""
    resumable(tmp_path)
    ours, theirs = pty.openpty()
    streams = {0: theirs, 2: theirs} | {closed: subprocess.PIPE}
    try:
        with subprocess.Popen(
            [*COMMAND, "assess"], cwd=tmp_path, env=environment(FORCE_COLOR="1"),
            stdin=streams[0], stderr=streams[2], stdout=subprocess.PIPE,
        ) as child:  # fmt: skip
            os.close(theirs)
            if child.stdin:
                child.stdin.close()
            if child.stderr:
                assert b"is not answered" in child.stderr.read()
            else:
                assert b"\x1b" not in os.read(ours, 65536)
            assert child.wait(30) == 5
    finally:
        os.close(ours)


@pytest.mark.parametrize("how", [["--no-input"], []])
def test_nothing_is_asked_with_no_input_or_in_ci_even_in_a_terminal(tmp_path: Path, how: list[str]) -> None:
    resumable(tmp_path)
    here = Interview(tmp_path, *how, CI="" if how else "true")
    assert here.end() == 5
    assert "FC1 is not answered" in here.written
    assert "\x1b" not in here.written


def test_everything_missing_is_listed_with_what_supplies_it(tmp_path: Path) -> None:
    done = run(tmp_path)
    lines = done.stderr.splitlines()
    assert done.returncode == 5
    assert lines[0] == "error: actor: missing; use --actor state, business, civil-society or multilateral"
    assert lines[1] == "error: form: missing; use --form quick or full"
    assert lines[2] == "error: answers.coalition-mandate: FC1 is not answered"
    assert "66 missing; answer with --set ID=VALUE" in lines[-1]
    assert len(lines) == 67
    assert list(tmp_path.iterdir()) == []


def test_what_set_gave_is_saved_even_where_more_is_missing(tmp_path: Path) -> None:
    done = run(
        tmp_path, "ci.yaml", "--actor", "business", "--form", "quick", "--set", "FC1=3", "--set", "own-conduct=na:why"
    )
    assert done.returncode == 5
    assert answered(tmp_path / "ci.yaml") == {"coalition-mandate": "3", "own-conduct": '{answer: na, reason: "why"}'}
    assert (tmp_path / "ci.yaml").stat().st_mode & 0o777 == 0o600


def test_with_everything_given_it_reports(tmp_path: Path) -> None:
    sets = [word for name, level in ALL_BUT_ONE.items() for word in ("--set", f"{name}={level}")]
    start = ["--actor", "business", "--form", "quick", "--organisation", "Northwind", *sets]
    assert run(tmp_path, *start).returncode == 5
    done = run(tmp_path, "--set", "coalition-mandate=dk", "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    result = json.loads(done.stdout)
    assert result["overall"]["answered"] == 21
    assert result["overall"]["unknown"] == 1
    assert result["organisation"] == "Northwind"
    again = run(tmp_path)
    assert (again.returncode, again.stderr) == (0, "")
    assert "Northwind" in again.stdout
    assert "\x1b" not in again.stdout
    gated = run(tmp_path, "--fail-under", "90", "--format", "json")
    assert gated.returncode == 4
    assert json.loads(gated.stdout)["gates"][0]["passed"] is False
    assert "gate failed: " in gated.stderr


def test_one_trend_alone_can_be_complete(tmp_path: Path) -> None:
    items = [item.id for item in load_questionnaire().trends[-1].indicators]
    sets = [word for name in items for word in ("--set", f"{name}=2")]
    assert run(tmp_path, "--actor", "state", "--form", "full", "--only", "rapid-response", *sets).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-"], "assess keeps the answers in a file"),
        (["--actor", "stat"], "did you mean state?"),
        (["--only", "rapid"], "unknown trend rapid"),
        (["--set", "FC1"], "write ID=VALUE"),
        (["--set", "FC9=1"], "unknown indicator"),
    ],
)
def test_wrong_usage_is_2_and_writes_nothing(tmp_path: Path, arguments: list[str], said: str) -> None:
    done = run(tmp_path, *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_answers_file_is_3_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "answers.yaml"
    path.write_text("questionnaire: alliance-readiness\nactor: state\nanswers: {nothing-such: 3}\n")
    before = path.read_bytes()
    done = run(tmp_path, "--set", "FC1=3")
    assert done.returncode == 3
    assert path.read_bytes() == before
    assert len(list(tmp_path.iterdir())) == 1


def test_an_empty_file_is_a_new_one(tmp_path: Path) -> None:
    (tmp_path / "answers.yaml").write_text("\n")
    assert run(tmp_path, "--actor", "state", "--set", "FC1=1").returncode == 5
    assert answered(tmp_path / "answers.yaml") == {"coalition-mandate": "1"}
