"""Small things about text."""

import pytest

from allycheck.text import (
    capitalised,
    choices,
    count,
    first_of,
    hides_something,
    hint,
    label,
    listing,
    nearest,
    printable,
    shown,
)
from tests.alliances import indicator, questionnaire


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("plain", "plain"),
        ("عربي 中文 हिन्दी 👩\u200d🔬", "عربي 中文 हिन्दी 👩\u200d🔬"),
        ("red \x1b[31m", "red ␛[31m"),
        ("bell\x07 and del\x7f", "bell␇ and del␡"),
        ("one\ntwo\tthree\u2028four\x85five\rsix", "one two three four five six"),
        ("\u202eturned\u202c \u2066isolated\u2069", "turned isolated"),
        ("soft\u00adhyphen and\u200b space", "softhyphen and space"),
        ("half \ud800 private \ue000 csi \x9b", "half \ufffd private \ufffd csi \ufffd"),
    ],
)
def test_nothing_of_a_users_reaches_a_terminal_unseen(text: str, safe: str) -> None:
    assert printable(text) == safe


def test_hidden_characters_are_found_and_line_ends_are_none() -> None:
    assert not hides_something("two\nlines\tand\r\n\u200cjoiners\u200d")
    assert hides_something("a\u202eb")
    assert hides_something("a\x1bb")


def test_the_nearest_word_and_nothing_for_none() -> None:
    assert nearest("sunset-exits", ["sunset-exit", "problem-charter"]) == "did you mean sunset-exit?"
    assert nearest("zzz", ["sunset-exit"]) == ""
    assert nearest("x", []) == ""


def test_the_nearest_of_thousands_stands_beside_it_in_order() -> None:
    words = [f"item-{n}" for n in range(5000)]
    assert nearest("item-4321x", words) == "did you mean item-4321?"


def test_of_more_than_two_hundred_words_only_twenty_on_either_side_are_compared(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compared: list[list[str]] = []

    def noted(word: str, words: list[str], **_: object) -> list[str]:
        compared.append(words)
        return []

    monkeypatch.setattr("difflib.get_close_matches", noted)
    words = [f"item-{n:03}" for n in range(201)]
    nearest("item-100x", words[:200])
    nearest("item-100x", reversed(words))
    assert compared == [words[:200], words[81:121]]


def test_the_hint_at_an_unknown_word_is_the_nearest_or_all_that_could_be_used() -> None:
    assert hint("riffs", ["rift", "drain"]) == "did you mean rift?"
    assert hint("zzz", ["rift", "drain", "leak"]) == choices(["rift", "drain", "leak"]) == "use rift, drain or leak"
    assert hint("zzz", ["rift"], "name a risk") == "name a risk"
    assert hint("zzz", []) == "this questionnaire has none"


def test_a_capital_letter_changes_nothing_behind_it() -> None:
    assert [capitalised(text) for text in ("what NATO says", "", "élan")] == ["What NATO says", "", "Élan"]


def test_an_indicator_is_called_by_its_code_and_its_name() -> None:
    items = questionnaire(
        ("t", [indicator("a", code="FC1") | {"name": "Charter"}, indicator("b", code="FC2")])
    ).indicators
    assert [label(item) for item in items.values()] == ["FC1 Charter", "FC2"]


def test_lists_and_counts_in_words() -> None:
    assert [listing(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
    assert listing(["a", "b"], "or") == "a or b"
    assert first_of(list("abcd"), 2) == "a, b and 2 more"
    assert first_of(list("ab"), 2) == "a and b"
    assert [count(0, "answer"), count(1, "answer"), count(2, "entry", "entries")] == [
        "0 answers",
        "1 answer",
        "2 entries",
    ]


def test_a_word_that_goes_on_and_on_is_cut() -> None:
    assert shown("a" * 81) == "a" * 80 + "..."
    assert shown("\x1b") == "␛"
