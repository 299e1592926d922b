"""Text of a file -> plain values, each with its file, line and column.

YAML is read once by the C parser's `compose`; one walk builds the values. JSON is read the same way, being YAML
of another look. Scalars stay text (see `allycheck.fields`). Limits keep hostile files from costing time or memory.
"""

import re
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import yaml

from allycheck.errors import AllycheckError, Fault, Loc
from allycheck.fields import Plain
from allycheck.text import hides_something, printable

MEGABYTE = 1_000_000
LARGEST_FILE = 10 * MEGABYTE
DEEPEST = 40
MOST_VALUES = 200_000
STDIN = "-"
_SURROGATES = r"(?<!\\)((?:\\\\)*)\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})"
_NOTHING = {"", "~", "null"}
_TAGS = {
    yaml.ScalarNode: "tag:yaml.org,2002:str",
    yaml.MappingNode: "tag:yaml.org,2002:map",
    yaml.SequenceNode: "tag:yaml.org,2002:seq",
}
_PLAIN_TAGS = {*_TAGS.values(), "!"}


class _Loader(getattr(yaml, "CBaseLoader", yaml.BaseLoader)):  # type: ignore[misc]
    """Reads every scalar as text, so nothing is resolved: PyYAML's own resolving would cost a sixth of the reading.

    The composer, which recurses, tells of every node before it reads it: the place to stop at what would exhaust
    the stack or the memory.
    """

    def __init__(self, text: str, name: str) -> None:
        super().__init__(text)
        self.name = name
        self.depth = 0
        self.nodes = 0

    def resolve(self, kind: type[yaml.Node], _value: str | None, _implicit: object) -> str:
        return _TAGS[kind]

    def descend_resolver(self, parent: yaml.Node | None, _index: object) -> None:
        self.depth += 1
        self.nodes += 1
        if self.depth > DEEPEST or self.nodes > 2 * MOST_VALUES:  # a key and a value each
            what = f"nested more than {DEEPEST} deep" if self.depth > DEEPEST else f"more than {MOST_VALUES} values"
            raise AllycheckError(what, f"{self.name}:{_mark(parent)}" if parent else self.name)

    def ascend_resolver(self) -> None:
        self.depth -= 1


@dataclass
class Source:
    """A document as read: its values, the nodes they came from, and the faults met on the way."""

    name: str
    data: Any
    node: yaml.Node | None
    faults: list[Fault] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)
    _children: dict[int, dict[str | int, tuple[yaml.Node | None, yaml.Node | None]]] = field(default_factory=dict)

    def place(self, fault: Fault) -> Fault:
        """The fault with its printed place filled in: file, line and column."""
        if fault.where:
            return fault
        name, node = self.name, self.node
        shown = node
        for part in fault.loc:
            name = self.names.get(id(node), name)
            key, node = self._child(node, part)
            if node is None:
                break
            shown = key if fault.at_key and key is not None else node
        name = self.names.get(id(node), name)
        where = f"{name}:{_mark(shown)}" if shown is not None else name
        return Fault(fault.what, fault.loc, fault.hint, fault.at_key, where)

    def _child(self, node: yaml.Node | None, part: str | int) -> tuple[yaml.Node | None, yaml.Node | None]:
        if isinstance(node, yaml.MappingNode):
            if id(node) not in self._children:
                # The first of a repeated key is the one that counts.
                pairs = [(key, value) for key, value in reversed(node.value) if isinstance(key, yaml.ScalarNode)]
                self._children[id(node)] = {key.value: (key, value) for key, value in pairs}
            return self._children[id(node)].get(part, (None, None))
        if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            return None, node.value[part]
        return None, None


def _mark(node: yaml.Node) -> str:
    mark = node.start_mark
    assert mark is not None
    return f"{mark.line + 1}:{mark.column + 1}"


def read_bytes(path: str) -> bytes:
    """The content of a file, or of standard input for "-". Raises AllycheckError with what to do."""
    name = name_of(path)
    try:
        if path == STDIN and sys.stdin is None:
            raise AllycheckError("this is closed", name, "name a file, or write one to it")
        if path == STDIN:
            content = sys.stdin.buffer.read(LARGEST_FILE + 1)
        else:
            status = Path(path).stat()
            if stat.S_ISDIR(status.st_mode):
                raise AllycheckError("this is a folder", name, "name a file")
            if status.st_size > LARGEST_FILE:
                _too_large(name)
            with Path(path).open("rb") as file:
                content = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        what = error.strerror.lower() if isinstance(error, OSError) and error.strerror else "can't be read"
        raise AllycheckError(what, name, _what_to_do(error)) from error
    if len(content) > LARGEST_FILE:
        _too_large(name)
    return content


def name_of(path: str) -> str:
    """The file as messages name it."""
    return "standard input" if path == STDIN else printable(path)


def _what_to_do(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "check the path, or start one with: allycheck template > answers.yaml"
    return "check that you may read it" if isinstance(error, PermissionError) else ""


def _too_large(name: str) -> NoReturn:
    raise AllycheckError(f"larger than {LARGEST_FILE // MEGABYTE} MB", name, "this can't be a file for allycheck")


def decode(content: bytes, name: str) -> str:
    """UTF-8 text, with or without a byte order mark. Raises AllycheckError for anything else."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise AllycheckError("UTF-16 text", name, "save it as UTF-8")
    if b"\0" in content:
        raise AllycheckError("a binary file, not text", name, "name a YAML or JSON file")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - content.rfind(b"\n", 0, error.start)
        raise AllycheckError("not UTF-8 text", f"{name}:{line}:{column}", "save it as UTF-8") from error
    return text


def read_source(path: str) -> Source:
    """Read one YAML or JSON file. Raises AllycheckError if it can't be parsed at all."""
    name = name_of(path)
    return parse(decode(read_bytes(path), name), name)


def parse(text: str, name: str) -> Source:
    """Parse the text of a YAML or JSON file; repeated keys and the like become faults of the source."""
    if text.lstrip()[:1] == "{":
        text = re.sub(_SURROGATES, _joined, text)
    try:
        node = _Loader(text, name).get_single_node()
    except yaml.reader.ReaderError as error:
        where = f"{name}:{_position(text, error.position)}"
        raise AllycheckError("a control character", where, "remove it") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"{name}:{mark.line + 1}:{mark.column + 1}" if mark else name
        raise AllycheckError(f"not valid YAML: {error.problem}", where, _yaml_hint(error)) from error
    source = Source(name, None, node)
    if node is not None:
        source.data = _Walk(source).value(node)
    return source


def _joined(match: re.Match[str]) -> str:
    high, low = int(match[2], 16), int(match[3], 16)
    return match[1] + chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))


def _position(text: str, offset: int) -> str:
    """Line and column of an offset, which the parser counts in bytes."""
    before = text.encode()[:offset].decode(errors="ignore")
    return f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


def _yaml_hint(error: yaml.MarkedYAMLError) -> str:
    problem = str(error.problem)
    if "cannot start any token" in problem:
        return "indent with spaces, not tabs, and quote a text that begins with a special character"
    if "another document" in problem:
        return "keep one document in a file"
    if "mapping values are not allowed" in problem:
        return "quote a text that contains a colon"
    return ""


class _Walk:
    """One pass from nodes to values, counting them so that aliases can't explode."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.path: list[str | int] = []
        self.seen = 0

    def value(self, node: yaml.Node) -> Any:
        self.seen += 1
        if self.seen > MOST_VALUES or len(self.path) > DEEPEST:
            what = "nested too deep" if len(self.path) > DEEPEST else f"more than {MOST_VALUES} values"
            raise AllycheckError(what, f"{self.source.name}:{_mark(node)}", "write it out without aliases of aliases")
        if node.tag not in _PLAIN_TAGS:
            self.fault(f"the tag {printable(str(node.tag))} is not read here", node, hint="write the value without it")
        if isinstance(node, yaml.ScalarNode):
            return _scalar(node)
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node)
        assert isinstance(node, yaml.SequenceNode)
        return self.sequence(node)

    def mapping(self, node: yaml.MappingNode) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key, value in node.value:
            name = key.value
            if not isinstance(key, yaml.ScalarNode):
                self.fault("a key must be a word", key)
            elif name in values:
                self.fault("this key stands here twice", key, name, "keep one of them")
            else:
                self.path.append(name)
                values[name] = self.value(value)
                self.path.pop()
        return values

    def sequence(self, node: yaml.SequenceNode) -> list[Any]:
        values = []
        for n, child in enumerate(node.value):
            self.path.append(n)
            values.append(self.value(child))
            self.path.pop()
        return values

    def fault(self, what: str, node: yaml.Node, key: str = "", hint: str = "") -> None:
        loc = (*self.path, key) if key else tuple(self.path)
        self.source.faults.append(Fault(what, loc, hint, where=f"{self.source.name}:{_mark(node)}"))


def _scalar(node: yaml.ScalarNode) -> str | None:
    if node.style:
        return str(node.value)
    return None if node.value in _NOTHING else Plain(node.value)


def hidden_characters(data: Any, loc: Loc = ()) -> Iterator[Fault]:
    """A fault for every text in which control or direction characters hide."""
    if isinstance(data, str):
        if hides_something(data):
            yield Fault("holds a character that nobody can see", loc, "remove control and direction characters")
    elif isinstance(data, dict):
        for key, value in data.items():
            if hides_something(key):
                yield Fault("holds a character that nobody can see", (*loc, key), at_key=True)
            yield from hidden_characters(value, (*loc, key))
    elif isinstance(data, list):
        for n, value in enumerate(data):
            yield from hidden_characters(value, (*loc, n))
