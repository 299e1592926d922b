"""The worked example of import: its files are written, its command is run, and all that it says is compared."""

import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from allycheck.cli.app import build
from allycheck.importing.mapping import load_map
from allycheck.importing.platforms import Origin
from allycheck.loading import load_questionnaire
from tests.docs.test_several import DOCS, blocks


def test_the_example_prints_what_the_page_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for kind, name, text in blocks("import"):
        if kind == "file":
            Path(name).write_text(text, encoding="utf-8")
        elif kind == "run":
            command, _, printed = text.partition("\n")
            arguments = shlex.split(command.removeprefix("$ allycheck "))
            done = CliRunner().invoke(build(arguments), arguments)
            assert (done.output, done.exit_code) == (printed, 3)
        else:
            assert Path(name).read_text(encoding="utf-8") == text
    assert load_map("map.yaml").meanings(load_questionnaire())


def test_every_platform_has_its_row() -> None:
    page = (DOCS / "import.md").read_text(encoding="utf-8")
    assert [origin for origin in Origin if f"| `{origin}` |" not in page] == []
