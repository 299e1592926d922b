"""The rows of a table as scored sheets, for what looks at organisations one by one; `duckdb` counts them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from allycheck.analysis.cohort.members import VERSION
from allycheck.answers import Answer, Answers, Value
from allycheck.engine.compiling import text
from allycheck.engine.duckdb import MOST_ROWS, NUMBERED, Table, connection, readable_table
from allycheck.errors import AllycheckError, Fault
from allycheck.language import _, ngettext
from allycheck.questionnaire import TOP, Questionnaire
from allycheck.scored import Scored, scored
from allycheck.text import printable

Steps = Callable[[Sequence[int]], Iterable[int]]
"""Goes through numbers and shows how far it is."""
CHUNK = 2_000
"""Rows that are taken out of the table at once."""
_VALUES: list[Value] = [*range(TOP + 1), "na", "dk"]
_ANSWERS = {str(value): Answer(answer=value) for value in _VALUES}
"""One object for all answers that are alike: a table has millions of them."""


class Rows:
    """The chosen rows of an open table."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self.left_out = 0
        self._faults: list[Fault] = []

    @property
    def warnings(self) -> list[str]:
        """What a reader should know of the table, and of the rows that were left out."""
        return [*self._table.layout.warnings(), *self._table.old_versions("chosen"), *map(str, self._faults)]

    @property
    def number(self) -> int:
        """How many there are."""
        return self._table.one("SELECT COUNT(*) FROM chosen")

    def sheets(self, steps: Steps, *, skip_bad: bool = False) -> Iterator[Scored]:
        """The rows as scored sheets, each named by its line, in the order of the table.

        Raises AllycheckError with each row that has a fault, after the last one, unless such rows are left out.
        """
        numbers = iter(steps(range(self.number)))
        found = 0
        for row in self._all():
            next(numbers, None)
            if (sheet := self._sheet(*row)) is not None:
                found += 1
                yield sheet
        next(numbers, None)
        if self.left_out > MOST_ROWS:
            more = self.left_out - MOST_ROWS
            what = ngettext("{more} more row with faults", "{more} more rows with faults", more).format(more=more)
            self._faults.append(Fault(what, where=printable(self._table.path), hint=_("correct them first")))
        if self.left_out and not (skip_bad and found):
            raise AllycheckError(self._faults)

    def _all(self) -> Iterator[Any]:
        columns = ["row_at", "organisation", "day", "version", "actor", "form", *self._answers.values()]
        for start in range(0, self.number, CHUNK):
            chunk = f"place > {start} AND place <= {start + CHUNK}"
            yield from self._table.all(f"SELECT {', '.join(columns)} FROM chosen WHERE {chunk} ORDER BY place")

    @property
    def _answers(self) -> dict[str, str]:
        return self._table.compiler.columns.answers

    def _sheet(
        self, row: int, organisation: str, day: str, version: str, actor: str, form: str, *cells: str | None
    ) -> Scored | None:
        words = dict(zip(self._answers, cells, strict=True))
        if faults := list(self._table.row_faults(row, actor, form, words)):
            self.left_out += 1
            self._faults += faults if self.left_out <= MOST_ROWS else []
            return None
        questionnaire = self._table.questionnaire
        answers = Answers.model_construct(
            questionnaire=questionnaire.id,
            version=version if VERSION in self._table.layout.names else None,
            organisation=organisation or None,
            actor=actor or None,
            form=form,
            date=day or None,
            answers={name: _ANSWERS[word] for name, word in words.items() if word},
        )
        return scored(questionnaire, answers, self._table.place(row))


@contextmanager
def rows_of(
    path: str, questionnaire: Questionnaire, *, alike: Scored | None = None, most: int | None = None
) -> Iterator[Rows]:
    """The rows of a table, checked as `allycheck cohort` checks them; only those of one's actor type and version.

    Raises AllycheckError where the table can't be read, is not of this questionnaire, or has more rows than `most`.
    """
    with connection() as con, readable_table(path):
        table = Table(con, path, questionnaire, ())
        if alike is None:
            table.refuse_mixed()
        table.refuse_days()
        condition = "true" if alike is None else _condition(alike)
        con.execute(
            "CREATE TEMP TABLE chosen AS SELECT *, ROW_NUMBER() OVER (ORDER BY row_at) AS place "
            f"FROM ({NUMBERED}) WHERE {condition}"
        )
        rows = Rows(table)
        if most is not None and rows.number > most:
            what = _("the table has {number} rows, more than the {most} that are shown one by one")
            raise AllycheckError(
                what.format(number=rows.number, most=most),
                printable(path),
                _("take part of it, or count them: leave out --roll-up"),
            )
        if alike is None and not rows.number:
            raise AllycheckError(_("the table has no rows"), printable(path))
        yield rows


def _condition(alike: Scored) -> str:
    """Rows of its actor type and version, and those whose actor type there is not: who knows whose they are."""
    version = alike.answers.version or alike.questionnaire.version
    known = ", ".join(map(text, alike.questionnaire.actor_types))
    return f"(actor = {text(alike.scores.actor)} OR actor NOT IN ({known})) AND version = {text(version)}"
