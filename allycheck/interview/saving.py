"""The answers file of an interview: written after every answer, never over somebody else's work."""

import contextlib
import os
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from allycheck.answers import Answers
from allycheck.errors import AllycheckError, OutputError
from allycheck.reading import may_wait, read_bytes, read_file
from allycheck.text import printable
from allycheck.writing import OWNER_ONLY, answers_json, answers_text, write_atomically

_PATIENCE = 1.0
"""Seconds to wait for another session that is just writing; it needs a few milliseconds."""
_PAUSE = 0.005


class AnswersFile:
    """Where the answers are kept, and what this interview last read from or wrote there.

    `known` is the content of the file as read, None if there was none. A hand-written file is copied before its first
    rewrite, because comments and layout are not kept. `saved` is what the file holds, None while there is none.
    """

    def __init__(self, path: str, known: bytes | None = None) -> None:
        self.path = path
        self.saved: Answers | None = None
        self._known = known
        self._hand_written = False
        self._as_json = _wants_json(path)

    def holds(self, answers: Answers, *, hand_written: bool) -> None:
        """These are the answers that the file was read as."""
        self.saved, self._hand_written = answers, hand_written

    def differs(self, answers: Answers) -> bool:
        """Whether there is anything to write."""
        return answers != self.saved

    def save(self, answers: Answers) -> str:
        """Write the answers and return what the person should be told, mostly nothing.

        Raises OutputError where they can't be written; the file is then untouched.
        """
        notice = ""
        content = _content_of(answers, as_json=self._as_json)
        if content != self._known:
            with _alone_in(Path(self.path).parent):
                notice = self._write(content)
        self.saved = answers
        return notice

    def _write(self, content: bytes) -> str:
        notice = ""
        if _content(self.path) not in {None, self._known}:
            changed, self.path = self.path, _free_name(self.path)
            self._hand_written = False
            notice = f"{printable(changed)} was changed by someone else; your answers are in {printable(self.path)} now"
        if self._hand_written:
            backup = f"{self.path}.bak"
            _write(backup, self._known or b"")
            self._hand_written = False
            notice = f"comments are not kept in {printable(self.path)}; the file as it was is {printable(backup)}"
        _write(self.path, content)
        self._known = content
        return notice

    def move_to(self, path: str) -> None:
        """Keep the answers in another, new file from now on. Raises OutputError if there is one."""
        if _content(path) is not None:
            raise OutputError("there is a file already", printable(path), "name a new one")
        self.path, self._known, self._hand_written, self._as_json = path, None, False, _wants_json(path)


def open_file(path: str) -> tuple[AnswersFile, bytes]:
    """The answers file of a path with its content, empty if there is none yet.

    Raises AllycheckError for anything but a readable, ordinary file.
    """
    target = Path(path)
    if target.exists() and not target.is_file():
        what = "this is a folder" if target.is_dir() else "this is not an ordinary file"
        raise AllycheckError(what, printable(path), "name a file to keep the answers in")
    content = read_bytes(path) if target.exists() else _content(path)
    return AnswersFile(path, content), content or b""


def is_hand_written(content: bytes, answers: Answers, path: str) -> bool:
    """Whether a file holds more than the answers read from it: comments, or another layout."""
    return content != _content_of(answers, as_json=_wants_json(path))


def _content_of(answers: Answers, *, as_json: bool) -> bytes:
    return (answers_json(answers) if as_json else answers_text(answers)).encode("utf-8", "replace")


def _wants_json(path: str) -> bool:
    return Path(path).suffix.lower() == ".json"


def _content(path: str) -> bytes | None:
    try:
        if may_wait(path):
            raise OutputError("this is not an ordinary file", printable(path), "name another place")
        return read_file(path)
    except FileNotFoundError:
        return None
    except AllycheckError as error:
        raise OutputError(error.faults) from error
    except OSError as error:
        raise OutputError((error.strerror or "can't be read").lower(), printable(path), "name another place") from error


def _write(path: str, content: bytes) -> None:
    if Path(path).exists() and not os.access(path, os.W_OK):
        raise OutputError("this file is read-only", printable(path), "name another one")
    write_atomically(path, content, mode=OWNER_ONLY)


def _free_name(path: str) -> str:
    return next(name for n in count(1) if not Path(name := f"{path}.conflict-{n}").exists())


@contextlib.contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Keep two sessions from writing at the same moment, where the system has locks; they vanish with the process."""
    try:
        import fcntl

        handle = os.open(folder, os.O_RDONLY)
    except (ImportError, OSError):
        yield
        return
    try:
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                time.sleep(_PAUSE)
            except OSError:
                break
        yield
    finally:
        os.close(handle)
