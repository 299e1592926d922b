"""How quickly the interview starts and answers, as ratios within one run: `python benchmarks/interview.py`.

Figures to reach: the first question on the screen in 2.0 times the wall time of importing typer, pydantic and yaml;
a key to the next question, the answer saved in between, in 20 ms. Measured, never asserted.
"""

import os
import pty
import select
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PAIRS = 15
KEYS = 55
YARDSTICK = [sys.executable, "-c", "import typer, pydantic, yaml"]
START = "questionnaire: alliance-readiness\nactor: business\nanswers:\n  coalition-mandate: 3\n"
PROMPT = b"Your answer"
NOT_PASSED_ON = {"CI", "PYTHONDONTWRITEBYTECODE"}
"""CI would keep it from asking; without bytecode every start would compile, which an installed allycheck never does."""
ENVIRONMENT = {name: value for name, value in os.environ.items() if name not in NOT_PASSED_ON} | {"TERM": "xterm"}
WINDOW = struct.pack("HHHH", 24, 80, 0, 0)


@contextmanager
def interview(folder: str) -> Iterator[tuple[int, float]]:
    """An interview in a terminal of its own: the terminal's other end, and the moment it was started."""
    import fcntl
    import termios

    file = Path(folder) / "answers.yaml"
    file.write_text(START, "utf-8")
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, WINDOW)
    command = [sys.executable, "-m", "allycheck", "assess", str(file)]
    begun = time.perf_counter()
    child = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=ENVIRONMENT)
    os.close(theirs)
    try:
        yield ours, begun
    finally:
        os.write(ours, b"q")
        read_until_silent(ours)
        child.wait()
        os.close(ours)


def wait_for(ours: int, wanted: bytes) -> float:
    """The moment at which the text is on the screen."""
    seen = b""
    while wanted not in seen:
        seen += os.read(ours, 65536)
    return time.perf_counter()


def read_until_silent(ours: int) -> None:
    """Take what is drawn until the other end closes or falls silent."""
    while select.select([ours], [], [], 0.3)[0]:
        try:
            if not os.read(ours, 65536):
                return
        except OSError:
            return


def first_question(folder: str) -> float:
    """Seconds from the command to the first question on the screen."""
    with interview(folder) as (ours, begun):
        return wait_for(ours, PROMPT) - begun


def keys_to_questions(folder: str) -> list[float]:
    """Seconds from each key to the next question on the screen, its answer saved."""
    seconds = []
    with interview(folder) as (ours, _):
        wait_for(ours, PROMPT)
        for _ in range(KEYS):
            pressed = time.perf_counter()
            os.write(ours, b"3")
            seconds.append(wait_for(ours, PROMPT) - pressed)
    return seconds


def yardstick() -> float:
    """Seconds that importing the libraries takes."""
    begun = time.perf_counter()
    subprocess.run(YARDSTICK, check=True, env=ENVIRONMENT)
    return time.perf_counter() - begun


def main() -> None:
    """Print the medians beside their figures."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as bytecode:
        ENVIRONMENT["PYTHONPYCACHEPREFIX"] = bytecode
        yardstick()
        first_question(folder)
        ratios = [first_question(folder) / yardstick() for _ in range(PAIRS)]
        keys = keys_to_questions(folder)
    print(f"first question {statistics.median(ratios):.2f}x of importing typer, pydantic, yaml (to reach: 2.0x)")
    typical, slowest = statistics.median(keys) * 1000, max(keys) * 1000
    print(f"key to next question {typical:.1f} ms, slowest {slowest:.1f} (to reach: 20 ms)")


if __name__ == "__main__":
    main()
