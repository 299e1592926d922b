"""Where numbers come from, on a sheet small enough to work out by hand."""

from typing import Any

import pytest

from allycheck.analysis.explain.explain import explain
from allycheck.analysis.explain.result import Explanation, Sum
from allycheck.building_report import build_report
from allycheck.errors import UsageError
from allycheck.numbers import as_text, exact
from tests.alliances import indicator, questionnaire, sheet

SMALL = questionnaire(
    (
        "trust",
        [
            indicator("charter", weight=2, code="TR1", risks={"rift": 1}, pillar="depth") | {"name": "Charter"},
            indicator("ledger", code="TR2", risks={"rift": 3}, critical=["rift"]),
            indicator("audit", reverse=True, actors=["state"], risks={"rift": 1}),
        ],
    ),
    ("pace", [indicator("drill", risks={"rift": 2}, pillar="depth"), indicator("fund", pillar="depth")]),
    ("idle", [indicator("relay", pillar="depth")]),
    weights={"trust": 3, "pace": 1, "idle": 0},
    actors=[
        {
            "id": "firm",
            "title": "Firm",
            "trends": {"trust": {"indicators": {"charter": {"strong": "It holds."}}}},
            "risks": {"rift": {"moderate": "A crack."}},
            "overall": {"defined": "Rules stand."},
        },
        {"id": "state", "title": "State"},
    ],
    risks=[{"id": "rift", "title": "Rift"}],
    pillars=[{"id": "depth", "title": "Depth", "meaning": "How deep."}],
    retired=[{"id": "seal", "code": "TR9"}],
)
RAISED = questionnaire(
    ("t", [indicator("a", risks={"rift": 1}, critical=["rift"]), indicator("b", risks={"rift": 9})]),
    actors=[{"id": "firm", "title": "Firm", "risks": {"rift": {"moderate": "A crack."}}}],
    risks=[{"id": "rift", "title": "Rift"}],
)
PART: dict[str, Any] = {"charter": 3, "ledger": 1, "drill": 2, "fund": "dk", "relay": 1}


def explained(name: str | None = None, answers: dict[str, Any] = PART, actor: str = "firm") -> list[Explanation]:
    scored = sheet(SMALL, answers, actor=actor)
    return explain(scored.scores, scored.answers, build_report(scored.scores, scored.answers), name).explanations


def sums(explanation: Explanation) -> dict[str, Sum]:
    return {sum_.of: sum_ for sum_ in explanation.sums}


def terms(sum_: Sum) -> list[tuple[str, str, str, str]]:
    """Id, share, value and what it adds, as text prints them."""
    return [
        (term.id, as_text(exact(term.share), 4), as_text(exact(term.value)), as_text(exact(term.points), 4))
        for term in sum_.terms
    ]


def left_out(sum_: Sum) -> dict[str, str]:
    return {entry.id: entry.why for entry in sum_.excluded}


def test_the_overall_score_is_the_sum_of_its_trends() -> None:
    """Trust 25*(2*3 + 1)/3 = 58.3333 at 3/4, pace 50 at 1/4: 43.75 + 12.5 = 56.25."""
    overall = explained("overall")[0]
    score = sums(overall)["score"]
    assert terms(score) == [("trust", "0.7500", "58.3", "43.7500"), ("pace", "0.2500", "50.0", "12.5000")]
    assert left_out(score) == {"idle": "no weight for this actor"}
    assert (overall.value, score.value) == (56.25, 56.25)


def test_the_range_and_the_coverage_are_sums_too() -> None:
    """Fund is unknown, half of pace: low 3/4*58.3333 + 1/4*25, high 3/4*58.3333 + 1/4*75, coverage 3/4 + 1/8."""
    found = sums(explained("overall")[0])
    assert (found["low"].value, found["high"].value, found["coverage"].value) == (50.0, 62.5, 0.875)
    assert terms(found["coverage"]) == [("trust", "0.7500", "1.0", "0.7500"), ("pace", "0.2500", "0.5", "0.1250")]


def test_the_level_shows_its_ladder_and_the_sentence_it_chose() -> None:
    """Trust is at 1: a third lies at 1, two thirds at 3, and 3/5 at 3 would leave ledger 2 below; gap 2 allows it.

    So trust is Practised; pace has 1/2 at 2 and the rest unknown, so it is Absent: overall 3/4 at 3, but 0 < 3 - 1.
    """
    overall = explained("overall")[0]
    ladder = overall.ladder
    assert ladder is not None
    assert [(part.id, part.level, part.known, part.share) for part in ladder.parts] == [
        ("trust", 3, True, 0.75),
        ("pace", 0, False, 0.25),
    ]
    assert [(rung.share, rung.too_low, rung.reached) for rung in ladder.rungs] == [
        (1.0, [], True), (0.75, [], True), (0.75, ["pace"], False), (0.75, ["pace"], False), (0.0, ["pace"], False),
    ]  # fmt: skip
    assert (ladder.level.value, ladder.possible_level.value, ladder.gap) == (1, 3, 1)
    assert overall.chosen is None
    level = explained("level", PART | {"fund": 2})[0]
    assert (level.kind, level.value, level.sums) == ("level", 3, [])
    chosen = explained("overall", {"charter": 2, "ledger": 2, "drill": 2, "fund": 2})[0].chosen
    assert chosen == ("chosen by the demonstrated level Defined", "Rules stand.")


def test_a_trend_names_its_answers_and_what_was_not_asked() -> None:
    trend = explained("trust")[0]
    score = sums(trend)["score"]
    assert terms(score) == [("charter", "0.6667", "75.0", "50.0000"), ("ledger", "0.3333", "25.0", "8.3333")]
    assert [(term.code, term.answer, term.level, term.weight) for term in score.terms] == [
        ("TR1", 3, 3, 2.0),
        ("TR2", 1, 1, 1.0),
    ]
    assert left_out(score) == {"audit": "not asked of this actor"}
    assert trend.chosen is None
    assert trend.statement == "Score 58.3 of 100."


def test_a_reversed_answer_shows_both_its_level_and_what_the_file_says() -> None:
    audit = sums(explained("trust", PART | {"audit": 1}, actor="state")[0])["score"].terms[2]
    assert (audit.answer, audit.level, audit.value) == (1, 3, 75.0)
    assert explained("audit", PART | {"audit": 1}, actor="state")[0].statement == (
        "Answered 1, which is level 3 because the question is reversed: Practised."
    )


def test_an_unpublished_trend_has_a_range_and_no_score() -> None:
    """Half of pace is known."""
    pace = explained("pace")[0]
    assert (pace.value, list(sums(pace)), pace.chosen) == (None, ["low", "high", "coverage"], None)
    assert pace.statement == (
        "Too little is known to publish it: 50% of what counts, 67% is needed; range 25.0 to 75.0."
    )
    assert terms(sums(pace)["high"]) == [("drill", "0.5000", "50.0", "25.0000"), ("fund", "0.5000", "100.0", "50.0000")]


def test_what_is_unknown_or_not_applicable_is_left_out_with_its_reason() -> None:
    answers = PART | {"charter": {"answer": "na", "reason": "No charter\nhere"}, "fund": 1, "drill": 1}
    score = sums(explained("trust", answers)[0])["score"]
    assert left_out(score)["charter"] == "not applicable: No charter here"
    quick = sums(explained("overall", {"charter": 1, "ledger": 1})[0])["score"]
    assert left_out(quick)["pace"] == "nothing is known: it widens the range instead"
    assert left_out(sums(explained("depth", PART | {"charter": 1})[0])["score"]) == {
        "fund": "don't know: it widens the range instead",
        "relay": "its trend has no weight for this actor",
    }


def test_an_exposure_is_the_sum_of_its_drivers() -> None:
    """Loads 1, 3, 2 of 6 at levels 3, 1, 2: 25/6 + 3*75/6 + 2*50/6 = 58.3333."""
    rift = explained("rift")[0]
    assert terms(sums(rift)["exposure"]) == [
        ("charter", "0.1667", "25.0", "4.1667"),
        ("ledger", "0.5000", "75.0", "37.5000"),
        ("drill", "0.3333", "50.0", "16.6667"),
    ]
    assert rift.value == 58.3333
    assert left_out(sums(rift)["exposure"]) == {"audit": "not asked of this actor"}
    assert rift.chosen == ("chosen by the band moderate: 35 to under 60", "A crack.")


def test_the_holes_of_a_risk_and_what_they_did_to_its_band() -> None:
    """Ledger at 1 is one, at load 3 of 6; with the others at 4 the exposure is 3*75/6 = 37.5, moderate anyway."""
    rift = explained("rift", PART | {"charter": 4, "drill": 4})[0]
    assert rift.safeguards == ([("ledger", "TR2", "TR2", 1, "ledger a little")], [], "moderate", "moderate")
    assert explained("rift", PART | {"ledger": "dk", "charter": 4, "drill": 4})[0].safeguards == (
        [], [("ledger", "TR2", "TR2", None, None)], None, None,
    )  # fmt: skip


def test_a_raised_band_says_what_raised_it() -> None:
    """Audit is asked of the state: at the top it brings the loads to 7, and the exposure to 3*75/7 = 32.1."""
    rift = explained("rift", PART | {"charter": 4, "drill": 4, "audit": 0}, actor="state")[0]
    assert rift.safeguards is not None
    assert rift.safeguards[2:] == ("low", "moderate")
    assert rift.chosen is None  # the state has no texts
    scored = sheet(RAISED, {"a": 1, "b": 4}, actor="firm")
    report = build_report(scored.scores, scored.answers)
    chosen = explain(scored.scores, scored.answers, report, "rift").explanations[0].chosen
    assert chosen == (
        "chosen by the band moderate: low by the exposure alone, raised because a must not be missing", "A crack.",
    )  # fmt: skip


def test_an_unknown_answer_makes_an_exposure_lowest_at_the_top_level() -> None:
    """Ledger unknown: low (25 + 0 + 100)/6 = 20.8333, high (25 + 300 + 100)/6 = 70.8333."""
    found = sums(explained("rift", PART | {"ledger": "dk"})[0])
    assert (found["low"].value, found["high"].value) == (20.8333, 70.8333)


def test_a_pillar_weighs_indicators_by_their_share_of_the_whole() -> None:
    """Charter 3*2/3 = 2, drill and fund 1/2 each: (2*75 + 0.5*50)/2.5 = 70 over what is known."""
    depth = explained("depth")[0]
    assert [(term.id, term.weight) for term in sums(depth)["score"].terms] == [("charter", 2.0), ("drill", 0.5)]
    assert depth.value == 70.0
    assert depth.chosen is None


def test_an_answer_adds_what_it_reached_and_loses_the_rest() -> None:
    """phi = 3/4 * 2/3 = 1/2, so a level is worth 12.5: three reached, one lost. It has a risk and priorities."""
    charter = explained("TR1")[0]
    assert (charter.id, charter.title, charter.value) == ("charter", "TR1 Charter", 12.5)
    found = sums(charter)
    assert [term.title for term in found["adds"].terms] == [
        "Absent to Ad hoc",
        "Ad hoc to Defined",
        "Defined to Practised",
    ]
    assert (found["adds"].value, found["lost"].value) == (37.5, 12.5)
    assert found["lost"].rule == (
        "25 points a level, times 3/4 for the weight of the trend, times 2/3 for that of the indicator in it"
    )
    assert charter.chosen == ("chosen by the answer 3", "charter most")
    assert charter.meaning == "It holds."
    assert charter.next_step == (4, ["What should then be true: charter all"], 1.0, "30d")
    assert [(effect.id, effect.load, effect.adds, effect.fall) for effect in charter.effects] == [
        ("rift", 1.0, 4.1667, 4.1667)
    ]
    assert [(entry.list, entry.rank, entry.of, entry.value) for entry in charter.priorities] == [
        ("blockers", None, 2, None),
        ("best_value", 1, 3, 12.5),
    ]


def test_an_unknown_answer_has_a_width() -> None:
    """100 * 1/4 * 1/2 = 12.5, the whole of the range."""
    fund = explained("fund")[0]
    assert [(sum_.of, sum_.value) for sum_ in fund.sums] == [("width", 12.5)]
    assert [(entry.list, entry.rank, entry.value) for entry in fund.priorities] == [
        ("blockers", None, None),
        ("find_out", 1, 12.5),
    ]


@pytest.mark.parametrize(
    ("name", "answers", "statement"),
    [
        ("audit", PART, "Out of scope: not asked of this actor."),
        ("seal", PART, "Retired: an answer is kept and not scored."),
        ("charter", {"charter": "na"}, "It leaves every sum: not applicable, no reason given."),
        ("charter", {}, "Not known, so it adds to no score; it widens the range."),
        ("relay", PART, "Answered 1: Ad hoc. Its trend has no weight for this actor, so it adds nothing."),
    ],
)
def test_what_enters_no_sum_says_why(name: str, answers: dict[str, Any], statement: str) -> None:
    assert explained(name, answers)[0].statement == statement


def test_without_a_name_the_overall_score_and_every_trend_are_explained() -> None:
    assert [entry.id for entry in explained()] == ["overall", "trust", "pace", "idle"]


@pytest.mark.parametrize(
    ("name", "hint"),
    [("charte", "did you mean charter?"), ("tr3", ""), ("xyz", "use overall, level, or the id of a trend")],
)
def test_an_unknown_name_is_refused_with_the_nearest(name: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        explained(name)
    assert hint in str(caught.value)


def test_nothing_applicable_has_no_sum() -> None:
    overall = explained("overall", dict.fromkeys(("charter", "ledger", "drill", "fund"), "na"))[0]
    assert (overall.value, overall.sums, overall.ladder) == (None, [], None)
