"""The form: a page that asks the questions in a browser and gives an answers file."""
