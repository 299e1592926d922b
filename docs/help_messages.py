"""The help of every command as messages for the catalogues: it is written as docstrings, which Babel does not look at.

An extraction method for `cli/app.py`, which knows every command: `docs.help_messages:messages`.
"""

from collections.abc import Iterator
from typing import Any

from babel.messages.extract import extract_python
from typer.main import get_command

from allycheck.cli.app import build
from allycheck.cli.options import AS_IT_STANDS


def messages(file: Any, keywords: Any, comment_tags: Any, options: Any) -> Iterator[tuple[Any, ...]]:
    """The messages that stand in the module, then the help of all commands, each as Babel wants it."""
    yield from extract_python(file, keywords, comment_tags, options)
    for text in dict.fromkeys(helps(get_command(build([])))):
        yield 1, "_", text, []


def helps(command: Any) -> Iterator[str]:
    """The help of a command and of those under it, by paragraphs."""
    yield from (paragraph.removeprefix(AS_IT_STANDS) for paragraph in (command.help or "").split("\n\n") if paragraph)
    for inner in getattr(command, "commands", {}).values():
        yield from helps(inner)
