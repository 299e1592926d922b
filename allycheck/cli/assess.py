"""assess: ask in the terminal, keep the answers in a file, and report at the end."""

import contextlib
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

import typer

from allycheck.cli import output
from allycheck.cli.options import Plain, QuestionnaireName
from allycheck.errors import MissingAnswersError, UsageError
from allycheck.render.formats import Format, Look

if TYPE_CHECKING:
    from allycheck.answers import Answers
    from allycheck.interview.facing import FaceName
    from allycheck.interview.saving import AnswersFile
    from allycheck.questionnaire import Questionnaire

FormName = Literal["quick", "full"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(assess)


class Request(NamedTuple):
    """What the options ask for."""

    file: str
    questionnaire: str | None
    actor: str | None
    form: FormName | None
    organisation: str | None
    only: str | None
    sets: list[str]


class Opened(NamedTuple):
    """The answers to begin with, what they belong to, and where they are kept."""

    questionnaire: "Questionnaire"
    answers: "Answers"
    file: "AnswersFile"
    is_new: bool


def assess(
    file: Annotated[
        str, typer.Argument(metavar="[FILE]", help="Where the answers are kept; created, or resumed if it is there.")
    ] = "answers.yaml",
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

    request = Request(file, questionnaire, actor, form, organisation, only, sets or [])
    opened = _open(request)
    face = face_for(surroundings(), plain=plain, no_input=no_input)
    answers = _ask(face, request, opened) if face else _take(request, opened)
    _report(opened.questionnaire, answers, format, plain=plain)
    if face:
        _say_what_next(opened, answers)


def _open(request: Request) -> Opened:
    from allycheck.answers import Answers
    from allycheck.interview.saving import is_hand_written, open_file
    from allycheck.loading import DEFAULT_QUESTIONNAIRE, load_questionnaire, load_sheet

    if request.file == "-":
        raise UsageError("assess keeps the answers in a file", hint="name one instead of -")
    file, content = open_file(request.file)
    if not content.strip():
        loaded = load_questionnaire(request.questionnaire or DEFAULT_QUESTIONNAIRE)
        answers = Answers(questionnaire=loaded.id, version=loaded.version)
        return Opened(loaded, _as_asked(request, loaded, answers), file, is_new=True)
    chosen = load_questionnaire(request.questionnaire) if request.questionnaire else None
    sheet = load_sheet(request.file, chosen, unfinished=True)
    file.holds(sheet.answers, hand_written=is_hand_written(content, sheet.answers, request.file))
    return Opened(sheet.questionnaire, _as_asked(request, sheet.questionnaire, sheet.answers), file, is_new=False)


def _as_asked(request: Request, questionnaire: "Questionnaire", answers: "Answers") -> "Answers":
    """The answers with the options' actor, form and organisation in place of those of the file."""
    from allycheck.answers import known_actor
    from allycheck.interview.given import trend_named
    from allycheck.text import printable

    changes: dict[str, str] = {}
    if request.actor is not None:
        changes["actor"] = known_actor(request.actor, questionnaire)
    if request.form is not None:
        changes["form"] = request.form
    if request.organisation is not None:
        changes["organisation"] = printable(request.organisation)
    if request.form == "quick" and not questionnaire.has_quick_form:
        raise UsageError("this questionnaire has no quick form", hint="leave out --form, or use --form full")
    if request.only is not None:
        trend_named(request.only, questionnaire)
    return answers.model_copy(update=changes)


def _take(request: Request, opened: Opened) -> "Answers":
    """Where nothing may be asked: take what is given, and refuse to go on if anything is missing."""
    from allycheck.answers import answer_warnings
    from allycheck.interview.given import HOW_TO_ANSWER, missing, unattended
    from allycheck.text import printable

    questionnaire = opened.questionnaire
    session = unattended(questionnaire, opened.answers, _today(), request.only, request.sets)
    if opened.file.differs(session.answers) and (request.sets or not opened.is_new):
        opened.file.save(session.answers)
    output.warn(answer_warnings(session.answers, questionnaire))
    actor_known = not questionnaire.actors or session.answers.actor is not None
    form_known = not opened.is_new or request.form is not None or not questionnaire.has_quick_form
    faults = list(missing(session, actor_known=actor_known, form_known=form_known))
    if faults:
        output.show_error(MissingAnswersError(faults))
        raise MissingAnswersError(f"{len(faults)} missing", printable(opened.file.path), HOW_TO_ANSWER)
    return session.answers


def _ask(face: "FaceName", request: Request, opened: Opened) -> "Answers":
    """Interview; where the person leaves or is interrupted, say how to go on and exit."""
    from allycheck.answers import answer_warnings
    from allycheck.interview.given import unattended
    from allycheck.interview.running import run
    from allycheck.interview.sitting import Ending
    from allycheck.interview.starting import Start
    from allycheck.interview.terminal import Stopped

    today = _today()
    answers = unattended(opened.questionnaire, opened.answers, today, request.only, request.sets).answers
    start = Start(opened.questionnaire, answers, request.file, form_known=not opened.is_new or request.form is not None)
    notices = list(answer_warnings(answers, opened.questionnaire))
    try:
        outcome = run(face, start, opened.file, today, request.only, notices)
    except Stopped as stopped:
        with contextlib.suppress(OSError):  # the terminal may be gone
            _say_how_to_go_on(request, opened)
        raise typer.Exit(stopped.exit_code) from None
    for notice in outcome.notices:
        output.talk(f"Note: {notice}.")
    if outcome.ending is Ending.LEFT:
        _say_how_to_go_on(request, opened)
        raise typer.Exit
    return outcome.answers


def _say_how_to_go_on(request: Request, opened: Opened) -> None:
    from allycheck.interview.given import command_to_go_on
    from allycheck.text import count, printable

    saved = opened.file.saved
    if saved is None:
        output.talk("Nothing was answered, and no file written.")
        return
    told = sum(answer.answer is not None for answer in saved.answers.values())
    path = opened.file.path
    output.talk(f"{count(told, 'answer')} saved in {printable(path)}. Go on with:")
    output.talk(f"  {printable(command_to_go_on(path, request.questionnaire, request.only))}")


def _report(questionnaire: "Questionnaire", answers: "Answers", format: Format | None, *, plain: bool) -> None:
    from allycheck.render.formats import render
    from allycheck.reporting import build_report
    from allycheck.scoring import score

    result = build_report(score(questionnaire, answers), answers)
    plain = output.plain_wanted(plain=plain)
    look = Look(output.width(), output.colour(plain=plain), plain, brief=format is None)
    output.write(render(result, format or Format.TEXT, look))
    # GATES: evaluate here and exit 4 if one fails.


def _say_what_next(opened: Opened, answers: "Answers") -> None:
    import shlex

    from allycheck.text import printable

    path = printable(shlex.quote(opened.file.path))
    commands = {
        f"allycheck report {path}": "the whole report",
        f"allycheck plan {path}": "the cheapest steps to a target",
        f"allycheck stress {path}": "what gives way first in a crisis",
    }
    if answers.form == "quick":
        commands[f"allycheck assess {path} --form full"] = "the other questions; your answers stay"
    column = max(map(len, commands))
    output.talk(f"\nYour answers are in {printable(opened.file.path)}. Next:")
    for command, what in commands.items():
        output.talk(f"  {command:{column}}  {what}")


def _today() -> str:
    from datetime import date

    return date.today().isoformat()  # noqa: DTZ011 - the person's own day
