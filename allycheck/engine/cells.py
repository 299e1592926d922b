"""The counts of a scored table in one reading of it, for engines that would score it anew for each count.

Every subject has a number. `cells` counts each value of each subject by key of `keyed`; whatever else is told comes
from these counts: `spread` adds them up by group, and `ordered` holds the scores that quartiles lie between.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal, NamedTuple

from allycheck.analysis.cohort.tally import edges
from allycheck.engine.compiling import (
    ANSWER,
    BIN,
    CHUNK,
    LEVEL,
    ORDER,
    SIZE,
    STATE_COUNT,
    Compiler,
    level_of,
    score_of,
    text,
)
from allycheck.engine.weights import MILLIONTHS, UNKNOWN
from allycheck.questionnaire import Indicator, Method
from allycheck.scoring import OVERALL

Kind = Literal["known", "level", "score", "pillar", "exposure", "answer"]
SCORED: tuple[Kind, ...] = ("score", "pillar", "exposure")
"""Kinds whose values are points in millionths."""
EVERYBODY = -1
"""The group of all organisations together."""


class PortableCompiler(Compiler):
    """A compiler whose text holds nothing but what every engine knows in some words."""

    def _looked_up(self, item: Indicator, values: dict[int, int]) -> str:
        """A whole number for the state of an answer; null for what is no answer."""
        column = self.columns.answers.get(item.id)
        if column is None:
            return f"CAST({values[UNKNOWN]} AS DOUBLE)"
        branches = " ".join(f"WHEN {text(word)} THEN {values[state]}" for word, state in self.states(item).items())
        return f"CAST(CASE COALESCE({column}, '') {branches} END AS DOUBLE)"


class Counted(NamedTuple):
    """Something that is counted: its kind, its id, and its value over `organisations` as SQL."""

    kind: Kind
    id: str
    value: str


def counted(compiler: Compiler) -> list[Counted]:
    """Everything that is counted, in the order of the numbers that it has in `cells`."""
    questionnaire = compiler.questionnaire
    levels = [OVERALL, *(trend.id for trend in questionnaire.trends)]
    return [
        Counted("known", OVERALL, "coverage"),
        *(Counted("level", name, level_of(name)) for name in levels),
        *(Counted(_kind(kind), name, score_of(name)) for kind, name in compiler.subjects),
        *(
            Counted("answer", name, f"(s_{at // CHUNK} // {STATE_COUNT ** (at % CHUNK)}) % {STATE_COUNT}")
            for at, name in enumerate(questionnaire.indicators)
        ),
    ]


def _kind(kind: str) -> Kind:
    return next(one for one in SCORED if one == kind)


def numbers_of(subjects: Sequence[Counted], *kinds: Kind) -> str:
    """The numbers of all subjects of some kinds, for IN; they follow each other."""
    return ", ".join(str(at) for at, one in enumerate(subjects) if one.kind in kinds)


def cells(compiler: Compiler, subjects: Sequence[Counted]) -> list[tuple[str, str]]:
    """The relations from `scored` to `cells`: g, number, value, n."""
    listed = ", ".join(f"({at}, {text(one.kind)}, {text(one.id)})" for at, one in enumerate(subjects))
    values = " ".join(f"WHEN {at} THEN CAST({one.value} AS BIGINT)" for at, one in enumerate(subjects))
    melted = (
        f"SELECT g, number, CASE number {values} END AS value FROM organisations CROSS JOIN subjects "
        f"WHERE {compiler.sound}"
    )
    return [
        organisations(compiler),
        ("subjects", f"SELECT number, kind, subject FROM (VALUES {listed}) AS listed(number, kind, subject)"),
        ("melted", melted),
        ("cells", "SELECT g, number, value, COUNT(*) AS n FROM melted GROUP BY g, number, value"),
    ]


def organisations(compiler: Compiler) -> tuple[str, str]:
    """The relation with one row an organisation, over `scored`: all that is counted of it."""
    return "organisations", compiler.organisations(["h", *(f"s_{at}" for at in range(compiler.chunk_count))])


def values(compiler: Compiler, subjects: Sequence[Counted]) -> str:
    """All that is counted of an organisation as one list, in the order of the numbers."""
    listed = ", ".join(f"CAST({one.value} AS BIGINT)" for one in subjects)
    return f"SELECT g, [{listed}] AS told FROM organisations WHERE {compiler.sound}"


def rows(name: str, column: str, values: Sequence[int]) -> str:
    """A relation of one column of whole numbers."""
    return f"(VALUES {', '.join(f'({value})' for value in values)}) AS {name}({column})"


def lies_at(part: int | str, more: int) -> str:
    """Whether a row of `ranked` covers a rank that a quartile lies at: above it with `more` 3, below it with 0."""
    rank = f"((known - 1) * {part} + {more}) // 4"
    return f"({rank} >= before AND {rank} < before + n)"


def ordered(subjects: Sequence[Counted], *, by_group: bool) -> list[tuple[str, str]]:
    """The relations from `cells` to `ordered`: the scores that quartiles lie between, by group and of all, h = -1.

    `before` says how many scores lie below, `known` how many there are.
    """
    covered = " OR ".join(lies_at(part, more) for part in (1, 2, 3) for more in (0, 3))
    grouped = (
        f"SELECT CASE everyone WHEN 1 THEN {EVERYBODY} ELSE keyed.h END AS h, number, value, n "
        "FROM cells JOIN keyed ON keyed.g = cells.g CROSS JOIN everybody "
        f"WHERE value IS NOT NULL AND number IN ({numbers_of(subjects, *SCORED)})"
    )
    before = "SUM(n) OVER (PARTITION BY h, number ORDER BY value ROWS UNBOUNDED PRECEDING)"
    ranked = (
        f"SELECT h, number, value, n, CAST({before} AS BIGINT) - n AS before, "
        "CAST(SUM(n) OVER (PARTITION BY h, number) AS BIGINT) AS known FROM grouped"
    )
    summed = f"SELECT h, number, value, CAST(SUM(n) AS BIGINT) AS n FROM ({grouped}) GROUP BY h, number, value"
    return [
        ("everybody", f"SELECT everyone FROM {rows('whether', 'everyone', (0, 1) if by_group else (1,))}"),
        ("grouped", summed),
        ("ranked", ranked),
        ("ordered", f"SELECT h, number, value, n, before, known FROM ranked WHERE {covered}"),
    ]


def bins(kind: Kind, method: Method) -> str:
    """The number of the bin of `value`, from 0; where nothing is published the number after the last."""
    limits = [int(limit * MILLIONTHS) for limit in limits_of(kind, method)]
    met = " + ".join(f"CAST(value >= {limit} AS INT)" for limit in limits)
    return f"COALESCE({met}, {len(limits) + 1})"


def limits_of(kind: Kind, method: Method) -> list[Fraction]:
    """The limits between the bins of a kind, in points."""
    return edges("exposure" if kind == "exposure" else "score", method)


def tallied(subjects: Sequence[Counted], method: Method) -> list[str]:
    """What a tally is made of, from `cells` and `ordered`, a statement a kind of count.

    Columns: the kind as `compiling` names it, the number of the subject, `g` for sizes and answers and else `h`, the
    value, n, and for scores in order how many lie before.
    """
    by_group = "cells JOIN keyed ON keyed.g = cells.g"
    levels, answers = numbers_of(subjects, "level"), numbers_of(subjects, "answer")
    binned = [
        f"{_row(BIN, 'h', 'bin', 'SUM(n)')} FROM (SELECT number, h, {bins(kind, method)} AS bin, n FROM {by_group} "
        f"WHERE number IN ({numbers})) GROUP BY number, h, bin"
        for kind in SCORED
        if (numbers := numbers_of(subjects, kind))
    ]
    return [
        f"{_row(SIZE, 'g', 'SUM(value * n)', 'SUM(n)')} FROM cells WHERE number = 0 GROUP BY number, g",
        f"{_row(ANSWER, 'g', 'value', 'n')} FROM cells WHERE number IN ({answers})",
        f"{_row(LEVEL, 'h', 'value', 'SUM(n)')} FROM {by_group} WHERE number IN ({levels}) GROUP BY number, h, value",
        *binned,
        f"{_row(ORDER, 'h', 'value', 'n', 'before')} FROM ordered",
    ]


def _row(kind: str, group: str, value: str, n: str, before: str = "0") -> str:
    numbers = {"number": "number", "grp": group, "value": value, "n": n, "before": before}
    return f"SELECT '{kind}' AS kind, " + ", ".join(
        f"CAST({what} AS BIGINT) AS {name}" for name, what in numbers.items()
    )
