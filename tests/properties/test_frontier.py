"""The best choice of one option from each group is the one that trying every choice finds."""

from itertools import pairwise, product

from hypothesis import given
from hypothesis import strategies as st

from allycheck.analysis.plan.frontier import State, cheapest, most, unbeaten
from allycheck.analysis.plan.work import Work

OPTIONS = st.tuples(st.integers(0, 12), st.integers(-9, 0), st.integers(0, 2), st.integers(0, 4))


@st.composite
def groups(draw: st.DrawFn) -> list[list[State]]:
    """Up to five groups; codes of one group are digits of their own place."""
    count = draw(st.integers(0, 5))
    drawn = [draw(st.lists(OPTIONS, min_size=1, max_size=4)) for _ in range(count)]
    return [
        [(cost, worth, changed, code * 5**place) for cost, worth, changed, code in group]
        for place, group in enumerate(drawn)
    ]


def choices(drawn: list[list[State]]) -> list[State]:
    return [tuple(map(sum, zip(*chosen, strict=True))) or (0, 0, 0, 0) for chosen in product(*drawn)]  # type: ignore[misc]


@given(groups(), st.integers(-5, 45))
def test_the_cheapest_for_what_is_needed(drawn: list[list[State]], needed: int) -> None:
    able = [state for state in choices(drawn) if -state[1] >= needed]
    assert cheapest(drawn, needed, Work()) == min(able, default=None)


@given(groups(), st.integers(0, 60))
def test_the_most_for_a_budget(drawn: list[list[State]], budget: int) -> None:
    able = [state for state in choices(drawn) if state[0] <= budget]
    best = min(able, key=lambda state: (state[1], state[0], *state[2:]), default=None)
    assert most(drawn, budget, Work()) == best


@given(st.lists(OPTIONS))
def test_what_is_kept_is_beaten_by_nothing_and_beats_all_else(states: list[State]) -> None:
    kept = unbeaten(states)
    assert all(one[0] < other[0] and one[1] > other[1] for one, other in pairwise(kept))
    assert all(any(one[0] <= state[0] and one[1] <= state[1] for one in kept) for state in states)
