"""What both faces say about a question, its anchors, the keys and the answers so far."""

from allycheck.interview.prompts import Option
from allycheck.interview.session import Session, codes, in_words, level_name
from allycheck.text import count, printable

KEYS = (
    ("0-4", "answer", "answers and moves on"),
    ("d", "don't know", "says that you don't know; it is never guessed"),
    ("n", "not applicable", "says that this does not apply to you, and asks for the reason"),
    ("s", "skip", "leaves the question open"),
    ("c", "comment", "notes a comment"),
    ("e", "evidence", "notes what you could show for the answer"),
    ("b", "back", "goes back one question"),
    ("u", "undo", "takes the last change back"),
    ("g", "go to", "goes to a question by its code, such as {code}"),
    ("t", "trends", "lists the trends"),
    ("r", "review", "lists all answers"),
    ("?", "help", "tells why this matters, what counts as evidence, and these keys"),
    ("q", "save and quit", "saves and quits"),
)
"""Each command: its key, its name, what it does."""


def keys_in_words() -> list[str]:
    """The commands in whole sentences."""
    return [f"{key.replace('-', ' to ')} {does.partition(', such')[0]}." for key, _, does in KEYS]


def anchors(session: Session) -> tuple[Option, ...]:
    """The five sentences of the question on show, with the names of their levels."""
    item, questionnaire = session.question, session.questionnaire
    return tuple(
        Option(str(level), level_name(questionnaire, item, level), text, chosen=session.current.answer == level)
        for level, text in enumerate(item.levels)
    )


def about(session: Session) -> list[str]:
    """Why the question on show matters, what would count as evidence, and where it comes from."""
    item, trend = session.question, session.trend
    named = f"{item.code}: {item.name}" if item.name != item.code else item.code
    facts = (("Why it matters", trend.why), ("What counts as evidence", item.evidence), ("Draws on", item.source))
    return [named, *(f"{label}: {text}" for label, text in facts if text)]


def reviewed(session: Session) -> list[str]:
    """All answers in words: what is open first, then trend by trend."""
    questionnaire, opened = session.questionnaire, codes(session.questionnaire, session.open)
    lines = [
        f"{count(len(opened), 'question')} still open: {', '.join(opened)}." if opened else "Everything is answered."
    ]
    for trend in questionnaire.trends:
        names = session.by_trend.get(trend.id, [])
        if names:
            lines += ["", f"{trend.title}:", *(_reviewed(session, name) for name in names)]
    return lines


def _reviewed(session: Session, name: str) -> str:
    item, answer = session.questionnaire.indicators[name], session.answers.to(name)
    line = f"{item.code}: {in_words(session.questionnaire, item, answer.answer)}"
    notes = [printable(note) for note in (answer.reason, answer.comment) if note]
    return ". ".join([line, *notes])
