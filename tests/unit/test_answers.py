"""What an answers file may say, and whether it fits a questionnaire."""

from typing import Any

import pytest

from allycheck.answers import Answer, Answers, actor_of, answer_faults, answer_warnings, changed_since, known_actor
from allycheck.errors import UsageError
from allycheck.fields import Plain
from tests.alliances import indicator, questionnaire

ACTORS = [{"id": "state", "title": "State"}, {"id": "firm", "title": "Firm"}]
SMALL = questionnaire(
    (
        "t",
        [
            indicator("charter", code="T1", quick=True),
            indicator("audit", na=False, since="1.1"),
            indicator("drill", actors=["state"], rev_since="1.2"),
        ],
    ),
    actors=ACTORS,
    version="1.2",
    retired=[{"id": "old", "code": "T9", "until": "1.0"}],
)


def answers(given: dict[str, Any] | None = None, **more: Any) -> Answers:
    return Answers.model_validate({"questionnaire": "small", "actor": "state", "answers": given or {}} | more)


def faults(given: dict[str, Any] | None = None, **more: Any) -> list[str]:
    return [str(fault) for fault in answer_faults(answers(given, **more), SMALL)]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (Plain("0"), 0),
        (Plain("4"), 4),
        (3, 3),
        ("na", "na"),
        (Plain("dk"), "dk"),
        (None, None),
        ({"comment": "c"}, None),
        ({}, None),
    ],
)
def test_the_four_states(written: Any, value: Any) -> None:
    assert answers({"charter": written}).to("charter").answer == value
    assert (
        answers({"charter": {"answer": written} if not isinstance(written, dict) else written}).to("charter").answer
        == value
    )


@pytest.mark.parametrize(
    "written",
    [True, 5, -1, 2.0, "", "3", "3 ", "NA", "dk ", Plain("05"), Plain("٣"), Plain("1_0"), [], [3], {"answer": {}}],
)
def test_everything_else_is_no_answer(written: Any) -> None:
    with pytest.raises(ValueError, match=r"not an answer|without quotes"):
        answers({"charter": written})


def test_an_empty_answer_keeps_its_comment_and_who_did_not_answer_has_none() -> None:
    sheet = answers({"charter": {"comment": "later"}})
    assert sheet.to("charter") == Answer(comment="later")
    assert not sheet.to("charter").is_bare
    assert sheet.to("audit").is_bare


def test_what_is_left_empty_is_as_if_left_out() -> None:
    sheet = Answers.model_validate(
        {"questionnaire": "small", "form": None, "answers": None, "alliances": None, "date": None}
    )
    assert (sheet.form, sheet.answers, sheet.alliances, sheet.date) == ("full", {}, [], None)


@pytest.mark.parametrize("date", ["2026-02-30", "2026-1-1", "26-01-01", "2026-01-01T00:00", "٢٠٢٦-٠١-٠١", "today"])
def test_dates_are_days_of_the_calendar(date: str) -> None:
    with pytest.raises(ValueError, match=r"date|day|month"):
        answers(date=date)


def test_faults_against_the_questionnaire_all_at_once() -> None:
    assert faults({"charters": 1, "t1": 2, "audit": "na", "old": 1, "T9": 1}, actor="frm", form="quick") == [
        "actor: unknown actor frm; did you mean firm?",
        "answers.charters: unknown indicator; did you mean charter?",
        "answers.t1: unknown indicator; did you mean charter?",
        "answers.audit: not applicable is refused here; use a level or dk",
        "answers.T9: unknown indicator",
    ]


def test_of_another_questionnaire_or_a_newer_major_version_nothing_else_is_told() -> None:
    assert faults({"x": 1}, questionnaire="other") == [
        "questionnaire: these answers are for the questionnaire other, not for small; name the right one with --questionnaire"
    ]
    assert faults({"x": 1}, version="2") == [
        "version: recorded with version 2, but this questionnaire is 1.2; use a newer questionnaire or a newer allycheck"
    ]


def test_an_actor_is_asked_for_where_there_are_some_and_refused_where_not() -> None:
    assert faults(actor=None) == ["actor: is missing; use state or firm"]
    tiny = questionnaire(("t", [indicator("a")]))
    assert [str(fault) for fault in answer_faults(answers(), tiny)] == [
        "actor: this questionnaire names no actors; leave it out"
    ]
    assert actor_of(answers(actor=None), tiny) == ""
    assert actor_of(answers(), SMALL) == "state"
    assert known_actor("firm", SMALL) == "firm"
    with pytest.raises(UsageError, match=r"unknown actor frm; did you mean firm\?"):
        known_actor("frm", SMALL)
    with pytest.raises(UsageError, match="this questionnaire names no actors"):
        known_actor("state", tiny)


def test_no_quick_form_where_no_indicator_is_quick() -> None:
    tiny = questionnaire(("t", [indicator("a")]))
    assert [str(fault) for fault in answer_faults(answers(actor=None, form="quick"), tiny)] == [
        "form: this questionnaire has no quick form; use full"
    ]


def test_what_is_kept_and_not_scored_is_warned_about() -> None:
    kept = answers({"old": 1, "drill": 2, "audit": {"comment": "c"}}, actor="firm", form="quick", version="1.2")
    assert list(answer_warnings(kept, SMALL)) == [
        "1 answer to retired indicators kept, not scored: old",
        "1 answer outside the actor firm and the quick form kept, not scored: drill",
    ]


@pytest.mark.parametrize(
    ("version", "warning"),
    [
        ("1.2", []),
        ("1.2.0", []),
        ("1.9", ["recorded with version 1.9, newer than this questionnaire's 1.2"]),
        ("1.1", ["recorded with version 1.1, read with 1.2: re-worded drill"]),
        ("1.0", ["recorded with version 1.0, read with 1.2: new audit; re-worded drill; retired old"]),
        ("0.9", ["recorded with version 0.9, read with 1.2: new audit; re-worded drill; retired old"]),
    ],
)
def test_another_version_is_read_with_a_warning_that_names_what_changed(version: str, warning: list[str]) -> None:
    assert list(answer_warnings(answers(version=version), SMALL)) == warning


def test_of_much_that_changed_the_warning_tells_how_much() -> None:
    many = questionnaire(("t", [indicator(f"i{n}", rev=2, rev_since="2.0") for n in range(5)]), version="2.0")
    assert list(answer_warnings(Answers(questionnaire="small", version="1.0"), many)) == [
        "recorded with version 1.0, read with 2.0: 5 indicators re-worded; compare leaves out what was re-worded"
    ]


def test_what_changed_since_a_version() -> None:
    assert changed_since("1.0", SMALL, "since") == ["audit"]
    assert changed_since("1.2", SMALL, "rev_since") == []
