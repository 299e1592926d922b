"""A page as one HTML file that needs nothing else: no script, no font, no picture, no request to anywhere.

A Content-Security-Policy in the page forbids all of them; the one style sheet is allowed by its hash. Every text is
escaped by the template engine, so whatever a user or a questionnaire wrote stands there as text.
"""

import base64
import hashlib
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from allycheck import __version__
from allycheck.language import _, direction, ngettext, pgettext, spoken
from allycheck.numbers import decimal_digits, exact, scaled
from allycheck.render import words
from allycheck.render.document.model import Bar, Page, cleaned, drawn_parts, filled, heat, title
from allycheck.render.look import PAGE, Look
from allycheck.text import colon, commas, full_stop, label, told

TEMPLATES = Path(__file__).parent / "templates"
TONES = {"poor": "score-low", "fair": "score-middle", "good": "score-high"}
OWN_STYLE = """
.drawn { width: 9rem; min-width: 6rem; }
tbody th { min-width: 11.5em; overflow-wrap: anywhere; }
@media screen {
  .table {
    background: linear-gradient(to left, var(--paper) 1rem, transparent) right / 2rem 100% no-repeat local,
      linear-gradient(to left, transparent 1px, var(--line) 1px, transparent) right / 1rem 100% no-repeat scroll;
  }
  [dir=rtl] .table {
    background: linear-gradient(to right, var(--paper) 1rem, transparent) left / 2rem 100% no-repeat local,
      linear-gradient(to right, transparent 1px, var(--line) 1px, transparent) left / 1rem 100% no-repeat scroll;
  }
  .table table { border-collapse: separate; border-spacing: 0; }
  .table th:first-child { position: sticky; inset-inline-start: 0; background: var(--paper); }
}
.whole { white-space: nowrap; }
.figures + :not(.figures) { padding-inline-start: 1.5rem; }
.table + h3 { margin-top: 2rem; }
.figures { white-space: nowrap; }
.noted tr:not(:last-child) > * { border-bottom: 0; padding-bottom: .1rem; }
.noted td > :last-child { margin-bottom: .4rem; }
td[class*="heat-"], td[class*="heat-"]:last-child { padding-inline-end: .6rem; }
.heat-0 { background: color-mix(in srgb, var(--low) 40%, transparent); }
.heat-1 { background: color-mix(in srgb, var(--low) 20%, transparent); }
.heat-2 { background: color-mix(in srgb, var(--middle) 15%, transparent); }
.heat-3 { background: color-mix(in srgb, var(--high) 20%, transparent); }
.heat-4 { background: color-mix(in srgb, var(--high) 40%, transparent); }
.blank { min-width: 6rem; }
.entries { padding-inline-start: 0; list-style: none; }
.entries li { margin-bottom: .8rem; }
.entries p { margin-bottom: .2rem; }
header .ladder { max-width: 44rem; margin: 0 0 1.2rem; }
"""


def html(page: Page, _look: Look = PAGE) -> str:
    """The page as HTML."""
    page = cleaned(page)
    parts = {
        "page": page,
        "title": title(page),
        "version": __version__,
    }
    return drawn("page.html.j2", parts, extra=OWN_STYLE)


def drawn(template: str, parts: dict[str, Any], *folders: Path, extra: str = "") -> str:
    """A template of the shared folder or of `folders`, with the one style sheet of every page and its hash."""
    style = (TEMPLATES / "page.css").read_text("utf-8") + extra
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    given = {
        "style": style,
        "style_hash": f"sha256-{digest}",
        "language": spoken().code,
        "direction": direction(spoken().code),
    }
    return _environment(*folders).get_template(template).render(parts | given)


@cache
def _environment(*folders: Path) -> Environment:
    """Where the templates stand, with the words that they use."""
    found = Environment(
        loader=FileSystemLoader([TEMPLATES, *folders], encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        optimized=False,  # most are drawn once, so what optimising takes does not come back
    )
    found.filters |= {
        name: getattr(words, name)
        for name in ("points", "change", "extent", "short_extent", "percent", "amount", "level")
    }
    found.filters |= {"along": along, "heat": _shade, "drawn_parts": drawn_parts, "colon": colon, "commas": commas}
    found.filters |= {"full_stop": full_stop}
    found.globals |= {"_": _, "ngettext": ngettext, "pgettext": pgettext, "told": told}
    found.globals |= {"words": words, "label": label, "columns": filled, "tone": _tone, "kind_of": _kind_of}
    return found


def along(value: float) -> str:
    """A number of points as a length in a bar of 100, to two decimals."""
    return decimal_digits(Fraction(scaled(exact(value), 2), 100))


def _shade(words: str, letter: str) -> str:
    """The end of the class of a shaded cell; empty where it has none."""
    found = heat(words, letter)
    return "" if found is None else f"-{found}"


def _kind_of(part: Any) -> str:
    return type(part).__name__


def _tone(bar: Bar) -> str:
    return TONES.get(bar.style, "score-none")
