"""What stress says, on a questionnaire small enough to work out by hand."""

from fractions import Fraction

import pytest

from allycheck.analysis.stress import Stress, stress
from allycheck.errors import UsageError
from allycheck.numbers import exact
from allycheck.questionnaire import Method
from tests.alliances import indicator, questionnaire, sheet

SMALL = questionnaire(
    ("trust", [indicator("charter"), indicator("ledger")]),
    ("pace", [indicator("drill")]),
    ("money", [indicator("fund")]),
    actors=[{"id": "city", "title": "City"}, {"id": "firm", "title": "Firm"}],
    weights={"trust": 5, "pace": 1, "money": 0},
    scenarios=[
        {
            "id": "flood",
            "title": "Flood",
            "story": "Water reaches us.",
            "demands": {"trust": 2, "pace": 3, "money": 1},
            "reasons": {"pace": "We must move."},
            "questions": {"city": "Who opens the gates?", "default": "Who pays?"},
        },
        {"id": "calm", "title": "Calm"},
    ],
)


def stressed(answers: dict[str, object], only: str | None = None, actor: str = "city") -> Stress:
    scored = sheet(SMALL, answers, actor=actor)
    return stress(scored.scores, scored.answers, only)


def test_readiness_is_the_average_by_demand_whatever_the_weights_of_trends() -> None:
    """Demands 2, 3, 1 weigh 3, 9, 1. Trust 25*(2+4)/2 = 75, pace 25, money 0: (3*75 + 9*25 + 1*0) / 13 = 34.6154.
    Shortfalls: 3*25/13 = 5.7692, 9*75/13 = 51.9231, 1*100/13 = 7.6923; they add up to 850/13 = 65.3846.
    """
    flood = stressed({"charter": 2, "ledger": 4, "drill": 1, "fund": 0}, "flood").scenarios[0]
    assert (flood.readiness, flood.low, flood.high, flood.coverage, flood.published) == (
        34.6154,
        34.6154,
        34.6154,
        1.0,
        True,
    )
    assert [(trend.id, trend.demand, trend.weight, trend.score, trend.shortfall) for trend in flood.trends] == [
        ("trust", 2, 3.0, 75.0, 5.7692),
        ("pace", 3, 9.0, 25.0, 51.9231),
        ("money", 1, 1.0, 0.0, 7.6923),
    ]
    assert sum(exact(trend.shortfall or 0.0) for trend in flood.trends) == Fraction(850, 13)


def test_only_what_is_leaned_on_gives_way_first() -> None:
    """Money loses more than trust and has a demand of 1: it is touched, not leaned on."""
    assert stressed({"charter": 2, "ledger": 4, "drill": 1, "fund": 0}, "flood").scenarios[0].first_to_give == [
        "pace",
        "trust",
    ]


def test_what_is_not_known_widens_the_range_and_has_no_shortfall() -> None:
    """Pace unknown: (3*75 + 1*50) / 4 = 68.75; low (225 + 0 + 50)/13 = 21.1538, high (225 + 900 + 50)/13 = 90.3846.
    Known: (3 + 0 + 1) / 13 of what it leans on, under two thirds.
    """
    flood = stressed({"charter": 2, "ledger": 4, "drill": "dk", "fund": 2}, "flood").scenarios[0]
    assert (flood.readiness, flood.low, flood.high, flood.coverage, flood.published) == (
        68.75,
        21.1538,
        90.3846,
        0.3077,
        False,
    )
    assert [(trend.score, trend.shortfall) for trend in flood.trends][1] == (None, None)
    assert flood.first_to_give == ["trust"]


def test_a_trend_of_which_too_little_is_known_has_a_shortfall_and_no_score() -> None:
    """Charter alone is half of trust: its 50 enters the readiness, as in every sum, and is not shown. 3*50/13."""
    trust = stressed({"charter": 2, "drill": 4, "fund": 4}, "flood").scenarios[0].trends[0]
    assert (trust.score, trust.low, trust.high, trust.shortfall) == (None, 25.0, 75.0, 11.5385)


def test_what_does_not_apply_leaves_the_sum() -> None:
    """Without pace: (3*100 + 1*0) / 4 = 75."""
    flood = stressed({"charter": 4, "ledger": 4, "drill": "na", "fund": 0}, "flood").scenarios[0]
    assert (flood.readiness, flood.low, flood.high, flood.published) == (75.0, 75.0, 75.0, True)


@pytest.mark.parametrize("answers", [{}, {"drill": "dk"}, dict.fromkeys(("charter", "ledger", "drill", "fund"), "na")])
def test_nothing_known_is_no_number(answers: dict[str, object]) -> None:
    flood = stressed(answers, "flood").scenarios[0]
    assert (flood.readiness, flood.published, flood.first_to_give) == (None, False, [])
    assert {trend.shortfall for trend in flood.trends} == {None}


def test_the_questionnaire_says_what_demands_weigh() -> None:
    """All alike: (75 + 25 + 0) / 3. With nothing for what is only touched: (3*75 + 9*25) / 12 = 37.5."""
    answers = {"charter": 2, "ledger": 4, "drill": 1, "fund": 0}
    for weights, ready, first in (([0, 1, 1, 1], 33.3333, ["pace", "trust"]), ([0, 0, 3, 9], 37.5, ["pace", "trust"])):
        method = Method.model_validate({"demand_weights": weights})
        scored = sheet(SMALL.model_copy(update={"method": method}), answers, actor="city")
        flood = stress(scored.scores, scored.answers, "flood").scenarios[0]
        assert (flood.readiness, flood.first_to_give) == (ready, first)


def test_a_scenario_that_leans_on_nothing_has_no_readiness() -> None:
    calm = stressed({"charter": 2, "ledger": 4, "drill": 1, "fund": 0}, "calm").scenarios[0]
    assert (calm.readiness, calm.low, calm.coverage, calm.first_to_give) == (None, None, None, [])


def test_words_are_the_actors_own() -> None:
    answers = {"charter": 2, "ledger": 4, "drill": 1, "fund": 0}
    city, firm = stressed(answers, "flood").scenarios[0], stressed(answers, "flood", actor="firm").scenarios[0]
    assert (city.question, firm.question) == ("Who opens the gates?", "Who pays?")
    assert (firm.story, firm.trends[1].reason, firm.trends[1].word) == (
        "Water reaches us.",
        "We must move.",
        "decisive",
    )


def test_all_scenarios_are_in_catalogue_order() -> None:
    assert [scenario.id for scenario in stressed({"charter": 2}).scenarios] == ["flood", "calm"]


@pytest.mark.parametrize(("only", "hint"), [("flod", "did you mean flood?"), ("zzz", "use flood or calm")])
def test_an_unknown_scenario_is_refused_with_the_nearest(only: str, hint: str) -> None:
    with pytest.raises(UsageError, match=f"no scenario is called {only}.*{hint}"):
        stressed({"charter": 2}, only)
