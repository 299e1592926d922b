"""The five results that are passed on, as PDF and Word, for the tests of what stands in them."""

from pathlib import Path

from typer.testing import CliRunner, Result

from allycheck.cli.app import build

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "questionnaires/alliance-readiness/examples"
NORTHWIND = EXAMPLES / "northwind-cells.yaml"
COMMANDS: dict[str, list[str]] = {
    "report": ["report", str(NORTHWIND)],
    "brief": ["report", str(NORTHWIND), "--brief"],
    "plan": ["plan", str(NORTHWIND), "--target", "70"],
    "coalition": ["coalition", *map(str, sorted(EXAMPLES.glob("*.yaml")))],
    "cohort": ["cohort", str(ROOT / "tests/cases/several/cohort"), "--by", "actor"],
}
TITLES = {
    "report": "Northwind Cells (joint venture)",
    "brief": "Northwind Cells (joint venture)",
    "plan": "Plan: Northwind Cells (joint venture)",
    "coalition": "Coalition: 5 organisations",
    "cohort": "Cohort: Alliance readiness 2.0",
}
HOSTILE = (
    r"""#panic("x") $x$ *b* _i_ `c` @ref <lab> \u{41} "q" 'r' [y] {z} // & /* #import "@preview/a:1.0.0" %n {{7*7}}"""
)
"""What Typst, XML and templates could take for more than text."""
LETTERS = "Ἑλλάς, Київ, Łódź, Nguyễn, Reykjavík"


def written(*arguments: str) -> Result:
    """The command run; what it says stands in `output`."""
    return CliRunner().invoke(build([*arguments]), [*arguments])


def made(name: str, path: Path, *more: str) -> bytes:
    """One of the results as a file in the format that the name asks for."""
    done = written(*COMMANDS[name], "-o", str(path), *more)
    assert done.exit_code == 0, done.exception
    return path.read_bytes()


def sheet(folder: Path, organisation: str) -> str:
    """An answers file of an organisation that is called so."""
    path = folder / "sheet.yaml"
    quoted = organisation.replace("'", "''")
    path.write_text(
        f"questionnaire: alliance-readiness\nversion: '2.0'\nactor: business\norganisation: '{quoted}'\n"
        f"answers:\n  coalition-mandate: {{answer: 3, comment: '{quoted}'}}\n  sunset-exit: 0\n",
        encoding="utf-8",
    )
    return str(path)
