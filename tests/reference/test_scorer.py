"""Every number and list of the JSON result, against the second implementation."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allycheck.building_report import build_report
from allycheck.loading import load_questionnaire, load_sheet
from allycheck.render.formats import Format, render
from allycheck.scoring import score
from tests.reference import scorer
from tests.reference.generated import answers, as_file, questionnaires

BUNDLED = Path(__file__).parents[2] / "questionnaires" / "alliance-readiness"
ACTORS = ["state", "business", "civil-society", "multilateral"]


def reported(questionnaire: str, sheet: str) -> Any:
    """What `report --format json` prints."""
    loaded = load_sheet(sheet, load_questionnaire(questionnaire))
    return json.loads(render(build_report(score(loaded.questionnaire, loaded.answers), loaded.answers), Format.JSON))


def like(actual: Any, expected: Any) -> Any:
    """The actual result with only the keys that are expected, levels as numbers and the minority flag as a truth."""
    if isinstance(expected, dict) and isinstance(actual, dict):
        found = {key: like(actual.get(key, "absent"), value) for key, value in expected.items() if key != "minority"}
        return found | ({"minority": bool(actual["flags"])} if "minority" in expected else {})
    if isinstance(expected, list) and isinstance(actual, list) and len(expected) == len(actual):
        return [like(one, other) for one, other in zip(actual, expected, strict=True)]
    return actual["value"] if isinstance(actual, dict) and set(actual) == {"value", "name"} else actual


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("drawn")


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def test_both_implementations_agree(folder: Path, data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    sheet = data.draw(answers(questionnaire))
    (folder / "questionnaire.yaml").write_text(as_file(questionnaire))
    (folder / "answers.yaml").write_text(as_file(sheet))
    expected = scorer.score(questionnaire, sheet)
    actual = reported(str(folder / "questionnaire.yaml"), str(folder / "answers.yaml"))
    assert like(actual, expected) == expected


@pytest.fixture(scope="module")
def bundled() -> Any:
    whole = read(BUNDLED / "questionnaire.yaml")
    return whole | {
        kind: [read(path) for path in sorted((BUNDLED / kind).glob("*.yaml"))] for kind in ("trends", "actors")
    }


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", sorted((BUNDLED / "examples").glob("*.yaml")), ids=lambda path: path.stem)
def test_both_agree_on_every_example(bundled: Any, path: Path) -> None:
    without_words = wordless(scorer.score(bundled, read(path)))
    assert like(reported("alliance-readiness", str(path)), without_words) == without_words


@pytest.mark.parametrize("form", ["full", "quick"])
@pytest.mark.parametrize("actor", ACTORS)
def test_both_agree_on_the_bundled_questionnaire(bundled: Any, actor: str, form: str, tmp_path: Path) -> None:
    """Answers at random, the same on every run, to half of the questions or to nearly all."""
    dice = random.Random(actor + form)
    for known in (1, 3):
        given_answers = {
            item["id"]: dice.choice([*range(5)] * known + ["dk", "na", None])
            for trend in bundled["trends"]
            for item in trend["indicators"]
        }
        sheet = {"questionnaire": "alliance-readiness", "actor": actor, "form": form, "answers": given_answers}
        (tmp_path / "answers.json").write_text(json.dumps(sheet))
        expected = wordless(scorer.score(bundled, sheet))
        assert like(reported("alliance-readiness", str(tmp_path / "answers.json")), expected) == expected


def wordless(expected: Any) -> Any:
    """Without the texts, in which the bundled questionnaire has terms to fill in."""
    if isinstance(expected, dict):
        return {
            key: wordless(value) for key, value in expected.items() if key not in {"text", "finding", "steps", "do"}
        }
    return [wordless(entry) for entry in expected] if isinstance(expected, list) else expected
