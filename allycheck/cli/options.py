"""Options that several commands share, so that they read and behave the same everywhere."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from allycheck.errors import UsageError
from allycheck.render.formats import RESULTS, Kind
from allycheck.text import listing, nearest, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

AnyFormat = TypeVar("AnyFormat", bound=StrEnum)

AnswersFile = Annotated[
    str, typer.Argument(metavar="FILE", help="An answers file: YAML, JSON or a workbook; - reads standard input.")
]
SheetFiles = Annotated[
    list[str], typer.Argument(metavar="FILE", help="Answers files: YAML, JSON or workbooks; - is standard input.")
]
QuestionnaireName = Annotated[
    str | None,
    typer.Option(
        "--questionnaire",
        "-q",
        metavar="ID|PATH",
        help="A bundled questionnaire's id, or a file or folder of your own.",
    ),
]
Outputs = Annotated[
    list[str] | None,
    typer.Option("--output", "-o", metavar="PATH", help="Write to a file, whose name says how; may be repeated."),
]
Templates = Annotated[
    list[str] | None,
    typer.Option("--template", metavar="PATH", help="A house style: .typ for PDF, .docx or .dotx for Word."),
]
Fonts = Annotated[
    str | None,
    typer.Option(
        "--font-folder", metavar="FOLDER", help="Fonts for PDF; else this machine's, where letters are missing."
    ),
]
Plain = Annotated[bool, typer.Option("--plain", help="Whole sentences, no boxes, bars or colours; for screen readers.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-Q", help="Say nothing of files written, and no notes.")]


def format_of(kind: Kind, help: str = "How to write it; else by the output's name, else text.") -> Any:
    """The option `--format` of a command, with the formats that its result can be written in."""
    return one_of(RESULTS[kind].formats, help)


def one_of(forms: "Sequence[AnyFormat]", help: str) -> Any:
    """The option `--format` with these formats."""
    return typer.Option("--format", "-f", metavar=f"[{'|'.join(forms)}]", parser=_reader(forms), help=help)


def _reader(forms: "Sequence[AnyFormat]") -> "Callable[[str], AnyFormat]":
    def read(text: str) -> "AnyFormat":
        for form in forms:
            if text == form:
                return form
        hint = nearest(text, forms) or f"use {listing(forms, 'or')}"
        raise UsageError(f"--format {shown(text)}: this can't be written so", hint=hint)

    return read
