"""compare, merge, coalition and cohort on the shipped organisations, compared to the byte with files that were read by eye once.

`UPDATE_GOLDENS=1 python -m pytest tests/cases` writes them anew.
"""

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from allycheck.cli.app import build
from tests.cases.test_goldens import unstyled

HERE = Path(__file__).parent / "several"
EXAMPLES = HERE.parents[2] / "questionnaires/alliance-readiness/examples"
NORTHWIND = [EXAMPLES / "northwind-cells.yaml", HERE / "northwind-2027.yaml", HERE / "northwind-2028.yaml"]
PORT = [HERE / f"port-{name}.yaml" for name in ("network", "fire", "climate")]
PARTNERS = [EXAMPLES / "manufacturer.yaml", EXAMPLES / "northwind-cells.yaml"]
VENTURE = EXAMPLES.parents[1] / "joint-venture/examples"
PARENT = [VENTURE / "vehicle-parent-finance.yaml", VENTURE / "vehicle-parent-strategy.yaml"]
MANAGEMENT = VENTURE / "venture-management.yaml"
PARENTS = [HERE / "vehicle-parent.yaml", VENTURE / "materials-parent.yaml"]
"""The first parent's sheet is that of its two people, merged."""
SIZED = ["--size", "Ostrevik Pumps and Drives=3"]
CASES: dict[str, list[str | Path]] = {
    "compare": ["compare", *NORTHWIND[:2]],
    "course": ["compare", *NORTHWIND],
    "merge": ["merge", *PORT],
    "merge-names": ["merge", *PORT, "--names"],
    "merge-two": ["merge", *PORT[:2]],
    "coalition": ["coalition", *sorted(EXAMPLES.glob("*.yaml"))],
    "partners": ["coalition", *PARTNERS, *SIZED],
    "merge-venture-parent": ["merge", *PARENT],
    "merge-venture-actor": ["merge", *PARENT, MANAGEMENT, "--actor", "parent"],
    "coalition-venture": ["coalition", *PARENTS, "--name", "Northwind Cells"],
    "cohort": ["cohort", HERE / "cohort", "--by", "actor"],
    "roll-up": ["cohort", *sorted((HERE / "cohort").glob("0[1-8].yaml")), "--roll-up"],
    "partners-detail": ["coalition", *PARTNERS, *SIZED, "--detail"],
}
LOOKS = {
    "txt": [],
    "plain.txt": ["--plain"],
    "md": ["--format", "markdown"],
    "json": ["--format", "json"],
    "html": ["--format", "html"],
}
PAIRS = [(name, suffix) for name in CASES for suffix in LOOKS]


def printed(arguments: list[str | Path], folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(folder)
    typed = [os.path.relpath(part, folder) if isinstance(part, Path) else part for part in arguments]
    text = CliRunner().invoke(build(typed), typed).stdout_bytes.decode("utf-8")
    return unstyled(text)


@pytest.mark.parametrize(("name", "suffix"), PAIRS, ids=[f"{name}.{suffix}" for name, suffix in PAIRS])
def test_the_page_is_the_golden_one_to_the_byte(name: str, suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = printed([*CASES[name], *LOOKS[suffix]], HERE, monkeypatch)
    golden = HERE / f"{name}.{suffix}"
    if os.environ.get("UPDATE_GOLDENS"):
        golden.write_bytes(text.encode("utf-8"))
    assert text
    assert golden.read_bytes().decode("utf-8") == text


@pytest.mark.parametrize(("name", "files"), [("team.yaml", PORT), ("vehicle-parent.yaml", PARENT)])
def test_the_merged_file_is_the_golden_one_to_the_byte(name: str, files: list[Path], tmp_path: Path) -> None:
    arguments = ["merge", *map(str, files), "-o", str(tmp_path / "team.yaml")]
    assert CliRunner().invoke(build(arguments), arguments).exit_code == 0
    golden = HERE / name
    if os.environ.get("UPDATE_GOLDENS"):
        golden.write_bytes((tmp_path / "team.yaml").read_bytes())
    assert (tmp_path / "team.yaml").read_bytes() == golden.read_bytes()
