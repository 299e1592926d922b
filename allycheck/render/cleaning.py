"""A report whose every text is fit to print, whoever wrote it: what HTML, Markdown, CSV and JUnit start from."""

from typing import Any, TypeVar

from allycheck.text import printable

T = TypeVar("T")


def cleaned(result: T) -> T:
    """A result model with the texts of users and of the questionnaire on one line each, without control characters."""
    return _cleaned(result)  # type: ignore[no-any-return]


def _cleaned(part: Any) -> Any:
    if isinstance(part, str):
        return printable(part).strip()
    if hasattr(part, "_fields"):
        return type(part)(*map(_cleaned, part))
    if isinstance(part, list):
        return [_cleaned(item) for item in part]
    return part
