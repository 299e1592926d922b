"""docs/design.md is a true map: every path that it names is there, and every command stands in it."""

import re
from pathlib import Path

import pytest

from allycheck.cli.app import GROUPS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/design.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`([\w./-]+(?:/|\.(?:py|md|yaml|toml)))`", PAGE)))
PLACES = (ROOT, ROOT / "allycheck", ROOT / "docs", ROOT / "benchmarks", ROOT / "allycheck/render/document")
"""Paths of the map start here; the writers of pages stand beside the folder that holds them."""


@pytest.mark.parametrize("path", NAMED)
def test_every_path_that_the_map_names_is_there(path: str) -> None:
    found = [place / path for place in PLACES if (place / path).exists()]
    assert found
    assert all(one.is_dir() == path.endswith("/") for one in found)


def test_every_command_has_its_row() -> None:
    rows = re.findall(r"^\| `([a-z]+)` \| `cli/([a-z]+)\.py`", PAGE, re.MULTILINE)
    assert {command for command, _ in rows} == {name for names in GROUPS.values() for name in names}
    assert all(command == module for command, module in rows)


@pytest.mark.parametrize("page", ["docs/design.md", "CONTRIBUTING.md", "SECURITY.md"])
def test_every_link_leads_somewhere(page: str) -> None:
    here = ROOT / page
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", here.read_text(encoding="utf-8"))
    assert [link for link in links if not (here.parent / link).exists()] == []
