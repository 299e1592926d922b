"""Several answers files at once: every fault of every file before anything is done."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from allycheck.cli import outputs, progress
from allycheck.engine import is_table
from allycheck.errors import AllycheckError, Fault, UsageError
from allycheck.language import _, ngettext
from allycheck.text import printable, shown

if TYPE_CHECKING:
    from allycheck.loading import Sheet
    from allycheck.questionnaire import Questionnaire
    from allycheck.scored import Scored


def read_sheet(path: str, questionnaire: str | None, *, quiet: bool = False, with_lines: bool = False) -> "Sheet":
    """One answers file with its questionnaire; its warnings go to standard error.

    What takes long is shown unless `quiet`. `with_lines` as in `load_sheet`.
    """
    from allycheck.loading import load_sheet

    known = _named_questionnaire(questionnaire, quiet=quiet) if questionnaire is not None else None
    sheet = load_sheet(path, known, with_lines=with_lines)
    outputs.warn(sheet.warnings)
    return sheet


STDIN = "-"


def read_team(
    paths: Sequence[str], questionnaire: str | None, *, fewest: int = 1, quiet: bool = False, skip_bad: bool = False
) -> "list[Scored]":
    """Answers files of one questionnaire, scored; their warnings go to standard error.

    Raises AllycheckError with the faults of all of them, a file that is named twice among them.
    """
    if len(paths) < fewest:
        words = ngettext("name at least {number} answers file", "name at least {number} answers files", fewest)
        raise UsageError(words.format(number=fewest))
    named = [(path, questionnaire) for path in paths]
    return read_scored(named, repeated(paths), quiet=quiet, skip_bad=skip_bad)


def read_scored(
    named: Sequence[tuple[str, str | None]],
    known: Sequence[Fault] = (),
    *,
    quiet: bool = False,
    skip_bad: bool = False,
) -> "list[Scored]":
    """Answers files, each with the questionnaire (or None) to read it with; faults that are known already join theirs.

    With `skip_bad` files with faults are left out and the faults said, unless no file is left. Without a name the first
    file says which questionnaire they are all for. How far it is shows unless `quiet`.
    """
    from allycheck.loading import load_sheet
    from allycheck.scored import scored

    by_name: dict[str | None, Questionnaire | None] = {
        name: _named_questionnaire(name, quiet=quiet) for name in dict.fromkeys(name for _, name in named) if name
    }
    sheets: list[Sheet] = []
    faults = list(known)
    for path, name in progress.shown(named, _("Reading"), quiet=quiet):
        try:
            sheets.append(load_sheet(path, by_name.get(name)))
            by_name.setdefault(name, sheets[-1].questionnaire)
        except UsageError:
            raise
        except AllycheckError as error:
            faults += error.faults
    if faults and not (skip_bad and sheets):
        raise AllycheckError(faults)
    outputs.warn(str(fault) for fault in faults)
    for sheet in sheets:
        outputs.warn(sheet.warnings)
    told = progress.shown(sheets, _("Scoring"), quiet=quiet)
    return [scored(sheet.questionnaire, sheet.answers, sheet.name) for sheet in told]


ENDINGS = (".yaml", ".yml", ".json", ".xlsx", ".ods")
"""How the names of answers files end that are looked for in a folder."""


def sheets_in(paths: Sequence[str]) -> list[str]:
    """The answers files named, and those in the folders named, in the order of their names."""
    found: list[str] = []
    for path in paths:
        if path != STDIN and Path(path).is_dir():
            inside = sorted(entry for entry in Path(path).iterdir() if _may_be_sheet(entry))
            if not inside:
                raise AllycheckError(
                    _("no answers files in this folder"), printable(path), _("name one with YAML or JSON files")
                )
            found += map(str, inside)
        else:
            found.append(path)
    return found


def _may_be_sheet(path: Path) -> bool:
    return path.is_file() and path.suffix.lower() in ENDINGS and not path.name.startswith(".")


def table_in(paths: Sequence[str]) -> str | None:
    """The table that is named, if any. Raises UsageError where anything is named beside it."""
    tables = [path for path in paths if is_table(path)]
    if tables and len(paths) > 1:
        only = _("name only {table}, or only answers files").format(table=shown(tables[0]))
        raise UsageError(_("a table stands alone"), hint=only)
    return tables[0] if tables else None


def _named_questionnaire(name: str, *, quiet: bool) -> "Questionnaire":
    from allycheck.loading import load_questionnaire

    with progress.while_working(_("Reading the questionnaire"), quiet=quiet):
        return load_questionnaire(name)


def repeated(paths: Sequence[str]) -> list[Fault]:
    """A fault for every file that is named a second time, whatever its path."""
    first: dict[object, str] = {}
    faults = []
    for path in paths:
        if (which := identity(path)) in first:
            what = _("the same file as {file}").format(file=printable(first[which]))
            faults.append(Fault(what, hint=_("name each file once"), where=printable(path)))
        first.setdefault(which, path)
    return faults


def identity(path: str) -> object:
    """What tells one file from another: two paths, or links, to one file have the same."""
    if path == STDIN:
        return STDIN
    try:
        status = Path(path).stat()
    except (OSError, ValueError):
        return path
    return status.st_dev, status.st_ino
