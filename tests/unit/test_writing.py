"""Answers to files and back."""

import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from allycheck.answers import Answers
from allycheck.errors import OutputError
from allycheck.fields import ID_PATTERN
from allycheck.reading import parse
from allycheck.shapes import validated
from allycheck.writing import (
    OWNER_ONLY,
    answers_json,
    answers_text,
    id_text,
    quoted,
    sweep,
    write_atomically,
    write_new,
)

TEXTS = st.text(st.characters(blacklist_categories=["Cs"]), max_size=20)
ANYTHING = st.text(st.characters() | st.characters(categories=["Cs", "Cc", "Zl"]), max_size=20)
# Ids by their pattern, and those that YAML could take for something else.
IDS = st.from_regex(ID_PATTERN[1:-1], fullmatch=True) | st.sampled_from(
    [
        "null",
        "true",
        "false",
        "yes",
        "no",
        "on",
        "off",
        "y",
        "n",
        "1",
        "0x1",
        "010",
        "0o7",
        "1e3",
        "1-0",
        "2026-11-22",
        "inf",
        "nan",
    ]
)
NOTES = st.fixed_dictionaries({}, optional={"reason": TEXTS, "evidence": TEXTS, "comment": TEXTS})
ENTRIES = st.one_of(
    st.sampled_from([0, 4, "na", "dk", None]),
    st.builds(lambda value, notes: {"answer": value} | notes, st.sampled_from([0, 2, "na", "dk", None]), NOTES),
)
SHEETS = st.fixed_dictionaries(
    {"questionnaire": st.just("small"), "answers": st.dictionaries(st.sampled_from(["a", "no", "1", "null", "on"]), ENTRIES)},
    optional={
        "version": st.just("1.10"), "organisation": TEXTS, "actor": st.just("state"), "form": st.sampled_from(["full", "quick"]),
        "respondent": TEXTS, "respondents": st.integers(0, 99), "note": TEXTS, "date": st.just("2026-11-22"),
        "alliances": st.lists(TEXTS, max_size=3),
    },
)  # fmt: skip


def read(text: str) -> Answers:
    source = parse(text, "f")
    answers, faults = validated(Answers, source.data)
    assert answers is not None
    assert faults == source.faults == []
    return answers


@settings(max_examples=150, deadline=None)
@given(SHEETS)
def test_what_is_written_reads_back_the_same(content: dict[str, Any]) -> None:
    answers = Answers.model_validate(content)
    assert read(answers_text(answers)) == answers
    assert read(answers_text(answers, comment="first\n\nsecond")) == answers


@settings(max_examples=100, deadline=None)
@given(SHEETS)
def test_json_reads_back_the_same(content: dict[str, Any]) -> None:
    answers = Answers.model_validate(content)
    assert read(answers_json(answers)) == answers
    json.loads(answers_json(answers))


@settings(max_examples=150, deadline=None)
@given(ANYTHING, st.booleans())
def test_any_text_is_written_so_that_it_reads_back(text: str, as_json: bool) -> None:
    """Bytes that are no UTF-8 arrive from the command line as halves of characters, which no file can hold."""
    note = {"answer": "na", "reason": text, "evidence": text, "comment": text}
    content: dict[str, Any] = {"questionnaire": "small", "organisation": text, "note": text, "alliances": [text]}
    answers = Answers.model_validate(content | {"answers": {"a": note}})
    back = read(answers_json(answers) if as_json else answers_text(answers, comment=text))
    whole = "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
    expected = dict.fromkeys(("reason", "evidence", "comment"), whole)
    assert back.to("a").model_dump() == {"answer": "na"} | expected
    assert (back.organisation, back.note, back.alliances) == (whole, whole, [whole])


@settings(max_examples=150, deadline=None)
@given(IDS, IDS)
def test_any_id_is_written_so_that_it_reads_back_as_text(one: str, other: str) -> None:
    answers = Answers.model_validate({"questionnaire": one, "actor": other, "answers": {one: 3, other: "dk"}})
    for text in (answers_text(answers), answers_json(answers)):
        assert read(text) == answers
        # and so for any other reader of YAML or JSON
        content = yaml.safe_load(text)
        assert (content["questionnaire"], content["actor"], [*content["answers"]]) == (one, other, [*answers.answers])


def test_ids_stand_bare_where_nobody_can_mistake_them() -> None:
    assert [id_text(name) for name in ("sunset-exit", "nullable", "null", "no", "1", "2026-11-22", "0x1")] == [
        "sunset-exit", "nullable", '"null"', '"no"', '"1"', '"2026-11-22"', '"0x1"',
    ]  # fmt: skip


def test_a_file_as_it_is_written() -> None:
    answers = Answers.model_validate(
        {
            "questionnaire": "small",
            "version": "1.0",
            "organisation": "No",
            "alliances": ["One: two"],
            "answers": {"a": 3, "b": {"answer": "na", "reason": 'so "it" is\n'}, "c": None, "d": {"comment": "later"}},
        }
    )
    assert answers_text(answers, comment="Written by hand") == (
        '# Written by hand\nquestionnaire: small\nversion: "1.0"\norganisation: "No"\nform: full\nalliances: ["One: two"]\n'
        'answers:\n  a: 3\n  b: {answer: na, reason: "so \\"it\\" is\\n"}\n  c:\n  d: {comment: "later"}\n'
    )


def test_a_text_in_quotes_stays_on_one_line() -> None:
    assert quoted('a"b\\c\nd\te\x1b\u202e😀\U0010ffff') == '"a\\"b\\\\c\\nd\\te\\x1b\\u202e😀\\U0010ffff"'


def test_a_file_is_replaced_whole_with_the_mode_that_was_asked_for(tmp_path: Path) -> None:
    target = tmp_path / "a.yaml"
    write_atomically(str(target), "one", mode=OWNER_ONLY)
    assert (target.read_text(), stat.S_IMODE(target.stat().st_mode)) == ("one", 0o600)
    old = os.umask(0o027)
    try:
        write_atomically(str(target), b"two")
    finally:
        os.umask(old)
    assert (target.read_text(), stat.S_IMODE(target.stat().st_mode)) == ("two", 0o640)
    assert [path.name for path in tmp_path.iterdir()] == ["a.yaml"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write_atomically(str(tmp_path / "link"), "x")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "x"


def test_where_writing_fails_the_old_file_stays_and_nothing_else_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.yaml"
    target.write_text("old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="no space left on device; name another place"):
        write_atomically(str(target), "new")
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.yaml"]


def test_the_text_reaches_the_disk_before_the_name_and_then_the_name_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the second flush a power cut could leave the folder with the old file, whatever was said of the new one."""
    target = tmp_path / "a.yaml"
    target.write_text("old")
    flushed: list[tuple[str, str]] = []

    def watched(handle: int) -> None:
        is_folder = os.path.samestat(os.fstat(handle), tmp_path.stat())
        flushed.append(("folder" if is_folder else "file", target.read_text()))

    monkeypatch.setattr(os, "fsync", watched)
    write_atomically(str(target), "new")
    assert flushed == [("file", "old"), ("folder", "new")]


def test_a_pipe_takes_the_text_and_stays_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    reading = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    write_atomically(str(tmp_path / "pipe"), "text")
    assert os.read(reading, 10) == b"text"
    os.close(reading)
    assert (tmp_path / "pipe").is_fifo()


def test_a_folder_can_not_be_written(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="is a directory; name another place"):
        write_atomically(str(tmp_path), "x")


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError) as caught:
        write_atomically(str(tmp_path / "none" / "a.yaml"), "x")
    assert caught.value.exit_code == 6


def test_a_new_file_takes_only_a_name_that_nothing_has(tmp_path: Path) -> None:
    target = tmp_path / "a.yaml.bak"
    write_new(str(target), b"old")
    assert (target.read_bytes(), stat.S_IMODE(target.stat().st_mode)) == (b"old", 0o600)
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for taken in (target, tmp_path / "link", tmp_path):
        with pytest.raises(FileExistsError):
            write_new(str(taken), b"new")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.yaml.bak", "link"]
    assert target.read_bytes() == b"old"


def test_a_new_file_is_whole_where_there_are_no_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    target = tmp_path / "a.yaml.bak"
    write_new(str(target), b"old")
    with pytest.raises(FileExistsError):
        write_new(str(target), b"new")
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.yaml.bak"]


def test_a_new_file_in_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="no such file or directory"):
        write_new(str(tmp_path / "none" / "a.yaml.bak"), b"x")


def test_a_link_is_replaced_where_it_must_not_be_followed(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    (tmp_path / "a.yaml").symlink_to(tmp_path / "real")
    write_atomically(str(tmp_path / "a.yaml"), "new", through_link=False)
    assert not (tmp_path / "a.yaml").is_symlink()
    assert (tmp_path / "real").read_text() == "old"


def test_a_name_as_long_as_a_name_may_be_can_be_written(tmp_path: Path) -> None:
    """255 bytes are 85 Chinese characters."""
    target = tmp_path / ("\u8054" * 85)
    write_atomically(str(target), "x")
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


HALF_WRITTEN = """
import os, signal, sys
from allycheck import writing
os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)
writing.write_atomically(sys.argv[1], "new")
"""


def left_over(target: Path) -> Path:
    """A real one: a process that is killed in the middle of writing."""
    before = set(target.parent.iterdir())
    done = subprocess.run([sys.executable, "-c", HALF_WRITTEN, str(target)], check=False)
    assert done.returncode == -signal.SIGKILL
    (found,) = set(target.parent.iterdir()) - before
    return found


@pytest.mark.parametrize("name", ["a.yaml", "a.yaml.bak", "a.yaml.conflict-1"])
def test_what_a_killed_process_left_is_swept(tmp_path: Path, name: str) -> None:
    found = left_over(tmp_path / name)
    assert found.name.startswith(f".{name}.allycheck-")
    assert stat.S_IMODE(found.stat().st_mode) == 0o600
    sweep(str(tmp_path / "a.yaml"))
    assert list(tmp_path.iterdir()) == []


def test_behind_a_link_it_is_swept_too(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    left_over(tmp_path / "folder" / "real.yaml")
    (tmp_path / "a.yaml").symlink_to(tmp_path / "folder" / "real.yaml")
    sweep(str(tmp_path / "a.yaml"))
    assert list((tmp_path / "folder").iterdir()) == []


def test_what_may_be_anybody_elses_is_not_swept(tmp_path: Path) -> None:
    target = tmp_path / "a.yaml"
    ours = left_over(target).name
    gone = ours.split("-")[1]
    kept = [
        f".a.yaml.allycheck-{os.getpid()}-abcdefgh",  # somebody is writing it
        f".b.yaml.allycheck-{gone}-abcdefgh",  # another file's
        f".a.yaml.allycheck-{gone}-abcdefgh.txt",
        f".a.yaml.allycheck-{gone}-abc",
        f"a.yaml.allycheck-{gone}-abcdefgh",
        ".a.yaml.abcdefgh",
        ".a.yaml.swp",
        "a.yaml",
    ]
    for name in kept:
        (tmp_path / name).write_text("")
    (tmp_path / f".a.yaml.allycheck-{gone}-linklink").symlink_to(target)
    (tmp_path / f".a.yaml.allycheck-{gone}-folderxx").mkdir()
    os.mkfifo(tmp_path / f".a.yaml.allycheck-{gone}-pipepipe")
    before = {path.name for path in tmp_path.iterdir()}
    sweep(str(target))
    assert {path.name for path in tmp_path.iterdir()} == before - {ours}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a file somebody else's")
def test_another_users_file_is_not_swept(tmp_path: Path) -> None:
    found = left_over(tmp_path / "a.yaml")
    os.chown(found, 65534, 65534)
    sweep(str(tmp_path / "a.yaml"))
    assert list(tmp_path.iterdir()) == [found]


def test_an_old_one_is_swept_though_its_number_belongs_to_another_process_now(tmp_path: Path) -> None:
    found = tmp_path / f".a.yaml.allycheck-{os.getpid()}-abcdefgh"
    found.write_text("")
    os.utime(found, (0, 0))
    sweep(str(tmp_path / "a.yaml"))
    assert list(tmp_path.iterdir()) == []


def test_sweeping_where_there_is_no_folder_is_nothing(tmp_path: Path) -> None:
    sweep(str(tmp_path / "none" / "a.yaml"))
