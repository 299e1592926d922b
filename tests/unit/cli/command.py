"""The command line as a whole process, and the files that its tests share."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
EXAMPLE = str(ROOT / "questionnaires/alliance-readiness/examples/northwind-cells.yaml")
STARTER = str(ROOT / "questionnaires/starter.yaml")
BARE = "questionnaire: my-questionnaire\nanswers: {first-indicator: 2}\n"


def allycheck(*arguments: str, given: str = "", cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "allycheck", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, input=given, cwd=cwd)
