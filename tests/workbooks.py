"""Workbooks filled in as people fill them in, and worked out by LibreOffice."""

import io
import shutil
import subprocess
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from allycheck.answers import Answers
from allycheck.render.template.workbook.book import FIRST_ROW
from allycheck.render.template.workbook.columns import QUESTION, SCORE
from allycheck.render.template.workbook.scores import FIRST_TREND_ROW, OVERALL_ROW
from allycheck.workbooks import INPUTS, SCORES, SHEET

soffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="no soffice here (apt: libreoffice-calc)")
Cells = dict[str, Any]
"""Values by the names of cells, such as I9."""


def changed(content: bytes, cells: Cells, sheet: str = SHEET) -> bytes:
    """The workbook with other values in some cells."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for name, value in cells.items():
        book[sheet][name] = value
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    """The workbook as a file."""
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def filled(content: bytes, answers: Answers, *, typed: bool = True) -> bytes:
    """The workbook with these answers; levels and the day as spreadsheets keep what is typed, or as text."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book[SHEET]
    about: Cells = answers.model_dump()
    if typed and answers.date:
        about["date"] = date.fromisoformat(answers.date)
    about["alliances"] = "; ".join(answers.alliances) or None
    for key, label in INPUTS.items():
        beside(sheet, label).value = about[key]
    for row in range(FIRST_ROW + 1, sheet.max_row + 1):
        if at(sheet, row, "key").value is None:
            continue
        entry = answers.to(str(at(sheet, row, "key").value).split(" ")[1])
        value = entry.answer if typed or entry.answer is None else str(entry.answer)
        for part, text in {"answer": value, **entry.model_dump(exclude={"answer"})}.items():
            at(sheet, row, part).value = text
    return saved(book)


def at(sheet: Worksheet, row: int, name: str) -> Any:
    """A cell of the questions by its row, counted from 1, and the name of its column."""
    return sheet.cell(row, QUESTION[name] + 1)


def beside(sheet: Worksheet, label: str) -> Any:
    """The cell right of a label."""
    return next(
        sheet.cell(cell.row, cell.column + 1) for row in sheet.iter_rows() for cell in row if cell.value == label
    )


def converted(files: Iterable[Path], to: str, folder: Path) -> None:
    """Every file as LibreOffice saves it, worked out anew, in the folder."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", to, "--outdir", str(folder), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)


def scores(path: Path) -> list[Cells]:
    """What the sheet of scores says of all trends together, then of each, by the names of its columns."""
    sheet = openpyxl.load_workbook(path, data_only=True)[SCORES]
    rows = [OVERALL_ROW, *range(FIRST_TREND_ROW, sheet.max_row)]
    return [{name: sheet.cell(row + 1, column + 1).value for name, column in SCORE.items()} for row in rows]
