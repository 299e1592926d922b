"""plan and stress: from a score to a decision."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from allycheck.cli import outputs
from allycheck.cli.inputs import read_sheet
from allycheck.cli.options import AnswersFile, Plain, QuestionnaireName
from allycheck.errors import UsageError
from allycheck.render.formats import Format
from allycheck.render.look import Look

if TYPE_CHECKING:
    from types import ModuleType

    from allycheck.analysis.plan.targets import Target as Aimed
    from allycheck.cli.outputs import Place
    from allycheck.questionnaire import Questionnaire

PageFormat = Literal["text", "markdown", "json"]
PageFormatName = Annotated[
    PageFormat | None, typer.Option("--format", "-f", help="How to write it; text if not given.")
]
OutputFile = Annotated[
    str | None, typer.Option("--output", "-o", metavar="PATH", help="Write to a file instead; its name says how.")
]


def register(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.command()(plan)
    app.command()(stress)


def plan(
    file: AnswersFile,
    *,
    target: Annotated[
        str | None,
        typer.Option("--target", "-t", metavar="[TREND=]X", help="Reach a score, or a level: level=defined."),
    ] = None,
    max_exposure: Annotated[
        str | None, typer.Option("--max-exposure", metavar="RISK=X", help="Bring an exposure down to X.")
    ] = None,
    budget: Annotated[
        str | None, typer.Option("--budget", metavar="POINTS", help="Gain the most for so many effort points.")
    ] = None,
    guaranteed: Annotated[
        bool, typer.Option("--guaranteed", help="Plan for the worst case: what is not known counts as level 0.")
    ] = False,
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="EFFORT", help="Only climbs of at most this effort: days, weeks, months, year."),
    ] = None,
    up_to: Annotated[
        str | None, typer.Option("--up-to", metavar="LEVEL", help="Raise nothing above a level, such as practised.")
    ] = None,
    keep: Annotated[
        list[str] | None,
        typer.Option("--keep", metavar="ID", help="This indicator has to rise; an id or a code, may be repeated."),
    ] = None,
    leave: Annotated[
        list[str] | None,
        typer.Option("--not", metavar="ID", help="This indicator stays as it is; may be repeated."),
    ] = None,
    questionnaire: QuestionnaireName = None,
    format: PageFormatName = None,
    out: OutputFile = None,
    plain: Plain = False,
) -> None:
    """Find the cheapest set of steps to a target, or the best for a budget.

    \b
    Examples:
      allycheck plan answers.yaml --target 70
      allycheck plan answers.yaml --target inclusivity=60
      allycheck plan answers.yaml --target level=defined
      allycheck plan answers.yaml --target inclusivity:level=practised
      allycheck plan answers.yaml --max-exposure fragmentation=35
      allycheck plan answers.yaml --budget 40 --by months --up-to practised
      allycheck plan answers.yaml --target 70 --keep FC1 --not RR3 --guaranteed
      allycheck plan answers.yaml --target 70 --format json | jq .order

    There is one best plan, found exactly: the least effort, then the furthest reach, then the fewest indicators. No
    step breaks a prerequisite. A target that is out of reach is an answer too, with the best that can be reached.
    """
    from allycheck.analysis.plan.plan import plan as find_plan
    from allycheck.analysis.plan.targets import read_choices
    from allycheck.render import plan as page
    from allycheck.scoring import score

    place = _place(format, out, [file, questionnaire])
    _refuse_other_than_one(target, max_exposure, budget)
    sheet = read_sheet(file, questionnaire)
    aim = _target(sheet.questionnaire, target, max_exposure, budget)
    choices = read_choices(keep or [], leave or [], by, sheet.questionnaire, up_to=up_to)
    scores = score(sheet.questionnaire, sheet.answers)
    _show(page, find_plan(scores, sheet.answers, aim, choices, guaranteed=guaranteed), place, plain=plain)


def _refuse_other_than_one(*asked: str | None) -> None:
    given = sum(one is not None for one in asked)
    if given != 1:
        what = "name a target" if not given else "one plan has one target"
        raise UsageError(what, hint="use one of --target 70, --max-exposure RISK=35 or --budget 40")


def _target(questionnaire: "Questionnaire", target: str | None, exposure: str | None, budget: str | None) -> "Aimed":
    from allycheck.analysis.plan.targets import read_budget, read_exposure, read_target

    if target is not None:
        return read_target(target, questionnaire)
    return read_exposure(exposure, questionnaire) if exposure is not None else read_budget(budget or "")


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
      allycheck stress answers.yaml --format json | jq '.scenarios[0]'

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


def _place(format: PageFormat | None, out: str | None, inputs: list[str | None]) -> "Place":
    """Where to write and how. Raises UsageError for what can't be meant."""
    from allycheck.cli.outputs import places

    place = places([out] if out else None, Format(format) if format else None, inputs)[0]
    if place.format not in {Format.TEXT, Format.MARKDOWN, Format.JSON}:
        raise UsageError(f"this can't be written as {place.format}", hint="use text, markdown or json")
    return place


def _show(page: "ModuleType", result: object, place: "Place", *, plain: bool) -> None:
    from allycheck.cli.outputs import deliver

    match place.format:
        case Format.JSON:
            from allycheck.render import json

            text = json.render(result)
        case Format.MARKDOWN:
            text = page.markdown(result)
        case _:
            text = page.text(result, _look(place, plain=outputs.plain_wanted(plain=plain)))
    deliver(place, text)


def _look(place: "Place", *, plain: bool) -> Look:
    """The terminal's width and colours where it is shown there, a page's where it goes to a file."""
    from allycheck.cli.outputs import STDOUT

    return Look(plain=plain) if place.path != STDOUT else Look(outputs.width(), outputs.colour(plain=plain), plain)
