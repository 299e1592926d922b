"""What every survey asks and in which words; labels begin with codes, since exports may have labels for heads."""

import re
from typing import NamedTuple

from allycheck.columns import ABOUT
from allycheck.questionnaire import Form, Indicator, Questionnaire, Trend
from allycheck.text import clean, printable

LOOK_ALIKES = str.maketrans({"<": "\uff1c", "{": "\uff5b", "}": "\uff5d", "*": "\u2217", "_": "\uff3f", "`": "\u02cb"})
"""What platforms read as markup or as the answer to another question, and a sign that looks much the same."""
NOTES = "Do you also want to note evidence and comments?"
NOTES_HINT = "If you do, there is room for both below each question that you answer."
NOTES_CHOICES = (("yes", "Yes"), ("no", "No"))


class Asked(NamedTuple):
    """A question in words, and what may stand below it."""

    text: str
    hint: str = ""


ABOUT_ASKED = dict(
    zip(
        ABOUT,
        (
            Asked("Name of your organisation"),
            Asked("Who answers?", "A name or a role; it can be left out."),
            Asked("The one to three alliances that you answer for", "Separate them with semicolons."),
            Asked("Date of the answers"),
        ),
        strict=True,
    )
)


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
    more = [word for word in (who, "quick form" if form == "quick" else "") if word]
    return (clean(questionnaire.title) or questionnaire.id) + (f": {', '.join(more)}" if more else "")


def heading(trend: Trend) -> str:
    """A trend with its subject; no page is without a name."""
    name = clean(trend.title) or trend.id
    return f"{name}: {trend.subject}" if trend.subject else name


def question(item: Indicator) -> str:
    """The question behind its code."""
    return f"{item.code} {item.ask}"


def choices(item: Indicator) -> list[tuple[str, str]]:
    """Each answer as files write it, with its words."""
    anchors = [(str(level), f"{level} {anchor}") for level, anchor in enumerate(item.levels)]
    return [*anchors, ("dk", "Don't know"), *([("na", "Not applicable")] if item.na else [])]


def reason(item: Indicator) -> str:
    """Asked of whoever answers that it is not applicable."""
    return f"{item.code} reason: why does it not apply?"


def evidence(item: Indicator) -> Asked:
    """Where the answer can be seen, with what to look for."""
    return Asked(f"{item.code} evidence: where can it be seen?", item.evidence and f"Such as: {item.evidence}")


def comment(item: Indicator) -> str:
    """Whatever else there is to say."""
    return f"{item.code} comment"
