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
import time
from types import FrameType
from typing import Any, Self

from allycheck.interview.terminal.terminal import STDERR, STDIN, Stopped, Window, window_size

_CHUNK = 4096
_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)
_PATIENCE = 1.0
"""Seconds to wait, at the end, for a terminal that takes no more text."""


class PosixTerminal:
    """Reads standard input and draws on standard error.

    A terminal that takes no text (Ctrl-S, a stalled line) keeps no signal waiting: it is written to by a handle of our
    own that never blocks, since the one that the shell shares must be left as it is.
    """

    def __init__(self, *, opening: str = "", closing: str = "") -> None:
        self._opening, self._closing = opening, closing
        self._decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        self._found: list[Any] | None = None
        self._handlers: dict[int, Any] = {}
        self._waiting: list[int] = []
        self._pipe = (-1, -1)
        self._wakeup = -1
        self._drawing = STDERR

    def __enter__(self) -> Self:
        self._pipe = os.pipe()
        for end in self._pipe:
            os.set_blocking(end, False)
        self._wakeup = signal.set_wakeup_fd(self._pipe[1], warn_on_full_buffer=False)
        for number in (*_ENDING, signal.SIGTSTP, signal.SIGCONT, signal.SIGWINCH):
            self._handlers[number] = signal.signal(number, _only_wake)
        self._drawing = _without_blocking()
        try:
            self._take()
        except BaseException as error:
            self.__exit__(error)
            raise
        return self

    def __exit__(self, *ending: object) -> None:
        with contextlib.suppress(Stopped, OSError):
            self._give_back()
        for stopped in ending:
            if isinstance(stopped, Stopped):
                _end_soon(stopped.exit_code)
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._wakeup)
        for end in self._pipe:
            os.close(end)
        if self._drawing != STDERR:
            os.close(self._drawing)

    def window(self) -> Window:
        """The size of the window now."""
        return window_size()

    def write(self, text: str) -> None:
        """Draw. Raises Stopped where a signal ends the interview while the terminal takes no text, or it is gone."""
        self._write(text)

    def _write(self, text: str, until: float | None = None) -> None:
        left = text.encode(getattr(sys.stderr, "encoding", None) or "utf-8", "replace")
        while left:
            try:
                left = left[os.write(self._drawing, left) :]
            except BlockingIOError:
                if until is None:
                    self._wait_for_room()
                elif not select.select([], [self._drawing], [], max(0, until - time.monotonic()))[1]:
                    return
            except OSError as error:
                raise Stopped(signal.SIGHUP) from error

    def _wait_for_room(self) -> None:
        """Wait until the terminal takes text again; only signals that end it all are acted on meanwhile."""
        ready, _, _ = select.select([self._pipe[0]], [self._drawing], [])
        if ready:
            self._waiting += os.read(self._pipe[0], _CHUNK)
            for number in self._waiting:
                if number in _ENDING:
                    raise Stopped(number)

    def read(self, timeout: float | None = None) -> str | None:
        """What was typed; empty after the timeout, None where everything has to be drawn again. Raises Stopped."""
        ready, _, _ = select.select([STDIN, self._pipe[0]], [], [], 0 if self._waiting else timeout)
        if self._pipe[0] in ready:
            self._waiting += os.read(self._pipe[0], _CHUNK)
        if self._waiting:
            heard, self._waiting = self._waiting, []
            to_draw = [self._heed(number) for number in heard]
            return None if any(to_draw) else ""
        if not ready:
            return ""
        try:
            content = os.read(STDIN, _CHUNK)
        except OSError as error:
            raise Stopped(signal.SIGHUP) from error
        if not content:
            raise Stopped(signal.SIGHUP)
        return self._decoder.decode(content)

    def _heed(self, number: int) -> bool:
        """Act on a signal; whether the face has to draw again. Lines that stand are not drawn again in a new size."""
        if number in _ENDING:
            raise Stopped(number)
        if number == signal.SIGTSTP:
            self._rest_a_while()
        elif number == signal.SIGCONT:
            self._take()
        return bool(self._opening) or number != signal.SIGWINCH

    def _rest_a_while(self) -> None:
        """Ctrl-Z: give the terminal back, stop for real, and take it again after `fg`."""
        self._give_back()
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, _only_wake)
        self._take()

    def _take(self) -> None:
        """Read key by key without echo, and draw the opening. Raises Stopped where the terminal is gone."""
        import termios

        try:
            # cbreak, not raw, and without throwing away what was typed ahead
            attributes = termios.tcgetattr(STDIN)
            if attributes[3] & termios.ICANON:
                self._found = termios.tcgetattr(STDIN)
                attributes[3] &= ~(termios.ECHO | termios.ICANON)
                attributes[6][termios.VMIN], attributes[6][termios.VTIME] = 1, 0
                termios.tcsetattr(STDIN, termios.TCSANOW, attributes)
        except termios.error as error:
            raise Stopped(signal.SIGHUP) from error
        self.write(self._opening)

    def _give_back(self) -> None:
        import termios

        try:
            self._write(self._closing, until=time.monotonic() + _PATIENCE)
        finally:
            if self._found is not None:
                with contextlib.suppress(termios.error):
                    termios.tcsetattr(STDIN, termios.TCSANOW, self._found)


def _without_blocking() -> int:
    """A handle on the terminal of standard error that never blocks; standard error itself where there is no other."""
    try:
        return os.open(os.ttyname(STDERR), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
    except OSError:
        return STDERR


def _end_soon(code: int) -> None:
    """End even if nobody takes the last words: all answers are saved, and only those words are still to be said.

    The alarm repeats, so that one which rings just before a write begins to block is not the last.
    """
    signal.signal(signal.SIGALRM, lambda *_: os._exit(code))
    signal.setitimer(signal.ITIMER_REAL, _PATIENCE, _PATIENCE)


def _only_wake(_number: int, _frame: FrameType | None) -> None:
    """The byte in the pipe says it all."""
