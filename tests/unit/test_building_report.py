"""How a report chooses its words and rounds its numbers."""

from typing import Any

import pytest

from allycheck.answers import Answers
from allycheck.building_report import build_report
from allycheck.report import Report, as_plain
from allycheck.scoring import score
from tests.alliances import indicator, questionnaire

BANDS = ("low", "middle", "high")
STEPS = [
    {"do": "{you} do later.", "within": "1y", "effort": "L"},
    {"do": "Now", "within": "30d", "effort": "S"},
]
STATE = {
    "id": "state",
    "title": "State",
    "charge": "{you} lead.",
    "overall": {"absent": "Nothing.", "defined": "{you} stand."},
    "trends": {
        name: {"stake": "At stake", **{band: {"finding": f"{name} {band}", "steps": STEPS} for band in BANDS}}
        for name in "tuvw"
    },
    "risks": {"r": {"low": "calm", "moderate": "stir", "high": "storm", "warning_signs": ["{you} wait"]}},
}
QUESTIONS = questionnaire(
    *((name, [indicator(f"{name}1", risks={"r": 1}, pillar="p"), indicator(f"{name}2")]) for name in "tuvw"),
    actors=[STATE],
    terms={"you": {"state": "your ministry"}},
    risks=[{"id": "r", "title": "R"}],
    pillars=[{"id": "p", "title": "P", "meaning": "means", "strong": "strong", "weak": "weak"}],
)


def report(answers: dict[str, Any], **more: Any) -> Report:
    sheet = Answers.model_validate({"questionnaire": "small", "actor": "state", "answers": answers} | more)
    return build_report(score(QUESTIONS, sheet), sheet)


def both(**levels: Any) -> dict[str, Any]:
    """The same answer to both indicators of a trend."""
    return {f"{name}{n}": level for name, level in levels.items() for n in (1, 2)}


def test_words_follow_the_bands() -> None:
    """t 25 low, u 50 middle, v 75 high, w one of two known: not published."""
    made = report(both(t=1, u=2, v=3) | {"w1": 4})
    assert [(trend.band, trend.finding, len(trend.steps)) for trend in made.trends] == [
        ("low", "t low", 2), ("middle", "u middle", 2), ("high", "v high", 2), (None, None, 0),
    ]  # fmt: skip
    assert made.trends[0].steps[0].do == "Your ministry do later."
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
    assert risk.warning_signs == ["Your ministry wait"]


def test_possible_bands_span_the_range() -> None:
    """Three of four known at 4: E = 0, at worst 25: low. All but one at 2: 37.5 to 62.5."""
    assert report({"t1": 4, "u1": 4, "v1": 4}).risks[0].possible_bands == ["low"]
    assert report({"t1": 2, "u1": 2, "v1": 2}).risks[0].possible_bands == ["moderate", "high"]
    unpublished = report({"t1": 2}).risks[0]
    assert (unpublished.exposure, unpublished.band, unpublished.text) == (None, None, None)
    assert unpublished.possible_bands == ["low", "moderate", "high"]


@pytest.mark.parametrize(("level", "text"), [(1, "weak"), (2, "means"), (4, "strong")])
def test_a_pillar_is_weak_meant_or_strong(level: int, text: str) -> None:
    assert report(both(t=level, u=level, v=level, w=level)).pillars[0].text == text


@pytest.mark.parametrize(
    ("answers", "headline", "sentence"),
    [
        (both(t=2, u=2, v=2, w=2), "Defined: 50.0 of 100, self-assessed.", "Your ministry stand."),
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


def test_strengths_and_the_agenda() -> None:
    """Strong: v 87.5 and w 75, highest first. Weakest three: t 0, u 25, w 75; steps by when they are due."""
    made = report(both(t=0, u=1, w=3) | {"v1": 4, "v2": 3})
    assert [(one.id, one.score, one.indicators) for one in made.strengths] == [
        ("v", 87.5, ["v1", "v2"]),
        ("w", 75.0, ["w1", "w2"]),
    ]
    assert [(item.within, item.trend) for item in made.agenda] == [
        ("30d", "t"),
        ("30d", "u"),
        ("30d", "w"),
        ("1y", "t"),
        ("1y", "u"),
        ("1y", "w"),
    ]


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
