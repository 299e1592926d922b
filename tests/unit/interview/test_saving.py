"""The answers file: nothing of anybody is ever lost."""

import json
import os
import stat
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from allycheck.answers import Answers
from allycheck.errors import AllycheckError, OutputError
from allycheck.interview import saving
from allycheck.interview.saving import AnswersFile, is_hand_written, open_file
from allycheck.writing import answers_text
from tests.unit.interview.small import answers

HAND_WRITTEN = "# mine\nquestionnaire: small\nanswers:\n  depth: 2\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "answers.yaml"


def opened(path: Path, held: Answers | None = None) -> AnswersFile:
    file, content = open_file(str(path))
    if held is not None:
        file.holds(held, hand_written=is_hand_written(content, held, str(path)))
    return file


def names(path: Path) -> list[str]:
    return sorted(entry.name for entry in path.parent.iterdir())


def test_a_new_file_is_readable_by_its_owner_only(path: Path) -> None:
    assert opened(path).save(answers({"depth": 3})) == ""
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text() == answers_text(answers({"depth": 3}))
    assert names(path) == ["answers.yaml"]


def test_a_hand_written_file_is_kept_once_before_the_first_rewrite(path: Path) -> None:
    path.write_text(HAND_WRITTEN)
    file = opened(path, answers({"depth": 2}))
    assert "answers.yaml.bak" in file.save(answers({"depth": 3}))
    assert file.save(answers({"depth": 4})) == ""
    assert Path(f"{path}.bak").read_text() == HAND_WRITTEN
    assert stat.S_IMODE(Path(f"{path}.bak").stat().st_mode) == 0o600
    assert path.read_text() == answers_text(answers({"depth": 4}))


def test_a_file_of_our_own_needs_no_backup(path: Path) -> None:
    opened(path).save(answers({"depth": 2}))
    assert opened(path, answers({"depth": 2})).save(answers({"depth": 3})) == ""
    assert names(path) == ["answers.yaml"]


def test_answers_that_did_not_change_are_not_written(path: Path) -> None:
    file = opened(path)
    file.save(answers())
    before = path.stat().st_mtime_ns
    file.save(answers())
    assert path.stat().st_mtime_ns == before


def test_a_file_changed_by_someone_else_is_left_alone_and_the_answers_kept_beside_it(path: Path) -> None:
    file = opened(path)
    file.save(answers({"depth": 2}))
    path.write_text("questionnaire: small\n")
    assert file.save(answers({"depth": 3})) == (
        f"{path} was changed by someone else; your answers are in {path}.conflict-1 now"
    )
    assert file.save(answers({"depth": 4})) == ""
    assert path.read_text() == "questionnaire: small\n"
    assert Path(f"{path}.conflict-1").read_text() == answers_text(answers({"depth": 4}))
    assert file.path == f"{path}.conflict-1"


def test_every_conflict_gets_a_name_of_its_own(path: Path) -> None:
    first, second = opened(path), opened(path)
    first.save(answers({"depth": 1}))
    second.save(answers({"depth": 2}))
    path.write_text("changed again")
    first.save(answers({"depth": 3}))
    assert names(path) == ["answers.yaml", "answers.yaml.conflict-1", "answers.yaml.conflict-2"]
    assert "depth: 3" in Path(f"{path}.conflict-2").read_text()


def test_a_file_that_was_taken_away_is_written_again(path: Path) -> None:
    file = opened(path)
    file.save(answers({"depth": 2}))
    path.unlink()
    assert file.save(answers({"depth": 3})) == ""
    assert "depth: 3" in path.read_text()


def test_a_hand_written_file_that_someone_else_changed_is_left_alone_and_needs_no_copy(path: Path) -> None:
    path.write_text(HAND_WRITTEN)
    file = opened(path, answers({"depth": 2}))
    path.write_text("# theirs\n")
    assert file.save(answers({"depth": 3})) == (
        f"{path} was changed by someone else; your answers are in {path}.conflict-1 now"
    )
    assert file.save(answers({"depth": 4})) == ""
    assert path.read_text() == "# theirs\n"
    assert names(path) == ["answers.yaml", "answers.yaml.conflict-1"]


def test_a_hand_written_file_whose_answers_move_elsewhere_stays_as_it_is_and_needs_no_copy(path: Path) -> None:
    path.write_text(HAND_WRITTEN)
    file = opened(path, answers({"depth": 2}))
    elsewhere = path.with_name("elsewhere.yaml")
    file.move_to(str(elsewhere))
    assert file.save(answers({"depth": 3})) == ""
    assert path.read_text() == HAND_WRITTEN
    assert elsewhere.read_text() == answers_text(answers({"depth": 3}))
    assert names(path) == ["answers.yaml", "elsewhere.yaml"]


NOBODY = 65534


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder in which everybody may write, and nobody here is root, who may write to any file."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        if os.geteuid() != 0:
            yield Path(folder)
            return
        os.setresuid(NOBODY, NOBODY, 0)
        try:
            yield Path(folder)
        finally:
            os.setresuid(0, 0, 0)


def test_a_read_only_file_is_not_replaced_though_its_folder_would_let_it(shared: Path) -> None:
    path = shared / "answers.yaml"
    file = opened(path)
    file.save(answers({"depth": 2}))
    path.chmod(0o400)
    with pytest.raises(OutputError, match="this file is read-only"):
        file.save(answers({"depth": 3}))
    assert path.read_text() == answers_text(answers({"depth": 2}))
    file.move_to(str(shared / "elsewhere.yaml"))
    file.save(answers({"depth": 3}))
    assert names(path) == ["answers.yaml", "elsewhere.yaml"]


def test_a_failure_is_told_and_another_path_can_be_taken(path: Path, tmp_path: Path) -> None:
    file = opened(tmp_path / "nowhere" / "answers.yaml")
    with pytest.raises(OutputError):
        file.save(answers({"depth": 2}))
    assert file.saved is None
    file.move_to(str(path))
    file.save(answers({"depth": 2}))
    assert path.exists()


def test_another_path_must_be_a_new_file(path: Path) -> None:
    path.write_text("somebody's")
    with pytest.raises(OutputError, match="there is a file already"):
        opened(path).move_to(str(path))


def test_a_folder_or_a_device_is_no_answers_file(tmp_path: Path) -> None:
    with pytest.raises(AllycheckError, match="this is a folder"):
        open_file(str(tmp_path))
    with pytest.raises(AllycheckError, match="not an ordinary file"):
        open_file("/dev/null")


def test_a_file_below_a_file_cannot_be_opened(path: Path) -> None:
    path.write_text("")
    with pytest.raises(OutputError, match="not a directory"):
        open_file(str(path / "answers.yaml"))


def test_a_file_called_json_stays_json(tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    path.write_text('{"questionnaire": "small", "answers": {"depth": 2}}')
    given = {"breadth": "na", "depth": {"answer": 2, "comment": "so-so"}}
    assert "answers.json.bak" in opened(path, answers({"depth": 2})).save(answers(given))
    assert json.loads(path.read_text()) == {"questionnaire": "small", "form": "full", "answers": given}


def test_a_link_stays_a_link(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere.yaml"
    path.symlink_to(target)
    opened(path).save(answers({"depth": 2}))
    assert path.is_symlink()
    assert "depth: 2" in target.read_text()


def test_another_session_that_is_just_writing_is_waited_for_but_not_for_ever(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fcntl = pytest.importorskip("fcntl")
    monkeypatch.setattr(saving, "_PATIENCE", 0.05)
    handle = os.open(path.parent, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    begun = time.monotonic()
    opened(path).save(answers({"depth": 3}))
    waited = time.monotonic() - begun
    os.close(handle)
    assert waited >= 0.05
    assert "depth: 3" in path.read_text()


def names_and_texts(path: Path) -> dict[str, str]:
    return {entry.name: entry.read_text() for entry in path.parent.iterdir()}


def test_the_first_backup_stays_and_later_ones_are_numbered(path: Path) -> None:
    for week in ("first", "second", "third"):
        path.write_text(f"# {week}\n{HAND_WRITTEN}")
        opened(path, answers({"depth": 2})).save(answers({"depth": 3}))
    found = names_and_texts(path)
    assert {name: found[name].splitlines()[0] for name in found} == {
        "answers.yaml": "questionnaire: small",
        "answers.yaml.bak": "# first",
        "answers.yaml.bak-2": "# second",
        "answers.yaml.bak-3": "# third",
    }


@pytest.mark.parametrize("there", [True, False])
def test_a_backup_is_never_written_through_a_link(path: Path, tmp_path: Path, there: bool) -> None:
    elsewhere = tmp_path / "elsewhere"
    if there:
        elsewhere.write_text("somebody's")
    Path(f"{path}.bak").symlink_to(elsewhere)
    path.write_text(HAND_WRITTEN)
    assert f"{path}.bak-2" in opened(path, answers({"depth": 2})).save(answers({"depth": 3}))
    assert Path(f"{path}.bak").is_symlink()
    assert Path(f"{path}.bak-2").read_text() == HAND_WRITTEN
    assert (elsewhere.read_text() if elsewhere.exists() else None) == ("somebody's" if there else None)


def test_a_conflict_copy_is_never_written_through_a_link(path: Path, tmp_path: Path) -> None:
    file = opened(path)
    file.save(answers({"depth": 2}))
    path.write_text("theirs")
    Path(f"{path}.conflict-1").symlink_to(tmp_path / "elsewhere")
    file.save(answers({"depth": 3}))
    assert file.path == f"{path}.conflict-2"
    assert not (tmp_path / "elsewhere").exists()


def test_a_file_that_becomes_a_link_was_changed_by_someone_else(path: Path, tmp_path: Path) -> None:
    """Also where the link leads to the very same content."""
    elsewhere = tmp_path / "elsewhere"
    file = opened(path)
    file.save(answers({"depth": 2}))
    path.rename(elsewhere)
    path.symlink_to(elsewhere)
    assert "was changed by someone else" in file.save(answers({"depth": 3}))
    assert elsewhere.read_text() == answers_text(answers({"depth": 2}))
    assert "depth: 3" in Path(f"{path}.conflict-1").read_text()


def test_a_link_that_leads_elsewhere_meanwhile_was_changed_by_someone_else(path: Path, tmp_path: Path) -> None:
    path.symlink_to(tmp_path / "first")
    file = opened(path)
    file.save(answers({"depth": 2}))
    path.unlink()
    path.symlink_to(tmp_path / "second")
    assert "was changed by someone else" in file.save(answers({"depth": 3}))
    assert not (tmp_path / "second").exists()
    assert "depth: 2" in (tmp_path / "first").read_text()


def test_another_path_is_no_link_either(path: Path, tmp_path: Path) -> None:
    file = opened(path)
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    with pytest.raises(OutputError, match="there is a file already"):
        file.move_to(str(tmp_path / "link"))


def test_the_same_answers_are_written_again_where_the_file_was_taken_away(path: Path) -> None:
    file = opened(path)
    file.save(answers({"depth": 2}))
    path.unlink()
    assert file.save(answers({"depth": 2})) == ""
    assert path.read_text() == answers_text(answers({"depth": 2}))


def test_what_was_saved_is_put_back_at_the_end_if_it_was_taken_away(path: Path) -> None:
    file = opened(path)
    file.put_back()
    assert not path.exists()
    file.save(answers({"depth": 2}))
    path.unlink()
    file.put_back()
    assert path.read_text() == answers_text(answers({"depth": 2}))
    path.write_text("theirs")
    file.put_back()
    assert path.read_text() == "theirs"


def test_a_hand_written_file_without_a_change_is_not_rewritten(path: Path) -> None:
    path.write_text(HAND_WRITTEN)
    assert opened(path, answers({"depth": 2})).save(answers({"depth": 2})) == ""
    assert names_and_texts(path) == {"answers.yaml": HAND_WRITTEN}
