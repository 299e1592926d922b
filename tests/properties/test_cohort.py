"""What is told of a cohort gives nobody away, whatever is added to and subtracted from what."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from statistics import quantiles

from hypothesis import given
from hypothesis import strategies as st

from allycheck.analysis.cohort.privacy import (
    ANSWERS,
    ASKED,
    FEWEST,
    Division,
    Told,
    groups_to_tell,
    told,
    told_in_order,
)
from allycheck.analysis.cohort.quartiles import quartile
from allycheck.analysis.cohort.tally import STATES, Group, needed_ranks

Equation = tuple[list[Fraction], int]


def tables(categories: int) -> st.SearchStrategy[dict[Group, tuple[int, ...]]]:
    """Counts of one to four groups."""
    few = st.sampled_from([0, 0, 1, 2, 4, 5, 6, 9])
    row = st.tuples(*[few] * categories)
    return st.dictionaries(st.sampled_from([("a",), ("b",), ("c",), ("d",)]), row, min_size=1)


def equations(counts: dict[Group, tuple[int, ...]], shown: Sequence[Group], found: Told) -> list[Equation]:
    """Everything that is printed, as sums of the cells (group, category)."""
    groups, categories = list(counts), range(len(next(iter(counts.values()))))
    printed = [(groups, categories, sum(map(sum, counts.values())))]
    printed += [([group], categories, sum(counts[group])) for group in shown]
    printed += [(groups, part.categories, part.n) for part in found.total or []]
    printed += [([group], part.categories, part.n) for group, parts in found.groups.items() for part in parts]
    return [(cells(groups, categories, own, of), n) for own, of, n in printed]


def cells(groups: Sequence[Group], categories: range, own: Sequence[Group], of: Sequence[int]) -> list[Fraction]:
    return [Fraction(group in own and category in of) for group in groups for category in categories]


def worked_out(known: Sequence[Equation], wanted: list[Fraction]) -> bool:
    """Whether a sum of cells follows from what is known: whether it lies in the space of the equations' rows."""
    rows: list[list[Fraction]] = []
    for row, _ in known:
        if any(rest := reduced(row, rows)):
            rows.append(rest)
    return not any(reduced(wanted, rows))


def reduced(row: list[Fraction], rows: Sequence[list[Fraction]]) -> list[Fraction]:
    for own in rows:
        at = next(at for at, value in enumerate(own) if value)
        if row[at]:
            row = [value - row[at] / own[at] * other for value, other in zip(row, own, strict=True)]
    return row


def sets_of(counts: dict[Group, tuple[int, ...]]) -> Iterator[tuple[list[Group], tuple[int, ...]]]:
    """Some groups in some categories that follow one another or stand alone."""
    groups, number = list(counts), len(next(iter(counts.values())))
    for size in range(1, len(groups) + 1):
        for own in combinations(groups, size):
            yield from (([*own], tuple(range(low, high))) for low, high in combinations(range(number + 1), 2))


def assert_nobody_is_given_away(counts: dict[Group, tuple[int, ...]], shown: Sequence[Group], found: Told) -> None:
    known = equations(counts, shown, found)
    categories = range(len(next(iter(counts.values()))))
    for own, of in sets_of(counts):
        n = sum(counts[group][category] for group in own for category in of)
        if 0 < n < FEWEST:
            assert not worked_out(known, cells(list(counts), categories, own, of)), (own, of, n)


@given(tables(4))
def test_levels_and_scores_give_nobody_away(counts: dict[Group, tuple[int, ...]]) -> None:
    if sum(map(sum, counts.values())) < FEWEST:
        return
    shown = groups_to_tell({group: sum(own) for group, own in counts.items()})
    assert_nobody_is_given_away(counts, shown, told_in_order(counts, shown))


@given(tables(len(STATES)), st.sampled_from([ANSWERS, [*ASKED, *ANSWERS]]))
def test_answers_give_nobody_away(counts: dict[Group, tuple[int, ...]], choices: list[Division]) -> None:
    if sum(map(sum, counts.values())) < FEWEST:
        return
    shown = groups_to_tell({group: sum(own) for group, own in counts.items()})
    assert_nobody_is_given_away(counts, shown, told(counts, shown, choices))


@given(st.lists(st.integers(5, 60), min_size=2, max_size=5), st.data())
def test_what_is_plenty_is_told_whole(sizes: list[int], data: st.DataObject) -> None:
    """Where every cell holds five or more, nothing is merged and nothing withheld."""
    rows = {(str(at),): tuple(data.draw(st.integers(5, 9)) for _ in range(4)) for at, _ in enumerate(sizes)}
    shown = groups_to_tell({group: sum(own) for group, own in rows.items()})
    found = told_in_order(rows, shown)
    assert shown == list(rows)
    assert {group: tuple(part.n for part in parts) for group, parts in found.groups.items()} == rows


@given(st.lists(st.integers(0, 100), min_size=2, max_size=40))
def test_quartiles_are_those_of_type_7(values: list[int]) -> None:
    """`statistics.quantiles` with the inclusive method is type 7."""
    ordered = sorted(map(Fraction, values))
    known = {rank: ordered[rank] for rank in needed_ranks(len(ordered))}
    assert [quartile(len(ordered), part, known) for part in (1, 2, 3)] == quantiles(ordered, n=4, method="inclusive")
