"""Which language is spoken, where its catalogue is found, and what is asked for on the command line."""

import re
import sys
from pathlib import Path
from typing import Any

import pytest

from allycheck import catalogues
from allycheck.catalogues import candidates, is_code, languages, same, translation
from allycheck.cli import languages as cli_languages
from allycheck.cli.languages import chosen
from allycheck.errors import UsageError
from allycheck.language import Speech, _, direction, ngettext, pgettext, speaking, spoken
from allycheck.numbers import as_text, read_back, whole
from allycheck.text import first_of, listing

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("code", ["en", "fi", "pt-BR", "pt_BR", "zh-Hant-TW", "ast"])
def test_a_language_has_its_code(code: str) -> None:
    assert is_code(code)


@pytest.mark.parametrize("text", ["", "e", "english", "../fi", "fi/", "fi.UTF-8", "--", "fi-"])
def test_other_words_are_no_language(text: str) -> None:
    assert not is_code(text)


def test_a_region_falls_back_to_its_language() -> None:
    assert candidates("pt-BR") == ["pt-BR", "pt_BR", "pt"]
    assert same("en-GB", "en")
    assert same("pt_BR", "pt-BR")
    assert not same("pt", "pt-BR")


def test_the_language_of_the_source_needs_no_catalogue_and_loads_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogues, "FOLDER", Path("/nowhere"))
    assert translation("en") is translation("en-US") is translation("xx") is None
    assert languages() == ["en"]


@pytest.mark.usefixtures("strange_languages")
def test_catalogues_are_found_beside_the_code() -> None:
    assert languages() == ["en", "ar", "eo"]
    assert translation("eo_XX") is not None
    with speaking(Speech("eo", translation("eo"))):
        assert _("Trend") == "\u0166\u0155\u00e8\u00f1\u0111 \u00ea\u00ea"
        assert ngettext("{number} trend", "{number} trends", 2).startswith("{number} \u0167")
        assert pgettext("the decimal mark", ".") == ","
    assert _("Trend") == "Trend"


@pytest.mark.usefixtures("strange_languages")
def test_numbers_and_lists_are_those_of_the_language() -> None:
    from fractions import Fraction

    with speaking(Speech("eo", translation("eo"))):
        assert as_text(Fraction(1333, 20)) == "66,7"
        assert as_text(Fraction(-5, 2)) == "-2,5"
        assert whole(12345) == "12\u202f345"
        assert whole(2026) == "2026"
        assert read_back(as_text(Fraction(133, 2))) == 66.5
        assert "a" in listing(["a", "b"])
        assert " and " not in listing(["a", "b"]) + first_of(["a", "b", "c"], 1)
    assert as_text(Fraction(1333, 20)) == "66.7"
    assert whole(12345) == "12345"
    assert read_back("too little") is None


class Screen:
    """Standard output of a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.usefixtures("strange_languages")
def test_what_is_asked_for_counts_everywhere_and_the_environment_only_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert chosen(["report", "x", "--language", "eo"], {}).sure
    assert chosen(["report", "--language=eo", "x"], {"LANG": "ar_SY.UTF-8"}).asked == "eo"
    assert chosen(["report", "--", "--language", "eo"], {}) == Speech()
    assert chosen(["report"], {"LANG": "eo_XX.UTF-8"}) == Speech()
    monkeypatch.setattr(sys, "stdout", Screen())
    told = chosen(["report"], {"LANG": "eo_XX.UTF-8"})
    assert (told.code, told.asked, told.sure) == ("eo-XX", "eo-XX", False)
    assert told.translation is not None
    assert chosen(["report"], {"LC_ALL": "C", "LANG": "eo"}) == Speech()
    assert chosen(["report"], {"LC_ALL": "", "LC_MESSAGES": "ar", "LANG": "eo"}).code == "ar"
    unknown = chosen(["report"], {"LANG": "xx_YY"})
    assert (unknown.code, unknown.translation) == ("en", None)


def test_a_word_that_is_no_language_is_refused() -> None:
    with pytest.raises(UsageError, match="--language 12: this is no language"):
        chosen(["--language", "12"], {})


def test_for_a_file_the_environment_counts_no_more_but_what_is_asked_for_does() -> None:
    with speaking(Speech("eo", None, asked="eo")):
        cli_languages.for_a_file()
        assert spoken() == Speech()
    asked: Any = Speech("eo", None, asked="eo", sure=True)
    with speaking(asked):
        cli_languages.for_a_file()
        assert spoken() == asked


@pytest.mark.parametrize(
    ("code", "way"),
    [("en", "ltr"), ("ar", "rtl"), ("ar-SY", "rtl"), ("he", "rtl"), ("az-Arab", "rtl"), ("ur-Latn", "ltr")],
)
def test_a_language_has_a_direction(code: str, way: str) -> None:
    assert direction(code) == way


def test_no_message_stands_inside_another_string_where_babel_does_not_find_it() -> None:
    inside = re.compile(r"""\bf(["'])(?:(?!\1).)*\{[^}]*\b(_|ngettext|pgettext)\(""")
    found = [
        f"{path.name}: {line.strip()}"
        for path in sorted((ROOT / "allycheck").rglob("*.py"))
        for line in path.read_text("utf-8").splitlines()
        if inside.search(line)
    ]
    assert found == []
