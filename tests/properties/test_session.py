"""Any sequence of actions keeps what the interview promises."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from allycheck.answers import Answers
from allycheck.interview.session import Session
from allycheck.reading import parse
from allycheck.shapes import validated
from allycheck.writing import answers_text
from tests.unit.interview.small import session

Action = Callable[[Session], Session]
NOTES = st.text(max_size=20)
START = st.dictionaries(
    st.sampled_from(["depth", "breadth", "debts", "old-one"]), st.sampled_from([0, 1, 2, 3, 4, "dk"]), max_size=4
)


def _on_a_question(action: Action) -> Action:
    return lambda now: now if now.in_review else action(now)


CHANGES = st.one_of(
    st.sampled_from([0, 1, 2, 3, 4, "dk"]).map(lambda value: lambda now: now.answer(value)),
    NOTES.map(lambda text: lambda now: now.not_applicable(text) if now.may_be_not_applicable else now.answer("dk")),
    NOTES.map(lambda text: lambda now: now.comment(text)),
    NOTES.map(lambda text: lambda now: now.evidence(text)),
).map(_on_a_question)
MOVES: st.SearchStrategy[Action] = st.one_of(
    st.sampled_from([Session.back, Session.forward, Session.to_review, Session.to_open, _on_a_question(Session.skip)]),
    st.sampled_from(["depth", "breadth", "debts"]).map(lambda name: lambda now: now.jump(name)),
    st.sampled_from(["ties", "terms"]).map(lambda name: lambda now: now.to_trend(name)),
)
ACTIONS = st.lists(st.one_of(CHANGES, MOVES, st.just(Session.undo)), max_size=25)


def after(start: dict[str, object], actions: list[Action]) -> Session:
    now = session(start)
    for action in actions:
        now = action(now)
    return now


@given(START, ACTIONS, CHANGES)
def test_undo_of_a_change_restores_the_state(start: dict[str, object], actions: list[Action], change: Action) -> None:
    now = after(start, actions)
    changed = change(now)
    if changed is not now:
        assert changed.undo() == now


@given(START, ACTIONS, st.lists(MOVES, max_size=5))
def test_moving_never_touches_an_answer(start: dict[str, object], actions: list[Action], moves: list[Action]) -> None:
    now = moved = after(start, actions)
    for move in moves:
        moved = move(moved)
    assert moved.answers == now.answers
    assert moved.undo() == now.undo() or now.before is None


@given(START, ACTIONS)
def test_the_file_equals_the_session(start: dict[str, object], actions: list[Action]) -> None:
    now = after(start, actions)
    read, faults = validated(Answers, parse(answers_text(now.answers), "answers.yaml").data)
    assert not faults
    assert read == now.answers


@given(START, ACTIONS)
def test_the_place_to_resume_follows_from_the_answers(start: dict[str, object], actions: list[Action]) -> None:
    now = after(start, actions)
    resumed = now.to_open()
    assert resumed.in_review == (not now.open)
    assert 0 <= now.at <= len(now.asked)
    if now.open:
        assert resumed.indicator.id == now.open[0]


@given(START, ACTIONS)
def test_what_is_not_asked_stays(start: dict[str, object], actions: list[Action]) -> None:
    now = after(start, actions)
    assert ("old-one" in now.answers.answers) == ("old-one" in start)
    assert now.progress.answered == sum(done.answered for done in now.trends.values())


@given(START, ACTIONS)
def test_undoing_everything_gives_back_the_beginning(start: dict[str, object], actions: list[Action]) -> None:
    now = after(start, actions)
    for _ in actions:
        now = now.undo()
    assert now.answers == session(start).answers
