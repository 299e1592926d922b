"""The worked examples of compare, merge and coalition: every file is written, every command run, its output compared.

A block after `<!-- file: NAME -->` is a file, one after `<!-- run -->` a command with what it prints, one after
`<!-- show: NAME -->` a file that a command wrote.
"""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from allycheck.cli.app import build

DOCS = Path(__file__).parents[2] / "docs"
VENTURE = DOCS.parent / "questionnaires/joint-venture/examples"
PARENT = DOCS.parent / "tests/cases/several/vehicle-parent.yaml"
PAGES = ("compare", "merge", "coalition")
BLOCK = re.compile(r"<!-- (file|run|show)(?:: (\S+))? -->\n```\w*\n(.*?)```", re.DOTALL)


def blocks(page: str) -> list[tuple[str, str, str]]:
    return BLOCK.findall((DOCS / f"{page}.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", PAGES)
def test_the_example_prints_what_the_page_shows(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    _samples_into(tmp_path)
    told = [block for name in dict.fromkeys(["compare", page]) for block in blocks(name)]
    for kind, name, text in told:
        if kind == "file":
            Path(name).write_text(text, encoding="utf-8")
    for kind, name, text in blocks(page):
        if kind == "run":
            command, _, printed = text.partition("\n")
            assert output_of(shlex.split(command.removeprefix("$ allycheck "))) == printed
        elif kind == "show":
            assert Path(name).read_text(encoding="utf-8") == text


def _samples_into(folder: Path) -> None:
    """The joint venture's sheets, with that of the parent of which two people answered."""
    for sample in VENTURE.glob("*.yaml"):
        shutil.copy(sample, folder)
    shutil.copy(PARENT, folder)


def output_of(arguments: list[str]) -> str:
    return CliRunner().invoke(build(arguments), arguments).stdout


@pytest.mark.parametrize(
    ("page", "numbers"),
    [
        ("compare", ["41.7", "66.7", "+25.0", "+18.8", "+6.3", "43.8", "68.8", "-6.3", "88%"]),
        ("merge", ["1.00 levels", "0.50", "53.1"]),
        ("coalition", ["40.6", "53.1", "-12.5", "68.8", "-28.1", "37.5", "+3.1", "41.7"]),
    ],
)
def test_the_numbers_worked_by_hand_are_those_printed(page: str, numbers: list[str]) -> None:
    printed = "\n".join(text for kind, _, text in blocks(page) if kind != "file")
    for number in numbers:
        assert number in printed
