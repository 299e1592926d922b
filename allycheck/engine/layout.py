"""Which column of a table is what: one row an organisation, a column an indicator by id or code, further columns."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from allycheck.analysis.cohort.members import VERSION
from allycheck.engine.compiling import Columns, quoted
from allycheck.errors import AllycheckError, Fault, UsageError
from allycheck.language import _, ngettext
from allycheck.questionnaire import Questionnaire
from allycheck.text import first_of, hint, nearest, printable, shown

NAMES = ("organisation", "actor", "date", "form", "version")
YEAR = "year"
MOST_NAMED = 8
EMPTY = "''"


class Layout(NamedTuple):
    """The columns of a table by what they are: names as the table has them."""

    indicators: dict[str, str]
    names: dict[str, str]
    others: dict[str, str]
    missing: list[str]

    def warnings(self) -> Iterator[str]:
        """What a reader should know: indicators without a column count as unanswered."""
        if self.missing:
            words = _("no column for {indicators}: counted as unanswered")
            yield words.format(indicators=first_of(self.missing, MOST_NAMED))


def layout_of(columns: Sequence[str], questionnaire: Questionnaire, where: str) -> Layout:
    """Tell the columns apart. Raises AllycheckError where they are not those of the questionnaire."""
    indicators: dict[str, str] = {}
    names: dict[str, str] = {}
    others: dict[str, str] = {}
    faults = []
    for column in columns:
        item = questionnaire.indicator_named(column)
        word = column.strip().lower()
        if word in NAMES:
            names[word] = column
        elif item is None:
            others[column] = column
        elif item.id in indicators:
            what = _("{first} and {second} are both {indicator}").format(
                first=shown(indicators[item.id]), second=shown(column), indicator=item.id
            )
            faults.append(Fault(what, where=where, hint=_("keep one of them")))
        else:
            indicators[item.id] = column
    missing = [name for name in questionnaire.indicators if name not in indicators]
    if len(missing) > len(indicators):
        faults.append(_strangers(list(others), missing, questionnaire, where))
    if questionnaire.actors and "actor" not in names:
        faults.append(Fault(_("no column actor"), where=where, hint=nearest("actor", others) or _("add one")))
    if faults:
        raise AllycheckError(faults)
    return Layout(indicators, names, others, missing)


def _strangers(others: Sequence[str], missing: Sequence[str], questionnaire: Questionnaire, where: str) -> Fault:
    guesses = [f"{shown(name)}: {meant}" for name in others if (meant := nearest(name, missing))]
    what = ngettext(
        "these are not the columns of {questionnaire}: {number} indicator of {all} have none",
        "these are not the columns of {questionnaire}: {number} indicators of {all} have none",
        len(missing),
    ).format(questionnaire=questionnaire.id, number=len(missing), all=len(questionnaire.indicators))
    example = _("name a column for each, such as {indicator}").format(indicator=missing[0])
    return Fault(what, where=where, hint=first_of(guesses, MOST_NAMED) or example)


def read_columns(layout: Layout, by: Sequence[str], questionnaire: Questionnaire) -> tuple[Columns, list[str]]:
    """The columns as the compiler names them over the relation `source`, and what that relation selects.

    Raises UsageError for what the table can't be grouped by.
    """
    actor = _text(layout.names.get("actor"))
    form = f"COALESCE(NULLIF({_text(layout.names.get('form'))}, ''), 'full')"
    selected = [f"{actor} AS actor", f"{form} AS form"]
    for at, name in enumerate(by):
        selected.append(f"{_grouped(layout, name, actor, form, questionnaire)} AS by_{at}")
    answers = {}
    for at, (item, column) in enumerate(layout.indicators.items()):
        selected.append(f"{quoted(column)} AS i_{at}")
        answers[item] = f"i_{at}"
    return Columns(answers, "source.actor", "source.form", tuple(f"source.by_{at}" for at in range(len(by)))), selected


def _text(column: str | None) -> str:
    return EMPTY if column is None else f"COALESCE(CAST({quoted(column)} AS VARCHAR), '')"


def _grouped(layout: Layout, name: str, actor: str, form: str, questionnaire: Questionnaire) -> str:
    known = {column.lower(): column for column in layout.others}
    if name in layout.others or name.lower() in known:
        return _text(name if name in layout.others else known[name.lower()])
    match name:
        case "actor":
            return actor
        case "form":
            return form
        case "version":
            own = f"NULLIF({_text(layout.names.get(VERSION))}, '')"
            return f"COALESCE({own}, '{questionnaire.version}')"
        case "year" if "date" in layout.names:
            return f"SUBSTRING({_text(layout.names['date'])}, 1, 4)"
        case _:
            choices = [*("actor", "form", "version", YEAR), *map(printable, layout.others)]
            raise UsageError(_("the table can't be grouped by this"), f"--by {shown(name)}", hint(name, choices))


def dated(layout: Layout) -> str:
    """The date of a row, as text in SQL."""
    return f"SUBSTRING({_text(layout.names.get('date'))}, 1, 10)"


def named(layout: Layout) -> str:
    """The organisation of a row, as text in SQL; empty where it has none. Trimming is slow where nothing is to trim."""
    name = _text(layout.names.get("organisation"))
    return f"CASE WHEN {name} LIKE ' %' OR {name} LIKE '% ' THEN TRIM({name}) ELSE {name} END"


def versioned(layout: Layout, questionnaire: Questionnaire) -> str:
    """The version of the questionnaire of a row, as text in SQL."""
    return f"COALESCE(NULLIF({_text(layout.names.get(VERSION))}, ''), '{questionnaire.version}')"
