"""CPU time of each command as a ratio to the yardstick, in pairs within one run: `python benchmarks/start.py`.

Measured, never asserted: a busy machine moves even ratios by a few percent.
"""

import tempfile
from pathlib import Path

from measured import ratio, row, sheets

SAMPLE = str(Path(__file__).parent.parent / "questionnaires/alliance-readiness/examples/northwind-cells.yaml")


def commands(folder: Path) -> dict[str, tuple[tuple[str, ...], float | None]]:
    """By name: what is typed, and the most that it may take, where there is such a figure."""
    one, two, three = sheets(folder, 3, organisations=False)
    member, other = sheets(folder, 2, organisations=True)
    return {
        "report --format json": (("report", SAMPLE, "--format", "json"), 1.55),
        "report": (("report", SAMPLE), 1.75),
        "report --format html": (("report", SAMPLE, "--format", "html"), 2.1),
        "report --brief": (("report", SAMPLE, "--brief"), None),
        "compare two, the change mixed": (("compare", one, two), 1.6),
        "plan": (("plan", SAMPLE, "--target", "level=practised"), None),
        "stress": (("stress", SAMPLE), None),
        "explain": (("explain", SAMPLE, "overall"), None),
        "merge three": (("merge", one, two, three), None),
        "coalition of two": (("coalition", member, other), None),
        "template": (("template", "--actor", "business"), None),
        "--help": (("--help",), 0.6),
        "--version": (("--version",), 0.2),
    }


TYPED: dict[str, tuple[tuple[str, ...], str]] = {
    "Tab after a command's first letters": ((), "re"),
    "Tab after an option's": (("report", SAMPLE), "--f"),
    "Tab for an id": (("plan", SAMPLE, "--keep"), ""),
}
"""What stands on the line before a word is completed, and the word. At most what --help costs."""


def main() -> None:
    """Print the table."""
    row("", "yardsticks", "at most")
    with tempfile.TemporaryDirectory() as folder:
        for name, (arguments, most) in commands(Path(folder)).items():
            row(name, f"{ratio(*arguments):.2f}", f"{most or ''}")
    for name, (before, word) in TYPED.items():
        row(name, f"{ratio(*before, _ALLYCHECK_COMPLETE='zsh', _ALLYCHECK_WORD=word):.2f}", "0.6")


if __name__ == "__main__":
    main()
