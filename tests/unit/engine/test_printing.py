"""The SQL that is printed: read back by each engine's grammar, and run in DuckDB it counts what `cohort` counts.

`UPDATE_GOLDENS=1 python -m pytest tests/unit/engine` writes the golden texts anew.
"""

import os
from collections import Counter
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest
import sqlglot

from allycheck.analysis.cohort.quartiles import quartile
from allycheck.analysis.cohort.tally import Group, Kind, Spread, Tally, edges
from allycheck.engine import DIALECTS, Dialect
from allycheck.engine.duckdb import layout_in, tally_of_table
from allycheck.engine.printing import QUARTILES, Wanted, expected_layout, printed
from allycheck.errors import UsageError
from allycheck.loading import load_questionnaire
from allycheck.questionnaire import Questionnaire
from tests.alliances import indicator, questionnaire
from tests.reference import generated
from tests.unit.cli.command import allycheck
from tests.unit.engine.test_tables import ODD, drawn, saved

GOLDENS = Path(__file__).parent / "printed"
SMALL = questionnaire(
    ("first", [indicator("a", quick=True, risks={"rift": 1}), indicator("b-2", weight=2, reverse=True)]),
    ("second", [indicator("c", actors=["city"], na=False, risks={"rift": 2})]),
    actors=[{"id": "firm", "title": "Firm"}, {"id": "city", "title": "City"}],
    risks=[{"id": "rift", "title": "Rift"}],
)
EVERYONE = None


def text_of(questions: Questionnaire, dialect: Dialect, *by: str, table: str = "answers") -> str:
    return printed(questions, expected_layout(questions, by), Wanted(dialect, table, by))


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("questions", [SMALL, ODD], ids=["small", "odd"])
def test_each_engine_reads_its_text(questions: Questionnaire, dialect: Dialect) -> None:
    text = text_of(questions, dialect, "region")
    [statement] = sqlglot.parse(text, read=dialect, error_level=sqlglot.ErrorLevel.RAISE)
    assert isinstance(statement, sqlglot.exp.Select)
    known = {"BITWISE_RIGHT_SHIFT"}  # of Trino, which the grammar writes and does not read
    assert {call.name for call in statement.find_all(sqlglot.exp.Anonymous)} <= known
    assert text == text_of(questions, dialect, "region")


@pytest.mark.slow
@pytest.mark.parametrize("dialect", DIALECTS)
def test_each_engine_reads_the_text_of_the_bundled_questionnaire(dialect: Dialect) -> None:
    text = text_of(load_questionnaire("alliance-readiness"), dialect, "actor", "year")
    assert len(sqlglot.parse(text, read=dialect)) == 1


@pytest.mark.parametrize("dialect", ["duckdb", "spark"])
def test_the_text_is_the_golden_one(dialect: Dialect) -> None:
    text = text_of(SMALL, dialect, "region")
    golden = GOLDENS / f"{dialect}.sql"
    if os.environ.get("UPDATE_GOLDENS"):
        golden.write_text(text, encoding="utf-8")
    assert golden.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("dialect", [one for one in DIALECTS if one != "duckdb"])
def test_nothing_is_divided_with_a_fraction_that_may_be_rounded(dialect: Dialect) -> None:
    """Trino's grammar would go through DOUBLE and Snowflake's through a division of six decimals."""
    statement = sqlglot.parse_one(text_of(ODD, dialect, "region"), read=dialect)
    for cast in statement.find_all(sqlglot.exp.Trunc, sqlglot.exp.Round):
        pytest.fail(cast.sql(dialect))


Counts = dict[tuple[str, str, Group | None], Counter[str]]


def run_in_duckdb(path: str, text: str, by: int) -> tuple[Counts, dict[tuple[str, str, Group | None], Any]]:
    """The counts by kind, subject and group, and the numbers: quartiles and the share that is known."""
    counts: Counts = {}
    numbers = {}
    with duckdb.connect() as con:
        con.execute(f"CREATE VIEW answers AS FROM read_csv('{path}', all_varchar = true)")
        for kind, subject, *groups, value, n in con.execute(text).fetchall():
            group = tuple(groups[:by]) if by and groups[0] is not None else EVERYONE
            if kind in {*QUARTILES, "known"}:
                numbers[kind, subject, group] = (Fraction(value), n)
            else:
                assert value not in counts.setdefault((kind, subject, group), Counter()), "one row a count"
                counts[kind, subject, group][value] += n
    return counts, numbers


def words(kind: Kind, questions: Questionnaire) -> list[str]:
    """What the categories of a kind are called in the printed text's result."""
    if kind == "level":
        return [*(level.id for level in questions.level_names), "not published"]
    limits = [0, *(float(at) for at in edges(kind, questions.method)), 100]
    return [*(f"{low:g} to {high:g}" for low, high in pairwise(limits)), "not published"]


def assert_same_counts(found: Counts, tally: Tally) -> None:
    for (kind, name), total in tally.total.items():
        for group, spread in [(EVERYONE, total), *(tally.spreads[kind, name].items() if tally.by else [])]:
            if kind == "answer":
                assert by_state(found[kind, name, group]) == spread.counts, (kind, name, group)
            elif kind != "asked":
                wanted = dict(zip(words(kind, tally.questionnaire), spread.counts, strict=True))
                assert dict(found[kind, name, group]) == {word: n for word, n in wanted.items() if n}


def by_state(counts: Counter[str]) -> tuple[int, ...]:
    """Weak, middle, strong, not known, not applicable, not asked: what a tally keeps of an answer."""
    levels = (counts["0"] + counts["1"], counts["2"], counts["3"] + counts["4"])
    return (*levels, counts["not known"], counts["not applicable"], counts["not asked"])


def assert_same_quartiles(found: dict[tuple[str, str, Group | None], Any], tally: Tally) -> None:
    for (kind, name), total in tally.total.items():
        if kind not in {"score", "pillar", "exposure"}:
            continue
        for group, spread in [(EVERYONE, total), *(tally.spreads[kind, name].items() if tally.by else [])]:
            n = sum(spread.counts[:-1])
            for part, word in enumerate(QUARTILES, start=1):
                if n:
                    assert found[word, name, group] == (floored_quartile(n, part, spread), n)


def floored_quartile(n: int, part: int, spread: Spread) -> Fraction:
    return Fraction(quartile(n, part, spread.ordered) * 10**6 // 1, 10**6)


def compare(questions: Questionnaire, folder: Path, seed: int, *by: str) -> None:
    regions = ("north", "south", "o'west")
    rows = [{**row, "region": regions[at % 3]} for at, row in enumerate(drawn(questions, 90, seed))]
    path = saved(rows, folder / "table.csv")
    tally = tally_of_table(path, questions, by).tally
    counts, numbers = run_in_duckdb(path, text_of(questions, "duckdb", *by), len(by))
    assert_same_counts(counts, tally)
    assert_same_quartiles(numbers, tally)
    sizes = {
        group: n for (kind, what, group), [(_, n)] in sized(counts) if (kind, what) == ("organisations", "counted")
    }
    assert sizes == {EVERYONE: 90, **(tally.sizes if by else {})}
    shares = {group: share for (kind, _, group), (share, _) in numbers.items() if kind == "known" and group}
    assert all(0 <= tally.known[group] - share < Fraction(1, 10**6) for group, share in shares.items())


def sized(counts: Counts) -> list[tuple[tuple[str, str, Group | None], list[tuple[str, int]]]]:
    return [(key, list(found.items())) for key, found in counts.items() if key[0] == "organisations"]


@pytest.mark.parametrize("by", [(), ("region",), ("actor", "region")], ids=["all", "region", "actor-region"])
def test_the_text_counts_what_cohort_counts(by: tuple[str, ...], tmp_path: Path) -> None:
    compare(ODD, tmp_path, 1, *by)


@pytest.mark.parametrize("seed", range(6))
def test_so_does_the_text_of_any_questionnaire(seed: int, tmp_path: Path) -> None:
    compare(Questionnaire.model_validate(generated.questionnaire(Random(seed))), tmp_path, seed, "region")


@pytest.mark.slow
def test_so_does_the_text_of_the_bundled_questionnaire(tmp_path: Path) -> None:
    compare(load_questionnaire("alliance-readiness"), tmp_path, 2, "region")


def test_rows_that_can_not_be_read_are_counted_as_left_out(tmp_path: Path) -> None:
    rows = drawn(SMALL, 20, 3)
    rows[0]["a"], rows[1]["actor"] = "5", "nobody"
    path = saved(rows, tmp_path / "table.csv")
    counts, _ = run_in_duckdb(path, text_of(SMALL, "duckdb"), 0)
    assert counts["organisations", "counted", EVERYONE] == {None: 18}
    assert counts["organisations", "left out", EVERYONE] == {None: 2}


def test_the_columns_of_a_file_are_named_as_it_names_them(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text('Actor,a,"B-2",size\nfirm,1,2,small\n', encoding="utf-8")
    layout = layout_in(str(path), SMALL)
    text = printed(SMALL, layout, Wanted("snowflake", "answers", ["size"]))
    assert 'CAST("B-2" AS VARCHAR)' in text
    assert '"Actor"' in text
    assert '"c"' not in text


@pytest.mark.parametrize(
    ("dialect", "name", "written"),
    [
        ("bigquery", "some-project.survey.answers", "FROM `some-project`.survey.answers"),
        ("spark", "main.survey.`answers 2`", "FROM main.survey.`answers 2`"),
        ("postgres", 'survey."Answers"', 'FROM survey."Answers"'),
    ],
)
def test_a_table_is_named_as_its_engine_names_it(dialect: Dialect, name: str, written: str) -> None:
    assert written in text_of(SMALL, dialect, table=name)


@pytest.mark.parametrize("name", ["a; DROP TABLE b", "(SELECT 1)", "a b", "", "read_csv('x')"])
def test_what_is_no_name_of_a_table_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="not the name of a table"):
        text_of(SMALL, "duckdb", table=name)


def test_a_group_that_would_be_called_like_a_count_is_refused() -> None:
    with pytest.raises(UsageError, match="the result has a column of this name"):
        text_of(SMALL, "duckdb", "kind")


def test_the_command_prints_a_comment_and_the_text() -> None:
    told = allycheck("cohort", "--print-sql", "--dialect", "trino", "--by", "region", "-q", "joint-venture")
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.startswith("-- Questionnaire joint-venture, version ")
    assert "Counts under 5 are NOT withheld here" in told.stdout
    assert len(sqlglot.parse(told.stdout, read="trino")) == 1


@pytest.mark.parametrize(
    "given",
    [
        ["--print-sql", "sheets/"],
        ["--print-sql", "a.csv", "b.csv"],
        ["--print-sql", "--roll-up"],
        ["--print-sql", "--engine", "duckdb"],
        ["--print-sql", "-o", "x.csv"],
        ["--dialect", "spark", "a.csv"],
        ["--table", "t", "a.csv"],
        ["--engine", "spark", "sheets/"],
        [],
    ],
    ids=" ".join,
)
def test_options_that_do_not_go_together_are_refused(given: list[str]) -> None:
    told = allycheck("cohort", *given)
    assert (told.returncode, told.stdout) == (2, "")
