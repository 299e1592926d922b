"""Small things about text that every layer needs: safe to print, nearest word, lists and counts in words."""

import difflib
import re
import unicodedata
from bisect import bisect
from collections.abc import Collection, Iterable, Sequence
from typing import Literal, Protocol

from allycheck.language import _, ngettext, pgettext

_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_JOINERS = {"\u200c", "\u200d"}  # needed inside Persian and Hindi words and in emoji
_SUSPECT = re.compile(r"[^ -~]")
LONGEST_WORD = 80
_MANY, _BESIDE = 200, 20


def printable(text: str) -> str:
    """The text on one line, safe for any terminal or page.

    Control characters, escapes and direction overrides become visible or vanish; line breaks become spaces.
    Letters of every script and emoji stay as they are.
    """
    if not _SUSPECT.search(text):
        return text
    return "".join(_shown(char) for char in text)


def _shown(char: str) -> str:
    if char in "\t\n\r\u0085\u2028\u2029":
        return " "
    if char < " ":
        return chr(0x2400 + ord(char))
    if char == "\x7f":
        return "\u2421"
    if unicodedata.category(char) in _HIDDEN and char not in _JOINERS:
        return "" if unicodedata.category(char) == "Cf" else "\ufffd"
    return char


def clean(text: str | None) -> str | None:
    """A text of the user's on one line and safe to print; None if nothing is left."""
    return printable(text).strip() or None if text else None


def folded(name: str | None) -> str:
    """What tells one name from another: case and white space do not. Empty where there is no name."""
    return " ".join((name or "").split()).casefold()


def hides_something(text: str) -> bool:
    """Whether the text holds characters that a reader could not see, apart from line breaks and tabs."""
    return not text.isprintable() and any(
        unicodedata.category(char) in _HIDDEN and char not in _JOINERS and char not in "\t\n\r" for char in set(text)
    )


def shown(word: str) -> str:
    """A word of a user's as a message shows it: printable, and cut where it goes on and on."""
    return printable(word if len(word) <= LONGEST_WORD else f"{word[:LONGEST_WORD]}...")


def nearest(word: str, known: Iterable[str]) -> str:
    """The hint "did you mean X?" for the closest known word, or nothing."""
    word, words = printable(word)[:80], list(known)
    if len(words) > _MANY:
        # Comparing with thousands takes long: those that begin alike stand beside it in order.
        words.sort()
        place = bisect(words, word)
        words = words[max(0, place - _BESIDE) : place + _BESIDE]
    found = difflib.get_close_matches(word, words, n=1, cutoff=0.6)
    return _("did you mean {word}?").format(word=found[0]) if found else ""


def hint(word: str, known: Collection[str], otherwise: str | None = None) -> str:
    """What could be meant by an unknown word: the nearest known one, else `otherwise`, which is all that are known."""
    return nearest(word, known) or (choices(known) if otherwise is None else otherwise)


def choices(known: Collection[str]) -> str:
    """All the words that could be used."""
    return _("use {words}").format(words=listing(known, "or")) if known else _("this questionnaire has none")


def listing(words: Iterable[str], last: Literal["and", "or", "then"] = "and") -> str:
    """The words as a sentence lists them: a, b and c."""
    items = list(words)
    if len(items) < 2:
        return "".join(items)
    joined = {
        "and": pgettext("list", "{items} and {last}"),
        "or": pgettext("list", "{items} or {last}"),
        "then": pgettext("list", "{items} then {last}"),
    }[last]
    return joined.format(items=commas(items[:-1]), last=items[-1])


def commas(words: Iterable[str]) -> str:
    """The words one after the other: a, b, c."""
    return pgettext("between the entries of a list", ", ").join(words)


def semicolons(words: Iterable[str]) -> str:
    """Longer parts one after the other: a b; c d."""
    return pgettext("between the longer entries of a list", "; ").join(words)


def sentences(words: Iterable[str]) -> str:
    """Whole sentences one after the other; what is empty is left out."""
    return pgettext("between two sentences", " ").join(filter(None, words))


def bracketed(text: str, aside: str) -> str:
    """A text with another in brackets behind it: a (b); alone where there is no other."""
    if not aside:
        return text
    return pgettext("a text with another behind it", "{text} ({aside})").format(text=text, aside=aside)


def full_stop(text: str) -> str:
    """The text as a sentence that ends here."""
    return pgettext("a sentence", "{text}.").format(text=text)


def colon(lead: str) -> str:
    """The text before what is said about it."""
    return pgettext("before what is said about it", "{lead}:").format(lead=lead)


def told(lead: str, text: str) -> str:
    """Something with what is said about it: a: b."""
    return pgettext("something with what is said about it", "{lead}: {text}").format(lead=lead, text=text)


def first_of(words: Sequence[str], most: int) -> str:
    """As `listing`, with the rest of a long list as a number: a, b and 3 more."""
    if len(words) <= most:
        return listing(words)
    more = len(words) - most
    rest = ngettext("{number} more", "{number} more", more).format(number=more)
    return listing([*words[:most], rest])


def count(number: int, one: str, many: str = "") -> str:
    """A count with its noun: 1 answer, 2 answers."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def capitalised(text: str) -> str:
    """The text with a capital letter at its beginning, the rest as it is."""
    return text[:1].upper() + text[1:]


class Coded(Protocol):
    """An indicator, or whatever stands for one in a result."""

    @property
    def code(self) -> str:
        """The short code, such as FC1."""

    @property
    def name(self) -> str:
        """The name; the code again where it has no other."""


def label(item: Coded) -> str:
    """An indicator's code and name; the code alone where it has no other name."""
    return item.code if item.name == item.code else f"{item.code} {item.name}"
