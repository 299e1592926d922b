"""JSON: the result model itself, fixed key order, 4 decimals, UTF-8, one newline at the end."""

import json
from typing import Any

from allycheck.report import as_plain


def render(result: Any) -> str:
    """Any result model as JSON; the same input gives the same bytes on every machine."""
    return json.dumps(result, default=as_plain, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
