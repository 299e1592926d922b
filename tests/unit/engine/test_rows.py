"""Rows of a table one by one give what their sheets give."""

from pathlib import Path
from typing import Any

import pytest

from allycheck.analysis.cohort.benchmark import benchmark
from allycheck.engine.rows import rows_of
from allycheck.errors import AllycheckError
from allycheck.loading import load_questionnaire
from allycheck.questionnaire import Questionnaire
from allycheck.scored import Scored
from tests.unit.cli.command import allycheck
from tests.unit.engine.test_tables import ODD, drawn, saved, sheet_of


def read(path: str, questions: Questionnaire = ODD, **more: Any) -> list[Scored]:
    with rows_of(path, questions, **more) as rows:
        return list(rows.sheets(lambda numbers: numbers))


def test_rows_score_as_sheets_do(tmp_path: Path) -> None:
    rows = drawn(ODD, 40, 1)
    path = saved([row | {"date": "2026-01-01"} for row in rows], tmp_path / "table.csv")
    found = read(path)
    assert [one.scores for one in found] == [sheet_of(ODD, row).scores for row in rows]
    assert (found[3].name, found[3].organisation, found[3].day) == (f"{path}:5", "Member 3", "2026-01-01")


def test_bad_rows_are_refused_as_a_cohort_of_them_is(tmp_path: Path) -> None:
    rows = drawn(ODD, 30, 2)
    for at in range(25):
        rows[at]["a"] = "9"
    path = saved(rows, tmp_path / "table.csv")
    with pytest.raises(AllycheckError) as raised:
        read(path)
    told = [str(fault).removeprefix(f"{tmp_path}/") for fault in raised.value.faults]
    assert told[0] == "table.csv:2: a: '9' is not an answer; use 0, 1, 2, 3, 4, na or dk"
    assert told[20:] == ["table.csv: 5 more rows with faults; correct them first"]
    with rows_of(path, ODD) as opened:
        assert len(list(opened.sheets(lambda numbers: numbers, skip_bad=True))) == 5
        assert opened.left_out == 25


def test_more_rows_than_a_page_takes_are_refused(tmp_path: Path) -> None:
    with pytest.raises(AllycheckError, match="the table has 12 rows, more than the 11 that are shown one by one"):
        read(saved(drawn(ODD, 12, 3), tmp_path / "table.csv"), most=11)


def test_a_table_beside_an_organisation_says_what_a_folder_says(tmp_path: Path) -> None:
    """Itself, an older row, another actor type and another version are left out of both."""
    rows = [row | {"date": "2026-01-01", "version": "1.0"} for row in drawn(ODD, 80, 4)]
    rows += [rows[0] | {"date": "2025-01-01", "a": 0}, rows[1] | {"organisation": "Old", "version": "0.9"}]
    rows[5]["organisation"] = "  MEMBER 4"
    rows[5]["date"] = "2026-02-01"
    own = sheet_of(ODD, rows[4])
    path = saved(rows, tmp_path / "table.csv")
    with rows_of(path, ODD, alike=own) as opened:
        found = benchmark(own, opened.sheets(lambda numbers: numbers))
    dated = [sheet_of(ODD, row, date=row["date"], version=row["version"]) for row in rows]
    assert found == benchmark(own, dated)
    assert (found.beside[0].n or 0) > 5


def test_a_row_whose_actor_type_there_is_not_could_be_of_the_group(tmp_path: Path) -> None:
    rows = drawn(ODD, 20, 7)
    rows[6]["actor"] = "frim"
    with pytest.raises(AllycheckError, match=r"table.csv:8: actor: unknown actor frim"):
        read(saved(rows, tmp_path / "table.csv"), alike=sheet_of(ODD, rows[0]))


def test_the_commands_take_tables(tmp_path: Path) -> None:
    questions = load_questionnaire("joint-venture")
    rows = drawn(questions, 30, 9)
    now = saved([row | {"date": "2026-01-01"} for row in rows], tmp_path / "now.csv")
    before = saved([row | {"date": "2025-01-01"} for row in rows[:3]], tmp_path / "before.csv")
    told = allycheck("cohort", now, "-q", "joint-venture", "--roll-up", "--since", before, "-f", "csv")
    assert told.returncode == 0, told.stderr
    assert told.stdout.count("2025-01-01") == 3
    assert f"{now}:2" in told.stdout
    own = tmp_path / "own.yaml"
    own.write_text("questionnaire: joint-venture\nactor: parent\nanswers: {}\n")
    told = allycheck("report", str(own), "--benchmark", now, "-f", "json")
    assert told.returncode == 0, told.stderr
    assert '"benchmark": {' in told.stdout


def test_the_line_of_a_row_counts_the_breaks_in_cells(tmp_path: Path) -> None:
    rows = [row | {"note": "two\r\nlines\n" * (at % 2)} for at, row in enumerate(drawn(ODD, 6, 5))]
    rows[4]["a"] = "9"
    with pytest.raises(AllycheckError, match=r"table.csv:10: a: "):
        read(saved(rows, tmp_path / "table.csv"))


def test_rows_of_an_older_version_are_warned_of_as_sheets_are(tmp_path: Path) -> None:
    path = saved([row | {"version": "0.9"} for row in drawn(ODD, 6, 6)], tmp_path / "table.csv")
    with rows_of(path, ODD) as rows:
        assert rows.warnings == [
            f"{path}: recorded with version 0.9, read with 1.0: no indicator was added, re-worded or retired"
        ]
