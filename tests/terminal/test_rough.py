"""Terminals that go away, take nothing more, or send more than anybody types: answers stay, nothing hangs or breaks."""

import array
import fcntl
import os
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import allycheck
from allycheck.loading import load_sheet
from tests.terminal.real import COMMAND, PATIENCE, Interview, answered, environment, resumable

pytestmark = pytest.mark.slow

OURS = str(Path(allycheck.__file__).parent)
CTRL_S = b"\x13"
ENDINGS = [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]


class Unwatched:
    """An interview in a terminal that nobody reads unless asked to, and whose end no signal tells."""

    def __init__(self, folder: Path, term: str) -> None:
        self.path = resumable(folder)
        self.enter = "" if term == "xterm" else "\n"
        self.ours, theirs = os.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        os.set_blocking(self.ours, False)
        self.child = subprocess.Popen(
            [*COMMAND, "assess"], cwd=folder, env=environment(TERM=term),
            stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
        )  # fmt: skip
        os.close(theirs)
        self.answer("coalition-mandate", 3)

    def answer(self, name: str, level: int) -> None:
        """Give an answer to the question on show, and wait until it is in the file."""
        self.press(str(level))
        until = time.monotonic() + PATIENCE
        while answered(self.path).get(name) != str(level):
            assert time.monotonic() < until, f"{name} was not saved"
            self.read()
        self.read()

    def press(self, keys: str) -> None:
        os.write(self.ours, f"{keys}{self.enter}".encode())

    def read(self) -> None:
        """Read until nothing more comes for a while."""
        quiet_since = time.monotonic()
        while time.monotonic() < quiet_since + 0.2:
            try:
                os.read(self.ours, 65536)
            except BlockingIOError:
                time.sleep(0.01)
            else:
                quiet_since = time.monotonic()

    def stall(self) -> None:
        """Let it draw, and read nothing, until it has no room left."""
        waiting = array.array("i", [0])
        before, same = -1, 0
        while same < 10:
            self.press("?")
            time.sleep(0.02)
            fcntl.ioctl(self.ours, termios.FIONREAD, waiting)
            before, same = waiting[0], same + 1 if waiting[0] == before and before > 0 else 0

    def hang_up(self) -> None:
        os.close(self.ours)
        self.ours = -1


@pytest.fixture(params=["xterm", "dumb"])
def unwatched(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Unwatched]:
    """At the second question, with one answer given."""
    session = Unwatched(tmp_path, request.param)
    yield session
    session.child.kill()
    session.child.wait()
    if session.ours >= 0:
        session.hang_up()


def test_a_terminal_that_is_gone_without_a_signal_ends_it_as_a_hang_up_does(unwatched: Unwatched) -> None:
    unwatched.hang_up()
    assert unwatched.child.wait(PATIENCE) == 129
    assert list(answered(unwatched.path).values()) == ["3", "2"]


def test_a_terminal_that_is_lost_while_the_card_is_made_ends_it_as_a_hang_up_does(unwatched: Unwatched) -> None:
    unwatched.press("r")
    unwatched.read()
    os.write(unwatched.ours, b"\n")
    unwatched.hang_up()
    assert unwatched.child.wait(PATIENCE) == 129
    assert list(answered(unwatched.path).values()) == ["3", "2"]


@pytest.mark.parametrize("number", [signal.SIGCONT, signal.SIGWINCH, signal.SIGTSTP])
def test_a_signal_after_the_terminal_is_gone_finds_no_terminal_to_draw_on(unwatched: Unwatched, number: int) -> None:
    unwatched.child.send_signal(signal.SIGSTOP)
    unwatched.hang_up()
    unwatched.child.send_signal(number)
    unwatched.child.send_signal(signal.SIGCONT)
    assert unwatched.child.wait(PATIENCE) == 129
    assert list(answered(unwatched.path).values()) == ["3", "2"]


@pytest.mark.parametrize(("number", "code"), ENDINGS)
def test_a_terminal_that_nobody_reads_keeps_no_signal_waiting(unwatched: Unwatched, number: int, code: int) -> None:
    unwatched.stall()
    unwatched.child.send_signal(number)
    assert unwatched.child.wait(PATIENCE) == code
    assert list(answered(unwatched.path).values()) == ["3", "2"]


def test_a_terminal_that_is_held_by_ctrl_s_keeps_no_signal_waiting(unwatched: Unwatched) -> None:
    os.write(unwatched.ours, CTRL_S)
    unwatched.press("?")
    time.sleep(0.3)
    unwatched.child.send_signal(signal.SIGTERM)
    assert unwatched.child.wait(PATIENCE) == 143
    assert list(answered(unwatched.path).values()) == ["3", "2"]


def test_when_somebody_reads_again_it_goes_on(unwatched: Unwatched) -> None:
    unwatched.stall()
    unwatched.child.send_signal(signal.SIGWINCH)
    unwatched.read()
    os.write(unwatched.ours, b"\n")  # closes the help
    unwatched.read()
    unwatched.answer("coalition-builders", 4)


def test_a_long_pasted_comment_is_kept_whole_in_plain_lines(tmp_path: Path) -> None:
    """The system cuts a line that it reads itself after 4,095 bytes."""
    comment = " ".join(f"word{n:05}" for n in range(1000))
    assert len(comment) == 9999
    path = resumable(tmp_path)
    here = Interview(tmp_path, TERM="dumb").wait_for("Answer: ").press(f"c {comment}.\n").wait_for("Noted beside FC1.")
    assert here.press("q\n").end() == 0
    assert load_sheet(str(path)).answers.to("coalition-mandate").comment == f"{comment}."


def test_a_line_is_corrected_before_it_is_sent_in_plain_lines(tmp_path: Path) -> None:
    path = resumable(tmp_path)
    here = Interview(tmp_path, TERM="dumb").wait_for("Answer: ").press("c whoops\x15c so it semms\x7f\x7f\x7fems\n")
    here.wait_for("Noted beside FC1.")
    assert "Answer: c so it seems" in here.text
    assert here.press("q\n").end() == 0
    assert load_sheet(str(path)).answers.to("coalition-mandate").comment == "so it seems"


def test_a_reply_that_reaches_plain_lines_is_no_answer(tmp_path: Path) -> None:
    path = resumable(tmp_path)
    here = (
        Interview(tmp_path, TERM="dumb").wait_for("Answer: ").press("\x1b[?64;1;2c\x1b]11;rgb:0/0/0\x1b\\\x1b[24;80R\n")
    )
    here.wait_for("Enter does nothing here; 0 to 4 answer, ? helps.")
    assert here.press("q\n").end() == 0
    assert list(answered(path).values()) == ["2"]


INTERRUPTS_AT = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests may have it ignored
class Finder:
    def find_spec(self, name, *_):
        if name == {name!r}:
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Finder())
"""


@pytest.mark.parametrize(
    "module", ["allycheck.cli.app", "typer", "pydantic", "allycheck.cli.assess", "allycheck.interview.face", "yaml"]
)
def test_ctrl_c_while_modules_are_imported_is_an_interrupt_and_no_trace(tmp_path: Path, module: str) -> None:
    path = resumable(tmp_path)
    before = path.read_bytes()
    (tmp_path / "sitecustomize.py").write_text(INTERRUPTS_AT.format(name=module))
    here = Interview(tmp_path, PYTHONPATH=str(tmp_path))
    assert here.end() == 130
    assert here.written == ""
    assert path.read_bytes() == before


@pytest.mark.parametrize("delay", [0.03 * at for at in range(1, 11)])
def test_ctrl_c_at_any_moment_of_a_start_leaves_no_trace_of_ours(tmp_path: Path, delay: float) -> None:
    """Before the first line of ours runs, Python itself may print a traceback; none ever names our files."""
    ours = signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests may have it ignored
    child = subprocess.Popen(
        [*COMMAND, "report", str(resumable(tmp_path))], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    signal.signal(signal.SIGINT, ours)
    time.sleep(delay)
    child.send_signal(signal.SIGINT)
    _, said = child.communicate(timeout=60)
    assert OURS not in said
    assert child.returncode in {0, 130} or "KeyboardInterrupt" in said or child.returncode == -signal.SIGINT


def test_a_file_taken_away_meanwhile_is_there_when_it_says_saved(tmp_path: Path) -> None:
    path = resumable(tmp_path)
    here = Interview(tmp_path).see("question 1 of 64").press("3").see("Saved FC1 = 3")
    path.unlink()
    here.press("b").see("question 1 of 64").press("3").see("Saved FC1 = 3")
    assert list(answered(path).values()) == ["3", "2"]
    path.unlink()
    assert here.press("q").end() == 0
    assert "2 answers saved in answers.yaml." in here.last_words
    assert list(answered(path).values()) == ["3", "2"]


def test_numbers_of_thousands_of_digits_lead_nowhere(tmp_path: Path) -> None:
    resumable(tmp_path)
    pasted = f"\x1b[200~{'9' * 5000}\x1b[201~\r"
    here = Interview(tmp_path).see("question 1 of 64").press(f"g{pasted}").see("is called 999")
    here.press("r").see("Review").press(pasted).see("is called 999").press("q")
    assert here.end() == 0


def test_thousands_of_digits_in_one_go_are_not_drawn_one_by_one(tmp_path: Path) -> None:
    """As a terminal without bracketed paste sends them. A screen holds at least its 24 rows of 80 columns."""
    resumable(tmp_path)
    typed = "9" * 3000
    here = Interview(tmp_path).see("question 1 of 64")
    here.written = ""
    here.press(f"g{typed}\r").see("is called 999").press("r").see("Review").press(f"{typed}\r").see("is called 999")
    assert here.written.count("\x1b[H") < 200
    assert here.press("q").end() == 0


@pytest.mark.parametrize("size", [(2, 24), (80, 2), (1, 1)])
def test_a_window_of_almost_nothing_still_takes_answers(tmp_path: Path, size: tuple[int, int]) -> None:
    path = resumable(tmp_path)
    here = Interview(tmp_path).see("question 1 of 64")
    here.written = ""
    here.resize(*size).wait_for("\x1b[H")
    here.press("3n\rg\r").press("?\rt\rr").press("q")
    assert here.end() == 0
    assert answered(path)["coalition-mandate"] == "3"
