"""Tables scored by Spark, on this machine or on the cluster that its settings name: the same SQL, the same tally."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from allycheck.analysis.cohort.members import VERSION
from allycheck.analysis.cohort.tally import Tally
from allycheck.engine import cells
from allycheck.engine.compiling import ALL, ANSWER, SIZE, text, with_relations
from allycheck.engine.dialects import translated
from allycheck.engine.duckdb import Counted
from allycheck.engine.layout import dated, layout_of, named, read_columns, versioned
from allycheck.engine.sessions import session
from allycheck.engine.tallying import Row, tally_of
from allycheck.engine.versions import version_faults
from allycheck.errors import AllycheckError, Fault
from allycheck.fields import DATE_PATTERN
from allycheck.language import _, ngettext
from allycheck.questionnaire import Questionnaire
from allycheck.text import printable, shown

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

WHOLE_UP_TO = 10**15
"""Fractional numbers below this are exact where they are whole, and are written as such."""
CELLS = """
SELECT g, number, value, COUNT(*) AS n FROM listed LATERAL VIEW POSEXPLODE(told) AS number, value
GROUP BY g, number, value
"""
"""As in `cells`, but without a copy of the whole row for each value, which a join would make."""
NOT_FOUND = ("PATH_NOT_FOUND", "matches 0 files")
PLACED = """
SELECT *,
  RANK() OVER (PARTITION BY organisation ORDER BY sound DESC, day DESC) AS place,
  COUNT(*) OVER (PARTITION BY organisation, sound, day) AS alike
FROM checked
"""
"""The place of each row among those of its organisation, sound ones and late ones first."""


def tally_of_table(path: str, questionnaire: Questionnaire, by: Sequence[str], *, skip_bad: bool = False) -> Counted:
    """Score a table in Spark and count it, without a row of it in Python.

    Raises AllycheckError with how many rows have which fault, unless such rows are to be left out; then they are
    warnings. Spark keeps no order of rows: which ones they are, DuckDB tells.
    """
    with session() as spark, _told_as_fault(path):
        table = Table(spark, path, questionnaire, by)
        table.refuse_mixed()
        table.refuse_days()
        table.score()
        table.refuse_bad(skip_bad=skip_bad)
        return table.counted()


class Table:
    """A table opened in Spark: its columns told apart, and its rows as the relation `source`."""

    def __init__(self, spark: "SparkSession", path: str, questionnaire: Questionnaire, by: Sequence[str]) -> None:
        self.spark, self.questionnaire, self.by, self.where = spark, questionnaire, by, printable(path)
        raw = as_text(read(spark, path))
        self.layout = layout_of(raw.columns, questionnaire, self.where)
        columns, selected = read_columns(self.layout, by, questionnaire)
        self.compiler = cells.PortableCompiler(questionnaire, columns)
        raw.createOrReplaceTempView("raw")
        more = [f"{named(self.layout)} AS organisation", f"{dated(self.layout)} AS day",
                f"{versioned(self.layout, questionnaire)} AS version"]  # fmt: skip
        self.define("source", f"SELECT {', '.join([*selected, *more])} FROM raw")
        sound = f"CASE WHEN {' AND '.join(self._sound())} THEN 1 ELSE 0 END AS sound"
        self.define("checked", f"SELECT *, {sound} FROM source")
        self.faults: list[Fault] = []
        self.rows = self.left_out = self.scored = 0
        self.subjects = cells.counted(self.compiler)

    def define(self, name: str, sql: str, *, keep: bool = False) -> None:
        """Name a relation; one that is needed more than once is kept."""
        found = self.spark.sql(translated(sql, "spark"))
        (found.cache() if keep else found).createOrReplaceTempView(name)

    def all(self, sql: str) -> list[Any]:
        """Every row of a statement's result."""
        return self.spark.sql(translated(sql, "spark")).collect()

    # --- faults ---------------------------------------------------------------------------------------------------

    def refuse_mixed(self) -> None:
        """Refuse rows of different versions that are not grouped by version, and of newer major ones."""
        if VERSION in self.layout.names:
            found = dict(self.all("SELECT version, COUNT(*) FROM source GROUP BY version ORDER BY version"))
            if faults := version_faults(found, self.questionnaire, self.by, self.where):
                raise AllycheckError(faults)

    def refuse_days(self) -> None:
        """Refuse a column of dates that holds something else: which row is the latest could not be said."""
        if "date" not in self.layout.names:
            return
        no_day = f"day <> '' AND (NOT day RLIKE '{DATE_PATTERN}' OR TRY_CAST(day AS DATE) IS NULL)"
        [(day, n)] = self.spark.sql(f"SELECT MIN(day), COUNT(*) FROM source WHERE {no_day}").collect()
        if n:
            what = ngettext(
                "date: {n} row has no day of the calendar, such as {day}",
                "date: {n} rows have no day of the calendar, such as {day}",
                n,
            ).format(n=n, day=shown(day))
            raise AllycheckError(what, self.where, _("write it as YYYY-MM-DD"))

    def _sound(self) -> list[str]:
        """What holds of a row without a fault: of its actor, its form, and each indicator that has a column."""
        return [f"{value} IN ({', '.join(map(text, known))})" for _name, value, known in self._known()]

    def _known(self) -> Iterator[tuple[str, str, list[str]]]:
        """What may stand in each column: what messages call it, its text as SQL, the words."""
        yield "actor", "actor", list(self.compiler.actors)
        yield "form", "form", ["full", *(["quick"] if self.questionnaire.has_quick_form else [])]
        for name, column in self.compiler.columns.answers.items():
            words = self.compiler.states(self.questionnaire.indicators[name])
            yield printable(self.layout.indicators[name]), f"COALESCE({column}, '')", list(words)

    def refuse_bad(self, *, skip_bad: bool) -> None:
        """Refuse rows with faults. Raises AllycheckError with how many have which, unless they are to be left out."""
        if self.left_out and not (skip_bad and self.left_out < self.rows):
            raise AllycheckError([*self.faults, Fault(_("--engine duckdb names each row"), where=self.where)])
        if not self.rows:
            raise AllycheckError(_("the table has no rows"), self.where)

    def _find_bad(self) -> None:
        counts = [
            f"COALESCE(SUM(CASE WHEN {bad} THEN 1 END), 0), MIN(CASE WHEN {bad} THEN {value} END)"
            for (_name, value, _words), sound in zip(self._known(), self._sound(), strict=True)
            for bad in [f"NOT {sound}"]
        ]
        [(self.left_out, *bad)] = self.all(f"SELECT COUNT(*), {', '.join(counts)} FROM checked WHERE sound = 0")
        for (name, _value, words), n, such in zip(self._known(), bad[::2], bad[1::2], strict=True):
            if n:
                self.faults.append(_fault(name, n, such, words, self.where))

    def _repeats(self) -> bool:
        if "organisation" not in self.layout.names:
            return False
        repeated = "SELECT organisation FROM source WHERE organisation <> '' GROUP BY organisation HAVING COUNT(*) > 1"
        return bool(self.all(f"{repeated} LIMIT 1"))

    def _find_undecided(self) -> None:
        """Organisations whose latest day has two rows: neither is the latest. All their rows are left out."""
        undecided = "SELECT organisation FROM placed WHERE organisation <> '' AND sound = 1 AND place = 1 AND alike > 1"
        self.define("placed", PLACED)
        self.define("undecided", f"{undecided} GROUP BY organisation", keep=True)
        self.define(
            "latest",
            "SELECT * FROM placed WHERE sound = 1 AND (organisation = '' OR (place = 1 AND alike = 1))",
        )
        [(n, such)] = self.all("SELECT COUNT(*), MIN(organisation) FROM undecided")
        if not n:
            return
        [(more,)] = self.all("SELECT COUNT(*) FROM checked JOIN undecided USING (organisation) WHERE sound = 1")
        self.left_out += more
        what = ngettext(
            "{n} organisation has more than one row of its latest date, such as {name}",
            "{n} organisations have more than one row of their latest date, such as {name}",
            n,
        ).format(n=n, name=shown(such))
        self.faults.append(Fault(what, where=self.where, hint=_("keep one of them, or date them")))

    # --- counts ---------------------------------------------------------------------------------------------------

    def score(self) -> None:
        """Make the relation `cells` of the latest sound row of each organisation, and find what has faults."""
        [(self.rows,)] = self.all("SELECT COUNT(*) FROM source")
        source = "source"
        if self._repeats():
            self._find_bad()
            self._find_undecided()
            source = "latest"
        self.define("keyed", self.compiler.keyed(f"{source} AS source"), keep=True)
        name, last = cells.organisations(self.compiler)
        self.define(name, with_relations(self.compiler.steps(f"{source} AS source"), last), keep=True)
        self.define("listed", cells.values(self.compiler, self.subjects))
        self.spark.sql(CELLS).cache().createOrReplaceTempView("cells")
        [(self.scored,)] = self.all("SELECT COALESCE(SUM(n), 0) FROM cells WHERE number = 0")
        if source == "source" and self.scored < self.rows:
            self._find_bad()

    def counted(self) -> Counted:
        """Count what was scored."""
        set_aside = self.rows - self.left_out - self.scored
        return Counted(self._tally(), set_aside, self.left_out, [*self.layout.warnings(), *map(str, self.faults)])

    def _tally(self) -> Tally:
        groups = ", ".join(f"by_{at}" for at in range(len(self.by)))
        found = self.all(f"SELECT {', '.join(filter(None, ['g', 'h', 'actor', 'form', groups]))} FROM keyed")
        asked = {g: (actor, form, tuple(by)) for g, _h, actor, form, *by in found}
        held = {h: tuple(by) for _g, h, _actor, _form, *by in found}
        for name, sql in cells.ordered(self.subjects, by_group=True):
            self.define(name, sql)
        rows = []
        for sql in cells.tallied(self.subjects, self.questionnaire.method):
            for kind, number, place, value, n, before in self.all(sql):
                name = self.subjects[number].id
                if kind in {SIZE, ANSWER}:
                    actor, form, group = asked[place]
                    rows.append(Row(kind, name, actor, form, group, value, n, before))
                elif place == cells.EVERYBODY:
                    rows.append(Row(ALL, name, "", "", (), value, n, before))
                else:
                    rows.append(Row(kind, name, "", "", held[place], value, n, before))
        return tally_of(self.compiler, self.by, rows)


def _fault(name: str, n: int, such: str, words: Sequence[str], where: str) -> Fault:
    known = [word for word in words if word]
    what = ngettext(
        "{n} row holds what can't stand here, such as {value}",
        "{n} rows hold what can't stand here, such as {value}",
        n,
    ).format(n=n, value=repr(shown(such)))
    return Fault(what, (name,), _("use {words}").format(words=", ".join(known)) if known else "", where=where)


def read(spark: "SparkSession", path: str) -> "DataFrame":
    """The table in a file, a folder of its parts, or all that a pattern names, by its ending."""
    match Path(path).suffix.lower():
        case ".parquet":
            return spark.read.parquet(path)
        case ".csv":
            return spark.read.csv(path, header=True, escape='"', multiLine=True, mode="FAILFAST")
        case _:
            return spark.read.json(path, mode="FAILFAST")


def as_text(table: "DataFrame") -> "DataFrame":
    """Every column as text: 3.0 of a column that some program made fractional is the answer 3."""
    return table.select([_as_text(name, kind).alias(name) for name, kind in table.dtypes])


def _as_text(name: str, kind: str) -> "Column":
    from pyspark.sql import functions

    column = functions.col("`" + name.replace("`", "``") + "`")
    if kind not in {"double", "float"}:
        return column.cast("string")
    is_whole = (column == functions.floor(column)) & (functions.abs(column) < WHOLE_UP_TO)
    return functions.when(is_whole, column.cast("bigint").cast("string")).otherwise(column.cast("string"))


@contextmanager
def _told_as_fault(path: str) -> Iterator[None]:
    """What Spark says of a table that it can't read, as one fault of the file."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JError) as error:
        said = str(error)
        if any(sign in said for sign in NOT_FOUND):
            raise AllycheckError(
                _("no such file"), printable(path), _("Spark reads *, ?, [ ] and {{ }} in a name as a pattern").format()
            ) from error
        raise AllycheckError(
            _("not a table that can be read"), printable(path), printable(said.splitlines()[0])
        ) from error
