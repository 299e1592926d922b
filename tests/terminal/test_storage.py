"""Full disks, read-only folders, other sessions: each is told plainly, and nothing is lost."""

import contextlib
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal.real import Interview, answered, resumable, run

ENTER = "\r"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system with room for little."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16k", "none", disk], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("mounting a small file system is not allowed here")
    yield disk
    subprocess.run(["umount", "-l", disk], check=True)


def fill(disk: Path) -> None:
    """Write until nothing more fits."""
    with (disk / "filler").open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while file.write(b"x" * 512):
            pass


def test_a_full_disk_is_told_at_once_and_another_path_taken(small_disk: Path, tmp_path: Path) -> None:
    path = resumable(small_disk)
    there = tmp_path / "elsewhere.yaml"
    here = Interview(small_disk).see("question 1 of 64").press("3").see("Saved FC1 = 3")
    fill(small_disk)
    here.press("4").see("Your answers are not saved.").see("no space left on device")
    assert answered(path)["coalition-mandate"] == "3"
    here.press(f"{there}{ENTER}").see("Saved FC2 = 4").press("1").see("Saved FC3 = 1").press("q")
    assert here.end() == 0
    assert list(answered(there).values()) == ["3", "4", "1", "2"]
    assert list(answered(path).values()) == ["3", "2"]
    assert f"allycheck assess {there}" in here.last_words


def test_when_there_is_room_again_enter_is_enough(small_disk: Path) -> None:
    path = resumable(small_disk)
    here = Interview(small_disk).see("question 1 of 64")
    fill(small_disk)
    here.press("4").see("Your answers are not saved.")
    (small_disk / "filler").unlink()
    here.press(ENTER).see("Saved FC1 = 4").press("q")
    assert here.end() == 0
    assert answered(path)["coalition-mandate"] == "4"


def test_giving_up_says_only_what_is_really_saved(small_disk: Path) -> None:
    path = resumable(small_disk)
    here = Interview(small_disk).see("question 1 of 64").press("3").see("Saved FC1")
    fill(small_disk)
    here.press("4").see("Your answers are not saved.").press("\x03")
    assert here.end() == 130
    assert "2 answers saved in answers.yaml." in here.last_words
    assert list(answered(path).values()) == ["3", "2"]


def test_a_full_disk_without_a_terminal_is_6(small_disk: Path) -> None:
    path = resumable(small_disk)
    before = path.read_bytes()
    fill(small_disk)
    done = run(small_disk, "--set", "FC1=3")
    assert done.returncode == 6
    assert "no space left on device" in done.stderr
    assert path.read_bytes() == before


def test_a_folder_that_cannot_be_written_is_told_before_the_first_question(tmp_path: Path) -> None:
    here = Interview(tmp_path, "nowhere/answers.yaml", "--actor", "state", "--form", "quick")
    here.press(f"{ENTER}{ENTER}{ENTER}").see("Your answers are not saved.").see("no such file or directory")
    here.press(f"here.yaml{ENTER}").see("question 1 of 22").press("q")
    assert here.end() == 0
    assert (tmp_path / "here.yaml").exists()


def test_a_read_only_folder_is_told_at_once(small_disk: Path) -> None:
    resumable(small_disk)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    here = Interview(small_disk).see("question 1 of 64").press("3")
    here.see("Your answers are not saved.").see("read-only").press("\x03")
    assert here.end() == 130


def test_a_read_only_file_is_not_replaced(tmp_path: Path) -> None:
    path = resumable(tmp_path)
    before = path.read_bytes()
    path.chmod(0o400)
    here = (
        Interview(tmp_path, mortal=True).see("question 1 of 64").press("3").see("this file is read-only").press("\x03")
    )
    assert here.end() == 130
    assert path.read_bytes() == before


def test_two_sessions_on_one_file_keep_both_peoples_answers(tmp_path: Path) -> None:
    path = resumable(tmp_path)
    first, second = Interview(tmp_path).see("question 1 of 64"), Interview(tmp_path).see("question 1 of 64")
    first.press("3").see("Saved FC1 = 3")
    second.press("1").see("Saved FC1 = 1").see("answers.yaml was changed by someone else")
    first.press("3").see("Saved FC2 = 3").press("q")
    second.press("1").see("Saved FC2 = 1").press("q")
    assert (first.end(), second.end()) == (0, 0)
    assert list(answered(path).values()) == ["3", "3", "2"]
    beside = tmp_path / "answers.yaml.conflict-1"
    assert list(answered(beside).values()) == ["1", "1", "2"]
    assert "allycheck assess answers.yaml.conflict-1" in second.last_words
    assert "Note: answers.yaml was changed by someone else" in second.last_words


def test_a_file_edited_meanwhile_stays_as_edited(tmp_path: Path) -> None:
    path = resumable(tmp_path)
    here = Interview(tmp_path).see("question 1 of 64").press("3").see("Saved FC1")
    path.write_text("edited by hand")
    here.press("4").see("Saved FC2 = 4").see("answers.yaml.conflict-1").press("q")
    assert here.end() == 0
    assert path.read_text() == "edited by hand"
    assert list(answered(tmp_path / "answers.yaml.conflict-1").values()) == ["3", "4", "2"]


def test_a_hand_written_file_is_copied_before_it_is_rewritten(tmp_path: Path) -> None:
    path = resumable(tmp_path)
    content = f"# what we said on Monday\n{path.read_text()}"
    path.write_text(content)
    here = Interview(tmp_path).see("question 1 of 64").press("3").see("the file as it was is answers.yaml.bak")
    assert here.press("q").end() == 0
    assert (tmp_path / "answers.yaml.bak").read_text() == content
    assert (tmp_path / "answers.yaml.bak").stat().st_mode & 0o777 == 0o600


def test_answers_to_retired_indicators_are_kept_and_named(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(
        'id: own\nversion: "1.1"\ntitle: Own\nretired: [{id: old-one}]\ntrends:\n- id: one\n  title: One\n'
        "  indicators:\n  - {id: it, ask: It?, levels: [a, b, c, d, e]}\n"
    )
    path = tmp_path / "answers.yaml"
    path.write_text('questionnaire: own\nversion: "1.0"\nanswers: {old-one: 3}\n')
    here = Interview(tmp_path, "--questionnaire", "own.yaml").see(
        "1 answer to retired indicators kept, not scored: old-one"
    )
    here.press(f"{ENTER}").see("It?").press("2").see("Everything is answered.").press("q")
    assert here.end() == 0
    assert answered(path) == {"it": "2", "old-one": "3"}
    assert 'version: "1.1"' in path.read_text()
    assert "allycheck assess answers.yaml --questionnaire own.yaml\n" in here.last_words
