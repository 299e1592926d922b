"""Which face is shown where; an interview from beginning to end; and what may be imported on the way there."""

import subprocess
import sys
from pathlib import Path

import pytest

from allycheck.interview import face as interviewing
from allycheck.interview.face import Surroundings, face_for, run
from allycheck.interview.keymap import FaceName
from allycheck.interview.opening import Start
from allycheck.interview.recorder import Ending
from allycheck.interview.saving import AnswersFile
from allycheck.interview.terminal.terminal import Window
from tests.unit.interview.fakes import FakeTerminal
from tests.unit.interview.small import TODAY, answers, questionnaire

XTERM = {"TERM": "xterm"}
USUAL = Window(80, 24)


def face(environment: dict[str, str], window: Window = USUAL, **options: bool) -> str | None:
    return face_for(Surroundings(environment, has_terminal=True, window=window), **options)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        (XTERM, "screen"),
        (XTERM | {"NO_COLOR": "1"}, "screen"),
        ({}, "lines"),
        ({"TERM": ""}, "lines"),
        ({"TERM": "dumb"}, "lines"),
        ({"TERM": "unknown"}, "lines"),
        (XTERM | {"ACCESSIBLE": "1"}, "lines"),
        (XTERM | {"ALLYCHECK_PLAIN": "yes"}, "lines"),
        (XTERM | {"ACCESSIBLE": "0", "ALLYCHECK_PLAIN": "No"}, "screen"),
        (XTERM | {"CI": "true"}, None),
        (XTERM | {"CI": "false"}, "screen"),
        (XTERM | {"CI": ""}, "screen"),
    ],
)
def test_the_environment_decides(environment: dict[str, str], expected: str | None) -> None:
    assert face(environment) == expected


def test_options_decide() -> None:
    assert face(XTERM, plain=True) == "lines"
    assert face(XTERM, no_input=True) is None


@pytest.mark.parametrize(
    ("window", "expected"),
    [(Window(40, 12), "screen"), (Window(39, 24), "lines"), (Window(80, 11), "lines")],
)
def test_a_window_may_be_too_small_for_the_screen(window: Window, expected: str) -> None:
    assert face(XTERM, window) == expected


def test_without_a_terminal_nothing_is_asked_even_where_colour_is_forced() -> None:
    around = Surroundings(XTERM | {"FORCE_COLOR": "1"}, has_terminal=False, window=Window(80, 24))
    assert face_for(around, plain=True) is None


def test_windows_sets_no_term() -> None:
    around = Surroundings({}, has_terminal=True, window=Window(80, 24), needs_term=False)
    assert face_for(around) == "screen"


# From beginning to end

HEAVY = ("rich.console", "rich.style", "jinja2", "typer", "allycheck.loading", "allycheck.scoring")

MEASURES = {f"allycheck.render{name}" for name in ("", ".look", ".document", ".document.layout", ".document.model")}
"""What widths and wrapping need of the renderers."""


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What will be typed; the terminal is one in memory."""
    chunks: list[str] = []
    monkeypatch.setattr(interviewing, "terminal", lambda **_: FakeTerminal(chunks))
    return chunks


@pytest.mark.parametrize(
    ("face", "keys"),
    [("screen", ["1", "\n", "\n", "\n", "3", "\n"]), ("lines", ["1\n", "\n", "\n", "\n", "3\n", "\n"])],
)
def test_from_the_first_menu_to_the_end(tmp_path: Path, typed: list[str], face: FaceName, keys: list[str]) -> None:
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
    imported = set(done.stdout.split())
    assert imported.isdisjoint(HEAVY)
    assert {name for name in imported if name.startswith("allycheck.render")} <= MEASURES
