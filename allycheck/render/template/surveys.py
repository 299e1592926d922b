"""What every survey asks and in which words; labels begin with codes, since exports may have labels for heads."""

import re
from typing import NamedTuple

from allycheck.columns import ABOUT
from allycheck.language import _, pgettext, speaking, spoken
from allycheck.questionnaire import Form, Indicator, Questionnaire, Trend
from allycheck.text import clean, commas, printable, told

LOOK_ALIKES = str.maketrans({"<": "\uff1c", "{": "\uff5b", "}": "\uff5d", "*": "\u2217", "_": "\uff3f", "`": "\u02cb"})
"""What platforms read as markup or as the answer to another question, and a sign that looks much the same."""


class Asked(NamedTuple):
    """A question in words, and what may stand below it."""

    text: str
    hint: str = ""


def about_asked() -> dict[str, Asked]:
    """What is asked about the answers as a whole, by its column."""
    asked = (
        Asked(_("Name of your organisation")),
        Asked(_("Who answers?"), _("A name or a role; it can be left out.")),
        Asked(_("The one to three alliances that you answer for"), _("Separate them with semicolons.")),
        Asked(_("Date of the answers")),
    )
    return dict(zip(ABOUT, asked, strict=True))


def about_title() -> str:
    """The heading above these questions."""
    return _("About these answers")


def notes_asked() -> Asked:
    """Whether evidence is noted at all."""
    return Asked(
        _("Do you also want to note evidence and comments?"),
        _("If you do, there is room for both below each question that you answer."),
    )


def notes_choices() -> list[tuple[str, str]]:
    """The answers to that."""
    return [("yes", _("Yes")), ("no", _("No"))]


def asked_in_words() -> list[tuple[str, str]]:
    """What may be a head in an export: each of these questions by its column, in the source's words and in ours."""
    found = [(name, asked.text) for name, asked in about_asked().items()]
    with speaking(None):
        found += [(name, asked.text) for name, asked in about_asked().items()]
        found.append(("notes", notes_asked().text))
    return [*found, ("notes", notes_asked().text)]


def language_named() -> str:
    """The language of the survey as platforms name it: English (en)."""
    name = pgettext("the name of the language of this catalogue, in itself", "English")
    return f"{name} ({spoken().code})"


def as_text(words: str) -> str:
    """Words of a questionnaire as text that stays text: no reference, no HTML and no Markdown on any platform."""
    text = re.sub(" {2,}", " ", printable(words)).strip().translate(LOOK_ALIKES).replace("](", "] (")
    text = re.sub(r"&(?=#?\w+;)", "\uff06", text)
    return f"\uff03{text[1:]}" if text.startswith("#") else text


def identity(questionnaire: Questionnaire, actor: str, form: Form) -> dict[str, str]:
    """What the answers belong to, hidden in the survey; no actor where the questionnaire names none."""
    values = {"questionnaire": questionnaire.id, "version": questionnaire.version, "actor": actor, "form": form}
    return {name: value for name, value in values.items() if value}


def title(questionnaire: Questionnaire, actor: str, form: Form) -> str:
    """What the survey is called; the short form says so."""
    who = questionnaire.actor_types[actor].title
    more = [word for word in (who, _("quick form") if form == "quick" else "") if word]
    name = clean(questionnaire.title) or questionnaire.id
    return told(name, commas(more)) if more else name


def heading(trend: Trend) -> str:
    """A trend with its subject; no page is without a name."""
    name = clean(trend.title) or trend.id
    return told(name, trend.subject) if trend.subject else name


def question(item: Indicator) -> str:
    """The question behind its code."""
    return f"{item.code} {item.ask}"


def choices(item: Indicator) -> list[tuple[str, str]]:
    """Each answer as files write it, with its words."""
    anchors = [(str(level), f"{level} {anchor}") for level, anchor in enumerate(item.levels)]
    return [*anchors, ("dk", _("Don't know")), *([("na", _("Not applicable"))] if item.na else [])]


def reason(item: Indicator) -> str:
    """Asked of whoever answers that it is not applicable."""
    return _("{code} reason: why does it not apply?").format(code=item.code)


def evidence(item: Indicator) -> Asked:
    """Where the answer can be seen, with what to look for."""
    such_as = _("Such as: {evidence}").format(evidence=item.evidence) if item.evidence else ""
    return Asked(_("{code} evidence: where can it be seen?").format(code=item.code), such_as)


def comment(item: Indicator) -> str:
    """Whatever else there is to say."""
    return _("{code} comment").format(code=item.code)
