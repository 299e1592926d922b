"""Take the picture of the form: the real page in a real browser, answered by keys.

Run it in the root of a checkout with allycheck[test] installed: `python -m docs.pictures.photograph [FOLDER]`.
"""

import sys
from base64 import b64decode
from pathlib import Path
from tempfile import TemporaryDirectory

from allycheck.loading import load_questionnaire
from allycheck.render.template.form.form import template
from tests.browser.chromium import browser, found

HERE = Path(__file__).resolve().parent
WIDTH, HEIGHT = 1100, 700
KEYS = "332b"
"""The first only shows which question keys answer; then two levels, and back to the second of them."""


def photographed(address: str) -> bytes:
    """The page as PNG, with two answers given."""
    executable = found()
    if executable is None:
        sys.exit("this needs Chromium")
    with browser(executable) as page:
        page.size(WIDTH, HEIGHT)
        page.show_as()
        page.open(address)
        page.press(*KEYS)
        return b64decode(page.ask("Page.captureScreenshot", format="png")["data"])


def main() -> None:
    """Write the picture into the folder named, or beside this script."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    with TemporaryDirectory() as place:
        form = Path(place) / "form.html"
        form.write_text(template(load_questionnaire(), "business", "quick"), "utf-8")
        (folder / "form.png").write_bytes(photographed(form.as_uri()))


if __name__ == "__main__":
    main()
