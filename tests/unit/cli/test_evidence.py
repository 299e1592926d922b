"""evidence as a command, in every format, and the gate on it."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.unit.cli.command import EXAMPLE, allycheck
from tests.unit.cli.small import run, sheet


def test_every_answer_of_3_or_4_is_a_row_and_says_whose_it_is() -> None:
    found = json.loads(allycheck("evidence", EXAMPLE, "--format", "json").stdout)
    rows = list(csv.DictReader(io.StringIO(allycheck("evidence", EXAMPLE, "-f", "csv").stdout.removeprefix("\ufeff"))))
    assert [row["id"] for row in rows] == [claim["id"] for claim in found["claims"]]
    assert {row["organisation"] for row in rows} == {"Northwind Cells (joint venture)"}
    assert {claim["level"] for claim in found["claims"]} == {3, 4}
    assert found["named"] == sum(claim["evidence"] is not None for claim in found["claims"])


@pytest.mark.parametrize("name", ["page.html", "page.md", "page.txt", "page.json", "page.csv", "page.xlsx"])
def test_it_is_written_by_the_name_of_the_file(name: str, tmp_path: Path) -> None:
    done = allycheck("evidence", EXAMPLE, "--output", name, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", f"Wrote {name}\n")
    assert (tmp_path / name).stat().st_size > 1000


@pytest.mark.usefixtures("small")
def test_what_people_wrote_can_not_steer_a_terminal_or_a_spreadsheet() -> None:
    name = sheet("own.yaml", '{answer: 3, evidence: "=1+1 \\e[31m"}', 4)
    assert "\x1b" not in run("evidence", name).stdout
    assert "'=1+1" in run("evidence", name, "--format", "csv").stdout


@pytest.mark.usefixtures("small")
def test_without_any_such_answer_it_says_so() -> None:
    assert "nothing to show evidence for" in run("evidence", sheet("own.yaml", 2, "dk")).stdout


@pytest.mark.usefixtures("small")
def test_the_gate_names_what_lacks_evidence_on_standard_error_as_an_option_and_in_a_file() -> None:
    """Two of the same weight, one with evidence: half."""
    name = sheet("own.yaml", '{answer: 3, evidence: "Charter"}', 4)
    reason = (
        "gate failed: Overall: 50% of the answers at 3 and 4, by weight, name evidence; ledger without; "
        "at least 80% is required\n"
    )
    Path("gates.yaml").write_text("- {kind: min-evidence, limit: 0.8}\n", encoding="utf-8")
    for options in (["--min-evidence", "0.8"], ["--gates", "gates.yaml"]):
        done = run("report", name, *options, "--format", "json")
        assert (done.exit_code, done.stderr) == (4, reason)
        assert json.loads(done.stdout)["gates"][0]["actual"] == 0.5
    assert run("report", name, "--min-evidence", "0.5").exit_code == 0
    assert run("assess", name, "--no-input", "--min-evidence", "trust=0.51").exit_code == 4
