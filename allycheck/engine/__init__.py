"""Tables of many organisations, scored by the engine that holds them: a questionnaire as SQL."""

from typing import Literal, get_args

Dialect = Literal["duckdb", "spark", "bigquery", "snowflake", "databricks", "postgres", "trino"]
DIALECTS: tuple[Dialect, ...] = get_args(Dialect)
"""The engines that SQL is printed for."""
Engine = Literal["duckdb", "spark"]
"""The engines that score a table."""
ENDINGS = (".parquet", ".csv", ".jsonl", ".ndjson")


def is_table(path: str) -> bool:
    """Whether a file is a table by its name."""
    return path.lower().endswith(ENDINGS)
