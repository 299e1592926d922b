"""Take the pictures of pages: the form, answered by keys, and a cohort's heat map, in a real browser.

The cohort is fictional: 600 organisations of the generator in `benchmarks/cohort_data.py`.

Run it in the root of a checkout with allycheck[test] installed: `python -m docs.pictures.photograph [FOLDER]`.
"""

import subprocess
import sys
from base64 import b64decode
from pathlib import Path
from tempfile import TemporaryDirectory

from allycheck.analysis.cohort.cohort import cohort
from allycheck.engine.duckdb import tally_of_table
from allycheck.loading import load_questionnaire
from allycheck.render.formats import Format, render
from allycheck.render.template.form.form import template
from tests.browser.chromium import Page, browser, found

HERE = Path(__file__).resolve().parent
WIDTH, HEIGHT = 1100, 700
ORGANISATIONS = 600
KEYS = "332b"
"""The first only shows which question keys answer; then two levels, and back to the second of them."""


def photographed(address: str, keys: str = "", section: str = "") -> bytes:
    """The page as PNG, after these keys; of it only the section with this heading, where one is named."""
    executable = found()
    if executable is None:
        sys.exit("this needs Chromium")
    with browser(executable) as page:
        page.size(WIDTH, HEIGHT)
        page.show_as()
        page.open(address)
        page.press(*keys)
        part = {"clip": _place(page, section), "captureBeyondViewport": True} if section else {}
        return b64decode(page.ask("Page.captureScreenshot", format="png", **part)["data"])


def _place(page: Page, section: str) -> dict[str, float]:
    heading = f"[...document.querySelectorAll('h2')].find(it => it.textContent.trim() === '{section}')"
    top, height = page.run(f"(it => [it.offsetTop, it.offsetHeight])({heading}.closest('section'))")
    return {"x": 0, "y": top, "width": WIDTH, "height": height, "scale": 1}


def cohort_page(folder: Path) -> str:
    """A fictional cohort by actor as a page."""
    table = folder / "cohort.parquet"
    generator = HERE.parents[1] / "benchmarks" / "cohort_data.py"
    subprocess.run([sys.executable, generator, str(ORGANISATIONS), table], check=True)
    counted = tally_of_table(str(table), load_questionnaire(), ["actor"])
    return str(render(cohort(counted.tally), Format.HTML, kind="cohort"))


def main() -> None:
    """Write the pictures into the folder named, or beside this script."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    with TemporaryDirectory() as place:
        form, page = Path(place) / "form.html", Path(place) / "cohort.html"
        form.write_text(template(load_questionnaire(), "business", "quick"), "utf-8")
        (folder / "form.png").write_bytes(photographed(form.as_uri(), KEYS))
        page.write_text(cohort_page(Path(place)), "utf-8")
        (folder / "cohort.png").write_bytes(photographed(page.as_uri(), section="Trends"))


if __name__ == "__main__":
    main()
