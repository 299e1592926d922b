"""The CI jobs of docs/ci.md: their shell is taken from the page and run, with gates that pass and gates that fail."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from junitparser import JUnitXml

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/ci.md").read_text(encoding="utf-8")
EXAMPLE = ROOT / "questionnaires/alliance-readiness/examples/northwind-cells.yaml"
REPORTS = ["report.html", "report.json", "report.md", "report.xml"]
PASSING = "- {kind: fail-under, limit: 50}\n- {kind: fail-over, subject: exclusion, limit: 60}\n"
FAILING = "- {kind: fail-under, limit: 50}\n- {kind: fail-under, subject: rapid-response, limit: 50}\n"


def block(name: str) -> str:
    found = re.search(rf"<!-- {name} -->\n```\w+\n(.*?)```", PAGE, re.DOTALL)
    assert found
    return found[1]


def github() -> str:
    """The shell of all steps, one after the other as the runner runs them."""
    steps = yaml.safe_load(block("github"))["jobs"]["readiness"]["steps"]
    return "\n".join(step["run"] for step in steps if "run" in step)


def gitlab() -> str:
    return "\n".join(yaml.safe_load(block("gitlab"))["readiness"]["script"])


JOBS = {"github": github(), "gitlab": gitlab()}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A folder with answers, and a `python` that installs nothing but whose pip notes what it was asked for."""
    (tmp_path / "answers.yaml").write_bytes(EXAMPLE.read_bytes())
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "python").write_text('#!/bin/sh\necho "$@" >> installed\n')
    (tools / "python").chmod(0o755)
    return tmp_path


def run(shell: str, folder: Path) -> subprocess.CompletedProcess[str]:
    path = [str(folder / "tools"), str(Path(sys.executable).parent), os.environ["PATH"]]
    surroundings = {
        "PATH": os.pathsep.join(path), "CI": "true", "ALLYCHECK": "allycheck", "HOME": str(folder),
        "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
    }  # fmt: skip
    command = ["bash", "-e", "-o", "pipefail", "-c", shell]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, env=surroundings)


@pytest.mark.parametrize("job", JOBS)
@pytest.mark.parametrize(("gates", "code"), [(PASSING, 0), (FAILING, 4)], ids=["passing", "failing"])
def test_the_job_writes_every_report_and_fails_on_gates(job: str, gates: str, code: int, repository: Path) -> None:
    (repository / "gates.yaml").write_text(gates)
    done = run(JOBS[job], repository)
    assert (done.returncode, done.stdout) == (code, "")
    assert sorted(path.name for path in (repository / "readiness").iterdir()) == REPORTS
    assert (repository / "installed").read_text() == "-m pip install allycheck\n"
    result: dict[str, Any] = json.loads((repository / "readiness/report.json").read_text())
    failed = [gate["reason"] for gate in result["gates"] if not gate["passed"]]
    written = [f"Wrote readiness/report.{suffix}" for suffix in ("md", "html", "json", "xml")]
    assert done.stderr.splitlines() == [*written, *(f"gate failed: {reason}" for reason in failed)]
    assert JUnitXml.fromfile(str(repository / "readiness/report.xml")).failures == len(failed)


@pytest.mark.parametrize("gates", [PASSING, FAILING], ids=["passing", "failing"])
def test_the_markdown_report_becomes_the_summary_of_the_run(gates: str, repository: Path) -> None:
    (repository / "gates.yaml").write_text(gates)
    run(JOBS["github"], repository)
    summary = (repository / "summary.md").read_text()
    assert summary == (repository / "readiness/report.md").read_text()
    assert summary.startswith("# ")


@pytest.mark.parametrize("job", JOBS)
def test_a_faulty_file_fails_the_job_with_its_line_and_leaves_no_report(job: str, repository: Path) -> None:
    (repository / "gates.yaml").write_text("- {kind: fail-under, subject: exclusion, limit: 50}\n")
    done = run(JOBS[job], repository)
    assert done.returncode == 3
    assert done.stderr.startswith(
        "error: gates.yaml:1:31: 0.subject: fail-under does not test exclusion; use fail-over"
    )
    assert list((repository / "readiness").iterdir()) == []


def test_files_are_uploaded_whether_or_not_a_gate_failed() -> None:
    upload = yaml.safe_load(block("github"))["jobs"]["readiness"]["steps"][-1]
    assert (upload["if"], upload["with"]["path"]) == ("always()", "readiness/")
    artifacts = yaml.safe_load(block("gitlab"))["readiness"]["artifacts"]
    assert (artifacts["when"], artifacts["paths"]) == ("always", ["readiness/"])
    assert artifacts["reports"] == {"junit": "readiness/report.xml"}


@pytest.mark.parametrize(("answer", "code"), [(4, 0), (0, 4)], ids=["rise", "fall"])
def test_a_change_is_held_against_the_main_branch(answer: int, code: int, repository: Path) -> None:
    git = "git -c user.name=ci -c user.email=ci@example.org"
    history = f"git init -q . && git add answers.yaml && {git} commit -qm answers && git update-ref refs/remotes/origin/main HEAD"
    assert run(history, repository).returncode == 0
    text = EXAMPLE.read_text(encoding="utf-8")
    changed = re.sub(r"^(  coalition-builders: {answer:) 2", rf"\g<1> {answer}", text, flags=re.MULTILINE)
    assert changed != text
    (repository / "answers.yaml").write_text(changed, encoding="utf-8")
    assert run(block("earlier"), repository).returncode == code
