"""The one list of what can be filled in: the option, suffixes, refusals and help of `template` are made from it."""

from enum import StrEnum
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable

    from allycheck.questionnaire import Form, Questionnaire


class Shape(StrEnum):
    """What is filled in: its name, how file names of it end, and what writes it.

    `writer` is `module:function` with `(questionnaire, actor, form) -> str | bytes`; the actor is empty where the
    questionnaire names none. A shape without suffixes has to be named.
    """

    suffixes: tuple[str, ...]
    writer: str

    def __new__(cls, name: str, suffixes: tuple[str, ...], writer: str) -> Self:
        """One entry of the list."""
        entry = str.__new__(cls, name)
        entry._value_ = name
        entry.suffixes, entry.writer = suffixes, writer
        return entry

    YAML = "yaml", (".yaml", ".yml"), "allycheck.render.template.yaml:template"
    HTML = "html", (".html", ".htm"), "allycheck.render.template.form.form:template"
    WORKBOOK = "workbook", (".xlsx",), "allycheck.render.template.workbook.writer:template"
    XLSFORM = "xlsform", (), "allycheck.render.template.xlsform:template"
    SURVEYJS = "surveyjs", (), "allycheck.render.template.surveyjs:template"
    LIMESURVEY = "limesurvey", (), "allycheck.render.template.limesurvey:template"


def shape_of(path: str) -> Shape | None:
    """The shape that a file name asks for, if any."""
    ending = PurePath(path).suffix.lower()
    return next((shape for shape in Shape if ending in shape.suffixes), None)


def template(shape: Shape, questionnaire: "Questionnaire", actor: str, form: "Form") -> str | bytes:
    """What is to be filled in. Each writer is imported only when it is needed."""
    module, _, name = shape.writer.partition(":")
    writer: Callable[[Questionnaire, str, Form], str | bytes] = getattr(import_module(module), name)
    return writer(questionnaire, actor, form)
