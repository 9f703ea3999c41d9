"""The rows of all Parquet files below a folder, as an Arrow table."""

import pyarrow as pa
import pyarrow.dataset as ds


def parquet_rows(folder):
    """Without what our files say of their columns: delta-rs writes field ids to the log, and DuckDB then finds nulls."""
    rows = ds.dataset(folder, format="parquet").to_table()
    return rows.cast(pa.schema([pa.field(field.name, field.type, field.nullable) for field in rows.schema]))
