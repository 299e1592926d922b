"""The session as a state machine, action by action."""

import pytest

from allycheck.answers import Answer
from allycheck.interview.session import Progress, begin, in_words, level_name
from tests.unit.interview.small import TODAY, answers, questionnaire, session


def test_it_starts_at_the_first_open_question() -> None:
    assert session().question.id == "depth"
    assert session({"depth": 2}).question.id == "breadth"


def test_with_everything_answered_it_starts_at_the_review() -> None:
    assert session({"depth": 2, "breadth": "dk", "debts": 0}).in_review


def test_an_answer_is_recorded_with_version_and_date_and_moves_on() -> None:
    after = session().answer(3)
    assert after.question.id == "breadth"
    assert after.answers == answers({"depth": 3}, version="1.2", date=TODAY)


def test_a_date_that_the_file_has_stays() -> None:
    assert session(date="2020-01-01").answer(3).answers.date == "2020-01-01"


@pytest.mark.parametrize(("in_file", "recorded"), [("1.0", "1.2"), ("1.10", "1.10"), ("1.2", "1.2")])
def test_the_version_is_raised_to_the_questionnaires_but_never_lowered(in_file: str, recorded: str) -> None:
    assert session(version=in_file).answer(3).answers.version == recorded


def test_answering_skips_what_is_answered_already() -> None:
    assert session({"breadth": 1}).answer(0).question.id == "debts"


def test_skip_leaves_the_question_open_and_the_last_one_leads_to_the_review() -> None:
    after = session().skip().answer(4).answer(1)
    assert after.in_review
    assert after.open == ("depth",)
    assert after.progress == Progress(answered=2, asked=3)


def test_not_applicable_takes_its_reason_along_and_a_level_drops_it_again() -> None:
    after = session().not_applicable("no ties")
    assert after.answers.to("depth") == Answer(answer="na", reason="no ties")
    assert after.back().answer(2).answers.to("depth") == Answer(answer=2)


def test_whether_not_applicable_is_accepted_is_the_questions_own() -> None:
    assert session().may_be_not_applicable
    assert not session().jump("debts").may_be_not_applicable


def test_notes_stay_beside_the_answer_when_it_changes_and_the_session_stays_put() -> None:
    noted = session().comment("so it seems").evidence("file 7")
    assert noted.question.id == "depth"
    assert noted.is_open("depth")
    again = noted.answer(1).back().answer(2)
    assert again.answers.to("depth") == Answer(answer=2, comment="so it seems", evidence="file 7")


def test_an_empty_note_takes_the_note_away_and_nothing_is_left_of_it() -> None:
    assert session().comment("oh").comment("").answers.answers == {}


def test_the_same_note_again_is_no_change() -> None:
    noted = session().comment("oh")
    assert noted.comment("oh") is noted
    assert session().evidence("").before is None


def test_undo_takes_back_one_change_after_the_other_wherever_one_has_moved() -> None:
    start = session()
    after = start.answer(1).answer("dk").back().back().skip()
    assert after.undo() == start.answer(1)
    assert after.undo().undo() == start
    assert start.undo() == start


def test_back_and_forward_walk_through_all_questions_and_stop_at_the_ends() -> None:
    full = session({"depth": 2, "breadth": 3, "debts": 0})
    assert full.back().question.id == "debts"
    assert full.back().back().back().back().back().question.id == "depth"
    assert full.forward() == full
    assert session().forward().forward().forward().in_review


@pytest.mark.parametrize("meant", ["TE1", "te1 ", "debts", "3"])
def test_a_question_is_found_by_code_id_or_number(meant: str) -> None:
    assert session().find(meant) == "debts"


@pytest.mark.parametrize("nothing", ["", "TE9", "0", "4", "old-one", "9" * 5000, f"{'0' * 5000}1", "\u00b2"])
def test_nothing_else_is_found(nothing: str) -> None:
    assert session().find(nothing) is None


def test_a_word_finds_the_questions_whose_names_have_one_that_begins_like_it() -> None:
    names = {"depth": "Depth of ties", "breadth": "Half-broad ties"}
    named = begin(questionnaire(names), answers(), TODAY).named
    assert named("tie") == named(" TIES ") == ["depth", "breadth"]
    assert named("half broad") == named("broad") == ["breadth"]
    assert named("te1") == ["debts"]
    assert named("epth") == named("") == named(" ") == named("9" * 5000) == []


def test_a_note_can_go_beside_another_answer_and_be_undone() -> None:
    given = session().answer(3)
    noted = given.comment("so it seems", "depth").evidence("file 7", "depth")
    assert noted.question.id == "breadth"
    assert noted.answers.to("depth") == Answer(answer=3, comment="so it seems", evidence="file 7")
    assert noted.undo().undo() == given
    assert noted.comment("so it seems", "depth") is noted


def test_a_trend_is_entered_at_its_first_open_question() -> None:
    assert session({"depth": 2}).to_trend("ties").question.id == "breadth"
    assert session({"depth": 2, "breadth": 2}).to_trend("ties").question.id == "depth"


def test_progress_by_trend() -> None:
    assert session({"depth": "na"}).trends == {"ties": Progress(1, 2), "terms": Progress(0, 1)}


def test_only_one_trend_is_asked() -> None:
    only = begin(questionnaire(), answers(), TODAY, only="terms")
    assert only.asked == ("debts",)
    assert only.answer(2).in_review


def test_the_quick_form_asks_its_questions_and_the_full_one_later_the_others() -> None:
    quick = begin(questionnaire(), answers(form="quick"), TODAY).answer(4)
    assert quick.in_review
    full = begin(questionnaire(), quick.answers.model_copy(update={"form": "full"}), TODAY)
    assert full.open == ("breadth", "debts")
    assert full.answers.to("depth").answer == 4


def test_answers_stand_in_catalogue_order_and_retired_ones_behind() -> None:
    after = session({"old-one": 3, "debts": 1}).answer(2)
    assert list(after.answers.answers) == ["depth", "debts", "old-one"]
    assert after.answers.to("old-one").answer == 3


def test_answers_in_words_name_the_maturity_level_even_where_the_scale_is_reversed() -> None:
    content = questionnaire()
    items = content.indicators
    assert in_words(content, items["depth"], 3) == "3, Practised"
    assert in_words(content, items["debts"], 3) == "3, Ad hoc"
    assert level_name(content, items["debts"], 0) == "Adaptive"
    assert [in_words(content, items["depth"], value) for value in ("na", "dk", None)] == [
        "not applicable",
        "don't know",
        "open",
    ]


def test_a_trend_left_out_waits_for_nothing_and_keeps_what_was_answered() -> None:
    after = session({"depth": 3}).jump("breadth").leave_out("No ties")
    assert (after.question.id, after.open) == ("debts", ("debts",))
    assert after.answers == answers({"depth": 3}, version="1.2", date=TODAY, scope={"ties": "No ties"})
    assert after.progress == Progress(answered=2, asked=3)
    assert after.trends["ties"] == Progress(answered=2, asked=2)
    assert after.jump("depth").why_left_out == "No ties"


def test_it_is_taken_in_again_with_its_answers_or_undone() -> None:
    before = session({"depth": 3})
    after = before.leave_out("No ties")
    assert after.undo() == before
    again = after.jump("breadth").take_in()
    assert (again.answers.scope, again.question.id, again.is_open("breadth")) == ({}, "breadth", True)
    assert again.undo().answers.scope == {"ties": "No ties"}


def test_a_sitting_on_a_sheet_that_leaves_a_trend_out_begins_behind_it() -> None:
    assert session(scope={"ties": "No ties"}).question.id == "debts"
