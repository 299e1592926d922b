"""Exports as each platform writes them: where they come from is found, and all of them read the same."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from allycheck.answers import Answers
from allycheck.errors import AllycheckError
from allycheck.importing.exports import Export, Wanted, take
from allycheck.importing.headers import origin_of
from allycheck.importing.platforms import Origin
from allycheck.importing.tables import table
from allycheck.loading import load_questionnaire
from allycheck.writing import answers_text

SAMPLES = Path(__file__).parents[1] / "survey_exports"
SHIPPED = load_questionnaire()
QUESTION = "How do you decide whether to join or start a coalition or joint venture?"
ANCHOR = SHIPPED.indicators["coalition-mandate"].levels[3]
BUSINESS = Wanted(actor="business")


def export(folder: Path, name: str, text: str | bytes, wanted: Wanted = BUSINESS) -> Export:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return take(str(path), wanted)


def answers(folder: Path, name: str, text: str | bytes, wanted: Wanted = BUSINESS) -> list[Answers]:
    read = export(folder, name, text, wanted)
    assert read.taken.faults == []
    return [response.answers for response in read.taken.responses]


def plain(sheet: Answers) -> dict[str, Any]:
    return {name: answer.answer for name, answer in sheet.answers.items()}


@pytest.mark.parametrize(
    ("name", "origin"),
    [
        ("kobo.csv", Origin.KOBO),
        ("kobo-groups.csv", Origin.KOBO),
        ("kobo.xlsx", Origin.KOBO),
        ("odk-central.csv", Origin.KOBO),
        ("limesurvey.csv", Origin.LIMESURVEY),
        ("surveyjs.json", Origin.SURVEYJS),
    ],
)
def test_the_survey_of_template_comes_back_from_every_platform_as_the_same_answers(name: str, origin: Origin) -> None:
    assert origin_of(table((SAMPLES / name).read_bytes(), name), SHIPPED) == origin
    read = take(str(SAMPLES / name), Wanted())
    assert (read.taken.faults, read.taken.warnings, read.notes) == ([], [], [])
    office, finance = (response.answers for response in read.taken.responses)
    assert answers_text(office).splitlines()[:12] == [
        "questionnaire: alliance-readiness",
        'version: "2.0"',
        'organisation: "Northwind Cells (joint venture)"',
        "actor: business",
        "form: quick",
        'respondent: "Programme office"',
        'alliances: ["Cell plant venture", "Grid coalition"]',
        "date: 2026-11-22",
        "answers:",
        r'  coalition-mandate: {answer: 0, evidence: "Deed, clause 14", comment: "Not tested yet, \"really\""}',
        "  alliance-portfolio: dk",
        "  problem-charter: 2",
    ]
    assert office.to("private-partner-strategy").answer == "na"
    assert office.to("private-partner-strategy").reason == "No controlled items; checked in May"
    assert finance.to("alliance-portfolio").comment == "Ask the board\nin March"
    open_question = next(item.id for item in SHIPPED.indicators.values() if item.code == "RR3")
    assert open_question not in finance.answers
    assert len(office.answers) == len(finance.answers) + 1 == 22


def test_google_forms_has_questions_as_headings_and_the_time_before_them(tmp_path: Path) -> None:
    text = (
        f'Timestamp,Email Address,Organisation,Your name,"FC1 {QUESTION}",FC1 reason (only if not applicable),'
        '"FC2. How do you get people, who can?","[FC3] Do you see, all?"\r\n'
        f"2026/11/22 10:14:05 AM GMT+1,a@port.example,Port Sarrel,Harbour office,"
        f'"3 Practised: {ANCHOR}",,Don’t know,0\r\n'
        "2026/11/23 9:00:00 AM GMT+1,b@port.example,Port Sarrel,,Not applicable,No coalitions,"
        "4 - Adaptive,I don't know\r\n"
    )
    first, second = answers(tmp_path, "forms.csv", text)
    assert plain(first) == {"coalition-mandate": 3, "coalition-builders": "dk", "alliance-portfolio": 0}
    assert (first.organisation, first.respondent, first.date) == ("Port Sarrel", "Harbour office", "2026-11-22")
    assert plain(second) == {"coalition-mandate": "na", "coalition-builders": 4, "alliance-portfolio": "dk"}
    assert second.to("coalition-mandate").reason == "No coalitions"
    assert second.respondent == "b@port.example"


def test_microsoft_forms_names_who_is_known_and_nobody_who_is_not(tmp_path: Path) -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    path = tmp_path / "forms.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Sheet1")
        head = ["Id", "Start time", "Completion time", "Email", "Name", "Last modified time", "Organisation"]
        sheet.write_row(0, 0, [*head, f"FC1\u00a0{QUESTION}", "FC1 evidence: where?"])
        day = book.add_format({"num_format": "m/d/yy h:mm:ss"})
        for row, (email, name, level) in enumerate(
            [("anonymous", "", 2), ("c@port.example", "Registry", "4 Adaptive")], 1
        ):
            sheet.write_row(row, 0, [row, 46348.426, 46348.43, email, name, "", "Port Sarrel", level, "=Deed"])
            sheet.write_number(row, 2, 46348.43, day)
            sheet.write_string(row, 8, "'=Deed")
    read = take(str(path), BUSINESS)
    assert (read.taken.faults, read.taken.warnings, read.notes) == ([], [], [])
    first, second = (response.answers for response in read.taken.responses)
    assert (first.respondent, first.date, plain(first)) == (None, "2026-11-22", {"coalition-mandate": 2})
    assert (second.respondent, second.date, plain(second)) == ("Registry", "2026-11-22", {"coalition-mandate": 4})
    assert first.to("coalition-mandate").evidence == "=Deed"


def test_kobo_gives_labels_where_they_are_asked_for(tmp_path: Path) -> None:
    text = (
        '"questionnaire";"About these answers/Name of your organisation";"About these answers/Who answers?";'
        f'"Flexible coalitions: from blocs/FC1 {QUESTION}";"Flexible coalitions: from blocs/FC1 reason: why?";'
        '"FC1 comment";"_id";"_uuid";"_submission_time"\n'
        f'"alliance-readiness";"Port Sarrel";"Registry";"3 {ANCHOR}";"";"Soon";"7";"u";"2026-11-22T09:41:19"\n'
    )
    (sheet,) = answers(tmp_path, "labels.csv", text)
    assert (sheet.organisation, sheet.respondent, sheet.date) == ("Port Sarrel", "Registry", "2026-11-22")
    assert (sheet.to("coalition-mandate").answer, sheet.to("coalition-mandate").comment) == (3, "Soon")


def kobo_json() -> Iterator[tuple[str, Any]]:
    common = {"_id": 7, "_uuid": "u", "_attachments": [], "_validation_status": {}, "meta/instanceID": "uuid:u"}
    flat = {"about/organisation": "Port", "flexible_coalitions/FC1": "2", "_submission_time": "2026-11-22T09:41:19"}
    yield "kobo", {"count": 1, "next": None, "previous": None, "results": [common | flat]}
    system = {"submissionDate": "2026-11-22T09:41:19.000Z", "submitterName": "Ada"}
    nested = {"about": {"organisation": "Port"}, "flexible_coalitions": {"FC1": "2", "FC1_reason": None}}
    yield "odk", {"value": [{"__id": "uuid:u", "__system": system, "meta": {"instanceID": "uuid:u"}} | nested]}


@pytest.mark.parametrize(("name", "content"), list(kobo_json()))
def test_kobo_and_odk_central_give_json_with_groups_in_names_or_as_maps(
    name: str, content: Any, tmp_path: Path
) -> None:
    read = export(tmp_path, f"{name}.json", json.dumps(content))
    assert read.notes == []
    (sheet,) = (response.answers for response in read.taken.responses)
    assert (sheet.organisation, sheet.date, plain(sheet)) == ("Port", "2026-11-22", {"coalition-mandate": 2})


def test_limesurvey_gives_full_texts_where_they_are_asked_for(tmp_path: Path) -> None:
    text = (
        '"id. Response ID";"submitdate. Date submitted";"lastpage. Last page";"startlanguage. Start language";'
        f'"organisation. Name of your organisation";"FC1. {QUESTION}";"FC1[comment]. Comment";"G1Q1[FC2]. Skills"\n'
        f'"1";"2026-11-22 09:41:19";"11";"en";"Port";"{ANCHOR}";"Soon";"N/A"\n'
    )
    read = export(tmp_path, "lime.csv", text)
    (sheet,) = (response.answers for response in read.taken.responses)
    assert (read.notes, sheet.date, sheet.organisation) == ([], "2026-11-22", "Port")
    assert plain(sheet) == {"coalition-mandate": 3}
    assert sheet.to("coalition-mandate").comment == "Soon"


def test_a_table_of_surveyjs_is_known_by_the_hidden_column_of_its_survey(tmp_path: Path) -> None:
    (sheet,) = answers(tmp_path, "s.csv", "questionnaire,actor,FC1,FC2\nalliance-readiness,state,1,dk\n", Wanted())
    assert (sheet.actor, plain(sheet)) == ("state", {"coalition-mandate": 1, "coalition-builders": "dk"})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("FC1,FC2\n1,2\n", ("e.csv: can't tell where this export comes from by its columns: FC1 and FC2; tell with --from: "
         "kobo, surveyjs, limesurvey, forms or workbook; or what columns mean with --map")),
        ("_id,Timestamp,FC1\n1,2,3\n", "e.csv: has columns of kobo and forms; tell with --from which it is"),
        ("_id,_uuid,Colour\n1,2,red\n", ("e.csv: no column holds an answer for alliance-readiness: _id, _uuid and Colour; "
         "name columns by code, such as FC1, or tell with --map")),
        ("_id,FC1,a/FC1\n1,2,3\n", ("e.csv: the columns FC1 and a/FC1 are both coalition-mandate; "
         "take one of them away, or ignore it with --map")),
        ("_id,FC1,FC1\n1,2,3\n", ("e.csv: the columns FC1 and FC1 are both coalition-mandate; "
         "take one of them away, or ignore it with --map")),
        ("_id,FC1,FC1_reason,FC1 reason\n1,2,3,4\n", ("e.csv: the columns FC1_reason and FC1 reason are both "
         "coalition-mandate.reason; take one of them away, or ignore it with --map")),
        ("_id,questionnaire,FC1\n1,aliance-readiness,2\n", ("e.csv: no bundled questionnaire is called aliance-readiness; "
         "did you mean alliance-readiness?")),
        ("_id,questionnaire,FC1\n1,/etc/passwd,2\n", ("e.csv: no bundled questionnaire is called /etc/passwd; "
         "name its file with --questionnaire")),
    ],
)  # fmt: skip
def test_an_export_that_can_not_be_read_as_a_whole_is_refused(
    text: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("e.csv").write_text(text)
    with pytest.raises(AllycheckError) as refused:
        take("e.csv", BUSINESS)
    assert str(refused.value) == said


def test_columns_that_mean_nothing_are_named_and_those_that_look_like_a_code_with_the_nearest(tmp_path: Path) -> None:
    head = "_id,FC1,FC9,Favourite colour,FC9_reason,start,_notes,notes,about/instructions"
    read = export(tmp_path, "e.csv", f"{head}\n1,2,3,red,,,,yes,\n")
    assert [note.split(": ", 1)[1] for note in read.notes] == [
        "FC9: no question has this code; did you mean FC6?",
        "FC9_reason: no question has this code; did you mean FC6?",
        "columns that mean nothing here, and are left out: Favourite colour",
    ]


def test_a_hyphen_joins_groups_only_where_odk_central_does_so(tmp_path: Path) -> None:
    text = "FC1,up-date,a-FC2\n1,2026-01-02,3\n"
    (sheet,) = answers(tmp_path, "e.csv", text, Wanted(Origin.SURVEYJS, actor="state"))
    assert (sheet.date, plain(sheet)) == (None, {"coalition-mandate": 1})
    (sheet,) = answers(tmp_path, "e.csv", text, Wanted(Origin.KOBO, actor="state"))
    assert plain(sheet) == {"coalition-mandate": 1, "coalition-builders": 3}


def test_a_word_that_begins_like_a_code_is_none(tmp_path: Path) -> None:
    path = tmp_path / "q.yaml"
    levels = "[none, spoken, drafted, signed, tested]"
    path.write_text(
        f"id: q\nversion: '1'\ntitle: T\ntrends:\n- {{id: t, title: T, indicators: "
        f"[{{id: x1, code: A, ask: Q, levels: {levels}}}, {{id: x2, code: b-1, ask: Q, levels: {levels}}}]}}\n"
    )
    wanted = Wanted(Origin.FORMS, questionnaire=load_questionnaire(str(path)))
    read = export(tmp_path, "e.csv", "A. How firm?,A note on it,b-1 How open?\n1,x,signed\n", wanted)
    (sheet,) = (response.answers for response in read.taken.responses)
    assert plain(sheet) == {"x1": 1, "x2": 3}
    assert read.notes[0].endswith("left out: A note on it")
