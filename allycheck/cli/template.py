"""template: what is filled in without an interview, by hand, in a browser, a spreadsheet or on a survey platform."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from allycheck.cli import outputs
from allycheck.cli.languages import for_a_file
from allycheck.cli.options import QuestionnaireName, Quiet, one_of
from allycheck.cli.outputs import STDOUT
from allycheck.errors import UsageError
from allycheck.language import _
from allycheck.render.template.formats import Shape, shape_of
from allycheck.text import listing, printable

if TYPE_CHECKING:
    from allycheck.questionnaire import Form, Questionnaire


def template(
    actor: Annotated[
        str | None, typer.Option("--actor", "-a", metavar="ACTOR", help=_("The actor type, such as business."))
    ] = None,
    form: Annotated[
        Literal["full", "quick"], typer.Option("--form", help=_("All questions, or the quick ones."))
    ] = "full",
    questionnaire: QuestionnaireName = None,
    out: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="PATH", help=_("Write to a file, whose name says what it is.")),
    ] = None,
    format: Annotated[
        Shape | None, one_of(list(Shape), _("What to write; else by the output's name, else yaml."))
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Write what is filled in without an interview: by default a commented answers file.

    \b
    Examples:
      allycheck template --actor business > answers.yaml
      allycheck template --actor state --form quick > answers.yaml
      allycheck template --actor business -o form.html
      allycheck template --actor business -o sheet.xlsx
      allycheck template --questionnaire my-questionnaire.yaml
      allycheck template --actor business --format xlsform -o kobo.xlsx
    """
    from allycheck.loading import DEFAULT_QUESTIONNAIRE, load_questionnaire
    from allycheck.render.template.formats import template as filled_in

    shape = _shape(out, format)
    if out not in {None, STDOUT}:
        for_a_file()
    source = load_questionnaire(questionnaire or DEFAULT_QUESTIONNAIRE)
    content = filled_in(shape, source, _actor(actor, source), _form(form, source))
    if out is None or out == STDOUT:
        _refuse_garbage(content, shape)
        outputs.write(content)
    else:
        outputs.save(out, content, quiet=quiet)


def _shape(out: str | None, wanted: Shape | None) -> Shape:
    if out is None or out == STDOUT:
        return wanted or Shape.YAML
    where = f"--output {printable(out)}"
    if (shape := wanted or shape_of(out)) is None:
        raise UsageError(_("no format goes with this name"), where, _which(list(Shape)))
    if outputs.holds_answers(out):
        raise UsageError(_("this is an answers file, which a template never replaces"), where, _("name another one"))
    return shape


def _refuse_garbage(content: str | bytes, shape: Shape) -> None:
    """A workbook is no text, and a terminal that is given one may do anything."""
    if isinstance(content, bytes) and sys.stdout is not None and sys.stdout.isatty():
        raise UsageError(
            _("{shape} is no text that a terminal could show").format(shape=shape),
            hint=_("name a file with -o, such as survey.xlsx"),
        )


def _which(shapes: Sequence[Shape]) -> str:
    endings = listing([suffix for shape in shapes for suffix in shape.suffixes], "or")
    named = listing([shape for shape in shapes if not shape.suffixes], "or")
    return _("end it in {endings}, or add --format: {named}").format(endings=endings, named=named)


def _actor(name: str | None, questionnaire: "Questionnaire") -> str:
    from allycheck.answers import known_actor

    if name is not None:
        return known_actor(name, questionnaire)
    if questionnaire.actors:
        known = listing(questionnaire.actor_types, "or")
        raise UsageError(_("which actor type is it for?"), hint=_("name it with --actor: {known}").format(known=known))
    return ""


def _form(form: "Form", questionnaire: "Questionnaire") -> "Form":
    if form == "quick" and not questionnaire.has_quick_form:
        raise UsageError(_("this questionnaire has no quick form"), hint=_("leave out --form, or use --form full"))
    return form
