"""action.yml, the GitLab template and the hooks of pre-commit: their shapes, and their shell as it runs."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from junitparser import JUnitXml

from tests.ci.jobs import EXAMPLE, FAILING, PASSING, ROOT, run

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
TEMPLATE = (ROOT / "templates/allycheck.yml").read_text(encoding="utf-8")
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
PAGE = (ROOT / "docs/ci.md").read_text(encoding="utf-8")
LIMITS = ("fail-under", "fail-over", "min-level", "min-coverage", "max-holes")
INPUT = re.compile(r"\$\{\{ inputs\.([a-z-]+) \}\}")
SCHEMA_OF_HOOKS = {"id", "name", "entry", "language", "files", "description", "pass_filenames"}


def block(name: str) -> Any:
    found = re.search(rf"<!-- {name} -->\n```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert found
    return yaml.safe_load(found[1])


def check_shape(schema: str, path: Path) -> None:
    """By the schemas that check-jsonschema brings with it; nothing is fetched."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


# The action


def steps() -> list[dict[str, Any]]:
    return [step for step in ACTION["runs"]["steps"] if "run" in step]


def act(repository: Path, **inputs: str) -> "subprocess.CompletedProcess[str]":
    """The shell steps of the action with these inputs, each a shell of its own as on a runner; the last one's result."""
    given = {name: str(about.get("default", "")) for name, about in ACTION["inputs"].items()}
    given |= {name.replace("_", "-"): value for name, value in inputs.items()}
    done = None
    for step in steps():
        variables = {name: INPUT.sub(lambda found: given[found[1]], text) for name, text in step.get("env", {}).items()}
        set_ones = {name: value for name, value in variables.items() if value}
        done = run(step["run"], repository, **set_ones)
    assert done is not None
    return done


def summary(repository: Path) -> str:
    return (repository / "summary.md").read_text(encoding="utf-8")


def test_the_action_has_the_shape_of_one() -> None:
    check_shape("github-actions", ROOT / "action.yml")


def test_every_input_is_used_and_none_is_put_into_a_shell_as_it_stands() -> None:
    used = {name for step in ACTION["runs"]["steps"] for part in (step.get("env"), step.get("with")) if part
            for text in part.values() for name in INPUT.findall(text)}  # fmt: skip
    assert used == set(ACTION["inputs"])
    assert not [step["run"] for step in steps() if "${{" in step["run"]]
    assert all(step["shell"] == "bash" for step in steps())


def test_the_page_names_every_input_of_the_action() -> None:
    table = PAGE.split("| input | is |")[1].split("\n\n")[0]
    assert set(re.findall(r"`([a-z-]+)`(?=[,| ])", table)) >= set(ACTION["inputs"])


def test_it_installs_the_repository_that_it_is_part_of(repository: Path) -> None:
    act(repository)
    assert (repository / "installed").read_text() == f"-m pip install --quiet -c {ROOT}/constraints.txt {ROOT}\n"


def test_where_all_gates_pass_it_sums_up_and_passes(repository: Path) -> None:
    (repository / "gates.yaml").write_text(PASSING)
    done = act(repository, gates="gates.yaml")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("::notice file=answers.yaml,title=Northwind Cells (joint venture)::Defined: 55.4")
    assert done.stdout.count("\n") == 1
    assert summary(repository).startswith("# Northwind Cells")
    assert "2 of 2 requirements met." in summary(repository)
    assert (repository / "outputs").read_text() == "exit-code=0\n"


def test_a_failed_gate_is_annotated_at_the_lines_of_the_answers_file(repository: Path) -> None:
    (repository / "gates.yaml").write_text(FAILING)
    done = act(repository, gates="gates.yaml")
    assert done.returncode == 4
    error = re.search(
        r"^::error file=answers\.yaml,line=(\d+),col=3,title=Gate failed%3A fail-under%3Arapid",
        done.stdout,
        re.MULTILINE,
    )
    assert error
    line = EXAMPLE.read_text(encoding="utf-8").splitlines()[int(error[1]) - 1]
    assert line.startswith("  joint-exercises: 0")
    assert "    gate failed: Rapid response: score" in summary(repository)
    assert (repository / "outputs").read_text() == "exit-code=4\n"


@pytest.mark.parametrize(
    ("limits", "failed"),
    [
        ({"fail_under": "50\n60"}, ["fail-under:overall"]),
        ({"fail_over": "exclusion=50\n\n  fragmentation=10\n"}, ["fail-over:exclusion", "fail-over:fragmentation"]),
        ({"min_level": "practised", "min_coverage": "0.99"}, ["min-level:overall", "min-coverage:overall"]),
        ({"max_holes": "0", "guaranteed": "true"}, ["max-holes:overall"]),
        ({"no_worse_than": "earlier.yaml"}, ["no-worse-than:overall"]),
        ({"questionnaire": "alliance-readiness"}, []),
    ],
)
def test_every_limit_reaches_the_report(limits: dict[str, str], failed: list[str], repository: Path) -> None:
    better = EXAMPLE.read_text(encoding="utf-8").replace("joint-exercises: 0", "joint-exercises: 4")
    (repository / "earlier.yaml").write_text(better, encoding="utf-8")
    done = act(repository, **limits)
    assert (done.returncode, re.findall(r"title=Gate failed%3A ([a-z-]+)%3A([a-z]+)", done.stdout)) == (
        4 if failed else 0,
        [tuple(name.split(":")) for name in failed],
    )


def test_a_file_with_faults_is_annotated_and_told_in_the_summary(repository: Path) -> None:
    (repository / "answers.yaml").write_text(
        "questionnaire: alliance-readiness\nactor: business\nanswers:\n  sunset-exits: 3\n"
    )
    done = act(repository)
    assert done.returncode == 3
    assert done.stdout == (
        "::error file=answers.yaml,line=4,col=3,title=answers.sunset-exits::unknown indicator; did you mean sunset-exit?\n"
    )
    assert summary(repository) == (
        "\n    error: answers.yaml:4:3: answers.sunset-exits: unknown indicator; did you mean sunset-exit?\n"
    )


@pytest.mark.parametrize("name", ["my answers.yaml", "-answers.yaml", "$(touch ran).yaml", "a;touch ran.yaml"])
def test_a_file_may_be_called_anything(name: str, repository: Path) -> None:
    (repository / "answers.yaml").rename(repository / name)
    assert act(repository, file=name, fail_under="1").returncode == 0
    assert not (repository / "ran").exists()


def test_a_badge_is_written_whether_or_not_a_gate_fails(repository: Path) -> None:
    assert act(repository, badge="badge.json", fail_under="99").returncode == 4
    assert json.loads((repository / "badge.json").read_text())["message"] == "Defined, 55.4 of 100"


# The template


def job(**inputs: str) -> dict[str, Any]:
    """The job as GitLab makes it of the template with these inputs."""
    spec, _, jobs = TEMPLATE.partition("\n---\n")
    known = yaml.safe_load(spec)["spec"]["inputs"]
    given = {name: about.get("default") for name, about in known.items()} | {
        name.replace("_", "-"): value for name, value in inputs.items()
    }
    filled_in = re.sub(r"\$\[\[ inputs\.([a-z-]+) \]\]", lambda found: given[found[1]], jobs)
    made: dict[str, Any] = yaml.safe_load(filled_in)
    return made


def pipe(repository: Path, **inputs: str) -> "subprocess.CompletedProcess[str]":
    [made] = job(install="https://example.org/allycheck.whl", **inputs).values()
    return run(
        "\n".join(made["script"]), repository, **{name: value for name, value in made["variables"].items() if value}
    )


def test_the_template_makes_a_job_of_the_right_shape(tmp_path: Path) -> None:
    made = tmp_path / "made.yml"
    made.write_text(yaml.safe_dump(job(install="x", gates="gates.yaml")), encoding="utf-8")
    check_shape("gitlab-ci", made)
    included = tmp_path / "included.yml"
    included.write_text(yaml.safe_dump(block("include")), encoding="utf-8")
    check_shape("gitlab-ci", included)
    [entry] = block("include")["include"]
    assert (ROOT / entry["file"].lstrip("/")).is_file()


def test_what_is_installed_has_to_be_named() -> None:
    inputs = yaml.safe_load(TEMPLATE.partition("\n---\n")[0])["spec"]["inputs"]
    assert [name for name, about in inputs.items() if "default" not in about] == ["install"]
    assert set(inputs) >= {"file", "questionnaire", "gates", "no-worse-than", *LIMITS}


def test_the_template_reports_in_every_format_and_fails_on_gates(repository: Path) -> None:
    (repository / "gates.yaml").write_text(PASSING)
    done = pipe(repository, gates="gates.yaml", fail_over="exclusion=50 fragmentation=10", min_level="defined")
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr.count("gate failed: ") == 2
    assert (repository / "installed").read_text() == "-m pip install --quiet https://example.org/allycheck.whl\n"
    suite = JUnitXml.fromfile(str(repository / "readiness/report.xml"))
    assert (suite.failures, sorted(path.suffix for path in (repository / "readiness").iterdir())) == (
        2, [".html", ".json", ".md", ".xml"],
    )  # fmt: skip
    assert pipe(repository).returncode == 0


# The hooks


def test_the_hooks_are_complete() -> None:
    assert set(HOOKS) == {"allycheck-answers", "allycheck-questionnaire"}
    assert all(set(hook) <= SCHEMA_OF_HOOKS and hook["language"] == "python" for hook in HOOKS.values())
    assert {hook["id"] for repo in block("hooks")["repos"] for hook in repo["hooks"]} == set(HOOKS)


@pytest.mark.parametrize(
    ("path", "concerned"),
    [("answers.yaml", True), ("teams/answers-ops.yml", True), ("gates.yaml", False), ("my-answers.yaml", False)],
)
def test_answers_files_are_known_by_their_names(path: str, concerned: bool) -> None:
    assert (re.search(HOOKS["allycheck-answers"]["files"], path) is not None) == concerned


def hook(name: str, repository: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """A hook as pre-commit runs it: its entry split like a shell does, then args and names of files."""
    return run(shlex.join([*shlex.split(HOOKS[name]["entry"]), *arguments]), repository)


def test_the_hook_tells_the_faults_of_every_answers_file(repository: Path) -> None:
    for name in ("bad one.yaml", "other.yaml"):
        (repository / name).write_text(
            "questionnaire: alliance-readiness\nactor: business\nanswers:\n  sunset-exits: 3\n"
        )
    assert hook("allycheck-answers", repository, "answers.yaml").returncode == 0
    done = hook("allycheck-answers", repository, "bad one.yaml", "answers.yaml", "other.yaml")
    assert (done.returncode, done.stdout) == (3, "")
    assert [line.split(": ")[1] for line in done.stderr.splitlines()] == ["bad one.yaml:4:3", "other.yaml:4:3"]


def test_the_hook_tells_the_faults_of_a_questionnaire(repository: Path) -> None:
    (repository / "mine.yaml").write_text("id: mine\nversion: '1'\ntitle: Mine\ntrends: []\n")
    done = hook("allycheck-questionnaire", repository, "mine.yaml")
    assert done.returncode == 3
    assert "mine.yaml:4" in done.stderr
    (repository / "mine.yaml").write_bytes((ROOT / "questionnaires/starter.yaml").read_bytes())
    assert hook("allycheck-questionnaire", repository, "mine.yaml").returncode == 0
