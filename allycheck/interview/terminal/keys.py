"""Key presses, one word each, whatever the terminal sends for them."""

import re
from collections import deque

from allycheck.interview.terminal.terminal import END, Terminal

RESIZE = "resize"
PASTE = "paste:"
"""Opens the key of a pasted text, which is never taken for answers."""
PATIENCE = 0.05
"""Seconds to wait for the rest of an escape sequence; the Escape key alone sends only its first character."""
_NAMES = {
    "\n": "enter",
    "\r": "enter",
    "\t": "tab",
    "\x7f": "backspace",
    "\b": "backspace",
    "\x1b": "escape",
    "\x15": "clear",
    "\x17": "rub-word",
    END: END,
    "\x0c": RESIZE,  # Ctrl-L asks for a fresh screen
}
_FINAL = {"A": "up", "B": "down", "C": "right", "D": "left", "H": "home", "F": "end"}
_NUMBERED = {"1": "home", "4": "end", "5": "page-up", "6": "page-down", "7": "home", "8": "end"}
_SEQUENCE = re.compile(r"\x1b(?:\[\[?([0-9;?<]*)([@-~])|O([@-~]))")
_PASTE_BEGINS = "\x1b[200~"
_PASTE = re.compile(r"\x1b\[200~(.*?)\x1b\[201~", re.DOTALL)
_UNFINISHED = re.compile(r"\x1b(\[\[?[0-9;?<]*|O)?\Z")


class Keys:
    """The keys of one terminal, in order; fast typing waits in line."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._waiting: deque[str] = deque()
        self._rest = ""

    def read(self) -> str:
        """The next key: a character, or a name such as `enter`, `up` and `resize`."""
        while not self._waiting:
            typed = self._terminal.read(PATIENCE if self._rest else None)
            if typed is None:
                return RESIZE
            if typed:
                found, self._rest = decode(self._rest + typed)
            else:
                found, self._rest = ([] if _PASTE_BEGINS in self._rest else ["escape"]), ""
            self._waiting.extend(found)
        return self._waiting.popleft()


def decode(typed: str) -> tuple[list[str], str]:
    """The keys in what was typed, and the beginning of one that is still to come."""
    keys: list[str] = []
    while typed:
        if _UNFINISHED.match(typed) or (typed.startswith(_PASTE_BEGINS) and not _PASTE.match(typed)):
            return keys, typed
        if paste := _PASTE.match(typed):
            keys.append(PASTE + paste[1])
            typed = typed[paste.end() :]
        elif sequence := _SEQUENCE.match(typed):
            keys += _named(sequence)
            typed = typed[sequence.end() :]
        else:
            keys += _character(typed[0])
            typed = typed[1:]
    return keys, ""


def _named(sequence: re.Match[str]) -> list[str]:
    numbers, final, application = sequence.groups()
    name = _NUMBERED.get(numbers.split(";")[0]) if final == "~" else _FINAL.get(final or application)
    return [name] if name else []


def _character(char: str) -> list[str]:
    if char in _NAMES:
        return [_NAMES[char]]
    return [char] if char.isprintable() else []
