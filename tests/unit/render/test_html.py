"""The HTML report: what stands in it, and that it asks nobody for anything."""

import base64
import hashlib
import re
from itertools import pairwise

import pytest

from allycheck.questionnaire import Questionnaire
from allycheck.render.report_html.html import render
from allycheck.report import Report
from tests.markup import Element, elements
from tests.reports import ANSWERED, BARE, HARBOUR, complete, report

THREE_TRENDS = HARBOUR.model_copy(
    update={"trends": [*HARBOUR.trends, HARBOUR.trends[1].model_copy(update={"id": "third"})]}
)
REPORTS = {
    "complete": complete(organisation="Port", alliances=["Sea League"], note="As of spring"),
    "empty": report({}),
    "partly": report({"quay": 1, "crane": "dk"}),
    "nothing applies": report({"a1": "na"}, Questionnaire.model_validate(BARE)),
    "bare": report({"a1": 2}, Questionnaire.model_validate(BARE)),
}


def one(page: str, tag: str, **attributes: str) -> Element:
    [found] = [it for it in elements(page) if it.tag == tag and attributes.items() <= it.attributes.items()]
    return found


def text_of(page: str, name: str) -> str:
    return one(page, "section", id=name).text


@pytest.mark.parametrize("made", REPORTS.values(), ids=REPORTS)
def test_policy_allows_the_one_style_sheet_and_nothing_else(made: Report) -> None:
    page = render(made)
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policy = one(page, "meta", **{"http-equiv": "Content-Security-Policy"}).attributes["content"]
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@pytest.mark.parametrize("made", REPORTS.values(), ids=REPORTS)
def test_nothing_is_fetched_run_or_styled_in_place(made: Report) -> None:
    page = elements(render(made))
    assert not {"script", "link", "img", "iframe", "object", "form", "base", "image", "use"} & {it.tag for it in page}
    names = {name for it in page for name in it.attributes}
    assert not {name for name in names if name.startswith("on") or name in {"style", "src", "srcset", "xlink:href"}}
    assert all(it.attributes["href"].startswith("#") for it in page if "href" in it.attributes)
    assert "url(" not in render(made).replace("url(#hatch)", "")
    assert "@import" not in render(made)


@pytest.mark.parametrize("made", REPORTS.values(), ids=REPORTS)
def test_every_reference_leads_somewhere(made: Report) -> None:
    page = elements(render(made))
    ids = [it.attributes["id"] for it in page if "id" in it.attributes]
    assert len(ids) == len(set(ids))
    wanted = {it.attributes["href"].removeprefix("#") for it in page if "href" in it.attributes}
    wanted |= {name for it in page for name in it.attributes.get("aria-labelledby", "").split()}
    assert wanted <= set(ids)


@pytest.mark.parametrize("made", REPORTS.values(), ids=REPORTS)
def test_headings_go_down_one_at_a_time(made: Report) -> None:
    ranks = [int(it.tag[1]) for it in elements(render(made)) if re.fullmatch("h[1-6]", it.tag)]
    assert ranks[0] == 1
    assert ranks.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(ranks))


@pytest.mark.parametrize("made", REPORTS.values(), ids=REPORTS)
def test_header_cells_say_what_they_head(made: Report) -> None:
    assert {it.attributes.get("scope") for it in elements(render(made)) if it.tag == "th"} <= {"col", "row"}


def test_a_questionnaire_without_texts_has_no_empty_sections() -> None:
    page = render(REPORTS["bare"])
    sections = [it.attributes["id"] for it in elements(page) if it.tag == "section"]
    assert sections == ["summary", "standing", "trends", "agenda", "steps", "method"]
    assert not [
        it for it in elements(page) if it.tag in {"li", "dd", "dt", "td", "th", "h2", "h3", "h4", "p"} and not it.text
    ]


def test_sections_in_reading_order_and_in_the_contents() -> None:
    page = render(complete(ANSWERED | {"quay": 4, "crane": 4}))
    assert 'id="agenda"' in render(REPORTS["complete"])
    sections = [it.attributes["id"] for it in elements(page) if it.tag == "section"]
    assert sections == [
        "summary", "standing", "trends", "risks", "steps", "robustness", "requirements", "method",
    ]  # fmt: skip
    assert [it.attributes["href"] for it in elements(page) if it.tag == "a" and "nav" in it.around] == [
        f"#{name}" for name in sections[1:]
    ]


def test_the_summary_says_level_score_range_coverage_and_whose_words() -> None:
    """Known 3 of 4 weights of the trends, 75%; R = (41.6667 + 75) / 2 = 58.3; low (41.6667 + 37.5) / 2 = 39.6."""
    text = text_of(render(REPORTS["complete"]), "summary")
    assert "Maturity level Absent" in text
    assert "Readiness score 58.3 of 100" in text
    assert "Range 39.6 to 64.6 · 75% of what counts is known · self-assessed" in text
    assert "Your task. Keep the city afloat." in text_of(render(REPORTS["complete"]), "method")
    assert "1 of 2 requirements met." in text


def test_what_is_not_published_is_a_range_only() -> None:
    """Quays at 1, two thirds of ports: 16.7 to 50; ships 0 to 100. Half of each: 8.3 to 75.0, and 1/3 is known."""
    text = text_of(render(REPORTS["partly"]), "summary")
    assert "Readiness, range only 8.3\u201375.0 of 100" in text
    assert "Maturity level, at least Absent" in text
    assert "Too little is known for a score" in text
    assert "Readiness score" not in text


def test_before_any_answer_no_level_is_named() -> None:
    text = text_of(render(REPORTS["empty"]), "summary")
    assert "Nothing answered yet" in text
    assert not any(name in text for name in REPORTS["empty"].level_names)


def test_an_answer_stands_among_its_five_levels() -> None:
    page = elements(render(REPORTS["complete"]))
    chosen = [it.text for it in page if it.tag == "li" and it.attributes.get("class") == "chosen"]
    assert chosen == ["Quays: some chosen", "Cranes: done chosen", "Hulls: done chosen"]
    assert sum(it.tag == "ol" and it.attributes.get("class") == "anchors" for it in page) == 5
    assert {"Don't know", "Not applicable"} == {it.text for it in page if it.attributes.get("class") == "state"}
    text = text_of(render(REPORTS["complete"]), "trends")
    assert all(
        words in text for words in ("Two of five.", "Dock log", "No flags here", "Further reading: Quay book (2001)")
    )


def test_a_risk_says_what_it_is_and_never_a_probability() -> None:
    page = render(REPORTS["complete"])
    text = text_of(page, "risks")
    assert "Exposure 58.3 of 100, moderate" in text
    assert all(words in text for words in ("Shows up in the city.", "Some.", "Wet feet", "Bail.", "PO1 Quays 50.0"))
    assert not re.search(r"(?i)risk of [0-9]|probability of", page)


def test_every_picture_has_a_title_a_description_and_a_table() -> None:
    made = report(ANSWERED | {"crew": 2}, THREE_TRENDS)
    page = elements(render(made))
    pictures = [it for it in page if it.tag == "svg" and "aria-hidden" not in it.attributes]
    assert [it.attributes["class"] for it in pictures] == ["radar named", "scatter"]
    assert [it.attributes["role"] for it in pictures] == ["img", "img"]
    assert sum(it.tag in {"title", "desc"} and it.around[-1] == "svg" for it in page) == 4
    labels = [it.attributes["aria-label"] for it in page if it.attributes.get("role") == "region"]
    assert {"Table of trends", "Table of next steps"} <= set(labels)


def test_numbers_keep_to_their_side_of_a_band() -> None:
    trend = REPORTS["bare"].trends[0]._replace(score=69.98, low=69.98, high=69.98)
    page = render(REPORTS["bare"]._replace(trends=[trend]))
    assert "69.98" in text_of(page, "standing")


def test_the_first_part_is_open_and_what_is_below_it_can_be_folded() -> None:
    page = elements(render(REPORTS["complete"]))
    folds = [it for it in page if it.tag == "details" and "details" not in it.around]
    assert not [it for it in folds if "summary" in it.attributes.get("id", "")]
    assert sum("open" in it.attributes for it in folds) == 3, "where you stand, the agenda and the requirements"
    assert len(folds) == 9, "those, two trends, a risk, all next steps, firmness and method"
    text = text_of(render(REPORTS["complete"]), "summary")
    in_order = ("What keeps", "Holes", "Do first", "Answers to recheck", "What to find out")
    assert sorted(in_order, key=text.index) == list(in_order)
    assert "PO1 Quays (Leaks): Quays: some" in text
    assert "Leaks 58.3 moderate 1 hole" in text


def test_markup_in_texts_is_text() -> None:
    hostile = "<script>alert(1)</script>\"'><b>&amp;"
    page = render(complete(ANSWERED | {"quay": {"answer": 1, "comment": hostile}}, organisation=hostile))
    assert one(page, "h1").text == hostile
    assert "script" not in {it.tag for it in elements(page)}


def test_same_report_same_bytes() -> None:
    assert render(REPORTS["complete"]) == render(REPORTS["complete"])
