"""Every command in a language that nobody speaks: no sentence of ours shows in English, and no line is too long."""

import html
import json
import re
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest
from typer.testing import CliRunner

from allycheck.cli.app import build
from allycheck.loading import load_questionnaire, load_sheet, translation_to_fill_in
from allycheck.writing import answers_text
from tests.languages import asked_for

ROOT = Path(__file__).resolve().parents[2]
QUESTIONNAIRE = ROOT / "questionnaires/alliance-readiness"
GREEK = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "\u03b1\u03b2\u03c8\u03b4\u03b5\u03c6\u03b3\u03b7\u03b9\u03be\u03ba\u03bb\u03bc\u03bd\u03bf\u03c0\u03c1\u03c1\u03c3\u03c4\u03b8\u03c9\u03c9\u03c7\u03c5\u03b6"
    * 2,
)
"""What is content stands in Greek letters, so that Latin ones without an accent are ours."""
NO_WORDS = re.compile(
    r"""allycheck(\ [a-z]+)?          # our name, and a command
    | --[a-z-]+(\ (json|csv|text|questionnaire))?  # an option
    | \b[A-Z]{2,3}\d+\b              # a code of a question
    | sha256:[0-9a-f]+ | \S+\.(yaml|json|md)\b | \bFILE\b
    | \b(alliance-readiness|development-bank|port-city|foreign-ministry|manufacturer)\b  # ids
    | \b(civil-society|multilateral|business|city|state|foundation|bank|ngo|organisation|local-government|governor-[a-z-]+|coalition-[a-z-]+)\b
    """,
    re.VERBOSE,
)


def greek(text: str) -> str:
    """Content in letters that are none of ours."""
    return text.translate(GREEK)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled questionnaire with its texts in Greek letters, and two sheets in them."""
    place = tmp_path_factory.mktemp("strange")
    copytree(QUESTIONNAIRE, place / "questionnaire")
    for code in ("eo", "ar"):
        lines = translation_to_fill_in(str(QUESTIONNAIRE), code).splitlines()
        filled = [
            line.replace('text: ""', f"text: {json.dumps(greek(above[2:]), ensure_ascii=False)}")
            for above, line in zip(lines[::2], lines[1::2], strict=True)
        ]
        path = place / "questionnaire/languages" / f"{code}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(filled) + "\n", "utf-8")
    source = load_questionnaire(str(place / "questionnaire"))
    for name in ("development-bank", "port-city"):
        sheet = load_sheet(str(QUESTIONNAIRE / f"examples/{name}.yaml"), source)
        said = {
            id_: entry.model_copy(
                update={
                    key: greek(value)
                    for key in ("reason", "evidence", "comment")
                    if (value := getattr(entry, key)) is not None
                }
            )
            for id_, entry in sheet.answers.answers.items()
        }
        update = {
            "answers": said,
            "organisation": greek(name),
            "respondent": greek("someone"),
            "alliances": [greek(one) for one in sheet.answers.alliances],
            "note": greek("note"),
        }
        (place / f"{name}.yaml").write_text(answers_text(sheet.answers.model_copy(update=update)), "utf-8")
    newer = (place / CITY).read_text("utf-8").replace(": 1\n", ": 2\n").replace(": dk\n", ": 3\n")
    (place / NEWER).write_text(re.sub("(?m)^date: .*", "date: 2027-11-02", newer), "utf-8")
    return place


def shown(text: str) -> str:
    """What a reader of a page sees or hears of its HTML; other text as it is."""
    if not text.startswith("<!DOCTYPE"):
        return text
    text = re.sub(r"<(style|script|code|kbd)\b.*?</\1>", " ", text, flags=re.DOTALL)
    text = re.sub(r"<span id=\"name\">.*?</span>", " ", text)
    labels = re.findall(r'aria-label="([^"]*)"', text)
    return html.unescape(" ".join([re.sub(r"<[^>]*>", " ", text), *labels]))


def untranslated(text: str) -> set[str]:
    """The words in plain Latin letters."""
    return set(re.findall(r"\b[A-Za-z]{2,}\b", NO_WORDS.sub(" ", shown(text))))


Run = Callable[..., str]


@pytest.fixture
def run(folder: Path, strange_languages: None, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in a language."""

    def in_language(code: str, *typed: str) -> str:
        monkeypatch.chdir(folder)
        with asked_for(code):
            done = CliRunner().invoke(build(list(typed)), list(typed))
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done.stdout

    return in_language


BANK, CITY, NEWER = "development-bank.yaml", "port-city.yaml", "newer.yaml"
OWN = ("--questionnaire", "questionnaire")
COMMANDS = {
    "report": ("report", CITY, "--robustness", "--fail-under", "60", "--max-holes", "0"),
    "full": ("report", CITY, "--full"),
    "brief": ("report", BANK, "--brief"),
    "plan": ("plan", CITY, "--target", "70"),
    "plan-level": ("plan", CITY, "--target", "level=defined"),
    "stress": ("stress", BANK),
    "explain": ("explain", BANK),
    "evidence": ("evidence", CITY),
    "roll-up": ("cohort", CITY, BANK, "--roll-up"),
    "compare": ("compare", CITY, NEWER),
    "merge": ("merge", CITY, NEWER),
    "coalition": ("coalition", BANK, CITY, "--detail"),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_no_sentence_of_ours_shows_untranslated(run: Run, folder: Path, name: str) -> None:
    files = ["out.txt", "out.md", *(["out.html"] if name != "full" else [])]
    run("eo", *COMMANDS[name], *OWN, *(word for file in files for word in ("-o", file)))
    text, *others = [(folder / file).read_text("utf-8") for file in files]
    plain = run("eo", *COMMANDS[name], *OWN, "--plain")
    assert [untranslated(one) for one in (text, plain, *others)] == [set()] * (len(files) + 1)
    assert max(map(len, [*text.splitlines(), *plain.splitlines()])) <= 80


@pytest.mark.parametrize("name", COMMANDS)
def test_what_is_written_from_the_right_comes_in_whole_sentences(run: Run, name: str) -> None:
    told, plain = (run("ar", *COMMANDS[name], *OWN, *how) for how in ((), ("--plain",)))
    assert told == plain
    assert not set(told) & set("\u2500\u2501\u254d")


@pytest.mark.parametrize("name", ["report", "brief", "plan", "coalition", "roll-up"])
def test_paper_is_in_the_language(run: Run, folder: Path, name: str) -> None:
    pypdf, docx = pytest.importorskip("pypdf"), pytest.importorskip("docx")
    run("eo", *COMMANDS[name], *OWN, "-o", "out.pdf", "-o", "out.docx")
    reader = pypdf.PdfReader(folder / "out.pdf")
    assert reader.trailer["/Root"]["/Lang"] == "eo"
    pages = " ".join(page.extract_text() for page in reader.pages)
    document = docx.Document(str(folder / "out.docx"))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    words = "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    assert (untranslated(pages), untranslated(words)) == (set(), set())


def test_json_is_in_the_language_with_numbers_and_keys_as_ever(run: Run) -> None:
    import json

    english, strange = (json.loads(run(code, "report", CITY, *OWN, "--format", "json")) for code in ("en", "eo"))
    assert untranslated(strange["overall"]["headline"]) == set()
    assert english.keys() == strange.keys()
    assert english["overall"]["score"] == strange["overall"]["score"]
    assert english["questionnaire"]["digest"] == strange["questionnaire"]["digest"]


KEYS_OF_FILES = {
    "First", "Second", "YYYY", "MM", "DD", "dk", "na", "Esc", "yaml", "language", "server", "answer", "reason",
    "evidence", "comment",
}  # fmt: skip
"""What stands in answers files, and a key of the keyboard."""


@pytest.mark.parametrize("form", ["yaml", "html", "surveyjs", "limesurvey"])
def test_what_is_filled_in_asks_in_the_language(run: Run, form: str) -> None:
    text = run("eo", "template", "--actor", "business", *OWN, "--format", form)
    if form == "yaml":
        text = re.sub(r"(?m)^# scope: \{[a-z-]+:", "# ", text)
        text = "\n".join(line for line in text.splitlines() if line.lstrip().startswith("# "))
    assert form in {"surveyjs", "limesurvey"} or untranslated(text) <= KEYS_OF_FILES
    assert "\u0111\u00f2\u00f1'\u0167 \u0137\u00f1\u00f2\u0175" in html.unescape(text).lower().replace(
        "\u0110", "\u0111"
    )


def test_a_workbook_in_the_language_is_read_back(run: Run, folder: Path) -> None:
    from allycheck.loading import load_sheet as read

    run("eo", "template", "--actor", "business", *OWN, "-o", "sheet.xlsx")
    sheet = read(str(folder / "sheet.xlsx"), load_questionnaire(str(folder / "questionnaire")))
    assert (sheet.answers.actor, sheet.answers.form) == ("business", "full")


@pytest.mark.parametrize("arguments", [(), ("--level", "1")])
def test_a_questionnaire_is_shown_in_the_language(run: Run, arguments: tuple[str, ...]) -> None:
    text = run("eo", "questionnaire", "show", "questionnaire", "--actor", "business", *arguments)
    for name in sorted(load_questionnaire().indicators, key=len, reverse=True):
        broken = name.replace("-", r"-\s*")
        text = re.sub(rf"\b{broken}\b", "", text)
    assert untranslated(text) == set()
