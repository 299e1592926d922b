"""Minutes left, from this person's own pace."""

from pathlib import Path

import pytest

from allycheck.interview.recorder import Pace, Sitting, usual_minutes
from allycheck.interview.saving import AnswersFile
from tests.unit.interview.small import session


def paced(*seconds: float) -> Pace:
    pace, now = Pace(), 100.0
    for each in seconds:
        pace = pace.question_shown(now)
        now += each
        pace = pace.answered(now)
    return pace


def test_too_few_answers_tell_nothing() -> None:
    assert paced(20, 20, 20, 20).minutes_left(50) is None


def test_the_median_forgives_a_telephone_call() -> None:
    """Five answers, median 30 seconds; 50 open questions take 50 * 30 / 60 = 25 minutes."""
    assert paced(20, 30, 25, 900, 40).minutes_left(50) == 25


@pytest.mark.parametrize(("still_open", "minutes"), [(1, 1), (0, 0)])
def test_anything_left_takes_at_least_a_minute(still_open: int, minutes: int) -> None:
    assert paced(1, 1, 1, 1, 1).minutes_left(still_open) == minutes


def test_what_the_forms_take_most_people() -> None:
    """20 questions at 30 seconds are 10 minutes, 60 at 40 seconds 40."""
    assert usual_minutes(20, quick=True) == 10
    assert usual_minutes(60, quick=False) == 40


def test_the_same_answer_or_note_once_more_is_on_disk_once_more(tmp_path: Path) -> None:
    path = tmp_path / "answers.yaml"
    sitting = Sitting(session(), AnswersFile(str(path)))
    sitting.answer(3)
    sitting.move(sitting.session.back())
    sitting.comment(sitting.session.questionnaire.indicators["depth"], "so it seems")
    for again in (
        lambda: sitting.answer(3),
        lambda: sitting.comment(sitting.session.questionnaire.indicators["depth"], "so it seems"),
    ):
        path.unlink()
        sitting.move(sitting.session.jump("depth"))
        again()
        assert 'depth: {answer: 3, comment: "so it seems"}' in path.read_text()
