"""plan: the cheapest steps to a target, or the most for a budget."""

from typing import TYPE_CHECKING, Annotated

import typer

from allycheck.cli import outputs, progress
from allycheck.cli.house import house
from allycheck.cli.inputs import read_sheet
from allycheck.cli.options import AnswersFile, Fonts, Outputs, Plain, QuestionnaireName, Quiet, Templates, format_of
from allycheck.cli.outputs import Manner
from allycheck.errors import UsageError
from allycheck.language import _
from allycheck.render.formats import Format

if TYPE_CHECKING:
    from allycheck.analysis.plan.targets import Target as Aimed
    from allycheck.questionnaire import Questionnaire


def plan(
    file: AnswersFile,
    *,
    target: Annotated[
        str | None,
        typer.Option("--target", "-t", metavar="[TREND=]X", help=_("Reach a score, or a level: level=defined.")),
    ] = None,
    max_exposure: Annotated[
        str | None, typer.Option("--max-exposure", metavar="RISK=X", help=_("Bring an exposure down to X."))
    ] = None,
    budget: Annotated[
        str | None, typer.Option("--budget", metavar="POINTS", help=_("Gain the most for so many effort points."))
    ] = None,
    guaranteed: Annotated[
        bool, typer.Option("--guaranteed", help=_("Plan for the worst case: what is not known counts as level 0."))
    ] = False,
    by: Annotated[
        str | None,
        typer.Option(
            "--by", metavar="EFFORT", help=_("Only climbs of at most this effort: days, weeks, months, year.")
        ),
    ] = None,
    up_to: Annotated[
        str | None, typer.Option("--up-to", metavar="LEVEL", help=_("Raise nothing above a level, such as practised."))
    ] = None,
    keep: Annotated[
        list[str] | None,
        typer.Option("--keep", metavar="ID", help=_("This indicator has to rise; an id or a code, may be repeated.")),
    ] = None,
    leave: Annotated[
        list[str] | None,
        typer.Option("--not", metavar="ID", help=_("This indicator stays as it is; may be repeated.")),
    ] = None,
    questionnaire: QuestionnaireName = None,
    format: Annotated[Format | None, format_of("plan")] = None,
    out: Outputs = None,
    template: Templates = None,
    fonts: Fonts = None,
    plain: Plain = False,
    quiet: Quiet = False,
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
      allycheck plan answers.yaml --target 70 -o plan.html -o plan.csv
      allycheck plan answers.yaml --target 70 --format json | jq .order

    Nobody plans to become ad hoc: from the two lowest levels an indicator goes up to the questionnaire's lowest aim
    at least (defined, if not set otherwise). --by leaves out a way up if any of its single climbs takes more effort
    than that word stands for; --up-to raises nothing above a level, which may not be below the lowest aim.

    There is one best plan, found exactly: the least effort, then the furthest reach, then the fewest indicators. No
    step breaks a prerequisite. A target that is out of reach is an answer too, with the best that can be reached.
    """
    from allycheck.analysis.plan.plan import plan as find_plan
    from allycheck.analysis.plan.targets import read_choices
    from allycheck.scored import scored

    places = outputs.places("plan", out, format, [file, questionnaire, *(template or [])])
    style = house(template, fonts, places)
    _refuse_other_than_one(target, max_exposure, budget)
    sheet = read_sheet(file, questionnaire, quiet=quiet or plain)
    aim = _target(sheet.questionnaire, target, max_exposure, budget)
    choices = read_choices(keep or [], leave or [], by, sheet.questionnaire, up_to=up_to)
    own = scored(sheet.questionnaire, sheet.answers, sheet.name)
    with progress.while_working("Planning", quiet=quiet or plain):
        result = find_plan(own.scores, own.answers, aim, choices, guaranteed=guaranteed)
    outputs.show("plan", result, places, Manner(plain, quiet, house=style))


def _refuse_other_than_one(*asked: str | None) -> None:
    given = sum(one is not None for one in asked)
    if given != 1:
        what = _("name a target") if not given else _("one plan has one target")
        raise UsageError(what, hint=_("use one of --target 70, --max-exposure RISK=35 or --budget 40"))


def _target(questionnaire: "Questionnaire", target: str | None, exposure: str | None, budget: str | None) -> "Aimed":
    from allycheck.analysis.plan.targets import read_budget, read_exposure, read_target

    if target is not None:
        return read_target(target, questionnaire)
    return read_exposure(exposure, questionnaire) if exposure is not None else read_budget(budget or "")
