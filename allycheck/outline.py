"""What a questionnaire names, found line by line: for completion, where reading it whole would cost more than all else.

It sees what stands on lines of its own, as in the questionnaires that come with allycheck; maps and lists in brackets
are passed over. Nothing is checked here, not even that names are safe to print: what is not found is merely not
offered.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from allycheck.bundled import MAIN_FILE, bundled_questionnaires

MOST_READ = 2_000_000
"""Characters of a file that are looked at."""
KINDS = {"actors", "trends", "indicators", "risks", "pillars", "scenarios", "level_names"}
"""The lists whose entries have ids."""
IN_FOLDERS = {"trends": {"trends", "indicators"}, "actors": {"actors"}}
"""Of a questionnaire in a folder: the folders in it whose files are an entry each, and what stands in them."""
_LINE = re.compile(
    r"^( *)(- +)?(?:(id|code|name|title): *([\"']?)(.{0,300}?)\4(?: +#.*)?|(\w+):(?: +#.*)?) *$", re.MULTILINE
)
"""A line that says what an entry is called, or one that opens a list or a map."""
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")


class Entry(NamedTuple):
    """What an id stands for; `code` and `name` are empty where it has none."""

    id: str
    code: str = ""
    name: str = ""


def entries(questionnaire: str, *kinds: str) -> list[Entry]:
    """The entries of these kinds in a questionnaire, by a bundled id or a path; no more is read than that takes."""
    path = bundled_questionnaires().get(questionnaire) or Path(questionnaire)
    found = (entry for file, whole in _files(path, kinds) for entry in _entries(_text(file), whole))
    return [entry for kind, entry in found if kind in kinds]


def _files(path: Path, kinds: Sequence[str]) -> Iterator[tuple[Path, str]]:
    """The files that hold entries of these kinds, each with what it is an entry of as a whole."""
    if not path.is_dir():
        yield path, ""
        return
    yield path / MAIN_FILE, ""
    if "scenarios" in kinds:
        yield path / "scenarios.yaml", ""
    for folder, inside in IN_FOLDERS.items():
        if not inside.isdisjoint(kinds):
            for file in sorted((path / folder).glob("*.yaml")):
                yield file, folder


def _text(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open(encoding="utf-8", errors="replace") as file:
        return file.read(MOST_READ)


def _entries(text: str, whole: str) -> Iterator[tuple[str, Entry]]:
    """Every entry with its kind. `whole` is the kind that the file itself is an entry of, if any."""
    lists: list[tuple[int, str]] = []
    read: list[tuple[str, dict[str, str]]] = []
    for indent, dash, key, _, value, opened in _LINE.findall(text):
        column = len(indent) + len(dash)
        while lists and (lists[-1][0] > len(indent) or (lists[-1][0] == column and not dash)):
            lists.pop()
        kind = lists[-1][1] if lists else whole
        if opened:
            lists.append((column, opened))
        elif kind in KINDS:
            if dash or not read or read[-1][0] != kind or key in read[-1][1]:
                read.append((kind, {}))
            read[-1][1][key] = value
    for kind, about in read:
        if _WORD.fullmatch(name := about.get("id", "")):
            code, title = about.get("code", ""), about.get("name") or about.get("title", "")
            yield kind, Entry(name, code if _WORD.fullmatch(code) else "", title)
