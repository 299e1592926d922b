"""report and template: one organisation's result, and the file to fill in for it."""

from typing import Annotated

import typer

from allycheck.cli import output
from allycheck.cli.options import AnswersFile, Plain, QuestionnaireName
from allycheck.cli.sheets import read_sheet
from allycheck.errors import UsageError
from allycheck.render.formats import Format, Look, format_of


def register(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.command()(report)
    app.command()(template)


def report(
    file: AnswersFile,
    questionnaire: QuestionnaireName = None,
    format: Annotated[Format | None, typer.Option("--format", "-f", help="How to write it; text if not given.")] = None,
    outputs: Annotated[list[str] | None, typer.Option("--output", "-o", metavar="PATH", help="Write to a file; may be repeated.")] = None,
    brief: Annotated[bool, typer.Option("--brief", help="One screen: the headline, trends, risks and what to do first.")] = False,
    plain: Plain = False,
) -> None:
    """Print the tailored report of an answers file.

    \b
    Examples:
      allycheck report answers.yaml
      allycheck report answers.yaml --brief
      allycheck report answers.yaml --format json | jq .overall.score
    """
    from allycheck.render.formats import render
    from allycheck.reporting import build_report
    from allycheck.scoring import score

    sheet = read_sheet(file, questionnaire)
    result = build_report(score(sheet.questionnaire, sheet.answers), sheet.answers)
    if not outputs:
        plain = output.plain_wanted(plain=plain)
        look = Look(output.width(), output.colour(plain=plain), plain, brief)
        output.write(render(result, format or Format.TEXT, look))


def template() -> None:
    """Print a commented answers file to fill in by hand."""
    raise UsageError("not yet", hint=str(format_of("")))
