"""The interview as a person meets it, in a real terminal."""

import json
import re
import stat
from pathlib import Path

import pytest

from allycheck.loading import load_questionnaire
from tests.terminal.real import Interview, answered, resumable, run

pytestmark = pytest.mark.slow

FIRST = "How does your organisation decide whether to join"
ENTER, DOWN = "\r", "\x1b[B"


def test_a_first_time_user_gets_to_the_first_question_with_one_key_a_menu(tmp_path: Path) -> None:
    here = Interview(tmp_path)
    here.see("Who are you answering for?").press("3").see("20 questions, about 10 minutes").press("1")
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


def test_from_the_last_answer_to_the_report_the_file_and_the_next_command(tmp_path: Path) -> None:
    here = Interview(tmp_path, "city.yaml", "--actor", "state", "--form", "quick", rows=60)
    here.press(f"{ENTER}{ENTER}{ENTER}").see("question 1 of 22").press("3" * 20)
    here.see("Everything is answered.").press(ENTER)
    assert here.end() == 0
    assert "75.0" in here.last_words
    assert "Your answers are in city.yaml. Next:\n  allycheck report city.yaml " in here.last_words
    assert "allycheck assess city.yaml --form full" in here.last_words


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


def test_quick_first_and_full_later_keeps_the_twenty_and_asks_the_others(tmp_path: Path) -> None:
    start = Interview(tmp_path, "--actor", "civil-society", "--form", "quick", rows=60)
    start.press(f"{ENTER}{ENTER}{ENTER}" + "2" * 20).see("Everything is answered.").press(ENTER)
    assert start.end() == 0
    here = Interview(tmp_path, "--form", "full").see("20 answered").see("question 2 of 59")
    here.press("3" * 39).see("Everything is answered.").press("q")
    assert here.end() == 0
    found = answered(tmp_path / "answers.yaml")
    quick = {item.id for item in load_questionnaire().scope("civil-society", "quick")}
    assert {name: value for name, value in found.items() if name in quick} == dict.fromkeys(quick, "2")
    assert sum(value == "3" for value in found.values()) == 39


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
    here = Interview(tmp_path, "--only", "rapid-response").see("Rapid response").see("question 1 of 6").press("4q")
    assert here.end() == 0
    assert "allycheck assess answers.yaml --only rapid-response" in here.last_words


def test_json_leaves_by_standard_output_while_a_person_answers(tmp_path: Path) -> None:
    resumable(tmp_path)
    here = Interview(tmp_path, "answers.yaml", "--format", "json", output="result.json")
    here.see("question 1 of 64").press("3r").see("Review").press(ENTER)
    assert here.end() == 0
    assert json.loads((tmp_path / "result.json").read_text())["overall"]["answered"] == 2


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
    assert "Saved: 3, Practised." in here.written
    assert answered(tmp_path / "answers.yaml")["coalition-mandate"] == "4"


def test_a_file_for_something_else_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    faults = {
        "questionnaire: other\nactor: state\n": "questionnaire",
        "questionnaire: alliance-readiness\nversion: 2.0\nactor: state\n": "recorded with version 2.0",
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
