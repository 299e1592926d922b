"""Draw the pictures of the README: real reports of the shipped examples, as SVG, on a dark and on a light terminal.

Run it from anywhere in a checkout with allycheck installed: `python docs/pictures/make.py [FOLDER]`.
"""

import io
import re
import sys
from dataclasses import replace
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from allycheck.analysis.whole_report import whole_report
from allycheck.loading import load_sheet
from allycheck.render.formats import Format, Kind, render
from allycheck.render.look import Look, Source
from allycheck.scoring import score

HERE = Path(__file__).resolve().parent
EXAMPLES = HERE.parents[1] / "questionnaires" / "alliance-readiness" / "examples"
DARK = TerminalTheme(
    (22, 25, 33),
    (212, 216, 224),
    [(60, 66, 80), (224, 108, 117), (124, 190, 122), (222, 180, 92),
     (97, 150, 230), (190, 130, 220), (86, 182, 194), (212, 216, 224)],
)  # fmt: skip
LIGHT = TerminalTheme(
    (252, 252, 250),
    (40, 44, 52),
    [(40, 44, 52), (192, 52, 48), (46, 130, 62), (170, 116, 0),
     (40, 90, 180), (140, 60, 160), (14, 120, 136), (220, 220, 220)],
)  # fmt: skip
PICTURES: tuple[tuple[str, Kind, str, Look, TerminalTheme, int | None], ...] = (
    ("report-brief-dark", "brief", "northwind-cells", Look(80, colour=True), DARK, None),
    ("report-brief-light", "brief", "northwind-cells", Look(80, colour=True), LIGHT, None),
    ("report-dark", "report", "port-city", Look(100, colour=True), DARK, 64),
    ("report-light", "report", "port-city", Look(100, colour=True), LIGHT, 64),
)
"""Name, kind of result, example, look, terminal colours, and how many lines to show (None: all)."""
FONTS = re.compile(r"@font-face \{\{.*?\}\}", re.DOTALL)
PAGE = FONTS.sub("", CONSOLE_SVG_FORMAT).replace("<svg ", '<svg xml:space="preserve" ')
"""The terminal window that rich draws, with the reader's own fixed-width font instead of links to fonts elsewhere."""


def text_of(example: str, kind: Kind, look: Look) -> str:
    """The report of one example, with the escapes of a colour terminal."""
    sheet = load_sheet(str(EXAMPLES / f"{example}.yaml"), None)
    look = replace(look, source=Source(f"{example}.yaml", scenarios=True))
    report = whole_report(score(sheet.questionnaire, sheet.answers), sheet.answers)
    return str(render(report, Format.TEXT, look, kind))


def svg_of(text: str, width: int, theme: TerminalTheme, lines: int | None, title: str) -> str:
    """A terminal that shows the text, without links to fonts elsewhere."""
    console = Console(record=True, width=width, file=io.StringIO(), force_terminal=True, color_system="standard")
    console.print(Text.from_ansi("\n".join(text.splitlines()[:lines])), highlight=False)
    return console.export_svg(title=title, theme=theme, code_format=PAGE, unique_id="terminal")


def main() -> None:
    """Write every picture into the folder named, or beside this script."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    for name, kind, example, look, theme, lines in PICTURES:
        brief = " --brief" if kind == "brief" else ""
        title = f"allycheck report {example}.yaml{brief}"
        picture = svg_of(text_of(example, kind, look), look.width, theme, lines, title)
        (folder / f"{name}.svg").write_text(picture, "utf-8")


if __name__ == "__main__":
    main()
