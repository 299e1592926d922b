"""Answers that contradict each other, by the pairs that the questionnaire names."""

from allycheck.report import Contradiction
from allycheck.scoring import Scores
from allycheck.text import printable

HIGH = 3
"""The level from which on the one answer counts as high."""
LOW = 1
"""The level up to which the other counts as low."""


def contradictions(scores: Scores) -> list[Contradiction]:
    """Every pair of known answers, high at 3-4 and low at 0-1, that does not fit together; levels after reversal."""
    levels = {item.id: item.level for item in scores.items if item.level is not None}
    return [
        Contradiction(pair.high, pair.low, printable(pair.text))
        for pair in scores.questionnaire.consistency
        if levels.get(pair.high, LOW) >= HIGH and levels.get(pair.low, HIGH) <= LOW
    ]
