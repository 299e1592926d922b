"""A filled-in workbook -> answers: what it asks for by which word, and where in it a fault stands."""

SHEET, SCORES = "Questions", "Scores"
INPUTS = {
    "organisation": "Organisation",
    "respondent": "Respondent",
    "alliances": "Alliances",
    "date": "Date",
    "note": "Note",
}
"""What people fill in above the questions, by its key in an answers file; each value stands right of its label."""
FIXED = {"questionnaire": "Questionnaire", "version": "Version", "actor": "Actor", "form": "Form"}
"""What the workbook was made for, in the same way."""
PARTS = {"answer": "Answer", "reason": "Reason", "evidence": "Evidence", "comment": "Comment"}
"""The columns that people fill in, by their key in an answers file."""
CODE, KEY = "Code", "Indicator"
"""The columns that say which question a row is: the code to read, and hidden the code again with the indicator's id."""
