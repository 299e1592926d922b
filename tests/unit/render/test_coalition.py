"""The page of a coalition: numbers on their own side of a band, ends of a range, holes."""

from fractions import Fraction
from typing import Any

from allycheck.analysis.coalition.coalition import coalition
from allycheck.analysis.coalition.result import Ahead, Burdens
from allycheck.numbers import Number
from allycheck.render.coalition import page
from allycheck.render.document.text import text
from allycheck.render.look import Look
from tests.alliances import indicator, questionnaire, sheet

SMALL = questionnaire(("trust", [indicator("charter")]))


def test_a_burden_prints_on_its_own_side_of_the_band() -> None:
    """39.97 is below the band that begins at 40, so it is not printed as 40.0."""
    result = coalition([sheet(SMALL, {"charter": 1}), sheet(SMALL, {"charter": 3}, name="other.yaml")])
    ahead = Ahead("trust", "North", Number(Fraction("69.98")), Number(Fraction("39.97")), Number(Fraction("30.01")))
    told = text(page(result._replace(burdens=Burdens([ahead], []))), Look(width=120))
    assert "North at 69.98; the others' median is 39.97" in told


GUARDED = questionnaire(
    (
        "trust",
        [
            indicator("charter", aggregation="weakest-link", risks={"rift": 1}, critical=["rift"]),
            indicator("ledger", aggregation="best-shot", risks={"rift": 1}, critical=["rift"]),
            indicator("drill", aggregation="best-shot"),
        ],
    ),
    risks=[{"id": "rift", "title": "Rift"}],
)


def told(*answers: dict[str, Any], name: str | None = None) -> str:
    sheets = [sheet(GUARDED, one, name=f"{at}.yaml") for at, one in enumerate(answers)]
    made = coalition(sheets, detail=True)._replace(name=name)
    return " ".join(text(page(made), Look(width=160)).split())


def test_an_end_of_what_is_not_known_is_called_at_most_or_at_least() -> None:
    """The charter is 3 at best while one does not know; of the ledger one has 2 already; the drill is known."""
    page = told({"charter": 3, "ledger": 2, "drill": 1}, {"charter": "dk", "ledger": "dk", "drill": 2})
    assert "charter weakest-link at most 3 3 ?" in page
    assert "ledger best-shot at least 2 2 ?" in page
    assert "drill best-shot 2 1 2" in page


def test_holes_and_possible_holes_are_named_with_their_risks() -> None:
    page = told({"charter": 1, "ledger": 1, "drill": 1}, {"charter": 4, "ledger": "dk", "drill": 2})
    assert "With a hole no band is low. - charter: Rift Possible holes:" in page
    assert "depending on what is not known. - ledger: Rift" in page


def test_the_difference_that_a_member_makes_is_no_share_of_the_whole() -> None:
    page = told({"charter": 1, "ledger": 1, "drill": 1}, {"charter": 4, "ledger": 4, "drill": 2})
    assert "Difference it makes" in page
    assert "The rows do not sum" in page


def test_a_name_titles_the_page() -> None:
    same = {"charter": 1, "ledger": 1, "drill": 1}
    assert told(same, same, name="Gulf Alliance").startswith("Due diligence: Gulf Alliance ")
