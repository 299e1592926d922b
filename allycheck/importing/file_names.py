"""What the answers of a response are called as a file: by organisation and respondent, safe on every file system."""

import unicodedata
from collections.abc import Iterator

from allycheck.answers import Answers

NAMELESS = "answers"
_MOST_BYTES = 80
"""Of the organisation's part and of the respondent's: together far below the 255 that a name may have."""
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
"""What Windows takes for devices, whatever stands behind the dot."""


def file_names(answers: Answers) -> Iterator[str]:
    """Names for the file, the best first; the later ones end in -2, -3 and so on."""
    stem = _stem(answers)
    yield f"{stem}.yaml"
    number = 2
    while True:
        yield f"{stem}-{number}.yaml"
        number += 1


def _stem(answers: Answers) -> str:
    parts = [_slug(text) for text in (answers.organisation, answers.respondent) if text]
    stem = "-".join(part for part in parts if part) or NAMELESS
    return f"{stem}-{NAMELESS}" if stem in _RESERVED else stem


def _slug(text: str) -> str:
    """Its letters and digits, of whatever script, in small letters, with a hyphen where anything else stood."""
    small = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold())
    kept = "".join(char if char.isalnum() or unicodedata.category(char)[0] == "M" else " " for char in small)
    short = "-".join(kept.split()).encode("utf-8", "ignore")[:_MOST_BYTES].decode("utf-8", "ignore")
    return short.strip("-")
