"""CSV: what a spreadsheet and the next program get."""

import csv
import io

import pytest

from allycheck.questionnaire import Questionnaire
from allycheck.render.csv import MARK, harmless, render
from allycheck.render.look import Look
from tests.reports import ANSWERED, BARE, complete, report


def read(text: str) -> list[dict[str, str]]:
    assert text.startswith(MARK)
    return list(csv.DictReader(io.StringIO(text.removeprefix(MARK), newline="")))


def test_one_question_is_one_row() -> None:
    """One indicator at 2 of 4: weight 1, 25 * 2 = 50 points lost, 25 for the next level."""
    text = render(report({"a1": 2}, Questionnaire.model_validate(BARE), organisation="Élan", date="2026-01-02"))
    assert text == (
        "\ufefftrend,trend_title,code,id,name,ask,answer,level,level_name,statement,weight,lost,gain,reason,evidence,"
        "comment,evidence_wanted,meaning,next_level,next_level_name,next_step,effort,within,source,contradicts,hole_of,"
        "possible_hole_of,organisation,actor,form,date,questionnaire,version\r\n"
        "a,A,a1,a1,a1,How?,2,2,Defined,written,1.0,50.0,25.0,,,,,,3,Practised,What should then be true: done,1.0,30d,,,,,Élan,,full,2026-01-02,tiny,1\r\n"
    )


def test_a_row_for_every_indicator_and_its_state() -> None:
    rows = read(render(report(ANSWERED)))
    assert [(row["trend"], row["code"], row["answer"], row["level"]) for row in rows] == [
        ("ports", "PO1", "1", "1"),
        ("ports", "PO2", "3", "3"),
        ("ships", "SH1", "3", "3"),
        ("ships", "SH2", "dk", ""),
        ("ships", "SH3", "na", ""),
    ]
    assert [row["comment"] + row["evidence"] + row["reason"] for row in rows] == [
        "Two of five.", "", "Dock log", "", "No flags here",
    ]  # fmt: skip
    assert [row["statement"] for row in rows][:2] == ["Quays: some", "Cranes: done"]


def test_a_row_for_every_trend() -> None:
    """Ports: (2*1 + 1*3) / 3 * 25 = 41.6667. Ships: one of two known, so no score; 3 of 4 on half: 37.5 to 87.5."""
    rows = read(render(report(ANSWERED), Look(rows="trends")))
    shown = [(row["trend"], row["score"], row["low"], row["high"], row["published"], row["level_name"]) for row in rows]
    assert shown == [
        ("ports", "41.6667", "41.6667", "41.6667", "yes", "Ad hoc"),
        ("ships", "", "37.5", "87.5", "no", "Absent"),
    ]
    assert [(row["weaknesses"], row["strengths"], row["next"]) for row in rows] == [
        ("PO1", "PO2", "PO1"),
        ("", "SH1", ""),
    ]


@pytest.mark.parametrize("rows", ["indicators", "trends"])
def test_requirements_and_readings_are_columns(rows: str) -> None:
    for row in read(render(complete(), Look(rows=rows))):
        assert row["gate fail-under:overall"] == "FAILED: Overall: score 58.3"
        assert row["gate min-level:ports"] == "passed: Ports: level Ad hoc"
        assert (row["reading_early"], row["reading_geometric"], row["imbalance"]) == ("70.0", "", "1.5")
        assert (row["draws_p05"], row["draws_level_2"]) == ("50.0", "0.75")


def test_contradictions_stand_beside_both_answers() -> None:
    rows = read(render(complete()))
    assert {row["code"]: row["contradicts"] for row in rows if row["contradicts"]} == {"PO1": "PO2", "PO2": "PO1"}


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\uff1d1", "'\uff1d1"),
        ("a;=1", "a;'=1"),
        ('a;"=1', "a;\"'=1"),
        ("a = 1", "a = 1"),
        ("twenty-two; see A", "twenty-two; see A"),
    ],
)
def test_formulas_are_text(text: str, safe: str) -> None:
    assert harmless(text) == safe


def test_nothing_breaks_a_row() -> None:
    text = render(report(ANSWERED | {"quay": {"answer": 1, "comment": 'a "quoted", text\r\nof two lines\x1b[31m'}}))
    assert read(text)[0]["comment"] == 'a "quoted", text  of two lines\u241b[31m'


def test_a_questionnaire_cannot_write_formulas_either() -> None:
    made = report(ANSWERED)
    trend = made.trends[0]._replace(title="=HYPERLINK(1)")
    text = render(made._replace(trends=[trend]), Look(rows="trends"))
    assert read(text)[0]["trend_title"] == "'=HYPERLINK(1)"
