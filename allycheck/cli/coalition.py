"""coalition: several organisations as one alliance."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from allycheck.cli import outputs, progress
from allycheck.cli.house import house
from allycheck.cli.inputs import read_team, sheets_in
from allycheck.cli.options import Fonts, Outputs, Plain, QuestionnaireName, Quiet, SheetFiles, Templates, format_of
from allycheck.cli.outputs import Manner
from allycheck.errors import UsageError
from allycheck.language import _, ngettext
from allycheck.render.formats import Format

if TYPE_CHECKING:
    from fractions import Fraction


def coalition(
    files: SheetFiles,
    *,
    questionnaire: QuestionnaireName = None,
    sizes: Annotated[
        list[str] | None,
        typer.Option("--size", metavar="NAME=N", help=_("How large a member is, 1 if not given; may be repeated.")),
    ] = None,
    name: Annotated[str | None, typer.Option("--name", metavar="TEXT", help=_("What the alliance is called."))] = None,
    detail: Annotated[bool, typer.Option("--detail", help=_("Show the members' single answers."))] = False,
    format: Annotated[Format | None, format_of("coalition")] = None,
    out: Outputs = None,
    template: Templates = None,
    fonts: Fonts = None,
    plain: Plain = False,
    quiet: Quiet = False,
) -> None:
    """See several organisations as one alliance: what it carries, and where it breaks.

    \b
    Examples:
      allycheck coalition ministry.yaml city.yaml firm.yaml
      allycheck coalition ours.yaml theirs.yaml --detail
      allycheck coalition members/*.yaml --size "Port City=3" -o alliance.html
      allycheck coalition members/*.yaml --name "Gulf of Sarrel Alliance"
      allycheck coalition members/*.yaml --format json | jq .single_points

    For two partners it reads as a due-diligence page. Members' scores are shown; their single answers only with
    --detail.
    """
    from allycheck.analysis.coalition.coalition import coalition as join
    from allycheck.text import clean

    files = sheets_in(files)
    places = outputs.places("coalition", out, format, [*files, questionnaire, *(template or [])])
    style = house(template, fonts, places)
    sheets = read_team(files, questionnaire, quiet=quiet or plain)
    work = ngettext("Pooling {number} sheet", "Pooling {number} sheets", len(sheets)).format(number=len(sheets))
    with progress.while_working(work, quiet=quiet or plain):
        result = join(sheets, sizes=_sizes(sizes or []), detail=detail)._replace(name=clean(name))
    outputs.show("coalition", result, places, Manner(plain, quiet, house=style))


def _sizes(given: Sequence[str]) -> "dict[str, Fraction]":
    from allycheck.fields import read_decimal

    sizes = {}
    for entry in given:
        name, _equals, number = entry.rpartition("=")
        if name.strip() in sizes:
            raise UsageError(
                _("{option} is given twice").format(option=f"--size {name.strip()}"),
                hint=_("give each member one size"),
            )
        try:
            sizes[name.strip()] = read_decimal(number.strip())
        except ValueError as error:
            hint = _('write it as NAME=N, such as --size "Port City=3"')
            raise UsageError(str(error) if name else _("no name"), f"--size {entry}", hint) from error
    return sizes
