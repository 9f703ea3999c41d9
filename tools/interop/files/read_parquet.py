"""Prints the rows of Parquet files below a folder as JSON lists, one a line: readers that share no code with ours.

Usage: read_parquet.py READER FOLDER COLUMN...
READER is pyarrow, polars or fastparquet; each is imported alone. Dates are days and instants microseconds since
1970, decimals are units of their last digit; what a reader gives as floating point is rounded to such units.
"""

import datetime
import decimal
import json
import sys
from pathlib import Path

reader, folder, *names = sys.argv[1:]
files = sorted(str(path) for path in Path(folder).rglob("*.parquet"))


def pyarrow_rows():
    import pyarrow as pa
    import pyarrow.dataset as ds

    def plain(column):
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

    partitioning = ds.partitioning(flavor="hive")
    table = ds.dataset(folder, format="parquet", partitioning=partitioning).to_table(columns=names)
    return zip(*(plain(table.column(name)) for name in names))


EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


def plain(value):
    if isinstance(value, datetime.datetime):
        value = value if value.tzinfo else value.replace(tzinfo=datetime.timezone.utc)
        return (value - EPOCH) // datetime.timedelta(microseconds=1)
    if isinstance(value, datetime.date):
        return value.toordinal() - 719_163
    if isinstance(value, decimal.Decimal):
        return int(value.scaleb(-value.as_tuple().exponent))
    return value


def polars_rows():
    import polars as pl

    return pl.read_parquet(files, hive_partitioning=True).select(names).rows()


def instant(value, is_day):
    # What fastparquet misreads may lie beyond any calendar; the row is then another, which the caller is to see.
    try:
        nanos = value.as_unit("ns").value
    except (OverflowError, ValueError):
        return "out of range"
    return nanos // (86_400_000_000_000 if is_day else 1000)


def fastparquet_rows():
    import fastparquet
    import pandas as pd

    # It takes what folders say for columns where it knows which folder is the table's.
    file = fastparquet.ParquetFile(files, root=folder)
    scales = {e.name: e.scale for e in file._schema if e.converted_type == 5}
    days = {e.name for e in file._schema if e.converted_type == 6}
    whole = {e.name for e in file._schema if e.type in (1, 2)}
    frame = file.to_pandas(columns=names)
    rows = []
    for values in frame.itertuples(index=False, name=None):
        row = []
        for name, value in zip(names, values):
            if value is None or value is pd.NaT or value is pd.NA or value != value:
                row.append(None)
            elif name in scales:
                row.append(round(value * 10 ** scales[name]))
            elif isinstance(value, pd.Timestamp):
                row.append(instant(value, name in days))
            else:
                value = value.item() if hasattr(value, "item") else value
                # Whole numbers with nulls come as floating point.
                row.append(int(value) if isinstance(value, float) and name in whole else value)
        rows.append(row)
    return rows


for row in globals()[f"{reader}_rows"]():
    print(json.dumps([plain(value) for value in row]))
