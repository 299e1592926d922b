"""The generator of fictional cohorts makes the same organisations in every kind of file."""

from pathlib import Path

import pytest

from allycheck.engine.duckdb import tally_of_table
from allycheck.loading import load_questionnaire
from benchmarks.cohort_data import write

ROWS = 80


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_every_table_holds_the_organisations_of_parquet(ending: str, tmp_path: Path) -> None:
    questions = load_questionnaire()
    for path in (tmp_path / f"it's.{ending}", tmp_path / "table.parquet"):
        write(questions, ROWS, path)
    wanted = tally_of_table(str(tmp_path / "table.parquet"), questions, ["actor", "region"])
    assert sum(wanted.tally.sizes.values()) == ROWS
    assert tally_of_table(str(tmp_path / f"it's.{ending}"), questions, ["actor", "region"]) == wanted
