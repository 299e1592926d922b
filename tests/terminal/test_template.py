"""template in front of a terminal: what is no text is not printed there."""

import os
import pty
import select
import subprocess

from tests.terminal.real import COMMAND

WORKBOOK = [*COMMAND, "template", "--actor", "state", "--format", "xlsform"]


def test_a_workbook_is_not_printed_on_a_terminal() -> None:
    ours, theirs = pty.openpty()
    done = subprocess.run(WORKBOOK, stdout=theirs, stderr=subprocess.PIPE, text=True, check=False)
    printed = select.select([ours], [], [], 0)[0]
    for end in (ours, theirs):
        os.close(end)
    assert printed == []
    assert done.returncode == 2
    assert done.stderr == (
        "error: xlsform is no text that a terminal could show; name a file with -o, such as survey.xlsx\n"
    )


def test_into_a_pipe_it_goes_whole() -> None:
    assert subprocess.run(WORKBOOK, capture_output=True, check=True).stdout.startswith(b"PK")
