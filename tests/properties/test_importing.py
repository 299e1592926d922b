"""Whatever an export holds, taking it in gives sound answers or an AllycheckError, and nothing that harms a terminal."""

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from allycheck.answers import Answers
from allycheck.errors import AllycheckError
from allycheck.importing.cells import answer_in, key
from allycheck.importing.exports import Wanted, take
from allycheck.importing.file_names import file_names
from allycheck.importing.platforms import Origin
from allycheck.loading import load_questionnaire, load_sheet
from allycheck.questionnaire import Indicator
from allycheck.writing import answers_text
from tests.unit.cli.small import QUESTIONS

HEADERS = ["charter", "ledger", "charter_reason", "ledger comment", "a/ledger", "G1[charter]", "_id", "Timestamp",
           "submitdate", "organisation", "respondent", "actor", "form", "date", "alliances", "version", "note",
           "questionnaire", "charter. How firm?", "\u202e", "", "x" * 300, "notes", "Name"]  # fmt: skip
CELLS = ["0", "4", "9", "na", "dk", "3 signed", "3 Practised", "4 Absent", "N/A", "small", "other", "quick", "full",
         "2026-11-22", "22.11.2026", "A;B;C;D", "'=1", "=1", "\x1b[31m", "\0", "1.0", "x", "", " ", "\u0663", "a\nb"]  # fmt: skip
cells = st.sampled_from(CELLS) | st.text(max_size=8)
rows = st.lists(st.sampled_from(HEADERS), min_size=1, max_size=8).flatmap(
    lambda head: st.lists(st.lists(cells, min_size=len(head), max_size=len(head)), max_size=4).map(
        lambda body: [head, *body]
    )
)
origins = st.sampled_from([None, Origin.KOBO, Origin.SURVEYJS, Origin.LIMESURVEY, Origin.FORMS])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    (folder := tmp_path_factory.mktemp("import")).joinpath("small.yaml").write_text(QUESTIONS, encoding="utf-8")
    return folder


def taken(folder: Path, name: str, content: bytes, origin: Origin | None) -> None:
    """Every response reads back as the same answers; anything but an AllycheckError fails the test."""
    questionnaire = load_questionnaire(str(folder / "small.yaml"))
    (folder / name).write_bytes(content)
    try:
        read = take(str(folder / name), Wanted(origin, questionnaire=questionnaire))
    except AllycheckError:
        return
    for response in read.taken.responses:
        path = folder / "back.yaml"
        path.write_text(answers_text(response.answers), encoding="utf-8")
        assert load_sheet(str(path), questionnaire).answers == response.answers
        name = next(file_names(response.answers))
        assert Path(name).name == name
        assert len(name.encode()) < 200


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(content=st.binary(max_size=200), name=st.sampled_from(["e.csv", "e.json", "e.xlsx", "e"]), origin=origins)
@example(b"PK\x03\x04", "e.xlsx", None)
@example(b"\xff\xfea", "e.csv", None)
@example(b'"', "e.csv", Origin.KOBO)
@example(b"[[[", "e.json", None)
@example(b'[{"charter": "\\ud800", "a": [[{}]]}]', "e.json", None)
def test_any_bytes_are_read_or_refused(folder: Path, content: bytes, name: str, origin: Origin | None) -> None:
    taken(folder, name, content, origin)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(table=rows, delimiter=st.sampled_from(",;\t"), origin=origins)
def test_any_table_is_read_or_refused(folder: Path, table: list[list[str]], delimiter: str, origin: Origin) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(table)
    taken(folder, "t.csv", text.getvalue().encode("utf-8", "surrogatepass"), origin)
    head, *body = table
    entries = [dict(zip(head, row, strict=True)) for row in body]
    taken(folder, "t.json", json.dumps(entries).encode(), origin)


@given(
    levels=st.lists(st.text(min_size=1, max_size=12), min_size=5, max_size=5, unique_by=key),
    level=st.integers(0, 4),
    mark=st.sampled_from([" ", ": ", ". ", ") ", " - "]),
)
def test_an_answer_led_by_its_number_never_becomes_another_level(levels: list[str], level: int, mark: str) -> None:
    item = Indicator(id="i", ask="?", levels=levels)
    names = ["Absent", "Ad hoc", "Defined", "Practised", "Adaptive"]
    for text in (str(level), f"{level}{mark}{names[level]}", f"{level}{mark}{names[level]}: {levels[level]}"):
        assert answer_in(text, item, names, {}) == ({"answer": level}, False)
    try:
        assert answer_in(f"{level}{mark}{levels[level]}", item, names, {}).entry == {"answer": level}
    except ValueError:
        assert not levels[level][:1].isalpha()


@given(st.text(max_size=300), st.text(max_size=300))
def test_names_of_files_are_safe_whatever_people_are_called(organisation: str, respondent: str) -> None:
    name = next(file_names(Answers(questionnaire="q", organisation=organisation, respondent=respondent)))
    stem = name.removesuffix(".yaml")
    assert stem
    assert not stem.startswith((".", "-", " "))
    assert not set(stem) & set('/\\:*?"<>|.\0\n\t ')
    assert len(name.encode()) < 200
