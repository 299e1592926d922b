"""What no file in a folder can show: files made large, places that are no files, streams that are closed.

Each through the installed command: its exit code, a line that helps, never a traceback, never long.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from allycheck.errors import AllycheckError
from allycheck.interview.saving import open_file
from allycheck.loading import check_questionnaire, load_gates, load_questionnaire, load_sheet
from allycheck.reading import parse, read_bytes

EXAMPLE = Path(__file__).parents[2] / "questionnaires/alliance-readiness/examples/manufacturer.yaml"
HEAD = "questionnaire: alliance-readiness\nactor: state\n"
LONGEST = 10.0
"""Seconds of CPU that the worst of files may cost on a slow machine; without limits they cost minutes."""


def said(path: Path | str) -> str:
    """What is said about a file that is refused, and in good time."""
    start = time.process_time()
    with pytest.raises(AllycheckError) as caught:
        load_sheet(str(path))
    assert time.process_time() - start < LONGEST
    return str(caught.value)


LARGE = {
    "small values": ("- a\n" * 2_400_000, "more than 200000 values"),
    "brackets": ("[" * 100_000, ":1:40: nested more than 40 deep"),
    "braces": ("{" * 100_000, ":1:40: nested more than 40 deep"),
    "dashes": ("- " * 100_000, ":1:79: nested more than 40 deep"),
    "question marks": ("? " * 100_000, ":1:79: nested more than 40 deep"),
    "indents": ("".join(f"{' ' * n}a:\n" for n in range(2_000)), ":40:40: nested more than 40 deep"),
    "json": ('{"a":' * 100_000 + "1" + "}" * 100_000, "nested more than 40 deep"),
    "one line": ("a: [" + "b " * 4_000_000, "not valid YAML"),
    "hashes": ("#" * 9_000_000, "the file is empty"),
    "stars": ("*" * 100_000, "not valid YAML"),
    "quotes": ('"' * 99_999, "not valid YAML"),
    "a long id": (f"questionnaire: {'a-' * 100_000}a\nactor: state\n", "...; name its file"),
    "a long name": (f"questionnaire: alliance-readiness\nactor: {'a' * 100_000}\n", "...; use state"),
}


@pytest.mark.parametrize("name", LARGE)
def test_large_files_are_refused_soon(name: str, tmp_path: Path) -> None:
    content, expected = LARGE[name]
    (tmp_path / "large.yaml").write_text(content)
    assert expected in said(tmp_path / "large.yaml")


def test_a_hundred_megabytes_are_not_even_read(tmp_path: Path) -> None:
    with (tmp_path / "huge.yaml").open("wb") as file:
        file.truncate(100_000_000)
    assert said(tmp_path / "huge.yaml").endswith("huge.yaml: larger than 10 MB; this can't be a file for allycheck")
    assert said("/dev/zero") == "/dev/zero: larger than 10 MB; this can't be a file for allycheck"


def test_of_thirty_thousand_faults_a_thousand_are_told(tmp_path: Path) -> None:
    (tmp_path / "many.yaml").write_text(HEAD + "answers:\n" + "".join(f"  x{n}: 1\n" for n in range(30_000)))
    lines = said(tmp_path / "many.yaml").splitlines()
    assert len(lines) == 1001
    assert lines[0].endswith("many.yaml:4:3: answers.x0: unknown indicator")
    assert lines[-1].endswith("many.yaml: has more faults than these; correct them first")


def test_as_many_indicators_as_there_may_be_score_and_their_faults_are_told_soon(tmp_path: Path) -> None:
    trends = [
        {
            "id": f"t{t}",
            "title": "T",
            "indicators": [
                {"id": f"i{t}-{i}", "ask": "?", "levels": list("abcde"), "requires": [f"i{t}-{i - 1}"] if i % 6 else []}
                for i in range(100)
            ],
        }
        for t in range(10)
    ]
    ids = [item["id"] for trend in trends for item in trend["indicators"]]
    (tmp_path / "big.json").write_text(json.dumps({"id": "big", "version": "1", "title": "Big", "trends": trends}))
    start = time.process_time()
    questionnaire, _ = check_questionnaire(str(tmp_path / "big.json"), strict=False)
    assert time.process_time() - start < LONGEST
    (tmp_path / "wrong.json").write_text(
        json.dumps({"questionnaire": "big", "answers": dict.fromkeys((f"{one}x" for one in ids), 1)})
    )
    with pytest.raises(AllycheckError, match=r"i0-0x: unknown indicator; did you mean i0-0\?"):
        load_sheet(str(tmp_path / "wrong.json"), questionnaire)
    assert time.process_time() - start < 2 * LONGEST


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": "\\ud83d\\ude00"}', "😀"),
        ('{"a": "\\\\ud83d"}', "\\ud83d"),
        ('{"a": "\\/"}', "/"),
        ('\ufeff{"a": "b"}', "b"),
        ('{\n\t"a":\t"b"\n}', "b"),
        ("a: b\r\n", "b"),
        ("a: b\r", "b"),
        ("%YAML 1.1\n---\na: b\n...\n", "b"),
        ("a: no", "no"),
        ("a: 0x10", "0x10"),
        ("a: 2026-01-01", "2026-01-01"),
        ("a: ~", None),
        ("a: ''", ""),
    ],
)
def test_what_is_unusual_but_sound_is_read_as_it_stands(text: str, value: str | None) -> None:
    assert parse(text.removeprefix("\ufeff"), "a.yaml").data == {"a": value}


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_byte_order_marks_and_line_ends_change_nothing(ending: str, mark: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(mark + EXAMPLE.read_text(encoding="utf-8").replace("\n", ending).encode())
    assert load_sheet(str(tmp_path / "a.yaml")).answers == load_sheet(str(EXAMPLE)).answers


def test_places_that_are_no_files(tmp_path: Path) -> None:
    (tmp_path / "one").symlink_to(tmp_path / "two")
    (tmp_path / "two").symlink_to(tmp_path / "one")
    assert said(tmp_path).endswith("this is a folder; name a file")
    assert "too many levels of symbolic links" in said(tmp_path / "one")
    assert "no such file or directory; check the path" in said(tmp_path / "three")
    assert "file name too long" in said("x" * 5000)
    assert "can't be read" in said("a\0b")
    assert said("\x1b[31m\u202e.yaml").startswith("␛[31m.yaml: no such file")


def test_a_file_without_permission_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine.yaml").write_text(HEAD)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert said(tmp_path / "mine.yaml").endswith("mine.yaml: permission denied; check that you may read it")


def test_a_pipe_that_somebody_feeds_is_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with subprocess.Popen(["/bin/sh", "-c", f"cat '{EXAMPLE}' > '{tmp_path / 'pipe'}'"]):
        assert read_bytes(str(tmp_path / "pipe")) == EXAMPLE.read_bytes()


def test_a_gigabyte_to_keep_answers_in_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / "huge.yaml").open("wb") as file:
        file.truncate(1_000_000_000)
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("was opened"))
    monkeypatch.setattr(Path, "read_bytes", lambda *_: pytest.fail("was read"))
    with pytest.raises(AllycheckError, match="larger than 10 MB") as caught:
        open_file(str(tmp_path / "huge.yaml"))
    assert caught.value.exit_code == 3


def test_gates_are_not_waited_for(tmp_path: Path) -> None:
    """Neither a gates file nor the answers that it names may be a pipe or standard input."""
    os.mkfifo(tmp_path / "pipe")
    questionnaire = load_questionnaire()
    for path in ("-", str(tmp_path / "pipe"), "/dev/zero"):
        with pytest.raises(AllycheckError, match="not an ordinary file"):
            load_gates(path, questionnaire)
    (tmp_path / "gates.yaml").write_text("- {kind: no-worse-than, limit: pipe}\n")
    with pytest.raises(AllycheckError, match=r"gates.yaml:1:32: 0.limit: not an ordinary file; name an earlier"):
        load_gates(str(tmp_path / "gates.yaml"), questionnaire)


def test_a_questionnaire_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "trends").mkdir()
    (tmp_path / "questionnaire.yaml").write_text("id: tiny\nversion: '1'\ntitle: T\n")
    os.mkfifo(tmp_path / "trends" / "a.yaml")
    for path in (tmp_path, tmp_path / "trends" / "a.yaml"):
        with pytest.raises(AllycheckError, match=r"a\.yaml: not an ordinary file; name a file here"):
            load_questionnaire(str(path))


def test_gates_that_name_standard_input_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("gates.yaml").write_text("- {kind: no-worse-than, limit: '-'}\n")
    with pytest.raises(AllycheckError, match=r"gates.yaml:1:32: 0.limit: not an ordinary file"):
        load_gates("gates.yaml", load_questionnaire())


def test_gates_that_the_shell_hands_over_are_read() -> None:
    reading, writing = os.pipe()
    os.write(writing, b"- {kind: fail-under, limit: 60}")
    os.close(writing)
    assert [gate.limit for gate in load_gates(f"/dev/fd/{reading}", load_questionnaire())] == ["60"]
    os.close(reading)


def test_a_questionnaire_with_a_group_of_six_is_taken_and_of_seven_refused(tmp_path: Path) -> None:
    def chained(count: int) -> str:
        items = [
            {"id": f"i{n}", "ask": "?", "levels": list("abcde"), "requires": [f"i{n - 1}"] if n else []}
            for n in range(count)
        ]
        content = {
            "id": "linked",
            "version": "1",
            "title": "L",
            "trends": [{"id": "t", "title": "T", "indicators": items}],
        }
        (tmp_path / f"{count}.json").write_text(json.dumps(content))
        return str(tmp_path / f"{count}.json")

    assert len(load_questionnaire(chained(6)).indicators) == 6
    with pytest.raises(AllycheckError, match="7 indicators are linked by requires; link at most 6"):
        load_questionnaire(chained(7))


STREAMS = {
    "report $FILE --format json | head -c 1": (0, ""),
    "report $FILE | head -n 1": (0, ""),
    "report $FILE | true": (0, ""),
    "report $FILE >&-": (6, "error: standard output is closed; name a file with --output"),
    "report $FILE > /dev/full": (6, "error: standard output: no space left on device; free some space or name another place"),
    "report $FILE 2>&- > /dev/null": (0, ""),
    "report $FILE >&- 2>&- <&-": (6, ""),
    "report missing.yaml 2> /dev/full": (3, ""),
    "report missing.yaml 2>&-": (3, ""),
    "report - <&-": (3, "error: standard input: this is closed; name a file, or write one to it"),
    "report - < /dev/null": (3, "error: standard input: the file is empty; start one with: allycheck template > answers.yaml"),
    "report - < $FILE > /dev/null": (0, ""),
    "report /dev/stdin < $FILE > /dev/null": (0, ""),
    "report /dev/null": (3, "error: /dev/null: the file is empty; start one with: allycheck template > answers.yaml"),
    "--version > /dev/full": (6, "error: standard output: no space left on device; free some space or name another place"),
    "--version >&-": (6, "error: standard output is closed; name a file with --output"),
    "--version | true": (0, ""),
    "--help > /dev/full": (6, "error: standard output: no space left on device; free some space or name another place"),
    "--help | true": (0, ""),
}  # fmt: skip


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, str]]:
    """Every command at once, since most of the time is spent in starting."""
    folder = tmp_path_factory.mktemp("streams")
    running = {}
    for command in STREAMS:
        first, pipe, rest = command.partition(" | ")
        line = f'"$PYTHON" -m allycheck {first}{pipe}{rest}; exit ${{PIPESTATUS[0]}}'
        running[command] = subprocess.Popen(
            ["/bin/bash", "-c", line],
            cwd=folder,
            env=os.environ | {"PYTHON": sys.executable, "FILE": str(EXAMPLE)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
    done = {command: process.communicate(timeout=60)[1] for command, process in running.items()}
    return {command: (process.returncode, done[command]) for command, process in running.items()}


@pytest.mark.skipif(not Path("/dev/full").exists() or not Path("/bin/bash").exists(), reason="needs bash and /dev/full")
@pytest.mark.parametrize("command", STREAMS)
def test_streams_that_are_closed_full_or_cut_off(command: str, ran: dict[str, tuple[int, str]]) -> None:
    code, error = ran[command]
    assert (code, error.strip()) == STREAMS[command]
