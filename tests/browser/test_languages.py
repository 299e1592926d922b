"""Pages in languages that nobody speaks, long ones and from the right to the left: nothing overflows on a phone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from allycheck.cli.app import build
from tests.browser.chromium import Page, browser, found
from tests.languages import asked_for

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(found() is None, reason="needs Chromium (the Debian package chromium)"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning:subprocess"),
    pytest.mark.usefixtures("strange_languages"),
]
EXAMPLES = Path(__file__).parents[2] / "questionnaires/alliance-readiness/examples"
PHONE, DESK = 360, 1280
BANK, CITY = str(EXAMPLES / "development-bank.yaml"), str(EXAMPLES / "port-city.yaml")
PAGES = {
    "report": ("report", CITY, "--robustness", "--fail-under", "60"),
    "brief": ("report", BANK, "--brief"),
    "plan": ("plan", CITY, "--target", "70"),
    "stress": ("stress", BANK),
    "coalition": ("coalition", BANK, CITY, "--detail"),
    "form": ("template", "--actor", "business"),
}


@pytest.fixture(scope="module")
def tab() -> Iterator[Page]:
    with browser(found() or "") as page:
        yield page


@pytest.mark.parametrize("code", ["eo", "ar"])
@pytest.mark.parametrize("name", PAGES)
def test_no_page_is_wider_than_its_window(tab: Page, tmp_path: Path, name: str, code: str) -> None:
    words = [*PAGES[name], "-o", str(tmp_path / "page.html")]
    with asked_for(code):
        done = CliRunner().invoke(build(words), words)
    assert (tmp_path / "page.html").exists(), done.exception
    tab.open((tmp_path / "page.html").as_uri())
    assert tab.run("document.documentElement.lang") == code
    assert tab.run("getComputedStyle(document.documentElement).direction") == ("rtl" if code == "ar" else "ltr")
    for width in (PHONE, DESK):
        tab.size(width)
        assert tab.run("document.documentElement.scrollWidth") == width
        title = (
            "(box => box.left >= 0 && box.right <= innerWidth)(document.querySelector('h1').getBoundingClientRect())"
        )
        assert tab.run(title)
