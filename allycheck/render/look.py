"""What the reader's side can show."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """What the reader's side can show. Only text depends on it."""

    width: int = 80
    colour: bool = False
    plain: bool = False
    rows: str = "indicators"


PAGE = Look()
