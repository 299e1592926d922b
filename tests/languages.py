"""Languages that nobody speaks, made of every message of the source: what shows without their marks is untranslated."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo

from allycheck import catalogues
from allycheck.language import Speech, speaking

ROOT = Path(__file__).resolve().parents[1]
KEYWORDS = {
    "_": None,
    "later": None,
    "Refused": None,
    "refuse": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
PLACES = re.compile(r"(\{\w*\}|</?b>)")
ACCENTS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "\u00e0\u0183\u00e7\u0111\u00e8\u0192\u011d\u0125\u00ec\u0135\u0137\u013a\u1e3f\u00f1\u00f2\u00fe\u01eb\u0155\u015b\u0167\u00f9\u1e7d\u0175\u1e8b\u00fd\u017e"
    "\u00c0\u0182\u00c7\u0110\u00c8\u0191\u011c\u0124\u00cc\u0134\u0136\u0139\u1e3e\u00d1\u00d2\u00de\u01ea\u0154\u015a\u0166\u00d9\u1e7c\u0174\u1e8a\u00dd\u017d",
)
ARABIC = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "\u0627\u0628\u062a\u062f\u0639\u0641\u063a\u0647\u0650\u062c\u0643\u0644\u0645\u0646\u0648\u062b\u0642\u0631\u0633\u0637\u0621\u0629\u0649\u0634\u064a\u0632"
    * 2,
)
MARKS = {
    "the decimal mark": ",",
    "the mark between groups of three digits": "\u202f",
    "a number as percent": "{number} %",
}
"""Messages that are no words."""
LONGER = 0.4


@cache
def messages() -> list[tuple[str | tuple[str, str], str | None]]:
    """Every message of the source with its context, as Babel finds them."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(str(ROOT), methods, options, KEYWORDS)
    return [(text, context) for _, _, text, _, context in found]


def accented(text: str) -> str:
    """The text with an accent on each letter, and 40% longer."""
    letters = len(PLACES.sub("", text))
    more = "\u00ea" * round(letters * LONGER)
    padded = f"{text} {more}" if letters > 3 and more else text
    return _outside_places(padded, lambda part: part.translate(ACCENTS))


def from_the_right(text: str) -> str:
    """The text in Arabic letters."""
    return _outside_places(text, lambda part: part.translate(ARABIC))


def _outside_places(text: str, change: Callable[[str], str]) -> str:
    return "".join(part if PLACES.fullmatch(part) else change(part) for part in PLACES.split(text))


def write_catalogue(folder: Path, code: str, change: Callable[[str], str]) -> None:
    """A catalogue that has every message of the source, changed."""
    catalogue = Catalog(locale="en")
    for text, context in messages():
        forms = [text] if isinstance(text, str) else list(text)
        said = [MARKS[context] if context in MARKS else change(form) for form in forms]
        catalogue.add(text, said[0] if isinstance(text, str) else tuple(said), context=context)
    path = folder / code / "LC_MESSAGES" / "allycheck.mo"
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_mo(file, catalogue)


@contextmanager
def asked_for(code: str) -> Iterator[None]:
    """As with --language."""
    with speaking(Speech(code, catalogues.translation(code), asked=code, sure=True)):
        yield
