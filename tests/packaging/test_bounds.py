"""The lower bounds that the package declares are the versions that .ci/run tests with, and CI covers each Python."""

import re
import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PYTHONS = re.findall(r"Python :: (3\.\d+)", " ".join(PROJECT["classifiers"]))
RUN = (ROOT / ".ci/run").read_text(encoding="utf-8")


def pins(name: str) -> dict[str, str]:
    """The versions that a constraints file pins; every line of it is a pin or a comment."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return dict(line.lower().replace("_", "-").split("==") for line in lines if not line.startswith("#"))


def test_the_bounds_are_the_lowest_versions_that_are_tested() -> None:
    extras = [entry for name in ("excel", "cohort", "pdf", "docx") for entry in PROJECT["optional-dependencies"][name]]
    declared = dict(entry.split(">=") for entry in [*PROJECT["dependencies"], *extras])
    lowest = pins("constraints-lowest.txt")
    assert set(declared) == set(lowest)
    assert all(lowest[name] == bound or lowest[name] == f"{bound}.0" for name, bound in declared.items())


def test_the_bound_of_spark_is_the_version_that_is_tested() -> None:
    [(name, bound)] = [one.split(">=") for one in PROJECT["optional-dependencies"]["spark"] if ">=" in one]
    assert pins("constraints.txt")[name] == f"{bound}.0"
    assert "'.[test,lint,spark]'" in RUN


def test_the_usual_versions_are_pinned_too() -> None:
    assert set(pins("constraints-lowest.txt")) <= set(pins("constraints.txt"))


def test_every_supported_python_is_declared() -> None:
    assert PYTHONS == ["3.11", "3.12", "3.13", "3.14"]
    assert PROJECT["requires-python"] == f">={PYTHONS[0]}"


def test_the_workflow_runs_everything_on_each_of_them() -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8"))
    [job] = workflow["jobs"].values()
    assert job["strategy"]["matrix"]["python"] == PYTHONS
    assert job["steps"][-1] == {"run": ".ci/run"}


def test_the_hooks_are_the_linters_of_the_run() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert [entry["repo"] for entry in hooks["repos"]] == ["local"]
    for hook in hooks["repos"][0]["hooks"]:
        assert f"\n{hook['entry']}" in RUN


def test_no_constraints_file_holds_an_address() -> None:
    for name in ("constraints.txt", "constraints-lowest.txt"):
        assert not re.search(r"://|^-", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
