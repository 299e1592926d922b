"""The lines face: plain prompts for screen readers and simple terminals. Append only, every character printable."""

from collections.abc import Callable

from allycheck.answers import NA
from allycheck.errors import OutputError
from allycheck.interview import keymap
from allycheck.interview.editing import edited
from allycheck.interview.keymap import Act, Wanted, in_sentences, means_nothing
from allycheck.interview.prompts import (
    CAN_BE_ADDED,
    Entry,
    Introduction,
    Left,
    Menu,
    Option,
    about,
    anchors,
    current_in_words,
    kept,
    left_out_in_words,
    remarks,
    saved_in_words,
)
from allycheck.interview.recorder import Ending, Sitting
from allycheck.interview.session import Session, codes, in_words, place_in
from allycheck.interview.terminal.keys import RESIZE, Keys
from allycheck.interview.terminal.terminal import END, Terminal
from allycheck.language import _
from allycheck.render.document.layout import cells, wrapped
from allycheck.render.document.model import sentence
from allycheck.text import count, printable, shown

WIDEST = 80


class Lines:
    """Asks on standard error, a line at a time.

    Lines are put together here from single keys, because the system cuts the lines that it reads after 4,095 bytes.
    """

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._keys = Keys(terminal)
        self._hinted = self._told_to_add = False
        self._argument = ""

    # What a start asks

    def choose(self, menu: Menu) -> str | None:
        """The key of the option that was taken; None for back."""
        self._say("", menu.heading, "", menu.question, *map(_option, menu.options))
        keys = [option.key for option in menu.options]
        while (typed := self._ask("Choice")) not in keys:
            act = keymap.act(keymap.MENU, typed, "lines")
            if act is Act.LEAVE:
                raise Left
            if act is Act.BACK:
                return None
            self._say(f"Please type one of {', '.join(keys)}; {'; '.join(in_sentences(keymap.MENU))}.")
        self._say(f"Chosen: {menu.options[keys.index(typed)].title}.")
        return typed

    def enter(self, entry: Entry) -> str | None:
        """What was typed."""
        self._say("", entry.question)
        typed = self._ask(f"{entry.label} ({entry.hint})")
        if typed == END:
            raise Left
        return typed

    def read(self, introduction: Introduction) -> bool:
        """Show it until it is read."""
        levels = map(_option, introduction.levels)
        self._say("", introduction.heading, "", *introduction.above, *levels, *introduction.below)
        if keymap.act(keymap.READING, self._ask("Enter begins"), "lines") is Act.LEAVE:
            raise Left
        return True

    def tell(self, notices: list[str]) -> None:
        """Say something that must be noticed before the questions begin."""
        self._say(*notices)

    def another_path(self, error: OutputError) -> str:
        """Say that the answers could not be saved, and give another path."""
        self._say(f"Not saved: {error}.")
        typed = self._ask("Another file (Enter tries the same one again)")
        return "" if typed == END else typed

    # The questions

    def interview(self, sitting: Sitting) -> Ending:
        """Ask until everything is done or the person leaves."""
        shown = None
        while True:
            session = sitting.session
            if session.in_review:
                shown, ending = None, self._review(sitting)
            else:
                if shown != session.at:
                    self._show(session)
                shown, ending = session.at, self._question(sitting)
            if ending is not None:
                return ending

    def _show(self, session: Session) -> None:
        item = session.question
        place = f"Question {session.at + 1} of {len(session.asked)}. {session.trend.title}. {item.code}"
        self._say("", place + (f", {item.name}." if item.name != item.code else "."), item.ask)
        self._say(*(_option(option) for option in anchors(session)))
        if not self._hinted:
            self._say("", *_keys())
            self._hinted = True
        for label, note in (("Comment", session.current.comment), ("Evidence", session.current.evidence)):
            if note:
                self._say(f"{label}: {printable(note)}")
        if left_out := left_out_in_words(session, session.trend.id):
            self._say(f"{left_out}.", _("X asks it again."))
        if current := current_in_words(session):
            self._say(f"Current answer: {printable(current)}. Enter keeps it.")

    def _question(self, sitting: Sitting) -> Ending | None:
        """Read one command, with its text if that stands behind it, and do it."""
        typed = self._ask("Answer")
        command, _, self._argument = typed.partition(" ")
        key = keymap.meant(keymap.QUESTION, command, "lines")
        if key is None or (self._argument and not key.takes_text):
            self.say(means_nothing(keymap.QUESTION, typed))
            return None
        return keymap.obey(self, "lines", sitting, command)

    def _review(self, sitting: Sitting) -> Ending | None:
        self._say("", "Review.", *_reviewed(sitting.session))
        self._argument = ""
        return keymap.obey(self, "lines", sitting, self._ask(", ".join(in_sentences(keymap.REVIEW))))

    # What the commands need

    def keep(self, sitting: Sitting, action: Callable[[], object]) -> None:
        """Do something that writes the answers, and say what was saved."""
        kept(self, sitting, action)
        if said := saved_in_words(sitting, spoken=True):
            self._say(f"{said}.")
            if not self._told_to_add:
                self._say(f"{CAN_BE_ADDED}.")
                self._told_to_add = True
        if sitting.notice:
            self._say(f"Note: {sitting.notice}.")

    def say(self, text: str) -> None:
        """Say something, as a sentence."""
        self._say(sentence(text))

    def line(self, _: Sitting, wanted: Wanted) -> str | None:
        """The text behind the command, or a line of its own."""
        text = self._argument or self._ask(wanted.in_lines)
        if text == END or (wanted.is_note and not text):
            return None
        return "" if wanted.is_note and text == "-" else text

    def trend(self, session: Session) -> str | None:
        """The trend whose number is typed."""
        trends = list(session.trends.items())
        titles = {trend.id: trend.title for trend in session.questionnaire.trends}
        rows = [f"{n}: {titles[name]}, {done.answered} of {done.asked}" for n, (name, done) in enumerate(trends, 1)]
        self._say("", "Trends, with questions answered:", *rows)
        wanted = self._ask("Number of a trend (Enter stays here)")
        place = place_in(trends, wanted)
        if place is None and wanted not in {"", END}:
            self._say(f"No trend has the number {shown(wanted)}.")
        return None if place is None else trends[place][0]

    def explain(self, session: Session) -> None:
        """Say why the question matters, and the keys."""
        self._say("", *about(session), "", *_keys())

    # Reading and writing

    def _ask(self, label: str) -> str:
        """One line, stripped; the end of input as END."""
        prompt, typed = f"{label}: ", ""
        self._terminal.write(prompt)
        while (key := self._keys.read()) != "enter":
            if key == END and not typed:
                self._terminal.write("\n")
                return END
            before, typed = typed, edited(typed, key)
            self._terminal.write(f"\n{prompt}{typed}" if key == RESIZE else _echo(before, typed))
        self._terminal.write("\n")
        return typed.strip()

    def _say(self, *lines: str) -> None:
        width = min(self._terminal.window().width, WIDEST)
        folded = [part for line in lines for part in wrapped(" ".join(line.split()), width) or [""]]
        self._terminal.write("".join(f"{part}\n" for part in folded))


def _echo(before: str, after: str) -> str:
    """What turns a line into what it is after one more key; what is rubbed out goes as any terminal takes it away."""
    gone = before[len(after) :] if before.startswith(after) else ""
    return "\b \b" * cells(gone) + after[len(before) :]


def _keys() -> list[str]:
    return [f"{sentence}." for sentence in in_sentences(keymap.QUESTION)]


def _option(option: Option) -> str:
    name = f"{option.key}, {option.title}" if option.title else option.key
    return f"{name}: {option.text}" if option.text else f"{name}."


def _reviewed(session: Session) -> list[str]:
    """All answers in words: what is open first, then trend by trend."""
    questionnaire, opened = session.questionnaire, codes(session.questionnaire, session.open)
    lines = [
        f"{count(len(opened), 'question')} still open: {', '.join(opened)}." if opened else "Everything is answered."
    ]
    for trend in questionnaire.trends:
        names = session.by_trend.get(trend.id, [])
        left_out = left_out_in_words(session, trend.id)
        if names:
            told = [f"{left_out}."] if left_out else [_answer_of(session, name) for name in names]
            lines += ["", f"{trend.title}:", *told]
    return lines


def _answer_of(session: Session, name: str) -> str:
    item, answer = session.questionnaire.indicators[name], session.answers.to(name)
    line = f"{item.code}: {in_words(session.questionnaire, item, answer.answer)}"
    joint = ", " if answer.answer == NA and not answer.reason else ". "
    return joint.join(filter(None, [line, ". ".join(remarks(answer))]))
