"""A Spark session that keeps to itself: nothing of what Spark says reaches our standard output or error."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from allycheck.errors import AllycheckError
from allycheck.language import _
from allycheck.text import printable

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.codegen.hugeMethodLimit": "8000",
}
"""No web server, no bar; a whole number that is too large is an error, never another number; and Java compiles no
method of more than 8000 bytes, so that Spark must not write longer ones for our long lists of columns."""
PARTS, PARTS_OF_A_CLUSTER = "spark.sql.shuffle.partitions", "200"
NO_JAVA = ("JAVA_HOME is not set", "java: command not found", "java: not found")


@contextmanager
def session() -> "Iterator[SparkSession]":
    """Spark where its own settings say (MASTER, SPARK_REMOTE, spark-defaults.conf), else on all cores of this machine.

    Raises AllycheckError where pyspark or Java is missing, or Spark does not start.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise AllycheckError(
            _("Spark is not installed"), hint=_("install the extra spark: pip install pyspark duckdb sqlglot")
        ) from error
    builder = SparkSession.builder.appName("allycheck")
    for setting, value in SETTINGS.items():
        builder = builder.config(setting, value)
    with tempfile.TemporaryFile() as said:
        started = _started(builder, said)
        try:
            _divide_by_cores(started)
            yield started
        finally:
            started.stop()


def _started(builder: "SparkSession.Builder", said: IO[bytes]) -> "SparkSession":
    try:
        with _speaking_into(said):
            return builder.getOrCreate()
    except Exception as error:  # pyspark raises many kinds: of its own, of py4j, of Java
        said.seek(0)
        heard = said.read().decode("utf-8", "replace")
        if any(sign in heard for sign in NO_JAVA):
            raise AllycheckError(
                _("Spark needs Java, and there is none"), hint=_("install Java 17 or later, or set JAVA_HOME")
            ) from error
        what = printable(str(error).splitlines()[0])
        raise AllycheckError(_("Spark does not start"), hint=what) from error


def _divide_by_cores(started: "SparkSession") -> None:
    """Spark cuts what it sorts and counts into 200 parts: for a cluster. On one machine that is mostly waiting."""
    is_local = (started.conf.get("spark.master", "") or "").startswith("local")
    if is_local and started.conf.get(PARTS) == PARTS_OF_A_CLUSTER:
        started.conf.set(PARTS, str(os.cpu_count() or 1))


@contextmanager
def _speaking_into(file: IO[bytes]) -> Iterator[None]:
    """Java is started with our two outputs and keeps them: it gets a file instead."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    kept = [os.dup(number) for number in (1, 2)]
    try:
        for number in (1, 2):
            os.dup2(file.fileno(), number)
        yield
    finally:
        for number, own in zip((1, 2), kept, strict=True):
            os.dup2(own, number)
            os.close(own)
