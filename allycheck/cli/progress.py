"""How far a long piece of work is: on standard error, where somebody watches and it takes more than a second."""

import os
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from allycheck.cli.outputs import plain_wanted

PATIENCE = 1.0
"""Seconds after which it shows."""
Entry = TypeVar("Entry")


def shown(entries: Sequence[Entry], what: str, *, quiet: bool) -> Iterator[Entry]:
    """The entries one by one, with a bar once they take long; it goes when they are done."""
    begun = time.monotonic()
    for at, entry in enumerate(entries):
        if time.monotonic() - begun > PATIENCE and _is_watched(quiet=quiet):
            yield from _with_bar(entries, at, what)
            return
        yield entry


@contextmanager
def while_working(what: str, *, quiet: bool) -> Iterator[None]:
    """Say what is being done, and for how long, once it takes long; it goes when that is done.

    For work in one piece, which knows nothing of a terminal: a thread beside it watches the time.
    """
    if not _is_watched(quiet=quiet):
        yield
        return
    done = threading.Event()
    beside = threading.Thread(target=_say_until, args=(done, what), daemon=True)
    beside.start()
    try:
        yield
    finally:
        done.set()
        beside.join()


def _is_watched(*, quiet: bool) -> bool:
    if quiet or plain_wanted(plain=False) or sys.stderr is None or not sys.stderr.isatty():
        return False
    return os.environ.get("TERM", "") not in {"", "dumb", "unknown"}


def _with_bar(entries: Sequence[Entry], done: int, what: str) -> Iterator[Entry]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=len(entries), completed=done)
        for entry in entries[done:]:
            yield entry
            bar.advance(task)


def _say_until(done: threading.Event, what: str) -> None:
    if done.wait(PATIENCE):
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as line:
        line.add_task(what, total=None)
        done.wait()
