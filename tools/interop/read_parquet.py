"""Prints the rows of Parquet files below a folder as JSON lists, one a line: a reader that shares no code with ours.

Usage: read_parquet.py FOLDER COLUMN...
Dates are days and instants microseconds since 1970, decimals are units of their last digit.
"""

import json
import sys

import pyarrow as pa
import pyarrow.dataset as ds


def plain(column: pa.ChunkedArray) -> list:
    if pa.types.is_date(column.type):
        return column.cast(pa.int32()).to_pylist()
    if pa.types.is_timestamp(column.type):
        assert column.type == pa.timestamp("us", tz="UTC"), column.type
        return column.cast(pa.int64()).to_pylist()
    if pa.types.is_decimal(column.type):
        scale = column.type.scale
        return [None if v is None else int(v.scaleb(scale)) for v in column.to_pylist()]
    assert not pa.types.is_dictionary(column.type), "text must come back as text"
    return column.to_pylist()


folder, *names = sys.argv[1:]
partitioning = ds.partitioning(flavor="hive")
table = ds.dataset(folder, format="parquet", partitioning=partitioning).to_table(columns=names)
for row in zip(*(plain(table.column(name)) for name in names)):
    print(json.dumps(row))
