"""compare: what really changed between two sheets, or over more of them."""

from typing import TYPE_CHECKING, Annotated

import typer

from allycheck.cli import outputs, progress
from allycheck.cli.house import house
from allycheck.cli.inputs import STDIN, read_scored, repeated
from allycheck.cli.options import Fonts, Outputs, Plain, QuestionnaireName, Quiet, Templates, format_of
from allycheck.cli.outputs import Manner
from allycheck.errors import UsageError
from allycheck.language import _, ngettext
from allycheck.render.formats import Format

if TYPE_CHECKING:
    from collections.abc import Sequence

    from allycheck.scored import Scored

TWO = 2


def compare(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE", help=_("Answers files of one organisation, the oldest first."))
    ],
    *,
    questionnaire: QuestionnaireName = None,
    old_questionnaire: Annotated[
        str | None,
        typer.Option("--old-questionnaire", metavar="ID|PATH", help=_("The version that OLD was answered with.")),
    ] = None,
    format: Annotated[Format | None, format_of("compare")] = None,
    out: Outputs = None,
    template: Templates = None,
    fonts: Fonts = None,
    plain: Plain = False,
    quiet: Quiet = False,
) -> None:
    """Tell what really changed between two sheets, or over more of them.

    \b
    Examples:
      allycheck compare 2025.yaml 2026.yaml
      allycheck compare 2024.yaml 2025.yaml 2026.yaml
      allycheck compare 2025.yaml 2026.yaml --old-questionnaire old.yaml
      allycheck compare 2025.yaml 2026.yaml -o change.html
      allycheck compare 2025.yaml 2026.yaml --format json | jq .real_change

    Only what both sheets answer to the same question is compared, with the weights of the newer one; what is newly
    known, added or re-worded is told apart from that. With more than two files: the course over time.
    """
    from allycheck.analysis.compare import compare as compare_two
    from allycheck.analysis.compare import course

    if len(files) < TWO:
        raise UsageError(_("name two answers files, the older first"))
    if old_questionnaire and len(files) > TWO:
        raise UsageError(_("--old-questionnaire goes with two files"), hint=_("compare two of them, or leave it out"))
    places = outputs.places("compare", out, format, [*files, questionnaire, old_questionnaire, *(template or [])])
    style = house(template, fonts, places)
    names = [old_questionnaire or questionnaire, *[questionnaire] * (len(files) - 1)]
    twice = repeated([path for path in files if path == STDIN])
    sheets = read_scored(list(zip(files, names, strict=True)), twice, quiet=quiet or plain)
    outputs.warn(_doubts(sheets))
    work = ngettext("Comparing {number} sheet", "Comparing {number} sheets", len(sheets)).format(number=len(sheets))
    with progress.while_working(work, quiet=quiet or plain):
        result = compare_two(*sheets) if len(sheets) == TWO else course(sheets)
    outputs.show("compare", result, places, Manner(plain, quiet, house=style))


def _doubts(sheets: "Sequence[Scored]") -> list[str]:
    """What makes it doubtful that the sheets are one organisation's, in the order of time."""
    from allycheck.text import listing

    doubts = []
    organisations = dict.fromkeys(name for sheet in sheets if (name := sheet.organisation))
    actors = dict.fromkeys(sheet.scores.actor for sheet in sheets)
    dates = [sheet.answers.date for sheet in sheets if sheet.answers.date]
    if len(organisations) > 1:
        doubts.append(
            _("these are different organisations: {organisations}").format(organisations=listing(organisations))
        )
    if len(actors) > 1:
        doubts.append(
            _("these are different actor types, whose questions may read differently: {actors}").format(
                actors=listing(actors)
            )
        )
    if dates != sorted(dates):
        doubts.append(_("the dates run backwards: {dates}; name the oldest first").format(dates=listing(dates)))
    return doubts
