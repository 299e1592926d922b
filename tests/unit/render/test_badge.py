"""The badge: what shields.io is given to draw."""

import json
from typing import Any

import pytest

from allycheck.render.badge import render
from tests.reports import ANSWERED, report

KEYS = ["schemaVersion", "label", "message", "color"]


def badge(answers: dict[str, Any], **header: Any) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(render(report(answers, **header)))
    return made


def test_it_has_the_shape_of_an_endpoint_and_says_level_and_score() -> None:
    told = badge(ANSWERED)
    assert list(told) == KEYS
    # The quays at 1 with weight 2, the cranes at 3: (25*2*1 + 25*3) / 3 = 41.7; the hulls at 3: 75. Together 58.3.
    assert told == {"schemaVersion": 1, "label": "Harbour check", "message": "Absent, 58.3 of 100", "color": "yellow"}


@pytest.mark.parametrize("answers", [{}, {"quay": "dk"}, {"quay": 4}])
def test_while_nothing_is_published_it_is_not_known(answers: dict[str, Any]) -> None:
    assert badge(answers) == {
        "schemaVersion": 1,
        "label": "Harbour check",
        "message": "not known",
        "color": "lightgrey",
    }


def test_a_quick_form_is_called_indicative() -> None:
    assert badge({"quay": 4, "hull": 4}, form="quick")["message"] == "Adaptive, 100.0 of 100, indicative"


def test_the_colour_repeats_the_band_and_the_words_never_depend_on_it() -> None:
    told = [badge(dict.fromkeys(ANSWERED, level)) for level in range(5)]
    assert [one["color"] for one in told] == ["orange", "orange", "yellow", "green", "green"]
    assert [one["message"].split(",")[0] for one in told] == ["Absent", "Ad hoc", "Defined", "Practised", "Adaptive"]
    assert len({one["message"] for one in told}) == 5


def test_names_of_any_script_stay_readable() -> None:
    made = report(ANSWERED)
    titled = made._replace(questionnaire=made.questionnaire._replace(title="联盟 \x1b[31m"))
    assert '"label": "联盟 ' in render(titled)
    assert "\\u001b" not in render(titled)
