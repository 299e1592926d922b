"""The house style of PDF and Word: which options make sense together, and what is refused before anything is written."""

from pathlib import Path

import pytest

from allycheck.cli.house import house
from allycheck.cli.outputs import Place
from allycheck.errors import AllycheckError
from allycheck.render.formats import Format
from allycheck.render.look import House

BOTH = [Place("a.pdf", Format.PDF), Place("a.docx", Format.DOCX)]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("house.typ", "House.DOCX", "house.dotx"):
        Path(name).touch()
    Path("fonts").mkdir()


def test_each_template_goes_to_the_format_that_it_is_for() -> None:
    assert house(["house.typ", "House.DOCX"], "fonts", BOTH) == House("house.typ", "House.DOCX", "fonts")
    assert house(["house.dotx"], None, BOTH) == House(word="house.dotx")
    assert house(None, None, []) == House()


@pytest.mark.parametrize(
    ("templates", "fonts", "places", "code", "said"),
    [
        (
            ["house.odt"],
            None,
            BOTH,
            2,
            "--template house.odt: not a template; use .typ for PDF, .docx or .dotx for Word",
        ),
        (["none.typ"], None, BOTH, 3, "--template none.typ: no such file; check the path"),
        (
            ["house.typ"],
            None,
            BOTH[1:],
            2,
            "--template house.typ: nothing is written that it is for; add -o with a name",
        ),
        (["house.dotx"], None, BOTH[:1], 2, "--template house.dotx: nothing is written that it is for"),
        (["house.dotx", "House.DOCX"], None, BOTH, 2, "--template House.DOCX: one document has one template"),
        (None, "none", BOTH, 3, "--font-folder none: no such folder; check the path"),
        (None, "fonts", BOTH[1:], 2, "--font-folder fonts: nothing is written that it is for"),
    ],
)
def test_what_makes_no_sense_is_refused(
    templates: list[str] | None, fonts: str | None, places: list[Place], code: int, said: str
) -> None:
    with pytest.raises(AllycheckError) as refused:
        house(templates, fonts, places)
    assert (refused.value.exit_code, str(refused.value).startswith(said)) == (code, True), refused.value
