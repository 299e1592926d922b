"""The screen face: what the keys do, and what stands on the screen."""

import contextlib
from collections.abc import Callable
from pathlib import Path

import pytest

from allycheck.answers import Answer
from allycheck.errors import OutputError
from allycheck.interview.prompts import Entry, Introduction, Left, Menu, Option
from allycheck.interview.recorder import Ending, Sitting
from allycheck.interview.saving import AnswersFile
from allycheck.interview.screen.screen import Screen
from allycheck.interview.session import Session, begin
from allycheck.interview.terminal.terminal import Stopped, Window
from tests.unit.interview.fakes import FakeTerminal, shown
from tests.unit.interview.small import TODAY, answers, questionnaire, session

DOWN, UP, LEFT, RIGHT, ESCAPE = "\x1b[B", "\x1b[A", "\x1b[D", "\x1b[C", "\x1b"
Press = Callable[..., tuple[Ending | None, Sitting, str]]


@pytest.fixture
def press(tmp_path: Path) -> Press:
    """Press keys until they run out; the ending, the sitting, and what stands on the screen."""

    def pressed(*keys: str | Window, start: Session | None = None) -> tuple[Ending | None, Sitting, str]:
        terminal = FakeTerminal(keys)
        sitting = Sitting(start or session(), AnswersFile(str(tmp_path / "answers.yaml")))
        ending = None
        with contextlib.suppress(Stopped):
            ending = Screen(terminal).interview(sitting)
        return ending, sitting, "\n".join(shown(terminal.written))

    return pressed


def test_one_key_answers_moves_on_and_says_so(press: Press) -> None:
    _, sitting, screen = press("3")
    assert "Saved TI1 = 3, Practised (u undoes; C, E add a comment or evidence to it)" in screen
    assert "How broad?" in screen
    assert Path(sitting.file.path).read_text().endswith("answers:\n  depth: 3\n")


def test_keys_sent_at_once_are_as_many_answers(press: Press) -> None:
    ending, sitting, _ = press("3d1\n")
    assert ending is Ending.FINISHED
    assert [sitting.session.answers.to(name).answer for name in sitting.session.asked] == [3, "dk", 1]


def test_enter_on_nothing_does_nothing_and_after_a_move_it_chooses(press: Press) -> None:
    assert press("\n", "\n")[1].session.answers.answers == {}
    assert press(DOWN, DOWN, "\n")[1].session.answers.to("depth").answer == 1
    assert press(UP, "\n")[1].session.answers.to("depth").answer == 4
    assert press(UP, DOWN, DOWN, "\n")[1].session.answers.to("depth").answer == 4


def test_other_keys_do_nothing_and_are_told_so_until_the_next_key(press: Press) -> None:
    assert press("5", "9", "x", " ", "N", "\x1b[15~")[1].session.answers.answers == {}
    for key, name in (("x", "x"), (" ", "Space"), ("\n", "Enter"), (ESCAPE, "Esc"), ("\x1b[5~", "Page up")):
        assert f" {name} does nothing here; 0 to 4 answer, ? helps\n" in press(key)[2]
    answered = press("3", "x")[2]
    assert "x does nothing here" in answered
    assert "Saved" not in answered
    again = press("3", "x", DOWN)[2]
    assert "does nothing" not in again
    assert "Saved TI1 = 3" in again


def test_what_helps_depends_on_where_one_is(press: Press) -> None:
    assert "x does nothing here; a key at the left chooses, b goes back" in press("t", "x")[2]
    assert "x does nothing here; Enter goes on, b goes back" in press("?", "x")[2]


def test_capital_keys_note_something_beside_the_answer_just_given(press: Press) -> None:
    _, sitting, screen = press("3", "C", "so it seems\n", "E", "file 7\n", "c", "of this one\n")
    assert sitting.session.answers.to("depth") == Answer(answer=3, comment="so it seems", evidence="file 7")
    assert sitting.session.answers.to("breadth") == Answer(comment="of this one")
    assert "Noted beside TI2 (u undoes)" in screen
    assert "How broad?" in screen
    assert "Comment on TI1:" in press("3", "C")[2]
    assert "Evidence for TI1:" in press("3", "c", "this\n", "E")[2]
    assert "Noted beside TI1 (u undoes; C, E add" in press("3", "C", "so\n")[2]


def test_without_an_answer_just_given_capital_keys_say_so(press: Press) -> None:
    for keys in (("C",), ("3", "u", "C"), ("3", "s", "b", "E")):
        _, sitting, screen = press(*keys, "oh\n")
        assert "does nothing here" in screen or "No answer was given just now" in screen
        assert all(answer.comment is None for answer in sitting.session.answers.answers.values())
    assert "No answer was given just now; c and e note something beside this question." in press("E")[2]


def test_not_applicable_without_a_reason_is_told_and_marked(press: Press) -> None:
    assert "Saved TI1 = not applicable, without a reason (u undoes; C, E add to it)" in press("n", "\n")[2]
    assert "Saved TI1 = not applicable (u undoes; C, E add" in press("n", "no ties\n")[2]
    assert "TI1   not applicable  TI1: without a reason" in press("n", "\n", "r")[2]
    assert "Your answer: not applicable, without a reason" in press("n", "\n", "b")[2]


def test_a_word_of_a_name_leads_to_its_question(press: Press) -> None:
    names = {"depth": "Depth of ties", "breadth": "Breadth of ties", "debts": "Old debts"}
    start = begin(questionnaire(names), answers(), TODAY)
    assert "How much is owed?" in press("g", "DEBT\n", start=start)[2]
    assert "How much is owed?" in press("r", "old\n", start=start)[2]
    assert "How broad?" in press("g", "breadth of\n", start=start)[2]
    several = press("g", "ties\n", start=start)[2]
    assert "2 questions have ties in their names: TI1 Depth of ties and TI2 Breadth of ties." in " ".join(
        several.split()
    )
    assert "How deep?" in several
    assert "No question that is asked here is called ebts." in press("g", "ebts\n", start=start)[2]


def test_not_applicable_asks_for_one_line_of_reason_and_escape_leaves_it(press: Press) -> None:
    assert "Why does it not apply?" in press("n")[2]
    assert press("n", "no ties\n")[1].session.answers.to("depth") == Answer(answer="na", reason="no ties")
    assert press("n", "oh", ESCAPE)[1].session.answers.answers == {}
    assert "Not applicable is refused here" in press("n", start=session().jump("debts"))[2]


def test_notes_are_edited_where_they_stand(press: Press) -> None:
    _, sitting, screen = press("c", "so it semms\x7f\x7f\x7fems\n", "e", "file 7\n")
    assert sitting.session.current == Answer(comment="so it seems", evidence="file 7")
    assert "Comment: so it seems" in screen
    assert press("c", "one two\x17three\n")[1].session.current.comment == "onethree"
    assert press("c", "one\n", "c", "\x15\n")[1].session.answers.answers == {}


def test_pasted_text_is_a_note_but_never_an_answer(press: Press) -> None:
    _, sitting, screen = press("\x1b[200~33\n4\x1b[201~")
    assert sitting.session.answers.answers == {}
    assert "Pasted text is not taken for answers." in screen
    assert press("c", "\x1b[200~two\nlines\x1b[201~", "\n")[1].session.current.comment == "two lines"


def test_back_forward_skip_and_jump(press: Press) -> None:
    assert "How deep?" in press("3", "b")[2]
    assert "*3  Practised  most" in press("3", LEFT)[2]
    assert "How broad?" in press(RIGHT)[2]
    assert "How broad?" in press("s")[2]
    assert "How much is owed?" in press("g", "te1\n")[2]
    assert "No question that is asked here is called te9." in press("g", "te9\n")[2]
    assert "How deep?" in press("g", ESCAPE)[2]


def test_undo_says_what_it_did(press: Press) -> None:
    _, sitting, screen = press("3", "u")
    assert sitting.session.answers.answers == {}
    assert "Undone." in screen
    assert "Nothing to undo." in press("u")[2]


def test_the_trend_list_opens_a_trend(press: Press) -> None:
    assert "1  Ties   0 of 2" in press("t")[2]
    assert "How much is owed?" in press("t", "2")[2]
    assert "How deep?" in press("t", "b")[2]
    assert "How deep?" in press("t", "q")[2]
    assert "How deep?" in press("t", "\n")[2]
    assert "Enter, b back to the question" in press("t")[2]
    assert "How much is owed?" in press("t", UP, "\n")[2]


def test_help_tells_why_and_any_closing_key_leads_back(press: Press) -> None:
    assert "Why it matters: Ties carry weight." in press("?")[2]
    assert "leaves the question open" in press("?", DOWN, " ")[2]
    assert "How deep?" in press("?", "q")[2]
    assert press("?", "3", "\n")[1].session.answers.answers == {}


def test_the_review_lists_open_ones_first_and_takes_codes(press: Press) -> None:
    _, _, screen = press("3", "r")
    assert "2 questions still open: TI2, TE1" in screen
    assert "TI1   3, Practised" in screen
    assert "Enter finishes with 2 open" in screen
    assert "Code or word to change: ti1" in press("r", "ti1")[2]
    assert "How broad?" in press("3", "r", "b", start=session())[2]
    assert "How deep?" in press("3", "r", "ti1\n")[2]
    assert "is called ti9" in press("r", "ti9\n")[2]
    assert press("3", "r", "u")[1].session.answers.answers == {}
    assert "How much is owed?" in press("r", LEFT)[2]


def test_finishing_and_leaving(press: Press) -> None:
    assert press("3", "r", "\n")[0] is Ending.FINISHED
    assert press("3", "r", "q")[0] is Ending.LEFT
    assert press("3", "q")[0] is Ending.LEFT


def test_a_resize_draws_again_and_no_line_is_wider_than_the_window(tmp_path: Path) -> None:
    for window in (Window(80, 24), Window(50, 20), Window(120, 40), Window(20, 5)):
        terminal = FakeTerminal(["3", window, "c", "a note", window])
        with pytest.raises(Stopped):
            Screen(terminal).interview(Sitting(session(), AnswersFile(str(tmp_path / "answers.yaml"))))
        last = terminal.written.rsplit("\x1b[H", 1)[1]
        rows = shown(f"\x1b[H{last}", Window(200, 60))
        assert max(map(len, rows)) <= window.width
        assert len([row for row in rows if row]) <= window.height


def test_only_16_colours_bold_and_reverse_and_none_where_they_are_not_wanted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = {}
    for wanted in ("", "1"):
        monkeypatch.setenv("NO_COLOR", wanted)
        terminal = FakeTerminal(["3", DOWN, "t", "b", "r"])
        with pytest.raises(Stopped):
            Screen(terminal).interview(Sitting(session(), AnswersFile(str(tmp_path / f"answers{wanted}.yaml"))))
        codes[wanted] = {part.split("m")[0] for part in terminal.written.split("\x1b[") if "m" in part[:6]}
    assert codes == {"": {"0", "1", "7", "1;36", "36", "32", "33"}, "1": {"0", "1", "7"}}


def test_answers_that_cannot_be_saved_are_offered_another_path(tmp_path: Path) -> None:
    there = tmp_path / "here.yaml"
    terminal = FakeTerminal(["3", "\n", f"{there}\n"])
    sitting = Sitting(session(), AnswersFile(str(tmp_path / "nowhere" / "answers.yaml")))
    with pytest.raises(Stopped):
        Screen(terminal).interview(sitting)
    assert "Your answers are not saved." in terminal.written
    assert "depth: 3" in there.read_text()
    assert "Saved TI1 = 3" in "\n".join(shown(terminal.written))


def test_a_conflict_is_told_on_the_next_screen(tmp_path: Path) -> None:
    path = tmp_path / "answers.yaml"
    file = AnswersFile(str(path))
    file.save(session().answers)
    path.write_text("changed")
    terminal = FakeTerminal(["3"])
    with pytest.raises(Stopped):
        Screen(terminal).interview(Sitting(session(), file))
    text = "".join("".join(shown(terminal.written)).split())
    assert "answers.yamlwaschangedbysomeoneelse;youranswersarein" in text
    assert "answers.yaml.conflict-1now" in text


MENU = Menu("Small", "Who?", (Option("1", "City", "Towns, too."), Option("2", "Firm")))
ENTRY = Entry("Small", "What is it called?", "Name", "Enter leaves it empty", "leaves it empty")
INTRODUCTION = Introduction("How to answer", ("Be frank.",), (Option("0", "Absent"),), ("One key.",))


def test_a_menu_takes_one_key_or_a_move_and_enter() -> None:
    assert Screen(FakeTerminal(["x", "\n", "2"])).choose(MENU) == "2"
    assert Screen(FakeTerminal([DOWN, DOWN, DOWN, "\n"])).choose(MENU) == "2"
    assert Screen(FakeTerminal(["b"])).choose(MENU) is None
    with pytest.raises(Left):
        Screen(FakeTerminal(["q"])).choose(MENU)


def test_a_line_of_text_and_the_way_back() -> None:
    assert Screen(FakeTerminal(["Port Sarrel\n"])).enter(ENTRY) == "Port Sarrel"
    assert Screen(FakeTerminal(["\n"])).enter(ENTRY) == ""
    assert Screen(FakeTerminal(["Por", ESCAPE])).enter(ENTRY) is None


def test_a_line_no_longer_says_that_enter_leaves_it_empty_once_something_is_typed() -> None:
    hints = []
    for keys in (["P"], ["P", "\x7f"]):
        terminal = FakeTerminal(keys)
        with pytest.raises(Stopped):
            Screen(terminal).enter(ENTRY)
        hints.append("\n".join(shown(terminal.written)))
    assert "Enter goes on" in hints[0]
    assert "leaves it empty" not in hints[0]
    assert "Enter leaves it empty" in hints[1]


def test_a_page_is_left_by_enter_and_answers_do_not_slip_through() -> None:
    assert Screen(FakeTerminal(["3", DOWN, "\n"])).read(INTRODUCTION) is True
    assert Screen(FakeTerminal(["b"])).read(INTRODUCTION) is False
    with pytest.raises(Left):
        Screen(FakeTerminal(["q"])).read(INTRODUCTION)
    terminal = FakeTerminal(["\n"])
    Screen(terminal).tell(["Mind this."])
    assert "Mind this." in "\n".join(shown(terminal.written))


def test_an_error_is_shown_whole_when_another_path_is_asked_for() -> None:
    terminal = FakeTerminal(["\n"])
    assert Screen(terminal).another_path(OutputError("no space left on device", "answers.yaml")) == ""
    assert "answers.yaml: no space left on device." in "\n".join(shown(terminal.written))


def test_x_leaves_the_trend_at_hand_out_with_a_reason_and_u_takes_it_back(press: Press) -> None:
    _, sitting, screen = press("3", "X", *"No ties", "\n")
    assert Path(sitting.file.path).read_text().endswith('scope:\n  ties: "No ties"\nanswers:\n  depth: 3\n')
    assert "Left out: Ties (u undoes)" in screen
    assert press("3", "X", *"No ties", "\n", "u")[1].session.answers.scope == {}
    assert "A trend is left out only with a reason; it is still asked." in press("X", "\n")[2]
    assert press("X", *"No", ESCAPE)[1].session.answers.scope == {}


def test_a_question_of_a_trend_left_out_says_so_and_x_asks_it_again(press: Press) -> None:
    start = session({"depth": 3}, scope={"ties": "No ties"})
    _, _, screen = press("b", start=start)
    assert "Left out: No ties (1 answer is kept); X asks it again" in screen
    _, sitting, screen = press("b", "X", start=start)
    assert (sitting.session.answers.scope, sitting.session.question.id) == ({}, "breadth")
    assert "Asked again: Ties (u undoes)" in screen


def test_the_review_shows_a_trend_left_out_with_its_reason(press: Press) -> None:
    _, _, screen = press("X", *"No ties", "\n", "r")
    assert "1 question still open: TE1" in screen
    assert "Left out: No ties" in screen
    assert "TI1" not in screen
