"""What the tests of several commands start from."""

from pathlib import Path

import pytest

from tests.unit.cli.small import QUESTIONS


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with the small questionnaire."""
    monkeypatch.chdir(tmp_path)
    Path("small.yaml").write_text(QUESTIONS, encoding="utf-8")
