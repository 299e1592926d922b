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
from allycheck.interview.session import Session
from allycheck.interview.terminal.terminal import Stopped, Window
from tests.unit.interview.fakes import FakeTerminal, shown
from tests.unit.interview.small import session

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
    assert "Saved TI1 = 3, Practised (u undoes)" in screen
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


def test_other_keys_do_nothing(press: Press) -> None:
    assert press("5", "9", "x", " ", "N", "\x1b[15~")[1].session.answers.answers == {}


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
    assert "Code to change: ti1" in press("r", "ti1")[2]
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
ENTRY = Entry("Small", "What is it called?", "Name", "Enter leaves it empty")
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
