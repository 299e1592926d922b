"""The language we speak: every sentence of ours goes through one of these functions (gettext).

A message is a whole sentence with named places, filled in after translation: `_("{trend} lies too low.").format(...)`.
Without a translation the message itself is spoken, and nothing is loaded.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple, Protocol


class Translation(Protocol):
    """What a catalogue of messages gives; `gettext.GNUTranslations` is one."""

    def gettext(self, message: str) -> str:
        """The message in the language."""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The message for a number of things."""

    def pgettext(self, context: str, message: str) -> str:
        """The message where the same words mean different things."""


SOURCE = "en"
"""The language of the messages in the source."""
_RIGHT_TO_LEFT = {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"}
_RIGHT_TO_LEFT_SCRIPTS = {"adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"}


class Speech(NamedTuple):
    """What is spoken: the language of the texts around, its catalogue where it has one, and who asked for it.

    `asked` is the language that somebody asked for, None where a questionnaire's own is to be spoken; `sure` is whether
    it was asked for by name, and not only by the environment.
    """

    code: str = SOURCE
    translation: Translation | None = None
    asked: str | None = None
    sure: bool = False


_SOURCE = Speech()
_speech: ContextVar[Speech] = ContextVar("speech", default=_SOURCE)


def _(message: str) -> str:
    """A sentence or a label in the language that is spoken."""
    spoken = _speech.get().translation
    return spoken.gettext(message) if spoken else message


def ngettext(singular: str, plural: str, n: int) -> str:
    """A sentence that depends on a number, in the language that is spoken."""
    spoken = _speech.get().translation
    if spoken:
        return spoken.ngettext(singular, plural, n)
    return singular if n == 1 else plural


def pgettext(context: str, message: str) -> str:
    """A word whose translation depends on where it stands; the context is never shown."""
    spoken = _speech.get().translation
    return spoken.pgettext(context, message) if spoken else message


def later(message: str) -> str:
    """A message as it is, marked for the catalogues: it is translated where it is used."""
    return message


def spoken() -> Speech:
    """What is spoken now."""
    return _speech.get()


def speak(speech: Speech) -> None:
    """Speak so from here on, to the end of the block of `speaking` around."""
    _speech.set(speech)


@contextmanager
def speaking(speech: Speech | Translation | None) -> Iterator[None]:
    """Speak a language inside a block; None is the language of the source."""
    if not isinstance(speech, Speech):
        speech = Speech(translation=speech)
    token = _speech.set(speech)
    try:
        yield
    finally:
        _speech.reset(token)


def direction(code: str) -> str:
    """How the language is written: ltr, or rtl from the right to the left."""
    language, *more = code.lower().replace("_", "-").split("-")
    scripts = [part for part in more if len(part) == len("Arab")]
    right_to_left = scripts[0] in _RIGHT_TO_LEFT_SCRIPTS if scripts else language in _RIGHT_TO_LEFT
    return "rtl" if right_to_left else "ltr"
