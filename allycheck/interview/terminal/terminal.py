"""What an interview needs of a terminal, whatever the system."""

import os
from typing import NamedTuple, Protocol, Self

STDIN, STDERR = 0, 2
END = "\x04"
"""What is read at the end of input (Ctrl-D)."""


class Window(NamedTuple):
    """The size of a window in cells."""

    width: int
    height: int


USUAL = Window(80, 24)


class Stopped(Exception):  # noqa: N818 - no error: somebody wants the interview to end
    """A signal asked the interview to end, or the terminal is gone."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.exit_code = 128 + number


class Terminal(Protocol):
    """A terminal that reads keys as they are pressed, without echo; entered before use, and left as it was found."""

    def __enter__(self) -> Self:
        """Begin to read and draw."""

    def __exit__(self, *_: object) -> None:
        """Leave the terminal as it was found."""

    def read(self, timeout: float | None = None) -> str | None:
        """What was typed; empty after the timeout, None where everything has to be drawn again. Raises Stopped."""

    def write(self, text: str) -> None:
        """Draw."""

    def window(self) -> Window:
        """The size of the window now."""


def window_size() -> Window:
    """The size of the window that standard error stands in; the usual one where nothing tells."""
    try:
        width, height = os.get_terminal_size(STDERR)
    except OSError:
        return USUAL
    return Window(width or USUAL.width, height or USUAL.height)
