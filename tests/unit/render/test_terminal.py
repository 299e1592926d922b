"""The toolkit of text: wrapping, tables and bars in cells."""

import pytest
from inline_snapshot import snapshot

from allycheck.render.document.layout import (
    Bar,
    Block,
    Cell,
    Span,
    bar,
    bullets,
    cells,
    heading,
    led,
    paragraph,
    subheading,
    table,
    to_text,
    wrapped,
)
from allycheck.render.look import Look

NARROW = Look(30)


def test_wrapping_counts_cells_not_characters() -> None:
    """Each of the five signs fills two cells, so a line of 6 holds three of them."""
    assert wrapped("\u534e\u76df\u7ea6\u6d77\u6e2f", 6) == ["\u534e\u76df\u7ea6", "\u6d77\u6e2f"]


def test_wrapping_cuts_only_words_longer_than_a_line() -> None:
    assert wrapped("a bb ccccccc d", 5) == ["a bb", "ccccc", "cc d"]
    assert wrapped("  ", 5) == []


def test_paragraphs_hang() -> None:
    blocks = [
        heading("Title", NARROW),
        paragraph("one two three four five six", NARROW, indent=2, label="A1  "),
        led("Lead:", "words that run on and on and on", NARROW),
        led("A lead that fills a whole line", "and words", NARROW),
        bullets(["first point that is long enough to wrap", "second"], NARROW, indent=2),
        subheading("Part", NARROW, "aside"),
        subheading("A part with a long name", NARROW, "and an aside"),
    ]
    assert to_text(blocks, NARROW) == snapshot("""\
Title ────────────────────────

  A1  one two three four five
      six
Lead: words that run on and on
and on
A lead that fills a whole line
and words
  - first point that is long
    enough to wrap
  - second

Part                     aside

A part with a long name
and an aside
""")


def test_tables_align_shrink_and_leave_out_empty_columns() -> None:
    rows: list[list[Cell]] = [
        ["A title that is rather long", Bar(50.0, 50.0, 50.0), "50.0", "", "x"],
        ["Short", Bar(None, 25.0, 75.0), "", "", "yy"],
    ]
    for width in (60, 44, 30):
        assert (
            to_text(table(rows, Look(width), align="Lbrrl", header=("", "", "score", "none", "end")), NARROW)
            == (
                {
                    60: snapshot("""\
                                                  score  end
A title that is rather long  ━━━━━━━━━━─────────   50.0  x
Short                        ━━━━━╍╍╍╍╍╍╍╍╍─────         yy
"""),
                    44: snapshot("""\
                                  score  end
A title that is       ━━━━━─────   50.0  x
rather long
Short                 ━━━╍╍╍╍╍──         yy
"""),
                    30: snapshot("""\
A title that is rather long
  score 50.0, end x
Short
  end yy
"""),
                }[width]
            )
        )


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        (Bar(50.0, None, None), "\u2501\u2501\u2500\u2500"),
        (Bar(100.0, 100.0, 100.0), "\u2501\u2501\u2501\u2501"),
        (Bar(None, 25.0, 75.0), "\u2501\u254d\u254d\u2500"),
        (Bar(None, None, None), "    "),
    ],
)
def test_bar_is_heavy_as_far_as_certain(drawn: Bar, expected: str) -> None:
    assert "".join(span.text for span in bar(drawn, 4)) == expected


def test_colour_only_where_asked_for() -> None:
    block: Block = [(Span("low", "poor"), Span(" rest "), Span("  ", "good"))]
    assert to_text([block], Look()) == "low rest\n"
    assert to_text([block], Look(colour=True)) == "\x1b[31mlow\x1b[0m rest\n"


def test_markup_and_emoji_codes_stay_as_they_are() -> None:
    assert to_text([paragraph("[bold]x[/bold] :smile:", Look())], Look()) == "[bold]x[/bold] :smile:\n"


def test_cells() -> None:
    assert [cells(text) for text in ("", "ab", "\u534e", "e\u0301")] == [0, 2, 2, 1]
