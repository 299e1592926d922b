"""help: what --help says, for any command, and what no command's help has room for."""

from collections.abc import Iterable
from typing import Annotated

import typer
from typer._click.core import Command, Context
from typer._click.formatting import HelpFormatter
from typer.core import TyperGroup

from allycheck.cli import outputs
from allycheck.errors import UsageError
from allycheck.language import _
from allycheck.text import hint, shown

ENVIRONMENT = "environment"
"""The one topic that is no command."""


def help_(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[COMMAND]", help=_("A command, or: environment."))
    ] = None,
) -> None:
    """Show the help of a command, or exit codes and environment variables.

    \b
    Examples:
      allycheck help
      allycheck help report
      allycheck help questionnaire check
      allycheck help environment
    """
    if words == [ENVIRONMENT]:
        outputs.write(environment(outputs.width()))
        return
    assert ctx.parent is not None
    found: Context = ctx.parent
    for word in words or ():
        found = Context(_named(word, found), parent=found, info_name=word)
    outputs.write(f"{found.get_help()}\n")


def _named(word: str, ctx: Context) -> Command:
    """A command by its name. Raises UsageError with the nearest one."""
    group = ctx.command
    if not isinstance(group, TyperGroup):
        raise UsageError(
            _("{command} has no commands of its own").format(command=ctx.command_path),
            hint=_("see {command}").format(command=f"{ctx.command_path} --help"),
        )
    found = group.get_command(ctx, word)
    if found is None:
        names = group.list_commands(ctx)
        known = names if ctx.parent else [*names, ENVIRONMENT]
        raise UsageError(_("no such command {word}").format(word=repr(shown(word))), hint=hint(word, known))
    return found


def environment(width: int) -> str:
    """Exit codes, what the variables of the environment do, and what --quiet keeps still about."""
    page = HelpFormatter(width=width)
    for title, entries in (
        (_("Exit codes"), [(str(code), meaning) for code, meaning in exit_codes().items()]),
        (_("Environment variables"), list(variables().items())),
    ):
        with page.section(title):
            page.write_dl(entries)
    with page.section(_("What goes where")):
        for text in streams():
            page.write_text(text)
            page.write_paragraph()
    return f"{page.getvalue().strip()}\n"


def exit_codes() -> dict[int, str]:
    """Every exit code, and what it means."""
    return {
        0: _("Done. An answer such as 'the target is out of reach' is one, too; so is leaving the interview."),
        2: _("Wrong usage."),
        3: _("A file can't be read, is invalid, or does not belong with the others."),
        4: _("A gate failed; everything was written."),
        5: _("Answers are missing where they were required."),
        6: _("Output could not be written."),
        129: _("The terminal went away; what was answered is saved."),
        130: _("Interrupted by Ctrl-C; what was answered is saved."),
        143: _("Ended by a signal; what was answered is saved."),
    }


def variables() -> dict[str, str]:
    """Every variable of the environment that counts, and what it does."""
    return {
        "NO_COLOR": _("Set to anything: no colours."),
        "TERM": _("Empty, dumb or unknown: no colours, no progress, and plain lines instead of a screen."),
        "COLUMNS": _("How wide results and help are on a terminal, instead of what it says; else 80."),
        "LC_ALL": _("The language to speak on a terminal, where there are texts in it; --language goes before."),
        "LC_MESSAGES": _("The same, where LC_ALL is not set."),
        "LANG": _("The same, where neither is set."),
        "CI": _("Set: nothing is asked."),
        "ALLYCHECK_PLAIN": _("Set: as with --plain, whole sentences without boxes, bars and colours."),
        "ACCESSIBLE": _("Set: the same."),
        "PYDANTIC_DISABLE_PLUGINS": _("Set to __all__ unless it is set already: no plug-in of pydantic is loaded."),
        "_ALLYCHECK_COMPLETE": _("Set by the scripts of `allycheck completion`: only words to complete are printed."),
        "_ALLYCHECK_WORD": _("Set by them, too: the word that is being typed."),
    }


def streams() -> Iterable[str]:
    """What is said on which stream, and what --quiet leaves out."""
    return (
        _("Results go to standard output, or to the files named with -o; all else goes to standard error."),
        _(
            "With --quiet nothing is said of files written, notes and progress. Warnings, errors and failed gates are "
            "said in any case: they tell that a result may not be what you take it for."
        ),
        _('"Set" means: to something else than nothing, 0, false or no.'),
    )
