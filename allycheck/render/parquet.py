"""Tables as Parquet, through DuckDB: the columns of the CSV, each with its type."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from allycheck.errors import AllycheckError
from allycheck.language import _
from allycheck.render import csv
from allycheck.render.look import PAGE, Look

if TYPE_CHECKING:
    from allycheck.analysis.cohort.result import Cohort
    from allycheck.analysis.cohort.roll_up import RollUp

_TYPES = {
    **dict.fromkeys(["organisations", "n", "asked", "level", "possible_level"], "INTEGER"),
    **dict.fromkeys(["median", "q1", "q3", "share", "score", "low", "high", "coverage", "real_change"], "DOUBLE"),
    **dict.fromkeys(["date", "since"], "DATE"),
}
_POINTS = ("score ", "exposure ")
"""How the names of columns begin that hold the points of one trend or risk."""


def cohort(result: "Cohort", _look: Look = PAGE) -> bytes:
    """The rows of the CSV."""
    header, rows = csv.cohort_table(result)
    return _written(header, rows, texts=header[: len(result.by)])


def roll_up(result: "RollUp", _look: Look = PAGE) -> bytes:
    """One row an organisation."""
    return _written(*csv.roll_up_table(result))


def _written(header: Sequence[str], rows: Sequence[csv.Row], texts: Sequence[str] = ()) -> bytes:
    """The table in one file; columns of `texts` hold text, whatever they are called."""
    try:
        import duckdb
    except ImportError as error:
        extra = _("install the extra cohort: pip install duckdb")
        raise AllycheckError(_("Parquet, which can't be written yet"), "--format parquet", extra) from error
    columns = ", ".join(
        f"UNNEST(CAST(? AS {'VARCHAR' if name in texts else _type(name)}[])) AS {_quoted(name)}" for name in header
    )
    cells = [[row[name] for row in rows] for name in header]
    with tempfile.TemporaryDirectory(prefix="allycheck-") as folder, duckdb.connect() as con:
        path = Path(folder, "table.parquet")
        con.execute(f"CREATE TEMP TABLE cells AS SELECT {columns}", cells)
        con.table("cells").write_parquet(str(path), compression="zstd")
        return path.read_bytes()


def _type(name: str) -> str:
    return "DOUBLE" if name.startswith(_POINTS) else _TYPES.get(name) or "VARCHAR"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
