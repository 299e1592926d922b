"""What the reader's side can show."""

from dataclasses import dataclass
from typing import NamedTuple


class Source(NamedTuple):
    """What a result was made from, for the commands that lead on: the answers as they are named, and what is there."""

    answers: str = "FILE"
    scenarios: bool = False


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
