"""The manual pages in docs/man, one for each command, made of what --help says: `python -m docs.make_man`.

They are installed with the package, into share/man/man1. Nothing in them depends on the day or the machine.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from typer._click.core import Command, Context
from typer.core import TyperArgument, TyperGroup
from typer.main import get_command

from allycheck import __version__
from allycheck.cli.app import GROUPS, NAME, build
from allycheck.cli.help import exit_codes, streams, variables

FOLDER = Path(__file__).parent / "man"
SECTION = 1
KEEP_LINES = "\b"
"""How a docstring marks the lines that follow as they are, up to the next empty one."""


def pages() -> dict[str, str]:
    """Every page by the name of its file."""
    return {f"{_file_name(ctx)}.{SECTION}": _page(ctx) for ctx in _commands(_context(get_command(build([])), NAME))}


def _context(command: Command, name: str, parent: Context | None = None) -> Context:
    return Context(command, parent=parent, info_name=name, **command.context_settings)


def _commands(ctx: Context) -> Iterator[Context]:
    """A command and all inside it."""
    yield ctx
    if isinstance(ctx.command, TyperGroup):
        for name in ctx.command.list_commands(ctx):
            inside = ctx.command.get_command(ctx, name)
            assert inside is not None
            yield from _commands(_context(inside, name, ctx))


def _file_name(ctx: Context) -> str:
    return ctx.command_path.replace(" ", "-")


def _page(ctx: Context) -> str:
    title = _file_name(ctx)
    about, *rest = _parts(ctx.command.help or "")
    lines = [
        f'.TH "{title.upper()}" "{SECTION}" "" "{NAME} {__version__}" "{NAME} manual"',
        ".SH NAME",
        f"{_text(title)} \\- {_text(_summary(about))}",
        ".SH SYNOPSIS",
        *_synopsis(ctx),
        ".SH DESCRIPTION",
        *_paragraphs([about, *(part for part in rest if not _is_kept(part))]),
        *_examples(rest),
        *_arguments(ctx),
        *_options(ctx),
        *_inside(ctx),
        *_general(ctx),
        *_see_also(ctx),
    ]
    return "\n".join(lines) + "\n"


def _parts(text: str) -> list[str]:
    """The paragraphs of a docstring."""
    return re.split(r"\n[ \t]*\n", text.strip())


def _is_kept(part: str) -> bool:
    return part.lstrip().startswith(KEEP_LINES)


def _summary(about: str) -> str:
    """The first sentence, as lists of pages show it."""
    sentence = re.split(r"(?<=[.;:])\s", " ".join(about.split()))[0].rstrip(".;:")
    return sentence[:1].lower() + sentence[1:]


def _paragraphs(parts: list[str]) -> list[str]:
    lines = []
    for part in parts:
        lines += [".PP", _text(" ".join(part.split()))]
    return lines[1:]


def _examples(parts: list[str]) -> list[str]:
    lines: list[str] = []
    for part in filter(_is_kept, parts):
        title, *shown = part.replace(KEEP_LINES, "").strip().splitlines()
        lines += [f".SH {title.rstrip(':').upper()}", ".nf", *(_text(line.strip()) for line in shown), ".fi"]
    return lines


def _synopsis(ctx: Context) -> list[str]:
    words = [f"\\fB{_text(ctx.command_path)}\\fR", *map(_text, ctx.command.collect_usage_pieces(ctx))]
    return [" ".join(words)]


def _arguments(ctx: Context) -> list[str]:
    found = [one for one in ctx.command.params if isinstance(one, TyperArgument)]
    return _listed("ARGUMENTS", [(one.metavar or "", one.help or "") for one in found])


def _options(ctx: Context) -> list[str]:
    options = [one for one in ctx.command.get_params(ctx) if not isinstance(one, TyperArgument)]
    return _listed("OPTIONS", [record for one in options if (record := one.get_help_record(ctx))])


def _inside(ctx: Context) -> list[str]:
    """The commands of a group, those of the whole command line by who needs them."""
    if not isinstance(ctx.command, TyperGroup):
        return []
    groups = GROUPS if ctx.parent is None else {"Commands": tuple(ctx.command.list_commands(ctx))}
    lines = [".SH COMMANDS"]
    for title, names in groups.items():
        commands = [(name, ctx.command.get_command(ctx, name)) for name in names]
        lines += [f".SS {_text(title)}"] if len(groups) > 1 else []
        lines += _entries([(name, one.get_short_help_str(200)) for name, one in commands if one is not None])
    return lines


def _general(ctx: Context) -> list[str]:
    """What holds for every command stands on the first page only."""
    if ctx.parent is not None:
        return []
    return [
        *_listed("EXIT STATUS", [(str(code), meaning) for code, meaning in exit_codes().items()]),
        *_listed("ENVIRONMENT", list(variables().items())),
        ".SH OUTPUT",
        *_paragraphs(list(streams())),
    ]


def _see_also(ctx: Context) -> list[str]:
    others = [_file_name(one) for one in _commands(ctx) if one is not ctx] if ctx.parent is None else [NAME]
    named = ",\n".join(f"\\fB{_text(other)}\\fR({SECTION})" for other in others)
    return [".SH SEE ALSO", *named.splitlines()]


def _listed(title: str, entries: list[tuple[str, str]]) -> list[str]:
    return [f".SH {title}", *_entries(entries)] if entries else []


def _entries(entries: list[tuple[str, str]]) -> list[str]:
    return [line for name, meaning in entries for line in (".TP", f"\\fB{_text(name)}\\fR", _text(meaning))]


def _text(text: str) -> str:
    """Text that roff prints as it stands: backslashes, hyphens to copy, and a dot or quote that begins a line."""
    safe = text.replace("\\", "\\e").replace("-", "\\-").replace("`", "\\(ga").replace("'", "\\(aq")
    return f"\\&{safe}" if safe.startswith(".") else safe


def main() -> None:
    """Write the pages that changed, and take away those of commands that are gone."""
    FOLDER.mkdir(exist_ok=True)
    made = pages()
    for path in FOLDER.glob("*"):
        if path.name not in made:
            path.unlink()
    for name, text in made.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    print(f"{len(made)} pages in {FOLDER}", file=sys.stderr)


if __name__ == "__main__":
    main()
