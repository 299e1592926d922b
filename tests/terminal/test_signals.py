"""Whatever signal arrives, the file holds every answer that was acknowledged, and the terminal is put back."""

import os
import random
import re
import signal
import termios
import time
from pathlib import Path

import pytest

from allycheck.loading import load_questionnaire, load_sheet
from tests.terminal.real import Interview, answered, resumable, run

pytestmark = pytest.mark.slow

CODES = {item.code: item.id for item in load_questionnaire().indicators.values()}
LEAVES = "\x1b[?1049l"
ENTERS = "\x1b[?1049h"


def modes(here: Interview) -> int:
    return termios.tcgetattr(here.child.child_fd)[3] & (termios.ICANON | termios.ECHO | termios.ISIG)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
@pytest.mark.parametrize("term", ["xterm", "dumb"])
def test_interrupted_after_three_answers_it_resumes_at_the_fourth(
    tmp_path: Path, number: int, code: int, term: str
) -> None:
    path = resumable(tmp_path)
    here = Interview(tmp_path, TERM=term)
    here.press("3\n1\n4\n" if term == "dumb" else "314").wait_for("question 4" if term == "xterm" else "Question 4")
    before = modes(here)
    os.kill(here.child.pid, number)
    assert here.end() == code
    assert "4 answers saved in answers.yaml. Go on with:\n  allycheck assess answers.yaml\n" in here.last_words
    assert list(answered(path).values()) == ["3", "1", "4", "2"]
    if term == "xterm":
        assert here.written.count(ENTERS) == here.written.count(LEAVES) == 1
        assert not before & termios.ECHO
        assert Interview(tmp_path).see("question 4 of 64").press("q").end() == 0


def test_ctrl_c_is_an_interrupt_like_any_other(tmp_path: Path) -> None:
    path = resumable(tmp_path)
    here = Interview(tmp_path).see("question 1 of 64").press("2").see("Saved FC1").press("\x03")
    assert here.end() == 130
    assert answered(path)["coalition-mandate"] == "2"


def test_ctrl_c_before_anything_is_answered_writes_nothing(tmp_path: Path) -> None:
    here = Interview(tmp_path).see("Who are you answering for?").press("\x03")
    assert here.end() == 130
    assert here.last_words == "Nothing was answered, and no file written.\n"
    assert list(tmp_path.iterdir()) == []


def test_ctrl_z_gives_the_terminal_back_and_fg_goes_on_where_it_was(tmp_path: Path) -> None:
    import pexpect

    resumable(tmp_path)
    here = Interview(tmp_path, shell=True)
    here.see("question 1 of 64").press("3").see("Saved FC1 = 3").press("\x1a")
    here.wait_for(LEAVES)
    here.written = ""
    here.press("echo back-$((1+1)); fg\n").wait_for("back-2")
    here.wait_for(ENTERS).see("question 2 of 64").press("4").see("Saved FC2 = 4").press("q").wait_for("Go on with")
    here.press("exit\n")
    here.child.expect(pexpect.EOF)
    assert list(answered(tmp_path / "answers.yaml").values())[:2] == ["3", "4"]


def test_a_crash_puts_the_terminal_back(tmp_path: Path) -> None:
    """A line wrapped by a bug of ours: the exception comes through, and so does the terminal."""
    resumable(tmp_path)
    (tmp_path / "sitecustomize.py").write_text(
        "import allycheck.interview.screen.screen as screen\n"
        "def broken(*_): raise ZeroDivisionError('a bug')\n"
        "screen.Screen.explain = broken\n"
    )
    here = Interview(tmp_path, PYTHONPATH=str(tmp_path)).see("question 1 of 64").press("3").see("Saved FC1").press("?")
    assert here.end() == 1
    assert "ZeroDivisionError: a bug" in here.last_words
    assert here.written.count(LEAVES) == 1
    assert answered(tmp_path / "answers.yaml")["coalition-mandate"] == "3"


def test_a_terminal_that_goes_away_ends_it_without_a_trace(tmp_path: Path) -> None:
    path = resumable(tmp_path)
    here = Interview(tmp_path).see("question 1 of 64").press("3").see("Saved FC1")
    os.close(here.child.child_fd)
    until = time.monotonic() + 10
    while os.waitpid(here.child.pid, os.WNOHANG) == (0, 0):
        assert time.monotonic() < until, "still running without a terminal"
        time.sleep(0.02)
    here.child.closed, here.child.child_fd = True, -1
    assert answered(path)["coalition-mandate"] == "3"


def killed(folder: Path, moment: float) -> tuple[dict[str, str], dict[str, str]]:
    """Answer as fast as the terminal takes it, and KILL at some moment: what was acknowledged, what is in the file."""
    path = resumable(folder)
    here = Interview(folder).wait_for("0-4:")
    here.press("".join(str(n % 5) for n in range(55)))
    until = time.monotonic() + moment
    while time.monotonic() < until:
        here._read(0.001)
    here.child.kill(signal.SIGKILL)
    while here._read():
        pass
    here.child.close()
    acknowledged = {CODES[code]: value for code, value in re.findall(r"Saved ([A-Z]+\d) = (\d),", here.written)}
    found = load_sheet(str(path)).answers.answers
    return acknowledged, {name: str(answer.answer) for name, answer in found.items()}


def kill_at_random(folder: Path, times: int) -> int:
    chance = random.Random(times)
    kept = 0
    for _ in range(times):
        acknowledged, found = killed(folder, chance.uniform(0, 0.25))
        assert acknowledged.items() <= found.items()
        kept += len(acknowledged)
    run(folder, "--no-input")
    assert [path.name for path in folder.iterdir()] == ["answers.yaml"]
    return kept


def test_killed_at_random_moments_the_file_holds_everything_acknowledged(tmp_path: Path) -> None:
    assert kill_at_random(tmp_path, 8) > 20


@pytest.mark.slow
def test_killed_at_200_random_moments_the_file_holds_everything_acknowledged(tmp_path: Path) -> None:
    assert kill_at_random(tmp_path, 200) > 400
