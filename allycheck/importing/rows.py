"""Rows -> answers, each checked like an answers file; what is wrong with one is said by its row and column."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any, NamedTuple

from allycheck.answers import NA, Answer, Answers, answer_faults, answer_warnings
from allycheck.errors import Fault, Loc
from allycheck.importing.cells import answer_in, day_in, key, text_in
from allycheck.importing.headers import PARTS, Reading
from allycheck.importing.tables import Table
from allycheck.language import _, ngettext
from allycheck.questionnaire import Indicator, Questionnaire
from allycheck.shapes import validated
from allycheck.text import commas, first_of, shown, told

_MOST_NAMED = 4
_LONGEST_HEADER = 40


class Response(NamedTuple):
    """The answers of one row, and where it stands."""

    answers: Answers
    where: str
    export: str
    number: int
    """Which response of its export it is, from 1."""


class Taken(NamedTuple):
    """What came of the rows of one export."""

    responses: list[Response]
    faults: list[Fault]
    warnings: list[tuple[str, str]]
    """What a reader should know, each with its place."""
    rows: int
    empty: int
    """Rows without any answer."""


class Given(NamedTuple):
    """What holds for every row that does not say it itself, and what the words of a map mean, by `key`."""

    actor: str | None = None
    form: str | None = None
    words: Mapping[str, Answer] = {}


def taken(table: Table, reading: Reading, questionnaire: Questionnaire, given: Given) -> Taken:
    """The answers of every row that is sound, and the faults of all others."""
    responses, faults, warnings, empty = [], list[Fault](), list[tuple[str, str]](), 0
    for number in range(len(table.rows)):
        row = _Row(number, table, reading, questionnaire, given)
        if row.is_empty:
            empty += 1
            continue
        answers = row.answers()
        faults += row.faults
        if answers is not None and not row.faults:
            where = table.place(number, None)
            responses.append(Response(answers, where, PurePath(table.name).name, number + 1))
            warnings += ((where, warning) for warning in _warnings(answers, questionnaire, row))
    return Taken(responses, faults, warnings, len(table.rows), empty)


def repeats(responses: list[Response]) -> tuple[list[Response], list[Fault]]:
    """The responses without those of a respondent who has answered for the same organisation before, and their faults.

    Who gave no name is nobody's repetition.
    """
    first: dict[tuple[str, str], str] = {}
    kept, faults = [], []
    for response in responses:
        who = key(response.answers.organisation or ""), key(response.answers.respondent or "")
        if who[1] and who in first:
            what = _("the same organisation and respondent as {first}").format(first=first[who])
            faults.append(Fault(what, hint=_("keep one of the two"), where=response.where))
        else:
            first.setdefault(who, response.where)
            kept.append(response)
    return kept, faults


def _warnings(answers: Answers, questionnaire: Questionnaire, row: "_Row") -> Iterator[str]:
    yield from answer_warnings(answers, questionnaire)
    bare = [name for name, answer in answers.answers.items() if answer.answer == NA and not answer.reason]
    if bare:
        codes = [item.code if (item := questionnaire.indicators.get(name)) else name for name in bare]
        yield _("not applicable without a reason: {codes}").format(codes=first_of(codes, _MOST_NAMED))
    yield from (
        _("{header} is no day written year first, and is left out").format(header=shown(header))
        for header in row.days_left_out
    )
    if row.is_by_number:
        yield _("levels are taken by their number, since the words behind it are not the questionnaire's")


class _Row:
    """One row on its way to answers."""

    def __init__(self, number: int, table: Table, reading: Reading, questionnaire: Questionnaire, given: Given) -> None:
        self.number, self.table, self.reading = number, table, reading
        self.questionnaire, self.given = questionnaire, given
        self.row = table.rows[number]
        self._found: list[tuple[int, Fault]] = []
        self.days_left_out: list[str] = []
        self.is_by_number = False

    @property
    def faults(self) -> list[Fault]:
        """What is wrong so far, column by column."""
        return [fault for _, fault in sorted(self._found, key=lambda found: found[0])]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is answered or noted, whatever the platform put there by itself."""
        columns = (column for parts in self.reading.parts.values() for column in parts.values())
        return not self.row.fault and not any(self._cell(column) for column in columns)

    def answers(self) -> Answers | None:
        """The answers, as sound as they are; what is wrong becomes faults."""
        if self.row.fault:
            self._fault(self.row.fault, hint=_("correct the row, or export it again"))
            return None
        data = self._fields()
        data["answers"] = self._answers(data.get("actor", ""))
        answers, faults = validated(Answers, data)
        if answers is not None and not faults:
            faults = list(answer_faults(answers, self.questionnaire))
        for fault in faults:
            self._fault(fault.what, self._column(fault.loc), fault.hint, fault.loc)
        return answers

    def _fields(self) -> dict[str, Any]:
        found = {field: self._field(field) for field in self.reading.fields}
        actor = found.get("actor") or self.given.actor
        return {
            "questionnaire": found.get("questionnaire") or self.questionnaire.id,
            "version": found.get("version"),
            "organisation": found.get("organisation"),
            "actor": self._actor(actor) if actor else None,
            "form": (found.get("form") or self.given.form or "full").lower(),
            "respondent": found.get("respondent"),
            "alliances": self._alliances(),
            "date": self._day(),
            "note": found.get("note"),
        }

    def _field(self, field: str) -> str | None:
        texts = (text_in(self._cell(column)) for column in self.reading.fields.get(field, ()))
        nobody = {"", "anonymous"} if field == "respondent" else {""}
        return next((text for text in texts if text.casefold() not in nobody), None)

    def _actor(self, word: str) -> str:
        """The id of an actor type that is named by its id or its title."""
        for actor in self.questionnaire.actors:
            if key(word) in {key(actor.id), key(actor.title)}:
                return actor.id
        return word

    def _alliances(self) -> list[str]:
        """One a column, or several in one with semicolons or on lines."""
        cells = (self._cell(column) for column in self.reading.fields.get("alliances", ()))
        return [name for cell in cells for part in re.split("[;\n\r]", cell) if (name := text_in(part))]

    def _day(self) -> str | None:
        for column in self.reading.fields.get("date", ()):
            cell = self._cell(column)
            if day := day_in(cell):
                return day
            if cell.strip():
                self.days_left_out.append(self.table.headers[column])
        return None

    def _answers(self, actor: str) -> dict[str, dict[str, Any]]:
        known = self.questionnaire.indicators
        names = [*known, *(name for name in self.reading.parts if name not in known)]
        entries = {name: self._entry(name, actor) for name in names if name in self.reading.parts}
        return {name: entry for name, entry in entries.items() if entry}

    def _entry(self, name: str, actor: str) -> dict[str, Any]:
        columns = self.reading.parts[name]
        entry: dict[str, Any] = {}
        if "answer" in columns and (cell := self._cell(columns["answer"])).strip():
            try:
                entry, is_by_number = answer_in(cell, self._item(name, actor), self._level_names, self.given.words)
                self.is_by_number |= is_by_number
            except ValueError as error:
                what, _, hint = str(error).rpartition("; ")
                self._fault(what, columns["answer"], hint)
        noted = {part: text_in(self._cell(columns[part])) for part in PARTS[1:] if part in columns}
        return entry | {part: text for part, text in noted.items() if text}

    def _item(self, name: str, actor: str) -> Indicator:
        """The indicator as the actor reads it; a retired one is known by its number alone."""
        item = self.questionnaire.indicators.get(name)
        return self.questionnaire.tailored(item, actor) if item else Indicator(id=name, ask="", levels=[""] * 5)

    @property
    def _level_names(self) -> list[str]:
        return [level.name for level in self.questionnaire.level_names]

    def _cell(self, column: int) -> str:
        cell = self.row.cells[column]
        return "" if cell.strip() in self.reading.platform.unseen else cell

    def _column(self, loc: Loc) -> int | None:
        if loc[:1] == ("answers",) and len(loc) > 1:
            return self.reading.parts.get(str(loc[1]), {}).get("answer")
        columns = self.reading.fields.get(str(loc[0]) if loc else "", ())
        return next((column for column in columns if self._cell(column).strip()), next(iter(columns), None))

    def _fault(self, what: str, column: int | None = None, hint: str = "", loc: Loc = ()) -> None:
        where = self.table.place(self.number, column)
        if column is not None:
            header = " ".join(self.table.headers[column].split())
            loc = (header if len(header) <= _LONGEST_HEADER else f"{header[:_LONGEST_HEADER]}...",)
        self._found.append((-1 if column is None else column, Fault(what, loc, hint, where=where)))


def summary(read: Sequence[Taken], written: int, there: int, *, dry: bool) -> str:
    """How many rows there were, and what became of them."""
    rows, empty = sum(taken.rows for taken in read), sum(taken.empty for taken in read)
    files = (
        ngettext("{number} answers file to be written", "{number} answers files to be written", written)
        if dry
        else ngettext("{number} answers file written", "{number} answers files written", written)
    )
    left_out = rows - empty - written - there
    others = (
        (there, ngettext("{number} there already", "{number} there already", there)),
        (empty, ngettext("{number} without an answer", "{number} without an answer", empty)),
        (left_out, ngettext("{number} left out because of faults", "{number} left out because of faults", left_out)),
    )
    became = [words.format(number=number) for number, words in ((written, files), *(one for one in others if one[0]))]
    return told(ngettext("{number} row", "{number} rows", rows).format(number=rows), commas(became))
