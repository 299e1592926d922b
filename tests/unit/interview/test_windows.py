"""The branch for Windows, with msvcrt in memory."""

import signal

import pytest

from allycheck.interview.terminal.keys import Keys
from allycheck.interview.terminal.terminal import END, Stopped
from allycheck.interview.terminal.windows import WindowsTerminal
from tests.unit.interview.fakes import FakeConsole


def terminal(keys: str) -> WindowsTerminal:
    return WindowsTerminal(opening="<", console=FakeConsole(keys))


def test_keys_arrows_and_enter_read_as_anywhere_else() -> None:
    keys = Keys(terminal("3\xe0H\x00P\r\xe0I"))
    assert [keys.read() for _ in range(5)] == ["3", "up", "down", "enter", "page-up"]


def test_a_character_that_comes_in_two_halves_is_one_key() -> None:
    keys = Keys(terminal("\ud83d\ude42"))
    assert keys.read() == "\U0001f642"


def test_ctrl_c_ends_the_interview() -> None:
    with pytest.raises(Stopped) as stopped:
        terminal("\x03").read()
    assert stopped.value.exit_code == 128 + signal.SIGINT


def test_it_waits_no_longer_than_asked() -> None:
    assert terminal("").read(timeout=0.02) == ""


def test_a_window_of_another_size_is_noticed_while_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = terminal("")
    monkeypatch.setattr(waiting, "window", lambda: (50, 20))
    assert waiting.read() is None


def test_it_draws_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    with WindowsTerminal(opening="<", closing=">", console=FakeConsole("")) as opened:
        opened.write("question")
    assert capsys.readouterr().err == "<question>"


@pytest.mark.parametrize("ends", ["\x1a", "\x04"])
def test_the_end_of_input_is_ctrl_z_or_ctrl_d(ends: str) -> None:
    assert Keys(terminal(ends)).read() == END


def test_lines_that_stand_are_not_drawn_again_in_a_new_size(monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = WindowsTerminal(console=FakeConsole(""))
    monkeypatch.setattr(waiting, "window", lambda: (50, 20))
    assert waiting.read(timeout=0.02) == ""
