"""A page as one HTML file that needs nothing else: no scripts, no fonts, nothing from elsewhere."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from allycheck.numbers import as_text, exact
from allycheck.render.columns import Bar
from allycheck.render.pages import Cell, Page, Table

TEMPLATES = Path(__file__).parent / "templates"


def html(page: Page) -> str:
    """The page as HTML; whatever a user or a questionnaire wrote stands there as text."""
    return _template().render(page=page, columns=_columns, ends=_ends)


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("page.html")


def _columns(table: Table) -> list[int]:
    """The columns that say something in any row."""
    return [at for at in range(len(table.align)) if any(row[at] for row in table.rows)]


def _ends(cell: Cell) -> tuple[str, str] | None:
    """Where a bar is full and where it is pale, from 0 to 100; None for what is no bar, or an empty one."""
    if not isinstance(cell, Bar):
        return None
    low, high = (cell.score if end is None else end for end in (cell.low, cell.high))
    return None if low is None or high is None else (as_text(exact(low)), as_text(exact(high)))
