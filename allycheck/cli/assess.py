"""assess: ask in the terminal, keep the answers in a file, and report at the end."""

from typing import TYPE_CHECKING, Annotated

import typer

from allycheck.cli import gate_options, output
from allycheck.cli.completing import FormName, Request, ask, open_answers, say_what_next, take
from allycheck.cli.options import Plain, QuestionnaireName
from allycheck.render.formats import Format, Look

if TYPE_CHECKING:
    from allycheck.answers import Answers
    from allycheck.report import GateReport
    from allycheck.scoring import Scores


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(assess)


def assess(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="Where the answers are kept; created, or resumed if it is there.")
    ] = "answers.yaml",
    *,
    questionnaire: QuestionnaireName = None,
    actor: Annotated[
        str | None, typer.Option("--actor", "-a", metavar="ACTOR", help="The actor type, such as business.")
    ] = None,
    form: Annotated[FormName | None, typer.Option("--form", help="The quick questions, or all.")] = None,
    organisation: Annotated[
        str | None, typer.Option("--organisation", metavar="NAME", help="The organisation's name.")
    ] = None,
    only: Annotated[str | None, typer.Option("--only", metavar="TREND", help="Ask one trend.")] = None,
    sets: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="ID=VALUE", help="Answer from here: 0 to 4, na, na:reason or dk; may be repeated."
        ),
    ] = None,
    format: Annotated[
        Format | None, typer.Option("--format", "-f", help="Write the whole report like this at the end.")
    ] = None,
    plain: Plain = False,
    no_input: Annotated[bool, typer.Option("--no-input", help="Ask nothing; say what is missing.")] = False,
    fail_under: gate_options.FailUnder = None,
    fail_over: gate_options.FailOver = None,
    min_level: gate_options.MinLevel = None,
    min_coverage: gate_options.MinCoverage = None,
    no_worse_than: gate_options.NoWorseThan = None,
    old_questionnaire: gate_options.OldQuestionnaire = None,
    guaranteed: gate_options.Guaranteed = False,
    gates: gate_options.GatesPath = None,
) -> None:
    """Ask in the terminal: one key an answer, each saved at once. Then print the report.

    \b
    Examples:
      allycheck assess                        into answers.yaml
      allycheck assess city.yaml --form quick
      allycheck assess city.yaml --only rapid-response
      allycheck assess city.yaml --format json > result.json
      allycheck assess ci.yaml --no-input --set coalition-mandate=3
    """
    from allycheck.interview.facing import face_for, surroundings
    from allycheck.scoring import score

    request = Request(file, questionnaire, actor, form, organisation, only, tuple(sets or ()))
    opened = open_answers(request)
    options = gate_options.GateOptions(
        fail_under, fail_over, min_level, min_coverage, no_worse_than, old_questionnaire, guaranteed, gates
    )
    wanted = gate_options.read_gates(options, opened.questionnaire)
    face = face_for(surroundings(), plain=plain, no_input=no_input)
    answers = ask(face, request, opened) if face else take(request, opened)
    scores = score(opened.questionnaire, answers)
    verdicts = gate_options.evaluate_gates(wanted, answers, scores, opened.file.path)
    _report(scores, answers, verdicts, format, plain=plain or face == "lines", watched=face is not None)
    if face:
        say_what_next(request, opened, answers)
    gate_options.exit_if_failed(verdicts, shown=format is Format.TEXT)


def _report(
    scores: "Scores",
    answers: "Answers",
    verdicts: "list[GateReport] | None",
    format: Format | None,
    *,
    plain: bool,
    watched: bool,
) -> None:
    """The brief report, or the whole one in the format asked for; a person who `watched` then sees the brief, too."""
    from allycheck.analysis.consistency import contradictions
    from allycheck.render.formats import render
    from allycheck.reporting import build_report

    result = build_report(scores, answers, consistency=contradictions(scores), gates=verdicts)
    plain = output.plain_wanted(plain=plain)
    look = Look(output.width(), output.colour(plain=plain), plain, brief=format is None)
    if watched and format not in {None, Format.TEXT}:
        output.talk(render(result, Format.TEXT, Look(plain=plain, brief=True)))
    output.write(render(result, format or Format.TEXT, look))
