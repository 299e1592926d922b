"""The lines face: plain prompts for screen readers and simple terminals. Append only, every character printable."""

from collections.abc import Callable

from allycheck.answers import NA
from allycheck.errors import OutputError
from allycheck.interview.keymap import about, anchors, keys_in_words, reviewed
from allycheck.interview.measure import wrap
from allycheck.interview.prompts import Entry, Left, Menu, Option, Page, kept
from allycheck.interview.recorder import Ending, Sitting, current_in_words, value_of
from allycheck.interview.session import Session, in_words
from allycheck.interview.terminal.posix import Terminal
from allycheck.text import printable

WIDEST = 80
END = "\x04"
"""What the terminal gives at the end of input (Ctrl-D)."""
_NOTES = {"c": "Comment", "e": "Evidence"}


class Lines:
    """Asks on standard error, a line at a time, and reads whole lines."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._typed = ""
        self._hinted = False

    # What a start asks

    def choose(self, menu: Menu) -> str | None:
        """The key of the option that was taken; None for back."""
        self._say("", menu.heading, "", menu.question, *map(_option, menu.options))
        keys = [option.key for option in menu.options]
        while (typed := self._ask("Choice")) not in keys:
            if typed in {"q", END}:
                raise Left
            if typed == "b":
                return None
            self._say(f"Please type one of {', '.join(keys)}; q quits.")
        self._say(f"Chosen: {menu.options[keys.index(typed)].title}.")
        return typed

    def enter(self, entry: Entry) -> str | None:
        """What was typed."""
        self._say("", entry.question)
        typed = self._ask(f"{entry.label} ({entry.hint})")
        if typed == END:
            raise Left
        return typed

    def read(self, page: Page) -> bool:
        """Show a page until it is read."""
        self._say("", page.heading, "", *page.above, *map(_option, page.levels), *page.below)
        if self._ask("Enter begins") in {"q", END}:
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
            self._say("", *keys_in_words())
            self._hinted = True
        for label, note in (("Comment", session.current.comment), ("Evidence", session.current.evidence)):
            if note:
                self._say(f"{label}: {printable(note)}")
        if current := current_in_words(session):
            self._say(f"Current answer: {printable(current)}. Enter keeps it.")

    def _question(self, sitting: Sitting) -> Ending | None:
        """Read one command and do it."""
        typed = self._ask("Answer")
        if typed in {"q", END}:
            return Ending.LEFT
        command, _, argument = typed.partition(" ")
        session = sitting.session
        if typed in {"0", "1", "2", "3", "4", "d"}:
            self._keep(sitting, lambda: sitting.answer(value_of(typed)))
        elif command == "n":
            self._not_applicable(sitting, argument)
        elif command in _NOTES:
            self._note(sitting, command, argument)
        elif command == "g":
            self._go(sitting, argument or self._ask("Code or number"))
        elif not typed and session.current.answer is not None:
            sitting.move(session.skip())
        elif not self._moved(sitting, typed):
            self._say("Please type 0 to 4, or another command; ? lists them all.")
        return None

    def _moved(self, sitting: Sitting, typed: str) -> bool:
        """Whether the command was one that only moves or shows, and is done."""
        session = sitting.session
        if typed == "s":
            sitting.move(session.skip())
        elif typed == "b":
            sitting.move(session.back())
        elif typed == "r":
            sitting.move(session.to_review())
        elif typed == "t":
            self._trends(sitting)
        elif typed == "u":
            self._undo(sitting)
        elif typed == "?":
            self._say("", *about(session), "", *keys_in_words())
        else:
            return False
        return True

    def _not_applicable(self, sitting: Sitting, reason: str) -> None:
        if not sitting.session.may_be_not_applicable:
            self._say("Not applicable is refused here: please type a level, or d for don't know.")
            return
        reason = reason or self._ask("Reason (Enter for none)")
        if reason != END:
            self._keep(sitting, lambda: sitting.not_applicable(reason))

    def _note(self, sitting: Sitting, command: str, text: str) -> None:
        label = _NOTES[command]
        text = text or self._ask(f"{label} (Enter leaves it as it is, - takes it away)")
        if text in {"", END}:
            return
        text = "" if text == "-" else text
        self._keep(sitting, lambda: (sitting.comment if command == "c" else sitting.evidence)(text))

    def _undo(self, sitting: Sitting) -> None:
        if sitting.session.before is None:
            self._say("Nothing to undo.")
            return
        self._keep(sitting, sitting.undo)
        self._say("Undone.")

    def _go(self, sitting: Sitting, wanted: str) -> None:
        found = sitting.session.find(wanted)
        if found is None:
            self._say(f"No question that is asked here is called {printable(wanted)}.")
        else:
            sitting.move(sitting.session.jump(found))

    def _trends(self, sitting: Sitting) -> None:
        trends = list(sitting.session.trends.items())
        titles = {trend.id: trend.title for trend in sitting.session.questionnaire.trends}
        rows = [f"{n}: {titles[name]}, {done.answered} of {done.asked}" for n, (name, done) in enumerate(trends, 1)]
        self._say("", "Trends, with questions answered:", *rows)
        wanted = self._ask("Number of a trend (Enter stays here)")
        if wanted.isdecimal() and 1 <= int(wanted) <= len(trends):
            sitting.move(sitting.session.to_trend(trends[int(wanted) - 1][0]))

    def _review(self, sitting: Sitting) -> Ending | None:
        session = sitting.session
        self._say("", "Review.", *reviewed(session))
        prompt = "Enter finishes, a code changes its answer, b goes back, q saves and quits"
        typed = self._ask(prompt)
        if not typed:
            return Ending.FINISHED
        if typed in {"q", END}:
            return Ending.LEFT
        if typed == "u":
            self._undo(sitting)
        elif typed == "b":
            sitting.move(session.to_open() if session.open else session.back())
        else:
            self._go(sitting, typed.removeprefix("g "))
        return None

    # Reading and writing

    def _keep(self, sitting: Sitting, action: Callable[[], object]) -> None:
        kept(self, sitting, action)
        session, item = sitting.session, sitting.changed
        if item is not None:
            answer = session.answers.to(item.id)
            said = in_words(session.questionnaire, item, answer.answer) if answer.answer is not None else "noted"
            self._say(
                f"Saved: {said}{f', {printable(answer.reason)}' if answer.answer == NA and answer.reason else ''}."
            )
        if sitting.notice:
            self._say(f"Note: {sitting.notice}.")

    def _ask(self, label: str) -> str:
        """One line, stripped; the end of input as END."""
        prompt = f"{label}: "
        self._terminal.write(prompt)
        while "\n" not in self._typed:
            typed = self._terminal.read()
            if typed is None:
                self._terminal.write(f"\n{prompt}")
                continue
            if typed == END:
                self._terminal.write("\n")
                return END
            self._typed += typed
        line, _, self._typed = self._typed.partition("\n")
        return printable(line).strip()

    def _say(self, *lines: str) -> None:
        width = min(self._terminal.window().width, WIDEST)
        wrapped = [part for line in lines for part in wrap(line, width)]
        self._terminal.write("".join(f"{part}\n" for part in wrapped))


def _option(option: Option) -> str:
    name = f"{option.key}, {option.title}" if option.title else option.key
    return f"{name}: {option.text}" if option.text else f"{name}."
