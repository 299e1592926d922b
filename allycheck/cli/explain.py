"""explain: where a number comes from."""

from typing import Annotated

import typer

from allycheck.cli import outputs, progress
from allycheck.cli.house import house
from allycheck.cli.inputs import read_sheet
from allycheck.cli.options import AnswersFile, Fonts, Outputs, Plain, QuestionnaireName, Quiet, Templates, format_of
from allycheck.cli.outputs import Manner
from allycheck.language import _
from allycheck.render.formats import Format


def explain(
    file: AnswersFile,
    name: Annotated[
        str | None,
        typer.Argument(metavar="ID", help=_("overall, level, or a trend, risk, pillar or indicator by id or code.")),
    ] = None,
    *,
    questionnaire: QuestionnaireName = None,
    format: Annotated[Format | None, format_of("explain")] = None,
    out: Outputs = None,
    template: Templates = None,
    fonts: Fonts = None,
    plain: Plain = False,
    quiet: Quiet = False,
) -> None:
    """Tell where a number comes from: every term of its sum. Without ID: the overall score and all trends.

    \b
    Examples:
      allycheck explain answers.yaml
      allycheck explain answers.yaml FC3
      allycheck explain answers.yaml exclusion
      allycheck explain answers.yaml level
      allycheck explain answers.yaml level -o level.html
      allycheck explain answers.yaml overall --format json
    """
    from allycheck.analysis.explain.explain import explain as explain_sheet
    from allycheck.analysis.whole_report import whole_report
    from allycheck.scored import scored

    places = outputs.places("explain", out, format, [file, questionnaire, *(template or [])])
    style = house(template, fonts, places)
    sheet = read_sheet(file, questionnaire, quiet=quiet or plain)
    own = scored(sheet.questionnaire, sheet.answers, sheet.name)
    with progress.while_working(_("Working out the report"), quiet=quiet or plain):
        result = explain_sheet(own.scores, own.answers, whole_report(own.scores, own.answers), name)
    outputs.show("explain", result, places, Manner(plain, quiet, house=style))
