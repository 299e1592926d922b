"""A table scored by an engine gives the tally of the same organisations scored one by one."""

import csv
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest

from allycheck.analysis.cohort.members import records
from allycheck.analysis.cohort.tally import NO_LEVEL, Spread, Tally, tallied
from allycheck.answers import Answers
from allycheck.engine.duckdb import Table, connection, relation, tally_of_table
from allycheck.errors import AllycheckError, UsageError
from allycheck.loading import load_questionnaire
from allycheck.questionnaire import Questionnaire
from allycheck.scored import Scored, scored
from allycheck.scoring import published
from tests.alliances import indicator, questionnaire
from tests.reference import generated
from tests.unit.cli.command import allycheck

BY = ("actor", "form")
ODD = questionnaire(
    (
        "first",
        [
            indicator("a", weight="0.3", quick=True, risks={"rift": "0.7"}, critical=["rift"], pillar="p"),
            indicator("b", weight={"firm": "2.25", "city": "0"}, reverse=True, risks={"rift": 3}, pillar="o"),
            indicator("c", weight="1.5", na=False),
        ],
    ),
    ("second", [indicator("d", actors=["city"], reverse=True, pillar="p"), indicator("e", weight="3.1", pillar="o")]),
    ("third", [indicator("f", weight=2, quick=True, pillar="p"), indicator("g", weight="0.05", risks={"rift": 1})]),
    weights={"first": "1.5", "second": 0, "third": "2.2"},
    actors=[{"id": "firm", "title": "Firm"}, {"id": "city", "title": "City", "weights": {"second": "0.7"}}],
    risks=[{"id": "rift", "title": "Rift"}],
    pillars=[{"id": "p", "title": "P"}, {"id": "o", "title": "O"}],
)


def drawn(questions: Questionnaire, number: int, seed: int) -> list[dict[str, Any]]:
    """Rows of organisations in every mood."""
    dice = Random(seed)
    forms = ["full", "full", "quick"] if questions.has_quick_form else ["full"]
    rows = []
    for at in range(number):
        mood = dice.choice(generated.MOODS)
        row: dict[str, Any] = {"organisation": f"Member {at}", "form": dice.choice(forms)}
        row["actor"] = dice.choice(list(questions.actor_types))
        for item in questions.indicators.values():
            answer = dice.choice(mood)
            row[item.id] = "dk" if answer == "na" and not item.na else answer
        rows.append(row)
    return rows


def sheet_of(questions: Questionnaire, row: dict[str, Any], **more: Any) -> Scored:
    answers = {name: row[name] for name in questions.indicators if row[name] is not None}
    content = {"questionnaire": questions.id, "form": row["form"], "actor": row["actor"] or None, "answers": answers}
    return scored(questions, Answers.model_validate(content | {"organisation": row["organisation"]} | more))


def saved(rows: list[dict[str, Any]], path: Path) -> str:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


def floored(spread: Spread) -> Spread:
    return Spread(spread.counts, {at: Fraction(value * 10**6 // 1, 10**6) for at, value in spread.ordered.items()})


def assert_same(found: Tally, wanted: Tally) -> None:
    """Every count is the same; scores are floored at a millionth; the mean share known may lie a millionth below."""
    assert found.sizes == wanted.sizes
    assert all(0 <= wanted.known[group] - found.known[group] < Fraction(1, 10**6) for group in wanted.known)
    assert found.total == {subject: floored(spread) for subject, spread in wanted.total.items()}
    assert found.spreads == {
        subject: {group: floored(spread) for group, spread in own.items()} for subject, own in wanted.spreads.items()
    }


def compare(questions: Questionnaire, number: int, seed: int, folder: Path) -> None:
    rows = drawn(questions, number, seed)
    sheets = [sheet_of(questions, row) for row in rows]
    counted = tally_of_table(saved(rows, folder / "table.csv"), questions, BY)
    assert (counted.set_aside, counted.left_out, counted.warnings) == (0, 0, [])
    assert_same(counted.tally, tallied(questions, BY, records(sheets, BY)))


@pytest.fixture(params=["alliance-readiness", "joint-venture", "odd"])
def questions(request: pytest.FixtureRequest) -> Questionnaire:
    return ODD if request.param == "odd" else load_questionnaire(request.param)


def test_a_table_gives_the_tally_of_its_sheets(questions: Questionnaire, tmp_path: Path) -> None:
    compare(questions, 300, 1, tmp_path)


def test_each_organisation_can_be_had_with_its_points_and_levels(tmp_path: Path) -> None:
    rows = drawn(ODD, 40, 10)
    with connection() as con:
        table = Table(con, saved(rows, tmp_path / "table.csv"), ODD, ())
        table.score(["organisation"], skip_bad=False)
        asked = con.execute(table.compiler.organisations(["organisation"]))
        columns = [column for column, *_ in asked.description or ()]
        found = [dict(zip(columns, values, strict=True)) for values in asked.fetchall()]
    of = {one["organisation"]: one for one in found}
    for row in rows:
        scores, one = sheet_of(ODD, row).scores, of[row["organisation"]]
        measures = {"overall": scores.overall.measure} | {trend.trend.id: trend.measure for trend in scores.trends}
        measures |= {pillar.pillar.id: pillar.measure for pillar in scores.pillars}
        measures |= {risk.risk.id: risk.measure for risk in scores.risks}
        for name, measure in measures.items():
            value = published(measure)
            assert one[f"score_{name}"] == (None if value is None else value * 10**6 // 1)
        for trend in scores.trends:
            assert one[f"level_{trend.trend.id}"] == (trend.level if trend.measure.published else NO_LEVEL)


@pytest.mark.slow
def test_a_large_table_gives_the_tally_of_its_sheets(questions: Questionnaire, tmp_path: Path) -> None:
    compare(questions, 5_000, 2, tmp_path)


@pytest.mark.parametrize("seed", range(12))
def test_so_does_a_table_of_any_questionnaire(seed: int, tmp_path: Path) -> None:
    compare(Questionnaire.model_validate(generated.questionnaire(Random(seed))), 60, seed, tmp_path)


def test_parquet_and_json_lines_say_the_same(tmp_path: Path) -> None:
    import duckdb

    path = saved(drawn(ODD, 60, 3), tmp_path / "table.csv")
    wanted = tally_of_table(path, ODD, BY)
    duckdb.sql(f"COPY (FROM {relation(path)}) TO '{tmp_path}/it''s [1] *.parquet' (FORMAT parquet)")
    duckdb.sql(f"COPY (FROM {relation(path)}) TO '{tmp_path}/table.jsonl' (FORMAT json)")
    assert tally_of_table(f"{tmp_path}/it's [1] *.parquet", ODD, BY) == wanted
    assert tally_of_table(f"{tmp_path}/table.jsonl", ODD, BY) == wanted


def refusal(rows: list[dict[str, Any]], folder: Path, by: tuple[str, ...] = ()) -> list[str]:
    with pytest.raises(AllycheckError) as error:
        tally_of_table(saved(rows, folder / "table.csv"), ODD, by)
    return [str(fault).replace(f"{folder}/", "") for fault in error.value.faults]


def test_every_bad_row_is_named_with_its_line(tmp_path: Path) -> None:
    rows = drawn(ODD, 20, 4)
    rows[0] |= {"a": 9}
    rows[3] |= {"actor": "firma", "c": "na"}
    rows[7] |= {"form": "long"}
    assert refusal(rows, tmp_path) == [
        "table.csv:2: a: '9' is not an answer; use 0, 1, 2, 3, 4, na or dk",
        "table.csv:5: actor: unknown actor firma; use firm or city",
        "table.csv:5: c: not applicable is refused here; use a level or dk",
        "table.csv:9: form: unknown form long; use full or quick",
    ]
    counted = tally_of_table(str(tmp_path / "table.csv"), ODD, (), skip_bad=True)
    assert (counted.left_out, counted.set_aside, sum(counted.tally.sizes.values())) == (3, 0, 17)


def test_of_an_organisation_the_latest_sound_row_counts(tmp_path: Path) -> None:
    rows = [row | {"date": "2026-01-01"} for row in drawn(ODD, 20, 5)]
    rows += [rows[0] | {"date": "2026-02-01"}, rows[1] | {"date": "2025-12-01"}]
    counted = tally_of_table(saved(rows, tmp_path / "table.csv"), ODD, ("year",))
    assert counted.set_aside == 2
    assert counted.tally.sizes == {("2026",): 20}
    rows[1] |= {"date": "2025-12-01"}
    assert refusal(rows, tmp_path) == [
        "table.csv:23: line 3 is of Member 1, too, and both are of 2025-12-01; keep one of them, or date them"
    ]
    assert tally_of_table(str(tmp_path / "table.csv"), ODD, (), skip_bad=True).left_out == 2


def test_strange_columns_are_refused_with_the_nearest_names(tmp_path: Path) -> None:
    rows = [{"actor": "firm", "aa": 1, "x": 2}] * 5
    assert refusal(rows, tmp_path) == [
        "table.csv: these are not the columns of small: 7 indicators of 7 have none; aa: did you mean a?"
    ]


def test_versions_are_never_mixed(tmp_path: Path) -> None:
    rows = [row | {"version": "1.0"} for row in drawn(ODD, 20, 6)]
    rows[3]["version"] = "0.9"
    [told] = refusal(rows, tmp_path)
    assert told.startswith("table.csv: different versions of the questionnaire: 1 row of 0.9 and 19 rows of 1.0; ")
    assert tally_of_table(str(tmp_path / "table.csv"), ODD, ("version",)).tally.sizes == {("0.9",): 1, ("1.0",): 19}


def test_a_table_is_grouped_by_its_own_columns_only(tmp_path: Path) -> None:
    path = saved(drawn(ODD, 6, 7), tmp_path / "table.csv")
    with pytest.raises(UsageError, match="can't be grouped by"):
        tally_of_table(path, ODD, ("region",))


@pytest.mark.parametrize("digits", ["0.123456789012345678901", "0.000000000000000000001"])
def test_weights_that_do_not_fit_are_refused(digits: str, tmp_path: Path) -> None:
    path = saved(drawn(ODD, 6, 8), tmp_path / "table.csv")
    fine = questionnaire(("first", [indicator("a", weight=digits), indicator("b"), indicator("c")]))
    with pytest.raises(AllycheckError, match="too fine for the engine"):
        tally_of_table(path, fine, ())


def test_sums_that_would_not_be_compared_exactly_are_refused(tmp_path: Path) -> None:
    """A weight of 10 ** 9 times a share in parts of 10 ** 7 lies beyond 2 ** 53, which is about 9 * 10 ** 15."""
    heavy = questionnaire(("first", [indicator("a"), indicator("b", weight="1000000000"), indicator("c")]))
    path = saved(drawn(heavy, 6, 8), tmp_path / "table.csv")
    finer = heavy.method.model_copy(update={"coverage": Fraction(6_666_667, 10**7)})
    tally_of_table(path, heavy, ())
    with pytest.raises(AllycheckError, match="too fine for the engine"):
        tally_of_table(path, heavy.model_copy(update={"method": finer}), ())


@pytest.mark.parametrize("ending", ["parquet", "csv", "jsonl"])
def test_what_is_no_table_is_refused(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"table.{ending}"
    with pytest.raises(AllycheckError, match="no such file"):
        tally_of_table(str(path), ODD, ())
    path.write_bytes(b"\x00\x01{")
    with pytest.raises(AllycheckError):
        tally_of_table(str(path), ODD, ())


def test_the_command_prints_nothing_beside_a_fault(tmp_path: Path) -> None:
    rows = drawn(load_questionnaire("joint-venture"), 12, 9)
    path = saved([rows[0] | {"actor": "nobody"}, *rows[1:]], tmp_path / "table.csv")
    asked = ("cohort", path, "--questionnaire", "joint-venture")
    told = allycheck(*asked)
    assert (told.returncode, told.stdout) == (3, "")
    assert "table.csv:2: actor: unknown actor nobody" in told.stderr
    told = allycheck(*asked, "--skip-bad")
    assert told.returncode == 0
    assert "11 organisations" in told.stdout


def test_a_table_stands_alone() -> None:
    assert allycheck("cohort", "table.csv", "sheets/").returncode == 2
    assert allycheck("report", "-", "--benchmark", "table.csv", "--benchmark", "sheets/").returncode == 2


def joint_ventures(folder: Path, *changed: dict[str, Any]) -> str:
    """Twelve rows of the joint venture, the first ones changed; the path of their CSV."""
    rows = drawn(load_questionnaire("joint-venture"), 12, 9)
    return saved(
        [{**row, **change} for row, change in zip(rows, [*changed, *[{}] * 12], strict=False)], folder / "t.csv"
    )


def counted(path: str, *by: str) -> tuple[int, list[tuple[str, ...]]]:
    found = tally_of_table(path, load_questionnaire("joint-venture"), by)
    return sum(found.tally.sizes.values()), list(found.tally.sizes)


def test_a_row_that_begins_with_a_hash_is_a_row(tmp_path: Path) -> None:
    assert counted(joint_ventures(tmp_path, {"organisation": "# first"}))[0] == 12


def test_the_name_of_a_folder_is_no_column(tmp_path: Path) -> None:
    (tmp_path / "actor=management").mkdir()
    path = joint_ventures(tmp_path / "actor=management")
    assert counted(path, "actor") == counted(joint_ventures(tmp_path), "actor")


@pytest.mark.parametrize("day", ["31/12/2025", "banana", "2026-9-01", "2026-02-30"])
def test_a_date_that_is_none_is_refused(day: str, tmp_path: Path) -> None:
    with pytest.raises(AllycheckError, match=r"date: 1 row has no day of the calendar.*write it as YYYY-MM-DD"):
        counted(joint_ventures(tmp_path, {"date": day}))


def test_only_what_is_behind_the_point_falls_away(tmp_path: Path) -> None:
    path = joint_ventures(tmp_path, *[{"size": "1.05"}] * 6, *[{"size": "15.0"}] * 6)
    with duckdb.connect() as con:
        con.execute(f"COPY (SELECT * REPLACE (CAST(size AS DOUBLE) AS size) FROM '{path}') TO '{tmp_path}/t.parquet'")
    assert counted(str(tmp_path / "t.parquet"), "size")[1] == [("1.05",), ("15",)]


def test_a_number_of_json_is_told_from_a_text(tmp_path: Path) -> None:
    answers = '"actor": "firm", "a": 3.0, "b": 1, "c": "2", "d": null, "e": null, "f": null, "g": null'
    sizes = ["3.0", "3", '"3.0"', "1.5"]
    rows = [f'{{"organisation": "{at}", {answers}, "size": {size}}}' for at, size in enumerate(sizes)]
    (tmp_path / "table.jsonl").write_text("\n".join(rows), encoding="utf-8")
    tally = tally_of_table(str(tmp_path / "table.jsonl"), ODD, ("size",)).tally
    assert tally.sizes == {("1.5",): 1, ("3",): 2, ("3.0",): 1}


def test_small_groups_of_a_column_of_ones_own_are_not_named(tmp_path: Path) -> None:
    rows = [{"company": f"Company {at}"} for at in range(12)]
    told = allycheck("cohort", joint_ventures(tmp_path, *rows), "-q", "joint-venture", "--by", "company", "-f", "json")
    assert told.returncode == 0
    assert "Company" not in told.stdout
    assert '"untold": 12' in told.stdout
