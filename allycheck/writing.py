"""Answers -> YAML or JSON text, and text -> files: whole or not at all."""

import contextlib
import json
import os
import re
import stat
import sys
import tempfile
import time
from pathlib import Path

from allycheck.answers import Answer, Answers
from allycheck.errors import OutputError
from allycheck.fields import is_id
from allycheck.language import _
from allycheck.text import printable

OWNER_ONLY = 0o600
_MARK = "allycheck"
"""Tells our temporary files, which are called `.NAME.allycheck-PROCESS-RANDOM`, from anybody else's."""
_LONGEST_BEGINNING = 100
_OLD = 24 * 60 * 60
"""Seconds after which nobody writes a temporary file any more."""


def write_atomically(path: str, content: str | bytes, *, mode: int | None = None, through_link: bool = True) -> None:
    """Write beside the target, flush to disk, rename. `mode` None keeps to the umask.

    Of a link the file behind it is written, unless not `through_link`: then the link itself is replaced.
    Raises OutputError; the old file is then untouched.
    """
    data = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
    try:
        if Path(path).exists() and not Path(path).is_file():
            Path(path).write_bytes(data)  # a device or a pipe takes the text itself; a renamed file would replace it
        else:
            target = Path(os.path.realpath(path) if through_link else path)
            _replace(target, data, _usual_mode() if mode is None else mode)
    except OSError as error:
        raise _not_written(error, path) from error


def _not_written(error: OSError, path: str) -> OutputError:
    what = error.strerror.lower() if error.strerror else _("can't be written")
    return OutputError(what, printable(path), _("name another place"))


def write_new(path: str, content: bytes) -> None:
    """Write a file that only its owner reads, under a name that nothing has yet, not even a link to nowhere.

    Raises FileExistsError where something has the name, OutputError where it can't be written.
    """
    temporary = None
    try:
        temporary = _written_beside(Path(path), content, OWNER_ONLY)
        _take_name(temporary, Path(path))
        _flush_folder(Path(path).parent)
    except FileExistsError:
        raise
    except OSError as error:
        raise _not_written(error, path) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _take_name(temporary: Path, target: Path) -> None:
    """Give a written file its name unless something has it."""
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise
    except OSError:
        # A file system without hard links: an empty file holds the name until the written one takes its place.
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY))
        temporary.replace(target)


def _replace(target: Path, data: bytes, mode: int) -> None:
    temporary = _written_beside(target, data, mode)
    try:
        temporary.replace(target)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    _flush_folder(target.parent)


def _written_beside(target: Path, data: bytes, mode: int) -> Path:
    """A temporary file in the folder of the target, flushed to disk; the system gives it a name that nothing has."""
    handle, name = tempfile.mkstemp(prefix=f"{_beginning(target)}.{_MARK}-{os.getpid()}-", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(mode)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    return temporary


def _beginning(target: Path) -> str:
    """How the name of a temporary file begins: a name may have 255 bytes, and more has to follow."""
    return "." + target.name.encode("utf-8", "ignore")[:_LONGEST_BEGINNING].decode("utf-8", "ignore")


def sweep(path: str) -> None:
    """Take away what killed processes left half written beside a file; whatever might be anybody else's stays."""
    for target in {Path(path), Path(os.path.realpath(path))}:
        ours = re.compile(rf"{re.escape(_beginning(target))}.*\.{_MARK}-(\d{{1,9}})-\w{{8}}", re.DOTALL)
        with contextlib.suppress(OSError), os.scandir(target.parent) as entries:
            for entry in entries:
                found = ours.fullmatch(entry.name)
                if found and _is_left_over(entry, int(found[1])):
                    Path(entry.path).unlink()


def _is_left_over(entry: "os.DirEntry[str]", writer: int) -> bool:
    """Whether it is a file of this user, no link, whose writer is gone; a number of a process is given out again."""
    try:
        found = entry.stat(follow_symlinks=False)
    except OSError:
        return False
    if not stat.S_ISREG(found.st_mode) or (sys.platform != "win32" and found.st_uid != os.geteuid()):
        return False
    return time.time() - found.st_mtime > _OLD or not _is_running(writer)


def _is_running(process: int) -> bool:
    if sys.platform == "win32":
        return True  # to ask for it by a signal would end it
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _usual_mode() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _flush_folder(folder: Path) -> None:
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def answers_text(answers: Answers, comment: str = "") -> str:
    """An answers file that reads back as the same model, keys in the order of the model."""
    lines = [f"# {printable(line)}".rstrip() for line in comment.splitlines()]
    for key in ("questionnaire", "version", "organisation", "actor", "form", "respondent", "respondents"):
        lines += _pair(key, getattr(answers, key))
    if answers.alliances:
        lines.append(f"alliances: [{', '.join(quoted(name) for name in answers.alliances)}]")
    lines += _pair("date", answers.date)
    lines += _pair("note", answers.note)
    if answers.scope:
        lines += ["scope:", *(f"  {id_text(trend)}: {quoted(reason)}" for trend, reason in answers.scope.items())]
    lines.append("answers:" if answers.answers else "answers: {}")
    for name, answer in answers.answers.items():
        lines.append(f"  {id_text(name)}: {_entry(answer)}".rstrip())
    return "\n".join(lines) + "\n"


def answers_json(answers: Answers) -> str:
    """The same file as JSON, for those whose name asks for it."""
    content = answers.model_dump(exclude_none=True, exclude={"answers", "alliances", "scope"})
    content |= {"alliances": answers.alliances} if answers.alliances else {}
    content |= {"scope": answers.scope} if answers.scope else {}
    content["answers"] = {
        name: answer.answer if answer.is_bare else answer.model_dump(exclude_none=True)
        for name, answer in answers.answers.items()
    }
    text = json.dumps(content, ensure_ascii=False, indent=2)
    # What nobody can see, and what would steer a terminal, is written as an escape.
    shown = (char if char.isprintable() or char == "\n" else json.dumps(char)[1:-1] for char in _whole(text))
    return "".join(shown) + "\n"


def _pair(key: str, value: str | int | None) -> list[str]:
    if value is None:
        return []
    if key in {"questionnaire", "actor"}:
        return [f"{key}: {id_text(str(value))}"]
    bare = key in {"form", "date"} or isinstance(value, int)
    return [f"{key}: {value if bare else quoted(str(value))}"]


def _entry(answer: Answer) -> str:
    value = "" if answer.answer is None else str(answer.answer)
    if answer.is_bare:
        return value
    parts = [f"answer: {value}"] if value else []
    for key in ("reason", "evidence", "comment"):
        text = getattr(answer, key)
        if text is not None:
            parts.append(f"{key}: {quoted(text)}")
    return "{" + ", ".join(parts) + "}"


_NO_TEXT = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}
"""Words that YAML, of one version or the other, reads as something else than text."""


def id_text(name: str) -> str:
    """An id as YAML, in quotes where a reader could take it for nothing, a truth value, a number or a date."""
    return name if is_id(name) and not name[0].isdigit() and name not in _NO_TEXT else quoted(name)


_HALF = re.compile("[\ud800-\udfff]")


def _whole(text: str) -> str:
    """The text as it will be read back: a byte that was no UTF-8, or half a character, becomes U+FFFD."""
    return _HALF.sub("\ufffd", text)


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def quoted(text: str) -> str:
    """A text as a double-quoted YAML scalar on one line, whatever it holds."""
    return '"' + "".join(_escaped(char) for char in _whole(text)) + '"'


def _escaped(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    if char.isprintable():
        return char
    code = ord(char)
    return f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
