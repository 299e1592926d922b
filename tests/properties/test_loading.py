"""Whatever a file holds, reading it gives a model or an AllycheckError, and nothing that could harm a terminal."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from allycheck.building_report import build_report
from allycheck.errors import AllycheckError
from allycheck.loading import check_questionnaire, load_questionnaire, load_sheet
from allycheck.render.formats import Format, render
from allycheck.scoring import score
from allycheck.text import printable
from tests.reference.generated import answers, as_file, questionnaires

ODD = ["no", "on", "Yes", "true", "1_0", ".5", "5.", "1e3", ".nan", ".inf", "-.inf", "0x10", "010", "0o7", "2026-01-01", "12:30:45", "-1", "+1", "1.50", "0", "null", "~", "<<", "*x", "3", "5", "default", "overall", "level", "[]", "{}", "[[1]]", "{a:1}", "[null]", "?1", "١", "''", "'", "'", '"3"', '"3\\u0020"', '"{org"', '"{nope}"', '"\\e[31m\\u202Ex"', '"\\0"', "!!int", "3", "!!binary", "x"]  # fmt: skip
ODD += ["9" * 400, "{a: {b: [c]}}", "&y z", "a: b", "|\n  a", "[a, b]", "", "!!python/object:os.system x"]
yamlish = st.lists(
    st.sampled_from([*"abc:-?,[]{}&*!|>'\"%@`# \n\t\\0", "id", "trends", "answers", "actor", "\x1b", "\u202e", "\ud800"]), max_size=40
).map("".join)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    (folder := tmp_path_factory.mktemp("read")).joinpath("tiny.yaml").write_text(
        "id: tiny\nversion: '1'\ntitle: T\ntrends:\n- {id: a, title: A, indicators: [{id: a1, ask: Q, levels: [a, b, c, d, e]}]}\n"
    )
    return folder


def outcome(path: Path, questionnaire: Path | str) -> str:
    """The report of the file, or what is said about it; anything but an AllycheckError fails the test."""
    try:
        sheet = load_sheet(str(path), load_questionnaire(str(questionnaire)))
    except AllycheckError as error:
        return "\n".join(printable(str(fault)) for fault in error.faults)
    report = build_report(score(sheet.questionnaire, sheet.answers), sheet.answers)
    return render(report, Format.JSON) + render(report, Format.TEXT)


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.text(max_size=100).map(str.encode),
        yamlish.map(lambda text: text.encode("utf-8", "surrogatepass")),
    )
)
@example(b"\xef\xbb\xbfquestionnaire: tiny")
@example(b"? [a]\n: b\n? {c: d}\n: e\n? ''\n: f\n")
@example(b'{"a": "\\ud800", "b": "\\udc00\\ud800"}')
@example(b"&a [*a, &a {x: *a}]")
@example(b"%YAML 9.9\n---\n")
def test_any_bytes_give_a_model_or_an_error(folder: Path, content: bytes) -> None:
    (folder / "any.yaml").write_bytes(content)
    said = outcome(folder / "any.yaml", folder / "tiny.yaml") + outcome(folder / "tiny.yaml", folder / "any.yaml")
    assert said
    assert not {char for char in said if char < " "} - {"\n"}


def places(value: Any, loc: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place in a document."""
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [loc, *(place for key, entry in entries for place in places(entry, (*loc, key)))]


def written(value: Any, odd: dict[tuple[str | int, ...], str], loc: tuple[str | int, ...] = ()) -> str:
    """The document as YAML of one line, with odd text in some places."""
    if loc in odd:
        return odd[loc]
    if isinstance(value, dict):
        return (
            "{"
            + ", ".join(f"{json.dumps(key)}: {written(entry, odd, (*loc, key))}" for key, entry in value.items())
            + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(written(entry, odd, (*loc, n)) for n, entry in enumerate(value)) + "]"
    return json.dumps(value)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_odd_values_anywhere_give_a_model_or_an_error(folder: Path, data: st.DataObject) -> None:
    questionnaire = data.draw(questionnaires())
    sheet = data.draw(answers(questionnaire))
    for name, content in (("q.yaml", questionnaire), ("a.yaml", sheet)):
        odd = st.dictionaries(st.sampled_from(places(content)), st.sampled_from(ODD), max_size=2)
        (folder / name).write_text(written(content, data.draw(odd)))
    said = outcome(folder / "a.yaml", folder / "q.yaml")
    assert said
    assert "?1" not in said.replace("'?1'", "")
    assert "Input should" not in said


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(questionnaires())
def test_a_folder_and_one_file_have_the_same_digest(folder: Path, content: dict[str, Any]) -> None:
    (folder / "one.json").write_text(as_file(content))
    whole = folder / "whole"
    for kind in ("trends", "actors"):
        (whole / kind).mkdir(parents=True, exist_ok=True)
        for old in (whole / kind).iterdir():
            old.unlink()
        for n, entry in enumerate(content.get(kind, [])):
            (whole / kind / f"{n}.yaml").write_text(as_file(entry))
    (whole / "questionnaire.yaml").write_text(
        as_file({key: value for key, value in content.items() if key not in {"trends", "actors"}})
    )
    one, _ = check_questionnaire(str(folder / "one.json"), strict=False)
    other, _ = check_questionnaire(str(whole), strict=False)
    assert one == other
    assert one.digest == other.digest
    assert one.digest.startswith("sha256:")
