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
        "texts": _in_script(_texts(len(questionnaire.indicators))),
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
    return _in_script(facts)


def _in_script(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_IN_SCRIPT)


_REFUSED = re.compile(r'\b(?:Refused|refuse|later)\("([^"\\]+)"')
"""The messages of `answers.js`, which also works alone; Babel finds them there, too."""


def _texts(most: int) -> dict[str, Any]:
    """What the scripts say: by the keys of `form.js`, and translations of what `answers.js` says by that."""
    found = {text: _(text) for text in _REFUSED.findall(_source("answers.js"))}
    stay, others = [], []
    for number in range(most + 1):
        stay.append(
            ngettext(
                "{number} question is open, and may stay so:", "{number} questions are open, and may stay so:", number
            )
        )
        others.append(
            ngettext(
                "{number} answer to questions that are not asked here will be kept.",
                "{number} answers to questions that are not asked here will be kept.",
                number,
            )
        )
    return {
        **_said(),
        "stay": _forms(stay),
        "others": _forms(others),
        **{text: told for text, told in found.items() if told != text},
    }


def _said() -> dict[str, str]:
    return {
        "take-back": _("Take this answer back"),
        "open": _("open"),
        "dk": _("don't know"),
        "na": _("not applicable"),
        "evidence": _(": evidence noted"),
        "comment": _(": comment noted"),
        "both": _(": evidence and comment noted"),
        "so-far": _("{known} of {number}"),
        "all": _("All questions are answered."),
        "bare": _("Not applicable without a reason:"),
        "kept": _("Kept in this browser, not downloaded yet"),
        "not-kept": _("Not kept by this browser, not downloaded yet"),
        "keeps-nothing": _("This browser keeps nothing for this page: download your answers before you close it."),
        "back": _("Your answers are back, as this browser kept them: {known} of {number}."),
        "lost": _("What this browser kept of this form can't be read any more. Open your last download instead."),
        "no-undo": _("Nothing to undo."),
        "undone-open": _("Undone: {code} is open again."),
        "undone": _("Undone: {code} is {answer}."),
        "given": _("{code}: {answer}. {known} of {number}."),
        "no-na": _("Not applicable is refused here: choose a level, or d for don't know."),
        "no-more": _("Nothing more is told about this question."),
        "marked": _("Keys answer the marked question: {code}."),
        "downloaded": _("Downloaded as {file}."),
        "refused": _(
            "{file} was not opened: {reason}. This page opens what it or allycheck wrote for this form. To go on with "
            "any other answers file: allycheck assess {file}"
        ),
        "large": _("it is larger than 10 MB"),
        "replace": _("Replace the answers on this page? They are not downloaded yet."),
        "no-text": _("it is no text in UTF-8"),
        "unread": _("it can't be read"),
        "opened": _("Opened {file}: {known} of {number} answered."),
        "remove": _("Remove your answers to this form from this browser? What you have not downloaded is lost."),
        "removed": _("Nothing of this form is kept on this computer any more, except what was downloaded."),
        "open-again": _("{code} is open again."),
        "two": _(
            "This form is open in another window, too, and this browser keeps only what was filled in last: close one "
            "of them."
        ),
    }


def _forms(told: list[str]) -> dict[str, Any]:
    """A message for every number of things: its forms, and for each number which one; the last for all beyond."""
    forms = list(dict.fromkeys(told))
    of = [forms.index(form) for form in told]
    while of[-2:] == [of[-1]] * 2:
        of.pop()
    return {"forms": forms, "of": of}


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
