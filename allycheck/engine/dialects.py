"""SQL written for DuckDB -> the SQL of another engine, with the same whole numbers.

sqlglot knows the words of each engine. What it takes for the same though it may differ is changed here: whole division
(some engines would divide fractions and round), numbers beyond 64 bits, and what some engines insist on.
"""

from typing import TYPE_CHECKING

from allycheck.engine import Dialect
from allycheck.errors import AllycheckError, UsageError
from allycheck.language import _
from allycheck.text import shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlglot.expressions import Expr

WIDTH = 110
"""Where a line is broken, if it can be."""
NULLS_SMALL = ("bigquery", "spark", "databricks")
"""Engines that put a missing value first. None stands in what is put in order, so nothing is said about it."""
DIVIDING_WHOLE = ("spark", "databricks")
"""Engines whose whole division is exact for numbers of any width, and comes out as BIGINT."""
DIVIDING_FRACTIONS = ("snowflake", "trino")
"""Engines whose division of long numbers may round: what is left over is taken away first."""


def translated(sql: str, dialect: Dialect) -> str:
    """One statement as an engine reads it, indented. Raises AllycheckError where sqlglot is missing."""
    require_sqlglot()
    import sqlglot

    tree = sqlglot.parse_one(sql, read="duckdb")
    for change in _changes(dialect):
        _changed(tree, change)
    return tree.sql(dialect=dialect, pretty=True, max_text_width=WIDTH, unsupported_level=sqlglot.ErrorLevel.RAISE)


def require_sqlglot() -> None:
    """Raise AllycheckError where sqlglot is missing."""
    try:
        import sqlglot  # noqa: F401
    except ImportError as error:
        raise AllycheckError(
            _("SQL, which can't be translated yet"), hint=_("install the extra cohort: pip install duckdb sqlglot")
        ) from error


def table_name(name: str, dialect: Dialect) -> str:
    """The name of a table of an engine, as DuckDB would write it. Raises UsageError for what is none."""
    from sqlglot import errors, exp

    try:
        found = exp.maybe_parse(name, into=exp.Table, dialect=dialect)
    except errors.SqlglotError:
        found = None
    if not isinstance(found, exp.Table) or not isinstance(found.this, exp.Identifier) or found.alias:
        raise UsageError(
            _("--table {name}: not the name of a table").format(name=shown(name)), hint=_("quote it as the engine does")
        )
    for part in found.find_all(exp.Identifier):
        part.set("quoted", part.quoted or not part.name.isidentifier())
    return found.sql(dialect="duckdb")


def _changed(tree: "Expr", change: "Callable[[Expr], Expr]") -> None:
    """Change every part of a tree, the innermost first: what is changed may hold what is to be changed."""
    for node in reversed(list(tree.walk(bfs=False))):
        changed = change(node)
        if changed is not node:
            node.replace(changed)


def _changes(dialect: Dialect) -> "list[Callable[[Expr], Expr]]":
    changes: list[Callable[[Expr], Expr]] = [_named_subquery]
    if dialect != "duckdb":
        changes += [_wide_for(dialect), _divided_by_something, _counted_by_case]
    if dialect in NULLS_SMALL:
        changes.append(_in_the_usual_order)
    if dialect in DIVIDING_FRACTIONS:
        changes.append(_divided_without_rest)
    elif dialect not in {"duckdb", *DIVIDING_WHOLE}:
        changes.append(_divided_to_bigint)
    return changes


def _named_subquery(node: "Expr") -> "Expr":
    """Postgres wants a name for every SELECT that another one reads from."""
    from sqlglot import exp

    if isinstance(node, exp.Subquery) and not node.alias and isinstance(node.parent, exp.From | exp.Join):
        node.set("alias", exp.TableAlias(this=exp.to_identifier("inner_rows")))
    return node


def _wide_for(dialect: Dialect) -> "Callable[[Expr], Expr]":
    """A whole number of 128 bits: what engines have beyond 64 holds 38 digits."""
    from sqlglot import exp

    wide = exp.DataType.build("BIGNUMERIC" if dialect == "bigquery" else "DECIMAL(38, 0)", dialect=dialect)

    def widened(node: "Expr") -> "Expr":
        is_wide = isinstance(node, exp.DataType) and node.this == exp.DataType.Type.INT128
        return wide.copy() if is_wide else node

    return widened


def _divided_by_something(node: "Expr") -> "Expr":
    """A division that nobody asks for stands in CASE; an engine that works it out all the same finds no 0 in it."""
    from sqlglot import exp

    if isinstance(node, exp.IntDiv) and not isinstance(node.expression, exp.Literal | exp.Nullif):
        node.set("expression", exp.Nullif(this=node.expression.copy(), expression=exp.Literal.number(0)))
    return node


def _counted_by_case(node: "Expr") -> "Expr":
    """A condition as 1, 0 or nothing: not every engine turns one into every kind of number."""
    from sqlglot import exp

    if not isinstance(node, exp.Cast) or not isinstance(node.this.unnest(), exp.Predicate | exp.Connector):
        return node
    met = node.this.unnest()
    ifs = [
        exp.If(this=met.copy(), true=exp.Literal.number(1)),
        exp.If(this=exp.Not(this=exp.paren(met.copy())), true=exp.Literal.number(0)),
    ]
    return exp.cast(exp.Case(ifs=ifs), node.to.copy())


def _in_the_usual_order(node: "Expr") -> "Expr":
    from sqlglot import exp

    if isinstance(node, exp.Ordered):
        node.set("nulls_first", not node.args.get("desc"))
    return node


def _divided_without_rest(node: "Expr") -> "Expr":
    from sqlglot import exp

    if not isinstance(node, exp.IntDiv):
        return node
    of, by = exp.paren(node.this), exp.paren(node.expression)
    rest = exp.Mod(this=of.copy(), expression=by.copy())
    whole = exp.Div(this=exp.paren(exp.Sub(this=of, expression=rest)), expression=by, typed=True, safe=False)
    return exp.cast(whole, "BIGINT")


def _divided_to_bigint(node: "Expr") -> "Expr":
    """Postgres and BigQuery divide whole in their widest type; everything divided here comes out small."""
    from sqlglot import exp

    is_bare = isinstance(node, exp.IntDiv) and not isinstance(node.parent, exp.Cast)
    return exp.cast(node.copy(), "BIGINT") if is_bare else node
