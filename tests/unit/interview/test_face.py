"""Which face is shown where."""

import pytest

from allycheck.interview.face import Surroundings, face_for
from allycheck.interview.terminal.posix import Window

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
