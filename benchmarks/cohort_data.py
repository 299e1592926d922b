"""Fictional organisations that answer like real ones: as sheets, CSV, JSON Lines or Parquet.

`python benchmarks/cohort_data.py ROWS FOLDER|FILE.csv|FILE.jsonl|FILE.parquet [QUESTIONNAIRE]`. Needs the extra
`cohort`.

Answers hang together: each organisation has a maturity, each indicator a difficulty, and who knows little of one
thing knows little of others. The same seed gives the same bytes with any version of the engine, because every draw is
whole-number arithmetic on the number of the row. No organisation is a real one; they are numbered.
"""

import sys
from pathlib import Path
from random import Random

import duckdb

from allycheck.loading import load_questionnaire
from allycheck.questionnaire import Indicator, Questionnaire

SEED = 7
PRIME = 2**31 - 1
REGIONS = ("north", "east", "south", "west", "islands")
SIZES = ("small", "small", "small", "medium", "medium", "large")
DAYS = 700
QUICK_SHARE = 0.1
MOST_UNKNOWN, NOT_APPLICABLE = 0.22, 0.03


class Draws:
    """Numbers from 0 up to 1 for each row, as SQL: a column of its own for every call."""

    def __init__(self, seed: int) -> None:
        self._dice = Random(seed)

    def next(self) -> str:
        """One more column."""
        step, start = self._dice.randrange(2, PRIME), self._dice.randrange(PRIME)
        mixed = f"((n * {step} + {start}) % {PRIME})"
        return f"(({mixed} * {mixed}) % {PRIME} / {PRIME}.0)"


def choice(draw: str, values: tuple[str, ...]) -> str:
    """One of some words, as SQL."""
    words = ", ".join(f"'{value}'" for value in values)
    return f"([{words}])[1 + CAST(floor({draw} * {len(values)}) AS INTEGER)]"


def table(questionnaire: Questionnaire, rows: int, seed: int = SEED) -> str:
    """The SELECT that makes the table: one row an organisation, a column an indicator, `region` and `size`."""
    draws = Draws(seed)
    actors = tuple(actor.id for actor in questionnaire.actors)
    quick = f"CASE WHEN {draws.next()} < {QUICK_SHARE} THEN 'quick' ELSE 'full' END"
    form = quick if questionnaire.has_quick_form else "'full'"
    who = [
        "n",
        "format('Organisation {:06d}', n) AS organisation",
        f"{choice(draws.next(), actors)} AS actor" if actors else "NULL AS actor",
        f"CAST(DATE '2024-01-01' + CAST(floor({draws.next()} * {DAYS}) AS INTEGER) AS VARCHAR) AS date",
        f"{form} AS form",
        f"{choice(draws.next(), REGIONS)} AS region",
        f"{choice(draws.next(), SIZES)} AS size",
        f"({draws.next()} + {draws.next()} + {draws.next()}) / 3 AS maturity",
        f"{MOST_UNKNOWN} * {draws.next()} AS unknown",
    ]
    answers = [f"{answer(item, draws)} AS {quoted(item.id)}" for item in questionnaire.indicators.values()]
    names = ["organisation", "actor", "date", "form", "region", "size"]
    return (
        f"WITH who AS (SELECT {', '.join(who)} FROM (SELECT range AS n FROM range(1, {rows + 1}))) "
        f"SELECT {', '.join([*names, *answers])} FROM who ORDER BY n"
    )


def answer(item: Indicator, draws: Draws) -> str:
    """What an organisation answers to one indicator, empty where it is not asked, as SQL."""
    difficulty = f"{draws.next()}"  # of this row; the indicator's own difficulty shifts all rows alike
    shift = Random(item.id).uniform(-0.15, 0.1)
    level = (
        f"CAST(least(4, greatest(0, floor(5 * (0.75 * maturity + 0.4 * {difficulty} - 0.1 + {shift:.3f})))) AS INTEGER)"
    )
    level = f"4 - {level}" if item.reverse else level
    state = draws.next()
    branches = [f"WHEN {state} < unknown THEN CASE WHEN {draws.next()} < 0.6 THEN 'dk' END"]
    if item.na:
        branches.append(f"WHEN {state} < unknown + {NOT_APPLICABLE} THEN 'na'")
    outside = []
    if item.actors is not None:
        outside.append(f"actor NOT IN ({', '.join(repr(name) for name in item.actors)})")
    if not item.quick:
        outside.append("form = 'quick'")
    if outside:
        branches.insert(0, f"WHEN {' OR '.join(outside)} THEN NULL")
    return f"CASE {' '.join(branches)} ELSE CAST({level} AS VARCHAR) END"


def quoted(name: str) -> str:
    """A name of a column."""
    return '"' + name.replace('"', '""') + '"'


def write(questionnaire: Questionnaire, rows: int, path: Path) -> None:
    """Write a table, or a folder of YAML sheets."""
    made = duckdb.sql(table(questionnaire, rows))
    assert made is not None
    if path.suffix == ".parquet":
        made.write_parquet(str(path), compression="zstd")
    elif path.suffix == ".csv":
        made.write_csv(str(path))
    elif path.suffix == ".jsonl":
        duckdb.sql(f"COPY ({made.sql_query()}) TO '{str(path).replace(chr(39), chr(39) * 2)}' (FORMAT json)")
    else:
        sheets(questionnaire, made, path)


def sheets(questionnaire: Questionnaire, made: duckdb.DuckDBPyRelation, folder: Path) -> None:
    """One answers file an organisation."""
    folder.mkdir(parents=True, exist_ok=True)
    columns = list(made.columns)
    for number, values in enumerate(made.fetchall(), start=1):
        row = dict(zip(columns, values, strict=True))
        head = {"questionnaire": questionnaire.id, "version": f"'{questionnaire.version}'"}
        head |= {key: row[key] for key in ("organisation", "actor", "date", "form") if row[key] is not None}
        given = [f"  {name}: {row[name]}" for name in questionnaire.indicators if row[name] is not None]
        lines = [*(f"{key}: {value}" for key, value in head.items()), "answers:", *given]
        (folder / f"organisation-{number:06}.yaml").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    wanted = sys.argv[3] if len(sys.argv) > 3 else "alliance-readiness"
    write(load_questionnaire(wanted), int(sys.argv[1]), Path(sys.argv[2]))
