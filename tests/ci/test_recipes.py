"""The CI jobs of docs/ci.md: their shell is taken from the page and run, with gates that pass and gates that fail."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from junitparser import JUnitXml

from tests.ci.jobs import EXAMPLE, FAILING, PASSING, ROOT, run

PAGE = (ROOT / "docs/ci.md").read_text(encoding="utf-8")
REPORTS = ["report.html", "report.json", "report.md", "report.xml"]


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


@pytest.mark.parametrize("job", JOBS)
def test_a_job_that_was_not_told_what_to_install_says_so(job: str, repository: Path) -> None:
    (repository / "gates.yaml").write_text(PASSING)
    done = run(JOBS[job], repository, ALLYCHECK="")
    assert done.returncode not in {0, 4}
    assert "ALLYCHECK: is not set to what pip can install" in done.stderr
    assert not (repository / "installed").exists()


def test_the_badge_is_the_one_that_the_page_shows(repository: Path) -> None:
    assert run("allycheck report answers.yaml --format badge -o badge.json", repository).returncode == 0
    assert (repository / "badge.json").read_text(encoding="utf-8") == block("badge")
