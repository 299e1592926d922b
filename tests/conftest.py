"""Tests see no settings of the machine that they run on."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

for _variable in (
    "ACCESSIBLE",
    "ALLYCHECK_PLAIN",
    "CI",
    "COLUMNS",
    "FORCE_COLOR",
    "LANG",
    "LC_ALL",
    "LC_MESSAGES",
    "LINES",
    "NO_COLOR",
):
    os.environ.pop(_variable, None)

# A busy machine is not a fault.
settings.register_profile("allycheck", deadline=None)
settings.load_profile("allycheck")


@pytest.fixture(scope="session")
def catalogue_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two languages: eo is accented and long, ar is written from the right."""
    from tests.languages import accented, from_the_right, write_catalogue

    folder = tmp_path_factory.mktemp("languages")
    write_catalogue(folder, "eo", accented)
    write_catalogue(folder, "ar", from_the_right)
    return folder


@pytest.fixture
def strange_languages(catalogue_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catalogues of languages that nobody speaks."""
    monkeypatch.setattr("allycheck.catalogues.FOLDER", catalogue_folder)
