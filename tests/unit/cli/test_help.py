"""help: what --help says, what it says of the environment, how wide, and the manual pages made of it."""

import ast
import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pexpect
import pytest

from allycheck.cli import help as page
from allycheck.cli.app import COMMANDS
from allycheck.errors import AllycheckError
from docs.make_man import FOLDER, pages
from tests.unit.cli.command import ROOT, allycheck

READERS = {"get", "getenv", "is_set", "_says_yes", "setdefault"}
"""What the code calls to look at a variable of the environment."""


@pytest.mark.parametrize("words", [(), ("report",), ("questionnaire",), ("questionnaire", "check"), ("help",)])
def test_help_of_a_command_is_what_its_own_option_says(words: tuple[str, ...]) -> None:
    told = allycheck("help", *words)
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout == allycheck(*words, "--help").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("repot",), "no such command 'repot'; did you mean report?"),
        (("enviroment",), "no such command 'enviroment'; did you mean environment?"),
        (("questionnaire", "chek"), "no such command 'chek'; did you mean check?"),
        (("report", "x"), "allycheck report has no commands of its own; see allycheck report --help"),
    ],
)
def test_a_word_that_is_no_command_is_told_with_the_nearest(words: tuple[str, ...], said: str) -> None:
    told = allycheck("help", *words)
    assert (told.returncode, told.stdout, told.stderr) == (2, "", f"error: {said}\n")


def test_a_short_option_shows_the_version_without_loading_more_than_the_long_one() -> None:
    assert allycheck("-V").stdout == allycheck("--version").stdout
    trace = [sys.executable, "-X", "importtime", "-m", "allycheck", "-V"]
    assert "typer" not in subprocess.run(trace, capture_output=True, text=True, check=True).stderr


def test_every_exit_code_is_named() -> None:
    raised = {kind.exit_code for kind in (AllycheckError, *AllycheckError.__subclasses__())}
    assert raised | {0, 4, 129, 130, 143} == set(page.exit_codes())
    told = allycheck("help", "environment").stdout
    assert all(re.search(rf"^  {code} +\w", told, re.MULTILINE) for code in page.exit_codes())


def looked_at() -> set[str]:
    """Every variable of the environment that the code names where it looks at one."""
    found = set()
    for path in (ROOT / "allycheck").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in READERS:
                found |= {one.value for one in node.args if isinstance(one, ast.Constant)}
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
                found.add(node.value.value)
    return {name for name in found if isinstance(name, str) and re.fullmatch(r"_?[A-Z][A-Z_]+", name)}


def test_every_variable_that_the_code_looks_at_is_named() -> None:
    names = looked_at()
    assert {"NO_COLOR", "TERM", "CI", "ALLYCHECK_PLAIN", "ACCESSIBLE", "_ALLYCHECK_COMPLETE"} <= names
    assert names <= set(page.variables())
    told = allycheck("help", "environment").stdout
    assert all(f"  {name} " in told for name in names)


def test_no_variable_is_named_that_nothing_looks_at() -> None:
    code = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "allycheck").rglob("*.py") if path.name != "help.py"
    )
    read_by_python = {"COLUMNS"}
    assert [name for name in page.variables() if f'"{name}"' not in code and name not in read_by_python] == []


def help_in_a_terminal(columns: int, **more: str) -> list[str]:
    command = [*("-m", "allycheck", "help", "report")]
    surroundings = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "TERM": "xterm"} | more
    child = pexpect.spawn(
        sys.executable, command, env=surroundings, dimensions=(30, columns), encoding="utf-8", timeout=30
    )
    child.expect(pexpect.EOF)
    return child.before.splitlines()


def test_help_wraps_to_the_window() -> None:
    narrow, wide = help_in_a_terminal(60), help_in_a_terminal(110)
    prose = "Print the tailored report of an answers file; with gates, exit with 4 if one fails."
    assert f"  {prose}" in wide
    assert f"  {prose}" not in narrow
    assert max(len(line) for line in narrow if "allycheck report" not in line and "[text|" not in line) <= 60
    assert help_in_a_terminal(60, COLUMNS="110") == wide


def test_help_is_80_wide_where_no_terminal_is() -> None:
    for columns in ("40", "200"):
        command = [sys.executable, "-m", "allycheck", "help", "plan"]
        told = subprocess.run(
            command, capture_output=True, text=True, check=True, env=os.environ | {"COLUMNS": columns}
        ).stdout
        assert told == allycheck("help", "plan").stdout
        assert 70 < max(map(len, told.splitlines())) <= 80


def test_every_command_that_says_more_than_its_result_can_be_quiet() -> None:
    asks = {"assess"}  # what it says is the interview, and where the answers are kept
    only_prints = {"questionnaire", "schema", "completion", "help"}
    for name in set(COMMANDS) - asks - only_prints:
        assert "--quiet" in allycheck(name, "--help").stdout, name
    assert "--quiet" in allycheck("questionnaire", "check", "--help").stdout


# Manual pages


PINNED = f"typer=={version('typer')}\n" in (ROOT / "constraints.txt").read_text(encoding="utf-8")


@pytest.mark.skipif(not PINNED, reason="another typer than that of constraints.txt words some help differently")
def test_the_manual_pages_are_those_of_the_commands_as_they_are() -> None:
    kept = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}
    assert kept == pages(), "renew them: python -m docs.make_man"


def test_there_is_a_page_for_every_command() -> None:
    assert {"allycheck.1", "allycheck-questionnaire-check.1", *(f"allycheck-{name}.1" for name in COMMANDS)} <= set(
        pages()
    )


def test_a_page_says_what_help_says() -> None:
    told = pages()["allycheck-report.1"]
    for part in (
        ".SH NAME",
        ".SH SYNOPSIS",
        ".SH EXAMPLES",
        "\\-\\-fail\\-under",
        "allycheck report answers.yaml \\-\\-brief",
    ):
        assert part in told
    assert all(name in pages()["allycheck.1"] for name in page.variables())


@pytest.mark.skipif(shutil.which("mandoc") is None, reason="no mandoc here")
def test_mandoc_finds_nothing_wrong_with_them() -> None:
    files = sorted(str(path) for path in FOLDER.iterdir())
    told = subprocess.run(["mandoc", "-Tlint", "-Wwarning", *files], capture_output=True, text=True, check=False)
    # The date of a page would be that of the day on which it was made.
    assert [line for line in told.stdout.splitlines() if "missing date" not in line] == []


@pytest.mark.skipif(shutil.which("man") is None, reason="no man here")
def test_man_shows_them_without_a_warning(tmp_path: Path) -> None:
    for path in sorted(FOLDER.iterdir()):
        command = ["man", "--warnings", "-Tutf8", "-l", str(path)]
        surroundings = os.environ | {"LC_ALL": "C.UTF-8", "MANWIDTH": "80", "HOME": str(tmp_path)}
        told = subprocess.run(command, capture_output=True, text=True, check=True, env=surroundings)
        assert told.stderr == ""
        assert "allycheck manual" in told.stdout
