"""Words for numbers."""

from fractions import Fraction
from typing import Any

import pytest

from allycheck.numbers import Number
from allycheck.render.look import Source
from allycheck.render.priorities import actions, first_step_notes, next_level, plan_note
from allycheck.render.words import (
    amount,
    change,
    commands,
    effort,
    extent,
    holes_counted,
    main_drivers,
    percent,
    points,
    short_extent,
)
from allycheck.report import NextLevel
from tests.reports import ANSWERED, report

KNOWN = {"quay": 1, "crane": 0, "hull": 3, "crew": 0, "flag": 2}


def number(text: str) -> Number:
    return Number(Fraction(text))


def test_points_stay_on_their_side_of_a_band() -> None:
    assert points(number("59.97"), [35.0, 60.0]) == "59.97"
    assert points(number("59.9"), [35.0, 60.0]) == "59.9"
    assert points(number("60"), [35.0, 60.0]) == "60.0"


def test_changes_have_a_sign() -> None:
    assert [change(number(text)) for text in ("0.9", "-0.9", "0")] == ["+0.9", "-0.9", "0.0"]


def test_ranges() -> None:
    assert extent(number("1"), number("2.25")) == "1.0 to 2.3"
    assert short_extent(number("1"), number("2.25")) == "1.0\u20132.3"
    assert short_extent(number("1"), number("1")) == short_extent(None, None) == ""


def test_percent_is_whole_unless_that_would_mislead() -> None:
    """2/3 is 66.67%; just below it must not read as 67% beside a needed 67%; 99.9% is not everything."""
    two_thirds = number("2/3")
    assert percent(two_thirds) == percent(two_thirds, two_thirds) == "67%"
    assert percent(number("0.666"), two_thirds) == "66.6%"
    assert percent(number("0.999")) == "99.9%"
    assert percent(number("1")) == "100%"


def test_effort_without_empty_decimals() -> None:
    assert [effort(number(text)) for text in ("1", "2.5", "20")] == ["1 point", "2.5 points", "20 points"]
    assert amount(number("0.3")) == "0.3"


def test_what_a_driver_adds_keeps_to_its_side_of_a_band() -> None:
    """A single answer that adds 59.97 to an exposure of 59.97 is below 60, as the exposure is."""
    made = report(ANSWERED)
    [risk] = made.risks
    driver = risk.drivers[0]._replace(share=number("59.97"))
    assert (
        main_drivers(made._replace(exposure_bands=[35.0, 60.0]), risk._replace(drivers=[driver])) == "PO1 Quays 59.97"
    )


def test_one_driver_more_adds_the_rest() -> None:
    made = report(ANSWERED)
    [risk] = made.risks
    two = risk._replace(drivers=[risk.drivers[0]] * 2)
    three = risk._replace(drivers=[risk.drivers[0]] * 3)
    assert main_drivers(made, two, 1) == "PO1 Quays 50.0; 1 other adds the rest"
    assert main_drivers(made, three, 1) == "PO1 Quays 50.0; 2 others add the rest"


def blocked(share: str, far: list[str]) -> str:
    made = report(ANSWERED)
    blocker = made.priorities.blockers.overall
    assert blocker is not None
    return next_level(made, blocker._replace(share=number(share), needed=number("2/3"), below_gap=far))


def test_what_keeps_a_level_away_is_what_is_missing() -> None:
    """With 83% there, no share is asked for; the trends of the small questionnaire are too short to have a level."""
    assert blocked("0.83", ["ships"]) == (
        "Enough of the weight is at Ad hoc (83%, 67% needed), but Ships lies too far below."
    )
    assert blocked("0.5", []) == "Too little of the weight is at Ad hoc or above (50%, 67% needed)."
    assert blocked("0.5", ["ports", "ships"]) == (
        "Too little of the weight is at Ad hoc or above (50%, 67% needed), and Ports and Ships lie too far below."
    )


def test_holes_are_counted_and_possible_ones_apart() -> None:
    [risk] = report(ANSWERED).risks
    counts = [(["a", "b"], ["c"]), (["a"], []), ([], ["c"]), ([], [])]
    assert [holes_counted(risk._replace(holes=known, possible_holes=maybe)) for known, maybe in counts] == [
        "2 holes, 1 possible", "1 hole", "1 possible hole", "",
    ]  # fmt: skip


def test_an_action_says_when_what_it_takes_and_why() -> None:
    """Quays close the hole of Leaks: from 1 to 2 is one climb of "weeks", 3 points, due within 30 days."""
    made = report(KNOWN)
    [quay, *_] = actions(made)
    assert first_step_notes(made, quay) == "Within 30 days, effort 3. Closes a hole: Leaks; leads to Defined."
    waiting = quay._replace(reasons=["required"], blocked_by=["hull"])
    assert first_step_notes(made, waiting) == "Within 30 days, effort 3. Comes before others. First: SH1 Hulls."


def test_a_plan_that_counts_on_what_nobody_knows_says_so() -> None:
    """Two of three ships known at 3: the level of Ships hangs on the crew alone."""
    assert plan_note(report(ANSWERED)) == "The way to Ad hoc begins with finding out how SH2 Crews stands."


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("planned", "cheapest that reach it"),
        ("nearest", "Ad hoc is out of reach for now"),
        ("too_large", "too large to be computed exactly"),
        ("unpublished", "find that out first"),
        ("none", ""),
    ],
)
def test_every_fate_of_the_plan_is_told(status: Any, said: str) -> None:
    made = report(KNOWN)
    made = made._replace(priorities=made.priorities._replace(next_level=NextLevel(1, status)))
    assert said in plan_note(made)
    assert bool(plan_note(made)) == bool(said)


def test_commands_that_lead_on_name_the_answers_and_only_what_is_there() -> None:
    shown = [command for command, _ in commands(Source("a.yaml --questionnaire b.yaml", scenarios=True))]
    assert shown == [f"allycheck {word} a.yaml --questionnaire b.yaml" for word in ("plan", "explain", "stress")]
    assert [command for command, _ in commands(Source())] == ["allycheck plan FILE", "allycheck explain FILE"]
