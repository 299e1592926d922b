"""The help of commands is known to the catalogues."""

from pathlib import Path

from allycheck.cli import app
from allycheck.language import speaking
from docs.help_messages import messages

GROUPS_OF_COMMANDS = ("questionnaire",)


class Noting:
    """A translation that only notes what it is asked for."""

    def __init__(self) -> None:
        self.asked: set[str] = set()

    def gettext(self, message: str) -> str:
        self.asked.add(message)
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

    def pgettext(self, _context: str, message: str) -> str:
        return self.gettext(message)


def test_every_paragraph_of_help_is_a_message_that_is_extracted() -> None:
    noting = Noting()
    with speaking(noting):
        app.build([])
    examples = {message for message in noting.asked if message.startswith("Examples:\n  allycheck ")}
    assert len(examples) >= len(app.COMMANDS) - len(GROUPS_OF_COMMANDS)
    with Path(app.__file__).open("rb") as file:
        found = {text for _, _, text, _ in messages(file, ["_", "later"], [], {})}
    assert examples <= found
    assert "See how ready an organisation is for each scenario, and what gives way first." in noting.asked & found
