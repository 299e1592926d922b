"""The schemas against the project's own files, by a validator that is not ours."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from allycheck.analysis.consistency import contradictions
from allycheck.analysis.gates import Gate, evaluate
from allycheck.analysis.robustness import robustness
from allycheck.answers import Answers
from allycheck.building_report import build_report
from allycheck.cli.app import build
from allycheck.errors import AllycheckError
from allycheck.fields import ID_PATTERN
from allycheck.loading import load_questionnaire, load_sheet
from allycheck.reading import parse
from allycheck.report import as_plain
from allycheck.schemas import RESULTS, TITLES, schema
from allycheck.scoring import score
from allycheck.shapes import validated

QUESTIONNAIRES = Path(__file__).parents[2] / "questionnaires"
ALLIANCES = QUESTIONNAIRES / "alliance-readiness"
EXAMPLES = sorted((ALLIANCES / "examples").glob("*.yaml"))
GOLDENS = sorted((Path(__file__).parents[1] / "cases").glob("*/*.json"))
KINDS = {"report": "result", "course": "compare", "partners": "coalition", "roll": "roll-up"}
VALIDATORS = {name: Draft202012Validator(schema(name)) for name in TITLES}


def as_json(text: str) -> Any:
    """YAML as any other program reads it, dates as text and keys as JSON has them."""
    return json.loads(json.dumps(yaml.safe_load(text), default=str))


def faults(name: Any, data: Any) -> list[str]:
    return [error.message for error in VALIDATORS[name].iter_errors(data)]


@pytest.mark.parametrize("name", TITLES)
def test_the_command_prints_a_schema_of_2020_12(name: str) -> None:
    printed = json.loads(CliRunner().invoke(build(["schema", name]), ["schema", name]).stdout)
    assert printed["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(printed)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_and_its_result_fit(path: Path) -> None:
    assert faults("answers", as_json(path.read_text(encoding="utf-8"))) == []
    loaded = load_sheet(str(path))
    scores = score(loaded.questionnaire, loaded.answers)
    gates = evaluate([Gate(kind="fail-under", limit="60"), Gate(kind="min-level", limit="2")], scores)
    report = build_report(
        scores, loaded.answers, consistency=contradictions(scores), robustness=robustness(scores), gates=gates
    )
    assert faults("result", as_plain(report)) == []
    assert [error.message for error in Draft202012Validator(closed()).iter_errors(as_plain(report))] == []


@pytest.mark.parametrize("path", GOLDENS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_golden_result_fits_its_schema_which_knows_all_its_keys(path: Path) -> None:
    kind = path.stem.partition("-")[0]
    result = json.loads(path.read_text(encoding="utf-8"))
    assert [error.message for error in Draft202012Validator(closed(KINDS.get(kind, kind))).iter_errors(result)] == []


def test_every_kind_of_result_has_a_golden() -> None:
    kinds = {path.stem.partition("-")[0] for path in GOLDENS}
    assert {KINDS.get(kind, kind) for kind in kinds} == set(RESULTS)


@pytest.mark.parametrize("actor", ["state", "business", "civil-society", "multilateral"])
def test_the_template_fits_and_names_the_schema_beside_it(actor: str) -> None:
    words = ["template", "--actor", actor]
    text = CliRunner().invoke(build(words), words).stdout
    assert text.startswith("# yaml-language-server: $schema=answers.schema.json\n")
    assert faults("answers", as_json(text)) == []


def closed(kind: str = "result") -> Any:
    """The schema of a result with no further keys allowed: everything that is printed is described."""
    strict = copy.deepcopy(schema(kind))
    for model in strict["$defs"].values():
        model["additionalProperties"] = False
    return strict


def test_a_result_without_answers_fits() -> None:
    answers = load_sheet(str(EXAMPLES[0])).answers.model_copy(update={"answers": {}})
    report = build_report(score(load_questionnaire(), answers), answers)
    assert faults("result", as_plain(report)) == []


def test_the_schema_of_a_result_names_keys_as_json_does() -> None:
    steps = schema("result")["$defs"]["BestValue"]["properties"]
    assert "from" in steps
    assert "from_" not in steps


def test_the_bundled_questionnaire_fits_as_one_file() -> None:
    whole = yaml.safe_load((ALLIANCES / "questionnaire.yaml").read_text(encoding="utf-8"))
    whole |= yaml.safe_load((ALLIANCES / "scenarios.yaml").read_text(encoding="utf-8"))
    for kind in ("trends", "actors"):
        parts = sorted((ALLIANCES / kind).glob("*.yaml"))
        whole[kind] = [yaml.safe_load(part.read_text(encoding="utf-8")) for part in parts]
    assert faults("questionnaire", json.loads(json.dumps(whole, default=str))) == []


def test_the_starter_fits_and_a_misspelt_key_does_not() -> None:
    starter = as_json((QUESTIONNAIRES / "starter.yaml").read_text(encoding="utf-8"))
    assert faults("questionnaire", starter) == []
    starter["trends"][0]["indicators"][0]["anchors"] = []
    assert faults("questionnaire", starter) == ["Additional properties are not allowed ('anchors' was unexpected)"]


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("{}", False),
        ("questionnaire: alliance-readiness", True),
        ("questionnaire: Alliance", False),
        ("{questionnaire: a, version: 1.0, date: 2026-11-22, organisation: No, note: 7}", True),
        ("{questionnaire: a, version: '1.0', form: quick, actor: state, respondents: 3}", True),
        ("{questionnaire: a, form: , answers: , alliances: , actor: }", True),
        ("{questionnaire: a, alliances: [b, ~, c]}", True),
        ("{questionnaire: a, alliances: [b, c, d, e]}", False),
        ("{questionnaire: a, date: yesterday}", False),
        ("{questionnaire: a, form: long}", False),
        ("{questionnaire: a, organization: b}", False),
        ("{questionnaire: a, answers: {b: 0, c: 4, d: na, e: dk, f: , g: {answer: 2, comment: x}, h: {comment: y}}}", True),
        ("{questionnaire: a, answers: {b: {answer: , reason: 5, evidence: true}}}", True),
        ("{questionnaire: a, answers: {b: 5}}", False),
        ("{questionnaire: a, answers: {b: true}}", False),
        ("{questionnaire: a, answers: {b: '3'}}", False),
        ("{questionnaire: a, answers: {b: NA}}", False),
        ("{questionnaire: a, answers: {b: {answer: 2, note: x}}}", False),
        ("{questionnaire: a, answers: [1, 2]}", False),
        ("{questionnaire: a, scope: {b: why, c: 5}}", True),
        ("{questionnaire: a, scope: }", True),
        ("{questionnaire: a, scope: {b: ''}}", False),
        ("{questionnaire: a, scope: {b: }}", False),
        ("{questionnaire: a, scope: [b]}", False),
    ],
)  # fmt: skip
def test_answers_fit_as_they_are_read(text: str, *, fits: bool) -> None:
    assert (faults("answers", as_json(text)) == []) is fits


SCALARS = st.sampled_from(
    ["3", "na", "dk", "", "No", "1.0", "2026-11-22", "'x'", "~", "0x1", "1_0", "a: b", "7", "12:30"]
)
KEYS = st.sampled_from(["organisation", "note", "version", "form", "date", "actor", "respondents", "alliances"])


@given(st.dictionaries(KEYS, SCALARS, max_size=4), st.dictionaries(st.sampled_from(["a", "b"]), SCALARS))
def test_whatever_is_read_fits(heads: dict[str, str], answers: dict[str, str]) -> None:
    """Any file that loading accepts passes the schema, however its scalars look."""
    lines = ["questionnaire: alliance-readiness", *(f"{key}: {value}" for key, value in heads.items()), "answers:"]
    text = "\n".join([*lines, *(f"  {key}: {value}" for key, value in answers.items())])
    if is_read(text):
        assert faults("answers", as_json(text)) == []


def is_read(text: str) -> bool:
    try:
        source = parse(text, "x")
    except AllycheckError:
        return False
    return not source.faults and not validated(Answers, source.data)[1]


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("[{kind: fail-under, limit: 60}]", True),
        ("[{kind: fail-under, subject: inclusivity, limit: '50'}]", True),
        ("[{kind: fail-over, subject: exclusion, limit: 60}, {kind: min-level, limit: defined}]", True),
        ("[{kind: min-coverage, limit: 0.9}, {kind: no-worse-than, limit: old.yaml}]", True),
        ("[]", False),
        ("{kind: fail-under, limit: 60}", False),
        ("[{kind: fail-under}]", False),
        ("[{kind: fail-over, limit: 60}]", False),
        ("[{kind: fail-beneath, limit: 60}]", False),
        ("[{kind: fail-under, limit: 60, note: x}]", False),
    ],
)
def test_gates_fit_as_they_are_read(text: str, *, fits: bool) -> None:
    assert (faults("gates", as_json(text)) == []) is fits


def test_ids_of_digits_are_ids() -> None:
    assert faults("answers", {"questionnaire": 2026}) == []
    assert {"type": "string", "pattern": ID_PATTERN} in schema("answers")["properties"]["questionnaire"]["anyOf"]
