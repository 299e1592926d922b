"""The map file: what columns and answers mean that nobody could tell from their names."""

from collections.abc import Collection
from typing import Any

from pydantic import Field, field_validator

from allycheck.answers import Answer, AnswerEntry
from allycheck.errors import AllycheckError, Fault
from allycheck.fields import Model
from allycheck.importing.cells import key
from allycheck.importing.headers import Meaning, meaning_of
from allycheck.language import _
from allycheck.questionnaire import Questionnaire
from allycheck.reading import Source, read_source
from allycheck.shapes import validated
from allycheck.text import folded, nearest


class Mapping(Model):
    """What a map file says."""

    columns: dict[str, str] = Field(
        default={},
        description="By header: a code or id, alone or with .reason, .evidence or .comment; a field such as "
        "organisation; or ignore.",
    )
    answers: dict[str, AnswerEntry] = Field(
        default={}, description="By what people chose: the answer as in an answers file; empty is left open."
    )

    @field_validator("columns", "answers", mode="before")
    @classmethod
    def _empty_if_left_out(cls, value: Any) -> Any:
        return {} if value is None else value

    @property
    def words(self) -> dict[str, Answer]:
        """The answers by the `key` of their words."""
        return {key(word): answer for word, answer in self.answers.items()}


class MapFile:
    """A map with the file that it was read from, so that a fault found later can say where it stands."""

    def __init__(self, mapping: Mapping, source: Source | None = None) -> None:
        self.mapping = mapping
        self.source = source

    def meanings(self, questionnaire: Questionnaire) -> dict[str, Meaning | None]:
        """What each header means, by its `header_key`. Raises AllycheckError with every word that means nothing."""
        found: dict[str, Meaning | None] = {}
        faults = []
        for header, word in self.mapping.columns.items():
            try:
                found[folded(header)] = meaning_of(word, questionnaire)
            except ValueError as error:
                what, _, hint = str(error).partition("; ")
                faults.append(self.placed(Fault(what, ("columns", header), hint)))
        if faults:
            raise AllycheckError(faults)
        return found

    def unused(self, headers: Collection[str]) -> list[Fault]:
        """A fault for every column that no export has."""
        there = {folded(header) for header in headers}
        return [
            self.placed(
                Fault(_("no export has this column"), ("columns", header), nearest(header, headers), at_key=True)
            )
            for header in self.mapping.columns
            if folded(header) not in there
        ]

    def placed(self, fault: Fault) -> Fault:
        """The fault with its place in the file."""
        return self.source.place(fault) if self.source else fault


NO_MAP = MapFile(Mapping())


def load_map(path: str) -> MapFile:
    """Read a map file. Raises AllycheckError with every fault of its shape."""
    source = read_source(path, ordinary=True)
    if source.data is None:
        raise AllycheckError(_("the file is empty"), source.name, _("write one: columns: {Who answers: respondent}"))
    mapping, faults = validated(Mapping, source.data)
    if mapping is not None and len(mapping.words) < len(mapping.answers):
        faults.append(Fault(_("two of these differ only in signs and capitals"), ("answers",), _("keep one")))
    if source.faults or faults or mapping is None:
        raise AllycheckError([source.place(fault) for fault in [*source.faults, *faults]])
    return MapFile(mapping, source)
