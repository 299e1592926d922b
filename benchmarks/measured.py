"""What the benchmarks share: the CPU of one process, answers files by the thousand, and a table of results."""

import os
import random
import statistics
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from allycheck.loading import load_questionnaire

PAIRS = 15
YARDSTICK = str(Path(__file__).parent / "yardstick.py")
ANSWERS = (0, 1, 1, 2, 2, 2, 3, 3, 4, "dk")


class Cost(NamedTuple):
    """What one process took."""

    seconds: float
    megabytes: float


def cost(*command: str, **variables: str) -> Cost:
    """CPU and memory of one process, as after an installation: with the modules compiled once and for all."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | variables
    child = subprocess.Popen([sys.executable, *command], stdout=subprocess.DEVNULL, env=environment)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{' '.join(command[:3])} ended with {child.returncode}")
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1000)


def ratio(*arguments: str, **variables: str) -> float:
    """How many times the CPU of the yardstick a command takes: the median of pairs."""
    command = ("-m", "allycheck", *arguments)
    cost(*command, **variables)
    return statistics.median(cost(*command, **variables).seconds / cost(YARDSTICK).seconds for _ in range(PAIRS))


def sheets(folder: Path, number: int, *, organisations: bool) -> list[str]:
    """Answers files with answers drawn from a seed, of one organisation or of one each."""
    asked = load_questionnaire("alliance-readiness").scope("business", "full")
    paths = []
    for at in range(number):
        dice, path = random.Random(at), folder / f"{'member' if organisations else 'person'}-{at:04}.yaml"
        own = [f"  {item.id}: {dice.choice(ANSWERS)}" for item in asked]
        whose = f"organisation: Member {at}" if organisations else f"respondent: Person {at}"
        head = ["questionnaire: alliance-readiness", "actor: business", whose, "answers:"]
        path.write_text("\n".join([*head, *own]) + "\n", "utf-8")
        paths.append(str(path))
    return paths


def row(*cells: str) -> None:
    """One row of a table."""
    print(f"{cells[0]:44}" + "".join(f"{cell:>14}" for cell in cells[1:]), flush=True)
