"""On which line of a CSV file a row begins, where cells may hold line breaks."""

import csv
from bisect import bisect_right
from contextlib import suppress
from itertools import count
from pathlib import Path


class Lines:
    """The lines of a file's rows, counted from 1 below the header, which is read once for that."""

    def __init__(self, path: str, delimiter: str, quote: str) -> None:
        self._rows, self._lines = [0], [1]
        with Path(path).open(encoding="utf-8-sig", errors="replace", newline="") as file:
            reader = csv.reader(file, delimiter=delimiter, quotechar=quote)
            numbers = count()
            with suppress(csv.Error):
                before = 0
                for cells in reader:
                    if cells:
                        self._note(next(numbers), before + 1)
                    before = reader.line_num

    def _note(self, row: int, line: int) -> None:
        if line != self.of(row):
            self._rows.append(row)
            self._lines.append(line)

    def of(self, row: int) -> int:
        """The line that a row begins on; the header is row 0."""
        last = bisect_right(self._rows, row) - 1
        return self._lines[last] + row - self._rows[last]
