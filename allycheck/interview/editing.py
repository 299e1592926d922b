"""What keys do to a line that is typed and to a choice that is highlighted."""

from allycheck.interview.keys import PASTE
from allycheck.text import printable


def moved(highlighted: int | None, by: int, options: int) -> int:
    """The next option up or down; the first move enters from the side it comes from."""
    if highlighted is None:
        return 0 if by > 0 else options - 1
    return max(0, min(options - 1, highlighted + by))


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
    return typed + key if len(key) == 1 else typed


def _on_one_line(text: str) -> str:
    return printable(" ".join(text.split()))
