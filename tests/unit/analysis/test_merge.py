"""What merge says, on sheets small enough to work out by hand."""

from fractions import Fraction
from typing import Any

import pytest

from allycheck.analysis.merge import merge
from allycheck.analysis.merged_answers import responses_to, team_answers
from allycheck.answers import Value
from allycheck.errors import AllycheckError
from allycheck.scored import Scored
from tests.alliances import indicator, questionnaire, sheet

SMALL = questionnaire(
    ("trust", [indicator("charter"), indicator("ledger"), indicator("audit", reverse=True)]),
    ("pace", [indicator("drill")]),
    retired=[{"id": "relay", "until": "0.9"}],
)


def team(*answers: dict[str, Any], **more: Any) -> list[Scored]:
    """One sheet for each respondent: Ada, Bo, Cy, Di, Eve."""
    names = ["Ada", "Bo", "Cy", "Di", "Eve"]
    return [
        sheet(SMALL, own, f"{name}.yaml", respondent=name, **more) for name, own in zip(names, answers, strict=False)
    ]


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([1, 3], 1),
        ([0, 2, 4], 2),
        ([1, 1, 4, 4], 1),
        ([3, "dk", "dk", "dk"], 3),
        (["na", 2], 2),
        (["na", "na", 2], "na"),
        (["na", "na", 2, 3], 2),
        (["na", "dk"], "na"),
        (["dk", None], "dk"),
        ([None, None], None),
    ],
)
def test_the_low_median_and_who_outvotes_whom(answers: list[Value], expected: Value) -> None:
    """`na` only with more `na` than levels; `dk` never outvotes an answer; {1,3} gives 1."""
    assert responses_to(answers, None).merged == expected


def test_the_median_is_taken_after_reversal_and_written_before_it() -> None:
    """Audit 1 and 3 are levels 3 and 1: the low median is level 1, which a file records as 3."""
    result = merge(team({"audit": 1}, {"audit": 3}), names=True)
    audit = result.indicators[2]
    assert (audit.levels, audit.level, audit.answer, result.answers) == ([1, 3], 1, 3, {"audit": 3})


def test_distance_and_within_group_agreement() -> None:
    """Levels 0, 2, 2, 4: median 2, AD = (2+0+0+2)/4 = 1; mean 2, s^2 = (4+0+0+4)/3 = 8/3, r_wg = max(0, 1 - 4/3) = 0.
    Levels 2, 2, 3: AD = 1/3; mean 7/3, s^2 = (1/9+1/9+4/9)/2 = 1/3, r_wg = 1 - 1/6 = 0.8333.
    """
    apart = responses_to([0, 2, 2, 4], None)
    assert (apart.distance, apart.within_group, apart.disagree) == (Fraction(1), Fraction(0), True)
    result = merge(team({"drill": 2}, {"drill": 2}, {"drill": 3}))
    drill = result.indicators[3]
    assert (drill.ad, drill.r_wg, drill.disagree, drill.indicative) == (0.3333, 0.8333, False, True)


def test_exactly_five_sixths_is_not_yet_disagreement() -> None:
    """Levels 0, 1, 1, 1, 1, 3 ... : six levels with a total distance of 5 have AD = 5/6; 6 have AD = 1."""
    assert not responses_to([0, 0, 1, 1, 2, 3], None).disagree
    assert responses_to([0, 0, 1, 1, 3, 3], None).disagree


def test_trends_scores_and_the_scores_without_each() -> None:
    """Trust: AD of charter over 1, 2, 3 is 2/3, of ledger over 2, 2, 2 is 0: mean 1/3. Own scores: trust 25*(1+2)/2
    = 37.5, 50, 62.5. Without Ada charter is min median of 2, 3 = 2, so 50; without Bo 1: 37.5; without Cy 1: 37.5.
    """
    own = [{"charter": level, "ledger": 2, "audit": "na", "drill": "na"} for level in (1, 2, 3)]
    result = merge(team(*own))
    assert [(trend.id, trend.ad) for trend in result.trends] == [("trust", 0.3333), ("pace", None)]
    assert (result.overall, result.scores, result.without) == (50.0, (37.5, 62.5), (37.5, 50.0))
    assert [(one.name, one.score, one.without) for one in result.people or []] == [
        (None, 37.5, 50.0),
        (None, 50.0, 37.5),
        (None, 62.5, 37.5),
    ]


def test_what_to_talk_about_first_is_flagged_and_furthest_apart() -> None:
    rows: list[tuple[Value, ...]] = [(0, 1, 2, 2), (2, 4, 2, "na"), (4, 4, 2, 2)]
    own = [dict(zip(SMALL.indicators, row, strict=True)) for row in rows]
    result = merge(team(*own))
    assert [(one.id, one.ad, one.scope_dispute) for one in result.discuss] == [
        ("charter", 1.3333, False),
        ("ledger", 1.0, False),
        ("drill", 0.0, True),
    ]
    assert [(anchor.text, anchor.chosen) for anchor in result.discuss[1].anchors or []] == [
        ("ledger a little", 1),
        ("ledger all", 2),
    ]


def test_with_two_respondents_nothing_single_is_shown() -> None:
    own: list[dict[str, Any]] = [
        {"charter": {"answer": 0, "comment": "Ada's secret"}},
        {"charter": {"answer": 4, "evidence": "Bo's paper"}},
    ]
    result = merge(team(*own))
    charter = result.indicators[0]
    assert (charter.levels, charter.ad, charter.r_wg, charter.disagree) == (None, None, None, True)
    assert (charter.n, charter.na, charter.dk, charter.unanswered) == (None, None, None, None)
    assert (result.scores, result.without, result.people, result.hidden) == (None, None, None, True)
    assert [(one.id, one.anchors) for one in result.discuss] == [("charter", None)]
    assert result.notice is not None
    assert "Two people" in result.notice
    entry = team_answers(team(*own)).answers["charter"]
    assert (entry.answer, entry.comment, entry.evidence) == (0, None, None)


def test_dissent_is_kept_without_names() -> None:
    own: list[dict[str, Any]] = [
        {"charter": {"answer": 3, "comment": "signed"}},
        {"charter": 0},
        {"charter": {"answer": "na", "reason": "none"}},
    ]
    entry = team_answers(team(*own)).answers["charter"]
    assert (entry.answer, entry.reason) == (0, None)
    assert entry.comment == "Answers: 0, 3, na. Comments: (3) signed"


def test_names_only_where_they_are_asked_for() -> None:
    own: list[dict[str, Any]] = [{"charter": {"answer": 3, "comment": "signed"}}, {"charter": 0}]
    merged = team_answers(team(*own), names=True)
    assert merged.answers["charter"].comment == "Answers: Bo 0, Ada 3. Comments: (Ada, 3) signed"
    assert (merged.respondent, merged.respondents) == ("Ada and Bo", 2)
    assert team_answers(team(*own)).respondent is None


def test_reasons_of_a_merged_na_are_kept() -> None:
    own: list[dict[str, Any]] = [
        {"charter": {"answer": "na", "reason": reason}} for reason in ("no charter", "never had one", "no charter")
    ]
    assert team_answers(team(*own)).answers["charter"].reason == "never had one; no charter"


def test_the_reason_of_a_level_is_none_of_a_merged_na() -> None:
    """Two of three say that it does not apply; what the third wrote beside a 2 is no reason for that."""
    own: list[dict[str, Any]] = [
        {"charter": {"answer": "na", "reason": "no charter"}},
        {"charter": {"answer": "na", "reason": "never had one"}},
        {"charter": {"answer": 2, "reason": "signed in spring"}},
    ]
    entry = team_answers(team(*own)).answers["charter"]
    assert (entry.answer, entry.reason) == ("na", "never had one; no charter")


def test_the_oldest_version_is_recorded() -> None:
    """So that whatever was re-worded since for any of them counts as re-worded. 0.9 is older than 0.10."""
    sheets = [sheet(SMALL, {"drill": 1}, version=version) for version in ("0.10", "0.9", "1.0")]
    assert team_answers(sheets).version == "0.9"


def test_as_many_alliances_are_kept_as_a_file_can_hold() -> None:
    """Three together are kept, four are not; those that all have alike always are."""
    three = [sheet(SMALL, {}, alliances=own) for own in (["Plant", "Compact"], ["Compact", "Fund"])]
    assert team_answers(three).alliances == ["Compact", "Fund", "Plant"]
    assert team_answers([*three, sheet(SMALL, {}, alliances=["Relay"])]).alliances == []
    assert team_answers([three[0], three[0]]).alliances == ["Plant", "Compact"]


def test_answers_to_retired_indicators_are_kept() -> None:
    assert team_answers(team({"relay": 3}, {"relay": 1, "drill": 2})).answers["relay"].answer == 1


def test_a_merged_sheet_among_them_brings_its_people() -> None:
    sheets = [*team({"drill": 1}), sheet(SMALL, {"drill": 2}, respondents=4)]
    assert team_answers(sheets).respondents == 5


def test_every_stranger_is_refused_with_the_reason() -> None:
    quick = questionnaire(("trust", [indicator("charter", quick=True)]))
    sheets = [
        sheet(quick, {}, "a.yaml", organisation="North"),
        sheet(quick, {}, "b.yaml", organisation="South"),
        sheet(quick, {}, "c.yaml", form="quick"),
        sheet(quick, {}, "d.yaml"),
    ]
    with pytest.raises(AllycheckError) as caught:
        merge(sheets)
    assert [fault.where for fault in caught.value.faults] == ["b.yaml", "c.yaml"]
    assert "the organisation is South, that of a.yaml is North" in str(caught.value)
    assert "the form is quick, that of a.yaml is full" in str(caught.value)


TWO_ACTORS = questionnaire(
    (
        "trust",
        [
            indicator("charter", weight={"owner": 3, "venture": 1}),
            indicator("ledger", overrides={"venture": {"ask": "Which ledger do you keep?"}}),
            indicator("mandate", actors=["venture"]),
        ],
    ),
    actors=[{"id": "owner", "title": "An owner"}, {"id": "venture", "title": "A venture"}],
)


def of_venture(actor: str, answers: dict[str, Any], name: str, **more: Any) -> Scored:
    return sheet(TWO_ACTORS, answers, f"{name}.yaml", actor=actor, **more)


def test_the_questions_and_weights_of_one_actor_count_for_all() -> None:
    """Charter 0, 2, 4 and ledger 4, 4, 0: medians 2 and 4. By an owner's weights 25*(3*2 + 1*4)/4 = 62.5; the venture's
    own, charter 4 and ledger 0, are 25*(3*4)/4 = 75. Its mandate is asked of no owner. The ledger reads differently.
    """
    sheets = [
        of_venture("owner", {"charter": 0, "ledger": 4}, "Ada"),
        of_venture("owner", {"charter": 2, "ledger": 4}, "Bo"),
        of_venture("venture", {"charter": 4, "ledger": 0, "mandate": 4}, "Cy"),
    ]
    for order in (sheets, sheets[::-1]):
        result = merge(order, actor="owner")
        assert (result.actor, result.overall, result.answers) == ("owner", 62.5, {"charter": 2, "ledger": 4})
        assert sorted(one.score or 0 for one in result.people or []) == [25.0, 62.5, 75.0]
        assert result.reads_differently == ["ledger"]
        assert [(one.id, one.ad, one.disagree) for one in result.indicators] == [
            ("charter", 1.3333, True),
            ("ledger", None, False),
        ]
        assert [one.id for one in result.discuss] == ["charter"]
        assert result.trends[0].ad == 1.3333


def test_what_an_actor_was_not_asked_stays_unanswered_for_it() -> None:
    """The owner wrote an answer beside its own questions; that is no answer of somebody who was asked."""
    sheets = [of_venture("owner", {"charter": 1, "mandate": 0}, "Ada"), of_venture("venture", {"mandate": 3}, "Cy")]
    assert team_answers(sheets, actor="venture").answers["mandate"].answer == 3


@pytest.mark.parametrize(
    ("alliances", "refused"), [((["Plant"], ["Plant", "Compact"]), False), ((["Plant"], ["Compact"]), True)]
)
def test_other_organisations_belong_to_the_team_only_in_one_venture(
    alliances: tuple[list[str], list[str]], *, refused: bool
) -> None:
    sheets = [
        of_venture("owner", {"charter": 1}, name, organisation=name, alliances=own)
        for name, own in zip(("North", "South"), alliances, strict=True)
    ]
    for actor in (None, "owner"):
        if refused or actor is None:
            with pytest.raises(AllycheckError, match="the organisation is South, that of"):
                merge(sheets, actor=actor)
        else:
            assert merge(sheets, actor=actor).organisation is None


def test_sheets_of_different_actors_are_refused_with_the_way_to_merge_them() -> None:
    sheets = [of_venture("owner", {"charter": 1}, "Ada"), of_venture("venture", {"charter": 1}, "Cy")]
    with pytest.raises(AllycheckError) as caught:
        merge(sheets)
    assert "the actor is venture, that of Ada.yaml is owner" in str(caught.value)
    assert "--actor owner lets its questions count for all" in str(caught.value)


NAMED = (
    {"charter": {"answer": 3, "evidence": "Deed"}},
    {"charter": {"answer": 1, "evidence": "No list"}},
    {"charter": {"answer": 3, "evidence": "Minutes; seal"}},
)


def test_everybodys_evidence_is_kept_behind_its_answer_where_the_answers_differ() -> None:
    assert team_answers(team(*NAMED)).to("charter").evidence == "(1) No list; (3) Deed; (3) Minutes; seal"
    alike = team(NAMED[0], {"charter": 2}, NAMED[2])
    assert team_answers(alike).to("charter").evidence == "Deed; Minutes; seal"


def test_evidence_is_attributed_only_where_names_are_asked_for_and_of_two_kept_only_then() -> None:
    by_name = "(Bo, 1) No list; (Ada, 3) Deed; (Cy, 3) Minutes; seal"
    assert team_answers(team(*NAMED), names=True).to("charter").evidence == by_name
    assert team_answers(team(*NAMED[:2])).to("charter").evidence is None
    assert team_answers(team(*NAMED[:2]), names=True).to("charter").evidence == "(Bo, 1) No list; (Ada, 3) Deed"
