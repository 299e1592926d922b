"""Every number and list of the JSON result, against the second implementation."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allycheck.loading import load_questionnaire, load_sheet
from allycheck.render.formats import Format, render
from allycheck.reporting import build_report
from allycheck.scoring import score
from tests.reference import scorer
from tests.reference.generated import answers, as_file, questionnaires

EXAMPLES = Path(__file__).parents[2] / "questionnaires" / "alliance-readiness" / "examples"


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


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def test_both_implementations_agree(folder: Path, data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    sheet = data.draw(answers(questionnaire))
    (folder / "questionnaire.yaml").write_text(as_file(questionnaire))
    (folder / "answers.yaml").write_text(as_file(sheet))
    expected = scorer.score(questionnaire, sheet)
    actual = reported(str(folder / "questionnaire.yaml"), str(folder / "answers.yaml"))
    assert like(actual, expected) == expected
