"""Words for numbers."""

from fractions import Fraction

from allycheck.numbers import Number
from allycheck.render.words import (
    amount,
    below,
    change,
    effort,
    extent,
    main_drivers,
    percent,
    points,
    short_extent,
)
from tests.reports import ANSWERED, report


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


def test_also_needs_something_above_it() -> None:
    blocker = report(ANSWERED).priorities.blockers.overall
    assert blocker is not None
    far, short = ["ports"], ["ships"]
    assert below(blocker._replace(below_gap=[], short=short)) == [("Below it", short)]
    assert below(blocker._replace(below_gap=far, short=short)) == [
        ("So far below that one alone is enough", far),
        ("Also below it", short),
    ]
    assert below(blocker._replace(below_gap=[], short=[])) == []
