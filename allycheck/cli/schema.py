"""schema: the JSON Schemas, for editors and programs."""

from typing import Annotated, Literal

import typer

from allycheck.cli import outputs

Name = Literal["answers", "result", "questionnaire", "gates"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(schema)


def schema(name: Annotated[Name, typer.Argument(help="Of what.", metavar="NAME")]) -> None:
    """Print a JSON Schema: of answers, result, questionnaire or gates.

    \b
    Examples:
      allycheck schema answers > answers.schema.json
      allycheck schema result | jq '."$defs" | keys'
    """
    from allycheck import schemas
    from allycheck.render import json

    outputs.write(json.render(schemas.schema(name)))
