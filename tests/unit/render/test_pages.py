"""A page as text, as whole sentences and as Markdown."""

from fractions import Fraction

from inline_snapshot import snapshot

from allycheck.numbers import Number
from allycheck.render.document import markdown as marked
from allycheck.render.document import text as drawn
from allycheck.render.document.model import Bar, Bullets, Page, Section, Table, Topic, chart
from allycheck.render.look import Look

HALF = Number(Fraction(50))
PAGE = Page(
    "A page",
    "of tests",
    ["What it is about"],
    [
        Section(
            "Numbers",
            [
                "Highest first.",
                Table(["Name", "", "Score", "Course"], [["One", Bar(HALF, HALF, HALF), "50.0", "▄▅"]], "Lbrl"),
                Topic("Then"),
                Bullets(["first", "second"], numbered=True),
                Bullets(["any"]),
            ],
        )
    ],
)


def test_text_draws_bars_and_rules() -> None:
    assert drawn.text(PAGE, Look(width=40)) == snapshot("""\
A page: of tests

What it is about

Numbers ────────────────────────────────

Highest first.

Name                       Score  Course
One   ━━━━━━━━━━─────────   50.0  ▄▅

Then
 1. first
 2. second

- any
""")


def test_plain_is_whole_sentences_without_drawings() -> None:
    assert drawn.text(PAGE, Look(width=40, plain=True)) == snapshot("""\
A page: of tests.
What it is about.

Numbers.
Highest first.
One: score 50.0.

Then.
1. first.
2. second.
any.
""")


def test_markdown_has_tables_without_bars() -> None:
    assert marked.markdown(PAGE) == snapshot("""\
# A page: of tests

What it is about

## Numbers

Highest first.

| Name | Score | Course |
| --- | ---: | --- |
| One | 50.0 | ▄▅ |

### Then

1. first
2. second

- any
""")


def test_markdown_shows_foreign_text_as_it_is() -> None:
    page = Page("Kind", "*a* [b](c) <d>", ["1. one | two"], [])
    assert marked.markdown(page) == "# Kind: \\*a\\* \\[b\\](c) \\<d\\>\n\n1\\. one \\| two\n"


def test_a_chart_has_a_column_for_each_time_and_a_dot_for_none() -> None:
    """Each column is an eighth of 100: 0 to under 12.5 is the lowest, 87.5 and above the highest."""
    assert chart([0.0, 12.4, 12.5, 50.0, 87.5, 100.0, None]) == "▁▁▂▅██·"
