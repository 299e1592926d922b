"""A page as text, as whole sentences and as Markdown."""

from fractions import Fraction

from inline_snapshot import snapshot

from allycheck.numbers import Number
from allycheck.render.document import html
from allycheck.render.document import markdown as marked
from allycheck.render.document import text as drawn
from allycheck.render.document.model import (
    Bar,
    Bullets,
    Details,
    Ladder,
    Led,
    Marked,
    Page,
    Section,
    Spoken,
    Table,
    Topic,
    chart,
)
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


def test_whole_sentences_say_their_own_in_place_of_what_is_drawn() -> None:
    page = Page(
        "Kind", "", [], [Section("Part", [Spoken([Table(["A", "1"], [["x", "?"]], "Lr")], ["x is not known"])])]
    )
    drawings = [drawn.text(page, Look()), marked.markdown(page), html.html(page)]
    assert all("?" in text and "not known" not in text for text in drawings)
    said = drawn.text(page, Look(plain=True))
    assert "x is not known." in said
    assert "?" not in said


OPEN = Bar(HALF, Number(Fraction(25)), Number(Fraction(75)), "fair")
NOTED = Table(
    ["Name", "", "Score", "Range"],
    [["One", OPEN, "50.0", "25.0\u201375.0"], ["Two", Bar(HALF, HALF, HALF), "50.0", ""]],
    "Lbrr",
    [["Why.", Bullets(["a sign", "another"], lead="Signs"), Led("Driven by", "this")], []],
)
RICH = Page(
    "Kind",
    "",
    [
        Marked("who and when", "faint"),
        Led("Note", "a word", faint=True),
        Marked("The headline.", "strong"),
        Ladder(["none", "some", "all"], 1),
        "What it means.",
    ],
    [
        Section("Rows", [NOTED, Marked("And 2 others.", "faint"), NOTED._replace(notes=())]),
        Section(
            "Told",
            [
                Topic("One", "50.0, some"),
                Led("At stake", "much"),
                Led("Next", "a step"),
                Bullets(["go"], lead="Steps"),
                Details("The answers", Table(["Question", "Answer"], [["Q", "2"]], "LL")),
            ],
        ),
    ],
    [Marked("1 of 2 met.", "strong"), Led("Next", "a command")],
)


def test_text_keeps_together_what_belongs_together() -> None:
    """Notes stand in below their row; what broken lines mean is said once, below the first of them."""
    assert drawn.text(RICH, Look(width=48)) == snapshot("""\
Kind
who and when
Note: a word

The headline.
none > [some] > all

What it means.

Rows ───────────────────────────────────────────

Name                            Score      Range
One   ━━━━━━╍╍╍╍╍╍╍╍╍╍╍╍──────   50.0  25.0–75.0
  Why.
  Signs
  - a sign
  - another
  Driven by: this

Two   ━━━━━━━━━━━━────────────   50.0
Heavy line: certain. Broken line: possible,
depending on what is not known.
And 2 others.

Name                            Score      Range
One   ━━━━━━╍╍╍╍╍╍╍╍╍╍╍╍──────   50.0  25.0–75.0
Two   ━━━━━━━━━━━━────────────   50.0

Told ───────────────────────────────────────────

One                                   50.0, some
At stake: much
Next: a step
Steps
- go

1 of 2 met.
Next: a command
""")


def test_plain_says_what_each_item_is_and_how_many_there_are() -> None:
    assert drawn.text(RICH, Look(width=48, plain=True)) == snapshot("""\
Kind.
who and when.
Note: a word.
The headline.
The levels, lowest first: none, some, all.
What it means.

Rows.

One: score 50.0, range 25.0 to 75.0.
Why.
Signs, 1 of 2: a sign.
Signs, 2 of 2: another.
Driven by: this.
Two: score 50.0.
And 2 others.
One: score 50.0, range 25.0 to 75.0.
Two: score 50.0.

Told.

One: 50.0, some.
At stake: much.
Next: a step.
Steps: go.

1 of 2 met.
Next: a command.
""")


def test_markdown_has_notes_as_a_list_and_details_as_a_table() -> None:
    assert marked.markdown(RICH) == snapshot("""\
# Kind

who and when

**Note:** a word

**The headline.**

none \\> **some** \\> all

What it means.

## Rows

| Name | Score | Range |
| --- | ---: | ---: |
| One | 50.0 | 25.0–75.0 |
| Two | 50.0 |  |

- **One:** Why.
  - **Signs**
    - a sign
    - another
  - **Driven by:** this

And 2 others.

| Name | Score | Range |
| --- | ---: | ---: |
| One | 50.0 | 25.0–75.0 |
| Two | 50.0 |  |

## Told

### One: 50.0, some

- **At stake:** much
- **Next:** a step

**Steps**

- go

**The answers**

| Question | Answer |
| --- | --- |
| Q | 2 |

**1 of 2 met.**

**Next:** a command
""")


def test_a_dense_page_has_no_headers_and_no_empty_lines_between_sections() -> None:
    dense = RICH._replace(sections=[Section("Rows", [NOTED._replace(notes=())])] * 2, dense=True)
    assert drawn.text(dense, Look(width=48)) == snapshot("""\
Kind
who and when
Note: a word

The headline.
none > [some] > all
What it means.
Rows ───────────────────────────────────────────
One  ━━━━━━━╍╍╍╍╍╍╍╍╍╍╍╍╍──────  50.0  25.0–75.0
Two  ━━━━━━━━━━━━━─────────────  50.0
Rows ───────────────────────────────────────────
One  ━━━━━━━╍╍╍╍╍╍╍╍╍╍╍╍╍──────  50.0  25.0–75.0
Two  ━━━━━━━━━━━━━─────────────  50.0

1 of 2 met.
Next: a command
""")
    assert drawn.text(dense, Look(width=48, plain=True)) == snapshot("""\
Kind.
who and when.
Note: a word.
The headline.
The levels, lowest first: none, some, all.
What it means.
Rows.
One: 50.0, range 25.0 to 75.0.
Two: 50.0.
Rows.
One: 50.0, range 25.0 to 75.0.
Two: 50.0.
1 of 2 met.
Next: a command.
""")


def test_running_text_ends_at_100_columns_and_a_table_goes_on_where_it_must() -> None:
    """Four cells for "Name" and ten columns of nine, each two cells apart: 4 + 10 * 11 = 114."""
    wide = Table(["Name", *"ABCDEFGHIJ"], [["One", *["123456789"] * 10]], "L" + "r" * 10)
    page = Page("Kind", "", ["word " * 60], [Section("Wide", [wide])])
    lines = drawn.text(page, Look(width=160)).splitlines()
    assert max(len(line) for line in lines if "word" in line or "\u2500" in line) == 100
    assert [len(line) for line in lines if line.startswith("One")] == [114]
