"""questionnaire: list, show, check and new, for authors of questionnaires."""

from typing import TYPE_CHECKING, Annotated

import typer

from allycheck.cli import outputs, progress
from allycheck.cli.languages import with_option
from allycheck.cli.options import Plain, Quiet, help_of
from allycheck.errors import UsageError
from allycheck.language import _, spoken

if TYPE_CHECKING:
    from allycheck.questionnaire import Questionnaire

Name = Annotated[str, typer.Argument(metavar="[ID|PATH]", help=_("A bundled questionnaire's id, or a file or folder."))]
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
    actor: Annotated[str | None, typer.Option("--actor", "-a", help=_("As this actor type reads it."))] = None,
    level: Annotated[
        str | None,
        typer.Option("--level", "-l", metavar="ID|0-4", help=_("What a report says if every answer is at this level.")),
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
        what, _and, hint = str(error).partition("; ")
        raise UsageError(what, "--level", hint) from error


def check(
    name: Name = DEFAULT,
    strict: Annotated[bool, typer.Option("--strict", help=_("Take warnings for faults."))] = False,
    quiet: Quiet = False,
) -> None:
    """Report every fault of a questionnaire with file, line and column.

    \b
    Examples:
      allycheck questionnaire check my-questionnaire.yaml
      allycheck questionnaire check folder/ --strict
      allycheck questionnaire check my-questionnaire.yaml --language fi

    With --language: what is not translated into it, and what has changed since.
    """
    from allycheck.loading import check_questionnaire
    from allycheck.render import questionnaire as render

    if (code := _asked_for()) is not None:
        _check_translation(name, code, strict=strict)
        return
    with progress.while_working(_("Checking the questionnaire"), quiet=quiet):
        loaded, warnings = check_questionnaire(name, strict=strict)
    outputs.warn(str(warning) for warning in warnings)
    outputs.write(render.verdict(loaded, len(warnings)))


def _asked_for() -> str | None:
    """The language of --language."""
    speech = spoken()
    return speech.asked if speech.sure else None


def _check_translation(name: str, code: str, *, strict: bool) -> None:
    from allycheck.errors import AllycheckError
    from allycheck.loading import check_translation
    from allycheck.render import questionnaire as render

    found = check_translation(name, code)
    if strict and found.warnings:
        raise AllycheckError(found.warnings)
    outputs.warn(str(warning) for warning in found.warnings)
    outputs.write(render.translated(code, found.texts, found.missing, found.stale))


def new(
    name: Name = DEFAULT,
    full: Annotated[bool, typer.Option("--full", help=_("An annotated example with everything in it."))] = False,
) -> None:
    """Print a questionnaire to start from: ten lines, or with --full an annotated example of every part.

    \b
    Examples:
      allycheck questionnaire new > my-questionnaire.yaml
      allycheck questionnaire new --full > my-questionnaire.yaml
      allycheck questionnaire new my-questionnaire.yaml --language fi > fi.yaml

    With --language: every text of a questionnaire to translate; what is translated already is kept.
    """
    from allycheck.loading import starter, translation_to_fill_in

    if (code := _asked_for()) is not None:
        outputs.write(translation_to_fill_in(name, code))
        return
    outputs.write(starter(full=full))


questionnaire = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help=_("For authors: list, show, check and start questionnaires.")
)
for _command in (list_, show, check, new):
    questionnaire.command(_command.__name__.rstrip("_"), help=help_of(_command))(with_option(_command))
