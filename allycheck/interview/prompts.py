"""What a face can be asked to ask and to say: menus, lines, pages, the question on show; and the face itself."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple, Protocol

from allycheck.answers import NA, Answer
from allycheck.errors import OutputError
from allycheck.interview.recorder import Ending, Sitting
from allycheck.interview.session import Session, in_words, level_name
from allycheck.language import _, ngettext
from allycheck.text import commas, printable, told


def without_reason() -> str:
    """What is said of a reason that was not given."""
    return _("without a reason")


def can_be_added() -> str:
    """What can be done about the answer just given."""
    return _("u undoes; C, E add a comment or evidence to it")


class Option(NamedTuple):
    """One choice of a menu: the key that takes it, a name, and what it means. `chosen` marks the present answer."""

    key: str
    title: str
    text: str = ""
    chosen: bool = False


class Menu(NamedTuple):
    """A choice that one key makes. `heading` says what this is all about; `is_first` tells the menus of the start."""

    heading: str
    question: str
    options: tuple[Option, ...]
    is_first: bool = True


class Entry(NamedTuple):
    """A line of text. `hint` says what Enter does with an empty one, `does` the same behind the name of that key."""

    heading: str
    question: str
    label: str
    hint: str
    does: str = ""


class Introduction(NamedTuple):
    """Something to read before the first question: sentences, then the scale of levels, then sentences again."""

    heading: str
    above: tuple[str, ...]
    levels: tuple[Option, ...]
    below: tuple[str, ...]


class Left(Exception):  # noqa: N818 - no error: the person wants to stop here
    """The person left before the first question."""


class Face(Protocol):
    """One way of talking with a person. Where they ask to go back, `choose` and `enter` give None.

    `choose`, `enter` and `read` raise Left where they leave.
    """

    def choose(self, menu: Menu) -> str | None:
        """The key of the option that was taken."""

    def enter(self, entry: Entry) -> str | None:
        """What was typed."""

    def read(self, introduction: Introduction) -> bool:
        """Show it until it is read; False where the person asks to go back."""

    def tell(self, notices: list[str]) -> None:
        """Say something that must be noticed before the questions begin."""

    def another_path(self, error: OutputError) -> str:
        """Say that the answers could not be saved, and give another path; empty to try the same one again."""

    def interview(self, sitting: Sitting) -> Ending:
        """Ask until everything is done or the person leaves."""


def kept(face: Face, sitting: Sitting, action: Callable[[], object]) -> None:
    """Do something that writes the answers; as long as writing fails, offer another path."""
    while True:
        try:
            action()
        except OutputError as error:
            path = face.another_path(error)
            action = partial(sitting.keep_in, path) if path else sitting.keep
        else:
            return


# The question on show


def anchors(session: Session) -> tuple[Option, ...]:
    """The five sentences of the question on show, with the names of their levels."""
    item, questionnaire = session.question, session.questionnaire
    return tuple(
        Option(str(level), level_name(questionnaire, item, level), text, chosen=session.current.answer == level)
        for level, text in enumerate(item.levels)
    )


def current_in_words(session: Session) -> str:
    """The answer that it has already, with its reason; empty without one."""
    current = session.current
    if current.answer is None:
        return ""
    said = in_words(session.questionnaire, session.indicator, current.answer)
    if current.answer != NA:
        return said
    return told(said, current.reason) if current.reason else commas([said, without_reason()])


def left_out_in_words(session: Session, trend: str) -> str:
    """That a trend is left out, why, and how many of its answers are kept; empty where it is asked."""
    reason = session.answers.scope.get(trend)
    if reason is None:
        return ""
    said = _("Left out: {reason}").format(reason=printable(reason))
    kept = sum(session.answers.to(name).answer is not None for name in session.by_trend.get(trend, []))
    if not kept:
        return said
    more = ngettext("{count} answer is kept", "{count} answers are kept", kept).format(count=kept)
    return _("{left_out} ({kept})").format(left_out=said, kept=more)


def saved_in_words(sitting: Sitting, *, spoken: bool) -> str:
    """What the last change was, with what it belongs to: "Saved FC1 = 3, Practised"; empty without one.

    Where it is spoken it holds no sign, and the reason why something does not apply.
    """
    item, questionnaire = sitting.changed, sitting.session.questionnaire
    if sitting.moved_trend is not None:
        is_out = sitting.moved_trend.id in sitting.session.answers.scope
        said = _("Left out: {trend}") if is_out else _("Asked again: {trend}")
        return said.format(trend=sitting.moved_trend.title)
    if item is None:
        return ""
    if sitting.only_noted:
        return _("Noted beside {code}").format(code=item.code)
    given = sitting.session.answers.to(item.id)
    reason = printable(given.reason) if given.reason else without_reason()
    because = [reason] if given.answer == NA and (spoken or not given.reason) else []
    answer = commas([in_words(questionnaire, item, given.answer), *because])
    words = _("Saved {code}: {answer}") if spoken else _("Saved {code} = {answer}")
    return words.format(code=item.code, answer=answer)


def remarks(answer: Answer) -> list[str]:
    """What stands beside an answer in the review: its reason, or that it has none, and the comment."""
    reason = answer.reason or (without_reason() if answer.answer == NA else "")
    return [printable(note) for note in (reason, answer.comment) if note]


def about(session: Session) -> list[str]:
    """Why it matters, what would count as evidence, and where it comes from."""
    item, trend = session.question, session.trend
    named = told(item.code, item.name) if item.name != item.code else item.code
    facts = (
        (_("Why it matters"), trend.why),
        (_("What counts as evidence"), item.evidence),
        (_("Draws on"), item.source),
    )
    return [named, *(told(label, text) for label, text in facts if text)]


def everything_answered() -> str:
    """What the review says where nothing is open."""
    return _("Everything is answered.")


def still_open(codes: list[str]) -> str:
    """What the review says where questions are open, without a full stop."""
    words = ngettext("{number} question still open: {codes}", "{number} questions still open: {codes}", len(codes))
    return words.format(number=len(codes), codes=commas(codes))
