"""stress: how ready for each scenario, and what gives way first."""

from typing import Annotated

import typer

from allycheck.cli import outputs
from allycheck.cli.house import house
from allycheck.cli.inputs import read_sheet
from allycheck.cli.options import AnswersFile, Fonts, Outputs, Plain, QuestionnaireName, Quiet, Templates, format_of
from allycheck.cli.outputs import Manner
from allycheck.language import _
from allycheck.render.formats import Format


def stress(
    file: AnswersFile,
    *,
    scenario: Annotated[str | None, typer.Option("--scenario", metavar="ID", help=_("Only this scenario."))] = None,
    questionnaire: QuestionnaireName = None,
    format: Annotated[Format | None, format_of("stress")] = None,
    out: Outputs = None,
    template: Templates = None,
    fonts: Fonts = None,
    plain: Plain = False,
    quiet: Quiet = False,
) -> None:
    """See how ready an organisation is for each scenario, and what gives way first.

    \b
    Examples:
      allycheck stress answers.yaml
      allycheck stress answers.yaml --scenario pandemic
      allycheck stress answers.yaml --output stress.html
      allycheck stress answers.yaml --format json | jq '.scenarios[0]'

    Scenarios are part of the questionnaire; each leans on some trends and not on others. For each: the readiness, what
    it lacks by trend, what gives way first, and a question to talk about around the table.
    """
    from allycheck.analysis.stress import stress as put_under_stress
    from allycheck.scored import scored

    places = outputs.places("stress", out, format, [file, questionnaire, *(template or [])])
    style = house(template, fonts, places)
    sheet = read_sheet(file, questionnaire, quiet=quiet or plain)
    own = scored(sheet.questionnaire, sheet.answers, sheet.name)
    result = put_under_stress(own.scores, own.answers, scenario)
    outputs.show("stress", result, places, Manner(plain, quiet, house=style))
