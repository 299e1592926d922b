"""The survey for LimeSurvey: as its manual documents the "tab separated value survey structure". No server is asked."""

import csv
import html
import re
from io import StringIO
from pathlib import Path

import pytest
from inline_snapshot import snapshot

from allycheck.loading import load_questionnaire
from allycheck.questionnaire import Form, Questionnaire
from allycheck.render.template.limesurvey import template
from allycheck.text import printable
from tests.reports import BARE, HARBOUR
from tests.surveyed import NASTY, ODD, TINY

BUNDLED = load_questionnaire()
EXPORTS = Path(__file__).parents[1] / "survey_exports"
CASES = {
    "business": (BUNDLED, "business", "full"),
    "joint venture": (load_questionnaire("joint-venture"), "parent", "full"),
    "no actors": (TINY, "", "full"),
    "nothing to ask": (TINY, "", "quick"),
    "odd": (ODD, "", "full"),
}
anything = pytest.mark.parametrize(("questionnaire", "actor", "form"), CASES.values(), ids=CASES)


def _lines(questionnaire: Questionnaire, actor: str, form: Form) -> list[dict[str, str]]:
    """As LimeSurvey reads it: separated by tabs, with quotation marks round what holds some."""
    return list(csv.DictReader(StringIO(template(questionnaire, actor, form)), delimiter="\t", quotechar='"'))


def test_whole_survey() -> None:
    lines = template(HARBOUR, "firm", "quick").splitlines()
    assert "\n".join(line.rstrip("\t").replace("\t", " | ") for line in lines) == snapshot("""\
class | type/scale | name | relevance | text | help | language | validation | mandatory | other | default | same_default | hidden
S |  | language |  | en
S |  | format |  | G
S |  | allowprev |  | Y
SL |  | surveyls_title |  | Harbour check: Firm, quick form |  | en
SL |  | surveyls_welcometext |  | Answer for the harbour. |  | en
G |  | About these answers | 1 |  |  | en
Q | S | questionnaire | 1 | questionnaire |  | en |  | N | N | harbour |  | 1
Q | S | version | 1 | version |  | en |  | N | N | 2.1 |  | 1
Q | S | actor | 1 | actor |  | en |  | N | N | firm |  | 1
Q | S | form | 1 | form |  | en |  | N | N | quick |  | 1
Q | S | organisation | 1 | Name of your organisation |  | en |  | N | N
Q | S | respondent | 1 | Who answers? | A name or a role; it can be left out. | en |  | N | N
Q | S | alliances | 1 | The one to three alliances that you answer for | Separate them with semicolons. | en |  | N | N
Q | D | date | 1 | Date of the answers |  | en |  | N | N
Q | L | notes | 1 | Do you also want to note evidence and comments? | If you do, there is room for both below each question that you answer. | en |  | N | N
A | 0 | yes | 0 | Yes |  | en
A | 0 | no | 0 | No |  | en
G |  | Ports: Where ships land | 1 |  |  | en
Q | L | PO1 | 1 | PO1 How is your quay kept? |  | en |  | N | N
A | 0 | 0 | 0 | 0 Quays: none |  | en
A | 0 | 1 | 0 | 1 Quays: some |  | en
A | 0 | 2 | 0 | 2 Quays: written |  | en
A | 0 | 3 | 0 | 3 Quays: done |  | en
A | 0 | 4 | 0 | 4 Quays: improved |  | en
A | 0 | dk | 0 | Don&#x27;t know |  | en
A | 0 | na | 0 | Not applicable |  | en
Q | T | PO1reason | PO1.NAOK == 'na' | PO1 reason: why does it not apply? |  | en |  | N | N
Q | T | PO1evidence | notes.NAOK == 'yes' and !is_empty(PO1.NAOK) | PO1 evidence: where can it be seen? |  | en |  | N | N
Q | T | PO1comment | notes.NAOK == 'yes' and !is_empty(PO1.NAOK) | PO1 comment |  | en |  | N | N
G |  | Ships | 1 |  |  | en
Q | L | SH1 | 1 | SH1 How is your hull kept? |  | en |  | N | N
A | 0 | 0 | 0 | 0 Hulls: none |  | en
A | 0 | 1 | 0 | 1 Hulls: some |  | en
A | 0 | 2 | 0 | 2 Hulls: written |  | en
A | 0 | 3 | 0 | 3 Hulls: done |  | en
A | 0 | 4 | 0 | 4 Hulls: improved |  | en
A | 0 | dk | 0 | Don&#x27;t know |  | en
A | 0 | na | 0 | Not applicable |  | en
Q | T | SH1reason | SH1.NAOK == 'na' | SH1 reason: why does it not apply? |  | en |  | N | N
Q | T | SH1evidence | notes.NAOK == 'yes' and !is_empty(SH1.NAOK) | SH1 evidence: where can it be seen? |  | en |  | N | N
Q | T | SH1comment | notes.NAOK == 'yes' and !is_empty(SH1.NAOK) | SH1 comment |  | en |  | N | N\
""")


@anything
def test_codes_are_legal_and_unique_and_conditions_name_questions(
    questionnaire: Questionnaire, actor: str, form: Form
) -> None:
    asked = [line for line in _lines(questionnaire, actor, form) if line["class"] == "Q"]
    codes = [line["name"] for line in asked]
    assert [code for code in codes if not re.fullmatch(r"[A-Za-z][A-Za-z0-9]{0,19}", code)] == []
    assert len({code.lower() for code in codes}) == len(codes)
    for number, line in enumerate(asked):
        assert set(re.findall(r"(\w+)\.NAOK", line["relevance"])) <= set(codes[:number])


@anything
def test_every_line_has_every_cell_and_its_place(questionnaire: Questionnaire, actor: str, form: Form) -> None:
    text = template(questionnaire, actor, form)
    assert len({line.count("\t") for line in text.split("\n")[:-1]}) == 1
    assert '"' not in text
    kinds = "".join(line["class"] for line in _lines(questionnaire, actor, form))
    assert re.fullmatch(r"S+(SL)+(G(QA*)*)+", kinds)


def test_answers_are_those_of_an_answers_file_and_none_is_preselected() -> None:
    lines = _lines(HARBOUR, "firm", "full")
    offered: dict[str, list[str]] = {}
    for line in lines:
        if line["class"] == "Q":
            offered[line["name"]] = []
        elif line["class"] == "A":
            offered[list(offered)[-1]].append(line["name"])
    assert offered["PO1"] == ["0", "1", "2", "3", "4", "dk", "na"]
    assert offered["PO2"] == ["0", "1", "2", "3", "4", "dk"]
    assert "PO2reason" not in offered
    assert {line["name"]: line["default"] for line in lines if line["default"]} == {
        "questionnaire": "harbour", "version": "2.1", "actor": "firm", "form": "full",
    }  # fmt: skip


def test_words_stay_words() -> None:
    """Neither HTML nor ExpressionScript: a browser shows what was written, on one line."""
    lines = _lines(ODD, "", "full")
    shown = printable(NASTY).strip()
    cells = [line[key] for line in lines for key in ("text", "help")] + [line["name"] for line in lines]
    assert [cell for cell in cells if re.search(r"""[{}<>"']""", cell)] == []
    texts = {html.unescape(cell) for cell in cells}
    assert {f"A1 {shown}", f"2 {shown}", f"Such as: {shown}", shown} <= texts


def test_names_of_groups_are_as_long_as_limesurvey_takes() -> None:
    groups = [line["name"] for line in _lines(ODD, "", "full") if line["class"] == "G"]
    assert max(map(len, groups)) <= 200
    assert groups[1] == html.escape(html.unescape(groups[1])).translate({0x7B: "&#123;", 0x7D: "&#125;"})
    assert all(groups)


@pytest.mark.parametrize("beginning", ["=", "+", "-", "@"])
def test_no_cell_begins_as_a_sum(beginning: str) -> None:
    words = f"{beginning}1+1"
    odd = Questionnaire.model_validate(
        BARE | {"title": words, "instructions": words, "trends": [BARE["trends"][0] | {"title": words}]}
    )
    cells = [cell for line in _lines(odd, "", "full") for cell in line.values()]
    assert [cell for cell in cells if cell[:1] == beginning] == []
    assert [html.unescape(cell) for cell in cells].count(words) == 3


def test_sample_of_an_export_has_the_codes_of_the_survey() -> None:
    codes = [line["name"] for line in _lines(BUNDLED, "business", "quick") if line["class"] == "Q"]
    head = (EXPORTS / "limesurvey.csv").read_text("utf-8-sig").splitlines()[0]
    assert head.replace('"', "").split(",") == ["id", "submitdate", "lastpage", "startlanguage", "seed", *codes]
