"""One file for each fault with what is said about it: NAME.yaml beside NAME.txt.

`UPDATE_INVALID=1 python -m pytest tests/invalid` writes what is said; read it before you keep it.
"""

import os
from pathlib import Path

import pytest

from allycheck.cli.outputs import show_error
from allycheck.errors import AllycheckError
from allycheck.loading import check_questionnaire, load_sheet

HERE = Path(__file__).parent
ANSWERS = sorted(path for path in (HERE / "answers").iterdir() if path.suffix != ".txt")
QUESTIONNAIRES = sorted((HERE / "questionnaires").glob("*.yaml"))


@pytest.mark.parametrize("path", ANSWERS, ids=lambda path: path.name)
def test_answers_are_refused_with_every_fault(path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    monkeypatch.chdir(path.parent)
    with pytest.raises(AllycheckError) as caught:
        load_sheet(path.name)
    check(caught.value, path, capsys)


@pytest.mark.parametrize("path", QUESTIONNAIRES, ids=lambda path: path.name)
def test_a_questionnaire_is_refused_with_every_fault(path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    monkeypatch.chdir(path.parent)
    with pytest.raises(AllycheckError) as caught:
        check_questionnaire(path.name, strict=False)
    check(caught.value, path, capsys)


def check(error: AllycheckError, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert error.exit_code == 3
    show_error(error)
    expected, said = path.with_suffix(".txt"), capsys.readouterr().err
    if os.environ.get("UPDATE_INVALID"):
        expected.write_text(said, encoding="utf-8")
    assert said == expected.read_text(encoding="utf-8")
