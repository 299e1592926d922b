"""How a report chooses its words and rounds its numbers."""

from typing import Any

import pytest

from allycheck.answers import Answers
from allycheck.building_report import build_report, weakest_first
from allycheck.report import IndicatorReport, Report, as_plain
from allycheck.scoring import score
from tests.alliances import indicator, questionnaire

EFFORT = ["days", "weeks", "months", "year"]
STEPS = {"start": "Write it.", "practise": "Do it.", "improve": "Test it."}
STATE = {
    "id": "state",
    "title": "State",
    "charge": "Lead.",
    "overall": {"absent": "Nothing.", "defined": "Rules stand."},
    "trends": {
        name: {"stake": "At stake", "indicators": {f"{name}1": {"weak": f"{name} weak", "strong": f"{name} strong"}}}
        for name in "tuvw"
    },
    "risks": {
        "r": {
            "low": "calm",
            "moderate": "stir",
            "high": "storm",
            "warning_signs": ["They wait"],
            "mitigations": ["Look.", *({"do": f"Mend {name}.", "for": f"{name}1"} for name in "tuvwx")],
        }
    },
}
QUESTIONS = questionnaire(
    *(
        (
            name,
            [
                indicator(f"{name}1", risks={"r": 1}, critical=["r"], pillar="p", steps=STEPS, effort=EFFORT),
                indicator(f"{name}2"),
            ],
        )
        for name in "tuvw"
    ),
    ("x", [indicator("x1", actors=[])]),
    actors=[STATE],
    weights={"x": 0},
    risks=[{"id": "r", "title": "R"}],
    pillars=[{"id": "p", "title": "P", "meaning": "means"}],
)


def report(answers: dict[str, Any], **more: Any) -> Report:
    sheet = Answers.model_validate({"questionnaire": "small", "actor": "state", "answers": answers} | more)
    return build_report(score(QUESTIONS, sheet), sheet)


def both(**levels: Any) -> dict[str, Any]:
    """The same answer to both indicators of a trend."""
    return {f"{name}{n}": level for name, level in levels.items() for n in (1, 2)}


def item(made: Report, name: str) -> IndicatorReport:
    return next(item for trend in made.trends for item in trend.indicators if item.id == name)


@pytest.mark.parametrize(
    ("level", "meaning", "step"),
    [
        (0, "t weak", (2, ["Write it."], 4.0, "30d")),  # 1 + 3
        (1, "t weak", (2, ["Write it."], 3.0, "30d")),
        (2, None, (3, ["Do it."], 8.0, "90d")),
        (3, "t strong", (4, ["Test it."], 20.0, "1y")),
        (4, "t strong", None),
        ("dk", None, None),
        ("na", None, None),
        (None, None, None),
    ],
)
def test_each_answer_earns_its_own_words(level: Any, meaning: str | None, step: Any) -> None:
    told = item(report({"t1": level, "u1": 2}), "t1")
    assert (told.meaning, told.next_step) == (meaning, step)
    assert (told.gain is None) is (step is None)


def test_where_a_text_is_missing_nothing_is_made_up() -> None:
    told = item(report({"t2": 1}), "t2")
    assert told.meaning is None
    assert told.next_step is not None
    assert told.next_step.texts == ["What should then be true: t2 half"]


def test_what_is_weak_and_strong_is_named_whether_a_trend_is_published_or_not() -> None:
    """t 25 low, u 50 middle, v 75 high, w one of two known: not published."""
    made = report(both(t=1, u=2, v=3) | {"w1": 4})
    assert [(trend.band, trend.weaknesses, trend.strengths, trend.next) for trend in made.trends[:4]] == [
        ("low", ["t1", "t2"], [], ["t2", "t1"]),  # t2 takes 1 point of effort, t1 3
        ("middle", [], [], ["u2", "u1"]),
        ("high", [], ["v1", "v2"], ["v2", "v1"]),
        (None, [], ["w1"], []),
    ]
    assert made.trends[3].score is None
    assert (made.trends[3].low, made.trends[3].high) == (50.0, 100.0)


def test_the_exposure_chooses_the_words_of_a_risk_and_its_drivers_add_up() -> None:
    """Levels 1, 2, 3, 4 of equal load: E = 100 - 25 * 10/4 = 37.5; drivers 25 * 3/4, 2/4, 1/4 and 0."""
    risk = report({"t1": 1, "u1": 2, "v1": 3, "w1": 4}).risks[0]
    assert (risk.exposure, risk.band, risk.text, risk.possible_bands) == (37.5, "moderate", "stir", ["moderate"])
    assert [(driver.id, driver.share) for driver in risk.drivers] == [
        ("t1", 18.75),
        ("u1", 12.5),
        ("v1", 6.25),
        ("w1", 0.0),
    ]
    assert risk.warning_signs == ["They wait"]


def test_a_hole_is_named_and_lifts_the_band_and_with_it_the_words() -> None:
    """Levels 1, 4, 4, 4: E = 100 - 25 * 13/4 = 18.75, low by itself."""
    risk = report({"t1": 1, "u1": 4, "v1": 4, "w1": 4}).risks[0]
    assert (risk.exposure, risk.band, risk.text, risk.possible_bands) == (18.75, "moderate", "stir", ["moderate"])
    assert (risk.holes, risk.possible_holes) == (["t1"], [])


def test_possible_bands_span_the_range() -> None:
    """Three of four known at 4: E = 0, at worst 25 and the fourth a hole. All but one at 2: 37.5 to 62.5."""
    lifted = report({"t1": 4, "u1": 4, "v1": 4}).risks[0]
    assert (lifted.band, lifted.possible_bands, lifted.possible_holes) == ("low", ["low", "moderate"], ["w1"])
    assert report({"t1": 2, "u1": 2, "v1": 2}).risks[0].possible_bands == ["moderate", "high"]
    unpublished = report({"t1": 2}).risks[0]
    assert (unpublished.exposure, unpublished.band, unpublished.text) == (None, None, None)
    assert unpublished.possible_bands == ["low", "moderate", "high"]


def test_only_what_is_not_in_place_is_advised() -> None:
    """t at 3 has it, v does not apply, w is not known, x is not asked: what is left is u, and what hangs on nothing."""
    risk = report({"t1": 3, "u1": 2, "v1": "na", "w1": "dk"}).risks[0]
    assert risk.mitigations == [("Look.", None), ("Mend u.", "u1")]
    assert as_plain(risk)["mitigations"][1] == {"do": "Mend u.", "for": "u1"}


def test_a_pillar_says_what_it_is_about_whatever_its_score() -> None:
    for level in (0, 2, 4, "dk"):
        assert report(both(t=level, u=level, v=level, w=level)).pillars[0].meaning == "means"


@pytest.mark.parametrize(
    ("answers", "headline", "sentence"),
    [
        (both(t=2, u=2, v=2, w=2), "Defined: 50.0 of 100, self-assessed.", "Rules stand."),
        (both(t=2, u=2, v=2) | {"w1": 2}, "Ad hoc: 50.0 of 100, range 43.8 to 56.3, 88% of what counts is known, self-assessed.", None),
        (both(t=0, u=0, v=0, w=0), "Absent: 0.0 of 100, self-assessed.", "Nothing."),
        (both(t=2), ("Too little is known for a score: 25% of what counts is known, 67% is needed. So far at least Absent, "
                    "range 12.5 to 87.5, self-assessed; find out first: u1, u2 and v1."), None),
        ({}, "Nothing answered yet; find out first: t1, t2 and u1.", None),
        (both(t="na", u="na", v="na", w="na"), "Nothing applicable, so there is nothing to score.", None),
    ],
)  # fmt: skip
def test_headlines(answers: dict[str, Any], headline: str, sentence: str | None) -> None:
    made = report(answers).overall
    assert (made.headline, made.sentence) == (headline, sentence)


def test_what_to_build_on_is_named_by_the_points_it_carries() -> None:
    """In t one is not known, so that t1 counts twice; v1 carries a level more than w1, w2 and v2."""
    made = report({"t1": 3, "v1": 4, "v2": 3} | both(u=1, w=3))
    assert made.priorities.build_on == ["t1", "v1", "v2"]


def test_what_was_not_computed_is_null() -> None:
    made = report({"t1": 3})
    assert made.consistency is made.robustness is made.gates is None
    assert made.priorities.first is made.priorities.next_level is None


def test_the_weakest_are_the_published_ones_by_score_and_then_the_others_by_their_low_end() -> None:
    """v 75, u 25; t and w half known: at least 50 and 25. x is asked of nobody."""
    made = report(both(u=1, v=3) | {"t1": 4, "w1": 2})
    assert [trend.id for trend in weakest_first(made.trends)] == ["u", "v", "w", "t"]


def test_users_text_is_safe_and_blank_text_is_none() -> None:
    made = report(
        {"t1": {"answer": 1, "comment": "red \x1b[31m", "evidence": " \n ", "reason": "a\nb"}},
        organisation="Evil\u202e", note="", alliances=[" ", "One\x07"], respondent="R",
    )  # fmt: skip
    item = made.trends[0].indicators[0]
    assert (item.comment, item.evidence, item.reason) == ("red ␛[31m", None, "a b")
    assert (made.organisation, made.note, made.alliances, made.respondent) == ("Evil", None, ["One␇"], "R")


def test_a_report_as_plain_values_keeps_order_and_names() -> None:
    plain = as_plain(report({"t1": 1}))
    assert list(plain)[:6] == ["schema_version", "tool", "questionnaire", "organisation", "actor", "form"]
    assert list(plain["priorities"]["best_value"][0]) == [
        "id",
        "code",
        "from",
        "to",
        "gain",
        "effort",
        "value",
        "risks",
        "blocked_by",
    ]
    assert plain["consistency"] is plain["robustness"] is plain["gates"] is None
