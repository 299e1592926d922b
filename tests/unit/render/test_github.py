"""GitHub's annotations: which there are, where they stand, and that no text can become a command of its own."""

import re
from typing import Any

import pytest

from allycheck.errors import Fault
from allycheck.render.github import faults, render
from allycheck.render.look import Look, Position, Source
from allycheck.report import GateReport, Report
from tests.reports import ANSWERED, complete, report

LINES = {name: Position(at, 3) for at, name in enumerate(("quay", "crane", "hull", "crew", "flag"), start=7)}
LOOK = Look(source=Source(file="team/answers.yaml", lines=LINES))
COMMAND = re.compile(r"::(error|warning|notice) ?([^:]*)::(.*)")


def annotations(made: Report, look: Look = LOOK) -> list[tuple[str, str, str]]:
    """The kind, the properties and the message of each."""
    found = [COMMAND.fullmatch(line) for line in render(made, look).splitlines()]
    assert all(found)
    return [(one[1], one[2], one[3]) for one in found if one]


def failing(kind: str, subject: str, actual: float | None = 1.0, answers: dict[str, Any] | None = None) -> list[str]:
    """The codes of the answers that a failed gate hangs on."""
    gate = GateReport(f"{kind}:{subject}", kind, subject, 1.0, actual, passed=False, reason="No.")
    made = report(ANSWERED if answers is None else answers)._replace(gates=[gate])
    return [re.findall(r"title=(\w+)", properties)[0] for kind, properties, _ in annotations(made) if kind == "warning"]


def test_a_failed_gate_is_an_error_where_the_answer_stands_that_it_hangs_on_most() -> None:
    # Half of the score is that of each trend. The quay at 1 with 2 of 3 parts lacks 75 * 2/3 * 1/2 = 25 points, the hull
    # at 3, alone in its trend, 25 * 1/2 = 12.5, and the crane at 3 with 1 of 3 parts 25 * 1/3 * 1/2 = 4.2.
    notice, error, first, second, *more = annotations(complete(organisation="Port"))
    assert notice[:2] == ("notice", "file=team/answers.yaml,title=Port")
    assert notice[2].startswith("Absent: 58.3 of 100")
    assert error == (
        "error",
        "file=team/answers.yaml,line=7,col=3,title=Gate failed%3A fail-under%3Aoverall",
        "Overall: score 58.3",
    )
    assert first == (
        "warning",
        "file=team/answers.yaml,line=7,col=3,title=PO1 Quays",
        "How is your quay kept?%0A1 Ad hoc: Quays: some%0ANext: Write down how to mend it.",
    )
    assert second[1] == "file=team/answers.yaml,line=9,col=3,title=SH1 Hulls"
    assert [one[1] for one in more] == ["file=team/answers.yaml,line=8,col=3,title=PO2 Cranes"]


def test_without_a_failed_gate_there_is_only_the_headline() -> None:
    assert [one[0] for one in annotations(report(ANSWERED))] == ["notice"]


def test_a_gate_hangs_on_answers_by_what_it_tests() -> None:
    assert failing("max-holes", "overall") == ["PO1"]
    assert failing("max-holes", "leak", answers=ANSWERED | {"quay": 3}) == []
    assert failing("max-holes", "leak", answers=ANSWERED | {"quay": "dk"}) == ["PO1"]
    assert failing("fail-over", "leak") == ["PO1", "SH1"]
    assert failing("fail-under", "ships") == ["SH1"]
    assert failing("min-level", "ports") == ["PO1", "PO2"]
    assert failing("min-coverage", "overall") == ["SH2"]
    assert failing("fail-under", "ships", None) == ["SH2"]
    assert failing("no-worse-than", "overall") == []
    assert failing("fail-under", "calm") == []


def test_what_is_not_in_the_file_has_no_line_and_is_left_out() -> None:
    gate = GateReport("min-coverage:overall", "min-coverage", "overall", 1.0, 0.5, passed=False, reason="No.")
    made = report({"quay": 2, "hull": "dk"})._replace(gates=[gate])
    source = Source(file="a.yaml", lines={"quay": Position(4, 3), "hull": Position(5, 3)})
    told = annotations(made, Look(source=source))
    assert [properties for kind, properties, _ in told if kind == "warning"] == [
        "file=a.yaml,line=5,col=3,title=SH1 Hulls"
    ]


def test_answers_through_a_pipe_and_from_a_workbook_have_no_lines() -> None:
    piped = annotations(complete(), Look(source=Source()))
    assert all("file=" not in properties and "line=" not in properties for _, properties, _ in piped)
    filled_in = annotations(complete(), Look(source=Source(file="sheet.xlsx")))
    assert (
        next(properties for kind, properties, _ in filled_in if kind == "warning") == "file=sheet.xlsx,title=PO1 Quays"
    )
    assert all("line=" not in properties for _, properties, _ in filled_in)


@pytest.mark.parametrize(
    "text", ["::error::gone", "a\n::stop-commands::x", "a\r::add-mask::x", "100%0A::debug::x", "a,b:c=d"]
)
def test_no_text_becomes_a_command_or_a_property_of_its_own(text: str) -> None:
    made = complete(organisation=text)
    gate = GateReport(text, "fail-under", "overall", 1.0, 1.0, passed=False, reason=text)
    lines = render(made._replace(gates=[gate]), LOOK).splitlines()
    assert all(
        re.match(r"::(notice|error|warning) file=team/answers\.yaml,(line=\d+,col=3,)?title=[^,:]*::", line)
        for line in lines
    )
    assert len(lines) == 5  # the headline, the gate, and three answers


def test_percent_signs_and_line_ends_are_escaped_as_github_reads_them_back() -> None:
    gate = GateReport("50%", "fail-under", "overall", 1.0, 1.0, passed=False, reason="50%, a:b")
    error = next(one for one in annotations(complete()._replace(gates=[gate])) if one[0] == "error")
    assert error[1].endswith("title=Gate failed%3A 50%25")
    assert error[2] == "50%25, a:b"


# Faults


def test_a_fault_stands_at_its_place() -> None:
    fault = Fault("unknown indicator", ("answers", "sunset-exits"), "did you mean sunset-exit?", where="a.yaml:12:3")
    assert faults([fault]) == (
        "::error file=a.yaml,line=12,col=3,title=answers.sunset-exits::unknown indicator; did you mean sunset-exit?\n"
    )


@pytest.mark.parametrize("where", ["sheet.xlsx:Questions!I13", "standard input:2:3", "--fail-under x", ""])
def test_a_fault_that_stands_in_no_line_of_a_file_says_where_in_words(where: str) -> None:
    told = faults([Fault("5 is not an answer", where=where)])
    assert told.startswith("::error::")
    assert where in told.replace("%0A", "")
