"""Tables of many organisations, scored by the engine that holds them: a questionnaire as SQL."""

ENDINGS = (".parquet", ".csv", ".jsonl", ".ndjson")


def is_table(path: str) -> bool:
    """Whether a file is a table by its name."""
    return path.lower().endswith(ENDINGS)
