"""JUnit XML, as CI systems read it: a test case per requirement and per trend.

A requirement that is not met is a failure; a trend of which too little is known for a score is skipped. Times are 0:
a result knows no clock. Characters that XML forbids are gone with the other control characters.
"""

from collections.abc import Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from allycheck.language import _
from allycheck.render.document.model import cleaned
from allycheck.render.look import PAGE, Look
from allycheck.render.words import (
    benchmark_middle,
    benchmark_place,
    extent,
    imbalance,
    left_out,
    level,
    other_weights,
    percent,
    points,
    too_little,
)
from allycheck.report import Benchmark, GateReport, Report, TrendReport
from allycheck.text import commas


class Case(NamedTuple):
    """A test case: `verdict` is None where it passed, else the name of the element that says why not."""

    name: str
    verdict: str | None
    text: str


def render(report: Report, _look: Look = PAGE) -> str:
    """The suites "gates" (where there are any) and "trends"."""
    report = cleaned(report)
    suites = [("gates", [_gate(gate) for gate in report.gates])] if report.gates else []
    suites.append(("trends", [_trend(report, trend) for trend in report.trends]))
    root = Element("testsuites", _counts("allycheck", [case for _, cases in suites for case in cases]))
    for name, cases in suites:
        _add_suite(root, name, cases, _properties(report))
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, "unicode")}\n'


def _counts(name: str, cases: Sequence[Case]) -> dict[str, str]:
    verdicts = [case.verdict for case in cases]
    counts = {"tests": len(cases), "failures": verdicts.count("failure"), "errors": 0}
    return {"name": name} | {key: str(count) for key, count in counts.items()} | {"time": "0"}


def _add_suite(root: Element, name: str, cases: Sequence[Case], properties: list[tuple[str, str]]) -> None:
    skipped = str(sum(case.verdict == "skipped" for case in cases))
    suite = SubElement(root, "testsuite", _counts(name, cases) | {"skipped": skipped})
    about = SubElement(suite, "properties")
    for key, value in properties:
        SubElement(about, "property", {"name": key, "value": value})
    for case in cases:
        element = SubElement(suite, "testcase", {"name": case.name, "classname": f"allycheck.{name}", "time": "0"})
        if case.verdict:
            SubElement(element, case.verdict, {"message": case.text})
        SubElement(element, "system-out").text = case.text


def _gate(gate: GateReport) -> Case:
    return Case(gate.id, None if gate.passed else "failure", gate.reason or gate.id)


def _trend(report: Report, trend: TrendReport) -> Case:
    if trend.low is None or trend.high is None:
        return Case(trend.title, "skipped", _("not applicable"))
    span = _("range {extent}").format(extent=extent(trend.low, trend.high))
    if trend.score is None:
        return Case(trend.title, "skipped", commas([too_little(report, trend.coverage), span]))
    score = _("{points} of 100").format(points=points(trend.score, report.score_bands))
    parts = [score, span if trend.low < trend.high else "", level(trend.level), *trend.flags]
    return Case(trend.title, None, commas(part for part in parts if part))


def _properties(report: Report) -> list[tuple[str, str]]:
    """Whose answers, the headline, and how firm it is."""
    overall, source = report.overall, report.questionnaire
    facts = [
        ("questionnaire", f"{source.id} {source.version}"),
        ("digest", source.digest),
        ("organisation", report.organisation),
        ("actor", report.actor),
        ("form", report.form),
        ("date", report.date),
        ("headline", overall.headline),
        ("out-of-scope", left_out(report.out_of_scope)),
        ("coverage", None if overall.coverage is None else percent(overall.coverage, report.coverage_needed)),
    ]
    codes = {item.id: item.code for trend in report.trends for item in trend.indicators}
    for risk in report.risks:
        facts.append((f"holes:{risk.id}", ", ".join(codes.get(name, name) for name in risk.holes)))
        facts.append((f"possible-holes:{risk.id}", ", ".join(codes.get(name, name) for name in risk.possible_holes)))
    if report.robustness:
        facts.append(("readings", imbalance(report.robustness)))
        facts.append(("weights", other_weights(report.robustness, report.level_names)))
    if report.benchmark:
        facts.append(("benchmark", _benchmark(report.benchmark)))
    return [(name, value) for name, value in facts if value]


def _benchmark(found: Benchmark) -> str:
    """The overall score beside those of others."""
    one = found.beside[0]
    return commas(part for part in (benchmark_middle(one), benchmark_place(one)) if part)
