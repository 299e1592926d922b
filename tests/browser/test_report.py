"""The HTML report in a real browser: who it asks, who can read it, and where it is cut.

Needs Chromium and, for the checks of accessibility, `npm install --prefix tests`; what is missing is skipped.
"""

import json
import threading
from base64 import b64decode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from allycheck.analysis.whole_report import whole_report
from allycheck.loading import load_questionnaire, load_sheet
from allycheck.questionnaire import Questionnaire
from allycheck.render.report_html.html import render
from allycheck.scoring import score
from tests.browser.chromium import Page, axe_core, browser, found
from tests.reports import BARE, CONTRADICTIONS, FIRMNESS, GATES, report

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(found() is None, reason="needs Chromium (the Debian package chromium)"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning:subprocess"),
]
needs_axe = pytest.mark.skipif(axe_core() is None, reason="needs axe-core (npm install --prefix tests)")
EXAMPLES = Path(__file__).parents[2] / "questionnaires/alliance-readiness/examples"
PHONE, DESK = 360, 1280
MILLIMETRE = 96 / 25.4
PAPERS = {"A4": (210 - 30, 297 - 34), "Letter": (215.9 - 30, 279.4 - 34)}
"""What the margins of the print style leave, in millimetres."""


def _full() -> str:
    """The largest report: every section, and some trends that are not published."""
    sheet = load_sheet(str(EXAMPLES / "development-bank.yaml"), None)
    made = whole_report(score(sheet.questionnaire, sheet.answers), sheet.answers)
    pair = CONTRADICTIONS[0]._replace(high="data-trust", low="rights-safeguards")
    return render(made._replace(gates=GATES, robustness=FIRMNESS, consistency=[pair]))


PAGES = {
    "full": _full(),
    "bare": render(report({"a1": 2}, Questionnaire.model_validate(BARE))),
    "empty": render(report({}, organisation="word" * 60)),
}


@pytest.fixture(scope="module")
def tab() -> Iterator[Page]:
    with browser(found() or "") as page:
        yield page


@pytest.fixture(params=PAGES)
def page(request: pytest.FixtureRequest, tab: Page, tmp_path: Path) -> Page:
    """A tab at a desk, in light colours, with one of the pages open."""
    file = tmp_path / "report.html"
    file.write_text(PAGES[request.param], "utf-8")
    tab.size(DESK)
    tab.show_as()
    tab.open(file.as_uri())
    return tab


def complaints(page: Page) -> list[Any]:
    """What the browser says of a page: violations of its policy, errors, warnings."""
    return [*page.seen("Log.entryAdded"), *page.seen("Runtime.exceptionThrown"), *page.seen("Runtime.consoleAPICalled")]


def test_the_page_asks_for_nothing_but_itself(page: Page) -> None:
    assert len(page.seen("Network.requestWillBeSent")) == 1
    assert complaints(page) == []


class _Server(ThreadingHTTPServer):
    asked: list[str]


class _Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, _Server)
        self.server.asked.append(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(PAGES["full"].encode())

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def test_a_server_is_asked_for_the_page_only(tab: Page) -> None:
    server = _Server(("127.0.0.1", 0), _Answer)
    server.asked = []
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    try:
        tab.open(f"http://127.0.0.1:{server.server_port}/report")
        tab.run("new Promise(done => setTimeout(done, 300))")
    finally:
        server.shutdown()
        server.server_close()
        serving.join()
    assert server.asked == ["/report"]
    assert complaints(tab) == []


def test_the_policy_stops_scripts_and_styles_that_are_not_its_own(page: Page) -> None:
    page.run(
        """{
          const script = document.createElement('script'); script.textContent = 'window.ran = true';
          const style = document.createElement('style'); style.textContent = 'body { display: none }';
          const picture = new Image(); picture.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACw=';
          document.body.append(script, style, picture);
        } 0"""
    )
    assert page.run("window.ran") is None
    assert page.run("getComputedStyle(document.body).display") != "none"
    assert len([it for it in page.seen("Log.entryAdded") if "Content Security Policy" in it["entry"]["text"]]) == 3


@pytest.mark.parametrize("width", [320, PHONE, 768, DESK, 2000])
def test_nothing_stands_beyond_the_side_of_the_window(page: Page, width: int) -> None:
    page.size(width)
    page.run("document.querySelectorAll('details').forEach(it => it.open = true)")
    assert page.run("document.documentElement.scrollWidth") == width


@needs_axe
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_axe_finds_no_violation(page: Page, width: int, *, dark: bool) -> None:
    page.size(width)
    page.show_as(dark=dark)
    page.run("document.querySelectorAll('details').forEach(it => it.open = true)")
    script = axe_core()
    assert script is not None
    page.run(f"{script.read_text('utf-8')};0")
    found = json.loads(page.run("axe.run().then(it => JSON.stringify([it.passes.length, it.violations]))"))
    assert found[0] > 20
    assert [(it["id"], it["nodes"][0]["html"]) for it in found[1]] == []


def test_dark_is_dark_on_a_screen_and_light_on_paper(page: Page) -> None:
    page.show_as(dark=True)
    ground = "getComputedStyle(document.body).backgroundColor"
    assert max(_channels(page.run(ground))) < 60
    page.show_as(dark=True, medium="print")
    assert max(_channels(page.run("getComputedStyle(document.body).color"))) < 60


def _channels(colour: str) -> list[float]:
    return [float(part) for part in colour.partition("(")[2].rstrip(")").split(",")[:3]]


@pytest.mark.parametrize("paper", PAPERS)
def test_no_card_is_taller_than_a_sheet_and_none_may_be_cut(page: Page, paper: str) -> None:
    """A browser moves what must not be cut to the next sheet, unless it is taller than one."""
    width, height = (round(side * MILLIMETRE) for side in PAPERS[paper])
    page.size(width, height)
    page.show_as(medium="print")
    kept = page.run(
        """[...document.querySelectorAll('.card, .answer, .entries li, .result, figure, tr')]
           .map(it => [getComputedStyle(it).breakInside, it.getBoundingClientRect().height])"""
    )
    assert kept
    assert {rule for rule, _ in kept} == {"avoid"}
    assert max(size for _, size in kept) < height


def test_print_opens_what_the_screen_keeps_closed(page: Page) -> None:
    """A closed fold is as high as the one line that says what is in it; on paper all of it stands below that line."""
    beyond = """[...document.querySelectorAll('details:not([open])')].map(it =>
        it.getBoundingClientRect().height - it.firstElementChild.getBoundingClientRect().height)"""
    assert max(page.run(beyond)) < 5
    page.show_as(medium="print")
    assert min(page.run(beyond)) > 20


SAMPLES = sorted(EXAMPLES.parents[1].glob("*/examples/*.yaml"))
FIRST_SHEET = (210 - 26, 297 - 22)
"""What the margins of the first sheet of A4 leave, in millimetres."""


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_what_a_board_reads_is_one_sheet(sample: Path, tab: Page, tmp_path: Path) -> None:
    sheet = load_sheet(str(sample), load_questionnaire(sample.parents[1].name))
    file = tmp_path / "report.html"
    file.write_text(render(whole_report(score(sheet.questionnaire, sheet.answers), sheet.answers)), "utf-8")
    width, height = (round(side * MILLIMETRE) for side in FIRST_SHEET)
    tab.size(width, height)
    tab.show_as(medium="print")
    tab.open(file.as_uri())
    assert tab.run("document.querySelector('#summary').getBoundingClientRect().bottom") < height


@pytest.mark.parametrize("size", [(8.27, 11.69), (8.5, 11.0)], ids=PAPERS)
def test_it_prints(page: Page, size: tuple[float, float]) -> None:
    printed = page.ask("Page.printToPDF", printBackground=True, paperWidth=size[0], paperHeight=size[1])
    assert b64decode(printed["data"]).startswith(b"%PDF")


def test_the_first_key_leads_past_the_contents(page: Page) -> None:
    page.press("Tab")
    assert page.run("document.activeElement.className") == "skip"
    assert page.run("document.activeElement.getBoundingClientRect().left") >= 0
    page.press("Enter")
    assert page.run("location.hash") == "#summary"
