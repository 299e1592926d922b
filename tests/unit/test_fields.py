"""How scalars are read by their field."""

from fractions import Fraction
from typing import Any

import pytest

from allycheck.fields import Decimal, Flag, Model, Plain, Whole, is_id, is_version, read_decimal, version_key


class Fields(Model):
    number: Decimal = Fraction(0)
    flag: Flag = False
    whole: Whole = 0


@pytest.mark.parametrize("text", ["a", "a1", "a-b-c3", "3"])
def test_ids(text: str) -> None:
    assert is_id(text)


@pytest.mark.parametrize("text", ["", "A", "a_b", "-a", "a-", "a--b", "a b", "é", "a\n", "a.b"])
def test_no_ids(text: str) -> None:
    assert not is_id(text)


def test_versions_are_numbers_joined_by_dots_and_ordered_as_numbers() -> None:
    assert all(map(is_version, ["1", "1.0", "10.2.3"]))
    assert not any(map(is_version, ["", "1.", ".1", "v1", "1.0a", "1..0", "1." * 20 + "1", "١"]))
    assert version_key("1.9") < version_key("1.10") < version_key("2")
    assert version_key("1") == version_key("1.0") == version_key("1.0.0")


@pytest.mark.parametrize("value", [True, 0.5, -1, Fraction(-1, 2), None, [1], "-1", Plain("-0.5")])
def test_what_is_no_decimal(value: Any) -> None:
    with pytest.raises(ValueError, match=r"must|not a plain"):
        read_decimal(value)


def test_scalars_of_a_file_and_values_of_code_are_read_alike() -> None:
    expected = Fields(number=Fraction(3, 2), flag=True, whole=7)
    assert Fields.model_validate({"number": "1.5", "flag": Plain("true"), "whole": Plain("7")}) == expected
    assert Fields.model_validate({"number": Fraction(3, 2), "flag": True, "whole": 7}) == expected


@pytest.mark.parametrize(
    "content",
    [{"flag": "true"}, {"flag": Plain("yes")}, {"flag": 1}, {"flag": Plain("True")}, {"whole": "7"}, {"whole": True},
     {"whole": Plain("1" * 10)}, {"whole": Plain("1.0")}, {"whole": 1.5}, {"other": 1}],
)  # fmt: skip
def test_what_only_looks_alike_is_refused(content: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="validation error"):
        Fields.model_validate(content)
