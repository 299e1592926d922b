"""The whole command line in one place: the commands by group, and how an error becomes an exit code."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from keyword import iskeyword
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer._click.exceptions import NoArgsIsHelpError
from typer._click.exceptions import UsageError as WrongUsage
from typer.core import TyperGroup
from typer.main import get_command

from allycheck.cli import completion, languages, outputs
from allycheck.cli.options import help_of
from allycheck.errors import AllycheckError, OutputError, UsageError
from allycheck.language import _, later, speaking
from allycheck.text import listing, sentences

if TYPE_CHECKING:
    from typer._click import Context, HelpFormatter

GROUPS = {
    later("One organisation"): ("assess", "report", "template", "explain", "evidence", "plan", "stress"),
    later("Several"): ("import", "compare", "merge", "coalition", "cohort"),
    later("Authors and programs"): ("questionnaire", "schema"),
    later("Using it"): ("help", "completion"),
}
COMMANDS = tuple(name for names in GROUPS.values() for name in names)
"""Each is the function, or the group, of that name in the module of that name; `import_` where Python has the word,
`help_` where that would hide its own."""
NAME = "allycheck"
HELP = "help"
INTERRUPTED = 130
DONE = 0


class Commands(TyperGroup):
    """Lists the commands by who needs them, and tells wrong usage as every other error is told."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: "Context | None" = None, **extra: Any
    ) -> "Context":
        """As typer does it."""
        with _told_as_ours():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: "Context") -> Any:
        """As typer does it."""
        with _told_as_ours(ctx):
            return super().invoke(ctx)

    def format_commands(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        """Write one section for each group of commands."""
        for title, names in GROUPS.items():
            commands = {name: command for name in names if (command := self.get_command(ctx, name)) is not None}
            if not commands:
                continue
            with formatter.section(_(title)):
                formatter.write_dl([(name, command.get_short_help_str(100)) for name, command in commands.items()])


@contextmanager
def _told_as_ours(ctx: "Context | None" = None) -> Iterator[None]:
    try:
        yield
    except NoArgsIsHelpError:
        raise
    except WrongUsage as error:
        typed = error.ctx.command_path if error.ctx else f"{NAME} {(ctx and ctx.invoked_subcommand) or ''}".strip()
        raise UsageError(*_in_our_words(error, typed)) from None


def _in_our_words(error: WrongUsage, command: str) -> tuple[str, str, str]:
    """What is wrong, no place, and the hint: the nearest word, and where to get help."""
    message = error.format_message().replace("Value error, ", "")
    what, _then, words = message.partition(" Did you mean ")
    meant = words.partition(",")[0].rstrip("?")
    if near := getattr(error, "possibilities", None):
        what, meant = what.partition(" (")[0], listing(near, "or")
    see = _("see {command} --help").format(command=command)
    hint = sentences([_("did you mean {word}?").format(word=meant), see]) if meant else see
    return what[:1].lower() + what[1:].rstrip("."), "", hint


def _show_version(wanted: bool) -> None:
    if wanted:
        from allycheck import __version__

        outputs.write(f"allycheck {__version__}\n")
        raise typer.Exit


def allycheck(
    version: Annotated[
        bool,
        typer.Option("--version", "-V", callback=_show_version, is_eager=True, help=_("Show the version and exit.")),
    ] = False,
) -> None:
    """Alliance readiness as a command: answer a questionnaire, see what your alliances can carry.

    \b
    Examples:
      allycheck assess                      answer in the terminal
      allycheck report answers.yaml         the tailored report
      allycheck template --actor business   a file to fill in by hand
    """


def build(arguments: list[str]) -> typer.Typer:
    """The command line with the one command that was typed, or with all of them where help may be wanted.

    Reading the options of ten other commands would cost every start a fifth of its time.
    """
    app = typer.Typer(
        cls=Commands,
        name=NAME,
        add_completion=False,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["--help", "-h"], "terminal_width": outputs.width()},
        epilog=_(
            "Exit codes: 0 done, 2 wrong usage, 3 invalid file, 4 a gate failed, 5 answers missing, 6 not written; "
            "more of them, and the environment: allycheck help environment."
        ),
    )
    app.callback(help=help_of(allycheck))(allycheck)
    for name in _needed(arguments):
        command = getattr(
            import_module(f"allycheck.cli.{name}"), f"{name}_" if iskeyword(name) or name == HELP else name
        )
        if isinstance(command, typer.Typer):
            app.add_typer(command, name=name)
        else:
            app.command(name, help=help_of(command))(languages.with_option(command))
    return app


def _needed(arguments: Sequence[str]) -> Sequence[str]:
    """The command that was typed, and with `help` the one it is asked about; else all of them."""
    first, second = [*arguments, "", ""][:2]
    needed = (HELP, second) if first == HELP else (first,)
    return needed if set(needed) <= set(COMMANDS) else COMMANDS


def run() -> int:
    """Run the command that was typed and return its exit code; every AllycheckError is shown in one place, here."""
    if completion.is_asked():
        return _complete()
    try:
        speech = languages.chosen(sys.argv[1:], os.environ)
    except AllycheckError as error:
        outputs.show_error(error)
        return error.exit_code
    with speaking(speech):
        return _run()


def _run() -> int:
    try:
        build(sys.argv[1:])(prog_name=NAME)
    except AllycheckError as error:
        outputs.show_error(error)
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as stop:
        # typer answers a closed pipe with 1, which is never ours: whoever closed it has read enough.
        return DONE if stop.code == 1 else int(stop.code or DONE)
    except OSError as error:
        # Help that can't be printed; results report this themselves.
        outputs.show_error(outputs.failed(error))
        return OutputError.exit_code
    return DONE


def _complete() -> int:
    """Answer a shell that asks for words. Whatever is wrong with what stands on the line, it is no time to say so."""
    before, word = completion.typed()
    with suppress(AllycheckError, WrongUsage, OSError, ValueError, SystemExit):
        completion.answer(get_command(build(before)), NAME, before, word)
    return DONE
