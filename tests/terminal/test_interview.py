"""The interview as a person meets it, in a real terminal."""

import json
import re
import stat
from pathlib import Path

import pytest

from allycheck.loading import load_questionnaire, load_sheet
from tests.terminal.real import Interview, answered, resumable, run

pytestmark = pytest.mark.slow

FIRST = "How do you decide whether to join or start a coalition"
ENTER, DOWN = "\r", "\x1b[B"


def test_a_first_time_user_gets_to_the_first_question_with_one_key_a_menu(tmp_path: Path) -> None:
    here = Interview(tmp_path)
    here.see("Who are you answering for?").press("3").see("22 questions, about 11 minutes").press("1")
    here.see("What is your organisation called?").press(f"Port Sarrel{ENTER}")
    here.see("First alliance").press(f"Tidal Cities{ENTER}").see("Second alliance").press(ENTER)
    here.see("4 Adaptive").press(ENTER).see(FIRST)
    here.press("q")
    assert here.end() == 0
    path = tmp_path / "answers.yaml"
    assert (
        'organisation: "Port Sarrel"\nactor: civil-society\nform: quick\nalliances: ["Tidal Cities"]'
        in path.read_text()
    )
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert here.last_words == "0 answers saved in answers.yaml. Go on with:\n  allycheck assess answers.yaml\n"


@pytest.mark.parametrize("term", ["xterm", "dumb"])
def test_it_ends_with_a_card_of_which_nothing_scrolls_away(tmp_path: Path, term: str) -> None:
    """Level and score, what blocks, three things to do first, the file, and the next commands by its name."""
    enter = "\n" if term == "dumb" else ""
    here = Interview(tmp_path, "city.yaml", "--actor", "state", "--form", "quick", TERM=term)
    here.press("\n\n\n" + f"1{enter}" * 22).wait_for("Everything is answered.")
    here.written = ""
    here.press("\n")
    assert here.end() == 0
    written = here.last_words if term == "xterm" else here.written.replace("\r", "").partition("\n")[2]
    card = re.sub(r"\x1b\[[0-9;]*m", "", written)
    assert len(card.splitlines()) <= 20
    assert max(map(len, card.splitlines())) <= 80
    flowing = " ".join(card.split())
    assert "Ad hoc: 25.0 of 100" in flowing
    assert "What keeps Defined away: 0% of the weight is there, 67% is needed;" in flowing
    assert all(f" {number}. " in flowing for number in (1, 2, 3))
    assert flowing.count(", within ") == 3
    assert "Your answers are in city.yaml. Next" in flowing
    assert "allycheck report city.yaml" in flowing
    assert "allycheck assess city.yaml --form full" in flowing
    assert all(line in here.text for line in card.splitlines())
    assert load_sheet(str(tmp_path / "city.yaml")).answers.form == "quick"


def test_a_burst_equals_slow_typing(tmp_path: Path) -> None:
    keys = "0123d4s210"
    slow, fast = resumable(tmp_path, "slow.yaml"), resumable(tmp_path, "fast.yaml")
    here = Interview(tmp_path, "slow.yaml").see("question 1 of 64")
    for number, key in enumerate(keys, 2):
        here.press(key).see(f"question {number} of 64")
    here.press("q")
    assert here.end() == 0
    # Sent before the program even runs: typed ahead.
    assert Interview(tmp_path, "fast.yaml").press(f"{keys}q").end() == 0
    assert fast.read_bytes() == slow.read_bytes()
    assert len(answered(fast)) == 10


def test_resuming_asks_the_first_open_question(tmp_path: Path) -> None:
    resumable(tmp_path)
    assert Interview(tmp_path).press("33q").end() == 0
    here = Interview(tmp_path).see("question 3 of 64").see("3 answered").press("q")
    assert here.end() == 0


def test_quick_first_and_full_later_keeps_its_answers_and_asks_the_others(tmp_path: Path) -> None:
    start = Interview(tmp_path, "--actor", "civil-society", "--form", "quick", rows=60)
    start.press(f"{ENTER}{ENTER}{ENTER}" + "2" * 22).see("Everything is answered.").press(ENTER)
    assert start.end() == 0
    here = Interview(tmp_path, "--form", "full").see("22 answered").see("question 2 of 62")
    here.press("3" * 40).see("Everything is answered.").press("q")
    assert here.end() == 0
    found = answered(tmp_path / "answers.yaml")
    quick = {item.id for item in load_questionnaire().scope("civil-society", "quick")}
    assert {name: value for name, value in found.items() if name in quick} == dict.fromkeys(quick, "2")
    assert sum(value == "3" for value in found.values()) == 40


def test_another_actor_keeps_what_still_applies_and_says_what_does_not(tmp_path: Path) -> None:
    scope = load_questionnaire()
    lost = next(item.id for item in scope.indicators.values() if not item.serves("civil-society", "full"))
    path = resumable(tmp_path, entries=f"  coalition-mandate: 3\n  {lost}: 4\n")
    here = Interview(tmp_path, "--actor", "civil-society")
    here.see("1 answer outside the actor civil-society and the full form kept, not scored").see(lost)
    here.press(ENTER).see("1 answered").press("q")
    assert here.end() == 0
    assert answered(path) == {"coalition-mandate": "3", lost: "4"}
    assert "actor: civil-society" in path.read_text()


def test_only_one_trend(tmp_path: Path) -> None:
    resumable(tmp_path)
    here = Interview(tmp_path, "--only", "rapid-response").see("Rapid response").see("question 1 of 7").press("4q")
    assert here.end() == 0
    assert "allycheck assess answers.yaml --only rapid-response" in here.last_words


def test_json_leaves_by_standard_output_while_a_person_answers(tmp_path: Path) -> None:
    resumable(tmp_path)
    here = Interview(tmp_path, "answers.yaml", "--format", "json", output="result.json")
    here.see("question 1 of 64").press("3r").see("Review").press(ENTER)
    assert here.end() == 0
    assert json.loads((tmp_path / "result.json").read_text())["overall"]["answered"] == 2
    assert "Your answers are in answers.yaml. Next" in here.last_words
    assert len(here.last_words.strip().splitlines()) <= 20


def test_leaving_prints_no_report(tmp_path: Path) -> None:
    resumable(tmp_path)
    here = Interview(tmp_path, "answers.yaml", "--format", "json", output="result.json")
    assert here.see("question 1 of 64").press("3q").end() == 0
    assert (tmp_path / "result.json").read_text() == ""


def test_a_start_takes_one_key_a_menu_and_asks_for_nothing_that_is_given(tmp_path: Path) -> None:
    here = Interview(tmp_path, "--actor", "state", "--form", "full", "--organisation", "Port Sarrel")
    here.see("Which one to three alliances").press("x").see("Enter goes on")
    assert "leaves it empty" not in here.text
    here.press(f"\x7f{ENTER}").see("How to answer").press(ENTER).see("question 1 of 64").press("q")
    assert here.end() == 0


def test_what_a_key_does_and_that_another_does_nothing(tmp_path: Path) -> None:
    path = resumable(tmp_path)
    here = Interview(tmp_path).see("question 1 of 64").press("x").see("x does nothing here; 0 to 4 answer, ? helps")
    here.press("3").see("Saved FC1 = 3, Practised (u undoes; C, E add a comment or evidence to it)")
    here.press(f"Cso it seems{ENTER}").see("Noted beside FC1").press("t").see("To which trend?").press(ENTER)
    here.see("question 2 of 64").press(f"gregister{ENTER}").see("question 3 of 64").press("n").press(ENTER)
    here.see("Saved FC3 = not applicable, without a reason").press("r").see("without a reason").press("q")
    assert here.end() == 0
    found = load_sheet(str(path)).answers
    assert found.to("coalition-mandate").comment == "so it seems"
    assert (found.to("alliance-portfolio").answer, found.to("alliance-portfolio").reason) == ("na", None)


def test_a_resize_draws_the_question_anew_and_no_line_leaves_the_window(tmp_path: Path) -> None:
    resumable(tmp_path)
    here = Interview(tmp_path).see("Your answer, 0-4:")
    for columns, rows in ((50, 20), (120, 40), (60, 20), (40, 12)):
        here.written = ""
        here.resize(columns, rows).wait_for("0-4:").see("Your answer, 0-4:")
        assert ("Trends" in here.text) == (columns >= 110)
        assert "whether to join" in " ".join(here.text.split())
        plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", here.written)
        assert max(map(len, plain.split("\r\n"))) <= columns
    here.press("3").see("Saved FC1 = 3")
    assert here.press("q").end() == 0


def test_the_cursor_stays_visible(tmp_path: Path) -> None:
    resumable(tmp_path)
    here = Interview(tmp_path).see("question 1 of 64").press(DOWN).press("3q")
    assert here.end() == 0
    assert "\x1b[?25l" not in here.written


@pytest.mark.parametrize("variables", [{"TERM": "dumb"}, {"ACCESSIBLE": "1"}, {"TERM": "", "NO_COLOR": "1"}])
def test_the_lines_face_sends_printable_text_only(tmp_path: Path, variables: dict[str, str]) -> None:
    here = Interview(tmp_path, **variables)
    typed = ["2", "2", "", "", "", "3", "n none", "c noted", "d", "?", "t", "", "r", "FC1", "4", "q"]
    for line in typed:
        here.press(f"{line}\n")
    assert here.end() == 0
    assert all(char.isprintable() or char in "\r\n" for char in here.written)
    assert "Saved FC1: 3, Practised." in here.written
    assert answered(tmp_path / "answers.yaml")["coalition-mandate"] == "4"


def test_a_file_for_something_else_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    faults = {
        "questionnaire: other\nactor: state\n": "questionnaire",
        "questionnaire: alliance-readiness\nversion: 3.0\nactor: state\n": "recorded with version 3.0",
        "questionnaire: alliance-readiness\nactor: state\nanswers:\n  sunset-exits: 3\n": "did you mean sunset-exit?",
    }
    path = tmp_path / "answers.yaml"
    for content, said in faults.items():
        path.write_text(content)
        here = Interview(tmp_path)
        assert here.end() == 3
        assert said in here.written
        assert "\x1b" not in here.written
        assert path.read_text() == content
    assert [entry.name for entry in tmp_path.iterdir()] == ["answers.yaml"]


def test_a_file_without_its_actor_asks_for_it(tmp_path: Path) -> None:
    (tmp_path / "answers.yaml").write_text("questionnaire: alliance-readiness\nanswers:\n  coalition-mandate: 3\n")
    here = Interview(tmp_path).see("Who are you answering for?").press("1").see("question 2 of 64").press("q")
    assert here.end() == 0
    assert run(tmp_path, "--no-input").returncode == 5
