"""LibreOffice works out what `report` does, and what it saves as .ods reads the same."""

from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import pytest

from allycheck.answers import NOTHING
from allycheck.loading import Sheet, load_questionnaire, load_sheet
from allycheck.render.template.workbook.writer import template
from allycheck.scoring import Measure, score
from tests.reference.generated import as_file, drawn
from tests.workbooks import Cells, converted, filled, scores, soffice

EXAMPLES = sorted(Path(__file__).parents[2].glob("questionnaires/*/examples/*.yaml"))
DRAWN = range(14, 34)  # twenty, among them every case that a test below names
pytestmark = [pytest.mark.slow, soffice]


class Case(NamedTuple):
    """A sheet with the folder of its files."""

    sheet: Sheet
    folder: Path
    name: str


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Case]:
    """Every example and drawn sheet as a workbook that was filled in, worked out anew, and saved as .ods."""
    folder = tmp_path_factory.mktemp("office")
    sheets = {path.stem: load_sheet(str(path)) for path in EXAMPLES}
    sheets |= {f"drawn-{seed}": _drawn(seed, folder) for seed in DRAWN}
    for number, (name, sheet) in enumerate(sheets.items()):
        blank = template(sheet.questionnaire, sheet.answers.actor or "", sheet.answers.form)
        (folder / f"{name}.xlsx").write_bytes(filled(blank, sheet.answers, typed=bool(number % 2)))
    files = [folder / f"{name}.xlsx" for name in sheets]
    for kind in ("xlsx", "ods"):
        converted(files, kind, folder / kind)
    return {name: Case(sheet, folder, name) for name, sheet in sheets.items()}


def _drawn(seed: int, folder: Path) -> Sheet:
    questions, answers = drawn(seed)
    answers.pop("scope", None)  # a workbook leaves no trend out
    for name, content in (("q", questions), ("a", answers)):
        (folder / f"{name}-{seed}.yaml").write_text(as_file(content), encoding="utf-8")
    return load_sheet(str(folder / f"a-{seed}.yaml"), load_questionnaire(str(folder / f"q-{seed}.yaml")))


NAMES = [*(path.stem for path in EXAMPLES), *(f"drawn-{seed}" for seed in DRAWN)]


def _expected(measure: Measure) -> Cells:
    """What the report gives, an unpublished score as nothing."""
    given = measure._asdict() | {"score": measure.score if measure.published else None}
    return {name: given[name] for name in ("score", "low", "high", "coverage")}


def _close(found: Cells, expected: Cells) -> bool:
    """Whether the numbers are the same to nine decimals, and nothing stands where there is none."""
    return all(
        found[name] in {None, ""} if value is None else abs(found[name] - float(value)) < 1e-9
        for name, value in expected.items()
    )


@pytest.mark.parametrize("name", NAMES)
def test_scores_are_those_of_the_report(name: str, cases: dict[str, Case]) -> None:
    """The figures of every trend that asks something and of all together, what is too little known among them."""
    sheet = cases[name].sheet
    expected = score(sheet.questionnaire, sheet.answers)
    overall, *rows = scores(cases[name].folder / "xlsx" / f"{name}.xlsx")
    assert _close(overall, _expected(expected.overall.measure))
    trends = [trend for trend in expected.trends if trend.items]
    assert len(rows) == len(trends)
    for row, trend in zip(rows, trends, strict=True):
        assert _close(row, _expected(trend.measure))
        assert row["weight"] == float(trend.weight)


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
@pytest.mark.parametrize("name", NAMES)
def test_what_libreoffice_saves_reads_the_same(name: str, kind: str, cases: dict[str, Case]) -> None:
    """Every answer with what is noted beside it, and what the answers are about."""
    sheet, folder, _ = cases[name]
    found = load_sheet(str(folder / kind / f"{name}.{kind}"), sheet.questionnaire).answers
    asked = {item.id for item in sheet.questionnaire.scope(sheet.answers.actor or "", sheet.answers.form)}
    given = {key: entry for key, entry in sheet.answers.answers.items() if key in asked}
    assert found.answers == {key: given.get(key, NOTHING) for key in found.answers}
    assert set(found.answers) == asked
    version = {"version": sheet.questionnaire.version}
    assert found.model_copy(update={"answers": {}}) == sheet.answers.model_copy(update={"answers": {}} | version)


def test_the_drawn_sheets_hold_every_case(cases: dict[str, Case]) -> None:
    """Reversed questions, trends and questions without weight, the four states, scores that are not published."""
    sheets = [case.sheet for case in cases.values()]
    results = [score(sheet.questionnaire, sheet.answers) for sheet in sheets]
    items = [item for result in results for item in result.items]
    trends = [trend for result in results for trend in result.trends if trend.items]
    assert any(item.indicator.reverse for item in items)
    assert {item.answer for item in items} == {0, 1, 2, 3, 4, "na", "dk", None}
    assert any(not trend.weight for trend in trends)
    assert {trend.measure.published for trend in trends} == {True, False}
    assert any(trend.measure.coverage is None for trend in trends)
    assert any(result.overall.measure.coverage is None for result in results)
    assert {result.overall.measure.published for result in results} == {True, False}
    assert any(trend.measure.coverage == Fraction(2, 3) for trend in trends)
