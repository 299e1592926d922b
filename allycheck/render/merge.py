"""A team's sheet on a page: what they say together, and the questions to talk about first."""

from collections.abc import Iterator
from fractions import Fraction

from allycheck.analysis.merge import ChosenLevel, Merged, Question
from allycheck.language import _, ngettext
from allycheck.numbers import as_text, exact
from allycheck.render.document.model import Bullets, Page, Part, Section, Table, Topic
from allycheck.render.words import extent, form_named, left_out, percent, points
from allycheck.text import bracketed, commas, label, listing, semicolons, sentences, told

MOST_QUESTIONS = 10
"""Questions that are written out; the others are named."""


def page(result: Merged) -> Page:
    """What stands on the page."""
    kind = ngettext("One sheet of {number} respondent", "One sheet of {number} respondents", result.respondents).format(
        number=result.respondents
    )
    notice = [result.notice] if result.notice else []
    opening = [_together(result), *notice, *_alone(result), *_outside(result), *_apart(result), *_left_out(result)]
    return Page(kind, result.organisation or "", opening, [_talk(result), *_trends(result), *_people(result)])


def _together(result: Merged) -> str:
    about = commas(part for part in (result.actor, form_named(result.form)) if part)
    if result.coverage is None or result.low is None or result.high is None:
        return _("Nothing applies, so there is no score ({about}).").format(about=about)
    if result.overall is None:
        words = _("Too little is known for a score: {share} of what counts is known, range {extent} ({about}).")
    elif result.low == result.high:
        words = _("Together {points} of 100; {share} of what counts is known ({about}).")
    else:
        words = _("Together {points} of 100, range {extent}; {share} of what counts is known ({about}).")
    return words.format(
        points=points(result.overall or 0.0),
        extent=extent(result.low, result.high),
        share=percent(result.coverage),
        about=about,
    )


def _alone(result: Merged) -> list[str]:
    if result.scores is None:
        return []
    if not result.without:
        return [_("Each alone scores {extent}.").format(extent=extent(*result.scores))]
    words = _("Each alone scores {extent}; without any one of them it is {without}.")
    return [words.format(extent=extent(*result.scores), without=extent(*result.without))]


def _outside(result: Merged) -> Iterator[str]:
    """That the merged score lies outside the respondents' own, which low medians can bring about, and their mean."""
    own = [exact(one.score) for one in result.people or [] if one.score is not None]
    if result.overall is None or not own or min(own) <= exact(result.overall) <= max(own):
        return
    words = (
        _("That is below every respondent's own score, whose mean is {points}.")
        if exact(result.overall) < min(own)
        else _("That is above every respondent's own score, whose mean is {points}.")
    )
    why = _("The median is taken for each question, so the team's score can leave the range of its members'.")
    yield sentences([words.format(points=as_text(sum(own, Fraction(0)) / len(own))), why])


def _apart(result: Merged) -> Iterator[str]:
    """The questions that read differently for another actor, and so play no part in the agreement."""
    if result.reads_differently:
        named = {one.id: label(one) for one in result.indicators}
        names = semicolons(named.get(name, name) for name in result.reads_differently)
        words = _("Left out of the agreement, because it reads differently for another actor: {names}.")
        yield words.format(names=names)


def _left_out(result: Merged) -> Iterator[str]:
    """The trends that are out of everybody's scope."""
    if result.out_of_scope:
        yield _("Everybody leaves out: {trends}.").format(trends=left_out(result.out_of_scope))


def _talk(result: Merged) -> Section:
    flagged = [one for one in result.discuss if one.disagree or one.scope_dispute]
    others = [one for one in result.discuss if not (one.disagree or one.scope_dispute)]
    parts = [_why(result, flagged), *(part for one in flagged[:MOST_QUESTIONS] for part in _question(result, one))]
    if more := flagged[MOST_QUESTIONS:]:
        parts += [_("Then {names}.").format(names=_named(more))]
    if others:
        parts += [_("Smaller differences, the largest first: {names}.").format(names=_named(others))]
    return Section(_("Talk about first"), parts)


def _named(questions: list[Question]) -> str:
    more = len(questions) - MOST_QUESTIONS
    names = [label(one) for one in questions[:MOST_QUESTIONS]]
    rest = ngettext("and {number} other", "and {number} others", more).format(number=more)
    return semicolons([*names, rest] if more > 0 else names)


def _why(result: Merged, flagged: list[Question]) -> str:
    if result.sheets == 1:
        return _("One sheet: there is nothing to compare.")
    if result.hidden:
        return _hidden(len(flagged))
    if not result.discuss:
        return _("Nobody differs: every question that several answered has one level.")
    if not flagged:
        return _("No question is in disagreement, and nobody disputes what applies.")
    return ngettext(
        "{number} question where the answers lie more than 5/6 of a level from the median on average, or some say that "
        "it does not apply: the furthest apart first.",
        "{number} questions where the answers lie more than 5/6 of a level from the median on average, or some say "
        "that it does not apply: the furthest apart first.",
        len(flagged),
    ).format(number=len(flagged))


def _hidden(flagged: int) -> str:
    if not flagged:
        return _("Where the answers lie far apart or do not agree on what applies: none.")
    return ngettext(
        "Where the answers lie far apart or do not agree on what applies: {number} question in catalogue order.",
        "Where the answers lie far apart or do not agree on what applies: {number} questions in catalogue order.",
        flagged,
    ).format(number=flagged)


def _question(result: Merged, one: Question) -> Iterator[Part]:
    yield Topic(bracketed(label(one), _flags(one)))
    yield one.ask
    if one.anchors is not None:
        yield Bullets([_anchor(result, anchor) for anchor in one.anchors] + _rest(one))


def _flags(one: Question) -> str:
    flags = [_("what applies is disputed")] if one.scope_dispute else []
    if one.disagree:
        apart = _("far apart") if one.ad is None else _("{levels} levels from the median")
        flags.insert(0, apart.format(levels=as_text(exact(one.ad or 0.0), 2)))
    return commas(flags)


def _anchor(result: Merged, anchor: ChosenLevel) -> str:
    many = _("{shown} of {number}").format(shown=anchor.chosen, number=result.sheets)
    who = listing(anchor.names) if anchor.names is not None else many
    return told(bracketed(result.level_names[anchor.level], who), anchor.text)


def _rest(one: Question) -> list[str]:
    found = [(one.na, _("not applicable")), (one.dk, _("don't know")), (one.unanswered, _("unanswered"))]
    shown = [bracketed(words, str(number)) for number, words in found if number]
    return [commas(shown)] if shown else []


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
    table = Table([_("Trend"), _("Distance"), _("In disagreement"), _("Disputed")], rows, "Lrrr")
    why = _("By the mean distance from the median, in levels, the largest first.")
    indicative = _("With fewer than five levels on a question this is indicative.")
    yield Section(_("Trends"), [sentences([why, indicative if _is_indicative(result) else ""]), table])


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
        _("Respondents"),
        [
            _("By their own score, the lowest first."),
            Table([_("Respondent"), _("Alone"), _("Team without")], rows, "Lrr"),
        ],
    )
