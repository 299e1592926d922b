"""coalition as a command: what it prints and refuses."""

import json

import pytest

from tests.unit.cli.small import refusal, run, sheet

pytestmark = pytest.mark.usefixtures("small")


def test_coalition_of_two_reads_as_due_diligence() -> None:
    result = run(
        "coalition", sheet("a.yaml", 4, 4, "organisation: North"), sheet("b.yaml", 1, 0, "organisation: South")
    )
    assert result.stdout.startswith("Due diligence: North and South\n")
    assert "- North brings Trust; it needs nothing that stands out." in result.stdout


@pytest.mark.parametrize("form", ["text", "markdown", "json", "html"])
def test_coalition_shows_single_answers_only_with_detail(form: str) -> None:
    files = [sheet("a.yaml", 3, 1, "organisation: North"), sheet("b.yaml", 1, 4, "organisation: South")]
    bare, detailed = (run("coalition", *files, "-f", form, *more).stdout for more in ([], ["--detail"]))
    if form == "json":
        assert all(item["value"] is item["lost"] is item["answers"] is None for item in json.loads(bare)["indicators"])
        assert [item["value"] for item in json.loads(detailed)["indicators"]] == [1.0, 4.0]
    else:
        assert "points lost" not in bare
        assert "points lost" in detailed
        assert "weakest-link" not in bare
        assert "weakest-link" in detailed


def test_coalition_sizes_are_named_by_organisation() -> None:
    files = [sheet("a.yaml", 3, 1, "organisation: Port City"), sheet("b.yaml", 1, 4)]
    told = json.loads(run("coalition", *files, "--size", "Port City=3", "--size", "b.yaml=0.5", "-f", "json").stdout)
    assert [(one["organisation"], one["size"]) for one in told["members"]] == [("Port City", 3.0), ("b.yaml", 0.5)]


@pytest.mark.parametrize(
    ("size", "said"),
    [
        ("Port Cty=3", "did you mean Port City?"),
        ("Port City", "NAME=N"),
        ("Port City=many", "NAME=N"),
        ("Port City=0", "greater than 0"),
        ("Port City=-1", "must not be negative"),
    ],
)
def test_coalition_refuses_sizes_that_fit_nobody(size: str, said: str) -> None:
    error = refusal("coalition", sheet("a.yaml", 3, 1, "organisation: Port City"), "--size", size)
    assert error.exit_code == 2
    assert said in str(error)
