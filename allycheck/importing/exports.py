"""Files of exports -> the responses in them."""

from pathlib import PurePath
from typing import NamedTuple

from allycheck.answers import known_actor
from allycheck.bundled import bundled_questionnaires
from allycheck.errors import AllycheckError, UsageError
from allycheck.importing.headers import Reading, origin_of, questionnaire_named, reading, unknown_origin
from allycheck.importing.mapping import NO_MAP, MapFile
from allycheck.importing.platforms import Origin
from allycheck.importing.rows import Given, Response, Taken, taken
from allycheck.importing.tables import Table, table
from allycheck.language import _
from allycheck.loading import DEFAULT_QUESTIONNAIRE, load_questionnaire, load_sheet
from allycheck.questionnaire import Questionnaire
from allycheck.reading import STDIN, is_workbook, name_of, read_bytes
from allycheck.text import first_of, hint, listing, shown
from allycheck.workbooks import holds_answers

_MOST_NAMED = 12


class Wanted(NamedTuple):
    """What is said of all exports at once; None is found in each of them."""

    origin: Origin | None = None
    map_file: MapFile = NO_MAP
    actor: str | None = None
    form: str | None = None
    questionnaire: Questionnaire | None = None


class Export(NamedTuple):
    """What was read of one export."""

    name: str
    headers: list[str]
    taken: Taken
    notes: list[str]
    """What a reader should know of the columns."""


def take(path: str, wanted: Wanted) -> Export:
    """The responses of an export.

    Raises AllycheckError where it can't be read as a whole, UsageError where it must be said whose answers these are.
    """
    name = name_of(path)
    if wanted.origin is Origin.WORKBOOK:
        return Export(name, [], _sheet(path, wanted), [])
    content = read_bytes(path)
    if wanted.origin is None and path != STDIN and is_workbook(path, content) and holds_answers(content, path):
        return Export(name, [], _sheet(path, wanted), [])
    found = table(content, name)
    questionnaire = wanted.questionnaire or _questionnaire_of(found)
    meanings = wanted.map_file.meanings(questionnaire)
    origin = wanted.origin or origin_of(found, questionnaire)
    if origin is None and not wanted.map_file.mapping.columns:
        raise unknown_origin(found)
    columns = reading(found, questionnaire, origin, meanings)
    _check(name, wanted, questionnaire, columns)
    given = Given(wanted.actor, wanted.form, wanted.map_file.mapping.words)
    return Export(name, found.headers, taken(found, columns, questionnaire, given), _notes(name, columns))


def _sheet(path: str, wanted: Wanted) -> Taken:
    """A workbook holds the answers of one respondent: it is read like any answers file."""
    try:
        sheet = load_sheet(path, wanted.questionnaire)
    except AllycheckError as error:
        return Taken([], error.faults, [], 1, 0)
    warnings = [(sheet.name, warning.removeprefix(f"{sheet.name}: ")) for warning in sheet.warnings]
    return Taken([Response(sheet.answers, sheet.name, PurePath(sheet.name).name, 1)], [], warnings, 1, 0)


def _questionnaire_of(found: Table) -> Questionnaire:
    """The bundled one that the responses name; never a path, which an export has no say in."""
    name = questionnaire_named(found) or DEFAULT_QUESTIONNAIRE
    known = bundled_questionnaires()
    if name not in known:
        meant = hint(name, known, _("name its file with --questionnaire"))
        raise AllycheckError(_("no bundled questionnaire is called {name}").format(name=shown(name)), found.name, meant)
    return load_questionnaire(name)


def _check(name: str, wanted: Wanted, questionnaire: Questionnaire, columns: Reading) -> None:
    """Raises UsageError where an option does not fit the questionnaire, or where nothing says who answers."""
    if wanted.actor is not None:
        known_actor(wanted.actor, questionnaire)
    elif questionnaire.actors and "actor" not in columns.fields:
        known = listing(questionnaire.actor_types, "or")
        raise UsageError(
            _("no column says which actor type answers"), name, _("name it with --actor: {known}").format(known=known)
        )
    if wanted.form == "quick" and not questionnaire.has_quick_form:
        raise UsageError(_("this questionnaire has no quick form"), hint=_("leave out --form, or use --form full"))


def _notes(name: str, columns: Reading) -> list[str]:
    notes = [f"{name}: {unknown}" for unknown in columns.unknown]
    if columns.nothing:
        notes.append(
            _("{name}: columns that mean nothing here, and are left out: {nothing}").format(
                name=name, nothing=first_of(columns.nothing, _MOST_NAMED)
            )
        )
    return notes
