"""The map file: what it takes, what it refuses and where."""

from pathlib import Path

import pytest

from allycheck.errors import AllycheckError
from allycheck.importing.exports import Wanted, take
from allycheck.importing.mapping import load_map
from allycheck.loading import load_questionnaire
from tests.unit.cli.small import QUESTIONS


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("small.yaml").write_text(QUESTIONS, encoding="utf-8")


def write(text: str) -> None:
    Path("map.yaml").write_text(text, encoding="utf-8")


def wanted() -> Wanted:
    return Wanted(map_file=load_map("map.yaml"), questionnaire=load_questionnaire("small.yaml"))


def refusal() -> list[str]:
    with pytest.raises(AllycheckError) as refused:
        wanted().map_file.meanings(load_questionnaire("small.yaml"))
    return [str(fault) for fault in refused.value.faults]


def test_a_map_says_what_columns_and_answers_mean() -> None:
    write(
        "columns:\n  Wie fest ist die Charta?: charter\n  Warum nicht?: charter.reason\n  Haus: organisation\n"
        "  charter: ignore\n  Beleg: ledger.evidence\n"
        "answers: {Ganz und gar: 4, Weiss nicht: dk, Egal: , Nicht bei uns: {answer: na, reason: Kein Haus}}\n"
    )
    Path("e.csv").write_text(
        "Haus;Wie  fest ist die Charta?;Warum nicht?;charter;ledger;Beleg\n"
        "Nord;ganz und gar!;;7;Weiss nicht;Akte\nS\u00fcd;Nicht bei uns;;;egal;\n",
        encoding="utf-8",
    )
    read = take("e.csv", wanted())
    first, second = (response.answers for response in read.taken.responses)
    assert (read.notes, read.taken.faults, read.taken.warnings) == ([], [], [])
    assert (first.organisation, first.to("charter").answer, first.to("ledger").answer) == ("Nord", 4, "dk")
    assert first.to("ledger").evidence == "Akte"
    assert (second.to("charter").answer, second.to("charter").reason) == ("na", "Kein Haus")
    assert "ledger" not in second.answers


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ["map.yaml: the file is empty; write one: columns: {Who answers: respondent}"]),
        ("colums: {a: charter}", ["map.yaml:1:1: colums: unknown key; did you mean columns?"]),
        ("answers: {Yes: 5}", ["map.yaml:1:16: answers.Yes: 5 is not an answer; use 0, 1, 2, 3, 4, na or dk"]),
        ("answers: {Yes: 1, 'yes!': 2}",
         ["map.yaml:1:10: answers: two of these differ only in signs and capitals; keep one"]),
        ("columns: {a: chartr}", ["map.yaml:1:14: columns.a: chartr means nothing here; did you mean charter?"]),
        ("columns:\n  a: charter.reson\n  b: zzz", [
            "map.yaml:2:6: columns.a: there is no part reson; did you mean reason?",
            ("map.yaml:3:6: columns.b: zzz means nothing here; use a code, questionnaire, version, organisation, actor, "
            "form, respondent, alliances, date, note or ignore")]),
        ("columns: {a: charter, a: ledger}", ["map.yaml:1:23: columns.a: this key stands here twice; keep one of them"]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_map_is_said_with_its_place(text: str, said: list[str]) -> None:
    write(text)
    assert refusal() == said


def test_a_column_of_the_map_that_no_export_has_is_named_with_the_nearest() -> None:
    write("columns: {Hause: organisation, HAUS : note}\n")
    faults = load_map("map.yaml").unused(["Haus", "charter"])
    assert [str(fault) for fault in faults] == [
        "map.yaml:1:11: columns.Hause: no export has this column; did you mean Haus?"
    ]
