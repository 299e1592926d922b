"""The page that every result but the report is drawn as, in a real browser: wide tables and long words on any screen."""

from collections.abc import Iterator

import pytest

from allycheck.render.document.html import html
from allycheck.render.document.model import Page as Content
from allycheck.render.document.model import Section, Table
from tests.browser.chromium import Page, browser, found

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(found() is None, reason="needs Chromium (the Debian package chromium)"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning:subprocess"),
]
LONG_WORDS = ["Organisations", "Interdependence", "Recommendations"]
COLUMNS = 20
MATRIX = Table(
    ["Trend", *(f"M{at}" for at in range(COLUMNS))],
    [[f"{word} and the other", *["50.0"] * COLUMNS] for word in LONG_WORDS],
    "L" + "r" * COLUMNS,
)
LINES = """(what => [...document.querySelectorAll(what)].map(one => {
  const range = document.createRange();
  range.setStart(one.firstChild, 0);
  range.setEnd(one.firstChild, one.textContent.split(' ')[0].length);
  return new Set([...range.getClientRects()].map(box => Math.round(box.top))).size;
}))"""
"""A script: on how many lines the first word of each such element stands."""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    file = tmp_path_factory.mktemp("page") / "page.html"
    file.write_text(html(Content("Kind", "Subject", [], [Section(word, [MATRIX]) for word in LONG_WORDS])), "utf-8")
    with browser(found() or "") as tab:
        tab.open(file.as_uri())
        yield tab


@pytest.mark.parametrize("width", [360, 1100, 1280])
def test_no_heading_breaks_inside_a_word(page: Page, width: int) -> None:
    page.size(width)
    assert page.run(f"{LINES}('h2')") == [1] * len(LONG_WORDS)
    assert page.run(f"{LINES}('tbody th')") == [1] * len(LONG_WORDS) ** 2


@pytest.mark.parametrize("width", [360, 1280])
def test_a_wide_table_scrolls_in_a_region_of_its_own_and_its_rows_keep_their_names(page: Page, width: int) -> None:
    page.size(width)
    assert page.run("document.documentElement.scrollWidth") == width
    page.run("document.querySelector('.table').scrollLeft = 9999")
    first, last, region = (
        page.run(f"(box => [box.left, box.right])(document.querySelector('{which}').getBoundingClientRect())")
        for which in (".table tbody th", ".table tbody td:last-child", ".table")
    )
    assert first[0] == region[0]
    assert last[1] <= region[1] + 1
    assert first[1] - first[0] < (region[1] - region[0]) * 0.6
