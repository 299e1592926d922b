"""compare, merge and coalition: more than one sheet."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from allycheck.cli import outputs
from allycheck.cli.inputs import STDIN, identity, read_scored, read_team, repeated
from allycheck.cli.options import Plain, QuestionnaireName
from allycheck.errors import AllycheckError, UsageError
from allycheck.text import count

if TYPE_CHECKING:
    from fractions import Fraction
    from types import ModuleType

    from allycheck.cli.outputs import Place
    from allycheck.scored import Scored

PageFormat = Literal["text", "markdown", "json"]
JointFormat = Literal["text", "markdown", "html", "json"]
SheetFiles = Annotated[
    list[str], typer.Argument(metavar="FILE", help="Answers files, YAML or JSON; - is standard input.")
]
PageFormatName = Annotated[
    PageFormat | None, typer.Option("--format", "-f", help="How to write it; text if not given.")
]
OutputFile = Annotated[
    str | None, typer.Option("--output", "-o", metavar="PATH", help="Write to a file instead; its name says how.")
]
TWO = 2


def register(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.command()(compare)
    app.command()(merge)
    app.command()(coalition)


def compare(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE", help="Answers files of one organisation, the oldest first.")
    ],
    *,
    questionnaire: QuestionnaireName = None,
    old_questionnaire: Annotated[
        str | None,
        typer.Option("--old-questionnaire", metavar="ID|PATH", help="The version that OLD was answered with."),
    ] = None,
    format: PageFormatName = None,
    out: OutputFile = None,
    plain: Plain = False,
) -> None:
    """Tell what really changed between two sheets, or over more of them.

    \b
    Examples:
      allycheck compare 2025.yaml 2026.yaml
      allycheck compare 2024.yaml 2025.yaml 2026.yaml
      allycheck compare 2025.yaml 2026.yaml --old-questionnaire old.yaml
      allycheck compare 2025.yaml 2026.yaml --format json | jq .real_change

    Only what both sheets answer to the same question is compared, with the weights of the newer one; what is newly
    known, added or re-worded is told apart from that. With more than two files: the course over time.
    """
    from allycheck.analysis.compare import compare as compare_two
    from allycheck.analysis.compare import course
    from allycheck.render import compare as page

    if len(files) < TWO:
        raise UsageError("name two answers files, the older first")
    if old_questionnaire and len(files) > TWO:
        raise UsageError("--old-questionnaire goes with two files", hint="compare two of them, or leave it out")
    target = _target(format, out, [*files, questionnaire, old_questionnaire])
    names = [old_questionnaire or questionnaire, *[questionnaire] * (len(files) - 1)]
    twice = repeated([path for path in files if path == STDIN])
    sheets = read_scored(list(zip(files, names, strict=True)), twice)
    outputs.warn(_doubts(sheets))
    result = compare_two(*sheets) if len(sheets) == TWO else course(sheets)
    _show(page, result, target, plain=plain)


def _doubts(sheets: "Sequence[Scored]") -> list[str]:
    """What makes it doubtful that the sheets are one organisation's, in the order of time."""
    from allycheck.text import listing

    doubts = []
    organisations = dict.fromkeys(name for sheet in sheets if (name := sheet.organisation))
    actors = dict.fromkeys(sheet.scores.actor for sheet in sheets)
    dates = [sheet.answers.date for sheet in sheets if sheet.answers.date]
    if len(organisations) > 1:
        doubts.append(f"these are different organisations: {listing(organisations)}")
    if len(actors) > 1:
        doubts.append(f"these are different actor types, whose questions may read differently: {listing(actors)}")
    if dates != sorted(dates):
        doubts.append(f"the dates run backwards: {listing(dates)}; name the oldest first")
    return doubts


def merge(
    files: SheetFiles,
    *,
    questionnaire: QuestionnaireName = None,
    out: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="PATH", help="Write the merged answers file; - is standard output."),
    ] = None,
    names: Annotated[bool, typer.Option("--names", help="Tell who answered what, in the file too.")] = False,
    format: PageFormatName = None,
    plain: Plain = False,
) -> None:
    """Make one sheet of several people's, and tell where they disagree.

    \b
    Examples:
      allycheck merge one.yaml two.yaml three.yaml -o team.yaml
      allycheck merge sheets/*.yaml
      allycheck merge sheets/*.yaml -o - | allycheck report -
      allycheck merge sheets/*.yaml --format json | jq '.discuss[0]'

    Each answer becomes the low median: the highest level that more than half reached. Nobody is named unless you ask
    for it with --names.
    """
    from allycheck.analysis.merge import merge as merge_sheets
    from allycheck.analysis.merged_answers import team_answers
    from allycheck.render import merge as page
    from allycheck.writing import OWNER_ONLY, answers_json, answers_text, write_atomically

    if out is not None and out != STDIN:
        _refuse_overwriting(out, files)
    sheets = read_team(files, questionnaire)
    result = merge_sheets(sheets, names=names)
    team = team_answers(sheets, names=names)
    merged = answers_text(team, f"Merged from {count(len(sheets), 'answers file')}.")
    if out == STDIN:
        outputs.write(merged)
    elif out is not None:
        write_atomically(out, answers_json(team) if out.endswith(".json") else merged, mode=OWNER_ONLY)
    if result.notice and (out == STDIN or format == "json"):
        outputs.talk(result.notice)
    if out != STDIN:
        _show(page, result, _target(format, None, []), plain=plain)


def _refuse_overwriting(out: str, files: Sequence[str]) -> None:
    """A merged sheet may take the place of an earlier one, never of what it merges or of somebody's own answers."""
    from allycheck.cli.outputs import holds_answers
    from allycheck.reading import read_source

    if not out:
        raise UsageError("--output: an empty name", hint="name a file")
    if identity(out) in {identity(path) for path in files}:
        raise UsageError(f"{out} is one of the files to merge", hint="name another file with --output")
    if holds_answers(out):
        try:
            merged = "respondents" in read_source(out).data
        except AllycheckError:
            merged = False
        if not merged:
            raise UsageError(f"{out} holds somebody's own answers", hint="name another file with --output")


def coalition(
    files: SheetFiles,
    *,
    questionnaire: QuestionnaireName = None,
    sizes: Annotated[
        list[str] | None,
        typer.Option("--size", metavar="NAME=N", help="How large a member is, 1 if not given; may be repeated."),
    ] = None,
    detail: Annotated[bool, typer.Option("--detail", help="Show the members' single answers.")] = False,
    format: Annotated[
        JointFormat | None, typer.Option("--format", "-f", help="How to write it; text if not given.")
    ] = None,
    out: OutputFile = None,
    plain: Plain = False,
) -> None:
    """See several organisations as one alliance: what it carries, and where it breaks.

    \b
    Examples:
      allycheck coalition ministry.yaml city.yaml firm.yaml
      allycheck coalition ours.yaml theirs.yaml --detail
      allycheck coalition members/*.yaml --size "Port City=3" -o alliance.html
      allycheck coalition members/*.yaml --format json | jq .single_points

    For two partners it reads as a due-diligence page. Members' scores are shown; their single answers only with
    --detail.
    """
    from allycheck.analysis.coalition.coalition import coalition as join
    from allycheck.render import coalition as page

    target = _target(format, out, [*files, questionnaire], html=True)
    sheets = read_team(files, questionnaire)
    result = join(sheets, sizes=_sizes(sizes or []), detail=detail)
    _show(page, result, target, plain=plain)


def _sizes(given: Sequence[str]) -> "dict[str, Fraction]":
    from allycheck.fields import read_decimal

    sizes = {}
    for entry in given:
        name, _, number = entry.rpartition("=")
        if name.strip() in sizes:
            raise UsageError(f"--size {name.strip()} is given twice", hint="give each member one size")
        try:
            sizes[name.strip()] = read_decimal(number.strip())
        except ValueError as error:
            hint = 'write it as NAME=N, such as --size "Port City=3"'
            raise UsageError(f"--size {entry}: {error if name else 'no name'}", hint=hint) from error
    return sizes


def _target(form: str | None, out: str | None, inputs: Sequence[str | None], *, html: bool = False) -> "Place":
    """Where to write, and how: as asked, else as the file's name says. Raises UsageError before anything is read."""
    from allycheck.cli.outputs import places
    from allycheck.render.formats import Format

    target = places([out] if out is not None else None, Format(form) if form else None, inputs)[0]
    able = ["text", "markdown", *(["html"] if html else []), "json"]
    if target.format not in able:
        raise UsageError(f"this can't be written as {target.format}", hint=f"use {', '.join(able)}")
    return target


def _show(page: "ModuleType", result: object, target: "Place", *, plain: bool) -> None:
    """Draw a result in one format, to standard output or a file."""
    from allycheck.cli.outputs import STDOUT, deliver
    from allycheck.render import json
    from allycheck.render.formats import Format
    from allycheck.render.look import Look

    match target.format:
        case Format.JSON:
            text = json.render(result)
        case Format.TEXT:
            plain = outputs.plain_wanted(plain=plain)
            to_file = target.path != STDOUT
            look = Look(plain=plain) if to_file else Look(outputs.width(), outputs.colour(plain=plain), plain)
            text = page.text(result, look)
        case other:
            text = getattr(page, other)(result)
    deliver(target, text)
