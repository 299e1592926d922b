"""What holds of the scores of any answers to any questionnaire."""

from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from allycheck.answers import Answers
from allycheck.building_report import build_report
from allycheck.priorities import best_value, contributions, find_out
from allycheck.questionnaire import Questionnaire
from allycheck.scoring import FULL, STEP, Item, Measure, Scores, score
from tests.reference.generated import Raw, answers, questionnaires

quickly = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def sheets(draw: st.DrawFn) -> tuple[Raw, Raw]:
    questionnaire = draw(questionnaires())
    return questionnaire, draw(answers(questionnaire))


def scored(sheet: tuple[Raw, Raw], **changed: Any) -> Scores:
    """The scores of a sheet with some answers changed."""
    questionnaire, given_answers = sheet
    changes = {name.replace("_", "-"): value for name, value in changed.items()}
    content = given_answers | {"answers": given_answers["answers"] | changes}
    return score(Questionnaire.model_validate(questionnaire), Answers.model_validate(content))


def unknown(scores: Scores, level: int) -> dict[str, int]:
    """Every unknown answer at a level, as the file would write it."""
    open_items = (item for item in scores.items if item.applies and not item.known)
    return {item.id: item.indicator.answer_for(level) for item in open_items}


def measures(scores: Scores) -> list[Measure]:
    """Scores and exposures of everything."""
    groups = [*scores.trends, *scores.pillars, *scores.risks]
    return [scores.overall.measure, *(group.measure for group in groups)]


@quickly
@given(sheets())
def test_scores_lie_in_their_range_and_both_ends_are_reached(sheet: tuple[Raw, Raw]) -> None:
    before = scored(sheet)
    worst, best = scored(sheet, **unknown(before, 0)), scored(sheet, **unknown(before, 4))
    risks = len(before.risks)
    for place, (now, low, high) in enumerate(zip(measures(before), measures(worst), measures(best), strict=True)):
        if now.low is None or now.high is None:
            assert now.score is low.score is high.score is None
            continue
        ends = (low.score, high.score)
        assert 0 <= now.low <= (now.low if now.score is None else now.score) <= now.high <= 100
        assert (ends[::-1] if place >= len(measures(before)) - risks else ends) == (now.low, now.high)


@quickly
@given(sheets(), st.data())
def test_a_better_answer_lowers_no_score_and_raises_no_exposure(sheet: tuple[Raw, Raw], data: st.DataObject) -> None:
    before = scored(sheet)
    raisable = [item for item in before.items if item.level is not None and item.level < 4]
    assume(raisable)
    item = data.draw(st.sampled_from(raisable))
    assert item.level is not None
    after = scored(sheet, **{item.id: item.indicator.answer_for(item.level + 1)})
    risks = len(before.risks)
    for place, (old, new) in enumerate(zip(measures(before), measures(after), strict=True)):
        falls = place >= len(measures(before)) - risks
        for was, now in ((old.score, new.score), (old.low, new.low), (old.high, new.high)):
            if was is not None and now is not None:
                assert now <= was if falls else now >= was
    assert (after.overall.level or 0) >= (before.overall.level or 0)


@quickly
@given(sheets(), st.randoms(use_true_random=False))
def test_the_order_of_answers_is_irrelevant(sheet: tuple[Raw, Raw], random: Any) -> None:
    questionnaire, given_answers = sheet
    shuffled = list(given_answers["answers"].items())
    random.shuffle(shuffled)
    other = questionnaire, given_answers | {"answers": dict(shuffled)}
    assert build(sheet) == build(other)


def build(sheet: tuple[Raw, Raw]) -> object:
    return build_report(scored(sheet), Answers.model_validate(sheet[1]))


@quickly
@given(sheets(), st.data())
def test_a_trend_that_does_not_apply_is_as_if_it_were_not_there(sheet: tuple[Raw, Raw], data: st.DataObject) -> None:
    questionnaire = sheet[0]
    assume(len(questionnaire["trends"]) > 1)
    gone = data.draw(st.sampled_from(questionnaire["trends"]))
    neutral = scored(sheet, **{item["id"]: "na" for item in gone["indicators"]})
    rest = questionnaire | {"trends": [trend for trend in questionnaire["trends"] if trend is not gone]}
    without = scored((rest, sheet[1]))
    assert neutral.overall.measure == without.overall.measure
    assert (neutral.overall.level, neutral.overall.possible_level) == (
        without.overall.level,
        without.overall.possible_level,
    )
    assert [risk.measure for risk in neutral.risks] == [risk.measure for risk in without.risks]
    assert [pillar.measure for pillar in neutral.pillars] == [pillar.measure for pillar in without.pillars]


@quickly
@given(sheets())
def test_everything_that_should_add_up_adds_up(sheet: tuple[Raw, Raw]) -> None:
    """Losses to 100 - R, widths to high - low (method 7); drivers to the exposure (method 6)."""
    scores = scored(sheet)
    overall = scores.overall.measure
    if overall.score is not None:
        assert sum(point.lost or 0 for point in contributions(scores).values()) == 100 - overall.score
    if overall.low is not None and overall.high is not None:
        assert sum(entry.width for entry in find_out(scores)) == overall.high - overall.low
    for risk in scores.risks:
        known = [item for item in risk.items if item.known]
        whole = sum(risk.load(item) for item in known)
        if risk.measure.score is not None:
            assert sum(lack(item) * risk.load(item) / whole for item in known) == risk.measure.score


def lack(item: Item) -> Fraction:
    assert item.level is not None
    return Fraction(FULL - STEP * item.level)


@quickly
@given(sheets())
def test_a_next_step_gains_what_it_promises(sheet: tuple[Raw, Raw]) -> None:
    """Taking the step on paper moves R and every exposure by exactly the figures beside it."""
    before = scored(sheet)
    for step in best_value(before)[:2]:
        after = scored(sheet, **{step.item.id: step.item.indicator.answer_for(step.to)})
        assert before.overall.measure.score is not None
        assert after.overall.measure.score == before.overall.measure.score + step.gain
        for old, new in zip(before.risks, after.risks, strict=True):
            if old.measure.score is not None:
                assert new.measure.score == old.measure.score - step.risks.get(old.risk.id, 0)
