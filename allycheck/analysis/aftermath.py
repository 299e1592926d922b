"""What doing a plan makes of a sheet: the answers after it, scored anew and set beside those of today."""

from collections.abc import Mapping

from allycheck.analysis.planned import Effects, RiskEffect, ScoreEffect
from allycheck.analysis.several import number, published
from allycheck.answers import Answers
from allycheck.questionnaire import EXPOSURE_BANDS, SCORE_BANDS, Questionnaire
from allycheck.report import Level
from allycheck.scoring import Measure, RiskScore, Scores, TrendScore, band_of, score

OVERALL_TITLE = "Overall"


def after(questionnaire: Questionnaire, answers: Answers, levels: Mapping[str, int]) -> Answers:
    """The answers with some indicators at new maturity levels."""
    changed = {
        name: answers.to(name).model_copy(update={"answer": questionnaire.indicators[name].answer_for(level)})
        for name, level in levels.items()
    }
    return answers.model_copy(update={"answers": answers.answers | changed})


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


def _overall(scores: Scores, later: Scores) -> ScoreEffect:
    before, then = scores.overall, later.overall
    levels = before.level, then.level
    return _effect(scores.questionnaire, ("overall", OVERALL_TITLE), (before.measure, then.measure), levels)


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
        band_before=_band(questionnaire, before),  # type: ignore[arg-type]
        band_after=_band(questionnaire, then),  # type: ignore[arg-type]
    )


def _level(questionnaire: Questionnaire, value: int | None) -> Level | None:
    return None if value is None else Level(value, questionnaire.level_names[value].name)


def _band(questionnaire: Questionnaire, measure: Measure) -> str | None:
    value = published(measure)
    return None if value is None else band_of(value, questionnaire.method.score_bands, SCORE_BANDS)


def _risk(questionnaire: Questionnaire, before: RiskScore, then: RiskScore) -> RiskEffect:
    return RiskEffect(
        before.risk.id,
        before.risk.title,
        before=number(published(before.measure)),
        after=number(published(then.measure)),
        high_before=number(before.measure.high),
        high_after=number(then.measure.high),
        band_before=_exposure_band(questionnaire, before.measure),  # type: ignore[arg-type]
        band_after=_exposure_band(questionnaire, then.measure),  # type: ignore[arg-type]
    )


def _exposure_band(questionnaire: Questionnaire, measure: Measure) -> str | None:
    value = published(measure)
    return None if value is None else band_of(value, questionnaire.method.exposure_bands, EXPOSURE_BANDS)
