"""questionnaire list, show, check, new."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from allycheck.cli.app import build
from tests.unit.cli.command import allycheck

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


def test_the_full_example_passes_a_strict_check_and_has_everything(tmp_path: Path) -> None:
    text = run("new", "--full").stdout
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    assert run("check", "--strict", str(path)).stdout == (
        "partner-check 1.0: no faults, 2 trends, 6 indicators and 2 actor types; 3 in the quick form\n"
    )
    wanted = (
        "critical: requires: mitigations: pillars: consistency: quick: overrides: steps: weak: strong: scenarios: "
        "overall: weights: aggregation: effort: for:"
    )
    assert [key for key in wanted.split() if key not in text] == []


STARTERS = {
    (): ("my-questionnaire", "", {"first-indicator": 1}, "first-trend"),
    ("--full",): (
        "partner-check",
        "board",
        {"entry-rule": 2, "partner-list": 1, "exit-terms": 3, "contact": 1, "second-way": 0, "partner-views": "dk"},
        "choosing",
    ),
}


@pytest.fixture(params=STARTERS, ids=lambda options: "full" if options else "ten lines")
def started(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, str]:
    """A folder with a questionnaire as `new` writes it three answered sheets (the last of another organisation), and a trend."""
    name, actor, answers, trend = STARTERS[request.param]
    (tmp_path / "mine.yaml").write_text(run("new", *request.param).stdout, encoding="utf-8")
    sheet = {"questionnaire": name, "organisation": "Us", "answers": answers} | ({"actor": actor} if actor else {})
    later = sheet | {"answers": answers | {next(iter(answers)): 3}}
    for file, content in (("a", sheet), ("b", later), ("c", later | {"organisation": "They"})):
        (tmp_path / f"{file}.yaml").write_text(json.dumps(content), encoding="utf-8")
    return tmp_path, trend


COMMANDS = (
    "report a.yaml", "report a.yaml --brief", "report a.yaml --plain", "report a.yaml -f html", "report a.yaml -f json",
    "report a.yaml --robustness", "explain a.yaml TREND", "plan a.yaml --target 70", "plan a.yaml --target level=defined",
    "stress a.yaml", "template ACTOR", "assess a.yaml --no-input", "compare a.yaml b.yaml", "merge a.yaml b.yaml",
    "coalition a.yaml c.yaml",
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_works_with_what_new_writes(started: tuple[Path, str], command: str) -> None:
    folder, trend = started
    words = command.replace("TREND", trend).replace("ACTOR", "--actor board" if trend == "choosing" else "").split()
    result = allycheck(*words, "--questionnaire", "mine.yaml", cwd=folder)
    assert "Traceback" not in result.stderr
    if command == "stress a.yaml" and trend == "first-trend":
        assert "no scenarios" in result.stdout + result.stderr
    else:
        assert result.returncode == 0, result.stderr
        assert result.stdout.strip()


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


def test_show_at_a_level_previews_what_a_report_says(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(run("new", "--full").stdout, encoding="utf-8")
    shown = run("show", str(path), "--actor", "board", "--level", "1").stdout
    assert (
        "Partner check 1.0, what a report says to Board if every answer is Ad hoc (1)\n\n"
        "Ad hoc: 25.0 of 100, self-assessed.\n\n"
        "Both trends are under way, though much may hang on persons. The next level takes\n"
        "rules in writing.\n\n"
        "Your task: You answer for every alliance that is joined in your organisation's\n"
        "name.\n\n"
        "Choosing partners\n"
        "    At stake: Each alliance takes money, time and a piece of your good name.\n\n"
        "C1  Entry rule\n"
        "    Ad hoc: It depends on who is asked.\n"
        "    Weak: A good offer can lapse, and a poor one be accepted, where nothing in\n"
        "    writing says what you decide by.\n"
        "    To Defined: Let the board adopt one page: who decides, by which criteria, by\n"
        "    when.\n\n"
        "C2  List of alliances\n"
    ) in shown
    assert (
        "Drift: exposure 75.0, high\n"
        "    Shows up: Fees are paid year by year, and nobody asks what for.\n"
        "    Means: Much of what guards against it is missing.\n"
        "    Holes: C2 List of alliances\n"
        "    Sign: A renewal is signed without a talk.\n"
        "    Protects: Put all alliances on one list, with a purpose each.\n"
        "    Protects: Give each main alliance somebody who looks after it.\n"
    ) in shown


@pytest.mark.parametrize("level", range(5))
@pytest.mark.parametrize(
    ("name", "actor", "asked"), [("joint-venture", "venture", 32), ("alliance-readiness", "state", 64)]
)
def test_show_at_a_level_tells_each_answer_by_its_own_level(name: str, actor: str, asked: int, level: int) -> None:
    result = run("show", name, "--actor", actor, "--level", str(level))
    assert result.exit_code == 0, result.exception
    lines = result.stdout.splitlines()
    told = {word: sum(line.startswith(f"    {word}: ") for line in lines) for word in ("Weak", "Strong")}
    assert told == {"Weak": asked if level <= 1 else 0, "Strong": asked if level >= 3 else 0}
    assert ("    Holes: " in result.stdout) is (level <= 1)
    assert ("    Protects: " in result.stdout) is (level < 3)


def test_show_takes_the_id_of_a_level_and_says_where_a_sentence_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(run("new").stdout, encoding="utf-8")
    assert run("show", str(path), "--level", "adaptive").stdout.splitlines()[-2:] == [
        "    Adaptive: Results changed the rule.",
        "    Strong: no sentence: the anchor stands",
    ]
    assert "    To Defined: What should then be true: A rule says how.\n" in run("show", str(path), "-l", "0").stdout
    assert str(run("show", str(path), "-l", "adhok").exception) == "--level: adhok is not a level; did you mean adhoc?"
