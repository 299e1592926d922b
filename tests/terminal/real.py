"""The real command in a real terminal: a pty by pexpect, its screen by pyte."""

import ctypes
import os
import re
import shlex
import subprocess
import sys
import time
from pathlib import Path

import pexpect
import pyte

COMMAND = [sys.executable, "-m", "allycheck"]
PASSED_ON = ("PATH", "HOME", "PYTHONPATH", "COVERAGE_PROCESS_START", "SYSTEMROOT")
PR_CAPBSET_DROP, CAP_DAC_OVERRIDE = 24, 1
"""Of Linux: gives a capability up, and the one by which root may write to any file."""
PATIENCE = 15
"""Seconds that a busy machine may take; nothing here waits that long when all is well."""
STARTED = 'questionnaire: alliance-readiness\nversion: "2.0"\nactor: business\nform: full\n'


def environment(**more: str) -> dict[str, str]:
    """A clean environment with a terminal in it; a variable given as "" is left out."""
    kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    whole = kept | {"TERM": "xterm", "LANG": "C.UTF-8"} | more
    return {name: value for name, value in whole.items() if value or name not in more}


def keep_to_permissions() -> None:
    """Make the permissions of files count for root, too, in the program that this process is about to become."""
    if os.geteuid() == 0 and ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0):
        raise PermissionError("root can't be kept from writing here")


class Interview:
    """`allycheck assess` with somebody in front of it."""

    def __init__(
        self,
        folder: Path,
        *arguments: str,
        columns: int = 80,
        rows: int = 24,
        output: str = "",
        shell: bool = False,
        mortal: bool = False,
        **variables: str,
    ) -> None:
        command = [*COMMAND, "assess", *arguments]
        if output:
            command = ["/bin/sh", "-c", f"exec {shlex.join(command)} > {shlex.quote(output)}"]
        typed = shlex.join(command)
        if shell:
            command = ["/bin/bash", "--norc", "--noprofile", "-i"]
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self.screen)
        self.written = ""
        self.child = pexpect.spawn(
            command[0], command[1:], cwd=folder, env=environment(**variables),
            encoding="utf-8", dimensions=(rows, columns), timeout=PATIENCE,
            preexec_fn=keep_to_permissions if mortal else None,
        )  # fmt: skip
        # pexpect waits a little around everything, for programs less patient than this one.
        self.child.delaybeforesend = None
        self.child.delayafterclose = self.child.ptyproc.delayafterclose = 0.02
        if shell:
            self.press(f"{typed}\n")

    @property
    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(row.rstrip() for row in self.screen.display)

    def press(self, keys: str) -> "Interview":
        """Type something."""
        self.child.send(keys)
        return self

    def see(self, wanted: str) -> "Interview":
        """Wait until a text stands on the screen, lines taken together."""
        until = time.monotonic() + PATIENCE
        while wanted not in " ".join(self.text.split()):
            assert time.monotonic() < until, f"never saw {wanted!r} on\n{self.text}"
            self._read()
        return self

    def wait_for(self, wanted: str) -> "Interview":
        """Wait until a text was written since `written` was emptied."""
        until = time.monotonic() + PATIENCE
        while wanted not in self.written:
            assert time.monotonic() < until, f"never wrote {wanted!r}"
            self._read()
        return self

    def _read(self, timeout: float = 0.1) -> bool:
        try:
            text = self.child.read_nonblocking(65536, timeout)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.written += text
        self._stream.feed(text)
        return True

    def resize(self, columns: int, rows: int) -> "Interview":
        """Change the window."""
        self.screen.resize(rows, columns)
        self.child.setwinsize(rows, columns)
        return self

    def end(self) -> int:
        """Wait for the end; the exit code, or the signal below zero."""
        until = time.monotonic() + PATIENCE
        while self._read():
            assert time.monotonic() < until, f"still running with\n{self.text}"
        self.child.wait()
        self.child.close()
        return self.child.exitstatus if self.child.exitstatus is not None else -self.child.signalstatus

    @property
    def last_words(self) -> str:
        """What was said after the screen was put back."""
        return self.written.rsplit("\x1b[?1049l", 1)[-1].replace("\r", "")


def resumable(folder: Path, name: str = "answers.yaml", entries: str = "") -> Path:
    """A started answers file, so that an interview begins at its first open question."""
    path = folder / name
    path.write_text(STARTED + ("answers:\n" + entries if entries else "answers:\n  fairness-check: 2\n"), "utf-8")
    return path


def answered(path: Path) -> dict[str, str]:
    """The answers in a file as they stand there."""
    return dict(re.findall(r"^  ([a-z-]+): (.+)$", path.read_text("utf-8"), re.MULTILINE))


def run(folder: Path, *arguments: str, **options: object) -> "subprocess.CompletedProcess[str]":
    """`allycheck assess` without any terminal."""
    given = {"stdin": subprocess.DEVNULL, "env": environment()} | options
    command = [*COMMAND, "assess", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=60, **given)  # type: ignore[call-overload]
