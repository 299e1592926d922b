"""questionnaire: list, show, check and new, for authors of questionnaires."""

from typing import Annotated

import typer

from allycheck.cli import outputs
from allycheck.cli.options import Plain

Name = Annotated[str, typer.Argument(metavar="[ID|PATH]", help="A bundled questionnaire's id, or a file or folder.")]
DEFAULT = "alliance-readiness"


def list_() -> None:
    """List the questionnaires that come with allycheck."""
    from allycheck.loading import bundled_questionnaires, load_questionnaire
    from allycheck.render import questionnaire as render

    bundled = [load_questionnaire(name) for name in bundled_questionnaires()]
    outputs.write(render.listed(bundled))


def show(
    name: Name = DEFAULT,
    actor: Annotated[str | None, typer.Option("--actor", "-a", help="As this actor type reads it.")] = None,
    plain: Plain = False,
) -> None:
    """Preview a questionnaire: every question with its anchors, as one actor type reads it.

    \b
    Examples:
      allycheck questionnaire show
      allycheck questionnaire show my-questionnaire.yaml --actor state
    """
    from allycheck.answers import known_actor
    from allycheck.loading import load_questionnaire
    from allycheck.render import questionnaire as render

    loaded = load_questionnaire(name)
    chosen = known_actor(actor, loaded) if actor else next(iter(loaded.actor_types))
    outputs.write(render.preview(loaded, chosen, outputs.look(plain=plain)))


def check(
    name: Name = DEFAULT,
    strict: Annotated[bool, typer.Option("--strict", help="Take warnings for faults.")] = False,
) -> None:
    """Report every fault of a questionnaire with file, line and column.

    \b
    Examples:
      allycheck questionnaire check my-questionnaire.yaml
      allycheck questionnaire check folder/ --strict
    """
    from allycheck.loading import check_questionnaire
    from allycheck.render import questionnaire as render

    loaded, warnings = check_questionnaire(name, strict=strict)
    outputs.warn(str(warning) for warning in warnings)
    outputs.write(render.verdict(loaded, len(warnings)))


def new() -> None:
    """Print a questionnaire of ten lines to start from.

    \b
    Example:
      allycheck questionnaire new > my-questionnaire.yaml
    """
    from allycheck.loading import starter

    outputs.write(starter())


questionnaire = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="For authors: list, show, check and start questionnaires."
)
for _command in (list_, show, check, new):
    questionnaire.command(_command.__name__.rstrip("_"))(_command)
