"""Explanations on a page: the number, its terms in a table, what is left out, and the sentence that it selected."""

from collections.abc import Iterable, Iterator, Sequence

from allycheck.analysis.explain.result import (
    Choice,
    Effect,
    Excluded,
    Explained,
    Explanation,
    Hole,
    Ladder,
    Priority,
    Rung,
    Safeguards,
    Sum,
)
from allycheck.numbers import as_text, exact, percents
from allycheck.render.document.model import Bullets, Page, Part, Section, Table, Topic, sentence, total
from allycheck.render.words import WITHIN, effort, level, percent, points
from allycheck.report import NextStepReport
from allycheck.text import capitalised, listing

NAMES = {
    "score": "The score",
    "exposure": "The exposure",
    "low": "The lowest it can be",
    "high": "The highest it can be",
    "coverage": "What is known",
    "adds": "What the answer adds to the readiness score",
    "lost": "What it still loses",
    "width": "How far it widens the range",
}
LISTS = {"blockers": "What holds the next level back", "best_value": "Best value", "find_out": "What to find out"}
NOTE = "Terms are rounded here; --format json has them to 4 decimals, and they add up exactly before rounding."


def page(result: Explained) -> Page:
    """What stands on the page."""
    subject = result.organisation or result.questionnaire.title
    about = [result.actor or "", f"{result.form} form", result.date or "no date"]
    source = f"{result.questionnaire.title} {result.questionnaire.version}"
    sections = [Section(entry.title, list(_parts(entry, result.level_names))) for entry in result.explanations]
    return Page(
        "Where the numbers come from", subject, [", ".join(part for part in (*about, source) if part), NOTE], sections
    )


def _parts(entry: Explanation, level_names: list[str]) -> Iterator[Part]:
    yield entry.statement
    sums: dict[str, Sum] = {sum_.of: sum_ for sum_ in entry.sums}
    for name in ("score", "exposure", "adds", "lost", "width"):
        if name in sums:
            yield from _sum(sums[name], entry)
    if "coverage" in sums:
        yield from _range(sums, entry)
    if entry.ladder:
        yield from _ladder(entry.ladder)
    if entry.effects:
        yield from _effects(entry.effects)
    if entry.priorities:
        yield from _priorities(entry.priorities)
    if entry.safeguards:
        yield from _safeguards(entry.safeguards, level_names)
    if entry.chosen:
        yield from _chosen(entry.chosen)
    yield from _practice(entry, level_names)


def _practice(entry: Explanation, level_names: list[str]) -> Iterator[Part]:
    """What an answer means for practice, and what to do next."""
    if entry.meaning:
        yield Topic("What that means")
        yield entry.meaning
    if entry.next_step:
        yield Topic("The next step")
        yield _next_step(entry.next_step, level_names)


def _next_step(step: NextStepReport, level_names: list[str]) -> str:
    """What to do, with the level that it leads to, the effort and the time it takes."""
    aim = f"to {level_names[step.to]}, {effort(step.effort)} of effort, {WITHIN[step.within]}"
    return f"{' '.join(step.texts)} ({aim})".strip()


def _safeguards(found: Safeguards, level_names: list[str]) -> Iterator[Part]:
    """The holes, and what they did to the band."""
    if not found.holes and not found.possible_holes:
        return
    yield Topic("Safeguards that must not be missing")
    if found.holes:
        yield "Holes: what is missing shows here, and no average hides it. With a hole no band is low."
        yield Bullets([_hole(hole, level_names) for hole in found.holes])
        yield _raised(found)
    if found.possible_holes:
        yield "Possible holes: not known, so they may be missing."
        yield Bullets([_label(hole.code, hole.title) for hole in found.possible_holes])


def _hole(hole: Hole, level_names: list[str]) -> str:
    name = f"{_label(hole.code, hole.title)} ({level_names[hole.level or 0]})"
    return f"{name}: {hole.anchor}" if hole.anchor else name


def _raised(found: Safeguards) -> str:
    """What the holes did to the band."""
    if found.band is None:
        return "Too little is known for a band; the holes stand all the same."
    if found.band != found.average_band:
        return f"The band is {found.band}; by the exposure alone it would be {found.average_band}."
    return f"The band is {found.band} by the exposure alone, so the holes do not change it."


def _chosen(chosen: Choice) -> Iterator[Part]:
    yield Topic("The sentence that it selected")
    yield f"{chosen.text} ({chosen.rule})"


def _sum(sum_: Sum, entry: Explanation) -> Iterator[Part]:
    number = _adds(sum_.value) if entry.kind == "indicator" else points(sum_.value)
    yield Topic(f"{NAMES[sum_.of]}: {number}")
    yield sentence(capitalised(sum_.rule))
    if sum_.terms:
        yield _steps_table(sum_) if entry.kind == "indicator" else _table(sum_)
    yield from _excluded(sum_.excluded)


def _table(sum_: Sum) -> Table:
    rows = [
        [_label(term.code, term.title), _answer(term.answer, term.level), _weight(term.weight), share,
         points(term.value), _adds(term.points)]
        for term, share in zip(sum_.terms, _shares(term.share for term in sum_.terms), strict=True)
    ]  # fmt: skip
    whole = total(*(term.weight for term in sum_.terms))
    rows.append(["Sum", "", _weight(whole), "100.0%", "", _adds(sum_.value)])
    load = "Load" if sum_.of == "exposure" else "Weight"
    return Table(["Term", "Answer", load, "Share", "Points", "Adds"], rows, "Llrrrr")


def _steps_table(sum_: Sum) -> Table:
    rows = [
        [term.title, share, points(term.value), _adds(term.points)]
        for term, share in zip(sum_.terms, _shares(term.share for term in sum_.terms), strict=True)
    ]
    rows.append(["Sum", "", "", _adds(sum_.value)])
    return Table(["Step", "Share of the whole", "Points", "Adds"], rows, "Lrrr")


def _excluded(excluded: Sequence[Excluded]) -> Iterator[Part]:
    if excluded:
        yield "Not in this sum:"
        yield Bullets([f"{_label(entry.code, entry.title)}: {entry.why}" for entry in excluded])


def _range(sums: dict[str, Sum], entry: Explanation) -> Iterator[Part]:
    """Both ends of the range and the coverage in one table, since their terms are the same; nothing if all is known."""
    low, high, coverage = sums["low"], sums["high"], sums["coverage"]
    if exact(coverage.value) == 1:
        yield "Everything that counts is known, so there is no range."
        return
    yield Topic(f"The range: {points(low.value)} to {points(high.value)}, {percent(coverage.value)} known")
    yield f"Low: {low.rule}. High: {high.rule}. Known: {coverage.rule}."
    shares = _shares(term.share for term in low.terms)
    knowns = _shares(term.points for term in coverage.terms)
    rows = [
        [_label(down.code, down.title), _answer(down.answer, down.level), share,
         _adds(down.points), _adds(up.points), known]
        for down, up, share, known in zip(low.terms, high.terms, shares, knowns, strict=True)
    ]  # fmt: skip
    rows.append(["Sum", "", "100.0%", _adds(low.value), _adds(high.value), *_shares([coverage.value])])
    yield Table(["Term", "Answer", "Share", "Low", "High", "Known"], rows, "Llrrrr")
    if entry.value is None:
        yield from _excluded(low.excluded)


def _ladder(ladder: Ladder) -> Iterator[Part]:
    yield Topic(f"The level: {level(ladder.level)}")
    yield (
        f"The highest level that {percent(ladder.share)} of the weight has reached, with nothing more than "
        f"{ladder.gap} below it. What is not known counts as 0; at best the level is {level(ladder.possible_level)}."
    )
    titles = {part.id: _label(part.code, part.title) for part in ladder.parts}
    rows = [[rung.level.name, *_rung(rung, ladder), _too_low(rung, ladder, titles)] for rung in ladder.rungs]
    yield Table(["Level", "At or above", "Reached", "Too far below"], rows, "lrlL")


def _rung(rung: Rung, ladder: Ladder) -> tuple[str, str]:
    return percent(rung.share, ladder.share), "yes" if rung.reached else "no"


def _too_low(rung: Rung, ladder: Ladder, titles: dict[str, str]) -> str:
    """By name for the next level, which is what there is to work on; a number for those above it."""
    if rung.level.value > ladder.level.value + 1:
        return f"{len(rung.too_low)} of {len(titles)}" if rung.too_low else ""
    return listing(titles[name] for name in rung.too_low)


def _effects(effects: Sequence[Effect]) -> Iterator[Part]:
    yield Topic("What it means for the risks")
    rows = [[effect.title, _weight(effect.load), _adds(effect.adds), _adds(effect.fall)] for effect in effects]
    yield Table(["Risk", "Load", "Adds to the exposure", "The next step takes away"], rows, "Lrrr")


def _priorities(priorities: Sequence[Priority]) -> Iterator[Part]:
    yield Topic("Its place among the priorities")
    yield Bullets([_priority(entry) for entry in priorities])


def _priority(entry: Priority) -> str:
    place = f", number {entry.rank} of {entry.of}" if entry.rank is not None else ""
    unit = {"best_value": " points for each point of effort, ", "find_out": " points, "}.get(entry.list, "")
    value = "" if entry.value is None else f"{_adds(entry.value)}{unit}"
    return f"{LISTS[entry.list]}{place}: {value}{entry.rule}"


def _label(code: str, title: str) -> str:
    """A code with its name; the title alone of a trend, whose code is its id."""
    return title if code == title or code.islower() else f"{code} {title}"


def _answer(answer: int | str | None, reached: int | None) -> str:
    if answer is None or isinstance(answer, str):
        return {"dk": "don't know", "na": "not applicable"}.get(str(answer), "")
    return str(answer) if reached in {answer, None} else f"{answer}, level {reached}"


def _shares(shares: Iterable[float]) -> list[str]:
    return percents([exact(share) for share in shares], 1)


def _adds(value: float) -> str:
    return as_text(exact(value), 2)


def _weight(weight: float) -> str:
    """A weight as it came in, or to 4 decimals where it is a product of shares."""
    return as_text(exact(weight), 4).rstrip("0").rstrip(".")
