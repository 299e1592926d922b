"""Several people's answers files as one (method 10): what the merged file holds.

Two people, or one, can be told apart by whatever is kept of either: then only what all wrote alike is kept, unless
names are asked for.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from statistics import median_low, variance
from typing import NamedTuple

from allycheck.answers import DK, MOST_ALLIANCES, NA, NOTHING, Answer, Answers, Value
from allycheck.errors import Fault
from allycheck.fields import version_key
from allycheck.language import _
from allycheck.questionnaire import LEVELS, Indicator, Questionnaire
from allycheck.scored import Scored
from allycheck.scoring import ZERO, score
from allycheck.text import clean, listing

DISAGREEMENT = Fraction(5, 6)
"""An average distance from the median, in levels, above which people are said to disagree."""
SPREAD_AT_RANDOM = 2
"""The variance of five levels chosen blindly, against which r_wg is measured."""
FEWEST = 3
"""Respondents from which on single answers can be shown without names (method 10)."""


ANY_ANSWER: tuple[Value, ...] = (*range(LEVELS), NA, DK, None)
"""Everything that somebody can answer."""


class Responses(NamedTuple):
    """What several people answered to one indicator: levels after reversal, lowest first, and counts of the rest."""

    levels: tuple[int, ...]
    na: int
    dk: int
    unanswered: int

    def without(self, answer: Value, indicator: Indicator) -> "Responses":
        """The responses of the others where somebody who gave this answer is left out; as they are if nobody did."""
        levels = list(self.levels)
        if isinstance(answer, int) and (level := indicator.maturity(answer)) in levels:
            levels.remove(level)
        return Responses(
            tuple(levels),
            self.na - (answer == NA and self.na > 0),
            self.dk - (answer == DK and self.dk > 0),
            self.unanswered - (answer is None and self.unanswered > 0),
        )

    @property
    def disputes_scope(self) -> bool:
        """Whether some say that it does not apply and others give a level."""
        return bool(self.na and self.levels)

    @property
    def median(self) -> int | None:
        """The low median: the highest level that more than half of those who gave one reached or exceeded."""
        return median_low(self.levels) if self.levels else None

    @property
    def merged(self) -> Value:
        """The one answer, a level after reversal. `dk` never outvotes an answer; nobody's answer stays unanswered."""
        if self.na > len(self.levels):
            return NA
        if self.levels:
            return self.median
        return DK if self.dk else None

    @property
    def distance(self) -> Fraction | None:
        """AD: the mean distance from the median, in levels; None with fewer than two levels."""
        middle = self.median
        if middle is None or len(self.levels) == 1:
            return None
        return Fraction(sum(abs(level - middle) for level in self.levels), len(self.levels))

    @property
    def within_group(self) -> Fraction | None:
        """The index r_wg: 1 in full agreement, 0 at the spread of blind choice or more; None with fewer than two."""
        if len(self.levels) <= 1:
            return None
        return max(ZERO, 1 - variance(map(Fraction, self.levels)) / SPREAD_AT_RANDOM)

    @property
    def disagree(self) -> bool:
        """Whether the levels lie too far apart."""
        return self.distance is not None and self.distance > DISAGREEMENT


def responses_to(answers: Iterable[Value], indicator: Indicator | None) -> Responses:
    """The answers of several people to one indicator; an indicator that is no more (None) has no reversal."""
    given = list(answers)
    levels = [answer for answer in given if isinstance(answer, int)]
    after = [indicator.maturity(level) if indicator else level for level in levels]
    return Responses(tuple(sorted(after)), given.count(NA), given.count(DK), given.count(None))


def as_answer(value: Value, indicator: Indicator | None) -> Value:
    """A merged answer as a file records it: before reversal.

    Where an indicator accepts no `na`, and more have left its trend out than gave a level, the team has no answer yet.
    """
    if indicator is None:
        return value
    if value == NA and not indicator.na:
        return None
    return indicator.answer_for(value) if isinstance(value, int) else value


def are_hidden(sheets: Sequence[Scored], *, names: bool) -> bool:
    """Whether single answers stay untold."""
    return len(sheets) < FEWEST and not names


def respondent_of(sheet: Scored) -> str:
    """Who answered, for those who ask for names: as the sheet says, else the file."""
    return clean(sheet.answers.respondent) or sheet.name


def asked_as(sheets: Sequence[Scored], actor: str | None) -> list[Scored]:
    """The sheets as if all had been filled in for one actor; without one, as they are.

    Only answers to what both this actor and the sheet's own are asked are kept: of any other a merged sheet would tell
    who gave it.
    """
    return [sheet if actor in {None, sheet.scores.actor} else _asked_as(sheet, actor or "") for sheet in sheets]


def _asked_as(sheet: Scored, actor: str) -> Scored:
    questionnaire, form = sheet.questionnaire, sheet.scores.form
    asked = {item.id for item in questionnaire.scope(actor, form)} & sheet.items.keys()
    kept = {
        name: entry
        for name, entry in sheet.answers.answers.items()
        if name in asked or name not in questionnaire.indicators
    }
    answers = sheet.answers.model_copy(update={"actor": actor, "answers": kept})
    # What its scope leaves out counts already, and no more than that: the rest was never asked of this sheet.
    return Scored(sheet.name, answers, score(questionnaire, answers.model_copy(update={"scope": {}})))


def reads_differently(sheets: Sequence[Scored], actor: str | None) -> list[str]:
    """What one actor is asked in other words than one of those who answered, in catalogue order."""
    if actor is None:
        return []
    questionnaire = sheets[0].questionnaire
    others = {sheet.scores.actor for sheet in sheets} - {actor}
    return [
        item.id
        for item in questionnaire.scope(actor, sheets[0].scores.form)
        if any(_words(questionnaire, item, other) != _words(questionnaire, item, actor) for other in others)
    ]


def _words(questionnaire: Questionnaire, item: Indicator, actor: str) -> tuple[str, list[str]]:
    own = questionnaire.tailored(item, actor)
    return own.ask, own.levels


def team_faults(sheets: Sequence[Scored], actor: str | None = None) -> Iterable[Fault]:
    """Why sheets can't be merged: other questionnaires, actors, forms or organisations than the first one's.

    With an `actor` that counts for all, their own may differ, and so may the organisations of one venture: an alliance
    that all of them name. A sheet that names no organisation goes with any.
    """
    first = sheets[0]
    kept = {"actor"} if actor is not None else set()
    is_venture = actor is not None and bool(set.intersection(*(set(sheet.answers.alliances) for sheet in sheets)))
    named = next((sheet for sheet in sheets if sheet.organisation), first)
    for sheet in sheets[1:]:
        for key, own, other in (
            ("questionnaire", sheet.questionnaire.id, first.questionnaire.id),
            ("actor", sheet.scores.actor, first.scores.actor),
            ("form", sheet.scores.form, first.scores.form),
        ):
            if own != other and key not in kept:
                yield _not_the_same(key, own, other, sheet, first)
        if sheet.organisation and sheet.who != named.who and not is_venture:
            yield _not_the_same("organisation", sheet.organisation, named.organisation or "", sheet, named)


def _not_the_same(key: str, own: str, other: str, sheet: Scored, first: Scored) -> Fault:
    what, hint = {
        "questionnaire": (_("the questionnaire is {own}, that of {file} is {other}"), ""),
        "actor": (
            _("the actor is {own}, that of {file} is {other}"),
            _(
                "--actor {other} lets its questions count for all; to see several organisations as one alliance: "
                "allycheck coalition"
            ),
        ),
        "form": (_("the form is {own}, that of {file} is {other}"), ""),
        "organisation": (
            _("the organisation is {own}, that of {file} is {other}"),
            _("to see several organisations as one alliance: allycheck coalition"),
        ),
    }[key]
    told = what.format(own=own, file=first.name, other=other)
    return Fault(told, (), hint.format(other=other), where=sheet.name)


def team_answers(sheets: Sequence[Scored], *, names: bool = False, actor: str | None = None) -> Answers:
    """The merged answers file, for an `actor` if one counts for all. The order of the sheets changes nothing in it."""
    sheets = asked_as(sheets, actor)
    first, scope = sheets[0].answers, _scope(sheets, names=names)
    left_out = {item.id for trend in sheets[0].questionnaire.trends if trend.id in scope for item in trend.indicators}
    return Answers(
        questionnaire=first.questionnaire,
        version=min((sheet.answers.version or sheet.questionnaire.version for sheet in sheets), key=version_key),
        organisation=_organisation(sheets),
        actor=first.actor,
        form=first.form,
        respondent=listing(sorted(map(respondent_of, sheets))) if names else None,
        respondents=sum(sheet.answers.respondents or 1 for sheet in sheets),
        alliances=_alliances(sheets),
        date=max((sheet.answers.date for sheet in sheets if sheet.answers.date), default=None),
        note=_alike(sheet.answers.note for sheet in sheets),
        scope=scope,
        answers={
            name: entry
            for name in _answered(sheets)
            if name not in left_out and (entry := _entry(sheets, name, names=names)) != NOTHING
        },
    )


def _scope(sheets: Sequence[Scored], *, names: bool) -> dict[str, str]:
    """The trends that everybody leaves out, with all their reasons; of two people only one that both wrote alike."""
    together = set.intersection(*(set(sheet.answers.scope) for sheet in sheets))
    reasons = {
        trend.id: [sheet.answers.scope[trend.id] for sheet in sheets]
        for trend in sheets[0].questionnaire.trends
        if trend.id in together
    }
    join = _alike if are_hidden(sheets, names=names) else _joined
    return {trend: join(own) or _("Left out by everybody, for different reasons") for trend, own in reasons.items()}


def _organisation(sheets: Sequence[Scored]) -> str | None:
    """The one that they name; those of a venture may name several, and then the sheet is none's."""
    named = {
        sheet.who: sheet.answers.organisation
        for sheet in sorted(sheets, key=_spelt, reverse=True)
        if sheet.organisation
    }
    return next(iter(named.values())) if len(named) == 1 else None


def _spelt(sheet: Scored) -> str:
    """How the organisation is written, so that the order of the files chooses no spelling."""
    return sheet.answers.organisation or ""


def _alliances(sheets: Sequence[Scored]) -> list[str]:
    """Those all have; else all that any names, if a file can hold them."""
    first = sheets[0].answers.alliances
    if all(sheet.answers.alliances == first for sheet in sheets):
        return first
    every = sorted({name for sheet in sheets for name in sheet.answers.alliances})
    return every if len(every) <= MOST_ALLIANCES else []


def _answered(sheets: Sequence[Scored]) -> list[str]:
    """Every indicator that anybody noted something on: in catalogue order, then those that are retired."""
    questionnaire = sheets[0].questionnaire
    noted = {name for sheet in sheets for name in sheet.answers.answers}
    known = [*questionnaire.indicators, *(entry.id for entry in questionnaire.retired)]
    return [name for name in known if name in noted]


def _entry(sheets: Sequence[Scored], name: str, *, names: bool) -> Answer:
    entries = [sheet.answers.to(name) for sheet in sheets]
    if all(entry == entries[0] for entry in entries):
        return entries[0]
    indicator = sheets[0].questionnaire.indicators.get(name)
    value = as_answer(responses_to([entry.answer for entry in entries], indicator).merged, indicator)
    if are_hidden(sheets, names=names):
        return Answer(
            answer=value,
            reason=_alike(entry.reason for entry in entries) if value == NA else None,
            evidence=_alike(entry.evidence for entry in entries),
            comment=_alike(entry.comment for entry in entries),
        )
    told = list(zip(map(respondent_of, sheets), entries, strict=True))
    return Answer(
        answer=value,
        reason=_joined(entry.reason for entry in entries if entry.answer == NA) if value == NA else None,
        evidence=_evidence(told, names=names),
        comment=_dissent(told, names=names),
    )


def _alike(texts: Iterable[str | None]) -> str | None:
    """The text, if everybody has the same."""
    distinct = set(texts)
    return distinct.pop() if len(distinct) == 1 else None


def _joined(texts: Iterable[str | None]) -> str | None:
    return "; ".join(sorted({own for text in texts if (own := clean(text))})) or None


def _evidence(entries: Sequence[tuple[str, Answer]], *, names: bool) -> str | None:
    """All that is named, in order of the answers; each behind its answer where those differ, or behind who named it."""
    named = [(who, entry) for who, entry in entries if clean(entry.evidence)]
    if not names and len({entry.answer for _, entry in named}) <= 1:
        return _joined(entry.evidence for _, entry in named)
    ranked = sorted(named, key=lambda pair: (_rank(pair[1].answer), pair[0] if names else pair[1].evidence or ""))
    return "; ".join(_marked([(who, entry, entry.evidence) for who, entry in ranked], names=names)) or None


def _dissent(entries: Sequence[tuple[str, Answer]], *, names: bool) -> str | None:
    """All answers, where they differ, and what was noted beside them: in order of the answers, which tells nobody."""
    ranked = sorted(entries, key=lambda pair: (_rank(pair[1].answer), pair[0] if names else pair[1].comment or ""))
    differ = len({entry.answer for _, entry in entries}) > 1
    given = ", ".join(f"{who} {_shown(entry.answer)}" if names else _shown(entry.answer) for who, entry in ranked)
    parts = [_("Answers: {answers}").format(answers=given)] if differ else []
    if notes := _notes(ranked, names=names):
        parts.append(_("Comments: {comments}").format(comments="; ".join(notes)))
    return ". ".join(parts) or None


def _notes(ranked: Sequence[tuple[str, Answer]], *, names: bool) -> list[str]:
    """The comments, each behind the answer that it stands beside; one that all share stands alone."""
    if shared := clean(_alike(entry.comment for _, entry in ranked)):
        return [shared]
    return _marked([(who, entry, entry.comment) for who, entry in ranked], names=names)


def _marked(noted: Iterable[tuple[str, Answer, str | None]], *, names: bool) -> list[str]:
    """What people noted, each behind the answer that it stands beside, with who noted it where names are asked for."""
    marks = ((f"{who}, {_shown(entry.answer)}" if names else _shown(entry.answer), text) for who, entry, text in noted)
    return list(dict.fromkeys(f"({mark}) {own}" for mark, text in marks if (own := clean(text))))


def _rank(answer: Value) -> str:
    return _shown(answer) if isinstance(answer, int) else {"dk": "5", "na": "6", None: "7"}[answer]


def _shown(answer: Value) -> str:
    return _("unanswered") if answer is None else str(answer)
