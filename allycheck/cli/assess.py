"""assess: ask in the terminal, keep the answers in a file, and report at the end."""

from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

import typer

from allycheck.cli import gates as gate_options
from allycheck.cli import outputs
from allycheck.cli.options import Plain, QuestionnaireName, format_of
from allycheck.cli.outputs import Manner
from allycheck.errors import MissingAnswersError, OutputError, UsageError
from allycheck.language import _, ngettext
from allycheck.render.formats import Format, Kind
from allycheck.render.look import Look, Source

if TYPE_CHECKING:
    from allycheck.answers import Answers
    from allycheck.interview.keymap import FaceName
    from allycheck.interview.saving import AnswersFile
    from allycheck.interview.session import Session
    from allycheck.questionnaire import Questionnaire
    from allycheck.report import Report


FormName = Literal["full", "quick"]
HUNG_UP = 129
"""The exit code where the terminal has gone, as after a signal that says so."""


class Request(NamedTuple):
    """What the options ask for."""

    file: str
    questionnaire: str | None = None
    actor: str | None = None
    form: FormName | None = None
    organisation: str | None = None
    only: str | None = None
    sets: tuple[str, ...] = ()


class Opened(NamedTuple):
    """The answers to begin with, what they belong to, and where they are kept."""

    questionnaire: "Questionnaire"
    answers: "Answers"
    file: "AnswersFile"
    is_new: bool
    form_known: bool


def assess(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help=_("Where the answers are kept; created, or resumed if it is there."))
    ] = "answers.yaml",
    *,
    questionnaire: QuestionnaireName = None,
    actor: Annotated[
        str | None, typer.Option("--actor", "-a", metavar="ACTOR", help=_("The actor type, such as business."))
    ] = None,
    form: Annotated[FormName | None, typer.Option("--form", help=_("The quick questions, or all."))] = None,
    organisation: Annotated[
        str | None, typer.Option("--organisation", metavar="NAME", help=_("The organisation's name."))
    ] = None,
    only: Annotated[str | None, typer.Option("--only", metavar="TREND", help=_("Ask one trend."))] = None,
    sets: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="ID=VALUE", help=_("Answer from here: 0 to 4, na, na:reason or dk; may be repeated.")
        ),
    ] = None,
    format: Annotated[Format | None, format_of("report", _("Write the whole report like this at the end."))] = None,
    plain: Plain = False,
    no_input: Annotated[bool, typer.Option("--no-input", help=_("Ask nothing; say what is missing."))] = False,
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
    """Ask in the terminal: one key an answer, each saved at once. Then say where you stand and what to do first.

    \b
    Examples:
      allycheck assess                        into answers.yaml
      allycheck assess city.yaml --form quick
      allycheck assess city.yaml --only rapid-response
      allycheck assess city.yaml --format json > result.json
      allycheck assess ci.yaml --no-input --set coalition-mandate=3
    """
    from allycheck.analysis.whole_report import whole_report
    from allycheck.interview.face import face_for, surroundings
    from allycheck.interview.unattended import unattended
    from allycheck.scored import scored

    outputs.refuse_on_terminal(format)
    request = Request(file, questionnaire, actor, form, organisation, only, tuple(sets or ()))
    opened = _open_answers(request)
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
    wanted = gate_options.read_gates(options, opened.questionnaire)
    face = face_for(surroundings(), plain=plain, no_input=no_input)
    session = unattended(opened.questionnaire, opened.answers, _today(), request.only, request.sets)
    answers = _ask(face, request, opened, session) if face else _take(request, opened, session)
    own = scored(opened.questionnaire, answers, opened.file.path)
    verdicts = gate_options.evaluate_gates(wanted, own)
    result = whole_report(own.scores, own.answers, gates=verdicts)
    if face:
        _finish(request, opened, result, format, plain=plain or face == "lines")
    else:
        _show(request, opened, result, format, plain=plain)
    gate_options.exit_if_failed(verdicts)


# Before anything is asked


def _open_answers(request: Request) -> Opened:
    """Read the answers file with its questionnaire, or begin a new one. Raises AllycheckError; writes nothing.

    What a killed session left half written beside the file is taken away.
    """
    from allycheck.answers import Answers
    from allycheck.interview.saving import is_hand_written, open_file
    from allycheck.loading import DEFAULT_QUESTIONNAIRE, load_questionnaire, load_sheet
    from allycheck.reading import is_workbook
    from allycheck.text import printable

    if request.file == "-":
        raise UsageError(_("assess keeps the answers in a file"), hint=_("name one instead of -"))
    file, content = open_file(request.file)
    if is_workbook(request.file, content):
        raise UsageError(
            _("assess never writes into a workbook"),
            printable(request.file),
            _("fill it in as it is and see: allycheck report FILE; or assess into a new file, such as answers.yaml"),
        )
    is_new = not content.strip()
    if is_new:
        questionnaire = load_questionnaire(request.questionnaire or DEFAULT_QUESTIONNAIRE)
        answers = Answers(questionnaire=questionnaire.id, version=questionnaire.version)
    else:
        chosen = load_questionnaire(request.questionnaire) if request.questionnaire else None
        sheet = load_sheet(request.file, chosen, unfinished=True)
        questionnaire, answers = sheet.questionnaire, sheet.answers
        file.holds(answers, hand_written=is_hand_written(content, answers, request.file))
    file.clear_up()
    form_known = not is_new or request.form is not None or not questionnaire.has_quick_form
    return Opened(questionnaire, _as_asked(request, questionnaire, answers), file, is_new, form_known)


def _as_asked(request: Request, questionnaire: "Questionnaire", answers: "Answers") -> "Answers":
    """The answers with the options' actor, form and organisation in place of those of the file."""
    from allycheck.answers import known_actor
    from allycheck.interview.unattended import trend_named
    from allycheck.text import printable

    changes: dict[str, str] = {}
    if request.actor is not None:
        changes["actor"] = known_actor(request.actor, questionnaire)
    if request.form is not None:
        changes["form"] = request.form
    if request.organisation is not None:
        changes["organisation"] = printable(request.organisation)
    if request.form == "quick" and not questionnaire.has_quick_form:
        raise UsageError(_("this questionnaire has no quick form"), hint=_("leave out --form, or use --form full"))
    if request.only is not None:
        trend_named(request.only, questionnaire)
    return answers.model_copy(update=changes)


# Asking, or doing without


def _ask(face: "FaceName", request: Request, opened: Opened, session: "Session") -> "Answers":
    """Interview, from the answers of this session on; where the person leaves or is interrupted, say how to go on."""
    from allycheck.answers import answer_warnings
    from allycheck.interview.face import run
    from allycheck.interview.opening import Start
    from allycheck.interview.recorder import Ending
    from allycheck.interview.terminal.terminal import Stopped

    start = Start(opened.questionnaire, session.answers, request.file, opened.form_known)
    notices = list(answer_warnings(session.answers, opened.questionnaire))
    try:
        interview = run(face, start, opened.file, session.today, request.only, notices)
    except Stopped as stopped:
        _say_how_to_go_on(request, opened)
        raise typer.Exit(stopped.exit_code) from None
    _tell(*interview.notices)
    if interview.ending is Ending.LEFT:
        _say_how_to_go_on(request, opened)
        raise typer.Exit
    return interview.answers


def _take(request: Request, opened: Opened, session: "Session") -> "Answers":
    """Where nothing may be asked: keep what was given, and refuse to go on if anything is missing."""
    from allycheck.answers import answer_warnings
    from allycheck.interview.unattended import how_to_answer, missing
    from allycheck.text import printable

    if opened.file.differs(session.answers) and (request.sets or not opened.is_new):
        _tell(opened.file.save(session.answers))
    outputs.warn(answer_warnings(session.answers, opened.questionnaire))
    actor_known = not opened.questionnaire.actors or session.answers.actor is not None
    faults = list(missing(session, actor_known=actor_known, form_known=opened.form_known))
    if faults:
        outputs.show_error(MissingAnswersError(faults))
        what = ngettext("{number} missing", "{number} missing", len(faults))
        raise MissingAnswersError(what.format(number=len(faults)), printable(opened.file.path), how_to_answer())
    return session.answers


# At the end


def _show(request: Request, opened: Opened, result: "Report", format: Format | None, *, plain: bool) -> None:
    """Print the report in the format asked for, or briefly where none is."""
    kind: Kind = "report" if format else "brief"
    source = Source(
        outputs.as_typed(opened.file.path, request.questionnaire), scenarios=bool(opened.questionnaire.scenarios)
    )
    outputs.show(kind, result, outputs.places(kind, None, format, []), Manner(plain, source=source))


def _finish(request: Request, opened: Opened, result: "Report", format: Format | None, *, plain: bool) -> None:
    """The card that a person sees last; before it, on standard output, the whole report in the format asked for.

    The card stands on standard output only where nothing else does.
    """
    from allycheck.interview.terminal.terminal import window_size
    from allycheck.render.document.text import text
    from allycheck.render.finish import page

    opened.file.put_back()
    card = page(result, opened.file.path, _next_commands(request, opened, result))
    try:
        if format is None:
            outputs.write(text(card, outputs.look(plain=plain)))
            return
        _show(request, opened, result, format, plain=plain)
    except OutputError:
        if _terminal_is_gone():
            raise typer.Exit(HUNG_UP) from None
        raise
    columns = max(outputs.NARROWEST, min(window_size().width, outputs.WIDEST))
    outputs.talk("\n" + text(card, Look(columns, plain=outputs.plain_wanted(plain=plain))).rstrip())


def _terminal_is_gone() -> bool:
    """Whether there is no terminal any more where the interview had one."""
    import os

    from allycheck.interview.terminal.terminal import STDERR

    return not os.isatty(STDERR)


def _next_commands(request: Request, opened: Opened, result: "Report") -> dict[str, str]:
    """The commands that go on from the answers, each with what it shows."""
    path = opened.file.path
    commands = {_command("report", path, request): _("the whole report")}
    commands[_command("plan", path, request)] = _("the cheapest steps to a target")
    if result.form == "quick":
        commands[_command("assess", path, request, "--form", "full")] = _("the other questions")
    elif opened.questionnaire.scenarios:
        commands[_command("stress", path, request)] = _("what gives way first in a crisis")
    return commands


def _say_how_to_go_on(request: Request, opened: Opened) -> None:
    """What is saved, and the command that resumes."""
    from allycheck.text import printable

    try:
        opened.file.put_back()
    except OutputError as error:
        outputs.show_error(error)
        return
    saved, path = opened.file.saved, opened.file.path
    if saved is None:
        outputs.talk(_("Nothing was answered, and no file written."))
        return
    told = sum(answer.answer is not None for answer in saved.answers.values())
    only = ("--only", request.only) if request.only else ()
    words = ngettext(
        "{number} answer saved in {file}. Go on with:", "{number} answers saved in {file}. Go on with:", told
    )
    outputs.talk(words.format(number=told, file=printable(path)))
    outputs.talk(f"  {_command('assess', path, request, *only)}")


def _command(name: str, path: str, request: Request, *options: str) -> str:
    import shlex

    from allycheck.text import printable

    words = ["allycheck", name, path, *options]
    words += ["--questionnaire", request.questionnaire] if request.questionnaire else []
    return printable(shlex.join(words))


def _tell(*notices: str) -> None:
    for notice in filter(None, notices):
        outputs.talk(_("Note: {notice}.").format(notice=notice))


def _today() -> str:
    from datetime import date

    return date.today().isoformat()  # noqa: DTZ011 - the person's own day
