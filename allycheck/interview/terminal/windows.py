"""The console of Windows behind the same protocol as any other terminal."""

import contextlib
import signal
import sys
import time
from types import ModuleType
from typing import Any, Self

from allycheck.interview.terminal.terminal import END, Stopped, Window, window_size

_PAUSE = 0.01
_ARROWS = {"H": "\x1b[A", "P": "\x1b[B", "M": "\x1b[C", "K": "\x1b[D", "G": "\x1b[H", "O": "\x1b[F"}
_PAGES = {"I": "\x1b[5~", "Q": "\x1b[6~"}
_SEQUENCES = _ARROWS | _PAGES
_PREFIXES = {"\x00", "\xe0"}
_INTERRUPT, _CTRL_Z = "\x03", "\x1a"
_STDERR_HANDLE, _UNDERSTANDS_ESCAPES = -12, 0x0004


class WindowsTerminal:
    """A console read through `msvcrt`; the window's size is watched while waiting, for there is no signal."""

    def __init__(self, *, opening: str = "", closing: str = "", console: ModuleType | Any = None) -> None:
        self._opening, self._closing = opening, closing
        self._console: Any = console or __import__("msvcrt")
        self._size = window_size()

    def __enter__(self) -> Self:
        _understand_escapes()
        self.write(self._opening)
        return self

    def __exit__(self, *_: object) -> None:
        self.write(self._closing)

    def window(self) -> Window:
        """The size of the window now."""
        return window_size()

    def write(self, text: str) -> None:
        """Draw."""
        sys.stderr.write(text)
        sys.stderr.flush()

    def read(self, timeout: float | None = None) -> str | None:
        """What was typed; empty after the timeout, None where a screen has a new size. Raises Stopped."""
        until = None if timeout is None else time.monotonic() + timeout
        while not self._console.kbhit():
            if self._opening and self._size != (size := self.window()):
                self._size = size
                return None
            if until is not None and time.monotonic() >= until:
                return ""
            time.sleep(_PAUSE)
        return self._key()

    def _key(self) -> str:
        char = self._console.getwch()
        if char in _PREFIXES:
            return _SEQUENCES.get(self._console.getwch(), "")
        if char == _INTERRUPT:
            raise Stopped(signal.SIGINT)
        if "\ud800" <= char <= "\udbff":  # the first half of a character beyond the first plane of Unicode
            return str(char + self._console.getwch()).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        if char == _CTRL_Z:
            return END
        return str(char)


def _understand_escapes() -> None:
    """Ask the console to act on escape sequences; those since 2016 can."""
    with contextlib.suppress(ImportError, AttributeError, OSError):
        import ctypes

        kernel: Any = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
        handle, mode = kernel.GetStdHandle(_STDERR_HANDLE), ctypes.c_ulong()
        kernel.GetConsoleMode(handle, ctypes.byref(mode))
        kernel.SetConsoleMode(handle, mode.value | _UNDERSTANDS_ESCAPES)
