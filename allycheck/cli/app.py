"""The whole command line in one place: the commands by group, and how an error becomes an exit code."""

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperGroup

from allycheck.cli import outputs
from allycheck.errors import AllycheckError, OutputError

if TYPE_CHECKING:
    from typer._click import Context, HelpFormatter

GROUPS = {
    "One organisation": ("assess", "report", "template", "explain", "plan", "stress"),
    "Several": ("compare", "merge", "coalition"),
    "Authors and programs": ("questionnaire", "schema"),
}
MODULES = {
    "assess": "assess",
    "report": "report",
    "template": "template",
    "explain": "explain",
    "plan": "decide",
    "stress": "decide",
    "compare": "several",
    "merge": "several",
    "coalition": "several",
    "questionnaire": "questionnaire",
    "schema": "schema",
}
INTERRUPTED = 130
DONE = 0


class GroupedHelp(TyperGroup):
    """Lists the commands by who needs them."""

    def format_commands(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        """Write one section for each group of commands."""
        for title, names in GROUPS.items():
            commands = {name: command for name in names if (command := self.get_command(ctx, name)) is not None}
            if not commands:
                continue
            with formatter.section(title):
                formatter.write_dl([(name, command.get_short_help_str(100)) for name, command in commands.items()])


def _show_version(wanted: bool) -> None:
    if wanted:
        from allycheck import __version__

        outputs.write(f"allycheck {__version__}\n")
        raise typer.Exit


def allycheck(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
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
        cls=GroupedHelp,
        name="allycheck",
        add_completion=False,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["--help", "-h"]},
        epilog="Exit codes: 0 done, 2 wrong usage, 3 invalid file, 4 a gate failed, 5 answers missing, 6 not written.",
    )
    app.callback()(allycheck)
    typed = arguments[0] if arguments else ""
    modules = [MODULES[typed]] if typed in MODULES else dict.fromkeys(MODULES.values())
    for module in modules:
        import_module(f"allycheck.cli.{module}").register(app)
    return app


def run() -> int:
    """Run the command that was typed and return its exit code; every AllycheckError is shown in one place, here."""
    try:
        build(sys.argv[1:])()
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
