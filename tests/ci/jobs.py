"""The shell of CI jobs, run as a runner runs it, in a folder that stands for a checkout."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "questionnaires/alliance-readiness/examples/northwind-cells.yaml"
PASSING = "- {kind: fail-under, limit: 50}\n- {kind: fail-over, subject: exclusion, limit: 60}\n"
FAILING = "- {kind: fail-under, limit: 50}\n- {kind: fail-under, subject: rapid-response, limit: 50}\n"


def run(shell: str, folder: Path, **variables: str) -> "subprocess.CompletedProcess[str]":
    """Run the shell of a job; a variable given as "" is not set."""
    path = [str(folder / "tools"), str(Path(sys.executable).parent), os.environ["PATH"]]
    surroundings = {
        "PATH": os.pathsep.join(path), "CI": "true", "ALLYCHECK": "allycheck", "HOME": str(folder),
        "GITHUB_STEP_SUMMARY": str(folder / "summary.md"), "GITHUB_OUTPUT": str(folder / "outputs"),
        "GITHUB_ACTION_PATH": str(ROOT),
    } | variables  # fmt: skip
    kept = {name: value for name, value in surroundings.items() if value or name not in variables}
    command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", shell]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, env=kept)
