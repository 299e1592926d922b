"""How a scalar of a file is read: by its field, never by YAML's guess.

A file arrives as text only: `Plain` for an unquoted scalar, `str` for a quoted one, None for an empty value.
Models built in code pass ordinary Python values instead.
"""

import re
from fractions import Fraction
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainValidator, WithJsonSchema

from allycheck.language import _
from allycheck.numbers import parse_decimal

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
VERSION_PATTERN = r"^[0-9]+(\.[0-9]+)*$"
DATE_PATTERN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
LONGEST_VERSION = 30
UNNAMED = "?"
"""Begins a name, legal nowhere, that stands in for one which a faulty file lacks, so that the rest can be checked."""
_ID = re.compile(ID_PATTERN[1:-1])
_VERSION = re.compile(VERSION_PATTERN[1:-1])
_DECIMAL_SCHEMA = {
    "anyOf": [
        {"type": "number", "minimum": 0},
        {"type": "string", "pattern": r"^[0-9]+(\.[0-9]+)?$"},
    ]
}


class Plain(str):
    """A scalar that stood in its file without quotes."""

    __slots__ = ()


class Model(BaseModel):
    """What every model of a file shares: unknown keys are refused, nothing changes after reading.

    `replaced` has the keys of an earlier edition, each with what to write instead.
    """

    replaced: ClassVar[dict[str, str]] = {}
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True, protected_namespaces=())


def is_id(text: str) -> bool:
    """Whether the text may serve as an id: lower-case words joined by single hyphens."""
    return _ID.fullmatch(text) is not None


def is_version(text: str) -> bool:
    """Whether the text is numbers joined by dots."""
    return len(text) <= LONGEST_VERSION and _VERSION.fullmatch(text) is not None


def version_key(version: str) -> tuple[int, ...]:
    """Versions in order: 1.10 comes after 1.9, and 1 equals 1.0."""
    numbers = [int(part) for part in version.split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def read_decimal(value: Any) -> Fraction:
    """Read an exact number of at least 0. Raises ValueError for booleans, floats, exponents, signs."""
    if isinstance(value, Fraction) or (isinstance(value, int) and not isinstance(value, bool)):
        if value < 0:
            raise ValueError(_("must not be negative"))
        return Fraction(value)
    if not isinstance(value, str):
        raise ValueError(_("must be a number"))  # noqa: TRY004 - pydantic turns ValueError into a fault
    if value.startswith("-"):
        raise ValueError(_("must not be negative"))
    return parse_decimal(value)


def _read_flag(value: Any) -> Any:
    if isinstance(value, Plain) and value in {"true", "false"}:
        return value == "true"
    if isinstance(value, bool):
        return value
    raise ValueError(_("must be true or false, without quotes"))


def _read_whole(value: Any) -> Any:
    if isinstance(value, Plain) and re.fullmatch("[0-9]{1,9}", value):
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise ValueError(_("must be a whole number, without quotes"))


Decimal = Annotated[Fraction, PlainValidator(read_decimal), WithJsonSchema(_DECIMAL_SCHEMA)]
Flag = Annotated[bool, BeforeValidator(_read_flag)]
Whole = Annotated[int, BeforeValidator(_read_whole)]
Id = Annotated[str, WithJsonSchema({"type": "string", "pattern": ID_PATTERN})]
Version = Annotated[
    str,
    WithJsonSchema({"anyOf": [{"type": "string", "pattern": VERSION_PATTERN}, {"type": "number"}]}),
]
