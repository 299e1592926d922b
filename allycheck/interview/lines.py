"""The lines face: plain prompts for screen readers and simple terminals. Append only, every character printable."""

from collections.abc import Callable

from allycheck.answers import NA
from allycheck.errors import OutputError
from allycheck.interview import keymap
from allycheck.interview.editing import edited
from allycheck.interview.keymap import Act, Wanted, in_sentences, means_nothing
from allycheck.interview.prompts import (
    Entry,
    Introduction,
    Left,
    Menu,
    Option,
    about,
    anchors,
    can_be_added,
    current_in_words,
    everything_answered,
    kept,
    left_out_in_words,
    remarks,
    saved_in_words,
    still_open,
)
from allycheck.interview.recorder import Ending, Sitting
from allycheck.interview.session import Session, codes, in_words, place_in
from allycheck.interview.terminal.keys import RESIZE, Keys
from allycheck.interview.terminal.terminal import END, Terminal
from allycheck.language import _
from allycheck.render.document.layout import cells, wrapped
from allycheck.render.document.model import sentence
from allycheck.text import bracketed, colon, commas, full_stop, printable, semicolons, shown, told

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
        while (typed := self._ask(_("Choice"))) not in keys:
            act = keymap.act(keymap.MENU, typed, "lines")
            if act is Act.LEAVE:
                raise Left
            if act is Act.BACK:
                return None
            words = _("Please type one of {keys}; {others}.")
            self._say(words.format(keys=commas(keys), others=semicolons(in_sentences(keymap.MENU))))
        self._say(_("Chosen: {option}.").format(option=menu.options[keys.index(typed)].title))
        return typed

    def enter(self, entry: Entry) -> str | None:
        """What was typed."""
        self._say("", entry.question)
        typed = self._ask(bracketed(entry.label, entry.hint))
        if typed == END:
            raise Left
        return typed

    def read(self, introduction: Introduction) -> bool:
        """Show it until it is read."""
        levels = map(_option, introduction.levels)
        self._say("", introduction.heading, "", *introduction.above, *levels, *introduction.below)
        if keymap.act(keymap.READING, self._ask(_("Enter begins")), "lines") is Act.LEAVE:
            raise Left
        return True

    def tell(self, notices: list[str]) -> None:
        """Say something that must be noticed before the questions begin."""
        self._say(*notices)

    def another_path(self, error: OutputError) -> str:
        """Say that the answers could not be saved, and give another path."""
        self._say(_("Not saved: {error}.").format(error=error))
        typed = self._ask(_("Another file (Enter tries the same one again)"))
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
        words = (
            _("Question {number} of {asked}. {trend}. {code}.")
            if item.name == item.code
            else _("Question {number} of {asked}. {trend}. {code}, {name}.")
        )
        place = words.format(
            number=session.at + 1,
            asked=len(session.asked),
            trend=session.trend.title,
            code=item.code,
            name=item.name,
        )
        self._say("", place, item.ask)
        self._say(*(_option(option) for option in anchors(session)))
        if not self._hinted:
            self._say("", *_keys())
            self._hinted = True
        for label, note in ((_("Comment"), session.current.comment), (_("Evidence"), session.current.evidence)):
            if note:
                self._say(told(label, printable(note)))
        if left_out := left_out_in_words(session, session.trend.id):
            self._say(full_stop(left_out), _("X asks it again."))
        if current := current_in_words(session):
            self._say(_("Current answer: {answer}. Enter keeps it.").format(answer=printable(current)))

    def _question(self, sitting: Sitting) -> Ending | None:
        """Read one command, with its text if that stands behind it, and do it."""
        typed = self._ask(_("Answer"))
        command, _blank, self._argument = typed.partition(" ")
        key = keymap.meant(keymap.QUESTION, command, "lines")
        if key is None or (self._argument and not key.takes_text):
            self.say(means_nothing(keymap.QUESTION, typed))
            return None
        return keymap.obey(self, "lines", sitting, command)

    def _review(self, sitting: Sitting) -> Ending | None:
        self._say("", _("Review."), *_reviewed(sitting.session))
        self._argument = ""
        return keymap.obey(self, "lines", sitting, self._ask(commas(in_sentences(keymap.REVIEW))))

    # What the commands need

    def keep(self, sitting: Sitting, action: Callable[[], object]) -> None:
        """Do something that writes the answers, and say what was saved."""
        kept(self, sitting, action)
        if said := saved_in_words(sitting, spoken=True):
            self._say(full_stop(said))
            if not self._told_to_add:
                self._say(full_stop(can_be_added()))
                self._told_to_add = True
        if sitting.notice:
            self._say(_("Note: {notice}.").format(notice=sitting.notice))

    def say(self, text: str) -> None:
        """Say something, as a sentence."""
        self._say(sentence(text))

    def line(self, _sitting: Sitting, wanted: Wanted) -> str | None:
        """The text behind the command, or a line of its own."""
        text = self._argument or self._ask(wanted.in_lines)
        if text == END or (wanted.is_note and not text):
            return None
        return "" if wanted.is_note and text == "-" else text

    def trend(self, session: Session) -> str | None:
        """The trend whose number is typed."""
        trends = list(session.trends.items())
        titles = {trend.id: trend.title for trend in session.questionnaire.trends}
        words = _("{number}: {trend}, {answered} of {asked}")
        rows = [
            words.format(number=n, trend=titles[name], answered=done.answered, asked=done.asked)
            for n, (name, done) in enumerate(trends, 1)
        ]
        self._say("", _("Trends, with questions answered:"), *rows)
        wanted = self._ask(_("Number of a trend (Enter stays here)"))
        place = place_in(trends, wanted)
        if place is None and wanted not in {"", END}:
            self._say(_("No trend has the number {number}.").format(number=shown(wanted)))
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
    return [full_stop(words) for words in in_sentences(keymap.QUESTION)]


def _option(option: Option) -> str:
    name = commas([option.key, option.title]) if option.title else option.key
    return told(name, option.text) if option.text else full_stop(name)


def _reviewed(session: Session) -> list[str]:
    """All answers in words: what is open first, then trend by trend."""
    questionnaire, opened = session.questionnaire, codes(session.questionnaire, session.open)
    lines = [full_stop(still_open(opened)) if opened else everything_answered()]
    for trend in questionnaire.trends:
        names = session.by_trend.get(trend.id, [])
        left_out = left_out_in_words(session, trend.id)
        if names:
            answers = [full_stop(left_out)] if left_out else [_answer_of(session, name) for name in names]
            lines += ["", colon(trend.title), *answers]
    return lines


def _answer_of(session: Session, name: str) -> str:
    item, answer = session.questionnaire.indicators[name], session.answers.to(name)
    line = told(item.code, in_words(session.questionnaire, item, answer.answer))
    joint = ", " if answer.answer == NA and not answer.reason else ". "
    return joint.join(filter(None, [line, ". ".join(remarks(answer))]))
