"""The answers file of an interview: written after every answer, never over somebody else's work."""

import contextlib
import os
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from allycheck.answers import Answers
from allycheck.errors import AllycheckError, OutputError
from allycheck.language import _
from allycheck.reading import may_wait, read_bytes, read_file
from allycheck.text import printable
from allycheck.writing import OWNER_ONLY, answers_json, answers_text, sweep, write_atomically, write_new

_PATIENCE = 1.0
"""Seconds to wait for another session that is just writing; it needs a few milliseconds."""
_PAUSE = 0.005


class AnswersFile:
    """Where the answers are kept, and what this interview last read from or wrote there.

    `known` is the content of the file as read, None if there was none. A hand-written file is copied before its first
    rewrite, because comments and layout are not kept. `saved` is what the file holds, None while there is none. A path
    that is a link from the start means the file behind it; a link that comes later is somebody else's change.
    """

    def __init__(self, path: str, known: bytes | None = None) -> None:
        self.path = path
        self.saved: Answers | None = None
        self._known = known
        self._hand_written = False
        self._as_json = _wants_json(path)
        self._target = os.path.realpath(path)

    def holds(self, answers: Answers, *, hand_written: bool) -> None:
        """These are the answers that the file was read as."""
        self.saved, self._hand_written = answers, hand_written

    def differs(self, answers: Answers) -> bool:
        """Whether there is anything to write."""
        return answers != self.saved

    def save(self, answers: Answers) -> str:
        """See that the answers are on disk, and return what the person should be told, mostly nothing.

        Raises OutputError where they can't be written; the file is then untouched.
        """
        content, notice = _content_of(answers, as_json=self._as_json), ""
        with _alone_in(Path(self._target).parent):
            is_elsewhere = os.path.realpath(self.path) != self._target
            found = None if is_elsewhere else _content(self._named)
            if is_elsewhere or found not in {None, self._known}:
                notice = self._write_beside(content)
            elif found is None or self.differs(answers):
                notice = self._write(content)
        self.saved = answers
        return notice

    def clear_up(self) -> None:
        """Take away what killed sessions left half written; while nobody else writes here, nothing else is there."""
        with _alone_in(Path(self._target).parent):
            sweep(self.path)

    def put_back(self) -> None:
        """Write again what was saved, if somebody has taken the file away since. Raises OutputError."""
        if self.saved is not None and not os.path.lexists(self.path):
            self.save(self.saved)

    @property
    def _named(self) -> str:
        """The file to read and write, called as the person calls it unless that is a link."""
        return self._target if Path(self.path).is_symlink() else self.path

    def _write(self, content: bytes) -> str:
        notice = ""
        if self._hand_written:
            backup = _written_as_new(_backups(self.path), self._known or b"")
            self._hand_written = False
            notice = _("comments are not kept in {file}; the file as it was is {backup}").format(
                file=printable(self.path), backup=printable(backup)
            )
        _write(self._named, content)
        self._known = content
        return notice

    def _write_beside(self, content: bytes) -> str:
        """Leave the file to whoever changed it, and go on in another one."""
        changed, self.path = self.path, _written_as_new(_conflict_copies(self.path), content)
        self._target, self._known, self._hand_written = os.path.realpath(self.path), content, False
        notice = _("{file} was changed by someone else; your answers are in {other} now")
        return notice.format(file=printable(changed), other=printable(self.path))

    def move_to(self, path: str) -> None:
        """Keep the answers in another, new file from now on. Raises OutputError if there is one."""
        if os.path.lexists(path):
            raise OutputError(_("there is a file already"), printable(path), _("name a new one"))
        self.path, self._known, self._hand_written, self._as_json = path, None, False, _wants_json(path)
        self._target = os.path.realpath(path)


def open_file(path: str) -> tuple[AnswersFile, bytes]:
    """The answers file of a path with its content, empty if there is none yet.

    Raises AllycheckError for anything but a readable, ordinary file.
    """
    target = Path(path)
    if target.exists() and not target.is_file():
        what = _("this is a folder") if target.is_dir() else _("this is not an ordinary file")
        raise AllycheckError(what, printable(path), _("name a file to keep the answers in"))
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
            raise OutputError(_("this is not an ordinary file"), printable(path), _("name another place"))
        return read_file(path)
    except FileNotFoundError:
        return None
    except AllycheckError as error:
        raise OutputError(error.faults) from error
    except OSError as error:
        what = error.strerror.lower() if error.strerror else _("can't be read")
        raise OutputError(what, printable(path), _("name another place")) from error


def _write(path: str, content: bytes) -> None:
    if Path(path).exists() and not os.access(path, os.W_OK):
        raise OutputError(_("this file is read-only"), printable(path), _("name another one"))
    write_atomically(path, content, mode=OWNER_ONLY, through_link=False)


def _backups(path: str) -> Iterator[str]:
    return (f"{path}.bak-{n}" if n > 1 else f"{path}.bak" for n in count(1))


def _conflict_copies(path: str) -> Iterator[str]:
    return (f"{path}.conflict-{n}" for n in count(1))


def _written_as_new(names: Iterator[str], content: bytes) -> str:
    """Write under the first name that nothing has yet, and say which it was."""
    for name in names:
        with contextlib.suppress(FileExistsError):
            write_new(name, content)
            break
    return name


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
