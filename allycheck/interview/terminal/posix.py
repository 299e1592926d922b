"""A terminal of Linux, macOS or BSD: what is typed, what is drawn, and the signals around both.

Signals only write a byte into a pipe (`signal.set_wakeup_fd`) and are acted on while waiting for a key: an answer is
never cut in half, whatever arrives while it is saved.
"""

import codecs
import contextlib
import os
import select
import signal
import sys
from types import FrameType
from typing import Any, Self

from allycheck.interview.terminal.terminal import END, STDERR, STDIN, Stopped, Window, window_size

_CHUNK = 4096


class PosixTerminal:
    """Reads standard input and draws on standard error."""

    def __init__(self, *, by_key: bool, opening: str = "", closing: str = "") -> None:
        self._by_key, self._opening, self._closing = by_key, opening, closing
        self._decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        self._found: list[Any] | None = None
        self._handlers: dict[int, Any] = {}
        self._pipe = (-1, -1)
        self._wakeup = -1

    def __enter__(self) -> Self:
        self._pipe = os.pipe()
        for end in self._pipe:
            os.set_blocking(end, False)
        self._wakeup = signal.set_wakeup_fd(self._pipe[1], warn_on_full_buffer=False)
        for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGTSTP", "SIGCONT", "SIGWINCH"):
            number = getattr(signal, name)
            self._handlers[number] = signal.signal(number, _only_wake)
        self._take()
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(Stopped, OSError):
            self._give_back()
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._wakeup)
        for end in self._pipe:
            os.close(end)

    def window(self) -> Window:
        """The size of the window now."""
        return window_size()

    def write(self, text: str) -> None:
        """Draw."""
        left = text.encode(getattr(sys.stderr, "encoding", None) or "utf-8", "replace")
        try:
            while left:
                left = left[os.write(STDERR, left) :]
        except OSError as error:
            raise Stopped(signal.SIGHUP) from error

    def read(self, timeout: float | None = None) -> str | None:
        """What was typed; empty after the timeout, None where everything has to be drawn again. Raises Stopped."""
        ready, _, _ = select.select([STDIN, self._pipe[0]], [], [], timeout)
        if self._pipe[0] in ready:
            woken = [self._heed(number) for number in os.read(self._pipe[0], _CHUNK)]
            return None if any(woken) else ""
        if not ready:
            return ""
        try:
            content = os.read(STDIN, _CHUNK)
        except OSError as error:
            raise Stopped(signal.SIGHUP) from error
        if content:
            return self._decoder.decode(content)
        if self._by_key:
            raise Stopped(signal.SIGHUP)
        return END

    def _heed(self, number: int) -> bool:
        """Act on a signal; whether the face has to draw again. Lines that stand are not drawn again in a new size."""
        if number in {signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT}:
            raise Stopped(number)
        if number == signal.SIGTSTP:
            self._rest_a_while()
        elif number == signal.SIGCONT:
            self._take()
        return self._by_key or number != signal.SIGWINCH

    def _rest_a_while(self) -> None:
        """Ctrl-Z: give the terminal back, stop for real, and take it again after `fg`."""
        self._give_back()
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, _only_wake)
        self._take()

    def _take(self) -> None:
        import termios

        if self._by_key:
            # cbreak, not raw, and without throwing away what was typed ahead
            attributes = termios.tcgetattr(STDIN)
            if attributes[3] & termios.ICANON:
                self._found = termios.tcgetattr(STDIN)
                attributes[3] &= ~(termios.ECHO | termios.ICANON)
                attributes[6][termios.VMIN], attributes[6][termios.VTIME] = 1, 0
                termios.tcsetattr(STDIN, termios.TCSANOW, attributes)
        if self._opening:
            self.write(self._opening)

    def _give_back(self) -> None:
        import termios

        try:
            if self._closing:
                self.write(self._closing)
        finally:
            if self._found is not None:
                with contextlib.suppress(termios.error):
                    termios.tcsetattr(STDIN, termios.TCSANOW, self._found)


def _only_wake(_number: int, _frame: FrameType | None) -> None:
    """The byte in the pipe says it all."""
