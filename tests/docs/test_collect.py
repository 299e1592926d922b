"""The page on collecting answers: its commands run as they stand, and its columns are those of the surveys."""

import os
import re
import subprocess
import sys
from pathlib import Path

from allycheck.columns import LETTERS, UNDERSCORED, columns
from allycheck.loading import load_questionnaire

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/collect.md").read_text(encoding="utf-8")


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
