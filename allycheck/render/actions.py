"""What to do, as text: priorities, agenda, strengths, and answers that contradict each other."""

from collections.abc import Iterator

from allycheck.render.document.layout import (
    Block,
    Cell,
    Span,
    heading,
    led,
    paragraph,
    subheading,
    table,
    table_rows,
)
from allycheck.render.look import Look
from allycheck.render.words import (
    amount,
    change,
    effects,
    indicators,
    labels,
    levels_reached,
    move,
    next_level,
    overall_blocker,
    points,
    prerequisites,
    step_to_take,
    with_levels,
)
from allycheck.report import BestValue, Report
from allycheck.text import count

SHOWN = 5
"""Entries of a list that the text shows; the JSON has all of them."""


def priorities(report: Report, look: Look) -> Iterator[Block]:
    """Three lists: what keeps the next level away, what is worth most, what to find out."""
    lists = report.priorities
    if overall_blocker(report) or lists.best_value or lists.find_out:
        yield heading("Priorities", look)
        yield from _blockers(report, look)
        yield from _best_value(report, look)
        yield from _find_out(report, look)


def _blockers(report: Report, look: Look) -> Iterator[Block]:
    blocker = overall_blocker(report)
    if blocker is None:
        return
    named, reached = labels(report), levels_reached(report)
    yield subheading(f"What keeps {report.level_names[blocker.next]} away", look)
    yield paragraph(next_level(report, blocker), look)
    if blocker.below_gap:
        yield led("So far below that one alone is enough:", f"{with_levels(blocker.below_gap, named, reached)}.", look)
    if blocker.short:
        yield led("Also below it:", f"{with_levels(blocker.short, named, reached)}.", look)


def _best_value(report: Report, look: Look) -> Iterator[Block]:
    found = report.priorities.best_value
    if not found:
        return
    named, items = labels(report), indicators(report)
    yield subheading("Best value: the most points for the effort", look)
    rows = [_step_row(report, step, named) for step in found[:SHOWN]]
    header = [Span(title, "faint") for title in ("", "from and to", "points", "effort")]
    blocks = table_rows(rows, look, align="Llrr", header=header)
    yield from blocks[: -len(rows)]
    for step, block in zip(found, blocks[-len(rows) :], strict=False):
        yield block
        yield paragraph(step_to_take(items[step.id]), look, indent=2)
        notes = "; ".join(note for note in (effects(report, step), prerequisites(step, named)) if note)
        yield paragraph(f"{notes[:1].upper()}{notes[1:]}", look, indent=2, style="faint")
    yield _more(len(found) - SHOWN, look)


def _step_row(report: Report, step: BestValue, named: dict[str, str]) -> list[Cell]:
    return [Span(named[step.id], "strong"), move(report, step), change(step.gain), amount(step.effort)]


def _find_out(report: Report, look: Look) -> Iterator[Block]:
    found = report.priorities.find_out
    if found:
        named = labels(report)
        yield subheading("Find out: what makes the range wide", look)
        rows: list[list[Cell]] = [[named[entry.id], points(entry.width)] for entry in found[:SHOWN]]
        yield table(rows, look, align="Lr", header=("", "points"))
        yield _more(len(found) - SHOWN, look)


def _more(number: int, look: Look) -> Block:
    return paragraph(f"and {count(number, 'other')}", look, style="faint") if number > 0 else []


def contradictions(report: Report, look: Look) -> Iterator[Block]:
    """Answers that are worth a second look."""
    if not report.consistency:
        return
    named, reached = labels(report), levels_reached(report)
    yield heading("Answers that contradict each other", look)
    for pair in report.consistency:
        yield paragraph(with_levels([pair.high, pair.low], named, reached), look, style="strong")
        yield paragraph(pair.text, look, indent=2)
