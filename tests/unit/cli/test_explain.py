"""The explain command: what it prints in each format, and what it refuses."""

import json
from pathlib import Path

import pytest
from inline_snapshot import snapshot
from typer.testing import CliRunner

from allycheck.cli.app import build
from allycheck.errors import UsageError
from tests.unit.cli.test_report import QUESTIONS


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("small.yaml").write_text(QUESTIONS)
    Path("answers.yaml").write_text(
        'questionnaire: small\norganisation: "A\\eB"\nanswers: {charter: 2, ledger: {answer: na, reason: Not ours}}\n'
    )


def explain(*arguments: str) -> str:
    words = ["explain", "answers.yaml", *arguments, "--questionnaire", "small.yaml"]
    return CliRunner().invoke(build(words), words, catch_exceptions=False).stdout


def test_text_shows_terms_what_is_left_out_and_the_ladder() -> None:
    assert explain("trust") == snapshot("""\
Where the numbers come from: A␛B

full form, no date, Small 1.0

Terms are rounded here; --format json has them to 4 decimals, and they add up
exactly before rounding.

Trust ──────────────────────────────────────────────────────────────────────────

Score 50.0 of 100.

The score: 50.0
The average, by weight, of what is known; each term adds its share times its
points.

Term     Answer  Weight   Share  Points   Adds
charter  2            1  100.0%    50.0  50.00
Sum                   1  100.0%          50.00

Not in this sum:

- ledger: not applicable: Not ours

Everything that counts is known, so there is no range.

The level: Defined
The highest level that 60% of the weight has reached, with nothing more than 2
below it. What is not known counts as 0; at best the level is Defined.

Level      At or above  Reached
Absent            100%  yes
Ad hoc            100%  yes
Defined           100%  yes
Practised           0%  no
Adaptive            0%  no
""")


def test_plain_text_is_whole_sentences() -> None:
    assert explain("charter", "--plain") == snapshot("""\
Where the numbers come from: A␛B.
full form, no date, Small 1.0.
Terms are rounded here; --format json has them to 4 decimals, and they add up
exactly before rounding.

charter.
Answered 2: Defined.

What the answer adds to the readiness score: 50.00.
25 points a level, times 1/1 for the weight of the trend, times 1/1 for that of
the indicator in it.
Absent to Ad hoc: share of the whole 100.0%, points 25.0, adds 25.00.
Ad hoc to Defined: share of the whole 100.0%, points 25.0, adds 25.00.
Sum: adds 50.00.

What it still loses: 50.00.
25 points a level, times 1/1 for the weight of the trend, times 1/1 for that of
the indicator in it.
Defined to Practised: share of the whole 100.0%, points 25.0, adds 25.00.
Practised to Adaptive: share of the whole 100.0%, points 25.0, adds 25.00.
Sum: adds 50.00.

What it means for the risks.
Rift: load 1, adds to the exposure 50.00, the next step takes away 25.00.

Its place among the priorities.
What holds the next level back: below, and helps to keep Trust from Practised,
which holds back the overall level.
Best value, number 1 of 1: 25.00 points for each point of effort, 25.00 gained
for 1.

The sentence that it selected.
c (chosen by the answer 2).

The next step.
What should then be true: d (to Practised, 1 point of effort, within 30 days).
""")


def test_markdown_has_a_table() -> None:
    assert "| Sum |  | 1 | 100.0% |  | 50.00 |" in explain("trust", "--format", "markdown")


def test_json_has_every_term() -> None:
    result = json.loads(explain("trust", "--format", "json"))
    assert (result["organisation"], result["schema_version"]) == ("A\u241bB", 1)
    score = result["explanations"][0]["sums"][0]
    assert (score["of"], score["value"]) == ("score", 50.0)
    assert [(term["id"], term["points"]) for term in score["terms"]] == [("charter", 50.0)]
    assert [(entry["id"], entry["why"]) for entry in score["excluded"]] == [("ledger", "not applicable: Not ours")]


def test_without_an_id_the_overall_score_and_the_trends_are_explained() -> None:
    assert [entry["id"] for entry in json.loads(explain("--format", "json"))["explanations"]] == ["overall", "trust"]


def test_an_unknown_id_is_wrong_usage() -> None:
    with pytest.raises(UsageError, match=r"nothing to explain is called chartre; did you mean charter\?"):
        explain("chartre")
