"""Reads and changes Delta tables by Spark, many in one session: its start takes longer than most requests.

Usage: spark_delta.py JAR...
Answers each JSON line on stdin with one on stdout, until stdin ends. Requests:
  {"do": "read", "location", "version"?, "filter"?}   schema, number and digests of rows, as read_delta.py prints them
  {"do": "create", "location", "rows", "partitionBy"} a new table of the rows of the Parquet files below a folder
  {"do": "sql", "location", "statement"}              any statement of Spark; {table} in it stands for the table
Changes answer {"version": N}, and what fails {"error": "..."}.
"""

import sys

from rows.filter import compare, parse_filter
from rows.parquet import parquet_rows
from pyspark.sql import functions
from rows.digest import describe
from rows.spark import answer_requests, open_session

SETTINGS = {
    "spark.sql.extensions": "io.delta.sql.DeltaSparkSessionExtension",
    "spark.sql.catalog.spark_catalog": "org.apache.spark.sql.delta.catalog.DeltaCatalog",
    # The default is for clusters: a small table would take 50 tasks.
    "spark.databricks.delta.snapshotPartitions": "1",
}


def read(session, location, version=None, filter=None):
    reader = session.read.format("delta")
    frame = (reader if version is None else reader.option("versionAsOf", version)).load(location)
    if filter is None:
        return describe(frame.toArrow())
    column, operator, value = parse_filter(filter, frame.limit(0).toArrow().schema)
    name = functions.col("`" + column.replace("`", "``") + "`")
    found = frame.where(compare(operator, name, functions.lit(value)))
    # The files that are left of the scan once the statistics in the log have been asked.
    files = {"read": len(found.inputFiles()), "total": len(frame.inputFiles())}
    return {**describe(found.toArrow()), "files": files}


def create(session, location, rows, partitionBy):
    frame = session.createDataFrame(parquet_rows(rows))
    frame.write.format("delta").partitionBy(*partitionBy).save(location)
    return {"version": version_of(session, location)}


def sql(session, location, statement):
    session.sql(statement.replace("{table}", name_of(location)))
    return {"version": version_of(session, location)}


def name_of(location):
    return "delta.`" + location.replace("`", "``") + "`"


def version_of(session, location):
    return session.sql(f"DESCRIBE HISTORY {name_of(location)} LIMIT 1").first()["version"]


REQUESTS = {"read": read, "create": create, "sql": sql}

session = open_session(sys.argv[1:], SETTINGS)
answer_requests(lambda request: REQUESTS[request.pop("do")](session, **request))
session.stop()
