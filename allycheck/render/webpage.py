"""A page as one HTML file that needs nothing else, in the style of the report's."""

from allycheck import __version__
from allycheck.render.cleaning import cleaned
from allycheck.render.document.layout import Bar
from allycheck.render.pages import Page, Table, title
from allycheck.render.report_html.html import TEMPLATES, environment, styled

TONES = {"poor": "score-low", "fair": "score-middle", "good": "score-high"}
OWN_STYLE = """
.drawn { width: 9rem; min-width: 6rem; }
tbody th { min-width: 8rem; }
"""


def html(page: Page) -> str:
    """The page as HTML; whatever a user or a questionnaire wrote stands there as text."""
    style = (TEMPLATES / "report.css").read_text("utf-8") + OWN_STYLE
    page = cleaned(page)
    drawn = {"page": page, "title": title(page), "columns": _columns, "tone": _tone, "version": __version__}
    return environment().get_template("page.html.j2").render(drawn | styled(style))


def _columns(table: Table) -> list[int]:
    """The columns that say something in any row."""
    return [at for at in range(len(table.align)) if any(row[at] for row in table.rows)]


def _tone(bar: Bar) -> str:
    return TONES.get(bar.style, "score-none")
