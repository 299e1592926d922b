"""A small questionnaire and sheets for it, in a folder of the test's own."""

from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from allycheck.cli.app import build
from allycheck.errors import AllycheckError

QUESTIONS = """\
id: small
version: "1.0"
title: Small
trends:
  - id: trust
    title: Trust
    indicators:
      - {id: charter, ask: "How firm is the charter?", levels: [none, spoken, drafted, signed, tested], aggregation: weakest-link}
      - {id: ledger, ask: "How open is the ledger?", levels: [shut, glimpsed, lent, open, shared], aggregation: best-shot}
"""
HIDDEN = ["Ada Example", "the secret comment"]


def sheet(name: str, charter: Any, ledger: Any, *more: str) -> str:
    """Write an answers file and return its name."""
    lines = ["questionnaire: small", *more, "answers:", f"  charter: {charter}", f"  ledger: {ledger}"]
    Path(name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return name


def run(command: str, *arguments: str, given: str | None = None) -> Result:
    """Run a command on the small questionnaire."""
    typed = [command, *arguments, "--questionnaire", "small.yaml"]
    return CliRunner().invoke(build(typed), typed, input=given)


def refusal(command: str, *arguments: str) -> AllycheckError:
    """The error that a command ends with."""
    result = run(command, *arguments)
    assert isinstance(result.exception, AllycheckError), result.output
    return result.exception
