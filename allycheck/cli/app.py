"""The whole command line in one place: the commands by group, and how an error becomes an exit code."""

import sys

import typer
from typer.core import TyperGroup

from allycheck.cli import assess, authors, decide, output, report, several
from allycheck.errors import AllycheckError

GROUPS = {
    "One organisation": ("assess", "report", "template", "explain", "plan", "stress"),
    "Several": ("compare", "merge", "coalition"),
    "Authors and programs": ("questionnaire", "schema"),
}
INTERRUPTED = 130


class GroupedHelp(TyperGroup):
    """Lists the commands by who needs them."""

    def format_commands(self, ctx: typer.Context, formatter: object) -> None:
        """Write one section for each group of commands."""
        for title, names in GROUPS.items():
            rows = [(name, command.get_short_help_str()) for name in names if (command := self.get_command(ctx, name))]
            if rows:
                with formatter.section(title):  # type: ignore[attr-defined]
                    formatter.write_dl(rows)  # type: ignore[attr-defined]


app = typer.Typer(
    cls=GroupedHelp,
    name="allycheck",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
    epilog="Exit codes: 0 done, 2 wrong usage, 3 invalid file, 4 a gate failed, 5 answers missing, 6 output not written.",
)


def _show_version(value: bool) -> None:  # noqa: FBT001 - typer calls it with the option's value
    if value:
        from allycheck import __version__

        output.write(f"allycheck {__version__}\n")
        raise typer.Exit


@app.callback()
def allycheck(
    version: bool = typer.Option(False, "--version", callback=_show_version, is_eager=True, help="Show the version and exit."),
) -> None:
    """Alliance readiness as a command: answer a questionnaire, see what your alliances can carry.

    \b
    Examples:
      allycheck assess                      answer in the terminal
      allycheck report answers.yaml         the tailored report
      allycheck template --actor business   a file to fill in by hand
    """


for module in (assess, report, decide, several, authors):
    module.register(app)


def run() -> int:
    """Run the command that was typed and return its exit code; every AllycheckError is shown in one place, here."""
    try:
        app()
    except AllycheckError as error:
        output.show_error(error)
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        sys.stdout = None
        return 0
    return 0
