"""The last parts of the text report: how firm the numbers are, how they are made, and which requirements are met."""

from collections.abc import Iterator

from allycheck.render.document.layout import BLANK, Block, Cell, Span, heading, led, paragraph, table
from allycheck.render.look import Look
from allycheck.render.words import (
    METHOD,
    TRACED,
    gates_met,
    imbalance,
    other_weights,
    reading_words,
)
from allycheck.report import Report


def robustness(report: Report, look: Look) -> Iterator[Block]:
    """How far the score moves under other rules and other weights."""
    if report.robustness is None:
        return
    yield heading("How firm the score is", look)
    rows: list[list[Cell]] = [[*reading_words(reading)] for reading in report.robustness.readings]
    yield table(rows, look, align="Lr")
    for text in (imbalance(report.robustness), other_weights(report.robustness, report.level_names)):
        yield paragraph(text, look)


def method(report: Report, look: Look) -> Iterator[Block]:
    """How the numbers are made, how the questions were to be read, and what they draw on."""
    yield heading("How the numbers are made", look)
    yield paragraph(METHOD, look)
    yield paragraph(TRACED, look)
    if report.instructions:
        yield BLANK
        yield led("How to answer:", report.instructions, look)


def gates(report: Report, look: Look) -> Iterator[Block]:
    """Each requirement with its verdict and the reason."""
    if not report.gates:
        return
    yield heading("Requirements", look)
    rows: list[list[Cell]] = [
        [Span("passed", "good") if gate.passed else Span("FAILED", "poor"), gate.reason or gate.id]
        for gate in report.gates
    ]
    yield table(rows, look, align="lL")
    yield paragraph(gates_met(report.gates), look)
