"""The gates as options, for every command that judges a result: read them first, evaluate them at the end."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from allycheck.cli import outputs
from allycheck.errors import Fault, UsageError
from allycheck.language import _

if TYPE_CHECKING:
    from allycheck.analysis.gates import Gate
    from allycheck.questionnaire import Questionnaire
    from allycheck.report import GateReport
    from allycheck.scored import Scored

EXIT_CODE = 4
FailUnder = Annotated[
    list[str] | None,
    typer.Option("--fail-under", metavar="[TREND=]X", help=_("Gate: fail if the score is below X; may be repeated.")),
]
FailOver = Annotated[
    list[str] | None,
    typer.Option("--fail-over", metavar="RISK=X", help=_("Gate: fail if an exposure is above X; may be repeated.")),
]
MinLevel = Annotated[
    list[str] | None,
    typer.Option("--min-level", metavar="[TREND=]LEVEL", help=_("Gate: fail below a level, such as defined or 2.")),
]
MinCoverage = Annotated[
    list[str] | None,
    typer.Option("--min-coverage", metavar="[TREND=]X", help=_("Gate: fail if less is known than X, 0 to 1.")),
]
MinEvidence = Annotated[
    list[str] | None,
    typer.Option(
        "--min-evidence",
        metavar="[TREND=]X",
        help=_("Gate: fail if less of what is at 3 or 4 names evidence, 0 to 1."),
    ),
]
MaxHoles = Annotated[
    list[str] | None,
    typer.Option(
        "--max-holes", metavar="[RISK=]N", help=_("Gate: fail if more critical safeguards are missing than N.")
    ),
]
NoWorseThan = Annotated[
    str | None,
    typer.Option("--no-worse-than", metavar="FILE", help=_("Gate: fail on a real fall since earlier answers.")),
]
OldQuestionnaire = Annotated[
    str | None,
    typer.Option("--old-questionnaire", metavar="ID|PATH", help=_("What the earlier answers were given to.")),
]
Guaranteed = Annotated[bool, typer.Option("--guaranteed", help=_("Gates test the worst end of each range."))]
GatesPath = Annotated[str | None, typer.Option("--gates", metavar="FILE", help=_("Gates from a YAML or JSON file."))]


class GateOptions(NamedTuple):
    """What was typed."""

    fail_under: list[str] | None = None
    fail_over: list[str] | None = None
    min_level: list[str] | None = None
    min_coverage: list[str] | None = None
    min_evidence: list[str] | None = None
    max_holes: list[str] | None = None
    no_worse_than: str | None = None
    old_questionnaire: str | None = None
    guaranteed: bool = False
    gates: str | None = None


class Wanted(NamedTuple):
    """The gates, and the earlier answers that some of them name."""

    gates: list["Gate"]
    earlier: dict[str, "Scored"]
    guaranteed: bool


def read_gates(options: GateOptions, questionnaire: "Questionnaire") -> Wanted:
    """Every gate asked for, with the files it needs, so that a mistake shows before anything else is done.

    Raises UsageError with every mistake in the options, AllycheckError with every one of a file.
    """
    if all(option is None or option is False or option == [] for option in options):
        return Wanted([], {}, guaranteed=False)
    from allycheck.loading import load_gates

    gates = _from_options(options, questionnaire)
    if options.gates is not None:
        gates += load_gates(options.gates, questionnaire)
    files = list(dict.fromkeys(gate.limit for gate in gates if gate.kind == "no-worse-than"))
    _refuse_idle(options, gates, files)
    return Wanted(gates, {file: _earlier(file, options, questionnaire) for file in files}, options.guaranteed)


def _from_options(options: GateOptions, questionnaire: "Questionnaire") -> list["Gate"]:
    from allycheck.analysis.gates import gate_faults

    typed = list(_typed(options))
    faults = [
        Fault(fault.what, hint=fault.hint, where=f"--{gate.kind} {text}")
        for text, gate in typed
        for fault in gate_faults(gate, questionnaire)
    ]
    if faults:
        raise UsageError(faults)
    return [gate for _, gate in typed]


def _typed(options: GateOptions) -> Iterator[tuple[str, "Gate"]]:
    """Each option as it was typed, and the gate that it stands for."""
    from allycheck.analysis.gates import Gate
    from allycheck.scoring import OVERALL

    repeatable: tuple[tuple[str, Iterable[str] | None], ...] = (
        ("fail-under", options.fail_under),
        ("fail-over", options.fail_over),
        ("min-level", options.min_level),
        ("min-coverage", options.min_coverage),
        ("min-evidence", options.min_evidence),
        ("max-holes", options.max_holes),
    )
    for kind, texts in repeatable:
        for text in texts or ():
            subject, equals, limit = text.rpartition("=")
            yield text, Gate.model_validate({"kind": kind, "subject": subject if equals else OVERALL, "limit": limit})
    if options.no_worse_than is not None:
        yield options.no_worse_than, Gate(kind="no-worse-than", limit=options.no_worse_than)


def _refuse_idle(options: GateOptions, gates: list["Gate"], files: list[str]) -> None:
    """An option that changes nothing was meant to change something."""
    if options.guaranteed and not gates:
        raise UsageError(
            _("--guaranteed tightens gates, and there is none"), hint=_("add one, such as --fail-under 60")
        )
    if options.old_questionnaire is not None and not files:
        raise UsageError(_("--old-questionnaire belongs to earlier answers"), hint=_("name them with --no-worse-than"))


def _earlier(file: str, options: GateOptions, questionnaire: "Questionnaire") -> "Scored":
    from allycheck.loading import load_questionnaire, load_sheet
    from allycheck.scored import scored

    old = load_questionnaire(options.old_questionnaire) if options.old_questionnaire is not None else questionnaire
    sheet = load_sheet(file, old)
    outputs.warn(sheet.warnings)
    return scored(old, sheet.answers, sheet.name)


def evaluate_gates(wanted: Wanted, own: "Scored") -> list["GateReport"] | None:
    """The verdict on every gate, None where none was asked for."""
    if not wanted.gates:
        return None
    from allycheck.analysis.compare import compare
    from allycheck.analysis.evidence import with_evidence
    from allycheck.analysis.gates import evaluate

    changes = {file: compare(before, own) for file, before in wanted.earlier.items()}
    return evaluate(
        wanted.gates, own.scores, guaranteed=wanted.guaranteed, changes=changes, evidenced=with_evidence(own.answers)
    )


def exit_if_failed(gates: list["GateReport"] | None) -> None:
    """Leave with exit code 4 if a gate failed, saying which on standard error, wherever the report went."""
    failed = [gate for gate in gates or [] if not gate.passed]
    for gate in failed:
        outputs.talk(_("gate failed: {reason}").format(reason=gate.reason))
    if failed:
        raise typer.Exit(EXIT_CODE)
