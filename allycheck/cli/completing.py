"""The two ways to complete an answers file, by interview or from the options, and what is said around them."""

import contextlib
from typing import TYPE_CHECKING, Literal, NamedTuple

import typer

from allycheck.cli import output
from allycheck.errors import MissingAnswersError, UsageError

if TYPE_CHECKING:
    from allycheck.answers import Answers
    from allycheck.interview.facing import FaceName
    from allycheck.interview.saving import AnswersFile
    from allycheck.questionnaire import Questionnaire

FormName = Literal["quick", "full"]


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


def open_answers(request: Request) -> Opened:
    """Read the answers file with its questionnaire, or begin a new one. Raises AllycheckError; writes nothing."""
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


def take(request: Request, opened: Opened) -> "Answers":
    """Where nothing may be asked: take what is given, and refuse to go on if anything is missing."""
    from allycheck.answers import answer_warnings
    from allycheck.interview.given import HOW_TO_ANSWER, missing, unattended
    from allycheck.text import printable

    questionnaire = opened.questionnaire
    session = unattended(questionnaire, opened.answers, _today(), request.only, request.sets)
    if opened.file.differs(session.answers) and (request.sets or not opened.is_new):
        _tell(opened.file.save(session.answers))
    output.warn(answer_warnings(session.answers, questionnaire))
    actor_known = not questionnaire.actors or session.answers.actor is not None
    form_known = not opened.is_new or request.form is not None or not questionnaire.has_quick_form
    faults = list(missing(session, actor_known=actor_known, form_known=form_known))
    if faults:
        output.show_error(MissingAnswersError(faults))
        raise MissingAnswersError(f"{len(faults)} missing", printable(opened.file.path), HOW_TO_ANSWER)
    return session.answers


def ask(face: "FaceName", request: Request, opened: Opened) -> "Answers":
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
        _say_how_to_go_on(request, opened)
        raise typer.Exit(stopped.exit_code) from None
    _tell(*outcome.notices)
    if outcome.ending is Ending.LEFT:
        _say_how_to_go_on(request, opened)
        raise typer.Exit
    return outcome.answers


def _say_how_to_go_on(request: Request, opened: Opened) -> None:
    with contextlib.suppress(OSError):  # the terminal may be gone
        for line in _how_to_go_on(request, opened):
            output.talk(line)


def _how_to_go_on(request: Request, opened: Opened) -> list[str]:
    from allycheck.text import count, printable

    saved, path = opened.file.saved, opened.file.path
    if saved is None:
        return ["Nothing was answered, and no file written."]
    told = sum(answer.answer is not None for answer in saved.answers.values())
    only = ("--only", request.only) if request.only else ()
    command = _command("assess", path, request, *only)
    return [f"{count(told, 'answer')} saved in {printable(path)}. Go on with:", f"  {command}"]


def say_what_next(request: Request, opened: Opened, answers: "Answers") -> None:
    """Where the answers are, and the commands that go on from them."""
    from allycheck.text import printable

    path = opened.file.path
    commands = {_command("report", path, request): "the whole report"}
    commands[_command("plan", path, request)] = "the cheapest steps to a target"
    if opened.questionnaire.scenarios:
        commands[_command("stress", path, request)] = "what gives way first in a crisis"
    if answers.form == "quick":
        commands[_command("assess", path, request, "--form", "full")] = "the other questions; your answers stay"
    column = max(map(len, commands))
    output.talk(f"\nYour answers are in {printable(path)}. Next:")
    for command, what in commands.items():
        output.talk(f"  {command:{column}}  {what}")


def _command(name: str, path: str, request: Request, *options: str) -> str:
    import shlex

    from allycheck.text import printable

    words = ["allycheck", name, path, *options]
    words += ["--questionnaire", request.questionnaire] if request.questionnaire else []
    return printable(shlex.join(words))


def _tell(*notices: str) -> None:
    for notice in filter(None, notices):
        output.talk(f"Note: {notice}.")


def _today() -> str:
    from datetime import date

    return date.today().isoformat()  # noqa: DTZ011 - the person's own day
