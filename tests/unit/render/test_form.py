"""The form as a page: its policy, its bytes, its texts as text; and its scripts, linted and run by Node where it is."""

import base64
import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from inline_snapshot import snapshot
from typer.testing import CliRunner

from allycheck.answers import Answers
from allycheck.loading import load_questionnaire, load_sheet
from allycheck.questionnaire import Form, Questionnaire
from allycheck.render.template.form.form import SCRIPTS, TEMPLATES, template
from allycheck.text import clean
from allycheck.writing import answers_json, answers_text
from tests.markup import elements, shape
from tests.reports import BARE, HARBOUR

ROOT = Path(__file__).parents[3]
BUNDLED = load_questionnaire()
ESLINT = ROOT / "tests/node_modules/.bin/eslint"
needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="needs Node (the Debian package nodejs)")


def tiny(**texts: str) -> Questionnaire:
    """One question, every text of which can be given."""
    item = {"id": "a1", "code": "A1", "ask": "How?", "levels": ["a", "b", "c", "d", "e"], "evidence": "Seen"}
    trend = {"id": "a", "title": "A", "subject": "About", "why": "Because"}
    given = {key: value for key, value in texts.items() if key in {"ask", "evidence", "code"}}
    item |= given | ({"levels": [texts["level"]] * 5} if "level" in texts else {})
    trend |= {key: value for key, value in texts.items() if key in {"subject", "why"}} | {"indicators": [item]}
    trend |= {"title": texts["trend"]} if "trend" in texts else {}
    actor = {"id": "firm", "title": texts.get("actor", "Firm")}
    whole = {"title": texts.get("title", "Tiny"), "instructions": texts.get("instructions", "Answer.")}
    return Questionnaire.model_validate(BARE | whole | {"actors": [actor], "trends": [trend]})


@pytest.mark.parametrize("form", ["full", "quick"])
@pytest.mark.parametrize("actor", list(BUNDLED.actor_types))
def test_it_asks_what_the_actor_is_asked_and_answers_nothing_itself(actor: str, form: Form) -> None:
    page = elements(template(BUNDLED, actor, form))
    asked = [one.attributes["data-id"] for one in page if "data-id" in one.attributes]
    scope = [BUNDLED.tailored(item, actor) for item in BUNDLED.scope(actor, form)]
    assert asked == [item.id for item in scope]
    assert [one.text for one in page if one.tag == "legend"][1:] == [f"{item.code} {item.ask}" for item in scope]
    radios = [one.attributes for one in page if one.attributes.get("type") == "radio"]
    legal = [["0", "1", "2", "3", "4", "dk", *["na"] * item.na] for item in scope]
    assert [one["value"] for one in radios] == [value for values in legal for value in values]
    assert not any("checked" in one for one in radios)
    names = [one.attributes["id"] for one in page if "id" in one.attributes]
    assert len(names) == len(set(names))


def test_a_question_as_it_stands_in_the_page() -> None:
    page = template(HARBOUR, "firm", "full")
    found = re.search('<fieldset class="question" id="q2".*?</fieldset>', page, re.DOTALL)
    assert found is not None
    assert found[0] == snapshot("""\
<fieldset class="question" id="q2" data-id="crane">
<legend><span class="code">PO2</span> How is your crane kept?</legend><label><input type="radio" name="q2" value="0"><b>0 Absent</b> Cranes: none</label><label><input type="radio" name="q2" value="1"><b>1 Ad hoc</b> Cranes: some</label><label><input type="radio" name="q2" value="2"><b>2 Defined</b> Cranes: written</label><label><input type="radio" name="q2" value="3"><b>3 Practised</b> Cranes: done</label><label><input type="radio" name="q2" value="4"><b>4 Adaptive</b> Cranes: improved</label><div class="other"><label><input type="radio" name="q2" value="dk"><kbd>d</kbd> Don't know</label></div><details class="help"><summary>What counts as evidence</summary>A crane that turns.</details><details class="notes"><summary>Your evidence and comment<span></span></summary><label>Evidence: what you could show<textarea name="evidence"></textarea></label><label>Comment<textarea name="comment"></textarea></label></details></fieldset>\
""")


def test_the_policy_allows_its_own_style_and_scripts_and_no_request() -> None:
    page = template(BUNDLED, "business", "full")
    style = re.findall("<style>(.*?)</style>", page, re.DOTALL)
    scripts = re.findall("<script>(.*?)</script>", page, re.DOTALL)
    assert (len(style), len(scripts)) == (1, len(SCRIPTS))

    def hashed(texts: list[str]) -> str:
        digests = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts)
        return " ".join(f"'sha256-{digest}'" for digest in digests)

    policy = next(one.attributes["content"] for one in elements(page) if one.attributes.get("http-equiv"))
    assert policy == (
        f"default-src 'none'; style-src {hashed(style)}; script-src {hashed(scripts)}; base-uri 'none'; form-action 'none'"
    )
    for one in elements(page):
        assert not [name for name in one.attributes if name.startswith("on") or name in {"style", "src", "srcset"}]
        assert one.attributes.get("href", "#").startswith("#")


def test_it_is_small() -> None:
    page = template(BUNDLED, "business", "full").encode()
    assert len(page) < 180_000
    assert sum((TEMPLATES / name).stat().st_size for name in SCRIPTS) < 32_000


def test_the_same_questionnaire_gives_the_same_bytes() -> None:
    again = load_questionnaire()
    assert template(BUNDLED, "state", "full") == template(again, "state", "full")
    assert template(BUNDLED, "state", "full") != template(BUNDLED, "business", "full")


NASTY = "</script><script>alert(1)</script></style><!-- \" onfocus='x' & ]]> {{ 7*7 }} \u2028\u202e\x1b[2J\x00\ufeff"


def test_no_text_of_a_questionnaire_becomes_anything_else() -> None:
    names = ("title", "instructions", "actor", "trend", "subject", "why", "ask", "level", "evidence", "code")
    nasty = template(tiny(**dict.fromkeys(names, NASTY)), "firm", "full")
    assert shape(nasty) == shape(template(tiny(), "firm", "full"))
    assert not re.search("[\x00-\x09\x0b-\x1f\u2028\u202e\ufeff]", nasty)
    assert "49" not in re.sub("<(style|script).*?</\\1>", "", nasty, flags=re.DOTALL)


@settings(max_examples=30)
@given(st.text(max_size=40))
def test_no_text_at_all_does(text: str) -> None:
    assert shape(template(tiny(ask=text, level=text, trend=text + "x"), "firm", "full")) == shape(
        template(tiny(), "firm", "full")
    )


def facts_of(page: str) -> dict[str, Any]:
    found = re.search('<script type="application/json" id="facts">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    return dict(json.loads(found[1]))


def test_what_the_scripts_know_is_the_questionnaire_by_its_ids() -> None:
    assert facts_of(template(HARBOUR, "firm", "quick")) == {
        "questionnaire": "harbour", "version": "2.1", "digest": "", "actor": "firm", "form": "quick", "alliances": 3,
        "trends": [trend.id for trend in HARBOUR.trends],
        "indicators": ["quay", "crane", "hull", "crew", "flag"], "retired": [], "always": ["crane"],
    }  # fmt: skip
    assert facts_of(template(BUNDLED, "state", "full"))["digest"] == BUNDLED.digest


def test_facts_hold_nothing_that_ends_their_element() -> None:
    """Ids are checked when a questionnaire is read; one built in code may hold anything."""
    odd = Questionnaire.model_validate(BARE | {"id": "</script><!--"})
    page = template(odd, "", "full")
    assert facts_of(page)["questionnaire"] == "</script><!--"
    assert shape(page) == shape(template(Questionnaire.model_validate(BARE), "", "full"))


def test_a_questionnaire_of_ten_lines_without_actors_has_a_form() -> None:
    page = template(Questionnaire.model_validate(BARE), "", "full")
    assert facts_of(page)["actor"] is None
    assert "<title>Tiny</title>" in page
    assert len([one for one in elements(page) if one.attributes.get("type") == "radio"]) == 7
    assert "<summary>What counts" not in page
    assert "Why it matters</summary>" not in page
    assert not [
        one for one in elements(template(Questionnaire.model_validate(BARE), "", "quick")) if one.tag == "legend"
    ][1:]


def test_the_command_writes_it_by_the_name_of_the_file_also_over_an_earlier_one(tmp_path: Path) -> None:
    from allycheck.cli.app import build

    for ending in ("html", "htm"):
        file = tmp_path / f"form.{ending}"
        for _ in range(2):
            done = CliRunner().invoke(build(["template"]), ["template", "--actor", "business", "-o", str(file)])
            assert done.exit_code == 0, done.stderr
        assert file.read_text("utf-8") == template(BUNDLED, "business", "full")


@pytest.mark.skipif(not ESLINT.exists(), reason="needs eslint (npm install --prefix tests)")
@needs_node
def test_the_scripts_are_clean() -> None:
    config = ROOT / "tests/eslint.config.mjs"
    command = [str(ESLINT), "--config", str(config), "--max-warnings", "0", str(TEMPLATES)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_scripts_make_no_code_and_no_html_of_text_and_ask_nobody(name: str) -> None:
    script = (TEMPLATES / name).read_text("utf-8")
    assert not re.search(r"\beval\b|\bFunction\(|innerHTML|outerHTML|insertAdjacent|document\.write|import\(", script)
    assert not re.search(r"\bfetch\b|XMLHttpRequest|WebSocket|sendBeacon|EventSource|https?:", script)


# Answers files, read and written by the script

RUN = """
const AnswersFile = (0, eval)(require("fs").readFileSync(process.argv[1], "utf8") + ";AnswersFile");
const { facts, texts } = JSON.parse(require("fs").readFileSync(0, "utf8"));
console.log(JSON.stringify(texts.map((text) => {
  try {
    const sheet = AnswersFile.read(text, facts);
    return { yaml: AnswersFile.yaml(sheet), json: AnswersFile.json(sheet) };
  } catch (error) {
    if (error instanceof AnswersFile.Refused) return { refused: error.message };
    throw error;
  }
})));
"""
IDS = ("a", "null", "1", "no", "0x1", "b-2")
FACTS = {
    "questionnaire": "small", "version": "1.10", "digest": "", "actor": "no", "form": "quick", "alliances": 3,
    "trends": ["null", "2-b", "t"], "indicators": list(IDS), "retired": ["old"], "always": ["b-2"],
}  # fmt: skip


def read(*texts: str, facts: dict[str, Any] | None = None) -> list[dict[str, str]]:
    """What the script makes of each text: both files that it writes of it, or why it refuses it."""
    asked = json.dumps({"facts": facts or FACTS, "texts": texts})
    command = ["node", "-e", RUN, str(TEMPLATES / "answers.js")]
    done = subprocess.run(command, input=asked, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout))


CHARACTERS = st.sampled_from(
    [
        *"aZ09 \"\\'{}[]:#,&*!|>%@`-?~\n\t\r\x00\x07\x1b\x7f\x85\xa0\u2028\u202e\ufeff\u200d\ue000\uffff\u0661\u4e2d",
        "\U0001f600",
        "\U0010ffff",
        "null",
        "</script>",
        "\u0645\u0631",
    ]
)
TEXTS = st.lists(CHARACTERS, max_size=8).map("".join)
ENTRIES = st.one_of(
    st.sampled_from([0, 4, "dk", None]),
    st.fixed_dictionaries(
        {"answer": st.sampled_from([0, 2, "na", "dk", None])},
        optional=dict.fromkeys(("reason", "evidence", "comment"), TEXTS),
    ),
)
SHEETS = st.fixed_dictionaries(
    {
        "questionnaire": st.just("small"), "actor": st.just("no"), "form": st.just("quick"),
        "answers": st.dictionaries(st.sampled_from([*IDS[:-1], "old"]), ENTRIES),
    },
    optional={
        "version": st.sampled_from(["1.10", "1", "0.9"]), "organisation": TEXTS, "respondent": TEXTS, "note": TEXTS,
        "respondents": st.integers(0, 99), "date": st.just("2026-11-22"), "alliances": st.lists(TEXTS, max_size=3),
        "scope": st.dictionaries(st.sampled_from(FACTS["trends"]), TEXTS.filter(lambda text: clean(text) is not None)),
    },
)  # fmt: skip


@needs_node
def test_the_script_reads_and_writes_answers_files_byte_for_byte_as_allycheck_does() -> None:
    drawn: list[Answers] = []

    @settings(max_examples=150, database=None)
    @given(SHEETS)
    def draw(content: dict[str, Any]) -> None:
        answers = Answers.model_validate(content)
        told = {name: entry for name, entry in answers.answers.items() if entry != type(entry)()}
        drawn.append(answers.model_copy(update={"answers": told}))

    draw()
    expected = [{"yaml": answers_text(one), "json": answers_json(one)} for one in drawn]
    assert read(*(one["yaml"] for one in expected)) == expected
    assert read(*(one["json"] for one in expected)) == expected


@needs_node
@pytest.mark.parametrize(
    "sample", sorted((ROOT / "questionnaires").glob("*/examples/*.yaml")), ids=lambda path: path.stem
)
def test_the_script_reads_the_examples_which_were_written_by_hand(sample: Path) -> None:
    sheet = load_sheet(str(sample), load_questionnaire(sample.parents[1].name))
    facts = facts_of(template(sheet.questionnaire, sheet.answers.actor or "", sheet.answers.form))
    assert read(sample.read_text("utf-8"), facts=facts) == [
        {"yaml": answers_text(sheet.answers), "json": answers_json(sheet.answers)}
    ]


HEAD = "questionnaire: small\nactor: no\nform: quick\n"


@needs_node
def test_the_script_reads_what_people_write_the_same_way() -> None:
    text = (
        '\ufeff# mine\r\nquestionnaire: small # this one\r\nactor: "no"\r\nform: quick\r\norganisation: No, really (1: not)\r\n'
        'note: null\r\nalliances: [First alliance, "Second"]\r\nanswers:\r\n\r\n  # a question\r\n  a:   3  # sure\r\n'
        '  "null":\r\n    answer: na\r\n    reason: "Nobody"\r\n  no: {answer: 2, evidence: Deed}\r\n  old: dk\r\n'
    ).replace(" (1: not)", "")
    assert read(text)[0]["yaml"] == (
        'questionnaire: small\norganisation: "No, really"\nactor: "no"\nform: quick\nalliances: ["First alliance", "Second"]\n'
        'answers:\n  a: 3\n  "null": {answer: na, reason: "Nobody"}\n  "no": {answer: 2, evidence: "Deed"}\n  old: dk\n'
    )


REFUSED = {
    "": "it is no answers file",
    "[]": "it is no answers file",
    "{": "it can't be read here",
    "just text": "line 1 can't be read here",
    '{"questionnaire": "small", "questionnaire": "small"}': "it can't be read here",
    HEAD + "form: full\n": "line 4 says again what form is",
    HEAD + "answers:\n  a: 1\n  a: 2\n": "line 6 says again what a is",
    HEAD + "extra: 1\n": "it has an unknown key, extra",
    HEAD + "answers:\n  a: {answers: 1}\n": "a has an unknown key, answers",
    HEAD + "answers:\n  c: 1\n": "c is no question of this questionnaire",
    HEAD + 'answers:\n  a: "3"\n': "3 is not an answer to a; use 0, 1, 2, 3, 4, na or dk",
    HEAD + "answers:\n  a: true\n": "true is not an answer to a; use 0, 1, 2, 3, 4, na or dk",
    HEAD + "answers:\n  a: 3.0\n": "3.0 is not an answer to a; use 0, 1, 2, 3, 4, na or dk",
    HEAD + "answers:\n  b-2: na\n": "not applicable is refused at b-2",
    HEAD + "answers:\n a: 1\n": "line 5 can't be read here",
    HEAD + "answers:\n  a: 1\n    comment: x\n": "line 6 can't be read here",
    HEAD + "answers:\n  a: {answer:1}\n": "line 5 can't be read here",
    HEAD + "answers:\n  a: &x 1\n": "line 5 can't be read here",
    HEAD + "answers: [1]\n": "answers must stand by id",
    HEAD + "scope: [t]\n": "scope must stand by trend",
    HEAD + "scope:\n  u: why\n": "u is no trend of this questionnaire",
    HEAD + "scope:\n  t:\n": "t is left out without a reason",
    HEAD + 'scope: {t: " \u2028\ufeff"}\n': "t is left out without a reason",
    HEAD + "answers:\n  constructor: 1\n": "constructor is no question of this questionnaire",
    HEAD + "alliances: [a, b, c, d]\n": "alliances must be a list of at most 3",
    HEAD + "alliances: one\n": "alliances must be a list of at most 3",
    HEAD + "date: 2026-02-30\n": "its date is no day as YYYY-MM-DD",
    HEAD + "date: 22.11.2026\n": "its date is no day as YYYY-MM-DD",
    HEAD + "version: two\n": "its version is not numbers joined by dots",
    HEAD + "version: 2.0\n": "it was recorded with version 2.0, newer than this page; ask for a newer form",
    HEAD + 'note: "open\n': "line 4 can't be read here",
    HEAD + 'note: "\\q"\n': "line 4 can't be read here",
    HEAD + 'note: "\\ud83d"\n': "line 4 can't be read here",
    HEAD + 'note: "one" two\n': "line 4 can't be read here",
    HEAD + "note: one: two\n": "line 4 can't be read here",
    HEAD + "note: 'one'\n": "line 4 can't be read here",
    HEAD + "note: [[[[[[1]]]]]]\n": "line 4 can't be read here",
    HEAD + "note: {a: 1}\n": "note must be a text",
    HEAD + "note: one\n two\n": "line 5 can't be read here",
    HEAD + "respondents: some\n": "respondents must be a whole number",
    "actor: no\n": "it is no answers file",
    "questionnaire: small\nform: quick\n": "its actor is not named, and this page is for no",
    "questionnaire: " + "x" * 60 + "\n": f"its questionnaire is {'x' * 40}..., and this page is for small",
}


@needs_node
def test_the_script_refuses_everything_else_and_says_why() -> None:
    assert dict(zip(REFUSED, (one.get("refused") for one in read(*REFUSED)), strict=True)) == REFUSED


@needs_node
def test_the_script_reads_a_scope_as_people_write_it() -> None:
    block = HEAD + "scope:\n  t: no port of ours # why\nanswers:\n  a: 1\n"
    flow = HEAD + "scope: {t: no port of ours}\nanswers:\n  a: 1\n"
    assert read(block) == read(flow)
    assert 'scope:\n  t: "no port of ours"\nanswers:\n' in read(flow)[0]["yaml"]
    assert "scope" not in read(HEAD + "scope: {}\nanswers: {}\n", HEAD + "scope:\nanswers: {}\n")[1]["yaml"]
