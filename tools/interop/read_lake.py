"""Prints the rows of Parquet files below a folder or an s3:// URI, sorted, as JSON lists of texts, one a line.

Usage: read_lake.py READER PLACE COLUMN...
READER is duckdb, pyarrow or polars. A bucket is reached as AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID and
AWS_SECRET_ACCESS_KEY say. For duckdb, DUCKDB_SETUP may hold SQL to run first in the place of a secret of ours.
"""

import json
import os
import sys

reader, place, *names = sys.argv[1:]
is_s3 = place.startswith("s3://")
endpoint = os.environ.get("AWS_ENDPOINT_URL", "")


def duckdb_rows():
    import duckdb

    connection = duckdb.connect()
    if is_s3:
        import duckdb_extensions

        duckdb_extensions.import_extension("httpfs")
        connection.execute("LOAD httpfs")
        connection.execute(os.environ.get("DUCKDB_SETUP") or secret())
    # As texts: instants would need one more package.
    columns = ", ".join(f'CAST("{name}" AS VARCHAR)' for name in names)
    files = f"{place}/**/*.parquet"
    return connection.sql(
        f"SELECT {columns} FROM read_parquet('{files}', hive_partitioning = true)"
    ).fetchall()


def secret():
    host = endpoint.split("://")[1]
    keys = [os.environ[name] for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")]
    return (
        f"CREATE SECRET (TYPE s3, KEY_ID '{keys[0]}', SECRET '{keys[1]}', ENDPOINT '{host}', "
        "USE_SSL false, URL_STYLE 'path', REGION 'us-east-1')"
    )


def pyarrow_rows():
    import pyarrow.dataset as ds
    import pyarrow.fs as fs

    files = fs.S3FileSystem(endpoint_override=endpoint, region="us-east-1") if is_s3 else fs.LocalFileSystem()
    partitioning = ds.partitioning(flavor="hive")
    path = place.removeprefix("s3://")
    table = ds.dataset(path, filesystem=files, format="parquet", partitioning=partitioning).to_table(columns=names)
    return zip(*(table.column(name).to_pylist() for name in names))


def polars_rows():
    import polars as pl

    options = {
        "aws_access_key_id": os.environ.get("AWS_ACCESS_KEY_ID", ""),
        "aws_secret_access_key": os.environ.get("AWS_SECRET_ACCESS_KEY", ""),
        "aws_region": "us-east-1",
        "aws_endpoint_url": endpoint,
        "aws_allow_http": "true",
    }
    files = f"{place}/**/*.parquet"
    frame = pl.scan_parquet(files, hive_partitioning=True, storage_options=options if is_s3 else None)
    return frame.select(names).collect().rows()


for line in sorted(json.dumps([str(value) for value in row]) for row in globals()[f"{reader}_rows"]()):
    print(line)
