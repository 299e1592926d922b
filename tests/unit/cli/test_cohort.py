"""cohort as a command: what it prints and refuses; report beside others."""

import csv
import io
import json
from pathlib import Path

import duckdb
import pytest

from tests.unit.cli.small import refusal, run, sheet

pytestmark = pytest.mark.usefixtures("small")


def folder(levels: list[int], name: str = "sheets", **more: str) -> str:
    """A folder with a sheet of each level."""
    Path(name).mkdir()
    extra = [f"{key}: {value}" for key, value in more.items()]
    for at, level in enumerate(levels):
        sheet(f"{name}/{at:02}.yaml", level, level, f'organisation: "Member {at}"', *extra)
    return name


FORMS = ["text", "markdown", "html", "json", "csv"]


@pytest.mark.parametrize("form", FORMS)
def test_of_four_no_format_tells_anything(form: str) -> None:
    told = run("cohort", folder([0, 1, 2, 3]), "-f", form)
    assert told.exit_code == 0
    assert "Member" not in told.stdout
    assert "Trust" not in told.stdout
    assert "ewer than 5" in told.stdout


@pytest.mark.parametrize("form", FORMS)
def test_no_format_names_a_member(form: str) -> None:
    told = run("cohort", folder([0, 1, 2, 3, 4, 0, 1, 2, 3, 4]), "-f", form)
    assert told.exit_code == 0
    assert "Member" not in told.stdout
    assert "Trust" in told.stdout


def test_a_cohort_as_json() -> None:
    whole = json.loads(run("cohort", folder([0, 1, 2, 3, 4]), "-f", "json").stdout)["whole"]
    assert (whole["n"], whole["overall"]["distribution"]["median"]) == (5, 50.0)


def test_groups_by_year() -> None:
    old, new = folder([1] * 5, date="2025-03-01"), folder([3] * 5, "later", date="2026-03-01")
    for path in Path(new).iterdir():
        path.write_text(path.read_text().replace("Member", "Later member"))
    told = json.loads(run("cohort", old, new, "--by", "year", "-f", "json").stdout)
    assert [(one["key"], one["n"]) for one in told["groups"]] == [({"year": "2025"}, 5), ({"year": "2026"}, 5)]
    assert told["differences"][0]["apart"] == 50.0


def test_what_sheets_cannot_be_grouped_by_is_refused() -> None:
    assert str(refusal("cohort", folder([1] * 5), "--by", "actr")) == (
        "--by actr: sheets can't be grouped by this; did you mean actor?"
    )


def test_a_faulty_sheet_is_refused_or_left_out_and_counted() -> None:
    name = folder([2] * 6)
    Path(name, "03.yaml").write_text("questionnaire: small\nanswers: {charter: 9}\n", encoding="utf-8")
    assert [fault.where for fault in refusal("cohort", name).faults] == ["sheets/03.yaml:2:20"]
    left = run("cohort", name, "--skip-bad")
    assert "warning: sheets/03.yaml:2:20: answers.charter: 9 is not an answer" in left.stderr
    assert "1 sheet or row with faults left out." in left.stdout


def test_an_empty_folder_is_refused() -> None:
    Path("empty").mkdir()
    assert str(refusal("cohort", "empty")) == "empty: no answers files in this folder; name one with YAML or JSON files"


@pytest.mark.parametrize("form", FORMS)
def test_a_portfolio_tells_everything(form: str) -> None:
    told = run("cohort", folder([0, 3]), "--roll-up", "-f", form)
    assert told.exit_code == 0
    assert "Member 0" in told.stdout
    assert "75" in told.stdout


def test_a_portfolio_since_an_earlier_one() -> None:
    now, before = folder([3, 3], date="2026-01-01"), folder([1], "before", date="2025-01-01")
    told = run("cohort", now, "--roll-up", "--since", before, "-f", "csv").stdout.removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(told)))
    assert [(row["organisation"], row["since"], row["verdict"], row["real_change"]) for row in rows] == [
        ("Member 0", "2025-01-01", "clear_rise", "50.0"),
        ("Member 1", "", "", ""),
    ]


def test_a_portfolio_as_parquet_has_the_columns_of_the_csv_with_types() -> None:
    now, before = folder([3, 1], date="2026-01-01"), folder([1], "before", date="2025-01-01")
    asked = ("cohort", now, "--roll-up", "--since", before)
    assert run(*asked, "-o", "out.parquet", "-o", "out.csv").exit_code == 0
    table = duckdb.sql("SELECT * FROM 'out.parquet'")
    with Path("out.csv").open(encoding="utf-8-sig", newline="") as file:
        assert table.columns == next(csv.reader(file))
    typed = dict(zip(table.columns, map(str, table.types), strict=True))
    names = ["organisation", "date", "score", "level", "level_name", "score trust", "since", "real_change"]
    assert [typed[name] for name in names] == [
        "VARCHAR", "DATE", "DOUBLE", "INTEGER", "VARCHAR", "DOUBLE", "DATE", "DOUBLE",
    ]  # fmt: skip
    assert duckdb.sql("SELECT organisation, score, real_change FROM 'out.parquet' ORDER BY 1").fetchall() == [
        ("Member 0", 75.0, 50.0),
        ("Member 1", 25.0, None),
    ]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--since", "sheets"], "--since goes with --roll-up; add it, or leave it out"),
        (["--roll-up", "--by", "actor"], "--by groups what --roll-up shows one by one; leave one out"),
    ],
)
def test_options_that_change_nothing_are_refused(options: list[str], says: str) -> None:
    assert str(refusal("cohort", folder([1]), *options)) == says


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_a_report_beside_others(form: str) -> None:
    own = sheet("own.yaml", 2, 2, 'organisation: "Member 4"')
    told = run("report", own, "--benchmark", folder([0, 1, 2, 3, 4, 4]), "-f", form).stdout
    assert "Beside others" in told
    assert "2 lower, 1 equal" in told


def test_a_report_beside_others_in_data() -> None:
    own, others = sheet("own.yaml", 2, 2, "organisation: Own"), folder([0] * 10 + [2] * 6 + [4] * 4)
    told = json.loads(run("report", own, "--benchmark", others, "-f", "json").stdout)["benchmark"]
    assert told["beside"][0] == {
        "kind": "overall", "id": "overall", "own": 50.0, "n": 20, "median": 25.0, "q1": 0.0, "q3": 50.0, "below": 10,
        "equal": 6, "rank": 65.0,
    }  # fmt: skip
    row = next(csv.DictReader(io.StringIO(run("report", own, "--benchmark", others, "-f", "csv").stdout[1:])))
    assert (row["benchmark_median"], row["benchmark_rank"]) == ("25.0", "65.0")
    assert (
        'name="benchmark" value="25.0 (0.0 to 50.0), rank 65.0"'
        in run("report", own, "--benchmark", others, "-f", "junit").stdout
    )


def test_a_brief_report_has_no_room_for_others() -> None:
    own = sheet("own.yaml", 2, 2)
    assert str(refusal("report", own, "--brief", "--benchmark", folder([1]))) == (
        "--brief has no room for --benchmark; leave one out"
    )


def test_an_export_is_told_from_an_answers_file() -> None:
    Path("forms.csv").write_text("Timestamp,FC1 How?\n", encoding="utf-8")
    assert str(refusal("report", "forms.csv")) == (
        "forms.csv: no answers file; exports of survey platforms go to: allycheck import"
    )
