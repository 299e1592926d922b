"""The house style of PDF and Word: which file is meant for which, and whether it is there."""

import os
from collections.abc import Sequence
from pathlib import Path

from allycheck.cli.outputs import Place
from allycheck.errors import AllycheckError, UsageError
from allycheck.language import _
from allycheck.render.formats import Format
from allycheck.render.look import House
from allycheck.text import printable

SUFFIXES = {".typ": Format.PDF, ".docx": Format.DOCX, ".dotx": Format.DOCX}
"""How a template ends that is meant for a format."""


def house(templates: Sequence[str] | None, fonts: str | None, places: Sequence[Place]) -> House:
    """The house style to write in.

    Raises UsageError for a template or fonts that nothing asked for takes, AllycheckError for what is not there.
    """
    chosen: dict[Format, str] = {}
    for path in templates or []:
        where = f"--template {printable(path)}"
        form = SUFFIXES.get(Path(path).suffix.lower())
        if form is None:
            raise UsageError(_("not a template"), where, _("use .typ for PDF, .docx or .dotx for Word"))
        _refuse_idle(where, form, places)
        if form in chosen:
            raise UsageError(_("one document has one template"), where, _("leave one out"))
        if not Path(path).is_file():
            raise AllycheckError(_("no such file"), where, _("check the path"))
        if not os.access(path, os.R_OK):
            raise AllycheckError(_("can't be read"), where, _("check who may"))
        chosen[form] = path
    if fonts is not None:
        where = f"--font-folder {printable(fonts)}"
        _refuse_idle(where, Format.PDF, places)
        if not Path(fonts).is_dir():
            raise AllycheckError(_("no such folder"), where, _("check the path"))
    return House(chosen.get(Format.PDF, ""), chosen.get(Format.DOCX, ""), fonts or "")


def _refuse_idle(where: str, form: Format, places: Sequence[Place]) -> None:
    """An option that changes nothing was meant to change something."""
    if all(place.format is not form for place in places):
        hint = _("add -o with a name that ends in .{format}, or leave it out").format(format=form)
        raise UsageError(_("nothing is written that it is for"), where, hint)
