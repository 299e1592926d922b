"""Words for numbers."""

from fractions import Fraction

import pytest

from allycheck.numbers import Number
from allycheck.render.words import amount, change, effort, extent, percent, percents, points, short_extent


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


@pytest.mark.parametrize(
    ("thirds", "told"),
    [
        ([1, 1, 1], ["34%", "33%", "33%"]),  # 33.3 each leaves one: the first of equals has it
        ([2, 1, 0], ["67%", "33%", "0%"]),
        ([Fraction(2985, 1000), Fraction(15, 1000)], ["99.5%", "0.5%"]),  # 0% would read as nothing
    ],
)
def test_shares_side_by_side_add_up(thirds: list[Fraction | int], told: list[str]) -> None:
    assert percents([Number(Fraction(part) / 3) for part in thirds]) == told
