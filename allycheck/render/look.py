"""What the reader's side can show."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple


class Position(NamedTuple):
    """A place in a file, counted from 1."""

    line: int
    column: int


class Source(NamedTuple):
    """What a result was made from: the answers as a further command names them, and what is there to go on with.

    `file` is the answers file, empty where they came through a pipe, and `lines` where each answer stands in it, empty
    where nobody asked for that, or where the file has no lines.
    """

    answers: str = "FILE"
    scenarios: bool = False
    file: str = ""
    lines: Mapping[str, Position] = MappingProxyType({})


UNNAMED = Source()


@dataclass(frozen=True, slots=True)
class Look:
    """What the reader's side can show, and what was asked to be shown there."""

    width: int = 80
    colour: bool = False
    plain: bool = False
    rows: str = "indicators"
    full: bool = False
    source: Source = UNNAMED


PAGE = Look()
