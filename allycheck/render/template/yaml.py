"""An answers file to fill in with an editor: every question in scope as comments, with an empty answer below it."""

from collections.abc import Iterator

from allycheck.language import _
from allycheck.questionnaire import Form, Indicator, Questionnaire, Trend
from allycheck.render.document.layout import cells, wrapped
from allycheck.render.template.asked import sections
from allycheck.render.words import form_named
from allycheck.text import commas, printable
from allycheck.writing import id_text, quoted

WIDTH = 80
SCHEMA_LINE = "# yaml-language-server: $schema=answers.schema.json"
VALUES = ("0", "1", "2", "3", "4", "na", "dk")


def template(questionnaire: Questionnaire, actor: str, form: Form) -> str:
    """The file for one actor type and form; `actor` is empty where the questionnaire names none."""
    return "\n".join(_lines(questionnaire, actor, form)) + "\n"


def _lines(questionnaire: Questionnaire, actor: str, form: Form) -> Iterator[str]:
    yield SCHEMA_LINE
    yield from _introduction(questionnaire, actor, form)
    yield from _header(questionnaire, actor, form)
    asked = sections(questionnaire, actor, form)
    if asked:
        yield from _scope(asked[0].trend)
    yield "answers:" if asked else "answers: {}"
    for trend, items in asked:
        yield from _trend_heading(trend)
        for item in items:
            yield from _question(item)


def _introduction(questionnaire: Questionnaire, actor: str, form: Form) -> Iterator[str]:
    who = questionnaire.actor_types[actor].title
    name = f"{questionnaire.title} {questionnaire.version}"
    about = commas(part for part in (name, form_named(form), who) if part)
    yield from _comment(_("Answers for: {about}").format(about=about))
    yield "#"
    if questionnaire.instructions:
        yield from _comment(questionnaire.instructions)
        yield "#"
    yield from _comment(
        _(
            "Write an answer after the colon below each question: a level from 0 to 4, na (not applicable) or dk "
            "(don't know). Leave it empty while it is open. To note more, write a map:"
        )
    )
    evidence, comment = quoted(_("Where it can be seen")), quoted(_("What to add"))
    reason = quoted(_("Why it does not apply"))
    yield f"#   {{answer: 2, evidence: {evidence}, comment: {comment}}}"
    yield f"#   {{answer: na, reason: {reason}}}"
    yield "#"
    names = [f"{level} {entry.name}" for level, entry in enumerate(questionnaire.level_names)]
    yield from _comment(_("The levels: {names}").format(names=commas(names)))
    yield ""


def _header(questionnaire: Questionnaire, actor: str, form: Form) -> Iterator[str]:
    yield f"questionnaire: {id_text(questionnaire.id)}"
    yield f"version: {quoted(questionnaire.version)}"
    yield "organisation:"
    if actor:
        yield f"actor: {id_text(actor)}"
    yield f"form: {form}"
    yield "respondent:"
    yield "# " + _("one to three alliances that the answers are about, such as [First, Second]")
    yield "alliances: []"
    yield "# " + _("the day of the answers, as YYYY-MM-DD")
    yield "date:"
    yield "note:"


def _scope(trend: Trend) -> Iterator[str]:
    """How whole trends are left out, with one of them as the example."""
    yield from _comment(_("whole trends that do not concern you, each with the reason; all of it then counts as na"))
    reason = quoted(_("Why none of it concerns you"))
    yield f"# scope: {{{id_text(trend.id)}: {reason}}}"


def _trend_heading(trend: Trend) -> Iterator[str]:
    yield ""
    yield f"  # {'=' * (WIDTH - 4)}"
    yield from _comment(trend.title, "  # ")
    if trend.subject:
        yield from _comment(trend.subject, "  # ")
    yield f"  # {'=' * (WIDTH - 4)}"


def _question(item: Indicator) -> Iterator[str]:
    yield ""
    yield from _comment(item.ask, "  # ", f"{printable(item.code)}  ")
    for level, anchor in enumerate(item.levels):
        yield from _comment(anchor, "  #   ", f"{level}  ")
    if item.evidence:
        wanted = _("Evidence to look for: {evidence}").format(evidence=item.evidence)
        yield from _comment(wanted, "  #   ")
    legal = [value for value in VALUES if item.na or value != "na"]
    yield "  #   " + _("Answer with: {answers}").format(answers=commas(legal))
    yield f"  {id_text(item.id)}:"


def _comment(text: str, margin: str = "# ", label: str = "") -> Iterator[str]:
    """Comment lines of at most 80 cells; whatever the text holds, it stays on them."""
    hang = margin + label
    for line in wrapped(printable(text), max(WIDTH - cells(hang), WIDTH // 4)):
        yield hang + line
        hang = margin + " " * cells(label)
