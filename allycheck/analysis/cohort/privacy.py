"""What of a cohort's counts may be told, so that nothing is traced to fewer than five organisations (method 12).

Subtracting what is told from what is told gives away what is not. So the groups that are not told are counted together
as one more group, the rest; and a table of counts is told only where each group, and the rest, has none or at least
five in every category. Then whatever is worked out by adding and subtracting is a sum of such cells.

That holds across tables, too, as long as what one of them counts says nothing for certain about what another counts:
whoever is in the top bin of a trend is weak on none of its questions, and one less the other may be few. So only
answers are counted, which are free of each other, and the levels of readiness where they are free of each answer.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from allycheck.analysis.cohort.tally import STATES, Group
from allycheck.questionnaire import TOP, WEAK, Form, Questionnaire

FEWEST = 5
"""Organisations of which something may be told together."""
Counts = tuple[int, ...]
Division = tuple[tuple[int, ...], ...]
"""Which categories are counted together: every category stands in one of its parts."""


class Part(NamedTuple):
    """How many organisations are in the categories of one part of a division."""

    categories: tuple[int, ...]
    n: int


class Told(NamedTuple):
    """What may be told of one subject: the counts of all together, and of groups, whose parts may be coarser.

    `total` is None where not even all organisations together may be told; a group that is not told is missing.
    """

    total: list[Part] | None
    groups: dict[Group, list[Part]]


def is_safe(counts: Iterable[int]) -> bool:
    """Whether each of these is nobody or at least five."""
    return all(count == 0 or count >= FEWEST for count in counts)


def groups_to_tell(sizes: Mapping[Group, int]) -> list[Group]:
    """The groups whose size may be told, in their order.

    Those are the groups of five and more, less the smallest where subtracting them would give away the others.
    """
    told = sorted((group for group, size in sizes.items() if size >= FEWEST), key=lambda group: (sizes[group], group))
    while told and not is_safe([sum(size for group, size in sizes.items() if group not in told)]):
        del told[0]
    return [group for group in sizes if group in told]


def told(finest: Mapping[Group, Counts], shown: Sequence[Group], choices: Sequence[Division]) -> Told:
    """The finest division that hides no group that is shown, else the one that hides fewest.

    All together are told in the finest division of which that one is a coarser view: subtracting the groups from it
    gives nothing but sums of the coarser parts. `finest` has the counts of all groups, also of those not shown.
    """
    division, groups = _for_groups(finest, shown, choices)
    total = _sum(finest.values())
    finer = [one for one in choices if _refines(one, division) and is_safe(together(total, one))]
    return Told(_parts(total, finer[0]) if finer else None, {name: _parts(finest[name], division) for name in groups})


def told_in_order(finest: Mapping[Group, Counts], shown: Sequence[Group]) -> Told:
    """The same of categories that follow one another, such as levels, with one at the end of those that have none.

    Neighbours are put together until every group, and what is left of all, has none or at least five in each part.
    """
    last = len(next(iter(finest.values()))) - 1
    known = tuple(range(last))
    rest = [counts for group, counts in finest.items() if group not in shown]
    rows = [*(finest[group] for group in shown), *([_sum(rest)] if rest else [])]
    division, groups = _for_groups(finest, shown, [(*_merged(rows, known), (last,)), (known, (last,))])
    total = _sum(finest.values())
    finer = tuple(part for whole in division for part in _merged([total], whole))
    return Told(
        _parts(total, finer) if is_safe(together(total, finer)) else None,
        {name: _parts(finest[name], division) for name in groups},
    )


def _merged(rows: Sequence[Counts], categories: Sequence[int]) -> Division:
    """The categories with neighbours put together until each part is safe in every row, as far as that can be."""
    parts: list[tuple[int, ...]] = []
    for category in categories:
        if parts and not _is_safe_in_all(rows, parts[-1]):
            parts[-1] = (*parts[-1], category)
        else:
            parts.append((category,))
    while len(parts) > 1 and not _is_safe_in_all(rows, parts[-1]):
        parts[-2:] = [parts[-2] + parts[-1]]
    return tuple(parts)


def _is_safe_in_all(rows: Iterable[Counts], part: Sequence[int]) -> bool:
    return is_safe(sum(row[category] for category in part) for row in rows)


def _for_groups(
    finest: Mapping[Group, Counts], shown: Sequence[Group], choices: Sequence[Division]
) -> tuple[Division, list[Group]]:
    """The first division that hides fewest groups, and the groups that may be told in it."""
    able = [(division, _able(finest, shown, division)) for division in choices]
    return max(able, key=lambda one: len(one[1]))


def _able(finest: Mapping[Group, Counts], shown: Sequence[Group], division: Division) -> list[Group]:
    """The groups that may be told in this division: safe themselves, and what is then left of all is safe, too."""
    counts = {group: together(own, division) for group, own in finest.items()}
    able = sorted((group for group in shown if is_safe(counts[group])), key=lambda group: (sum(counts[group]), group))
    while able and not is_safe(_sum(own for group, own in counts.items() if group not in able)):
        del able[0]
    return [group for group in shown if group in able]


def _refines(finer: Division, coarser: Division) -> bool:
    """Whether every part of the one lies within a part of the other."""
    return all(any({*part} <= {*whole} for whole in coarser) for part in finer)


def together(counts: Counts, division: Division) -> Counts:
    """The counts of the parts of a division."""
    return tuple(sum(counts[category] for category in part) for part in division)


def _sum(rows: Iterable[Counts]) -> Counts:
    return tuple(map(sum, zip(*rows, strict=True)))


def _parts(counts: Counts, division: Division) -> list[Part]:
    return [Part(part, n) for part, n in zip(division, together(counts, division), strict=True)]


def levels_are_free(questionnaire: Questionnaire, actor: str, form: Form) -> bool:
    """Whether each level of readiness goes with each answer to each question that this actor is asked in this form.

    Then the steps between levels do not hang on one answer either, whatever is told of the others: no question may hold
    so much of its trend, and no trend so much of the whole, that the rest alone could not reach a level; and with all
    trends as high as the highest level of readiness needs them, one answer may still be weak.
    """
    method, weighing = questionnaire.method, questionnaire.weighing(actor, form)
    counted = [trend for trend in weighing.trends if trend.units and trend.indicators]
    shares = [(1 - method.trend_share, [units for *_, units in trend.indicators]) for trend in counted]
    shares.append((1 - method.overall_share, [trend.units for trend in counted]))
    weak_goes_with_top = TOP - method.overall_gap - method.trend_gap <= WEAK
    return weak_goes_with_top and all(units and max(units) <= most * sum(units) for most, units in shares)


_WEAK, _MIDDLE, _STRONG, _UNKNOWN, _NA, _UNASKED = range(len(STATES))
ANSWERS: list[Division] = [
    ((_WEAK,), (_MIDDLE, _UNKNOWN, _NA, _UNASKED), (_STRONG,)),
    ((_WEAK,), (_MIDDLE, _STRONG, _UNKNOWN, _NA, _UNASKED)),
]
"""How the answers to a question can be put together, the finest first. Who does not know is never counted apart:
together that would say whose score is published."""
ASKED: list[Division] = [
    ((_WEAK,), (_MIDDLE, _UNKNOWN, _NA), (_STRONG,), (_UNASKED,)),
    ((_WEAK,), (_MIDDLE, _STRONG, _UNKNOWN, _NA), (_UNASKED,)),
]
"""The same where it may be told how many there are of each actor and form, which says how many were asked."""
