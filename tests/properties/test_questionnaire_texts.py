"""Whatever a questionnaire's own texts hold, no terminal is steered by them."""

import contextlib
import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from allycheck.analysis.whole_report import whole_report
from allycheck.cli.app import build
from allycheck.cli.outputs import show_error
from allycheck.errors import AllycheckError
from allycheck.interview.lines import Lines
from allycheck.interview.opening import Start, prepare
from allycheck.interview.prompts import Left
from allycheck.interview.recorder import Sitting
from allycheck.interview.saving import AnswersFile
from allycheck.interview.screen.screen import Screen
from allycheck.interview.session import begin
from allycheck.interview.terminal.terminal import Stopped
from allycheck.loading import bundled_questionnaires, load_questionnaire, load_sheet
from allycheck.questionnaire import Questionnaire
from allycheck.reading import read_source
from allycheck.render.formats import Format, Kind, render
from allycheck.render.look import Look
from allycheck.render.questionnaire import preview
from allycheck.render.template.yaml import template
from allycheck.scoring import score
from tests.unit.interview.fakes import FakeTerminal

HOME = bundled_questionnaires()["alliance-readiness"]
SHEET = load_sheet(str(HOME / "examples" / "manufacturer.yaml"))


def spoiled(data: Any, spoil: str) -> Any:
    """The document with something in place of every space of its texts; what holds no space is an id or a number."""
    if isinstance(data, dict):
        return {key: spoiled(value, spoil) for key, value in data.items()}
    if isinstance(data, list):
        return [spoiled(value, spoil) for value in data]
    return f"{spoil}{data.replace(' ', spoil)}{spoil}" if isinstance(data, str) and " " in data else data


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("spoiled")


def written(folder: Path, spoil: str) -> str:
    """The bundled questionnaire with every text spoiled."""
    for source in [
        HOME / "questionnaire.yaml",
        *HOME.glob("trends/*.yaml"),
        *HOME.glob("actors/*.yaml"),
        *HOME.glob("scenarios.yaml"),
    ]:
        target = folder / source.relative_to(HOME)
        target.parent.mkdir(exist_ok=True)
        target.write_text(json.dumps(_numbers(spoiled(read_source(str(source)).data, spoil))))
    return str(folder)


def _numbers(data: Any) -> Any:
    """Plain words that YAML has for numbers and truth values, as JSON has them."""
    if isinstance(data, dict):
        return {key: _numbers(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_numbers(value) for value in data]
    if isinstance(data, str) and (data in {"true", "false"} or (data.isdecimal() and len(data) < 9)):
        return json.loads(data)
    return data


@pytest.fixture(scope="module")
def questionnaire(copy: Path) -> Questionnaire:
    return load_questionnaire(written(copy, "\r\n\t  "))


def test_line_breaks_and_tabs_are_single_spaces(questionnaire: Questionnaire) -> None:
    assert questionnaire == load_questionnaire().with_digest(questionnaire.digest)


def pages(questionnaire: Questionnaire) -> Iterator[str]:
    report = whole_report(score(questionnaire, SHEET.answers), SHEET.answers)
    kinds: tuple[Kind, ...] = ("report", "brief")
    yield from (render(report, Format.TEXT, Look(80, plain=plain), kind) for plain in (False, True) for kind in kinds)
    for actor in questionnaire.actor_types:
        yield preview(questionnaire, actor, Look(80))
        yield template(questionnaire, actor, "full")


def test_no_page_holds_a_control_character(questionnaire: Questionnaire) -> None:
    for page in pages(questionnaire):
        assert not {char for char in page if unicodedata.category(char) == "Cc"} - {"\n"}


@pytest.mark.parametrize("face", [Screen, Lines])
def test_no_frame_of_an_interview_holds_one(face: Any, questionnaire: Questionnaire, tmp_path: Path) -> None:
    file = AnswersFile(str(tmp_path / "a.yaml"))
    end = "\n" if face is Lines else ""
    terminal = FakeTerminal(f"{key}{end}" for key in ["1", "1", "x\n", "\n", "\n", *"3d?t1nr"])
    with contextlib.suppress(Stopped, Left):
        prepare(
            Start(questionnaire, SHEET.answers.model_copy(update={"actor": None, "answers": {}}), "a.yaml"),
            face(terminal),
        )
    with contextlib.suppress(Stopped):
        face(terminal).interview(Sitting(begin(questionnaire, SHEET.answers, "2026-11-22"), file))
    assert questionnaire.actors[0].title in terminal.written
    assert not {"\t", "\x07", "\b", "\x9b"} & set(terminal.written)
    assert "\r" not in terminal.written.replace("\r\n", "")


def test_what_would_steer_a_terminal_is_refused_and_told_without_it(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["questionnaire", "check", written(copy, " \x1b[2J\x9b\x07\u202e")]
    with pytest.raises(AllycheckError) as caught:
        CliRunner().invoke(build(arguments), arguments, catch_exceptions=False)
    show_error(caught.value)
    said = capsys.readouterr().err
    assert "holds a character that nobody can see" in said
    assert not {char for char in said if unicodedata.category(char) in {"Cc", "Cf"}} - {"\n"}
