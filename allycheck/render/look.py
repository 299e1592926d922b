"""What the reader's side can show."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
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


class House(NamedTuple):
    """A house style: the paths of a Typst and of a Word template, and of a folder of fonts; empty where there is none.

    Typst takes fonts from the folder alone, beside its own.
    """

    typst: str = ""
    word: str = ""
    fonts: str = ""


PLAIN_HOUSE = House()


def unheard(_remark: str) -> None:
    """Where nobody is told what a reader should know about how a result was written."""


@dataclass(frozen=True, slots=True)
class Look:
    """What the reader's side can show, and what was asked to be shown there.

    `warn` takes what has to be known about how a result was written, such as letters that no font has.
    """

    width: int = 80
    colour: bool = False
    plain: bool = False
    rows: str = "indicators"
    full: bool = False
    source: Source = UNNAMED
    house: House = PLAIN_HOUSE
    warn: Callable[[str], None] = field(default=unheard, repr=False, compare=False)


PAGE = Look()
