"""plan and stress: from a score to a decision."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from allycheck.cli import output
from allycheck.cli.options import AnswersFile, Plain, QuestionnaireName
from allycheck.cli.sheets import read_sheet
from allycheck.errors import UsageError
from allycheck.render.formats import Format, Look

if TYPE_CHECKING:
    from types import ModuleType

    from allycheck.cli.files import Target

PageFormat = Literal["text", "markdown", "json"]
PageFormatName = Annotated[
    PageFormat | None, typer.Option("--format", "-f", help="How to write it; text if not given.")
]
OutputFile = Annotated[
    str | None, typer.Option("--output", "-o", metavar="PATH", help="Write to a file instead; its name says how.")
]


def register(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.command()(stress)


def stress(
    file: AnswersFile,
    *,
    scenario: Annotated[str | None, typer.Option("--scenario", metavar="ID", help="Only this scenario.")] = None,
    questionnaire: QuestionnaireName = None,
    format: PageFormatName = None,
    out: OutputFile = None,
    plain: Plain = False,
) -> None:
    """See how ready an organisation is for each scenario, and what gives way first.

    \b
    Examples:
      allycheck stress answers.yaml
      allycheck stress answers.yaml --scenario pandemic
      allycheck stress answers.yaml --output stress.md
      allycheck stress answers.yaml --format json | jq '.scenarios[] | {id, readiness, first_to_give}'

    Scenarios are part of the questionnaire; each leans on some trends and not on others. For each: the readiness, what
    it lacks by trend, what gives way first, and a question to talk about around the table.
    """
    from allycheck.analysis.stress import stress as put_under_stress
    from allycheck.render import stress as page
    from allycheck.scoring import score

    place = _place(format, out, [file, questionnaire])
    sheet = read_sheet(file, questionnaire)
    result = put_under_stress(score(sheet.questionnaire, sheet.answers), sheet.answers, scenario)
    _show(page, result, place, plain=plain)


def _place(format: PageFormat | None, out: str | None, inputs: list[str | None]) -> "Target":
    """Where to write and how. Raises UsageError for what can't be meant."""
    from allycheck.cli.files import targets

    place = targets([out] if out else None, Format(format) if format else None, inputs)[0]
    if place.format not in {Format.TEXT, Format.MARKDOWN, Format.JSON}:
        raise UsageError(f"this can't be written as {place.format}", hint="use text, markdown or json")
    return place


def _show(page: "ModuleType", result: object, place: "Target", *, plain: bool) -> None:
    from allycheck.cli.files import write

    match place.format:
        case Format.JSON:
            from allycheck.render import json

            text = json.render(result)
        case Format.MARKDOWN:
            text = page.markdown(result)
        case _:
            text = page.text(result, _look(place, plain=output.plain_wanted(plain=plain)))
    write(place, text)


def _look(place: "Target", *, plain: bool) -> Look:
    """The terminal's width and colours where it is shown there, a page's where it goes to a file."""
    from allycheck.cli.files import STDOUT

    return Look(plain=plain) if place.path != STDOUT else Look(output.width(), output.colour(plain=plain), plain)
