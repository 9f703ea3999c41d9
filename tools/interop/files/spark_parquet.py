"""Reads Parquet files by Spark, which shares no code with the other readers.

Usage: spark_parquet.py JAR...
Answers each JSON line on stdin with one on stdout, until stdin ends. A request asks for the rows of the files below a
folder, with what the names of its folders say:
  {"folder", "columns"}   answers {"rows": its rows as lists of texts}
What fails answers {"error": "..."}.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from rows.spark import answer_requests, open_session  # noqa: E402


def read(session, folder, columns):
    rows = session.read.parquet(folder).select(*columns).collect()
    return {"rows": [[None if value is None else str(value) for value in row] for row in rows]}


session = open_session(sys.argv[1:], {})
answer_requests(lambda request: read(session, **request))
session.stop()
