"""A survey for LimeSurvey in its "tab separated value survey structure": a line for each group, question and answer."""

import html
from collections.abc import Iterable, Iterator

from allycheck.columns import LETTERS, Column, columns
from allycheck.language import spoken
from allycheck.questionnaire import Form, Indicator, Questionnaire
from allycheck.render.template.asked import sections
from allycheck.render.template.surveys import (
    about_asked,
    about_title,
    choices,
    comment,
    evidence,
    heading,
    identity,
    notes_asked,
    notes_choices,
    question,
    reason,
    title,
)
from allycheck.text import printable

HEAD = (
    "class", "type/scale", "name", "relevance", "text", "help", "language", "validation", "mandatory", "other",
    "default", "same_default", "hidden",
)  # fmt: skip
LONGEST_NAME = 200
"""Characters that LimeSurvey keeps of the title of a survey or group."""
BRACES = str.maketrans({"{": "&#123;", "}": "&#125;"})
"""ExpressionScript runs what stands in braces; a browser shows these as braces again."""
SUMS = ("=", "+", "-", "@")
"""How a cell begins that a spreadsheet works out; the manual advises one to edit such files."""
LIST, SHORT, LONG, DATE = "L", "S", "T", "D"

Line = dict[str, str]


def template(questionnaire: Questionnaire, actor: str, form: Form) -> str:
    """The survey for one actor type and form; `actor` is empty where the questionnaire names none."""
    lines = _lines(questionnaire, actor, form)
    return "\n".join(["\t".join(HEAD), *("\t".join(line.get(key, "") for key in HEAD) for line in lines)]) + "\n"


def _language() -> str:
    """The code of the survey's language."""
    return spoken().code


def _lines(questionnaire: Questionnaire, actor: str, form: Form) -> Iterator[Line]:
    names = columns(questionnaire, LETTERS).questions
    for name, value in (("language", _language()), ("format", "G"), ("allowprev", "Y")):
        yield {"class": "S", "name": name, "text": value}
    yield _survey_text("surveyls_title", _name(title(questionnaire, actor, form)))
    yield _survey_text("surveyls_welcometext", _text(questionnaire.instructions))
    yield _group(about_title())
    for name, value in identity(questionnaire, actor, form).items():
        yield _question(SHORT, name, name) | {"default": value, "hidden": "1"}
    for name, asked in about_asked().items():
        yield _question(DATE if name == "date" else SHORT, name, *asked)
    yield _question(LIST, "notes", *notes_asked())
    yield from _answers(notes_choices())
    for trend, items in sections(questionnaire, actor, form):
        yield _group(heading(trend))
        for item in items:
            yield from _indicator(item, names[item.id])


def _indicator(item: Indicator, names: Column) -> Iterator[Line]:
    yield _question(LIST, names.answer, question(item))
    yield from _answers(choices(item))
    if item.na:
        yield _question(LONG, names.reason, reason(item)) | {"relevance": f"{names.answer}.NAOK == 'na'"}
    noted = {"relevance": f"notes.NAOK == 'yes' and !is_empty({names.answer}.NAOK)"}
    yield _question(LONG, names.evidence, *evidence(item)) | noted
    yield _question(LONG, names.comment, comment(item)) | noted


def _survey_text(name: str, text: str) -> Line:
    return {"class": "SL", "name": name, "text": text, "language": _language()}


def _group(words: str) -> Line:
    return {"class": "G", "name": _name(words), "relevance": "1", "language": _language()}


def _question(kind: str, name: str, words: str, hint: str = "") -> Line:
    return {
        "class": "Q",
        "type/scale": kind,
        "name": name,
        "relevance": "1",
        "text": _text(words),
        "help": _text(hint),
        "language": _language(),
        "mandatory": "N",
        "other": "N",
    }


def _answers(entries: Iterable[tuple[str, str]]) -> Iterator[Line]:
    for value, words in entries:
        # The scale is the first one, and an answer counts nothing in an assessment.
        yield {
            "class": "A", "type/scale": "0", "name": value, "relevance": "0", "text": _text(words),
            "language": _language(),
        }  # fmt: skip


def _text(words: str) -> str:
    """One line without quotation marks, shown as it stands: no HTML, no ExpressionScript, no sum of a spreadsheet."""
    text = html.escape(printable(words).strip()).translate(BRACES)
    return f"&#{ord(text[0])};{text[1:]}" if text.startswith(SUMS) else text


def _name(words: str) -> str:
    """The same, as long as may be; no sign is cut in two."""
    text = _text(words)
    while len(text) > LONGEST_NAME:
        words = printable(words).strip()[: LONGEST_NAME - 1] if len(words) > LONGEST_NAME else words[:-1]
        text = _text(words)
    return text
