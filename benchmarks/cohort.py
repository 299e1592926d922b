"""What a table costs: CPU of scoring and counting it, over that of decoding the same columns by the same engine.

`python benchmarks/cohort.py [ROWS ...]`, by default 100000 and 1000000. Needs the extra `cohort`.
"""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from math import log
from pathlib import Path

from cohort_data import quoted

from allycheck.engine.duckdb import connection, relation, tally_of_table
from allycheck.loading import load_questionnaire
from allycheck.questionnaire import Questionnaire

BY = ["actor", "region"]
REPEATS = 3
GENERATOR = str(Path(__file__).parent / "cohort_data.py")
"""Run by itself, so that its memory is not counted."""


def seconds(work: Callable[[], object]) -> float:
    """CPU of this process, all threads together."""
    start = time.process_time()
    work()
    return time.process_time() - start


def decoded(path: str, questionnaire: Questionnaire) -> None:
    """Decode every column that the scoring reads."""
    columns = ["organisation", "date", "form", *BY, *questionnaire.indicators]
    with connection() as con:
        lengths = ", ".join(f"SUM(STRLEN({quoted(name)}))" for name in columns)
        con.execute(f"SELECT {lengths} FROM {relation(path)}").fetchall()


def best(work: Callable[[], object]) -> float:
    """The least of some repeats: what others do on the machine only adds."""
    return min(seconds(work) for _ in range(REPEATS))


def main() -> None:
    """Print a line for each size, and how the CPU grows with the rows: to which power of them."""
    questionnaire = load_questionnaire()
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for rows in map(int, sys.argv[1:] or ["100000", "1000000"]):
            path = Path(folder) / f"{rows}.parquet"
            subprocess.run([sys.executable, GENERATOR, str(rows), str(path)], check=True)
            reading = best(lambda path=path: decoded(str(path), questionnaire))  # type: ignore[misc]
            scoring = best(lambda path=path: tally_of_table(str(path), questionnaire, BY))  # type: ignore[misc]
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            times = scoring / reading
            print(
                f"{rows} rows: decoding {reading:.2f} s, scoring {scoring:.2f} s, {times:.1f}x, {memory} MB", flush=True
            )
            found.append((rows, scoring))
    for (fewer, less), (more, longer) in pairwise(found):
        print(f"{fewer} to {more} rows: exponent {log(longer / less) / log(more / fewer):.2f}")


if __name__ == "__main__":
    main()
