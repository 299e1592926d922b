"""A bar or a line only where somebody watches and has waited."""

import io
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest

from allycheck import loading
from allycheck.cli import progress
from tests.unit.cli.small import run, sheet


class Terminal(io.StringIO):
    """Standard error as a terminal."""

    def isatty(self) -> bool:
        return True


def watched(
    monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, *, quiet: bool = False, patience: float = -1.0
) -> tuple[Sequence[int], str]:
    """What comes through, and what is shown meanwhile."""
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setattr(progress, "PATIENCE", patience)
    return list(progress.shown([1, 2, 3], "Reading", quiet=quiet)), stream.getvalue()


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    for name in ("ALLYCHECK_PLAIN", "ACCESSIBLE"):
        monkeypatch.delenv(name, raising=False)


def test_on_a_terminal_it_shows_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    came, seen = watched(monkeypatch, Terminal())
    assert came == [1, 2, 3]
    assert "Reading" in seen
    assert "3/3" in seen


def test_nothing_shows_before_a_second_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    assert watched(monkeypatch, Terminal(), patience=60.0) == ([1, 2, 3], "")


def test_nothing_shows_where_it_goes_elsewhere_or_quiet_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    assert watched(monkeypatch, io.StringIO()) == ([1, 2, 3], "")
    assert watched(monkeypatch, Terminal(), quiet=True) == ([1, 2, 3], "")


@pytest.mark.parametrize(("name", "value"), [("TERM", "dumb"), ("ALLYCHECK_PLAIN", "1")])
def test_nothing_shows_on_a_terminal_that_can_not_or_for_a_screen_reader(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    assert watched(monkeypatch, Terminal()) == ([1, 2, 3], "")


def worked(stream: io.StringIO, monkeypatch: pytest.MonkeyPatch, *, quiet: bool = False, patience: float = 0.0) -> str:
    """What is shown beside work in one piece, which takes until something is, or a moment."""
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setattr(progress, "PATIENCE", patience)
    until = time.monotonic() + (10 if isinstance(stream, Terminal) and not quiet and not patience else 0.1)
    with progress.while_working("Pooling", quiet=quiet):
        while time.monotonic() < until and "Pooling" not in stream.getvalue():
            time.sleep(0.01)
    return stream.getvalue()


def test_beside_work_in_one_piece_a_line_says_what_is_being_done(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Pooling" in worked(Terminal(), monkeypatch)


def test_no_line_shows_where_work_is_soon_done_unwatched_or_to_be_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    assert worked(Terminal(), monkeypatch, patience=60.0) == ""
    assert worked(io.StringIO(), monkeypatch) == ""
    assert worked(Terminal(), monkeypatch, quiet=True) == ""


def test_an_error_comes_through_when_the_line_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", Terminal())
    with pytest.raises(ValueError, match="no"), progress.while_working("Pooling", quiet=False):
        raise ValueError("no")


COMMANDS = {
    "coalition a.yaml b.yaml": "Pooling 2 sheets",
    "merge a.yaml b.yaml": "Merging 2 sheets",
    "compare a.yaml b.yaml": "Comparing 2 sheets",
    "plan a.yaml --target 50": "Planning",
    "report a.yaml --robustness": "Working out the report",
    "explain a.yaml overall": "Working out the report",
}


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("option", ["", "--quiet", "--plain"])
@pytest.mark.parametrize("command", COMMANDS)
def test_what_can_take_long_says_so_and_keeps_still_where_asked_to(
    command: str, option: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[tuple[str, bool]] = []

    @contextmanager
    def noted(what: str, *, quiet: bool) -> Iterator[None]:
        said.append((what, quiet))
        yield

    monkeypatch.setattr(progress, "while_working", noted)
    for name in ("a.yaml", "b.yaml"):
        sheet(name, 1, 2)
    assert run(*command.split(), *option.split()).exit_code == 0
    assert said == [("Reading the questionnaire", bool(option)), (COMMANDS[command], bool(option))]


@pytest.mark.usefixtures("small")
def test_the_questionnaire_of_many_sheets_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read, load = [], loading.load_questionnaire

    def counted(name: str) -> object:
        read.append(name)
        return load(name)

    monkeypatch.setattr(loading, "load_questionnaire", counted)
    assert run("merge", *[sheet(f"{n}.yaml", 1, 2) for n in range(3)]).exit_code == 0
    assert read == ["small.yaml"]
