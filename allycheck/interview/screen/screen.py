"""The screen face: one question at a time, one key an answer. 16 colours, bold and reverse, no flicker."""

import os
from collections.abc import Callable
from functools import partial

from allycheck.errors import OutputError
from allycheck.interview import keymap
from allycheck.interview.editing import edited
from allycheck.interview.keymap import OPTION_KEYS, Act, Table, Wanted
from allycheck.interview.prompts import Entry, Introduction, Left, Menu, kept
from allycheck.interview.recorder import Ending, Sitting
from allycheck.interview.screen import cards
from allycheck.interview.screen.layout import Card, Frame, fitted, laid_out, page, width_of
from allycheck.interview.session import Session
from allycheck.interview.terminal.keys import RESIZE, Keys
from allycheck.interview.terminal.terminal import Terminal, Window
from allycheck.language import _
from allycheck.render.document.layout import Line, Span

OPENING = "\x1b[?1049h\x1b[?2004h\x1b[H\x1b[2J"
"""A screen of our own, with pasted text marked as such."""
CLOSING = "\x1b[0m\x1b[?2004l\x1b[?1049l"
_HOME, _REST_OF_LINE, _REST_OF_SCREEN, _PLAIN = "\x1b[H", "\x1b[K", "\x1b[J", "\x1b[0m"
_LINE_END = "\n"
_CODES = {"": "", "bold": "1", "reverse": "7", "accent": "36", "good": "32", "warning": "33", "strong accent": "1;36"}
_WITHOUT_COLOUR = {"accent": "", "good": "", "warning": "", "strong accent": "1"}
_UP_AND_DOWN = {Act.UP: -1, Act.DOWN: 1}
_SCROLLS = {"up": -1, "down": 1, "page-up": -10, "page-down": 10, " ": 10, "home": -100_000, "end": 100_000}


class Screen:
    """Draws on standard error and reads keys."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._keys = Keys(terminal)
        self._colour = not os.environ.get("NO_COLOR")  # bold and reverse are no colours
        self._message = ""

    # What a start asks

    def choose(self, menu: Menu) -> str | None:
        """The key of the option that was taken; None for back."""
        table = keymap.MENU if menu.is_first else keymap.TRENDS
        options = [option.key for option in menu.options]
        highlighted: int | None = None
        while True:
            key, highlighted = self._picked(table, lambda: cards.menu(menu, self._message), options, highlighted)
            if key in options:
                return key
            act = keymap.act(table, key, "screen")
            if act is Act.BACK or (act is Act.TAKE and not menu.is_first):
                return None
            if act is Act.LEAVE:
                raise Left
            self._message = keymap.means_nothing(table, key)

    def enter(self, entry: Entry) -> str | None:
        """What was typed; None for back."""
        return self._typed(keymap.ENTRY, partial(cards.entry, entry))

    def read(self, introduction: Introduction) -> bool:
        """Show it until it is read; False for back."""
        card = cards.notice(introduction.heading, _("Enter begins"))
        act = self._closed(keymap.READING, card, partial(cards.introduction, introduction))
        if act is Act.LEAVE:
            raise Left
        return act is Act.TAKE

    def tell(self, notices: list[str]) -> None:
        """Say something that must be noticed before the questions begin."""
        card = cards.notice(_("Before you go on"), _("Enter goes on"))
        self._closed(keymap.HELP, card, partial(cards.paragraphs, notices))

    def another_path(self, error: OutputError) -> str:
        """Say that the answers could not be saved, and give another path."""
        return self._typed(keymap.UNSAVED, partial(cards.unsaved, error)) or ""

    # The questions

    def interview(self, sitting: Sitting) -> Ending:
        """Ask until everything is done or the person leaves."""
        while True:
            ending = self._review(sitting) if sitting.session.in_review else self._question(sitting)
            if ending is not None:
                return ending

    def _question(self, sitting: Sitting) -> Ending | None:
        """Show a question until another one is on show."""
        at, highlighted, ending = sitting.session.at, None, None
        options = [str(level) for level in range(len(sitting.session.question.levels))]
        while sitting.session.at == at and ending is None:
            card = partial(self._question_card, sitting)
            key, highlighted = self._picked(keymap.QUESTION, card, options, highlighted)
            ending = keymap.obey(self, "screen", sitting, key)
        return ending

    def _question_card(self, sitting: Sitting) -> Card:
        return cards.question(sitting, self._message)

    def _review(self, sitting: Sitting) -> Ending | None:
        """Show all answers until a question is chosen, or all is done."""
        top, typed, ending = 0, "", None
        while sitting.session.in_review and ending is None:
            session = sitting.session
            card, lines = cards.review(sitting, self._message, typed), partial(cards.reviewed, sitting)
            key, top = self._page_key(card, lines, top)
            if key == "enter" or (not typed and key in keymap.at_once(session)):
                ending = keymap.obey(self, "screen", sitting, typed if key == "enter" else key)
                typed = ""
            else:
                typed = self._lengthened(typed, key)
        return ending

    # What the keys need

    def keep(self, sitting: Sitting, action: Callable[[], object]) -> None:
        """Do something that writes the answers; the next card says what was saved."""
        kept(self, sitting, action)

    def say(self, text: str) -> None:
        """Say something on the next card."""
        self._message = text

    def line(self, sitting: Sitting, wanted: Wanted) -> str | None:
        """A line typed below the question; None if it was left with Escape."""
        return self._typed(keymap.LINE, partial(cards.question_with_line, sitting, wanted.on_screen), wanted.before)

    def trend(self, session: Session) -> str | None:
        """The trend that is picked from the list."""
        try:
            key = self.choose(cards.trends(session))
        except Left:
            return None
        return None if key is None else list(session.by_trend)[OPTION_KEYS.index(key)]

    def explain(self, session: Session) -> None:
        """Show the help until a key closes it."""
        card = cards.notice(_("Help"), _("Enter goes back to the question"))
        self._closed(keymap.HELP, card, partial(cards.helped, session))

    # Reading and drawing

    def _picked(
        self, table: Table, card: Callable[[], Card], options: list[str], highlighted: int | None
    ) -> tuple[str, int | None]:
        """The next key but those that move the highlight; where it ends up is taken by Enter, if anywhere."""
        while True:
            key = self._pressed(partial(laid_out, card(), highlighted=highlighted))
            act = keymap.act(table, key, "screen")
            if act in _UP_AND_DOWN:
                highlighted = moved(highlighted, _UP_AND_DOWN[act], len(options))
            elif act is Act.TAKE and highlighted is not None:
                return options[highlighted], highlighted
            else:
                return key, highlighted

    def _typed(self, table: Table, card: Callable[[str], Card], typed: str = "") -> str | None:
        while True:
            key = self._pressed(partial(laid_out, card(typed)))
            act = keymap.act(table, key, "screen")
            if act is Act.TAKE:
                return typed.strip()
            if act is Act.BACK and (key != "left" or not typed):
                return None
            typed = self._lengthened(typed, key)

    def _lengthened(self, typed: str, key: str) -> str:
        """The line after a key and what was typed on top of it meanwhile: thousands of characters are drawn once."""
        typed = edited(typed, key)
        return typed and typed + "".join(self._keys.text())

    def _closed(self, table: Table, card: Card, lines: Callable[[int], list[Line]]) -> Act:
        """Show a page until a key closes it, and what that key means."""
        top = 0
        while True:
            key, top = self._page_key(card._replace(notice=self._message), lines, top)
            if act := keymap.act(table, key, "screen"):
                return act
            self._message = keymap.means_nothing(table, key)

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

    def _pressed(self, frame: Callable[[Window], Frame]) -> str:
        """Draw, wait for a key, and draw again whenever the window changes. A message is shown until the next key."""
        while True:
            window = self._terminal.window()
            self._terminal.write(painted(frame(window), window, colour=self._colour))
            key = self._keys.read()
            if key != RESIZE:
                self._message = ""
                return key


def moved(highlighted: int | None, by: int, options: int) -> int:
    """The next option up or down; the first move enters from the side it comes from."""
    if highlighted is None:
        return 0 if by > 0 else options - 1
    return max(0, min(options - 1, highlighted + by))


def painted(frame: Frame, window: Window, *, colour: bool) -> str:
    """The characters that draw a frame: home, each line, then nothing below it, in one go."""
    rows = [_painted(fitted(line, window.width), window.width, colour=colour) for line in frame.lines[: window.height]]
    row, column = min(frame.row, window.height - 1), min(frame.column, window.width - 1)
    below = f"{_LINE_END}{_REST_OF_SCREEN}" if len(rows) < window.height else ""
    return f"{_HOME}{_LINE_END.join(rows)}{below}\x1b[{row + 1};{column + 1}H"


def _painted(line: Line, width: int, *, colour: bool) -> str:
    text = "".join(_styled(span, colour=colour) for span in line)
    # Erasing after the last column would take the character in it away.
    return text if width_of(line) >= width else text + _REST_OF_LINE


def _styled(span: Span, *, colour: bool) -> str:
    code = _CODES[span.style] if colour else _WITHOUT_COLOUR.get(span.style, _CODES[span.style])
    return f"\x1b[{code}m{span.text}{_PLAIN}" if code else span.text
