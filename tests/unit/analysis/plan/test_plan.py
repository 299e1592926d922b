"""What a plan says, on a questionnaire small enough to work out by hand."""

from fractions import Fraction
from typing import Any

import pytest

from allycheck.analysis.plan.plan import plan
from allycheck.analysis.plan.result import Plan
from allycheck.analysis.plan.targets import Choices, Target
from allycheck.errors import UsageError
from allycheck.report import as_plain
from tests.alliances import indicator, questionnaire, sheet

SMALL = questionnaire(
    (
        "trust",
        [
            indicator("charter", weight=2, effort="weeks", risks={"rift": 3}, steps={"start": "Write it."}),
            indicator("ledger", effort="months", requires=["charter"]),
            indicator("audit", effort=["1", "1", "2.5", "2.5"], reverse=True, risks={"rift": 1}),
        ],
    ),
    ("pace", [indicator("drill", effort="days", quick=True)]),
    ("idle", [indicator("flag", effort="days")]),
    weights={"trust": 3, "pace": 1, "idle": 0},
    risks=[{"id": "rift", "title": "Rift"}],
)
"""One level is worth, in points of the whole: charter 25*3/4*2/4 = 9.375, ledger and audit 4.6875, drill 6.25."""
NOW = {"charter": 1, "ledger": 1, "audit": 4, "drill": 1, "flag": 0}
"""Levels 1, 1, 0 (reversed), 1: trust 25*(2+1+0)/4 = 18.75, pace 25, together (3*18.75 + 25)/4 = 20.3125."""


def planned(
    kind: str,
    name: str,
    value: float | str,
    answers: dict[str, Any] = NOW,
    choices: Choices | None = None,
    *,
    guaranteed: bool = False,
) -> Plan:
    scored = sheet(SMALL, answers)
    target = Target(kind, name, Fraction(value))  # type: ignore[arg-type]
    return plan(scored.scores, scored.answers, target, choices or Choices(), guaranteed=guaranteed)


def moves(result: Plan) -> list[tuple[str, int, int]]:
    return [(step.id, step.from_, step.to) for step in result.steps]


def test_the_keys_of_the_result_are_those_promised() -> None:
    result = as_plain(planned("score", "overall", 40))
    first = [
        "schema_version",
        "tool",
        "questionnaire",
        "target",
        "basis",
        "status",
        "start",
        "reached",
        "best",
        "cost",
        "steps",
        "order",
        "effects",
    ]
    assert list(result)[: len(first)] == first
    assert list(result["target"])[:3] == ["kind", "id", "value"]
    assert list(result["steps"][0])[:6] == ["id", "code", "from", "to", "effort", "gain"]
    assert list(result["effects"]) == ["overall", "trends", "risks"]
    assert list(result["pins"]) == ["keep", "not", "by", "most", "up_to"]


def test_the_cheapest_way_to_a_score() -> None:
    """40 lacks 19.6875. Drill gains 6.25 a level for 1 each, audit at least 2*4.6875 = 9.375 for 1 + 1, because a step
    aims at Defined or above. Drill to 3 and audit to 2: 12.5 + 9.375 = 21.875 for 4; drill alone gains 18.75 at most.
    """
    result = planned("score", "overall", 40)
    assert (result.status, result.start, result.reached, result.best, result.cost) == (
        "ok",
        20.3125,
        42.1875,
        100.0,
        4.0,
    )
    assert moves(result) == [("audit", 0, 2), ("drill", 1, 3)]
    assert [(step.gain, step.adds, step.effort) for step in result.steps] == [
        (9.375, 9.375, 2.0),
        (12.5, 12.5, 2.0),
    ]


def test_a_step_says_what_to_do_for_each_stage_on_the_way() -> None:
    """Charter has a text to start with; where there is none, what should then be true stands instead."""
    charter = next(step for step in planned("score", "trust", 100).steps if step.id == "charter")
    assert (charter.from_, charter.to) == (1, 4)
    assert charter.texts == [
        "Write it.",
        "What should then be true: charter most",
        "What should then be true: charter all",
    ]


def test_what_is_not_known_has_no_text_in_a_plan() -> None:
    result = planned("level", "trust", 2, NOW | {"charter": "dk"})
    assert [(step.known, step.texts) for step in result.steps if step.id == "charter"] == [(False, [])]


def test_nothing_is_raised_above_the_highest_level() -> None:
    """Charter, ledger and audit stop at 2, drill at 2: 25*2 of everything that counts; what is above already stays."""
    result = planned("score", "overall", 90, choices=Choices(up_to=2))
    assert {step.to for step in result.steps} == {2}
    assert (result.best, result.pins.up_to) == (50.0, (2, "Defined"))
    above = planned("score", "overall", 90, NOW | {"drill": 3}, choices=Choices(up_to=2))
    assert "drill" not in {step.id for step in above.steps}


def test_a_climb_that_is_too_large_keeps_all_above_it_away() -> None:
    """Charter takes weeks a level. With audit's last two climbs at 2.5 and drill's at 1, days leave audit to 2."""
    result = planned("score", "overall", 90, choices=Choices(by="days"))
    assert {step.id: step.to for step in result.steps} == {"audit": 2, "drill": 4}


def test_where_the_first_of_two_climbs_fits_and_the_second_does_not_there_is_no_step() -> None:
    """From 0 a step goes to 2, so that both its climbs must fit."""
    scored = sheet(questionnaire(("t", [indicator("a", effort=["1", "3", "1", "1"])])), {"a": 0})
    target = Target("score", "overall", Fraction(50))
    assert plan(scored.scores, scored.answers, target, Choices(by="days")).status == "infeasible"
    assert moves(plan(scored.scores, scored.answers, target, Choices(by="weeks"))) == [("a", 0, 2)]


def test_the_lowest_aim_of_the_questionnaire_counts() -> None:
    """25 are there. 26 and 50 take b alone; 70 takes 4 levels, of a alone or of both, and one indicator is fewer."""
    questions = questionnaire(("t", [indicator("a"), indicator("b")]), method={"lowest_aim": 3})
    scored = sheet(questions, {"a": 0, "b": 2})
    found = [
        moves(plan(scored.scores, scored.answers, Target("score", "overall", Fraction(value))))
        for value in (26, 50, 70)
    ]
    assert found == [[("b", 2, 3)], [("b", 2, 4)], [("a", 0, 4)]]


def test_steps_are_done_in_the_order_of_their_value() -> None:
    """Drill brings 6.25 for each point of effort, audit 4.6875."""
    assert planned("score", "overall", 40).order == ["drill", "audit"]


def test_what_another_step_needs_comes_first_and_says_so() -> None:
    """Ledger has to rise to 2 and may not end above charter: 18.75 + 12.5 + 6.25 = 37.5; charter to 3 makes it 50."""
    result = planned("score", "trust", 43, choices=Choices(leave=("audit",), keep=("ledger",)))
    assert (moves(result), result.cost) == ([("charter", 1, 3), ("ledger", 1, 2)], 14.0)
    assert result.order == ["charter", "ledger"]
    assert next(step for step in result.steps if step.id == "charter").unlocks == ["ledger"]


def test_what_is_above_its_prerequisite_already_stays() -> None:
    """Ledger stands at 3 over charter at 1: legal, not undone, and not raised before charter is."""
    result = planned("budget", "overall", 8, NOW | {"ledger": 3})
    assert "ledger" not in {step.id for step in result.steps}
    result = planned("score", "trust", 100, NOW | {"ledger": 3})
    assert ("ledger", 3, 4) in moves(result)
    assert ("charter", 1, 4) in moves(result)


def test_the_best_for_a_budget() -> None:
    """With 5: drill 18.75 for 3 and audit 9.375 for 2, all of it; charter's 9.375 would cost 3."""
    result = planned("budget", "overall", 5)
    assert (result.status, result.cost, result.reached) == ("ok", 5.0, 48.4375)
    assert moves(result) == [("audit", 0, 2), ("drill", 1, 4)]


def test_a_budget_too_small_or_nothing_left_is_an_empty_plan() -> None:
    assert (planned("budget", "overall", "0.5").status, planned("budget", "overall", "0.5").steps) == ("ok", [])
    done = planned("budget", "overall", 99, {"charter": 4, "ledger": 4, "audit": 0, "drill": 4, "flag": 0})
    assert (done.status, done.cost, done.steps, done.reached) == ("ok", 0.0, [], 100.0)


def test_already_met_is_an_empty_plan() -> None:
    result = planned("score", "overall", "20.3125")
    assert (result.status, result.cost, result.steps, result.order, result.reached) == ("met", 0.0, [], [], 20.3125)


def test_an_exposure_is_brought_down() -> None:
    """Rift: 100 - 25*(3*1 + 1*0)/4 = 81.25; charter takes off 18.75 a level for 3, audit 6.25 for 1, 1, 2.5, 2.5.
    65 needs 16.25: charter once (3 points) beats audit three times (4.5).
    """
    result = planned("exposure", "rift", 65)
    assert (result.start, result.reached, result.best, result.cost) == (81.25, 62.5, 0.0, 3.0)
    assert moves(result) == [("charter", 1, 2)]
    assert result.steps[0].adds == result.steps[0].risks["rift"] == 18.75
    assert [(risk.before, risk.after, risk.band_before) for risk in result.effects.risks] == [(81.25, 62.5, "high")]


def test_a_trend_without_weight_can_be_raised_and_adds_nothing_to_the_score() -> None:
    result = planned("score", "idle", 50)
    assert moves(result) == [("flag", 0, 2)]
    assert (result.steps[0].gain, result.steps[0].adds) == (0.0, 50.0)


def test_the_level_of_a_trend() -> None:
    """Defined needs 60% of trust's weight at 2 and nothing below 0: charter alone is 50%; ledger (with charter) 25% for
    8, audit 25% for 2. So charter to 2 for 3 and audit to 2 for 2.
    """
    result = planned("level", "trust", 2)
    assert (result.basis, result.start, result.reached, result.best, result.cost) == ("guaranteed", 0.0, 0.75, 1.0, 5.0)
    assert moves(result) == [("charter", 1, 2), ("audit", 0, 2)]
    assert [step.adds for step in result.steps] == [0.5, 0.25]
    assert (result.target.value, result.target.level_name, result.target.needed) == (2, "Defined", 0.6)
    assert [effect.level_after.value for effect in result.effects.trends if effect.level_after] == [2, 1, 0]


def test_a_level_lifts_what_lies_too_low_without_counting_it() -> None:
    """Practised allows nothing below 1, so audit rises from 0, to 2 as the least; charter and ledger make 75% at 3."""
    result = planned("level", "trust", 3, NOW | {"charter": 3, "ledger": 3})
    assert moves(result) == [("audit", 0, 2)]
    assert (result.start, result.reached, result.steps[0].adds) == (0.75, 0.75, 0.0)


def test_the_overall_level() -> None:
    """Defined needs two thirds of W = 3 + 1 at 2 and no trend below 1: trust alone is 3/4. It costs 5 (see above), and
    pace stands at 1 already. Idle has no weight and does not count.
    """
    result = planned("level", "overall", 2)
    assert (result.start, result.reached, result.cost) == (0.0, 0.75, 5.0)
    assert moves(result) == [("charter", 1, 2), ("audit", 0, 2)]
    assert {step.adds for step in result.steps} == {None}
    assert result.effects.overall.level_after is not None
    assert (result.effects.overall.level_after.value, result.effects.overall.level_after.name) == (2, "Defined")


def test_the_worst_case_plans_the_unknown_from_nothing() -> None:
    """Drill unknown: the low end is 3/4*18.75 = 14.0625. 30 lacks 15.9375: drill three times, 18.75 for 3."""
    result = planned("score", "overall", 30, NOW | {"drill": "dk"}, guaranteed=True)
    assert (result.basis, result.start, result.reached, result.cost) == ("guaranteed", 14.0625, 32.8125, 3.0)
    assert [(step.id, step.from_, step.to, step.known) for step in result.steps] == [("drill", 0, 3, False)]
    assert result.effects.overall.low_after == 32.8125


def test_the_point_basis_leaves_the_unknown_alone() -> None:
    """Drill unknown: R is trust's 18.75 alone, and each level of charter is worth 12.5. Coverage 3/4 publishes."""
    result = planned("score", "overall", 30, NOW | {"drill": "dk"})
    assert (result.status, result.start, result.reached) == ("ok", 18.75, 31.25)
    assert moves(result) == [("audit", 0, 2)]
    assert [(one.id, one.width, one.blocks) for one in result.find_out] == [("drill", 25.0, [])]


def test_find_out_first_where_a_prerequisite_is_not_known() -> None:
    """Charter unknown: ledger can't rise. At best (3*25*(1+4)/2 + 100)/4 = 71.875; were charter at 4, 100."""
    result = planned("score", "overall", 90, NOW | {"charter": "dk"})
    assert (result.status, result.reached, result.best) == ("find_out_first", 71.875, 71.875)
    assert [(one.id, one.blocks) for one in result.find_out] == [("charter", ["ledger"])]
    assert result.blocked == ["ledger"]


def test_what_is_at_the_top_waits_for_nothing() -> None:
    """Ledger requires charter, which is not known, but at 4 there is nothing left to raise."""
    result = planned("score", "overall", 90, NOW | {"charter": "dk", "ledger": 4})
    assert [(one.id, one.blocks) for one in result.find_out] == [("charter", [])]


def test_too_little_known_to_publish_is_said_beside_the_plan() -> None:
    """Only charter of trust: half its weight, under two thirds. The plan is that on what is known."""
    result = planned("score", "trust", 50, {"charter": 1})
    assert (result.status, result.published, result.coverage) == ("ok", False, 0.5)
    assert (moves(result), result.start, result.reached) == ([("charter", 1, 2)], 25.0, 50.0)
    worst = planned("score", "trust", 20, {"charter": 1}, guaranteed=True)
    assert (worst.status, worst.start) == ("ok", 12.5)


@pytest.mark.parametrize(
    ("kind", "name"), [("score", "overall"), ("score", "trust"), ("exposure", "rift"), ("budget", "overall")]
)
def test_nothing_known_is_nothing_to_plan_from(kind: str, name: str) -> None:
    result = planned(kind, name, 30, {})
    assert (result.status, result.start, result.reached, result.best) == ("find_out_first", None, None, None)
    assert (result.cost, result.steps) == (0.0, [])
    assert result.find_out


@pytest.mark.parametrize(
    ("kind", "name", "value"),
    [
        ("score", "overall", 30),
        ("score", "trust", 30),
        ("exposure", "rift", 30),
        ("budget", "overall", 30),
        ("level", "overall", 1),
        ("level", "trust", 1),
    ],
)
def test_nothing_applicable_is_out_of_reach(kind: str, name: str, value: int) -> None:
    result = planned(kind, name, value, dict.fromkeys(NOW, "na"))
    assert (result.status, result.start, result.steps, result.find_out) == ("infeasible", None, [], [])


def test_what_does_not_apply_is_met_as_a_prerequisite() -> None:
    result = planned("score", "trust", 100, NOW | {"charter": "na"})
    assert (result.status, ("ledger", 1, 4) in moves(result)) == ("ok", True)


def test_out_of_reach_gives_the_cheapest_plan_to_the_best() -> None:
    """Without drill: (3*100 + 25)/4 = 81.25."""
    result = planned("score", "overall", 90, choices=Choices(leave=("drill",)))
    assert (result.status, result.best, result.reached) == ("infeasible", 81.25, 81.25)
    assert result.cost == 3 * 3 + 3 * 8 + 7
    assert result.labels == {"drill": "drill"}


def test_by_leaves_out_single_steps_of_more_effort() -> None:
    """Days are 1 point: audit's third step takes 2.5, charter's 3, ledger's 8."""
    result = planned("score", "overall", 100, choices=Choices(by="days"))
    assert moves(result) == [("audit", 0, 2), ("drill", 1, 4)]
    assert (result.status, result.pins.by, result.pins.most) == ("infeasible", "days", 1.0)


def test_what_is_kept_is_in_the_plan_even_if_the_target_is_met() -> None:
    """Ledger has to rise to 2, and so has charter."""
    result = planned("score", "overall", 10, choices=Choices(keep=("ledger",)))
    assert (result.status, moves(result)) == ("ok", [("charter", 1, 2), ("ledger", 1, 2)])


def test_what_is_kept_can_break_a_budget() -> None:
    result = planned("budget", "overall", 5, choices=Choices(keep=("ledger",)))
    assert (result.status, result.cost) == ("infeasible", 11.0)


@pytest.mark.parametrize(
    ("name", "answers", "choices", "reason"),
    [
        ("charter", {"charter": 4}, Choices(), "it is at level 4 already"),
        ("charter", {"charter": "dk"}, Choices(), "its level is not known"),
        ("charter", {"charter": "na"}, Choices(), "it is answered as not applicable"),
        ("charter", {}, Choices(by="days"), "its next step takes more than days of effort"),
        ("ledger", {}, Choices(leave=("charter",)), "it requires charter, which can't be raised far enough"),
        ("ledger", {"charter": "dk"}, Choices(), "it requires charter, which can't be raised far enough"),
    ],
)
def test_what_can_not_rise_can_not_be_kept(name: str, answers: dict[str, Any], choices: Choices, reason: str) -> None:
    with pytest.raises(UsageError, match=f"--keep {name}: {reason}"):
        planned("score", "overall", 90, NOW | answers, choices._replace(keep=(name,)))


def test_steps_show_the_anchors_in_maturity_order_and_efforts_in_words() -> None:
    """Audit is reversed: its level 1 is the file's 3."""
    audit, drill = planned("score", "overall", 40).steps
    assert [(anchor.level, anchor.text, anchor.effort, anchor.word) for anchor in audit.anchors] == [
        (1, "audit most", 1.0, ""),
        (2, "audit half", 1.0, ""),
    ]
    assert [(anchor.level, anchor.text, anchor.word) for anchor in drill.anchors] == [
        (2, "drill half", "days"), (3, "drill most", "days"),
    ]  # fmt: skip


def test_the_quick_form_plans_with_its_own_questions() -> None:
    scored = sheet(SMALL, NOW, form="quick")
    result = plan(scored.scores, scored.answers, Target("score", "overall", Fraction(50)))
    assert (moves(result), result.form, result.reached) == ([("drill", 1, 2)], "quick", 50.0)


def test_fewest_indicators_then_the_smaller_vector_break_ties() -> None:
    """Twins cost and bring the same. 50 points of 4 levels: one twin to 4 changes one indicator; the smaller vector
    leaves the first at 0.
    """
    twins = questionnaire(("pair", [indicator("left"), indicator("right")]))
    scored = sheet(twins, {"left": 0, "right": 0})
    result = plan(scored.scores, scored.answers, Target("score", "overall", Fraction(50)))
    assert moves(result) == [("right", 0, 4)]
