"""What a template asks one actor in one form: the same questions in the same order, whatever is filled in."""

from typing import NamedTuple

from allycheck.questionnaire import Form, Indicator, Questionnaire, Trend


class Section(NamedTuple):
    """A trend and what is asked in it, in the actor's words."""

    trend: Trend
    items: list[Indicator]


def sections(questionnaire: Questionnaire, actor: str, form: Form) -> list[Section]:
    """Every trend that asks anything, in catalogue order."""
    in_scope = {item.id for item in questionnaire.scope(actor, form)}
    asked = [
        Section(trend, [questionnaire.tailored(item, actor) for item in trend.indicators if item.id in in_scope])
        for trend in questionnaire.trends
    ]
    return [section for section in asked if section.items]
