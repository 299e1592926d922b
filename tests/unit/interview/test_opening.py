"""What is asked before the first question, and what not."""

from collections.abc import Iterable

import pytest

from allycheck.answers import Answers
from allycheck.errors import OutputError
from allycheck.interview.opening import Start, prepare
from allycheck.interview.prompts import Entry, Introduction, Left, Menu
from allycheck.interview.recorder import Ending, Sitting
from allycheck.questionnaire import Questionnaire
from tests.unit.interview.small import answers, questionnaire

ACTORS = [{"id": "city", "title": "City", "who": "Towns, too."}, {"id": "firm", "title": "Firm"}]
BACK = None


class ScriptedFace:
    """Gives the scripted replies and notes what was asked."""

    def __init__(self, replies: Iterable[str | None]) -> None:
        self._replies = iter(replies)
        self.asked: list[str] = []

    def choose(self, menu: Menu) -> str | None:
        self.asked.append(menu.question)
        return self._reply()

    def enter(self, entry: Entry) -> str | None:
        self.asked.append(f"{entry.label}, {entry.hint}")
        return self._reply()

    def read(self, introduction: Introduction) -> bool:
        self.asked.append(introduction.heading)
        return self._reply() is not BACK

    def _reply(self) -> str | None:
        reply = next(self._replies)
        if reply == "leave":
            raise Left
        return reply

    def tell(self, notices: list[str]) -> None:
        raise AssertionError(notices)

    def another_path(self, error: OutputError) -> str:
        raise AssertionError(error)

    def interview(self, sitting: Sitting) -> Ending:
        raise AssertionError(sitting)


ACTOR, FORM = "Who are you answering for?", "How much time do you have?"
NAME, SCALE = "Name, Enter leaves it empty", "How to answer"
FIRST, SECOND, THIRD = (
    "First alliance, Enter leaves it empty",
    "Second alliance, Enter if that is all",
    "Third alliance, Enter if that is all",
)


def ask(replies: list[str | None], known: Answers | None = None, **more: object) -> tuple[Answers, list[str]]:
    face = ScriptedFace(replies)
    content: Questionnaire = questionnaire(actors=ACTORS)
    start = Start(content, known or answers(), "answers.yaml", form_known=bool(more.get("form_known")))
    return prepare(start, face), face.asked


def test_one_key_for_each_menu_and_enter_for_the_rest() -> None:
    found, asked = ask(["2", "1", "", "", ""])
    assert found == answers(actor="firm", form="quick")
    assert asked == [ACTOR, FORM, NAME, FIRST, SCALE]


def test_names_are_kept_and_a_third_alliance_is_the_last() -> None:
    found, asked = ask(["1", "2", "Port Sarrel", "Tidal", "Harbour", "Quays", ""])
    assert (found.organisation, found.alliances) == ("Port Sarrel", ["Tidal", "Harbour", "Quays"])
    assert asked[3:] == [FIRST, SECOND, THIRD, SCALE]


def test_going_back_asks_again() -> None:
    found, asked = ask(["1", BACK, "2", "1", "", BACK, "Firm & Co", "One", BACK, "Two", "", ""])
    assert found == answers(actor="firm", form="quick", organisation="Firm & Co", alliances=["Two"])
    assert asked == [ACTOR, FORM, ACTOR, FORM, NAME, FIRST, NAME, FIRST, SECOND, FIRST, SECOND, SCALE]


def test_going_back_from_the_very_first_stays_there() -> None:
    _, asked = ask([BACK, "1", "1", "", "", ""])
    assert asked[:2] == [ACTOR, ACTOR]


def test_only_what_is_unknown_is_asked() -> None:
    known = answers(actor="city", organisation="Port Sarrel", alliances=["Tidal"])
    assert ask([""], known, form_known=True)[1] == [SCALE]


def test_somebody_who_comes_back_goes_straight_to_the_questions() -> None:
    known = answers({"depth": 2}, actor="city")
    assert ask([], known, form_known=True) == (known, [])


def test_leaving_leaves() -> None:
    with pytest.raises(Left):
        ask(["1", "leave"])


def test_a_questionnaire_without_actors_or_quick_form_asks_for_neither() -> None:
    content = Questionnaire.model_validate(
        {"id": "own", "version": "1", "title": "Own", "trends": [
            {"id": "one", "title": "One", "indicators": [{"id": "it", "ask": "It?", "levels": list("abcde")}]}]}
    )  # fmt: skip
    face = ScriptedFace(["", "", ""])
    prepare(Start(content, Answers(questionnaire="own"), "answers.yaml"), face)
    assert face.asked == [NAME, FIRST, SCALE]
