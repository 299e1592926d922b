"""completion: the words that a shell is answered with, without a shell; tests/terminal/test_shells.py has real ones."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from allycheck.cli.app import COMMANDS, build
from allycheck.cli.completing import WORDS
from allycheck.loading import load_questionnaire
from allycheck.outline import entries
from allycheck.render.formats import RESULTS
from tests.unit.cli.command import ROOT, allycheck

ALLIANCES, VENTURE = load_questionnaire("alliance-readiness"), load_questionnaire("joint-venture")
NEVER_TO_COMPLETE = ("yaml", "rich", "jinja2", "pydantic", "allycheck.questionnaire", "allycheck.loading")


def asked(*before: str, word: str = "", shell: str = "zsh", cwd: Path = ROOT) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "allycheck", *before]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=asking(shell, word), cwd=cwd)


def asking(shell: str, word: str) -> dict[str, str]:
    return os.environ | {"_ALLYCHECK_COMPLETE": shell, "_ALLYCHECK_WORD": word}


def loaded(*before: str, word: str = "") -> set[str]:
    """Every module that answering takes."""
    code = "import sys; from allycheck.cli.app import run; run(); print(*sys.modules, file=sys.stderr)"
    command = [sys.executable, "-c", code, *before]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=asking("zsh", word))
    return set(done.stderr.split())


def words(*before: str, word: str = "", **more: object) -> list[str]:
    answer = asked(*before, word=word, **more)
    assert (answer.returncode, answer.stderr) == (0, "")
    return [line.partition("\t")[0] for line in answer.stdout.splitlines()]


def test_commands_and_those_inside_them() -> None:
    assert sorted(words()) == sorted(COMMANDS)
    assert words(word="co") == ["compare", "coalition", "cohort", "completion"]
    assert words("questionnaire") == ["list", "show", "check", "new"]
    assert words("help", "questionnaire", word="s") == ["show"]
    assert words("help", word="env") == ["environment"]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_long_option_of_every_command(name: str) -> None:
    listed = set(re.findall(r"^  (?:-\w, )?(--[a-z-]+)", allycheck(name, "--help").stdout, re.MULTILINE))
    assert set(words(name, word="--")) == listed


@pytest.mark.parametrize("kind", ["report", "plan", "cohort"])
def test_every_format(kind: str) -> None:
    assert words(kind, "x.yaml", "--format") == list(RESULTS[kind].formats)
    assert words(kind, word="--format=js") == ["--format=json"]


def test_ids_of_the_bundled_questionnaire() -> None:
    assert words("plan", "x.yaml", "--keep") == list(ALLIANCES.indicators)
    assert words("assess", "--only") == [trend.id for trend in ALLIANCES.trends]
    assert words("stress", "x.yaml", "--scenario") == [one.id for one in ALLIANCES.scenarios]
    assert words("template", "--actor") == list(ALLIANCES.actor_types)
    assert words("plan", "x.yaml", "--up-to") == [one.id for one in ALLIANCES.level_names]
    everything = set(words("explain", "x.yaml"))
    assert everything >= {"overall", "level", "exclusion", "inclusivity", "resilience", *ALLIANCES.indicators}


def test_codes_where_capitals_are_typed() -> None:
    codes = [item.code for item in ALLIANCES.indicators.values()]
    assert words("explain", "x.yaml", word="F") == [code for code in codes if code.startswith("F")]
    assert words("plan", "x.yaml", "--not", word="RR1") == ["RR1"]


def test_what_is_assigned_goes_on_after_its_equals_sign() -> None:
    assert words("report", "x.yaml", "--fail-over") == [f"{risk.id}=" for risk in ALLIANCES.risks]
    assert words("assess", "--set", word="tech-con") == ["tech-controls="]
    assert words("assess", "--set", word="tech-controls=") == [f"tech-controls={n}" for n in (*range(5), "na", "dk")]
    assert words("report", "x.yaml", "--min-level", word="inclusivity=pr") == ["inclusivity=practised"]
    assert words("report", "x.yaml", "--min-level", word="pr") == ["practised", "private-sector="]
    assert words("plan", "x.yaml", "--target", word="inclusivity:level=d") == ["inclusivity:level=defined"]
    assert words("cohort", "sheets", "--by", word="actor,y") == ["actor,year"]


def test_bash_takes_what_is_assigned_for_several_words() -> None:
    assert words("assess", "--set", "tech-controls", "=", word="n", shell="bash") == ["na"]
    assert words("assess", "--set", "tech-controls", word="=", shell="bash")[-1] == "dk"
    assert words("plan", "x.yaml", "--target", "inclusivity", word=":", shell="bash") == ["level="]
    assert words("plan", "x.yaml", "--target", "inclusivity", ":", "level", "=", word="de", shell="bash") == ["defined"]
    assert words("report", "--format", "=", word="js", shell="bash") == ["json"]


def test_the_questionnaire_is_the_one_of_the_line(tmp_path: Path) -> None:
    own = "id: mine\ntrends:\n- id: one-trend\n  indicators:\n  - id: first\n    code: A1\n"
    (tmp_path / "mine.yaml").write_text(own, encoding="utf-8")
    (tmp_path / "answers.yaml").write_text('questionnaire: "joint-venture"\n', encoding="utf-8")
    ventures = list(VENTURE.indicators)
    assert words("plan", "answers.yaml", "--keep", cwd=tmp_path) == ventures
    assert words("plan", "-q", "joint-venture", "x.yaml", "--keep", cwd=tmp_path) == ventures
    assert words("plan", "x.yaml", "--questionnaire", "mine.yaml", "--keep", cwd=tmp_path) == ["first"]
    assert words("questionnaire", "show", "joint-venture", "--actor") == list(VENTURE.actor_types)
    assert words("report", "--questionnaire", word="j") == ["joint-venture"]
    assert words("questionnaire", "check") == ["alliance-readiness", "joint-venture"]
    assert words("schema", word="gat") == ["gates"]


@pytest.mark.parametrize(
    "before",
    [("report",), ("merge", "one.yaml"), ("report", "x.yaml", "-o"), ("report", "x.yaml", "--gates"), ("explain", "x", "FC1"),
     ("report", "--no-such-option"), ("report", "x.yaml", "--fail-under", "sixty", "--format", "nonsense")],
)  # fmt: skip
def test_nothing_is_answered_where_files_or_anything_may_stand(before: tuple[str, ...]) -> None:
    assert words(*before) == []


def test_a_word_in_quotes_is_read_without_them(tmp_path: Path) -> None:
    (tmp_path / "my answers.yaml").write_text("questionnaire: joint-venture\n", encoding="utf-8")
    for quoted in ("'my answers.yaml'", r"my\ answers.yaml", '"my answers.yaml'):
        assert words("plan", quoted, "--keep", word="value-", cwd=tmp_path) == ["value-case"]


def test_an_action_is_not_run_while_it_is_typed() -> None:
    assert words("--version", word="--h") == ["--help"]
    assert sorted(words("-V")) == sorted(COMMANDS)


@pytest.mark.parametrize("before", [(), ("report",), ("plan", "x.yaml", "--keep"), ("explain", "x.yaml"), ("help",)])
def test_completing_loads_nothing_that_it_does_not_need(before: tuple[str, ...]) -> None:
    modules = loaded(*before)
    assert "typer" in modules
    assert modules.isdisjoint(NEVER_TO_COMPLETE)


def test_only_the_command_on_the_line_is_loaded() -> None:
    modules = loaded("plan", "x.yaml", word="--")
    assert "allycheck.cli.plan" in modules
    assert "allycheck.cli.report" not in modules


def test_every_entry_of_the_table_is_a_parameter() -> None:
    known = set()

    def walk(command: object) -> None:
        if isinstance(command, TyperGroup):
            for inside in command.commands.values():
                walk(inside)
        for parameter in command.params:
            known.update({parameter.name, f"{command.name} {parameter.name}"})

    walk(get_command(build([])))
    assert set(WORDS) <= known


# What a questionnaire names


@pytest.mark.parametrize("name", ["alliance-readiness", "joint-venture"])
def test_the_outline_names_what_reading_the_whole_finds(name: str) -> None:
    whole = load_questionnaire(name)
    told = {
        "indicators": [(one.id, one.code, one.name) for one in whole.indicators.values()],
        **{
            kind: [(one.id, "", one.title) for one in getattr(whole, kind)]
            for kind in ("trends", "risks", "pillars", "actors", "scenarios")
        },
        "level_names": [(one.id, "", one.name) for one in whole.level_names],
    }
    assert {kind: [tuple(one) for one in entries(name, kind)] for kind in told} == told


def test_ids_are_found_however_a_questionnaire_is_laid_out(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(
        "id: own\ntrends: # the two\n  - title: 'One' # first\n    id: one\n    indicators:\n      - ask: How?\n"
        '        id: a-b\n        code: "A1"\n        levels:\n        - "id: no"\n      - {id: flow}\n  - id: two\nrisks:\n- id: r\n',
        encoding="utf-8",
    )
    assert [tuple(one) for one in entries(str(path), "trends")] == [("one", "", "One"), ("two", "", "")]
    assert [tuple(one) for one in entries(str(path), "indicators")] == [("a-b", "A1", "")]


def test_a_hostile_questionnaire_gives_no_words_that_a_shell_could_run(tmp_path: Path) -> None:
    path = tmp_path / "evil.yaml"
    path.write_text(
        'trends:\n- id: $(touch ran)\n- id: a;b\n- id: fine\n  title: "\\$(touch ran) `touch ran` \x1b[31m"\n',
        encoding="utf-8",
    )
    answer = asked("assess", "-q", str(path), "--only", cwd=tmp_path)
    assert words("assess", "-q", str(path), "--only", cwd=tmp_path) == ["fine"]
    assert "\x1b" not in answer.stdout
    path.write_text("trends:\n- id: " + " " * 1_000_000 + "!\n- id: " + "'a" * 400_000, encoding="utf-8")
    assert words("assess", "-q", str(path), "--only", cwd=tmp_path) == []
    assert words("assess", "-q", str(tmp_path), "--only", cwd=tmp_path) == []


# Scripts


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_the_script_of_each_shell_says_how_it_is_asked_for(shell: str) -> None:
    script = allycheck("completion", shell).stdout
    assert script.startswith(("# Completion of allycheck in", "#compdef allycheck\n# Completion"))
    assert "_ALLYCHECK_COMPLETE" in script
    assert f"'{shell}'" in script or f"={shell} " in script
    assert re.search(r"\beval\b", re.sub("^#.*$", "", script, flags=re.MULTILINE)) is None


def test_another_shell_is_refused_with_those_that_there_are() -> None:
    told = allycheck("completion", "tcsh")
    assert told.returncode == 2
    assert "'bash', 'zsh', 'fish', 'powershell'" in told.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_can_read_its_script(shell: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell} here")
    script = allycheck("completion", shell).stdout
    told = subprocess.run([shell, "-n"], input=script, capture_output=True, text=True, check=False)
    assert (told.returncode, told.stderr) == (0, "")
