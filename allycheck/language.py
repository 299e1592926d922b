"""The language we speak: every sentence of ours goes through one of these functions (gettext).

A message is a whole sentence with named places, filled in after translation: `_("{trend} lies too low.").format(...)`.
Without a translation the message itself is spoken, and nothing is loaded.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol


class Translation(Protocol):
    """What a catalogue of messages gives; `gettext.GNUTranslations` is one."""

    def gettext(self, message: str) -> str:
        """The message in the language."""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The message for a number of things."""

    def pgettext(self, context: str, message: str) -> str:
        """The message where the same words mean different things."""


_spoken: ContextVar[Translation | None] = ContextVar("spoken", default=None)


def _(message: str) -> str:
    """A sentence or a label in the language that is spoken."""
    spoken = _spoken.get()
    return spoken.gettext(message) if spoken else message


def ngettext(singular: str, plural: str, n: int) -> str:
    """A sentence that depends on a number, in the language that is spoken."""
    spoken = _spoken.get()
    if spoken:
        return spoken.ngettext(singular, plural, n)
    return singular if n == 1 else plural


def pgettext(context: str, message: str) -> str:
    """A word whose translation depends on where it stands; the context is never shown."""
    spoken = _spoken.get()
    return spoken.pgettext(context, message) if spoken else message


def later(message: str) -> str:
    """A message as it is, marked for the catalogues: it is translated where it is used."""
    return message


@contextmanager
def speaking(translation: Translation | None) -> Iterator[None]:
    """Speak a language inside a block; None is the language of the source."""
    token = _spoken.set(translation)
    try:
        yield
    finally:
        _spoken.reset(token)
