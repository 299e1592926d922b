"""Key presses, one word each, whatever the terminal sends for them."""

import re
from collections import deque
from collections.abc import Iterator

from allycheck.interview.terminal.terminal import END, Terminal

RESIZE = "resize"
PASTE = "paste:"
"""Opens the key of a pasted text, which is never taken for answers."""
PATIENCE = 0.05
"""Seconds to wait after an Escape for the sequence that it may open; the key alone sends nothing more."""
MOST_PASTED = 100_000
"""Bytes that are kept of a pasted text; what is beyond is dropped."""
_LONGEST = 64
"""Characters that are kept of a control sequence; every one that means a key is shorter."""
_CANCEL, _SUBSTITUTE, _ESCAPE, _DELETE = "\x18", "\x1a", "\x1b", "\x7f"
_BELL, _STRING_TERMINATOR = "\x07", "\x9c"
_PASTE_ENDS = b"\x1b[201~"
_NAMES = {
    "\n": "enter",
    "\r": "enter",
    _DELETE: "backspace",
    "\t": "tab",
    "\b": "backspace",
    "\x15": "clear",
    "\x17": "rub-word",
    END: END,
    "\x0c": RESIZE,  # Ctrl-L asks for a fresh screen
}
_FINAL = {"A": "up", "B": "down", "C": "right", "D": "left", "H": "home", "F": "end"}
_NUMBERED = {"1": "home", "4": "end", "5": "page-up", "6": "page-down", "7": "home", "8": "end"}
_PARAMETERS = re.compile(r"([0-9]*)[0-9:;]*")
"""The parameters of a key: its number, then modifiers. Replies open with a private mark, such as `?` or `<`."""


class Keys:
    """The keys of one terminal, in order; fast typing waits in line."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._waiting: deque[str] = deque()
        self._parser = Parser()

    def read(self) -> str:
        """The next key: a character, or a name such as `enter`, `up` and `resize`."""
        while not self._waiting:
            typed = self._terminal.read(PATIENCE if self._parser.pending else None)
            if typed is None:
                return RESIZE
            if typed:
                self._waiting.extend(self._parser.feed(typed.encode("utf-8", "surrogateescape")))
            else:
                self._waiting.extend(self._parser.silence())
        return self._waiting.popleft()

    def text(self) -> Iterator[str]:
        """The characters that wait in line already, up to the next key that is none."""
        while self._waiting and len(self._waiting[0]) == 1 and self._waiting[0].isprintable():
            yield self._waiting.popleft()


class Parser:
    """Bytes of a terminal -> keys, by the grammar of control functions in ECMA-48.

    What means no key is swallowed to its end: replies, mouse and focus reports, command strings, sequences nobody
    knows. Only an Escape at the end of what came is undecided; everything else waits for its end however long.
    As terminals do, CAN and SUB break a sequence off, ESC begins the next one, and other controls inside a
    sequence act at once.
    """

    def __init__(self) -> None:
        self._state = self._ground
        self._character = bytearray()
        self._sequence = ""
        self._ends_with_bell = False
        self._mouse_bytes = 0
        self._pasted: bytearray | None = None

    @property
    def pending(self) -> bool:
        """Whether an Escape came last, which is a key of its own unless more follows at once."""
        return self._state == self._escape

    def silence(self) -> list[str]:
        """The keys that are certain now that nothing followed at once."""
        if not self.pending:
            return []
        self._state = self._ground
        return ["escape"]

    def feed(self, typed: bytes) -> list[str]:
        """The keys that these bytes complete."""
        return [key for byte in typed for key in self._byte(byte)]

    def _byte(self, byte: int) -> list[str]:
        if self._pasted is not None:
            return self._paste(self._pasted, byte)
        if self._mouse_bytes:
            self._mouse_bytes -= 1
            return []
        char = self._decoded(byte)
        if char in {_CANCEL, _SUBSTITUTE}:
            self._state = self._ground
            return []
        return self._state(char) if char else []

    def _decoded(self, byte: int) -> str:
        """The character that a byte completes, if any. One of 0x80 to 0x9F outside UTF-8 is a control (C1)."""
        if 0x80 <= byte < 0xC0 and self._character:
            self._character.append(byte)
            if len(self._character) < _length(self._character[0]):
                return ""
            char = self._character.decode("utf-8", "ignore")
            self._character.clear()
            return char
        self._character.clear()
        if 0xC2 <= byte < 0xF5:
            self._character.append(byte)
            return ""
        return chr(byte) if byte < 0xA0 else ""

    def _paste(self, pasted: bytearray, byte: int) -> list[str]:
        pasted.append(byte)
        del pasted[MOST_PASTED : -len(_PASTE_ENDS)]
        if not pasted.endswith(_PASTE_ENDS):
            return []
        self._pasted = None
        return [PASTE + pasted[: -len(_PASTE_ENDS)].decode("utf-8", "replace")]

    # The states: each takes one character, gives the keys it completes, and sets the next state.

    def _ground(self, char: str) -> list[str]:
        self._state = self._ground
        if char == _ESCAPE:
            self._state = self._escape
            return []
        if _is_c1(char):
            return self._opened(chr(ord(char) - 0x40))
        return _key(char)

    def _escape(self, char: str) -> list[str]:
        return ([] if " " <= char <= _DELETE else ["escape"]) + self._after_escape(char)

    def _after_escape(self, char: str) -> list[str]:
        return self._opened(char) if " " <= char <= _DELETE else self._ground(char)

    def _opened(self, char: str) -> list[str]:
        """ESC and a character, or the one C1 control that stands for both."""
        self._state, self._sequence = self._ground, ""
        if char == "[":
            self._state = self._control_sequence
        elif char in {"N", "O"}:  # SS2, SS3
            self._state, self._sequence = self._shifted, char
        elif char in {"]", "P", "X", "^", "_"}:  # OSC, DCS, SOS, PM, APC
            self._state, self._ends_with_bell = self._string, char == "]"
        elif char <= "/":
            self._state = self._intermediate
        return []

    def _intermediate(self, char: str) -> list[str]:
        if not " " <= char <= "~":
            return self._stranger(char)
        if char > "/":
            self._state = self._ground
        return []

    def _shifted(self, char: str) -> list[str]:
        if not " " <= char <= "~":
            return self._stranger(char)
        self._state = self._ground
        name = _FINAL.get(char) if self._sequence == "O" else None
        return [name] if name else []

    def _control_sequence(self, char: str) -> list[str]:
        if not " " <= char <= "~":
            return self._stranger(char)
        if char < "@" and self._sequence != "[":
            self._sequence = (self._sequence + char)[:_LONGEST]
        elif char == "[" and not self._sequence:
            self._sequence = char  # the console of Linux sends ESC [ [ A for F1: one more character
        else:
            self._state = self._ground
            return self._ended(char)
        return []

    def _ended(self, final: str) -> list[str]:
        parameters = _PARAMETERS.fullmatch(self._sequence)
        if parameters is None:
            return []
        if final == "M" and not self._sequence:
            self._mouse_bytes = 3  # X10: button, column and row, whatever their values
        elif final == "~" and self._sequence == "200":
            self._pasted = bytearray()
        name = _NUMBERED.get(parameters[1]) if final == "~" else _FINAL.get(final)
        return [name] if name else []

    def _string(self, char: str) -> list[str]:
        if char == _ESCAPE:
            self._state = self._after_escape  # with a backslash it ends the string, and else breaks it off
        elif char == _STRING_TERMINATOR or (char == _BELL and self._ends_with_bell):
            self._state = self._ground
        return []

    def _stranger(self, char: str) -> list[str]:
        """A character that no sequence holds: most controls act and it goes on, all else breaks it off."""
        if char == _DELETE:
            return []
        return _key(char) if char < " " and char != _ESCAPE else self._ground(char)


def _length(lead: int) -> int:
    """Bytes of a character in UTF-8, from its first."""
    return 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4


def _is_c1(char: str) -> bool:
    return "\x80" <= char <= "\x9f"


def _key(char: str) -> list[str]:
    if char in _NAMES:
        return [_NAMES[char]]
    return [char] if char.isprintable() else []
