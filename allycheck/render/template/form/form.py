"""The questions as one HTML page that is filled in in any browser, and gives an answers file to download.

The page needs nothing else and asks nobody for anything: a Content-Security-Policy in it forbids all requests, and
allows its one style sheet and its two scripts by their hashes. Every text is escaped by the template engine. The page
knows no scores. `answers.js` writes answers files as `allycheck.writing` does, and reads them; `form.js` is the rest.
"""

import base64
import hashlib
import html
import json
import re
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from allycheck import __version__
from allycheck.answers import MOST_ALLIANCES
from allycheck.language import _, direction, ngettext, spoken
from allycheck.questionnaire import Form, Indicator, Questionnaire
from allycheck.render.template.asked import sections
from allycheck.render.words import form_named
from allycheck.text import commas, printable, told

TEMPLATES = Path(__file__).parent / "templates"
SCRIPTS = ("answers.js", "form.js")
_IN_SCRIPT = str.maketrans({char: f"\\u{ord(char):04x}" for char in "<>&"})
"""What could end the element that JSON stands in, or begin a comment there."""


def template(questionnaire: Questionnaire, actor: str, form: Form) -> str:
    """The page for one actor type and form; `actor` is empty where the questionnaire names none."""
    style, scripts = _source("form.css"), [_source(name) for name in SCRIPTS]
    asked = sections(questionnaire, actor, form)
    parts = {
        "questionnaire": questionnaire,
        "who": questionnaire.actor_types[actor].title,
        "form_named": form_named(form),
        "language": spoken().code,
        "direction": direction(spoken().code),
        "sections": asked,
        "questions": sum(len(section.items) for section in asked),
        "alliances": MOST_ALLIANCES,
        "level_name": lambda item, level: _level_name(questionnaire, item, level),
        "facts": _facts(questionnaire, actor, form),
        "style": style,
        "scripts": scripts,
        "style_hash": _hash(style),
        "script_hashes": [_hash(script) for script in scripts],
        "version": __version__,
    }
    return _environment().get_template("form.html.j2").render(parts)


def _source(name: str) -> str:
    """A style sheet or a script of ours, which stands in the page as it is."""
    return (TEMPLATES / name).read_text("utf-8")


def _hash(source: str) -> str:
    """How the policy of the page names a style sheet or a script that it allows."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode('utf-8')).digest()).decode('ascii')}'"


def _level_name(questionnaire: Questionnaire, item: Indicator, level: int) -> str:
    return questionnaire.level_names[item.maturity(level)].name


def _facts(questionnaire: Questionnaire, actor: str, form: Form) -> str:
    """What the scripts must know to write an answers file and to check one, as JSON that no page can mistake."""
    facts: dict[str, Any] = {
        "questionnaire": questionnaire.id,
        "version": questionnaire.version,
        "digest": questionnaire.digest,
        "actor": actor or None,
        "form": form,
        "alliances": MOST_ALLIANCES,
        "indicators": list(questionnaire.indicators),
        "retired": [entry.id for entry in questionnaire.retired],
        "always": [item.id for item in questionnaire.indicators.values() if not item.na],
    }
    if spoken().translation is not None:
        facts["texts"] = _texts(len(questionnaire.indicators))
    return json.dumps(facts, separators=(",", ":")).translate(_IN_SCRIPT)


_MESSAGE = re.compile(r'\b(?:_|Refused|later)\("([^"\\]+)"')
_PLURAL = re.compile(r'\bngettext\("([^"\\]+)", "([^"\\]+)"')
"""The messages of the scripts, written there as Babel finds them, too."""


def _texts(most: int) -> dict[str, Any]:
    """Every message of the scripts by what it is in English; one that counts with its forms, and which for how many."""
    sources = [_source(name) for name in SCRIPTS]
    found: dict[str, Any] = {text: _(text) for source in sources for text in _MESSAGE.findall(source)}
    for one, many in (pair for source in sources for pair in _PLURAL.findall(source)):
        told = [ngettext(one, many, number) for number in range(most + 1)]
        forms = list(dict.fromkeys(told))
        found[one] = {"forms": forms, "of": [forms.index(form) for form in told]}
    return found


def _bold(text: str) -> str:
    """A message as HTML, with words in bold and no other markup, whatever it holds."""
    return html.escape(text, quote=False).replace("&lt;b&gt;", "<b>").replace("&lt;/b&gt;", "</b>")


def _environment() -> Environment:
    found = Environment(
        loader=FileSystemLoader(TEMPLATES, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_on_one_line,
    )
    found.globals |= {"_": _, "told": told, "bold": _bold}
    found.filters |= {"commas": commas}
    return found


def _on_one_line(value: Any) -> Any:
    """A text of the questionnaire as it can be shown: without control characters and direction overrides."""
    return printable(value) if type(value) is str else value
