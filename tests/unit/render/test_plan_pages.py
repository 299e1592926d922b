"""What the pages of plan and stress say, for every status, at every width, and in whole sentences."""

from fractions import Fraction
from typing import Any

import pytest

from allycheck.analysis.plan.plan import plan
from allycheck.analysis.plan.targets import Choices, Target
from allycheck.analysis.stress import stress
from allycheck.render import plan as plan_page
from allycheck.render import stress as stress_page
from allycheck.render.document.layout import cells
from allycheck.render.document.markdown import markdown
from allycheck.render.document.text import text as draw
from allycheck.render.look import Look
from tests.alliances import indicator, questionnaire, sheet

SMALL = questionnaire(
    (
        "trust",
        [
            indicator("charter", weight=2, effort="weeks", risks={"rift": 3}, steps={"start": "Write it."}) | {"code": "TR1", "name": "Charter"},
            indicator("ledger", effort="2.5", requires=["charter"]) | {"code": "TR2", "name": "Ledger of \u5951\u7d04"},
        ],
    ),
    ("pace", [indicator("drill", effort=["days", "days", "months", "months"])]),
    risks=[{"id": "rift", "title": "Rift"}],
    scenarios=[
        {"id": "flood", "title": "The river floods both banks in one night", "story": "Water.", "demands": {"trust": 3, "pace": 1},
         "breaks_first": "The bridge.", "questions": {"default": "Who moves first?"}},
        {"id": "calm", "title": "Calm", "demands": {"pace": 2}},
    ],
)  # fmt: skip
NOW = {"charter": 1, "ledger": 1, "drill": 1}
"""Trust 25, pace 25, together 25. One level is worth 8.3 (charter), 4.2 (ledger), 12.5 (drill)."""


def told(
    kind: str,
    name: str,
    value: float,
    answers: dict[str, Any] = NOW,
    choices: Choices | None = None,
    *,
    guaranteed: bool = False,
    look: Look | None = None,
) -> str:
    scored = sheet(SMALL, answers, organisation="Harbour & Sons")
    result = plan(
        scored.scores, scored.answers, Target(kind, name, Fraction(value)), choices or Choices(), guaranteed=guaranteed
    )  # type: ignore[arg-type]
    text = draw(plan_page.page(result), look or Look(width=200))
    return " ".join(text.split()) if look is None else text


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("score", "overall", 37.5), "Within reach: 1 indicator raised for 1 point of effort. Then the score is 37.5; now it is 25.0."),
        (("score", "trust", 40), "Within reach: 1 indicator raised for 3 points of effort. Then Trust is at 41.7; now it is 25.0."),
        (("exposure", "rift", 60), "Then the exposure is 50.0; now it is 75.0."),
        (("level", "trust", 2), "Then 67% of the trend's weight is at Defined or above; now it is 0%. The level needs 60%, and nothing too far below."),
        (("level", "overall", 2), "Then 100% of the trends' weight is at Defined or above; now it is 0%. The level needs 67%"),
        (("budget", "overall", 1), "The best use: 1 indicator raised for 1 point of effort. Then the score is 37.5; now it is 25.0."),
        (("budget", "overall", 0.5), "Nothing can be gained for this: every step costs more."),
        (("budget", "overall", 9, dict.fromkeys(NOW, 4)), "Nothing can be gained for this: nothing is left to raise."),
        (("score", "overall", 20), "Already met: the score is 25.0. Nothing has to be done."),
        (("exposure", "rift", 75), "Already met: the exposure is 75.0."),
        (("score", "overall", 95, NOW, Choices(leave=("drill",))), "Out of reach. At best, the score is 62.5; now it is 25.0. In the way: drill can't rise to the top. Below is the cheapest plan that comes this near, for 16.5 points of effort."),
        (("budget", "overall", 1, NOW, Choices(keep=("ledger",))), "Out of reach: what has to be in the plan costs 5.5 points already."),
        (("score", "overall", 30, dict.fromkeys(NOW, "na")), "Nothing applies here, so there is nothing to plan."),
        (("score", "overall", 30, {}), "Find out first: nothing is known yet of what counts here"),
        (("score", "trust", 30, {"ledger": 1}), "Find out first: only 33% of what counts is known, 67% is needed for a number to publish."),
        (("score", "overall", 90, NOW | {"charter": "dk"}), "Find out first: answers that are not known stand in the way. Until then, at best the score is 62.5."),
    ],
)  # fmt: skip
def test_the_verdict_is_said_in_a_sentence(arguments: tuple[Any, ...], sentence: str) -> None:
    assert sentence in told(*arguments)


def test_the_worst_case_is_said_as_an_end() -> None:
    page = told("score", "overall", 30, NOW | {"drill": "dk"}, guaranteed=True)
    assert "Then the score is at least 37.5; now it is 12.5." in page
    assert "Low end of the score" in page
    assert (
        "drill: find out, else raise to level 2 Not known, so find it out first: planned from level 0, it may be there already."
        in page
    )


def test_a_step_says_what_it_brings_what_it_looks_like_and_what_needs_it() -> None:
    page = told("score", "trust", 70, choices=Choices(keep=("ledger",)))
    assert "1. TR1 Charter: level 1 to 3" in page
    assert (
        "Adds 33.3 points to the score of Trust for 6 points of effort. It comes before TR2 Ledger of \u5951\u7d04, which can't rise above it."
        in page
    )
    assert "Also takes 50.0 off Rift." in page
    assert (
        "- Level 2 (weeks): charter half - Level 3 (weeks): charter most What to do, stage by stage: 1. Write it. 2. What should then be true: charter most"
        in page
    )
    assert "6 (2 x weeks)" in page


def test_pins_are_said() -> None:
    page = told("score", "overall", 60, choices=Choices(keep=("ledger",), leave=("drill",), by="weeks"))
    assert (
        "Pinned: in the plan whatever it costs: TR2 Ledger of \u5951\u7d04; left as they are: drill; no single climb of more effort than weeks (3 points)."
        in page
    )


def test_a_cap_is_said() -> None:
    assert "Pinned: nothing raised above Defined." in told("score", "overall", 40, choices=Choices(up_to=2))


def test_holes_are_told_before_and_after() -> None:
    """The charter is critical for the rift: at 1 it is a hole, which raising it to 2 closes; the ledger stays one."""
    guarded = questionnaire(
        ("trust", [indicator(name, risks={"rift": 1}, critical=["rift"]) for name in ("charter", "ledger")]),
        risks=[{"id": "rift", "title": "Rift"}],
    )
    scored = sheet(guarded, {"charter": 1, "ledger": 1})
    result = plan(scored.scores, scored.answers, Target("score", "overall", Fraction(37)))
    page = " ".join(draw(plan_page.page(result), Look(width=200)).split())
    assert "Rift 75.0 62.5 -12.5 high 2 to 1" in page
    assert "- Holes that it closes: ledger. - Holes that stay: charter." in page


def test_what_is_not_known_is_asked_for() -> None:
    page = told("score", "overall", 60, NOW | {"charter": "dk"})
    assert "1. TR1 Charter: leaves 33.3 points open; until then TR2 Ledger of \u5951\u7d04 can't rise" in page


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("plain", [False, True])
def test_no_line_is_wider_than_the_window(width: int, plain: bool) -> None:
    look = Look(width=width, plain=plain)
    scored = sheet(SMALL, NOW | {"drill": "dk"}, organisation="Harbour & Sons")
    pages = [
        told("score", "trust", 90, look=look),
        told("level", "overall", 3, NOW | {"drill": "dk"}, look=look),
        draw(stress_page.page(stress(scored.scores, scored.answers)), look),
        draw(stress_page.page(stress(scored.scores, scored.answers, "flood")), look),
    ]
    for page in pages:
        assert max(cells(line) for line in page.splitlines()) <= width
        assert all(line == line.rstrip() for line in page.splitlines())


def test_plain_text_is_whole_sentences_without_drawings() -> None:
    look = Look(width=10_000, plain=True)
    scored = sheet(SMALL, NOW, organisation="Harbour & Sons")
    for page in (
        told("score", "trust", 90, look=look),
        draw(stress_page.page(stress(scored.scores, scored.answers)), look),
    ):
        lines = [line for line in page.splitlines() if line]
        assert all(line.endswith((".", "?", ":", "!")) for line in lines)
        assert not set(page) & set("\u2500\u2501*|")


def test_markdown_shows_names_as_they_are() -> None:
    scored = sheet(SMALL, NOW, organisation="<b>*Harbour*</b>")
    result = plan(scored.scores, scored.answers, Target("score", "overall", Fraction(60)))
    for page in (markdown(plan_page.page(result)), markdown(stress_page.page(stress(scored.scores, scored.answers)))):
        assert "<b>" not in page
        assert "*Harbour" not in page.replace("\\*", "")


def test_stress_ranks_the_least_ready_first_and_says_what_gives_way() -> None:
    """Demands 3 and 1 weigh 9 and 1. Flood: (9*25 + 1*50)/10 = 27.5, of which trust takes 9*75/10; calm: 50."""
    scored = sheet(SMALL, NOW | {"drill": 2})
    page = " ".join(draw(stress_page.page(stress(scored.scores, scored.answers)), Look(width=200)).split())
    assert "Least ready: The river floods both banks in one night, 27.5 of 100. Trust would give way first." in page
    assert page.index("1. The river floods") < page.index("2. Calm")
    assert "1. Trust (decisive, score 25.0) takes 67.5 points." in page
    assert "weighted by how hard the scenario leans on each (weights: touched 1, leaned on 3, decisive 9)." in page
    assert "What breaks first in such a case. The bridge." in page
    assert "To ask around the table: Who moves first?" in page


def test_stress_says_when_too_little_is_known() -> None:
    scored = sheet(SMALL, {"drill": 2})
    page = " ".join(draw(stress_page.page(stress(scored.scores, scored.answers, "flood")), Look(width=200)).split())
    assert "Too little is known to say how ready. Find out the open answers first." in page
    assert "Too little is known: 10% of what this scenario leans on, 67% is needed. The range is 5.0 to 95.0" in page
