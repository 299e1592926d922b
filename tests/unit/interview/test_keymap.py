"""The tables of keys, and what is said by them on the screen, in lines and in the manual."""

import re
from pathlib import Path

import pytest

from allycheck.interview import keymap
from allycheck.interview.keymap import FaceName, Table
from allycheck.interview.session import begin
from tests.unit.interview.small import LEVELS, TODAY, answers, questionnaire, session

MANUAL = Path(__file__).parents[3] / "docs" / "assess.md"
TABLES = {
    name: table
    for name in ("QUESTION", "REVIEW", "MENU", "TRENDS", "READING", "HELP", "ENTRY", "LINE", "UNSAVED")
    if (table := getattr(keymap, name))
}
FACES: tuple[FaceName, ...] = ("screen", "lines")


def test_the_manual_has_exactly_the_keys_of_the_interview() -> None:
    rows = re.findall(r"^\| `(.+?)` \| (.+) \|$", MANUAL.read_text("utf-8"), re.MULTILINE)
    assert rows == [(key.shown, key.does.partition(", such")[0]) for key in keymap.QUESTION if key.does]


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
@pytest.mark.parametrize("face", FACES)
def test_no_key_stands_for_two_things(table: Table, face: FaceName) -> None:
    for key in table:
        if key.exists_in(face):
            assert all(keymap.meant(table, press, face) is key for press in key.sent)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_a_key_that_a_face_lacks_means_nothing_there(table: Table) -> None:
    for key in table:
        for face in FACES:
            if not key.exists_in(face):
                assert all(keymap.meant(table, press, face) is not key for press in key.sent)


def test_keys_in_words_are_whole() -> None:
    said = keymap.in_sentences(keymap.QUESTION)
    assert said[0] == "0 to 4 answers and moves on"
    assert not any("{" in line for line in said)


def test_the_help_of_the_screen_gives_a_code_of_the_questionnaire_and_the_keys_of_the_screen() -> None:
    told = dict(keymap.told("screen", "TE1"))
    assert told["g"] == "goes to a question by its code, number or a word of its name, such as TE1"
    assert told["up, down"] == "and Enter choose a sentence, too"
    assert "up, down" not in dict(keymap.told("lines", "TE1"))


def test_hints_for_large_and_for_small_windows() -> None:
    whole = dict(keymap.hints(keymap.QUESTION))
    assert whole["n"] == "not applicable"
    assert "0-4" not in whole  # the prompt says it
    assert keymap.few_hints() == (("?", "help and keys"), ("q", "save and quit"))
    assert keymap.small_hints() == (("up, down", "whole"), ("?", "help"), ("q", "quit"))
    assert keymap.hints(keymap.REVIEW, Enter="ends it")[0] == ("Enter", "ends it")


def test_in_the_review_a_key_that_begins_a_code_waits_for_enter() -> None:
    assert keymap.at_once(session()) >= {"q", "b", "u", "left", "escape"}
    item = {"id": "bread", "code": "BR1", "ask": "Bread?", "levels": LEVELS}
    own = questionnaire(trends=[{"id": "food", "title": "Food", "indicators": [item]}])
    assert {"b", "q", "u"} - keymap.at_once(begin(own, answers(), TODAY)) == {"b"}


def test_options_never_take_the_keys_that_go_back_or_leave() -> None:
    assert not any(keymap.meant(keymap.MENU, key, face) for key in keymap.OPTION_KEYS for face in FACES)
