"""Questionnaires whose words and codes try to be more than words and codes, for the tests of surveys."""

from allycheck.questionnaire import Questionnaire
from tests.reports import BARE

NASTY = (
    "${A1} {A1} { A1 } {date} <b>bold</b><script>x()</script> &lt;i&gt; & *b* **b** _i_ `c` [a](javascript:x) ![p](q)"
    " '\"\\ {A1.NAOK} {1+1} ]]> --> =1+1\n# not a heading\ta tab\r\n\u2028\x1b[2J\u202e\ufeff\x00 \u0639\u0631\u0628\u064a \U0001f6a2"
)
"""What some platform reads as a reference, as HTML or Markdown, as a line or a cell of its own, or not at all."""
CODES = ["A1", "a1", "A-1", "A1-reason", "date", "7", "1-7", "Notes", "x" * 90, "x" * 91, "A-1-2", "A12", "about",
         "div", "and", "item", "constructor", "meta", "time", "TRUE"]  # fmt: skip
"""Codes that collide with one another once they are legal, or with what else a survey asks."""


def _indicator(number: int, code: str) -> dict[str, object]:
    words = {"ask": NASTY, "levels": [NASTY] * 5, "evidence": NASTY, "na": number % 3 > 0}
    return {"id": f"odd-{number}", "code": code} | words


ODD = Questionnaire.model_validate(
    {
        "id": "odd",
        "version": "1",
        "title": f"# {NASTY}",
        "instructions": NASTY,
        "trends": [
            {
                "id": "a1",
                "title": NASTY,
                "subject": NASTY,
                "indicators": [_indicator(*pair) for pair in enumerate(CODES)],
            },
            {"id": "date", "title": " ", "indicators": [_indicator(99, "Z")]},
            {"id": "meta", "title": "w" * 40_000, "indicators": [_indicator(100, "Y") | {"ask": "w" * 40_000}]},
        ],
    }
)
TINY = Questionnaire.model_validate(BARE)
