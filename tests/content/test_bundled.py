"""The questionnaire that ships, whole: counts, texts for every actor and band, terms, and how it reads when filled in."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from allycheck.answers import Answers
from allycheck.building_report import build_report
from allycheck.loading import bundled_questionnaires, check_questionnaire, load_questionnaire, load_sheet
from allycheck.questionnaire import EXPOSURE_BANDS, SCORE_BANDS, Model, Questionnaire
from allycheck.report import as_plain
from allycheck.scoring import score

FOLDER = bundled_questionnaires()["alliance-readiness"]
EXAMPLES = sorted((FOLDER / "examples").glob("*.yaml"))
WHOLE = load_questionnaire()
ACTORS = list(WHOLE.actor_types)
LEVELS = [level.id for level in WHOLE.level_names]
PAIRS = [
    "alliance-portfolio/sunset-exit", "hybrid-governance/cross-sector-lead", "venture-governance/incentive-alignment",
    "supply-exposure/regional-strategy", "data-trust/rights-safeguards", "norm-agenda/own-conduct",
    "trust-tracking/shared-narrative", "security-coordination/shared-threat-picture", "seat-at-table/affected-voice",
    "fairness-check/fair-shares", "climate-finance/climate-in-decisions", "rapid-funding/delegated-authority",
    "joint-exercises/lessons-applied", "standing-mechanism/joint-exercises",
]  # fmt: skip


def test_counts() -> None:
    assert [len(WHOLE.trends), len(WHOLE.indicators), len(WHOLE.actors)] == [10, 60, 4]
    assert [len(WHOLE.risks), len(WHOLE.pillars), len(WHOLE.scenarios), len(WHOLE.terms)] == [4, 4, 6, 6]
    assert all(len(trend.indicators) == 6 for trend in WHOLE.trends)
    assert {actor: len(WHOLE.scope(actor, "full")) for actor in ACTORS} == {
        "state": 60, "business": 60, "civil-society": 59, "multilateral": 60,
    }  # fmt: skip
    assert {len(WHOLE.scope(actor, "quick")) for actor in ACTORS} == {20}


def test_a_strict_check_finds_nothing() -> None:
    assert check_questionnaire("alliance-readiness", strict=True)[1] == []


def test_a_file_of_its_own_has_the_digest_of_the_folder(tmp_path: Path) -> None:
    def read(path: Path) -> Any:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)

    content = read(FOLDER / "questionnaire.yaml") | read(FOLDER / "scenarios.yaml")
    for kind in ("trends", "actors"):
        content[kind] = [read(path) for path in sorted((FOLDER / kind).glob("*.yaml"))]
    (tmp_path / "one.yaml").write_text(plain(content), encoding="utf-8")
    assert load_questionnaire(str(tmp_path / "one.yaml")).digest == WHOLE.digest


def plain(value: Any) -> str:
    """YAML of one line in which every scalar stands quoted but for numbers and truths."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {plain(entry)}" for key, entry in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(plain, value)) + "]"
    if re.fullmatch(r"[0-9.]+|true|false", value):
        return str(value)
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


@pytest.mark.parametrize("actor", ACTORS)
def test_every_trend_and_risk_has_its_words_for_every_band(actor: str) -> None:
    own = WHOLE.actor_types[actor]
    assert list(own.weights) == [trend.id for trend in WHOLE.trends]
    assert sum(own.weights.values()) == 100
    assert all(own.weights_why.values())
    assert own.weights_why
    assert all([own.who, own.charge, *(own.overall[level] for level in LEVELS)])
    for trend in WHOLE.trends:
        assert own.trends[trend.id].stake
        for band in SCORE_BANDS:
            words = getattr(own.trends[trend.id], band)
            assert words.finding
            assert words.steps
    for risk in WHOLE.risks:
        words = own.risks[risk.id]
        assert all([words.shows_up, words.warning_signs, words.mitigations])
        assert all(getattr(words, band) for band in EXPOSURE_BANDS)


def test_every_indicator_is_complete() -> None:
    for item in WHOLE.indicators.values():
        assert all([item.name, item.ask, item.evidence, item.step, item.source, item.pillar, item.risks])
        assert all(item.levels)
        assert re.fullmatch("[A-Z]{2}[1-6]", item.code)
    assert all([trend.construct_, trend.implication, trend.why, trend.subject] for trend in WHOLE.trends)


def test_the_pairs_that_contradict_each_other_are_all_there() -> None:
    assert [f"{pair.high}/{pair.low}" for pair in WHOLE.consistency] == PAIRS
    assert all(pair.text for pair in WHOLE.consistency)


def texts(value: Any) -> Iterator[str]:
    """Every text of a model."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Model):
        for name in type(value).model_fields:
            yield from texts(getattr(value, name))
    elif isinstance(value, dict | list):
        for entry in value.values() if isinstance(value, dict) else value:
            yield from texts(entry)


@pytest.mark.parametrize("actor", ACTORS)
def test_every_term_resolves_and_every_sentence_begins_with_a_capital(actor: str) -> None:
    own = WHOLE.model_copy(update={"actors": [WHOLE.actor_types[actor]], "terms": {}})
    for text in texts(own):
        filled = WHOLE.fill(text, actor)
        assert "{" not in filled
        assert "}" not in filled
        for opening, term in re.findall(r"(^|[.?!] )\{(\w+)\}", text):
            word = WHOLE.terms[term][actor]
            assert opening + word[0].upper() + word[1:] in filled


@pytest.mark.parametrize("actor", ACTORS)
def test_questions_anchors_and_steps_are_whole_sentences(actor: str) -> None:
    for item in WHOLE.scope(actor, "full"):
        own = WHOLE.tailored(item, actor)
        assert own.ask[0].isupper()
        assert own.ask.endswith("?")
        for sentence in [*own.levels, own.step]:
            assert sentence[0].isupper() or not sentence[0].isalpha()
            assert sentence.endswith((".", "!", "?"))


def report_of(answers: Answers, questionnaire: Questionnaire = WHOLE) -> Any:
    return as_plain(build_report(score(questionnaire, answers), answers))


@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize("level", range(5))
def test_a_report_of_one_level_throughout_has_all_its_words(actor: str, level: int) -> None:
    answers = {item.id: item.answer_for(level) for item in WHOLE.scope(actor, "full")}
    report = report_of(Answers.model_validate({"questionnaire": WHOLE.id, "actor": actor, "answers": answers}))
    assert report["overall"]["score"] == 25.0 * level
    assert report["overall"]["level"]["value"] == level
    assert report["overall"]["sentence"]
    assert all(trend["finding"] and trend["steps"] for trend in report["trends"])
    assert all(risk["text"] and risk["exposure"] == 100 - 25.0 * level for risk in report["risks"])
    assert all(pillar["text"] for pillar in report["pillars"])


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_are_read_without_a_warning_and_hold_every_state(path: Path) -> None:
    sheet = load_sheet(str(path))
    counts = score(sheet.questionnaire, sheet.answers).overall.counts
    assert sheet.warnings == []
    assert counts.answered > 40
    assert counts.unanswered == 0
    assert any(answer.answer == "dk" for answer in sheet.answers.answers.values())
    assert all(answer.reason for answer in sheet.answers.answers.values() if answer.answer == "na")
    assert any(answer.evidence for answer in sheet.answers.answers.values())
    assert any(answer.comment for answer in sheet.answers.answers.values())
