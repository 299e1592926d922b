"""A terminal in memory: what will be typed, what was drawn."""

import signal
from collections.abc import Iterable
from typing import Any, Self

import pyte

from allycheck.interview.terminal.terminal import Stopped, Window

USUAL = Window(80, 24)


class FakeTerminal:
    """Types the chunks one after the other, then hangs up. A Window among them changes the size."""

    def __init__(self, chunks: Iterable[str | Window], window: Window = USUAL) -> None:
        self._chunks = iter(chunks)
        self._window = window
        self.written = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def read(self, timeout: float | None = None) -> str | None:
        if timeout is not None:
            return ""
        chunk = next(self._chunks, None)
        if chunk is None:
            raise Stopped(signal.SIGHUP)
        if isinstance(chunk, Window):
            self._window = chunk
            return None
        return chunk

    def write(self, text: str) -> None:
        self.written += text

    def window(self) -> Window:
        return self._window


def shown(written: str, window: Window = USUAL) -> list[str]:
    """The rows of a terminal of this size after all that was written."""
    screen = pyte.Screen(*window)
    pyte.Stream(screen).feed(written.replace("\n", "\r\n"))
    return [row.rstrip() for row in screen.display]


class FakeConsole:
    """msvcrt in memory."""

    def __init__(self, keys: str) -> None:
        self._keys = list(keys)

    def kbhit(self) -> bool:
        return bool(self._keys)

    def getwch(self) -> Any:
        return self._keys.pop(0)
