"""The worked examples of the pages on gates, explain and evidence, run by a shell as they stand there."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
BLOCK = re.compile(r"<!-- (file|run)(?:: (\S+))? -->\n```\w*\n(.*?)```", re.DOTALL)


def blocks(page: str) -> list[tuple[str, str, str]]:
    return BLOCK.findall((DOCS / f"{page}.md").read_text(encoding="utf-8"))


FILES = {"explain": "gates"}
"""The page whose files a page uses, where that is not itself."""


def files_of(page: str, folder: Path) -> Path:
    for kind, name, text in blocks(FILES.get(page, page)):
        if kind == "file":
            (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("page", ["gates", "explain", "evidence"])
def test_the_example_prints_what_the_page_shows(page: str, tmp_path: Path) -> None:
    commands = [text.partition("\n") for kind, _, text in blocks(page) if kind == "run"]
    assert commands
    folder = files_of(page, tmp_path)
    for command, _, printed in commands:
        assert said_by(command.removeprefix("$ "), folder) == printed


def said_by(command: str, folder: Path) -> str:
    """What a shell prints, both streams together."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    line = ["bash", "-c", f"exec 2>&1; {command}"]
    return subprocess.run(
        line, capture_output=True, text=True, check=False, cwd=folder, env=os.environ | {"PATH": path}
    ).stdout


def test_the_table_names_every_kind_of_gate() -> None:
    from typing import get_args

    from allycheck.analysis.gates import Kind

    page = (DOCS / "gates.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `--([a-z-]+) ", page, re.MULTILINE) == list(get_args(Kind))
