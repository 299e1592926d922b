"""What text says about the numbers themselves: how they are made, how firm they are, what they were tested against."""

from allycheck.render.wording import percent, points
from allycheck.report import GateReport, Reading, Robustness
from allycheck.text import count, listing

METHOD = (
    "Every answer is a maturity level from 0 to 4, worth 0, 25, 50, 75 or 100 points. A trend score is the weighted "
    "average of its answered, applicable indicators; the readiness score is the weighted average of the trend scores. "
    '"Not applicable" leaves the sum. "Don\'t know" is never guessed: it widens an exact range around the score. '
    "A maturity level is stricter than the score: good trends cannot buy off a bad one. Weights are a judgement, so "
    "the report can show how far the score moves when they change."
)
"""How the numbers are made (SCORING, "In one paragraph")."""
TRACED = "Every number can be traced to its answers: allycheck explain FILE."
READINGS = {
    "equal_indicator_weights": "All indicators of a trend weigh the same",
    "equal_trend_weights": "All trends weigh the same",
    "geometric": "Weak trends pull harder (geometric mean)",
    "early": "Early steps count more",
    "late": "Late steps count more",
    "unknown_as_zero": "What is not known counts as zero",
    "na_as_zero": "Not applicable counts as zero",
}


def reading_words(reading: Reading) -> tuple[str, str]:
    """One other reading of the answers: its rule and its score."""
    score = "no score" if reading.score is None else points(reading.score)
    return READINGS.get(reading.id, reading.id), score


def gate_line(gate: GateReport) -> str:
    """One requirement and whether it is met."""
    return f"{'passed' if gate.passed else 'FAILED'}: {gate.reason or gate.id}"


def gates_met(gates: list[GateReport]) -> str:
    """How many requirements are met."""
    return f"{sum(gate.passed for gate in gates)} of {count(len(gates), 'requirement')} met."


def other_weights(robustness: Robustness, names: list[str]) -> str:
    """What a thousand other weightings say (SCORING 9)."""
    draws = robustness.draws
    if draws.p05 is None or draws.p95 is None:
        return ""
    shares = [f"{name} in {percent(share)}" for name, share in zip(names, draws.level_share, strict=True) if share]
    return (
        f"With 1,000 other sets of weights, each up to 25% lower or higher, nine out of ten scores lie between "
        f"{points(draws.p05)} and {points(draws.p95)}. The level is {listing(shares)} of them."
    )


def imbalance(robustness: Robustness) -> str:
    """How much the average hides, and where all readings lie."""
    parts = []
    if robustness.smallest is not None and robustness.largest is not None:
        parts.append(f"All readings lie between {points(robustness.smallest)} and {points(robustness.largest)}.")
    if robustness.imbalance is not None:
        parts.append(f"Unevenness between the trends hides {points(robustness.imbalance)} points.")
    return " ".join(parts)
