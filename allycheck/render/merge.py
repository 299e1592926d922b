"""A team's sheet on a page: what they say together, and the questions to talk about first."""

from collections.abc import Iterator
from fractions import Fraction

from allycheck.analysis.merge import ChosenLevel, Merged, Question
from allycheck.language import _
from allycheck.numbers import as_text, exact
from allycheck.render.document.model import Bullets, Page, Part, Section, Table, Topic
from allycheck.render.words import extent, left_out, percent, points
from allycheck.text import count, label, listing

MOST_QUESTIONS = 10
"""Questions that are written out; the others are named."""
NOBODY_DIFFERS = "Nobody differs: every question that several answered has one level."


def page(result: Merged) -> Page:
    """What stands on the page."""
    kind = f"One sheet of {count(result.respondents, 'respondent')}"
    notice = [result.notice] if result.notice else []
    opening = [_together(result), *notice, *_alone(result), *_outside(result), *_apart(result), *_left_out(result)]
    return Page(kind, result.organisation or "", opening, [_talk(result), *_trends(result), *_people(result)])


def _together(result: Merged) -> str:
    about = ", ".join(part for part in (result.actor, f"{result.form} form") if part)
    if result.coverage is None or result.low is None or result.high is None:
        return f"Nothing applies, so there is no score ({about})."
    known = f"{percent(result.coverage)} of what counts is known"
    if result.overall is None:
        return f"Too little is known for a score: {known}, range {extent(result.low, result.high)} ({about})."
    span = f", range {extent(result.low, result.high)}" if result.low != result.high else ""
    return f"Together {points(result.overall)} of 100{span}; {known} ({about})."


def _alone(result: Merged) -> list[str]:
    if result.scores is None:
        return []
    own = f"Each alone scores {extent(*result.scores)}"
    return [f"{own}; without any one of them it is {extent(*result.without)}." if result.without else f"{own}."]


def _outside(result: Merged) -> Iterator[str]:
    """That the merged score lies outside the respondents' own, which low medians can bring about, and their mean."""
    own = [exact(one.score) for one in result.people or [] if one.score is not None]
    if result.overall is None or not own or min(own) <= exact(result.overall) <= max(own):
        return
    side = "below" if exact(result.overall) < min(own) else "above"
    why = "The median is taken for each question, so the team's score can leave the range of its members'."
    average = as_text(sum(own, Fraction(0)) / len(own))
    yield f"That is {side} every respondent's own score, whose mean is {average}. {why}"


def _apart(result: Merged) -> Iterator[str]:
    """The questions that read differently for another actor, and so play no part in the agreement."""
    if result.reads_differently:
        named = {one.id: label(one) for one in result.indicators}
        words = "; ".join(named.get(name, name) for name in result.reads_differently)
        yield f"Left out of the agreement, because it reads differently for another actor: {words}."


def _left_out(result: Merged) -> Iterator[str]:
    """The trends that are out of everybody's scope."""
    if result.out_of_scope:
        yield _("Everybody leaves out: {trends}.").format(trends=left_out(result.out_of_scope))


def _talk(result: Merged) -> Section:
    flagged = [one for one in result.discuss if one.disagree or one.scope_dispute]
    others = [one for one in result.discuss if not (one.disagree or one.scope_dispute)]
    parts = [_why(result, flagged), *(part for one in flagged[:MOST_QUESTIONS] for part in _question(result, one))]
    if more := flagged[MOST_QUESTIONS:]:
        parts += [f"Then {_named(more)}."]
    if others:
        parts += [f"Smaller differences, the largest first: {_named(others)}."]
    return Section("Talk about first", parts)


def _named(questions: list[Question]) -> str:
    more = len(questions) - MOST_QUESTIONS
    names = [label(one) for one in questions[:MOST_QUESTIONS]]
    return "; ".join([*names, f"and {count(more, 'other')}"] if more > 0 else names)


def _why(result: Merged, flagged: list[Question]) -> str:
    if result.sheets == 1:
        return "One sheet: there is nothing to compare."
    if result.hidden:
        found = f"{count(len(flagged), 'question')} in catalogue order" if flagged else "none"
        return f"Where the answers lie far apart or do not agree on what applies: {found}."
    if not result.discuss:
        return NOBODY_DIFFERS
    if not flagged:
        return "No question is in disagreement, and nobody disputes what applies."
    return (
        f"{count(len(flagged), 'question')} where the answers lie more than 5/6 of a level from the median on average, "
        "or some say that it does not apply: the furthest apart first."
    )


def _question(result: Merged, one: Question) -> Iterator[Part]:
    yield Topic(f"{label(one)}{_flags(one)}")
    yield one.ask
    if one.anchors is not None:
        yield Bullets([_anchor(result, anchor) for anchor in one.anchors] + _rest(one))


def _flags(one: Question) -> str:
    flags = ["what applies is disputed"] if one.scope_dispute else []
    if one.disagree:
        apart = f"{as_text(exact(one.ad), 2)} levels from the median" if one.ad is not None else "far apart"
        flags.insert(0, apart)
    return f" ({', '.join(flags)})"


def _anchor(result: Merged, anchor: ChosenLevel) -> str:
    who = listing(anchor.names) if anchor.names is not None else f"{anchor.chosen} of {result.sheets}"
    return f"{result.level_names[anchor.level]} ({who}): {anchor.text}"


def _rest(one: Question) -> list[str]:
    told = [(one.na, "not applicable"), (one.dk, "don't know"), (one.unanswered, "unanswered")]
    return [", ".join(f"{words} ({number})" for number, words in told if number)] if any(n for n, _ in told) else []


def _trends(result: Merged) -> Iterator[Section]:
    if result.hidden:
        return
    ranked = sorted(result.trends, key=lambda trend: -exact(trend.ad or 0.0))
    rows = [
        [
            trend.title, "" if trend.ad is None else as_text(exact(trend.ad), 2),
            str(trend.disagree or ""), str(trend.scope_dispute or ""),
        ]
        for trend in ranked
    ]  # fmt: skip
    table = Table(["Trend", "Distance", "In disagreement", "Disputed"], rows, "Lrrr")
    indicative = " With fewer than five levels on a question this is indicative." if _is_indicative(result) else ""
    why = f"By the mean distance from the median, in levels, the largest first.{indicative}"
    yield Section("Trends", [why, table])


def _is_indicative(result: Merged) -> bool:
    return any(one.indicative for one in result.indicators)


def _people(result: Merged) -> Iterator[Section]:
    named = [one for one in result.people or [] if one.name is not None]
    if not named:
        return
    rows = [
        [one.name or "", *("" if score is None else points(score) for score in (one.score, one.without))]
        for one in named
    ]
    yield Section(
        "Respondents",
        ["By their own score, the lowest first.", Table(["Respondent", "Alone", "Team without"], rows, "Lrr")],
    )
