"""The verdict of a comparison: a change under half a point is called small, whatever its direction."""

import pytest

from allycheck.analysis.compare import compare
from allycheck.numbers import Number, exact
from allycheck.render.compare import verdict
from tests.alliances import indicator, questionnaire, sheet

SMALL = questionnaire(("trust", [indicator("charter"), indicator("ledger")]))


@pytest.mark.parametrize(
    ("after", "moved", "said"),
    [
        ((2, 1), 0.4999, "Clear but small rise: +0.5 points, 1 indicator rose and none fell."),
        ((2, 1), 0.5, "Clear rise: +0.5 points, 1 indicator rose and none fell."),
        ((0, 1), -0.4, "Clear but small fall: -0.4 points, 1 indicator fell and none rose."),
        ((0, 1), -0.5, "Clear fall: -0.5 points, 1 indicator fell and none rose."),
        ((2, 0), 0.1, "Mixed: 1 indicator rose and 1 fell, +0.1 points together, a small change."),
        ((3, 0), 2.5, "Mixed: 1 indicator rose and 1 fell, +2.5 points together. "),
    ],
)
def test_a_small_change_is_called_small(after: tuple[int, int], moved: float, said: str) -> None:
    sheets = [sheet(SMALL, {"charter": charter, "ledger": ledger}) for charter, ledger in ((1, 1), after)]
    assert verdict(compare(*sheets)._replace(real_change=Number(exact(moved)))).startswith(said)
