"""Draw the picture of the interview: the real command in a real terminal, answered by keys.

Run it from anywhere in a checkout with allycheck[test] installed: `python docs/pictures/record.py [FOLDER]`.
"""

import os
import re
import sys
import tempfile
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import pexpect
import pyte
from make import DARK, HERE, LIGHT, PAGE
from rich.console import Console
from rich.style import Style
from rich.text import Text

WIDTH, HEIGHT = 112, 24
COMMAND = "allycheck assess city.yaml"
OPTIONS = ["city.yaml", "--actor", "civil-society", "--form", "full", "--organisation", "City of Port Sarrel"]
KEYS = "\n\n3122"
"""No alliance, past the page on the levels, then four answers."""
SHOWS = "Saved FC4"
SETTLED = 0.5
"""Seconds of silence after which the screen stands."""


def recorded(folder: str) -> pyte.Screen:
    """The screen of the interview after the keys."""
    screen = pyte.Screen(WIDTH, HEIGHT)
    stream = pyte.Stream(screen)
    environment = {name: value for name, value in os.environ.items() if name not in {"CI", "NO_COLOR"}}
    child = pexpect.spawn(
        sys.executable,
        ["-m", "allycheck", "assess", *OPTIONS],
        cwd=folder,
        env=environment | {"TERM": "xterm-256color"},
        encoding="utf-8",
        dimensions=(HEIGHT, WIDTH),
    )
    child.send(KEYS)
    while True:
        try:
            stream.feed(child.read_nonblocking(65536, timeout=SETTLED))
        except pexpect.TIMEOUT:
            if any(SHOWS in line for line in screen.display):
                break
    child.send("q")
    child.expect(pexpect.EOF)
    return screen


def text_of(screen: pyte.Screen) -> Text:
    """The screen with its styles, and the cursor as the block that a terminal draws."""
    text = Text()
    for row in range(HEIGHT):
        cells = [(screen.buffer[row][column].data, style_of(screen, row, column)) for column in range(WIDTH)]
        for style, run in groupby(cells, key=itemgetter(1)):
            text.append("".join(character for character, _ in run), style)
        text.append("\n")
    return text


def style_of(screen: pyte.Screen, row: int, column: int) -> Style:
    """The style of one cell."""
    cell = screen.buffer[row][column]
    at_cursor = (row, column) == (screen.cursor.y, screen.cursor.x)
    colour = None if cell.fg == "default" else cell.fg.replace("brown", "yellow")
    return Style(color=colour, bold=cell.bold, reverse=cell.reverse or at_cursor)


def main() -> None:
    """Write the picture for dark and light pages into the folder named, or beside this script."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    with tempfile.TemporaryDirectory() as elsewhere:
        text = text_of(recorded(elsewhere))
    for name, theme in (("interview", DARK), ("interview-light", LIGHT)):
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
            console = Console(record=True, width=WIDTH, file=nowhere, force_terminal=True, color_system="standard")
            console.print(text, highlight=False, end="")
        picture = console.export_svg(title=COMMAND, theme=theme, code_format=PAGE, unique_id="interview")
        (folder / f"{name}.svg").write_text(re.sub(r"[ \t]+\n", "\n", picture), "utf-8")


if __name__ == "__main__":
    main()
