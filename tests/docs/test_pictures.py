"""The pictures in the docs show what the program prints today."""

import subprocess
import sys
from pathlib import Path

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"


def test_pictures_are_current(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(PICTURES / "make.py"), str(tmp_path)], check=True)
    drawn = {path.name: path.read_text("utf-8") for path in tmp_path.glob("*.svg")}
    shipped = {path.name: path.read_text("utf-8") for path in PICTURES.glob("report-*.svg")}
    assert drawn == shipped, "run docs/pictures/make.py"
    assert not any("@font-face" in text for text in drawn.values()), "fonts come from the reader, not from elsewhere"
