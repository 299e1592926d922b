"""The page on collecting answers: its commands run as they stand, and its columns are those of the surveys."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from openpyxl import load_workbook

from allycheck.answers import Answer, Answers
from allycheck.columns import LETTERS, UNDERSCORED, columns
from allycheck.loading import load_questionnaire, load_sheet
from allycheck.writing import answers_text

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/collect.md").read_text(encoding="utf-8")


EXPORT = ROOT / "tests/unit/survey_exports/kobo.csv"
ORGANISATION = "Northwind Cells (joint venture)"


def run(script: str, folder: Path) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"PATH": path}
    subprocess.run(["bash", "-ec", script], check=True, capture_output=True, cwd=folder, env=environment)


def answer(folder: Path, respondent: str, level: int) -> None:
    """What one colleague sends back from the form."""
    asked = load_questionnaire().scope("business", "quick")
    answers = Answers(
        questionnaire="alliance-readiness",
        version="2.0",
        organisation=ORGANISATION,
        actor="business",
        form="quick",
        respondent=respondent,
        answers={item.id: Answer(answer=(level + at) % 5) for at, item in enumerate(asked)},
    )
    (folder / f"{respondent}.yaml").write_text(answers_text(answers), encoding="utf-8")


def fill(workbook: Path, folder: Path) -> None:
    """What another one sends back: the workbook, with the organisation and an answer to every question."""
    book = load_workbook(workbook)
    sheet = book["Questions"]
    cells = {cell.value: cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)}
    organisation, answer_head = cells["Organisation"], cells["Answer"]
    sheet.cell(organisation.row, organisation.column + 1, ORGANISATION)
    for at in range(len(load_questionnaire().scope("business", "quick"))):
        sheet.cell(answer_head.row + 1 + at, answer_head.column, 2)
    book.save(folder / "by-workbook.xlsx")


def test_the_way_from_the_form_to_the_talk(tmp_path: Path) -> None:
    form, together, workbook, kobo, gathered = re.findall(r"<!-- walk -->\n```sh\n(.*?)```", PAGE, re.DOTALL)
    answers = tmp_path / "answers"
    run(form, tmp_path)
    answers.mkdir()
    for at in range(9):
        answer(answers, f"colleague-{at}", at)
    run(together, tmp_path)
    assert "respondents: 9\n" in (tmp_path / "team.yaml").read_text(encoding="utf-8")
    run(workbook, tmp_path)
    fill(tmp_path / "sheet.xlsx", answers)
    run(kobo, tmp_path)
    shutil.copy(EXPORT, tmp_path / "export.csv")
    run(gathered, tmp_path)
    merged = load_sheet(str(tmp_path / "team.yaml")).answers
    assert merged.respondents == 9 + 1 + 2  # the form, the workbook, and the two of the export


def test_commands_run_as_they_stand(tmp_path: Path) -> None:
    blocks = re.findall(r"<!-- shell -->\n```sh\n(.*?)```", PAGE, re.DOTALL)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    for block in blocks:
        subprocess.run(
            ["bash", "-ec", block], check=True, capture_output=True, cwd=tmp_path, env=os.environ | {"PATH": path}
        )
    assert sorted(file.name for file in tmp_path.iterdir()) == ["kobo.xlsx", "survey.json", "survey.txt"]


def test_columns_are_those_of_the_surveys() -> None:
    questionnaire = load_questionnaire()
    underscored, letters = (columns(questionnaire, naming) for naming in (UNDERSCORED, LETTERS))
    group = underscored.groups["flexible-coalitions"]
    for one, other in zip(
        underscored.questions["coalition-mandate"], letters.questions["coalition-mandate"], strict=True
    ):
        assert f"| `{group}/{one}` | `{one}` | `{other}` |" in PAGE


def test_the_example_of_a_code_that_is_made_legal() -> None:
    starter = load_questionnaire(str(ROOT / "questionnaires/starter.yaml"))
    for naming in (UNDERSCORED, LETTERS):
        assert f"`{columns(starter, naming).questions['first-indicator'].answer}`" in PAGE
