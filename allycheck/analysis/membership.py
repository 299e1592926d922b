"""Who is in a coalition, and how large (DECISIONS, "Coalition")."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from pathlib import PurePath

from allycheck.analysis.pooling import Member
from allycheck.analysis.several import Scored, refuse
from allycheck.errors import Fault, UsageError
from allycheck.text import listing, nearest, printable

ONE = Fraction(1)


def members_of(sheets: Sequence[Scored], sizes: Mapping[str, Fraction]) -> list[Member]:
    """The members in the order of their sheets; a sheet that names no organisation goes by its file's name.

    Raises AllycheckError for other questionnaires and repeated organisations, UsageError for sizes that fit nobody.
    """
    named = [(_name_of(sheet), sheet) for sheet in sheets]
    refuse([*_strangers(sheets), *_repeated(named)])
    names = [name for name, _ in named]
    for name, size in sizes.items():
        if name not in names:
            hint = nearest(name, names) or f"the members are {listing(names)}"
            raise UsageError(f"--size: no member is called {printable(name)}", hint=hint)
        if size <= 0:
            raise UsageError(f"--size: the size of {name} must be greater than 0")
    return [Member(name, sizes.get(name, ONE), sheet) for name, sheet in named]


def _name_of(sheet: Scored) -> str:
    return sheet.organisation or PurePath(sheet.name).name or sheet.name


def _strangers(sheets: Sequence[Scored]) -> Iterable[Fault]:
    first = sheets[0]
    for sheet in sheets[1:]:
        if sheet.questionnaire.id != first.questionnaire.id:
            what = f"the questionnaire is {sheet.questionnaire.id}, that of {first.name} is {first.questionnaire.id}"
            yield Fault(what, (), "a coalition answers one questionnaire", where=sheet.name)


def _repeated(named: Sequence[tuple[str, Scored]]) -> Iterable[Fault]:
    first: dict[str, Scored] = {}
    for name, sheet in named:
        if name in first:
            what = f"{name} is also the organisation of {first[name].name}"
            hint = "merge the sheets of one organisation first: allycheck merge"
            yield Fault(what, (), hint, where=sheet.name)
        first.setdefault(name, sheet)
