"""The geometry of the pictures."""

from fractions import Fraction

import pytest

from allycheck.numbers import Number
from allycheck.render.report_html.charts import NAME_WIDTH, place, radar, scatter
from allycheck.report import BestValue, Report, TrendReport
from tests.reports import ANSWERED, report


def of_trends(*scores: tuple[float | None, float | None, float | None], title: str = "A") -> Report:
    made = report(ANSWERED)
    return made._replace(trends=[_trend(made.trends[0], *three, title) for three in scores])


def _trend(like: TrendReport, score: float | None, low: float | None, high: float | None, title: str) -> TrendReport:
    return like._replace(score=score, low=low, high=high, published=score is not None, title=title)


def step(effort: int, gain: int) -> BestValue:
    number = Number(Fraction(gain)), Number(Fraction(effort)), Number(Fraction(gain, effort))
    return BestValue("a", "A", 0, 1, *number, {}, [])


def test_two_trends_make_no_radar() -> None:
    assert radar(of_trends((50.0, 50.0, 50.0), (50.0, 50.0, 50.0))) is None


def test_four_trends_point_up_right_down_and_left() -> None:
    """A radius is 175: half of it is 87.5; SVG counts downwards."""
    drawn = radar(of_trends(*[(50.0, 50.0, 100.0)] * 4))
    assert drawn is not None
    assert [axis.end for axis in drawn.axes] == [("0", "-175"), ("175", "0"), ("0", "175"), ("-175", "0")]
    assert drawn.certain == "M0,-87.50 87.50,0 0,87.50 -87.50,0Z"
    assert drawn.possible == "M0,-175 175,0 0,175 -175,0Z M0,-87.50 87.50,0 0,87.50 -87.50,0Z"
    assert [axis.anchor for axis in drawn.axes] == ["middle", "start", "middle", "end"]


def test_no_line_and_no_dot_for_a_trend_without_a_score() -> None:
    drawn = radar(of_trends((40.0, 40.0, 40.0), (40.0, 40.0, 40.0), (None, 0.0, 100.0), (40.0, 40.0, 40.0)))
    assert drawn is not None
    assert drawn.line == "M0,-70 70,0 M-70,0 0,-70"
    assert [axis.dot is None for axis in drawn.axes] == [False, False, True, False]


def test_a_trend_that_does_not_apply_keeps_its_axis_only() -> None:
    drawn = radar(of_trends((40.0, 40.0, 40.0), (40.0, 40.0, 40.0), (None, None, None), (40.0, 40.0, 40.0)))
    assert drawn is not None
    assert len(drawn.axes) == 4
    assert drawn.certain == "M0,-70 70,0 -70,0Z"


@pytest.mark.parametrize("title", ["word " * 40, "x" * 400, "Technology and data governance"])
def test_names_keep_to_three_short_lines(title: str) -> None:
    drawn = radar(of_trends(*[(50.0, 50.0, 50.0)] * 3, title=title))
    assert drawn is not None
    assert len(drawn.axes[0].name) <= 3
    assert all(len(line.text) <= NAME_WIDTH + 1 for line in drawn.axes[0].name)


def test_many_trends_have_numbers_only() -> None:
    drawn = radar(of_trends(*[(50.0, 50.0, 50.0)] * 30))
    assert drawn is not None
    assert not drawn.named
    assert drawn.axes[-1].number == 30


def test_halves_round_up_even_where_a_sine_falls_just_short() -> None:
    assert place(0.125, 0.12499999999) == ("0.13", "0.13")
    assert place(-0.0, 3.0) == ("0", "3")


def test_fewer_than_three_steps_make_no_picture() -> None:
    assert scatter([step(1, 1), step(2, 1)]) is None


def test_a_step_of_most_effort_stands_far_right_and_of_most_gain_at_the_top() -> None:
    """92% of 460 is 423.2; the top of the axis above 7 points is 8, so 7 stands at 270 - 270 * 7 / 8 = 33.75."""
    drawn = scatter([step(4, 7), step(16, 2), step(1, 1)])
    assert drawn is not None
    assert [spot.at for spot in drawn.spots] == [("225.40", "33.75"), ("423.20", "202.50"), ("126.50", "236.25")]
    assert [tick.text for tick in drawn.across] == ["1", "4", "16"]
    assert [tick.text for tick in drawn.upward] == ["0", "4", "8"]


def test_spots_do_not_cover_each_other() -> None:
    drawn = scatter([step(3, 1)] * 12)
    assert drawn is not None
    assert len({spot.at for spot in drawn.spots}) == 12
    assert [spot.number for spot in drawn.spots] == [*range(1, 11), None, None]
    assert drawn.middle is None, "with one effort nothing is little or much"
