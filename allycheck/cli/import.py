"""import: answers from what survey platforms export, one file a row."""

import os
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from allycheck.cli import outputs, progress
from allycheck.cli.inputs import repeated
from allycheck.cli.options import QuestionnaireName, Quiet
from allycheck.errors import AllycheckError, Fault, OutputError, UsageError
from allycheck.importing.platforms import Origin
from allycheck.language import _, ngettext
from allycheck.text import printable

if TYPE_CHECKING:
    from allycheck.importing.exports import Export, Wanted
    from allycheck.importing.rows import Response

Exports = Annotated[
    list[str], typer.Argument(metavar="EXPORT", help=_("Exports: .csv, .xlsx, .ods or .json; - is standard input."))
]


def import_(
    exports: Exports,
    *,
    folder: Annotated[
        str, typer.Option("--output", "-o", metavar="FOLDER", help=_("Where the answers files go; made if need be."))
    ],
    origin: Annotated[Origin | None, typer.Option("--from", help=_("The platform; else as the columns tell."))] = None,
    map_path: Annotated[
        str | None,
        typer.Option("--map", metavar="PATH", help=_("A file that says what other columns and answers mean.")),
    ] = None,
    actor: Annotated[
        str | None, typer.Option("--actor", "-a", metavar="ACTOR", help=_("The actor type of rows that name none."))
    ] = None,
    form: Annotated[
        Literal["full", "quick"] | None, typer.Option("--form", help=_("The form of rows that name none; else full."))
    ] = None,
    questionnaire: QuestionnaireName = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Write nothing; say what would be written."))] = False,
    quiet: Quiet = False,
) -> None:
    """Make answers files of what a survey platform exports, one for each row.

    \b
    Examples:
      allycheck import kobo.xlsx -o sheets
      allycheck import forms.csv -o sheets --actor business --dry-run
      allycheck import survey.csv -o sheets --from limesurvey --map map.yaml
      allycheck import kobo.xlsx -o sheets | xargs allycheck merge -o team.yaml

    Each file is named after organisation and respondent, is read by its owner only, and never takes the place of
    another. Their names are printed. A row with a fault is named and left out; the others are written, and the exit
    code is 3.
    """
    from allycheck.importing.exports import Wanted
    from allycheck.importing.mapping import NO_MAP, load_map
    from allycheck.importing.rows import repeats, summary
    from allycheck.loading import load_questionnaire

    if not folder:
        raise UsageError(_("--output names no folder"), hint=_("name one"))
    if os.path.lexists(folder) and not Path(folder).is_dir():
        raise UsageError(_("this is no folder"), f"--output {printable(folder)}", _("name another one"))
    map_file = load_map(map_path) if map_path is not None else NO_MAP
    known = load_questionnaire(questionnaire) if questionnaire is not None else None
    read = _read(exports, Wanted(origin, map_file, actor, form, known), quiet=quiet)
    responses, faults = repeats([response for export in read for response in export.taken.responses])
    written = _write(responses, folder, dry=dry_run, quiet=quiet)
    _warn(read)
    faults = [*(fault for export in read for fault in export.taken.faults), *faults]
    if faults:
        _show(faults)
    if not quiet:
        outputs.talk(summary([export.taken for export in read], written, len(responses) - written, dry=dry_run))
    if faults:
        raise typer.Exit(AllycheckError.exit_code)


def _read(exports: Sequence[str], wanted: "Wanted", *, quiet: bool) -> "list[Export]":
    """Every export. Raises AllycheckError with all that is wrong with any of them as a whole."""
    from allycheck.importing.exports import take

    read, faults = [], repeated(exports)
    for path in progress.shown(exports, _("Reading"), quiet=quiet):
        try:
            read.append(take(path, wanted))
        except UsageError:
            raise
        except AllycheckError as error:
            faults += error.faults
    if wanted.origin is not Origin.WORKBOOK and not faults:
        faults += wanted.map_file.unused([header for export in read for header in export.headers])
    if faults:
        raise AllycheckError(list(dict.fromkeys(faults)))
    return read


def _write(responses: "Sequence[Response]", folder: str, *, dry: bool, quiet: bool) -> int:
    """Write each response to a file of its own, unless one has the same answers, and print the names; how many.

    A dry run only prints them.
    """
    from allycheck.importing.file_names import file_names
    from allycheck.writing import answers_text

    if not dry and responses:
        _make(folder)
    paths: dict[str, None] = {}
    names: dict[str, _Names] = {}
    try:
        for response in progress.shown(responses, _("Writing"), quiet=quiet):
            text = answers_text(
                response.answers,
                _("Response {number} of {export}.").format(number=response.number, export=response.export),
            ).encode()
            own = _Names(folder, file_names(response.answers))
            if path := names.setdefault(own.first, own).new(text, paths, dry=dry):
                paths[path] = None
    finally:
        if paths:
            outputs.write("".join(f"{path}\n" for path in paths))
    return len(paths)


class _Names:
    """The names that files of one organisation and respondent can have, and what stands in those there already."""

    def __init__(self, folder: str, names: "Iterator[str]") -> None:
        self._paths = (str(Path(folder, name)) for name in names)
        self.first = self._next = next(self._paths)
        self._there: set[bytes] = set()

    def new(self, text: bytes, taken: "Collection[str]", *, dry: bool) -> str:
        """Write answers under the first free name and return it; nothing if a file there already holds the same.

        An export holds what an earlier one did, whatever the comments say of where it comes from. `taken` are the names
        of this run; a dry run writes nothing.
        """
        while self._next in taken or os.path.lexists(self._next):
            if self._next not in taken:
                self._there.add(_without_comments(_content(self._next)))
            self._next = next(self._paths)
        if _without_comments(text) in self._there:
            return ""
        while not (dry or _is_written(self._next, text)):
            self._next = next(self._paths)
        return self._next


def _content(path: str) -> bytes:
    from allycheck.reading import read_file

    try:
        return read_file(path)
    except (OSError, ValueError, AllycheckError):
        return b""


def _without_comments(text: bytes) -> bytes:
    return b"\n".join(line for line in text.splitlines() if not line.startswith(b"#"))


def _is_written(path: str, text: bytes) -> bool:
    """Whether nothing had the name meanwhile, so that the file is written."""
    from allycheck.writing import write_new

    try:
        write_new(path, text)
    except FileExistsError:
        return False
    return True


def _make(folder: str) -> None:
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        what = error.strerror.lower() if isinstance(error, OSError) and error.strerror else _("can't be made")
        raise OutputError(what, f"--output {printable(folder)}", _("name another folder")) from error


def _warn(read: "Sequence[Export]") -> None:
    outputs.warn(note for export in read for note in export.notes)
    outputs.warn(_grouped([warning for export in read for warning in export.taken.warnings]))


def _grouped(warnings: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Each warning once, with the first place where it holds and how many more there are."""
    places: dict[str, list[str]] = {}
    for where, what in warnings:
        places.setdefault(what, []).append(where)
    for what, wheres in places.items():
        yield _warning(wheres[0], what, len(wheres) - 1)


def _warning(where: str, what: str, more: int) -> str:
    """A warning with how many more rows it holds for."""
    told = f"{where}: {what}"
    if not more:
        return told
    words = ngettext("{warning} (and in {number} more row)", "{warning} (and in {number} more rows)", more)
    return words.format(warning=told, number=more)


def _more_faults(number: int) -> str:
    words = ngettext("there is {number} more fault", "there are {number} more faults", number)
    return words.format(number=number)


def _show(faults: list[Fault]) -> None:
    from allycheck.shapes import MOST_FAULTS

    more = [Fault(_more_faults(len(faults) - MOST_FAULTS), hint=_("correct these first"))]
    outputs.show_error(AllycheckError(faults if len(faults) <= MOST_FAULTS else faults[:MOST_FAULTS] + more))
