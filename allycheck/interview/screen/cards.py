"""What the screen face shows: a session's questions, menus and pages as cards and lines."""

from allycheck.answers import NA
from allycheck.errors import OutputError
from allycheck.interview import keymap
from allycheck.interview.prompts import (
    Entry,
    Introduction,
    Menu,
    Option,
    about,
    anchors,
    can_be_added,
    current_in_words,
    everything_answered,
    left_out_in_words,
    remarks,
    saved_in_words,
    still_open,
)
from allycheck.interview.recorder import Sitting
from allycheck.interview.screen.layout import WIDEST_TEXT, Card, cut, filled
from allycheck.interview.session import Session, codes, in_words
from allycheck.language import _, ngettext
from allycheck.render.document.layout import Line, Span, cells
from allycheck.text import colon, full_stop, printable, told


def menu(asked: Menu, message: str = "") -> Card:
    """A menu before the first question, or the list of trends."""
    return Card(
        asked.heading,
        asked.question,
        asked.options,
        notice=message,
        keys=keymap.hints(keymap.MENU if asked.is_first else keymap.TRENDS),
        prompt=_("Your choice:"),
        names_above=asked.is_first,
    )


def entry(asked: Entry, typed: str) -> Card:
    """A line to type before the first question."""
    keys = keymap.hints(keymap.ENTRY, Enter=_("goes on") if typed else asked.does)
    return Card(asked.heading, asked.question, keys=keys, prompt=colon(asked.label), typed=typed)


def unsaved(error: OutputError, typed: str) -> Card:
    """The answers could not be written: another path is wanted."""
    keys = keymap.hints(keymap.UNSAVED)
    question = _("Your answers are not saved. In which other file may they be kept?")
    return Card(_("Not saved"), question, notes=(full_stop(str(error)),), keys=keys, prompt=_("File:"), typed=typed)


def question(sitting: Sitting, message: str = "") -> Card:
    """The question on show."""
    session = sitting.session
    progress = session.progress
    return Card(
        heading=session.trend.title,
        aside=_("{code}, question {number} of {asked}").format(
            code=session.question.code, number=session.at + 1, asked=progress.asked
        ),
        done=(progress.answered, progress.asked),
        progress=_progress(sitting),
        said="" if message else saved_in_words(sitting, spoken=False),
        then=_then(sitting),
        notice=message or sitting.notice,
        question=session.question.ask,
        notes=_notes(session),
        options=anchors(session),
        keys=keymap.hints(keymap.QUESTION),
        few_keys=keymap.few_hints(),
        small_keys=keymap.small_hints(),
        prompt=_("Your answer, 0-4:"),
        side=_side(session),
    )


def question_with_line(sitting: Sitting, prompt: str, typed: str) -> Card:
    """The question on show with a line to type below it."""
    keys = keymap.hints(keymap.LINE)
    return question(sitting)._replace(keys=keys, few_keys=(), small_keys=(), prompt=prompt, typed=typed)


def trends(session: Session) -> Menu:
    """The list of trends as a menu."""
    titles = {trend.id: trend.title for trend in session.questionnaire.trends}
    words = _("{answered} of {asked}")
    options = tuple(
        Option(key, titles[name], words.format(answered=done.answered, asked=done.asked))
        for key, (name, done) in zip(keymap.OPTION_KEYS, session.trends.items(), strict=False)
    )
    return Menu(_("Trends"), _("To which trend? It opens at its first open question."), options, is_first=False)


def paragraphs(texts: list[str], width: int) -> list[Line]:
    """Sentences with an empty line after each."""
    return [line for text in texts for line in (*_wrapped(text, min(width, WIDEST_TEXT)), ())]


def introduction(shown: Introduction, width: int) -> list[Line]:
    """What is read before the first question."""
    levels = [(Span(f"   {option.key}", "strong accent"), Span(f"  {option.title}")) for option in shown.levels]
    below = [line for text in shown.below for line in _wrapped(text, min(width, WIDEST_TEXT))]
    return [*paragraphs(list(shown.above), width), *levels, (), *below]


def helped(session: Session, width: int) -> list[Line]:
    """Why the question on show matters, and the keys."""
    named, *facts = about(session)
    lines = [(Span(f" {named}", "bold"),), (), *paragraphs(facts, width)]
    for key, does in keymap.told("screen", session.question.code):
        first, *others = filled(does, max(10, min(width, WIDEST_TEXT) - 12))
        lines.append((Span(f" {_padded(key, 10)}", "strong accent"), Span(first)))
        lines += [(Span(" " * 11 + text),) for text in others]
    return lines


def reviewed(sitting: Sitting, width: int) -> list[Line]:
    """All answers: what is open first, then trend by trend."""
    session = sitting.session
    said = saved_in_words(sitting, spoken=False)
    opened = codes(session.questionnaire, session.open)
    state = still_open(opened) if opened else everything_answered()
    lines: list[Line] = [(Span(f" {said}", "good"), Span(_beside(_("u undoes")))), ()] if said else []
    lines += [(Span(f" {text}", "warning" if opened else "good"),) for text in filled(state, width)]
    for trend in session.questionnaire.trends:
        names = session.by_trend.get(trend.id, [])
        left_out = left_out_in_words(session, trend.id)
        if names:
            lines += [(), (Span(f" {trend.title}", "bold"),)]
            lines += [(Span(f" {cut(left_out, width - 1)}"),)] if left_out else []
            lines += [] if left_out else [_row(session, name, width) for name in names]
    return lines


def _row(session: Session, name: str, width: int) -> Line:
    item, answer = session.questionnaire.indicators[name], session.answers.to(name)
    said = in_words(session.questionnaire, item, answer.answer)
    notes = "; ".join(remarks(answer))
    code = f" {item.code:6}"
    text = f"{_padded(said, 16)}{item.name}" + (f": {notes}" if notes else "")
    style = "warning" if answer.answer is None or (answer.answer == NA and not answer.reason) else ""
    return (Span(code, "strong accent"), Span(cut(text, width - cells(code)), style))


def _padded(text: str, width: int) -> str:
    """The text with at least one blank behind it, up to a width."""
    return text + " " * max(1, width - cells(text))


def notice(heading: str, prompt: str) -> Card:
    """What stands around a page that is only read."""
    return Card(heading, "", prompt=prompt)


def review(sitting: Sitting, message: str, typed: str) -> Card:
    """What stands around the list of answers; a typed code or word leads to its question."""
    number = len(sitting.session.open)
    finishes = ngettext("finishes with {number} open", "finishes with {number} open", number).format(number=number)
    keys = keymap.hints(keymap.REVIEW, Enter=finishes if number else _("finishes"))
    notice, prompt = message or sitting.notice, _("Code or word to change:")
    return Card(_("Review"), "", notice=notice, keys=keys, prompt=prompt, typed=typed)


def _progress(sitting: Sitting) -> str:
    answered, minutes = sitting.session.progress.answered, sitting.minutes_left
    if not minutes:
        return ngettext("{answered} answered", "{answered} answered", answered).format(answered=answered)
    words = ngettext(
        "{answered} answered, about {number} minute left", "{answered} answered, about {number} minutes left", minutes
    )
    return words.format(answered=answered, number=minutes)


def _then(sitting: Sitting) -> tuple[str, ...]:
    """What can be done about the last change, in as many words as there may be room for, the most first."""
    just_given = sitting.given is not None and sitting.changed is sitting.given
    added = (can_be_added(), _("u undoes; C, E add to it")) if just_given else ()
    return (*map(_beside, (*added, _("u undoes"))), "")


def _beside(text: str) -> str:
    return f" ({text})"


def _notes(session: Session) -> tuple[str, ...]:
    current = session.current
    said = current_in_words(session)
    noted = ((_("Your answer"), said), (_("Evidence"), current.evidence), (_("Comment"), current.comment))
    left_out = left_out_in_words(session, session.trend.id)
    again = (_("{left_out}; X asks it again").format(left_out=left_out),) if left_out else ()
    return (*again, *(told(label, printable(note)) for label, note in noted if note))


def _side(session: Session) -> tuple[tuple[str, str, bool], ...]:
    titles = {trend.id: trend.title for trend in session.questionnaire.trends}
    here = session.trend.id
    return tuple((titles[name], f"{done.answered}/{done.asked}", name == here) for name, done in session.trends.items())


def _wrapped(text: str, width: int) -> list[Line]:
    return [(Span(f" {line}"),) for line in filled(text, width - 1)]
