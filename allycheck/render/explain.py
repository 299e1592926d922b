"""Explanations on a page: the number, its terms in a table, what is left out, and the sentence that it selected."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

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
from allycheck.language import _, pgettext
from allycheck.numbers import as_percent, as_text, exact, percents, trimmed
from allycheck.render.document.model import Bullets, Page, Part, Section, Table, Topic, sentence, total
from allycheck.render.words import band_named, effort, extent, form_named, level, percent, points, within
from allycheck.report import NextStepReport
from allycheck.text import bracketed, capitalised, commas, listing, sentences, told


def _sum_named(of: str) -> str:
    return {
        "score": _("The score"),
        "exposure": _("The exposure"),
        "adds": _("What the answer adds to the readiness score"),
        "lost": _("What it still loses"),
        "width": _("How far it widens the range"),
    }[of]


def page(result: Explained) -> Page:
    """What stands on the page."""
    subject = result.organisation or result.questionnaire.title
    about = [result.actor or "", form_named(result.form), result.date or _("no date")]
    note = _("Terms are rounded here; --format json has them to 4 decimals, and they add up exactly before rounding.")
    source = f"{result.questionnaire.title} {result.questionnaire.version}"
    sections = [Section(entry.title, list(_parts(entry, result.level_names))) for entry in result.explanations]
    opening = [commas(part for part in (*about, source) if part), note]
    return Page(_("Where the numbers come from"), subject, opening, sections)


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
        yield Topic(_("What that means"))
        yield entry.meaning
    if entry.next_step:
        yield Topic(_("The next step"))
        yield _next_step(entry.next_step, level_names)


def _next_step(step: NextStepReport, level_names: list[str]) -> str:
    """What to do, with the level that it leads to, the effort and the time it takes."""
    aim = _("to {level}, {points} of effort, {within}").format(
        level=level_names[step.to], points=effort(step.effort), within=within(step.within)
    )
    return bracketed(sentences(step.texts), aim).strip()


def _safeguards(found: Safeguards, level_names: list[str]) -> Iterator[Part]:
    """The holes, and what they did to the band."""
    if not found.holes and not found.possible_holes:
        return
    yield Topic(_("Safeguards that must not be missing"))
    if found.holes:
        yield _("Holes: what is missing shows here, and no average hides it. With a hole no band is low.")
        yield Bullets([_hole(hole, level_names) for hole in found.holes])
        yield _raised(found)
    if found.possible_holes:
        yield _("Possible holes: not known, so they may be missing.")
        yield Bullets([_label(hole.code, hole.title) for hole in found.possible_holes])


def _hole(hole: Hole, level_names: list[str]) -> str:
    name = bracketed(_label(hole.code, hole.title), level_names[hole.level or 0])
    return told(name, hole.anchor) if hole.anchor else name


def _raised(found: Safeguards) -> str:
    """What the holes did to the band."""
    if found.band is None or found.average_band is None:
        return _("Too little is known for a band; the holes stand all the same.")
    raised = found.band != found.average_band
    words = (
        _("The band is {band}; by the exposure alone it would be {other}.")
        if raised
        else _("The band is {band} by the exposure alone, so the holes do not change it.")
    )
    return words.format(band=band_named(found.band), other=band_named(found.average_band))


def _chosen(chosen: Choice) -> Iterator[Part]:
    yield Topic(_("The sentence that it selected"))
    yield bracketed(chosen.text, chosen.rule)


def _sum(sum_: Sum, entry: Explanation) -> Iterator[Part]:
    number = _adds(sum_.value) if entry.kind == "indicator" else points(sum_.value)
    yield Topic(told(_sum_named(sum_.of), number))
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
    rows.append([_("Sum"), "", _weight(whole), _all(), "", _adds(sum_.value)])
    load = _("Load") if sum_.of == "exposure" else _("Weight")
    return Table([_("Term"), _("Answer"), load, _("Share"), _("Points"), _("Adds")], rows, "Llrrrr")


def _all() -> str:
    """The whole as a share."""
    return as_percent(as_text(Fraction(100)))


def _steps_table(sum_: Sum) -> Table:
    rows = [
        [term.title, share, points(term.value), _adds(term.points)]
        for term, share in zip(sum_.terms, _shares(term.share for term in sum_.terms), strict=True)
    ]
    rows.append([_("Sum"), "", "", _adds(sum_.value)])
    return Table([_("Step"), _("Share of the whole"), _("Points"), _("Adds")], rows, "Lrrr")


def _excluded(excluded: Sequence[Excluded]) -> Iterator[Part]:
    if excluded:
        yield _("Not in this sum:")
        yield Bullets([told(_label(entry.code, entry.title), entry.why) for entry in excluded])


def _range(sums: dict[str, Sum], entry: Explanation) -> Iterator[Part]:
    """Both ends of the range and the coverage in one table, since their terms are the same; nothing if all is known."""
    low, high, coverage = sums["low"], sums["high"], sums["coverage"]
    if exact(coverage.value) == 1:
        yield _("Everything that counts is known, so there is no range.")
        return
    ends, known_share = extent(low.value, high.value), percent(coverage.value)
    yield Topic(_("The range: {extent}, {share} known").format(extent=ends, share=known_share))
    rules = _("Low: {low}. High: {high}. Known: {known}.")
    yield rules.format(low=low.rule, high=high.rule, known=coverage.rule)
    shares = _shares(term.share for term in low.terms)
    knowns = _shares(term.points for term in coverage.terms)
    rows = [
        [_label(down.code, down.title), _answer(down.answer, down.level), share,
         _adds(down.points), _adds(up.points), known]
        for down, up, share, known in zip(low.terms, high.terms, shares, knowns, strict=True)
    ]  # fmt: skip
    rows.append([_("Sum"), "", _all(), _adds(low.value), _adds(high.value), *_shares([coverage.value])])
    yield Table([_("Term"), _("Answer"), _("Share"), _("Low"), _("High"), _("Known")], rows, "Llrrrr")
    if entry.value is None:
        yield from _excluded(low.excluded)


def _ladder(ladder: Ladder) -> Iterator[Part]:
    yield Topic(_("The level: {level}").format(level=level(ladder.level)))
    yield _(
        "The highest level that {share} of the weight has reached, with nothing more than {gap} below it. What is not "
        "known counts as 0; at best the level is {level}."
    ).format(share=percent(ladder.share), gap=ladder.gap, level=level(ladder.possible_level))
    titles = {part.id: _label(part.code, part.title) for part in ladder.parts}
    rows = [[rung.level.name, *_rung(rung, ladder), _too_low(rung, ladder, titles)] for rung in ladder.rungs]
    yield Table([_("Level"), _("At or above"), _("Reached"), _("Too far below")], rows, "lrlL")


def _rung(rung: Rung, ladder: Ladder) -> tuple[str, str]:
    return percent(rung.share, ladder.share), _("yes") if rung.reached else _("no")


def _too_low(rung: Rung, ladder: Ladder, titles: dict[str, str]) -> str:
    """By name for the next level, which is what there is to work on; a number for those above it."""
    if rung.level.value > ladder.level.value + 1:
        many = _("{shown} of {number}").format(shown=len(rung.too_low), number=len(titles))
        return many if rung.too_low else ""
    return listing(titles[name] for name in rung.too_low)


def _effects(effects: Sequence[Effect]) -> Iterator[Part]:
    yield Topic(_("What it means for the risks"))
    rows = [[effect.title, _weight(effect.load), _adds(effect.adds), _adds(effect.fall)] for effect in effects]
    header = [_("Risk"), _("Load"), _("Adds to the exposure"), _("The next step takes away")]
    yield Table(header, rows, "Lrrr")


def _priorities(priorities: Sequence[Priority]) -> Iterator[Part]:
    yield Topic(_("Its place among the priorities"))
    yield Bullets([_priority(entry) for entry in priorities])


def _priority(entry: Priority) -> str:
    named = {
        "blockers": _("What holds the next level back"),
        "best_value": _("Best value"),
        "find_out": _("What to find out"),
    }[entry.list]
    if entry.rank is not None:
        named = _("{list}, number {rank} of {number}").format(list=named, rank=entry.rank, number=entry.of)
    if entry.value is None:
        return told(named, entry.rule)
    value = {
        "best_value": _("{value} points for each point of effort, {rule}"),
        "find_out": _("{value} points, {rule}"),
    }.get(entry.list, "{value}{rule}")
    return told(named, value.format(value=_adds(entry.value), rule=entry.rule))


def _label(code: str, title: str) -> str:
    """A code with its name; the title alone of a trend, whose code is its id."""
    return title if code == title or code.islower() else f"{code} {title}"


def _answer(answer: int | str | None, reached: int | None) -> str:
    if answer is None or isinstance(answer, str):
        return {"dk": _("don't know"), "na": _("not applicable")}.get(str(answer), "")
    if reached in {answer, None}:
        return str(answer)
    return pgettext("an answer that is reversed", "{answer}, level {level}").format(answer=answer, level=reached)


def _shares(shares: Iterable[float]) -> list[str]:
    return percents([exact(share) for share in shares], 1)


def _adds(value: float) -> str:
    return as_text(exact(value), 2)


def _weight(weight: float) -> str:
    """A weight as it came in, or to 4 decimals where it is a product of shares."""
    return trimmed(exact(weight), 4)
