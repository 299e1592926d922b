"""The keys of an interview: what each is called, what it does, and in which face. Both faces act and speak by this.

A new key is one entry in a table below, and the function or `Act` that it stands for.
"""

from collections.abc import Callable
from enum import Enum, auto
from functools import partial
from string import ascii_lowercase
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from allycheck.answers import DK
from allycheck.interview.recorder import Ending, Sitting
from allycheck.interview.session import Session
from allycheck.interview.terminal.keys import PASTE
from allycheck.interview.terminal.terminal import END
from allycheck.language import _, later, ngettext, pgettext
from allycheck.text import colon, commas, first_of, label, shown

if TYPE_CHECKING:
    from allycheck.questionnaire import Indicator

FaceName = Literal["screen", "lines"]


class Wanted(NamedTuple):
    """A line of text that a command needs: how the screen asks for it, and how plain lines do.

    `before` is what stands there already: the screen lets it be edited. In lines a `note` is left as it is by an empty
    line, and taken away by "-".
    """

    on_screen: str
    in_lines: str
    before: str = ""
    is_note: bool = False


class Asker(Protocol):
    """What a command needs of the face that was given it."""

    def keep(self, sitting: Sitting, action: Callable[[], object]) -> None:
        """Do something that writes the answers, and see that they get written."""

    def say(self, text: str) -> None:
        """Say something about what was just typed."""

    def line(self, sitting: Sitting, wanted: Wanted) -> str | None:
        """What was typed; None where nothing is to be done."""

    def trend(self, session: Session) -> str | None:
        """The id of the trend that is picked from a list; None where none is."""

    def explain(self, session: Session) -> None:
        """Show why the question matters, what counts as evidence, and the keys."""


_MOST_NAMED = 5
"""Questions that are named where a word means several."""
Command = Callable[[Asker, Sitting, str], Ending | None]
"""What a key does at a question or in the review; it is told what was typed. Gives the ending where it ends all."""


class Act(Enum):
    """What a key does to a menu, a page or a line: the face that shows it knows how."""

    UP = auto()
    DOWN = auto()
    TAKE = auto()
    BACK = auto()
    LEAVE = auto()
    EDIT = auto()


class Key(NamedTuple):
    """A key, or several that do the same.

    `shown` is how it is written. `name` stands beside it on the screen (`few` and `small` where there is room for
    little), `does` follows it in sentences: in the help, and where plain lines tell what may be typed; `instead` is
    said where another key means nothing. An empty one stands nowhere. `presses` are what is sent for it where that is
    not just `shown`. `face` is the one that has it, None for both. With `takes_text`, plain lines accept the text
    behind the key: "g FC3". `helps` is `does` where the help says more, `spoken` is `shown` in a sentence.
    Its texts are translated where they are used.
    """

    shown: str
    name: str
    does: str
    do: Command | Act
    presses: tuple[str, ...] = ()
    face: FaceName | None = None
    takes_text: bool = False
    few: str = ""
    small: str = ""
    instead: str = ""
    helps: str = ""
    spoken: str = ""

    @property
    def sent(self) -> tuple[str, ...]:
        """What arrives for it: each is a name of `terminal.keys`, or a line."""
        return self.presses or (self.shown,)

    def exists_in(self, face: FaceName) -> bool:
        """Whether a face has it."""
        return self.face in {None, face}


# What the keys do


def _answer(face: Asker, sitting: Sitting, typed: str) -> None:
    face.keep(sitting, partial(sitting.answer, int(typed)))


def _do_not_know(face: Asker, sitting: Sitting, _typed: str) -> None:
    face.keep(sitting, partial(sitting.answer, DK))


def _not_applicable(face: Asker, sitting: Sitting, _typed: str) -> None:
    if not sitting.session.may_be_not_applicable:
        face.say(_("Not applicable is refused here: choose a level, or d for don't know."))
        return
    before = sitting.session.current.reason or ""
    reason = face.line(sitting, Wanted(_("Why does it not apply?"), _("Reason (Enter for none)"), before))
    if reason is not None:
        face.keep(sitting, partial(sitting.not_applicable, reason))


def _leave_out(face: Asker, sitting: Sitting, _typed: str) -> None:
    """The trend at hand; where it is left out already, ask it after all."""
    if sitting.session.why_left_out is not None:
        face.keep(sitting, sitting.take_in)
        return
    asked = _("Why is all of {trend} left out?").format(trend=sitting.session.trend.title)
    reason = face.line(sitting, Wanted(asked, asked.rstrip("?")))
    if reason:
        face.keep(sitting, partial(sitting.leave_out, reason))
    elif reason is not None:
        face.say(_("A trend is left out only with a reason; it is still asked."))


def _comment(face: Asker, sitting: Sitting, _typed: str) -> None:
    _note_comment(face, sitting, _("Comment"), sitting.session.indicator)


def _evidence(face: Asker, sitting: Sitting, _typed: str) -> None:
    _note_evidence(face, sitting, _("Evidence"), sitting.session.indicator)


def _comment_on_given(face: Asker, sitting: Sitting, _typed: str) -> None:
    if sitting.given is None:
        face.say(_nothing_given())
    else:
        _note_comment(face, sitting, _("Comment on {code}").format(code=sitting.given.code), sitting.given)


def _evidence_for_given(face: Asker, sitting: Sitting, _typed: str) -> None:
    if sitting.given is None:
        face.say(_nothing_given())
    else:
        _note_evidence(face, sitting, _("Evidence for {code}").format(code=sitting.given.code), sitting.given)


def _nothing_given() -> str:
    return _("No answer was given just now; c and e note something beside this question.")


def _note_comment(face: Asker, sitting: Sitting, title: str, item: "Indicator") -> None:
    _note(face, sitting, title, sitting.session.answers.to(item.id).comment, partial(sitting.comment, item))


def _note_evidence(face: Asker, sitting: Sitting, title: str, item: "Indicator") -> None:
    _note(face, sitting, title, sitting.session.answers.to(item.id).evidence, partial(sitting.evidence, item))


def _note(face: Asker, sitting: Sitting, title: str, before: str | None, note: Callable[[str], None]) -> None:
    in_lines = _("{title} (Enter leaves it as it is, - takes it away)").format(title=title)
    text = face.line(sitting, Wanted(colon(title), in_lines, before or "", is_note=True))
    if text is not None:
        face.keep(sitting, partial(note, text))


def _skip(_face: Asker, sitting: Sitting, _typed: str) -> None:
    sitting.move(sitting.session.skip())


def _keep_current(face: Asker, sitting: Sitting, typed: str) -> None:
    if sitting.session.current.answer is None and sitting.session.why_left_out is None:
        face.say(means_nothing(QUESTION, typed))
    else:
        sitting.move(sitting.session.skip())


def _back(_face: Asker, sitting: Sitting, _typed: str) -> None:
    sitting.move(sitting.session.back())


def _forward(_face: Asker, sitting: Sitting, _typed: str) -> None:
    sitting.move(sitting.session.forward())


def _undo(face: Asker, sitting: Sitting, _typed: str) -> None:
    if sitting.session.before is None:
        face.say(_("Nothing to undo."))
    else:
        face.keep(sitting, sitting.undo)
        face.say(_("Undone."))


def _go(face: Asker, sitting: Sitting, _typed: str) -> None:
    wanted = face.line(sitting, Wanted(_("Go to code, number or word:"), _("Code, number or word of the name")))
    if wanted:
        _jump(face, sitting, wanted)


def _jump(face: Asker, sitting: Sitting, wanted: str) -> None:
    session = sitting.session
    exact = session.find(wanted)
    found = [exact] if exact else session.named(wanted)
    if len(found) == 1:
        sitting.move(session.jump(found[0]))
    elif found:
        named = [label(session.questionnaire.indicators[name]) for name in found]
        words = ngettext(
            "{number} question has {word} in its name: {questions}.",
            "{number} questions have {word} in their names: {questions}.",
            len(found),
        )
        questions = first_of(named, _MOST_NAMED)
        face.say(words.format(number=len(found), word=shown(wanted), questions=questions))
    else:
        face.say(_("No question that is asked here is called {word}.").format(word=shown(wanted)))


def _trends(face: Asker, sitting: Sitting, _typed: str) -> None:
    trend = face.trend(sitting.session)
    if trend is not None:
        sitting.move(sitting.session.to_trend(trend))


def _review(_face: Asker, sitting: Sitting, _typed: str) -> None:
    sitting.move(sitting.session.to_review())


def _help(face: Asker, sitting: Sitting, _typed: str) -> None:
    face.explain(sitting.session)


def _leave(_face: Asker, _sitting: Sitting, _typed: str) -> Ending:
    return Ending.LEFT


def _finish(_face: Asker, _sitting: Sitting, _typed: str) -> Ending:
    return Ending.FINISHED


def _back_to_open(_face: Asker, sitting: Sitting, _typed: str) -> None:
    session = sitting.session
    sitting.move(session.to_open() if session.open else session.back())


# The keys, by what is on show

_CHOOSE = (
    Key(
        "up, down", "", later("and Enter choose a sentence, too"), Act.UP, ("up",), face="screen", small=later("whole")
    ),
    Key("down", "", "", Act.DOWN, face="screen"),
    Key("Enter", "", "", Act.TAKE, ("enter",), face="screen"),
)
_ARROW_BACK = Key("left", "", "", Act.BACK, ("left", "escape"), face="screen")
_QUIT = Key("q", later("quit"), later("quits"), Act.LEAVE, ("q", END))
_INSTEAD_OF_CHOOSING = later("a key at the left chooses, b goes back")
_CLOSE = (
    Key("Enter", "", "", Act.TAKE, ("enter",), instead=later("Enter goes on, b goes back")),
    Key("b", "", "", Act.BACK),
    _ARROW_BACK,
    _QUIT,
)
_REASON = later("says that this does not apply to you, and asks for the reason")
_WHOLE_TREND = later("leaves out this whole trend, and asks for the reason; X there again takes that back")
_EXPLAIN = later("tells why this matters, what counts as evidence, and these keys")

QUESTION = (
    Key(
        "0-4",
        "",
        later("answers and moves on"),
        _answer,
        ("0", "1", "2", "3", "4"),
        instead=later("0 to 4 answer"),
        spoken="0 to 4",
    ),
    Key("d", later("don't know"), later("says that you don't know; it is never guessed"), _do_not_know),
    Key("n", later("not applicable"), _REASON, _not_applicable, takes_text=True),
    Key("X", "", _WHOLE_TREND, _leave_out, takes_text=True),
    Key("s", later("skip"), later("leaves the question open"), _skip),
    Key("c", later("comment"), later("notes a comment"), _comment, takes_text=True),
    Key("e", later("evidence"), later("notes what you could show for the answer"), _evidence, takes_text=True),
    Key("C", "", later("notes a comment on the answer just given"), _comment_on_given, takes_text=True),
    Key("E", "", later("notes what you could show for that answer"), _evidence_for_given, takes_text=True),
    Key("b", later("back"), later("goes back one question"), _back),
    Key("u", later("undo"), later("takes the last change back"), _undo),
    Key(
        "g",
        later("go to"),
        later("goes to a question by its code, number or a word of its name"),
        _go,
        takes_text=True,
        helps=later("goes to a question by its code, number or a word of its name, such as {code}"),
    ),
    Key("t", later("trends"), later("lists the trends"), _trends),
    Key("r", later("review"), later("lists all answers"), _review),
    Key("?", later("help"), _EXPLAIN, _help, few=later("help and keys"), small=later("help"), instead=later("? helps")),
    Key(
        "q",
        later("save and quit"),
        later("saves and quits"),
        _leave,
        ("q", END),
        few=later("save and quit"),
        small=later("quit"),
    ),
    Key("left", "", "", _back, face="screen"),
    Key("right", "", "", _forward, face="screen"),
    Key("Enter", "", "", _keep_current, ("",), face="lines"),
    *_CHOOSE,
)
"""At a question."""
REVIEW = (
    Key("Enter", later("finishes"), later("finishes"), _finish, ("",)),
    Key("a code", "", later("or a word of a name changes that answer"), _jump),
    Key("q", later("save and quit"), later("saves and quits"), _leave, ("q", END)),
    Key("b", later("back"), later("goes back"), _back_to_open),
    Key("u", later("undo"), "", _undo),
    Key("left", "", "", _back, ("left", "escape"), face="screen"),
)
"""In the review, where codes are typed, too."""
MENU = (Key("b", later("back"), "", Act.BACK, instead=_INSTEAD_OF_CHOOSING), _ARROW_BACK, _QUIT, *_CHOOSE)
"""In a menu before the first question."""
TRENDS = (
    Key("Enter, b", later("back to the question"), "", Act.BACK, ("b",), instead=_INSTEAD_OF_CHOOSING),
    _ARROW_BACK,
    _QUIT._replace(name=""),
    *_CHOOSE,
)
"""In the list of trends, which Enter leaves unless a line was moved to."""
READING = _CLOSE
"""On a page before the first question."""
HELP = (*_CLOSE, Key("?", "", "", Act.TAKE))
"""On a page that any of these closes."""
ENTRY = (Key("Enter", "", "", Act.TAKE, ("enter",)), Key("Esc", later("back"), "", Act.BACK, ("escape", "left")))
"""At a line before the first question; what an empty one means is its own."""
LINE = (
    Key("Enter", later("keeps it"), "", Act.TAKE, ("enter",)),
    Key("Esc", later("leaves it"), "", Act.BACK, ("escape", "left")),
    Key("Ctrl-U", later("clears it"), "", Act.EDIT, ("clear",)),
)
"""At a line below a question."""
UNSAVED = (
    Key("Enter", later("alone tries the same file again"), "", Act.TAKE, ("enter",)),
    Key("Ctrl-C", later("gives up"), "", Act.LEAVE),
    Key("Esc", "", "", Act.BACK, ("escape", "left")),
)
"""At the line for another path."""
Table = tuple[Key, ...]
OPTION_KEYS = "1234567890" + "".join(letter for letter in ascii_lowercase if letter not in {"b", "q"})
"""The keys of a menu's options, without those that go back and leave."""
_KEY_NAMES = {"": "Enter", "escape": "Esc", " ": "Space", "rub-word": "Ctrl-W", "clear": "Ctrl-U"}
_NAMED_KEYS = ("enter", "tab", "backspace", "home", "end", "page-up", "page-down", "up", "down", "left", "right")


# What follows from the tables


def meant(table: Table, typed: str, face: FaceName) -> Key | None:
    """The entry that a key, or a line, stands for."""
    return next((key for key in table if key.exists_in(face) and typed in key.sent), None)


def act(table: Table, typed: str, face: FaceName) -> Act | None:
    """What a key does to a menu, a page or a line."""
    found = meant(table, typed, face)
    return found.do if found and isinstance(found.do, Act) else None


def means_nothing(table: Table, typed: str) -> str:
    """What is said of a key that does nothing, with those that do: "x does nothing here; 0 to 4 answer, ? helps"."""
    if typed.startswith(PASTE):
        return _("Pasted text is not taken for answers.")
    named = typed.replace("-", " ").capitalize() if typed in _NAMED_KEYS else _KEY_NAMES.get(typed, shown(typed))
    instead = commas(_(key.instead) for key in table if key.instead)
    return _("{key} does nothing here; {instead}").format(key=key_named(named), instead=instead)


def obey(face: Asker, name: FaceName, sitting: Sitting, typed: str) -> Ending | None:
    """Do what was typed at a question or in the review; where it has no meaning, say so."""
    in_review = sitting.session.in_review
    found = meant(REVIEW if in_review else QUESTION, typed, name)
    if found and not isinstance(found.do, Act):
        return found.do(face, sitting, typed)
    if in_review:
        _jump(face, sitting, typed.removeprefix("g "))
    else:
        face.say(means_nothing(QUESTION, typed))
    return None


def at_once(session: Session) -> set[str]:
    """What acts in the review on the screen without Enter: every key that can't be the beginning of a code."""
    initials = {session.questionnaire.indicators[name].code[:1].lower() for name in session.asked}
    presses = {press for key in REVIEW if key.exists_in("screen") for press in key.sent}
    return presses - initials - {""}


Hints = tuple[tuple[str, str], ...]


def hints(table: Table, **names: str) -> Hints:
    """The keys and their names for a line on the screen. `names` are those that only the moment knows."""
    named = ((key.shown, names.get(key.shown, _said(key.name))) for key in table if key.exists_in("screen"))
    return tuple((key_named(written), name) for written, name in named if name)


def few_hints() -> Hints:
    """The keys of a question that lead to all others."""
    return tuple((key_named(key.shown), _(key.few)) for key in QUESTION if key.few)


def small_hints() -> Hints:
    """The same where the options stand shortened: first what shows them whole."""
    found = [key for key in QUESTION if key.small]
    return tuple(
        (key_named(key.shown), _(key.small)) for key in sorted(found, key=lambda key: not isinstance(key.do, Act))
    )


def told(face: FaceName, code: str) -> list[tuple[str, str]]:
    """Each key of a question with what it does; `code` is an example of one."""
    return [
        (key_named(key.shown), _(key.helps or key.does).format(code=code))
        for key in QUESTION
        if key.does and key.exists_in(face)
    ]


def in_sentences(table: Table) -> list[str]:
    """What may be typed in plain lines, without the full stops."""
    keys = [key for key in table if key.does and key.exists_in("lines")]
    words = pgettext("a key and what it does", "{key} {does}")
    return [words.format(key=key_named(key.spoken or key.shown), does=_(key.does)) for key in keys]


def key_named(name: str) -> str:
    """A key as people call it; letters and signs are as they are on the keyboard."""
    names = {
        "0 to 4": pgettext("a key", "0 to 4"),
        "a code": pgettext("a key", "a code"),
        "up, down": pgettext("a key", "up, down"),
        "Enter, b": pgettext("a key", "Enter, b"),
        "Enter": pgettext("a key", "Enter"),
        "Esc": pgettext("a key", "Esc"),
        "Space": pgettext("a key", "Space"),
        "Tab": pgettext("a key", "Tab"),
        "Backspace": pgettext("a key", "Backspace"),
        "Home": pgettext("a key", "Home"),
        "End": pgettext("a key", "End"),
        "Page up": pgettext("a key", "Page up"),
        "Page down": pgettext("a key", "Page down"),
        "Up": pgettext("a key", "Up"),
        "Down": pgettext("a key", "Down"),
        "Left": pgettext("a key", "Left"),
        "Right": pgettext("a key", "Right"),
    }
    return names.get(name, name)


def _said(text: str) -> str:
    """A text of a table in the language that is spoken; an empty one stays empty."""
    return _(text) if text else ""
