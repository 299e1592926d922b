"""Rows as answers: checked like any answers file, each fault at its row and column."""

from pathlib import Path

import pytest

from allycheck.answers import NA
from allycheck.errors import UsageError
from allycheck.importing.exports import Export, Wanted, take
from allycheck.importing.platforms import Origin
from allycheck.importing.rows import repeats, summary
from tests.unit.cli.small import QUESTIONS

ACTORS = """\
id: small
version: "1.2"
title: Small
actors: [{id: owner, title: An owner}, {id: tenant, title: Tenants & guests}]
trends:
- id: trust
  title: Trust
  indicators:
  - {id: charter, code: C1, ask: Q, levels: [none, spoken, drafted, signed, tested], quick: true, na: false}
  - {id: ledger, code: L-1, ask: Q, levels: [shut, glimpsed, lent, open, shared], actors: [owner],
     overrides: {owner: {levels: [locked, glimpsed, lent, open, shared]}}}
retired: [{id: seal, code: S1, until: "1.1"}]
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("actors.yaml").write_text(ACTORS, encoding="utf-8")
    Path("small.yaml").write_text(QUESTIONS, encoding="utf-8")


def read(text: str, questionnaire: str = "actors.yaml", **more: str) -> Export:
    from allycheck.loading import load_questionnaire

    Path("e.csv").write_text(text, encoding="utf-8")
    return take("e.csv", Wanted(Origin.KOBO, questionnaire=load_questionnaire(questionnaire), **more))


def faults(export: Export) -> list[str]:
    return [str(fault) for fault in export.taken.faults]


def test_every_fault_of_every_row_is_named_and_the_good_rows_are_read() -> None:
    export = read(
        "actor,form,version,date,C1,L_1,L-1_comment,seal\n"
        "owner,quick,1.2,2026-11-22,3,open,Soon,2\n"
        "owner,,,,9,6,,\n"
        "ownr,,,,2,,,\n"
        ",,,,2,,,\n"
        "owner,long,x,,2,,,\n"
        "owner,,2.0,,na,,,\n"
        "owner,,,,na,,,\n"
        "owner,,,,2\n"
    )
    assert faults(export) == [
        "e.csv:3: C1: '9' is not an answer; use 0, 1, 2, 3, 4, na or dk, or tell with --map what it means",
        "e.csv:3: L_1: '6' is not an answer; use 0, 1, 2, 3, 4, na or dk, or tell with --map what it means",
        "e.csv:4: actor: unknown actor ownr; did you mean owner?",
        "e.csv:5: actor: is missing; use owner or tenant",
        "e.csv:6: form: long is not known here; use 'full' or 'quick'",
        "e.csv:6: version: a version is numbers joined by dots, such as 1.0",
        (
            "e.csv:7: version: recorded with version 2.0, but this questionnaire is 1.2; "
            "use a newer questionnaire or a newer allycheck"
        ),
        "e.csv:8: C1: not applicable is refused here; use a level or dk",
        "e.csv:9: has 5 cells, but there are 8 columns; correct the row, or export it again",
    ]
    (only,) = export.taken.responses
    assert (only.where, only.export, only.number) == ("e.csv:2", "e.csv", 1)
    assert list(only.answers.answers) == ["charter", "ledger", "seal"]
    assert (only.answers.form, only.answers.date, only.answers.version) == ("quick", "2026-11-22", "1.2")


def test_an_answer_for_another_questionnaire_is_a_fault_of_its_row() -> None:
    export = read("actor,questionnaire,C1\nowner,small,2\nowner,other,2\nowner,../etc,2\n")
    assert len(export.taken.responses) == 1
    assert faults(export) == [
        (
            "e.csv:3: questionnaire: these answers are for the questionnaire other, not for small; "
            "name the right one with --questionnaire"
        ),
        "e.csv:4: questionnaire: this is the id of a questionnaire, never a path; name a path with --questionnaire",
    ]


def test_an_actor_may_be_named_by_its_title_and_what_reads_differently_for_it_counts() -> None:
    export = read("actor,C1,L-1\nAn owner,1,locked\ntenants & guests,1,shut\nowner,1,shut\n")
    assert [response.answers.actor for response in export.taken.responses] == ["owner", "tenant"]
    assert faults(export)[0].startswith("e.csv:4: L-1: 'shut' is not an answer")
    assert export.taken.warnings == [
        ("e.csv:3", "1 answer outside the actor tenant and the full form kept, not scored: ledger")
    ]


def test_actor_and_form_of_the_options_hold_for_rows_that_name_none() -> None:
    export = read("actor,form,C1\n,,1\ntenant,full,1\n", actor="owner", form="quick")
    said = [(response.answers.actor, response.answers.form) for response in export.taken.responses]
    assert said == [("owner", "quick"), ("tenant", "full")]


def test_whose_answers_these_are_must_be_said() -> None:
    with pytest.raises(
        UsageError, match=r"e.csv: no column says which actor type answers; name it with --actor: owner or"
    ):
        read("C1\n1\n")
    with pytest.raises(UsageError, match="unknown actor ownr; did you mean owner"):
        read("C1\n1\n", actor="ownr")
    with pytest.raises(UsageError, match="this questionnaire has no quick form"):
        read("charter\n1\n", "small.yaml", form="quick")
    assert read("charter\n1\n", "small.yaml").taken.responses[0].answers.actor is None


def test_a_question_called_like_a_column_of_the_platform_is_a_question() -> None:
    Path("token.yaml").write_text(QUESTIONS.replace("charter", "status"), encoding="utf-8")
    export = read("_id,status,key\n1,3,uuid\n", "token.yaml")
    assert export.taken.responses[0].answers.to("status").answer == 3


def test_rows_without_an_answer_are_counted_and_skipped() -> None:
    export = read("_id,actor,organisation,C1,C1_comment\n1,owner,Port,,\n,,,,\n2,owner,Port,,Later\n")
    assert (export.taken.rows, export.taken.empty, len(export.taken.responses)) == (3, 2, 1)
    assert export.taken.responses[0].answers.to("charter").comment == "Later"


def test_not_applicable_without_a_reason_is_told() -> None:
    export = read("charter,charter_reason,ledger,ledger_reason\nna,,na,Nothing to keep\n", "small.yaml")
    assert export.taken.warnings == [("e.csv:2", "not applicable without a reason: charter")]
    assert export.taken.responses[0].answers.to("charter").answer == NA


def test_levels_that_are_taken_by_their_number_are_told() -> None:
    export = read("charter,ledger\n3 unterschrieben,4 shared\n2 drafted,1 glimpsed\n", "small.yaml")
    assert export.taken.responses[0].answers.to("charter").answer == 3
    said = "levels are taken by their number, since the words behind it are not the questionnaire's"
    assert export.taken.warnings == [("e.csv:2", said)]


def test_a_date_that_may_be_read_in_two_ways_is_left_out_and_told() -> None:
    export = read("date,charter\n11/12/2026,1\n2026-11-12,1\n", "small.yaml")
    assert [response.answers.date for response in export.taken.responses] == [None, "2026-11-12"]
    assert export.taken.warnings == [("e.csv:2", "date is no day written year first, and is left out")]


def test_more_than_three_alliances_are_a_fault() -> None:
    export = read("charter,alliances\n1,A;B\n1,A;B;C;D\n", "small.yaml")
    assert export.taken.responses[0].answers.alliances == ["A", "B"]
    assert faults(export) == ["e.csv:3: alliances: has 4 entries; at most 3"]


def test_whoever_answers_twice_for_an_organisation_is_named_and_only_the_first_is_kept() -> None:
    export = read(
        "organisation,respondent,charter\nPort,Ada Example,1\n PORT,ada  example,2\nPort,Bo,3\nCity,Ada Example,4\n"
        "Port,,1\nPort,,2\n",
        "small.yaml",
    )
    kept, found = repeats(export.taken.responses)
    assert [response.where for response in kept] == ["e.csv:2", "e.csv:4", "e.csv:5", "e.csv:6", "e.csv:7"]
    assert [str(fault) for fault in found] == [
        "e.csv:3: the same organisation and respondent as e.csv:2; keep one of the two"
    ]
    assert summary([export.taken], len(kept), 0, dry=False) == (
        "6 rows: 5 answers files written, 1 left out because of faults"
    )


def test_long_headings_are_cut_where_a_fault_names_them() -> None:
    export = read(f"_id,charter. {'How firm? ' * 1000}\n1,9\n", "small.yaml")
    assert faults(export)[0].startswith("e.csv:2: charter. How firm? How firm? How firm? H...: '9' is not an")
