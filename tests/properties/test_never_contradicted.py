"""Whatever is answered to the questionnaires that ship: no sentence about practice denies an answer (method 7)."""

import html
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allycheck.analysis.whole_report import whole_report
from allycheck.answers import Answers
from allycheck.loading import load_questionnaire
from allycheck.questionnaire import STAGES, ActorIndicator, Indicator, Questionnaire
from allycheck.render.formats import Format, Kind, render
from allycheck.render.look import Look
from allycheck.scoring import score

if TYPE_CHECKING:
    from allycheck.report import IndicatorReport, Report

BUNDLED = [load_questionnaire(name) for name in ("alliance-readiness", "joint-venture")]
READERS = [pytest.param(whole, actor, id=f"{whole.id}/{actor}") for whole in BUNDLED for actor in whole.actor_types]
LEADS_FROM = {"start": {0, 1}, "practise": {2}, "improve": {3}}
"""The levels that each stage leads up from."""
ANSWERS = [0, 1, 2, 3, 4, "na", "dk", None]
DEPTHS = [8, pytest.param(25, marks=pytest.mark.slow)]
"""How many sheets each check sees."""


@st.composite
def sheets(draw: st.DrawFn, whole: Questionnaire, actor: str) -> Answers:
    """Answers of one organisation: anything at all, or mostly one level, so that single answers stand out."""
    mostly = draw(st.sampled_from([None, *ANSWERS]))
    form = draw(st.sampled_from(["full", "full", "quick"]))
    usual = st.sampled_from(ANSWERS) if mostly is None else st.sampled_from([mostly] * 8 + ANSWERS)
    answers = {item.id: draw(usual) for item in whole.scope(actor, form)}
    return Answers.model_validate({"questionnaire": whole.id, "actor": actor, "form": form, "answers": answers})


class Told:
    """A report beside the answers and the texts that it could have said."""

    def __init__(self, whole: Questionnaire, actor: str, answers: Answers) -> None:
        self.whole, self.actor = whole, actor
        self.report: Report = whole_report(score(whole, answers), answers)
        self.items: dict[str, IndicatorReport] = {
            item.id: item for trend in self.report.trends for item in trend.indicators
        }

    def source(self, name: str) -> tuple[Indicator, ActorIndicator]:
        """The indicator of the questionnaire, and the actor's own words for it."""
        item = self.whole.indicators[name]
        trend = self.whole.actor_types[self.actor].trends[self.whole.trend_of[name].id]
        return item, trend.indicators[name]

    def stages(self, name: str, texts: list[str]) -> list[str]:
        """The stages whose texts these are, each looked up by the text itself."""
        item, own = self.source(name)
        known = {getattr(own, stage) or getattr(item.steps, stage): stage for stage in STAGES}
        return [known[text] for text in texts]

    def check_steps(self, name: str, texts: list[str], level: int, to: int) -> None:
        """Each text belongs to a level that is passed on the way, in order, and none is left out."""
        stages = self.stages(name, texts)
        passed = set(range(level, to))
        assert level < to
        assert stages == [stage for stage in STAGES if LEADS_FROM[stage] & passed]
        assert texts == list(dict.fromkeys(texts))


def of_any_sheet(check: Callable[[Told], None]) -> Callable[..., None]:
    """A test that the check holds for every reader, whatever is answered."""

    @pytest.mark.parametrize("examples", DEPTHS)
    @pytest.mark.parametrize(("whole", "actor"), READERS)
    def test(whole: Questionnaire, actor: str, examples: int) -> None:
        @settings(max_examples=examples, deadline=None)
        @given(sheets(whole, actor))
        def holds(answers: Answers) -> None:
            check(Told(whole, actor, answers))

        holds()

    return test


@of_any_sheet
def test_each_sentence_about_practice_belongs_to_an_answer_that_earns_it(told: Told) -> None:
    for name, item in told.items.items():
        _, own = told.source(name)
        if item.level is None:
            assert item.meaning is item.next_step is item.gain is None
            continue
        expected = {0: own.weak, 1: own.weak, 3: own.strong, 4: own.strong}.get(item.level)
        assert item.meaning == expected
        assert (item.next_step is None) is (item.level == 4)
        if item.next_step is not None:
            assert item.next_step.to >= max(item.level + 1, 2)
            told.check_steps(name, item.next_step.texts, item.level, item.next_step.to)


@of_any_sheet
def test_lists_name_only_what_its_answer_puts_there(told: Told) -> None:
    levels = {name: item.level for name, item in told.items.items()}
    report = told.report
    for trend in report.trends:
        own = {item.id: item.level for item in trend.indicators}
        assert sorted(trend.weaknesses) == sorted(name for name, level in own.items() if level in {0, 1})
        assert sorted(trend.strengths) == sorted(name for name, level in own.items() if level in {3, 4})
        assert set(trend.next) <= {name for name, level in own.items() if level in {0, 1, 2, 3}}
    assert {levels[name] for name in report.priorities.build_on} <= {3, 4}
    for step in report.priorities.best_value:
        assert step.from_ == levels[step.id]
        assert step.from_ < step.to <= 4


@of_any_sheet
def test_what_to_do_first_follows_from_the_answers(told: Told) -> None:
    first, next_level = told.report.priorities.first, told.report.priorities.next_level
    assert first is not None
    assert next_level is not None
    assert len({step.id for step in first}) == len(first)
    for step in first:
        item = told.items[step.id]
        assert (item.answer, step.from_) != ("na", None)
        assert step.from_ == item.level
        if step.from_ is None:
            assert step.texts == []
        else:
            told.check_steps(step.id, step.texts, step.from_, step.to)
    holes = {name for risk in told.report.risks for name in risk.holes}
    assert {step.id for step in first if "hole" in step.reasons} == holes
    assert any("level" in step.reasons for step in first) is (next_level.status == "planned")
    due = {step.id: ("30d", "90d", "1y").index(step.within) for step in first}
    for name, when in due.items():
        assert all(due[other] <= when for other in told.items[name].requires if other in due)


@of_any_sheet
def test_risks_advise_nothing_that_is_in_place_and_hide_no_hole(told: Told) -> None:
    for risk in told.report.risks:
        words = told.whole.actor_types[told.actor].risks[risk.id]
        expected = [
            (one.do, one.for_)
            for one in words.mitigations
            if one.for_ is None or (one.for_ in told.items and told.items[one.for_].level in {0, 1, 2})
        ]
        assert risk.mitigations == expected
        critical = {name for name, item in told.items.items() if risk.id in told.whole.indicators[name].critical}
        assert set(risk.holes) == {name for name in critical if told.items[name].level in {0, 1}}
        assert set(risk.possible_holes) == {
            name for name in critical if told.items[name].level is None and told.items[name].answer != "na"
        }
        assert not (risk.holes and risk.band == "low")
        assert not (risk.holes and "low" in risk.possible_bands)
        assert risk.text == (getattr(words, risk.band) if risk.band else None)
        assert risk.band is None or risk.band in risk.possible_bands


def read(text: str) -> str:
    """A page as its reader has it: without markup, escapes and line breaks."""
    text = html.unescape(re.sub(r"<style>.*?</style>|<[^>]*>", " ", text, flags=re.DOTALL))
    return re.sub(r"\s+", " ", text.replace("\\", "").replace("\u2060", ""))


PAGES: list[tuple[Format, Kind, Look]] = [
    (form, kind, Look(plain=plain, full=full))
    for form, plains in ((Format.TEXT, (False, True)), (Format.MARKDOWN, (False,)), (Format.HTML, (False,)))
    for plain in plains
    for kind, full in (("report", False), ("report", True), ("brief", False))
    if not (form is Format.HTML and full)
]


@pytest.mark.parametrize(("whole", "actor"), READERS)
@settings(max_examples=4, deadline=None)
@given(data=st.data())
def test_no_page_in_any_format_says_what_no_answer_earns(whole: Questionnaire, actor: str, data: st.DataObject) -> None:
    """A weak, strong or step text stands on a page only if some answer that has this text earns it."""
    told = Told(whole, actor, data.draw(sheets(whole, actor)))
    earned: set[str] = set()
    all_texts: set[str] = set()
    for item in whole.indicators.values():
        own = whole.actor_types[actor].trends[whole.trend_of[item.id].id].indicators.get(item.id, ActorIndicator())
        level = told.items[item.id].level if item.id in told.items else None
        said = {stage: getattr(own, stage) or getattr(item.steps, stage) for stage in STAGES}
        texts = {own.weak: {0, 1}, own.strong: {3, 4}, said["start"]: {0, 1}}
        # A climb may pass several stages, so what leads on from a higher level can be said at a lower one, too.
        texts |= {said["practise"]: {0, 1, 2}, said["improve"]: {0, 1, 2, 3}}
        all_texts |= texts.keys()
        earned |= {text for text, levels in texts.items() if level in levels}
    unearned = {read(text) for text in all_texts - earned if text}
    for form, kind, look in PAGES:
        page = read(render(told.report, form, look, kind))
        assert not [text for text in unearned if text in page], (form, kind)


@pytest.mark.parametrize("level", range(5))
@pytest.mark.parametrize(("whole", "actor"), READERS)
def test_one_answer_that_differs_from_all_others_is_told_as_it_is(whole: Questionnaire, actor: str, level: int) -> None:
    """The trend's average says nothing about it: a 0 among fours, a 4 among noughts."""
    for other in (0, 4):
        items: list[Any] = [item.id for item in whole.scope(actor, "full")]
        odd = items[7 * level % len(items)]
        answers = dict.fromkeys(items, other) | {odd: level}
        told = Told(
            whole, actor, Answers.model_validate({"questionnaire": whole.id, "actor": actor, "answers": answers})
        )
        _, own = told.source(odd)
        assert told.items[odd].meaning == {0: own.weak, 1: own.weak, 2: None, 3: own.strong, 4: own.strong}[level]
