"""cohort: many organisations, by group with nobody given away, or as a portfolio of one's own."""

from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from allycheck.cli import outputs, progress
from allycheck.cli.house import house
from allycheck.cli.inputs import read_team, sheets_in, table_in
from allycheck.cli.options import Fonts, Outputs, Plain, QuestionnaireName, Quiet, Templates, format_of
from allycheck.cli.outputs import Manner
from allycheck.engine import Dialect, Engine, is_table
from allycheck.errors import UsageError
from allycheck.language import _
from allycheck.render.formats import Format, Kind
from allycheck.text import hint, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from allycheck.scored import Scored

MOST_ROWS = 20_000
"""Rows of a table that are shown one by one: a page of more would help nobody, and they are all held at once."""


def cohort(
    sheets: Annotated[
        list[str] | None, typer.Argument(metavar="SHEETS", help=_("Answers files, folders of them, or one table."))
    ] = None,
    *,
    by: Annotated[
        str | None,
        typer.Option(
            "--by", metavar="COLUMNS", help=_("What to group by: actor, form, version, year; a table's columns.")
        ),
    ] = None,
    roll_up: Annotated[
        bool, typer.Option("--roll-up", help=_("For a portfolio of your own: a row for each organisation, all told."))
    ] = False,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="FOLDER|TABLE", help=_("With --roll-up: what changed since these.")),
    ] = None,
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help=_("Leave out what has faults, and say how many there were."))
    ] = False,
    engine: Annotated[
        Engine | None, typer.Option("--engine", help=_("Who scores a table: duckdb (if not given) or spark."))
    ] = None,
    print_sql: Annotated[
        bool, typer.Option("--print-sql", help=_("Print the SQL for an engine that holds the data, and score nothing."))
    ] = False,
    dialect: Annotated[
        Dialect | None, typer.Option("--dialect", help=_("With --print-sql: whose SQL; duckdb if not given."))
    ] = None,
    table: Annotated[
        str | None,
        typer.Option("--table", metavar="NAME", help=_("With --print-sql: its table; answers if not given.")),
    ] = None,
    questionnaire: QuestionnaireName = None,
    format: Annotated[Format | None, format_of("cohort")] = None,
    out: Outputs = None,
    template: Templates = None,
    fonts: Fonts = None,
    plain: Plain = False,
    quiet: Quiet = False,
) -> None:
    """See many organisations together: who stands where, what is weak everywhere.

    \b
    Examples:
      allycheck cohort sheets/
      allycheck cohort sheets/ --by actor
      allycheck cohort sheets/ --by actor,year -o cohort.html
      allycheck cohort sheets/ --format json | jq .whole.overall.distribution
      allycheck cohort table.parquet --by actor,region
      allycheck cohort --print-sql --dialect spark --by region
      allycheck cohort portfolio/ --roll-up --since last-year/ -o portfolio.csv

    Nothing is told that could be traced to fewer than five organisations, unless it is your own portfolio and you ask
    for it with --roll-up. Of each organisation the latest sheet counts.
    """
    _refuse_idle(by, since, roll_up=roll_up)
    sheets = sheets or []
    if print_sql:
        _refuse_with_sql([since, engine, format, *(out or [])], roll_up=roll_up, skip_bad=skip_bad)
        outputs.write(_sql(sheets, questionnaire, by, _Target(dialect or "duckdb", table or "answers")))
        return
    if dialect or table:
        raise UsageError(_("--dialect and --table go with --print-sql"), hint=_("add it, or leave them out"))
    if not sheets:
        raise UsageError(_("name answers files, a folder of them or a table"))
    kind: Kind = "roll-up" if roll_up else "cohort"
    places = outputs.places(kind, out, format, [*sheets, since, questionnaire, *(template or [])])
    style = house(template, fonts, places)
    if (path := table_in(sheets)) and not roll_up:
        together = _of_table(path, questionnaire, by, engine or "duckdb", skip_bad=skip_bad)
        outputs.show(kind, together, places, Manner(plain, quiet, house=style))
        return
    if engine:
        raise UsageError(_("--engine scores tables, not sheets"), hint=_("name a table, or leave it out"))
    columns = _columns(by)
    members = _members(sheets, questionnaire, columns, skip_bad=skip_bad, quiet=quiet or plain)
    earlier = _members([since], questionnaire, columns, skip_bad=skip_bad, quiet=quiet or plain) if since else None
    with progress.while_working(_("Putting together"), quiet=quiet or plain):
        result = _portfolio(members, earlier) if roll_up else _together(members, columns)
    outputs.show(kind, result, places, Manner(plain, quiet, house=style))


def _refuse_idle(by: str | None, since: str | None, *, roll_up: bool) -> None:
    if since and not roll_up:
        raise UsageError(_("--since goes with --roll-up"), hint=_("add it, or leave it out"))
    if by and roll_up:
        raise UsageError(_("--by groups what --roll-up shows one by one"), hint=_("leave one out"))


class _Target(NamedTuple):
    """Whose SQL is printed, and what its table is called."""

    dialect: Dialect
    table: str


def _refuse_with_sql(idle: "Sequence[str | None]", *, roll_up: bool, skip_bad: bool) -> None:
    if roll_up or skip_bad or any(idle):
        raise UsageError(
            _("--print-sql prints to standard output and scores nothing"),
            hint=_("beside it only --dialect, --table, --by, --questionnaire and a table whose columns are looked at"),
        )


def _sql(sheets: "Sequence[str]", questionnaire: str | None, by: str | None, target: _Target) -> str:
    from allycheck.engine.dialects import require_sqlglot
    from allycheck.engine.duckdb import layout_in
    from allycheck.engine.printing import Wanted, expected_layout, printed
    from allycheck.loading import DEFAULT_QUESTIONNAIRE, load_questionnaire

    require_sqlglot()
    if len(sheets) > 1 or not all(map(is_table, sheets)):
        raise UsageError(_("--print-sql looks at one table or none"), hint=_("name a .parquet, .csv or .jsonl file"))
    questions = load_questionnaire(questionnaire or DEFAULT_QUESTIONNAIRE)
    layout = layout_in(sheets[0], questions) if sheets else expected_layout(questions, _names(by))
    outputs.warn(layout.warnings())
    return printed(questions, layout, Wanted(target.dialect, target.table, _names(by)))


def _of_table(path: str, questionnaire: str | None, by: str | None, engine: Engine, *, skip_bad: bool) -> object:
    from allycheck.analysis.cohort.cohort import cohort as together
    from allycheck.engine import duckdb, spark
    from allycheck.loading import DEFAULT_QUESTIONNAIRE, load_questionnaire

    tally_of_table = spark.tally_of_table if engine == "spark" else duckdb.tally_of_table
    found = tally_of_table(
        path, load_questionnaire(questionnaire or DEFAULT_QUESTIONNAIRE), _names(by), skip_bad=skip_bad
    )
    outputs.warn(found.warnings)
    return together(found.tally, set_aside=found.set_aside, left_out=found.left_out)


def _names(by: str | None) -> list[str]:
    return list(dict.fromkeys(name.strip() for name in by.split(","))) if by else []


def _columns(by: str | None) -> list[str]:
    """What to group by. Raises UsageError for what sheets can't be grouped by."""
    from allycheck.analysis.cohort.members import COLUMNS

    columns = _names(by)
    for name in columns:
        if name not in COLUMNS:
            raise UsageError(_("sheets can't be grouped by this"), f"--by {shown(name)}", hint(name, COLUMNS))
    return columns


class _Members(NamedTuple):
    """The latest sheet of each organisation, how many older ones there were, and how many had faults."""

    sheets: "list[Scored]"
    set_aside: int
    left_out: int


def _members(
    paths: "Sequence[str]", questionnaire: str | None, columns: "Sequence[str]", *, skip_bad: bool, quiet: bool
) -> _Members:
    from allycheck.analysis.cohort.members import latest

    if table := table_in(paths):
        return _members_of_table(table, questionnaire, skip_bad=skip_bad, quiet=quiet)
    files = sheets_in(paths)
    read = read_team(files, questionnaire, skip_bad=skip_bad, quiet=quiet)
    sheets = latest(read, columns)
    return _Members(sheets, len(read) - len(sheets), len(files) - len(read))


def _members_of_table(path: str, questionnaire: str | None, *, skip_bad: bool, quiet: bool) -> _Members:
    from allycheck.analysis.cohort.members import latest
    from allycheck.engine.rows import rows_of
    from allycheck.loading import DEFAULT_QUESTIONNAIRE, load_questionnaire

    questions = load_questionnaire(questionnaire or DEFAULT_QUESTIONNAIRE)
    with rows_of(path, questions, most=MOST_ROWS) as rows:
        read = list(rows.sheets(lambda numbers: progress.shown(numbers, _("Scoring"), quiet=quiet), skip_bad=skip_bad))
        outputs.warn(rows.warnings)
    sheets = latest(read, [])
    return _Members(sheets, len(read) - len(sheets), rows.left_out)


def _together(members: _Members, columns: "Sequence[str]") -> object:
    from allycheck.analysis.cohort.cohort import cohort as together
    from allycheck.analysis.cohort.members import records
    from allycheck.analysis.cohort.tally import tallied

    tally = tallied(members.sheets[0].questionnaire, columns, records(members.sheets, columns))
    return together(tally, set_aside=members.set_aside, left_out=members.left_out)


def _portfolio(members: _Members, earlier: _Members | None) -> object:
    from allycheck.analysis.cohort.roll_up import roll_up as portfolio

    return portfolio(
        members.sheets,
        earlier.sheets if earlier else None,
        set_aside=members.set_aside,
        left_out=members.left_out,
    )
