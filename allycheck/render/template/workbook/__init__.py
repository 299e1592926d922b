"""A workbook to fill in: a row for each question, with scores that follow every answer."""
