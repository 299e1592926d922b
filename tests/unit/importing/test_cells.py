"""What stands in a cell, and what it means."""

import pytest

from allycheck.answers import Answer
from allycheck.importing.cells import answer_in, day_in, key, text_in
from allycheck.questionnaire import Indicator

NAMES = ["Absent", "Ad hoc", "Defined", "Practised", "Adaptive"]
LEVELS = ["Nobody decides.", "Whoever asks.", "A rule: 2 signatures.", "Records show it.", "Results changed it."]
ITEM = Indicator(id="i", ask="?", levels=LEVELS)
REVERSED = ITEM.model_copy(update={"reverse": True})


def level(text: str, item: Indicator = ITEM) -> object:
    return answer_in(text, item, NAMES, {}).entry.get("answer")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        *((str(number), number) for number in range(5)),
        (" 3 ", 3),
        ("3 Practised", 3),
        ("3 Practised: Records show it.", 3),
        ("3: practised", 3),
        ("3) Practised", 3),
        ("3 - Practised", 3),
        ("3 \u2013 Practised", 3),
        ("2 A rule: 2 signatures.", 2),
        ("1 AD-HOC", 1),
        ("Practised", 3),
        ("Practised: Records show it.", 3),
        ("a rule: 2 signatures", 2),
        ("dk", "dk"),
        ("Don't know", "dk"),
        ("Don\u2019t know", "dk"),
        ("I do not know yet", "dk"),
        ("na", "na"),
        ("N/A", "na"),
        ("Not applicable (say why)", "na"),
        ("", None),
        ("  ", None),
    ],
)
def test_an_answer_is_known_by_number_level_or_anchor(text: str, meant: object) -> None:
    assert level(text) == meant


@pytest.mark.parametrize(
    "text",
    ["9", "5", "-1", "3.0", "3.5", "3 of 5", "3 or 4", "3-4", "34", "three", "yes", "true", "?", "\u0663", "1 2",
     "3 Adaptive", "4 Practised: Records show it.", "0 Ad hoc", "3 out of 5", "3/4", "=3", "'3", "Adaptive or so", "x" * 10_000],
)  # fmt: skip
def test_what_could_be_read_in_two_ways_or_not_at_all_is_no_answer(text: str) -> None:
    with pytest.raises(ValueError, match="use ") as refused:
        level(text)
    assert len(str(refused.value)) < 200


def test_a_scale_from_1_to_5_is_not_taken_for_one_from_0_to_4() -> None:
    with pytest.raises(
        ValueError, match="'1 Absent' is not how level 1 reads here; use its number alone, or tell with"
    ):
        level("1 Absent")


@pytest.mark.parametrize("text", ["3 Praticado", "3: \u5df2\u5b9e\u8df5", "3 Des dossiers le montrent depuis 2024."])
def test_words_that_nobody_knows_leave_the_number_which_is_told(text: str) -> None:
    assert answer_in(text, ITEM, NAMES, {}) == ({"answer": 3}, True)
    assert answer_in("3 Practised", ITEM, NAMES, {}) == ({"answer": 3}, False)


def test_of_a_reversed_question_the_number_or_the_anchor_counts_never_the_name_of_the_level_alone() -> None:
    assert level("0 Nobody decides.", REVERSED) == 0
    assert level("Nobody decides.", REVERSED) == 0
    assert level("0 Adaptive", REVERSED) == 0
    with pytest.raises(ValueError, match="is not an answer"):
        level("Adaptive", REVERSED)


def test_an_anchor_that_stands_at_two_levels_is_no_answer() -> None:
    with pytest.raises(ValueError, match="is not an answer"):
        level("same", ITEM.model_copy(update={"levels": ["same", "Same!", "a", "b", "c"]}))


def test_words_of_a_map_come_first() -> None:
    words = {
        key("Fully in place"): Answer(answer=4),
        key("3"): Answer(answer=2),
        key("Skip"): Answer(),
        key("Not ours"): Answer(answer="na", reason="Another office"),
    }
    said = [answer_in(text, ITEM, NAMES, words).entry for text in ("fully in place", "3", "Skip", "Not ours")]
    assert said == [{"answer": 4}, {"answer": 2}, {}, {"answer": "na", "reason": "Another office"}]


@pytest.mark.parametrize(
    ("cell", "text"),
    [("'=1+1", "=1+1"), ("'-5 %", "-5 %"), ("'@here", "@here"), ("'s nachts", "'s nachts"), (" a\n b ", "a\n b")],
)
def test_the_apostrophe_that_makes_a_cell_harmless_is_no_part_of_it(cell: str, text: str) -> None:
    assert text_in(cell) == text


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026-11-22", "2026-11-22"),
        ("2026-11-22T09:41:19.000+01:00", "2026-11-22"),
        ("2026/11/2 10:14:05 AM GMT+1", "2026-11-02"),
        ("2026-02-30", None),
        ("11/22/2026 10:14:05", None),
        ("22.11.2026", None),
        ("46348.4", None),
        ("2026-11-222", None),
        ("", None),
    ],
)
def test_a_day_is_read_year_first_or_not_at_all(cell: str, day: str | None) -> None:
    assert day_in(cell) == day
