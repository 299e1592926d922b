"""Results to files: which format a name asks for, what is never overwritten, writing whole or not at all."""

import contextlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from allycheck.cli import output
from allycheck.errors import AllycheckError, Fault, UsageError
from allycheck.render.formats import SUFFIXES, Format, format_of
from allycheck.text import listing, printable

STDOUT = "-"
_ANSWERS = r"""(^|[{,])\s*["']?questionnaire["']?\s*:"""
_OTHER_KEY = r"""["']?(answers|actor)["']?\s*:"""
_LARGEST = 10_000_000
"""Characters of a file that are looked at before it is overwritten; nothing larger is read as answers."""


class Target(NamedTuple):
    """A place to write to, "-" for standard output, and the format to write there."""

    path: str
    format: Format


def targets(paths: Sequence[str] | None, form: Format | None, inputs: Sequence[str | None]) -> list[Target]:
    """Where to write what. Raises UsageError with every path that can't be meant, before anything is written."""
    if not paths:
        return [Target(STDOUT, form or Format.TEXT)]
    faults = [fault for path in paths for fault in _faults(path, paths, form, inputs)]
    if faults:
        raise UsageError(list(dict.fromkeys(faults)))
    return [Target(path, form or format_of(path) or Format.TEXT) for path in paths]


def _asks_for_one(path: str) -> bool:
    return path == STDOUT or format_of(path) is not None


def _takes_text(path: str) -> bool:
    """Whether it is a device or a pipe, whose name says nothing about a format."""
    with contextlib.suppress(OSError, ValueError):
        return Path(path).exists() and not Path(path).is_file() and not Path(path).is_dir()
    return False


def _faults(path: str, paths: Sequence[str], form: Format | None, inputs: Sequence[str | None]) -> Iterator[Fault]:
    where = f"--output {printable(path)}"
    if form is None and not _asks_for_one(path) and not _takes_text(path):
        suffixes = listing(SUFFIXES, "or")
        yield Fault("no format goes with this name", hint=f"add --format, or end it in {suffixes}", where=where)
    if paths.count(path) > 1:
        yield Fault("named twice", hint="one file holds one format", where=where)
    if any(_same_file(path, other) for other in inputs):
        yield Fault("this file is read in the same run", hint="name another one", where=where)
    elif holds_answers(path):
        yield Fault("this is an answers file, which a result never replaces", hint="name another one", where=where)


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
        with Path(path).open(encoding="utf-8-sig", errors="replace") as file:
            text = file.read(_LARGEST)
    except (OSError, ValueError):
        return False
    return re.search(_ANSWERS, text, re.MULTILINE) is not None and _reads_as_answers(text)


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


def write(target: Target, text: str) -> None:
    """Write one result. Raises OutputError where it can't be written."""
    if target.path == STDOUT:
        output.write(text)
    else:
        from allycheck.writing import write_atomically

        write_atomically(target.path, text)
