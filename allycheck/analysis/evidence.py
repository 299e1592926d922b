"""What could be shown for the answers that claim strength, each with its evidence (docs/evidence.md)."""

from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction
from typing import Literal, NamedTuple

from allycheck.answers import Answers
from allycheck.numbers import Number, number
from allycheck.priorities import level_points
from allycheck.questionnaire import STRONG
from allycheck.report import LeftOut, QuestionnaireRef, Tool, head, left_out
from allycheck.scoring import ZERO, Item, Scores, TrendScore
from allycheck.text import clean


class Claim(NamedTuple):
    """An answer at level 3 or 4 after reversal, with the anchor that it claims and what was noted beside it.

    `weight` is its part of what all claims weigh in the overall score, 0 to 1; null where none of them weighs anything.
    `evidence` is null where none is named; `evidence_wanted` is what the questionnaire says could be shown.
    """

    id: str
    code: str
    name: str
    trend: str
    ask: str
    answer: int | str | None
    level: int
    statement: str
    weight: float | None
    evidence: str | None
    evidence_wanted: str
    comment: str | None


class TrendEvidence(NamedTuple):
    """The claims of one trend: how many, how many name evidence, and the share of these by weight; null without any."""

    id: str
    title: str
    claims: int
    named: int
    share: float | None


class Evidence(NamedTuple):
    """Every claim in catalogue order, and the share of them that names evidence, 0 to 1, by weight.

    The share is null where there is no claim that weighs anything: then nothing needs to be shown.
    """

    schema_version: Literal[1]
    tool: Tool
    questionnaire: QuestionnaireRef
    organisation: str | None
    actor: str | None
    actor_title: str
    form: str
    date: str | None
    level_names: list[str]
    answered: int
    named: int
    share: float | None
    trends: list[TrendEvidence]
    claims: list[Claim]
    out_of_scope: list[LeftOut]


def evidence(scores: Scores, answers: Answers) -> Evidence:
    """What an auditor asks of one scored sheet: what is claimed, and what could be shown for it."""
    questionnaire = scores.questionnaire
    weights, evidenced = level_points(scores), with_evidence(answers)
    claims = claimed(scores.items)
    whole = sum((weights[item.id] for item in claims), ZERO)
    return Evidence(
        **head(questionnaire),
        organisation=clean(answers.organisation),
        actor=scores.actor or None,
        actor_title=questionnaire.actor_types[scores.actor].title,
        form=scores.form,
        date=answers.date,
        level_names=[level.name for level in questionnaire.level_names],
        answered=scores.overall.counts.answered,
        named=sum(item.id in evidenced for item in claims),
        share=number(share_named(claims, weights, evidenced)),
        trends=[_trend(trend, evidenced) for trend in scores.trends],
        claims=[_claim(scores, answers, item, weights[item.id] / whole if whole else None) for item in claims],
        out_of_scope=left_out(answers, questionnaire),
    )


def claimed(items: Iterable[Item]) -> list[Item]:
    """The answers that claim strength: level 3 or 4 after reversal."""
    return [item for item in items if item.level is not None and item.level >= STRONG]


def with_evidence(answers: Answers) -> set[str]:
    """The indicators beside whose answers evidence is named."""
    return {name for name, answer in answers.answers.items() if clean(answer.evidence)}


def share_named(
    claims: Iterable[Item], weights: Mapping[str, Fraction | int], evidenced: Collection[str]
) -> Fraction | None:
    """The share of claims that name evidence, by weight; None where nothing that weighs anything is claimed."""
    listed = list(claims)
    whole = sum((weights[item.id] for item in listed), ZERO)
    named = sum((weights[item.id] for item in listed if item.id in evidenced), ZERO)
    return Fraction(named) / whole if whole else None


def share_of_trend(trend: TrendScore, evidenced: Collection[str]) -> Fraction | None:
    """The same within one trend, by the weights w."""
    return share_named(claimed(trend.items), {item.id: item.units for item in trend.items}, evidenced)


def share_of_all(scores: Scores, evidenced: Collection[str]) -> Fraction | None:
    """The same over all trends, by what each answer weighs in the overall score (method 7)."""
    return share_named(claimed(scores.items), level_points(scores), evidenced)


def _trend(trend: TrendScore, evidenced: Collection[str]) -> TrendEvidence:
    claims = claimed(trend.items)
    return TrendEvidence(
        id=trend.trend.id,
        title=trend.trend.title,
        claims=len(claims),
        named=sum(item.id in evidenced for item in claims),
        share=number(share_of_trend(trend, evidenced)),
    )


def _claim(scores: Scores, answers: Answers, item: Item, weight: Fraction | None) -> Claim:
    own, noted = scores.questionnaire.tailored(item.indicator, scores.actor), answers.to(item.id)
    level = item.level or 0
    return Claim(
        id=item.id,
        code=own.code,
        name=own.name,
        trend=item.trend.id,
        ask=own.ask,
        answer=item.answer,
        level=level,
        statement=own.levels[own.answer_for(level)],
        weight=None if weight is None else Number(weight),
        evidence=clean(noted.evidence),
        evidence_wanted=own.evidence,
        comment=clean(noted.comment),
    )
