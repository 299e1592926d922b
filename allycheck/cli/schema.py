"""schema: the JSON Schemas, for editors and programs."""

from typing import Annotated

import typer

from allycheck.cli import outputs
from allycheck.errors import UsageError
from allycheck.language import _
from allycheck.render.formats import RESULTS
from allycheck.text import hint, listing, shown

NAMES = ("answers", "result", "questionnaire", "gates", *(kind for kind in RESULTS if kind not in {"report", "brief"}))
"""What there is a schema of; `result` is that of the report."""


def schema(
    name: Annotated[
        str, typer.Argument(help=_("Of what: {names}.").format(names=listing(NAMES, "or")), metavar="NAME")
    ],
) -> None:
    """Print a JSON Schema: of a file that is read, or of a result as --format json prints it.

    \b
    Examples:
      allycheck schema answers > answers.schema.json
      allycheck schema result | jq '."$defs" | keys'
      allycheck schema plan > plan.schema.json
    """
    if name not in NAMES:
        raise UsageError(_("there is no schema of {name}").format(name=shown(name)), hint=hint(name, NAMES))
    from allycheck import schemas
    from allycheck.render import json

    outputs.write(json.render(schemas.schema(name)))
