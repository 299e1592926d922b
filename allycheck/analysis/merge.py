"""Several people of one organisation as one sheet: what they say together, and where they differ (method 10)."""

from collections.abc import Iterator, Mapping, Sequence
from statistics import mean
from typing import Literal, NamedTuple

from allycheck.analysis.merged_answers import (
    ANY_ANSWER,
    Responses,
    are_hidden,
    as_answer,
    asked_as,
    reads_differently,
    respondent_of,
    responses_to,
    team_answers,
    team_faults,
)
from allycheck.answers import Answer, Value
from allycheck.language import _, later
from allycheck.numbers import Number, number
from allycheck.questionnaire import Indicator
from allycheck.report import LeftOut, QuestionnaireRef, Tool, head, left_out
from allycheck.scored import Scored, refuse, scored
from allycheck.scoring import Item, TrendScore, published, score

INDICATIVE = 5
"""Levels under which agreement is only indicative."""
_TWO_CAN_TELL = later(
    "Two people can always infer each other's answers from a merged sheet: whoever knows their own answers and the "
    "result knows the other's."
)
_ONE_ALONE = later("One respondent: there is nobody to agree or to differ with.")


class IndicatorAgreement(NamedTuple):
    """One indicator: the levels given after reversal, lowest first, and how many gave one, `na`, or no answer.

    `answer` is what the merged file says, `level` the same after reversal. `ad` is the mean distance from the median
    in levels, `r_wg` runs from 0 to 1; both are null with fewer than two levels. Where nobody's answers are shown these
    and the counts are null.
    """

    id: str
    levels: list[int] | None
    n: int | None
    na: int | None
    dk: int | None
    answer: int | str | None
    ad: float | None
    r_wg: float | None
    disagree: bool
    scope_dispute: bool
    code: str
    name: str
    trend: str
    level: int | None
    unanswered: int | None
    indicative: bool


class TrendAgreement(NamedTuple):
    """The mean distance over the indicators of a trend, in levels, and how many of them are in disagreement."""

    id: str
    ad: float | None
    title: str
    disagree: int
    scope_dispute: int


class ScoreSpan(NamedTuple):
    """The smallest and largest of several overall scores."""

    low: float
    high: float


class Respondent(NamedTuple):
    """One respondent's own overall score, and that of the others merged; the name only where it was asked for."""

    name: str | None
    score: float | None
    without: float | None


class ChosenLevel(NamedTuple):
    """A level that somebody chose, its sentence, and by how many (and, where asked for, by whom)."""

    level: int
    text: str
    chosen: int
    names: list[str] | None


class Question(NamedTuple):
    """A question to talk about, and the anchors between which people differ; null where nobody's answers are shown."""

    id: str
    code: str
    name: str
    trend: str
    ask: str
    ad: float | None
    disagree: bool
    scope_dispute: bool
    anchors: list[ChosenLevel] | None
    na: int
    dk: int
    unanswered: int


class Merged(NamedTuple):
    """What a team says together. `overall` is the merged sheet's score, null if too little is known.

    `discuss` has the questions to talk about first at the top: those flagged before the others, the largest distance
    first. `hidden` says that single answers are not shown; `notice` then says why. `reads_differently` are the ids of
    what some were asked in another actor's words: it counts in the scores and is left out of all agreement.
    `out_of_scope` are the trends that everybody leaves out.
    """

    schema_version: Literal[1]
    tool: Tool
    questionnaire: QuestionnaireRef
    respondents: int
    answers: dict[str, int | str]
    indicators: list[IndicatorAgreement]
    trends: list[TrendAgreement]
    overall: float | None
    scores: ScoreSpan | None
    without: ScoreSpan | None
    people: list[Respondent] | None
    discuss: list[Question]
    low: float | None
    high: float | None
    coverage: float | None
    sheets: int
    hidden: bool
    notice: str | None
    organisation: str | None
    actor: str | None
    form: str
    level_names: list[str]
    reads_differently: list[str]
    out_of_scope: list[LeftOut]


def merge(sheets: Sequence[Scored], *, names: bool = False, actor: str | None = None) -> Merged:
    """The sheets of several people of one organisation as one. The order of the sheets changes nothing.

    With an `actor` its questions and weights count for all sheets, whatever theirs is: those of one organisation, or
    of one venture. Raises AllycheckError naming every sheet that does not belong to the team.
    """
    refuse(team_faults(sheets, actor))
    differently, sheets = reads_differently(sheets, actor), asked_as(sheets, actor)
    team = scored(sheets[0].questionnaire, team_answers(sheets, names=names))
    hidden, measure = are_hidden(sheets, names=names), team.scores.overall.measure
    responses = {item.id: _responses(sheets, item.indicator) for item in team.scores.items}
    alike = {name: own for name, own in responses.items() if name not in differently}
    people = None if hidden else _people(sheets, team, responses, names=names)
    return Merged(
        **head(team.questionnaire),
        respondents=team.answers.respondents or len(sheets),
        answers={name: entry.answer for name, entry in team.answers.answers.items() if entry.answer is not None},
        indicators=[
            _agreement(team, item, responses[item.id], hidden=hidden, alike=item.id in alike)
            for item in team.scores.items
        ],
        trends=[_trend(trend, alike, hidden=hidden) for trend in team.scores.trends],
        overall=number(published(measure)),
        scores=_span([person.score for person in people or []]),
        without=_span([person.without for person in people or []]),
        people=people,
        discuss=_questions(sheets, team, alike, names=names),
        low=number(measure.low),
        high=number(measure.high),
        coverage=number(measure.coverage),
        sheets=len(sheets),
        hidden=hidden,
        notice=_(_ONE_ALONE if len(sheets) == 1 else _TWO_CAN_TELL) if hidden else None,
        organisation=team.organisation,
        actor=team.scores.actor or None,
        form=team.scores.form,
        level_names=[level.name for level in team.questionnaire.level_names],
        reads_differently=differently,
        out_of_scope=left_out(team.answers, team.questionnaire),
    )


def _responses(sheets: Sequence[Scored], indicator: Indicator) -> Responses:
    return responses_to((sheet.answers.to(indicator.id).answer for sheet in sheets), indicator)


def _agreement(team: Scored, item: Item, responses: Responses, *, hidden: bool, alike: bool) -> IndicatorAgreement:
    """`alike` says that all were asked in the same words; without that nothing is said of agreement."""
    own = team.questionnaire.tailored(item.indicator, team.scores.actor)
    return IndicatorAgreement(
        id=item.id,
        levels=None if hidden or not alike else list(responses.levels),
        n=None if hidden else len(responses.levels),
        na=None if hidden else responses.na,
        dk=None if hidden else responses.dk,
        answer=item.answer,
        ad=None if hidden or not alike else number(responses.distance),
        r_wg=None if hidden or not alike else number(responses.within_group),
        disagree=alike and responses.disagree,
        scope_dispute=alike and responses.disputes_scope,
        code=own.code,
        name=own.name,
        trend=item.trend.id,
        level=item.level,
        unanswered=None if hidden else responses.unanswered,
        indicative=len(responses.levels) < INDICATIVE,
    )


def _trend(trend: TrendScore, responses: Mapping[str, Responses], *, hidden: bool) -> TrendAgreement:
    own = [responses[item.id] for item in trend.items if item.id in responses]
    distances = [distance for one in own if (distance := one.distance) is not None]
    return TrendAgreement(
        id=trend.trend.id,
        ad=number(mean(distances)) if distances and not hidden else None,
        title=trend.trend.title,
        disagree=sum(one.disagree for one in own),
        scope_dispute=sum(one.disputes_scope for one in own),
    )


def _people(
    sheets: Sequence[Scored], team: Scored, responses: Mapping[str, Responses], *, names: bool
) -> list[Respondent]:
    """Everybody's own score and that without them, lowest first, so that the order tells nobody."""
    people = [
        Respondent(respondent_of(sheet) if names else None, number(published(sheet.scores.overall.measure)), without)
        for sheet, without in zip(sheets, _scores_without(sheets, team, responses), strict=True)
    ]
    return sorted(people, key=_low_first)


def _low_first(one: Respondent) -> tuple[bool, float, bool, float, str]:
    """By own score, then by the score without them, what is not known last; the files' order plays no part."""
    return one.score is None, one.score or 0, one.without is None, one.without or 0, one.name or ""


def _scores_without(
    sheets: Sequence[Scored], team: Scored, responses: Mapping[str, Responses]
) -> Iterator[Number | None]:
    """The score of the others merged, without each in turn.

    What the others say to a question depends only on the answer that falls away, so that it is worked out once for
    each; and where their answers are the same as without somebody else, so is their score.
    """
    if len(sheets) == 1:
        yield None
        return
    said = {item.id: _without_each_answer(item, responses[item.id]) for item in team.scores.items}
    scores: dict[tuple[Value, ...], Number | None] = {}
    for sheet in sheets:
        others = {name: entries[sheet.answers.to(name).answer] for name, entries in said.items()}
        values = tuple(entry.answer for entry in others.values())
        if values not in scores:
            answers = team.answers.model_copy(update={"answers": others})
            scores[values] = number(published(score(team.questionnaire, answers).overall.measure))
        yield scores[values]


def _without_each_answer(item: Item, responses: Responses) -> dict[Value, Answer]:
    """What is said together where one of those who gave an answer is left out, by that answer."""
    own = item.indicator
    return {answer: Answer(answer=as_answer(responses.without(answer, own).merged, own)) for answer in ANY_ANSWER}


def _span(scores: Sequence[float | None]) -> ScoreSpan | None:
    known = [score for score in scores if score is not None]
    return ScoreSpan(min(known), max(known)) if known else None


def _questions(
    sheets: Sequence[Scored], team: Scored, responses: Mapping[str, Responses], *, names: bool
) -> list[Question]:
    """What to talk about, the most needed first; where answers are hidden only what is flagged, in catalogue order."""
    hidden = are_hidden(sheets, names=names)
    asked_alike = [item for item in team.scores.items if item.id in responses]
    differ = [item for item in asked_alike if _is_flagged(responses[item.id]) or responses[item.id].distance]
    if hidden:
        differ = [item for item in differ if _is_flagged(responses[item.id])]
    else:
        differ.sort(key=lambda item: (not _is_flagged(responses[item.id]), -(responses[item.id].distance or 0)))
    return [_question(sheets, team, item, responses[item.id], names=names) for item in differ]


def _is_flagged(responses: Responses) -> bool:
    return responses.disagree or responses.disputes_scope


def _question(sheets: Sequence[Scored], team: Scored, item: Item, responses: Responses, *, names: bool) -> Question:
    hidden = are_hidden(sheets, names=names)
    own = team.questionnaire.tailored(item.indicator, team.scores.actor)
    return Question(
        id=item.id,
        code=own.code,
        name=own.name,
        trend=item.trend.id,
        ask=own.ask,
        ad=None if hidden else number(responses.distance),
        disagree=responses.disagree,
        scope_dispute=responses.disputes_scope,
        anchors=None
        if hidden
        else [_anchor(sheets, own, level, names=names) for level in sorted(set(responses.levels))],
        na=responses.na,
        dk=responses.dk,
        unanswered=responses.unanswered,
    )


def _anchor(sheets: Sequence[Scored], own: Indicator, level: int, *, names: bool) -> ChosenLevel:
    answer = as_answer(level, own)
    chose = sorted(respondent_of(sheet) for sheet in sheets if sheet.answers.to(own.id).answer == answer)
    return ChosenLevel(level, own.levels[own.answer_for(level)], len(chose), chose if names else None)
