"""The questionnaires that ship, whole: counts, texts for every actor and answer, references, and how they read."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from allycheck.analysis.whole_report import whole_report
from allycheck.answers import Answers
from allycheck.loading import bundled_questionnaires, check_questionnaire, load_questionnaire, load_sheet
from allycheck.questionnaire import EXPOSURE_BANDS, STAGES, Indicator, Questionnaire
from allycheck.report import as_plain
from allycheck.scoring import score

FOLDER = bundled_questionnaires()["alliance-readiness"]
EXAMPLES = sorted((FOLDER / "examples").glob("*.yaml"))
ALLIANCES, VENTURE = load_questionnaire(), load_questionnaire("joint-venture")
BUNDLED = [ALLIANCES, VENTURE]
READERS = [pytest.param(whole, actor, id=f"{whole.id}/{actor}") for whole in BUNDLED for actor in whole.actor_types]
PAIRS = [
    "alliance-portfolio/sunset-exit", "hybrid-governance/cross-sector-lead", "venture-governance/incentive-alignment",
    "supply-exposure/regional-strategy", "data-trust/rights-safeguards", "norm-agenda/own-conduct",
    "trust-tracking/shared-narrative", "security-coordination/shared-threat-picture", "seat-at-table/affected-voice",
    "fairness-check/fair-shares", "climate-finance/climate-in-decisions", "rapid-funding/delegated-authority",
    "joint-exercises/lessons-applied", "standing-mechanism/joint-exercises", "scenario-planning/joint-exercises",
    "scenario-planning/lessons-applied", "rule-fitting/alliance-portfolio", "rule-fitting/norm-alignment",
    "standards-platforms/tech-interoperability", "geopolitics-in-strategy/partner-scrutiny",
    "geopolitics-in-strategy/supply-exposure", "hard-and-soft-means/own-conduct", "hard-and-soft-means/trust-tracking",
]  # fmt: skip
CRITICAL = {
    "alliance-portfolio": ["fragmentation"],
    "sunset-exit": ["fragmentation"],
    "partner-scrutiny": ["weaponization"],
    "supply-exposure": ["weaponization"],
    "data-trust": ["norm-competition"],
    "norm-alignment": ["norm-competition"],
    "economic-pressure": ["weaponization"],
    "fair-shares": ["exclusion"],
    "seat-at-table": ["exclusion"],
}


def test_the_bundled_ones_are_a_folder_and_a_file() -> None:
    assert {name: path.is_dir() for name, path in bundled_questionnaires().items()} == {
        "alliance-readiness": True,
        "joint-venture": False,
    }


def test_counts_of_alliance_readiness() -> None:
    assert [len(ALLIANCES.trends), len(ALLIANCES.indicators), len(ALLIANCES.actors)] == [10, 65, 4]
    assert [len(ALLIANCES.risks), len(ALLIANCES.pillars), len(ALLIANCES.scenarios)] == [4, 4, 6]
    assert [len(trend.indicators) for trend in ALLIANCES.trends] == [6, 6, 8, 6, 6, 7, 7, 6, 6, 7]
    assert {actor: len(ALLIANCES.scope(actor, "full")) for actor in ALLIANCES.actor_types} == {
        "state": 64, "business": 64, "civil-society": 62, "multilateral": 63,
    }  # fmt: skip
    assert {len(ALLIANCES.scope(actor, "quick")) for actor in ALLIANCES.actor_types} == {22}


def test_counts_of_the_joint_venture_check() -> None:
    assert [len(VENTURE.trends), len(VENTURE.indicators), len(VENTURE.actors)] == [8, 32, 3]
    assert [len(VENTURE.risks), len(VENTURE.pillars), len(VENTURE.scenarios), len(VENTURE.consistency)] == [4, 0, 3, 10]
    assert all(len(VENTURE.scope(actor, "full")) == 32 for actor in VENTURE.actor_types)
    assert {len(VENTURE.scope(actor, "quick")) for actor in VENTURE.actor_types} == {12}


@pytest.mark.parametrize("name", bundled_questionnaires())
def test_a_strict_check_finds_nothing(name: str) -> None:
    assert check_questionnaire(name, strict=True)[1] == []


def test_a_file_of_its_own_has_the_digest_of_the_folder(tmp_path: Path) -> None:
    def read(path: Path) -> Any:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)

    content = read(FOLDER / "questionnaire.yaml") | read(FOLDER / "scenarios.yaml")
    for kind in ("trends", "actors"):
        content[kind] = [read(path) for path in sorted((FOLDER / kind).glob("*.yaml"))]
    (tmp_path / "one.yaml").write_text(plain(content), encoding="utf-8")
    assert load_questionnaire(str(tmp_path / "one.yaml")).digest == ALLIANCES.digest


def plain(value: Any) -> str:
    """YAML of one line in which every scalar stands quoted but for numbers and truths."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {plain(entry)}" for key, entry in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(plain, value)) + "]"
    if re.fullmatch(r"[0-9.]+|true|false", value):
        return str(value)
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


@pytest.mark.parametrize(("whole", "actor"), READERS)
def test_every_answer_of_every_actor_has_its_sentences_and_three_steps(whole: Questionnaire, actor: str) -> None:
    """Weak, strong, and what to do from each stage: the actor's own words or the indicator's."""
    for item in whole.scope(actor, "full"):
        own = whole.words(item, actor)
        assert [item.id, bool(own.weak), bool(own.strong)] == [item.id, True, True]
        steps = [getattr(own, stage) or getattr(item.steps, stage) for stage in STAGES]
        assert all(steps), item.id
        assert steps == [whole.step_texts(item, actor, climb)[0] for climb in (range(1, 2), range(2, 3), range(3, 4))]


@pytest.mark.parametrize(("whole", "actor"), READERS)
def test_an_actor_has_words_for_what_it_is_asked_and_for_nothing_else(whole: Questionnaire, actor: str) -> None:
    asked = {item.id for item in whole.scope(actor, "full")}
    told = {name for trend in whole.actor_types[actor].trends.values() for name in trend.indicators}
    assert told == asked


@pytest.mark.parametrize(("whole", "actor"), READERS)
def test_every_trend_risk_and_level_has_its_words(whole: Questionnaire, actor: str) -> None:
    own = whole.actor_types[actor]
    assert list(own.weights) == [trend.id for trend in whole.trends]
    assert sum(own.weights.values()) == 100
    assert own.weights_why
    assert all(own.weights_why.values())
    assert all([own.who, own.charge, *(own.overall[level.id] for level in whole.level_names)])
    assert all(own.trends[trend.id].stake for trend in whole.trends)
    for risk in whole.risks:
        words = own.risks[risk.id]
        assert all([words.shows_up, words.warning_signs, words.mitigations])
        assert all(getattr(words, band) for band in EXPOSURE_BANDS)


@pytest.mark.parametrize(("whole", "actor"), READERS)
def test_every_protection_hangs_on_a_question_that_the_actor_is_asked(whole: Questionnaire, actor: str) -> None:
    asked = {item.id for item in whole.scope(actor, "full")}
    for words in whole.actor_types[actor].risks.values():
        assert {mitigation.for_ for mitigation in words.mitigations} <= asked


@pytest.mark.parametrize("whole", BUNDLED, ids=lambda whole: whole.id)
def test_every_indicator_is_complete(whole: Questionnaire) -> None:
    pillars, risks = {pillar.id for pillar in whole.pillars}, {risk.id for risk in whole.risks}
    for item in whole.indicators.values():
        assert all([item.name, item.ask, item.evidence, item.source, *item.levels])
        assert re.fullmatch("[A-Z]{2}[1-8]", item.code)
        assert set(item.critical) <= set(item.risks) <= risks
        assert (item.pillar in pillars) is bool(pillars)
        assert set(item.requires) <= set(whole.indicators)
        assert len(item.effort) == 4
        assert set(item.effort) <= set(whole.effort)
    assert all([trend.construct_, trend.implication, trend.why, trend.subject] for trend in whole.trends)
    assert all([risk.meaning, risk.causes, risk.example] for risk in whole.risks)
    assert all(pillar.meaning for pillar in whole.pillars)


@pytest.mark.parametrize("whole", BUNDLED, ids=lambda whole: whole.id)
def test_every_scenario_weighs_every_trend_and_asks_every_actor(whole: Questionnaire) -> None:
    for scenario in whole.scenarios:
        assert list(scenario.demands) == [trend.id for trend in whole.trends]
        decisive = {name for name, demand in scenario.demands.items() if demand == 3}
        assert decisive <= set(scenario.reasons) <= set(scenario.demands)
        assert set(scenario.questions) == set(whole.actor_types)
        assert all([scenario.title, scenario.story, scenario.breaks_first])


def test_every_risk_has_safeguards_that_no_average_may_hide() -> None:
    assert {item.id: item.critical for item in ALLIANCES.indicators.values() if item.critical} == CRITICAL
    for whole in BUNDLED:
        assert {risk for item in whole.indicators.values() for risk in item.critical} == {
            risk.id for risk in whole.risks
        }


def test_what_is_older_than_this_edition_was_asked_anew() -> None:
    """60 indicators have new anchors and 5 are new, so that nothing of a version 1 sheet is compared."""
    marks = [(item.rev, item.rev_since, item.since) for item in ALLIANCES.indicators.values()]
    assert sorted(set(marks), key=str) == [(1, None, "2.0"), (2, "2.0", None)]
    assert marks.count((2, "2.0", None)) == 60


def test_the_pairs_that_contradict_each_other_are_all_there() -> None:
    assert sorted(f"{pair.high}/{pair.low}" for pair in ALLIANCES.consistency) == sorted(PAIRS)
    assert all(pair.text for whole in BUNDLED for pair in whole.consistency)


def sentences(whole: Questionnaire, item: Indicator, actor: str) -> Iterator[str]:
    """Everything that an actor reads about one question."""
    own = whole.words(item, actor)
    yield from (*whole.tailored(item, actor).levels, own.weak, own.strong)
    yield from (text for level in range(4) for text in whole.step_texts(item, actor, range(level, level + 1)))


@pytest.mark.parametrize(("whole", "actor"), READERS)
def test_questions_anchors_and_steps_are_whole_sentences(whole: Questionnaire, actor: str) -> None:
    for item in whole.scope(actor, "full"):
        own = whole.tailored(item, actor)
        assert own.ask[0].isupper()
        assert own.ask.endswith("?")
        for sentence in sentences(whole, item, actor):
            assert sentence[0].isupper() or not sentence[0].isalpha()
            assert sentence.endswith((".", "!", "?"))


def report_of(answers: Answers, questionnaire: Questionnaire) -> Any:
    return as_plain(whole_report(score(questionnaire, answers), answers))


@pytest.mark.parametrize(("whole", "actor"), READERS)
@pytest.mark.parametrize("level", range(5))
def test_a_report_of_one_level_throughout_has_all_its_words(whole: Questionnaire, actor: str, level: int) -> None:
    answers = {item.id: item.answer_for(level) for item in whole.scope(actor, "full")}
    report = report_of(Answers.model_validate({"questionnaire": whole.id, "actor": actor, "answers": answers}), whole)
    assert report["overall"]["score"] == 25.0 * level
    assert report["overall"]["level"]["value"] == level
    assert report["overall"]["sentence"]
    assert all(risk["text"] and risk["exposure"] == 100 - 25.0 * level for risk in report["risks"])
    assert all(bool(risk["mitigations"]) is (level < 3) for risk in report["risks"])
    assert all(bool(risk["holes"]) is (level < 2) for risk in report["risks"])
    items = [item for trend in report["trends"] for item in trend["indicators"]]
    assert all(bool(item["meaning"]) is (level != 2) for item in items)
    assert all((item["next_step"] is None) is (level == 4) for item in items)
    assert bool(report["priorities"]["first"]) is (level < 4)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_are_read_without_a_warning_and_hold_every_state(path: Path) -> None:
    sheet = load_sheet(str(path))
    counts = score(sheet.questionnaire, sheet.answers).overall.counts
    assert sheet.warnings == []
    assert counts.answered > 40
    assert counts.unanswered == (3 if path.stem == "manufacturer" else 0)  # it says itself that three are open
    assert any(answer.answer == "dk" for answer in sheet.answers.answers.values())
    assert all(answer.reason for answer in sheet.answers.answers.values() if answer.answer == "na")
    assert any(answer.evidence for answer in sheet.answers.answers.values())
    assert any(answer.comment for answer in sheet.answers.answers.values())
