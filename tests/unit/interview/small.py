"""A questionnaire small enough to interview in a test: two trends, three questions, one of them reversed."""

from collections.abc import Mapping
from typing import Any

from allycheck.answers import Answers
from allycheck.interview.session import Session, begin
from allycheck.questionnaire import Questionnaire

TODAY = "2026-11-23"
NO_NAMES: Mapping[str, str] = {}
LEVELS = ["none of it", "a bit", "half", "most", "all of it"]


def questionnaire(names: Mapping[str, str] = NO_NAMES, **more: Any) -> Questionnaire:
    """Trend `ties` asks TI1 and TI2, trend `terms` asks TE1, which is reversed and may not be na."""
    trends: list[dict[str, Any]] = [
        {
            "id": "ties",
            "title": "Ties",
            "why": "Ties carry weight.",
            "indicators": [
                {"id": "depth", "code": "TI1", "ask": "How deep?", "levels": LEVELS, "quick": True},
                {"id": "breadth", "code": "TI2", "ask": "How broad?", "levels": LEVELS, "evidence": "A list."},
            ],
        },
        {
            "id": "terms",
            "title": "Terms",
            "indicators": [
                {
                    "id": "debts",
                    "code": "TE1",
                    "ask": "How much is owed?",
                    "levels": LEVELS,
                    "reverse": True,
                    "na": False,
                }
            ],
        },
    ]
    for trend in trends:
        trend["indicators"] = [item | {"name": names.get(item["id"], "")} for item in trend["indicators"]]
    content = {"id": "small", "version": "1.2", "title": "Small", "trends": trends, "retired": [{"id": "old-one"}]}
    return Questionnaire.model_validate(content | more)


def answers(entries: dict[str, Any] | None = None, **more: Any) -> Answers:
    """An answers file for it."""
    return Answers.model_validate({"questionnaire": "small", "answers": entries or {}} | more)


def session(entries: dict[str, Any] | None = None, **more: Any) -> Session:
    """A session on it."""
    return begin(questionnaire(), answers(entries, **more), TODAY)
