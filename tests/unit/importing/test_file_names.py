"""Names of files: by organisation and respondent, safe wherever they are written."""

from itertools import islice

import pytest

from allycheck.answers import Answers
from allycheck.importing.file_names import file_names


def first(organisation: str | None, respondent: str | None = None) -> str:
    return next(file_names(Answers(questionnaire="q", organisation=organisation, respondent=respondent)))


@pytest.mark.parametrize(
    ("organisation", "respondent", "name"),
    [
        ("Northwind Cells (joint venture)", "Programme office", "northwind-cells-joint-venture-programme-office.yaml"),
        ("../../etc/passwd", None, "etc-passwd.yaml"),
        ("..", "/", "answers.yaml"),
        (None, None, "answers.yaml"),
        ("CON", None, "con-answers.yaml"),
        ("Lpt1", "", "lpt1-answers.yaml"),
        ('a\0b\nc:d*e?f\\g|h<i>j"k', None, "a-b-c-d-e-f-g-h-i-j-k.yaml"),
        ("-rf", "~root", "rf-root.yaml"),
        ("\u202egnp.exe", None, "gnp-exe.yaml"),
        ("Åse & Çelik", None, "åse-çelik.yaml"),
        ("A\u030ase", None, "åse.yaml"),
        ("ميناء", "北京办公室", "ميناء-北京办公室.yaml"),
        ("हिन्दी", None, "हिन्दी.yaml"),
        ("\U0001f680 ", None, "answers.yaml"),
    ],
)  # fmt: skip
def test_names_are_letters_and_digits_of_any_script(organisation: str, respondent: str, name: str) -> None:
    assert first(organisation, respondent) == name


@pytest.mark.parametrize("letter", ["x", "é", "北", "\U00020000"])
def test_names_fit_every_file_system(letter: str) -> None:
    assert len(first(letter * 10_000, letter * 10_000).encode()) <= 166


def test_whoever_comes_later_gets_a_number() -> None:
    names = file_names(Answers(questionnaire="q", organisation="Port"))
    assert list(islice(names, 3)) == ["port.yaml", "port-2.yaml", "port-3.yaml"]
