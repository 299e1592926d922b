"""Tab in real shells: what the scripts of `allycheck completion` make of it. There is no PowerShell to try one in."""

import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pyte
import pytest

from tests.terminal.real import COMMAND, PATIENCE, environment

pytestmark = pytest.mark.slow

EXAMPLE = Path(__file__).parents[2] / "questionnaires/joint-venture/examples/materials-parent.yaml"
START = {
    "bash": ["--noprofile", "--rcfile", ".bashrc", "-i"],
    "zsh": ["-i"],
    "fish": ["-i"],
}
SCRIPTS = {
    "bash": ".allycheck.bash",
    "zsh": ".zfunc/_allycheck",
    "fish": ".config/fish/completions/allycheck.fish",
}
SETTINGS = {
    ".bashrc": "PS1='> '; source ~/.allycheck.bash\n",
    ".zshrc": "PS1='> '; fpath=(~/.zfunc $fpath); autoload -Uz compinit; compinit -u\n",
    ".config/fish/config.fish": 'set fish_greeting; function fish_prompt; echo -n "> "; end\n',
}
STEPS = [
    [("allycheck rep\t", "allycheck report")],
    [("allycheck report sheet.yaml --fail-ov\t", "--fail-over"), ("dead\t", "deadlock="), ("60", "=60")],
    [("allycheck report sh\t", "allycheck report sheet.yaml")],
    [("allycheck report --format=js\t", "--format=json")],
    [("allycheck plan sheet.yaml --keep tr\t", "--keep transfer-prices")],
    [("allycheck plan sheet.yaml --target change-and-exit:\t", ":level="), ("pr\t", ":level=practised")],
    [("allycheck report -q joi\t", "-q joint-venture")],
    [("allycheck help questionnaire ch\t", "help questionnaire check")],
    [("allycheck completion po\t", "completion powershell")],
]
"""What is typed on a line, and how the line then ends. The ids are those of the questionnaire of the sheet."""


class Shell:
    """A shell with the script of its completion, and nothing else of anybody's."""

    def __init__(self, name: str, folder: Path) -> None:
        self._screen = pyte.Screen(100, 30)
        self._stream = pyte.Stream(self._screen)
        path = f"{folder / 'tools'}:/usr/bin:/bin"
        self._child = pexpect.spawn(
            shutil.which(name) or name, START[name], cwd=folder, env=environment(HOME=str(folder), PATH=path),
            encoding="utf-8", dimensions=(30, 100), timeout=PATIENCE,
        )  # fmt: skip

    @property
    def line(self) -> str:
        """The line at which one types."""
        return next((row.rstrip() for row in reversed(self._screen.display) if row.startswith(">")), "")

    def see(self, wanted: str) -> None:
        """Wait until the line ends like this."""
        until = time.monotonic() + PATIENCE
        while not self.line.endswith(wanted):
            assert time.monotonic() < until, f"never saw {wanted!r} on\n" + "\n".join(self._screen.display).rstrip()
            self._read()

    def type(self, keys: str) -> None:
        """Type something."""
        self._child.send(keys)

    def clear(self) -> None:
        """Take back what stands on the line."""
        self.type("\x15")
        until = time.monotonic() + PATIENCE
        while self.line != ">":
            assert time.monotonic() < until, f"never empty: {self.line}"
            self._read()

    def _read(self) -> None:
        try:
            self._stream.feed(self._child.read_nonblocking(65536, 0.1))
        except pexpect.TIMEOUT:
            return

    def close(self) -> None:
        """End it."""
        self._child.close(force=True)


@pytest.fixture(params=sorted(START))
def shell(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shell]:
    """Each shell that is there, in a home of its own."""
    name = request.param
    if shutil.which(name) is None:
        pytest.skip(f"no {name} here; .ci/run installs it where it may")
    script = subprocess.run([*COMMAND, "completion", name], capture_output=True, text=True, check=True).stdout
    tool = f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m allycheck "$@"\n'
    sheet = EXAMPLE.read_text(encoding="utf-8")
    for file, text in {SCRIPTS[name]: script, "tools/allycheck": tool, "sheet.yaml": sheet, **SETTINGS}.items():
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(text, encoding="utf-8")
    (tmp_path / "tools/allycheck").chmod(0o755)
    started = Shell(name, tmp_path)
    started.see(">")
    yield started
    started.close()


def test_a_tab_completes_commands_options_ids_and_files(shell: Shell) -> None:
    for steps in STEPS:
        for keys, line in steps:
            shell.type(keys)
            shell.see(line)
        shell.clear()


def test_a_questionnaire_cannot_make_the_shell_run_anything(shell: Shell, tmp_path: Path) -> None:
    evil = 'trends:\n- id: fine-one\n  title: "\\$(touch ran) `touch ran`"\n- id: fine-two\n  title: "$(touch ran)"\n'
    (tmp_path / "evil.yaml").write_text(evil, encoding="utf-8")
    shell.type("allycheck assess -q evil.yaml --only fi\t")
    shell.see("--only fine-")
    shell.type("tw\t")
    shell.see("--only fine-two")
    assert not (tmp_path / "ran").exists()
