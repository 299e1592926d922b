"""The Markdown report, read by a parser, and the escaping of what others wrote."""

import pytest
from inline_snapshot import snapshot
from markdown_it import MarkdownIt

from allycheck.questionnaire import Questionnaire
from allycheck.render.document.markdown import WORD_JOINER, as_markdown, markdown
from allycheck.render.look import Look
from allycheck.render.report import page
from allycheck.report import Report, Tool
from tests.reports import ANSWERED, BARE, complete, report

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def render(made: Report) -> str:
    """The whole report as Markdown, with all there is."""
    return markdown(page(made, Look(full=True)))


def shown(source: str) -> str:
    """What a reader sees of a paragraph; it must be one."""
    tokens = READER.parse(source)
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    children = tokens[1].children or []
    assert {child.type for child in children} <= {"text"}, children
    return "".join(child.content for child in children)


@pytest.mark.parametrize(
    "words",
    [
        "plain words, (k) 50% and 3.5!",
        "*a* _b_ **c** __d__ ~~e~~ `f`",
        "[a](b) ![a](b) [a]: b [^1]",
        "<b>a</b> <!-- a --> <a@b.c> <https://a.b>",
        "&amp; &#65; &lt;script&gt; R&D",
        "# a", "## a ##", "- a", "* a", "+ a", "1. a", "1) a", "> a", "---", "- - -", "===", "    a", "~~~", "```",
        "a | b", "\\| a", "\\", "a\\", "$x$", "[ ] a", "-", "+", "=", "12.", "x  ", "\ta", "|---|",
    ],
)  # fmt: skip
def test_words_show_as_they_are(words: str) -> None:
    assert shown(as_markdown(words)).replace(WORD_JOINER, "") == " ".join(words.split())


@pytest.mark.parametrize(
    ("words", "source"),
    [
        ("see https://example.org/a_b", "see https\\://example.org/a\\_b"),
        ("www.example.org", "www\\.example.org"),
        ("WWW.example.org", "WWW\\.example.org"),
        ("ask @board or a@b.example", f"ask @{WORD_JOINER}board or a@{WORD_JOINER}b.example"),
        ("as in #12", f"as in \\#{WORD_JOINER}12"),
        ("3.5 of 4", "3.5 of 4"),
        ("-1 and +2", "-1 and +2"),
    ],
)
def test_no_live_link_and_no_needless_escape(words: str, source: str) -> None:
    assert as_markdown(words) == source


def test_the_least_report() -> None:
    made = report({"a1": 2}, Questionnaire.model_validate(BARE))
    assert render(made._replace(tool=Tool("allycheck", "9"))) == snapshot("""\
# Tiny

Full form, version 1

**Answers:** 1 of 1 question

**Defined: 50.0 of 100, self-assessed.**

Absent \\> Ad hoc \\> **Defined** \\> Practised \\> Adaptive

## What keeps Practised away

Too little of the weight is at Practised or above (0%, 67% needed). Below it: A.

## Do first

- **1\\. a1 (Defined to Practised)**
  - What should then be true: done
  - Within 30 days, effort 1. Leads to Practised.

Together the actions that lead to Practised are the cheapest that reach it.

## Where you stand

| Trend | Score | Known |
| --- | ---: | ---: |
| A | 50.0 | 1 of 1 |

## Trend by trend

### A: 50.0

**Next steps**

- **a1**: see 1 of what to do first

**The answers behind it**

| Question | Answer |
| --- | --- |
| a1 | 2 Defined |

## Agenda

**Within 30 days**

- **1\\. a1 (Defined to Practised)**: What should then be true: done (Effort 1.)

## How the numbers are made, and where to read on

Every answer is a maturity level from 0 to 4, worth 0, 25, 50, 75 or 100 points. A trend score is the weighted average of its answered, applicable indicators; the readiness score is the weighted average of the trend scores. "Not applicable" leaves the sum. "Don't know" is never guessed: it widens an exact range around the score. A maturity level is stricter than the score: good trends cannot buy off a bad one.

Tiny 1, allycheck 9

- allycheck plan FILE: the cheapest steps to a target
- allycheck explain FILE: where each number comes from
""")


def tables(source: str) -> list[list[list[str]]]:
    """Every table as rows of cells, as a parser sees them."""
    found: list[list[list[str]]] = []
    for before, token in zip([None, *(tokens := READER.parse(source))], tokens, strict=False):
        if token.type == "table_open":
            found.append([])
        elif token.type == "tr_open":
            found[-1].append([])
        elif before is not None and before.type in {"td_open", "th_open"}:
            found[-1][-1].append("".join(child.content for child in token.children or []))
    return found


def test_tables_survive_pipes_and_line_breaks() -> None:
    comment = "a | b\n| c | d |\n|---|---|"
    made = complete(ANSWERED | {"quay": {"answer": 1, "comment": comment}}, organisation="x|y")
    found = tables(render(made))
    assert all(len({len(row) for row in table}) == 1 for table in found)
    assert ["PO1 Quays", "1 Ad hoc", "a | b | c | d | |---|---|"] in [row for table in found for row in table]


def test_every_part_of_a_complete_report() -> None:
    source = render(complete(ANSWERED | {"quay": 4, "crane": 4}, organisation="Port"))
    assert [line for line in source.splitlines() if line.startswith("#")] == snapshot(
        [
            "# Port",
            "## What keeps Ad hoc away",
            "## Do first",
            "## Answers to recheck",
            "## What to find out",
            "## Where you stand",
            "## Trend by trend, weakest first",
            "### Ports: 100.0",
            "### Ships: range 37.5 to 87.5",
            "## Risks, one by one",
            "### Leaks: exposure 8.3, low",
            "## How firm the score is",
            "## Requirements",
            "## Further reading",
            "## How the numbers are made, and where to read on",
        ]
    )
    for words in (
        "**Your task:** Keep the city afloat.", "1 of 2 requirements met.", "- **FAILED:** Overall: score 58.3",
        "| Early steps count more | 70.0 |", "Cranes without quays.", "- Wet feet",
    ):  # fmt: skip
        assert words in source


def test_what_is_not_published_has_no_score() -> None:
    source = render(report({"quay": 1, "crane": "dk"}))
    assert "| Ships |  | 0.0\u2013100.0 | not known | 0 of 3 |" in source
    assert "Too little is known for a score" in source


def test_no_blank_line_is_doubled_and_none_ends_the_page() -> None:
    source = render(complete())
    assert "\n\n\n" not in source
    assert source.endswith("\n")
    assert not source.endswith("\n\n")
    assert not [line for line in source.splitlines() if line != line.rstrip()]
