"""questionnaire and schema: for authors of questionnaires and for programs."""

import typer


def register(app: typer.Typer) -> None:
    """Add the commands of this group."""
