"""How far a long piece of work is: a bar on standard error, where somebody watches and it takes more than a second."""

import os
import sys
import time
from collections.abc import Iterator, Sequence
from typing import TypeVar

from allycheck.cli.outputs import plain_wanted

PATIENCE = 1.0
"""Seconds after which the bar shows."""
Entry = TypeVar("Entry")


def shown(entries: Sequence[Entry], what: str, *, quiet: bool) -> Iterator[Entry]:
    """The entries one by one, with a bar once they take long; it goes when they are done."""
    begun = time.monotonic()
    for at, entry in enumerate(entries):
        if time.monotonic() - begun > PATIENCE and _is_watched(quiet=quiet):
            yield from _with_bar(entries, at, what)
            return
        yield entry


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
