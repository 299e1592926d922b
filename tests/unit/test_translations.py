"""Texts of a questionnaire in another language: laid over, held against their source, begun and checked."""

from pathlib import Path

import pytest

from allycheck.errors import AllycheckError, UsageError
from allycheck.language import Speech, speaking, spoken
from allycheck.loading import check_translation, load_questionnaire, translation_to_fill_in
from allycheck.translations import texts
from tests.languages import asked_for

SOURCE = """\
id: small
version: "1.0"
title: Small
actors:
  - id: board
    title: Board
    overall: {absent: Much is missing.}
    risks: {lock-in: {warning_signs: [Nobody leaves.], mitigations: [Talk., {do: Agree., for: charter}]}}
risks: [{id: lock-in, title: Lock-in}]
trends:
  - id: trust
    title: Trust
    indicators:
      - {id: charter, ask: "How firm?", levels: [none, spoken, drafted, signed, tested], risks: {lock-in: 1}}
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A questionnaire of one file, with a folder for its translations."""
    path = tmp_path / "small.yaml"
    path.write_text(SOURCE, "utf-8")
    (tmp_path / "small" / "languages").mkdir(parents=True)
    return path


def translate(path: Path, code: str, **changes: str) -> Path:
    """Begin a translation and put every text in capitals."""
    file = path.with_suffix("") / "languages" / f"{code}.yaml"
    lines = translation_to_fill_in(str(path), code).splitlines()
    said = {line.partition(": ")[0]: above[2:].upper() for above, line in zip(lines[::2], lines[1::2], strict=True)}
    filled = [
        line.replace('text: ""', f'text: "{changes.get(name, said[name])}"')
        for line in lines[1::2]
        for name in [line.partition(": ")[0]]
    ]
    file.write_text("\n".join(filled) + "\n", "utf-8")
    return file


def test_every_text_has_a_path_of_keys_and_ids(small: Path) -> None:
    import yaml

    paths = [one.path for one in texts(yaml.safe_load(small.read_text("utf-8")))]
    assert paths == [
        "title",
        "actors.board.title",
        "actors.board.overall.absent",
        "actors.board.risks.lock-in.warning_signs.0",
        "actors.board.risks.lock-in.mitigations.0",
        "actors.board.risks.lock-in.mitigations.1.do",
        "risks.lock-in.title",
        "trends.trust.title",
        "trends.trust.indicators.charter.ask",
        *(f"trends.trust.indicators.charter.levels.{level}" for level in range(5)),
    ]


def test_a_translation_is_laid_over_where_its_language_is_asked_for(small: Path) -> None:
    translate(small, "fi")
    source = load_questionnaire(str(small))
    with asked_for("fi"):
        told = load_questionnaire(str(small))
        assert spoken().code == "fi"
    assert (source.title, told.title) == ("Small", "SMALL")
    assert told.trends[0].indicators[0].levels == ["NONE", "SPOKEN", "DRAFTED", "SIGNED", "TESTED"]
    assert [one.do for one in told.actors[0].risks["lock-in"].mitigations] == ["TALK.", "AGREE."]
    assert told.actors[0].risks["lock-in"].mitigations[1].for_ == "charter"
    assert told.digest == source.digest


def test_a_region_reads_what_is_there_for_its_language(small: Path) -> None:
    translate(small, "pt")
    with asked_for("pt-BR"):
        assert load_questionnaire(str(small)).title == "SMALL"


def test_a_text_whose_source_has_changed_stands_in_the_source_language_and_is_told(small: Path) -> None:
    file = translate(small, "fi")
    small.write_text(SOURCE.replace("How firm?", "How very firm?"), "utf-8")
    with asked_for("fi"):
        told = load_questionnaire(str(small))
    assert (told.title, told.trends[0].indicators[0].ask) == ("SMALL", "How very firm?")
    found = check_translation(str(small), "fi")
    assert (found.texts, found.missing, found.stale) == (14, 0, 1)
    [warning] = found.warnings
    assert str(warning).startswith(f"{file}:9:1: ")
    assert "its source has changed, so it is not shown; How very firm?" in str(warning)


def test_to_renew_a_translation_what_is_stale_is_kept_as_what_it_was(small: Path) -> None:
    translate(small, "fi")
    small.write_text(SOURCE.replace("How firm?", "How very firm?"), "utf-8")
    renewed = translation_to_fill_in(str(small), "fi")
    assert 'text: "", was: "HOW FIRM?"}' in renewed
    assert 'text: "SMALL"}' in renewed


def test_what_is_not_translated_is_named(small: Path) -> None:
    translate(small, "fi", **{"trends.trust.title": ""})
    found = check_translation(str(small), "fi")
    assert (found.missing, found.stale) == (1, 0)
    assert "trends.trust.title is not translated" in str(found.warnings[0])
    with asked_for("fi"):
        assert load_questionnaire(str(small)).trends[0].title == "Trust"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("titel: {of: a, text: b}", ":1:1: titel: the questionnaire has no such text; did you mean title?"),
        ("title: Pieni", ":1:8: title: must be a map of the text and the digest of its source"),
        ("title: {of: a, text: b, weight: 3}", ":1:25: title.weight: only texts are translated"),
        ("title: {of: a, text: [b]}", ":1:22: title.text: must be a text"),
        ("- title", ":1:1: must be a map of texts by their path"),
        ('title: {of: a, text: "b\\u202e"}', ":1:22: title.text: holds a character that nobody can see"),
    ],
)
def test_what_is_no_translation_is_refused_with_its_place(small: Path, text: str, fault: str) -> None:
    file = small.with_suffix("") / "languages" / "fi.yaml"
    file.write_text(text + "\n", "utf-8")
    with asked_for("fi"), pytest.raises(AllycheckError) as refused:
        load_questionnaire(str(small))
    assert f"{file}{fault}" in str(refused.value)


def test_a_language_that_nothing_speaks_is_refused_when_it_is_asked_for_and_passed_over_else(small: Path) -> None:
    translate(small, "fi")
    with asked_for("fr"), pytest.raises(UsageError, match="nothing here speaks fr; use en or fi"):
        load_questionnaire(str(small))
    with speaking(Speech(asked="fr")):
        assert load_questionnaire(str(small)).title == "Small"
        assert spoken().code == "en"


def test_without_a_translation_there_is_nothing_to_check(small: Path) -> None:
    with pytest.raises(
        AllycheckError, match="there is no translation into fi; begin one with: allycheck questionnaire new"
    ):
        check_translation(str(small), "fi")


@pytest.mark.usefixtures("strange_languages")
def test_the_usual_names_of_levels_are_ours_and_so_in_the_language(small: Path) -> None:
    with asked_for("eo"):
        names = [level.name for level in load_questionnaire(str(small)).level_names]
    assert names[0] == "\u00c0\u0183\u015b\u00e8\u00f1\u0167 \u00ea\u00ea"
    assert load_questionnaire(str(small)).level_names[0].name == "Absent"


def test_a_questionnaire_says_in_what_language_it_is(small: Path) -> None:
    small.write_text("language: fi\n" + SOURCE, "utf-8")
    with speaking(None):
        assert load_questionnaire(str(small)).language == "fi"
        assert spoken().code == "fi"
    small.write_text("language: finnish!\n" + SOURCE, "utf-8")
    with pytest.raises(AllycheckError, match="is no language; use its code"):
        load_questionnaire(str(small))
