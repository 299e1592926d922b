"""What terminals send, as keys."""

import pytest

from allycheck.interview.terminal.keys import RESIZE, Keys, decode
from allycheck.interview.terminal.terminal import Window
from tests.unit.interview.fakes import FakeTerminal


@pytest.mark.parametrize(
    ("sent", "keys"),
    [
        ("3", ["3"]),
        ("01234", ["0", "1", "2", "3", "4"]),
        ("\r", ["enter"]),
        ("\n", ["enter"]),
        ("\x7f\b", ["backspace", "backspace"]),
        ("\x1b[A\x1b[B\x1b[C\x1b[D", ["up", "down", "right", "left"]),
        ("\x1bOA\x1bOD", ["up", "left"]),
        ("\x1b[1;5A", ["up"]),
        ("\x1b[5~\x1b[6~\x1b[H\x1b[4~", ["page-up", "page-down", "home", "end"]),
        ("\x15\x17\x0c", ["clear", "rub-word", RESIZE]),
        ("\x1b[200~3\n4\x1b[201~2", ["paste:3\n4", "2"]),
        ("é漢🙂", ["é", "漢", "🙂"]),
        ("\x00\x01\x1b[15~", []),
    ],
)
def test_decode(sent: str, keys: list[str]) -> None:
    assert decode(sent) == (keys, "")


@pytest.mark.parametrize("begun", ["\x1b", "\x1b[", "\x1bO", "\x1b[1;", "\x1b[200~half a pas"])
def test_the_beginning_of_a_sequence_waits_for_the_rest(begun: str) -> None:
    assert decode("2" + begun) == (["2"], begun)


def test_a_sequence_that_comes_in_pieces_is_one_key() -> None:
    class Patient(FakeTerminal):
        def read(self, timeout: float | None = None) -> str | None:
            return super().read()

    keys = Keys(Patient(["4\x1b", "[", "A", "1"]))
    assert [keys.read() for _ in range(3)] == ["4", "up", "1"]


def test_the_escape_key_alone_is_known_by_the_silence_after_it() -> None:
    keys = Keys(FakeTerminal(["\x1b", "2"]))
    assert [keys.read(), keys.read()] == ["escape", "2"]


def test_a_change_of_the_window_is_a_key_and_drops_nothing_typed_before_it() -> None:
    keys = Keys(FakeTerminal(["12", Window(50, 20), "3"]))
    assert [keys.read() for _ in range(4)] == ["1", "2", RESIZE, "3"]
