"""Sheets -> one an organisation, and the group that each belongs to."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol, TypeVar

from allycheck.analysis.cohort.tally import Record
from allycheck.errors import Fault
from allycheck.language import _, ngettext
from allycheck.scored import Scored, refuse
from allycheck.text import listing, printable

COLUMNS = ("actor", "form", "version", "year")
"""What sheets can be grouped by."""
NOT_SAID = ""
VERSION = "version"


class Dated(Protocol):
    """What tells whose latest sheet is which: a sheet, or what is kept of one."""

    @property
    def name(self) -> str:
        """The file or row as messages name it."""

    @property
    def organisation(self) -> str | None:
        """The organisation's name."""

    @property
    def who(self) -> str:
        """What tells its organisation from others; empty where it has no name."""

    @property
    def day(self) -> str:
        """When it was answered; empty where that is not said."""


Sheet = TypeVar("Sheet", bound=Dated)


def latest(sheets: Sequence[Scored], by: Sequence[str]) -> list[Scored]:
    """The latest sheet of each organisation, in the order of the files; a sheet without a name is one of its own.

    Raises AllycheckError where two of one organisation have no later one, and where versions are mixed ungrouped.
    """
    return newest(sheets, [] if VERSION in by else _mixed(sheets))


def newest(sheets: Sequence[Sheet], known: Iterable[Fault] = ()) -> list[Sheet]:
    """The latest sheet of each organisation, whatever its version; faults that are known already are raised, too."""
    named: dict[str, list[Sheet]] = defaultdict(list)
    for sheet in sheets:
        if sheet.who:
            named[sheet.who].append(sheet)
    last = {name: max(own, key=lambda sheet: sheet.day) for name, own in named.items()}
    refuse([*_undecided(named, last), *known])
    return [sheet for sheet in sheets if not sheet.who or sheet is last[sheet.who]]


def _undecided(named: Mapping[str, Sequence[Sheet]], last: Mapping[str, Sheet]) -> Iterator[Fault]:
    for who, sheets in named.items():
        same = [sheet for sheet in sheets if sheet.day == last[who].day and sheet is not last[who]]
        for sheet in same:
            words = (
                _("{file} is of {organisation}, too, and both are of {date}")
                if sheet.day
                else _("{file} is of {organisation}, too, and both are without a date")
            )
            what = words.format(file=printable(last[who].name), organisation=sheet.organisation, date=sheet.day)
            yield Fault(what, where=printable(sheet.name), hint=_("merge them, or leave one out"))


def _mixed(sheets: Sequence[Scored]) -> Iterator[Fault]:
    versions = Counter(_value(sheet, VERSION) for sheet in sheets)
    if len(versions) > 1:
        found = [
            ngettext("{number} sheet of {version}", "{number} sheets of {version}", number).format(
                number=number, version=version
            )
            for version, number in sorted(versions.items())
        ]
        what = _("different versions of the questionnaire: {versions}").format(versions=listing(found))
        yield Fault(what, hint=_("take one, or split them: --by version"))


def records(sheets: Sequence[Scored], by: Sequence[str]) -> list[Record]:
    """The sheets as a cohort counts them."""
    return [Record(tuple(_value(sheet, column) for column in by), sheet.scores) for sheet in sheets]


def _value(sheet: Scored, column: str) -> str:
    match column:
        case "actor":
            return sheet.scores.actor
        case "form":
            return sheet.scores.form
        case "year":
            return (sheet.answers.date or NOT_SAID)[:4]
        case _:
            return sheet.answers.version or sheet.questionnaire.version
