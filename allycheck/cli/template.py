"""template: the answers file to fill in by hand."""

from typing import Annotated, Literal

import typer

from allycheck.cli import outputs
from allycheck.cli.options import QuestionnaireName


def template(
    actor: Annotated[
        str | None, typer.Option("--actor", "-a", metavar="ACTOR", help="The actor type, such as business.")
    ] = None,
    form: Annotated[
        Literal["full", "quick"], typer.Option("--form", help="All questions, or the quick ones.")
    ] = "full",
    questionnaire: QuestionnaireName = None,
) -> None:
    """Print a commented answers file to fill in by hand.

    \b
    Examples:
      allycheck template --actor business > answers.yaml
      allycheck template --actor state --form quick > answers.yaml
      allycheck template --questionnaire my-questionnaire.yaml
    """
    from allycheck.answers import known_actor
    from allycheck.errors import UsageError
    from allycheck.loading import DEFAULT_QUESTIONNAIRE, load_questionnaire
    from allycheck.render.template import template as template_text
    from allycheck.text import listing

    source = load_questionnaire(questionnaire or DEFAULT_QUESTIONNAIRE)
    if actor is None and source.actors:
        raise UsageError(
            "which actor type is it for?", hint=f"name it with --actor: {listing(source.actor_types, 'or')}"
        )
    if form == "quick" and not source.has_quick_form:
        raise UsageError("this questionnaire has no quick form", hint="leave out --form, or use --form full")
    outputs.write(template_text(source, known_actor(actor, source) if actor else "", form))
