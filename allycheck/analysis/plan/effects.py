"""What doing a plan makes of a sheet: the answers with its levels, scored anew beside today's (method 14)."""

from collections.abc import Mapping

from allycheck.analysis.plan.result import Effects, RiskEffect, ScoreEffect
from allycheck.answers import Answers
from allycheck.language import _
from allycheck.numbers import number
from allycheck.questionnaire import Questionnaire
from allycheck.report import Level
from allycheck.scoring import (
    OVERALL,
    Measure,
    RiskScore,
    Scores,
    TrendScore,
    published,
    score,
    score_band,
)


def overall_title() -> str:
    """What the whole is called beside its parts."""
    return _("Overall")


def effects(scores: Scores, answers: Answers, levels: Mapping[str, int]) -> Effects:
    """What the levels of a plan make of score, trends and risks."""
    questionnaire = scores.questionnaire
    later = score(questionnaire, after(questionnaire, answers, levels)) if levels else scores
    pairs = zip(scores.trends, later.trends, strict=True)
    risks = zip(scores.risks, later.risks, strict=True)
    return Effects(
        _overall(scores, later),
        [_trend(questionnaire, before, then) for before, then in pairs],
        [_risk(questionnaire, before, then) for before, then in risks],
    )


def after(questionnaire: Questionnaire, answers: Answers, levels: Mapping[str, int]) -> Answers:
    """The answers with some indicators at new maturity levels."""
    changed = {
        name: answers.to(name).model_copy(update={"answer": questionnaire.indicators[name].answer_for(level)})
        for name, level in levels.items()
    }
    return answers.model_copy(update={"answers": answers.answers | changed})


def _overall(scores: Scores, later: Scores) -> ScoreEffect:
    before, then = scores.overall, later.overall
    levels = before.level, then.level
    return _effect(scores.questionnaire, (OVERALL, overall_title()), (before.measure, then.measure), levels)


def _trend(questionnaire: Questionnaire, before: TrendScore, then: TrendScore) -> ScoreEffect:
    names, levels = (before.trend.id, before.trend.title), (before.level, then.level)
    return _effect(questionnaire, names, (before.measure, then.measure), levels)


def _effect(
    questionnaire: Questionnaire,
    names: tuple[str, str],
    measures: tuple[Measure, Measure],
    levels: tuple[int | None, int | None],
) -> ScoreEffect:
    before, then = measures
    return ScoreEffect(
        *names,
        before=number(published(before)),
        after=number(published(then)),
        low_before=number(before.low),
        low_after=number(then.low),
        level_before=_level(questionnaire, levels[0]),
        level_after=_level(questionnaire, levels[1]),
        band_before=score_band(before, questionnaire.method),
        band_after=score_band(then, questionnaire.method),
    )


def _level(questionnaire: Questionnaire, value: int | None) -> Level | None:
    return None if value is None else Level(value, questionnaire.level_names[value].name)


def _risk(questionnaire: Questionnaire, before: RiskScore, then: RiskScore) -> RiskEffect:
    return RiskEffect(
        before.risk.id,
        before.risk.title,
        before=number(published(before.measure)),
        after=number(published(then.measure)),
        high_before=number(before.measure.high),
        high_after=number(then.measure.high),
        band_before=before.band(questionnaire.method),
        band_after=then.band(questionnaire.method),
        holes_before=[item.id for item in before.holes],
        holes_after=[item.id for item in then.holes],
    )
