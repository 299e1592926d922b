"""What a questionnaire must keep beyond its shape; each fault with its file stands in tests/invalid."""

from typing import Any

import pytest

from allycheck.questionnaire import Questionnaire
from allycheck.questionnaire_rules import faults, prerequisite_groups, warnings
from tests.alliances import indicator, questionnaire

LONG = "word " * 100
BANDS = {band: {"finding": band} for band in ("low", "middle", "high")}
OVERALL = dict.fromkeys(("absent", "adhoc", "defined", "practised", "adaptive"), "x")


def told(made: Questionnaire) -> list[str]:
    return [str(fault) for fault in faults(made)]


def warned(*items: dict[str, Any], **more: Any) -> list[str]:
    return [str(fault) for fault in warnings(questionnaire(("t", list(items)), **more))]


def actor(**more: Any) -> dict[str, Any]:
    return {"id": "state", "title": "State", "trends": {"t": BANDS}, "overall": OVERALL} | more


def test_a_sound_questionnaire_has_neither_faults_nor_warnings() -> None:
    made = questionnaire(("t", [indicator("a", requires=["b"]), indicator("b")]), actors=[actor(weights={"t": 100})])
    assert told(made) == []
    assert list(warnings(made)) == []


@pytest.mark.parametrize(
    ("items", "more", "warning"),
    [
        ([indicator("a", actors=[])], {}, "trends.0.indicators: has no indicator that counts"),
        ([indicator("a", weight={"state": 0})], {"actors": [actor()]}, "trends.0.indicators: has no indicator that counts for state"),
        ([indicator("a")], {"actors": [actor(overall=OVERALL | {"absent": ""})]}, "actors.0.overall: has no overall sentence for absent"),
        ([indicator("a")], {"actors": [actor(trends={"t": {"low": {"finding": "x"}, "high": {}}})]},
         "actors.0.trends.t: has no finding for middle and high"),
        ([indicator("a")], {"actors": [actor(risks={"r": {"low": "x"}})], "risks": [{"id": "r", "title": "R"}]},
         "actors.0.risks.r: has no text for moderate and high"),
        ([indicator("a")], {"actors": [actor(weights={"t": "99.9"})]}, "actors.0.weights: weights add up to 99.9, not 100"),
        ([indicator("a", ask=LONG)], {}, "trends.0.indicators.0.levels: takes 12 rows"),
    ],
)  # fmt: skip
def test_warnings_refuse_nothing(items: list[dict[str, Any]], more: dict[str, Any], warning: str) -> None:
    if "takes" in warning:
        items[0]["levels"] = [LONG] * 5
        warning = "takes"
    assert len(found := warned(*items, **more)) == 1
    assert warning in found[0]
    assert told(questionnaire(("t", items), **more)) == []


def test_weights_are_summed_only_for_an_actor_that_has_some() -> None:
    assert warned(indicator("a"), actors=[actor()]) == []


def test_groups_of_linked_indicators_in_the_order_of_the_catalogue() -> None:
    made = questionnaire(
        ("t", [indicator("a", requires=["d"]), indicator("b"), indicator("c", requires=["b"])]),
        ("u", [indicator("d"), indicator("e", requires=["a"])]),
    )
    assert prerequisite_groups(made) == [["a", "d", "e"], ["b", "c"]]


def test_every_circle_is_told_once() -> None:
    made = questionnaire(
        ("t", [indicator("a", requires=["b", "b"]), indicator("b", requires=["a"]), indicator("c", requires=["c"])])
    )
    assert told(made) == [
        "trends.0.indicators.0.requires: prerequisites run in a circle: a -> b -> a; remove one of them",
        "trends.0.indicators.2.requires: prerequisites run in a circle: c -> c; remove one of them",
    ]


def test_nothing_unknown_is_told_while_a_name_is_missing() -> None:
    """What `validating` calls ?1 may be the very thing that is referred to."""
    made = questionnaire(("t", [indicator("?1"), indicator("b", requires=["a"])]))
    assert [fault for fault in told(made) if "unknown" in fault] == []


def test_an_actor_reads_its_own_texts_only() -> None:
    """`firm` never reads a text of `state`, nor a question that is not put to it."""
    terms = {"you": {"state": "ministers"}}
    actors = [{"id": "state", "title": "S", "charge": "{you} lead"}, {"id": "firm", "title": "F"}]
    own = questionnaire(("t", [indicator("a", ask="{you}?", actors=["state"])]), terms=terms, actors=actors)
    assert told(own) == []
    shared = questionnaire(("t", [indicator("a", ask="{you}?")]), terms=terms, actors=actors)
    assert told(shared) == ["trends.0.indicators.0.ask: the term {you} has no words for firm; add them to terms.you"]
