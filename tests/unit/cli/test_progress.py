"""A bar only where somebody watches and has waited."""

import io
from collections.abc import Sequence

import pytest

from allycheck.cli import progress


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
