"""What every golden of a bundled questionnaire starts from."""

from functools import cache

import pytest

from allycheck import loading

READ_ONCE = cache(loading.load_questionnaire)
"""The bundled questionnaires, which no command changes, need not be read for each golden anew."""


@pytest.fixture(autouse=True)
def _read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "load_questionnaire", READ_ONCE)
