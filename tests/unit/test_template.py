"""The answers template: valid as it is, for every actor and form, whatever its texts hold."""

import subprocess
import sys
from pathlib import Path
from typing import Literal

import pytest
from inline_snapshot import snapshot
from typer.testing import CliRunner

from allycheck.building_report import build_report
from allycheck.loading import load_questionnaire, load_sheet
from allycheck.questionnaire import Questionnaire
from allycheck.render.document.layout import cells
from allycheck.render.look import Look
from allycheck.render.template.formats import Shape
from allycheck.render.template.formats import template as template_in
from allycheck.render.template.yaml import template
from allycheck.scoring import score
from tests.reports import BARE, HARBOUR, printed

BUNDLED = load_questionnaire()


@pytest.mark.parametrize("name", ["null", "true", "no", "1", "0x1", "2026-11-22"])
def test_ids_that_yaml_could_mistake_are_in_quotes(name: str, tmp_path: Path) -> None:
    trend = {"id": "t", "title": "T", "indicators": [BARE["trends"][0]["indicators"][0] | {"id": name}]}  # type: ignore[index]
    odd = Questionnaire.model_validate(BARE | {"id": name, "actors": [{"id": name, "title": "Odd"}], "trends": [trend]})
    (tmp_path / "a.yaml").write_text(template(odd, name, "full"))
    answers = load_sheet(str(tmp_path / "a.yaml"), odd).answers
    assert (answers.questionnaire, answers.actor, [*answers.answers]) == (name, name, [name])
    assert f'"{name}":' in template(odd, name, "full")


def test_whole_template() -> None:
    assert template(HARBOUR, "firm", "quick") == snapshot("""\
# yaml-language-server: $schema=answers.schema.json
# Answers for: Harbour check 2.1, quick form, Firm
#
# Answer for the harbour.
#
# Write an answer after the colon below each question: a level from 0 to 4, na
# (not applicable) or dk (don't know). Leave it empty while it is open. To note
# more, write a map:
#   {answer: 2, evidence: "Where it can be seen", comment: "What to add"}
#   {answer: na, reason: "Why it does not apply"}
#
# The levels: 0 Absent, 1 Ad hoc, 2 Defined, 3 Practised, 4 Adaptive

questionnaire: harbour
version: "2.1"
organisation:
actor: firm
form: quick
respondent:
# one to three alliances that the answers are about, such as [First, Second]
alliances: []
# the day of the answers, as YYYY-MM-DD
date:
note:
# whole trends that do not concern you, each with the reason; all of it then
# counts as na
# scope: {ports: "Why none of it concerns you"}
answers:

  # ============================================================================
  # Ports
  # Where ships land
  # ============================================================================

  # PO1  How is your quay kept?
  #   0  Quays: none
  #   1  Quays: some
  #   2  Quays: written
  #   3  Quays: done
  #   4  Quays: improved
  #   Answer with: 0, 1, 2, 3, 4, na, dk
  quay:

  # ============================================================================
  # Ships
  # ============================================================================

  # SH1  How is your hull kept?
  #   0  Hulls: none
  #   1  Hulls: some
  #   2  Hulls: written
  #   3  Hulls: done
  #   4  Hulls: improved
  #   Answer with: 0, 1, 2, 3, 4, na, dk
  hull:
""")


@pytest.mark.parametrize("form", ["full", "quick"])
@pytest.mark.parametrize("actor", list(BUNDLED.actor_types))
def test_unfilled_template_is_valid_and_reports_nothing(
    actor: str, form: Literal["full", "quick"], tmp_path: Path
) -> None:
    text = template(BUNDLED, actor, form)
    assert text.startswith("# yaml-language-server: $schema=answers.schema.json\n")
    assert max(cells(line) for line in text.splitlines()) <= 80
    file = tmp_path / "answers.yaml"
    file.write_text(text, "utf-8")
    sheet = load_sheet(str(file), None)
    assert sheet.warnings == []
    assert (sheet.answers.actor, sheet.answers.form, sheet.answers.version) == (actor, form, BUNDLED.version)
    assert list(sheet.answers.answers) == [item.id for item in BUNDLED.scope(actor, form)]
    page = printed(build_report(score(sheet.questionnaire, sheet.answers), sheet.answers), Look())
    assert "Nothing answered yet" in page


def test_filled_template_reads_back(tmp_path: Path) -> None:
    """Every answer position takes every legal value; `na` is offered only where it is not refused."""
    text = template(BUNDLED, "state", "full")
    filled = "\n".join(
        f"{line} 3" if line.startswith("  ") and line.endswith(":") and "#" not in line else line
        for line in text.splitlines()
    )
    file = tmp_path / "answers.yaml"
    file.write_text(filled, "utf-8")
    answers = load_sheet(str(file), None).answers
    assert [entry.answer for entry in answers.answers.values()] == [3] * len(BUNDLED.scope("state", "full"))


def test_hostile_texts_stay_in_their_comments(tmp_path: Path) -> None:
    nasty = "end\nanswers: {a1: 4}\r\n\u2028- x\u0085\x1b[2Jz: [ {{ \ufeff\u202e" + "w" * 300
    trend = {"id": "a", "title": nasty, "indicators": [{"id": "a1", "ask": nasty, "levels": [nasty] * 5}]}
    questionnaire = Questionnaire.model_validate({**BARE, "title": nasty, "instructions": nasty, "trends": [trend]})
    text = template(questionnaire, "", "full")
    keys = [line for line in text.split("\n") if line and not line.lstrip().startswith("#")]
    assert keys == [
        "questionnaire: tiny", 'version: "1"', "organisation:", "form: full", "respondent:", "alliances: []", "date:",
        "note:", "answers:", "  a1:",
    ]  # fmt: skip
    assert max(cells(line) for line in text.splitlines()) <= 80


def test_no_question_in_scope_is_an_empty_map() -> None:
    questionnaire = Questionnaire.model_validate(BARE)
    assert template(questionnaire, "", "quick").endswith("answers: {}\n")


def _run(*arguments: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "allycheck", "template", *arguments], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout, done.stderr


def test_actor_is_required_and_named() -> None:
    assert _run() == snapshot(
        (
            2,
            "",
            "error: which actor type is it for?; name it with --actor: state, business, civil-society or multilateral\n",
        )
    )
    assert _run("--actor", "buisness") == snapshot((2, "", "error: unknown actor buisness; did you mean business?\n"))


def test_quick_form_needs_quick_questions(tmp_path: Path) -> None:
    file = tmp_path / "tiny.yaml"
    file.write_text(
        "id: tiny\nversion: '1'\ntitle: Tiny\ntrends:\n- id: a\n  title: A\n  indicators:\n"
        "  - {id: a1, ask: How, levels: [a, b, c, d, e]}\n"
    )
    assert _run("--questionnaire", str(file), "--form", "quick") == snapshot(
        (2, "", "error: this questionnaire has no quick form; leave out --form, or use --form full\n")
    )
    code, text, _ = _run("--questionnaire", str(file))
    assert code == 0
    assert "actor:" not in text


def test_a_name_that_no_format_goes_with_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "survey.json"
    code, out, error = _run("--actor", "state", "--output", str(file))
    assert (code, out, file.exists()) == (2, "", False)
    assert error.removeprefix(f"error: --output {file}: ") == snapshot(
        "no format goes with this name; end it in .yaml, .yml, .html, .htm or .xlsx, or add --format: xlsform, surveyjs or limesurvey\n"
    )


@pytest.mark.parametrize(
    ("name", "wanted"), [("kobo.xlsx", "xlsform"), ("survey.json", "surveyjs"), ("survey.txt", "limesurvey")]
)
def test_a_survey_is_written_where_its_format_is_named(name: str, wanted: str, tmp_path: Path) -> None:
    file = tmp_path / name
    code, out, error = _run("--actor", "state", "--form", "quick", "--format", wanted, "--output", str(file))
    assert (code, out, error) == (0, "", f"Wrote {file}\n")
    content = template_in(Shape(wanted), BUNDLED, "state", "quick")
    assert file.read_bytes() == (content if isinstance(content, bytes) else content.encode())


def test_command_prints_the_template() -> None:
    from allycheck.cli.app import build

    done = CliRunner().invoke(build(["template"]), ["template", "--actor", "state", "--form", "quick"])
    assert done.exit_code == 0
    assert done.stdout == template(BUNDLED, "state", "quick")


def test_the_line_that_leaves_a_trend_out_holds_once_its_hash_is_taken_away(tmp_path: Path) -> None:
    path = tmp_path / "sheet.yaml"
    path.write_text(template(HARBOUR, "firm", "quick").replace("# scope:", "scope:"), encoding="utf-8")
    assert load_sheet(str(path), HARBOUR).answers.scope == {"ports": "Why none of it concerns you"}
