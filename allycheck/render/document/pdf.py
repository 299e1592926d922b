"""A page as PDF, set by Typst: tagged, PDF/UA-1 and PDF/A-2a, and the same bytes for the same page.

Typst gets the page as JSON and never as markup, so whatever a user or a questionnaire wrote stands there as text. What
draws it is the template in `templates/typst`, or one of the house's own, which may import ours.
"""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from allycheck import __version__
from allycheck.errors import AllycheckError, Fault
from allycheck.language import _
from allycheck.render.document.model import (
    Bar,
    Cell,
    Details,
    Page,
    Table,
    cleaned,
    filled,
    heat,
    heights,
    is_drawing,
    title,
)
from allycheck.render.document.paper import fitted, has_contents, language, made_on
from allycheck.render.look import Look
from allycheck.text import first_of

if TYPE_CHECKING:
    from typst import Fonts, PDFStandard

STANDARDS: "list[PDFStandard]" = ["ua-1", "a-2a"]
PACKAGES = Path(__file__).parent / "templates" / "typst"
MAIN = b'#import "@local/allycheck:1.0.0": allycheck\n#allycheck()\n'
"""What draws a page where the house has no template."""
FETCHED = b"@preview/"
UNNAMED = "__typst_py_bytes__.typ"
"""What Typst calls the template in messages, which it gets without its name."""
REPLACEMENT = "\ufffd"
MOST_NAMED = 12
"""Letters without a font that a warning names."""
LONGEST_WORD = re.compile(r"\S{20}(?=\S{20})")
"""Where a word may be broken that has no end: after as many letters, while as many follow."""
BREAK = "\u200b"
NARROWEST, WIDEST = 8, 40
"""Letters by which columns of text share the room: those of the longest text, but within reason."""
_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')
_OWN_FILE = re.compile(rb'"([^"\n\0]{1,200}\.typ)"')
_PLACE = re.compile(r"\u250c\u2500 (\S+)")
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")


class Attempt(NamedTuple):
    """What came of setting a page: the PDF, or the letters that no font has and the fault."""

    content: bytes | None
    letters: frozenset[str] = frozenset()
    fault: Fault = Fault("")


def pdf(page: Page, look: Look) -> bytes:
    """The page as PDF.

    Where Typst's own fonts lack a letter, those of the machine join them, unless the house names a folder of fonts; a
    letter that none has is printed as a mark. Both are told. Raises AllycheckError where the extra that sets it is
    missing, or where the house's template has a fault.
    """
    try:
        from typst import Fonts
    except ImportError as error:
        raise AllycheckError(
            _("a PDF, which can't be written yet"),
            "--format pdf",
            _("install the extra pdf: {command}").format(command="pip install typst"),
        ) from error
    house = look.house
    data = json.dumps(as_data(cleaned(page)), ensure_ascii=False)
    fonts = Fonts(include_system_fonts=False, font_paths=[house.fonts] if house.fonts else [])
    tried = _tried(data, fonts, house.typst)
    if tried.letters and not house.fonts:
        of_machine = Fonts(include_system_fonts=True)
        with_more = _tried(data, of_machine, house.typst)
        if found := tried.letters - with_more.letters:
            _tell_of_machine(look, found)
            tried, fonts = with_more, of_machine
    missing: frozenset[str] = frozenset()
    while tried.letters - missing:
        missing |= tried.letters
        tried = _tried(_without(data, missing), fonts, house.typst)
    if tried.content is None:
        raise AllycheckError([tried.fault])
    if missing:
        _tell_missing(look, missing)
    return tried.content


def _main(template: str) -> bytes:
    """What draws the page. Raises AllycheckError for a template that would fetch something from the network."""
    if not template:
        return MAIN
    for source in _sources(Path(template), set()):
        if FETCHED in source:
            hint = _("copy what it needs beside the template, and import that")
            raise AllycheckError(_("a package that would be fetched from the network"), template, hint)
    return Path(template).read_bytes()


def _sources(file: Path, seen: set[Path]) -> Iterator[bytes]:
    """A template and the files of its own that it names, each once."""
    file = file.resolve()
    if file in seen or not file.is_file():
        return
    seen.add(file)
    source = file.read_bytes()
    yield source
    for name in _OWN_FILE.findall(source):
        yield from _sources(file.parent / name.decode("utf-8", "replace").lstrip("/"), seen)


def _tried(data: str, fonts: "Fonts", template: str) -> Attempt:
    from typst import Compiler, TypstError

    try:
        compiler = Compiler(
            _main(template),
            root=Path(template).parent if template else PACKAGES,
            font_paths=fonts,
            ignore_system_fonts=True,
            sys_inputs={"page": data},
            package_path=PACKAGES,
        )
        content = compiler.compile(format="pdf", pdf_standards=STANDARDS)
    except TypstError as error:
        found = _PLACE.search(error.diagnostic)
        where = found[1].replace(UNNAMED, template) if found and template else template
        letters = frozenset(map(_unescaped, _MISSING.findall(error.diagnostic)))
        return Attempt(None, letters, Fault(error.message, where=where or "--format pdf"))
    assert isinstance(content, bytes)
    return Attempt(content)


def _unescaped(letters: str) -> str:
    """The letters as they are; Typst's messages write what can't be seen as an escape."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)) if found[1] else found[2], letters)


def _without(data: str, letters: Iterable[str]) -> str:
    """The page with a mark for each of the letters. JSON itself is ASCII, so that only texts change."""
    for one in sorted(letters, key=lambda one: (-len(one), one)):
        data = data if one.isascii() else data.replace(one, REPLACEMENT)
    return data


def _tell_of_machine(look: Look, letters: Iterable[str]) -> None:
    told = _(
        "fonts of this machine draw {letters}, so other machines may give other bytes; --font-folder names where to "
        "take fonts from instead"
    )
    look.warn(told.format(letters=_named(letters)))


def _tell_missing(look: Look, letters: Iterable[str]) -> None:
    told = _("no font has {letters}, for which the PDF shows {mark}; name a folder of fonts that do with --font-folder")
    look.warn(told.format(letters=_named(letters), mark=REPLACEMENT))


def _named(letters: Iterable[str]) -> str:
    return first_of([*map(_code_points, sorted(letters))], MOST_NAMED)


def _code_points(letters: str) -> str:
    points = " ".join(f"U+{ord(char):04X}" for char in letters)
    return f"{letters} ({points})" if letters.isprintable() else points


def as_data(page: Page) -> dict[str, Any]:
    """The page as the template takes it: texts, lists and names of kinds, nothing of Typst."""
    made = made_on(page)
    tongue, *more = language().split("-")
    region = next((part for part in more if len(part) == len("GB")), None)
    sections = [{"title": broken(name), "parts": [*map(_part, parts)]} for name, parts in fitted(page)]
    return {
        "title": title(page),
        "kind": broken(page.kind) if page.subject else "",
        "name": broken(page.subject or page.kind),
        "language": tongue,
        "region": region,
        "date": [made.year, made.month, made.day],
        "dense": page.dense,
        "opening": [*map(_part, page.opening)],
        "front": sections[: page.front],
        "sections": sections[page.front :],
        "closing": [*map(_part, page.closing)],
        "contents": has_contents(page),
        "words": {
            "contents": _("Contents"),
            "page": _("Page {page} of {pages}"),
            "made": _("allycheck {version}, self-assessed").format(version=__version__),
        },
    }


def broken(words: str) -> str:
    """The words, where one without an end may be broken."""
    return LONGEST_WORD.sub(rf"\g<0>{BREAK}", words)


def _part(part: Any) -> Any:
    """A part, or what it consists of, with the name of its kind."""
    if isinstance(part, str):
        return {"kind": "paragraph", "text": broken(part)}
    if isinstance(part, Table):
        return _table(part)
    if isinstance(part, Details):
        return {"kind": "details", "title": broken(part.title), "table": _table(part.table)}
    return {"kind": type(part).__name__.lower()} | {name: _field(name, value) for name, value in part._asdict().items()}


def _field(name: str, value: Any) -> Any:
    if isinstance(value, str):
        return broken(value)
    if isinstance(value, list | tuple):
        return [broken(one) if isinstance(one, str) and name != "notes" else _part(one) for one in value]
    return value


def _table(table: Table) -> dict[str, Any]:
    """The columns that have something, each with its letter and its share of the room; `_` is one to fill in."""
    kept = filled(table)
    columns = [{"letter": table.align[at], "share": _share(table, at), "header": table.header[at]} for at in kept]
    blank = [{"letter": "_", "share": 0, "header": header} for header in table.blank]
    notes = table.notes or [()] * len(table.rows)
    rows = [
        {"cells": [_cell(row[at], table.align[at]) for at in kept], "notes": [*map(_part, told)]}
        for row, told in zip(table.rows, notes, strict=True)
    ]
    return {"kind": "table", "columns": [*columns, *blank], "rows": rows, "noted": any(notes)}


def _share(table: Table, at: int) -> int:
    longest = max(len(str(cell)) for cell in [table.header[at], *(row[at] for row in table.rows)])
    return min(max(longest, NARROWEST), WIDEST)


def _cell(cell: Cell, letter: str) -> dict[str, Any]:
    if isinstance(cell, Bar):
        return {"kind": "bar", **cell._asdict()}
    if cell and is_drawing(cell):
        return {"kind": "drawing", "heights": heights(cell)}
    return {"kind": "text", "text": broken(cell), "shade": heat(cell, letter) if letter in "hH" else None}
