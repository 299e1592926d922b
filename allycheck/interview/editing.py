"""A line while it is typed, by the same keys in both faces."""

from allycheck.interview.terminal.keys import PASTE
from allycheck.text import printable


def edited(typed: str, key: str) -> str:
    """The line after one more key."""
    if key.startswith(PASTE):
        return typed + _on_one_line(key.removeprefix(PASTE))
    if key == "backspace":
        return typed[:-1]
    if key == "rub-word":
        return typed.rstrip().rpartition(" ")[0]
    if key == "clear":
        return ""
    if key == "tab":
        return f"{typed} "
    return typed + key if len(key) == 1 and key.isprintable() else typed


def _on_one_line(text: str) -> str:
    return printable(" ".join(text.split()))
