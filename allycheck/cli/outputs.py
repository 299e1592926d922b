"""Results to files: which format a name asks for, what is never overwritten, writing whole or not at all."""

import contextlib
import errno
import os
import re
import shlex
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from allycheck.cli.languages import for_a_file
from allycheck.errors import AllycheckError, Fault, OutputError, UsageError
from allycheck.language import _
from allycheck.render.formats import BINARY, RESULTS, Format, Kind, format_of, render, suffixes
from allycheck.render.look import PLAIN_HOUSE, UNNAMED, House, Look, Source
from allycheck.text import choices, listing, printable

PIPED_WIDTH = 80
NARROWEST, WIDEST = 40, 120


def write(content: str | bytes) -> None:
    """Print a result. Raises OutputError where it can't be written; a closed pipe ends quietly with 0."""
    if sys.stdout is None:
        raise OutputError(_("standard output is closed"), hint=_("name a file with --output"))
    try:
        sys.stdout.buffer.write(content if isinstance(content, bytes) else content.encode("utf-8", "replace"))
        sys.stdout.buffer.flush()
    except OSError as error:
        if error.errno == errno.EPIPE:
            _drop_the_rest()
            raise SystemExit(0) from None
        raise failed(error) from error


def failed(error: OSError) -> OutputError:
    """The error to show when standard output can't be written."""
    _drop_the_rest()
    what = error.strerror.lower() if error.strerror else _("can't be written")
    return OutputError(what, _("standard output"), hint=_("free some space or name another place"))


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
        talk(_("warning: {what}").format(what=printable(line)))


def show_error(error: AllycheckError) -> None:
    """Show every fault of an error, each on a line of its own."""
    for fault in error.faults:
        talk(_("error: {fault}").format(fault=printable(str(fault))))


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


STDOUT = "-"
SHOWN_TO_PEOPLE = frozenset({Format.TEXT, Format.MARKDOWN})
"""What is read on a terminal, and so in the language of its environment."""
_ANSWERS = r"""(?:^|[{,])[^\S\n]*["']?questionnaire["']?\s*:"""
"""White space before the key stays on its line: from the start of each line to the next, no part is read twice."""
_OTHER_KEY = r"""["']?(answers|actor)["']?\s*:"""
_LARGEST = 10_000_000
"""Bytes of a file that are looked at before it is overwritten; nothing larger is read as answers."""


class Place(NamedTuple):
    """A place to deliver to, "-" for standard output, and the format to deliver there."""

    path: str
    format: Format


def refuse_on_terminal(form: Format | None) -> None:
    """Refuse to print what a terminal can't show. Raises UsageError."""
    if form in BINARY and sys.stdout is not None and sys.stdout.isatty():
        what = _("{format} is no text that a terminal could show").format(format=form)
        hint = _("name a file: with -o, or behind >, such as report.{format}").format(format=form)
        raise UsageError(what, hint=hint)


def places(kind: Kind, paths: Sequence[str] | None, form: Format | None, inputs: Sequence[str | None]) -> list[Place]:
    """Where to deliver what. Raises UsageError with every path that can't be meant, before anything is written."""
    if STDOUT in (paths or [STDOUT]):
        refuse_on_terminal(form)
    found = _places(kind, paths, form, inputs)
    if any(place.path != STDOUT or place.format not in SHOWN_TO_PEOPLE for place in found):
        for_a_file()
    return found


def _places(kind: Kind, paths: Sequence[str] | None, form: Format | None, inputs: Sequence[str | None]) -> list[Place]:
    if not paths:
        return [Place(STDOUT, form or Format.TEXT)]
    able = RESULTS[kind].formats
    faults = [fault for path in paths for fault in _faults(path, paths, form, inputs, able)]
    if faults:
        raise UsageError(list(dict.fromkeys(faults)))
    return [Place(path, form or format_of(path) or Format.TEXT) for path in paths]


def _asks_for_one(path: str) -> bool:
    return path == STDOUT or format_of(path) is not None


def _takes_text(path: str) -> bool:
    """Whether it is a device or a pipe, whose name says nothing about a format."""
    with contextlib.suppress(OSError, ValueError):
        return Path(path).exists() and not Path(path).is_file() and not Path(path).is_dir()
    return False


def _faults(
    path: str, paths: Sequence[str], form: Format | None, inputs: Sequence[str | None], able: Sequence[Format]
) -> Iterator[Fault]:
    where = f"--output {printable(path)}"
    if form is None and not _asks_for_one(path) and not _takes_text(path):
        endings = listing(suffixes(able), "or")
        yield Fault(
            _("no format goes with this name"),
            hint=_("add --format, or end it in {endings}").format(endings=endings),
            where=where,
        )
    if form is None and (asked := format_of(path)) is not None and asked not in able:
        yield Fault(_("this can't be written as {format}").format(format=asked), hint=choices(able), where=where)
    if paths.count(path) > 1:
        yield Fault(_("named twice"), hint=_("one file holds one format"), where=where)
    if any(_same_file(path, other) for other in inputs):
        yield Fault(_("this file is read in the same run"), hint=_("name another one"), where=where)
    elif holds_answers(path):
        yield Fault(
            _("this is an answers file, which a result never replaces"), hint=_("name another one"), where=where
        )


def _same_file(path: str, other: str | None) -> bool:
    try:
        return other is not None and STDOUT not in {path, other} and Path(path).samefile(other)
    except (OSError, ValueError):
        return False


def holds_answers(path: str) -> bool:
    """Whether an existing file is an answers file, also one with faults: people's work, written by nobody else."""
    try:
        if not Path(path).is_file():
            return False
        with Path(path).open("rb") as file:
            content = file.read(_LARGEST)
    except (OSError, ValueError):
        return False
    from allycheck.reading import is_workbook

    if is_workbook(path, content):
        return _workbook_holds_answers(content, path)
    text = content.decode("utf-8-sig", "replace")
    if text.startswith("<"):
        return False  # a page, such as a form, whose scripts know the keys of an answers file
    return re.search(_ANSWERS, text, re.MULTILINE) is not None and _reads_as_answers(text)


def _workbook_holds_answers(content: bytes, path: str) -> bool:
    from allycheck import workbooks

    return bool(content) and workbooks.holds_answers(content, path)


def _reads_as_answers(text: str) -> bool:
    from allycheck.answers import Answers
    from allycheck.reading import parse

    try:
        data = parse(text, "").data
    except AllycheckError:
        # It may be an answers file in the middle of an edit: its keys still stand there.
        return re.search(_OTHER_KEY, text) is not None
    if not isinstance(data, dict) or not isinstance(data.get("questionnaire"), str):
        return False
    return not data.keys().isdisjoint({"answers", "actor"}) or data.keys() <= Answers.model_fields.keys()


def look(path: str = STDOUT, *, plain: bool = False) -> Look:
    """The terminal's width and colours where it is shown there, a page's where it goes to a file."""
    plain = plain_wanted(plain=plain)
    return Look(plain=plain) if path != STDOUT else Look(width(), colour(plain=plain), plain)


def as_typed(file: str, questionnaire: str | None) -> str:
    """The answers as a further command names them; what came through a pipe has no name."""
    named = "FILE" if file == STDOUT else shlex.quote(printable(file))
    return f"{named} --questionnaire {shlex.quote(printable(questionnaire))}" if questionnaire else named


class Manner(NamedTuple):
    """How a result is shown, whatever its format: what `Look` takes of the options, and whether to keep still."""

    plain: bool = False
    quiet: bool = False
    rows: str = "indicators"
    full: bool = False
    source: Source = UNNAMED
    house: House = PLAIN_HOUSE


def show(kind: Kind, result: Any, wanted: Sequence[Place], manner: Manner) -> None:
    """Write a result to every place. Raises OutputError where it can't be written."""
    for place in wanted:
        seen = replace(look(place.path, plain=manner.plain), rows=manner.rows, full=manner.full, source=manner.source)
        seen = replace(seen, house=manner.house, warn=_warn_one)
        deliver(place.path, render(result, place.format, seen, kind), quiet=manner.quiet)


def deliver(path: str, content: str | bytes, *, quiet: bool) -> None:
    """Write to a place, "-" for standard output. Raises OutputError where it can't be written."""
    if path == STDOUT:
        write(content)
    else:
        save(path, content, quiet=quiet)


def _warn_one(remark: str) -> None:
    warn([remark])


def save(path: str, content: str | bytes, mode: int | None = None, *, quiet: bool = False) -> None:
    """Write a file whole or not at all, and say so. Raises OutputError where it can't be written."""
    from allycheck.writing import write_atomically

    write_atomically(path, content, mode=mode)
    if not quiet and Path(path).is_file():
        talk(_("Wrote {path}").format(path=printable(path)))
