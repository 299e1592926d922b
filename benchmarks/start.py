"""CPU time of whole processes as ratios to the yardstick, in pairs within one run: `python benchmarks/start.py`.

Figures to reach: JSON 1.5, help 1.2, version 0.5, text 1.8. Measured, never asserted: a busy machine moves them.
"""

import os
import resource
import statistics
import subprocess
import sys
from pathlib import Path

PAIRS = 15
HERE = Path(__file__).parent
SAMPLE = HERE.parent / "questionnaires/alliance-readiness/examples/northwind-cells.yaml"
COMMANDS = {
    "report --format json": (["report", str(SAMPLE), "--format", "json"], 1.5),
    "--help": (["--help"], 1.2),
    "--version": (["--version"], 0.5),
    "report": (["report", str(SAMPLE)], 1.8),
}

# As after an installation: with the modules compiled once and for all.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def cpu(command: list[str]) -> float:
    """Seconds of CPU that one process and its children took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=ENVIRONMENT)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print the median ratio of each command beside its figure."""
    yardstick = [sys.executable, str(HERE / "yardstick.py")]
    cpu(yardstick)
    for name, (arguments, limit) in COMMANDS.items():
        command = [sys.executable, "-m", "allycheck", *arguments]
        cpu(command)
        ratios = [cpu(command) / cpu(yardstick) for _ in range(PAIRS)]
        print(f"{name:22} {statistics.median(ratios):.2f}x of the yardstick (to reach: {limit}x)")


if __name__ == "__main__":
    main()
