"""Columns of surveys: legal wherever they go, never two alike, and after the code wherever that is legal."""

import re

import pytest

from allycheck.columns import ABOUT, IDENTITY, LETTERS, RESERVED, UNDERSCORED, UNREAD, Naming, columns
from allycheck.loading import load_questionnaire
from tests.reports import HARBOUR
from tests.surveyed import ODD


def test_columns_are_called_after_codes() -> None:
    assert columns(HARBOUR, UNDERSCORED).questions["quay"] == ("PO1", "PO1_reason", "PO1_evidence", "PO1_comment")
    assert columns(HARBOUR, LETTERS).questions["quay"] == ("PO1", "PO1reason", "PO1evidence", "PO1comment")
    assert columns(HARBOUR, UNDERSCORED).groups == {"ports": "ports", "ships": "ships"}


@pytest.mark.parametrize("name", ["alliance-readiness", "joint-venture"])
@pytest.mark.parametrize("naming", [UNDERSCORED, LETTERS])
def test_bundled_codes_stand_as_they_are(name: str, naming: Naming) -> None:
    questionnaire = load_questionnaire(name)
    named = columns(questionnaire, naming).questions
    assert {key: column.answer for key, column in named.items()} == {
        key: item.code for key, item in questionnaire.indicators.items()
    }


def test_a_code_that_is_legal_keeps_its_name_and_others_make_room() -> None:
    """`A-1` comes before `A12` in the questionnaire, and would be `A1` with a 2."""
    named = columns(ODD, LETTERS).questions
    by_code = {ODD.indicators[key].code: column.answer for key, column in named.items()}
    assert by_code["A1"] == "A1"
    assert by_code["A12"] == "A12"
    assert by_code["A-1"] not in {"A1", "A12"}
    assert by_code["7"] == "q7"


@pytest.mark.parametrize(
    ("naming", "legal"),
    [(UNDERSCORED, r"[A-Za-z][A-Za-z0-9_]{0,59}"), (LETTERS, r"[A-Za-z][A-Za-z0-9]{0,19}")],
)
def test_names_are_legal_and_no_two_alike(naming: Naming, legal: str) -> None:
    named = columns(ODD, naming)
    names = [text for column in named.questions.values() for text in column] + list(named.groups.values())
    assert [name for name in names if not re.fullmatch(legal, name)] == []
    everything = [name.lower() for name in [*names, *IDENTITY, *ABOUT, *UNREAD, *RESERVED]]
    assert len(everything) == len(set(everything))
    assert columns(ODD, naming) == named
