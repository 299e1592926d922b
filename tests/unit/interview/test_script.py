"""The same script of decisions, made through the session, the screen and the lines, gives the same file."""

import contextlib
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from allycheck.interview.lines import Lines
from allycheck.interview.recorder import Sitting
from allycheck.interview.saving import AnswersFile
from allycheck.interview.screen.screen import Screen
from allycheck.interview.session import Session
from allycheck.interview.terminal.terminal import Stopped
from allycheck.writing import answers_text
from tests.unit.interview.fakes import FakeTerminal
from tests.unit.interview.small import session

CODES = {"depth": "ti1", "breadth": "ti2", "debts": "te1"}
WORDS = st.sampled_from(["so it seems", "file 7", "\u8054\u76df", "3", "q"])
DECISIONS = st.lists(
    st.one_of(
        st.tuples(st.just("answer"), st.sampled_from("01234d")),
        st.tuples(st.just("na"), WORDS),
        st.tuples(st.just("comment"), WORDS),
        st.tuples(st.just("evidence"), WORDS),
        st.tuples(st.sampled_from(["skip", "back", "undo"]), st.just("")),
        st.tuples(st.just("jump"), st.sampled_from(sorted(CODES))),
    ),
    max_size=20,
)
Decision = tuple[str, str]
ON_SCREEN = {
    "answer": "{}", "na": "n\x15{}\n", "comment": "c\x15{}\n", "evidence": "e\x15{}\n",
    "skip": "s", "back": "b", "undo": "u", "jump": "g{}\n",
}  # fmt: skip
IN_LINES = {
    "answer": "{}\n", "na": "n {}\n", "comment": "c {}\n", "evidence": "e {}\n",
    "skip": "s\n", "back": "b\n", "undo": "u\n", "jump": "g {}\n",
}  # fmt: skip


def decided(now: Session, decision: Decision) -> Session:
    what, detail = decision
    match what:
        case "answer":
            return now.answer("dk" if detail == "d" else int(detail))
        case "na":
            return now.not_applicable(detail)
        case "comment":
            return now.comment(detail)
        case "evidence":
            return now.evidence(detail)
        case "jump":
            return now.jump(detail)
        case _:
            return {"skip": Session.skip, "back": Session.back, "undo": Session.undo}[what](now)


def playable(decisions: list[Decision]) -> tuple[Session, list[Decision]]:
    """The decisions that can be made on a question, and where they lead; the review takes other keys."""
    now, made = session(), []
    for decision in decisions:
        refused = decision[0] == "na" and not now.in_review and not now.may_be_not_applicable
        if not now.in_review and not refused:
            now = decided(now, decision)
            made.append(decision)
    return now, made


def played(face: type[Screen] | type[Lines], made: list[Decision], keys: dict[str, str], folder: Path) -> str:
    typed = "".join(keys[what].format(CODES.get(detail, detail)) for what, detail in made)
    sitting = Sitting(session(), AnswersFile(str(folder / f"{face.__name__}.yaml")))
    sitting.keep()
    with contextlib.suppress(Stopped):
        face(FakeTerminal([typed])).interview(sitting)
    return Path(sitting.file.path).read_text("utf-8")


@settings(max_examples=40, deadline=None)
@given(DECISIONS)
def test_the_same_decisions_give_the_same_file(decisions: list[Decision]) -> None:
    expected, made = playable(decisions)
    with tempfile.TemporaryDirectory() as folder:
        for face, keys in ((Screen, ON_SCREEN), (Lines, IN_LINES)):
            assert played(face, made, keys, Path(folder)) == answers_text(expected.answers)
