"""The SQL of a questionnaire for an engine that holds the data: printed, or run elsewhere."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from allycheck.engine import Dialect
from allycheck.engine.compiling import Columns, Compiler, quoted, with_relations
from allycheck.errors import AllycheckError
from allycheck.questionnaire import Questionnaire

if TYPE_CHECKING:
    from sqlglot.expressions import Expression

EXTRA = "install the extra cohort: pip install duckdb sqlglot"
TABLE = "answers"
"""What the printed text calls the table; a column is named after the id of its indicator."""


def print_sql(questionnaire: Questionnaire, by: Sequence[str], dialect: Dialect) -> str:
    """One statement that scores and counts the table `answers`, whose columns are texts and hold no faults.

    Rows with a fault are not counted; of an organisation every row counts, so that a table should hold its latest.
    """
    try:
        import sqlglot
    except ImportError as error:
        raise AllycheckError("SQL, which can't be written yet", hint=EXTRA) from error
    tree = sqlglot.parse_one(_statement(questionnaire, by), read="duckdb")
    if dialect in {"snowflake", "trino"}:
        tree = tree.transform(_divided_exactly)
    return f"{tree.sql(dialect=dialect, pretty=True, unsupported_level=sqlglot.ErrorLevel.IGNORE)};\n"


def _divided_exactly(node: "Expression") -> "Expression":
    """A whole division without fractions on the way, which engines would round: what is left over goes first."""
    from sqlglot import exp

    if not isinstance(node, exp.IntDiv):
        return node
    of, by = exp.paren(node.this), exp.paren(node.expression)
    rest = exp.Mod(this=of.copy(), expression=by.copy())
    whole = exp.Div(this=exp.paren(exp.Sub(this=of, expression=rest)), expression=by, typed=True, safe=False)
    return exp.cast(whole, "BIGINT")


def _statement(questionnaire: Questionnaire, by: Sequence[str]) -> str:
    names = {item: f"source.{quoted(item)}" for item in questionnaire.indicators}
    columns = Columns(names, "source.actor", "source.form", tuple(f"source.by_{at}" for at in range(len(by))))
    compiler = Compiler(questionnaire, columns, lists=False)
    selected = [
        f"{_text('actor')} AS actor" if questionnaire.actors else "'' AS actor",
        f"COALESCE(NULLIF({_text('form')}, ''), 'full') AS form",
        *(f"{_text(name)} AS by_{at}" for at, name in enumerate(by)),
        *(quoted(item) for item in questionnaire.indicators),
    ]
    steps = [
        ("source", f"SELECT {', '.join(selected)} FROM {TABLE}"),
        ("keyed", compiler.keyed("source")),
        *compiler.steps("source"),
        *compiler.counts(),
    ]
    last = "SELECT kind, subject, grp, value, n, before FROM tallied ORDER BY kind, subject, grp, value, before"
    return with_relations(steps, last)


def _text(column: str) -> str:
    return f"COALESCE(CAST({quoted(column)} AS VARCHAR), '')"
