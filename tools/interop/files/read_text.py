"""Reads tables of CSV or JSON Lines and prints what it found in each as a line of JSON: schema, number and digests of rows.

Usage: read_text.py FORMAT SCHEMA FOLDER [SCHEMA FOLDER]...
FORMAT is csv (pyarrow's reader of CSV), csv-polars, jsonl (Python's own reader of JSON) or arrow (an Arrow IPC stream
on the standard input, without FOLDER). SCHEMA is a JSON object of columns with the names of their types, partition
columns included, which are read from hive folders.
"""

import datetime
import decimal
import gzip
import json
import re
import sys
from pathlib import Path
from urllib.parse import unquote

import pyarrow as pa

sys.path.insert(0, str(Path(__file__).parent.parent))
from rows.digest import describe  # noqa: E402

TYPES = {
    "int32": pa.int32(),
    "int64": pa.int64(),
    "float64": pa.float64(),
    "text": pa.string(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us", "UTC"),
}


def type_of(name):
    digits = re.match(r"decimal\((\d+),(\d+)\)", name)
    return pa.decimal128(int(digits[1]), int(digits[2])) if digits else TYPES[name]


def read_csv(folder, schema):
    import pyarrow.csv as csv
    import pyarrow.dataset as ds

    convert = csv.ConvertOptions(
        column_types=schema,
        null_values=[""],
        strings_can_be_null=True,
        quoted_strings_can_be_null=False,
    )
    text = ds.CsvFileFormat(csv.ParseOptions(newlines_in_values=True), convert_options=convert)
    partitioning = ds.HivePartitioning(schema, segment_encoding="uri")
    found = ds.dataset(str(folder), schema=schema, format=text, partitioning=partitioning)
    return found.to_table(columns=schema.names)


def read_csv_polars(folder, schema):
    import polars as pl

    types = dict(pl.from_arrow(schema.empty_table()).schema)
    # Instants with Z are read as text and parsed, as its users do.
    instants = [name for name, kind in types.items() if isinstance(kind, pl.Datetime)]
    read_as = {name: pl.String if name in instants else kind for name, kind in types.items()}
    parts = []
    for path in files_below(folder):
        part = pl.read_csv(path, schema_overrides=read_as)
        parsed = pl.col(instants).str.to_datetime("%Y-%m-%dT%H:%M:%S%.fZ", time_unit="us", time_zone="UTC")
        part = part.with_columns(parsed)
        for name, value in partition_of(folder, path).items():
            part = part.with_columns(pl.lit(value).cast(types[name]).alias(name))
        parts.append(part.select(schema.names))
    return pl.concat(parts).to_arrow().cast(schema)


def read_jsonl(folder, schema):
    rows = []
    for path in files_below(folder):
        partition = partition_of(folder, path)
        opened = gzip.open if path.suffix == ".gz" else open
        with opened(path, "rt", encoding="utf-8", newline="\n") as lines:
            for line in lines:
                rows.append({**partition, **json.loads(line, parse_float=decimal.Decimal)})
    columns = [[value_of(row[field.name], field.type) for row in rows] for field in schema]
    return pa.table(columns, schema=schema)


def value_of(value, kind):
    if value is None:
        return None
    if pa.types.is_timestamp(kind):
        return datetime.datetime.fromisoformat(value)
    if pa.types.is_date(kind):
        return datetime.date.fromisoformat(value)
    if pa.types.is_floating(kind):
        return float(value)
    if pa.types.is_integer(kind):
        return int(value)
    return value


def files_below(folder):
    return sorted(path for path in Path(folder).rglob("*") if path.is_file())


def partition_of(folder, path):
    parts = path.parent.relative_to(folder).parts
    return {name: unquote(value) for name, value in (part.split("=", 1) for part in parts)}


def read_stream():
    table = pa.ipc.open_stream(sys.stdin.buffer).read_all()
    plain = [
        field.with_type(field.type.value_type) if pa.types.is_dictionary(field.type) else field
        for field in table.schema
    ]
    return table.cast(pa.schema(plain))


READERS = {"csv": read_csv, "csv-polars": read_csv_polars, "jsonl": read_jsonl}

name, *words = sys.argv[1:]
if name == "arrow":
    print(json.dumps(describe(read_stream())))
for types, folder in zip(words[::2], words[1::2]):
    declared = pa.schema([(column, type_of(kind)) for column, kind in json.loads(types).items()])
    print(json.dumps(describe(READERS[name](folder, declared))))
