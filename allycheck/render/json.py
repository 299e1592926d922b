"""JSON: the result model itself, fixed key order, 4 decimals, UTF-8, one newline at the end."""

from typing import Any

from pydantic_core import to_json

from allycheck.report import as_plain


def render(result: Any) -> str:
    """Any result model as JSON; the same input gives the same bytes on every machine."""
    return to_json(as_plain(result), indent=2).decode() + "\n"
