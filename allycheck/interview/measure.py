"""How much room text takes on a screen: in cells, in any script."""

from collections.abc import Iterator

from rich.cells import cell_len, chop_cells

ELLIPSIS = "\u2026"


def cells(text: str) -> int:
    """How many columns a text fills."""
    return len(text) if text.isascii() else cell_len(text)


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells; a word that is longer is cut. At least one line."""
    lines = [""]
    for word in _words(text, width):
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if cells(joined) <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines


def _words(text: str, width: int) -> Iterator[str]:
    for word in text.split():
        yield from [word] if cells(word) <= width else chop_cells(word, width)


def cut(text: str, width: int) -> str:
    """As much of the text as fits, with an ellipsis where something is missing."""
    if cells(text) <= width:
        return text
    kept = chop_cells(text, width - 1)[0] if width > 1 else ""
    return (kept.rstrip() + ELLIPSIS)[: max(width, 0)]


def pieces(text: str, width: int) -> list[str]:
    """The text cut every `width` cells, as a person typing sees it. At least one piece."""
    return chop_cells(text, width) or [""]
