"""completion: a script that lets a shell complete what is typed, and the words that the script asks for.

typer parses the line and knows commands, options and choices. The rest is ours: its own completion converts every
value, for which it loads pydantic, and loads rich to describe words; its scripts lose what follows an equals sign in
bash, hand descriptions to `eval` in zsh, ask twice in fish, and rebind a key in PowerShell.
"""

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from typer._click.core import Context, ParameterSource
from typer._click.shell_completion import split_arg_string
from typer.core import TyperArgument, TyperGroup, TyperOption

from allycheck.cli import outputs
from allycheck.cli.completing import Word, words_for
from allycheck.language import _
from allycheck.text import printable

if TYPE_CHECKING:
    from typer._click.core import Command, Parameter

Shell = Literal["bash", "zsh", "fish", "powershell"]
SCRIPTS = Path(__file__).parent / "shells"
ENDINGS: dict[Shell, str] = {"bash": "bash", "zsh": "zsh", "fish": "fish", "powershell": "ps1"}
ASKED = "_ALLYCHECK_COMPLETE"
"""Set by the scripts to the name of their shell: then only words are printed."""
TYPED = "_ALLYCHECK_WORD"
"""What is typed of the word to complete; the words before it are the arguments."""
_BREAK = re.compile("[=:]+")
"""What bash takes for a word of its own."""


def completion(
    shell: Annotated[Shell, typer.Argument(metavar="SHELL", help=_("bash, zsh, fish or powershell."))],
) -> None:
    """Print the script that completes commands, options, ids and files in a shell.

    \b
    Examples:
      eval "$(allycheck completion bash)"
      allycheck completion zsh > ~/.zfunc/_allycheck
      allycheck completion fish > ~/.config/fish/completions/allycheck.fish
      allycheck completion powershell >> $PROFILE

    The first line belongs into ~/.bashrc; the folder of the second into $fpath, before compinit.
    """
    outputs.write((SCRIPTS / f"allycheck.{ENDINGS[shell]}").read_text(encoding="utf-8"))


def is_asked() -> bool:
    """Whether a shell asks for words, instead of a person for a result."""
    return bool(os.environ.get(ASKED))


def typed() -> tuple[list[str], str]:
    """The words before the one to complete, and what is typed of that, without quotes."""
    words = ["".join(split_arg_string(word)) for word in [*sys.argv[1:], os.environ.get(TYPED, "")]]
    if os.environ[ASKED] == "bash":
        words = _joined(words)
    return words[:-1], words[-1]


def _joined(words: Sequence[str]) -> list[str]:
    """The words as typed: bash takes `NAME=VALUE` for three."""
    joined: list[str] = []
    goes_on = False
    for word in words:
        breaks = _BREAK.fullmatch(word) is not None
        if joined and (breaks or goes_on):
            joined[-1] += word
        else:
            joined.append(word)
        goes_on = breaks
    return joined


def answer(command: "Command", name: str, before: list[str], word: str) -> None:
    """Print the words that go on from what is typed, as the asking shell reads them; nothing where files may."""
    shell = os.environ[ASKED]
    lead = f"{word.partition('=')[0]}=" if word.startswith("--") and "=" in word else ""
    found = [(lead + text, meaning) for text, meaning in _words(command, name, before, word)]
    if shell == "bash":
        taken = max((match.end() for match in _BREAK.finditer(word)), default=0)
        lines = [text[taken:] for text, _ in found]
    else:
        lines = [f"{text}\t{printable(meaning)}" for text, meaning in found]
    outputs.write("".join(f"{line}\n" for line in lines))


def _words(command: "Command", name: str, before: list[str], word: str) -> list[Word]:
    ctx = _context(command, name, before)
    asked, value = _completed(ctx, before, word)
    if asked is None:
        return [(item.value, item.help or "") for item in ctx.command.shell_complete(ctx, word)]
    return words_for(asked, ctx, value) or [(item.value, "") for item in asked.shell_complete(ctx, value)]


def _context(command: "Command", name: str, words: Sequence[str], parent: Context | None = None) -> Context:
    """The command that the words lead to, with its values as typed."""
    ctx = Context(command, parent=parent, info_name=name, resilient_parsing=True)
    whole = words[:-1] if words and _waiting(command, words[-1]) else words
    given, rest, _order = command.make_parser(ctx).parse_args(list(whole))
    for key, value in given.items():
        if value:
            ctx.params[key] = value
            ctx.set_parameter_source(key, ParameterSource.COMMANDLINE)
    inside = command.get_command(ctx, rest[0]) if rest and isinstance(command, TyperGroup) else None
    return _context(inside, rest[0], words[len(whole) - len(rest) + 1 :], ctx) if inside else ctx


def _completed(ctx: Context, before: Sequence[str], word: str) -> "tuple[Parameter | None, str]":
    """What the word is a value of, with the part of it that is; None where it names an option or a command."""
    option, equals, value = word.partition("=")
    if word.startswith("-") and "--" not in before:
        return (_waiting(ctx.command, option), value) if equals else (None, word)
    if before and (waiting := _waiting(ctx.command, before[-1])):
        return waiting, word
    arguments = [param for param in ctx.command.params if isinstance(param, TyperArgument)]
    return next((one for one in arguments if one.nargs == -1 or one.name not in ctx.params), None), word


def _waiting(command: "Command", word: str) -> "Parameter | None":
    """The option that this word names, if it takes a value."""
    options = (param for param in command.params if isinstance(param, TyperOption) and not param.is_flag)
    return next((option for option in options if word in option.opts), None)
