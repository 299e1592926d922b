"""A small questionnaire built in code, and sheets for it, for the tests of compare, merge and coalition."""

from typing import Any

from allycheck.answers import Answers
from allycheck.questionnaire import Questionnaire
from allycheck.scored import Scored, scored

LADDER = ["nothing", "a little", "half", "most", "all"]


def indicator(name: str, **more: Any) -> dict[str, Any]:
    """One indicator; its anchors are named after it, so that a test can find them in a text."""
    return {"id": name, "ask": f"{name}?", "levels": [f"{name} {rung}" for rung in LADDER]} | more


def questionnaire(*trends: tuple[str, list[dict[str, Any]]], **more: Any) -> Questionnaire:
    """A questionnaire of the given trends; `weights` gives W by trend."""
    weights = more.pop("weights", {})
    content = [
        {"id": name, "title": name.capitalize(), "weight": weights.get(name, 1), "indicators": items}
        for name, items in trends
    ]
    return Questionnaire.model_validate({"id": "small", "version": "1.0", "title": "Small", "trends": content} | more)


def sheet(questions: Questionnaire, answers: dict[str, Any], name: str = "sheet.yaml", **more: Any) -> Scored:
    """A scored sheet of the questionnaire."""
    content = {"questionnaire": questions.id, "answers": answers} | more
    return scored(questions, Answers.model_validate(content), name)
