"""Prints the number of rows of a compressed text file, a line of JSON for each reader: count_text.py csv|jsonl FILE"""

import json
import sys

import duckdb
import pandas
import polars
import pyarrow
import pyarrow.csv
import pyarrow.json

format, file = sys.argv[1:]
is_csv = format == "csv"


def arrow():
    codec = "gzip" if file.endswith(".gz") else "zstd"
    with pyarrow.input_stream(file, compression=codec) as stream:
        return (pyarrow.csv.read_csv if is_csv else pyarrow.json.read_json)(stream).num_rows


readers = {
    "duckdb": lambda: duckdb.sql(f"SELECT count(*) FROM read_{'csv' if is_csv else 'json'}('{file}')").fetchone()[0],
    "pandas": lambda: len(pandas.read_csv(file, low_memory=False) if is_csv else pandas.read_json(file, lines=True)),
    "polars": lambda: len((polars.read_csv if is_csv else polars.read_ndjson)(file, infer_schema_length=None)),
    "pyarrow": arrow,
}
for name, count in readers.items():
    print(json.dumps([name, count()]))
