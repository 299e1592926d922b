"""cohort: many organisations, by group, with nobody given away."""

from typing import Annotated

import typer

from allycheck.cli import outputs
from allycheck.cli.inputs import read_scored, repeated, sheets_in
from allycheck.cli.options import Outputs, Plain, QuestionnaireName, Quiet, format_of
from allycheck.cli.outputs import Manner
from allycheck.errors import UsageError
from allycheck.render.formats import Format
from allycheck.text import hint, shown


def cohort(
    sheets: Annotated[
        list[str], typer.Argument(metavar="SHEETS", help="Answers files, or folders of them; one an organisation.")
    ],
    *,
    by: Annotated[
        str | None, typer.Option("--by", metavar="COLUMNS", help="What to group by: actor, form, version or year.")
    ] = None,
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help="Leave out what has faults, and say how many there were.")
    ] = False,
    questionnaire: QuestionnaireName = None,
    format: Annotated[Format | None, format_of("cohort")] = None,
    out: Outputs = None,
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

    Nothing is told that could be traced to fewer than five organisations. Of each organisation the latest sheet counts.
    """
    from allycheck.analysis.cohort.cohort import cohort as together
    from allycheck.analysis.cohort.members import latest, records
    from allycheck.analysis.cohort.tally import tallied

    columns = _columns(by)
    places = outputs.places("cohort", out, format, [*sheets, questionnaire])
    files = sheets_in(sheets)
    named = [(path, questionnaire) for path in files]
    read = read_scored(named, repeated(files), skip_bad=skip_bad, quiet=quiet or plain)
    members = latest(read, columns)
    tally = tallied(read[0].questionnaire, columns, records(members, columns))
    result = together(tally, set_aside=len(read) - len(members), left_out=len(files) - len(read))
    outputs.show("cohort", result, places, Manner(plain, quiet))


def _columns(by: str | None) -> list[str]:
    """What to group by. Raises UsageError for what sheets can't be grouped by."""
    from allycheck.analysis.cohort.members import COLUMNS

    columns = [name.strip() for name in by.split(",")] if by else []
    for name in columns:
        if name not in COLUMNS:
            raise UsageError(f"--by {shown(name)}: sheets can't be grouped by this", hint=hint(name, COLUMNS))
    return list(dict.fromkeys(columns))
