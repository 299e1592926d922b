"""A page as a Word document to go on working in: real headings, lists and tables, in our style or the house's own."""

from importlib import import_module

from allycheck.errors import AllycheckError
from allycheck.language import _
from allycheck.render.document.model import Page, cleaned
from allycheck.render.look import Look
from allycheck.text import listing


def docx(page: Page, look: Look) -> bytes:
    """The page as a Word document.

    Styles that the house's document lacks are ours, which is told. Raises AllycheckError where the extra that writes
    it is missing, or where the house's document can't be read.
    """
    try:
        import_module("docx")
    except ImportError as error:
        raise AllycheckError(
            _("a Word document, which can't be written yet"),
            "--format docx",
            _("install the extra docx: {command}").format(command="pip install python-docx"),
        ) from error
    from allycheck.render.document import word, word_base

    page, template = cleaned(page), look.house.word
    document = word_base.opened(template, page)
    if lent := word_base.lent_styles(document):
        told = _("{template} has no style for {names}; ours stand in")
        look.warn(told.format(template=template, names=listing(lent)))
    word_base.describe(document, page)
    if not template:
        word_base.running_titles(document, page)
    word.write(page, document, None if template else word_base.ACCENT)
    return word_base.content(document)
