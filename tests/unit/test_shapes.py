"""Every fault of a document's shape in words, and a model of what is sound."""

import time
from typing import Any

import pytest

from allycheck.answers import Answers
from allycheck.fields import Plain
from allycheck.questionnaire import Questionnaire
from allycheck.shapes import MOST_FAULTS, validated

ITEM = {"id": "a", "ask": "?", "levels": list("abcde")}
TINY: dict[str, Any] = {
    "id": "tiny",
    "version": "1",
    "title": "T",
    "trends": [{"id": "t", "title": "T", "indicators": [ITEM]}],
}


def told(content: Any) -> list[str]:
    model, faults = validated(Questionnaire, content)
    assert model is not None
    return [str(fault) for fault in faults]


def test_a_sound_document_has_a_model_and_no_faults() -> None:
    model, faults = validated(Questionnaire, TINY)
    assert model is not None
    assert (model.id, faults) == ("tiny", [])


@pytest.mark.parametrize("content", [None, [], "x", Plain("3")])
def test_of_what_is_no_map_nothing_can_be_made(content: Any) -> None:
    model, faults = validated(Questionnaire, content)
    assert model is None
    assert len(faults) == 1


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"trends": None}, "trends: must not be empty"),
        ({"trends": "x"}, "trends: must be a list"),
        ({"trends": [[]]}, "trends.0: must be a map of keys and values"),
        ({"trends": [{"id": "t", "title": "T", "indicators": {}}]}, "trends.0.indicators: must be a list"),
        ({"risks": {}}, "risks: must be a list"),
        ({"scale": []}, "scale: must be a map of keys and values"),
        ({"scale": {"0": []}}, "scale.0: must be a text"),
        ({"title": ["T"]}, "title: must be a text"),
        ({"titel": "T"}, "titel: unknown key; did you mean title?"),
        ({"effort": {"days": "fast"}}, "effort.days: not a plain decimal number such as 2 or 0.5"),
        ({"trends": [{"id": "t", "title": "T", "indicators": [ITEM | {"aggregation": "sum"}]}]},
         "trends.0.indicators.0.aggregation: sum is not known here; use 'weakest-link', 'best-shot' or 'summation'"),
        ({"trends": [{"id": "t", "title": "T", "indicators": [ITEM | {"risks": {"r": Plain("-1")}}]}]},
         "trends.0.indicators.0.risks.r: must not be negative"),
        ({"actors": [{"id": "a", "title": "A", "risks": {"r": {"mitigations": [{"for": "a"}]}}}]},
         "actors.0.risks.r.mitigations.0.do: is missing"),
        ({"actors": [{"id": "a", "title": "A", "risks": {"r": {"mitigations": [{"do": "x", "fro": "a"}]}}}]},
         "actors.0.risks.r.mitigations.0.fro: unknown key; did you mean for?"),
        ({"actors": [{"id": "a", "title": "A", "trends": {"t": {"indicators": {"a": {"week": "x"}}}}}]},
         "actors.0.trends.t.indicators.a.week: unknown key; did you mean weak?"),
        ({"trends": [{"id": "t", "title": "T", "indicators": [ITEM | {"step": "x"}]}]},
         "trends.0.indicators.0.step: unknown key; use steps: {start, practise, improve}"),
    ],
)  # fmt: skip
def test_every_fault_in_words_and_a_model_all_the_same(change: dict[str, Any], fault: str) -> None:
    assert fault in told(TINY | change)


def test_all_that_is_missing_is_told_at_once() -> None:
    assert told({}) == ["id: is missing", "version: is missing", "title: is missing", "trends: is missing"]


def test_the_document_itself_is_left_alone() -> None:
    content = TINY | {"risks": "x"}
    validated(Questionnaire, content)
    assert content["risks"] == "x"


def test_faults_beyond_what_anybody_reads_are_left_out() -> None:
    _, faults = validated(Answers, {"questionnaire": "q"} | {f"key{n}": "" for n in range(3 * MOST_FAULTS)})
    assert len(faults) == MOST_FAULTS + 1


def test_more_faults_than_are_told_are_not_mended() -> None:
    """A hundred thousand entries of the wrong shape took half a minute and a gigabyte."""
    began = time.process_time()
    model, faults = validated(Questionnaire, {"id": "a", "version": "1", "title": "A", "trends": ["x"] * 100_000})
    assert model is None
    assert len(faults) == MOST_FAULTS + 1
    assert time.process_time() - began < 5
