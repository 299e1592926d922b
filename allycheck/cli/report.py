"""report: one organisation's result in any format, and the gates that a machine tests it against."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from allycheck.cli import gates as gate_options
from allycheck.cli import outputs, progress
from allycheck.cli.house import house
from allycheck.cli.inputs import read_sheet, read_team, sheets_in, table_in
from allycheck.cli.options import AnswersFile, Fonts, Outputs, Plain, QuestionnaireName, Quiet, Templates, format_of
from allycheck.cli.outputs import STDOUT, Manner, Place
from allycheck.errors import AllycheckError, UsageError
from allycheck.language import _
from allycheck.render.formats import Format, Kind
from allycheck.render.look import Position, Source
from allycheck.text import printable

if TYPE_CHECKING:
    from allycheck.loading import Sheet
    from allycheck.report import Benchmark, GateReport, Report
    from allycheck.scored import Scored

Rows = Literal["indicators", "trends"]


def report(
    file: AnswersFile,
    *,
    questionnaire: QuestionnaireName = None,
    format: Annotated[Format | None, format_of("report")] = None,
    out: Outputs = None,
    template: Templates = None,
    fonts: Fonts = None,
    brief: Annotated[bool, typer.Option("--brief", help=_("One page: the headline and what to do."))] = False,
    full: Annotated[
        bool, typer.Option("--full", help=_("All trends, low risks and further reading, too; HTML always has them."))
    ] = False,
    plain: Plain = False,
    quiet: Quiet = False,
    rows: Annotated[
        Rows | None, typer.Option("--rows", help=_("What a row of CSV is; indicators if not given."))
    ] = None,
    robustness: Annotated[
        bool, typer.Option("--robustness", help=_("Add how far the score moves under other rules and weights."))
    ] = False,
    benchmark: Annotated[
        list[str] | None,
        typer.Option(
            "--benchmark",
            metavar="FOLDER|TABLE",
            help=_("Set it beside others: their sheets, a folder of them, or a table."),
        ),
    ] = None,
    fail_under: gate_options.FailUnder = None,
    fail_over: gate_options.FailOver = None,
    min_level: gate_options.MinLevel = None,
    min_coverage: gate_options.MinCoverage = None,
    min_evidence: gate_options.MinEvidence = None,
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
      allycheck report answers.yaml --gates gates.yaml --format github
      allycheck report answers.yaml --format badge -o badge.json
    """
    from allycheck.scored import scored

    inputs = [file, no_worse_than, gates, questionnaire, old_questionnaire, *(template or [])]
    kind: Kind = "brief" if brief else "report"
    places = outputs.places(kind, out, format, inputs)
    style = house(template, fonts, places)
    table_in(benchmark or [])
    _refuse_idle(places, rows, brief=brief, full=full, benchmark=bool(benchmark))
    annotated = any(place.format is Format.GITHUB for place in places)
    with _annotating_faults(places):
        sheet = read_sheet(file, questionnaire, quiet=quiet or plain, with_lines=annotated)
    options = gate_options.GateOptions(
        fail_under,
        fail_over,
        min_level,
        min_coverage,
        min_evidence,
        max_holes,
        no_worse_than,
        old_questionnaire,
        guaranteed,
        gates,
    )
    with _annotating_faults(places):
        wanted = gate_options.read_gates(options, sheet.questionnaire)
    own = scored(sheet.questionnaire, sheet.answers, sheet.name)
    verdicts = gate_options.evaluate_gates(wanted, own)
    others = _beside(own, benchmark, questionnaire, quiet=quiet or plain)
    with progress.while_working(_("Working out the report"), quiet=quiet or plain):
        result = _result(own, verdicts, others, robustness=robustness)
    source = _source(file, questionnaire, sheet)
    outputs.show(kind, result, places, Manner(plain, quiet, rows or "indicators", full, source, style))
    gate_options.exit_if_failed(verdicts)


@contextmanager
def _annotating_faults(places: list[Place]) -> Iterator[None]:
    """Annotate what is wrong with a file, where that is asked for; it is said on standard error all the same."""
    try:
        yield
    except AllycheckError as error:
        for place in places:
            if place.format is Format.GITHUB:
                from allycheck.render import github

                outputs.deliver(place.path, github.faults(error.faults), quiet=True)
        raise


def _source(file: str, questionnaire: str | None, sheet: "Sheet") -> Source:
    lines = {name: Position(*place) for name, place in sheet.lines.items()}
    path = "" if file == STDOUT else printable(file)
    return Source(outputs.as_typed(file, questionnaire), bool(sheet.questionnaire.scenarios), path, lines)


def _refuse_idle(places: list[Place], rows: Rows | None, *, brief: bool, full: bool, benchmark: bool) -> None:
    """An option that changes nothing was meant to change something."""
    formats = {place.format for place in places}
    if rows is not None and Format.CSV not in formats:
        raise UsageError(_("--rows says what a row of CSV is"), hint=_("add --format csv"))
    if brief and benchmark and Format.JSON not in formats:
        raise UsageError(_("--brief has no room for --benchmark"), hint=_("leave one out"))
    if brief and full:
        raise UsageError(_("--brief and --full contradict each other"), hint=_("leave one out"))
    if full and not any(form.writer and form is not Format.HTML for form in formats):
        raise UsageError(
            _("--full is for text, Markdown, PDF and Word"), hint=_("leave it out: the other formats have everything")
        )
    if brief and not any(form.writer for form in formats):
        raise UsageError(
            _("--brief is a page of its own"),
            hint=_("leave it out, or use --format text, markdown, html, pdf or docx"),
        )


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
    own: "Scored",
    verdicts: "list[GateReport] | None",
    others: "Benchmark | None",
    *,
    robustness: bool,
) -> "Report":
    from allycheck.analysis.whole_report import whole_report

    firmness = None
    if robustness:
        from allycheck.analysis import robustness as other_readings

        firmness = other_readings.robustness(own.scores)
    return whole_report(own.scores, own.answers, robustness=firmness, gates=verdicts, benchmark=others)
