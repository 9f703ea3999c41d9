"""Reads and changes Iceberg tables by Spark, many in one session: its start takes longer than most requests.

Usage: spark_iceberg.py JAR...
Answers each JSON line on stdin with one on stdout, until stdin ends. Requests name the catalog that they are for, `lake`
in statements, by its properties in Java's words:
  {"do": "read", "catalog", "table", "snapshot"?}   schema, number and digests of rows, as read_iceberg.py prints them
  {"do": "sql", "catalog", "statement"}             any statement; answers {"rows": its rows as lists of texts}
What fails answers {"error": "..."}.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from rows.digest import describe  # noqa: E402
from rows.spark import answer_requests, open_session  # noqa: E402

SETTINGS = {"spark.sql.extensions": "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions"}


def session_of(catalog):
    """A session of its own: one that knows a catalog asks nobody again where it is."""
    session = root.newSession()
    prefix = "spark.sql.catalog.lake"
    session.conf.set(prefix, "org.apache.iceberg.spark.SparkCatalog")
    # What others have committed meanwhile is to be seen.
    session.conf.set(f"{prefix}.cache-enabled", "false")
    for name, value in catalog.items():
        session.conf.set(f"{prefix}.{name}", value)
    return session


def read(session, table, snapshot=None):
    version = "" if snapshot is None else f" VERSION AS OF {snapshot}"
    return describe(session.sql(f"SELECT * FROM lake.{table}{version}").toArrow())


def sql(session, statement):
    rows = session.sql(statement).collect()
    return {"rows": [[None if value is None else str(value) for value in row] for row in rows]}


REQUESTS = {"read": read, "sql": sql}

root = open_session(sys.argv[1:], SETTINGS)
answer_requests(
    lambda request: REQUESTS[request.pop("do")](session_of(request.pop("catalog")), **request)
)
root.stop()
