"""The columns of a workbook to fill in, and the formulas that score it (method 2 to 4).

Only plain functions that Excel and LibreOffice share; a formula is written once for its whole column. A name in
braces is the cell of that column in the same row, `all_NAME` a whole column of the questions, `sum_NAME` the sum of a
column of the scores. `share` and `of` are the coverage that publishes a score, as whole numbers.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import gcd, lcm
from typing import NamedTuple

from allycheck.language import _, later
from allycheck.questionnaire import LEVELS
from allycheck.workbooks import PARTS

TOO_LITTLE = later("too little is known")
LARGEST_WEIGHT = 10**9
"""Whole numbers up to here stay exact in a spreadsheet, multiplied and added up."""


class Calculated(NamedTuple):
    """The formula of a column.

    `blank` is what it gives while nothing is answered, which some programs show at first; where that depends on weights
    it is 0 here, and filled in where it is written.
    """

    formula: str
    blank: float | str
    look: str = "text"


ANCHORS = tuple(str(level) for level in range(LEVELS))
HIDDEN = ("key", "trend", "weight", "reverse")
"""Beside each question: which it is, the number of its trend, its weight, and 1 where it is reversed."""
SAID = {
    "said": Calculated('=LOWER(TRIM({answer}&""))', ""),
    "level": Calculated(
        '=IF(LEN({said})=1,IF(ISNUMBER(FIND({said},"01234")),'
        'IF({reverse}=1,5-FIND({said},"01234"),FIND({said},"01234")-1),""),"")',
        "",
    ),
    "applies": Calculated('=IF({said}="na",0,{weight})', 0),
    "known": Calculated('=IF({level}="",0,{weight})', 0),
    "points": Calculated('=IF({level}="",0,{weight}*{level})', 0),
    "told": Calculated('=IF({said}="",0,1)', 0),
}
"""Worked out beside each question: the level after reversal, the weight in A and in K, the level weighed."""
SHOWN = ("code", "title", "ask", *ANCHORS, *PARTS)
QUESTION = {name: column for column, name in enumerate([*SHOWN, *HIDDEN, *SAID])}
"""The columns of the questions."""

TREND = {
    "told": Calculated("=SUMIFS({all_told},{all_trend},{number})", 0, "number"),
    "coverage": Calculated('=IF({applies}=0,"",{known}/{applies})', 0, "share"),
    "score": Calculated('=IF(AND({known}>0,{known}*{of}>={applies}*{share}),25*{points}/{known},"")', "", "points"),
    "low": Calculated('=IF({applies}=0,"",25*{points}/{applies})', 0, "points"),
    "high": Calculated('=IF({applies}=0,"",(25*{points}+100*({applies}-{known}))/{applies})', 100, "points"),
    "remark": Calculated(
        '=IF({applies}=0,"{not_applicable}",IF({score}="","{too_little}",IF({weight}=0,"{not_counted}","")))',
        TOO_LITTLE,
    ),
    "applies": Calculated("=SUMIFS({all_applies},{all_trend},{number})", 0),
    "known": Calculated("=SUMIFS({all_known},{all_trend},{number})", 0),
    "points": Calculated("=SUMIFS({all_points},{all_trend},{number})", 0),
    "in_applies": Calculated("=IF({applies}=0,0,{weight})", 0),
    "in_known": Calculated("=IF({known}=0,0,{weight})", 0),
    "in_coverage": Calculated("=IF({applies}=0,0,{weight}*{known}/{applies})", 0),
    "in_score": Calculated("=IF({known}=0,0,{weight}*25*{points}/{known})", 0),
    "in_low": Calculated("=IF({applies}=0,0,{weight}*{low})", 0),
    "in_high": Calculated("=IF({applies}=0,0,{weight}*{high})", 0),
}
"""Worked out for each trend. Its coverage is held against the threshold in whole numbers, so exactly."""
OVERALL = {
    "told": Calculated("={sum_told}", 0, "number"),
    "coverage": Calculated('=IF({sum_in_applies}=0,"",{sum_in_coverage}/{sum_in_applies})', 0, "share"),
    "score": Calculated(
        '=IF({sum_in_known}=0,"",IF(ROUND({coverage},12)>=ROUND({share}/{of},12),{sum_in_score}/{sum_in_known},""))',
        "",
        "points",
    ),
    "low": Calculated('=IF({sum_in_applies}=0,"",{sum_in_low}/{sum_in_applies})', 0, "points"),
    "high": Calculated('=IF({sum_in_applies}=0,"",{sum_in_high}/{sum_in_applies})', 100, "points"),
    "remark": Calculated('=IF({sum_in_applies}=0,"{nothing_applicable}",IF({score}="","{too_little}",""))', TOO_LITTLE),
}
"""Worked out for all trends together. Shares of several trends meet no threshold in whole numbers: they are rounded."""
SCORES_SHOWN = ("title", "weight", "told", "asked", "coverage", "score", "low", "high", "remark")
SCORE = {name: column for column, name in enumerate(dict.fromkeys([*SCORES_SHOWN, "number", *TREND]))}
"""The columns of the scores."""


def scores_shown() -> dict[str, str]:
    """The columns of scores that are shown, with their titles."""
    titles = (
        _("Trend"), _("Weight"), _("Answered"), _("Asked"), _("Known"), _("Score"), _("Range from"), _("Range to"),
        _("Remark"),
    )  # fmt: skip
    return dict(zip(SCORES_SHOWN, titles, strict=True))


def remarks() -> dict[str, str]:
    """What formulas remark, as they stand in them."""
    said = {
        "not_applicable": _("not applicable"),
        "nothing_applicable": _("nothing applicable"),
        "not_counted": _("not counted"),
        "too_little": _(TOO_LITTLE),
    }
    return {name: text.replace('"', '""') for name, text in said.items()}


def whole_numbers(weights: Sequence[Fraction]) -> list[float]:
    """Weights in the same proportions as whole numbers, whose sums are exact; as they are where those would be huge."""
    unit = lcm(*(weight.denominator for weight in weights))
    numbers = [int(weight * unit) for weight in weights]
    shared = gcd(*numbers) or 1
    if max(numbers, default=0) // shared > LARGEST_WEIGHT:
        return [float(weight) for weight in weights]
    return [number // shared for number in numbers]
