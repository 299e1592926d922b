"""JUnit XML, read by a parser that CI tools use."""

import pytest
from junitparser import Failure, JUnitXml, Skipped, TestCase, TestSuite

from allycheck.questionnaire import Questionnaire
from allycheck.render.junit import render
from allycheck.report import Report
from tests.reports import ANSWERED, BARE, complete, report


def suites(made: Report) -> dict[str, TestSuite]:
    return {suite.name: suite for suite in JUnitXml.fromstring(render(made).encode())}


def outcomes(suite: TestSuite) -> list[tuple[str, str, str]]:
    return [(case.name, _verdict(case), case.system_out) for case in suite]


def _verdict(case: TestCase) -> str:
    return {Failure: "failed", Skipped: "skipped"}[type(case.result[0])] if case.result else "passed"


def test_a_case_for_every_requirement() -> None:
    assert outcomes(suites(complete())["gates"]) == [
        ("fail-under:overall", "failed", "Overall: score 58.3"),
        ("min-level:ports", "passed", "Ports: level Ad hoc"),
    ]


def test_a_case_for_every_trend() -> None:
    assert outcomes(suites(complete())["trends"]) == [
        ("Ports", "passed", "41.7 of 100, Ad hoc"),
        ("Ships", "skipped", "too little is known (50% of what counts, 67% is needed), range 37.5 to 87.5"),
    ]


def test_counts_are_those_of_the_cases() -> None:
    whole = JUnitXml.fromstring(render(complete()).encode())
    assert (whole.tests, whole.failures, whole.errors) == (4, 1, 0)
    assert [(one.tests, one.failures, one.skipped) for one in whole] == [(2, 1, 0), (2, 0, 1)]


def test_properties_say_whose_result_it_is() -> None:
    properties = {one.name: one.value for one in suites(complete(organisation="Port"))["trends"].properties()}
    assert properties["organisation"] == "Port"
    assert properties["headline"].startswith("Absent: 58.3 of 100")
    assert properties["readings"].startswith("All readings lie between 40.0 and 70.0.")


def test_without_requirements_only_trends() -> None:
    assert list(suites(report({"a1": 2}, Questionnaire.model_validate(BARE)))) == ["trends"]


def test_nothing_applicable_is_skipped() -> None:
    answers = {"hull": "na", "crew": "na", "flag": "na"}
    assert outcomes(suites(report(ANSWERED | answers))["trends"])[1] == ("Ships", "skipped", "not applicable")


@pytest.mark.parametrize("text", ["\x00\x08\x0b", "\ufffe\uffff", "]]><x a='1'>&amp;", "\ud800"])
def test_what_xml_forbids_is_gone(text: str) -> None:
    made = complete()
    gate = made.gates[0]._replace(reason=f"a{text}b") if made.gates else None
    [case] = suites(made._replace(gates=[gate]))["gates"]
    assert case.system_out.startswith("a")
    assert case.system_out.endswith("b")
