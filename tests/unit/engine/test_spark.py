"""Spark says of a table what DuckDB says, to the bit, and keeps quiet.

Needs pyspark (the extra spark) and Java; the tests that start it are slow.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from allycheck.engine import spark
from allycheck.engine.duckdb import Counted, tally_of_table
from allycheck.engine.printing import Wanted, expected_layout, printed
from allycheck.engine.sessions import session
from allycheck.errors import AllycheckError
from allycheck.loading import load_questionnaire
from tests.unit.cli.command import ROOT, allycheck
from tests.unit.engine.test_tables import BY, ODD, drawn, joint_ventures, saved


def lacking() -> str:
    if importlib.util.find_spec("pyspark") is None:
        return "needs pyspark (the extra spark)"
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        return "needs Java (the Debian package default-jre-headless)"
    return ""


runs_spark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(lacking()), reason=lacking()),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # pyspark leaves its socket open
]


def slowly(test: object) -> object:
    """The marks of a test that starts Spark."""
    for mark in runs_spark:
        test = mark(test)
    return test


def test_without_pyspark_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(AllycheckError, match="Spark is not installed; install the extra spark"):
        spark.tally_of_table("table.csv", ODD, ())


@slowly
def test_a_hundred_thousand_rows_are_equal_to_the_bit(tmp_path: Path) -> None:
    path = tmp_path / "table.parquet"
    made = [sys.executable, str(ROOT / "benchmarks/cohort_data.py"), "100000", str(path)]
    subprocess.run(made, check=True)
    questions = load_questionnaire("alliance-readiness")
    by = ("actor", "region")
    assert spark.tally_of_table(str(path), questions, by) == tally_of_table(str(path), questions, by)


def saved_as(rows: list[dict[str, object]], ending: str, folder: Path) -> str:
    path = saved(rows, folder / "it's.csv")
    if ending != "csv":
        form = "parquet" if ending == "parquet" else "json"
        duckdb.read_csv(path).create_view("given")
        duckdb.sql(f"COPY given TO '{folder}/table.{ending}' (FORMAT {form})")
    return path if ending == "csv" else f"{folder}/table.{ending}"


@slowly
@pytest.mark.parametrize("ending", ["parquet", "csv", "jsonl"])
def test_every_kind_of_table_is_read(ending: str, tmp_path: Path) -> None:
    rows = [{**row, "size": at % 3 * 1.5, "date": f"202{at % 2}-01-31"} for at, row in enumerate(drawn(ODD, 60, 1))]
    path = saved_as(rows, ending, tmp_path)
    assert spark.tally_of_table(path, ODD, (*BY, "size", "year")) == tally_of_table(path, ODD, (*BY, "size", "year"))


def refusal(path: str, folder: Path) -> list[str]:
    with pytest.raises(AllycheckError) as error:
        spark.tally_of_table(path, ODD, ())
    return [str(fault).replace(f"{folder}/", "") for fault in error.value.faults]


@slowly
def test_faults_are_counted_with_the_way_to_see_them(tmp_path: Path) -> None:
    rows = drawn(ODD, 20, 4)
    rows[0] |= {"a": 9}
    rows[3] |= {"actor": "firma", "c": "na"}
    rows[7] |= {"c": "na"}
    path = saved(rows, tmp_path / "table.csv")
    assert refusal(path, tmp_path) == [
        "table.csv: actor: 1 row holds what can't stand here, such as 'firma'; use firm, city",
        "table.csv: a: 1 row holds what can't stand here, such as '9'; use 0, 1, 2, 3, 4, dk, na",
        "table.csv: c: 2 rows hold what can't stand here, such as 'na'; use 0, 1, 2, 3, 4, dk",
        "table.csv: --engine duckdb names each row",
    ]
    assert without_words(spark.tally_of_table(path, ODD, BY, skip_bad=True)) == without_words(
        tally_of_table(path, ODD, BY, skip_bad=True)
    )


def without_words(counted: Counted) -> Counted:
    return counted._replace(warnings=[])


@slowly
def test_of_an_organisation_the_latest_sound_row_counts(tmp_path: Path) -> None:
    rows = [row | {"date": "2026-01-01"} for row in drawn(ODD, 20, 5)]
    rows += [
        rows[0] | {"date": "2026-02-01"},
        rows[1] | {"date": "2025-12-01"},
        rows[2] | {"date": "2026-03-01", "a": 7},
    ]
    rows += [rows[3] | {"a": 0}]
    path = saved(rows, tmp_path / "table.csv")
    told = refusal(path, tmp_path)
    assert told[1] == (
        "table.csv: 1 organisation has more than one row of its latest date, such as Member 3; "
        "keep one of them, or date them"
    )
    found = spark.tally_of_table(path, ODD, (*BY, "year"), skip_bad=True)
    assert (found.left_out, found.set_aside) == (3, 2)
    assert without_words(found) == without_words(tally_of_table(path, ODD, (*BY, "year"), skip_bad=True))


@slowly
def test_what_is_no_table_is_refused(tmp_path: Path) -> None:
    assert refusal(str(tmp_path / "none.parquet"), tmp_path)[0].startswith("none.parquet: no such file")
    path = tmp_path / "table.parquet"
    path.write_bytes(b"\x00\x01{")
    assert refusal(str(path), tmp_path)[0].startswith("table.parquet: not a table that can be read")


@slowly
def test_the_command_says_the_same_and_nothing_else(tmp_path: Path) -> None:
    path = joint_ventures(tmp_path)
    told = allycheck("cohort", path, "-q", "joint-venture", "--engine", "spark", "--format", "json")
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout == allycheck("cohort", path, "-q", "joint-venture", "--format", "json").stdout


@slowly
def test_the_printed_text_counts_the_same_in_both(tmp_path: Path) -> None:
    rows = [{**row, "region": ("north", "south")[at % 2]} for at, row in enumerate(drawn(ODD, 90, 6))]
    path = saved(rows, tmp_path / "table.csv")
    texts = {
        dialect: printed(ODD, expected_layout(ODD, ["region"]), Wanted(dialect, "answers", ["region"]))
        for dialect in ("duckdb", "spark")
    }
    with duckdb.connect() as con:
        con.execute(f"CREATE VIEW answers AS FROM read_csv('{path}', all_varchar = true)")
        wanted = con.execute(texts["duckdb"]).fetchall()
    with session() as started:
        spark.read(started, path).createOrReplaceTempView("answers")
        found = [tuple(row) for row in started.sql(texts["spark"].rstrip(";\n")).collect()]
    assert sorted(found, key=str) == sorted(wanted, key=str)
