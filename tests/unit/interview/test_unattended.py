"""Answers from the command line, and what is missing without them."""

from pathlib import Path

import pytest

from allycheck.answers import Answer
from allycheck.errors import UsageError
from allycheck.interview.saving import AnswersFile
from allycheck.interview.unattended import apply, missing, trend_named
from allycheck.loading import load_sheet
from tests.unit.interview.small import questionnaire, session


def test_answers_are_taken_by_id_or_code_and_notes_beside_them_stay() -> None:
    start = session({"depth": {"answer": 1, "comment": "once"}})
    after = apply(["depth=4", "ti2=na:no list", "debts=dk"], start)
    assert after.answers.answers == {
        "depth": Answer(answer=4, comment="once"),
        "breadth": Answer(answer="na", reason="no list"),
        "debts": Answer(answer="dk"),
    }
    assert after.undo() == start


def test_nothing_given_changes_nothing() -> None:
    assert apply([], session()) == session()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("depth", "--set depth; write ID=VALUE, such as an-id=3"),
        ("dept=3", "--set dept=3: unknown indicator; did you mean depth?"),
        ("depth=5", "--set depth=5: not an answer; use 0, 1, 2, 3, 4, na or dk; na may carry a reason, na:why"),
        ("depth=3:why", "--set depth=3:why: not an answer; use 0, 1, 2, 3, 4, na or dk; na may carry a reason, na:why"),
        ("depth=\u0663", "--set depth=\u0663: not an answer; use 0, 1, 2, 3, 4, na or dk; na may carry a reason, na:why"),
        ("debts=na", "--set debts=na: not applicable is refused here; use a level or dk"),
        ("depth=\x1b[31m", "--set depth=\u241b[31m: not an answer; use 0, 1, 2, 3, 4, na or dk; na may carry a reason, na:why"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(given: str, said: str) -> None:
    with pytest.raises(UsageError) as refused:
        apply([given], session())
    assert str(refused.value) == said


def test_all_mistakes_are_told_at_once_and_twice_is_one_of_them() -> None:
    with pytest.raises(UsageError) as refused:
        apply(["depth=3", "TI1=2", "other=1"], session())
    assert [str(fault) for fault in refused.value.faults] == [
        "--set TI1=2: depth is set twice",
        "--set other=1: unknown indicator; allycheck questionnaire show lists the ids",
    ]


def test_everything_missing_is_listed_with_what_supplies_it() -> None:
    actors = [{"id": "city", "title": "City"}, {"id": "firm", "title": "Firm"}]
    start = session({"depth": 1, "breadth": "dk"})
    content = questionnaire(actors=actors)
    listed = missing(
        apply([], type(start)(content, start.answers, start.asked, start.today)), actor_known=False, form_known=False
    )
    assert [str(fault) for fault in listed] == [
        "actor: missing; use --actor city or firm",
        "form: missing; use --form quick or full",
        "answers.debts: TE1 is not answered",
    ]


def test_nothing_is_missing_when_everything_has_an_answer() -> None:
    start = session({"depth": 1, "breadth": "dk", "debts": 0})
    assert list(missing(start, actor_known=True, form_known=True)) == []


def test_a_trend_is_named_by_its_id() -> None:
    assert trend_named("ties", questionnaire()) == "ties"
    with pytest.raises(UsageError, match="did you mean ties"):
        trend_named("tie", questionnaire())


@pytest.mark.parametrize("name", ["answers.yaml", "answers.json"])
def test_a_reason_that_is_no_text_is_saved_so_that_it_can_be_read(name: str, tmp_path: Path) -> None:
    """`--set breadth=na:caf` with a last byte of Latin-1: such a byte arrives as half a character."""
    content = questionnaire()
    AnswersFile(str(tmp_path / name)).save(apply(["breadth=na:caf\udce9"], session()).answers)
    sheet = load_sheet(str(tmp_path / name), content)
    assert sheet.answers.to("breadth") == Answer(answer="na", reason="caf\ufffd")
