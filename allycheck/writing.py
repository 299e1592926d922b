"""Answers -> YAML or JSON text, and text -> files: whole or not at all."""

import contextlib
import json
import os
import re
import tempfile
from pathlib import Path

from allycheck.answers import Answer, Answers
from allycheck.errors import OutputError
from allycheck.fields import is_id
from allycheck.text import printable

OWNER_ONLY = 0o600


def write_atomically(path: str, content: str | bytes, *, mode: int | None = None) -> None:
    """Write beside the target, flush to disk, rename. `mode` None keeps to the umask.

    Raises OutputError; the old file is then untouched.
    """
    data = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
    try:
        if Path(path).exists() and not Path(path).is_file():
            Path(path).write_bytes(data)  # a device or a pipe takes the text itself; a renamed file would replace it
        else:
            _replace(Path(os.path.realpath(path)), data, _usual_mode() if mode is None else mode)
    except OSError as error:
        raise OutputError(
            (error.strerror or "can't be written").lower(), printable(path), "name another place"
        ) from error


def _replace(target: Path, data: bytes, mode: int) -> None:
    handle, temporary = tempfile.mkstemp(prefix=f".{target.name[:100]}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(mode)
        Path(temporary).replace(target)
    except OSError:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise
    _flush_folder(target.parent)


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
    lines.append("answers:" if answers.answers else "answers: {}")
    for name, answer in answers.answers.items():
        lines.append(f"  {id_text(name)}: {_entry(answer)}".rstrip())
    return "\n".join(lines) + "\n"


def answers_json(answers: Answers) -> str:
    """The same file as JSON, for those whose name asks for it."""
    content = answers.model_dump(exclude_none=True, exclude={"answers", "alliances"})
    content |= {"alliances": answers.alliances} if answers.alliances else {}
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
