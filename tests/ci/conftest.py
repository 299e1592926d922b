"""A folder that stands for the checkout of a job."""

import shlex
import sys
from pathlib import Path

import pytest

from tests.ci.jobs import EXAMPLE, ROOT


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A folder with answers, `allycheck`, and a `python` that installs nothing but notes what pip was asked for."""
    (tmp_path / "answers.yaml").write_bytes(EXAMPLE.read_bytes())
    tools = tmp_path / "tools"
    tools.mkdir()
    this = f"PYTHONPATH={shlex.quote(str(ROOT))} exec {shlex.quote(sys.executable)} -m allycheck"
    (tools / "allycheck").write_text(f'#!/bin/sh\n{this} "$@"\n')
    (tools / "python").write_text('#!/bin/sh\necho "$@" >> installed\n')
    for tool in tools.iterdir():
        tool.chmod(0o755)
    return tmp_path
