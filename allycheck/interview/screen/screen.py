"""The screen face: one question at a time, one key an answer."""

from collections.abc import Callable
from functools import partial

from allycheck.errors import OutputError
from allycheck.interview.prompts import Entry, Left, Menu, Page, kept
from allycheck.interview.recorder import Ending, Sitting, value_of
from allycheck.interview.screen import cards
from allycheck.interview.screen.frames import Frame, Line, colour_wanted, painted
from allycheck.interview.screen.layout import laid_out, page
from allycheck.interview.screen.parts import Card
from allycheck.interview.terminal.keys import END_OF_INPUT, PASTE, RESIZE, Keys
from allycheck.interview.terminal.posix import Terminal, Window
from allycheck.text import printable


def moved(highlighted: int | None, by: int, options: int) -> int:
    """The next option up or down; the first move enters from the side it comes from."""
    if highlighted is None:
        return 0 if by > 0 else options - 1
    return max(0, min(options - 1, highlighted + by))


def edited(typed: str, key: str) -> str:
    """The line after one more key."""
    if key.startswith(PASTE):
        return typed + _on_one_line(key.removeprefix(PASTE))
    if key == "backspace":
        return typed[:-1]
    if key == "rub-word":
        return typed.rstrip().rpartition(" ")[0]
    if key == "clear":
        return ""
    return typed + key if len(key) == 1 else typed


def _on_one_line(text: str) -> str:
    return printable(" ".join(text.split()))


_UP_AND_DOWN = {"up": -1, "down": 1}
_SCROLLS = {"up": -1, "down": 1, "page-up": -10, "page-down": 10, " ": 10, "home": -100_000, "end": 100_000}
_CLOSES = {"enter", "escape", "q", "?", "b", "left"}
_LEAVES = {"q", END_OF_INPUT}
_BACK = {"b", "left", "escape"}
_NOTES = {"c": "Comment", "e": "Evidence"}


class Screen:
    """Draws on standard error and reads keys."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._keys = Keys(terminal)
        self._colour = colour_wanted()
        self._message = ""

    # What a start asks

    def choose(self, menu: Menu) -> str | None:
        """The key of the option that was taken; None for back."""
        card = cards.menu(menu)
        keys = [option.key for option in menu.options]
        highlighted: int | None = None
        while True:
            key = self._key(card, highlighted)
            if key in keys:
                return key
            if key in _UP_AND_DOWN:
                highlighted = moved(highlighted, _UP_AND_DOWN[key], len(keys))
            elif key == "enter" and highlighted is not None:
                return keys[highlighted]
            elif key in _BACK:
                return None
            elif key in _LEAVES:
                raise Left

    def enter(self, entry: Entry) -> str | None:
        """What was typed; None for back."""
        return self._typed(partial(cards.entry, entry))

    def read(self, page: Page) -> bool:
        """Show a page until it is read; False for back."""
        top = 0
        while True:
            key, top = self._page_key(cards.notice(page.heading, "Enter begins"), partial(cards.page, page), top)
            if key == "enter":
                return True
            if key in _BACK:
                return False
            if key in _LEAVES:
                raise Left

    def tell(self, notices: list[str]) -> None:
        """Say something that must be noticed before the questions begin."""
        self._show(cards.notice("Before you go on", "Enter goes on"), partial(cards.paragraphs, notices))

    def another_path(self, error: OutputError) -> str:
        """Say that the answers could not be saved, and give another path."""
        return self._typed(partial(cards.unsaved, error)) or ""

    # The questions

    def interview(self, sitting: Sitting) -> Ending:
        """Ask until everything is done or the person leaves."""
        while True:
            ending = self._review(sitting) if sitting.session.in_review else self._question(sitting)
            if ending is not None:
                return ending

    def _question(self, sitting: Sitting) -> Ending | None:
        """Show a question until another one is on show."""
        at, highlighted = sitting.session.at, None
        while sitting.session.at == at:
            card = cards.question(sitting, self._message)
            key = self._key(card, highlighted)
            self._message = ""
            if key in _UP_AND_DOWN:
                highlighted = moved(highlighted, _UP_AND_DOWN[key], len(card.options))
            elif key == "enter" and highlighted is not None:
                kept(self, sitting, partial(sitting.answer, highlighted))
            elif key in _LEAVES:
                return Ending.LEFT
            else:
                self._command(sitting, key)
        return None

    def _command(self, sitting: Sitting, key: str) -> None:
        session = sitting.session
        if key in {"0", "1", "2", "3", "4", "d"}:
            kept(self, sitting, lambda: sitting.answer(value_of(key)))
        elif key in {"s", "b", "left", "right", "r"}:
            moves = {"s": session.skip, "b": session.back, "left": session.back, "right": session.forward}
            sitting.move(moves.get(key, session.to_review)())
        elif key.startswith(PASTE):
            self._message = "Pasted text is not taken for answers."
        elif action := self._actions().get(key):
            action(sitting)

    def _actions(self) -> dict[str, Callable[[Sitting], None]]:
        return {
            "n": self._not_applicable,
            "c": lambda sitting: self._note(sitting, "c"),
            "e": lambda sitting: self._note(sitting, "e"),
            "u": self._undo,
            "g": self._go,
            "t": self._trends,
            "?": self._help,
        }

    def _not_applicable(self, sitting: Sitting) -> None:
        if not sitting.session.may_be_not_applicable:
            self._message = "Not applicable is refused here: choose a level, or d for don't know."
            return
        reason = self._line(sitting, "Why does it not apply?", sitting.session.current.reason or "")
        if reason is not None:
            kept(self, sitting, lambda: sitting.not_applicable(reason))

    def _note(self, sitting: Sitting, key: str) -> None:
        current = sitting.session.current
        before = (current.comment if key == "c" else current.evidence) or ""
        text = self._line(sitting, f"{_NOTES[key]}:", before)
        if text is not None:
            kept(self, sitting, lambda: (sitting.comment if key == "c" else sitting.evidence)(text))

    def _undo(self, sitting: Sitting) -> None:
        undone = sitting.session.before is not None
        if undone:
            kept(self, sitting, sitting.undo)
        self._message = "Undone." if undone else "Nothing to undo."

    def _go(self, sitting: Sitting) -> None:
        wanted = self._line(sitting, "Go to code or number:", "")
        if wanted:
            self._jump(sitting, wanted)

    def _jump(self, sitting: Sitting, wanted: str) -> None:
        found = sitting.session.find(wanted)
        if found is None:
            self._message = f"No question that is asked here is called {wanted}."
        else:
            sitting.move(sitting.session.jump(found))

    def _trends(self, sitting: Sitting) -> None:
        try:
            key = self.choose(cards.trends(sitting.session))
        except Left:
            return
        if key is not None:
            names = list(sitting.session.by_trend)
            sitting.move(sitting.session.to_trend(names[cards.TREND_KEYS.index(key)]))

    def _help(self, sitting: Sitting) -> None:
        self._show(cards.notice("Help", "Enter goes back to the question"), partial(cards.helped, sitting.session))

    # The review

    def _review(self, sitting: Sitting) -> Ending | None:
        """Show all answers until a question is chosen, or all is done."""
        top, typed = 0, ""
        while sitting.session.in_review:
            session = sitting.session
            lines = partial(cards.reviewed, sitting, self._message)
            key, top = self._page_key(cards.review(session, typed), lines, top)
            self._message = ""
            if not typed and key in cards.review_commands(session):
                typed, key = key, "enter"
            if key == "enter" and typed in {"", "q"}:
                return Ending.LEFT if typed else Ending.FINISHED
            if key == "enter":
                self._chosen(sitting, typed)
                typed = ""
            elif key in {"left", "escape"} and not typed:
                sitting.move(session.back())
            else:
                typed = edited(typed, key)
        return None

    def _chosen(self, sitting: Sitting, typed: str) -> None:
        session = sitting.session
        if typed == "u":
            self._undo(sitting)
        elif typed == "b":
            sitting.move(session.to_open() if session.open else session.back())
        else:
            self._jump(sitting, typed)

    # Reading and drawing

    def _line(self, sitting: Sitting, prompt: str, typed: str) -> str | None:
        """A line typed below the question; None if it was left with Escape."""
        return self._typed(partial(cards.question_with_line, sitting, prompt), typed)

    def _typed(self, card: Callable[[str], Card], typed: str = "") -> str | None:
        while True:
            key = self._key(card(typed))
            if key == "enter":
                return typed.strip()
            if key == "escape" or (key == "left" and not typed):
                return None
            typed = edited(typed, key)

    def _show(self, card: Card, lines: Callable[[int], list[Line]]) -> None:
        top = 0
        key = ""
        while key not in _CLOSES:
            key, top = self._page_key(card, lines, top)

    def _page_key(self, card: Card, lines: Callable[[int], list[Line]], top: int) -> tuple[str, int]:
        """The next key that does not scroll, and where the page then begins."""
        while True:
            last = 0

            def frame(window: Window, top: int = top) -> Frame:
                nonlocal last
                shown, last = page(card, lines(window.width - 2), window, top)
                return shown

            key = self._pressed(frame)
            if key not in _SCROLLS:
                return key, top
            top = max(0, min(top, last) + _SCROLLS[key])

    def _key(self, card: Card, highlighted: int | None = None) -> str:
        return self._pressed(lambda window: laid_out(card, window, highlighted))

    def _pressed(self, frame: Callable[[Window], Frame]) -> str:
        """Draw, wait for a key, and draw again whenever the window changes."""
        while True:
            window = self._terminal.window()
            self._terminal.write(painted(frame(window), window, colour=self._colour))
            key = self._keys.read()
            if key != RESIZE:
                return key
