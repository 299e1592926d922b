"""Where output goes: results to standard output as UTF-8, talk to standard error, files written whole or not at all."""

import errno
import os
import shutil
import sys
from collections.abc import Iterable

from allycheck.errors import AllycheckError, OutputError
from allycheck.text import printable

PIPED_WIDTH = 80
NARROWEST, WIDEST = 40, 120


def write(text: str) -> None:
    """Print a result. Raises OutputError where it can't be written; a closed pipe ends quietly with 0."""
    if sys.stdout is None:
        raise OutputError("standard output is closed", hint="name a file with --output")
    try:
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
        sys.stdout.buffer.flush()
    except OSError as error:
        if error.errno == errno.EPIPE:
            _drop_the_rest()
            raise SystemExit(0) from None
        raise failed(error) from error


def failed(error: OSError) -> OutputError:
    """The error to show when standard output can't be written."""
    _drop_the_rest()
    what = f"standard output: {(error.strerror or 'can not be written').lower()}"
    return OutputError(what, hint="free some space or name another place")


def _drop_the_rest(stream: int = 1) -> None:
    # What is still buffered would fail again when Python closes the stream.
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream)


def talk(line: str) -> None:
    """Say something that is not a result; where nobody can hear it, the result and the exit code still count."""
    if sys.stderr is None:
        return
    try:
        print(line, file=sys.stderr, flush=True)
    except OSError:
        _drop_the_rest(2)


def warn(lines: Iterable[str]) -> None:
    """Say what a reader should know, each on a line of its own."""
    for line in lines:
        talk(f"warning: {printable(line)}")


def show_error(error: AllycheckError) -> None:
    """Show every fault of an error, each on a line of its own."""
    for fault in error.faults:
        talk(f"error: {printable(str(fault))}")


def width() -> int:
    """Columns to fill: those of the terminal within reason, 80 where the output goes elsewhere."""
    if sys.stdout is None or not sys.stdout.isatty():
        return PIPED_WIDTH
    return max(NARROWEST, min(shutil.get_terminal_size().columns, WIDEST))


def colour(*, plain: bool) -> bool:
    """Whether to colour: only on a terminal that can, and never against NO_COLOR or --plain."""
    able = sys.stdout is not None and sys.stdout.isatty() and os.environ.get("TERM", "") not in {"", "dumb", "unknown"}
    return able and not plain and not os.environ.get("NO_COLOR")


def is_set(variable: str) -> bool:
    """Whether an environment variable says yes: set, and not "", 0, false or no."""
    return os.environ.get(variable, "").lower() not in {"", "0", "false", "no"}


def plain_wanted(*, plain: bool) -> bool:
    """Whether to write whole sentences: asked for, or the environment of a screen reader says so."""
    return plain or is_set("ALLYCHECK_PLAIN") or is_set("ACCESSIBLE")
