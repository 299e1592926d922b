"""report: one organisation's result in any format, and the gates that a machine tests it against."""

import shlex
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from allycheck.cli import gates as gate_options
from allycheck.cli import outputs, progress
from allycheck.cli.inputs import read_sheet, read_team, sheets_in, table_in
from allycheck.cli.options import AnswersFile, Outputs, Plain, QuestionnaireName, Quiet, format_of
from allycheck.cli.outputs import STDOUT, Manner, Place
from allycheck.errors import UsageError
from allycheck.language import _
from allycheck.render.formats import Format, Kind
from allycheck.render.look import Source
from allycheck.text import printable

if TYPE_CHECKING:
    from allycheck.answers import Answers
    from allycheck.report import Benchmark, GateReport, Report
    from allycheck.scored import Scored
    from allycheck.scoring import Scores

Rows = Literal["indicators", "trends"]


def report(
    file: AnswersFile,
    *,
    questionnaire: QuestionnaireName = None,
    format: Annotated[Format | None, format_of("report")] = None,
    out: Outputs = None,
    brief: Annotated[bool, typer.Option("--brief", help="One page: the headline and what to do.")] = False,
    full: Annotated[
        bool, typer.Option("--full", help="All trends, low risks and further reading, too; HTML always has them.")
    ] = False,
    plain: Plain = False,
    quiet: Quiet = False,
    rows: Annotated[Rows | None, typer.Option("--rows", help="What a row of CSV is; indicators if not given.")] = None,
    robustness: Annotated[
        bool, typer.Option("--robustness", help="Add how far the score moves under other rules and weights.")
    ] = False,
    benchmark: Annotated[
        list[str] | None,
        typer.Option(
            "--benchmark",
            metavar="FOLDER|TABLE",
            help="Set it beside others: their sheets, a folder of them, or a table.",
        ),
    ] = None,
    fail_under: gate_options.FailUnder = None,
    fail_over: gate_options.FailOver = None,
    min_level: gate_options.MinLevel = None,
    min_coverage: gate_options.MinCoverage = None,
    max_holes: gate_options.MaxHoles = None,
    no_worse_than: gate_options.NoWorseThan = None,
    old_questionnaire: gate_options.OldQuestionnaire = None,
    guaranteed: gate_options.Guaranteed = False,
    gates: gate_options.GatesPath = None,
) -> None:
    """Print the tailored report of an answers file; with gates, exit with 4 if one fails.

    \b
    Examples:
      allycheck report answers.yaml
      allycheck report answers.yaml --brief
      allycheck report answers.yaml --full
      allycheck report answers.yaml --format json | jq .overall.score
      allycheck report answers.yaml -o report.html -o report.md
      allycheck report answers.yaml --benchmark sheets/
      allycheck report answers.yaml --benchmark table.parquet
      allycheck report answers.yaml --fail-under 60 --fail-over exclusion=60
    """
    from allycheck.scored import Scored
    from allycheck.scoring import score

    inputs = [file, no_worse_than, gates, questionnaire, old_questionnaire]
    kind: Kind = "brief" if brief else "report"
    places = outputs.places(kind, out, format, inputs)
    table_in(benchmark or [])
    _refuse_idle(places, rows, brief=brief, full=full, benchmark=bool(benchmark))
    sheet = read_sheet(file, questionnaire, quiet=quiet or plain)
    options = gate_options.GateOptions(
        fail_under,
        fail_over,
        min_level,
        min_coverage,
        max_holes,
        no_worse_than,
        old_questionnaire,
        guaranteed,
        gates,
    )
    wanted = gate_options.read_gates(options, sheet.questionnaire)
    scores = score(sheet.questionnaire, sheet.answers)
    verdicts = gate_options.evaluate_gates(wanted, sheet.answers, scores, sheet.name)
    others = _beside(Scored(sheet.name, sheet.answers, scores), benchmark, questionnaire, quiet=quiet or plain)
    with progress.while_working("Working out the report", quiet=quiet or plain):
        result = _result(scores, sheet.answers, verdicts, others, robustness=robustness)
    source = Source(_named(file, questionnaire), scenarios=bool(sheet.questionnaire.scenarios))
    outputs.show(kind, result, places, Manner(plain, quiet, rows or "indicators", full, source))
    gate_options.exit_if_failed(verdicts)


def _named(file: str, questionnaire: str | None) -> str:
    """The answers as a further command names them; what came through a pipe has no name."""
    named = "FILE" if file == STDOUT else shlex.quote(printable(file))
    return f"{named} --questionnaire {shlex.quote(printable(questionnaire))}" if questionnaire else named


def _refuse_idle(places: list[Place], rows: Rows | None, *, brief: bool, full: bool, benchmark: bool) -> None:
    """An option that changes nothing was meant to change something."""
    formats = {place.format for place in places}
    if rows is not None and Format.CSV not in formats:
        raise UsageError("--rows says what a row of CSV is", hint="add --format csv")
    if brief and benchmark and Format.JSON not in formats:
        raise UsageError("--brief has no room for --benchmark", hint="leave one out")
    if brief and full:
        raise UsageError("--brief and --full contradict each other", hint="leave one out")
    if full and not any(form in {Format.TEXT, Format.MARKDOWN} for form in formats):
        raise UsageError("--full is for text and Markdown", hint="leave it out: the other formats have everything")
    if brief and not any(form.writer for form in formats):
        raise UsageError("--brief is a page of its own", hint="leave it out, or use --format text, markdown or html")


def _beside(own: "Scored", paths: list[str] | None, questionnaire: str | None, *, quiet: bool) -> "Benchmark | None":
    if not paths:
        return None
    from allycheck.analysis.cohort.benchmark import benchmark

    if table := table_in(paths):
        from allycheck.engine.rows import rows_of

        with rows_of(table, own.questionnaire, alike=own) as rows:
            result = benchmark(own, rows.sheets(lambda numbers: progress.shown(numbers, _("Scoring"), quiet=quiet)))
            outputs.warn(rows.warnings)
        return result
    return benchmark(own, read_team(sheets_in(paths), questionnaire, quiet=quiet))


def _result(
    scores: "Scores",
    answers: "Answers",
    verdicts: "list[GateReport] | None",
    others: "Benchmark | None",
    *,
    robustness: bool,
) -> "Report":
    from allycheck.analysis.whole_report import whole_report

    firmness = None
    if robustness:
        from allycheck.analysis import robustness as other_readings

        firmness = other_readings.robustness(scores)
    return whole_report(scores, answers, robustness=firmness, gates=verdicts, benchmark=others)
