"""The questions as one HTML page that is filled in in any browser, and gives an answers file to download.

The page needs nothing else and asks nobody for anything: a Content-Security-Policy in it forbids all requests, and
allows its one style sheet and its two scripts by their hashes. Every text is escaped by the template engine. The page
knows no scores. `answers.js` writes answers files as `allycheck.writing` does, and reads them; `form.js` is the rest.
"""

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from allycheck import __version__
from allycheck.answers import MOST_ALLIANCES
from allycheck.questionnaire import Form, Indicator, Questionnaire
from allycheck.render.template.asked import sections
from allycheck.text import printable

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
        "form": form,
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
        "trends": [trend.id for trend in questionnaire.trends],
        "indicators": list(questionnaire.indicators),
        "retired": [entry.id for entry in questionnaire.retired],
        "always": [item.id for item in questionnaire.indicators.values() if not item.na],
    }
    return json.dumps(facts, separators=(",", ":")).translate(_IN_SCRIPT)


def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_on_one_line,
    )


def _on_one_line(value: Any) -> Any:
    """A text of the questionnaire as it can be shown: without control characters and direction overrides."""
    return printable(value) if type(value) is str else value
