"""questionnaire list, show, check, new."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from allycheck.cli.app import build

FAULTY = """\
id: tiny
version: "1"
title: Tiny
risks: [{id: r1, title: R}]
trends:
- id: a
  title: A
  indicators:
  - {id: a1, ask: How?, levels: [a, b, c, d], risks: {r2: 1}, requires: [a2], speling: 1}
  - {id: a2, ask: How?, levels: [a, b, c, d, e], requires: [a1]}
  - {id: a3, ask: How?, levels: [a, b, c, d, e], code: A}
  - {id: a3, ask: "How does {organization} do?", levels: [a, b, c, d, e], weight: -1, code: A}
"""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(build(["questionnaire"]), ["questionnaire", *arguments])


def test_list_names_id_version_and_size() -> None:
    assert run("list").stdout == (
        "alliance-readiness 2.0: Alliance readiness, 10 trends, 65 indicators and 4 actor types; 22 in the quick form\n"
        "joint-venture 1.0: Joint-venture health check, 8 trends, 32 indicators and 3 actor types; 12 in the quick form\n"
    )


def test_the_bundled_questionnaire_has_neither_faults_nor_warnings() -> None:
    result = run("check", "--strict")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("alliance-readiness 2.0: no faults")


def test_new_writes_ten_lines_that_pass_a_strict_check(tmp_path: Path) -> None:
    text = run("new").stdout
    assert len(text.splitlines()) == 10
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    assert (
        run("check", "--strict", str(path)).stdout
        == "my-questionnaire 1.0: no faults, 1 trend, 1 indicator and 0 actor types\n"
    )


def test_check_reports_every_fault_of_shape_and_meaning_at_once(tmp_path: Path) -> None:
    path = tmp_path / "q.yaml"
    path.write_text(FAULTY, encoding="utf-8")
    error = run("check", str(path)).exception
    assert [str(fault).removeprefix(f"{path}:") for fault in error.faults] == [  # type: ignore[union-attr]
        "9:33: trends.0.indicators.0.levels: has 4 levels; give exactly 5, from 0 to 4",
        "9:55: trends.0.indicators.0.risks.r2: unknown risk r2; known here: r1",
        "9:73: trends.0.indicators.0.requires: prerequisites run in a circle: a1 -> a2 -> a1; remove one of them",
        "9:79: trends.0.indicators.0.speling: unknown key",
        "12:10: trends.0.indicators.3.id: the id a3 is used more than once; give each its own",
        (
            "12:19: trends.0.indicators.3.ask: {organization} is no longer filled in; "
            "write out what reads differently for an actor"
        ),
        "12:83: trends.0.indicators.3.weight: must not be negative",
        "12:93: trends.0.indicators.3.code: the code A is used more than once; give each its own",
    ]


def test_warnings_refuse_nothing_unless_strict(tmp_path: Path) -> None:
    path = tmp_path / "q.yaml"
    path.write_text(
        run("new").stdout + "actors: [{id: state, title: State, weights: {first-trend: 90}}]\n", encoding="utf-8"
    )
    result = run("check", str(path))
    assert result.exit_code == 0
    assert result.stdout.startswith("my-questionnaire 1.0: 2 warnings")
    assert result.stderr.splitlines() == [
        f"warning: {path}:11:10: actors.0.overall: has no overall sentence for absent, adhoc, defined, practised and adaptive",
        f"warning: {path}:11:45: actors.0.weights: weights add up to 90.0, not 100",
    ]
    assert run("check", "--strict", str(path)).exit_code == 1  # the error is raised; `run` of the app maps it to 3


@pytest.mark.parametrize(
    ("actor", "words"),
    [
        ("state", "with other countries in your region"),
        ("business", "joint ventures, alliances and public-private contracts"),
        ("multilateral", "member states"),
    ],
)
def test_show_reads_as_the_actor_reads_it(actor: str, words: str) -> None:
    shown = run("show", "--actor", actor).stdout
    assert words in " ".join(shown.split())
    assert "{" not in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_show_leaves_out_what_does_not_apply_to_the_actor() -> None:
    assert "id tech-controls" in run("show", "--actor", "state").stdout
    assert "id tech-controls" not in run("show", "--actor", "civil-society").stdout
