"""Answers that need no asking: those of the command line, and what is missing where nobody can be asked."""

from collections.abc import Container, Iterable, Iterator

from allycheck.answers import NA, Answer, Answers
from allycheck.errors import Fault, UsageError
from allycheck.interview.session import Session, begin
from allycheck.language import _
from allycheck.questionnaire import Questionnaire
from allycheck.text import hint, listing, printable

VALUES = ("0", "1", "2", "3", "4", "na", "dk")


def apply(sets: Iterable[str], session: Session) -> Session:
    """The session after every ID=VALUE, in or out of scope. Raises UsageError with every mistake."""
    given: dict[str, Answer] = {}
    faults: list[Fault] = []
    for text in sets:
        try:
            name, value = _read(text, session.questionnaire, given)
            given[name] = session.answers.to(name).model_copy(update=value)
        except UsageError as error:
            faults += error.faults
    if faults:
        raise UsageError(faults)
    return session.with_answers(given)


def _read(text: str, questionnaire: Questionnaire, given: Container[str]) -> tuple[str, dict[str, str | int | None]]:
    name, equals, value = text.partition("=")
    shown = f"--set {printable(text)}"
    item = questionnaire.indicator_named(name)
    if not equals:
        raise UsageError(shown, hint=_("write ID=VALUE, such as an-id=3"))
    if item is None:
        meant = hint(name, questionnaire.indicators, _("allycheck questionnaire show lists the ids"))
        raise UsageError(_("unknown indicator"), shown, meant)
    if item.id in given:
        raise UsageError(_("{indicator} is set twice").format(indicator=item.id), shown)
    value, colon, reason = value.strip().partition(":")
    if value not in VALUES or (colon and value != NA):
        instead = _("use {values}; na may carry a reason, na:why").format(values=listing(VALUES, "or"))
        raise UsageError(_("not an answer"), shown, instead)
    if value == NA and not item.na:
        raise UsageError(_("not applicable is refused here"), shown, _("use a level or dk"))
    return item.id, {"answer": int(value) if value.isdecimal() else value, "reason": reason.strip() or None}


def missing(session: Session, *, actor_known: bool, form_known: bool) -> Iterator[Fault]:
    """Everything still to be said before a report makes sense, with the option or line that says it."""
    questionnaire = session.questionnaire
    if not actor_known:
        actors = listing([actor.id for actor in questionnaire.actors], "or")
        yield Fault(_("missing"), ("actor",), _("use {option}").format(option=f"--actor {actors}"))
    if not form_known:
        yield Fault(_("missing"), ("form",), _("use --form quick or full"))
    for name in session.open:
        code = questionnaire.indicators[name].code
        what = _("{code} is not answered").format(code=code) if code != name else _("not answered")
        yield Fault(what, ("answers", name))


def how_to_answer() -> str:
    """What to do where answers are missing and nobody can be asked."""
    return _("answer with --set ID=VALUE, with a line `ID: VALUE` under answers in the file, or in a terminal")


def trend_named(name: str, questionnaire: Questionnaire) -> str:
    """The trend that somebody means. Raises UsageError with the legal ids."""
    known = [trend.id for trend in questionnaire.trends]
    if name not in known:
        raise UsageError(_("unknown trend {word}").format(word=printable(name)), hint=hint(name, known))
    return name


def unattended(
    questionnaire: Questionnaire, answers: Answers, today: str, only: str | None, sets: Iterable[str]
) -> Session:
    """The session of an answers file with the answers of the command line in it."""
    return apply(sets, begin(questionnaire, answers, today, only))
