"""Catalogues of messages on disk: which languages there are, and the one that is to be spoken.

A language is named as BCP 47 does it (`pt-BR`) or as gettext does (`pt_BR`); a region falls back to its language.
"""

import re
from pathlib import Path

from allycheck.language import SOURCE, Translation

FOLDER = Path(__file__).parent / "languages"
DOMAIN = "allycheck"
_CODE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


def is_code(text: str) -> bool:
    """Whether the text could name a language."""
    return _CODE.fullmatch(text) is not None


def tag(code: str) -> str:
    """The language as pages name it: pt-BR."""
    return code.replace("_", "-")


def candidates(code: str) -> list[str]:
    """The names under which texts in a language may be kept, the nearest first: pt-BR, pt_BR, pt."""
    return list(dict.fromkeys([code, tag(code), code.replace("-", "_"), re.split("[-_]", code)[0]]))


def same(one: str, other: str) -> bool:
    """Whether texts in one language need no translation into the other."""
    return tag(other).lower() == tag(one).lower() or other.lower() == candidates(one)[-1].lower()


def translation(code: str) -> Translation | None:
    """The catalogue of a language; None where there is none, and for the language of the source."""
    if same(code, SOURCE):
        return None
    for name in candidates(code):
        path = FOLDER / name / "LC_MESSAGES" / f"{DOMAIN}.mo"
        if path.is_file():
            from gettext import GNUTranslations

            with path.open("rb") as file:
                return GNUTranslations(file)
    return None


def languages() -> list[str]:
    """The languages that can be spoken whatever the questionnaire."""
    return [SOURCE, *sorted(tag(path.parent.parent.name) for path in FOLDER.glob(f"*/LC_MESSAGES/{DOMAIN}.mo"))]
