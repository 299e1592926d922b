"""Exports of survey platforms -> answers: a table, what its columns mean, and each row as somebody's answers."""
