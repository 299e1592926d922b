"""Tables scored where they lie by DuckDB, inside this process: Parquet, CSV and JSON Lines."""

import glob
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from allycheck.analysis.cohort.members import VERSION
from allycheck.analysis.cohort.tally import Tally
from allycheck.answers import Answers, answer_warnings
from allycheck.engine.compiling import Compiler, quoted, text, with_relations
from allycheck.engine.layout import Layout, dated, layout_of, named, read_columns, versioned
from allycheck.engine.lines import Lines
from allycheck.engine.tallying import Row, tally_of
from allycheck.engine.versions import is_readable, version_faults
from allycheck.errors import AllycheckError, Fault
from allycheck.fields import DATE_PATTERN
from allycheck.language import _, ngettext
from allycheck.questionnaire import Questionnaire
from allycheck.text import choices, first_of, printable, shown

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_EXTRA = "pip install duckdb sqlglot"
MEMORY = "700MB"
"""What DuckDB may hold before it writes to a temporary folder."""
MOST_ROWS = 20
"""Rows with faults that are named; of more it tells how many."""
NUMBERED = "SELECT *, ROW_NUMBER() OVER () AS row_at FROM source"


class Counted(NamedTuple):
    """A table as one tally; how many rows an organisation's later one set aside, and how many had faults."""

    tally: Tally
    set_aside: int
    left_out: int
    warnings: list[str]


@contextmanager
def connection() -> "Iterator[DuckDBPyConnection]":
    """DuckDB in memory, which loads no extension and spills into a folder that goes when it closes."""
    try:
        import duckdb
    except ImportError as error:
        extra = _("install the extra cohort: {command}").format(command=_EXTRA)
        raise AllycheckError(_("a table, which can't be read yet"), hint=extra) from error
    with tempfile.TemporaryDirectory(prefix="allycheck-") as folder, duckdb.connect() as con:
        for setting, value in (
            ("autoinstall_known_extensions", "false"),
            ("autoload_known_extensions", "false"),
            ("enable_progress_bar", "false"),
            ("memory_limit", text(MEMORY)),
            ("temp_directory", text(folder)),
        ):
            con.execute(f"SET {setting} = {value}")
        yield con


def relation(path: str) -> str:
    """The table in a file as DuckDB reads it, whatever characters its name has."""
    name = text(glob.escape(path))
    match Path(path).suffix.lower():
        case ".parquet":
            return f"read_parquet({name}, hive_partitioning = false)"
        case ".csv":
            return f"read_csv({name}, header = true, all_varchar = true, comment = '', hive_partitioning = false)"
        case _:
            return f"read_json({name}, format = 'newline_delimited', maximum_depth = 1, hive_partitioning = false)"


class Table:
    """A file with a table, opened: its columns told apart, and its rows as the relation `source`."""

    def __init__(self, con: "DuckDBPyConnection", path: str, questionnaire: Questionnaire, by: Sequence[str]) -> None:
        self.con, self.path, self.questionnaire, self.by = con, path, questionnaire, by
        described = _described(con, path)
        self.layout = layout_of(list(described), questionnaire, printable(path))
        columns, selected = read_columns(self.layout, by, questionnaire)
        self.compiler = Compiler(questionnaire, columns)
        texts = ", ".join(_as_text(*one) for one in described.items())
        con.execute(f"CREATE TEMP VIEW raw AS SELECT {texts} FROM {relation(path)}")
        more = [f"{named(self.layout)} AS organisation", f"{dated(self.layout)} AS day",
                f"{versioned(self.layout, questionnaire)} AS version"]  # fmt: skip
        con.execute(f"CREATE TEMP VIEW source AS SELECT {', '.join([*selected, *more])} FROM raw")
        self.set_aside = self.left_out = 0
        self.faults: list[Fault] = []

    def all(self, sql: str) -> list[Any]:
        """Every row of a statement's result."""
        return self.con.execute(sql).fetchall()

    def one(self, sql: str) -> int:
        """The one number that a statement results in."""
        return int(self.all(sql)[0][0])

    def refuse_mixed(self) -> None:
        """Refuse rows of different versions that are not grouped by version, and of newer major ones."""
        if VERSION not in self.layout.names:
            return
        versions = dict(self.all("SELECT version, COUNT(*) FROM source GROUP BY version ORDER BY version"))
        if faults := version_faults(versions, self.questionnaire, self.by, printable(self.path)):
            raise AllycheckError(faults)

    def old_versions(self, rows: str = "source") -> Iterator[str]:
        """What a reader should know of rows of other versions of the questionnaire, as of sheets."""
        if VERSION not in self.layout.names:
            return
        for (version,) in self.all(f"SELECT DISTINCT version FROM {rows} ORDER BY version"):
            if is_readable(version, self.questionnaire):
                recorded = Answers.model_construct(questionnaire=self.questionnaire.id, version=version)
                yield from (f"{printable(self.path)}: {one}" for one in answer_warnings(recorded, self.questionnaire))

    def refuse_days(self) -> None:
        """Refuse a column of dates that holds something else: which row is the latest could not be said."""
        no_day = f"day <> '' AND (NOT REGEXP_FULL_MATCH(day, '{DATE_PATTERN}') OR TRY_CAST(day AS DATE) IS NULL)"
        days = "SELECT day, COUNT(*) AS n FROM source GROUP BY day"
        found = self.all(f"SELECT MIN(day), COALESCE(SUM(n), 0) FROM ({days}) WHERE {no_day}")
        [(day, n)] = found
        if n:
            what = ngettext(
                "date: {number} row has no day of the calendar, such as {day}",
                "date: {number} rows have no day of the calendar, such as {day}",
                n,
            )
            raise AllycheckError(
                what.format(number=n, day=shown(day)), printable(self.path), _("write it as YYYY-MM-DD")
            )

    def score(self, extra: Sequence[str] = (), *, skip_bad: bool) -> None:
        """Make the tables `keyed` and `scored`: the latest sound row of each organisation.

        Raises AllycheckError with the rows that have faults, unless they are to be left out.
        """
        source = "source"
        rows = self.one("SELECT COUNT(*) FROM raw")
        self.con.execute(f"CREATE TEMP TABLE keyed AS {self.compiler.keyed('source')}")
        if self._repeats():
            self.con.execute(f"CREATE TEMP TABLE numbered AS {NUMBERED}")
            self._find_bad(self._bad("numbered"))
            self._find_undecided()
            self.con.execute(
                "CREATE TEMP VIEW latest AS SELECT * FROM numbered WHERE row_at NOT IN (SELECT row_at FROM bad) "
                "QUALIFY organisation = '' OR ROW_NUMBER() OVER (PARTITION BY organisation ORDER BY day DESC) = 1"
            )
            source = "latest"
        self._make_scored(source, extra)
        scored = self.one("SELECT COUNT(*) FROM scored")
        if source == "source" and scored < rows:
            self._find_bad(self._bad(f"({NUMBERED})"))
        self.set_aside = rows - self.left_out - scored
        if self.left_out and not (skip_bad and scored):
            raise AllycheckError(self.faults)
        if not rows:
            raise AllycheckError(_("the table has no rows"), printable(self.path))

    def _make_scored(self, source: str, extra: Sequence[str]) -> None:
        steps = self.compiler.steps(f"{source} AS source", extra)
        self.con.execute(f"CREATE TEMP TABLE scored AS {with_relations(steps[:-1], steps[-1][1])}")
        self.con.execute(f"DELETE FROM scored WHERE NOT ({self.compiler.sound})")

    def _repeats(self) -> bool:
        """Whether any organisation has more than one row."""
        if "organisation" not in self.layout.names:
            return False
        distinct = "COUNT(*) - COUNT(DISTINCT HASH(organisation))"
        return bool(self.one(f"SELECT {distinct} FROM source WHERE organisation <> ''"))

    def _bad(self, source: str) -> str:
        [(_name, sums), *_others] = self.compiler.steps(f"{source} AS source", ["source.row_at"])
        return f"WITH sums AS ({sums}) SELECT row_at FROM sums WHERE NOT ({self.compiler.sound})"

    def _find_bad(self, bad: str) -> None:
        self.con.execute(f"CREATE TEMP TABLE bad AS {bad}")
        self.left_out = self.one("SELECT COUNT(*) FROM bad")
        if not self.left_out:
            return
        answers = self.compiler.columns.answers
        names = ", ".join(["row_at", "actor", "form", *answers.values()])
        found = self.all(
            f"SELECT {names} FROM ({NUMBERED}) WHERE row_at IN "
            f"(SELECT row_at FROM bad ORDER BY row_at LIMIT {MOST_ROWS}) ORDER BY row_at"
        )
        for row_at, actor, form, *values in found:
            self.faults += self.row_faults(row_at, actor, form, dict(zip(answers, values, strict=True)))
        self._more(self.left_out)

    def _more(self, number: int) -> None:
        if number > MOST_ROWS:
            more = number - MOST_ROWS
            what = ngettext("{number} more row with faults", "{number} more rows with faults", more)
            fault = Fault(what.format(number=more), where=printable(self.path), hint=_("correct them first"))
            self.faults.append(fault)

    def row_faults(self, row_at: int, actor: str, form: str, values: dict[str, str | None]) -> Iterator[Fault]:
        """What is wrong with a row: its number, its actor and form, and its answers by indicator."""
        where = self.place(row_at)
        if actor not in self.compiler.actors:
            known = [one for one in self.compiler.actors if one]
            yield Fault(
                _("unknown actor {word}").format(word=shown(actor)) if actor else _("no actor"),
                ("actor",),
                choices(known) if known else _("leave it out"),
                where=where,
            )
        forms = ["full", *(["quick"] if self.questionnaire.has_quick_form else [])]
        if form not in forms:
            yield Fault(
                _("unknown form {word}").format(word=shown(form)),
                ("form",),
                choices(forms),
                where=where,
            )
        for name, value in values.items():
            item = self.questionnaire.indicators[name]
            column = self.layout.indicators[name]
            if (value or "") not in self.compiler.states(item):
                if value == "na":
                    yield Fault(
                        _("not applicable is refused here"), (printable(column),), _("use a level or dk"), where=where
                    )
                else:
                    yield Fault(
                        _("{word} is not an answer").format(word=repr(shown(value or ""))),
                        (printable(column),),
                        _("use 0, 1, 2, 3, 4, na or dk"),
                        where=where,
                    )

    def _find_undecided(self) -> None:
        """Organisations whose latest day has two rows: neither is the latest. All their rows are left out."""
        sound = "SELECT * FROM numbered WHERE organisation <> '' AND row_at NOT IN (SELECT row_at FROM bad)"
        place = "RANK() OVER (PARTITION BY organisation ORDER BY day DESC) AS place"
        newest = f"SELECT organisation, day, row_at, {place} FROM ({sound})"
        self.con.execute(
            "CREATE TEMP TABLE undecided AS SELECT organisation, MAX(day) AS day, "
            f"LIST(row_at ORDER BY row_at) AS rows FROM ({newest}) WHERE place = 1 "
            "GROUP BY organisation HAVING COUNT(*) > 1"
        )
        number = self.one("SELECT COUNT(*) FROM undecided")
        first = f"SELECT organisation, day, rows FROM undecided ORDER BY rows[1] LIMIT {MOST_ROWS}"
        for name, day, rows in self.all(first):
            others = first_of([str(self._line(row)) for row in rows[:-1]], MOST_ROWS)
            words = self._undecided(len(rows) - 1, dated=bool(day))
            what = words.format(places=others, organisation=shown(name), date=shown(day))
            self.faults.append(Fault(what, where=self.place(rows[-1]), hint=_("keep one of them, or date them")))
        self._more(number)
        self.con.execute(
            "INSERT INTO bad SELECT row_at FROM numbered WHERE organisation IN "
            "(SELECT organisation FROM undecided) AND row_at NOT IN (SELECT row_at FROM bad)"
        )
        self.left_out = self.one("SELECT COUNT(*) FROM bad")

    def _undecided(self, others: int, *, dated: bool) -> str:
        """That this row and `others` before it are one organisation's, and none is the latest."""
        if self._has_lines and dated:
            return ngettext(
                "line {places} is of {organisation}, too, and both are of {date}",
                "line {places} are of {organisation}, too, and all are of {date}",
                others,
            )
        if self._has_lines:
            return ngettext(
                "line {places} is of {organisation}, too, and both are without a date",
                "line {places} are of {organisation}, too, and all are without a date",
                others,
            )
        if dated:
            return ngettext(
                "row {places} is of {organisation}, too, and both are of {date}",
                "row {places} are of {organisation}, too, and all are of {date}",
                others,
            )
        return ngettext(
            "row {places} is of {organisation}, too, and both are without a date",
            "row {places} are of {organisation}, too, and all are without a date",
            others,
        )

    @property
    def _has_lines(self) -> bool:
        return not self.path.lower().endswith(".parquet")

    def _line(self, row_at: int) -> int:
        return self._lines.of(row_at) if self.path.lower().endswith(".csv") else row_at

    @cached_property
    def _lines(self) -> Lines:
        [(delimiter, quote)] = self.all(f"SELECT Delimiter, Quote FROM sniff_csv({text(glob.escape(self.path))})")
        return Lines(self.path, delimiter, quote if len(quote) == 1 else '"')

    def place(self, row_at: int) -> str:
        """A row as messages name it: by its line, or in Parquet by its number from 1."""
        name = printable(self.path)
        if self._has_lines:
            return f"{name}:{self._line(row_at)}"
        return _("{file}: row {number}").format(file=name, number=row_at)

    def tally(self) -> Tally:
        """Count what was scored."""
        for name, body in self.compiler.counts():
            self.con.execute(f"CREATE TEMP TABLE {name} AS {body}")
        found = self.all("SELECT * FROM tallied")
        rows = (
            Row(kind, subject, actor, form, tuple(by), value, n, before)
            for kind, subject, actor, form, *by, value, n, before in found
        )
        return tally_of(self.compiler, self.by, rows)


def tally_of_table(path: str, questionnaire: Questionnaire, by: Sequence[str], *, skip_bad: bool = False) -> Counted:
    """Score a table and count it, without a row of it in Python.

    Raises AllycheckError with each row that has a fault, unless such rows are to be left out; then they are warnings.
    """
    with connection() as con, readable_table(path):
        table = Table(con, path, questionnaire, by)
        table.refuse_mixed()
        table.refuse_days()
        table.score(skip_bad=skip_bad)
        warnings = [*table.layout.warnings(), *table.old_versions(), *map(str, table.faults)]
        return Counted(table.tally(), table.set_aside, table.left_out, warnings)


def layout_in(path: str, questionnaire: Questionnaire) -> Layout:
    """What the columns of a table are, of which nothing else is read."""
    with connection() as con, readable_table(path):
        return layout_of(list(_described(con, path)), questionnaire, printable(path))


@contextmanager
def readable_table(path: str) -> Iterator[None]:
    """What DuckDB says of a file that it can't read, as one fault of the file."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        said = printable(str(error).splitlines()[0])
        raise AllycheckError(_("not a table that can be read"), printable(path), said) from error


def _described(con: "DuckDBPyConnection", path: str) -> dict[str, str]:
    """The columns of a table with their types. Raises AllycheckError where it can't be read."""
    if not Path(path).is_file():
        raise AllycheckError(_("no such file"), printable(path))
    return {name: kind for name, kind, *_ in con.execute(f"DESCRIBE SELECT * FROM {relation(path)}").fetchall()}


def _as_text(name: str, kind: str) -> str:
    """A column as text: 3.0 of a column that some program made fractional is the answer 3."""
    column = quoted(name)
    if kind == "VARCHAR":
        return column
    if kind == "JSON":
        told = f"{column} ->> '$'"
        whole = f"REGEXP_REPLACE({told}, '\\.0$', '')"
        return f"CASE JSON_TYPE({column}) WHEN 'DOUBLE' THEN {whole} ELSE {told} END AS {column}"
    as_text = f"CAST({column} AS VARCHAR)"
    return (
        f"REGEXP_REPLACE({as_text}, '\\.0$', '') AS {column}"
        if kind in {"DOUBLE", "FLOAT"}
        else f"{as_text} AS {column}"
    )
