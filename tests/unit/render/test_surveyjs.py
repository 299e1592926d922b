"""The SurveyJS survey: what survey-core, its engine, makes of it and gives back."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from inline_snapshot import snapshot

from allycheck.columns import UNDERSCORED, columns
from allycheck.loading import load_questionnaire
from allycheck.questionnaire import Form, Questionnaire
from allycheck.render.template.surveyjs import template
from allycheck.render.template.surveys import as_text
from tests.reports import HARBOUR
from tests.surveyed import NASTY, ODD, TINY

BUNDLED = load_questionnaire()
TESTS = Path(__file__).parents[2]
SAMPLE = json.loads((TESTS / "unit" / "survey_exports" / "surveyjs.json").read_text("utf-8"))


@cache
def _lacking() -> str:
    """What survey-core needs and this machine has not."""
    if shutil.which("node") is None:
        return "needs Node (the Debian package nodejs)"
    return "" if (TESTS / "node_modules" / "survey-core").exists() else "needs survey-core (npm install --prefix tests)"


needs_survey_core = pytest.mark.skipif(bool(_lacking()), reason=_lacking())


def _filled(questionnaire: Questionnaire, actor: str, form: Form, answers: dict[str, Any]) -> dict[str, Any]:
    """What became of a survey that was answered and completed."""
    given = {"survey": json.loads(template(questionnaire, actor, form)), "answers": answers}
    command = ["node", str(Path(__file__).with_name("fill_survey.cjs"))]
    done = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    assert (result["errors"], result["completed"], result["state"]) == (None, True, "completed")
    return result


def _texts(survey: Any) -> Iterator[str]:
    """Every text that the survey shows."""
    if isinstance(survey, dict):
        yield from (survey[key] for key in ("title", "description", "text") if isinstance(survey.get(key), str))
    for part in survey.values() if isinstance(survey, dict) else survey if isinstance(survey, list) else []:
        yield from _texts(part)


def test_whole_page_of_a_survey() -> None:
    survey = json.loads(template(HARBOUR, "firm", "quick"))
    page = survey["pages"][1]
    page["elements"] = [json.dumps(element) for element in page["elements"]]
    assert page == snapshot(
        {
            "name": "ports",
            "title": "Ports: Where ships land",
            "elements": [
                '{"type": "radiogroup", "name": "PO1", "title": "PO1 How is your quay kept?", "choices": [{"value": 0, "text": "0 Quays: none"}, {"value": 1, "text": "1 Quays: some"}, {"value": 2, "text": "2 Quays: written"}, {"value": 3, "text": "3 Quays: done"}, {"value": 4, "text": "4 Quays: improved"}, {"value": "dk", "text": "Don\'t know"}, {"value": "na", "text": "Not applicable"}], "showClearButton": true}',
                '{"type": "comment", "name": "PO1_reason", "title": "PO1 reason: why does it not apply?", "visibleIf": "{PO1} = \'na\'"}',
                '{"type": "panel", "name": "PO1-notes", "title": "PO1 evidence and comment", "state": "collapsed", "elements": [{"type": "comment", "name": "PO1_evidence", "title": "PO1 evidence: where can it be seen?"}, {"type": "comment", "name": "PO1_comment", "title": "PO1 comment"}]}',
            ],
        }
    )
    assert {key: value for key, value in survey.items() if key != "pages"} == snapshot(
        {
            "title": "Harbour check: Firm, quick form",
            "description": "Answer for the harbour.",
            "showQuestionNumbers": "off",
            "showProgressBar": True,
            "calculatedValues": [
                {"name": "questionnaire", "expression": "'harbour'", "includeIntoResult": True},
                {"name": "version", "expression": "'2.1'", "includeIntoResult": True},
                {"name": "actor", "expression": "'firm'", "includeIntoResult": True},
                {"name": "form", "expression": "'quick'", "includeIntoResult": True},
            ],
        }
    )


def test_words_hold_no_reference_and_no_markup() -> None:
    texts = list(_texts(json.loads(template(ODD, "", "full"))))
    assert f"A1 {as_text(NASTY)}" in texts
    assert f"4 {as_text(NASTY)}" in texts
    assert [text for text in texts if re.search(r"[{}<*_`\n\t\x00]|\]\(|^#|&\w+;", text)] == []


@pytest.mark.slow
@needs_survey_core
def test_survey_core_shows_words_as_they_are() -> None:
    """A title that names its own question would send survey-core round for ever; one of another shows its answer."""
    done = _filled(ODD, "", "full", {"A1": 3, "date": "2026-11-22"})
    assert done["title"] == f"\uff03 {as_text(NASTY)}"
    assert f"A1 {as_text(NASTY)}" in done["titles"]
    assert done["choices"][0] == f"0 {as_text(NASTY)}"


@pytest.mark.slow
@needs_survey_core
def test_what_is_answered_comes_back_with_what_it_belongs_to() -> None:
    given = {
        "organisation": "Northwind", "date": "2026-11-22", "FC1": 0, "FC2": 4, "FC3": "dk", "FC4": "na",
        "FC4_reason": "No treaty", "FC1_evidence": "Deed {FC2}", "FC2_comment": "<b>Not</b> yet",
    }  # fmt: skip
    done = _filled(BUNDLED, "business", "full", given)
    identity = {"questionnaire": BUNDLED.id, "version": BUNDLED.version, "actor": "business", "form": "full"}
    assert done["preselected"] == identity
    assert done["data"] == given | identity


@pytest.mark.slow
@needs_survey_core
def test_a_reason_is_asked_and_kept_only_where_something_does_not_apply() -> None:
    done = _filled(BUNDLED, "business", "full", {"FC1": 2, "FC1_reason": "Changed our mind", "FC2": "na"})
    assert "FC1_reason" not in done["data"]
    assert [name for name in done["shown"] if name.endswith("_reason")] == ["FC2_reason"]


@pytest.mark.slow
@needs_survey_core
@pytest.mark.parametrize(
    ("questionnaire", "actor", "form"),
    [(TINY, "", "full"), (TINY, "", "quick"), (load_questionnaire("joint-venture"), "venture", "full")],
    ids=["no actors", "nothing to ask", "joint venture"],
)
def test_survey_core_takes_any_questionnaire(questionnaire: Questionnaire, actor: str, form: Form) -> None:
    names = columns(questionnaire, UNDERSCORED).questions
    answers = {names[item.id].answer: 1 for item in questionnaire.scope(actor, form)}
    done = _filled(questionnaire, actor, form, answers)
    assert {key: value for key, value in done["data"].items() if value == 1} == answers
    assert done["data"].get("actor", "") == actor


@pytest.mark.slow
@needs_survey_core
@pytest.mark.parametrize("exported", SAMPLE)
def test_sample_of_an_export_is_what_survey_core_gives(exported: dict[str, Any]) -> None:
    given = {key: value for key, value in exported.items() if key not in {"questionnaire", "version", "actor", "form"}}
    assert _filled(BUNDLED, "business", "quick", given)["data"] == exported
