"""A page as HTML: self-contained, allowed by its own policy, every text escaped."""

import base64
import hashlib
import re
from fractions import Fraction
from html.parser import HTMLParser

from allycheck.numbers import Number
from allycheck.render.document.html import html
from allycheck.render.document.model import Bar, Bullets, Details, Ladder, Led, Marked, Page, Section, Table, Topic

BAR = Bar(Number(Fraction(50)), Number(Fraction(40)), Number(Fraction(60)), "fair")
TABLE = Table(["Name", "", "Score", "Empty"], [["<b>One</b>", BAR, "50.0", ""], ["Two", BAR, "50.0", ""]], "Lbrl")
PAGE = Page(
    "Kind", "A & B", ["First line"], [Section("Part", ["Why.", TABLE, Topic("Then"), Bullets(["x"], numbered=True)])]
)


class Tags(HTMLParser):
    """Opening tags as they come, and whether each is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        if tag not in {"meta", "rect"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_every_element_is_closed_and_headings_are_in_order() -> None:
    tags = Tags(html(PAGE))
    assert tags.open == []
    assert [tag for tag in tags.seen if re.fullmatch("h[1-6]", tag)] == ["h1", "h2", "h3"]


def test_a_row_has_a_cell_for_each_column_and_empty_columns_are_left_out() -> None:
    rows = re.findall("<tr>(.*?)</tr>", html(PAGE), re.DOTALL)
    assert [len(re.findall("<t[hd][ >]", row)) for row in rows] == [3, 3, 3]


def test_every_kind_of_part_is_drawn() -> None:
    noted = TABLE._replace(notes=[["Why.", Bullets(["x"], lead="Signs"), Led("Driven by", "this")], []])
    parts = [noted, Topic("Then", "aside"), Marked("And 2 others.", "faint"), Details("Behind", TABLE)]
    opening = [Marked("Headline.", "strong"), Ladder(["none", "some"], 1), Led("Task", "do")]
    page = html(Page("Kind", "", opening, [Section("Part", parts)], [Led("Next", "a command")]))
    assert Tags(page).open == []
    for drawn in (
        '<p class="sentence">Headline.</p>',
        '<li class="passed">none</li>\n<li class="here" aria-current="step">some</li>',
        "<p><strong>Task:</strong> do</p>",
        '<tr><td colspan="3">\n<p>Why.</p>\n<p class="label">Signs</p>\n<ul>\n<li>x</li>\n</ul>',
        '<h3>Then <span class="soft">aside</span></h3>',
        '<p class="note">And 2 others.</p>',
        "<details>\n<summary>Behind</summary>",
        "<p><strong>Next:</strong> a command</p>",
    ):
        assert drawn in page
    assert page.count('colspan="3"') == 1


def test_foreign_text_is_escaped() -> None:
    page = html(PAGE)
    assert "<title>Kind: A &amp; B</title>" in page
    assert "&lt;b&gt;One&lt;/b&gt;" in page


def test_the_policy_allows_the_style_of_the_page_and_nothing_else() -> None:
    page = html(PAGE)
    style = re.search("<style>(.*?)</style>", page, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in page
    assert not {"script", "link", "img", "iframe"} & set(Tags(page).seen)
    assert "style=" not in page


def test_a_page_without_sections_has_no_links_to_any() -> None:
    tags = Tags(html(Page("Kind", "Somebody", ["Nothing to show."], [])))
    assert tags.open == []
    assert not {"nav", "a"} & set(tags.seen)
