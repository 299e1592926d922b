"""How merge, coalition and compare grow with the number of sheets, and what the hardest plans take.

`python benchmarks/sheets.py`. Figures to reach: an exponent of 1.15 from 100 to 1,000 sheets, 1,000 sheets merged in 15
seconds of CPU, `compare` of two in 1.6 times the yardstick; a plan whose weights double each time ends within 10
seconds and 500 MB. Everything is CPU of whole processes, reading the files included. Measured, never asserted.
"""

import math
import os
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from allycheck.loading import load_questionnaire

HERE = Path(__file__).parent
FEW, MANY = 100, 1000
PAIRS = 7
STEEPEST, LONGEST = 1.15, 15.0
TWO_COMPARED = 1.6
ANSWERS = (0, 1, 1, 2, 2, 2, 3, 3, 4, "dk")
TARGETS = (("--target", "60"), ("--max-exposure", "r=40"), ("--budget", "99999999"), ("--target", "level=practised"))


class Cost(NamedTuple):
    """What one process took."""

    seconds: float
    megabytes: float


def cost(*command: str) -> Cost:
    """CPU and memory of one process, as after an installation: with the modules compiled."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    child = subprocess.Popen([sys.executable, *command], stdout=subprocess.DEVNULL, env=environment)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{' '.join(command[:3])} ended with {child.returncode}")
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1000)


def sheets(folder: Path, *, organisations: bool) -> list[str]:
    """Answers files with answers drawn from a seed, of one organisation or of one each."""
    asked = load_questionnaire("alliance-readiness").scope("business", "full")
    paths = []
    for at in range(MANY):
        dice, path = random.Random(at), folder / f"{'member' if organisations else 'person'}-{at:04}.yaml"
        own = [f"  {item.id}: {dice.choice(ANSWERS)}" for item in asked]
        whose = f"organisation: Member {at}" if organisations else f"respondent: Person {at}"
        head = ["questionnaire: alliance-readiness", "actor: business", whose, "answers:"]
        path.write_text("\n".join([*head, *own]) + "\n", "utf-8")
        paths.append(str(path))
    return paths


def doubling(folder: Path, indicators: int) -> tuple[str, str]:
    """A questionnaire in which every weight and effort is twice the one before, and an answers file for it."""
    items = [
        f"      - {{id: i{at}, ask: Q?, levels: [a, b, c, d, e], weight: {2**at}, effort: '{2**at + at}', "
        f"risks: {{r: {2**at}}}}}"
        for at in range(indicators)
    ]
    head = ["id: doubling", "version: '1.0'", "title: Doubling", "risks:", "  - {id: r, title: R}", "trends:"]
    head += ["  - id: t", "    title: T", "    indicators:"]
    questionnaire, answers = folder / "doubling.yaml", folder / "answers.yaml"
    questionnaire.write_text("\n".join([*head, *items]) + "\n", "utf-8")
    given = [f"  i{at}: 0" for at in range(indicators)]
    answers.write_text("\n".join(["questionnaire: doubling", "answers:", *given]) + "\n", "utf-8")
    return str(questionnaire), str(answers)


def row(*cells: str) -> None:
    """One row of the table."""
    print(f"{cells[0]:44}" + "".join(f"{cell:>12}" for cell in cells[1:]), flush=True)


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        people, members = sheets(folder, organisations=False), sheets(folder, organisations=True)
        row("", f"{FEW} sheets", f"{MANY} sheets", "exponent", "to reach")
        for command, paths in (("merge", people), ("coalition", members), ("compare", people)):
            few, many = (cost("-m", "allycheck", command, *paths[:n], "--format", "json") for n in (FEW, MANY))
            steep = math.log(many.seconds / few.seconds, MANY / FEW)
            limit = f"{STEEPEST}" + (f", {LONGEST:.0f} s" if command == "merge" else "")
            row(command, f"{few.seconds:.2f} s", f"{many.seconds:.2f} s", f"{steep:.2f}", limit)
        yardstick = str(HERE / "yardstick.py")
        two = ("-m", "allycheck", "compare", *people[:2], "--format", "json")
        cost(*two)
        ratios = [cost(*two).seconds / cost(yardstick).seconds for _ in range(PAIRS)]
        row("compare of two", f"{statistics.median(ratios):.2f}x", "", "", f"{TWO_COMPARED}x")
        row("plans whose weights double each time", "CPU", "memory", "", "10 s, 500 MB")
        questionnaire, answers = doubling(folder, 64)
        for target in TARGETS:
            took = cost("-m", "allycheck", "plan", answers, *target, "--questionnaire", questionnaire)
            row(" ".join(target), f"{took.seconds:.2f} s", f"{took.megabytes:.0f} MB")


if __name__ == "__main__":
    main()
