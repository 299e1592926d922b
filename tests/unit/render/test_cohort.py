"""What a cohort's page and tables say of levels."""

import csv
import io

from allycheck.analysis.cohort.cohort import cohort
from allycheck.analysis.cohort.members import records
from allycheck.analysis.cohort.tally import tallied
from allycheck.render.formats import Format, render
from tests.alliances import indicator, questionnaire, sheet

BROAD = questionnaire(*((trend, [indicator(f"{trend}{at}") for at in range(3)]) for trend in "abc"))


def shown(levels: list[int], form: Format, *by: str) -> str:
    """A cohort of sheets with one level in all answers, the first half of them of an earlier year."""
    sheets = [
        sheet(
            BROAD,
            dict.fromkeys(BROAD.indicators, level),
            organisation=str(at),
            date=f"{2025 + (2 * at >= len(levels))}-01-01",
        )
        for at, level in enumerate(levels)
    ]
    return str(render(cohort(tallied(BROAD, by, records(sheets, by))), form, kind="cohort"))


def test_levels_of_groups_stand_in_one_table() -> None:
    """Of twelve in each year six are at level 1 and six at 2."""
    told = shown([1] * 6 + [2] * 6 + [1] * 6 + [2] * 6, Format.TEXT, "year")
    table = told.split("By maturity level, of those whose score is known:\n\n")[1].split("\n\n")[0]
    assert [line.split() for line in table.splitlines()] == [
        ["Group", "Absent", "Ad", "hoc", "Defined", "Practised", "Adaptive"],
        ["All", "0", "12", "12", "0", "0"],
        ["2025", "0", "6", "6", "0", "0"],
        ["2026", "0", "6", "6", "0", "0"],
    ]


def test_each_level_has_a_row_in_csv() -> None:
    rows = csv.DictReader(io.StringIO(shown([1] * 6 + [2, 3] * 4, Format.CSV).removeprefix("\ufeff")))
    levels = [(row["id"], row["title"], row["n"]) for row in rows if row["kind"] == "level"]
    assert levels == [
        ("0", "Absent", "0"),
        ("1", "Ad hoc", "6"),
        ("2-3", "Defined to Practised", "8"),
        ("4", "Adaptive", "0"),
    ]
