"""What coalition says, on sheets small enough to work out by hand."""

from fractions import Fraction
from typing import Any

import pytest

from allycheck.analysis.coalition.coalition import coalition
from allycheck.analysis.coalition.result import JointRisk
from allycheck.analysis.stress import readiness
from allycheck.errors import AllycheckError, UsageError
from allycheck.questionnaire import Scenario
from allycheck.scoring import Measure
from tests.alliances import indicator, questionnaire, sheet

SMALL = questionnaire(
    (
        "trust",
        [
            indicator("weak", aggregation="weakest-link", steps={"start": "Fix the weak."}, risks={"harm": 1}),
            indicator("best", aggregation="best-shot"),
            indicator("sum", aggregation="summation", risks={"harm": 3}),
        ],
    ),
    ("pace", [indicator("pulse", aggregation="weakest-link")]),
    risks=[{"id": "harm", "title": "Harm"}],
    weights={"trust": 3, "pace": 1},
    scenarios=[{"id": "storm", "title": "Storm", "demands": {"trust": 1, "pace": 3}}],
)
NORTH = sheet(SMALL, {"weak": 1, "best": 4, "sum": 2, "pulse": 0}, "north.yaml", organisation="North")
SOUTH = sheet(SMALL, {"weak": 3, "best": 2, "sum": 4, "pulse": 2}, "south.yaml", organisation="South")


def test_each_indicator_pools_its_own_way() -> None:
    """Weakest link min(1,3) = 1, best shot max(4,2) = 4, summation (2+4)/2 = 3, pulse 0.
    Trust 25*(1+4+3)/3 = 66.6667, pace 0, R = (3*66.6667 + 0)/4 = 50.
    All summed: trust 25*(2+3+3)/3 = 66.6667, pace 25: R = (200 + 25)/4 = 56.25; the pooling effect is -6.25.
    """
    result = coalition([NORTH, SOUTH], detail=True)
    assert [own.value for own in result.indicators] == [1.0, 4.0, 3.0, 0.0]
    assert result.overall[:5] == (50.0, 50.0, 50.0, 1.0, True)
    assert (result.if_all_summed, result.pooling_effect) == (56.25, -6.25)


def test_what_each_member_adds() -> None:
    """Without North: 3, 2, 4 and 2: trust 75, pace 50, R = (225+50)/4 = 68.75, so North adds 50 - 68.75 = -18.75.
    Without South: 1, 4, 2 and 0: trust 58.3333, pace 0, R = 43.75, so South adds 6.25.
    """
    north, south = coalition([NORTH, SOUTH]).members
    assert (north.score, north.without, north.contribution) == (43.75, 68.75, -18.75)
    assert (south.score, south.without, south.contribution) == (68.75, 43.75, 6.25)


def test_size_weighs_the_mean_alone() -> None:
    """South of size 3: the summation is (1*2 + 3*4)/4 = 3.5; the weakest link stays 1, the best shot 4."""
    result = coalition([NORTH, SOUTH], sizes={"South": Fraction(3)}, detail=True)
    assert [own.value for own in result.indicators] == [1.0, 4.0, 3.5, 0.0]
    assert [trend.weight for trend in result.trends] == [3.0, 1.0]


def test_weights_are_each_members_own_shares() -> None:
    """State gives trust 3/4 and pace 1/4, firm 1/5 and 4/5; size 1 and 2: trust 3/4 + 2/5 = 1.15, pace 1/4 + 8/5 = 1.85.
    Within trust, the firm is not asked `weak`: w = 1/2 + 0 for weak, 1/2 + 2*1 for sum.
    Levels weak 4 (state alone), sum (0 + 2*4)/3 = 8/3: trust 25*(0.5*4 + 2.5*8/3)/3 = 72.2222.
    """
    mixed = questionnaire(
        ("trust", [indicator("weak", actors=["state"]), indicator("sum")]),
        ("pace", [indicator("pulse")]),
        actors=[
            {"id": "state", "title": "State", "weights": {"trust": 3, "pace": 1}},
            {"id": "firm", "title": "Firm", "weights": {"trust": 1, "pace": 4}},
        ],
    )
    state = sheet(mixed, {"weak": 4, "sum": 0, "pulse": 2}, "a.yaml", organisation="A", actor="state")
    firm = sheet(mixed, {"sum": 4, "pulse": 2}, "b.yaml", organisation="B", actor="firm")
    result = coalition([state, firm], sizes={"B": Fraction(2)})
    assert [trend.weight for trend in result.trends] == [1.15, 1.85]
    assert result.trends[0].score == 72.2222


def test_what_members_do_not_know_widens_the_range_by_head() -> None:
    """Weak is known to one of two, 3: coverage 1/2, low min(0,3) = 0, high min(4,3) = 3. Alone in its trend."""
    one = questionnaire(("trust", [indicator("weak", aggregation="weakest-link")]))
    first = sheet(one, {"weak": 3}, "a.yaml")
    result = coalition([first, sheet(one, {"weak": "dk"}, "b.yaml")])
    assert result.overall[:5] == (None, 0.0, 75.0, 0.5, False)
    assert [member.organisation for member in result.members] == ["a.yaml", "b.yaml"]


def test_na_leaves_the_pool_of_the_others() -> None:
    result = coalition([NORTH, sheet(SMALL, {"weak": "na", "best": 0, "sum": 4, "pulse": 4}, "b.yaml")], detail=True)
    assert result.indicators[0].value == 1.0
    assert result.indicators[0].coverage == 1.0


def test_links_providers_and_single_points_are_named() -> None:
    result = coalition([NORTH, SOUTH])
    weak, best, *_ = result.indicators
    assert (weak.lowest, weak.highest, weak.single_provider) == (["North"], ["South"], None)
    assert (best.highest, best.single_provider) == (["North"], "North")
    assert result.single_points == ["best"]


def test_links_and_agreements_stand_by_points_lost() -> None:
    """25*phi*(4 - value): weak 25*3/4*1/3*3 = 18.75, sum 6.25*1 = 6.25, pulse 25*1/4*4 = 25; best has lost nothing."""
    result = coalition([NORTH, SOUTH], detail=True)
    assert result.weakest_links == ["pulse", "weak"]
    assert [(one.id, one.lost) for one in result.agreements] == [("pulse", 25.0), ("weak", 18.75), ("sum", 6.25)]
    assert (result.agreements[1].texts, result.agreements[1].members) == (["Fix the weak."], ["North"])


def test_the_exposure_of_the_coalition() -> None:
    """Loads 1 on weak (1) and 3 on sum (3): 100 - 25*(1*1 + 3*3)/4 = 37.5. Own: North 100 - 25*(1+6)/4 = 56.25."""
    harm = coalition([NORTH, SOUTH]).risks[0]
    assert (harm.exposure, harm.band, harm.drivers) == (37.5, "moderate", ["weak", "sum"])
    assert [own.score for own in harm.members] == [56.25, 6.25]


def test_the_scenarios_read_the_pooled_trends() -> None:
    """Storm leans 1 on trust (66.6667) and 3 on pace (0), which weigh 1 and 9: 66.6667/10 = 6.6667."""
    storm = coalition([NORTH, SOUTH]).scenarios[0]
    assert (storm.readiness, storm.first_to_give) == (6.6667, ["pace"])


def test_readiness_needs_a_known_trend_and_ranges_over_all_that_apply() -> None:
    known = Measure(Fraction(80), Fraction(60), Fraction(90), Fraction(3, 4), published=True)
    unknown = Measure(None, Fraction(0), Fraction(100), Fraction(0), published=False)
    scenario = Scenario.model_validate({"id": "s", "title": "S", "demands": {"a": 1, "b": 3}})
    weights = [Fraction(weight) for weight in (0, 1, 3, 9)]
    ready = readiness(scenario, {"a": known, "b": unknown}, weights)
    assert (ready.score, ready.low, ready.high) == (
        Fraction(80),
        Fraction(6),
        Fraction(99),
    )  # (60 + 0)/10, (90 + 900)/10
    assert readiness(scenario, {"b": unknown}, weights).score is None


def guarded(*levels: Any, aggregation: str = "weakest-link") -> JointRisk:
    """Safeguard a beside b, which all have at the top; loads 1 and 9."""
    small = questionnaire(
        ("t", [indicator("a", risks={"harm": 1}, critical=["harm"], aggregation=aggregation), indicator("b", risks={"harm": 9})]),
        risks=[{"id": "harm", "title": "Harm"}],
    )  # fmt: skip
    return coalition([sheet(small, {"a": level, "b": 4}, f"{n}.yaml") for n, level in enumerate(levels)]).risks[0]


@pytest.mark.parametrize(
    ("aggregation", "levels", "hole", "possible"),
    [
        ("weakest-link", (1, 4), True, False),
        ("weakest-link", (2, 4), False, False),
        ("weakest-link", (1, "dk"), True, False),  # whatever the other says
        ("weakest-link", (4, "dk"), False, True),
        ("best-shot", (1, 1), True, False),
        ("best-shot", (1, 2), False, False),
        ("best-shot", (1, "dk"), False, True),
        ("best-shot", (4, "dk"), False, False),
        ("summation", (1, 2), True, False),  # 1.5
        ("summation", (0, 4), False, False),  # 2 exactly
        ("summation", (3, "dk"), False, True),  # 1.5 to 3.5
    ],
)
def test_a_safeguard_that_all_lack_together_is_a_hole(
    aggregation: str, levels: tuple[Any, ...], *, hole: bool, possible: bool
) -> None:
    """The pooled high lies under 2, or only the pooled low. The average alone would be low: 90 of 100 loads protect."""
    risk = guarded(*levels, aggregation=aggregation)
    assert (risk.holes, risk.possible_holes) == (["a"] * hole, ["a"] * possible)
    assert (risk.band, risk.possible_bands[-1]) == (
        "moderate" if hole else "low",
        "moderate" if hole or possible else "low",
    )


def test_an_agreement_is_the_next_step_of_the_member_that_is_named_first() -> None:
    """Summation: the lower is named, at level 2, and needs what leads from there; so does the one best shot at 3."""
    steps = {"start": "Start.", "practise": "Practise.", "improve": "Improve."}
    small = questionnaire(
        ("t", [indicator("sum", steps=steps), indicator("best", aggregation="best-shot", steps=steps), indicator("weak", aggregation="weakest-link", steps=steps)]),
    )  # fmt: skip
    members = [
        sheet(small, {"sum": 2, "best": 3, "weak": 4}, "a.yaml"),
        sheet(small, {"sum": 3, "best": 1, "weak": 0}, "b.yaml"),
    ]
    assert {one.id: (one.members, one.texts) for one in coalition(members).agreements} == {
        "weak": (["b.yaml"], ["Start."]),
        "sum": (["a.yaml"], ["Practise."]),
        "best": (["a.yaml"], ["Improve."]),
    }


def test_single_answers_need_detail() -> None:
    result = coalition([NORTH, SOUTH])
    assert all((own.value, own.lost, own.answers) == (None, None, None) for own in result.indicators)
    assert all(one.lost is None for one in result.agreements)
    shown = coalition([NORTH, SOUTH], detail=True).indicators[0].answers or []
    assert [(own.organisation, own.level) for own in shown] == [("North", 1), ("South", 3)]


def test_a_coalition_of_one_has_no_contribution() -> None:
    result = coalition([NORTH])
    assert (result.members[0].contribution, result.members[0].without) == (None, None)
    assert result.overall.score == result.members[0].score == 43.75


def test_burdens_gaps_and_two_partners() -> None:
    """Trust: North 25*(1+4+2)/3 = 58.3333, South 75. Pace: North 0, South 50, a level and more above."""
    result = coalition([NORTH, SOUTH])
    assert [(one.trend, one.organisation, one.ahead) for one in result.burdens.ahead] == [("pace", "South", 50.0)]
    assert result.gaps == [("pace", ["North"], ["South"])]
    assert result.diligence is not None
    assert result.diligence.sides == [("North", [], ["pace"]), ("South", ["pace"], [])]
    assert coalition([NORTH]).diligence is None


def test_a_small_member_that_alone_is_lowest_is_exposed() -> None:
    """Size 1 of 4 is under 1/2; equal sizes are not under 1/2."""
    assert coalition([NORTH, SOUTH]).burdens.exposed == []
    result = coalition([NORTH, SOUTH], sizes={"South": Fraction(3)})
    assert result.burdens.exposed == [("trust", "North", ["weak"]), ("pace", "North", ["pulse"])]


def test_exactly_a_level_above_the_median_of_the_others_is_ahead() -> None:
    """Scores 25, 50, 75 on one trend: the third is 37.5 above the median of the others (37.5), the second 0."""
    one = questionnaire(("trust", [indicator("a")]))
    members = [sheet(one, {"a": level}, f"{level}.yaml") for level in (1, 2, 3)]
    assert [(own.organisation, own.ahead) for own in coalition(members).burdens.ahead] == [("3.yaml", 37.5)]
    pair = coalition(members[:2]).burdens.ahead
    assert [(own.organisation, own.ahead) for own in pair] == [("2.yaml", 25.0)]


def test_sizes_must_fit_a_member() -> None:
    with pytest.raises(UsageError, match=r"no member is called Nort; did you mean North\?"):
        coalition([NORTH, SOUTH], sizes={"Nort": Fraction(2)})
    with pytest.raises(UsageError, match="greater than 0"):
        coalition([NORTH, SOUTH], sizes={"North": Fraction(0)})


def test_strangers_and_repeated_organisations_are_refused_together() -> None:
    other = questionnaire(("trust", [indicator("a")]), id="other")
    with pytest.raises(AllycheckError) as caught:
        coalition([NORTH, sheet(other, {}, "x.yaml"), sheet(SMALL, {}, "y.yaml", organisation="North")])
    assert [fault.where for fault in caught.value.faults] == ["x.yaml", "y.yaml"]
