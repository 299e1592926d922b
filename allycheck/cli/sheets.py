"""From options to models: read sheets, warn on standard error, score."""

from typing import TYPE_CHECKING

from allycheck.cli import output

if TYPE_CHECKING:
    from allycheck.loading import Sheet


def read_sheet(path: str, questionnaire: str | None) -> "Sheet":
    """One answers file with its questionnaire; its warnings go to standard error."""
    from allycheck.loading import load_questionnaire, load_sheet

    sheet = load_sheet(path, load_questionnaire(questionnaire) if questionnaire is not None else None)
    output.warn(sheet.warnings)
    return sheet
