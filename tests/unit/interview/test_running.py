"""An interview from beginning to end, and what it may import on the way to the first question."""

import subprocess
import sys
from pathlib import Path

import pytest

from allycheck.interview import face as running
from allycheck.interview.face import run
from allycheck.interview.opening import Start
from allycheck.interview.recorder import Ending
from allycheck.interview.saving import AnswersFile
from tests.unit.interview.fakes import FakeTerminal
from tests.unit.interview.small import TODAY, answers, questionnaire

HEAVY = ("rich.console", "rich.style", "jinja2", "typer", "allycheck.render", "allycheck.loading", "allycheck.scoring")


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What will be typed; the terminal is one in memory."""
    chunks: list[str] = []
    monkeypatch.setattr(running, "terminal", lambda **_: FakeTerminal(chunks))
    return chunks


@pytest.mark.parametrize(
    ("face", "keys"),
    [("screen", ["1", "\n", "\n", "\n", "3", "\n"]), ("lines", ["1\n", "\n", "\n", "\n", "3\n", "\n"])],
)
def test_from_the_first_menu_to_the_end(
    tmp_path: Path, typed: list[str], face: running.FaceName, keys: list[str]
) -> None:
    typed += keys
    file = AnswersFile(str(tmp_path / "answers.yaml"))
    outcome = run(face, Start(questionnaire(), answers(), file.path), file, TODAY, None, [])
    assert outcome.ending is Ending.FINISHED
    assert outcome.answers == answers({"depth": 3}, form="quick", version="1.2", date=TODAY) == file.saved


def test_leaving_before_the_first_question_writes_nothing(tmp_path: Path, typed: list[str]) -> None:
    typed += ["q"]
    file = AnswersFile(str(tmp_path / "answers.yaml"))
    assert run("screen", Start(questionnaire(), answers(), file.path), file, TODAY, None, []).ending is Ending.LEFT
    assert list(tmp_path.iterdir()) == []


def test_what_must_be_noticed_is_said_first_and_a_known_start_goes_straight_to_the_question(
    tmp_path: Path, typed: list[str]
) -> None:
    typed += ["\n", "4", "q"]
    file = AnswersFile(str(tmp_path / "answers.yaml"))
    start = Start(questionnaire(), answers({"depth": 2}), file.path, form_known=True)
    outcome = run("screen", start, file, TODAY, "ties", ["Mind this."])
    assert outcome.answers.to("breadth").answer == 4


def test_the_way_to_the_first_question_imports_nothing_heavy() -> None:
    code = "import sys, allycheck.interview.screen.screen, allycheck.interview.lines, allycheck.interview.face, allycheck.interview.unattended"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}; print(*sys.modules)"], capture_output=True, text=True, check=True
    )
    assert set(done.stdout.split()).isdisjoint(HEAVY)
