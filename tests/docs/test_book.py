"""The pages are one book: every page is in its index, every command has one with the same parts, and examples run."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from allycheck.cli.app import COMMANDS, run
from allycheck.loading import load_questionnaire

DOCS = Path(__file__).parents[2] / "docs"
SAMPLES = DOCS.parent / "questionnaires/alliance-readiness/examples"
SEVERAL = DOCS.parent / "tests/cases/several"
PARTS = ("Examples", "By hand", "Formats", "Exit codes")
RUN = re.compile(r"<!-- run -->\n```\n\$ (.*?)\n(.*?)```", re.DOTALL)
RUN_HERE = ("report", "template", "assess", "schema", "questionnaire")
"""Pages whose runs are tested here; those of the others have tests of their own."""


EXPORTS = {
    "forms.csv": "Timestamp,Organisation,Your name,FC1 How?\n2026/11/22 10:14:05 AM GMT+1,Port Sarrel,Registry,3\n",
    "export.csv": "Timestamp,Organisation,Your name,actor,FC1 How?\n2026/11/22,Port Sarrel,Pilots,business,2\n",
    "wording.csv": "Timestamp,Wer antwortet?,Wie entscheiden Sie?,Warum nicht?,FC2 alt\n2026/11/22,Pilots,Weiss nicht,,\n",
}


def page(name: str) -> str:
    return (DOCS / f"{name}.md").read_text(encoding="utf-8")


def files(name: str) -> dict[str, str]:
    """The files that a page shows."""
    return dict(re.findall(r"<!-- file: (\S+) -->\n```\w*\n(.*?)```", page(name), re.DOTALL))


def examples(command: str) -> list[str]:
    """The commands under the heading Examples."""
    part = page(command).partition("\n## Examples\n")[2].partition("\n## ")[0]
    lines = re.search(r"```(?:sh)?\n(.*?)```", part, re.DOTALL)
    assert lines, f"{command}.md has no examples"
    return [line.partition("  #")[0].strip() for line in lines[1].splitlines() if line.startswith("allycheck ")]


def test_the_index_names_every_page_once() -> None:
    named = re.findall(r"^\d+\. \[[^]]+\]\(([a-z]+)\.md\)", page("README"), re.MULTILINE)
    assert sorted(named) == sorted(path.stem for path in DOCS.glob("*.md") if path.stem != "README")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_has_a_page_with_the_same_parts(command: str) -> None:
    text = page(command)
    heads = [head.partition(":")[0] for head in re.findall(r"^## (.*)$", text, re.MULTILINE)]
    assert re.match(rf"# .*`allycheck {command}`\n\n[A-Z]", text), "its first lines say what it is for"
    assert [head for head in heads if head in PARTS] == list(PARTS)
    assert len(examples(command)) >= 5


@pytest.mark.parametrize("path", sorted(DOCS.glob("*.md")), ids=lambda path: path.stem)
def test_links_lead_somewhere(path: Path) -> None:
    for link in re.findall(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
        assert (path.parent / link).exists(), link


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every file that an example names."""
    folder = tmp_path_factory.mktemp("desk")
    for name, sample in {
        "answers": SAMPLES / "northwind-cells.yaml",
        "last-year": SAMPLES / "northwind-cells.yaml",
        "2024": SAMPLES / "northwind-cells.yaml",
        "theirs": SAMPLES / "foreign-ministry.yaml",
        "ours": SAMPLES / "manufacturer.yaml",
        "third": SAMPLES / "port-city.yaml",
        "one": SEVERAL / "port-climate.yaml",
        "two": SEVERAL / "port-fire.yaml",
        "three": SEVERAL / "port-network.yaml",
    }.items():
        shutil.copy(sample, folder / f"{name}.yaml")
    for name, sheets in {
        "members": ["ours", "theirs", "third"],
        "sheets": ["ours", "theirs", "third", "answers"],
        "colleagues": ["one", "two", "three"],
    }.items():
        (folder / name).mkdir()
        for sheet in sheets:
            shutil.copy(folder / f"{sheet}.yaml", folder / name)
    for name in ("portfolio", "last-year"):
        shutil.copytree(folder / "sheets", folder / name)
    columns = list(load_questionnaire().indicators)
    table = [["organisation", "actor", "region", *columns], ["Port Sarrel", "state", "north", *["2"] * len(columns)]]
    (folder / "table.csv").write_text("".join(f"{','.join(row)}\n" for row in table), encoding="utf-8")
    shutil.copy(DOCS.parent / "questionnaires/starter-full.yaml", folder / "mine.yaml")
    for name, text in EXPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "map.yaml").write_text(files("import")["map.yaml"], encoding="utf-8")
    return folder


@pytest.mark.parametrize("command", COMMANDS)
def test_its_examples_run(
    command: str, desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "desk"
    shutil.copytree(desk, folder)
    monkeypatch.chdir(folder)
    for line in examples(command):
        monkeypatch.setattr(sys, "argv", ["allycheck", *words(re.split(r" [|>] ", line)[0])])
        asked = " assess " in line  # and there is no terminal
        code, (out, err) = run(), capsys.readouterr()
        assert code in ({0, 5} if asked else {0}), f"{line}\n{err}"
        if " > " in line:
            Path(line.split(" > ")[1]).write_text(out, encoding="utf-8")


def words(line: str) -> list[str]:
    """The arguments of a command line, with the names that a pattern stands for."""
    found = [sorted(map(str, Path().glob(word))) if "*" in word else [word] for word in shlex.split(line)[1:]]
    return [word for several in found for word in several]


def shell(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-c", f"exec 2>&1; {line}"], capture_output=True, text=True, check=False, cwd=folder,
        env=os.environ | {"PATH": path},
    )  # fmt: skip


@pytest.mark.parametrize("name", RUN_HERE)
def test_what_a_page_shows_is_what_is_printed(name: str, tmp_path: Path) -> None:
    for file in ("harbour.yaml", "answers.yaml"):
        (tmp_path / file).write_text(files("gates")[file], encoding="utf-8")
    shutil.copy(DOCS.parent / "questionnaires/starter.yaml", tmp_path / "mine.yaml")
    runs = RUN.findall(page(name))
    assert runs
    for command, printed in runs:
        assert shell(command, tmp_path).stdout == printed
