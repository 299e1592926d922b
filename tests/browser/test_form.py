"""The form in a real browser, from a file: filled in by keyboard, kept, downloaded, opened again, printed.

Needs Chromium and, for the checks of accessibility, `npm install --prefix tests`; what is missing is skipped.
"""

import json
import time
from base64 import b64decode
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from allycheck.analysis.whole_report import whole_report
from allycheck.answers import Answers
from allycheck.loading import Sheet, load_questionnaire, load_sheet
from allycheck.questionnaire import Form, Questionnaire
from allycheck.render.template.form.form import template
from allycheck.scoring import score
from allycheck.writing import answers_json, answers_text
from tests.browser.chromium import Page, axe_core, browser, found
from tests.reports import BARE

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(found() is None, reason="needs Chromium (the Debian package chromium)"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning:subprocess"),
]
needs_axe = pytest.mark.skipif(axe_core() is None, reason="needs axe-core (npm install --prefix tests)")
BUNDLED = load_questionnaire()
EXAMPLES = Path(__file__).parents[2] / "questionnaires/alliance-readiness/examples"
PHONE, DESK = 360, 1280
ASKED = [item.id for item in BUNDLED.scope("business", "quick")]
NOT_KEPT = "This browser keeps nothing for this page: download your answers before you close it."
KEPT = "Kept in this browser, not downloaded yet"
ODD = 'So "it" is: \\ - #1\ttab \u00a0\u202e\x1b\ud83d\ude00 \u0645\u0631\u062d\u0628\u0627 {a} </script>\n'
"""Quotes, a backslash, a tab, what nobody can see, an emoji, another direction, the end of a script, a line end."""


@pytest.fixture(scope="module")
def tab() -> Iterator[Page]:
    with browser(found() or "") as page:
        yield page


Opener = Callable[..., Page]


@pytest.fixture
def opened(tab: Page, tmp_path: Path) -> Opener:
    """A function that opens a form at a desk, in a browser that keeps nothing yet, and downloads into a folder."""

    def open_form(actor: str = "business", form: Form = "quick", source: Questionnaire = BUNDLED) -> Page:
        file = tmp_path / "form.html"
        file.write_text(template(source, actor, form), "utf-8")
        show(tab, file, tmp_path / "downloads")
        return tab

    return open_form


def show(page: Page, file: Path, downloads: Path) -> None:
    page.size(DESK)
    page.show_as()
    page.open(file.as_uri())
    page.run("localStorage.clear()")
    page.ask("Page.setDownloadBehavior", behavior="allow", downloadPath=str(downloads))
    page.open(file.as_uri())
    page.run("document.body.focus()")


def complaints(page: Page) -> list[Any]:
    """What the browser says of a page: violations of its policy, errors, warnings."""
    return [*page.seen("Log.entryAdded"), *page.seen("Runtime.exceptionThrown"), *page.seen("Runtime.consoleAPICalled")]


def text_of(page: Page, selector: str) -> str:
    return str(page.run(f"document.querySelector({json.dumps(selector)}).innerText.trim()"))


def value_of(page: Page, selector: str) -> Any:
    return page.run(f"document.querySelector({json.dumps(selector)}).value")


def at_question(page: Page) -> str:
    """The code of the question that has the focus."""
    return str(page.run("document.activeElement.closest('.question')?.querySelector('.code').textContent ?? ''"))


def write_into(page: Page, selector: str, text: str) -> None:
    page.run(
        f"""{{ const field = document.querySelector({json.dumps(selector)});
        const fold = field.closest('details'); if (fold) fold.open = true; field.focus(); }}"""
    )
    page.write(text)


def click(page: Page, selector: str) -> None:
    page.run(f"document.querySelector({json.dumps(selector)}).click()")


def download(page: Page, folder: Path, kind: str = "yaml") -> Path:
    """The file that the button gives."""
    click(page, f"#end [data-download={kind}]")
    for _ in range(100):
        if found := [path for path in folder.glob("*") if path.suffix == f".{kind}"]:
            (apart := folder / str(len(list(folder.iterdir())))).mkdir()
            return found[0].rename(apart / found[0].name)
        time.sleep(0.05)
    raise AssertionError("nothing was downloaded")


def choose_file(page: Page, path: Path) -> str:
    """What the page says when a file is opened in it."""
    page.run("document.querySelector('#notice').textContent = ''")
    root = page.ask("DOM.getDocument")["root"]["nodeId"]
    field = page.ask("DOM.querySelector", nodeId=root, selector="#file")["nodeId"]
    page.ask("DOM.setFileInputFiles", nodeId=field, files=[str(path)])
    for _ in range(100):
        if said := text_of(page, "#notice"):
            return said
        time.sleep(0.02)
    raise AssertionError("nothing was said")


def fill_in(page: Page) -> dict[str, Any]:
    """Answer by keyboard, write beside answers, and give what an answers file should say of it."""
    write_into(page, "#organisation", "No")
    write_into(page, "#respondent", "Programme office")
    write_into(page, "#alliance-2", "Cell plant: venture")
    page.press("Tab")
    page.run("document.activeElement.blur()")
    page.press("0", "3")  # the first key only shows which question it would answer
    page.press("d")
    page.press("n")
    page.write("Nobody here")
    page.press("Enter", "0", "e")
    page.write("Deed, clause 14")
    page.press("Escape", "4")
    write_into(page, "#q1 [name=comment]", ODD)
    notes = {"answer": 4, "evidence": "Deed, clause 14"}
    comment = {"answer": 3, "comment": ODD.strip().encode("utf-16", "surrogatepass").decode("utf-16")}
    given = [comment, "dk", {"answer": "na", "reason": "Nobody here"}, 0, notes]
    return {
        "questionnaire": "alliance-readiness",
        "version": BUNDLED.version,
        "organisation": "No",
        "actor": "business",
        "form": "quick",
        "respondent": "Programme office",
        "alliances": ["Cell plant: venture"],
        "date": datetime.now().astimezone().date().isoformat(),
        "answers": dict(zip(ASKED, given, strict=False)),
    }


def report_on(sheet: Sheet | Answers) -> Any:
    answers = sheet.answers if isinstance(sheet, Sheet) else sheet
    return whole_report(score(BUNDLED, answers), answers)


@pytest.mark.parametrize("kind", ["yaml", "json"])
def test_a_form_filled_in_by_keyboard_gives_the_answers_file_of_the_same_answers(
    opened: Opener, tmp_path: Path, kind: str
) -> None:
    page = opened()
    meant = Answers.model_validate(fill_in(page))
    assert text_of(page, ".bar .count") == f"5 of {len(ASKED)}"
    file = download(page, tmp_path / "downloads", kind)
    assert file.name == f"no-programme-office.{kind}"
    sheet = load_sheet(str(file))
    assert sheet.warnings == []
    assert sheet.answers == meant
    assert report_on(sheet) == report_on(meant)
    write = answers_text if kind == "yaml" else answers_json
    assert file.read_text("utf-8") == write(meant)
    assert complaints(page) == []
    asked = [event["request"]["url"].partition(":")[0] for event in page.seen("Network.requestWillBeSent")]
    assert asked.count("file") == 1
    assert set(asked) <= {"file", "data"}  # the browser's own pictures, such as that of a calendar, are data


def test_a_trend_left_out_stands_in_the_file_with_its_reason_and_is_asked_again_without_it(
    opened: Opener, tmp_path: Path
) -> None:
    page = opened()
    meant = Answers.model_validate(fill_in(page))
    trend = BUNDLED.trend_of[ASKED[-1]]
    inside = [name for name in ASKED if BUNDLED.trend_of[name] is trend]
    line = f"[data-trend={trend.id}]"
    write_into(page, line, "No crisis is ours ")
    assert text_of(page, ".bar .count") == f"{5 + len(inside)} of {len(ASKED)}"
    assert BUNDLED.indicators[inside[0]].code not in text_of(page, "#open")
    sheet = load_sheet(str(download(page, tmp_path / "downloads")))
    assert sheet.answers == meant.model_copy(update={"scope": {trend.id: "No crisis is ours"}})
    page.open((tmp_path / "form.html").as_uri())
    assert value_of(page, line) == "No crisis is ours"
    assert page.run(f"document.querySelector('{line}').closest('details').open")
    page.run(
        f"{{ const line = document.querySelector('{line}'); line.value = ''; "
        "line.dispatchEvent(new Event('input', { bubbles: true })); }"
    )
    assert load_sheet(str(download(page, tmp_path / "downloads"))).answers == meant
    assert complaints(page) == []


def test_what_is_filled_in_is_there_again_after_a_reload_and_in_another_browser_from_the_file(
    opened: Opener, tmp_path: Path
) -> None:
    page = opened()
    meant = Answers.model_validate(fill_in(page))
    file = download(page, tmp_path / "downloads")
    page.press("Escape", "u")
    assert text_of(page, "#status") == "Undone: PS1 is open again."
    page.press("1")
    page.open((tmp_path / "form.html").as_uri())
    assert text_of(page, "#notice") == f"Your answers are back, as this browser kept them: 5 of {len(ASKED)}."
    assert text_of(page, "#kept") == KEPT
    again = load_sheet(str(download(page, tmp_path / "downloads"))).answers
    fifth = meant.to(ASKED[4]).model_copy(update={"answer": 1})
    assert again == meant.model_copy(update={"answers": meant.answers | {ASKED[4]: fifth}})
    with browser(found() or "") as other:
        show(other, tmp_path / "form.html", tmp_path / "elsewhere")
        assert text_of(other, ".bar .count") == f"0 of {len(ASKED)}"
        assert choose_file(other, file) == f"Opened {file.name}: 5 of {len(ASKED)} answered."
        assert value_of(other, "#q3 [name=reason]") == "Nobody here"
        assert text_of(other, "#kept") == ""
        assert download(other, tmp_path / "elsewhere").read_bytes() == file.read_bytes()


def test_an_answers_file_goes_on_in_the_page_with_what_the_page_does_not_ask(opened: Opener, tmp_path: Path) -> None:
    page = opened(form="full")
    before = load_sheet(str(EXAMPLES / "northwind-cells.yaml")).answers
    said = choose_file(page, EXAMPLES / "northwind-cells.yaml")
    assert said == "Opened northwind-cells.yaml: 64 of 64 answered."
    assert load_sheet(str(download(page, tmp_path / "downloads"))).answers == before
    (tmp_path / "quick.yaml").write_text(answers_text(before.model_copy(update={"form": "quick"})), "utf-8")
    page = opened()
    others = len(before.answers) - len(ASKED)
    assert choose_file(page, tmp_path / "quick.yaml").endswith(
        f"{others} answers to questions that are not asked here will be kept."
    )
    click(page, "#q1 [value=dk]")
    after = load_sheet(str(download(page, tmp_path / "downloads"))).answers
    first = before.to(ASKED[0]).model_copy(update={"answer": "dk"})
    assert after.answers == before.answers | {ASKED[0]: first}
    assert list(after.answers) == [name for name in BUNDLED.indicators if name in before.answers]


HEAD = "questionnaire: alliance-readiness\nactor: business\nform: quick\n"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("questionnaire: joint-venture\nactor: business\nform: quick\n",
         "its questionnaire is joint-venture, and this page is for alliance-readiness"),
        ("questionnaire: alliance-readiness\nactor: state\nform: quick\n",
         "its actor is state, and this page is for business"),
        ("questionnaire: alliance-readiness\nactor: business\n", "its form is full, and this page is for quick"),
        (HEAD + "answers:\n  no-such: 3\n", "no-such is no question of this questionnaire"),
        (HEAD + "answers: {coalition-mandate: 5}\n",
         "5 is not an answer to coalition-mandate; use 0, 1, 2, 3, 4, na or dk"),
        (HEAD + "note: |\n  more\n", "line 4 can't be read here"),
        ("<!DOCTYPE html>\n<p>", "line 1 can't be read here"),
        ("- a list\n", "line 1 can't be read here"),
        (HEAD.encode() + b"note: \xff\n", "it is no text in UTF-8"),
    ],
)  # fmt: skip
def test_other_files_are_refused_with_what_to_do(opened: Opener, tmp_path: Path, text: str | bytes, why: str) -> None:
    page = opened()
    click(page, "#q1 [value='3']")
    file = tmp_path / "other.yaml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    assert choose_file(page, file) == (
        f"other.yaml was not opened: {why}. This page opens what it or allycheck wrote for this form. "
        "To go on with any other answers file: allycheck assess other.yaml"
    )
    assert text_of(page, ".bar .count") == f"1 of {len(ASKED)}"


def test_leaving_with_answers_that_were_not_downloaded_asks_first(opened: Opener, tmp_path: Path) -> None:
    page = opened()
    page.press("0", "2")
    page.open("about:blank")
    assert [event["type"] for event in page.seen("Page.javascriptDialogOpening")] == ["beforeunload"]
    page.open((tmp_path / "form.html").as_uri())
    page.press("s")
    download(page, tmp_path / "downloads")
    page.open("about:blank")
    assert page.seen("Page.javascriptDialogOpening") == []


def test_this_computer_can_be_cleared(opened: Opener, tmp_path: Path) -> None:
    page = opened()
    fill_in(page)
    assert page.run("localStorage.length") == 1
    click(page, "#clear")
    assert [event["type"] for event in page.seen("Page.javascriptDialogOpening")] == ["confirm"]
    assert page.run("localStorage.length") == 0
    assert (value_of(page, "#organisation"), text_of(page, ".bar .count")) == ("", f"0 of {len(ASKED)}")
    page.open((tmp_path / "form.html").as_uri())
    assert text_of(page, ".bar .count") == f"0 of {len(ASKED)}"


def test_without_a_place_for_drafts_the_page_says_so_and_downloads_all_the_same(
    opened: Opener, tab: Page, tmp_path: Path
) -> None:
    refuse = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('', 'SecurityError'); }})"
    opened()
    script = tab.ask("Page.addScriptToEvaluateOnNewDocument", source=refuse)["identifier"]
    try:
        tab.open((tmp_path / "form.html").as_uri())
        assert text_of(tab, "#notice") == NOT_KEPT
        tab.press("0", "3")
        assert text_of(tab, "#kept") == "Not kept by this browser, not downloaded yet"
        assert load_sheet(str(download(tab, tmp_path / "downloads"))).answers.to(ASKED[0]).answer == 3
        assert complaints(tab) == []
    finally:
        tab.ask("Page.removeScriptToEvaluateOnNewDocument", identifier=script)


def test_keys_do_as_in_the_terminal_and_never_where_text_is_written(opened: Opener) -> None:
    page = opened()
    page.press("s")
    assert at_question(page) == "FC1"  # not in view yet: the first key only goes there
    page.press("s", "s", "b")
    assert at_question(page) == "FC3"
    page.press("c")
    page.press(*"sb40dn")
    assert value_of(page, "#q2 [name=comment]") == "sb40dn"
    page.press("Escape", "?")
    assert page.run("[...document.querySelectorAll('#q2 .help, #t1 .why')].map(it => it.open)") == [True, True]
    page.press("t")
    assert page.run("document.activeElement.hash") == "#t1"
    page.press("r")
    assert page.run("document.activeElement.textContent") == "Download your answers"
    page.press("b")  # what answers or leads away from a question that is out of sight first shows it
    assert at_question(page) == "FC3"
    page.press("4")
    assert text_of(page, "#status") == f"FC3: 4, Adaptive. 1 of {len(ASKED)}."
    page.press("E")
    page.write("A list")
    assert value_of(page, "#q2 [name=evidence]") == "A list"
    page.press("Escape")
    click(page, "#keys-on")
    page.press("2")
    assert text_of(page, ".bar .count") == f"1 of {len(ASKED)}"


def test_half_a_character_is_written_as_one_that_a_file_can_hold(opened: Opener, tmp_path: Path) -> None:
    page = opened()
    page.run(
        """{ const field = document.querySelector('#organisation');
        field.value = 'Half \\ud83d'; field.dispatchEvent(new Event('input', {bubbles: true})); }"""
    )
    for kind in ("yaml", "json"):
        file = download(page, tmp_path / "downloads", kind)
        assert file.name == f"half.{kind}"
        assert load_sheet(str(file)).answers.organisation == "Half \ufffd"


def test_what_is_open_is_listed_and_leads_there(opened: Opener) -> None:
    page = opened()
    page.press("0", "3", "n", "Enter")
    assert text_of(page, "#open").startswith(f"{len(ASKED) - 2} questions are open, and may stay so: FA1 ")
    assert text_of(page, "#without-reason") == "Not applicable without a reason: FC3"
    click(page, "#without-reason a")
    assert at_question(page) == "FC3"


def test_another_window_with_the_same_form_is_told(opened: Opener) -> None:
    page = opened()
    key = page.run("document.querySelector('#q1 [value=dk]').click(), localStorage.key(0)")
    page.run(f"dispatchEvent(new StorageEvent('storage', {{key: {json.dumps(key)}}}))")
    assert text_of(page, "#notice").startswith("This form is open in another window, too")
    assert key == f"allycheck alliance-readiness {BUNDLED.digest} business quick"


def test_what_no_longer_fits_into_the_browser_is_told_at_once(opened: Opener, tmp_path: Path) -> None:
    page = opened()
    page.run("Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); }")
    page.press("0", "d")
    assert text_of(page, "#notice") == NOT_KEPT
    assert load_sheet(str(download(page, tmp_path / "downloads"))).answers.to(ASKED[0]).answer == "dk"


def test_an_answer_can_be_taken_back_and_its_note_stays(opened: Opener, tmp_path: Path) -> None:
    page = opened()
    click(page, "#q1 [value='3']")
    write_into(page, "#q1 [name=evidence]", "A list")
    click(page, "#q1 .take-back")
    assert page.run("document.querySelectorAll(':checked[type=radio]').length") == 0
    assert text_of(page, "#t1 h2 .count") == "0 of 2"
    answers = load_sheet(str(download(page, tmp_path / "downloads"))).answers
    assert answers.answers[ASKED[0]].model_dump(exclude_none=True) == {"evidence": "A list"}


def test_not_applicable_is_refused_where_it_may_not_be_answered(opened: Opener) -> None:
    source = BARE | {
        "trends": [{"id": "a", "title": "A", "indicators": [BARE["trends"][0]["indicators"][0] | {"na": False}]}]
    }  # type: ignore[index]
    page = opened("", "full", Questionnaire.model_validate(source))
    page.press("n", "n")
    assert text_of(page, "#status") == "Not applicable is refused here: choose a level, or d for don't know."
    assert page.run("document.querySelector('[value=na], [name=reason]')") is None


@pytest.mark.parametrize("name", ["null", "1", "no"])
def test_ids_that_yaml_or_a_script_could_mistake_come_through(opened: Opener, tmp_path: Path, name: str) -> None:
    item = BARE["trends"][0]["indicators"][0]  # type: ignore[index]
    items = [item | {"id": "b"}, item | {"id": name}]
    trends = [{"id": "t", "title": "T", "indicators": items}]
    odd = Questionnaire.model_validate(BARE | {"id": name, "actors": [{"id": name, "title": "Odd"}], "trends": trends})
    page = opened(name, "full", odd)
    click(page, "#q1 [value='1']")
    click(page, "#q2 [value='2']")
    for kind in ("yaml", "json"):
        file = download(page, tmp_path / "downloads", kind)
        answers = load_sheet(str(file), odd).answers
        assert [(key, entry.answer) for key, entry in answers.answers.items()] == [("b", 1), (name, 2)]
        assert (answers.questionnaire, answers.actor) == (name, name)
        assert choose_file(page, file) == f"Opened {file.name}: 2 of 2 answered."


def test_a_page_without_any_question_still_gives_a_file(opened: Opener, tmp_path: Path) -> None:
    page = opened("", "quick", Questionnaire.model_validate(BARE))
    page.press("3", "u", "t")
    write_into(page, "#organisation", "Nobody")
    assert "answers: {}" in download(page, tmp_path / "downloads").read_text("utf-8")
    assert complaints(page) == []


@pytest.mark.parametrize("width", [320, PHONE, 768, DESK, 2000])
def test_nothing_stands_beyond_the_side_of_the_window(opened: Opener, width: int) -> None:
    page = opened()
    page.size(width)
    page.run("document.querySelectorAll('details').forEach(it => it.open = true)")
    page.run("document.querySelectorAll('[value=na]').forEach(it => it.click())")
    assert page.run("document.documentElement.scrollWidth") == width


@needs_axe
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_axe_finds_no_violation(opened: Opener, width: int, *, dark: bool) -> None:
    page = opened()
    page.size(width)
    page.show_as(dark=dark)
    page.press("0", "3", "d", "n")
    page.run("document.querySelectorAll('details').forEach(it => it.open = true)")
    script = axe_core()
    assert script is not None
    page.run(f"{script.read_text('utf-8')};0")
    found = json.loads(page.run("axe.run().then(it => JSON.stringify([it.passes.length, it.violations]))"))
    assert found[0] > 20
    assert [(it["id"], it["nodes"][0]["html"]) for it in found[1]] == []


def test_on_paper_it_is_a_form_with_empty_boxes_and_lines(opened: Opener) -> None:
    page = opened()
    page.show_as(dark=True, medium="print")
    shown = "it => it.checkVisibility() && it.getBoundingClientRect().height > 0"
    for selector in ("input[type=radio]", "[name=reason]", "[name=evidence]", "[name=comment]", ".code"):
        seen = page.run(f"[...document.querySelectorAll('{selector}')].map({shown})")
        assert len(seen) >= len(ASKED) - 1
        assert all(seen), selector
    assert page.run(f"[...document.querySelectorAll('button, nav, .bar, .why')].some({shown})") is False
    assert page.run("getComputedStyle(document.querySelector('.question')).breakInside") == "avoid"
    assert page.run("getComputedStyle(document.body).color") == "rgb(27, 39, 49)"
    page.run("dispatchEvent(new Event('beforeprint'))")  # for browsers that don't show what a style sheet opens
    assert page.run("document.querySelectorAll('.question details:not([open])').length") == 0
    page.run("dispatchEvent(new Event('afterprint'))")
    assert page.run("document.querySelectorAll('.question details[open]').length") == 0
    printed = page.ask("Page.printToPDF", printBackground=True, paperWidth=8.27, paperHeight=11.69)
    assert b64decode(printed["data"]).startswith(b"%PDF")
