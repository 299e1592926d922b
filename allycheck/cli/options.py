"""Options that several commands share, so that they read and behave the same everywhere."""

from typing import Annotated

import typer

AnswersFile = Annotated[
    str, typer.Argument(metavar="FILE", help="An answers file, YAML or JSON; - reads standard input.")
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
Plain = Annotated[bool, typer.Option("--plain", help="Whole sentences, no boxes, bars or colours; for screen readers.")]
