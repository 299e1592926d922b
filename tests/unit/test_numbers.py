"""Exact numbers in, rounded numbers out."""

from fractions import Fraction

import pytest

from allycheck.numbers import (
    Number,
    as_decimal,
    as_float,
    as_text,
    as_text_within,
    exact,
    in_units,
    parse_decimal,
    percents,
)


@pytest.mark.parametrize(
    ("text", "value"), [("2", 2), ("0.1", Fraction(1, 10)), ("010", 10), ("1.50", Fraction(3, 2)), ("0.0", 0)]
)
def test_a_decimal_is_read_exactly(text: str, value: Fraction) -> None:
    assert parse_decimal(text) == value


@pytest.mark.parametrize(
    "text",
    ["", " 1", "1 ", ".5", "5.", "1e3", "1_0", "0x10", "-1", "+1", "NaN", "inf", "1,5", "½", "١", "1.2.3", "1\n"],
)
def test_anything_but_plain_digits_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a plain decimal"):
        parse_decimal(text)


def test_a_number_of_thirty_one_digits_is_refused() -> None:
    assert parse_decimal("9" * 30) == 10**30 - 1
    with pytest.raises(ValueError, match="longer than 30 digits"):
        parse_decimal("9" * 31)


@pytest.mark.parametrize(
    ("values", "units", "one"),
    [
        ([Fraction(1, 2), Fraction(2, 3), 3], [3, 4, 18], 6),  # in sixths
        ([Fraction(5, 2), Fraction(1, 2)], [5, 1], 2),
        ([2, 4], [2, 4], 1),
        ([], [], 1),
    ],
)
def test_numbers_in_units_are_whole(values: list[Fraction | int], units: list[int], one: int) -> None:
    assert in_units(values) == (units, one)


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Fraction(1, 2), 0, "1"),
        (Fraction(-1, 2), 0, "-1"),
        (Fraction(1, 20), 1, "0.1"),
        (Fraction(-1, 20), 1, "-0.1"),
        (Fraction(-1, 25), 1, "0.0"),  # -0.04 would print as -0.0
        (Fraction(200, 3), 1, "66.7"),
        (Fraction(1999, 20), 1, "100.0"),  # 99.95 is a half
        (Fraction(100), 1, "100.0"),
        (Fraction(1, 800), 4, "0.0013"),  # 0.00125 is a half
        (Fraction(0), 2, "0.00"),
    ],
)
def test_halves_go_away_from_zero_and_zero_has_no_sign(value: Fraction, places: int, text: str) -> None:
    assert as_text(value, places) == text


def test_json_has_four_decimals_and_no_minus_zero() -> None:
    assert as_float(Fraction(200, 3)) == 66.6667
    assert str(as_float(Fraction(-1, 100_000))) == "0.0"
    assert as_float(Fraction(1, 20_000)) == 0.0001  # 0.00005 is a half


def test_a_printed_number_keeps_to_its_side_of_a_limit() -> None:
    """59.97 is below 60 and 34.96 below 35; 60 itself needs no more than one decimal."""
    limits = [Fraction(35), Fraction(60)]
    assert as_text_within(Fraction("59.97"), limits) == "59.97"
    assert as_text_within(Fraction("34.9996"), limits) == "34.9996"
    assert as_text_within(Fraction("60.04"), limits) == "60.0"
    assert as_text_within(Fraction(60), limits) == "60.0"


@pytest.mark.parametrize("text", ["2", "1.5", "0.25", "33"])
def test_a_decimal_prints_as_it_came(text: str) -> None:
    assert as_decimal(parse_decimal(text)) == text


def test_a_number_of_a_result_remembers_what_it_was() -> None:
    number = Number(Fraction(200, 3))
    assert number == 66.6667
    assert exact(number) == Fraction(200, 3)
    assert exact(66.6667) == Fraction(666667, 10000)


@pytest.mark.parametrize(
    ("parts", "whole", "places", "texts"),
    [
        ([1, 1, 1], 3, 0, ["34%", "33%", "33%"]),  # 33.3 each; the one that lacks goes to the first of equals
        ([1, 1, 1], 3, 1, ["33.4%", "33.3%", "33.3%"]),
        ([125, 875], 1000, 0, ["13%", "87%"]),  # rounded alone, 13 and 88
        ([445, 446, 109], 1000, 0, ["44%", "45%", "11%"]),  # the two largest remainders are 0.9 and 0.6
        ([1, 1, 1], 4, 0, ["25%", "25%", "25%"]),  # no more than there is
        ([1, 999], 1000, 0, ["0.1%", "99.9%"]),  # something is not nothing, and not all is not everything
        ([0, 1], 1, 0, ["0%", "100%"]),
        ([], 1, 0, []),
    ],
)
def test_shares_side_by_side_add_up(parts: list[int], whole: int, places: int, texts: list[str]) -> None:
    assert percents([Fraction(part, whole) for part in parts], places) == texts
