"""Which language is spoken: asked for with --language, else on a terminal by the environment, else a questionnaire's.

What somebody asks for counts everywhere; the environment only for what is printed or asked on a terminal.
"""

import inspect
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Annotated, Any

import typer

from allycheck.catalogues import is_code, tag, translation
from allycheck.errors import UsageError
from allycheck.language import Speech, _, speak, spoken
from allycheck.text import shown

OPTION = "--language"
Language = Annotated[
    str | None, typer.Option(OPTION, metavar="LL", help=_("Speak this language, such as en; see docs/translate.md."))
]


def chosen(arguments: Sequence[str], environment: Mapping[str, str]) -> Speech:
    """How to speak from the start, before anything is read, so that help and errors do. Raises UsageError.

    The command line is looked through by hand: what is wrong with it is told in this language, too.
    """
    if (code := _asked(arguments)) is not None:
        if not is_code(code):
            raise UsageError(_("{option} {word}: this is no language").format(option=OPTION, word=shown(code)))
        return Speech(tag(code), translation(code), asked=tag(code), sure=True)
    wanted = _of_environment(environment) if sys.stdout is not None and sys.stdout.isatty() else None
    found = translation(wanted) if wanted else None
    return Speech(tag(wanted), found, asked=tag(wanted)) if wanted and found else Speech(asked=wanted and tag(wanted))


def _asked(arguments: Sequence[str]) -> str | None:
    """What stands behind the option, the last one where it stands twice."""
    found = None
    for at, word in enumerate(arguments):
        if word == "--":
            break
        if word.startswith(f"{OPTION}="):
            found = word.partition("=")[2]
        elif word == OPTION and at + 1 < len(arguments):
            found = arguments[at + 1]
    return found


def _of_environment(environment: Mapping[str, str]) -> str | None:
    """The language of LC_ALL, LC_MESSAGES or LANG, the first that is set; None for C, POSIX and what is no language."""
    value = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    code = value.partition(".")[0].partition("@")[0]
    return code if is_code(code) else None


def for_a_file() -> None:
    """From here on the environment counts no more: what is made goes to a file, a pipe or a program."""
    speech = spoken()
    if speech.asked is not None and not speech.sure:
        speak(Speech())


def with_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The command with the option, which is read by `chosen` before the command is even built."""

    @wraps(command)
    def run(*arguments: Any, language: str | None = None, **options: Any) -> Any:
        del language
        return command(*arguments, **options)

    signature = inspect.signature(command, eval_str=True)
    own = inspect.Parameter("language", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=Language)
    run.__signature__ = signature.replace(parameters=[*signature.parameters.values(), own])  # type: ignore[attr-defined]
    return run
