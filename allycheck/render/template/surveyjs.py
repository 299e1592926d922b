"""A SurveyJS survey as JSON: a page for each trend; what is given back is one flat object by the codes of questions."""

import json
from typing import Any

from allycheck.columns import UNDERSCORED, Column, columns
from allycheck.language import SOURCE, _, spoken
from allycheck.questionnaire import Form, Indicator, Questionnaire
from allycheck.render.template.asked import Section, sections
from allycheck.render.template.surveys import (
    about_asked,
    about_title,
    as_text,
    choices,
    comment,
    evidence,
    heading,
    identity,
    question,
    reason,
    title,
)

Element = dict[str, Any]


def template(questionnaire: Questionnaire, actor: str, form: Form) -> str:
    """The survey for one actor type and form; `actor` is empty where the questionnaire names none."""
    names = columns(questionnaire, UNDERSCORED)
    survey = {
        "title": as_text(title(questionnaire, actor, form)),
        "description": as_text(questionnaire.instructions),
        **({} if spoken().code == SOURCE else {"locale": spoken().code}),
        "showQuestionNumbers": "off",
        "showProgressBar": True,
        "calculatedValues": [
            {"name": name, "expression": f"'{value}'", "includeIntoResult": True}
            for name, value in identity(questionnaire, actor, form).items()
        ],
        "pages": [
            {"name": "about", "title": about_title(), "elements": _about()},
            *(
                _page(section, names.groups[section.trend.id], names.questions)
                for section in sections(questionnaire, actor, form)
            ),
        ],
    }
    return json.dumps(survey, ensure_ascii=False, indent=2) + "\n"


def _about() -> list[Element]:
    kinds: dict[str, Element] = {"date": {"inputType": "date"}}
    return [_element("text", name, *asked, **kinds.get(name, {})) for name, asked in about_asked().items()]


def _page(section: Section, name: str, names: dict[str, Column]) -> Element:
    return {
        "name": name,
        "title": as_text(heading(section.trend)),
        "elements": [part for item in section.items for part in _question(item, names[item.id])],
    }


def _question(item: Indicator, names: Column) -> list[Element]:
    """The answers, the reason where it is due, and folded below what else can be noted."""
    answers = [
        {"value": int(value) if value.isdigit() else value, "text": as_text(text)} for value, text in choices(item)
    ]
    asked = [_element("radiogroup", names.answer, question(item), choices=answers, showClearButton=True)]
    if item.na:
        asked.append(_element("comment", names.reason, reason(item), visibleIf=f"{{{names.answer}}} = 'na'"))
    notes = [
        _element("comment", names.evidence, *evidence(item)),
        _element("comment", names.comment, comment(item)),
    ]
    folded = _element(
        "panel", f"{names.answer}-notes", _("{code} evidence and comment").format(code=item.code), state="collapsed"
    )
    return [*asked, folded | {"elements": notes}]


def _element(kind: str, name: str, words: str, hint: str = "", **more: Any) -> Element:
    element = {"type": kind, "name": name, "title": as_text(words)}
    return element | ({"description": as_text(hint)} if hint else {}) | more
