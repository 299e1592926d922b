"""One interview from beginning to end: the face, what comes before the first question, and the questions."""

from typing import NamedTuple

from allycheck.answers import Answers
from allycheck.interview.asking import Face, Left, kept
from allycheck.interview.facing import FaceName
from allycheck.interview.saving import AnswersFile
from allycheck.interview.session import begin
from allycheck.interview.sitting import Ending, Sitting
from allycheck.interview.starting import Start, prepare
from allycheck.interview.terminal import Terminal, terminal


class Outcome(NamedTuple):
    """How it ended, with the answers and what saving had to say."""

    ending: Ending
    answers: Answers
    notices: list[str]


def run(name: FaceName, start: Start, file: AnswersFile, today: str, only: str | None, notices: list[str]) -> Outcome:
    """Interview somebody in the terminal. `notices` are said first. Raises Stopped."""
    with _terminal(name) as opened:
        return _interview(_face(name, opened), start, file, today, only, notices)


def _terminal(name: FaceName) -> Terminal:
    if name == "lines":
        return terminal(by_key=False)
    from allycheck.interview.frames import CLOSING, OPENING

    return terminal(by_key=True, opening=OPENING, closing=CLOSING)


def _face(name: FaceName, opened: Terminal) -> Face:
    if name == "lines":
        from allycheck.interview.lines import Lines

        return Lines(opened)
    from allycheck.interview.screen import Screen

    return Screen(opened)


def _interview(
    face: Face, start: Start, file: AnswersFile, today: str, only: str | None, notices: list[str]
) -> Outcome:
    try:
        if notices:
            face.tell(notices)
        answers = prepare(start, face)
    except Left:
        return Outcome(Ending.LEFT, start.answers, [])
    sitting = Sitting(begin(start.questionnaire, answers, today, only), file)
    if answers != file.saved:
        kept(face, sitting, sitting.keep)
    ending = face.interview(sitting)
    return Outcome(ending, sitting.session.answers, sitting.notices)
