"""Text of a file -> plain values, each with its file, line and column.

YAML is read once by the C parser's `compose`; one walk builds the values. JSON is read by the C parser of `json`,
which knows no places; a scanner finds them only where a fault needs one. Scalars stay text (see `allycheck.fields`).
Limits keep hostile files from costing time or memory.
"""

import json
import re
import stat
import sys
from bisect import bisect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import yaml

from allycheck.errors import AllycheckError, Fault, Loc
from allycheck.fields import Plain
from allycheck.language import _, ngettext
from allycheck.text import hides_something, printable

MEGABYTE = 1_000_000
LARGEST_FILE = 10 * MEGABYTE
DEEPEST = 40
MOST_VALUES = 200_000
STDIN = "-"
_OPENED = ("/dev/fd/", "/dev/stdin", "/proc/self/fd/")
"""Where the shell hands over what it has opened itself, such as a process substitution."""
_WORKBOOKS = (".xlsx", ".ods", ".xls")
_PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
"""How a zip archive begins, which .xlsx and .ods are, and what old Excel and encrypted workbooks are."""
_BREAKS = {"\t", "\r", "\n"}
_NOTHING = {"", "~", "null"}
_TAGS = {
    yaml.ScalarNode: "tag:yaml.org,2002:str",
    yaml.MappingNode: "tag:yaml.org,2002:map",
    yaml.SequenceNode: "tag:yaml.org,2002:seq",
}
_PLAIN_TAGS = {*_TAGS.values(), "!"}


def _too_deep() -> str:
    return _("nested more than {number} deep").format(number=DEEPEST)


def _too_many() -> str:
    return ngettext("more than {number} value", "more than {number} values", MOST_VALUES).format(number=MOST_VALUES)


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
            what = _too_deep() if self.depth > DEEPEST else _too_many()
            raise AllycheckError(what, f"{self.name}:{_mark(parent)}" if parent else self.name)

    def ascend_resolver(self) -> None:
        self.depth -= 1


@dataclass
class Source:
    """A document as read: its values, the nodes they came from, and the faults met on the way."""

    name: str
    data: Any
    root: "yaml.Node | Callable[[], yaml.Node] | None"
    """The node of the whole document, or what finds it where it is needed."""
    faults: list[Fault] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)
    cells: dict[Loc, str] = field(default_factory=dict)
    """The printed places of values that came from the cells of a workbook; it has no nodes."""
    _children: dict[int, dict[str | int, tuple[yaml.Node | None, yaml.Node | None]]] = field(default_factory=dict)

    @property
    def node(self) -> yaml.Node | None:
        """The node of the whole document."""
        if callable(self.root):
            self.root = self.root()
        return self.root

    def place(self, fault: Fault) -> Fault:
        """The fault with its printed place filled in: file, line and column."""
        if fault.where:
            return fault
        if self.cells:
            return replace(fault, where=self._cell(fault.loc))
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

    def line_and_column(self, loc: Loc) -> tuple[int, int] | None:
        """Where a key stands in the file, counted from 1; None where it is not there, or where there are no lines."""
        key, node = None, self.node
        for part in loc:
            key, node = self._child(node, part)
        mark = key.start_mark if key is not None else None
        return (mark.line + 1, mark.column + 1) if mark is not None else None

    def _cell(self, loc: Loc) -> str:
        """The cell of a value, or of what it is a part of; else the file."""
        return next((self.cells[loc[:n]] for n in range(len(loc), 0, -1) if loc[:n] in self.cells), self.name)

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
    assert node.start_mark is not None
    return _shown(node.start_mark)


def _shown(mark: yaml.Mark) -> str:
    return f"{mark.line + 1}:{mark.column + 1}"


def read_bytes(path: str, *, ordinary: bool = False) -> bytes:
    """The content of a file, or of standard input for "-". Raises AllycheckError with what to do.

    `ordinary` refuses what may wait for ever: standard input, and pipes and devices that the shell has not opened.
    """
    name = name_of(path)
    try:
        if ordinary and may_wait(path) and not path.startswith(_OPENED):
            raise AllycheckError(_("not an ordinary file"), name, _("name a file here"))
        if path != STDIN:
            return read_file(path)
        if sys.stdin is None:
            raise AllycheckError(_("this is closed"), name, _("name a file, or write one to it"))
        return _within_limit(sys.stdin.buffer.read(LARGEST_FILE + 1), name)
    except (OSError, ValueError) as error:
        what = error.strerror.lower() if isinstance(error, OSError) and error.strerror else _("can't be read")
        raise AllycheckError(what, name, _what_to_do(error)) from error


def may_wait(path: str) -> bool:
    """Whether reading may wait for somebody to write: standard input, a pipe, a device."""
    return path == STDIN or (Path(path).exists() and not Path(path).is_file() and not Path(path).is_dir())


def read_file(path: str) -> bytes:
    """The content of a file, of which no more is read than it may hold. Raises AllycheckError and OSError."""
    name = name_of(path)
    status = Path(path).stat()
    if stat.S_ISDIR(status.st_mode):
        raise AllycheckError(_("this is a folder"), name, _("name a file"))
    if status.st_size > LARGEST_FILE:
        _too_large(name)
    with Path(path).open("rb") as file:
        return _within_limit(file.read(LARGEST_FILE + 1), name)


def _within_limit(content: bytes, name: str) -> bytes:
    if len(content) > LARGEST_FILE:
        _too_large(name)
    return content


def name_of(path: str) -> str:
    """The file as messages name it."""
    return _("standard input") if path == STDIN else printable(path)


def _what_to_do(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return _("check the path, or start one with: allycheck template > answers.yaml")
    return _("check that you may read it") if isinstance(error, PermissionError) else ""


def _too_large(name: str) -> NoReturn:
    raise AllycheckError(
        _("larger than {size} MB").format(size=LARGEST_FILE // MEGABYTE), name, _("this can't be a file for allycheck")
    )


def decode(content: bytes, name: str) -> str:
    """UTF-8 text, with or without a byte order mark. Raises AllycheckError for anything else."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise AllycheckError(_("UTF-16 text"), name, _("save it as UTF-8"))
    if b"\0" in content:
        raise AllycheckError(_("a binary file, not text"), name, _("name a YAML or JSON file"))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - content.rfind(b"\n", 0, error.start)
        raise AllycheckError(_("not UTF-8 text"), f"{name}:{line}:{column}", _("save it as UTF-8")) from error
    return text


def is_workbook(path: str, content: bytes = b"") -> bool:
    """Whether a file is a workbook, by its name or by how it begins."""
    return path.lower().endswith(_WORKBOOKS) or content.startswith(_PACKED)


def read_source(path: str, *, ordinary: bool = False) -> Source:
    """Read one YAML or JSON file. Raises AllycheckError if it can't be parsed at all. `ordinary` as in `read_bytes`."""
    name = name_of(path)
    return parse(decode(read_bytes(path, ordinary=ordinary), name), name)


def parse(text: str, name: str) -> Source:
    """Parse the text of a YAML or JSON file; repeated keys and the like become faults of the source.

    A file called .json must be JSON. Other text that begins with a bracket is read as JSON if it is, and else as YAML,
    whose own maps and lists in brackets look alike.
    """
    if name.lower().endswith(".json") and text.strip():
        return parse_json(text, name)
    if _OPENS_WITH_BRACKET.match(text):
        try:
            return parse_json(text, name)
        except _NotJsonError as error:
            no_json = error
        try:
            return parse_yaml(text, name)
        except AllycheckError:
            if _MEANS_JSON.match(text):
                raise no_json from None
            raise
    return parse_yaml(text, name)


def parse_yaml(text: str, name: str) -> Source:
    """Parse YAML. Raises AllycheckError where it is none."""
    try:
        node = _Loader(text, name).get_single_node()
    except yaml.reader.ReaderError as error:
        where = f"{name}:{_position(text, error.position)}"
        raise AllycheckError(_("a control character"), where, _("remove it")) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"{name}:{mark.line + 1}:{mark.column + 1}" if mark else name
        raise AllycheckError(
            _("not valid YAML: {problem}").format(problem=error.problem), where, _yaml_hint(error)
        ) from error
    return _walked(name, node)


def _walked(name: str, node: yaml.Node | None) -> Source:
    source = Source(name, None, node)
    if node is not None:
        source.data = _Walk(source).value(node)
    return source


def _position(text: str, offset: int) -> str:
    """Line and column of an offset, which the parser counts in bytes."""
    before = text.encode()[:offset].decode(errors="ignore")
    return f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


def _yaml_hint(error: yaml.MarkedYAMLError) -> str:
    problem = str(error.problem)
    if "cannot start any token" in problem:
        return _("indent with spaces, not tabs, and quote a text that begins with a special character")
    if "another document" in problem:
        return _("keep one document in a file")
    if "mapping values are not allowed" in problem:
        return _("quote a text that contains a colon")
    return ""


_OPENS_WITH_BRACKET = re.compile(r"[ \t\r\n]*[\[{]")
_MEANS_JSON = re.compile(r'[ \t\r\n\[{]*\{[ \t\r\n]*"')
_SPACE = re.compile(r"[ \t\r\n]*")
_LITERAL = re.compile(r"null|true|false|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_WORD = re.compile(r"[^\s,:\[\]{}\"]+")
_LINE_END = re.compile(r"\r\n|\r|\n")
_HALF = re.compile("[\ud800-\udfff]")
_HALF_WRITTEN = re.compile(r"\\u[dD][89a-fA-F]")


class _NotJsonError(AllycheckError):
    """The text is no JSON."""


class _UnusualError(Exception):
    """JSON that only the scanner can judge."""


def parse_json(text: str, name: str) -> Source:
    """Parse JSON with scalars as text, like those of YAML. Raises AllycheckError where it is none.

    What the fast parser refuses, or would let pass, is left to the scanner, which knows where it stands.
    """
    scan = partial(_Scanner, text, name)
    try:
        data = _read_fast(text)
    except (ValueError, RecursionError, _UnusualError):
        return _walked(name, scan().document())
    return Source(name, data, lambda: scan().document())


def _read_fast(text: str) -> Any:
    if _most_values(text) > MOST_VALUES or _HALF_WRITTEN.search(text):
        raise _UnusualError
    return _as_text(_FAST.decode(text), 1)


def _most_values(text: str) -> int:
    return 1 + text.count(",") + text.count("[") + text.count("{")


def _keyed(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        raise _UnusualError
    return values


def _no_number(_: str) -> NoReturn:
    raise _UnusualError


_FAST = json.JSONDecoder(object_pairs_hook=_keyed, parse_int=Plain, parse_float=Plain, parse_constant=_no_number)
_TRUTH = {True: Plain("true"), False: Plain("false")}


def _as_text(value: Any, depth: int) -> Any:
    """The value with `true` and `false` as text, in place."""
    if value is True or value is False:
        return _TRUTH[value]
    kind = type(value)
    if kind is dict or kind is list:
        if value and depth == DEEPEST:
            raise _UnusualError
        for key, inner in value.items() if kind is dict else enumerate(value):
            if not isinstance(inner, str) and inner is not None:
                value[key] = _as_text(inner, depth + 1)
    return value


class _Scanner:
    """JSON -> nodes that know their places, or the exact place of what is wrong. As slow as YAML."""

    def __init__(self, text: str, name: str) -> None:
        self._text, self._name = text, name
        self._lines = [0, *(match.end() for match in _LINE_END.finditer(text))]
        self._at = 0
        self._nodes = 0

    def document(self) -> yaml.Node:
        """The one value that the text holds. Raises AllycheckError."""
        node = self._value(None, 1)
        if self._next():
            self._refuse(_("something follows the end"), _("keep one document in a file"))
        return node

    def _value(self, parent: yaml.Mark | None, depth: int) -> yaml.Node:
        char = self._next()
        mark = self._mark(self._at)
        self._nodes += 1
        if depth > DEEPEST or self._nodes > MOST_VALUES:
            what = _too_deep() if depth > DEEPEST else _too_many()
            raise AllycheckError(what, f"{self._name}:{_shown(parent or mark)}")
        if char == "{":
            return yaml.MappingNode(_TAGS[yaml.MappingNode], self._pairs(mark, depth), mark)
        if char == "[":
            return yaml.SequenceNode(_TAGS[yaml.SequenceNode], self._entries(mark, depth), mark)
        if char == '"':
            return self._string()
        literal, word = _LITERAL.match(self._text, self._at), _WORD.match(self._text, self._at)
        if literal is None or word is None or literal.end() != word.end():
            self._refuse(
                _("a value is missing or not one of JSON"), _("write a number, a text in double quotes, or null")
            )
        self._at = literal.end()
        return yaml.ScalarNode(_TAGS[yaml.ScalarNode], literal[0], mark)

    def _pairs(self, mark: yaml.Mark, depth: int) -> list[tuple[yaml.Node, yaml.Node]]:
        pairs: list[tuple[yaml.Node, yaml.Node]] = []
        self._at += 1
        while self._more("}", started=bool(pairs)):
            if self._next() != '"':
                self._refuse(
                    _("a key is missing"), _("write it in double quotes, and no comma before a closing bracket")
                )
            key = self._string()
            if self._next() != ":":
                self._refuse(_("a colon is missing after a key"))
            self._at += 1
            pairs.append((key, self._value(mark, depth + 1)))
        return pairs

    def _entries(self, mark: yaml.Mark, depth: int) -> list[yaml.Node]:
        entries: list[yaml.Node] = []
        self._at += 1
        while self._more("]", started=bool(entries)):
            entries.append(self._value(mark, depth + 1))
        return entries

    def _more(self, closing: str, *, started: bool) -> bool:
        """Whether another entry follows; the comma or the closing bracket is passed."""
        char = self._next()
        if char == closing:
            self._at += 1
            return False
        if started and char != ",":
            self._refuse(_("a comma or {closing} is missing").format(closing=closing))
        self._at += started
        return True

    def _string(self) -> yaml.ScalarNode:
        mark = self._mark(self._at)
        try:
            value, self._at = _FAST.raw_decode(self._text, self._at)
        except json.JSONDecodeError as error:
            self._at = min(error.pos, len(self._text))
            unclosed = error.msg.startswith("Unterminated")
            what = (
                _("a text without its closing quote") if unclosed else _("a character or escape that no text may hold")
            )
            self._refuse(what, "" if unclosed else _('write \\n for a line end, \\" for a quote, \\\\ for a backslash'))
        if _HALF.search(value):
            raise AllycheckError(_("half a character"), f"{self._name}:{_shown(mark)}", _("write both of its escapes"))
        return yaml.ScalarNode(_TAGS[yaml.ScalarNode], value, mark, style='"')

    def _next(self) -> str:
        """The next character that is no space, not yet passed."""
        space = _SPACE.match(self._text, self._at)
        assert space is not None
        self._at = space.end()
        return self._text[self._at : self._at + 1]

    def _mark(self, at: int) -> yaml.Mark:
        line = bisect(self._lines, at) - 1
        return yaml.Mark(self._name, at, line, at - self._lines[line], None, 0)

    def _refuse(self, what: str, hint: str = "") -> NoReturn:
        raise _NotJsonError(
            _("not valid JSON: {what}").format(what=what), f"{self._name}:{_shown(self._mark(self._at))}", hint
        )


class _Walk:
    """One pass from nodes to values, counting them so that aliases can't explode."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.path: list[str | int] = []
        self.seen = 0

    def value(self, node: yaml.Node) -> Any:
        self.seen += 1
        if self.seen > MOST_VALUES or len(self.path) > DEEPEST:
            what = _("nested too deep") if len(self.path) > DEEPEST else _too_many()
            raise AllycheckError(
                what, f"{self.source.name}:{_mark(node)}", _("write it out without aliases of aliases")
            )
        if node.tag not in _PLAIN_TAGS:
            self.fault(
                _("the tag {tag} is not read here").format(tag=printable(str(node.tag))),
                node,
                hint=_("write the value without it"),
            )
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
                self.fault(_("a key must be a word"), key)
            elif name in values:
                self.fault(_("this key stands here twice"), key, name, _("keep one of them"))
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
    """A fault for every text in which control or direction characters hide; no key holds line breaks or tabs either."""
    if isinstance(data, str):
        if hides_something(data):
            yield Fault(_("holds a character that nobody can see"), loc, _("remove control and direction characters"))
    elif isinstance(data, dict):
        for key, value in data.items():
            if hides_something(key) or not _BREAKS.isdisjoint(key):
                yield Fault(_("holds a character that nobody can see"), (*loc, key), at_key=True)
            yield from hidden_characters(value, (*loc, key))
    elif isinstance(data, list):
        for n, value in enumerate(data):
            yield from hidden_characters(value, (*loc, n))
