"""questionnaire: list, show, check and new, for authors of questionnaires."""

from typing import TYPE_CHECKING, Annotated

import typer

from allycheck.cli import outputs, progress
from allycheck.cli.options import Plain, Quiet
from allycheck.errors import UsageError

if TYPE_CHECKING:
    from allycheck.questionnaire import Questionnaire

Name = Annotated[str, typer.Argument(metavar="[ID|PATH]", help="A bundled questionnaire's id, or a file or folder.")]
DEFAULT = "alliance-readiness"


def list_() -> None:
    """List the questionnaires that come with allycheck."""
    from allycheck.bundled import bundled_questionnaires
    from allycheck.loading import load_questionnaire
    from allycheck.render import questionnaire as render

    bundled = [load_questionnaire(name) for name in bundled_questionnaires()]
    outputs.write(render.listed(bundled))


def show(
    name: Name = DEFAULT,
    actor: Annotated[str | None, typer.Option("--actor", "-a", help="As this actor type reads it.")] = None,
    level: Annotated[
        str | None,
        typer.Option("--level", "-l", metavar="ID|0-4", help="What a report says if every answer is at this level."),
    ] = None,
    plain: Plain = False,
) -> None:
    """Preview a questionnaire: every question with its anchors, as one actor type reads it, or what a report says.

    \b
    Examples:
      allycheck questionnaire show
      allycheck questionnaire show my-questionnaire.yaml --actor state
      allycheck questionnaire show --actor business --level 1
    """
    from allycheck.answers import known_actor
    from allycheck.loading import load_questionnaire
    from allycheck.render import questionnaire as render

    loaded = load_questionnaire(name)
    chosen = known_actor(actor, loaded) if actor else next(iter(loaded.actor_types))
    look = outputs.look(plain=plain)
    if level is None:
        outputs.write(render.preview(loaded, chosen, look))
    else:
        outputs.write(render.preview_at(loaded, chosen, _level(level, loaded), look))


def _level(text: str, questionnaire: "Questionnaire") -> int:
    from allycheck.analysis.gates import level_of

    try:
        return level_of(text.strip(), [entry.id for entry in questionnaire.level_names])
    except ValueError as error:
        what, _, hint = str(error).partition("; ")
        raise UsageError(f"--level: {what}", hint=hint) from error


def check(
    name: Name = DEFAULT,
    strict: Annotated[bool, typer.Option("--strict", help="Take warnings for faults.")] = False,
    quiet: Quiet = False,
) -> None:
    """Report every fault of a questionnaire with file, line and column.

    \b
    Examples:
      allycheck questionnaire check my-questionnaire.yaml
      allycheck questionnaire check folder/ --strict
    """
    from allycheck.loading import check_questionnaire
    from allycheck.render import questionnaire as render

    with progress.while_working("Checking the questionnaire", quiet=quiet):
        loaded, warnings = check_questionnaire(name, strict=strict)
    outputs.warn(str(warning) for warning in warnings)
    outputs.write(render.verdict(loaded, len(warnings)))


def new(
    full: Annotated[bool, typer.Option("--full", help="An annotated example with everything in it.")] = False,
) -> None:
    """Print a questionnaire to start from: ten lines, or with --full an annotated example of every part.

    \b
    Examples:
      allycheck questionnaire new > my-questionnaire.yaml
      allycheck questionnaire new --full > my-questionnaire.yaml
    """
    from allycheck.loading import starter

    outputs.write(starter(full=full))


questionnaire = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="For authors: list, show, check and start questionnaires."
)
for _command in (list_, show, check, new):
    questionnaire.command(_command.__name__.rstrip("_"))(_command)
