"""merge: several people of one organisation as one sheet."""

from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated

import typer

from allycheck.cli import outputs, progress
from allycheck.cli.house import house
from allycheck.cli.inputs import identity, read_team, sheets_in
from allycheck.cli.options import Fonts, Plain, QuestionnaireName, Quiet, SheetFiles, Templates, format_of
from allycheck.cli.outputs import STDOUT, Manner
from allycheck.errors import AllycheckError, UsageError
from allycheck.language import _, ngettext
from allycheck.render.formats import Format
from allycheck.text import folded, printable

if TYPE_CHECKING:
    from allycheck.scored import Scored

ANSWERS_SUFFIXES = {".yaml", ".yml"}


def merge(
    files: SheetFiles,
    *,
    questionnaire: QuestionnaireName = None,
    out: Annotated[
        list[str] | None,
        typer.Option(
            "--output",
            "-o",
            metavar="PATH",
            help=_(
                "Write to a file: .yaml, .yml and - take the merged answers, other names the result. May be repeated."
            ),
        ),
    ] = None,
    names: Annotated[bool, typer.Option("--names", help=_("Tell who answered what, in the file too."))] = False,
    actor: Annotated[
        str | None, typer.Option("--actor", metavar="ID", help=_("Merge sheets of several actors as this one's."))
    ] = None,
    format: Annotated[
        Format | None, format_of("merge", _("How to write the result; else by the output's name, else text."))
    ] = None,
    template: Templates = None,
    fonts: Fonts = None,
    plain: Plain = False,
    quiet: Quiet = False,
) -> None:
    """Make one sheet of several people's, and tell where they disagree.

    \b
    Examples:
      allycheck merge one.yaml two.yaml three.yaml -o team.yaml
      allycheck merge sheets/*.yaml
      allycheck merge sheets/*.yaml -o team.yaml -o team.html
      allycheck merge sheets/*.yaml -o - | allycheck report -
      allycheck merge owner.yaml management.yaml --actor parent
      allycheck merge sheets/*.yaml --format json | jq '.discuss[0]'

    Each answer becomes the low median: the highest level that more than half reached. Nobody is named unless you ask
    for it with --names. With --actor its questions and weights count for all; what reads differently for another actor
    is left out of the agreement and named.
    """
    from allycheck.analysis.merge import merge as merge_sheets
    from allycheck.analysis.merged_answers import team_answers
    from allycheck.answers import known_actor
    from allycheck.writing import answers_text

    files = sheets_in(files)
    sheet_paths, page_paths = _apart(out or [])
    for path in sheet_paths:
        _refuse_overwriting(path, sheet_paths, files)
    places = []
    if page_paths or STDOUT not in sheet_paths:
        places = outputs.places("merge", page_paths, format, [*files, questionnaire, *(template or [])])
    style = house(template, fonts, places)
    sheets = read_team(files, questionnaire, quiet=quiet or plain)
    outputs.warn(_counted_twice(sheets))
    if actor is not None:
        known_actor(actor, sheets[0].questionnaire)
    number = len(sheets)
    work = ngettext("Merging {number} sheet", "Merging {number} sheets", number).format(number=number)
    with progress.while_working(work, quiet=quiet or plain):
        result = merge_sheets(sheets, names=names, actor=actor)
        comment = ngettext("Merged from {number} answers file.", "Merged from {number} answers files.", number)
        merged = answers_text(team_answers(sheets, names=names, actor=actor), comment.format(number=number))
    for path in sheet_paths:
        _write_answers(path, merged, quiet=quiet)
    if result.notice and not quiet and all(place.format is Format.JSON for place in places):
        outputs.talk(result.notice)
    outputs.show("merge", result, places, Manner(plain, quiet, house=style))


def _counted_twice(sheets: "Sequence[Scored]") -> list[str]:
    """Sheets of one respondent, who then counts as two people."""
    first: dict[tuple[str, str], str] = {}
    doubts = []
    for sheet in sheets:
        who = sheet.who, folded(sheet.answers.respondent)
        if who[1] and who in first:
            doubts.append(
                _("{file}: of the same respondent as {other}, who counts twice; leave one out").format(
                    file=sheet.name, other=first[who]
                )
            )
        first.setdefault(who, sheet.name)
    return doubts


def _apart(paths: Sequence[str]) -> tuple[list[str], list[str]]:
    """The paths that take the merged answers, and those that take the result."""
    takes_answers = [path == STDOUT or PurePath(path).suffix.lower() in ANSWERS_SUFFIXES for path in paths]
    return (
        [path for path, takes in zip(paths, takes_answers, strict=True) if takes],
        [path for path, takes in zip(paths, takes_answers, strict=True) if not takes],
    )


def _write_answers(path: str, merged: str, *, quiet: bool) -> None:
    from allycheck.writing import OWNER_ONLY

    if path == STDOUT:
        outputs.write(merged)
    else:
        outputs.save(path, merged, OWNER_ONLY, quiet=quiet)


def _refuse_overwriting(out: str, outs: Sequence[str], files: Sequence[str]) -> None:
    """A merged sheet may take the place of an earlier one, never of what it merges or of somebody's own answers."""
    from allycheck.reading import read_source

    where = f"--output {printable(out)}"
    if outs.count(out) > 1:
        raise UsageError(_("named twice"), where, hint=_("one file holds one sheet"))
    if out == STDOUT:
        return
    if identity(out) in {identity(path) for path in files}:
        raise UsageError(_("this is one of the files to merge"), where, hint=_("name another one"))
    if outputs.holds_answers(out):
        try:
            merged = "respondents" in read_source(out).data
        except AllycheckError:
            merged = False
        if not merged:
            raise UsageError(_("this holds somebody's own answers"), where, hint=_("name another one"))
