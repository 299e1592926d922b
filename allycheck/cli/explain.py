"""explain: where a number comes from."""

from typing import Annotated, Literal

import typer

from allycheck.cli import outputs
from allycheck.cli.inputs import read_sheet
from allycheck.cli.options import AnswersFile, Plain, QuestionnaireName

Form = Literal["text", "markdown", "json"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(explain)


def explain(
    file: AnswersFile,
    name: Annotated[
        str | None,
        typer.Argument(metavar="ID", help="overall, level, or a trend, risk, pillar or indicator by id or code."),
    ] = None,
    *,
    questionnaire: QuestionnaireName = None,
    format: Annotated[Form, typer.Option("--format", "-f", help="How to write it.")] = "text",
    plain: Plain = False,
) -> None:
    """Tell where a number comes from: every term of its sum. Without ID: the overall score and all trends.

    \b
    Examples:
      allycheck explain answers.yaml
      allycheck explain answers.yaml FC3
      allycheck explain answers.yaml exclusion
      allycheck explain answers.yaml level
      allycheck explain answers.yaml overall --format json
    """
    from allycheck.analysis.explain.explain import explain as explain_sheet
    from allycheck.analysis.whole_report import whole_report
    from allycheck.render import explain as page
    from allycheck.render.look import Look
    from allycheck.scoring import score

    sheet = read_sheet(file, questionnaire)
    scores = score(sheet.questionnaire, sheet.answers)
    result = explain_sheet(scores, sheet.answers, whole_report(scores, sheet.answers), name)
    match format:
        case "json":
            from allycheck.render import json

            outputs.write(json.render(result))
        case "markdown":
            outputs.write(page.markdown(result))
        case "text":
            plain = outputs.plain_wanted(plain=plain)
            outputs.write(page.text(result, Look(outputs.width(), outputs.colour(plain=plain), plain)))
