"""A tally -> what may be told of a cohort (method 12)."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from allycheck.analysis.cohort.members import COLUMNS
from allycheck.analysis.cohort.privacy import (
    ANSWERS,
    ASKED,
    FEWEST,
    Division,
    Told,
    groups_to_tell,
    levels_are_free,
    told,
    told_in_order,
)
from allycheck.analysis.cohort.quartiles import FEWEST_FOR_MEDIAN, FEWEST_FOR_QUARTILES, quartile
from allycheck.analysis.cohort.result import (
    Cohort,
    Difference,
    DifferenceKind,
    Distribution,
    GroupMedian,
    GroupReport,
    LevelCount,
    Measured,
    Often,
    Standing,
)
from allycheck.analysis.cohort.tally import STATES, Group, Kind, Spread, Subject, Tally, forms_asked
from allycheck.language import _
from allycheck.numbers import Number, exact, scaled
from allycheck.questionnaire import LEVELS, Form, Indicator
from allycheck.report import head
from allycheck.scoring import OVERALL, ZERO

_WEAK, _STRONG, _UNASKED = (STATES.index(state) for state in ("weak", "strong", "unasked"))


class _Teller(NamedTuple):
    """A tally with what was found about each subject: what may be told."""

    tally: Tally
    shown: list[Group]
    told: dict[Subject, Told]
    """Whatever is counted: the answers, and the levels of readiness where they are free of them."""

    def counts(self, subject: Subject, group: Group | None) -> Mapping[tuple[int, ...], int] | None:
        """How many there are in each part, of one group or of all; None where that is withheld."""
        found = self.told.get(subject)
        if found is None:
            return None
        parts = found.total if group is None else found.groups.get(group)
        return None if parts is None else dict(parts)

    def spread(self, subject: Subject, group: Group | None) -> Spread | None:
        """The scores of one group or of all as they were counted; None where there is nobody."""
        return self.tally.total[subject] if group is None else self.tally.spreads[subject].get(group)


def cohort(tally: Tally, *, set_aside: int = 0, left_out: int = 0) -> Cohort:
    """Tell what may be told: nothing that could be traced to fewer than five organisations."""
    teller, questionnaire = _teller(tally), tally.questionnaire
    named_apart = {*tally.by} <= {*COLUMNS}
    groups = [_group(teller, group) for group in tally.sizes if tally.by and (group in teller.shown or named_apart)]
    return Cohort(
        **head(questionnaire),
        by=list(tally.by),
        whole=_group(teller, None),
        groups=groups,
        untold=len(tally.sizes) - len(teller.shown) if tally.by else 0,
        differences=_differences(groups),
        set_aside=set_aside,
        left_out=left_out,
        level_names=[level.name for level in questionnaire.level_names],
        score_bands=[Number(limit) for limit in questionnaire.method.score_bands],
        exposure_bands=[Number(limit) for limit in questionnaire.method.exposure_bands],
    )


def _teller(tally: Tally) -> _Teller:
    shown = groups_to_tell(tally.sizes)
    asked = _told(tally, ("asked", OVERALL), shown, [])
    apart = asked.total is not None and len(asked.groups) == len(shown)
    items = tally.questionnaire.indicators.values()
    present = {actor for actor, _ in _present(tally, tally.sizes)}
    counted: list[Subject] = [
        ("answer", item.id) for item in items if apart or all(item.serves(actor, "full") for actor in present)
    ]
    if _levels_are_free(tally, shown):
        counted.append(("level", OVERALL))
    choices = ASKED if apart else ANSWERS
    return _Teller(tally, shown, {subject: _told(tally, subject, shown, choices) for subject in counted})


def _present(tally: Tally, groups: Iterable[Group]) -> set[tuple[str, Form]]:
    """The actors and forms in some groups."""
    spreads = tally.spreads["asked", OVERALL]
    return {
        one
        for group in groups
        for one, n in zip(forms_asked(tally.questionnaire), spreads[group].counts, strict=True)
        if n
    }


def _levels_are_free(tally: Tally, shown: Sequence[Group]) -> bool:
    """Whether in each group, and in the rest, some of each actor have a form in which levels are free of answers."""
    rest = [group for group in tally.sizes if group not in shown]
    return all(
        any(levels_are_free(tally.questionnaire, *one) for one in present if one[0] == actor)
        for groups in (*([group] for group in shown), rest)
        for present in [_present(tally, groups)]
        for actor in {actor for actor, _ in present}
    )


def _told(tally: Tally, subject: Subject, shown: Sequence[Group], choices: Sequence[Division]) -> Told:
    counts = {group: spread.counts for group, spread in tally.spreads[subject].items()}
    match subject[0]:
        case "asked":
            return told(counts, shown, [tuple((at,) for at in range(len(tally.total[subject].counts)))])
        case "answer":
            return told(counts, shown, choices)
        case _:
            return told_in_order(counts, shown)


def _standing(teller: _Teller, group: Group | None) -> Standing:
    sizes = teller.tally.sizes
    size = sum(sizes.values()) if group is None else sizes[group]
    if size < FEWEST:
        return "fewer than 5"
    return "told" if group is None or group in teller.shown else "withheld"


def _group(teller: _Teller, group: Group | None) -> GroupReport:
    tally, questionnaire = teller.tally, teller.tally.questionnaire
    key = dict(zip(tally.by, group or (), strict=False))
    standing = _standing(teller, group)
    if standing != "told":
        return GroupReport(key, standing, None, None, None, None, [], [], [], [], [], [])
    size = sum(tally.sizes.values()) if group is None else tally.sizes[group]
    weak, strong = (_often(teller, group, category) for category in (_WEAK, _STRONG))
    critical = {item.id for item in questionnaire.indicators.values() if item.critical}
    return GroupReport(
        key=key,
        standing=standing,
        n=size,
        known=Number(Fraction(scaled(_known(tally, group), 2), 100)),
        overall=_measured(teller, group, "score", OVERALL, _("Readiness")),
        levels=_levels(teller.counts(("level", OVERALL), group)),
        trends=[_measured(teller, group, "score", one.id, one.title) for one in questionnaire.trends],
        pillars=[_measured(teller, group, "pillar", one.id, one.title) for one in questionnaire.pillars],
        risks=[_measured(teller, group, "exposure", one.id, one.title) for one in questionnaire.risks],
        weak=weak,
        holes=[one for one in weak if one.id in critical],
        strong=strong,
    )


def _known(tally: Tally, group: Group | None) -> Fraction:
    if group is not None:
        return tally.known[group]
    return sum((tally.known[own] * size for own, size in tally.sizes.items()), ZERO) / sum(tally.sizes.values())


def _measured(teller: _Teller, group: Group | None, kind: Kind, name: str, title: str) -> Measured:
    return Measured(id=name, title=title, distribution=_distribution(teller.spread((kind, name), group)))


def _distribution(spread: Spread | None) -> Distribution:
    if spread is None:
        return Distribution(None, None, None)
    n, size = sum(spread.counts[:-1]), sum(spread.counts)
    # Which quartiles are told must not say how many have a score: that is not told, and 1 to 4 may have none.
    sure = n if n == size else min(n, size - FEWEST + 1)
    median, q1, q3 = (
        Number(quartile(n, part, spread.ordered)) if sure >= fewest else None
        for part, fewest in ((2, FEWEST_FOR_MEDIAN), (1, FEWEST_FOR_QUARTILES), (3, FEWEST_FOR_QUARTILES))
    )
    return Distribution(median, q1, q3)


def _levels(counts: Mapping[tuple[int, ...], int] | None) -> list[LevelCount] | None:
    if counts is None:
        return None
    return [LevelCount(part[0], part[-1], count) for part, count in counts.items() if LEVELS not in part]


def _often(teller: _Teller, group: Group | None, category: int) -> list[Often]:
    """The indicators by how many of those who were asked have an answer of this category, the largest share first."""
    questionnaire = teller.tally.questionnaire
    found = [
        one
        for trend in questionnaire.trends
        for item in trend.indicators
        if (one := _one_often(teller, group, category, item, trend.id)) is not None and one.n
    ]
    return sorted(found, key=lambda one: -exact(one.share))


def _one_often(teller: _Teller, group: Group | None, category: int, item: Indicator, trend: str) -> Often | None:
    counts = teller.counts(("answer", item.id), group)
    if counts is None or (category,) not in counts:
        return None
    asked = sum(counts.values()) - counts.get((_UNASKED,), 0)
    if not asked:
        return None
    count = counts[(category,)]
    return Often(item.id, item.code, item.name, trend, count, asked, Number(Fraction(count, asked)))


def _differences(groups: Sequence[GroupReport]) -> list[Difference]:
    """Of everything that at least two groups have a median of, the furthest apart first."""
    told_ones = [group for group in groups if group.overall is not None]
    of: dict[DifferenceKind, list[list[Measured]]] = {
        "trend": [group.trends for group in told_ones],
        "pillar": [group.pillars for group in told_ones],
        "risk": [group.risks for group in told_ones],
    }
    found = [
        one
        for kind, columns in of.items()
        for row in zip(*columns, strict=True)
        if (one := _difference(kind, zip(told_ones, row, strict=True))) is not None
    ]
    return sorted(found, key=lambda one: -exact(one.apart))


def _difference(kind: DifferenceKind, row: Iterable[tuple[GroupReport, Measured]]) -> Difference | None:
    known = [(group, one) for group, one in row if one.distribution.median is not None]
    if len(known) < len(("one", "another")):
        return None
    medians = [GroupMedian(group.key, one.distribution.median or 0.0) for group, one in known]
    medians.sort(key=lambda one: -exact(one.median))
    apart = exact(medians[0].median) - exact(medians[-1].median)
    return Difference(kind, known[0][1].id, known[0][1].title, Number(apart), medians)
