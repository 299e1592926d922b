"""Every sentence of ours is a message for translators: whole, with named places, and nowhere outside of a message."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import allycheck

SOURCE = Path(allycheck.__file__).parent
MESSAGES = {"_", "ngettext", "pgettext", "later"}
NOT_YET = (
    "render/", "engine/", "building_report.py", "numbers.py", "priorities.py", "report.py", "text.py",
)  # fmt: skip
IN_ENGLISH = ("schemas.py", "importing/platforms.py")
"""JSON Schemas are for programs, and what platforms call their columns is theirs."""
FOR_SCHEMAS = {"description", "examples", "json_schema_extra"}
NO_SENTENCES = {
    "strong accent",  # a style
    "fewer than 5",  # a word of JSON
    "Value error, ", " Did you mean ",  # how pydantic and typer say it
    "cannot start any token", "another document", "mapping values are not allowed",  # how YAML's parser says it
    "end of data", "field limit",  # how that of CSV says it
    "answers: {}", "answer: {}", "alliances: [{}]", "of: {}", "text: {}", "was: {}", "{of: DIGEST, text: ...}",  # YAML
    "show name", "check name", "schema name", "help words", "explain name", "plan by", "cohort by",  # what is completed
    "{} --questionnaire {}", "{} --help", "pip install xlsxwriter python-calamine",  # commands of a shell
    "Ad hoc", "leaned on", "not tested",  # content, where a questionnaire leaves it out
    "up, down", "0 to 4", "a code", "Enter, b", "Page up", "Page down",  # found by `keymap.key_named`
}  # fmt: skip
COMMAND = re.compile(r"allycheck \S+( new)?( \{\}| -\S+| [A-Z]+| \S+\.\S+)*\n?")
ALL = sorted(SOURCE.rglob("*.py"))
MODULES = [path for path in ALL if not path.relative_to(SOURCE).as_posix().startswith((*NOT_YET, *IN_ENGLISH))]


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def called(node: ast.AST) -> str:
    """The function that is called; empty where none is, or one of an object."""
    return node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""


def said(node: ast.AST) -> str:
    """The text of a literal, with {} for its places."""
    if isinstance(node, ast.JoinedStr):
        return "".join(said(part) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def is_sentence(text: str) -> bool:
    """Whether a text has a letter and, inside, a blank; options as they were typed, and our commands, are none."""
    return (
        not COMMAND.fullmatch(text)
        and " " in text.strip()
        and any(map(str.isalpha, text.replace("{}", "")))
        and not text.startswith("--")
    )


def literals(node: ast.AST, *, is_type: bool = False) -> Iterator[tuple[int, str]]:
    """Every text, with its line, but messages, docstrings, types in quotes, patterns and what schemas say."""
    if isinstance(node, ast.keyword) and node.arg in FOR_SCHEMAS:
        return
    if called(node) in MESSAGES or (isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re.")):
        return
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    if isinstance(node, ast.Constant | ast.JoinedStr) and not is_type and (text := said(node)):
        yield getattr(node, "lineno", 0), text
    for name, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not (isinstance(node, ast.JoinedStr) and isinstance(child, ast.Constant)):
                types = name in {"annotation", "returns"} or (is_type and not isinstance(node, ast.Call))
                yield from literals(child, is_type=types)


def messages(path: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.Call) and called(node) in MESSAGES)


def places(text: str) -> set[str]:
    """What stands in braces: a name, since translators need know no conversions and formats."""
    parts = [part for part in Formatter().parse(text) if part[1] is not None]
    return {f"{name}:{form}!{conversion}" if form or conversion else str(name) for _, name, form, conversion in parts}


def text_arguments(call: ast.Call) -> list[ast.expr]:
    """The texts of a message, without the context and without the number."""
    return {"pgettext": call.args[1:], "ngettext": call.args[:2]}.get(called(call), call.args)


def named(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_no_sentence_stands_outside_of_a_message(path: Path) -> None:
    found = {f"{line}: {text}" for line, text in literals(tree(path)) if is_sentence(text) and text not in NO_SENTENCES}
    assert not found


@pytest.mark.parametrize("path", ALL, ids=named)
def test_a_message_is_one_whole_text_that_the_catalogue_can_know(path: Path) -> None:
    put_together = [
        ast.unparse(call)
        for call in messages(path)
        for part in text_arguments(call)
        if isinstance(part, ast.JoinedStr | ast.BinOp)
        or (isinstance(part, ast.Call) and ast.unparse(part.func) != "inspect.cleandoc")
    ]
    assert not put_together


@pytest.mark.parametrize("path", ALL, ids=named)
def test_the_places_of_a_message_have_names_and_are_all_filled_in(path: Path) -> None:
    wrong = []
    for call in ast.walk(tree(path)):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute) or call.func.attr != "format":
            continue
        message, given = call.func.value, {keyword.arg for keyword in call.keywords}
        if not isinstance(message, ast.Call) or called(message) not in MESSAGES:
            continue
        wanted = set().union(*(places(said(part)) for part in text_arguments(message) if said(part)))
        if call.args or not all(map(str.isidentifier, wanted)):
            wrong.append(f"{call.lineno}: a place without a name")
        if not wanted <= given and None not in given and said(text_arguments(message)[0]):
            wrong.append(f"{call.lineno}: {sorted(wanted - given)} not filled in")
    assert not wrong


def at_import(node: ast.AST) -> Iterator[ast.AST]:
    """What is evaluated when a module is imported: everything but the bodies of functions."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        parts: list[ast.AST] = [node.args, *node.decorator_list]
    else:
        parts = [] if isinstance(node, ast.Lambda) else list(ast.iter_child_nodes(node))
    yield node
    for part in parts:
        yield from at_import(part)


@pytest.mark.parametrize("path", [path for path in ALL if path.parent.name != "cli"], ids=named)
def test_nothing_is_translated_before_the_language_is_known(path: Path) -> None:
    """A command's module is imported when its word has been typed; all others may be imported before."""
    early = [ast.unparse(node) for node in at_import(tree(path)) if called(node) in MESSAGES - {"later"}]
    assert not early


@pytest.mark.parametrize(
    ("source", "sentences"),
    [
        ('raise AllycheckError("no such file", name)', {"no such file"}),
        ('Fault(f"{path}: no such file")', {"{}: no such file"}),
        ('typer.Option("--plain", help="Whole sentences.")', {"Whole sentences."}),
        ('def f(a: Annotated[str, Option(help="Say it.")]) -> None: ...', {"Say it."}),
        ('raise AllycheckError(_("no such file"), f"--output {path}")', set()),
        ('def f(a: "Context | None") -> None:\n    """Do it at once."""', set()),
        ('id: str = Field(description="Its id, never changed.")', set()),
        ('_SPACE = re.compile("[ a-z]*")', set()),
    ],
)  # fmt: skip
def test_what_counts_as_a_sentence(source: str, sentences: set[str]) -> None:
    assert {text for _, text in literals(ast.parse(source)) if is_sentence(text)} == sentences
