"""The questionnaires that come with allycheck: where they lie. Nothing is read."""

from pathlib import Path

MAIN_FILE = "questionnaire.yaml"
STARTER, FULL_STARTER = "starter.yaml", "starter-full.yaml"
_HERE = Path(__file__).parent


def bundled_questionnaires() -> dict[str, Path]:
    """The questionnaires that come with allycheck, by id. Each is a folder or one file, and its name is its id."""
    folder = bundled_folder()
    folders = {path.parent.name: path.parent for path in sorted(folder.glob(f"*/{MAIN_FILE}"))}
    files = {path.stem: path for path in sorted(folder.glob("*.yaml")) if path.name not in {STARTER, FULL_STARTER}}
    return folders | files


def bundled_folder() -> Path:
    """Where they lie: in the package when installed, beside it in a checkout."""
    packaged = _HERE / "questionnaires"
    return packaged if packaged.is_dir() else _HERE.parent / "questionnaires"
