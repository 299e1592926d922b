"""What is said about the question on show."""

from allycheck.interview.prompts import about, current_in_words
from tests.unit.interview.small import session


def test_about_a_question_says_only_what_there_is_to_say() -> None:
    assert about(session()) == ["TI1", "Why it matters: Ties carry weight."]
    assert about(session().jump("breadth"))[-1] == "What counts as evidence: A list."
    assert about(session().jump("debts")) == ["TE1"]


def test_the_current_answer_in_words() -> None:
    assert current_in_words(session()) == ""
    assert current_in_words(session({"depth": 3}).jump("depth")) == "3, Practised"
    with_reason = session({"depth": {"answer": "na", "reason": "none"}}).jump("depth")
    assert current_in_words(with_reason) == "not applicable: none"
