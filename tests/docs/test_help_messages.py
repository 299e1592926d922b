"""The help of commands is known to the catalogues."""

import inspect
from importlib import import_module
from pathlib import Path

from allycheck.cli import app, questionnaire
from docs.help_messages import messages


def test_the_help_of_every_command_is_a_message() -> None:
    with Path(app.__file__).open("rb") as file:
        found = {text for _, _, text, _ in messages(file, ["_", "later"], [], {})}
    commands = [import_module("allycheck.cli.report").report, questionnaire.show, app.allycheck]
    assert found >= {inspect.cleandoc(command.__doc__ or "") for command in commands}
    assert found >= {"Several", "Show the version and exit."}
