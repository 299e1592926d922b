"""What an engine counted -> the tally that `allycheck.analysis.cohort` tells from."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from allycheck.analysis.cohort.tally import (
    NO_LEVEL,
    STATES,
    Group,
    Spread,
    Subject,
    Tally,
    categories,
    forms_asked,
    needed_ranks,
    subjects,
)
from allycheck.engine import compiling
from allycheck.engine.compiling import FORMS, Compiler
from allycheck.engine.weights import MILLIONTHS, NOT_APPLICABLE, UNKNOWN
from allycheck.questionnaire import STRONG, WEAK, Questionnaire
from allycheck.scoring import OVERALL


class Key(NamedTuple):
    """A row of the relation `keyed`: what one number of it stands for."""

    g: int
    h: int
    actor: str
    form: str
    by: Group


class Row(NamedTuple):
    """A row of the relation `tallied`."""

    kind: str
    subject: int
    group: int
    value: int | None
    n: int
    before: int


Counted = dict[Subject, dict[Group, Counter[int]]]


def tally_of(compiler: Compiler, by: Sequence[str], keys: Sequence[Key], rows: Iterable[Row]) -> Tally:
    """The same tally that `tallied` gives for the same organisations, with points floored at a millionth."""
    questionnaire = compiler.questionnaire
    of_g, of_h = {key.g: key for key in keys}, {key.h: key.by for key in keys}
    counted: Counted = {subject: defaultdict(Counter) for subject in subjects(questionnaire)}
    ordered: dict[Subject, dict[Group | None, list[Row]]] = defaultdict(lambda: defaultdict(list))
    sizes: Counter[Group] = Counter()
    known: Counter[Group] = Counter()
    levels = [OVERALL, *(trend.id for trend in questionnaire.trends)]
    forms, items = forms_asked(questionnaire), list(questionnaire.indicators.values())
    for row in rows:
        match row.kind:
            case compiling.SIZE:
                key = of_g[row.group]
                sizes[key.by] += row.n
                known[key.by] += row.value or 0
                asked = next(at for at, (actor, form) in enumerate(forms) if (actor, form) == (key.actor, key.form))
                counted["asked", OVERALL][key.by][asked] += row.n
            case compiling.LEVEL:
                value = NO_LEVEL if row.value is None else row.value
                counted["level", levels[row.subject]][of_h[row.group]][value] += row.n
            case compiling.ANSWER if row.subject < len(items):
                key, item = of_g[row.group], items[row.subject]
                in_scope = item.serves(key.actor, "quick" if key.form == FORMS[1] else "full")
                counted["answer", item.id][key.by][_state(row.value or 0, in_scope=in_scope)] += row.n
            case compiling.BIN:
                subject = compiler.subjects[row.subject]
                counted[subject][of_h[row.group]][row.value or 0] += row.n
            case compiling.ORDER:
                group = of_h[row.group] if row.group >= 0 else None
                ordered[compiler.subjects[row.subject]][group].append(row)
            case _:
                pass
    return Tally(
        questionnaire,
        tuple(by),
        dict(sorted(sizes.items())),
        {group: Fraction(known[group], MILLIONTHS * sizes[group]) for group in sorted(sizes)},
        {
            subject: {
                group: _spread(subject, own[group], ordered[subject][group], questionnaire) for group in sorted(own)
            }
            for subject, own in counted.items()
        },
        {
            subject: _spread(subject, sum(own.values(), Counter()), ordered[subject][None], questionnaire)
            for subject, own in counted.items()
        },
    )


def _state(state: int, *, in_scope: bool) -> int:
    if not in_scope:
        return STATES.index("unasked")
    if state in {UNKNOWN, NOT_APPLICABLE}:
        return STATES.index("unknown" if state == UNKNOWN else "na")
    return STATES.index("weak" if state <= WEAK else "strong" if state >= STRONG else "middle")


def _spread(subject: Subject, counted: Counter[int], ordered: Sequence[Row], questionnaire: Questionnaire) -> Spread:
    counts = tuple(counted[at] for at in range(categories(subject[0], questionnaire)))
    if subject[0] in {"asked", "level", "answer"}:
        return Spread(counts, {})
    return Spread(counts, {rank: _at(rank, ordered) for rank in needed_ranks(sum(counts[:-1]))})


def _at(rank: int, ordered: Sequence[Row]) -> Fraction:
    return next(Fraction(row.value or 0, MILLIONTHS) for row in ordered if row.before <= rank < row.before + row.n)
