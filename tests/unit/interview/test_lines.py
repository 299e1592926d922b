"""The lines face: what it says, word for word."""

from pathlib import Path

import pytest
from inline_snapshot import snapshot

from allycheck.interview.lines import Lines
from allycheck.interview.prompts import Entry, Introduction, Left, Menu, Option
from allycheck.interview.recorder import Ending, Sitting
from allycheck.interview.saving import AnswersFile
from allycheck.interview.session import Session
from allycheck.interview.terminal.terminal import END, Stopped
from tests.unit.interview.fakes import FakeTerminal
from tests.unit.interview.small import session


def talk(tmp_path: Path, *typed: str, start: Session | None = None) -> tuple[Ending, Sitting, str]:
    terminal = FakeTerminal([line if line == END else f"{line}\n" for line in typed])
    sitting = Sitting(start or session(), AnswersFile(str(tmp_path / "answers.yaml")))
    ending = Lines(terminal).interview(sitting)
    return ending, sitting, terminal.written


def test_a_whole_interview_word_for_word(tmp_path: Path) -> None:
    ending, sitting, said = talk(tmp_path, "3", "n no list", "7", "d", "")
    assert ending is Ending.FINISHED
    assert sitting.session.answers.to("depth").answer == 3
    assert said == snapshot("""\

Question 1 of 3. Ties. TI1.
How deep?
0, Absent: none of it
1, Ad hoc: a bit
2, Defined: half
3, Practised: most
4, Adaptive: all of it

0 to 4 answers and moves on.
d says that you don't know; it is never guessed.
n says that this does not apply to you, and asks for the reason.
X leaves out this whole trend, and asks for the reason; X there again takes that
back.
s leaves the question open.
c notes a comment.
e notes what you could show for the answer.
C notes a comment on the answer just given.
E notes what you could show for that answer.
b goes back one question.
u takes the last change back.
g goes to a question by its code, number or a word of its name.
t lists the trends.
r lists all answers.
? tells why this matters, what counts as evidence, and these keys.
q saves and quits.
Answer: 3
Saved TI1: 3, Practised.
u undoes; C, E add a comment or evidence to it.

Question 2 of 3. Ties. TI2.
How broad?
0, Absent: none of it
1, Ad hoc: a bit
2, Defined: half
3, Practised: most
4, Adaptive: all of it
Answer: n no list
Saved TI2: not applicable, no list.

Question 3 of 3. Terms. TE1.
How much is owed?
0, Adaptive: none of it
1, Practised: a bit
2, Defined: half
3, Ad hoc: most
4, Absent: all of it
Answer: 7
7 does nothing here; 0 to 4 answer, ? helps.
Answer: d
Saved TE1: don't know.

Review.
Everything is answered.

Ties:
TI1: 3, Practised
TI2: not applicable. no list

Terms:
TE1: don't know
Enter finishes, a code or a word of a name changes that answer, q saves and quits, b goes back: \n\
""")


def test_the_review_tells_reasons_and_comments_and_never_a_control_character(tmp_path: Path) -> None:
    entries = {"depth": {"answer": "na", "reason": "none"}, "debts": {"answer": 1, "comment": "a\x1bb"}}
    said = talk(tmp_path, "r", "q", start=session(entries))[2]
    assert said.rpartition("Answer: ")[2].rpartition("Enter finishes")[0] == snapshot("""\
r

Review.
1 question still open: TI2.

Ties:
TI1: not applicable. none
TI2: open

Terms:
TE1: 1, Practised. a\u241bb
""")


def test_a_command_takes_text_behind_it_only_where_it_needs_some(tmp_path: Path) -> None:
    _, sitting, said = talk(tmp_path, "3 perhaps", "s later", "g", "", "n why", "q")
    assert said.count("does nothing here; 0 to 4 answer, ? helps.\n") == 2
    assert sitting.session.answers.to("depth").reason == "why"
    assert "No question" not in said


def test_the_current_answer_is_told_and_enter_keeps_it(tmp_path: Path) -> None:
    _, sitting, said = talk(tmp_path, "3", "b", "", "q")
    assert "Current answer: 3, Practised. Enter keeps it.\n" in said
    assert sitting.session.indicator.id == "breadth"
    assert sitting.session.answers.to("depth").answer == 3


def test_hints_stand_there_once_and_the_question_mark_repeats_them(tmp_path: Path) -> None:
    hint = "s leaves the question open.\n"
    assert talk(tmp_path, "3", "q")[2].count(hint) == 1
    assert talk(tmp_path, "?", "q")[2].count(hint) == 2
    assert "Why it matters: Ties carry weight.\n" in talk(tmp_path, "?", "q")[2]


def test_notes_are_kept_changed_and_taken_away(tmp_path: Path) -> None:
    _, sitting, said = talk(tmp_path, "c so it seems", "e", "file 7", "c", "", "3", "b", "c", "-", "q")
    answer = sitting.session.answers.to("depth")
    assert (answer.answer, answer.comment, answer.evidence) == (3, None, "file 7")
    assert said.count("Noted beside TI1.\n") == 3


def test_not_applicable_asks_for_a_reason_and_is_refused_where_it_must_be(tmp_path: Path) -> None:
    _, sitting, said = talk(tmp_path, "n", "none here", "g te1", "n", "q")
    assert sitting.session.answers.to("depth").reason == "none here"
    assert "Saved TI1: not applicable, none here.\n" in said
    assert "Not applicable is refused here" in said


def test_capital_letters_note_something_beside_the_answer_just_given(tmp_path: Path) -> None:
    _, sitting, said = talk(tmp_path, "3", "C so it seems", "E", "file 7", "c this one", "u", "C", "q")
    answer = sitting.session.answers.to("depth")
    assert (answer.answer, answer.comment, answer.evidence) == (3, "so it seems", "file 7")
    assert "Evidence for TI1 (Enter leaves it as it is, - takes it away): file 7\nNoted beside TI1.\n" in said
    assert "Noted beside TI2.\n" in said
    assert "No answer was given just now; c and e note something beside this question.\n" in said
    assert said.count("u undoes; C, E add a comment or evidence to it.\n") == 1


def test_not_applicable_without_a_reason_is_told_and_marked(tmp_path: Path) -> None:
    said = talk(tmp_path, "n", "", "b", "r", "q")[2]
    assert "Saved TI1: not applicable, without a reason.\n" in said
    assert "Current answer: not applicable, without a reason. Enter keeps it.\n" in said
    assert "TI1: not applicable, without a reason\n" in said


def test_enter_on_an_open_question_and_a_number_without_a_trend_say_so(tmp_path: Path) -> None:
    said = talk(tmp_path, "", "t", "9", "t", "", "q")[2]
    assert "Enter does nothing here; 0 to 4 answer, ? helps.\n" in said
    assert said.count("No trend has the number 9.\n") == 1


REPLIES = [
    "\x1b[?64;1;2c", "\x1b[>41;354;0c", "\x1b[24;80R", "\x1b]11;rgb:0000/0000/0000\x07", "\x1bP!|00000000\x1b\\",
    "\x1b[M !!", "\x1b[<0;33;44M", "\x1b[I", "\x9b0n", "\x1b[?2004;2$y", "\x1b_G1;OK\x1b\\",
]  # fmt: skip
"""What a terminal may answer to questions of another program: attributes, place, colour, mouse, focus, status."""


@pytest.mark.parametrize("reply", REPLIES)
@pytest.mark.parametrize("portions", [1, 1000])
def test_a_reply_of_the_terminal_is_no_answer(tmp_path: Path, reply: str, portions: int) -> None:
    chunks = [reply[at : at + portions] for at in range(0, len(reply), portions)]
    terminal = FakeTerminal([*chunks, "\n", "3\n", "q\n"])
    sitting = Sitting(session(), AnswersFile(str(tmp_path / "answers.yaml")))
    Lines(terminal).interview(sitting)
    assert terminal.written.count("does nothing here") == 1
    assert sitting.session.answers.to("depth").answer == 3
    assert sitting.session.progress.answered == 1


def test_moving_about(tmp_path: Path) -> None:
    _, sitting, said = talk(tmp_path, "s", "g", "TE1", "g nowhere", "t", "1", "u", "r", "b", "q")
    assert sitting.session.indicator.id == "depth"
    assert "No question that is asked here is called nowhere.\n" in said
    assert "1: Ties, 0 of 2\n2: Terms, 0 of 1\n" in said
    assert "Nothing to undo.\n" in said


def test_numbers_of_thousands_of_digits_lead_nowhere(tmp_path: Path) -> None:
    many = "9" * 5000
    _, sitting, said = talk(tmp_path, f"g {many}", "t", many, "r", many, "b", "q")
    assert sitting.session.answers.answers == {}
    assert " ".join(said.split()).count("No question that is asked here is called 999") == 2


def typed(chunk: str) -> tuple[str, str]:
    """A name that was typed, and what stood on the line meanwhile."""
    terminal = FakeTerminal([chunk])
    name = Lines(terminal).enter(Entry("Small", "What is it called?", "Name", "Enter leaves it empty"))
    return name or "", terminal.written.split("empty): ")[1]


def test_what_is_typed_is_shown_and_can_be_corrected() -> None:
    rubs = "\b \b"
    assert typed("Port\n") == ("Port", "Port\n")
    assert typed("Porr\x7ft\n") == ("Port", "Porr\b \bt\n")
    assert typed("\u8054\x7fx\n") == ("x", "\u8054\b \b\b \bx\n")
    assert typed("\x7fx\n") == ("x", "x\n")
    assert typed("a bc\x17d\n") == ("ad", f"a bc{rubs * 3}d\n")
    assert typed("abc\x15d\n") == ("d", f"abc{rubs * 3}d\n")
    assert typed("a\tb\x1b[A\x00\x04\n") == ("a b", "a b\n")


def test_a_line_is_as_long_as_it_was_typed() -> None:
    long = "word " * 20_000 + "end"
    assert typed(f"{long}\n") == (long, f"{long}\n")


def test_a_fresh_line_shows_what_was_typed_so_far() -> None:
    assert typed("Po\x0crt\n")[0] == "Port"
    terminal = FakeTerminal(["Po\x0crt\n"])
    Lines(terminal).enter(Entry("Small", "Called?", "Name", "or Enter"))
    assert terminal.written == "\nCalled?\nName (or Enter): Po\nName (or Enter): Port\n"


def test_undo_and_the_review(tmp_path: Path) -> None:
    ending, sitting, said = talk(tmp_path, "3", "u", "2", "r", "ti1", "4", "r", "u", "r", "")
    assert ending is Ending.FINISHED
    assert sitting.session.answers.to("depth").answer == 2
    assert "2 questions still open: TI2, TE1.\n" in said
    assert "Undone.\n" in said


@pytest.mark.parametrize("leaving", ["q", END])
def test_leaving_from_a_question_and_from_the_review(tmp_path: Path, leaving: str) -> None:
    assert talk(tmp_path, "3", leaving)[0] is Ending.LEFT
    assert talk(tmp_path, "r", leaving)[0] is Ending.LEFT


def test_every_character_is_printable_whatever_was_typed_or_read(tmp_path: Path) -> None:
    start = session({"depth": {"answer": 1, "comment": "\x1b[31mred\x07\u202e", "reason": "a\x9bb"}})
    said = talk(tmp_path, "b", "c red\x1b]0;title\x07", "n none\x1b[2J", "r", "g 7\x1b[H", "q", start=start)[2]
    assert all(char.isprintable() or char == "\n" for char in said)


def test_a_hung_up_terminal_stops(tmp_path: Path) -> None:
    with pytest.raises(Stopped):
        talk(tmp_path, "3")


def test_answers_that_cannot_be_saved_are_offered_another_path(tmp_path: Path) -> None:
    terminal = FakeTerminal([f"{line}\n" for line in ("3", "", str(tmp_path / "here.yaml"), "q")])
    sitting = Sitting(session(), AnswersFile(str(tmp_path / "nowhere" / "answers.yaml")))
    Lines(terminal).interview(sitting)
    assert terminal.written.count("Not saved:") == 2
    assert "depth: 3" in (tmp_path / "here.yaml").read_text()
    assert "Saved TI1: 3, Practised.\n" in terminal.written.rsplit("Not saved:", 1)[1]


def test_what_a_start_asks() -> None:
    menu = Menu("Small", "Who?", (Option("1", "City", "Towns, too."), Option("2", "Firm")))
    introduction = Introduction("How to answer", ("Be frank.",), (Option("0", "Absent"),), ("One key.",))
    terminal = FakeTerminal(["3\n", "2\n", "b\n", " Port Sarrel \n", "\n"])
    face = Lines(terminal)
    assert face.choose(menu) == "2"
    assert face.choose(menu) is None
    assert face.enter(Entry("Small", "What is it called?", "Name", "Enter leaves it empty")) == "Port Sarrel"
    assert face.read(introduction)
    face.tell(["Mind this."])
    assert terminal.written == snapshot("""\

Small

Who?
1, City: Towns, too.
2, Firm.
Choice: 3
Please type one of 1, 2; q quits.
Choice: 2
Chosen: Firm.

Small

Who?
1, City: Towns, too.
2, Firm.
Choice: b

What is it called?
Name (Enter leaves it empty):  Port Sarrel \n\

How to answer

Be frank.
0, Absent.
One key.
Enter begins: \n\
Mind this.
""")


@pytest.mark.parametrize("leaving", ["q\n", END])
def test_leaving_from_the_start(leaving: str) -> None:
    with pytest.raises(Left):
        Lines(FakeTerminal([leaving])).choose(Menu("Small", "Who?", (Option("1", "City"),)))
    with pytest.raises(Left):
        Lines(FakeTerminal([leaving])).read(Introduction("How", (), (), ()))


def test_a_trend_is_left_out_with_the_reason_on_the_line_and_asked_again_by_the_same_key(tmp_path: Path) -> None:
    _, sitting, said = talk(tmp_path, "X", "", "X no ties at all", "g TI2", "X", "q")
    assert "Why is all of Ties left out: \nA trend is left out only with a reason; it is still asked.\n" in said
    assert "Left out: Ties.\n" in said
    assert "Left out: no ties at all.\nX asks it again.\n" in said
    assert "Asked again: Ties.\n" in said
    assert sitting.session.answers.scope == {}


def test_enter_goes_on_from_a_question_of_a_trend_left_out_and_the_review_says_why(tmp_path: Path) -> None:
    start = session({"debts": 1}, scope={"ties": "No ties"})
    _, _, said = talk(tmp_path, "TI1", "", "q", start=start)
    assert "\nTies:\nLeft out: No ties.\n\nTerms:\nTE1: 1, Practised\n" in said
    assert "Enter does nothing" not in said
