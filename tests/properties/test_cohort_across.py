"""Nothing that one cohort tells can be subtracted from something else that it tells, leaving one to four."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, pairwise, product
from random import Random
from typing import Any, NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from allycheck.analysis.cohort.cohort import cohort
from allycheck.analysis.cohort.privacy import FEWEST, levels_are_free
from allycheck.analysis.cohort.result import Cohort
from allycheck.analysis.cohort.tally import NO_LEVEL, Record, tallied
from allycheck.questionnaire import TOP, Questionnaire, WeighedTrend
from allycheck.scoring import level_reached, measure
from tests.alliances import indicator, questionnaire, sheet
from tests.properties.test_cohort import reduced

WEAK, REST, STRONG = range(3)
ANSWERS: dict[int, list[int | str]] = {WEAK: [0, 1], REST: [2, "dk", "na"], STRONG: [3, 4]}
"""What an answer that is counted so may be."""
SCOPED = questionnaire(
    ("trust", [indicator("a"), indicator("b", actors=["city"]), indicator("c", quick=True)]),
    ("care", [indicator("d", actors=["firm"])]),
    actors=[{"id": "firm", "title": "Firm"}, {"id": "city", "title": "City"}],
)


class Kind(NamedTuple):
    """Organisations that no count tells apart."""

    group: str
    actor: str
    form: str
    counted: tuple[int, ...]
    """The category of each question asked, in catalogue order."""


def asked(actor: str, form: str) -> list[str]:
    return [item.id for item in SCOPED.indicators.values() if item.serves(actor, form)]  # type: ignore[arg-type]


KINDS = [
    Kind(group, actor, form, counted)
    for group, actor, form in product("xyz", ["firm", "city"], ["full", "quick"])
    for counted in product(ANSWERS, repeat=len(asked(actor, form)))
]


def record(kind: Kind) -> Record:
    names = asked(kind.actor, kind.form)
    answers = {name: ANSWERS[one][0] for name, one in zip(names, kind.counted, strict=True)}
    return Record((kind.group,), sheet(SCOPED, answers, actor=kind.actor, form=kind.form).scores)


cohorts = st.lists(st.tuples(st.sampled_from(KINDS), st.sampled_from([1, 2, 4, 5, 6, 9])), min_size=1, max_size=12)


def told_sets(result: Cohort) -> Iterator[tuple[set[int], int]]:
    """Every count that is printed: which kinds it counts, and how many there are."""
    for report in (result.whole, *result.groups):
        if report.standing == "told":
            inside = {at for at, kind in enumerate(KINDS) if kind.group == report.key.get("group", kind.group)}
            yield inside, report.n or 0
            for own, category in ((report.weak, WEAK), (report.strong, STRONG)):
                for one in own:
                    which = {at for at in inside if of(KINDS[at], one.id) == category}
                    yield which, one.n
                    if one.asked != report.n:
                        yield {at for at in inside if of(KINDS[at], one.id) is not None}, one.asked


def of(kind: Kind, name: str) -> int | None:
    names = asked(kind.actor, kind.form)
    return kind.counted[names.index(name)] if name in names else None


def mask(kinds: set[int]) -> int:
    return sum(1 << at for at in kinds)


SEVERAL_ACTORS = [
    (Kind("x", "firm", "full", (REST, REST, WEAK)), 6),
    (Kind("x", "city", "full", (REST, WEAK, REST)), 5),
    (Kind("x", "city", "quick", (REST,)), 2),
]
"""Six firms lack what only firms are asked for, five of seven cities what only cities are: 13 - 6 - 5 = 2."""


@given(cohorts, st.sampled_from([(), ("group",)]))
@example(SEVERAL_ACTORS, ())
def test_no_difference_of_what_is_told_is_one_to_four(drawn: list[tuple[Kind, int]], by: tuple[str, ...]) -> None:
    """By adding what is disjoint, taking from a set what lies inside it, and taking a cover's overlap away."""
    records = [own for kind, n in drawn for own in [record(kind)] * n]
    records = records if by else [Record((), one.scores) for one in records]
    told = {mask(kinds): n for kinds, n in told_sets(cohort(tallied(SCOPED, by, records)))}
    for (one, n), (other, m), (third, k) in product(told.items(), repeat=3):
        if one & other & ~third == 0 and third & ~(one | other) == 0:
            assert n + m - k not in range(1, FEWEST)
    for _ in range(2):
        told |= {
            mixed: n
            for (one, size), (other, less) in product(told.items(), repeat=2)
            for mixed, n in [(one & ~other, size - less)] * (one & other == other)
            + [(one | other, size + less)] * (one & other == 0)
        }
        assert not {*told.values()} & {*range(1, FEWEST)}
        if len(told) > 300:
            break


@given(cohorts, st.sampled_from([(), ("group",)]))
def test_no_few_that_two_answers_have_can_be_worked_out(drawn: list[tuple[Kind, int]], by: tuple[str, ...]) -> None:
    """Linear algebra over all that is printed at once: who is in one set and in, or not in, another."""
    records = [own for kind, n in drawn for own in [record(kind)] * n]
    records = records if by else [Record((), one.scores) for one in records]
    told = list(told_sets(cohort(tallied(SCOPED, by, records))))
    rows: list[list[Fraction]] = []
    for kinds, _ in told:
        if any(rest := reduced(vector(kinds), rows)):
            rows.append(rest)
    there = dict.fromkeys(KINDS, 0)
    for kind, n in drawn:
        there[kind] += n
    for (one, _), (other, _) in combinations(told[:12], 2):
        for few in (one & other, one - other, other - one):
            if 0 < sum(there[KINDS[at]] for at in few) < FEWEST:
                assert any(reduced(vector(few), rows))


def vector(kinds: set[int]) -> list[Fraction]:
    return [Fraction(at in kinds) for at in range(len(KINDS))]


# --- levels of readiness ------------------------------------------------------------------------------------------

Options = dict[tuple[int, ...], set[tuple[int, Any]]]
STEPS = [*pairwise(range(TOP + 1)), (NO_LEVEL, 0)]


def of_weights(*trends: tuple[int, ...], weights: Sequence[int] = (), **more: Any) -> Questionnaire:
    """A trend for each tuple of weights, none of its questions ever `na`: that leaves least freedom."""
    content = [
        (f"t{at}", [indicator(f"i{at}-{place}", weight=weight, na=False) for place, weight in enumerate(own)])
        for at, own in enumerate(trends)
    ]
    return questionnaire(*content, weights={f"t{at}": weight for at, weight in enumerate(weights)}, **more)


def options(trend: WeighedTrend, share: Any, gap: int) -> Options:
    """By what is counted of its questions: every level that the trend may have, and how much of it is known."""
    units = [units for *_, units in trend.indicators]
    found: Options = {}
    for levels in product([0, 1, 2, 3, 4, None], repeat=len(units)):
        counted = tuple(REST if level in {2, None} else WEAK if level in {0, 1} else STRONG for level in levels)
        level = level_reached([(one, own or 0) for one, own in zip(units, levels, strict=True)], share, gap)
        coverage = measure(zip(units, levels, strict=True), share).coverage
        found.setdefault(counted, set()).add((level or 0, coverage))
    return found


class Possible:
    """The levels of readiness that go with the answers of a questionnaire, however these are counted."""

    def __init__(self, questions: Questionnaire) -> None:
        self.method = questions.method
        self.trends = questions.weighing("", "full").trends
        self.options = [options(one, self.method.trend_share, self.method.trend_gap) for one in self.trends]
        self.found: dict[tuple[tuple[int, ...], ...], set[int]] = {}

    def levels(self, counted: tuple[tuple[int, ...], ...]) -> set[int]:
        if counted not in self.found:
            each = product(*(of[own] for of, own in zip(self.options, counted, strict=True)))
            self.found[counted] = {self._level(one) for one in each}
        return self.found[counted]

    def _level(self, trends: tuple[tuple[int, Any], ...]) -> int:
        weights = [trend.units for trend in self.trends]
        known = sum(weight * own for weight, (_, own) in zip(weights, trends, strict=True)) / sum(weights)
        if known < self.method.coverage:
            return NO_LEVEL
        pairs = [(weight, level) for weight, (level, _) in zip(weights, trends, strict=True)]
        return level_reached(pairs, self.method.overall_share, self.method.overall_gap) or 0


def steps_that_hang_on_an_answer(questions: Questionnaire, tries: int = 4_000) -> set[Any]:
    """The steps from level to level and from answer to answer of which not all four pairs go with the same others.

    Where all do, a count that is worked out from both the levels and that answer would have to be less than nobody or
    more than everybody of some kind.
    """
    possible, dice = Possible(questions), Random(1)
    items = [(at, place) for at, trend in enumerate(possible.trends) for place in range(len(trend.indicators))]
    left = set(product(items, [(WEAK, REST), (REST, STRONG)], STEPS))
    for _ in range(tries):
        shares = [dice.random() for _ in range(3)]
        counted = [dice.choices(range(3), shares, k=len(trend.indicators)) for trend in possible.trends]
        for at, place in items:
            found = [possible.levels(_with(counted, at, place, own)) for own in range(3)]
            for low, high in pairwise(range(3)):
                both = found[low] & found[high]
                left -= {((at, place), (low, high), step) for step in STEPS if {*step} <= both}
        if not left:
            break
    return left


def _with(counted: list[list[int]], at: int, place: int, own: int) -> tuple[tuple[int, ...], ...]:
    changed = [[*trend] for trend in counted]
    changed[at][place] = own
    return tuple(map(tuple, changed))


FREE = [
    of_weights((1, 1, 1), (1, 1, 1), (1, 1, 1)),
    of_weights((2, 2, 1), (1, 1, 1), (2, 1, 2, 1), weights=(2, 2, 2)),
    of_weights((1, 1, 1), (2, 2, 1), (3, 3, 2), (1, 1, 1), weights=(3, 1, 2, 3)),
]
BOUND = [
    of_weights((1, 1), (1, 1, 1), (1, 1, 1)),
    of_weights((3, 2, 1), (1, 1, 1), (1, 1, 1)),
    of_weights((1, 1, 1), (1, 1, 1)),
    of_weights((1, 1, 1), (1, 1, 1), (1, 1, 1), method={"trend_gap": 1}),
]


@pytest.mark.parametrize("questions", FREE)
def test_levels_that_are_told_are_free_of_each_answer(questions: Questionnaire) -> None:
    assert levels_are_free(questions, "", "full")
    assert not steps_that_hang_on_an_answer(questions)


@pytest.mark.parametrize("questions", BOUND)
def test_levels_that_hang_on_an_answer_are_not_told(questions: Questionnaire) -> None:
    assert steps_that_hang_on_an_answer(questions, tries=40)
    assert not levels_are_free(questions, "", "full")
