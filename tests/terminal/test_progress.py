"""The line beside long work, in a real terminal: it comes, and leaves nothing behind."""

import sys
from pathlib import Path

import pexpect
import pyte
import pytest

from tests.terminal.real import PATIENCE, environment

WORK = """
import sys, time
from allycheck.cli import outputs, progress
progress.PATIENCE = 0.1
with progress.while_working("Pooling 1,000 sheets", quiet=sys.argv[1:] == ["quiet"]):
    time.sleep(1)
outputs.write("the result\\n")
outputs.talk("the end")
"""
HIDES, SHOWS = "\x1b[?25l", "\x1b[?25h"
"""What a terminal is told to hide the cursor and to show it."""


def watched(folder: Path, *arguments: str, **variables: str) -> str:
    """All that is written to the terminal, the result going to a file."""
    (folder / "work.py").write_text(WORK, "utf-8")
    shell = f'exec "{sys.executable}" work.py {" ".join(arguments)} > out.txt'
    given = environment(PYTHONPATH=str(Path(__file__).parents[2]), **variables)
    child = pexpect.spawn("/bin/sh", ["-c", shell], cwd=folder, env=given, encoding="utf-8", timeout=PATIENCE)
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert (folder / "out.txt").read_text("utf-8") == "the result\n"
    return child.before or ""


def test_it_comes_and_leaves_nothing_behind(tmp_path: Path) -> None:
    written = watched(tmp_path)
    assert "Pooling 1,000 sheets" in written
    assert written.rindex(HIDES) < written.rindex(SHOWS)
    screen = pyte.Screen(80, 24)
    pyte.Stream(screen).feed(written)
    assert "\n".join(row.rstrip() for row in screen.display).strip("\n") == "the end"
    assert screen.display[0].startswith("the end")


@pytest.mark.parametrize(
    ("arguments", "variables"),
    [(["quiet"], {}), ([], {"TERM": "dumb"}), ([], {"TERM": ""}), ([], {"ALLYCHECK_PLAIN": "1"})],
)
def test_it_never_comes_where_it_was_not_wanted(
    arguments: list[str], variables: dict[str, str], tmp_path: Path
) -> None:
    assert watched(tmp_path, *arguments, **variables) == "the end\r\n"
