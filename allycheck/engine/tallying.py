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


class Row(NamedTuple):
    """A row of the relation `tallied`. The actor and the form stand only where it is of those that were asked."""

    kind: str
    subject: str
    actor: str
    form: str
    group: Group
    value: int | None
    n: int
    before: int


Counted = dict[Subject, dict[Group, Counter[int]]]


def tally_of(compiler: Compiler, by: Sequence[str], rows: Iterable[Row]) -> Tally:
    """The same tally that `tallied` gives for the same organisations, with points floored at a millionth."""
    questionnaire = compiler.questionnaire
    counted: Counted = {subject: defaultdict(Counter) for subject in subjects(questionnaire)}
    ordered: dict[Subject, dict[Group | None, list[Row]]] = defaultdict(lambda: defaultdict(list))
    sizes: Counter[Group] = Counter()
    known: Counter[Group] = Counter()
    scored = {subject[1]: subject for subject in compiler.subjects}
    forms = forms_asked(questionnaire)
    for row in rows:
        match row.kind:
            case compiling.SIZE:
                sizes[row.group] += row.n
                known[row.group] += row.value or 0
                asked = next(at for at, (actor, form) in enumerate(forms) if (actor, form) == (row.actor, row.form))
                counted["asked", OVERALL][row.group][asked] += row.n
            case compiling.LEVEL:
                counted["level", row.subject][row.group][NO_LEVEL if row.value is None else row.value] += row.n
            case compiling.ANSWER:
                item = questionnaire.indicators[row.subject]
                in_scope = item.serves(row.actor, "quick" if row.form == FORMS[1] else "full")
                counted["answer", item.id][row.group][_state(row.value or 0, in_scope=in_scope)] += row.n
            case compiling.BIN:
                counted[scored[row.subject]][row.group][row.value or 0] += row.n
            case _:
                ordered[scored[row.subject]][None if row.kind == compiling.ALL else row.group].append(row)
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
