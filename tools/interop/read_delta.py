"""Reads Delta tables and prints what it found in each as a line of JSON: schema, number and digests of rows.

Usage: read_delta.py READER LOCATION... [--version N] [--filter 'COLUMN OPERATOR VALUE'] [--storage-option KEY=VALUE]...
READER is deltalake (delta-rs for the log, pyarrow for the files), polars (delta-rs for the log, its own reader of
files) or duckdb (the Delta kernel in Rust and its own reader of files); spark_delta.py is the fourth. One reader a
process, since two of them in one have aborted it. With a filter the rows are those that match, and `files` says how
many were opened of all: by the fragments of the dataset, by what polars tells of its plan, by DuckDB's profile.
Storage options are named as delta-rs names them (aws_endpoint, aws_access_key_id, ...).
"""

import argparse
import json
import os
import re
import tempfile

from rows.filter import compare, parse_filter
from rows.digest import describe


def read_deltalake(location, version, where, options):
    import pyarrow.dataset as ds
    from deltalake import DeltaTable

    dataset = DeltaTable(location, version=version, storage_options=options).to_pyarrow_dataset()
    if where is None:
        return dataset.to_table(), None
    column, operator, value = parse_filter(where, dataset.schema)
    expression = compare(operator, ds.field(column), value)
    read = sum(1 for _ in dataset.get_fragments(filter=expression))
    total = sum(1 for _ in dataset.get_fragments())
    return dataset.to_table(filter=expression), (read, total)


def read_polars(location, version, where, options):
    # Polars then tells on stderr which files it opens.
    os.environ["POLARS_VERBOSE"] = "1"
    with StderrText() as said:
        import polars as pl

        frame = pl.scan_delta(location, version=version, storage_options=options)
        if where is None:
            return frame.collect().to_arrow(), None
        column, operator, value = parse_filter(where, frame.head(0).collect().to_arrow().schema)
        said.clear()
        found = frame.filter(compare(operator, pl.col(column), value)).collect()
        return found.to_arrow(), files_of_polars(said.text())


def files_of_polars(text):
    total = int(re.search(r"num_files: (\d+)", text)[1])
    opened = re.search(r"Readers init: (\d+) /", text)
    if opened is None and f"skipping {total} / {total} files" not in text:
        raise ValueError(f"expected polars to say how many files it opens, got {text}")
    return (0 if opened is None else int(opened[1])), total


class StderrText:
    """Keeps what this process writes to stderr, also from native code, and passes it on where something fails."""

    def __enter__(self):
        self._file = tempfile.TemporaryFile()
        self._stderr = os.dup(2)
        os.dup2(self._file.fileno(), 2)
        return self

    def __exit__(self, kind, *_):
        os.dup2(self._stderr, 2)
        if kind is not None:
            os.write(2, self.text().encode())

    def clear(self):
        self._file.seek(0)
        self._file.truncate()

    def text(self):
        self._file.seek(0)
        return self._file.read().decode()


def read_duckdb(location, version, where, options):
    import duckdb
    from duckdb_extensions import import_extension

    connection = duckdb.connect()
    for extension in ["httpfs", "delta"]:
        import_extension(extension)
        connection.load_extension(extension)
    connection.execute("SET TimeZone = 'UTC'")
    if options:
        connection.execute(secret_of(options))
    at = "" if version is None else f", version := {version}"
    scan = f"SELECT * FROM delta_scan({quoted(location)}{at})"
    if where is None:
        return connection.execute(scan).to_arrow_table(), None
    column, operator, value = parse_filter(where, connection.execute(f"{scan} LIMIT 0").to_arrow_table().schema)
    name = '"' + column.replace('"', '""') + '"'
    query = f"{scan} WHERE {name} {operator} $value"
    found = connection.execute(query, {"value": value}).to_arrow_table()
    profile = connection.execute(f"EXPLAIN (ANALYZE, FORMAT json) {query}", {"value": value}).fetchone()[1]
    return found, files_of_duckdb(profile)


def files_of_duckdb(profile):
    read, total = re.search(r'"Scanning Files": "(\d+)/(\d+)"', profile).groups()
    return int(read), int(total)


def quoted(text):
    return "'" + text.replace("'", "''") + "'"


def secret_of(options):
    """DuckDB's secret for a server that speaks S3, from the options that delta-rs takes."""
    scheme, _, endpoint = options["aws_endpoint"].partition("://")
    parts = {
        "KEY_ID": options["aws_access_key_id"],
        "SECRET": options["aws_secret_access_key"],
        "REGION": options["aws_region"],
        "ENDPOINT": endpoint,
        "URL_STYLE": "path",
        "USE_SSL": str(scheme == "https"),
    }
    return f"CREATE SECRET (TYPE s3, {', '.join(f'{key} {quoted(value)}' for key, value in parts.items())})"


READERS = {"deltalake": read_deltalake, "polars": read_polars, "duckdb": read_duckdb}


def parse_option(text):
    return text.split("=", 1)


def answer_of(read, location, words):
    found, files = read(location, words.version, words.filter, dict(words.storage_option))
    answer = describe(found)
    if files is not None:
        answer["files"] = {"read": files[0], "total": files[1]}
    return answer


def finish(*answers):
    """Prints answers and ends the process at once: threads of delta-rs have aborted one that ended by itself."""
    for answer in answers:
        print(json.dumps(answer), flush=True)
    os._exit(0)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("reader", choices=READERS)
    parser.add_argument("locations", nargs="+")
    parser.add_argument("--version", type=int)
    parser.add_argument("--filter")
    parser.add_argument("--storage-option", type=parse_option, action="append", default=[])
    words = parser.parse_args()
    read = READERS[words.reader]
    finish(*(answer_of(read, location, words) for location in words.locations))
