"""The multipliers of method 9, worked by hand from the digest."""

import hashlib

from allycheck.analysis.robustness import multiplier


def test_a_multiplier_is_read_from_the_first_eight_bytes_of_the_digest() -> None:
    """7500 + h mod 5001, h = the first 8 bytes, big-endian, of SHA-256 of "allycheck|1|w|sunset-exit"."""
    h = int(hashlib.sha256(b"allycheck|1|w|sunset-exit").hexdigest()[:16], 16)
    assert multiplier(1, "w", "sunset-exit") == 7500 + h % 5001


def test_draws_and_kinds_are_told_apart() -> None:
    assert len({multiplier(1, "w", "a"), multiplier(1, "W", "a"), multiplier(2, "w", "a")}) == 3
