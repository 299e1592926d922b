"""Options that several commands share, so that they read and behave the same everywhere."""

import inspect
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from allycheck.errors import UsageError
from allycheck.language import _
from allycheck.render.formats import RESULTS, Kind
from allycheck.text import hint, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

AS_IT_STANDS = "\b\n"
"""Before a paragraph of a docstring whose lines are not filled."""
AnyFormat = TypeVar("AnyFormat", bound=StrEnum)

AnswersFile = Annotated[
    str, typer.Argument(metavar="FILE", help=_("An answers file: YAML, JSON or a workbook; - reads standard input."))
]
SheetFiles = Annotated[
    list[str], typer.Argument(metavar="FILE", help=_("Answers files: YAML, JSON or workbooks; - is standard input."))
]
QuestionnaireName = Annotated[
    str | None,
    typer.Option(
        "--questionnaire",
        "-q",
        metavar="ID|PATH",
        help=_("A bundled questionnaire's id, or a file or folder of your own."),
    ),
]
Outputs = Annotated[
    list[str] | None,
    typer.Option("--output", "-o", metavar="PATH", help=_("Write to a file, whose name says how; may be repeated.")),
]
Templates = Annotated[
    list[str] | None,
    typer.Option("--template", metavar="PATH", help=_("A house style: .typ for PDF, .docx or .dotx for Word.")),
]
Fonts = Annotated[
    str | None,
    typer.Option(
        "--font-folder", metavar="FOLDER", help=_("Fonts for PDF; else this machine's, where letters are missing.")
    ),
]
Plain = Annotated[
    bool, typer.Option("--plain", help=_("Whole sentences, no boxes, bars or colours; for screen readers."))
]
Quiet = Annotated[
    bool,
    typer.Option(
        "--quiet", "-Q", help=_("Say nothing of files written, notes and progress; warnings and errors are said.")
    ),
]


def help_of(command: "Callable[..., None]") -> str:
    """The help of a command, which is its docstring; each paragraph of it is a message."""
    paragraphs = inspect.cleandoc(command.__doc__ or "").split("\n\n")
    return "\n\n".join(map(_translated, paragraphs))


def _translated(paragraph: str) -> str:
    words = paragraph.removeprefix(AS_IT_STANDS)
    return paragraph.removesuffix(words) + _(words) if words else paragraph


def format_of(kind: Kind, help: str = "") -> Any:
    """The option `--format` of a command, with the formats that its result can be written in."""
    return one_of(RESULTS[kind].formats, help or _("How to write it; else by the output's name, else text."))


def one_of(forms: "Sequence[AnyFormat]", help: str) -> Any:
    """The option `--format` with these formats."""
    return typer.Option("--format", "-f", metavar=f"[{'|'.join(forms)}]", parser=_reader(forms), help=help)


def _reader(forms: "Sequence[AnyFormat]") -> "Callable[[str], AnyFormat]":
    def read(text: str) -> "AnyFormat":
        for form in forms:
            if text == form:
                return form
        raise UsageError(_("this can't be written so"), f"--format {shown(text)}", hint(text, forms))

    return read
