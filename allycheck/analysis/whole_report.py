"""The report as every command shows it: with contradictions and what to do first."""

from allycheck.analysis.consistency import contradictions
from allycheck.analysis.first import do_first
from allycheck.answers import Answers
from allycheck.building_report import build_report
from allycheck.report import Benchmark, GateReport, Report, Robustness
from allycheck.scoring import Scores


def whole_report(
    scores: Scores,
    answers: Answers,
    *,
    robustness: Robustness | None = None,
    gates: list[GateReport] | None = None,
    benchmark: Benchmark | None = None,
) -> Report:
    """The report of one scored answers file; what was not asked for is null."""
    report = build_report(
        scores,
        answers,
        first=do_first(scores),
        consistency=contradictions(scores),
        robustness=robustness,
        gates=gates,
    )
    return report._replace(benchmark=benchmark)
