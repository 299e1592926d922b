"""evidence: what could be shown for the answers that claim strength."""

from typing import Annotated

from allycheck.cli import outputs
from allycheck.cli.inputs import read_sheet
from allycheck.cli.options import AnswersFile, Outputs, Plain, QuestionnaireName, Quiet, format_of
from allycheck.cli.outputs import Manner
from allycheck.render.formats import Format


def evidence(
    file: AnswersFile,
    *,
    questionnaire: QuestionnaireName = None,
    format: Annotated[Format | None, format_of("evidence")] = None,
    out: Outputs = None,
    plain: Plain = False,
    quiet: Quiet = False,
) -> None:
    """List every answer at level 3 or 4 with its evidence, those without any, and what could be shown for them.

    \b
    Examples:
      allycheck evidence answers.yaml
      allycheck evidence answers.yaml -o evidence.html
      allycheck evidence answers.yaml -o evidence.csv
      allycheck evidence answers.yaml --format json | jq .share
      allycheck report answers.yaml --min-evidence 0.8

    Levels are those after reversal, as everywhere. The last example makes a requirement of it: exit code 4 where less
    than 80% of the answers at 3 and 4, by weight, name evidence.
    """
    from allycheck.analysis.evidence import evidence as claimed
    from allycheck.scored import scored

    places = outputs.places("evidence", out, format, [file, questionnaire])
    sheet = read_sheet(file, questionnaire, quiet=quiet or plain)
    own = scored(sheet.questionnaire, sheet.answers, sheet.name)
    outputs.show("evidence", claimed(own.scores, own.answers), places, Manner(plain, quiet))
