"""What any tool on these libraries must pay: import typer and yaml, define and validate one model of one field."""

import typer  # noqa: F401
import yaml  # noqa: F401
from pydantic import BaseModel


class One(BaseModel):
    """A model of one field."""

    field: int


One(field=1)
