"""What docs/formats.md says: every format with its names and results, and house styles that can be used as they stand."""

import re
from pathlib import Path

import pytest

from allycheck.render.formats import RESULTS, Format
from tests.papers import TITLES, made

PAGE = (Path(__file__).parents[2] / "docs/formats.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```typst\n(.*?)```", PAGE, re.DOTALL)
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line.startswith("| ")][
    1:
]


def test_the_table_lists_every_format_with_its_names_and_results() -> None:
    rows = {name: (ends.split(", "), results) for name, ends, results, _for in ROWS if name != "---"}
    assert list(rows) == list(Format)
    for form in Format:
        ends, results = rows[form]
        assert ends == (list(form.suffixes) or [""])
        able = [kind for kind, result in RESULTS.items() if form in result.formats]
        assert (results == "every one") == (able == list(RESULTS))
        if results != "every one":
            named = re.findall(r"report|plan|evidence|cohort", results)
            assert [kind for kind in able if kind != "roll-up"] == named  # cohort --roll-up


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_house_styles_work_as_they_stand(example: str, tmp_path: Path) -> None:
    pypdf = pytest.importorskip("pypdf")
    (tmp_path / "house.typ").write_text(example, encoding="utf-8")
    made("plan", tmp_path / "plan.pdf", "--template", str(tmp_path / "house.typ"))
    reader = pypdf.PdfReader(tmp_path / "plan.pdf")
    assert reader.metadata.title == TITLES["plan"]
    assert "Exercises with partners" in "".join(page.extract_text() for page in reader.pages)
