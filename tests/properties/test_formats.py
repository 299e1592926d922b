"""Whatever a user or an author of a questionnaire writes stays text, in every format.

Each report is made twice, once with plain words: apart from its texts it must come out the same.
"""

import csv
import io
import re
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from allycheck.render.csv import MARK
from allycheck.render.formats import Format, render
from allycheck.render.look import Look
from allycheck.report import Contradiction, GateReport, Report
from allycheck.text import printable
from tests.markup import elements, shape
from tests.reports import ANSWERED, complete

PAYLOADS = [
    "<script>alert(1)</script>", "</style><style>*{}", '"><img src=x onerror=alert(1)>', "' onload='x", "<!-- ", "-->",
    "]]>", "<![CDATA[", "&lt;b&gt;", "&#60;b&#62;", "{{ 7*7 }}", "{% raw %}", "${x}", "javascript:alert(1)",
    '=HYPERLINK("http://a.example")', "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", ";=1", "\uff1d1", "=cmd|' /C calc'!A0",
    "a | b", "\\|", "|", "|---|---|", "`", "```", "~~~", "# a", "- a", "1. a", "> a", "---", "===", "* * *", "[a](b)",
    "![a](b)", "[a]: http://b", "<http://a.example>", "http://a.example", "www.a.example", "a@b.example", "**a**", "_a_",
    "~~a~~", "a\n\nb", "a  \nb", "a\\\nb", "\x1b[31mred", "\x00", "\u202etxet", "\u200b", "\ufeff", "\ud800", "\U000e0041",
    "\u2028", "\x85", "\u00a0", "e\u0301", "\U0001f469\u200d\U0001f52c", "\u0627\u0644", "\u4e2d\u6587", "\ufffe", "\x7f",
]  # fmt: skip
CATEGORIES = [
    "Cc", "Cf", "Co", "Cn", "Cs", "Ll", "Lm", "Lo", "Lt", "Lu", "Mc", "Me", "Mn", "Nd", "Nl", "No", "Pc", "Pd", "Pe", "Pf",
    "Pi", "Po", "Ps", "Sc", "Sk", "Sm", "So", "Zl", "Zp", "Zs",
]  # fmt: skip
ANYTHING = st.one_of(
    st.sampled_from(PAYLOADS),
    st.sampled_from(CATEGORIES).flatmap(lambda one: st.text(st.characters(categories=[one]), min_size=1, max_size=4)),
    st.lists(st.sampled_from(PAYLOADS), min_size=2, max_size=3).map(" ".join),
    st.text(min_size=1, max_size=30),
).filter(lambda words: printable(words).strip())
SEEN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def from_user(words: str) -> Report:
    """Everything that a person can write into an answers file, and what is made of file names."""
    notes = {"evidence": words, "comment": words, "reason": words}
    answers: dict[str, Any] = ANSWERED | {"quay": {"answer": 4} | notes, "crane": {"answer": 3} | notes}
    answers |= {"flag": {"answer": "na"} | notes}
    made = complete(answers, organisation=words, respondent=words, note=words, alliances=[words])
    return made._replace(
        gates=[GateReport("no-worse-than:overall", "no-worse-than", "overall", words, None, False, words)]
    )


def from_author(words: str) -> Report:
    """Every text of a questionnaire: all that is neither an id nor a word of the result model."""
    made: Report = _with(complete(ANSWERED | {"quay": 4, "crane": 4}), words)
    return made


KEPT = {
    "id", "form", "band", "possible_bands", "answer", "within", "effort", "trend", "requires", "below_gap", "short",
    "unknown", "blocked_by", "kind", "subject", "digest", "weaknesses", "strengths", "next", "holes", "possible_holes",
    "build_on", "reasons", "status", "for_",
}  # fmt: skip


def _with(part: Any, words: str, name: str = "") -> Any:
    if hasattr(part, "_fields"):
        kept = KEPT | {"high", "low"} if isinstance(part, Contradiction) else KEPT
        fields = zip(part._fields, part, strict=True)
        return type(part)(*(value if name in kept else _with(value, words, name) for name, value in fields))
    if isinstance(part, list):
        return (
            part if name == "indicators" and isinstance(part[0], str) else [_with(item, words, name) for item in part]
        )
    return words if isinstance(part, str) and part else part


def seen(made: Report, form: Format, rows: str = "indicators") -> str:
    text = render(made, form, Look(rows=rows))
    text.encode("utf-8")
    return text


class Shapes(NamedTuple):
    """What is left of a report in three formats without its texts."""

    html: list[Any]
    markdown: list[str]
    xml: list[Any]


@cache
def _plain(make: Callable[[str], Report]) -> Shapes:
    """The shapes of the report with a plain word in each place."""
    made = make("word")
    page, source = seen(made, Format.HTML), seen(made, Format.MARKDOWN)
    return Shapes(_unwrapped(page), skeleton(source), _outline(seen(made, Format.JUNIT)))


def harmless(words: str) -> None:
    for make in (from_user, from_author):
        plain, hostile = _plain(make), make(words)
        html_stays_text(plain, hostile, words)
        markdown_stays_text(plain, hostile)
        csv_stays_text(hostile)
        xml_stays_text(plain, hostile)


def html_stays_text(plain: Shapes, hostile: Report, words: str) -> None:
    page = seen(hostile, Format.HTML)
    assert _unwrapped(page) == plain.html
    expected = " ".join(printable(words).split())
    assert any(expected in one.text for one in elements(page) if one.tag in {"h1", "h3", "dd", "td", "th"})


def _unwrapped(page: str) -> list[Any]:
    """The shape of a page; names around the radar are cut into lines, as many as their words need."""
    return [one for one in shape(page) if one[0] != "tspan"]


def markdown_stays_text(plain: Shapes, hostile: Report) -> None:
    source = seen(hostile, Format.MARKDOWN)
    assert skeleton(source) == plain.markdown
    assert not re.search(r"(?i)\w://|\bwww\.|@\w", source), "code hosts make links of these"


def skeleton(source: str) -> list[str]:
    """What a reader of Markdown makes of a text, without the words."""
    return [
        kind
        for token in SEEN.parse(source)
        for kind in (token.type, *(child.type for child in token.children or [] if child.type != "text"))
    ]


def csv_stays_text(hostile: Report) -> None:
    for rows in ("indicators", "trends"):
        text = seen(hostile, Format.CSV, rows).removeprefix(MARK)
        cells = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        assert len({len(row) for row in cells}) == 1
        assert len(cells) == 1 + (
            len(hostile.trends) if rows == "trends" else sum(len(one.indicators) for one in hostile.trends)
        )
        for cell in (cell for row in cells for cell in row):
            assert not re.match(r"[=+\-@\t\r]", cell)
            assert not re.search(r';"*[=+\-@]', cell)


def xml_stays_text(plain: Shapes, hostile: Report) -> None:
    assert _outline(seen(hostile, Format.JUNIT)) == plain.xml


def _outline(text: str) -> list[Any]:
    return [(one.tag, sorted(one.attrib)) for one in ET.fromstring(text).iter()]


@settings(deadline=None, max_examples=40)
@given(ANYTHING)
def test_words_stay_words_in_every_format(words: str) -> None:
    harmless(words)


def test_each_known_trick_stays_text() -> None:
    for words in PAYLOADS:
        if printable(words).strip():
            harmless(words)


def test_every_category_of_characters_stays_text() -> None:
    """The first character of each category in each block of 4,096, all in one text."""
    import unicodedata

    found = {(unicodedata.category(chr(at)), at // 4096): chr(at) for at in range(0x10FFFF, -1, -1)}
    assert {kind for kind, _ in found} == set(CATEGORIES)
    harmless("".join(found.values()))
