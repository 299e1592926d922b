"""What is said about keys and questions, on the screen and in the manual."""

import re
from pathlib import Path

from allycheck.interview.keymap import KEYS, about, keys_in_words, reviewed
from tests.unit.interview.small import session

MANUAL = Path(__file__).parents[3] / "docs" / "interview.md"


def test_the_manual_has_exactly_the_keys_of_the_interview() -> None:
    rows = re.findall(r"^\| `(.+?)` \| (.+) \|$", MANUAL.read_text("utf-8"), re.MULTILINE)
    assert rows == [(key, does.partition(", such")[0]) for key, _, does in KEYS]


def test_keys_in_words_are_sentences() -> None:
    assert keys_in_words()[0] == "0 to 4 answers and moves on."
    assert all(line.endswith(".") and "{" not in line for line in keys_in_words())


def test_about_a_question_says_only_what_there_is_to_say() -> None:
    assert about(session()) == ["TI1", "Why it matters: Ties carry weight."]
    assert about(session().jump("breadth"))[-1] == "What counts as evidence: A list."
    assert about(session().jump("debts")) == ["TE1"]


def test_the_review_in_words() -> None:
    entries = {"depth": {"answer": "na", "reason": "none"}, "debts": {"answer": 1, "comment": "a\x1bb"}}
    assert reviewed(session(entries)) == [
        "1 question still open: TI2.",
        "",
        "Ties:",
        "TI1: not applicable. none",
        "TI2: open",
        "",
        "Terms:",
        "TE1: 1, Practised. a\u241bb",
    ]
