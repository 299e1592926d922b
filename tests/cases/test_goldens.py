"""Every format of every sample organisation, compared to the byte with the file that was read by eye once.

`UPDATE_GOLDENS=1 python -m pytest tests/cases` writes them anew.
"""

import os
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from allycheck.cli.app import build

HERE = Path(__file__).parent
QUESTIONNAIRES = HERE.parents[1] / "questionnaires"
EXAMPLES = QUESTIONNAIRES / "alliance-readiness" / "examples"
SAMPLES = sorted(QUESTIONNAIRES.glob("*/examples/*.yaml"))
REPORTS = {
    "report.txt": [],
    "report.plain.txt": ["--plain"],
    "full.txt": ["--full"],
    "brief.txt": ["--brief"],
    "brief.plain.txt": ["--brief", "--plain"],
    "brief.md": ["--brief", "--format", "markdown"],
    "brief.html": ["--brief", "--format", "html"],
    "report.json": ["--format", "json"],
    "report.md": ["--format", "markdown"],
    "report.html": ["--format", "html"],
    "indicators.csv": ["--format", "csv"],
    "trends.csv": ["--format", "csv", "--rows", "trends"],
    "report.xml": ["--format", "junit"],
    "gated.txt": [
        "--robustness",
        "--fail-under",
        "60",
        "--fail-under",
        "inclusivity=50",
        "--fail-over",
        "exclusion=60",
    ],
}
DEFAULT = "alliance-readiness"
STYLE = re.compile(r"<style>.*?</style>|sha256-[^']*|allycheck [0-9][0-9.]*", re.DOTALL)
CASES = [(path, name) for path in SAMPLES for name in REPORTS]


def printed(arguments: list[str]) -> str:
    return CliRunner().invoke(build(arguments), arguments).stdout_bytes.decode("utf-8")


@pytest.mark.parametrize(("example", "name"), CASES, ids=[f"{path.stem}-{name}" for path, name in CASES])
def test_report_is_the_golden_one_to_the_byte(example: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run beside the answers, so that the commands which the report names are the same wherever it is made."""
    monkeypatch.chdir(example.parent)
    questionnaire = example.parents[1].name
    chosen = [] if questionnaire == DEFAULT else ["--questionnaire", questionnaire]
    text = printed(["report", example.name, *chosen, *REPORTS[name]])
    check(HERE / example.stem / name, text)


def unstyled(text: str) -> str:
    """Without what every page shares with the report's, and what changes with each version."""
    return STYLE.sub("", text)


def check(golden: Path, text: str) -> None:
    """Compare with a golden, or write it where that was asked for."""
    if os.environ.get("UPDATE_GOLDENS"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_bytes(text.encode("utf-8"))
    assert golden.read_bytes().decode("utf-8") == text
