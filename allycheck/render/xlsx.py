"""Tables as a workbook: what CSV has, ready to sort and filter. The same bytes for the same result."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from allycheck.render import csv
from allycheck.render.look import PAGE, Look
from allycheck.spreadsheets import written

if TYPE_CHECKING:
    from xlsxwriter import Workbook

    from allycheck.analysis.cohort.result import Cohort
    from allycheck.analysis.cohort.roll_up import RollUp
    from allycheck.analysis.evidence import Evidence

WIDTH = 16
"""Of a column, in characters."""


def cohort(result: "Cohort", _look: Look = PAGE) -> bytes:
    """The rows of the CSV."""
    return _table("Cohort", *csv.cohort_table(result))


def roll_up(result: "RollUp", _look: Look = PAGE) -> bytes:
    """One row an organisation."""
    return _table("Portfolio", *csv.roll_up_table(result))


def evidence(result: "Evidence", _look: Look = PAGE) -> bytes:
    """One row a claim."""
    return _table("Evidence", *csv.evidence_table(result))


def _table(name: str, header: Sequence[str], rows: Sequence[csv.Row]) -> bytes:
    def fill(book: "Workbook") -> None:
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, max(len(header) - 1, 0), WIDTH)
        bold = book.add_format({"bold": True})
        for column, title in enumerate(header):
            sheet.write_string(0, column, title, bold)
        for row, cells in enumerate(rows, start=1):
            for column, cell in enumerate(cells.values()):
                if isinstance(cell, str):
                    sheet.write_string(row, column, cell)
                elif cell is not None:
                    sheet.write_number(row, column, cell)
        if rows:
            sheet.autofilter(0, 0, len(rows), len(header) - 1)

    return written(fill, "--format xlsx")
