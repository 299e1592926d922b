"""The command line as a whole: help, version, start-up, exit codes."""

import importlib.util
import subprocess
import sys

import pytest

from allycheck import __version__
from allycheck.cli.app import COMMANDS
from tests.unit.cli.command import EXAMPLE

NEVER_FOR_HELP = ("yaml", "rich", "jinja2", "allycheck.questionnaire", "allycheck.report", "allycheck.scoring")


def run(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "allycheck", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)


def imported_by(*arguments: str) -> set[str]:
    command = [sys.executable, "-X", "importtime", "-m", "allycheck", *arguments]
    trace = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    return {line.rsplit("|", 1)[1].strip() for line in trace.splitlines() if line.startswith("import time:")}


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["report", "--help"], ["plan", "--help"]])
def test_help_and_version_import_nothing_that_they_do_not_need(arguments: list[str]) -> None:
    assert imported_by(*arguments).isdisjoint(NEVER_FOR_HELP)


def test_version_does_not_even_import_typer() -> None:
    assert "typer" not in imported_by("--version")


def test_what_writes_pdf_and_word_is_loaded_for_them_alone() -> None:
    loaded = imported_by("plan", EXAMPLE, "--target", "60")
    assert "allycheck.render.document.layout" in loaded
    assert loaded.isdisjoint({"typst", "docx", "lxml", "allycheck.render.document.paper"})


def test_version_alone_and_beside_other_options_says_the_same() -> None:
    assert run("--version").stdout == run("--version", "report").stdout == f"allycheck {__version__}\n"


def test_every_command_stands_in_help_and_in_a_module_of_its_name() -> None:
    listed = run("--help").stdout
    assert all(f"  {name} " in listed for name in COMMANDS)
    assert all(importlib.util.find_spec(f"allycheck.cli.{name}") for name in COMMANDS)
    assert len(set(COMMANDS)) == len(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_every_command_shows_examples_in_plain_text(name: str) -> None:
    shown = run(name, "--help")
    assert shown.returncode == 0
    assert f"allycheck {name}" in shown.stdout.split("Options:")[0]
    assert "\x1b" not in shown.stdout
    assert max(map(len, shown.stdout.splitlines())) <= 80


def test_help_is_plain_text_even_where_colour_is_forced() -> None:
    shown = run("--help", env={"FORCE_COLOR": "1", "TERM": "xterm-256color", "PATH": "/usr/bin:/bin"})
    assert "\x1b" not in shown.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([], 2, ""),
        (["reports"], 2, "error: no such command 'reports'; did you mean 'report'? see "),
        (["report"], 2, "error: missing argument 'FILE'; see "),
        (["report", "x.yaml", "--formt", "json"], 2, "error: no such option: --formt; did you mean --format? see "),
        (["report", "x.yaml", "--rows", "pillars"], 2, "error: invalid value for '--rows': 'pillars' is not one of"),
        (
            ["report", "x.yaml", "--format", "jsn"],
            2,
            "error: --format jsn: this can't be written so; did you mean json?",
        ),
        (["questionnaire", "chek"], 2, "error: no such command 'chek'; did you mean 'check'? see "),
        (["schema", "plans"], 2, "error: there is no schema of plans; did you mean plan?"),
        (["report", "no-such-file.yaml"], 3, "no-such-file.yaml: no such file or directory"),
        (["questionnaire", "check", "aliance-readiness"], 3, "did you mean alliance-readiness?"),
        (["questionnaire", "show", "--actor", "busines"], 2, "did you mean business?"),
    ],
)
def test_what_can_not_work_says_so_and_has_its_exit_code(arguments: list[str], code: int, said: str) -> None:
    result = run(*arguments)
    assert (result.returncode, result.stderr.count("Traceback")) == (code, 0)
    assert said in result.stderr
    assert "Error:" not in result.stderr
    assert "Value error" not in result.stderr


def test_a_closed_pipe_ends_quietly() -> None:
    command = f"{sys.executable} -m allycheck questionnaire show | head -n 1; exit ${{PIPESTATUS[0]}}"
    result = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("Alliance readiness")


def test_a_full_disk_is_told_with_exit_code_6() -> None:
    for command in ("questionnaire list", "--help"):
        line = f"{sys.executable} -m allycheck {command} > /dev/full"
        result = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)
        assert result.returncode == 6
        assert result.stderr.startswith("error: standard output: no space left on device")


def test_a_closed_standard_output_is_told_with_exit_code_6() -> None:
    line = f"{sys.executable} -m allycheck questionnaire list >&-"
    result = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (6, "error: standard output is closed; name a file with --output\n")
