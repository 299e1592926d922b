"""Whatever a user writes, no page holds control characters and no line is wider than the window."""

import unicodedata

from hypothesis import example, given, settings
from hypothesis import strategies as st

from allycheck.render.document.layout import cells
from allycheck.render.look import Look
from tests.reports import ANSWERED, printed, report

anything = st.text(max_size=120)
looks = st.builds(Look, st.sampled_from([40, 80, 120]), st.just(value=False), st.booleans(), st.booleans())
JOINERS = "\u200c\u200d"


@settings(max_examples=150, deadline=None)
@given(name=anything, words=anything, look=looks)
@example(name="\u534e" * 60, words="\U0001f468\u200d\U0001f469\u200d\U0001f467" * 30, look=Look(40))
@example(name="\x1b[2J\u202eevil\x07", words="\u0645\u064a\u0646\u0627\u0621 " * 20, look=Look(40, plain=True))
def test_user_text_never_breaks_a_page(name: str, words: str, look: Look) -> None:
    noted = {"hull": {"answer": 4, "evidence": words, "comment": words}, "flag": {"answer": "na", "reason": words}}
    result = report(ANSWERED | noted, organisation=name, respondent=words, note=words, alliances=[name, words])
    for line in printed(result, look).removesuffix("\n").split("\n"):
        assert cells(line) <= look.width
        assert not [char for char in line if unicodedata.category(char)[0] == "C" and char not in JOINERS]
