"""One interview from beginning to end: the face, what comes before the first question, and the questions."""

import os
import sys
from collections.abc import Mapping
from typing import NamedTuple

from allycheck.answers import Answers
from allycheck.interview.keymap import FaceName
from allycheck.interview.opening import Start, prepare
from allycheck.interview.prompts import Face, Left, kept
from allycheck.interview.recorder import Ending, Sitting
from allycheck.interview.saving import AnswersFile
from allycheck.interview.session import begin
from allycheck.interview.terminal.terminal import STDERR, STDIN, Terminal, Window, window_size

SMALLEST = Window(40, 12)
_NO = {"", "0", "false", "no"}
_SIMPLE_TERMINALS = {"", "dumb", "unknown"}


class Surroundings(NamedTuple):
    """What the choice depends on."""

    environment: Mapping[str, str]
    has_terminal: bool
    window: Window
    needs_term: bool = True


def surroundings() -> Surroundings:
    """Those of this process. The test is that of the system: libraries are talked round by FORCE_COLOR."""
    return Surroundings(
        os.environ, os.isatty(STDIN) and os.isatty(STDERR), window_size(), needs_term=sys.platform != "win32"
    )


def face_for(around: Surroundings, *, plain: bool = False, no_input: bool = False) -> FaceName | None:
    """The face to show; None where nothing may be asked."""
    environment = around.environment
    if no_input or not around.has_terminal or _says_yes(environment, "CI"):
        return None
    simple = around.needs_term and environment.get("TERM", "") in _SIMPLE_TERMINALS
    wanted = plain or _says_yes(environment, "ALLYCHECK_PLAIN") or _says_yes(environment, "ACCESSIBLE")
    small = around.window.width < SMALLEST.width or around.window.height < SMALLEST.height
    return "lines" if simple or wanted or small else "screen"


def _says_yes(environment: Mapping[str, str], name: str) -> bool:
    return environment.get(name, "").lower() not in _NO


class Interview(NamedTuple):
    """How it ended, with the answers and what saving had to say."""

    ending: Ending
    answers: Answers
    notices: list[str]


def run(name: FaceName, start: Start, file: AnswersFile, today: str, only: str | None, notices: list[str]) -> Interview:
    """Interview somebody in the terminal. `notices` are said first. Raises Stopped."""
    with _terminal(name) as opened:
        return _interview(_face(name, opened), start, file, today, only, notices)


def _terminal(name: FaceName) -> Terminal:
    if name == "lines":
        return terminal()
    from allycheck.interview.screen.screen import CLOSING, OPENING

    return terminal(opening=OPENING, closing=CLOSING)


def terminal(*, opening: str = "", closing: str = "") -> Terminal:
    """The terminal of this system. `opening` and `closing` are drawn on entering and leaving, also around a Ctrl-Z."""
    if sys.platform == "win32":
        from allycheck.interview.terminal.windows import WindowsTerminal

        return WindowsTerminal(opening=opening, closing=closing)
    from allycheck.interview.terminal.posix import PosixTerminal

    return PosixTerminal(opening=opening, closing=closing)


def _face(name: FaceName, opened: Terminal) -> Face:
    if name == "lines":
        from allycheck.interview.lines import Lines

        return Lines(opened)
    from allycheck.interview.screen.screen import Screen

    return Screen(opened)


def _interview(
    face: Face, start: Start, file: AnswersFile, today: str, only: str | None, notices: list[str]
) -> Interview:
    try:
        if notices:
            face.tell(notices)
        answers = prepare(start, face)
    except Left:
        return Interview(Ending.LEFT, start.answers, [])
    sitting = Sitting(begin(start.questionnaire, answers, today, only), file)
    if answers != file.saved:
        kept(face, sitting, sitting.keep)
    ending = face.interview(sitting)
    return Interview(ending, sitting.session.answers, sitting.notices)
