"""A thousand other weightings, the same on every machine (SCORING 9): no random numbers, only digests of ids."""

import hashlib
from typing import Literal

DRAWS = 1000
SMALLEST = 7500
"""A weight 25% down, in ten-thousandths."""
SPREAD = 5001
"""How many multipliers there are, up to 25% up."""
_BYTES = 8


def multiplier(draw: int, kind: Literal["w", "W"], key: str) -> int:
    """The multiplier of one weight in one draw, in ten-thousandths: 7500 to 12500.

    Draws count from 1; `w` is an indicator's weight, `W` a trend's. Keyed by id, so a new indicator moves no other.
    """
    digest = hashlib.sha256(f"allycheck|{draw}|{kind}|{key}".encode()).digest()
    return SMALLEST + int.from_bytes(digest[:_BYTES], "big") % SPREAD
