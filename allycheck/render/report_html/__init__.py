"""The designed page of the report."""
