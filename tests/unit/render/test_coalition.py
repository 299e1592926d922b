"""The page of a coalition: numbers on their own side of a band."""

from fractions import Fraction

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
