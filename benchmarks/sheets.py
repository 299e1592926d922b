"""What one sheet costs, how merge, coalition and compare grow with their number, and what the hardest plans take.

`python benchmarks/sheets.py`. Figures to reach: an exponent of 1.15 from 100 to 1,000 sheets, 1,000 sheets merged in 15
seconds of CPU; a plan whose weights double each time ends within 10 seconds and 500 MB, one across ten trends that are
linked six by six within 5. Everything but the scoring of
one sheet is CPU of whole processes, reading the files included. Measured, never asserted.
"""

import math
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from measured import cost, row, sheets

from allycheck.loading import load_questionnaire, load_sheet
from allycheck.scoring import score

FEW, MANY = 100, 1000
STEEPEST, LONGEST = 1.15, 15.0
TIMES = 200
TARGETS = (("--target", "60"), ("--max-exposure", "r=40"), ("--budget", "99999999"), ("--target", "level=practised"))


def linked(folder: Path, trends: int, size: int) -> tuple[str, str]:
    """A questionnaire of chains of prerequisites, each across `size` trends of as many indicators, and answers."""
    dice = random.Random(1)
    head = ["id: linked", "version: '1.0'", "title: Linked", "risks:", "  - {id: r, title: R}", "trends:"]
    answers = ["questionnaire: linked", "answers:"]
    for trend in range(trends):
        head += [f"  - id: t{trend}", "    title: T", "    indicators:"]
        for at in range(size):
            requires = f", requires: [i{(trend - 1) % trends}-{at - 1}]" if at else ""
            effort = [dice.choice((1, 3, 8, 20)) for _ in range(4)]
            head.append(
                f"      - {{id: i{trend}-{at}, ask: Q?, levels: [a, b, c, d, e], weight: {dice.randint(1, 4)}, "
                f"effort: {effort}, risks: {{r: 1}}{requires}}}"
            )
            answers.append(f"  i{trend}-{at}: {dice.choice((0, 0, 1, 1, 2, 2, 3))}")
    questionnaire, sheet = folder / "linked.yaml", folder / "linked-answers.yaml"
    questionnaire.write_text("\n".join(head) + "\n", "utf-8")
    sheet.write_text("\n".join(answers) + "\n", "utf-8")
    return str(questionnaire), str(sheet)


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


def milliseconds(work: Callable[[], object]) -> float:
    """CPU of one piece of work inside this process: the median of many."""
    taken = []
    for _ in range(TIMES):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return 1000 * statistics.median(taken)


def one_sheet(path: str) -> None:
    """Print what scoring a sheet takes beside reading it, with the questionnaire at hand."""
    questionnaire = load_questionnaire("alliance-readiness")
    answers = load_sheet(path, questionnaire).answers
    reading = milliseconds(lambda: load_sheet(path, questionnaire))
    scoring = milliseconds(lambda: score(questionnaire, answers))
    row("one sheet", "read", "scored", "ratio")
    row("", f"{reading:.2f} ms", f"{scoring:.2f} ms", f"{scoring / reading:.2f}")


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        people, members = (sheets(folder, MANY, organisations=each) for each in (False, True))
        one_sheet(people[0])
        row("", f"{FEW} sheets", f"{MANY} sheets", "exponent", "to reach")
        for command, paths in (("merge", people), ("coalition", members), ("compare", people)):
            few, many = (cost("-m", "allycheck", command, *paths[:n], "--format", "json") for n in (FEW, MANY))
            steep = math.log(many.seconds / few.seconds, MANY / FEW)
            limit = f"{STEEPEST}" + (f", {LONGEST:.0f} s" if command == "merge" else "")
            row(command, f"{few.seconds:.2f} s", f"{many.seconds:.2f} s", f"{steep:.2f}", limit)
        row("plans whose weights double each time", "CPU", "memory", "", "10 s, 500 MB")
        questionnaire, answers = doubling(folder, 64)
        for target in TARGETS:
            took = cost("-m", "allycheck", "plan", answers, *target, "--questionnaire", questionnaire)
            row(" ".join(target), f"{took.seconds:.2f} s", f"{took.megabytes:.0f} MB")
        row("plans across ten trends in chains of six", "CPU", "memory", "", "5 s")
        questionnaire, answers = linked(folder, 10, 6)
        for level in ("practised", "adaptive"):
            took = cost(
                "-m", "allycheck", "plan", answers, "--target", f"level={level}", "--questionnaire", questionnaire
            )
            row(f"level={level}", f"{took.seconds:.2f} s", f"{took.megabytes:.0f} MB")


if __name__ == "__main__":
    main()
